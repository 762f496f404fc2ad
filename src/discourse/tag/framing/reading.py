"""Reading sentences for framings: scores from the model, the codes they carry, and the words that moved the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from discourse.tag.codebook import Codebook
from discourse.tag.framing.encoder import load_encoder
from discourse.tag.framing.evidence import cue_of, weights_of
from discourse.tag.framing.features import Feature, Features
from discourse.tag.framing.fit import stance_features
from discourse.tag.framing.model import Model, read_model
from discourse.tag.tokens import tokens_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from spacy.tokens import Doc

__all__ = ["Framed", "Reader", "Sentence"]

NAME = itemgetter(0)


class Framed(NamedTuple):
    """A framing that a sentence carries: the cue's place in the sentence, and the calibrated score."""

    code: str
    start: int
    end: int
    score: float


@dataclass
class Sentence:
    """A parsed sentence with what the models look at (features, the encoder's sums, its place in the matrix), and its scores."""

    doc: Doc
    features: dict[str, list[Feature]]
    encoded: list[float]
    matrix: csr_matrix
    place: int
    scores: np.ndarray

    @cached_property
    def row(self) -> csr_matrix:
        """The sentence's row of the matrix."""
        from scipy.sparse import csr_matrix

        here = slice(*self.matrix.indptr[self.place : self.place + 2])
        data, columns = self.matrix.data[here], self.matrix.indices[here]
        return csr_matrix((data, columns, [0, len(data)]), shape=(1, self.matrix.shape[1]))


@dataclass(frozen=True)
class Reader:
    """A codebook with a model that was fitted to its framings."""

    codebook: Codebook
    model: Model

    @cached_property
    def features(self) -> Features:
        """What reads the features off a sentence."""
        return Features(self.codebook)

    def read(self, docs: Sequence[Doc]) -> list[Sentence]:
        """Return the sentences with their scores, all at once."""
        if not docs:
            return []
        found = [self.features.of(doc) for doc in docs]
        head = self.model.framing
        encoded = load_encoder().sums([tokens_of(doc).text for doc in docs]).tolist()
        named = [{block: list(map(NAME, some)) for block, some in features.items()} for features in found]
        matrix = head.matrix([{**names, "encoder": sums} for names, sums in zip(named, encoded, strict=True)])
        scores = self.model.scores(np.asarray(matrix @ head.weights + head.offset))
        return [Sentence(doc, found[n], encoded[n], matrix, n, scores[n]) for n, doc in enumerate(docs)]

    def framings(self, sentence: Sentence) -> list[Framed]:
        """Return the framings that a sentence carries, each with its cue."""
        found = []
        for k, code in enumerate(self.model.codes):
            if len(sentence.doc) and sentence.scores[k] >= self.model.thresholds[k]:
                given = weights_of(self.model.framing, sentence.features, sentence.row, k)
                found.append(Framed(code, *cue_of(sentence.doc, given), float(sentence.scores[k])))
        return found

    def main(self, sentence: Sentence) -> str:
        """Return the framing that is furthest above its threshold, or nearest to it: the main one."""
        return self.model.codes[int(np.argmax(sentence.scores - self.model.thresholds))]

    def stances(self, pairs: Sequence[tuple[Sentence, str | None]]) -> list[tuple[str, str]]:
        """Return holder and modality of a framing in a sentence, for each pair; without a framing, of the sentence as a whole.

        A model that was fitted to codes without them has no weights for them; those of the shipped one are used then.
        """
        if not pairs:
            return []
        read: dict[int, dict[str, list[Any]]] = {}
        for sentence, _ in pairs:
            if id(sentence) not in read:
                words = [name for name, _ in sentence.features["words"]]
                read[id(sentence)] = {"words": words, "stances": self.features.stances(sentence.doc), "encoder": sentence.encoded}
        rows = [stance_features(read[id(sentence)], code) for sentence, code in pairs]
        answers = []
        for what, usual in (("holder", "author"), ("modality", "asserted")):
            head = getattr(self.model, what) or getattr(read_model(), what)
            answers.append([head.answers[k] for k in head.sums(rows).argmax(axis=1)] if head else [usual] * len(pairs))
        return list(zip(*answers, strict=True))
