"""In which categories a share changes: the trend of each framing within each category, all of them tested together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["MOST_CATEGORIES", "category_trends"]

MOST_CATEGORIES = 12
SAID = ["category", "code", "claim", "sentence"]


def category_trends(measured: Measured) -> pd.DataFrame:
    """Return what may be said of each author-held framing within each category.

    The tests are those of `measure.trends`, held together by Holm's correction over all categories and framings, within each estimator. A
    post in several categories counts in each.

    Parameters
    ----------
    measured : the workspace; of its categories those with most posts are looked at.

    Returns
    -------
    Columns `category`, `code`, `claim` (`rose`, `fell` or empty) and `sentence`, as `measure.claims` makes them. Of a category in which no
    trend can be looked at there is one row, without a code, whose sentence says why.
    """
    import pandas as pd

    from discourse.measure import claims
    from discourse.measure.holm import holm

    found = {name: _within(measured, name) for name in _categories(measured)}
    tested = [trend.assign(category=name) for name, trend in found.items() if not isinstance(trend, str)]
    rows = [pd.DataFrame([(name, None, "", why)], columns=SAID) for name, why in found.items() if isinstance(why, str)]
    if tested:
        trends = pd.concat(tested, ignore_index=True)
        for _, some in trends[trends["p_value"].notna()].groupby("estimator"):
            trends.loc[some.index, "p_holm"] = holm(some["p_value"].to_numpy(dtype=float))
        rows = [claims(own, measured.names).assign(category=name) for name, own in trends.groupby("category", sort=False)] + rows
    return pd.concat(rows, ignore_index=True)[SAID] if rows else pd.DataFrame(columns=SAID)


def _categories(measured: Measured) -> list[str]:
    sizes = measured.counted["categories"].dropna().explode().dropna().value_counts()
    return sorted(sizes.index, key=lambda name: (-sizes[name], name))[:MOST_CATEGORIES]


def _within(measured: Measured, category: str) -> pd.DataFrame | str:
    """Return the table `trend` of the posts of one category, or why there is none."""
    from discourse import measure

    inside = [names is not None and category in names for names in measured.counted["categories"]]
    wanted = [one for one in measure.usual_measures(list(measured.framings), ()) if one.name == "share_author"]
    try:
        posts = measure.dated(measured.counted[inside].reset_index(drop=True)).posts
        counts = measured.table("counts")
        gold = measured.gold.within(posts) if measured.gold is not None else None
        return measure.trend_tests(posts, counts[counts["post_id"].isin(posts["post_id"])], wanted, gold=gold)
    except InputError as error:
        return str(error)
