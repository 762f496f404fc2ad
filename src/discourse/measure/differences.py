"""How much larger one share is than another in the same sentences, in any grouping, with intervals clustered by post.

Naive, both shares are drawn from the same posts: a draw of the bootstrap gives one difference (`bootstrap`), and twice the smaller tail
beyond nought is its p-value. Corrected, the difference is one number of each sentence, as a share is: 1 where it carries the first code
alone, 0 where the second alone, one half where both or neither do. The mean of that number is corrected by hand codes as shares are
(`correction`, `pooling`), with the tagger's part in each code as large as in that code's share, and the difference is twice that mean less
1. So the errors of both shares are in one interval, with what they have in common; where groups strengthen one another the difference may
be a little off that of the two corrected shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discourse.measure.bootstrap import drawn, ends
from discourse.measure.corrected import CORRECTED, Codes, corrected_groups, designed, factor_of, population_of, untold
from discourse.measure.correction import OUTCOMES, Population, Sample
from discourse.measure.counts import ALL, by_post
from discourse.measure.groups import group
from discourse.measure.holm import holm
from discourse.measure.placebo import placebo_p
from discourse.measure.shares import NAIVE, TOO_FEW, enough_in

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.gold import Gold
    from discourse.measure.groups import Groups
    from discourse.measure.measures import Measure

__all__ = ["DIFFERENCE", "differences", "held_together"]

DIFFERENCE = [
    "period", "category", "author", "source", "estimator", "estimate", "low", "high", "p_value", "basis", "note", "denominator", "n_posts",
    "n_gold",
]  # fmt: skip
HALF_KNOWN = "uncorrected: the tagger was fitted to hand codes of only one of the two"
UNCODED = "uncorrected: nobody looked for one of the two"
Pair = tuple["Measure", "Measure"]


def differences(posts: pd.DataFrame, counts: pd.DataFrame, pair: Pair, *, by: Sequence[str] = (), gold: Gold | None = None) -> pd.DataFrame:
    """Return by how much the first share is above the second: a naive row a group and, with gold, a corrected one.

    Parameters
    ----------
    posts : those that count.
    counts : the table `counts` over these posts.
    pair : two measures, whose shares have the same denominator.
    by : groupings of `group`; without any, one group of all posts.
    gold : hand-coded sentences of these posts.

    Returns
    -------
    The columns DIFFERENCE; `estimate`, `low` and `high` from -1 to 1, empty where the share itself has none.
    """
    import pandas as pd

    groups = group(posts, by)
    sizes = by_post(posts, counts[counts["code"] == ALL], "sentence")
    enough = enough_in(groups, sizes)
    rows = _naive(posts, counts, pair, groups)
    if gold is not None:
        rows += _corrected(posts, counts, pair, groups, gold)
    n_posts, of = (groups.inside * (sizes > 0)[:, None]).sum(axis=0), sizes @ groups.inside
    for row in rows:
        k = row["group"]
        if not enough[k]:
            row |= dict.fromkeys(("estimate", "low", "high", "p_value")) | {"note": TOO_FEW, "basis": ""}
        row |= {"denominator": int(of[k]), "n_posts": int(n_posts[k]), **groups.keys.loc[k]}
        row |= {name: row.get(name) or "" for name in ("note", "basis")}
    numbers = dict.fromkeys(("estimate", "low", "high", "p_value"), float)
    return pd.DataFrame(rows).reindex(columns=DIFFERENCE).astype(numbers)


def held_together(found: pd.DataFrame) -> pd.DataFrame:
    """Return differences with `p_holm`: their p-values after Holm's correction over all of these groups, within each estimator.

    Parameters
    ----------
    found : as `differences` returns them, of the groups that are looked at together; one that nothing tells from nought counts as a test.
    """
    import numpy as np
    import pandas as pd

    held = pd.Series(np.nan, index=found.index)
    for _, some in found[found["estimate"].notna()].groupby("estimator"):
        held[some.index] = holm(some["p_value"].fillna(1.0).to_numpy(dtype=float))
    return found.assign(p_holm=held)


def _naive(posts: pd.DataFrame, counts: pd.DataFrame, pair: Pair, groups: Groups) -> list[dict[str, Any]]:
    """Return the differences of what the tagger finds; where neither code is found nothing varies, and there is no interval."""
    import numpy as np

    first, second = (by_post(posts, measure.of(counts), "sentence") for measure in pair)
    sizes = by_post(posts, counts[counts["code"] == ALL], "sentence")
    inside = groups.inside.astype(float)
    n = inside.shape[1]
    columns = np.hstack([(first - second)[:, None] * inside, sizes[:, None] * inside])

    def difference(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        top, bottom = sums[:, :n], sums[:, n:]
        return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)

    draws = drawn(columns, difference)
    whole, found = difference(columns.sum(axis=0)[None])[0], (first + second) @ inside
    low, high = ends(draws)
    rows: list[dict[str, Any]] = []
    for k in range(n):
        row = {"group": k, "estimator": NAIVE, "estimate": whole[k]}
        if found[k]:
            some = draws[:, k]
            row |= {"low": low[k], "high": high[k], "p_value": placebo_p(0.0, some[~np.isnan(some)])}
        rows.append(row)
    return rows


def _corrected(posts: pd.DataFrame, counts: pd.DataFrame, pair: Pair, groups: Groups, gold: Gold) -> list[dict[str, Any]]:
    """Return the differences corrected by hand codes: the share of the number that is 1, 0 or one half, on the scale from -1 to 1."""
    known = sum(measure.code in gold.known_codes for measure in pair)
    if known == 1 or any(measure.code not in gold.codes for measure in pair):
        note = HALF_KNOWN if known == 1 else UNCODED
        return [{"group": k, "estimator": CORRECTED, "note": note} for k in range(len(groups.keys))]
    gold = gold if known else untold(gold)
    places, weights, reasons = designed(posts, groups, gold=gold, counts=counts, unit="sentence")
    both, samples, factors = [], [], []
    for measure in pair:
        both.append(population_of(posts, counts, gold, measure, "sentence"))
        samples.append(Sample(places, weights, gold.of(gold.coded, measure), gold.of(gold.found, measure)))
        factors.append(factor_of(both[-1], samples[-1], groups, reasons))
    (first, second), (t, u) = both, factors
    size, known_size = first.size, first.known_size
    hits, known_hits = t * first.hits - u * second.hits, first.known_hits - second.known_hits
    population = Population(size, (size + hits) / 2, known_size, (known_size + known_hits) / 2)
    coded, found = ((1 + a - b) / 2 for a, b in ((samples[0].coded, samples[1].coded), (t * samples[0].found, u * samples[1].found)))
    sample = Sample(places, weights, coded, found)
    outcomes = [((1 + sign * y) / 2, (1 + sign * part * f) / 2) for sign, part in ((1, t), (-1, u)) for y, f in OUTCOMES]
    rows: list[dict[str, Any]] = []
    for k, shown in enumerate(corrected_groups(population, sample, Codes(coded), groups, reasons, factor=1.0, outcomes=outcomes)):
        row = {"group": k, "estimator": CORRECTED, "n_gold": int(groups.inside[:, k][places].sum())}
        row |= {name: 2 * shown[name] - 1 for name in ("estimate", "low", "high") if name in shown}
        row |= {name: shown[name] for name in ("basis", "note") if name in shown}
        if "variance" in shown:
            row["p_value"] = _p_value(2 * shown["estimate"] - 1, 4 * shown["variance"], shown["degrees"])
        rows.append(row)
    return rows


def _p_value(difference: float, variance: float, degrees: int) -> float:
    """Return how seldom Student's t is as far out, on either side."""
    from scipy import stats

    return float(2 * stats.t.sf(abs(difference) / variance**0.5, degrees))
