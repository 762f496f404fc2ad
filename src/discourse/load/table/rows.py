"""Rows of a table from its bytes: CSV and its kin, JSON Lines, a JSON list, Parquet, Excel.

- **CSV**: UTF-8, or UTF-16 with its mark (Excel's "Unicode text"); the delimiter is that of `, ; tab |` under which the header names most
  columns that are known, then the one that makes most columns; `sep=;` in the first line says it. Cells may hold line breaks and megabytes.
- **JSON**: a line an object, a list of objects, an object with a list of objects, or one object that is a row itself.
- **Parquet**: of pandas, Arrow, DuckDB and others; only columns that are asked for are read.
- **Excel** (.xlsx): formulas as the values last computed; the first sheet whose first row that is not blank names the columns. How large it
  is unpacked is looked up before it is opened. Old .xls and encrypted files are refused.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from discourse.errors import InputError
from discourse.load.body.json_file import parse_json
from discourse.load.reading import Document, LeftOut

__all__ = ["Rows", "rows_of"]

Row = Sequence[Any]
Rows = tuple[list[str], Iterator[tuple[int, Row]]]
Known = Callable[[Sequence[str]], int]
DELIMITERS = ",;\t|"
LARGEST_UNPACKED, LARGEST_CELL = 500_000_000, 50_000_000
MOST_COLUMNS, MOST_ROWS_ABOVE, ENOUGH = 500, 20, 2
# what zipfile, its XML parser and openpyxl raise on files cut off or changed; a broken part of XML is a SyntaxError
DAMAGED = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError, SyntaxError,
)  # fmt: skip


def rows_of(document: Document, known: Known) -> Rows:
    """Return the names of a table's columns, and its rows with their numbers as the file counts them.

    Parameters
    ----------
    known : says how many of some names are columns that can be read; it chooses delimiter and sheet.

    Raises
    ------
    LeftOut : it is JSON without a list of objects, or holds no row.
    InputError : it is damaged, too large, or in a format of tables that is not read.
    """
    start = document.data[:8]
    if start.startswith(b"PAR1"):
        return _parquet(document.data)
    if start.startswith(b"PK\x03\x04"):
        return _excel(document.data, known)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("an old or an encrypted Excel file; save it as .xlsx without a password, or as CSV.")
    if document.head[:1] in (b"{", b"["):
        return _json(document, known)
    return _csv(document, known)


def _decoded(document: Document) -> str:
    """Return the text of a table: UTF-16 where its mark says so, else UTF-8 and nothing else."""
    return document.text if document.data[:2] in (b"\xff\xfe", b"\xfe\xff") else document.strict_text


def _csv(document: Document, known: Known) -> Rows:
    text = _decoded(document).replace("\0", "")
    declared = re.match(r"sep=([,;\t|])\n", text)
    text = (text[declared.end() :] if declared else text).lstrip("\n")
    limit = csv.field_size_limit(LARGEST_CELL)
    try:
        headers = {sign: next(csv.reader(io.StringIO(text), delimiter=sign), []) for sign in (declared[1] if declared else DELIMITERS)}
        best = max(headers, key=lambda sign: (known(headers[sign]), len(headers[sign])))
        reader = csv.reader(io.StringIO(text), delimiter=best)
        rows = [(n, row) for n, row in enumerate(reader, start=1) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"cannot be read as CSV ({error}); save it again as CSV in UTF-8.") from error
    finally:
        csv.field_size_limit(limit)
    if not rows:
        raise LeftOut("an empty table")
    return rows[0][1], iter(rows[1:])


def _json(document: Document, known: Known) -> Rows:
    text = _decoded(document)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) > 1 and isinstance(_object(lines[0][1]), dict):
        items = [(n, _object(line)) for n, line in lines]
    else:
        value = parse_json(text)
        if isinstance(value, dict):
            inner = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
            value = inner[0] if inner and known(list(value)) < ENOUGH else [value]
        items = list(enumerate(value if isinstance(value, list) else [], start=1))
    names = list(dict.fromkeys(name for _, item in items if isinstance(item, dict) for name in item))
    if not names:
        raise LeftOut("JSON, but no list of objects, so no table")
    return names, ((n, [item.get(name) for name in names] if isinstance(item, dict) else []) for n, item in items)


def _object(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _parquet(data: bytes) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > LARGEST_UNPACKED:
            raise InputError(f"a Parquet file that unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; split it.")
        table = file.read()
        columns = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError, LookupError, TypeError) as error:
        raise InputError(f"a damaged Parquet file ({_short(error)}); write it again.") from error
    return list(table.column_names), enumerate(zip(*columns, strict=True), start=1)


def _excel(data: bytes, known: Known) -> Rows:
    import openpyxl

    try:
        _check_zip(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        best: Rows | None = None
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # a wrong size is common, and a huge one would be walked through
            found = _sheet(sheet)
            if found and known(found[0]) > (known(best[0]) if best else -1):
                best = found
                if known(found[0]) >= ENOUGH:
                    break
        if best is None:
            raise LeftOut("an Excel file without a filled row")
        rows = list(best[1])
    except DAMAGED as error:
        raise InputError(f"a damaged Excel file ({_short(error)}); save it again as .xlsx or CSV.") from error
    return best[0], iter(rows)


def _check_zip(data: bytes) -> None:
    """Refuse a file that unpacks to too much, or whose XML declares a document type, which Excel never writes."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
            raise InputError(f"an Excel file that unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; split it.")
        for entry in packed.infolist():
            with packed.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096):
                    raise InputError("an Excel file that declares entities; save it again as .xlsx or CSV.")


def _sheet(sheet: Any) -> Rows | None:
    """Return the columns and rows of a sheet; the header is its first row that is not blank."""
    for n, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS_ABOVE, values_only=True), start=1):
        names = ["" if value is None else str(value) for value in row]
        while names and not names[-1].strip():
            names.pop()
        if names:
            return names, enumerate(sheet.iter_rows(min_row=n + 1, max_col=len(names), values_only=True), start=n + 1)
    return None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
