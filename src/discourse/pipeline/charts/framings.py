"""Charts of framings: when, by whom, of which balance, and what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.pipeline.charts.asked import one_of
from discourse.pipeline.events import events_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["balance", "by_holder", "events_within", "over_time", "trends"]

MOST_ROWS = 4
MOST_GROUPS = 20


def over_time(measured: Measured) -> Chart:
    """Draw the share of each framing by year (or quarter, or month) and holder; or by year and category, a row each."""
    from discourse.chart import framings_over_time as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES

    by = one_of(measured.asked.by, ("year", "quarter", "month", "category"))
    about, fewest = measured.about.of_corrected(), (FEWEST_POSTS, FEWEST_SENTENCES)
    if by == "category":
        rows = measured.shares(by=("year", "category"), codes=measured.framings)
        most = measured.asked.most or MOST_ROWS
        return chart.draw_categories(rows, about, framings=measured.framings, fewest=fewest, most=most)
    inside = measured.asked.category is not None
    rows = measured.shares(by=(by, "category") if inside else (by,), codes=measured.framings)
    found = measured.trends if by == "year" and not inside else ""
    placebo = None if isinstance(found, str) else found["placebo"]
    return chart.draw(rows, about, framings=measured.framings, fewest=fewest, placebo=placebo, events=events_within(measured.counted))


def events_within(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the dated events from the first of the posts to the last."""
    events = events_of()
    days = posts["published"].dropna()
    inside: pd.DataFrame = events[(events["date"] >= days.min()) & (events["date"] <= days.max())].reset_index(drop=True)
    return inside


def balance(measured: Measured) -> Chart:
    """Draw the shares of two framings to either side, by category, author, source or year, and their differences."""
    from discourse.chart import framing_balance as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES, held_together

    by = one_of(measured.asked.by, ("category", "author", "source", "year"))
    if measured.asked.codes and len(measured.framings) != 2:
        raise InputError(f"The balance is of exactly two framings; {', '.join(measured.asked.codes)} are {len(measured.framings)}.")
    framings = dict(list(measured.framings.items())[:2])
    first, second = (*framings, "", "")[:2]
    key, most = ("period" if by == "year" else by), min(measured.asked.most or MOST_GROUPS, MOST_GROUPS)
    rows = measured.shares(by=(by,), codes=framings)
    sizes = rows[rows["estimate"].notna() & rows["code"].isin(framings)].groupby(key)["n_posts"].max()
    order = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    found = measured.differences((first, second), by=by) if second else rows.iloc[:0].assign(p_value=None)
    shown = held_together(found[found[key].isin(order[:most])])
    return chart.draw(
        rows[rows[key].isin(order[:most])], shown, measured.about.of_corrected(), framings=framings, by=by, of=len(order),
        fewest=(FEWEST_POSTS, FEWEST_SENTENCES),
    )  # fmt: skip


def by_holder(measured: Measured) -> Chart:
    """Draw who holds each framing, and how firmly."""
    from discourse.chart import framings_by_holder as chart

    inside = ("category",) if measured.asked.category is not None else ()
    held = measured.shares(by=inside, codes=measured.framings)
    rows = measured.shares(by=("holder", "modality", *inside), codes=measured.framings)
    return chart.draw(held, rows, measured.about.of_corrected(), framings=measured.framings)


def trends(measured: Measured) -> Chart:
    """Draw what changes over time."""
    from discourse.chart import trends as chart

    return chart.draw(measured.trends, measured.about.of_corrected(), names=measured.names)
