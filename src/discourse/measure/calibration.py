"""Whether scores mean what they say: of the codes that are given with a score of 0.8, eight in ten should be right to give.

The expected calibration error is the mean distance between mean score and share coded yes over ten bins of equal width, each weighted
by what lies in it (Guo et al. 2017, "On Calibration of Modern Neural Networks"); here the score is that of a yes. The Brier score is the
mean squared distance between score and code (Brier 1950).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from discourse.measure.bootstrap import REPLICATES, SEED, intervals, per_post
from discourse.measure.framings import ALL

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["BINS", "bin_of", "calibration_scores", "reliability"]

BINS = 10


def bin_of(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the bin of each score, 0 to 9; a bin holds its upper edge, and the first one 0 as well.

    >>> import numpy as np
    >>> bin_of(np.array([0.0, 0.1, 0.3, 0.31, 0.7, 1.0])).tolist()
    [0, 0, 2, 3, 6, 9]
    """
    import numpy as np

    return np.digitize(scores, [k / BINS for k in range(1, BINS)], right=True)


def reliability(
    gold: pd.DataFrame, scores: pd.DataFrame, *, codes: Sequence[str], replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """Return the reliability table: how often each bin of scores is right, all codes pooled and each alone, plain and weighted.

    Parameters
    ----------
    gold : a row a sentence: `post`, `weight` and each code (0 or 1).
    scores : a row a sentence: `<code>_score`, 0 to 1.
    codes : the framings.
    replicates, seed : of the bootstrap over posts.

    Returns
    -------
    A row a bin that holds something: `code` (`all` is the pool), `weighted`, `bin`, `left`, `right`, `n` (codes in it), `mean_score`,
    `share` (of those coded yes), `low`, `high` (of the share).
    """
    import numpy as np
    import pandas as pd

    tables = []
    for code, weighted, (posts, weight, truth, score) in _pools(gold, scores, codes):
        inside = np.eye(BINS)[bin_of(score)]
        mass = inside * weight[:, None]
        n, total = inside.sum(axis=0).astype(int), mass.sum(axis=0)
        low, high = intervals(per_post(mass * truth[:, None], posts), per_post(mass, posts), replicates=replicates, seed=seed)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = {"mean_score": score @ mass / total, "share": truth @ mass / total}
        edges = {"bin": range(BINS), "left": [k / BINS for k in range(BINS)], "right": [(k + 1) / BINS for k in range(BINS)]}
        table = pd.DataFrame({"code": code, "weighted": weighted, **edges, "n": n, **means, "low": low, "high": high})
        tables.append(table[table["n"] > 0])
    return pd.concat(tables, ignore_index=True)


def calibration_scores(
    gold: pd.DataFrame, scores: pd.DataFrame, *, codes: Sequence[str], replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """Return expected calibration error and Brier score, all codes pooled (`all`) and each alone, plain and weighted.

    The error has no interval: drawn posts make it larger than it is, so a percentile interval would not cover it.

    Parameters
    ----------
    gold, scores, codes, replicates, seed : as in `reliability`.

    Returns
    -------
    Columns `measure` (`ece`, `brier`), `code`, `weighted`, `estimate`, `low`, `high`, `n` (coded yes), `denominator` (codes), `n_posts`.
    """
    import numpy as np
    import pandas as pd

    rows = []
    for code, weighted, (posts, weight, truth, score) in _pools(gold, scores, codes):
        mass = np.eye(BINS)[bin_of(score)] * weight[:, None]
        error = float(np.abs((score - truth) @ mass).sum() / weight.sum())
        squares = (weight * (score - truth) ** 2)[:, None]
        ends = intervals(per_post(squares, posts), per_post(weight[:, None], posts), replicates=replicates, seed=seed)[:, 0]
        fixed = {"code": code, "weighted": weighted, "n": int(truth.sum()), "denominator": len(truth), "n_posts": len(set(posts))}
        rows.append({"measure": "ece", "estimate": error, "low": np.nan, "high": np.nan, **fixed})
        rows.append({"measure": "brier", "estimate": float(squares.sum() / weight.sum()), "low": ends[0], "high": ends[1], **fixed})
    return pd.DataFrame(rows)


Pool = tuple[list[str], "NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"]


def _pools(gold: pd.DataFrame, scores: pd.DataFrame, codes: Sequence[str]) -> Iterator[tuple[str, bool, Pool]]:
    """Yield posts, weights, codes and scores: of all framings one after another, then of each; plain, then weighted."""
    import numpy as np

    for name, some in ((ALL, list(codes)), *((code, [code]) for code in codes)):
        truth, score = gold[some].to_numpy(dtype=float).T.ravel(), scores[[f"{c}_score" for c in some]].to_numpy(dtype=float).T.ravel()
        for weighted in (False, True):
            weight = np.tile(gold["weight"].to_numpy(dtype=float) if weighted else np.ones(len(gold)), len(some))
            yield name, weighted, (gold["post"].tolist() * len(some), weight, truth, score)
