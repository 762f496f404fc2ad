"""Framings of sentences read alone, as they are coded by hand: without what the neighbours in a post would tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discourse.tag.holder import holder_of
from discourse.tag.modality import modality_of

if TYPE_CHECKING:
    from discourse.tag import Tagger

__all__ = ["framings_alone"]


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
    framings = [code for code in tagger.codebook.codes if code.kind == "framing"]
    deniable = {code.code for code in framings if code.deniable}
    rows = []
    for sentence in sentences:
        hits = [hit for code in framings if (hit := code.find(sentence))]
        found = {hit.code for hit in hits}
        main = min(hits, key=lambda hit: hit.start, default=None)
        start, end = (main.start, main.end) if main else (0, 0)
        row: dict[str, Any] = {code.code: int(code.code in found) for code in framings}
        row |= {f"{code.code}_score": float(code.code in found) for code in framings}
        row["holder"] = holder_of(sentence, start, end).holder
        row["modality"] = modality_of(sentence, start, end, deniable=main is not None and main.code in deniable)
        rows.append(row)
    return rows
