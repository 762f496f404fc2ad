"""Rows of dots with their intervals: a name to the left, an estimate with its interval, and what is said of it to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discourse.chart.places import here
from discourse.chart.theme import GREY, INK

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ROW", "dots"]

ROW = 0.245  # inches of a row
SIZE = 9.5


def dots(axes: Any, rows: pd.DataFrame) -> None:
    """Draw a row a line, the first at the top.

    Parameters
    ----------
    axes : to draw on.
    rows : `mark` (its name; without an estimate it stands where `beside` begins), `label` (to print left), `estimate`, `low` and `high`
        (null where there is none), `beside` (to print right), `colour`, `marker`, and `filled`, whether the dot is.
    """
    places = range(len(rows) - 1, -1, -1)
    axes.set_yticks(places, rows["label"], color=INK, fontsize=SIZE)
    axes.set_ylim(-0.7, max(len(rows), 1) - 0.3)
    columns = ["mark", "estimate", "low", "high", "beside", "colour", "marker", "filled"]
    for place, (mark, estimate, low, high, beside, colour, marker, filled) in zip(
        places, rows[columns].itertuples(index=False, name=None), strict=True
    ):
        ends = [value for value in (estimate, low, high) if value == value]
        if low == low:
            axes.hlines(place, low, high, color=colour, linewidth=2.4, alpha=0.75, zorder=2)
        if estimate == estimate:
            face = colour if filled else "white"
            axes.plot(
                estimate, place, marker=marker, markersize=7.5 if marker != "*" else 10, color=colour, markerfacecolor=face,
                markeredgewidth=1.4, linestyle="none", zorder=3, clip_on=False,
            )  # fmt: skip
        at = max(ends, default=0, key=abs)
        here(axes, [mark], [estimate if estimate == estimate else at], [place])
        axes.annotate(
            beside, (at, place), xytext=(9, 0), textcoords="offset points", va="center", ha="left", fontsize=SIZE, color=GREY,
            annotation_clip=False,
        )  # fmt: skip
    axes.tick_params(axis="y", length=0, pad=6)
    axes.tick_params(axis="x", length=0, labelsize=9)
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
