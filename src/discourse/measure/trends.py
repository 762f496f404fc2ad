"""What changes over time: trend, smooth curve, placebo, change points and events of each share, naive and corrected.

The trend is a straight line of the share itself, not of its logit, so that it is in points a year (`lines`). Categories may grow and shrink
meanwhile: beside it stands the trend with a level of its own for each category (a post's first one, of each source). All codes that are
tested together are held to Holm's correction (1979), and a trend must also stand apart from what permuted dates give (`placebo`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError
from discourse.measure.bootstrap import SEED
from discourse.measure.change_points import best_gains, change_points, gain_p
from discourse.measure.events import before_and_after
from discourse.measure.groups import named_categories, period_of
from discourse.measure.holm import holm
from discourse.measure.lines import fitted, pooled_strata
from discourse.measure.outcomes import FEWEST_YEARS, Outcome, corrected_outcome, enough_years, naive_outcome
from discourse.measure.placebo import permuted, placebo_p, shares_of_periods, t_statistics
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES
from discourse.measure.smooth import smooth
from discourse.measure.times import decimal_years

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.gold import Gold
    from discourse.measure.measures import Measure

__all__ = ["ALPHA", "Dated", "Tables", "dated", "trend_tests", "trends"]

ALPHA = 0.05
FEWEST = (FEWEST_POSTS, FEWEST_SENTENCES)
TREND = [
    "code", "measure", "estimator", "first_year", "last_year", "share_first", "share_last", "per_year", "low", "high", "over_span",
    "over_span_low", "over_span_high", "p_value", "p_holm", "p_placebo", "within_per_year", "within_low", "within_high", "within_p_value",
    "within_p_holm", "agrees", "n_posts", "n_sentences", "n_gold", "n_gold_posts", "factor", "note",
]  # fmt: skip
EVENT = [
    "date", "label", "source", "code", "measure", "estimator", "before", "after", "change", "low", "high", "n_posts_before",
    "n_posts_after", "n_gold", "note",
]  # fmt: skip
CHANGE = ["code", "measure", "estimator", "by", "period", "before", "after", "gain", "p_value", "p_holm", "is_change"]
SMOOTH = ["code", "measure", "estimator", "time", "estimate", "low", "high"]
PLACEBO = ["code", "measure", "estimator", "period", "share", "low", "high", "n_posts", "n_sentences", "n_gold"]


@dataclass(frozen=True)
class Tables:
    """What was found, in tidy tables, a row a code and estimator and what else the name says; shares are 0 to 1, a slope is a share a year.

    `trend` has the tests; `smooth` the curves; `placebo` a row a year: the share, and the band that permuted dates give; `changes` the
    candidates of change points, `is_change` where they pass; `events` the shares before and after.
    """

    trend: pd.DataFrame
    smooth: pd.DataFrame
    placebo: pd.DataFrame
    changes: pd.DataFrame
    events: pd.DataFrame


class Dated(NamedTuple):
    """The posts with a date, and how many have none."""

    posts: pd.DataFrame
    n_undated: int


class _Case(NamedTuple):
    """One share: its outcome over all posts, and over those that take part; their posts, times, strata, and permutations of dates."""

    whole: Outcome
    outcome: Outcome
    posts: pd.DataFrame
    times: NDArray[np.float64]
    strata: list[str]
    order: NDArray[np.int64]

    @property
    def keys(self) -> dict[str, str]:
        return {"code": self.outcome.measure.code, "measure": self.outcome.measure.name, "estimator": self.outcome.estimator}


def dated(posts: pd.DataFrame) -> Dated:
    """Return the posts whose year at least is known.

    Raises
    ------
    InputError : no post counts, none has a date, or all are of one day.
    """
    if posts.empty:
        raise InputError("No post counts: all are without text, repeated, reprinted, or in languages that are not coded.")
    known = posts[posts["published"].notna()].reset_index(drop=True)
    if known.empty:
        raise InputError(f"None of the {len(posts):,} posts that count has a date; a trend needs dates (posts.published).")
    if known["published"].nunique() == 1:
        day = known["published"].iloc[0].date()
        which = f"All {len(known):,} posts with a date are" if len(known) > 1 else "The one post with a date is"
        raise InputError(f"{which} of one day, {day}; a trend needs {FEWEST_YEARS} years.")
    return Dated(known, len(posts) - len(known))


def trends(
    posts: pd.DataFrame,
    counts: pd.DataFrame,
    measures: Sequence[Measure],
    *,
    gold: Gold | None = None,
    events: pd.DataFrame | None = None,
    seed: int = SEED,
) -> Tables:
    """Return what changes over time, for each measure naive and, with gold, corrected.

    Parameters
    ----------
    posts : those that count, each with a date (`dated`).
    counts : the table `counts` over these posts.
    measures : shares that are tested together.
    gold : hand-coded sentences of these posts.
    events : `date`, `label` and `source` of each; those outside the span of the posts are passed over.
    seed : of the draws of posts and the permutations of dates.

    Raises
    ------
    InputError : there is no measure, or fewer than three years have enough posts.
    """
    import pandas as pd

    cases, refused = _cases(posts, counts, measures, gold, seed)
    return Tables(
        trend=_tested(cases, refused),
        smooth=pd.concat([smooth(c.outcome, c.times, seed=seed).assign(**c.keys) for c in cases], ignore_index=True)[SMOOTH],
        placebo=pd.DataFrame([row for case in cases for row in _years(case)]).reindex(columns=PLACEBO),
        changes=_passed(cases),
        events=pd.DataFrame([row for case in cases for row in _events(case, posts, events)]).reindex(columns=EVENT),
    )


def trend_tests(
    posts: pd.DataFrame, counts: pd.DataFrame, measures: Sequence[Measure], *, gold: Gold | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Return the table `trend` alone, which is quicker; the parameters are those of `trends`."""
    return _tested(*_cases(posts, counts, measures, gold, seed))


