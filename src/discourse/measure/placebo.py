"""What chance and composition alone make of a trend: dates are permuted across the posts of one stratum.

Each stratum (a blog's category) keeps its dates, so that a trend that is only a shift between strata is in every permutation too. The
slope is compared as a t statistic, since a permutation test of it holds even where posts do not vary alike (Janssen 1997; DiCiccio and
Romano 2017, "Robust permutation tests for correlation and regression coefficients"); twice the smaller tail is its p-value, as slopes of
permutations may lie round another value than 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from discourse.measure.outcomes import Outcome

__all__ = ["PERMUTATIONS", "permuted", "placebo_p", "shares_of_periods", "t_statistics"]

PERMUTATIONS = 999
BLOCK = 100


def permuted(strata: Sequence[str], *, permutations: int = PERMUTATIONS, seed: int) -> NDArray[np.int64]:
    """Return whose date each post takes: permutations x posts, places of posts of the same stratum.

    >>> permuted(["a", "b", "a"], permutations=50, seed=1)[:, 1].tolist() == [1] * 50
    True
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    order = np.tile(np.arange(len(strata)), (permutations, 1))
    names = np.array(strata, dtype=object)
    for stratum in sorted(set(strata)):
        places = np.flatnonzero(names == stratum)
        order[:, places] = generator.permuted(np.tile(places, (permutations, 1)), axis=1)
    return order


def t_statistics(outcome: Outcome, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the slope over its robust error (HC0) for many sets of dates; 0 where there is no error.

    Parameters
    ----------
    outcome : of posts that all take part.
    times : sets of dates x posts, in years.
    """
    import numpy as np

    size, share = outcome.size, outcome.total / outcome.size
    centred_share = share - np.average(share, weights=size)
    made = []
    for first in range(0, len(times), BLOCK):
        x = times[first : first + BLOCK]
        x = (x - (x @ size / size.sum())[:, None]) * size
        squares = (x**2 / size).sum(axis=1)
        slopes = x @ centred_share / squares
        errors = np.sqrt(((x * (centred_share - slopes[:, None] * x / size)) ** 2).sum(axis=1)) / squares
        made.append(np.divide(slopes, errors, out=np.zeros_like(slopes), where=errors > 1e-12))
    return np.concatenate(made)


def placebo_p(observed: float, drawn: NDArray[np.float64]) -> float:
    """Return how seldom permutations are as far out, on either side.

    >>> import numpy as np
    >>> placebo_p(3.0, np.zeros(99)), placebo_p(0.0, np.zeros(99))
    (0.02, 1.0)
    """
    above, below = int((drawn >= observed).sum()), int((drawn <= observed).sum())
    return min(2 * (min(above, below) + 1) / (len(drawn) + 1), 1.0)


def shares_of_periods(
    outcome: Outcome, period: NDArray[np.int64], order: NDArray[np.int64], *, n_periods: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return totals and sizes of each period, where posts take the dates of others: each permutations x periods.

    Parameters
    ----------
    outcome : of posts that all take part.
    period : the place of each post's period.
    order : as `permuted` returns it.
    n_periods : how many there are.
    """
    import numpy as np

    totals, sizes = np.zeros((len(order), n_periods)), np.zeros((len(order), n_periods))
    for first in range(0, len(order), BLOCK):
        some = period[order[first : first + BLOCK]]
        flat = (some + n_periods * np.arange(len(some))[:, None]).ravel()
        for sums, values in ((totals, outcome.total), (sizes, outcome.size)):
            found = np.bincount(flat, np.tile(values, len(some)), n_periods * len(some))
            sums[first : first + BLOCK] = found.reshape(len(some), n_periods)
    return totals, sizes
