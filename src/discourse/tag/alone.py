"""Sentences read alone, as they are coded by hand: without what the neighbours in a post would tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    return [row for first in range(0, len(sentences), BATCH) for row in _told(sentences[first : first + BATCH], tagger)]


def _told(sentences: Sequence[str], tagger: Tagger) -> Iterator[dict[str, Any]]:
    codes, reader = tagger.codebook.of_kind("framing"), tagger.reader
    docs = tagger.english.parse(sentences)
    read = reader.read(docs)
    found = [{one.code: one for one in found_in(*it, tagger) if one.code in codes} for it in zip(sentences, docs, read, strict=True)]
    mains = [reader.main(one) if tagger.learned else next(iter(some), None) for one, some in zip(read, found, strict=True)]
    stances = reader.stances(list(zip(read, mains, strict=True)))
    for one, some, main, (holder, modality) in zip(read, found, mains, stances, strict=True):
        scores = dict(zip(tagger.model.codes, one.scores.tolist(), strict=True)) if tagger.learned else {}
        start, end = (some[main].start, some[main].end) if main in some else (0, len(one.doc.text))
        yield {
            **{code: int(code in some) for code in codes},
            **{f"{code}_score": scores.get(code, float(code in some)) for code in codes},
            "holder": holder_of(one.doc, start, end, answer=holder).holder,
            "modality": modality,
        }


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
