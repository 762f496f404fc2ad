"""Charts of themes: in which categories, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["by_category"]

MOST = 14


def by_category(measured: Measured) -> Chart:
    """Draw the share of each theme in each category."""
    from discourse.chart import themes_by_category as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES

    rows = measured.shares(by=("category",), codes=measured.themes)
    most = measured.asked.most or MOST
    return chart.draw(rows, measured.about, themes=measured.themes, fewest=(FEWEST_POSTS, FEWEST_SENTENCES), most=most)
