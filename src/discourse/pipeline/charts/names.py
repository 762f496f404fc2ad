"""Charts of who and what is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["mentioned"]


def mentioned(measured: Measured) -> Chart:
    """Draw the entities that most posts name."""
    from discourse.chart import entities_mentioned as chart

    return chart.draw(measured.table("estimates"), measured.table("mentions"), measured.about)
