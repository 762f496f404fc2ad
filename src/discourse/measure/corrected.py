"""Corrected shares of groups: each by its own gold where that is enough, else strengthened by the other groups, else refused.

Nothing is extrapolated: a group, a part of which had no chance to be hand-coded, has no corrected share (`gold.uncovered`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.measure.bootstrap import LEVEL
from discourse.measure.correction import METHOD, Correction, Population, Sample, correction, half_width, tuned
from discourse.measure.counts import ALL, by_post
from discourse.measure.gold import uncovered
from discourse.measure.pooling import FEWEST_GROUPS, pooled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.gold import Gold
    from discourse.measure.groups import Groups
    from discourse.measure.measures import Measure

__all__ = ["CORRECTED", "FEWEST_GOLD", "FEWEST_GOLD_POSTS", "corrections"]

CORRECTED = "corrected"
FEWEST_GOLD, FEWEST_GOLD_POSTS = 30, 5
OWN, POOLED, KNOWN = "own gold", "pooled gold", "all hand-coded"
OF_POSTS = "a share of posts cannot be corrected by sentences"
POOLED_METHOD = f"{METHOD}; pooled over groups (Fay and Herriot, Li and Lahiri)"
Shown = dict[str, Any]


class _Codes(NamedTuple):
    """Hand codes of the sample: as agreed, and as its coders bound them."""

    agreed: NDArray[np.float64]
    strict: NDArray[np.float64] | None = None
    lenient: NDArray[np.float64] | None = None


def corrections(
    posts: pd.DataFrame, groups: Groups, measures: Sequence[Measure], *, gold: Gold, counts: pd.DataFrame, unit: str
) -> list[dict[str, Any]]:
    """Return the corrected rows of `shares`, one a measure and group.

    Parameters
    ----------
    posts, counts, measures, unit : as in `shares`.
    groups : of these posts.
    gold : sentences of these posts.
    """
    learned = [measure for measure in measures if measure.code in gold.known_codes]
    others = [measure for measure in measures if measure.code not in gold.known_codes]  # of these the tagger has been told nothing
    untold = replace(gold, known=gold.known.iloc[:0], seen=gold.seen.iloc[:0])
    made = [_rows(posts, groups, some, gold=one, counts=counts, unit=unit) for some, one in ((learned, gold), (others, untold)) if some]
    return [row for rows in made for row in rows]


def _rows(
    posts: pd.DataFrame, groups: Groups, measures: Sequence[Measure], *, gold: Gold, counts: pd.DataFrame, unit: str
) -> list[dict[str, Any]]:
    import numpy as np
    import pandas as pd

    places = pd.Index(posts["post_id"]).get_indexer(pd.Index(gold.sentences["post_id"]))
    units = gold.sentences["n_words"].to_numpy(dtype=float) if unit == "word" else np.ones(len(places))
    weights = units / gold.sentences["p_inclusion"].to_numpy(dtype=float)
    known = by_post(posts, gold.known[gold.known["code"] == ALL], "sentence")
    reasons = uncovered(posts, groups, by_post(posts, counts[counts["code"] == ALL], "sentence") - known, places)
    if unit == "post":
        reasons = [reason or OF_POSTS for reason in reasons]
    rows = []
    for measure in measures:
        population = _population(posts, counts, gold, measure, unit)
        found, bounds = gold.of(gold.found, measure), gold.bounds(measure) or ()
        codes = _Codes(gold.of(gold.coded, measure), *bounds)
        sample = Sample(places, weights, codes.agreed, found)
        hits = population.hits + by_post(posts, measure.of(gold.seen), unit)
        totals = population.size + population.known_size
        for k, shown in enumerate(_shown(population, sample, codes, groups, reasons)):
            inside = groups.inside[:, k]
            rows.append({
                "group": k, "measure": measure.name, "code": measure.code, "holder": measure.holder, "modality": measure.modality,
                "estimator": CORRECTED, "n": int(hits[inside].sum()), "denominator": int(totals[inside].sum()),
                "n_gold": int(inside[places].sum()), "method": METHOD, "basis": "", **shown,
            })  # fmt: skip
    return rows


def _population(posts: pd.DataFrame, counts: pd.DataFrame, gold: Gold, measure: Measure, unit: str) -> Population:
    """Return the sums of each post: what the tagger found in sentences it was not fitted to, and the hand codes of the others."""
    size, known = (by_post(posts, table[table["code"] == ALL], unit) for table in (counts, gold.known))
    hits, seen, known_hits = (by_post(posts, measure.of(table), unit) for table in (counts, gold.seen, gold.known))
    return Population(size - known, hits - seen, known, known_hits)


def _shown(population: Population, sample: Sample, codes: _Codes, groups: Groups, reasons: Sequence[str]) -> list[Shown]:
    """Return estimate, interval, basis and note of each group."""
    import numpy as np

    covered = [k for k, reason in enumerate(reasons) if not reason]
    shown: list[Shown] = [{"note": f"uncorrected: {reason}"} if reason else {} for reason in reasons]
    if not covered:
        return shown
    inside = np.any(groups.inside[:, covered], axis=1, keepdims=True)[:, 0]
    reached = sample.within(inside)
    factor = tuned(population.within(inside), reached) if len(reached.post) else 1.0
    made = [{} if coded is None else _estimates(population, sample._replace(coded=coded), groups, covered, factor) for coded in codes]
    for k in covered:
        shown[k] = made[0][k]
        if "estimate" in shown[k]:
            shown[k] |= {name: bound[k]["estimate"] for name, bound in zip(("strict", "lenient"), made[1:], strict=True) if bound}
    return shown


def _estimates(population: Population, sample: Sample, groups: Groups, covered: Sequence[int], factor: float) -> dict[int, Shown]:
    """Return what is shown of the groups that are covered."""
    made = {}
    for k in covered:
        inside = groups.inside[:, k]
        made[k] = correction(population.within(inside), sample.within(inside), factor=factor)
    by_others = _pooled({k: one for k, one in made.items() if one.n})
    return {k: _own(one, int((groups.inside[:, k] & (population.known_size > 0)).sum())) or by_others[k] for k, one in made.items()}


def _own(one: Correction, n_known_posts: int) -> Shown | None:
    """Return what a group's own gold shows, or nothing where it is too little."""
    if one.weight == 0:
        return _interval(one.estimate, half_width(one.variance, n_known_posts, level=LEVEL), KNOWN)
    if one.n < FEWEST_GOLD or one.n_posts < FEWEST_GOLD_POSTS:
        return None
    return _interval(one.estimate, half_width(one.variance, one.n_posts, level=LEVEL), OWN)


