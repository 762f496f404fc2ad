"""The parts of a slide: title, text, points, picture, table, caption and foot, each cut to what its room holds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discourse.report.slides.chart import Box
from discourse.report.slides.fitting import cleaned, fitted, in_lines, n_lines, told, wide

__all__ = ["BODY", "CAPTION", "Sheet", "captioned", "footed", "opened", "tabled", "titled"]

WIDE, HIGH = 13.333, 7.5  # inches: 16:9
BODY = Box(0.5, 1.15, 12.333, 4.65)
CAPTION = Box(0.5, 5.88, 12.333, 0.95)
FOOT = Box(0.5, 6.98, 11.3, 0.3)
PAGE = Box(11.83, 6.98, 1.0, 0.3)
TITLES = (26, 22)  # points: of a title in one line, and in two
CAPTION_SIZE, FOOT_SIZE, CELL = 13, 11, 12
SPACING = 1.2
REST = "(More in the notes.)"
MOST_ROWS, MOST_COLUMNS, WIDEST = 11, 8, 3.4
FIRST = ("mark", "estimate", "low", "high", "n")  # columns that are shown before others
ROW = 0.375  # inches
INK, GREY, PALE, BLUE = "1F2430", "6B7280", "F1F3F6", "0072B2"
FONT = "Arial"
SLIDE_NUMBER = (
    '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" id="{00000000-0000-4000-8000-000000000001}" type="slidenum">'
    '<a:rPr lang="en-GB" sz="1100"><a:solidFill><a:srgbClr val="6B7280"/></a:solidFill></a:rPr><a:t>‹#›</a:t></a:fld>'
)


def opened(title: str, subject: str) -> Any:
    """Return an empty presentation, 16:9, in one font, with fixed dates."""
    from datetime import datetime

    from pptx import Presentation
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Inches

    deck = Presentation()
    wider = WIDE * 914400 / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    master = deck.slide_master
    for sheet in (master, *master.slide_layouts):
        for shape in sheet.shapes:
            if shape._element.xpath(".//p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
    about = deck.core_properties
    about.title, about.subject, about.author, about.last_modified_by = (
        cleaned(title)[:250],
        cleaned(subject)[:250],
        "discourse",
        "discourse",
    )
    about.created = about.modified = about.last_printed = datetime(1980, 1, 1)
    about.revision, about.language = 1, "en-GB"
    return deck


@dataclass(frozen=True)
class Sheet:
    """A slide that is being made."""

    slide: Any

    @classmethod
    def on(cls, deck: Any, title: str, notes: str) -> Sheet:
        """Return a new slide with its title and its notes."""
        layout = next(one for one in deck.slide_layouts if one.name == "Title Only")
        slide = deck.slides.add_slide(layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx:
                shape._element.getparent().remove(shape._element)
        slide.shapes.title.text_frame.text = " ".join(cleaned(title).split())
        slide.notes_slide.notes_text_frame.text = cleaned(notes)
        return cls(slide)

    def text(self, text: str, box: Box, *, size: float, most: int, colour: str = INK) -> None:
        """Print a text in a box, in so many lines at most."""
        if not text:
            return
        frame = self._frame(box)
        _run(frame.paragraphs[0], in_lines(text, size, box.wide, most), size, colour)

    def points(self, texts: Sequence[str], box: Box, *, sizes: Sequence[float]) -> None:
        """Print texts as points of a list, as large as lets all of them in; what does not fit at the smallest size is counted."""
        if not texts:
            return
        room = box.wide - 0.3
        size = next((size for size in sizes if _high(texts, size, room) <= box.high), sizes[-1])
        shown = list(texts)
        while len(shown) > 1 and _high([*shown, REST], size, room) > box.high:
            shown.pop()
        if len(shown) < len(texts):
            shown.append(f"… and {len(texts) - len(shown)} more in the report.")
        frame = self._frame(box)
        for k, text in enumerate(shown):
            paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
            _bullet(paragraph, size)
            _run(paragraph, in_lines(text, size, room, max(1, int(box.high / (size * SPACING / 72)) - 1)), size, INK)

    def picture(self, data: bytes, box: Box, alt: str) -> None:
        """Put a picture into a box of its shape, with what it shows in words."""
        from pptx.util import Inches

        made = self.slide.shapes.add_picture(io.BytesIO(data), *(Inches(side) for side in box))
        made._element.nvPicPr.cNvPr.set("descr", cleaned(alt))

    def _frame(self, box: Box) -> Any:
        from pptx.enum.text import MSO_AUTO_SIZE
        from pptx.util import Inches

        frame = self.slide.shapes.add_textbox(*(Inches(side) for side in box)).text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame


def titled(sheet: Sheet, title: str, *, after: str = "", size: float = TITLES[0], top: float = 0.25) -> None:
    """Print the title of a slide, in a line or, smaller, in two; `after` is never cut."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    room = BODY.wide - wide(after, size, bold=True)
    if n_lines(title, size, room, bold=True) > 1:
        size = min(size, TITLES[1])
    shape = sheet.slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in (BODY.left, top, BODY.wide, 0.8))
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = ""
    paragraph = frame.paragraphs[0]
    _left(paragraph)
    _run(paragraph, in_lines(title, size, room, 2, bold=True) + after, size, INK, bold=True)


