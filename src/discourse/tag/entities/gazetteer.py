"""The gazetteer: names of the field, each linked to one entity, found in one pass over the text.

A gazetteer is a CSV file with `entity` (our own slug), `label`, `name` (to print), `aliases` (separated by `|`), `needs`
(for ambiguous names: words set apart by spaces, one of which must occur near the name; if aliases begin with `?`, only those are
ambiguous), `match` and `no_match` (example sentences; required where `needs` is given), and, if there is a column `twin`, the slug under
which the same name stands for the actor (ORG) where `label` is PRODUCT or EVENT, or for the means (PRODUCT) where it is ORG. A space in a
name stands for a hyphen too ("Kim Jong Un", "Kim Jong-un"). Case counts, but names of several words are found in capitals, and platforms
in lower case.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import CodebookError
from discourse.paths import resource, resource_rows, sha256
from discourse.tables import UNLINKED

__all__ = ["GAZETTEER", "LABELS", "Entity", "Gazetteer", "Hit", "fingerprint", "read_gazetteer", "words"]

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "LAW", "PRODUCT", "EVENT")
GAZETTEER = resource("gazetteer", "digital_rights.csv")
COLUMNS = ["entity", "label", "name", "aliases", "needs", "match", "no_match"]
TWIN = "twin"
FIRST_SYLLABLE = "\uac00"
HANGUL = re.compile(r"[\uac00-\ud7a3]+")
ADDRESS = re.compile(r"[^\w\s]{0,5}(?:https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.\w|[\w.-]{1,64}\.(?:com|org|net|gov|edu|au|uk)\b)")
NUMBERED = re.compile(r"/\d")
JOINS = "./@:-"
LONGEST_ADDRESS = 300
GUARDED = "?"
SIDES = {"ORG": "actor", "PRODUCT": "service", "EVENT": "campaign"}
TWINS = {"ORG": "PRODUCT", "PRODUCT": "ORG", "EVENT": "ORG"}
LONGEST_SEPARATED = 4
SHORTEST_LOWERED = 5
KEPT = 8  # gazetteers that were read last


@dataclass(frozen=True)
class Entity:
    """One row of a gazetteer; `twin` is empty where the name is not both a company's and its service's."""

    entity: str
    label: str
    name: str
    aliases: tuple[str, ...]
    needs: re.Pattern[str] | None
    match: str
    no_match: str
    twin: str = ""
    ambiguous: frozenset[str] = frozenset()

    def slug(self, label: str) -> str:
        """Return the slug of what the name stands for under a label."""
        return self.twin if self.twin and label == TWINS[self.label] else self.entity

    def title(self, label: str) -> str:
        """Return the name to print, with what it stands for where it stands for two things."""
        return f"{self.name} ({SIDES[label]})" if self.twin else self.name


class Hit(NamedTuple):
    """A name in the text, and the rows that it may stand for: those sure of it, and those that need a context."""

    start: int
    end: int
    sure: tuple[Entity, ...]
    guarded: tuple[Entity, ...]

    def row(self, context: str) -> Entity | None:
        """Return the row whose guard the context meets most often, else a row that needs none, else none."""
        met = [(len({word.lower() for word in row.needs.findall(context)}), row) for row in self.guarded if row.needs is not None]
        best = max(met, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] else next(iter(self.sure), None)


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Entities, and the automaton that finds their names."""

    entities: tuple[Entity, ...]
    sha256: str

    @cached_property
    def _index(self) -> tuple[Any, list[tuple[tuple[Entity, ...], tuple[Entity, ...]]]]:
        import ahocorasick_rs

        rows: dict[str, list[Entity]] = {}
        for entity in self.entities:
            for form in entity_forms(entity):
                rows.setdefault(form, []).append(entity)
        written = frozenset(rows)
        for entity in self.entities:
            for form in dict.fromkeys(_recased(entity)):
                if form not in written:
                    rows.setdefault(form, []).append(entity)
        sides = [
            (tuple(e for e in some if form not in e.ambiguous), tuple(e for e in some if form in e.ambiguous))
            for form, some in rows.items()
        ]
        return ahocorasick_rs.AhoCorasick(list(rows), matchkind=ahocorasick_rs.MatchKind.Standard), sides

    def hits(self, text: str) -> list[Hit]:
        """Return every name in a text that is no part of a word or an address, also those inside longer names, in order."""
        automaton, rows = self._index
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return sorted((Hit(a, b, *rows[k]) for k, a, b in found if _is_whole(text, a, b)), key=itemgetter(0, 1))

    def find(self, text: str, start: int, end: int) -> list[tuple[int, int, Entity]]:
        """Return the entities that one sentence names for certain: the longest name at a place, in order.

        Parameters
        ----------
        text : the post's text.
        start, end : the sentence; a name's context is the sentence.
        """
        sentence = text[start:end]
        chosen: list[tuple[int, int, Entity]] = []
        for hit in sorted(self.hits(sentence), key=lambda hit: (hit.start - hit.end, hit.start)):
            row = hit.row(sentence)
            if row is not None and all(hit.end <= x or hit.start >= y for x, y, _ in chosen):
                chosen.append((hit.start, hit.end, row))
        return sorted(((start + a, start + b, entity) for a, b, entity in chosen), key=lambda hit: hit[0])


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind of `resources/gazetteer/words.csv`."""
    return frozenset(row["word"] for row in resource_rows("gazetteer", "words.csv") if row["kind"] == kind)


@cache
def fingerprint() -> str:
    """Return one SHA-256 over the data that names are found by, the gazetteer itself apart."""
    return sha256(b"".join(resource("gazetteer", f"{name}.csv").read_bytes() for name in ("laws", "words")))


def entity_forms(entity: Entity) -> list[str]:
    """Return every spelling of an entity's names, as written in the gazetteer."""
    return list(dict.fromkeys(form for name in (entity.name, *entity.aliases) for form in _forms(name)))


