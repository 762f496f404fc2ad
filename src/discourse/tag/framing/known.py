"""What a model of framings was fitted on: each sentence by a hash of its text, with its hand codes.

A model codes the sentences that it was fitted on better than any others. So it must not be measured on them, and where they stand in a
corpus their hand codes say more than the model does. The texts are not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from discourse.paths import sha256
from discourse.tables import HOLDERS, MODALITIES

if TYPE_CHECKING:
    import pandas as pd

    from discourse.tag.framing.fit import Lesson

__all__ = ["Known", "known_from", "known_in", "none_known"]

ANSWERS = {"holders": HOLDERS, "modalities": MODALITIES}
HEX = 16
PARTS = ("hashes", "framings", "holders", "modalities")


@dataclass(frozen=True, eq=False)
class Known:
    """The distinct sentences that a model was fitted on, and their hand codes.

    `codes` are the framings. `hashes` has for each sentence the first eight bytes of the SHA-256 of its text in UTF-8, as a whole number
    (uint64, big-endian), in rising order. In the same order `framings` has what it carries (bool, sentences x framings), `holders` and
    `modalities` the place of its answer in `tables.HOLDERS` and `tables.MODALITIES` (int8), or -1 where none was coded.
    """

    codes: tuple[str, ...]
    hashes: np.ndarray
    framings: np.ndarray
    holders: np.ndarray
    modalities: np.ndarray

    def __len__(self) -> int:
        """Return the number of distinct sentences."""
        return len(self.hashes)

    def find(self, texts: Iterable[str]) -> np.ndarray:
        """Return for each text its place among the known sentences, or -1 (int64); a text is known only if every letter is the same."""
        asked = hashes_of(texts)
        if not len(self):
            return np.full(len(asked), -1)
        place = np.minimum(np.searchsorted(self.hashes, asked), len(self) - 1)
        return np.where(self.hashes[place] == asked, place, -1)

    def coded(self, texts: Iterable[str]) -> pd.DataFrame:
        """Return the hand codes of those texts that are known.

        Parameters
        ----------
        texts : sentences, in any number and order.

        Returns
        -------
        A row for each text that is known, in their order; the index is its place among `texts`, from 0. Columns: each framing (0 or 1),
        `holder` and `modality` (null where none was coded).
        """
        import pandas as pd

        found = self.find(texts)
        here = np.flatnonzero(found >= 0)
        place = found[here]
        frame = pd.DataFrame(self.framings[place].astype(np.int64), columns=list(self.codes), index=here)
        return frame.assign(holder=_named(self.holders[place], HOLDERS), modality=_named(self.modalities[place], MODALITIES))

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `known_in` reads: name -> array."""
        return {f"known_{part}": getattr(self, part) for part in PARTS}


def none_known(codes: Sequence[str]) -> Known:
    """Return what is known where nothing was fitted."""
    return known_from((), codes)


def known_from(lessons: Iterable[Lesson], codes: Sequence[str]) -> Known:
    """Return the sentences of lessons; of one text coded in several ways the codes given most often, of several of these the first.

    Parameters
    ----------
    lessons : what a model is fitted on.
    codes : the framings, in the order of the model's columns.
    """
    lessons = list(lessons)
    given: dict[int, Counter[tuple[frozenset[str], str | None, str | None]]] = {}
    for number, lesson in zip(hashes_of(lesson.text for lesson in lessons).tolist(), lessons, strict=True):
        given.setdefault(number, Counter())[lesson.codes, lesson.holder, lesson.modality] += 1
    hashes = sorted(given)
    kept = [given[number].most_common(1)[0][0] for number in hashes]
    return Known(
        tuple(codes),
        np.array(hashes, dtype=np.uint64),
        np.array([[code in carried for code in codes] for carried, _, _ in kept], dtype=np.bool_).reshape(len(kept), len(codes)),
        np.array([_place(holder, HOLDERS) for _, holder, _ in kept], dtype=np.int8),
        np.array([_place(modality, MODALITIES) for _, _, modality in kept], dtype=np.int8),
    )


def known_in(arrays: Mapping[str, np.ndarray], codes: Sequence[str]) -> Known:
    """Return what the arrays of a model file know; those of a file that was written before models knew anything know nothing.

    Raises
    ------
    KeyError, ValueError : some of the arrays are missing, or they are not what `Known` says.
    """
    if not any(f"known_{part}" in arrays for part in PARTS):
        return none_known(codes)
    known = Known(tuple(codes), *(arrays[f"known_{part}"] for part in PARTS))
    sorts = [known.hashes.dtype == np.uint64, known.framings.dtype == np.bool_]
    shapes = [known.hashes.ndim == 1, known.framings.shape == (known.hashes.size, len(codes))]
    for part, answers in ANSWERS.items():
        places = getattr(known, part)
        sorts.append(places.dtype == np.int8)
        shapes.append(places.shape == known.hashes.shape and bool(np.all((places >= -1) & (places < len(answers)))))
    if not all(sorts + shapes) or not np.all(known.hashes[1:] > known.hashes[:-1]):
        raise ValueError("the sentences that it was fitted on are not listed as they must be")
    return known


def hashes_of(texts: Iterable[str]) -> np.ndarray:
    """Return for each text the first eight bytes of the SHA-256 of its UTF-8 (uint64)."""
    return np.array([int(sha256(text.encode())[:HEX], 16) for text in texts], dtype=np.uint64)


def _place(answer: str | None, answers: Sequence[str]) -> int:
    return -1 if answer is None else answers.index(answer)


def _named(places: np.ndarray, answers: Sequence[str]) -> np.ndarray:
    return np.asarray(np.array([*answers, None], dtype=object)[places])  # -1 is the last: none
