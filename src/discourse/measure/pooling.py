"""Corrections of groups with too little gold, strengthened by those of the other groups.

How far the tagger is off differs from group to group, so the mean correction of all groups would mislead, and intervals that ignore the
difference do not cover. The model of Fay and Herriot (1979) weighs both: a group's own correction counts as much as it is sure, beside the
spread of the true corrections among groups,

    pooled = b r + (1 - b) mean,   b = s / (s + v)

with r the group's own correction, v its variance, and s the variance among groups. s is estimated by adjusted maximum likelihood of the
residuals (Li and Lahiri 2010), which is never 0: with few groups the usual estimates often are, and the intervals then far too narrow. Of
three groups the adjusted likelihood has no maximum: s would grow without end and nothing be pooled, so four are needed. The mean squared
error is b v + (1 - b)^2 var(mean) (their g1 and g2).

The model takes v for known. That of a few posts is not: by chance they may be of one mind, one post always is, and the group would seem
the surest of all. So no v is below what all groups together say of as many sentences (`floored`), as variances of small areas usually are
smoothed (Wolter 2007, "Introduction to Variance Estimation", ch. 7), and intervals are Student's, with the posts less the groups as
degrees of freedom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FEWEST_GROUPS", "Pooled", "floored", "pooled", "variance_among"]

FEWEST_GROUPS = 4
SMALLEST = 1e-9


class Pooled(NamedTuple):
    """Corrections and their mean squared errors, in the order of the groups.

    `own` is b, how much a group's own correction counts, `weights` is how much each group counts in the mean, and `among` the variance
    among groups.
    """

    corrections: NDArray[np.float64]
    errors: NDArray[np.float64]
    own: NDArray[np.float64]
    weights: NDArray[np.float64]
    among: float

    def of(self, corrections: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return other corrections of the same groups, pooled in the same way."""
        pooled: NDArray[np.float64] = self.own * corrections + (1 - self.own) * (self.weights * corrections).sum()
        return pooled


def pooled(corrections: NDArray[np.float64], variances: NDArray[np.float64]) -> Pooled:
    """Return the corrections of groups, each strengthened by the others.

    Parameters
    ----------
    corrections : r of each of at least FEWEST_GROUPS groups.
    variances : of these, above 0.

    >>> import numpy as np
    >>> found = pooled(np.array([0.1, 0.1, 0.1, 0.5]), np.array([1e-6, 1e-6, 1e-6, 1.0]))
    >>> found.corrections.round(2).tolist()
    [0.1, 0.1, 0.1, 0.1]
    """
    among = variance_among(corrections, variances)
    weights = 1 / (variances + among)
    own = among / (among + variances)
    errors = own * variances + (1 - own) ** 2 / weights.sum()
    found = Pooled(corrections, errors, own, weights / weights.sum(), among)
    return found._replace(corrections=found.of(corrections))


def floored(
    variances: NDArray[np.float64], n: NDArray[np.float64], n_posts: NDArray[np.int64], *, added: float = 0.0
) -> NDArray[np.float64]:
    """Return the variances of groups, none of them below what all groups together say of as many sentences.

    Parameters
    ----------
    variances : of each group's correction, over its posts.
    n : sentences of each group.
    n_posts : posts of these; a group of one says nothing of the common variance, and one at least must have two.
    added : to the common variance of one sentence.

    >>> import numpy as np
    >>> floored(np.array([0.0, 0.02, 0.01]), np.array([10.0, 10.0, 20.0]), np.array([1, 5, 5])).tolist()
    [0.02, 0.02, 0.01]
    """
    import numpy as np

    degrees = n_posts - 1
    common = (degrees * n * variances).sum() / degrees.sum() + added
    smoothed: NDArray[np.float64] = np.maximum(variances, common / n)
    return smoothed


def variance_among(corrections: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    """Return the variance among groups by adjusted maximum likelihood of the residuals (Li and Lahiri 2010); above 0."""
    import numpy as np
    from scipy.optimize import minimize_scalar

    def unlikely(logarithm: float) -> float:
        among = np.exp(logarithm)
        weights = 1 / (variances + among)
        mean = (weights * corrections).sum() / weights.sum()
        squares = (weights * (corrections - mean) ** 2).sum()
        return float(-logarithm + (np.log(variances + among).sum() + np.log(weights.sum()) + squares) / 2)

    grid = np.linspace(np.log(SMALLEST), np.log(1.0), 60)
    best = int(np.argmin([unlikely(value) for value in grid]))
    ends = (grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)])
    return float(np.exp(minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-6}).x))
