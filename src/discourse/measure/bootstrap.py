"""Intervals for ratios by the cluster bootstrap: posts are drawn again, never sentences.

Sentences of one post resemble one another, so intervals that treat them as independent are too narrow (Cameron and Miller 2015,
"A Practitioner's Guide to Cluster-Robust Inference"). Percentile intervals after Efron and Tibshirani (1993, ch. 13). As counts are
additive, a draw is a vector of weights over posts and all groups are one matrix product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LEVEL", "REPLICATES", "intervals"]

LEVEL = 0.95
REPLICATES = 1000
SEED = 20150701
BLOCK = 100


def intervals(
    numerator: NDArray[np.float64], denominator: NDArray[np.float64], *, replicates: int = REPLICATES, seed: int = SEED
) -> NDArray[np.float64]:
    """Return low and high ends of 95 % intervals for sums of `numerator` over sums of `denominator`.

    Parameters
    ----------
    numerator, denominator : posts x groups; a post outside a group holds zeros.
    replicates : number of draws.
    seed : of the generator; the same input gives the same numbers.

    Returns
    -------
    2 x groups; NaN where a group's denominator is empty.

    >>> import numpy as np
    >>> intervals(np.ones((30, 1)), np.full((30, 1), 4.0)).tolist()
    [[0.25], [0.25]]
    """
    import numpy as np

    n = len(numerator)
    if n == 0:
        return np.full((2, numerator.shape[1]), np.nan)
    generator = np.random.default_rng(seed)
    ratios = []
    for first in range(0, replicates, BLOCK):
        draws = min(BLOCK, replicates - first)
        weights = generator.multinomial(n, np.full(n, 1 / n), size=draws).astype(float)
        top, bottom = weights @ numerator, weights @ denominator
        ratios.append(np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0))
    drawn = np.concatenate(ratios)
    ends = np.full((2, numerator.shape[1]), np.nan)
    missing = np.isnan(drawn)
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    whole = ~missing.any(axis=0)
    ends[:, whole] = np.quantile(drawn[:, whole], tails, axis=0)
    part = ~whole & ~missing.all(axis=0)
    ends[:, part] = np.nanquantile(drawn[:, part], tails, axis=0)
    return ends
