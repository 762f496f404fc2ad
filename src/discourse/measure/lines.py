"""A straight line through the shares of posts: weighted least squares with errors clustered by post.

The share of each post is regressed on a time or on a mark (0 or 1), weighted by its sentences, so that a slope is in points a year and a
mark's is the difference of two shares. There is one row a post, so the robust errors are clustered by post (White 1980; HC3 of MacKinnon
and White 1985, which is right in small samples). Where hand codes correct, half a sentence of each of the four outcomes is added in the
variance, as in `correction`, and the degrees of freedom are those of the coded posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.bootstrap import LEVEL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from discourse.measure.outcomes import Outcome

__all__ = ["Line", "fitted", "pooled_strata"]

FEWEST_OF_STRATUM = 5
OTHERS = "(others)"


class Line(NamedTuple):
    """A slope, its standard error and interval, the p-value of there being none, the share where the regressor is 0, and its error."""

    slope: float
    error: float
    low: float
    high: float
    p_value: float
    level: float
    level_error: float
    degrees: int


def fitted(outcome: Outcome, regressor: NDArray[np.float64], *, strata: Sequence[str] | None = None) -> Line:
    """Return the line of the shares of posts on a regressor.

    Parameters
    ----------
    outcome : of posts that all take part, at least three; the regressor must differ between them.
    regressor : of each post.
    strata : of each post, none of them small (`pooled_strata`); every one has a level of its own, and `level` is that of the first.
    """
    import numpy as np
    from scipy import stats
    from statsmodels.regression.linear_model import WLS

    size = outcome.size
    columns = [np.ones(len(size)), regressor]
    if strata is not None:
        columns += [np.array([name == one for name in strata], dtype=float) for one in sorted(set(strata))[1:]]
    found = WLS(outcome.total / size, np.column_stack(columns), weights=size).fit(cov_type="HC3", use_t=True)
    gives = found.model.pinv_wexog[:2] / np.sqrt(size)  # what a sentence more in a post gives to the two coefficients
    errors = np.sqrt(found.cov_params()[[0, 1], [0, 1]] + _added(outcome, gives))
    degrees = max(_degrees(outcome, len(columns)), 1)
    slope, error = float(found.params[1]), float(errors[1])
    half = float(stats.t.ppf((1 + LEVEL) / 2, degrees)) * error
    p_value = float(2 * stats.t.sf(abs(slope) / error, degrees)) if error else 1.0
    return Line(slope, error, slope - half, slope + half, p_value, float(found.params[0]), float(errors[0]), degrees)


def pooled_strata(strata: Sequence[str]) -> list[str]:
    """Return strata of posts with the small ones put together, and with the largest where that is still small.

    >>> pooled_strata(["a"] * 6 + ["b", "c"])
    ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a']
    """
    from collections import Counter

    n = Counter(strata)
    small = {name for name, n_posts in n.items() if n_posts < FEWEST_OF_STRATUM}
    name = OTHERS
    if 0 < sum(n[one] for one in small) < FEWEST_OF_STRATUM:
        name = max(sorted(n), key=n.__getitem__)
    return [name if one in small else one for one in strata]


def _added(outcome: Outcome, gives: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what half a sentence of each outcome, drawn like the coded ones, adds to the variance of each coefficient."""
    import numpy as np

    coded = outcome.coded
    if coded is None or not len(coded.post):
        return np.zeros(len(gives))
    added: NDArray[np.float64] = ((gives[:, coded.post] * coded.weight) ** 2).mean(axis=1) * coded.spread
    return added


def _degrees(outcome: Outcome, columns: int) -> int:
    import numpy as np

    if outcome.coded is not None and len(outcome.coded.post):
        return len(np.unique(outcome.coded.post)) - 2
    return len(outcome.size) - columns
