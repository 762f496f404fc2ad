"""Room on a figure: how much text takes, what fits, labels kept apart, and axes placed in inches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from discourse.chart.places import here
from discourse.chart.theme import WIDTH, families

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Sheet", "apart", "fitted", "inches", "wrapped"]

DPI = 72


@cache
def _renderer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(8, 8, DPI)  # type: ignore[no-untyped-call]


def inches(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, measured with the fonts that draw it.

    Parameters
    ----------
    text : one line.
    size : in points.
    bold : whether it is bold.

    >>> inches("il", 10) < inches("oo", 10) < inches("정치", 10)
    True
    """
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=families(), size=size, weight="bold" if bold else "normal")
    return float(_renderer().get_text_width_height_descent(text, font, ismath=False)[0]) / DPI


def fitted(text: str, size: float, wide: float, *, bold: bool = False) -> str:
    """Return a line that fits, cut with an ellipsis.

    Parameters
    ----------
    text : one line.
    size : in points.
    wide : the room, in inches.
    bold : whether it is bold.

    >>> fitted("Surveillance", 10, 2.0), fitted("Surveillance", 10, 0.6)
    ('Surveillance', 'Survei…')
    """
    if inches(text, size, bold=bold) <= wide:
        return text
    short, long = 0, len(text)  # the first fits, the second does not
    while long - short > 1:
        middle = (short + long) // 2
        fits = inches(f"{text[:middle].rstrip()}…", size, bold=bold) <= wide
        short, long = (middle, long) if fits else (short, middle)
    return f"{text[:short].rstrip()}…"


def wrapped(words: list[str], *, size: float, wide: float, most: int, between: str = ", ") -> list[str]:
    """Return words in lines of at most so many inches; what no longer fits is left out, and an ellipsis says so.

    Parameters
    ----------
    words : never parted.
    size : of the type, in points.
    wide : in inches.
    most : so many lines.
    between : what stands between two words.
    """
    lines: list[str] = []
    for k, word in enumerate(words):
        ended = word + between.rstrip() * (k < len(words) - 1)
        longer = f"{lines[-1]} {ended}" if lines else ended
        if lines and inches(longer, size) <= wide:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(fitted(ended, size, wide))
        else:
            lines[-1] = fitted(f"{lines[-1].rstrip(between)} {word}", size, wide)
            lines[-1] += "…" * (not lines[-1].endswith("…"))
            break
    return lines


def apart(places: Sequence[float], gap: float, *, low: float, high: float) -> list[float]:
    """Return places moved as little as is needed for each to be a gap from the next, in their order, within the ends where they fit.

    >>> [round(place, 2) for place in apart([0.5, 0.0, 0.55], 0.2, low=0, high=1)]
    [0.5, 0.0, 0.7]
    >>> [round(place, 2) for place in apart([0.95, 1.0], 0.2, low=0.0, high=1.0)]
    [0.8, 1.0]
    """
    order = sorted(range(len(places)), key=lambda k: (places[k], k))
    moved = [min(max(places[k], low), high) for k in order]
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + gap)
    if moved and moved[-1] > high:
        moved[-1] = high
        for k in reversed(range(len(moved) - 1)):
            moved[k] = min(moved[k], moved[k + 1] - gap)
    found = [0.0] * len(places)
    for k, place in zip(order, moved, strict=True):
        found[k] = place
    return found


class Sheet:
    """The area that `theme.framed` leaves for axes, in inches from its left edge and from its top."""

    def __init__(self, figure: Figure, area: tuple[float, float, float, float]) -> None:
        """Take the figure and its area (left, bottom, width, height, as parts of the figure)."""
        self.figure, self.total = figure, figure.get_figheight()
        self.left, self.top = area[0] * WIDTH, (area[1] + area[3]) * self.total
        self.wide, self.high = area[2] * WIDTH, area[3] * self.total

    def axes(self, left: float, down: float, wide: float, high: float) -> Axes:
        """Return axes of a size whose upper left corner is so far right and down."""
        box = ((self.left + left) / WIDTH, (self.top - down - high) / self.total, wide / WIDTH, high / self.total)
        return self.figure.add_axes(box)

    def text(self, left: float, down: float, text: str, **style: Any) -> None:
        """Write a text so far right and down."""
        self.figure.text(self._across(left), self._up(down), text, **style)

    def here(self, mark: str, across: tuple[float, float], down: tuple[float, float]) -> None:
        """Say that a mark stands where it is printed: from the first of both to the second of both."""
        (left, right), (top, bottom) = across, down
        here(self.figure, [mark], [(self._across(left), self._across(right))], [(self._up(bottom), self._up(top))])

    def line(self, across: tuple[float, float], down: tuple[float, float], **style: Any) -> None:
        """Draw a line from the first of both to the second of both."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(Line2D([self._across(end) for end in across], [self._up(end) for end in down], **style))

    def _across(self, left: float) -> float:
        return (self.left + left) / WIDTH

    def _up(self, down: float) -> float:
        return (self.top - down) / self.total
