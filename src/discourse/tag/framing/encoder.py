"""The sentence encoder: a small transformer, fine-tuned on hand-coded sentences, which reads word order where other features count words.

It is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; Apache-2.0) with seven answers learned on top of it (`training/framings`), kept in whole
numbers and run by onnxruntime on one core. What it says of a sentence are seven sums: one a framing, one for the holder, three for the
modality. Each sentence is read by itself, so that its sums depend on nothing but its text. Batches would not be quicker: two
thirds of the time are products of whole numbers, which come near what a processor can do for a single sentence already, and since numbers
are rounded by sentence, a batch needs more steps than it saves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from discourse.errors import ModelError
from discourse.paths import resource, sha256

__all__ = ["SUMS", "Encoder", "load_encoder", "pieces_of"]

SUMS = ("optimist", "pessimist", "norm", "other", "asserted", "hedged", "rejected")
FOLDER = "framings_en"
LONGEST = 96
LONGEST_WORD = 100
ASCII_SIGNS = "$+<=>^`|~"
UNSEEN = ("Mn", "Cc", "Cf")
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder with its word pieces; `fingerprint` names exactly what it is."""

    session: Any
    pieces: dict[str, int]
    fingerprint: str

    def sums(self, sentences: Sequence[str]) -> np.ndarray:
        """Return what the encoder says: sentences x 7."""
        if not sentences:
            return np.zeros((0, len(SUMS)))
        return np.concatenate([self._read(sentence) for sentence in sentences]).astype(np.float64)

    def _read(self, sentence: str) -> Any:
        known = self.pieces
        found = [known.get(piece, known[UNKNOWN]) for piece in pieces_of(sentence, known)][: LONGEST - 2]
        row = np.array([known[BEGIN], *found, known[END]], dtype=np.int64)
        return self.session.run(None, {"pieces": row})[0]


@cache
def load_encoder() -> Encoder:
    """Load the shipped encoder.

    Raises
    ------
    ModelError : its files are damaged.
    """
    import onnxruntime

    model, words = (resource(FOLDER, name) for name in ("encoder.onnx", "pieces.txt"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # its steps are written as they are to run
    try:
        data, listed = model.read_bytes(), words.read_text(encoding="utf-8")
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(f"{model}: the encoder cannot be read ({' '.join(str(error).split())[:100]}); install discourse again.") from error
    known = {piece: n for n, piece in enumerate(listed.splitlines())}
    return Encoder(session, known, sha256(data + listed.encode()))


def pieces_of(sentence: str, known: dict[str, int]) -> Iterator[str]:
    """Yield the word pieces of a sentence: lower case, no accents, marks apart, then the longest known beginning (Wu et al. 2016).

    >>> list(pieces_of("Naïve phones!", {"naive": 0, "phone": 1, "##s": 2, "!": 3}))
    ['naive', 'phone', '##s', '!']
    """
    for word in _words(sentence):
        yield from _split(word, known)


def _words(sentence: str) -> list[str]:
    return "".join(map(_apart, unicodedata.normalize("NFD", sentence.lower()))).split()


@cache
def _apart(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    if category in UNSEEN:
        return ""
    alone = category.startswith("P") or character in ASCII_SIGNS or "\u4e00" <= character <= "\u9fff"
    return f" {character} " if alone else character


def _split(word: str, known: dict[str, int]) -> list[str]:
    if len(word) > LONGEST_WORD:
        return [UNKNOWN]
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in known:
                found.append(piece)
                start = end
                break
        else:
            return [UNKNOWN]
    return found
