"""How far rates of words differ between two groups of posts, posts being what was drawn and not words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.association import log_ratio
from discourse.measure.bootstrap import LEVEL
from discourse.measure.words import sum_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = ["OverPosts", "over_posts"]

MISSING = 2.0  # the variance of the log of half a use, 1 / 0.5


class OverPosts(NamedTuple):
    """Ends of the 95 % interval of each word's log ratio, and the p-value of its rates being the same."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p_value: NDArray[np.float64]


def over_posts(first: csr_array, second: csr_array) -> OverPosts:
    """Return how sure the ratio and the difference of the rates of each word are.

    A group's rate is a ratio estimator over its posts (Cochran 1977, ch. 6). The interval is that of the log of the ratio by the delta
    method; where a word is missing, its rate is that of half a use with the variance of such a count. The p-value is the larger of two:
    that of Welch's test, as Lijffijt et al. (2016) advise, which a post full of the word does not deceive, and that of Student's, with one
    variance for both groups, which a word that a small group happens to lack does not.

    Parameters
    ----------
    first, second : posts x words of either group; posts without a word are not of it. A post may be in both with different sentences.
    """
    import numpy as np
    from scipy.special import stdtr, stdtrit

    sides = [_Side(counts) for counts in (first, second)]
    free = [side.n_posts - 1 for side in sides]
    difference = sides[0].rate - sides[1].rate
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = [side.squares / k / side.n_posts for k, side in zip(free, sides, strict=True)]
        logs = [np.where(side.uses > 0, v / side.rate**2, MISSING) for v, side in zip(variances, sides, strict=True)]
        middle = log_ratio(sides[0].uses, sides[1].uses, sides[0].n_words, sides[1].n_words)
        reach = stdtrit(_freedom(logs, free), (1 + LEVEL) / 2) * np.sqrt(logs[0] + logs[1]) / np.log(2)
        welch = stdtr(_freedom(variances, free), -np.abs(difference) / np.sqrt(variances[0] + variances[1]))
        shared = (sides[0].squares + sides[1].squares) / sum(free) * sum(1 / side.n_posts for side in sides)
        student = stdtr(sum(free), -np.abs(difference) / np.sqrt(shared))
        p_value = 2 * np.fmax(welch, student)
    return OverPosts(middle - reach, middle + reach, np.where(np.isnan(p_value), 1, p_value))


class _Side:
    """Sums over the posts of one group: uses, rate, and the squared residuals of uses in units of the mean length of its posts."""

    def __init__(self, counts: csr_array) -> None:
        sizes = sum_of(counts, 1)
        self.n_posts, self.n_words, self.uses = int((sizes > 0).sum()), float(sizes.sum()), sum_of(counts, 0)
        self.rate = self.uses / self.n_words
        squares = sum_of(counts.power(2), 0) - 2 * self.rate * (sizes @ counts) + self.rate**2 * (sizes**2).sum()
        self.squares = squares.clip(0) * (self.n_posts / self.n_words) ** 2


def _freedom(variances: list[NDArray[np.float64]], free: list[int]) -> NDArray[np.float64]:
    """Return the degrees of freedom of Welch and Satterthwaite."""
    found: NDArray[np.float64] = (variances[0] + variances[1]) ** 2 / (variances[0] ** 2 / free[0] + variances[1] ** 2 / free[1])
    return found