def captioned(sheet: Sheet, text: str, box: Box) -> None:
    """Print as many sentences of a caption as fit a box."""
    most = int(box.high / (CAPTION_SIZE * SPACING / 72))
    sheet.text(told(text, CAPTION_SIZE, box.wide, most, rest=REST), box, size=CAPTION_SIZE, most=most)


def footed(sheet: Sheet, identifier: str) -> None:
    """Print what the figure is known by, what can be asked of it, and the number of the slide."""
    from pptx.oxml import parse_xml

    said = f"Figure {identifier} · does it still hold: discourse verify {identifier} · which posts say so: discourse trace {identifier}"
    sheet.text(said, FOOT, size=FOOT_SIZE, most=1, colour=GREY)
    paragraph = sheet._frame(PAGE).paragraphs[0]
    paragraph._p.get_or_add_pPr().set("algn", "r")
    paragraph._p.append(parse_xml(SLIDE_NUMBER))


def tabled(sheet: Sheet, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, alt: str) -> str:
    """Put the first rows of a table on a slide, with columns that tell them apart and fit, and return in a caption what is left out."""
    from pptx.util import Inches, Pt

    shown = [[_cell(value) for value in row] for row in rows[:MOST_ROWS]]
    chosen = _columns(columns, rows, shown)
    widths = [_width(columns[k], [row[k] for row in shown]) for k in chosen]
    frame = sheet.slide.shapes.add_table(
        len(shown) + 1, len(chosen), Inches(BODY.left), Inches(BODY.top), Inches(sum(widths)), Inches(ROW * (len(shown) + 1))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cleaned(alt))
    table = frame.table
    for k, (place, room) in enumerate(zip(chosen, widths, strict=True)):
        table.columns[k].width = Inches(room)
        for number, text in enumerate([columns[place], *(row[place] for row in shown)]):
            _put(table.cell(number, k), text, room, number, right=all(isinstance(row[place], int | float | None) for row in rows))
    for row in table.rows:
        row.height = Pt(ROW * 72)
    more = f"The first {len(shown)} of {len(rows):,} rows" if len(shown) < len(rows) else f"All {len(rows)} rows"
    return f"{more}, and {len(chosen)} of {len(columns)} columns. The figure's CSV file has them all."


def _put(cell: Any, text: str, room: float, number: int, *, right: bool) -> None:
    """Fill a cell of a table: the head white on blue, rows by turns."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches

    head = number == 0
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _filled(cell, BLUE if head else PALE if number % 2 else "FFFFFF")
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _run(paragraph, fitted(text, CELL, room - 0.16, bold=head), CELL, "FFFFFF" if head else INK, bold=head)


def _columns(columns: Sequence[str], rows: Sequence[Sequence[Any]], shown: Sequence[Sequence[str]]) -> list[int]:
    """Return which columns are shown: those in which rows differ, the numbers first, as long as there is room; from the left."""
    apart = [k for k in range(len(columns)) if len({str(row[k]) for row in rows}) > 1 or len(rows) == 1]
    chosen: list[int] = []
    room = BODY.wide
    for k in sorted(apart, key=lambda k: FIRST.index(columns[k]) if columns[k] in FIRST else len(FIRST)):
        needs = _width(columns[k], [row[k] for row in shown])
        if len(chosen) < MOST_COLUMNS and needs <= room and any(row[k] for row in shown):
            chosen.append(k)
            room -= needs
    return sorted(chosen) or [0]


def _width(head: str, cells: Sequence[str]) -> float:
    needs = max([wide(cell, CELL) for cell in cells] + [wide(head, CELL, bold=True)])
    return min(WIDEST, needs + 0.25)


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else " ".join(cleaned(str(value)).split())


def _filled(cell: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour)


def _run(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = cleaned(text)
    font = run.font
    font.size, font.bold, font.language_id = Pt(size), bold, MSO_LANGUAGE_ID.ENGLISH_UK
    font.color.rgb = RGBColor.from_string(colour)


def _left(paragraph: Any) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT


def _bullet(paragraph: Any, size: float) -> None:
    """Make a paragraph a point of a list."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    paragraph.space_after = Pt(size * 0.4)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "274320")
    properties.set("indent", "-274320")
    properties.append(parse_xml('<a:buChar xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" char="•"/>'))


def _high(texts: Sequence[str], size: float, room: float) -> float:
    return sum(n_lines(text, size, room) * size * SPACING + size * 0.4 for text in texts) / 72
