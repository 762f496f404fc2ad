"""Rows of a figure's numbers, and series made of them: every value is one of the figure, as it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.report.slides.native import Series

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "Rows", "keys_of", "made", "periods_of", "rows_of", "some"]

Rows = Sequence[Mapping[str, Any]]
MOST = 25  # categories of a chart, save months


def rows_of(numbers: pd.DataFrame) -> Rows:
    """Return the rows of a table; what is missing is nothing."""
    filled = numbers.astype(object).where(numbers.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in filled.to_dict("records")]


def some(rows: Rows, **wanted: Any) -> Rows:
    """Return the rows that have given values in given columns; nothing and an empty text are the same.

    >>> some([{"period": None, "n": 2}, {"period": "2020", "n": 1}], period="")
    [{'period': None, 'n': 2}]
    """
    return [row for row in rows if all((row.get(key) or "") == value for key, value in wanted.items())]


def keys_of(rows: Rows, column: str) -> list[str]:
    """Return the values of a column in the order in which they come, without empty ones."""
    return list(dict.fromkeys(str(row[column]) for row in rows if row.get(column) not in (None, "")))


def periods_of(rows: Rows) -> list[str]:
    """Return every period from the first to the last; an empty list where there are more than a chart holds."""
    from discourse.chart.periods import along

    periods = along(keys_of(rows, "period"))
    return periods if len(periods) <= MOST else []


def made(
    name: str, rows: Rows, keys: Iterable[str], *, by: str | Callable[[Mapping[str, Any]], str], value: str = "estimate", **looks: Any
) -> Series:
    """Return a series: a value for each key, that of the row that has it; with its interval where that has one.

    Parameters
    ----------
    name : of the series.
    rows : one a key at most.
    keys : in their order.
    by : the column that holds the key, or a function that makes it of a row.
    value : column of the values.
    looks : colour, look and marker of the series.
    """
    found = {str(by(row) if callable(by) else row[by]): row for row in rows}
    own = [found.get(key, {}) for key in keys]
    values, low, high = (tuple(_number(row.get(column)) for row in own) for column in (value, "low", "high"))
    if value != "estimate" or not any(end is not None for end in (*low, *high)):
        low, high = (), ()
    return Series(name, values, low, high, **looks)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
