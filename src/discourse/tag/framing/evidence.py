"""The words that moved a decision: what each token of a sentence gives to a framing's sum, and the run of words that gives most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from discourse.tag.framing.features import Feature
from discourse.tag.framing.model import Head

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from spacy.tokens import Doc

__all__ = ["cue_of", "weights_of"]

LONGEST_CUE = 12
PRICE = 0.12
NO_END = ("det", "case", "cc", "punct", "mark")


def weights_of(head: Head, features: Mapping[str, Sequence[Feature]], row: csr_matrix, answer: int) -> Counter[int]:
    """Return what each token gives to one answer's sum.

    What a feature gives is parted evenly among its occurrences, and each occurrence's part among the tokens that it stands on. The parts
    and the offset of the head add up to the sum.

    Parameters
    ----------
    head : the weights.
    features : of the sentence, by block.
    row : the sentence's row of the head's matrix.
    answer : a column of the weights.
    """
    worth = dict(zip(row.indices.tolist(), (row.data * head.weights[row.indices, answer]).tolist(), strict=True))
    placed: list[tuple[int, tuple[int, ...]]] = []
    for block, columns in head.columns.items():
        placed += [(columns[name], tokens) for name, tokens in features.get(block, ()) if name in columns and tokens]
    times = Counter(column for column, _ in placed)
    given: Counter[int] = Counter()
    for column, tokens in placed:
        part = worth[column] / times[column] / len(tokens)
        for token in tokens:
            given[token] += part
    return given


def cue_of(doc: Doc, given: Mapping[int, float]) -> tuple[int, int]:
    """Return start and end of the run of at most 12 words that gives most, each word costing a little, trimmed of what carries nothing."""
    price = PRICE * max(0.0, *given.values(), 0.0)
    costly = np.array([given.get(token, 0.0) - price for token in range(len(doc))])
    sums = np.concatenate([[0.0], np.cumsum(costly)])
    best, span = -np.inf, (0, 1)
    for start in range(len(doc)):
        ends = sums[start + 1 : start + 1 + LONGEST_CUE] - sums[start]
        end = int(ends.argmax())
        if ends[end] > best:
            best, span = float(ends[end]), (start, start + end + 1)
    start, end = span
    while end - start > 1 and doc[start].dep_ in NO_END:
        start += 1
    while end - start > 1 and doc[end - 1].dep_ in NO_END:
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
