"""What each post gives to a share: its sentences that carry a code, as the tagger finds them or corrected by hand-coded ones.

Naive, a post gives what the tagger finds in it. Corrected, it gives a pseudo-outcome after design-based supervised learning (Egami, Hinck,
Stewart and Wei 2023, "Using Imperfect Surrogates for Downstream Inference"), with the tuned factor t of `correction`:

    Y = K + t F + r U + sum(w (y - t f - r))

K of its sentences carry the code by the hand codes that the tagger was fitted to; U are the others, F those of them that the tagger codes.
The sum is over its hand-coded sentences: y is the hand code, f the tagger's, w the inverse of the chance with which it was drawn,
calibrated so that the weights of a year sum to the sentences of that year that the tagger was not fitted to. r is the mean of y - t f:
spread over all sentences instead of the coded ones alone it leaves the sums of each year as they are and makes them vary less. So the sums
of Y over the sentences of a year are the corrected shares of `correction`, and whatever is fitted to Y is corrected for the tagger's
errors. A year that hand codes do not cover (`gold.uncovered`) takes no part.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.corrected import CORRECTED, FEWEST_GOLD, FEWEST_GOLD_POSTS, population_of
from discourse.measure.correction import ADDED, OUTCOMES, Sample, tuned
from discourse.measure.counts import ALL, by_post
from discourse.measure.gold import uncovered
from discourse.measure.groups import Groups, group

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.correction import Population
    from discourse.measure.gold import Gold
    from discourse.measure.measures import Measure

__all__ = ["FEWEST_YEARS", "NAIVE", "Coded", "Outcome", "corrected_outcome", "enough_years", "naive_outcome", "outcome_of"]

NAIVE = "naive"
FEWEST_YEARS = 3


class Coded(NamedTuple):
    """The hand-coded sentences behind an outcome, a place each: its post and its calibrated weight.

    `spread` is the sum of squares of what half a sentence of each outcome would add, as in `correction`, and `factor` is t.
    """

    post: NDArray[np.int64]
    weight: NDArray[np.float64]
    spread: float
    factor: float


class Outcome(NamedTuple):
    """What each post gives to one share: `size` are its sentences, `total` those that carry the code; a post of size 0 takes no part."""

    measure: Measure
    estimator: str
    size: NDArray[np.float64]
    total: NDArray[np.float64]
    coded: Coded | None = None

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Return which posts take part."""
        taking: NDArray[np.bool_] = self.size > 0
        return taking

    def within(self, inside: NDArray[np.bool_]) -> Outcome:
        """Return what the posts inside give, without a place for the others."""
        import numpy as np

        coded = self.coded
        if coded is not None:
            kept, places = inside[coded.post], np.cumsum(inside) - 1
            coded = coded._replace(post=places[coded.post[kept]], weight=coded.weight[kept])
        return self._replace(size=self.size[inside], total=self.total[inside], coded=coded)

    @property
    def share(self) -> float:
        """Return the share over all posts, kept within 0 and 1."""
        return float(min(max(self.total.sum() / self.size.sum(), 0.0), 1.0))


def naive_outcome(posts: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Outcome:
    """Return what the tagger finds in each post.

    Parameters
    ----------
    posts : those that count.
    counts : the table `counts` over these posts.
    measure : what is counted.
    """
    size = by_post(posts, counts[counts["code"] == ALL], "sentence")
    return Outcome(measure, NAIVE, size, by_post(posts, measure.of(counts), "sentence"))


def corrected_outcome(posts: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, gold: Gold) -> Outcome | str:
    """Return what each post gives by hand-coded sentences, or why there is no such outcome.

    Parameters
    ----------
    posts : those that count, each with a date.
    counts, measure : as in `naive_outcome`.
    gold : hand-coded sentences of these posts.
    """
    import pandas as pd

    if measure.code not in gold.codes:
        return "nobody coded it by hand"
    if measure.code not in gold.known_codes:
        gold = replace(gold, known=gold.known.iloc[:0], seen=gold.seen.iloc[:0])
    population = population_of(posts, counts, gold, measure, "sentence")
    places = pd.Index(posts["post_id"]).get_indexer(pd.Index(gold.sentences["post_id"]))
    weight = 1 / gold.sentences["p_inclusion"].to_numpy(dtype=float)
    sample = Sample(places, weight, gold.of(gold.coded, measure), gold.of(gold.found, measure))
    years = group(posts, ["year"])
    if isinstance(inside := _covered(posts, years, population.size, sample), str):
        return inside
    return outcome_of(population.within(inside), sample.within(inside), years, measure=measure)


def outcome_of(population: Population, sample: Sample, years: Groups, *, measure: Measure) -> Outcome:
    """Return the pseudo-outcomes of posts.

    Parameters
    ----------
    population, sample : of the posts that take part.
    years : of the same posts; a post is in one year.
    measure : what is counted.
    """
    import numpy as np

    size, factor, r = population.size + population.known_size, 1.0, 0.0
    total = population.known_hits.copy()
    weight, spread = sample.weight, 0.0
    if len(sample.post):
        factor = tuned(population, sample)
        year = years.inside.argmax(axis=1)
        n_years = years.inside.shape[1]
        unknown, sums = np.bincount(year, population.size, n_years), np.bincount(year[sample.post], sample.weight, n_years)
        weight = sample.weight * (unknown / np.where(sums > 0, sums, 1))[year[sample.post]]
        rest = sample.coded - factor * sample.found
        r = float(np.average(rest, weights=weight)) if weight.any() else 0.0
        spread = ADDED * sum((y - factor * f - r) ** 2 for y, f in OUTCOMES)
        total += np.bincount(sample.post, weight * (rest - r), len(size))
    total += factor * population.hits + r * population.size
    return Outcome(measure, CORRECTED, size, total, Coded(sample.post, weight, spread, factor))


def enough_years(posts: pd.DataFrame, outcome: Outcome, *, fewest: tuple[int, int]) -> list[str]:
    """Return the years that have enough posts and sentences of an outcome to be shown.

    Parameters
    ----------
    posts : those that count.
    outcome : of these posts.
    fewest : posts and sentences.
    """
    years = group(posts, ["year"])
    n_posts, n_sentences = outcome.inside @ years.inside.astype(int), outcome.size @ years.inside
    enough = (n_posts >= fewest[0]) & (n_sentences >= fewest[1])
    return [str(year) for year, shown in zip(years.keys["period"], enough, strict=True) if shown]


def _covered(posts: pd.DataFrame, years: Groups, unknown: NDArray[np.float64], sample: Sample) -> NDArray[np.bool_] | str:
    """Return the posts of the years that hand codes cover, or why they are too few."""
    import numpy as np

    reasons = uncovered(posts, years, unknown, sample.post)
    covered = np.array([not reason for reason in reasons], dtype=bool)
    inside: NDArray[np.bool_] = np.any(years.inside[:, covered], axis=1, keepdims=True)[:, 0]
    reached = sample.within(inside)
    if covered.sum() < FEWEST_YEARS:
        names = ", ".join(years.keys["period"][covered]) or "none"
        return f"hand-coded sentences cover fewer than {FEWEST_YEARS} years ({names})"
    if (unknown * inside).any() and (len(reached.post) < FEWEST_GOLD or len(np.unique(reached.post)) < FEWEST_GOLD_POSTS):
        return f"only {_many(len(reached.post))} of {len(np.unique(reached.post))} posts; {FEWEST_GOLD} of {FEWEST_GOLD_POSTS} are needed"
    return inside


def _many(n: int) -> str:
    return f"{n} hand-coded sentence{'' if n == 1 else 's'}"
