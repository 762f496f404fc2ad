"""A native chart on a slide: python-pptx makes it; this adds error bars, labels beside them, and a workbook without formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.report.slides.fitting import cleaned, fitted, wide
from discourse.report.slides.labels import Printed, intervals, labels, printed
from discourse.report.slides.look import BETWEEN, TOUCH, axes_styled, series_styled, skipped

if TYPE_CHECKING:
    from discourse.report.slides.native import Ends, Native

__all__ = ["Box", "Room", "alt_of", "placed", "room_of", "workbook"]

SIZES = {1: 14.0, 2: 12.0, 3: 12.0}  # points of a chart's text, by how many share a slide
SMALL = 11.0
TITLE = 1.2  # of the text
PERIOD = 0.75  # inches that the name of a period may take, however many there are
LEGEND = 0.26  # inches of a line of the legend
SIGN = 0.6  # inches that the legend's sign takes, with the space to the next
PERIODS, TURNED, SCALE = 0.32, 0.85, 0.55  # inches below columns and lines, below names on end, and to their left
ABOVE = {"bar": 0.0, "column": 0.22, "line": 0.1}  # inches that values take above the plot
APART = 0.05  # inches between the end of an interval and a value
BESIDE = 0.62  # inches that a value takes to the right
NAMES = 0.5  # of a chart's width that the names of bars take at most
MOST_SPOKEN = 6
KINDS = {"bar": "Bar chart", "column": "Column chart", "line": "Line chart"}


class Box(NamedTuple):
    """Where something stands on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float


class Room(NamedTuple):
    """Where a chart's plot stands within it, in inches, and the size of its text in points."""

    plot: Box
    size: float
    names: list[str]


def room_of(chart: Native, box: Box) -> Room:
    """Return where the plot stands in a chart of some size, and its categories as they are printed, each in a line, cut where long."""
    size = SIZES.get(chart.beside, SMALL)
    above = (size * TITLE / 72 + 0.26 if chart.title else 0.08) + ABOVE[chart.kind]
    below = 0.08 + LEGEND * _legend_lines(chart, box, size)
    if chart.kind == "bar":
        names = [fitted(name, size, NAMES * box.wide) for name in chart.categories]
        left, right = max(wide(name, size) for name in names) + 0.15, BESIDE
    else:
        left, right = SCALE, BESIDE if chart.kind == "line" else 0.15
        each = (box.wide - left - right) / len(chart.categories)
        names = [fitted(name, size, max(each - TOUCH, PERIOD)) for name in chart.categories]
        below += TURNED if skipped(names, box.wide - left - right, size) > 1 else PERIODS
    return Room(Box(left, above, box.wide - left - right, box.high - above - below), size, names)


