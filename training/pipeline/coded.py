"""Names coded by hand, as documents to fit on: the sample's sentences and those by reference, with names exchanged, and projections."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from discourse import table
from discourse.paths import sha256
from discourse.tag import read_gazetteer
from discourse.tag.sentences import split

BEFORE = {"iff-archive": "2020-01-01", "digitalrightswatch": "2021-01-01"}
EXCHANGED = 0.6


def rows(path: Path, split_: str = "train") -> list[dict[str, Any]]:
    """Return the sentences of a file of hand codes that are there to be fitted on, or to measure on."""
    return [row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if row["split"] == split_]


def sentences(workspace: Path) -> Iterator[tuple[str, str, str]]:
    """Yield post, date and text of every sentence of a workspace."""
    for post in table(workspace, "posts").itertuples():
        for sentence in split(post.text):
            yield post.post_id, str(post.published)[:10], sentence["text"]


def with_text(coded: Iterable[dict[str, Any]], workspaces: Iterable[Path]) -> list[dict[str, Any]]:
    """Return sentences coded by reference with their text, found by its hash.

    Raises
    ------
    SystemExit : a sentence is in none of the workspaces.
    """
    texts = {sha256(text.encode()): text for workspace in workspaces for _, _, text in sentences(workspace)}
    coded = list(coded)
    lost = [row["id"] for row in coded if row["sha256"] not in texts]
    if lost:
        raise SystemExit(f"{len(lost)} coded sentences are not in the workspaces (the first: {lost[0]}); load the corpora again.")
    return [{**row, "text": texts[row["sha256"]]} for row in coded]


def document(nlp: Language, text: str, entities: Iterable[Mapping[str, Any]], *, unsure: bool = False) -> Doc:
    """Return a sentence with its names; tokens that no name lines up with, and with `unsure` other capitals, count as unknown."""
    doc = nlp.make_doc(text)
    spans = [(e, doc.char_span(e["start"], e["end"], label=e["label"])) for e in entities]
    known = [span for _, span in spans if span is not None]
    missing = [doc.char_span(e["start"], e["end"], alignment_mode="expand") for e, span in spans if span is None]
    inside = {token.i for span in known for token in span}
    if unsure:
        missing += [doc[token.i : token.i + 1] for token in doc if token.i not in inside and token.text[:1].isupper()]
    missing = [span for span in missing if span is not None and not any(token.i in inside for token in span)]
    doc.set_ents(known, missing=_apart(missing), default="outside")
    return doc


def _apart(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def pool(coded: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the names to exchange with, by label: those of the gazetteer and those coded."""
    names: dict[str, set[str]] = defaultdict(set)
    for entity in read_gazetteer().entities:
        names[entity.label] |= {name for name in (entity.name, *entity.aliases) if name.isascii()}
    for row in coded:
        for e in row["entities"]:
            names[e["label"]].add(row["text"][e["start"] : e["end"]])
    return {label: sorted(some) for label, some in sorted(names.items())}


def exchanged(row: Mapping[str, Any], names: Mapping[str, list[str]], random_: random.Random) -> dict[str, Any]:
    """Return a coded sentence with some of its names exchanged for others of the same label."""
    text, entities, last = "", [], 0
    for e in row["entities"]:
        name = row["text"][e["start"] : e["end"]]
        new = random_.choice(names[e["label"]]) if random_.random() < EXCHANGED else name
        text += row["text"][last : e["start"]]
        entities.append({"start": len(text), "end": len(text) + len(new), "label": e["label"]})
        text, last = text + new, e["end"]
    return {"text": text + row["text"][last:], "entities": entities}


def projected(workspaces: Iterable[Path], apart: set[str], coded: set[str]) -> Iterator[dict[str, Any]]:
    """Yield sentences of the corpora's early posts with the names the gazetteer finds; no post of `apart`, no sentence coded."""
    gazetteer = read_gazetteer()
    for workspace in workspaces:
        for post, date, text in sentences(workspace):
            if post.split("/")[-1] in apart or sha256(text.encode()) in coded or date >= BEFORE.get(post.split("/")[0], "0"):
                continue
            found = [{"start": a, "end": b, "label": entity.label} for a, b, entity in gazetteer.find(text, 0, len(text))]
            if found:
                yield {"text": text, "entities": found}


__all__ = ["document", "exchanged", "pool", "projected", "rows", "with_text"]
