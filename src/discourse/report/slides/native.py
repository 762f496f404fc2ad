"""Charts as a presentation holds them: categories and series that its reader can edit, and the scales that charts of one slide share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Ends", "Native", "Series", "ends_of", "shared"]

Kind = Literal["bar", "column", "line"]
Look = Literal["filled", "hollow", "striped", "level"]
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS = 5


@dataclass(frozen=True)
class Series:
    """The numbers of one series, a value a category; nothing where there is none.

    `low` and `high` are the ends of intervals, as values are measured, or empty. `look` tells series apart without colour: `filled` bars or
    points on a line, `hollow` ones, `striped` bars, and `level`, a thin line without points. `marker` is that of the points of a line.
    """

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    colour: str = "#0072b2"
    look: Look = "filled"
    marker: Literal["circle", "diamond", "square", "triangle"] = "circle"


@dataclass(frozen=True)
class Native:
    """One chart that can be edited.

    `number` says how values are printed (0.25 is 25 % as `percent`); `title` stands over the chart, where several share a slide; `beside`
    is how many of these do; `note` says what is to be known of the chart, in a sentence.
    """

    kind: Kind
    categories: Sequence[str]
    series: Sequence[Series]
    number: Literal["percent", "general"] = "general"
    title: str = ""
    colour: str = "#1f2430"
    note: str = ""
    beside: int = 1

    @property
    def mirrored(self) -> bool:
        """Whether all values are below zero, so that bars grow from left to right on an axis that is turned round."""
        found = list(_known(value for one in self.series for value in one.values))
        return self.kind == "bar" and bool(found) and max(found) < 0

    @property
    def apart(self) -> bool:
        """Whether no category has values of two series, so that bars need not stand beside each other."""
        return all(sum(one.values[k] is not None for one in self.series) < 2 for k in range(len(self.categories)))


@dataclass(frozen=True)
class Ends:
    """The ends of an axis of values, and the step between its ticks."""

    low: float
    high: float
    step: float


def ends_of(charts: Iterable[Native]) -> Ends:
    """Return an axis on which all numbers of some charts fit, the intervals too, and zero; of mirrored ones turned round.

    >>> ends_of([Native("bar", ["a", "b"], [Series("s", [0.1, 0.23], [0.05, 0.2], [0.2, 0.31])])])
    Ends(low=0.0, high=0.4, step=0.1)
    """
    found = [0.0]
    for chart in charts:
        sign = -1 if chart.mirrored else 1
        found += [sign * value for one in chart.series for row in (one.values, one.low, one.high) for value in _known(row)]
    low, high = min(found), max(found)
    step = _step((high - low) / TICKS)
    if all(float(value).is_integer() for value in found):
        step = max(step, 1.0)
    return Ends(low=step * math.floor(low / step + 1e-9), high=_rounded(step * max(math.ceil(high / step - 1e-9), 1)), step=step)


def shared(charts: Sequence[Native]) -> list[Ends]:
    """Return the axis of each chart of a slide: those of one kind, that print numbers alike, have one."""
    groups = {(chart.kind, chart.number): [other for other in charts if (other.kind, other.number) == (chart.kind, chart.number)]
              for chart in charts}  # fmt: skip
    axes = {key: ends_of(some) for key, some in groups.items()}
    return [axes[chart.kind, chart.number] for chart in charts]


def _known(values: Iterable[float | None]) -> Iterable[float]:
    return (value for value in values if value is not None)


def _step(least: float) -> float:
    if least <= 0:
        return 1.0
    power = float(10 ** math.floor(math.log10(least)))
    return _rounded(next(step * power for step in STEPS if step * power >= least * (1 - 1e-9)))


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")
