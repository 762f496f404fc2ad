"""Sentences read alone, as they are coded by hand: without what the neighbours in a post would tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discourse import tables
from discourse.tag.english import names
from discourse.tag.entities import Passage, mentions
from discourse.tag.holder import holder_of
from discourse.tag.post import found_in
from discourse.tag.tagger import Tagger

__all__ = ["framings_alone", "names_in"]

BATCH = 256


def framings_alone(sentences: Sequence[str], tagger: Tagger) -> list[dict[str, Any]]:
    """Return the framings of each sentence, and who holds the main one and how.

    Parameters
    ----------
    sentences : each read by itself.
    tagger : its codebook says what the framings are.

    Returns
    -------
    A dict a sentence: for every framing `<code>` (0 or 1) and `<code>_score` (0 to 1), and `holder` (`author` or `other`) and `modality`
    (`asserted`, `hedged` or `rejected`) of the main framing, which are filled where no framing is found, too.
    """
    rows = []
    for first in range(0, len(sentences), BATCH):
        some = sentences[first : first + BATCH]
        docs = tagger.english.parse(some)
        for text, doc, read in zip(some, docs, tagger.reader.read(docs), strict=True):
            codes = tagger.codebook.of_kind("framing")
            found = {one.code: one for one in found_in(text, doc, read, tagger) if one.code in codes}
            scores = dict(zip(tagger.model.codes, read.scores.tolist(), strict=True)) if tagger.learned else {}
            row: dict[str, Any] = {code: int(code in found) for code in codes}
            row |= {f"{code}_score": scores.get(code, float(code in found)) for code in codes}
            main = tagger.reader.main(read) if tagger.learned else next(iter(found), None)
            holder, row["modality"] = tagger.reader.stance(read, main)
            start, end = (found[main].start, found[main].end) if main in found else (0, len(text))
            row["holder"] = holder_of(doc, start, end, answer=holder).holder
            rows.append(row)
    return rows


def names_in(sentence: str, tagger: Tagger) -> dict[str, list[dict[str, Any]]]:
    """Return what is named in one sentence read alone: by all means together, by the `gazetteer` alone, by the `pipeline` alone.

    Each is a list of `start`, `end`, `label` and `entity` (null for what links to nothing).
    """
    (doc,) = tagger.english.parse([sentence])
    together = mentions(sentence, [Passage(0, len(sentence), doc)], tagger.gazetteer)
    listed = tagger.gazetteer.find(sentence, 0, len(sentence))
    columns = ("start", "end", "label", "entity")
    found: dict[str, list[tuple[int, int, str, str | None]]] = {
        "all": [(m.start, m.end, m.label, None if m.entity.startswith(tables.UNLINKED) else m.entity) for m in together],
        "gazetteer": [(start, end, entity.label, entity.entity) for start, end, entity in listed],
        "pipeline": [(start, end, label, None) for start, end, label in names(doc)],
    }
    return {means: [dict(zip(columns, row, strict=True)) for row in rows] for means, rows in found.items()}
