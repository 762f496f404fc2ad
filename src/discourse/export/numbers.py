"""The numbers of a figure, or any table, as cells: for its passport, and for CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_cell", "marks_of", "rows_as_csv", "to_csv"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def marks_of(numbers: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the numbers of a figure as `columns` and `rows`; numbers to six digits, as the CSV shows them, nothing for what is missing.

    >>> import pandas as pd
    >>> marks_of(pd.DataFrame({"mark": ["a"], "estimate": [1 / 3]}))
    {'columns': ['mark', 'estimate'], 'rows': [['a', 0.333333]]}
    """
    filled = numbers.astype(object).where(numbers.notna(), None)
    return {
        "columns": [str(name) for name in numbers.columns],
        "rows": [[as_cell(v) for v in row] for row in filled.itertuples(index=False)],
    }


def as_cell(value: Any) -> Any:
    """Return a value as JSON holds it: numbers to six digits, dates as text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value if isinstance(value, int) else str(value)


def rows_as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return cells as CSV in UTF-8; text that a spreadsheet would run as a formula is preceded by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue().encode()


def to_csv(numbers: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8; text that a spreadsheet would run as a formula is preceded by an apostrophe.

    >>> import pandas as pd
    >>> to_csv(pd.DataFrame({"word": ["=1+1", "net"], "share": [0.1, None]}))
    b"word,share\\r\\n'=1+1,0.1\\r\\nnet,\\r\\n"
    """
    filled = numbers.astype(object).where(numbers.notna(), None)
    return rows_as_csv([str(name) for name in numbers.columns], list(filled.itertuples(index=False)))


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return f"{value:.6g}" if isinstance(value, float) else value
