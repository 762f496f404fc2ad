"""Themes over time: a small panel a theme, the largest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.periods import along, depth, kind_of, spans, under, unprinted
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted, inches
from discourse.chart.said import exact, on_percent, short, with_interval
from discourse.chart.theme import ACCENT, GREY, INK, INTERVAL, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

TITLE = "Themes over time"
READING = (
    "Share of each {0}'s sentences that touch a theme, as the tagger finds it, with 95% intervals over posts (upright lines); above each "
    "panel the share of all sentences. The largest theme first; the panels of one row have one scale, which may differ from that of "
    "another row. A sentence may touch several themes. Whether a share changed was not tested here. "
)
COLUMNS = ["code", "measure", "period", "category", "estimator", "estimate", "low", "high", "n", "denominator", "n_posts"]
KEYS = ["code", "measure", "period", "category"]
ACROSS, MOST = 3, 24  # panels side by side, and in all
LEFT, GAP = 0.45, 0.42  # inches before the first panel, and between panels
HEAD, PLOT, FOOT = 0.42, 0.95, 0.3  # heights in inches: above a panel, a panel, below it


@styled
def draw(estimates: pd.DataFrame, whole: pd.DataFrame, about: About, *, themes: Mapping[str, str], fewest: tuple[int, int]) -> Chart:
    """Draw small multiples of the naive share of each theme.

    Parameters
    ----------
    estimates : rows of the table `estimates`, by year, quarter or month, and of one category at most.
    whole : rows of it over all periods.
    about : for the footer.
    themes : code -> name to print.
    fewest : posts and sentences that a period needs to be shown.
    """
    rows, overall = (
        table[(table["measure"] == "share") & (table["estimator"] == "naive") & table["code"].isin(themes)] for table in (estimates, whole)
    )
    rows = rows[rows["period"] != ""]
    known = overall[overall["estimate"].notna()].set_index("code")
    if rows["estimate"].isna().all() or known.empty:
        return nothing(TITLE, _why(themes, rows, fewest), about)
    order = sorted(known.index, key=lambda code: (-known.loc[code, "estimate"], code))[:MOST]
    rows = rows[rows["code"].isin(order)]
    periods = along(rows["period"].unique().tolist())
    wide = (10 * 0.96 - LEFT - GAP * (ACROSS - 1)) / ACROSS
    counts = dict(zip(rows["period"], rows["denominator"].astype(int), strict=True))
    lines = -(-len(order) // ACROSS)
    height = (HEAD + PLOT + FOOT) * lines - FOOT + depth(periods, counts, wide=wide)
    figure, area = framed(TITLE, _reading(rows, periods, fewest, wide, (len(order), len(known))), about, height=height, below=(INTERVAL,))
    numbers = _numbers(known.loc[order].reset_index(), rows)
    sheet = Sheet(figure, area)
    for k, code in enumerate(order):
        own = numbers[numbers["code"] == code]
        line, column = divmod(k, ACROSS)
        left, top = LEFT + column * (wide + GAP), line * (HEAD + PLOT + FOOT)
        sheet.text(
            left, top + 0.17, fitted(themes[code], size=10, wide=wide, bold=True), fontsize=10, fontweight="bold", color=INK, va="center"
        )
        over_all = with_interval(known.loc[code])
        sheet.text(left, top + 0.33, over_all, fontsize=8.5, color=GREY, va="center")
        for mark in own.loc[own["period"] == "", "mark"]:
            sheet.here(mark, (left, left + inches(over_all, size=8.5)), (top + 0.25, top + 0.41))
        axes = sheet.axes(left, top + HEAD, wide, PLOT)
        beside = rows[rows["code"].isin(order[line * ACROSS : (line + 1) * ACROSS])]
        axes.set_ylim(0, 1.08 * max(float(beside[["estimate", "high"]].astype(float).max().max()), 0.005))
        on_percent(axes.yaxis, ticks=4)
        axes.tick_params(length=0, labelsize=9)
        lowest = k + ACROSS >= len(order)
        under(axes, periods, counts if lowest else None, wide=wide, lead=column == 0)
        _curve(axes, own[own["period"] != ""], periods, wide)
    return Chart(figure, numbers, TITLE, _alt(rows, known, {code: themes[code] for code in order}))


def _numbers(whole: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the shares over all periods and those of each, theme by theme in the order of the first."""
    order = {code: k for k, code in enumerate(whole["code"])}
    rows = rows[rows["estimate"].notna() | (rows["code"] == whole["code"].iloc[0])]  # where there is no share, n is printed once
    drawn = rows.assign(_order=rows["code"].map(order)).sort_values(["_order", "period"])
    return together(*(marked(part.reindex(columns=COLUMNS), behind="sentences", keys=KEYS) for part in (whole, drawn)))