def _legend_lines(chart: Native, box: Box, size: float) -> int:
    """Return how many lines the legend takes; one series needs none."""
    if len(chart.series) < 2:
        return 0
    total = sum(wide(one.name, size) + SIGN for one in chart.series)
    return max(1, -int(-total // (0.92 * box.wide)))


def placed(slide: Any, chart: Native, box: Box, ends: Ends, *, alt: str) -> Any:
    """Put a native chart on a slide, and return its frame.

    Parameters
    ----------
    slide : of python-pptx.
    chart : the numbers.
    box : where, in inches.
    ends : of the axis of values.
    alt : what it shows, in words.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    kinds = {"bar": XL_CHART_TYPE.BAR_CLUSTERED, "column": XL_CHART_TYPE.COLUMN_CLUSTERED, "line": XL_CHART_TYPE.LINE_MARKERS}
    room = room_of(chart, box)
    data = CategoryChartData(number_format="General")
    data.categories = [f"'{k}" for k in range(len(room.names))]  # the names come below, past the formulas of python-pptx's own workbook
    for k, one in enumerate(chart.series):
        data.add_series(f"'{k}", one.values)
    frame = slide.shapes.add_chart(kinds[chart.kind], *(Inches(side) for side in box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cleaned(alt))
    drawn = frame.chart
    _named(drawn, chart, room.names)
    drawn.part.chart_workbook.update_from_xlsx_blob(workbook(chart, room.names))
    drawn.font.size = _points(room.size)
    _headed(drawn, chart, room, box)
    _laid_out(drawn, room, box)
    axes_styled(drawn, chart, ends, room)
    along = room.plot.high if chart.kind == "bar" else room.plot.wide
    each = along / len(room.names) / ((1 if chart.apart else len(chart.series)) + BETWEEN)
    printed_in = Printed(room.plot.wide / box.wide, room.plot.high / box.high, APART / box.wide, room.size, each)
    for own, one in zip(drawn.plots[0].series, chart.series, strict=True):
        series_styled(own, one, chart.kind)
        labels(own, one, chart, ends, printed_in)
        intervals(own, one, chart.kind)
    return frame


def workbook(chart: Native, names: Sequence[str]) -> bytes:
    """Return the workbook behind a chart: names, values, and to their right the ends of intervals; a text is always a text, no formula.

    Parameters
    ----------
    chart : the numbers.
    names : of the categories, as they are printed.
    """
    from datetime import datetime

    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(1980, 1, 1)})
    sheet = book.add_worksheet()
    for row, name in enumerate(names, start=1):
        sheet.write_string(row, 0, name)
    columns: list[tuple[str, Sequence[float | None]]] = [(one.name, one.values) for one in chart.series]
    for end in ("low", "high"):
        columns += [(f"{one.name}, {end} end of the interval", getattr(one, end)) for one in chart.series if any_known(getattr(one, end))]
    for column, (name, values) in enumerate(columns, start=1):
        sheet.write_string(0, column, cleaned(name))
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()


def any_known(values: Sequence[float | None]) -> bool:
    """Return whether there is a number among values."""
    return any(value is not None for value in values)


def alt_of(chart: Native) -> str:
    """Return in words what one chart of several shows: its first values and its last, or its largest."""
    parts = [f"{KINDS[chart.kind]}{f', {chart.title}' if chart.title else ''}."]
    for one in chart.series:
        told = [f"{name} {printed(value, chart)}" for name, value in zip(chart.categories, one.values, strict=True) if value is not None]
        if len(told) > MOST_SPOKEN and chart.kind != "bar":
            told = [told[0], told[-1]]
        more = f" and {len(told) - MOST_SPOKEN} more" if len(told) > MOST_SPOKEN else ""
        parts.append(f"{one.name}: {'; '.join(told[:MOST_SPOKEN]) or 'no values'}{more}.")
    return " ".join(parts)


def _named(drawn: Any, chart: Native, names: Sequence[str]) -> None:
    """Write the names of categories and series into a chart, as text."""
    space = {"c": drawn._chartSpace.nsmap["c"]}
    for own, one in zip(drawn._chartSpace.iterfind(".//c:ser", space), chart.series, strict=True):
        own.find("c:tx//c:v", space).text = cleaned(one.name)
        for point, name in zip(own.iterfind("c:cat//c:v", space), names, strict=True):
            point.text = name


def _headed(drawn: Any, chart: Native, room: Room, box: Box) -> None:
    """Write the title of a chart, and its legend where it has several series."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION

    drawn.has_title = bool(chart.title)
    if chart.title:
        frame = drawn.chart_title.text_frame
        across = room.plot.left + room.plot.wide
        frame.text = fitted(chart.title, room.size * TITLE, across, bold=True)
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = _points(room.size * TITLE), True, RGBColor.from_string(chart.colour.lstrip("#"))
        drawn.chart_title.include_in_layout = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        high = LEGEND * _legend_lines(chart, box, room.size)
        drawn.legend._element.find("{*}legendPos").addnext(_layout(drawn, Box(0.1, box.high - high - 0.04, box.wide - 0.2, high), box))


def _laid_out(drawn: Any, room: Room, box: Box) -> None:
    """Say where the plot stands, so that names and values have their room whoever draws it."""
    plot = drawn._chartSpace.chart.plotArea
    for old in plot.findall("{*}layout"):
        plot.remove(old)
    plot.insert(0, _layout(drawn, room.plot, box, target='<c:layoutTarget val="inner"/>'))


def _layout(drawn: Any, part: Box, box: Box, target: str = "") -> Any:
    """Return the element that places a part of a chart, from inches."""
    from pptx.oxml import parse_xml

    sides = {"x": part.left / box.wide, "y": part.top / box.high, "w": part.wide / box.wide, "h": part.high / box.high}
    places = "".join(f'<c:{name} val="{side:.5f}"/>' for name, side in sides.items())
    modes = f'{target}<c:xMode val="edge"/><c:yMode val="edge"/>'
    space = drawn._chartSpace.nsmap["c"]
    return parse_xml(f'<c:layout xmlns:c="{space}"><c:manualLayout>{modes}{places}</c:manualLayout></c:layout>')


def _points(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)
