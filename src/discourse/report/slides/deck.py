"""The report as a presentation: a slide a figure, with charts that can be edited where they are bars or lines, else a picture and a table.

The same input gives the same bytes. Python-pptx writes it; it is the extra `slides`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discourse.errors import ReportError
from discourse.report.slides.chart import Box, alt_of, placed
from discourse.report.slides.native import Native, shared
from discourse.report.slides.parts import BODY, CAPTION, Sheet, captioned, footed, opened, tabled, titled

__all__ = ["Front", "Slide", "slides"]

DATE = (1980, 1, 1, 0, 0, 0)
GAP = 0.25  # inches between charts
ACROSS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}
PORTRAIT = 1.75  # a picture less wide than this, of its height, has its caption beside it
NUMBERS = "Numbers"
IN_WORDS = "The figure in words:"


@dataclass(frozen=True)
class Slide:
    """One figure: `natives` where it can be charts, else `picture` (PNG), `wide` and `high` in any unit, with the first rows of `table`.

    `caption` stands below it, as much of it as fits; without one the alt text does. The notes hold both whole.
    """

    title: str
    alt: str
    identifier: str
    caption: str = ""
    picture: bytes = b""
    wide: float = 1.0
    high: float = 1.0
    natives: Sequence[Native] = ()
    table: tuple[Sequence[str], Sequence[Sequence[Any]]] = ((), ())


@dataclass(frozen=True)
class Front:
    """The first slide: a title, what the corpus is, the sentences of the summary, and what the report was made with."""

    title: str
    corpus: str
    said: Sequence[str] = ()
    made_with: str = ""


def slides(front: Front, figures: Sequence[Slide]) -> bytes:
    """Return a presentation (PPTX, 16:9) with a slide or more for each figure.

    Parameters
    ----------
    front : what the first slide says.
    figures : in their order.

    Raises
    ------
    ReportError : the extra `slides` is not installed.
    """
    try:
        deck = opened(front.title, front.corpus)
    except ImportError as error:
        raise ReportError("Slides need the extra `slides`; install it with: pip install 'discourse[slides]'") from error
    _front(deck, front)
    for figure in figures:
        if figure.natives:
            _charts(deck, figure)
            continue
        _picture(deck, figure)
        if figure.table[1]:
            _table(deck, figure)
    out = io.BytesIO()
    deck.save(out)
    return _dateless(out.getvalue())


def _front(deck: Any, front: Front) -> None:
    """Make the first slide; the sentences of the summary are as large as lets all of them in."""
    sheet = Sheet.on(deck, front.title, f"{front.corpus} {front.made_with}")
    titled(sheet, front.title, size=34, top=0.55)
    sheet.text(front.corpus, Box(BODY.left, 1.5, BODY.wide, 0.6), size=18, most=2, colour="6B7280")
    sheet.points(front.said, Box(BODY.left, 2.3, BODY.wide, 4.3), sizes=(20, 18, 16, 14, 12))
    sheet.text(front.made_with, Box(BODY.left, 6.8, BODY.wide, 0.5), size=12, most=2, colour="6B7280")


def _charts(deck: Any, figure: Slide) -> None:
    """Make the slides of a figure whose charts can be edited; those that share a slide share a scale."""
    pages = _pages(figure.natives)
    for number, page in enumerate(pages, start=1):
        of = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        sheet = Sheet.on(deck, figure.title + of, _notes(figure))
        titled(sheet, figure.title, after=of)
        for k, (chart, box, ends) in enumerate(zip(page, _boxes(page[0].beside), shared(page), strict=False)):
            words = f" {IN_WORDS} {figure.alt}" if number == 1 and not k else ""
            placed(sheet.slide, chart, box, ends, alt=alt_of(chart) + words)
        notes = dict.fromkeys(chart.note for chart in page if chart.note)
        captioned(sheet, " ".join([*notes, figure.caption or f"{IN_WORDS} {figure.alt}"]), CAPTION)
        footed(sheet, figure.identifier)


def _pages(charts: Sequence[Native]) -> list[list[Native]]:
    """Return the charts of each slide."""
    pages: list[list[Native]] = []
    for chart in charts:
        if not pages or len(pages[-1]) >= chart.beside or pages[-1][0].beside != chart.beside:
            pages.append([])
        pages[-1].append(chart)
    return pages


def _boxes(n: int) -> list[Box]:
    """Return where so many charts stand on a slide, row by row."""
    across = ACROSS.get(n, 3)
    down = -(-n // across)
    between = 0.4 * GAP
    wide, high = (BODY.wide - GAP * (across - 1)) / across, (BODY.high - between * (down - 1)) / down
    places = [divmod(k, across) for k in range(across * down)]
    return [Box(BODY.left + column * (wide + GAP), BODY.top + row * (high + between), wide, high) for row, column in places]


def _picture(deck: Any, figure: Slide) -> None:
    """Make the slide of a picture: as large as it can be, the caption below or, of one that is not wide, beside it."""
    sheet = Sheet.on(deck, figure.title, _notes(figure))
    titled(sheet, figure.title)
    beside = figure.wide < PORTRAIT * figure.high
    room = Box(BODY.left, BODY.top, BODY.wide - 3.4, 5.65) if beside else BODY
    scale = min(room.wide / figure.wide, room.high / figure.high)
    wide, high = figure.wide * scale, figure.high * scale
    left = room.left if beside else room.left + (room.wide - wide) / 2
    sheet.picture(figure.picture, Box(left, room.top, wide, high), figure.alt)
    captioned(sheet, figure.caption or figure.alt, _beside(left + wide + 0.3) if beside else CAPTION)
    footed(sheet, figure.identifier)


def _beside(left: float) -> Box:
    return Box(left, BODY.top + 0.1, BODY.left + BODY.wide - left, 5.4)


def _table(deck: Any, figure: Slide) -> None:
    sheet = Sheet.on(deck, f"{NUMBERS}: {figure.title}", _notes(figure))
    titled(sheet, f"{NUMBERS}: {figure.title}")
    captioned(sheet, tabled(sheet, *figure.table, alt=f"{NUMBERS}: {figure.title}"), CAPTION)
    footed(sheet, figure.identifier)


def _notes(figure: Slide) -> str:
    """Return what the notes of each slide of a figure hold: the whole caption, and what the figure shows in words."""
    longer = [name for chart in figure.natives for name in chart.categories if len(name) > 30]
    named = f"Names in full: {'; '.join(dict.fromkeys(longer))}." if longer else ""
    parts = [figure.caption, figure.alt, *dict.fromkeys(chart.note for chart in figure.natives), named, f"Figure {figure.identifier}."]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _dateless(data: bytes) -> bytes:
    """Return an archive with the dates of its entries fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in packed.infolist():
            fixed.writestr(zipfile.ZipInfo(entry.filename, DATE), packed.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
