"""Charts of who and what is named: how often, when, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.pipeline.naming import Named, Which, co_mentions, entities_over_time

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["mentioned", "network", "over_time"]

PERIODS = ("year", "quarter", "month")
NOTHING = "No post that counts is among those asked for."


def mentioned(measured: Measured) -> Chart:
    """Draw the entities that most posts name."""
    from discourse.chart import entities_mentioned as chart
    from discourse.chart.nothing import nothing

    if measured.counted.empty:
        return nothing(chart.TITLE, NOTHING, measured.about)
    found = entities_over_time(measured.workspace, by=(), most=measured.asked.most or chart.MOST, **_which(measured))
    return chart.draw(_rows(found), measured.about, named=found.about)


def over_time(measured: Measured) -> Chart:
    """Draw when each of the entities that most posts name is named."""
    from discourse.chart import entities_over_time as chart
    from discourse.chart.entities_mentioned import TITLE
    from discourse.chart.nothing import nothing

    by = measured.asked.by or ("year",)
    if len(by) > 1 or by[0] not in PERIODS:
        raise InputError(f"The chart entities_over_time is by {', '.join(PERIODS[:-1])} or {PERIODS[-1]}, not by {', '.join(by)}.")
    if measured.counted.empty:
        return nothing(TITLE, NOTHING, measured.about)
    found = entities_over_time(measured.workspace, by=by, most=measured.asked.most or chart.MOST, **_which(measured))
    return chart.draw(_rows(found), measured.about, named=found.about, by=by[0])


def network(measured: Measured) -> Chart:
    """Draw who is named with whom beyond chance."""
    from discourse.chart import entity_network as chart
    from discourse.chart.nothing import nothing
    from discourse.measure.co_mentions import holding

    which = _which(measured)
    if len(measured.counted) < 2:
        return nothing(chart.TITLE, "Who is named with whom, against chance, takes several posts.", measured.about)
    found = co_mentions(measured.workspace, **which)
    held = holding(found.pairs)
    nodes = found.entities[found.entities["entity"].isin([*held["a"], *held["b"]])].head(measured.asked.most or chart.MOST)
    restricted = {"category": which.get("category") or "", "code": which.get("code") or ""}
    tested = int(found.pairs["p_value"].notna().sum())
    return chart.draw(nodes.assign(**restricted), held.assign(**restricted), measured.about, named=found.about | {"n_tested": tested})


def _which(measured: Measured) -> Which:
    """Return what the options say of posts, names and the code."""
    asked = measured.asked
    if len(asked.codes) > 1:
        raise InputError(f"Names are shown in the sentences of one code, not of {len(asked.codes)} ({', '.join(asked.codes)}); choose one.")
    code = asked.codes[0] if asked.codes else None
    return Which(category=asked.category, label=asked.label, code=code, years=asked.years)


def _rows(found: Named) -> pd.DataFrame:
    """Return the shares as charts take them: names beside slugs, posts that name each as `n_posts`, mentions as `n`."""
    shares = found.shares.rename(columns={"code": "entity", "n_posts": "of", "n": "n_posts"}).drop(columns=["of", "category"])
    names = found.entities.set_index("entity")[["name", "label"]]
    restricted = {"category": found.about["category"] or "", "code": found.about["code"] or ""}
    return shares.join(names, on="entity").assign(n=list(found.n_mentions), **restricted)
