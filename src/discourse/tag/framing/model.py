"""The models of framings, linear ones of scikit-learn kept as plain arrays: weights for each framing, for the holder, for the modality.

A framing's score is the probability that a coder would code it: the weighted sum of the sentence's features, put through a logistic curve
that was fitted on sentences of posts which the weights had not seen (Platt 1999). A sentence carries the framing from the score on that
gave the best F1 on those posts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.errors import ModelError
from discourse.paths import resource, sha256, write_whole
from discourse.tag.framing.known import Known, known_in

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["FILE", "SHIPPED", "Head", "Model", "Vocabulary", "read_model", "written"]

SHIPPED = "framings_en"
FILE = "model.npz"
MODEL = 1
KEPT = 4  # models that were read last


@dataclass(frozen=True)
class Vocabulary:
    """The features of one block that a head knows.

    `sort` says how a sentence's row comes about: `counted` (1 + log of the count, times inverse document frequency, to length 1), `present`
    (1 for what is there) or `numbers` (numbers by themselves, times the factor that gives them a standard deviation of 1).
    """

    names: tuple[str, ...]
    factors: np.ndarray
    sort: str

    @cached_property
    def columns(self) -> dict[str, int]:
        """Name -> column."""
        return {name: n for n, name in enumerate(self.names)}

    def entries(self, rows: Sequence[Sequence[Any]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return row, column and value of all that is not 0, in order; a row holds names, or for `numbers` the numbers."""
        if self.sort == "numbers":
            numbers = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(self.names)) * self.factors
            return *np.nonzero(numbers), numbers[numbers != 0]
        names = list(chain.from_iterable(rows))
        columns = np.fromiter(map(self.columns.get, names, repeat(-1)), np.int64, len(names))
        places = np.repeat(np.arange(len(rows)), [len(row) for row in rows]) * len(self.names) + columns
        found, times = np.unique(places[columns >= 0], return_counts=True)
        row, column = np.divmod(found, len(self.names))
        if self.sort == "present":
            return row, column, np.ones(len(found))
        values = (np.log(times) + 1) * self.factors[column]
        return row, column, values / np.sqrt(np.bincount(row, values * values, len(rows)))[row]


@dataclass(frozen=True)
class Head:
    """A linear model over blocks of features: `weights` is features x answers, `scales` says how much each block counts."""

    answers: tuple[str, ...]
    blocks: dict[str, Vocabulary]
    scales: dict[str, float]
    weights: np.ndarray
    offset: np.ndarray

    def matrix(self, rows: Sequence[Mapping[str, Sequence[Any]]]) -> csr_matrix:
        """Return rows x all features of the head; a row maps a block to its features."""
        from scipy.sparse import csr_matrix

        first, parts = 0, []
        for block, vocabulary in self.blocks.items():
            if vocabulary.names:
                row, column, values = vocabulary.entries([row.get(block, ()) for row in rows])
                parts.append((row, column + first, values * self.scales[block]))
                first += len(vocabulary.names)
        row, column, values = (np.concatenate(some) for some in zip(*parts, strict=True))
        return csr_matrix((values, (row, column)), shape=(len(rows), first))

    def sums(self, rows: Sequence[Mapping[str, Sequence[Any]]]) -> np.ndarray:
        """Return the weighted sums: rows x answers."""
        return np.asarray(self.matrix(rows) @ self.weights + self.offset)

    @cached_property
    def columns(self) -> dict[str, dict[str, int]]:
        """Block -> name -> column of the whole matrix."""
        found, first = {}, 0
        for block, vocabulary in self.blocks.items():
            found[block] = {name: first + n for name, n in vocabulary.columns.items()}
            first += len(vocabulary.names)
        return found


