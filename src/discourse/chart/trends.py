"""What changes over time: the smooth share of each code with its band, beside what permuted dates give, under the events of the time.

A panel's caption is what was tested: that a share rose or fell, or that no change is established.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.theme import COLOURS, GREY, INK, INTERVAL, PALE, WIDTH, About, Chart, framed, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw", "label_rows"]

CORRECTED = (
    "Lines: the share of sentences, smoothed (local linear). Thick, with its 95% band point by point: corrected by sentences coded by "
    "hand, in the years that these cover; thin and dashed: as the tagger finds it. Points: shares of years. "
)
NAIVE = (
    "Line: the share of sentences as the tagger finds it, smoothed (local linear), with its 95% band point by point. Points: shares of "
    "years. "
)
PLACEBO = (
    "Grey steps: where 95% of the shares of a year lie when dates are permuted among posts of one category, so what chance and categories "
    "alone give. Upright lines mark events; that a share differs before and after one does not say why."
)
LABEL = 7.0  # size of the events' labels, in points
LETTER = 0.0575  # width of a letter of that size, in inches
ROW, HEAD, PLOT, FOOT = 0.155, 0.56, 1.55, 0.32  # heights in inches: a row of labels; above a panel, a panel, below it
LEFT, RIGHT = 0.05, 0.985  # of the figure's width
ASIDE = 0.03  # inches from an event's line to its label
LONGEST = 34
MOST_OF_BANDS = 0.95  # the ends of bands may leave the panel, so that one wide end does not flatten all panels


class _Panel(NamedTuple):
    """What one code's panel shows."""

    code: str
    name: str
    said: str
    smooth: pd.DataFrame
    years: pd.DataFrame


@styled
def draw(found: Mapping[str, pd.DataFrame] | str, about: About, *, names: Mapping[str, str]) -> Chart:
    """Draw a panel a code, one under the other, on one scale.

    Parameters
    ----------
    found : the tables `trend`, `smooth`, `placebo`, `events` and `claims`; or why there are none.
    about : for the footer.
    names : code -> name to print.
    """
    if isinstance(found, str):
        return _nothing(found, about)
    panels = list(_panels(found, names))
    events = found["events"].drop_duplicates(["date", "label"]).sort_values(["date", "label"])
    at = [_decimal(day) for day in events["date"]]
    first, last = (float(end) for end in (found["smooth"]["time"].min(), found["smooth"]["time"].max()))
    span = (int(first), int(last) + 1)
    inches = WIDTH * (RIGHT - LEFT) / (span[1] - span[0])
    labels = [shorten(label, LONGEST) for label in events["label"]]
    placed = label_rows([(x - span[0]) * inches for x in at], [len(label) * LETTER + 0.1 for label in labels], wide=WIDTH * (RIGHT - LEFT))
    rows = max((row for row, _ in placed), default=-1) + 1
    height = rows * ROW + (HEAD + PLOT + FOOT) * len(panels) - FOOT
    has_gold = (found["smooth"]["estimator"] == "corrected").any()
    figure, area = framed(
        "What changes over time", (CORRECTED if has_gold else NAIVE) + PLACEBO, about, height=height + 0.1, below=(INTERVAL,)
    )
    total = figure.get_figheight()
    ceiling = 1.08 * max(
        float(found["smooth"]["estimate"].max()), float(found["smooth"]["high"].quantile(MOST_OF_BANDS)),
        float(found["placebo"][["share", "high"]].max().max()), 0.02,
    )  # fmt: skip
    top = area[1] + area[3] - 0.05 / total
    labels_end = top - rows * ROW / total
    for k, panel in enumerate(panels):
        bottom = labels_end - ((HEAD + PLOT + FOOT) * (k + 1) - FOOT) / total
        axes = figure.add_axes((LEFT, bottom, RIGHT - LEFT, PLOT / total))
        _panel(axes, panel, ceiling=ceiling, span=span)
        for x in at:
            axes.axvline(x, color=GREY, linewidth=0.6, alpha=0.7, zorder=1)
        above = bottom + PLOT / total
        figure.text(LEFT, above + 0.36 / total, panel.name, fontsize=11, fontweight="bold", color=_colour(panel.code), va="bottom")
        said = "\n".join(textwrap.wrap(panel.said, 148, break_on_hyphens=False))
        figure.text(LEFT, above + 0.07 / total, said, fontsize=8, color=INK, va="bottom", linespacing=1.2)
    _events(figure, labels, [LEFT + (x - span[0]) * inches / WIDTH for x in at], placed, ends=(top, labels_end, total))
    return Chart(figure, _numbers(panels, events))