def _pooled(made: Mapping[int, Correction]) -> dict[int, Shown]:
    """Return what the gold of all groups together shows of each of them."""
    import numpy as np
    from scipy.stats import norm

    n = sum(one.n for one in made.values())
    if len(made) < FEWEST_GROUPS or n < FEWEST_GOLD:
        few = f"{FEWEST_GOLD} of {FEWEST_GOLD_POSTS} posts are needed, or {FEWEST_GROUPS} groups with as many in all"
        return {k: {"note": f"uncorrected: only {one.n} hand-coded sentences of {one.n_posts} posts; {few}"} for k, one in made.items()}
    found = pooled(np.array([one.residual for one in made.values()]), np.array([one.residual_variance for one in made.values()]))
    shown = {}
    for (k, one), residual, error in zip(made.items(), found.corrections, found.errors, strict=True):
        variance = one.base_variance + one.weight**2 * error
        half = float(norm.ppf((1 + LEVEL) / 2) * variance**0.5)
        shown[k] = _interval(one.base + one.weight * residual, half, POOLED) | {"method": POOLED_METHOD}
    return shown


def _interval(estimate: float, half: float, basis: str) -> Shown:
    """Return an estimate and its interval; both are kept within 0 and 1."""
    values = {"estimate": estimate, "low": estimate - half, "high": estimate + half}
    return {name: float(min(max(value, 0.0), 1.0)) for name, value in values.items()} | {"basis": basis}