def _cases(
    posts: pd.DataFrame, counts: pd.DataFrame, measures: Sequence[Measure], gold: Gold | None, seed: int
) -> tuple[list[_Case], list[dict[str, Any]]]:
    """Return the shares that are looked at, and a row of `trend` for each that cannot be corrected."""
    if not measures:
        raise InputError("There is no code whose trend could be looked at; the codebook has none.")
    cases, refused = list[_Case](), list[dict[str, Any]]()
    orders = dict[bytes, "NDArray[np.int64]"]()
    for measure in measures:
        found: list[Outcome | str] = [naive_outcome(posts, counts, measure)]
        if gold is not None:
            found.append(corrected_outcome(posts, counts, measure, gold=gold))
        for outcome in found:
            case = outcome if isinstance(outcome, str) else _case(outcome, posts, orders, seed)
            if isinstance(case, _Case):
                cases.append(case)
            elif outcome is found[0]:
                raise InputError(f"Trends need {FEWEST_YEARS} years: {case}.")
            else:
                refused.append({"code": measure.code, "measure": measure.name, "estimator": "corrected", "note": f"uncorrected: {case}"})
    return cases, refused


def _case(outcome: Outcome, posts: pd.DataFrame, orders: dict[bytes, NDArray[np.int64]], seed: int) -> _Case | str:
    """Return a share with what it is looked at by, or why it cannot be."""
    years = enough_years(posts, outcome, fewest=FEWEST)
    if len(years) < FEWEST_YEARS:
        names = f"only {', '.join(years)} {'has' if len(years) == 1 else 'have'}" if years else "no year has"
        return f"{names} at least {FEWEST[0]} posts and {FEWEST[1]} sentences"
    inside = outcome.inside
    own = posts[inside].reset_index(drop=True)
    strata = pooled_strata([f"{source}: {names[0]}" for source, names in zip(own["source"], named_categories(own), strict=True)])
    if (key := inside.tobytes()) not in orders:
        orders[key] = permuted(strata, seed=seed)
    return _Case(outcome, outcome.within(inside), own, decimal_years(own), strata, orders[key])


def _trend(case: _Case) -> dict[str, Any]:
    import numpy as np

    outcome, times = case.outcome, case.times
    year = case.posts["published"].dt.year
    first, last = int(year.min()), int(year.max())
    middle = times - times.mean()
    line = fitted(outcome, middle)
    within = fitted(outcome, middle, strata=case.strata) if len(set(case.strata)) > 1 else line
    observed, drawn = t_statistics(outcome, times[None])[0], t_statistics(outcome, times[case.order])
    ends = {name: outcome.within((year == one).to_numpy()).share for name, one in (("share_first", first), ("share_last", last))}
    coded = outcome.coded
    span = float(times.max() - times.min())
    return {
        **case.keys, **ends, "first_year": first, "last_year": last,
        "per_year": line.slope, "low": line.low, "high": line.high, "p_value": line.p_value,
        "over_span": span * line.slope, "over_span_low": span * line.low, "over_span_high": span * line.high,
        "p_placebo": placebo_p(observed, drawn),
        "within_per_year": within.slope, "within_low": within.low, "within_high": within.high, "within_p_value": within.p_value,
        "n_posts": len(times), "n_sentences": int(outcome.size.sum()), "factor": coded.factor if coded else np.nan,
        "n_gold": len(coded.post) if coded else 0, "n_gold_posts": len(np.unique(coded.post)) if coded else 0, "note": "",
    }  # fmt: skip


