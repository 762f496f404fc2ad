"""Where the marks of a figure stand, so that a page can open what is behind them where they are pressed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.artist import Artist

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Box", "here", "places"]

Span = float | tuple[float, float]


class Box(NamedTuple):
    """A place on a figure, in parts of its width and height, from its upper left corner; a point has neither width nor height."""

    left: float
    top: float
    width: float
    height: float


class _Place(Artist):
    """Says where a mark stands, and draws nothing."""

    def __init__(self, mark: str, x: Span, y: Span) -> None:
        super().__init__()
        self.mark = mark
        self.ends = [(a, b) for a, b in zip(_ends(x), _ends(y), strict=True)]

    def draw(self, renderer: Any) -> None:
        """Draw nothing."""


def here(on: Axes | Figure, marks: Iterable[str], x: Iterable[Span], y: Iterable[Span]) -> None:
    """Say where marks stand; one whose place is not a number is passed over.

    Parameters
    ----------
    on : axes, or the figure itself.
    marks : their names, as in the numbers of the chart.
    x, y : of each, a point or two ends, in the coordinates of the axes; of a figure in parts of it, from its lower left corner.
    """
    from math import isfinite

    for mark, across, up in zip(marks, x, y, strict=True):
        if all(isfinite(end) for span in (across, up) for end in _ends(span)):
            place = _Place(mark, across, up)
            on.add_artist(place)
            if on.figure is on:
                place.set_transform(on.transSubfigure)


def places(figure: Figure) -> list[tuple[str, Box]]:
    """Return the marks that stand on a figure, in the order in which it was said where, each with its place; one may stand in several."""
    found = []
    for place in figure.findobj(_Place):
        corners = figure.transSubfigure.inverted().transform(place.get_transform().transform(place.ends))
        (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
        found.append((place.mark, Box(float(left), float(1 - high), float(right - left), float(high - low))))
    return found


def _ends(span: Span) -> tuple[float, float]:
    low, high = span if isinstance(span, tuple) else (span, span)
    return float(low), float(high)