@dataclass(frozen=True, eq=False)
class Model:
    """All heads with what turns sums into scores and scores into codes.

    `about` says what it was fitted on and what it is worth, `known` has the sentences that it was fitted on.
    """

    framing: Head
    holder: Head | None
    modality: Head | None
    slope: np.ndarray
    shift: np.ndarray
    thresholds: np.ndarray
    about: dict[str, Any]
    known: Known
    fingerprint: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The framings, in the order of the columns."""
        return self.framing.answers

    @property
    def title(self) -> str:
        """Name and version, as `codings.method` gives them."""
        return f"{self.about['name']} {self.about['version']}"

    def scores(self, sums: np.ndarray) -> np.ndarray:
        """Return calibrated probabilities for weighted sums, both rows x framings."""
        return np.asarray(1 / (1 + np.exp(-(sums * self.slope + self.shift))))


def written(model: Model, folder: Path) -> Path:
    """Write a model as one file of plain arrays in a folder, whole or not at all, and return its path."""
    import io

    heads = {"framing": model.framing, "holder": model.holder, "modality": model.modality}
    arrays: dict[str, np.ndarray] = {"slope": model.slope, "shift": model.shift, "thresholds": model.thresholds}
    arrays |= model.known.arrays()
    described: dict[str, Any] = {"format": MODEL, "about": model.about, "heads": {}}
    for name, head in heads.items():
        if head is None:
            continue
        described["heads"][name] = {
            "answers": head.answers,
            "blocks": {b: {"size": len(v.names), "scale": head.scales[b], "sort": v.sort} for b, v in head.blocks.items()},
        }
        arrays[f"{name}_weights"], arrays[f"{name}_offset"] = head.weights.astype(np.float32), head.offset.astype(np.float32)
        for block, vocabulary in head.blocks.items():
            arrays[f"{name}_{block}_names"] = np.frombuffer("\n".join(vocabulary.names).encode(), dtype=np.uint8)
            arrays[f"{name}_{block}_factors"] = vocabulary.factors.astype(np.float32)
    arrays["described"] = np.frombuffer(json.dumps(described, ensure_ascii=False).encode(), dtype=np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    write_whole(folder / FILE, file.getvalue())
    return folder / FILE


def read_model(folder: Path | None = None) -> Model:
    """Read a model from its folder or file; without one, the shipped one. A file that holds what it held before is not loaded again.

    Raises
    ------
    ModelError : there is none, or it is not one of ours; nothing in the file is run.
    """
    path = resource(SHIPPED, FILE) if folder is None else folder / FILE if folder.is_dir() else folder
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ModelError(f"{path}: cannot be read ({why}); make one with: discourse train --codes FILE") from error
    return _model(data, path)


@lru_cache(maxsize=KEPT)
def _model(data: bytes, path: Path) -> Model:
    import io
    import zipfile

    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        described = json.loads(arrays["described"].tobytes().decode())
        heads = {name: _head(name, entry, arrays) for name, entry in described["heads"].items()}
        curve = [arrays[name].astype(np.float64) for name in ("slope", "shift", "thresholds")]
        slope, shift, thresholds = curve
        stance = (heads.get("holder"), heads.get("modality"))
        known = known_in(arrays, heads["framing"].answers)
        return Model(heads["framing"], *stance, slope, shift, thresholds, described["about"], known, sha256(data))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"{path}: this is no model of framings ({' '.join(str(error).split())[:100]}); make one with: discourse train"
        ) from error


def _head(name: str, entry: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Head:
    blocks, scales = {}, {}
    for block, facts in entry["blocks"].items():
        names = tuple(arrays[f"{name}_{block}_names"].tobytes().decode().split("\n")) if facts["size"] else ()
        blocks[block] = Vocabulary(names, arrays[f"{name}_{block}_factors"].astype(np.float64), facts["sort"])
        scales[block] = float(facts["scale"])
    head = Head(
        tuple(entry["answers"]), blocks, scales, arrays[f"{name}_weights"].astype(np.float64), arrays[f"{name}_offset"].astype(np.float64)
    )
    if head.weights.shape != (sum(len(v.names) for v in blocks.values()), len(head.offset)):
        raise ValueError(f"the weights of {name} do not fit its features")
    return head
