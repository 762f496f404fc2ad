"""Sheets as Excel workbooks: drop-downs, wrapped text, a header that stays; id and text cannot be typed over by accident.

The same rows give the same bytes: the dates that openpyxl and the archive would write are fixed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.code.form import FIXED, REMARK, Answer, Form, head
from discourse.code.tabular import INSTRUCTIONS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["workbook"]

WIDTHS = {"line": 6, "id": 11, "text": 80, REMARK: 40}
WIDTH, LAST_COLUMN = 14, 16_384
DATE = (1980, 1, 1, 0, 0, 0)
MOMENT = b"1980-01-01T00:00:00Z"
OPEN = "FFF3C4"


def workbook(form: Form, rows: Sequence[Mapping[str, Answer]], instructions: Sequence[str], *, name: str) -> bytes:
    """Return rows as a workbook, with the instructions on a second worksheet.

    Parameters
    ----------
    form : the columns, and what may be typed in them.
    rows : column -> cell, a row a sentence.
    instructions : lines; those that begin with `#` are headings.
    name : of the first worksheet.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = name
    _fill(sheet, form, rows)
    _shape(sheet, form)
    _choices(sheet, form, len(rows))
    _instruct(book.create_sheet(INSTRUCTIONS), instructions)
    out = io.BytesIO()
    book.save(out)
    return _dateless(out.getvalue())


def _fill(sheet: Worksheet, form: Form, rows: Sequence[Mapping[str, Answer]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    free, yellow = Protection(locked=False), PatternFill("solid", fgColor=OPEN)
    for place, column in enumerate(form.columns, start=1):
        cell = sheet.cell(1, place)
        _put(cell, column)
        cell.font, cell.alignment = bold, top
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(form.columns, start=1):
            cell = sheet.cell(number, place)
            _put(cell, row.get(column))
            cell.alignment = top
            if column in (*form.asked, REMARK):
                cell.protection = free
            if column in form.asked and len({row.get(head(coder, column)) for coder in form.coders}) > 1:
                cell.fill = yellow


def _put(cell: Any, value: Answer) -> None:
    """Set a cell; a text stays a text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value).encode("utf-8", "replace").decode()
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _shape(sheet: Worksheet, form: Form) -> None:
    """Set widths, what stays in view, and what may be typed; columns beyond the sheet's are free for notes."""
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.dimensions import ColumnDimension

    for place, column in enumerate(form.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column, WIDTH)
    beyond = len(form.columns) + 1
    letter = get_column_letter(beyond)
    sheet.column_dimensions[letter] = ColumnDimension(sheet, index=letter, min=beyond, max=LAST_COLUMN)
    sheet.column_dimensions[letter].protection = Protection(locked=False)
    sheet.freeze_panes = f"{get_column_letter(len(FIXED) + 1)}2"
    sheet.protection.sheet = True
    for action in ("formatCells", "formatColumns", "formatRows"):
        setattr(sheet.protection, action, False)  # False is: not protected


def _choices(sheet: Worksheet, form: Form, n: int) -> None:
    """Add the drop-downs."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    values: dict[str, Sequence[str]] = {**dict.fromkeys(form.codes, ("0", "1")), **form.labels}
    for name, choices in values.items():
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = name[:30], f"Type {' or '.join(choices)}, or leave the cell blank."
        letter = get_column_letter(form.columns.index(name) + 1)
        rule.add(f"{letter}2:{letter}{max(n + 1, 2)}")
        sheet.add_data_validation(rule)


def _instruct(sheet: Worksheet, lines: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 120
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        _put(cell, line.lstrip("# ") if line.startswith("#") else line)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if line.startswith("#"):
            cell.font = Font(bold=True)


def _dateless(data: bytes) -> bytes:
    """Return an archive with all its dates fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in packed.infolist():
            part = packed.read(entry)
            if entry.filename == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*", rb"\g<1>" + MOMENT, part)
            fixed.writestr(zipfile.ZipInfo(entry.filename, DATE), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
