"""Charts of the corpus itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["overview"]


def overview(measured: Measured) -> Chart:
    """Draw posts per month and per category."""
    from discourse.chart import overview as chart

    return chart.draw(measured.posts, measured.about)