def _tested(cases: Sequence[_Case], refused: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return the table `trend`, with p-values after Holm within each estimator, and whether the trend within categories agrees."""
    import pandas as pd

    trend = pd.DataFrame([*map(_trend, cases), *refused]).reindex(columns=TREND)
    for _, rows in trend[trend["p_value"].notna()].groupby("estimator"):
        for p_value, p_holm in (("p_value", "p_holm"), ("within_p_value", "within_p_holm")):
            trend.loc[rows.index, p_holm] = holm(rows[p_value].to_numpy(dtype=float))
    same = (trend["per_year"] * trend["within_per_year"] >= 0) & ((trend["p_holm"] < ALPHA) == (trend["within_p_holm"] < ALPHA))
    trend["agrees"] = same.where(trend["p_holm"].notna())
    return trend


def _years(case: _Case) -> Iterator[dict[str, Any]]:
    """Yield the share of each year, and the band of what permuted dates give."""
    import numpy as np

    year, names = _places(case.posts, "year")
    totals, sizes = shares_of_periods(case.outcome, year, case.order, n_periods=len(names))
    low, high = np.clip(np.quantile(totals / sizes, [0.025, 0.975], axis=0), 0, 1)
    coded = case.outcome.coded
    n_gold = np.bincount(year[coded.post], minlength=len(names)) if coded else np.zeros(len(names), dtype=int)
    for k, name in enumerate(names):
        own = case.outcome.within(year == k)
        shown = {"share": own.share, "low": float(low[k]), "high": float(high[k])}
        yield {**case.keys, "period": name, **shown, "n_posts": len(own.size), "n_sentences": int(own.size.sum()), "n_gold": int(n_gold[k])}


def _changes(case: _Case) -> Iterator[dict[str, Any]]:
    """Yield the candidates of change points, by quarter where most quarters have enough posts and sentences, else by year."""
    import numpy as np

    for by in ("quarter", "year"):
        place, names = _places(case.posts, by)
        inside = place >= 0
        own = case.outcome.within(inside)
        if not len(names):
            continue
        posts, sizes = (_sums(place[inside], values, len(names)) for values in (own.size > 0, own.size))
        if by == "year" or (np.median(posts) >= FEWEST[0] and np.median(sizes) >= FEWEST[1]):
            break
    found = change_points(_sums(place[inside], own.total, len(names)), sizes)
    if not found:
        return
    extra = place.copy()
    extra[~inside] = len(names)
    drawn = shares_of_periods(case.outcome, extra, case.order, n_periods=len(names) + 1)
    best = best_gains(*(sums[:, : len(names)] for sums in drawn))
    for row in found:
        period = names[row.pop("place")]
        yield {**case.keys, "by": by, "period": period, **row, "p_value": gain_p(row["gain"], best)}


def _passed(cases: Sequence[_Case]) -> pd.DataFrame:
    """Return the candidates with p-values after Holm, within each estimator, and which pass; a share without any counts as a test."""
    import numpy as np
    import pandas as pd

    found = [(case.outcome.estimator, list(_changes(case))) for case in cases]
    changes = pd.DataFrame([row for _, rows in found for row in rows]).reindex(columns=CHANGE)
    for estimator, rows in changes.groupby("estimator"):
        none = sum(own == estimator and not candidates for own, candidates in found)
        p_values = np.append(rows["p_value"].to_numpy(dtype=float), np.ones(none))
        changes.loc[rows.index, "p_holm"] = holm(p_values)[: len(rows)]
    return changes.assign(is_change=changes["p_holm"] < ALPHA)


def _events(case: _Case, posts: pd.DataFrame, events: pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    if events is None:
        return
    first, last = posts["published"].min(), posts["published"].max()
    for row in events[(events["date"] >= first) & (events["date"] <= last)].to_dict("records"):
        found: Mapping[str, Any] = before_and_after(case.whole, posts, row["date"], fewest=FEWEST)
        yield {"date": row["date"], "label": row["label"], "source": row["source"], **case.keys, **found}


def _places(posts: pd.DataFrame, by: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return the place of each post's period, -1 where its date does not say, and the names of the periods."""
    period = period_of(posts, by=by)
    names = sorted(period.dropna().unique())
    return period.map({name: k for k, name in enumerate(names)}).fillna(-1).to_numpy(dtype=int), names


def _sums(place: NDArray[np.int64], values: NDArray[Any], n: int) -> NDArray[np.float64]:
    import numpy as np

    return np.bincount(place, values.astype(float), n).astype(float)