def _recased(entity: Entity) -> list[str]:
    """Return an entity's names in the cases that they are also found in, where no other entity has that name."""
    names = [name for name in (entity.name, *entity.aliases) if name.isascii()]
    shouted = [form.upper() for name in names for form in _forms(name) if (" " in form or "-" in form) and entity.label != "EVENT"]
    typed = [name.lower() for name in names if entity.twin and entity.needs is None and name.isalpha() and len(name) >= SHORTEST_LOWERED]
    return [*shouted, *typed]


def _forms(name: str) -> list[str]:
    """Return a name with each of its spaces and hyphens as either, as far as it has at most four."""
    parts = re.split(r"[ -]", name)
    if len(parts) == 1 or len(parts) > LONGEST_SEPARATED:
        return [name]
    signs = itertools.product(" -", repeat=len(parts) - 1)
    return ["".join(x for pair in itertools.zip_longest(parts, sign, fillvalue="") for x in pair) for sign in signs]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a name is no part of a longer word or an address; behind a Hangul name a particle may stand ("북한은")."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[end - 1] >= FIRST_SYLLABLE:
        rest = HANGUL.match(text, end)
        return not (HANGUL.match(text, start) and HANGUL.match(before)) and (rest is None or rest[0] in words("particle"))
    if before and (before.isalnum() or before in "_@#") and text[start].isalnum():
        return False
    if after and ((after.isascii() and after.isalnum()) or after == "_") and text[end - 1].isalnum():
        return False
    return not ((before in JOINS or after in JOINS) and before + after and _is_inside(text, start, end))


def _is_inside(text: str, start: int, end: int) -> bool:
    """Return whether a name stands inside a url, an e-mail, a reference number ("IFF/2021/026") or behind a prefix ("Inter-American")."""
    near = max(0, start - LONGEST_ADDRESS)
    first = max(text.rfind(" ", near, start), text.rfind("\n", near, start), near - 1) + 1
    last = end + LONGEST_ADDRESS
    prefix = text[first:start].lstrip("“\"'‘(")
    return bool(ADDRESS.match(text, first, last) or NUMBERED.match(text, end) or (prefix.endswith("-") and prefix[:-1] in words("prefix")))


def read_gazetteer(paths: Sequence[Path] = ()) -> Gazetteer:
    """Read gazetteer files; without paths, the one that is shipped. Later files add to earlier ones; the same content is parsed once.

    Raises
    ------
    CodebookError : a file cannot be read, lacks a column, or a row has no name, an unknown label, or `needs` without examples.
    """
    files = []
    for path in paths or [GAZETTEER]:
        try:
            files.append((path, path.read_bytes()))
        except OSError as error:
            raise CodebookError(f"{path}: cannot be read ({error}); it must be a CSV file in UTF-8.") from error
    return _gazetteer(tuple(files))


@lru_cache(maxsize=KEPT)
def _gazetteer(files: tuple[tuple[Path, bytes], ...]) -> Gazetteer:
    entities: dict[str, Entity] = {}
    digest = ""
    for path, data in files:
        try:
            reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        except UnicodeDecodeError as error:
            raise CodebookError(f"{path}: cannot be read ({error}); it must be a CSV file in UTF-8.") from error
        if reader.fieldnames not in (COLUMNS, [*COLUMNS, TWIN]):
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
    cell = {name: (row.get(name) or "").strip() for name in [*COLUMNS, TWIN]}
    if not cell["entity"] or not cell["name"] or cell["label"] not in LABELS:
        raise CodebookError(f"{where}: a row needs entity, name and a label of {', '.join(LABELS)}.")
    if cell["needs"] and not (cell["match"] and cell["no_match"]):
        raise CodebookError(f"{where}: {cell['name']!r} is guarded by `needs`, so it needs examples in `match` and `no_match`.")
    if cell[TWIN] and cell["label"] not in TWINS:
        raise CodebookError(f"{where}: only an ORG, a PRODUCT or an EVENT can have a twin, and {cell['name']!r} is {cell['label']}.")
    words = "|".join(re.escape(word) for word in cell["needs"].split())
    needs = re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) if words else None
    if cell["entity"].startswith(UNLINKED) or None in row or "\0" in "".join(cell.values()):
        raise CodebookError(f"{where}: too many cells, a NUL, or an entity that begins with {UNLINKED!r}.")
    marked = [alias.strip() for alias in cell["aliases"].split("|") if alias.strip()]
    aliases = tuple(alias.lstrip(GUARDED) for alias in marked)
    if not all(aliases):
        raise CodebookError(f"{where}: {cell['name']!r} has an alias that is empty.")
    guarded = [alias.lstrip(GUARDED) for alias in marked if alias.startswith(GUARDED)] or [cell["name"], *aliases]
    ambiguous = frozenset(form for name in guarded for form in _forms(name)) if needs else frozenset()
    ambiguous |= {form.upper() for form in ambiguous}
    return Entity(cell["entity"], cell["label"], cell["name"], aliases, needs, cell["match"], cell["no_match"], cell[TWIN], ambiguous)
