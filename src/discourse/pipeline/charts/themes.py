"""Charts of themes: in which categories, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.pipeline.charts.asked import one_of

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["by_category", "over_time"]

MOST = 14


def by_category(measured: Measured) -> Chart:
    """Draw the share of each theme in each category."""
    from discourse.chart import themes_by_category as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES

    rows = measured.shares(by=("category",), codes=measured.themes)
    most = measured.asked.most or MOST
    return chart.draw(rows, measured.about, themes=measured.themes, fewest=(FEWEST_POSTS, FEWEST_SENTENCES), most=most)


def over_time(measured: Measured) -> Chart:
    """Draw the share of each theme by year, quarter or month."""
    from discourse.chart import themes_over_time as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES

    by = one_of(measured.asked.by, ("year", "quarter", "month"))
    inside = ("category",) if measured.asked.category is not None else ()
    rows, whole = (measured.shares(by=some, codes=measured.themes) for some in ((by, *inside), inside))
    return chart.draw(rows, whole, measured.about, themes=measured.themes, fewest=(FEWEST_POSTS, FEWEST_SENTENCES))
