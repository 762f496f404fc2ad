"""What is behind every mark of every figure, each thing once, and at most so much of it as a page can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.pipeline.tracing import EVIDENCE, resolve

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["ROOM", "Asking", "Gathered", "gathered", "spread"]

ROOM = 20_000_000  # bytes of evidence in a page
OF_A_ROW = 40  # bytes that a piece takes beside its text, which stands in the page once
OF_A_PLACE = 6  # and that its place in the list of a mark takes
STEPS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10)


class Gathered(NamedTuple):
    """The evidence of a report.

    `table` has each thing once, with the columns `EVIDENCE` and `figures`, the names of those that it is behind. `kept` says which
    rows the page holds, `behind` which of the kept ones each mark shows, and `n` how many each has. `most` is how many a mark shows at
    most, nothing where all are shown.
    """

    table: pd.DataFrame
    kept: list[int]
    behind: dict[str, list[list[int]]]
    n: dict[str, list[int]]
    most: int | None


class Asking(NamedTuple):
    """A figure whose marks are looked behind.

    It has the workspace as the figure saw it, the figure's name, its numbers, and for each mark what it is called and its numbers in words.
    """

    measured: Measured
    figure: str
    marks: Sequence[Mapping[str, Any]]
    called: Mapping[str, tuple[str, str]]


def gathered(figures: Iterable[Asking], *, room: int = ROOM) -> Gathered:
    """Return the evidence of figures.

    Where all of it would be too much for a page, every mark keeps as many pieces, the largest of `STEPS` that fits: the first, the last,
    and in between evenly spread in the order of time.

    Parameters
    ----------
    figures : of one workspace.
    room : for about so many bytes.
    """
    import pandas as pd

    pool: dict[tuple[Any, ...], int] = {}
    found = {asked.figure: [_places(asked, mark, pool) for mark in asked.marks] for asked in figures}
    table = pd.DataFrame(list(pool), columns=EVIDENCE, dtype=object)
    stands: list[list[str]] = [[] for _ in range(len(table))]
    for figure, rows in found.items():
        for place in {place for some in rows for place in some}:
            stands[place].append(figure)
    table = table.assign(figures=[" ".join(names) for names in stands])
    most = _fitting(found, table["text"].tolist(), room)
    shown = {figure: [spread(some, most) for some in rows] for figure, rows in found.items()}
    kept = sorted({place for rows in shown.values() for some in rows for place in some})
    at = {place: k for k, place in enumerate(kept)}
    short = {figure: [[at[place] for place in some] for some in rows] for figure, rows in shown.items()}
    return Gathered(table, kept, short, {figure: [len(some) for some in rows] for figure, rows in found.items()}, most)


def _places(asked: Asking, mark: Mapping[str, Any], pool: dict[tuple[Any, ...], int]) -> list[int]:
    """Return the places in the pool of what is behind a mark; what is new is added."""
    rows = resolve(asked.measured, mark, asked.marks)
    if mark.get("behind") == "points":
        told = [asked.called[name] for name in rows["title"]]
        rows = rows.assign(title=[label for label, _ in told], said=[numbers for _, numbers in told])
    cells = zip(*(map(_plain, rows[column].tolist()) for column in EVIDENCE), strict=True)
    return [pool.setdefault(row, len(pool)) for row in cells]


def _plain(value: Any) -> Any:
    """Return a cell as it can be compared: nothing for what is missing, a tuple for a list."""
    import pandas as pd

    if value is None or value is pd.NA or value != value:  # NaN and NaT are not themselves
        return None
    return tuple(value) if isinstance(value, list) else value


def _fitting(found: Mapping[str, list[list[int]]], texts: Sequence[str | None], room: int) -> int | None:
    """Return how many pieces each mark may show, nothing where all fit."""
    for most in (None, *STEPS):
        lists = [spread(some, most) for rows in found.values() for some in rows]
        once = {place for some in lists for place in some}
        written = sum(len(text.encode()) for text in {texts[place] for place in once} if text)
        if written + OF_A_ROW * len(once) + OF_A_PLACE * sum(map(len, lists)) <= room:
            return most
    return STEPS[-1]


def spread(places: list[int], most: int | None) -> list[int]:
    """Return at most so many, the first and the last, and in between evenly spread.

    >>> spread(list(range(10)), 4), spread([1, 2], 4), spread([1, 2], None)
    ([0, 3, 6, 9], [1, 2], [1, 2])
    """
    if most is None or len(places) <= most:
        return places
    return [places[round(k * (len(places) - 1) / (most - 1))] for k in range(most)]