def _why(themes: Mapping[str, str], rows: pd.DataFrame, fewest: tuple[int, int]) -> str:
    if not themes:
        return "There is no theme among the codes: the codebook has none, or none was asked for."
    if rows.empty:
        return "No post that counts has a date."
    return f"No {kind_of(rows['period'].iloc[0])} has {fewest[0]} posts and {fewest[1]} sentences."


def _reading(rows: pd.DataFrame, periods: list[str], fewest: tuple[int, int], wide: float, shown: tuple[int, int]) -> str:
    kind = kind_of(periods[0])
    counts = rows.drop_duplicates("period")["denominator"].astype(int)
    reading = READING.format(kind)
    if unprinted(periods, wide=wide):
        reading += f"In each {kind} {short(int(counts.min()))} to {short(int(counts.max()))} sentences were counted."
    else:
        reading += "Below the lowest panels (n): sentences counted."
    if omitted := sorted(rows.loc[rows["estimate"].isna(), "period"].unique()):
        reading += f" Not shown, as of fewer than {fewest[0]} posts or {fewest[1]} sentences: {spans(omitted, periods)}."
    if shown[0] < shown[1]:
        reading += f" Shown: the {shown[0]} largest of {shown[1]} themes."
    return reading


def _curve(axes: Any, rows: pd.DataFrame, periods: list[str], wide: float) -> None:
    """Draw the share of one theme; a period without one breaks the line."""
    part = rows.set_index("period").reindex(periods)
    low, high, y = (part[name].to_numpy(dtype=float) for name in ("low", "high", "estimate"))
    scale = min(wide / len(periods) / 0.2, 1.0)
    x = range(len(periods))
    axes.vlines(x, low, high, color=ACCENT, linewidth=max(4 * scale, 0.8), alpha=0.35, zorder=2)
    axes.plot(x, y, color=ACCENT, linewidth=max(1.5 * scale, 0.6), marker="o", markersize=max(4 * scale, 1.5), zorder=3, clip_on=False)
    here(axes, part["mark"], x, y)


def _alt(rows: pd.DataFrame, known: pd.DataFrame, themes: Mapping[str, str]) -> str:
    """Return what the panels show, in words: the largest and the smallest theme, and how the three largest run."""
    kind = kind_of(rows["period"].iloc[0])
    codes = list(themes)
    parts = [f"{many(len(codes), 'small panel')} of shares of sentences by {kind}, with 95% intervals."]
    whole = known.reset_index().to_dict("records")
    ends = {row["code"]: f"{themes[row['code']]} with {with_interval(row)}" for row in whole if row["code"] in themes}
    rest = f", the smallest {ends[codes[-1]]}" if len(codes) > 1 else ""
    parts.append(f"Over all, the largest is {ends[codes[0]]}{rest}.")
    for code in codes[:3]:
        ran = rows[(rows["code"] == code) & rows["estimate"].notna()].sort_values("period").to_dict("records")
        if not ran:
            continue
        least, most = (end(ran, key=lambda row: (row["estimate"], row["period"])) for end in (min, max))
        parts.append(
            f"{themes[code]}: {with_interval(ran[0])} in {ran[0]['period']}, {with_interval(ran[-1])} in {ran[-1]['period']}, between "
            f"{exact(least['estimate'])} ({least['period']}) and {exact(most['estimate'])} ({most['period']})."
        )
    return " ".join(parts)
