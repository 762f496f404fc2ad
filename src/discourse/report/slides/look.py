"""How series and axes of a native chart look: told apart by more than colour, quiet where nothing is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discourse.report.slides.fitting import wide
from discourse.report.slides.labels import formats

if TYPE_CHECKING:
    from discourse.report.slides.chart import Room
    from discourse.report.slides.native import Ends, Native, Series

__all__ = ["BETWEEN", "TOUCH", "axes_styled", "series_styled", "skipped"]

INK, GREY, PALE = "1F2430", "6B7280", "D8DCE3"
LEAST, TOUCH = 9.0, 0.06  # points of periods' names at least, inches between two
MONTH, QUARTER = re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}Q\d")
BETWEEN = 0.45  # of a bar: the space between those of two categories
YEAR, QUARTERS = 12, 4  # months, quarters


def series_styled(own: Any, one: Series, kind: str) -> None:
    """Give a series its colour and its look.

    Parameters
    ----------
    own : the series of python-pptx.
    one : its numbers.
    kind : of chart.
    """
    (_line if kind == "line" else _bars)(own, one)


def _line(own: Any, one: Series) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    own.smooth = False
    line, marker = own.format.line, own.marker
    line.color.rgb = _colour(one.colour)
    line.width = Pt(2.25 if one.look == "filled" else 1.25)
    if one.look != "filled":
        line.dash_style = MSO_LINE.DASH if one.look == "hollow" else MSO_LINE.ROUND_DOT
    if one.look == "level":
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style = getattr(XL_MARKER_STYLE, one.marker.upper())
    marker.size = 7
    marker.format.line.color.rgb = _colour(one.colour)
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _colour(one.colour if one.look == "filled" else "FFFFFF")


def _bars(own: Any, one: Series) -> None:
    from pptx.enum.dml import MSO_PATTERN
    from pptx.util import Pt

    own.invert_if_negative = False
    fill = own.format.fill
    if one.look == "striped":
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = _colour(one.colour), _colour("FFFFFF")
    else:
        fill.solid()
        fill.fore_color.rgb = _colour("FFFFFF" if one.look == "hollow" else one.colour)
    own.format.line.color.rgb = _colour(one.colour)
    own.format.line.width = Pt(1)


def axes_styled(drawn: Any, chart: Native, ends: Ends, room: Room) -> None:
    """Set the axes: bars have their names and no scale, as each has its value; columns and lines have both, and as many periods as fit.

    Parameters
    ----------
    drawn : the chart of python-pptx.
    chart : its numbers.
    ends : of the axis of values.
    room : of the plot.
    """
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    values, names, size = drawn.value_axis, drawn.category_axis, room.size
    values.minimum_scale, values.maximum_scale = (-ends.high, -ends.low) if chart.mirrored else (ends.low, ends.high)
    values.major_unit = ends.step
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = formats(chart, ends)[1], False
    values.has_major_gridlines = chart.kind != "bar"
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb, values.major_gridlines.format.line.width = _colour(PALE), Pt(0.75)
    values.format.line.fill.background()
    names.format.line.color.rgb = _colour(GREY)
    for axis in (values, names):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size, axis.tick_labels.font.color.rgb = Pt(size), _colour(INK if axis is names else GREY)
    names.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if chart.mirrored else XL_TICK_LABEL_POSITION.LOW
    plot = drawn.plots[0]
    if chart.kind == "bar":
        names.reverse_order, values.reverse_order = True, chart.mirrored
        values.visible = False
    elif (skip := skipped(room.names, room.plot.wide, size)) > 1:
        _skip(names, skip)
    else:
        each, widest = room.plot.wide / len(room.names) - TOUCH, max(wide(name, size) for name in room.names)
        names.tick_labels.font.size = Pt(min(size, max(LEAST, int(2 * size * each / widest) / 2)))
    if chart.kind != "line":
        plot.gap_width = round(100 * BETWEEN) if len(chart.categories) > 1 else 150
        plot.overlap = 100 if chart.apart else -5


def skipped(names: Sequence[str], room: float, size: float) -> int:
    """Return every how manieth period is named, so that names do not touch: of months and quarters whole years.

    Parameters
    ----------
    names : of the periods.
    room : how wide the plot is, in inches.
    size : of text, in points, that may be as small as `LEAST`.
    """
    widest = max(wide(name, min(size, LEAST)) for name in names) + TOUCH
    needs = -int(-widest * len(names) // room)
    parts = YEAR if MONTH.fullmatch(names[0]) else QUARTERS if QUARTER.fullmatch(names[0]) else 1
    return -(-needs // parts) * parts if needs > 1 else 1


def _skip(names: Any, skip: int) -> None:
    """Name and mark only some periods, on end."""
    from pptx.oxml import parse_xml

    element = names._element
    body = element.find("{*}txPr").find("{*}bodyPr")
    body.set("rot", "-5400000")
    body.set("vert", "horz")
    for name in ("tickLblSkip", "tickMarkSkip"):
        element.find("{*}noMultiLvlLbl").addprevious(parse_xml(f'<c:{name} xmlns:c="{element.nsmap["c"]}" val="{skip}"/>'))


def _colour(value: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(value.lstrip("#").upper())
