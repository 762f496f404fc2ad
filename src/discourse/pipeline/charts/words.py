"""Charts of words: those of the corpus, and those that mark one group against another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.pipeline.clouds import framings_marked

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["cloud", "cloud_of_framings"]


def cloud(measured: Measured) -> Chart:
    """Draw the words that most posts use."""
    from discourse.chart import word_cloud as chart

    return chart.draw(measured.counted if len(measured.counted) else measured.posts, measured.about)


def cloud_of_framings(measured: Measured) -> Chart:
    """Draw the words that mark the first two framings against each other."""
    from discourse.chart import draw_clouds

    return draw_clouds(framings_marked(measured.workspace), measured.about)
