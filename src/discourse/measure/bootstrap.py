"""Intervals by the cluster bootstrap: posts are drawn again, never sentences.

Sentences of one post resemble one another, so intervals that treat them as independent are too narrow (Cameron and Miller 2015,
"A Practitioner's Guide to Cluster-Robust Inference"). Percentile intervals after Efron and Tibshirani (1993, ch. 13). As counts are
additive, a draw is a vector of weights over posts and all groups are one matrix product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LEVEL", "REPLICATES", "SEED", "drawn", "ends", "intervals", "per_post", "ratios", "resampled"]

LEVEL = 0.95
REPLICATES = 1000
SEED = 20150701
BLOCK = 100
MOST_DRAWN = 2e7  # numbers in memory at once


def per_post(values: NDArray[np.float64], posts: Sequence[str]) -> NDArray[np.float64]:
    """Return the sums of the rows of each post, posts in the order in which they first stand.

    >>> import numpy as np
    >>> per_post(np.array([[1.0], [2.0], [4.0]]), ["b", "a", "b"]).tolist()
    [[5.0], [2.0]]
    """
    import numpy as np

    order = {post: k for k, post in enumerate(dict.fromkeys(posts))}
    sums = np.zeros((len(order), *values.shape[1:]))
    np.add.at(sums, [order[post] for post in posts], values)
    return sums


def resampled(
    counts: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """Return low and high ends of 95 % intervals for whatever follows from sums of additive counts.

    Parameters
    ----------
    counts : posts x counts.
    statistic : from draws x counts (sums over the posts drawn) to draws x statistics; NaN where one is not defined.
    replicates : number of draws.
    seed : of the generator; the same input gives the same numbers.

    Returns
    -------
    2 x statistics; NaN where a statistic is defined in no draw, or there is no post.
    """
    return ends(drawn(counts, statistic, replicates=replicates, seed=seed))


def drawn(
    counts: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """Return what follows from each draw of posts, draws x statistics; the parameters are those of `resampled`."""
    import numpy as np

    n = len(counts)
    if n == 0:
        return np.full((1, statistic(np.zeros((1, counts.shape[1]))).shape[1]), np.nan)
    return np.concatenate([statistic(weights @ counts) for weights in _draws(n, replicates, seed)])


def ratios(
    numerators: NDArray[np.float64],
    denominator: NDArray[np.float64],
    inside: NDArray[np.bool_],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """Return low and high ends of 95 % intervals for the shares of many measures in many groups, all from the same draws of posts.

    Parameters
    ----------
    numerators : posts x measures.
    denominator : of each post.
    inside : posts x groups, which posts each group holds; they may overlap.
    replicates, seed : as in `resampled`.

    Returns
    -------
    2 x measures x groups; NaN where a group's denominator is empty.

    >>> import numpy as np
    >>> ratios(np.ones((30, 1)), np.full(30, 4.0), np.ones((30, 1), dtype=bool)).tolist()
    [[[0.25]], [[0.25]]]
    """
    import numpy as np
    from scipy.sparse import csr_array, vstack

    posts, measures = numerators.shape
    found = np.full((2, measures, inside.shape[1]), np.nan)
    if not posts or not inside.any():
        return found
    groups = csr_array(inside.T.astype(float))  # a post is in few groups; sums of whole numbers are the same in any order
    some = max(1, int(MOST_DRAWN / (replicates * inside.shape[1])))
    for first in range(0, measures, some):
        columns = [denominator, *numerators[:, first : first + some].T]
        counted = vstack([groups.multiply(column) for column in columns], format="csr")
        counted.eliminate_zeros()
        blocks = _draws(posts, replicates, seed)  # all columns share the draws
        sums = np.concatenate([(counted @ weights.T).T.reshape(len(weights), len(columns), -1) for weights in blocks])
        bottoms = sums[:, :1]
        shares = sums[:, 1:] / np.where(bottoms > 0, bottoms, np.nan)
        found[:, first : first + some] = ends(shares.reshape(len(shares), -1)).reshape(2, len(columns) - 1, -1)
    return found


def _draws(n: int, replicates: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Yield how often each of n posts is drawn: blocks of draws x posts."""
    import numpy as np

    generator = np.random.default_rng(seed)
    for first in range(0, replicates, BLOCK):
        yield generator.multinomial(n, np.full(n, 1 / n), size=min(BLOCK, replicates - first)).astype(float)


def ends(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ends of percentile intervals: from draws x statistics 2 x statistics; NaN where a statistic is defined in no draw."""
    import numpy as np

    found = np.full((2, draws.shape[1]), np.nan)
    missing = np.isnan(draws)
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    whole = ~missing.any(axis=0)
    found[:, whole] = np.quantile(draws[:, whole], tails, axis=0)
    part = ~whole & ~missing.all(axis=0)
    found[:, part] = np.nanquantile(draws[:, part], tails, axis=0)
    return found


def intervals(
    numerator: NDArray[np.float64], denominator: NDArray[np.float64], *, replicates: int = REPLICATES, seed: int = SEED
) -> NDArray[np.float64]:
    """Return low and high ends of 95 % intervals for sums of `numerator` over sums of `denominator`.

    Parameters
    ----------
    numerator, denominator : posts x groups; a post outside a group holds zeros.
    replicates, seed : as in `resampled`.

    Returns
    -------
    2 x groups; NaN where a group's denominator is empty.

    >>> import numpy as np
    >>> intervals(np.ones((30, 1)), np.full((30, 1), 4.0)).tolist()
    [[0.25], [0.25]]
    """
    import numpy as np

    groups = numerator.shape[1]

    def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        top, bottom = sums[:, :groups], sums[:, groups:]
        return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)

    return resampled(np.hstack([numerator, denominator]), ratio, replicates=replicates, seed=seed)
