"""A share corrected for the tagger's errors by a hand-coded sample with known inclusion probabilities.

The estimator is the tuned control variate of prediction-powered inference (Angelopoulos, Duchi and Zrnic 2023, "PPI++: Efficient
Prediction-Powered Inference"), with design weights as in design-based supervised learning (Egami, Hinck, Stewart and Wei 2023):

    share = (K + t F + U r) / N,   r = sum(w (y - t f)) / sum(w)

N are the sentences of the group. K of them are known to carry the code because the tagger was fitted to their hand codes; U is the number
of all others, F how often the tagger codes these. y is the hand code of a sampled sentence, f the tagger's, w the inverse of its
inclusion probability. The factor t is 0 where the tagger is worth nothing (the sample alone) and 1 where it errs seldom (design-based
supervised learning as published); whatever it is, the tagger's errors do not bias the estimate. It is the one of least variance.

What is estimated is the share in what these posts are a draw of, not in these very posts: the interval says how far it would move with
others of the kind. The variance is that of a ratio, linearised, with posts as ultimate clusters (Särndal, Swensson and Wretman 1992, ch.
5; Cameron and Miller 2015), so it holds what sentences of one post have in common, both in the corpus and in the sample; each of the two
parts is multiplied by G / (G - 1), with G its own number of posts. A sample with few errors shows none by chance, and its variance would
be nought; so half a sentence is added to each of the four outcomes of y and f, in the variance alone (Agresti and Min 2005, "Simple
improved confidence intervals for comparing matched proportions").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["METHOD", "Correction", "Population", "Sample", "correction", "half_width", "tuned"]

METHOD = "PPI++ with design weights; t interval, linearised over posts"
ADDED = 0.5
OUTCOMES = ((0, 0), (0, 1), (1, 0), (1, 1))


class Population(NamedTuple):
    """Sums of each post, in sentences or words: `size` and `hits` of what the tagger has not seen, `known_size` and `known_hits` of what it
    was fitted to, by the hand codes.
    """

    size: NDArray[np.float64]
    hits: NDArray[np.float64]
    known_size: NDArray[np.float64]
    known_hits: NDArray[np.float64]

    def within(self, inside: NDArray[np.bool_]) -> Population:
        """Return the sums with nought for the posts outside."""
        return Population(*(sums * inside for sums in self))


class Sample(NamedTuple):
    """One hand-coded sentence a place: its post (a place in the population), its weight, the hand code and the tagger's (0 or 1)."""

    post: NDArray[np.int64]
    weight: NDArray[np.float64]
    coded: NDArray[np.float64]
    found: NDArray[np.float64]

    def within(self, inside: NDArray[np.bool_]) -> Sample:
        """Return the sentences of the posts inside."""
        kept = inside[self.post]
        return Sample(self.post[kept], self.weight[kept], self.coded[kept], self.found[kept])


class Correction(NamedTuple):
    """A corrected share and what it is made of.

    `residual` is r, and `weight` is U / N, by which it enters; `base` is the rest of the share. `residual_variance` is that over posts, and
    `added` what the added sentences give to it. `n_effective` are the sentences that would say as much with equal weights (Kish 1965).
    """

    estimate: float
    variance: float
    base: float
    base_variance: float
    residual: float
    residual_variance: float
    added: float
    weight: float
    n: int
    n_effective: float
    n_posts: int


def tuned(population: Population, sample: Sample) -> float:
    """Return the factor t, 0 to 1, that makes the variance over posts least.

    Parameters
    ----------
    population : of all groups that the sample covers.
    sample : with at least one sentence.

    Returns
    -------
    1 where the tagger codes nothing or everything, so that no factor is better than another.
    """
    import numpy as np

    posts, total = len(population.size), population.size.sum()
    of_coded = _by_post(sample, sample.coded, posts)
    of_found = population.hits - population.size * population.hits.sum() / total
    slope = of_found / total - _by_post(sample, sample.found, posts)
    squares = float((slope**2).sum())
    return float(np.clip(-(of_coded * slope).sum() / squares, 0, 1)) if squares > 1e-18 else 1.0


def correction(population: Population, sample: Sample, *, factor: float, outcomes: Sequence[tuple[float, float]] = OUTCOMES) -> Correction:
    """Return the corrected share of one group.

    Parameters
    ----------
    population, sample : of the group.
    factor : t, as `tuned` returns it.
    outcomes : the pairs of y and f of which half a sentence each is added to the variance.

    >>> import numpy as np
    >>> ones, none = np.ones(4), np.zeros(4)
    >>> population = Population(10 * ones, 4 * ones, none, none)
    >>> sample = Sample(np.arange(4), ones, np.array([1.0, 0, 0, 0]), np.array([1.0, 1, 0, 0]))
    >>> round(correction(population, sample, factor=1.0).estimate, 3)
    0.15
    """
    import numpy as np

    size = population.size + population.known_size
    total, unknown = size.sum(), population.size.sum()
    weight = unknown / total
    sums = population.known_hits + factor * population.hits
    base, residual, added, spread = sums.sum() / total, 0.0, 0.0, np.zeros(len(size))
    n_posts = len(np.unique(sample.post))
    if unknown and len(sample.post):
        rest = sample.coded - factor * sample.found
        residual = float(np.average(rest, weights=sample.weight))
        spread = _by_post(sample, rest, len(size)) * (n_posts / max(n_posts - 1, 1)) ** 0.5
        mean_weight = 1 / len(sample.post)  # of one sentence, as a part of the sum of weights
        added = ADDED * sum((mean_weight * (y - factor * f - residual)) ** 2 for y, f in outcomes)
    estimate = base + weight * residual
    m = int((size > 0).sum())
    few = (m / (m - 1)) ** 0.5 / total if m > 1 else np.nan
    over_posts, base_spread = few * (sums + residual * population.size - estimate * size), few * (sums - base * size)
    return Correction(
        float(estimate), float(((over_posts + weight * spread) ** 2).sum() + weight**2 * added),
        float(base), float((base_spread**2).sum()), residual, float((spread**2).sum()), float(added), float(weight), len(sample.post),
        float(sample.weight.sum() ** 2 / (sample.weight**2).sum()) if len(sample.post) else 0.0, n_posts,
    )  # fmt: skip


def half_width(variance: float, n_posts: int, *, level: float) -> float:
    """Return half the width of the interval: Student's t with one degree of freedom less than there are coded posts."""
    from scipy import stats

    return float(stats.t.ppf((1 + level) / 2, max(n_posts - 1, 1)) * variance**0.5)


def _by_post(sample: Sample, values: NDArray[np.float64], posts: int) -> NDArray[np.float64]:
    """Return what each post adds to the weighted mean of some values, as deviation from it."""
    import numpy as np

    deviations = sample.weight * (values - np.average(values, weights=sample.weight))
    sums: NDArray[np.float64] = np.bincount(sample.post, deviations, minlength=posts) / sample.weight.sum()
    return sums
