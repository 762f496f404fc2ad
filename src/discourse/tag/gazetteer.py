"""The gazetteer: names of the field, each linked to one entity, found in one pass over the text.

A gazetteer is a CSV file with `entity` (our own slug), `label`, `name` (to print), `aliases` (separated by `|`), `needs`
(for ambiguous names: words set apart by spaces, one of which must occur in the same sentence), `match` and `no_match` (example
sentences; required where `needs` is given). A space in a name stands for a hyphen too ("Kim Jong Un", "Kim Jong-un"); case counts.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from discourse.errors import CodebookError
from discourse.paths import resource, sha256

__all__ = ["LABELS", "Entity", "Gazetteer", "read_gazetteer"]

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "LAW", "PRODUCT", "EVENT")
COLUMNS = ["entity", "label", "name", "aliases", "needs", "match", "no_match"]
INSIDE_WORD = re.compile(r"[A-Za-z0-9_]")
LONGEST_SEPARATED = 4


@dataclass(frozen=True)
class Entity:
    """One row of a gazetteer."""

    entity: str
    label: str
    name: str
    aliases: tuple[str, ...]
    needs: re.Pattern[str] | None
    match: str
    no_match: str


@dataclass(frozen=True)
class Gazetteer:
    """Entities, and the automaton that finds their names."""

    entities: tuple[Entity, ...]
    sha256: str

    @cached_property
    def _index(self) -> tuple[Any, list[Entity]]:
        import ahocorasick_rs

        names = [(form, e) for e in self.entities for alias in (e.name, *e.aliases) for form in _forms(alias)]
        unique = dict(sorted(names, key=lambda pair: pair[0]))
        automaton = ahocorasick_rs.AhoCorasick(list(unique), matchkind=ahocorasick_rs.MatchKind.Standard)
        return automaton, list(unique.values())

    def find(self, text: str, start: int, end: int) -> list[tuple[int, int, Entity]]:
        """Return the entities named in one sentence: the longest name at a place, at word boundaries, in order.

        Parameters
        ----------
        text : the post's text.
        start, end : the sentence; a name's context is the sentence.
        """
        automaton, entities = self._index
        sentence = text[start:end]
        hits = [(a, b, entities[k]) for k, a, b in automaton.find_matches_as_indexes(sentence, overlapping=True)]
        hits = [hit for hit in hits if _is_whole(sentence, *hit[:2]) and (hit[2].needs is None or hit[2].needs.search(sentence))]
        chosen: list[tuple[int, int, Entity]] = []
        for a, b, entity in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
            if all(b <= x or a >= y for x, y, _ in chosen):
                chosen.append((a, b, entity))
        return sorted(((start + a, start + b, entity) for a, b, entity in chosen), key=lambda hit: hit[0])


def _forms(name: str) -> list[str]:
    """Return a name with each of its spaces and hyphens as either, as far as it has at most four."""
    parts = re.split(r"[ -]", name)
    if len(parts) == 1 or len(parts) > LONGEST_SEPARATED:
        return [name]
    signs = itertools.product(" -", repeat=len(parts) - 1)
    return ["".join(x for pair in itertools.zip_longest(parts, sign, fillvalue="") for x in pair) for sign in signs]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a Latin name is not part of a longer word; Hangul takes particles, so its end is open."""
    before, after = text[start - 1 : start], text[end : end + 1]
    opens = not INSIDE_WORD.match(text[start]) or not before or not (before.isalnum() or before in "_@#/")
    closes = not INSIDE_WORD.match(text[end - 1]) or not after or not ((after.isascii() and after.isalnum()) or after == "_")
    return bool(opens and closes)


def read_gazetteer(paths: Sequence[Path] = ()) -> Gazetteer:
    """Read gazetteer files; without paths, the one that is shipped. Later files add to earlier ones.

    Raises
    ------
    CodebookError : a file cannot be read, lacks a column, or a row has no name, an unknown label, or `needs` without examples.
    """
    entities: dict[str, Entity] = {}
    digest = ""
    for path in paths or [resource("gazetteer", "digital_rights.csv")]:
        try:
            data = path.read_bytes()
            reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"{path}: cannot be read ({error}); it must be a CSV file in UTF-8.") from error
        if reader.fieldnames != COLUMNS:
            raise CodebookError(f"{path}: the first line must be: {','.join(COLUMNS)}")
        try:
            for row in reader:
                entity = _entity(row, f"{path}, line {reader.line_num}")
                entities[entity.entity] = entity
        except csv.Error as error:
            raise CodebookError(f"{path}, line {reader.line_num}: cannot be read ({error}).") from error
        digest = sha256((digest + sha256(data)).encode())
    return Gazetteer(tuple(entities.values()), digest)


def _entity(row: dict[str, str | None], where: str) -> Entity:
    cell = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not cell["entity"] or not cell["name"] or cell["label"] not in LABELS:
        raise CodebookError(f"{where}: a row needs entity, name and a label of {', '.join(LABELS)}.")
    if cell["needs"] and not (cell["match"] and cell["no_match"]):
        raise CodebookError(f"{where}: {cell['name']!r} is guarded by `needs`, so it needs examples in `match` and `no_match`.")
    words = "|".join(re.escape(word) for word in cell["needs"].split())
    needs = re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) if words else None
    aliases = tuple(alias.strip() for alias in cell["aliases"].split("|") if alias.strip())
    return Entity(cell["entity"], cell["label"], cell["name"], aliases, needs, cell["match"], cell["no_match"])
