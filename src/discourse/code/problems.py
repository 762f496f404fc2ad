"""What is wrong with sheets: one record a problem, with file, line, id, what it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from discourse.code.tabular import to_csv

__all__ = ["HEADER", "Problem", "problems_csv"]

HEADER = ("file", "line", "id", "kind", "what", "what_to_do")


class Problem(NamedTuple):
    """One problem. `line` is the row as a spreadsheet counts them; a note needs nothing done."""

    file: str
    line: int | None
    id: str
    what: str
    todo: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        """Return it as one line.

        >>> str(Problem("sheet_ann.csv", 3, "41cf34", "holder is missing", "type author or other"))
        'sheet_ann.csv, line 3 (41cf34): holder is missing; type author or other.'
        >>> str(Problem("sheet_ann.csv", None, "", "no column 'line'", is_error=False))
        "note: sheet_ann.csv: no column 'line'."
        """
        place = f"{self.file}{'' if self.line is None else f', line {self.line}'}{f' ({self.id})' if self.id else ''}"
        said = f"{self.what}{f'; {self.todo}' if self.todo else ''}"
        return " ".join(f"{'' if self.is_error else 'note: '}{place}: {said}.".split())


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """Return problems as CSV, a line each."""
    rows = ([p.file, p.line, p.id, "error" if p.is_error else "note", p.what, p.todo] for p in problems)
    return to_csv([HEADER, *rows])