def label_rows(at: Sequence[float], widths: Sequence[float], *, wide: float) -> list[tuple[int, bool]]:
    """Return for each label its row, from above, and whether it ends at its place instead of beginning there; no two of a row overlap.

    Parameters
    ----------
    at : where each stands, in order, from the left.
    widths : of the labels, in the same unit.
    wide : the room.

    >>> label_rows([0, 1, 5], [2, 2, 2], wide=6)
    [(0, False), (1, False), (0, True)]
    """
    taken: list[float] = []
    rows = []
    for x, width in zip(at, widths, strict=True):
        ends = x + width > wide and x > width
        begin = x - width if ends else x
        row = next((k for k, end in enumerate(taken) if end <= begin), len(taken))
        taken[row : row + 1] = [begin + width]
        rows.append((row, ends))
    return rows


def _events(
    figure: Any, labels: Sequence[str], at: Sequence[float], placed: Sequence[tuple[int, bool]], *, ends: tuple[float, float, float]
) -> None:
    """Write the labels over the panels, each with a thin line down to the first."""
    from matplotlib.lines import Line2D

    top, bottom, total = ends
    for label, x, (row, right) in zip(labels, at, placed, strict=True):
        y = top - (row + 0.5) * ROW / total
        figure.add_artist(Line2D([x, x], [bottom - 0.02 / total, y + 0.05 / total], color=GREY, linewidth=0.6, alpha=0.7, zorder=1))
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        side, aside = ("right", -ASIDE) if right else ("left", ASIDE)
        figure.text(x + aside / WIDTH, y, label, fontsize=LABEL, color=GREY, va="center", ha=side, bbox=box, zorder=3)


def _panels(found: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> Any:
    said = found["claims"].set_index("code")["sentence"]
    for code in said.index:
        smooth, years = (table[table["code"] == code] for table in (found["smooth"], found["placebo"]))
        yield _Panel(code, names[code], said[code], smooth, years)


def _panel(axes: Any, panel: _Panel, *, ceiling: float, span: tuple[int, int]) -> None:
    """Draw one code: the corrected share where there is one, with the naive one thin beside it; else the naive one."""
    from matplotlib.ticker import MaxNLocator

    colour = _colour(panel.code)
    best = "corrected" if (panel.smooth["estimator"] == "corrected").any() else "naive"
    for estimator, rows in panel.smooth.groupby("estimator", sort=False):
        shown = [rows[column].to_numpy(dtype=float) for column in ("time", "low", "high", "estimate")]
        if estimator == best:
            axes.fill_between(*shown[:3], color=colour, alpha=0.18, linewidth=0, zorder=2)
            axes.plot(shown[0], shown[3], color=colour, linewidth=2, zorder=4)
        else:
            axes.plot(shown[0], shown[3], color=colour, linewidth=1, linestyle=(0, (4, 2)), zorder=3)
    years = panel.years[panel.years["estimator"] == best]
    for year, low, high in zip(years["period"].astype(int), years["low"], years["high"], strict=True):
        axes.fill_between([year, year + 1], [low, low], [high, high], color=PALE, alpha=0.75, linewidth=0, zorder=1)
    middle = years["period"].astype(int) + 0.5
    axes.plot(middle, years["share"], linestyle="none", marker="o", markersize=4, color=colour, zorder=5, clip_on=False)
    axes.set_xlim(*span)
    axes.set_ylim(0, ceiling)
    step = max(1, -(-(span[1] - span[0]) // 16))
    ticks = range(span[0], span[1], step)
    axes.set_xticks([year + 0.5 for year in ticks], [str(year) for year in ticks], fontsize=8)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
    axes.tick_params(length=0, labelsize=8)
    axes.grid(axis="x", visible=False)


def _nothing(why: str, about: About) -> Chart:
    """Return a figure that says why there is no trend."""
    import pandas as pd

    figure, area = framed("What changes over time", "No trend can be shown.", about, height=1.0)
    for k, line in enumerate(textwrap.wrap(why, 110)):
        figure.text(0.5, area[1] + area[3] * (0.7 - 0.2 * k), line, ha="center", va="center", color=GREY)
    return Chart(figure, pd.DataFrame(columns=["what", "code", "estimator", "at", "estimate", "low", "high"]))


def _numbers(panels: Sequence[_Panel], events: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn, a row a mark: points of the curves, shares of years with their placebo bands, events."""
    import pandas as pd

    columns = ["what", "code", "estimator", "at", "estimate", "low", "high"]
    parts = [panel.smooth.rename(columns={"time": "at"}).assign(what="smooth") for panel in panels]
    parts += [panel.years.rename(columns={"period": "at", "share": "estimate"}).assign(what="year, placebo band") for panel in panels]
    parts.append(pd.DataFrame({"what": "event", "code": events["label"], "at": events["date"].dt.strftime("%Y-%m-%d")}))
    return pd.concat([part.reindex(columns=columns).astype(object) for part in parts], ignore_index=True)


def _colour(code: str) -> str:
    return COLOURS.get(code, INK)


def _decimal(day: pd.Timestamp) -> float:
    return float(day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365))
