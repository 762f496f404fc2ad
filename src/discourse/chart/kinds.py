"""The kinds of names, as charts show them: each with its colour, its mark and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from discourse.chart.room import inches
from discourse.chart.theme import INK, LABEL_COLOURS, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["KINDS", "LINE", "Kind", "key", "key_lines"]

SIZE = 9.5
GAP = 0.22  # inches between two kinds
LINE = 0.24  # inches of a line of the key
EDGE = 0.02  # where it begins, of the figure


class Kind(NamedTuple):
    """`called` is the kind in words, `marker` how matplotlib draws it, `sign` how it is printed."""

    called: str
    marker: str
    sign: str
    colour: str


KINDS = {
    label: Kind(called, marker, sign, LABEL_COLOURS[label])
    for label, called, marker, sign in (
        ("PERSON", "people", "*", "★"),
        ("ORG", "organisations", "s", "■"),
        ("GPE", "countries, states, cities", "o", "●"),
        ("LOC", "other places", "p", "⬟"),
        ("NORP", "groups", "D", "◆"),
        ("LAW", "laws and treaties", "^", "▲"),
        ("PRODUCT", "tools and services", "v", "▼"),
        ("EVENT", "events", "P", "✚"),
    )
}


def key_lines(labels: Iterable[str]) -> list[list[str]]:
    """Return the kinds that are there, in lines that fit the figure."""
    lines: list[list[str]] = []
    room = 0.0
    there = set(labels)
    for label in (label for label in KINDS if label in there):
        needs = inches(_text(label), SIZE) + GAP
        if not lines or needs > room:
            lines.append([])
            room = WIDTH * (1 - 2 * EDGE) + GAP
        lines[-1].append(label)
        room -= needs
    return lines


def key(figure: Figure, labels: Iterable[str], *, top: float) -> None:
    """Print the kinds that are there, from a height downwards, `LINE` inches each line of `key_lines`.

    Parameters
    ----------
    figure : to print on.
    labels : of the names shown.
    top : of the figure.
    """
    for k, line in enumerate(key_lines(labels)):
        x, y = EDGE, top - k * LINE / figure.get_figheight()
        for label in line:
            figure.text(x, y, KINDS[label].sign, color=KINDS[label].colour, fontsize=SIZE, va="top")
            figure.text(x + 0.017, y, KINDS[label].called, color=INK, fontsize=SIZE, va="top")
            x += (inches(_text(label), SIZE) + GAP) / WIDTH


def _text(label: str) -> str:
    return f"{KINDS[label].sign}  {KINDS[label].called}"
