"""Lessons: from hand-coded sentences to what a model is fitted on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from discourse.tag.codebook import Codebook
from discourse.tag.english import English
from discourse.tag.framing.encoder import load_encoder
from discourse.tag.framing.features import Features
from discourse.tag.framing.fit import Lesson

__all__ = ["lessons"]

BATCH = 256


def lessons(
    rows: Sequence[Mapping[str, Any]], *, codebook: Codebook, english: English, progress: Callable[[int, int], None] = lambda done, of: None
) -> list[Lesson]:
    """Return a lesson for each coded sentence, in the same order.

    Parameters
    ----------
    rows : each with `text`, `post`, every framing of the codebook (0 or 1), and where they are known `holder`, `modality` and `weight`
        (how much the sentence counts, 1 as a rule) and `stands_for` (of how many sentences of the population it is one, 1 as a rule).
        `features` may bring a block by name, such as what an encoder that has not seen the sentence says of it (`encoder`).
    codebook : its rules and terms are among the features, its framings are what is learnt.
    english : what parses the sentences.
    progress : called with the number of sentences done and of all.
    """
    reads = Features(codebook)
    codes = list(codebook.of_kind("framing"))
    made = []
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        for row, doc in zip(some, english.parse([str(row["text"]) for row in some]), strict=True):
            brought = row.get("features") or {"encoder": load_encoder().sums([str(row["text"])])[0].tolist()}
            features = {block: [name for name, _ in found] for block, found in reads.of(doc).items()}
            features |= {"stances": reads.stances(doc), **brought}
            carried = frozenset(code for code in codes if row[code])
            stance = (row.get("holder"), row.get("modality")) if carried else (None, None)
            counted = (row.get("weight", 1.0), row.get("stands_for", 1.0))
            made.append(Lesson(str(row["text"]), features, str(row["post"]), carried, *stance, *map(float, counted)))
        progress(first + len(some), len(rows))
    return made
