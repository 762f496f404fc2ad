"""Corrected shares of groups: each by its own gold where that is enough, else strengthened by the other groups, else refused.

Nothing is extrapolated: a group, a part of which had no chance to be hand-coded, has no corrected share (`gold.uncovered`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError
from discourse.measure.bootstrap import LEVEL
from discourse.measure.correction import METHOD, OUTCOMES, Correction, Population, Sample, correction, half_width, tuned
from discourse.measure.counts import ALL, by_post
from discourse.measure.gold import uncovered
from discourse.measure.pooling import FEWEST_GROUPS, Pooled, floored, pooled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.gold import Gold
    from discourse.measure.groups import Groups
    from discourse.measure.measures import Measure

__all__ = [
    "CORRECTED", "FEWEST_GOLD", "FEWEST_GOLD_POSTS", "Codes", "Design", "corrected_groups", "corrections", "designed", "factor_of",
    "population_of", "untold",
]  # fmt: skip

CORRECTED = "corrected"
FEWEST_GOLD, FEWEST_GOLD_POSTS = 30, 5
FEWEST_DEGREES = FEWEST_GOLD_POSTS - 1
FEW = (
    f"{FEWEST_GOLD} of {FEWEST_GOLD_POSTS} posts are needed, or {FEWEST_GROUPS} groups with {FEWEST_GOLD} in all and "
    f"{FEWEST_DEGREES} posts more than groups"
)
OWN, POOLED, KNOWN = "own gold", "pooled gold", "all hand-coded"
OF_POSTS = "a share of posts cannot be corrected by sentences"
POOLED_METHOD = f"{METHOD}; pooled over groups (Fay and Herriot, Li and Lahiri)"
Shown = dict[str, Any]
Outcomes = Sequence[tuple[float, float]]


class Codes(NamedTuple):
    """Hand codes of the sample: as agreed, and as its coders bound them."""

    agreed: NDArray[np.float64]
    strict: NDArray[np.float64] | None = None
    lenient: NDArray[np.float64] | None = None


class Design(NamedTuple):
    """The gold among posts: the post of each hand-coded sentence (a place), its weight, and why each group cannot be corrected, or ""."""

    places: NDArray[np.int64]
    weights: NDArray[np.float64]
    reasons: list[str]


def corrections(
    posts: pd.DataFrame, groups: Groups, measures: Sequence[Measure], *, gold: Gold, counts: pd.DataFrame, unit: str
) -> list[dict[str, Any]]:
    """Return the corrected rows of `shares`, one a measure and group.

    Parameters
    ----------
    posts, counts, measures, unit : as in `shares`.
    groups : of these posts.
    gold : sentences of these posts.

    Raises
    ------
    InputError : a sentence of the gold is of another post.
    """
    learned = [measure for measure in measures if measure.code in gold.known_codes]
    others = [measure for measure in measures if measure.code not in gold.known_codes]  # of these the tagger has been told nothing
    parts = ((learned, gold), (others, untold(gold)))
    made = [_rows(posts, groups, some, gold=one, counts=counts, unit=unit) for some, one in parts if some]
    return [row for rows in made for row in rows]


def untold(gold: Gold) -> Gold:
    """Return the gold for codes that the tagger was not fitted to: there is no sentence whose code it has been told."""
    return replace(gold, known=gold.known.iloc[:0], seen=gold.seen.iloc[:0])


def designed(posts: pd.DataFrame, groups: Groups, *, gold: Gold, counts: pd.DataFrame, unit: str) -> Design:
    """Return where the gold stands among posts, and which groups it covers; the parameters are those of `corrections`.

    Raises
    ------
    InputError : a sentence of the gold is of another post.
    """
    import numpy as np
    import pandas as pd

    places = pd.Index(posts["post_id"]).get_indexer(pd.Index(gold.sentences["post_id"]))
    if (places < 0).any():
        stray = gold.sentences["post_id"][places < 0].iloc[0]
        raise InputError(f"The gold has sentences of {stray!r}, which is none of the posts that count; leave them out.")
    units = gold.sentences["n_words"].to_numpy(dtype=float) if unit == "word" else np.ones(len(places))
    weights = units / gold.sentences["p_inclusion"].to_numpy(dtype=float)
    known = by_post(posts, gold.known[gold.known["code"] == ALL], "sentence")
    reasons = uncovered(posts, groups, by_post(posts, counts[counts["code"] == ALL], "sentence") - known, places)
    if unit == "post":
        reasons = [reason or OF_POSTS for reason in reasons]
    return Design(places, weights, reasons)


def _rows(
    posts: pd.DataFrame, groups: Groups, measures: Sequence[Measure], *, gold: Gold, counts: pd.DataFrame, unit: str
) -> list[dict[str, Any]]:
    places, weights, reasons = designed(posts, groups, gold=gold, counts=counts, unit=unit)
    rows = []
    for measure in measures:
        population = population_of(posts, counts, gold, measure, unit)
        found, bounds = gold.of(gold.found, measure), gold.bounds(measure) or ()
        codes = Codes(gold.of(gold.coded, measure), *bounds)
        sample = Sample(places, weights, codes.agreed, found)
        hits = population.hits + by_post(posts, measure.of(gold.seen), unit)
        totals = population.size + population.known_size
        factor = factor_of(population, sample, groups, reasons)
        for k, shown in enumerate(corrected_groups(population, sample, codes, groups, reasons, factor=factor)):
            inside = groups.inside[:, k]
            rows.append({
                "group": k, "measure": measure.name, "code": measure.code, "holder": measure.holder, "modality": measure.modality,
                "estimator": CORRECTED, "n": int(hits[inside].sum()), "denominator": int(totals[inside].sum()),
                "n_gold": int(inside[places].sum()), "method": METHOD, "basis": "", **shown,
            })  # fmt: skip
    return rows


def population_of(posts: pd.DataFrame, counts: pd.DataFrame, gold: Gold, measure: Measure, unit: str) -> Population:
    """Return the sums of each post: what the tagger found in sentences it was not fitted to, and the hand codes of the others."""
    size, known = (by_post(posts, table[table["code"] == ALL], unit) for table in (counts, gold.known))
    hits, seen, known_hits = (by_post(posts, measure.of(table), unit) for table in (counts, gold.seen, gold.known))
    return Population(size - known, hits - seen, known, known_hits)


def factor_of(population: Population, sample: Sample, groups: Groups, reasons: Sequence[str]) -> float:
    """Return the factor t of `correction` over all groups that can be corrected; the parameters are those of `corrected_groups`."""
    import numpy as np

    inside = np.any(groups.inside[:, [not reason for reason in reasons]], axis=1, keepdims=True)[:, 0]
    reached = sample.within(inside)
    return tuned(population.within(inside), reached) if len(reached.post) else 1.0


def corrected_groups(
    population: Population,
    sample: Sample,
    codes: Codes,
    groups: Groups,
    reasons: Sequence[str],
    *,
    factor: float,
    outcomes: Outcomes = OUTCOMES,
) -> list[Shown]:
    """Return `estimate`, `low`, `high`, `variance`, `degrees` (of freedom), `basis` and `note` of each group.

    Parameters
    ----------
    population, sample : of all posts; the codes may be any numbers from 0 to 1.
    codes : of the sample.
    groups : of these posts.
    reasons : why each group cannot be corrected, or empty text.
    factor : t, as `factor_of` returns it.
    outcomes : as in `correction`.
    """
    totals = (population.size + population.known_size) @ groups.inside
    covered = [k for k, reason in enumerate(reasons) if not reason and totals[k]]
    shown: list[Shown] = [{"note": f"uncorrected: {reason}"} if reason else {} for reason in reasons]
    if not covered:
        return shown
    made, *bounds = [
        {k: _one(population, sample._replace(coded=coded), groups.inside[:, k], factor, outcomes) for k in covered}
        for coded in codes
        if coded is not None
    ]
    pool = _pool(made)
    for k, one in made.items():
        if not one.weight or (one.n >= FEWEST_GOLD and one.n_posts >= FEWEST_GOLD_POSTS):
            shown[k] = _own(one, int((groups.inside[:, k] & (population.known_size > 0)).sum()))
            residuals = [bound[k].residual for bound in bounds]
        elif pool:
            shown[k] = pool.shown(k, one)
            residuals = [pool.of(bound)[k] for bound in bounds]
        else:
            shown[k] = {"note": f"uncorrected: only {one.n} hand-coded sentences of {one.n_posts} posts; {FEW}"}
            continue
        shown[k] |= {name: _kept(one.base + one.weight * r) for name, r in zip(("strict", "lenient"), residuals, strict=False)}
    return shown


def _one(population: Population, sample: Sample, inside: NDArray[np.bool_], factor: float, outcomes: Outcomes) -> Correction:
    return correction(population.within(inside), sample.within(inside), factor=factor, outcomes=outcomes)


def _own(one: Correction, n_known_posts: int) -> Shown:
    """Return what a group's own gold shows; where all is hand-coded, and all alike, nothing says how sure that is."""
    if one.weight:
        return _interval(one.estimate, one.variance, one.n_posts - 1, OWN)
    if not one.variance:
        return {"estimate": _kept(one.estimate), "basis": KNOWN}
    return _interval(one.estimate, one.variance, n_known_posts - 1, KNOWN)


