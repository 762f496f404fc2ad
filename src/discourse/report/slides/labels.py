"""What stands at the values of a native chart: intervals, as error bars, and printed values, beside the ends of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.report.slides.fitting import wide

if TYPE_CHECKING:
    from discourse.report.slides.native import Ends, Native, Series

__all__ = ["Printed", "ends_at", "formats", "intervals", "labels", "printed"]

MANY = 25  # columns; of more only the highest is labelled
SAME = 0.08  # of the axis: labels nearer than this would stand on each other
CLOSE = 0.75  # of the height of a line: bars that are nearer have values on each other
GREY = "6B7280"
SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
NO_LINES = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)  # from a mark to its value
FINE = 0.1  # the end of an axis of shares, below which its ticks have a decimal


class Printed(NamedTuple):
    """How values are printed: the plot's width and height and the space before a value, of the chart's; the size of text, in points.

    `each` is the room of one bar or column along its axis of names, in inches.
    """

    across: float
    up: float
    apart: float
    size: float
    each: float


def formats(chart: Native, ends: Ends | None = None) -> tuple[str, str]:
    """Return how spreadsheets format the values and the axis of a chart."""
    if chart.number == "percent":
        fine = ends is not None and (ends.high <= FINE or ends.step * 100 % 1 > 1e-9)
        return "0.0%", "0.0%" if fine else "0%"
    known = [value for one in chart.series for value in one.values if value is not None]
    whole = all(float(value).is_integer() for value in known) and not any(end is not None for one in chart.series for end in one.low)
    step = ends.step if ends is not None else 1.0
    return ("#,##0", "#,##0") if whole else ("0.00", "0" if step % 1 == 0 else "0.0" if step * 10 % 1 < 1e-9 else "0.00")


def printed(value: float, chart: Native) -> str:
    """Return a value as it is printed beside its mark.

    >>> from discourse.report.slides.native import Native, Series
    >>> printed(0.1264, Native("bar", [], [], "percent")), printed(1200, Native("bar", ["a"], [Series("s", [1200])]))
    ('12.6%', '1,200')
    """
    kind = formats(chart)[0]
    return f"{value:.1%}" if kind == "0.0%" else f"{value:,.0f}" if kind == "#,##0" else f"{value:.2f}"


def ends_at(one: Series, k: int) -> tuple[float, float] | None:
    """Return the ends of the interval of a value; nothing where it has none."""
    if k >= len(one.low) or k >= len(one.high) or one.values[k] is None:
        return None
    low, high = one.low[k], one.high[k]
    return None if low is None or high is None else (low, high)


def intervals(own: Any, one: Series, kind: str) -> None:
    """Draw the intervals of a series, as error bars of its own lengths; it has none where no value has one.

    Parameters
    ----------
    own : the series of python-pptx.
    one : its numbers.
    kind : of chart.
    """
    from pptx.oxml import parse_xml

    bars = {k: (value, ends) for k, value in enumerate(one.values) if value is not None and (ends := ends_at(one, k)) is not None}
    if not bars:
        return
    lengths = {
        "plus": {k: ends[1] - value for k, (value, ends) in bars.items()},
        "minus": {k: value - ends[0] for k, (value, ends) in bars.items()},
    }
    told = "".join(f"<c:{side}>{_literal(values, len(one.values))}</c:{side}>" for side, values in lengths.items())
    colour, points = (GREY, 1.0) if one.look == "hollow" and kind == "line" else (_rgb(one), 2.5) if kind == "line" else ("1F2430", 1.25)
    line = f'<c:spPr><a:ln w="{round(points * 12700)}" cap="flat"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
    element = own._element
    names = f'xmlns:c="{element.nsmap["c"]}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    direction = '<c:errDir val="y"/>' if kind == "line" else ""
    kinds = '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
    bars_xml = parse_xml(f"<c:errBars {names}>{direction}{kinds}{told}{line}</c:errBars>")
    element.find("{*}cat").addprevious(bars_xml)


def _literal(values: dict[int, float], n: int) -> str:
    points = "".join(f'<c:pt idx="{k}"><c:v>{max(value, 0.0)!r}</c:v></c:pt>' for k, value in values.items())
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{n}"/>{points}</c:numLit>'


def labels(own: Any, one: Series, chart: Native, ends: Ends, room: Printed) -> None:
    """Print the values of a series: of bars and columns each, beyond its interval; of a line the last.

    Parameters
    ----------
    own : the series of python-pptx.
    one : its numbers.
    chart : it belongs to.
    ends : of the axis of values.
    room : of the plot.
    """
    from pptx.oxml import parse_xml

    span = ends.high - ends.low
    parts = []
    for k in [] if _crowded(chart, room) and one is not chart.series[0] else _labelled(one, chart, span):
        value, interval = one.values[k] or 0.0, ends_at(one, k)
        if chart.kind == "line":
            inside = k < len(chart.categories) - 1
            above = (interval[1] - value) / span * room.up if interval is not None else 0.0
            parts.append(_label(k, "t" if inside else "r", (0.0, -above) if inside and above else None))
            continue
        beyond = 0.0 if interval is None else (interval[0] if value < 0 else interval[1]) - value
        along = -beyond / span if chart.mirrored else beyond / span
        aside = (along * room.across + room.apart * (-1 if along < 0 else 1), 0.0) if chart.kind == "bar" else (0.0, -along * room.up)
        parts.append(_label(k, "outEnd", aside if along else None))
    form = formats(chart)[0]
    colour = _rgb(one) if chart.kind == "line" and one.look != "hollow" else "1F2430"
    text = (
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        "<c:txPr><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(100 * room.size)}" b="0"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    shown = "".join(part.replace("@TEXT@", text) for part in parts)
    element = own._element
    names = f'xmlns:c="{element.nsmap["c"]}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    none = "".join(f'<c:{name} val="0"/>' for name in SHOWN)
    element.find("{*}cat").addprevious(parse_xml(f"<c:dLbls {names}>{shown}{none}{NO_LINES}</c:dLbls>"))


def _labelled(one: Series, chart: Native, span: float) -> Sequence[int]:
    """Return which values of a series are printed."""
    known = [k for k, value in enumerate(one.values) if value is not None]
    if not known or one.look == "level":
        return []
    if chart.kind != "line":
        return known if len(chart.categories) <= MANY else [max(known, key=lambda k: (one.values[k] or 0.0, -k))]
    last = known[-1]
    for other in chart.series:
        if other is one:
            return [last]
        ran = [k for k, value in enumerate(other.values) if value is not None]
        if ran and other.look != "level" and ran[-1] == last and abs((other.values[last] or 0.0) - (one.values[last] or 0.0)) < SAME * span:
            return []
    return [last]


def _crowded(chart: Native, room: Printed) -> bool:
    """Return whether bars or columns stand too close for a value at each, so that only those of the first series are printed."""
    if chart.kind == "bar":
        return room.each < CLOSE * room.size / 72
    values = [value for one in chart.series for value in one.values if value is not None]
    return chart.kind == "column" and room.each < max((wide(printed(value, chart), room.size) for value in values), default=0.0)


def _label(k: int, place: str, aside: tuple[float, float] | None) -> str:
    """Return the label of a value; `aside` moves it from its place, in widths and heights of the chart."""
    moved = ""
    if aside is not None:
        moved = f'<c:layout><c:manualLayout><c:x val="{aside[0]:.5f}"/><c:y val="{aside[1]:.5f}"/></c:manualLayout></c:layout>'
    shown = "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in SHOWN)
    return f'<c:dLbl><c:idx val="{k}"/>{moved}@TEXT@<c:dLblPos val="{place}"/>{shown}</c:dLbl>'


def _rgb(one: Series) -> str:
    return one.colour.lstrip("#").upper()
