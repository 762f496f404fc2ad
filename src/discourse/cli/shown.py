"""How tables are shown on a terminal: shares with their intervals, long names cut, what is not shown said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discourse.cli.scores import aligned

__all__ = ["MOST_ROWS", "cut", "share_cell", "table"]

MOST_ROWS = 200


def share_cell(row: Mapping[Any, Any], name: str = "estimate") -> str:
    """Return a share with its interval, or the note that says why there is none.

    >>> share_cell({"estimate": 0.25, "low": 0.1, "high": 0.4}), share_cell({"share": float("nan"), "note": "too few"}, "share")
    ('25.0% [10.0%, 40.0%]', 'too few')
    """
    if row[name] != row[name]:  # NaN is not itself
        return row["note"] if isinstance(row["note"], str) else ""
    ends = f" [{row['low']:.1%}, {row['high']:.1%}]" if row["low"] == row["low"] else ""
    return f"{row[name]:.1%}{ends}"


def cut(text: str, most: int, *, end: bool = False) -> str:
    """Return text of at most so many signs: its beginning, or its end.

    >>> cut("wires and walls", 6), cut("wires and walls", 6, end=True)
    ('wires…', '…walls')
    """
    if len(text) <= most:
        return text
    return f"…{text[1 - most :]}" if end else f"{text[: most - 1]}…"


def table(rows: Sequence[Sequence[str]], n: int) -> list[str]:
    """Return rows, the first of them the heading, as aligned lines, and how many of `n` are not shown; nothing without a row.

    >>> table([("soup", "n"), ("leek", "3")], 5)
    ['soup  n', 'leek  3', '… and 4 more; --out FOLDER writes all.']
    """
    if len(rows) == 1:
        return []
    more = n - len(rows) + 1
    return [*aligned(rows), *([f"… and {more:,} more; --out FOLDER writes all."] if more > 0 else [])]
