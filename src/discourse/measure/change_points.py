"""Where the share jumps from one level to another: change points of the shares of periods, each tested by permuted dates.

Levels are fitted by weighted least squares, a period weighing as many sentences as it has, and the jumps are those of PELT (Killick,
Fearnhead and Eckley 2012; `ruptures`) with a penalty after the Bayesian information criterion: 2 v log(n) for each, n the number of periods
and v the variance of a sentence, from differences of successive periods, which jumps hardly touch (von Neumann 1941). The list is of
candidates: a jump has to lessen the squared error by more than any single jump does where dates are permuted across the posts of one
stratum (`placebo`), in 95 of 100 cases and after Holm's correction over all candidates and shares, to be called one. A
steady trend is seen as a jump too. Of a naive share it says only that what the tagger finds has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FEWEST_PERIODS", "SHORTEST", "best_gains", "change_points", "gain_p", "penalty"]

SHORTEST = 2  # periods of a level
FEWEST_PERIODS = 2 * SHORTEST


def change_points(totals: NDArray[np.float64], sizes: NDArray[np.float64]) -> list[dict[str, Any]]:
    """Return the candidates: `place` of the first period of the new level, `before` and `after` (shares), and `gain`.

    Parameters
    ----------
    totals, sizes : of each period, in order; none is empty.
    """
    import numpy as np
    import ruptures

    if len(sizes) < FEWEST_PERIODS or not (pen := penalty(totals, sizes)):
        return []
    roots = np.sqrt(sizes)
    signal = np.column_stack([totals / roots, roots])  # residuals of the first on the second are those of weighted levels
    ends = ruptures.Pelt(model="linear", min_size=SHORTEST, jump=1).fit(signal).predict(pen=pen)
    rows = []
    for (left, place), (_, right) in pairwise(pairwise([0, *ends])):
        sums = [(totals[a:b].sum(), sizes[a:b].sum()) for a, b in ((left, place), (place, right))]
        (y0, n0), (y1, n1) = sums
        gain = n0 * n1 / (n0 + n1) * (y0 / n0 - y1 / n1) ** 2
        rows.append({"place": place, "before": y0 / n0, "after": y1 / n1, "gain": float(gain)})
    return rows


def penalty(totals: NDArray[np.float64], sizes: NDArray[np.float64]) -> float:
    """Return what a jump has to gain at least, in squared error weighted by sentences."""
    import numpy as np

    jumps = np.diff(totals / sizes) ** 2 / (1 / sizes[1:] + 1 / sizes[:-1])
    return float(2 * jumps.mean() * np.log(len(sizes)))


def best_gains(totals: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much the best single jump lessens the squared error, for each row of periods.

    Parameters
    ----------
    totals, sizes : permutations x periods.
    """
    import numpy as np

    y0, n0 = np.cumsum(totals, axis=1), np.cumsum(sizes, axis=1)
    y, n = y0[:, -1:], n0[:, -1:]
    inner = slice(SHORTEST - 1, -SHORTEST)
    y0, n0 = y0[:, inner], n0[:, inner]
    inside = (n0 > 0) & (n0 < n)
    gains = (y0 * n - y * n0) ** 2 / np.where(inside, n0 * (n - n0) * n, np.inf)
    best: NDArray[np.float64] = gains.max(axis=1)
    return best


def gain_p(gain: float, drawn: Sequence[float] | NDArray[np.float64]) -> float:
    """Return how seldom permutations gain as much."""
    import numpy as np

    return float((np.sum(np.asarray(drawn) >= gain) + 1) / (len(drawn) + 1))
