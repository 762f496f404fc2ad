"""Charts of framings: when, by whom, and what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["over_time", "trends"]


def over_time(measured: Measured) -> Chart:
    """Draw the share of each framing by year and holder."""
    from discourse.chart import framings_over_time as chart
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES

    rows = measured.shares(by=("year",))
    return chart.draw(rows, measured.about.of_corrected(), framings=measured.framings, fewest=(FEWEST_POSTS, FEWEST_SENTENCES))


def trends(measured: Measured) -> Chart:
    """Draw what changes over time."""
    from discourse.chart import trends as chart

    return chart.draw(measured.trends, measured.about.of_corrected(), names=measured.names)