class _Pool(NamedTuple):
    """The gold of all groups together: those that have any, what it says of them, and the degrees of freedom of their intervals."""

    groups: list[int]
    found: Pooled
    degrees: int

    def of(self, made: Mapping[int, Correction]) -> dict[int, float]:
        """Return the residuals of all groups by other codes of the same sentences, pooled in the same way."""
        import numpy as np

        pooled_ = self.found.of(np.array([made[k].residual for k in self.groups]))
        return dict(zip(self.groups, pooled_.tolist(), strict=True))

    def shown(self, k: int, one: Correction) -> Shown:
        """Return what it shows of one group."""
        place = self.groups.index(k)
        variance = one.base_variance + one.weight**2 * float(self.found.errors[place])
        estimate = one.base + one.weight * float(self.found.corrections[place])
        return _interval(estimate, variance, self.degrees, POOLED) | {"method": POOLED_METHOD}


def _pool(made: Mapping[int, Correction]) -> _Pool | None:
    """Return the gold of all groups together, or nothing where that is too little."""
    import numpy as np

    some = {k: one for k, one in made.items() if one.n}
    n, n_posts = (np.array([getattr(one, name) for one in some.values()]) for name in ("n", "n_posts"))
    degrees = int(n_posts.sum()) - len(some)
    if len(some) < FEWEST_GROUPS or n.sum() < FEWEST_GOLD or degrees < FEWEST_DEGREES:
        return None
    residuals, variances, added, n_effective = (
        np.array([getattr(one, name) for one in some.values()]) for name in ("residual", "residual_variance", "added", "n_effective")
    )
    of_a_sentence = float((added * n**2).mean() / n.sum())
    found = pooled(residuals, floored(variances, n_effective, n_posts, added=of_a_sentence))
    return _Pool(list(some), found, degrees)


def _interval(estimate: float, variance: float, degrees: int, basis: str) -> Shown:
    """Return an estimate and its interval."""
    half = half_width(variance, degrees + 1, level=LEVEL)
    ends = {"low": _kept(estimate - half), "high": _kept(estimate + half)}
    return {"estimate": _kept(estimate), **ends, "basis": basis, "variance": variance, "degrees": max(degrees, 1)}


def _kept(share: float) -> float:
    """Return a share kept within 0 and 1."""
    return float(min(max(share, 0.0), 1.0))
