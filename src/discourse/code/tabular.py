"""Tables as spreadsheets save them: cells as text, whatever the separator, the encoding and the program.

- **CSV**: UTF-8 with or without its mark, UTF-16 with it (Excel's "Unicode text"), Windows-1252, or Mac Roman (Excel on a Mac), whichever
  of the last two makes more of the sentences whole. The separator is that of `, ; tab |` under which the most columns are known; `sep=;` in
  the first line says it. Line breaks stand in quoted cells.
- **Excel** (.xlsx): the worksheet that has the most columns that are known; formulas as the values last computed. Comments on cells and
  other worksheets are not read, and said.
- The header is the row with the most known columns among the first twenty.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from discourse.code.cells import folded, guarded
from discourse.errors import InputError

__all__ = ["INSTRUCTIONS", "Table", "columns_known", "read_table", "to_csv"]

INSTRUCTIONS = "instructions"
SEPARATORS = ",;\t|"
LARGEST_CELL, MOST_ROWS, MOST_COLUMNS, MOST_ROWS_ABOVE = 10_000_000, 100_000, 300, 20
# what zipfile, its XML parser and openpyxl raise on files cut off or changed; a broken part of XML is a SyntaxError
DAMAGED = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError, SyntaxError,
)  # fmt: skip
Known = Callable[[str], str | None]
Rows = list[tuple[int, list[str]]]


class Table(NamedTuple):
    """The header, the rows below it with their numbers in the file, and what was not read (row number or None, and what).

    `is_loose` where the encoding may have lost letters; `is_guarded` where text may have an apostrophe before it that is no part of it.
    """

    header: list[str]
    rows: Rows
    is_loose: bool = False
    is_guarded: bool = False
    unread: tuple[tuple[int | None, str], ...] = ()


def to_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as CSV in UTF-8 with its mark, so that Excel reads it; no text in it is run as a formula.

    >>> to_csv([["text", "code"], ["=1+1", None]])
    b"\\xef\\xbb\\xbftext,code\\r\\n'=1+1,\\r\\n"
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def columns_known(columns: Sequence[str]) -> Known:
    """Return a function from the name of a column as somebody left it to the column that it is, or None.

    >>> known = columns_known(["cyber_optimist", "id"])
    >>> known(" Cyber Optimist"), known("idea")
    ('cyber_optimist', None)
    """
    plain: dict[str, list[str]] = {}
    for column in columns:
        plain.setdefault(_plain(column), []).append(column)

    def known(name: str) -> str | None:
        same = plain.get(_plain(name), [])
        return name.strip() if name.strip() in same else same[0] if len(same) == 1 else None

    return known


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def read_table(path: Path, *, known: Known, texts: Container[str]) -> Table:
    """Read a sheet.

    Parameters
    ----------
    path : a CSV file or an Excel workbook, told by what it holds.
    known : says which column a name is.
    texts : the sentences that it should hold, folded.

    Raises
    ------
    InputError : it cannot be read, or no row names columns.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})") from error
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("an old Excel file, or one with a password; save it as .xlsx without one")
    table = _workbook(data, known) if data.startswith(b"PK\x03\x04") else _csv(data, known, texts)
    if not any(known(name) for name in table.header):
        raise InputError("no row names the columns; the first must be line, id, text and so on, as it was")
    return table


def _csv(data: bytes, known: Known, texts: Container[str]) -> Table:
    limit = csv.field_size_limit(LARGEST_CELL)
    try:
        tables = [_below(_cells(text, known), known)._replace(is_loose=is_loose, is_guarded=True) for text, is_loose in _decoded(data)]
    except csv.Error as error:
        raise InputError(f"cannot be read as CSV ({error}); save it again as CSV in UTF-8, or as .xlsx") from error
    finally:
        csv.field_size_limit(limit)
    return max(tables, key=lambda table: sum(folded(cell) in texts for _, row in table.rows for cell in row))


def _decoded(data: bytes) -> list[tuple[str, bool]]:
    """Return the text of a file in each encoding that it may have, and whether that one lacks letters."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [(data.decode("utf-16", "replace"), False)]
    try:
        return [(data.decode("utf-8-sig"), False)]
    except UnicodeDecodeError:
        return [(data.decode(name, "replace"), True) for name in ("cp1252", "mac_roman")]


def _cells(text: str, known: Known) -> Rows:
    text = text.replace("\0", "")
    declared = re.match(r"sep=([,;\t|])\r?\n", text)
    first, text = (2, text[declared.end() :]) if declared else (1, text)
    best: Rows = []
    for separator in declared[1] if declared else SEPARATORS:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=first))
        if not best or _best_header(rows, known)[1] > _best_header(best, known)[1]:
            best = rows
    return best


def _best_header(rows: Rows, known: Known) -> tuple[int, int]:
    """Return the place of the row that names the most columns, and how many."""
    counts = [len({known(cell) for cell in row} - {None}) for _, row in rows[:MOST_ROWS_ABOVE]] or [0]
    return counts.index(max(counts)), max(counts)


def _below(rows: Rows, known: Known) -> Table:
    place, _ = _best_header(rows, known)
    return Table(rows[place][1], rows[place + 1 :]) if rows else Table([], [])


def _workbook(data: bytes, known: Known) -> Table:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on parts that it does not read, such as drop-downs of newer sorts
            book = openpyxl.load_workbook(io.BytesIO(data))
            computed = None
            if any(cell.data_type == "f" for sheet in book.worksheets for row in _stored(sheet) for cell in row):
                computed = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        sheets = [(sheet, _values(sheet, computed)) for sheet in book.worksheets]
    except DAMAGED as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(f"a damaged Excel file ({reason}); save it again as .xlsx or CSV") from error
    if not sheets:
        raise InputError("a workbook without a worksheet")
    chosen, rows = max(sheets, key=lambda one: _best_header(one[1], known)[1])
    unread: list[tuple[int | None, str]] = [
        (cell.row, f"a comment on {cell.coordinate}: {cell.comment.text[:80]!r}") for row in _stored(chosen) for cell in row if cell.comment
    ]
    for sheet, others in sheets:
        if sheet is not chosen and sheet.title != INSTRUCTIONS and any(any(row) for _, row in others):
            unread.append((None, f"the worksheet {sheet.title!r}"))
    return _below(rows, known)._replace(unread=tuple(unread))


def _stored(sheet: Any) -> Any:
    """Return the rows of a worksheet; one that was formatted down to its end would take all memory."""
    if sheet.max_row > MOST_ROWS:
        raise InputError(f"a worksheet of {sheet.max_row:,} rows; copy the lines that are filled into a new one")
    return sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS))


def _values(sheet: Any, computed: Any) -> Rows:
    """Return the cells of a worksheet as text, formulas as they were last computed."""
    found = []
    for number, row in enumerate(_stored(sheet), start=1):
        values = [computed[sheet.title][cell.coordinate].value if computed and cell.data_type == "f" else cell.value for cell in row]
        kept = [cell.value if value is None else value for cell, value in zip(row, values, strict=True)]
        found.append((number, [_text(value) for value in kept]))
    return found


def _text(value: Any) -> str:
    """Return a cell as text: numbers without a needless fraction, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
