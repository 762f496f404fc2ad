"""Dated events over a time axis: a thin upright line each, with its label above where labels fit, else with a number and a key below.

A label begins at its line and runs to the right, or ends there; the line goes down from it. So that no line crosses a label, a label that
another's line would cross stands above that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.room import Sheet, fitted, inches
from discourse.chart.theme import GREY

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Strip", "label_rows", "lines", "numbered", "planned", "written"]

SIZE = 8.0  # of labels, in points
ROW, KEY_ROW = 0.165, 0.165  # heights of a row of labels, and of the key, in inches
ASIDE = 0.03  # inches from a line to its label
LONGEST = 2.4  # inches of a label
MOST_ROWS = 7
KEY_COLUMNS = 3


class Strip(NamedTuple):
    """The events of a figure: where each stands (inches from the left end of the axis), its label, its row and side, and the key.

    An empty label is that of an event whose number stands with the one before it.
    """

    at: list[float]
    labels: list[str]
    placed: list[tuple[int, bool]]
    key: list[str]

    @property
    def above(self) -> float:
        """Return how high the labels are, in inches."""
        return ROW * (max((row for row, _ in self.placed), default=-1) + 1)

    @property
    def below(self) -> float:
        """Return how high the key is, in inches."""
        return KEY_ROW * (-(-len(self.key) // KEY_COLUMNS) + 1) if self.key else 0.0


def planned(events: pd.DataFrame, at: Sequence[float], *, wide: float) -> Strip:
    """Return where the labels of events stand.

    Parameters
    ----------
    events : `date` and `label` of each, in the order of their dates.
    at : where each stands, in inches from the left end of the axis.
    wide : the room for labels, in inches from there.
    """
    labels = [fitted(label, size=SIZE, wide=LONGEST) for label in events["label"]]
    placed = label_rows(at, [_wide(label) for label in labels], wide=wide)
    if placed is not None and max((row for row, _ in placed), default=0) < MOST_ROWS:
        return Strip(list(at), labels, placed, [])
    key = [f"{k}  {day:%Y-%m-%d}  {label}" for k, (day, label) in enumerate(zip(events["date"], events["label"], strict=True), start=1)]
    return Strip(list(at), numbered(at), [(0, False)] * len(at), key)


def numbered(at: Sequence[float]) -> list[str]:
    """Return numbers that stand side by side where events do; those too close for numbers of their own share that of the first of them.

    Parameters
    ----------
    at : where each stands, in order, in inches.

    >>> numbered([0.0, 1.0, 1.05, 1.1, 2.0])
    ['1', '2–4', '', '', '5']
    """
    labels = [""] * len(at)
    first = 0
    while first < len(at):
        last = first
        while last + 1 < len(at) and at[last + 1] < at[first] + _wide(_from_to(first, last)):
            last += 1
        labels[first] = _from_to(first, last)
        first = last + 1
    return labels


def _from_to(first: int, last: int) -> str:
    return f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"


def label_rows(at: Sequence[float], widths: Sequence[float], *, wide: float) -> list[tuple[int, bool]] | None:
    """Return for each label its row, from above, and whether it ends at its place instead of beginning there; nothing where none will do.

    No two labels of a row overlap, and no label lies across the line that goes down from another. Sides are turned one by one, as long as
    that needs fewer rows.

    Parameters
    ----------
    at : where each stands, in order, from the left.
    widths : of the labels, in the same unit.
    wide : the room.

    >>> label_rows([1, 2, 5], [2, 2, 2], wide=6)
    [(0, False), (1, False), (2, True)]
    >>> label_rows([4, 5], [2, 2], wide=6)
    [(1, True), (0, True)]
    """
    ends = [x + width > wide for x, width in zip(at, widths, strict=True)]
    best, rows = _cost(at, widths, ends, wide)
    turned = True
    while turned:
        turned = False
        for k in range(len(at)):
            other = [end != (j == k) for j, end in enumerate(ends)]
            cost, found = _cost(at, widths, other, wide)
            if cost < best:
                best, rows, ends, turned = cost, found, other, True
    return list(zip(rows, ends, strict=True)) if not best[0] else None


def _cost(at: Sequence[float], widths: Sequence[float], ends: Sequence[bool], wide: float) -> tuple[tuple[int, int, int, int], list[int]]:
    """Return how bad some sides are (what cannot be, then rows), and the row of each label."""
    n = len(at)
    boxes = [(x - width, x) if end else (x, x + width) for x, width, end in zip(at, widths, ends, strict=True)]
    wrong = sum(begin < 0 or end > wide for begin, end in boxes)
    over: list[list[int]] = [[] for _ in range(n)]  # the labels that must stand above each
    for a in range(n):
        for b in range(a + 1, n):
            if boxes[a][1] <= boxes[b][0] or boxes[b][1] <= boxes[a][0]:
                continue
            across_a, across_b = (boxes[x][0] < at[y] < boxes[x][1] for x, y in ((b, a), (a, b)))
            wrong += across_a and across_b
            if across_a:
                over[a].append(b)
            else:
                over[b].append(a)
    rows, before = [0] * n, None
    for _ in range(n + 1):
        if rows == before:
            break
        before, rows = rows, [max((rows[above] + 1 for above in over[k]), default=0) for k in range(n)]
    wrong += rows != before  # they stand above one another in a ring
    return (wrong, max(rows, default=0), sum(rows), sum(ends)), rows


def lines(axes: Any, places: Sequence[float]) -> None:
    """Draw the lines of events within one panel, at places on its own axis."""
    for x in places:
        axes.axvline(x, color=GREY, linewidth=0.6, alpha=0.7, zorder=1)


def written(sheet: Sheet, strip: Strip, marks: Sequence[str], *, left: float, down: float, key: float) -> None:
    """Write the labels over the panels, each with its line down to the first of them, and the key below the last.

    Parameters
    ----------
    sheet : of the figure.
    strip : as `planned` returns it.
    marks : the name of each event; it stands at its label, or where there is a key, at its line there.
    left : of the axis, in inches from the sheet's left edge.
    down : of the labels' upper edge, in inches from the sheet's top.
    key : of the key's upper edge, likewise.
    """
    bottom = down + strip.above
    for mark, label, x, (row, ends) in zip(marks, strip.labels, strip.at, strip.placed, strict=True):
        y = down + (row + 0.5) * ROW
        sheet.line(
            (left + x, left + x), (y - 0.06 if label else bottom - 0.02, bottom + 0.04), color=GREY, linewidth=0.6, alpha=0.7, zorder=1
        )
        side, aside = ("right", -ASIDE) if ends else ("left", ASIDE)
        sheet.text(left + x + aside, y, label, fontsize=SIZE, color=GREY, va="center", ha=side)
        if not strip.key:
            begin = left + x - (_wide(label) if ends else 0)
            sheet.here(mark, (begin, begin + _wide(label)), (y - ROW / 2, y + ROW / 2))
    per_column, room = -(-len(strip.key) // KEY_COLUMNS), (sheet.wide - left) / KEY_COLUMNS
    for k, (mark, line) in enumerate(zip(marks, strip.key, strict=False)):
        column, row = divmod(k, per_column)
        text = fitted(line, size=SIZE, wide=room - 0.1)
        begin, y = left + column * room, key + (row + 0.5) * KEY_ROW
        sheet.text(begin, y, text, fontsize=SIZE, color=GREY, va="center")
        sheet.here(mark, (begin, begin + inches(text, size=SIZE)), (y - KEY_ROW / 2, y + KEY_ROW / 2))


def _wide(label: str) -> float:
    return inches(label, size=SIZE) + ASIDE + 0.04
