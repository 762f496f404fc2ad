"""The charts that a presentation holds as charts: bars and lines, made of the numbers of a figure and nothing else.

What is no bar or line (networks, clouds, the heat map of themes) has none, and is shown as a picture with its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from discourse.pipeline.charts.native.bars import accuracy, agreement, balance, by_holder, cited, keyness, mentioned, overview, topics
from discourse.pipeline.charts.native.lines import framings, named, posts, themes, trends
from discourse.pipeline.charts.native.rows import Rows, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.report.slides.native import Native

__all__ = ["NATIVE", "native_of"]

NATIVE: dict[str, Callable[[Rows, Mapping[str, str]], list[Native]]] = {
    "overview": overview,
    "categories_over_time": posts,
    "framings_over_time": framings,
    "trends": trends,
    "framing_balance": balance,
    "framings_by_holder": by_holder,
    "themes_over_time": themes,
    "entities_mentioned": mentioned,
    "entities_over_time": named,
    "keyness": keyness,
    "topics": topics,
    "sources_cited": cited,
    "accuracy": accuracy,
    "agreement": agreement,
}


def native_of(name: str, numbers: pd.DataFrame, names: Mapping[str, str]) -> list[Native]:
    """Return a figure as charts that can be edited; an empty list where it is a picture, or shows nothing, or more than a chart holds.

    Parameters
    ----------
    name : of `CHARTS`.
    numbers : of the figure, a row a mark.
    names : code -> name to print.
    """
    rows = rows_of(numbers)
    return NATIVE[name](rows, names) if name in NATIVE and rows else []
