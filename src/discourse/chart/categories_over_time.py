"""Categories over time: how many posts each category has in each period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked
from discourse.chart.nothing import nothing
from discourse.chart.periods import along, kind_of, under
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted, inches
from discourse.chart.said import listed
from discourse.chart.theme import ACCENT, GREY, INK, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

READING = (
    "Posts of each category in each {0}; darker is more. Above: all posts of the {0}. After each category: its posts, whenever they are "
    "from. A post in several categories counts in each. These are counts, not estimates, so they have no interval."
)
COLUMNS = ["measure", "period", "category", "n"]
NAMES, LEFT = 2.45, 2.55  # inches: room for names, and where the cells begin
BARS, GAP, ROW, FOOT = 0.9, 0.12, 0.28, 0.3  # heights in inches: all posts, below them, a row, below the rows
WIDEST = 0.8  # inches of a cell
SIZE = 8.5
LIGHT = 0.15  # of the largest count: how far a cell of one post is from white
DARK = 0.55  # of the largest count: above it text is white


@styled
def draw(counts: pd.DataFrame, about: About, *, most: int) -> Chart:
    """Draw a heat map of the categories with most posts, below bars of all posts.

    Parameters
    ----------
    counts : `period`, `category` and `n` posts, all that count; an empty period is all of them, an empty category is any.
    about : for the footer.
    most : so many categories at most.
    """
    dated = counts[counts["period"] != ""]
    kind = kind_of(dated["period"].iloc[0]) if len(dated) else "year"
    title = f"Posts per category and {kind}"
    sizes = counts[(counts["period"] == "") & (counts["category"] != "")].set_index("category")["n"]
    order = sorted(sizes.index, key=lambda name: (name.startswith("("), -sizes[name], name))
    if dated.empty or not order:
        return nothing(title, "No post that counts has a date." if order else "No post counts.", about)
    shown = order[:most]
    periods = along(dated["period"].unique().tolist())
    sheet_wide = 10 * 0.96 - LEFT
    cell = min(sheet_wide / len(periods), WIDEST)
    wide = cell * len(periods)
    height = BARS + 0.2 + GAP + ROW * len(shown) + FOOT
    figure, area = framed(title, _reading(counts, order, shown, cell), about, height=height)
    sheet = Sheet(figure, area)
    numbers = _numbers(counts, shown)
    within, whole = numbers[numbers["period"] != ""], numbers[numbers["period"] == ""]
    cells, totals = within[within["category"] != ""], within[within["category"] == ""]
    _bars(sheet.axes(LEFT, 0.2, wide, BARS), totals, periods, cell)
    axes = sheet.axes(LEFT, 0.2 + BARS + GAP, wide, ROW * len(shown))
    _cells(axes, cells, (periods, shown), cell)
    labels = [f"{fitted(name, size=9.5, wide=NAMES - 0.5)} ({int(sizes[name]):,})" for name in shown]
    axes.set_yticks(range(len(shown)), labels, fontsize=9.5, color=INK)
    here(axes, whole["mark"], [(-0.5 - NAMES / cell, -0.5)] * len(shown), [(k - 0.5, k + 0.5) for k in range(len(shown))])
    under(axes, periods, None, wide=wide)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    return Chart(figure, numbers, title, _alt(cells, totals, sizes[shown], kind))


def _numbers(counts: pd.DataFrame, shown: list[str]) -> pd.DataFrame:
    """Return the posts of each period, of each category that is shown, and of both; the categories in their order."""
    own = counts[counts["category"].isin([*shown, ""]) & ((counts["period"] != "") | (counts["category"] != ""))]
    place = {name: k for k, name in enumerate(["", *shown])}
    own = own.assign(measure="posts", _order=own["category"].map(place)).sort_values(["_order", "period"])
    return marked(own[COLUMNS], behind="posts", keys=["measure", "period", "category"])


def _reading(counts: pd.DataFrame, order: list[str], shown: list[str], cell: float) -> str:
    kind = kind_of(counts.loc[counts["period"] != "", "period"].iloc[0])
    largest = f"the {len(shown)} with most posts of {len(order)} categories" if len(shown) < len(order) else f"all {len(order)}"
    reading = f"{READING.format(kind)} Shown: {largest}."
    cells = counts[(counts["period"] != "") & counts["category"].isin(shown)]
    if not _fits(int(cells["n"].max()), cell):
        reading += f" The darkest cell is {many(int(cells['n'].max()), 'post')}; white is none."
    everything = int(counts.loc[(counts["period"] == "") & (counts["category"] == ""), "n"].sum())
    inside = int(counts.loc[(counts["period"] != "") & (counts["category"] == ""), "n"].sum())
    if inside < everything:
        reading += f" Of no known {kind}, so in no column: {many(everything - inside, 'post')}."
    return reading


def _fits(n: int, cell: float) -> bool:
    return inches(f"{n:,}", size=SIZE) + 0.04 <= cell


def _bars(axes: Any, totals: pd.DataFrame, periods: list[str], cell: float) -> None:
    """Draw all posts of each period, with their number where it fits."""
    x = [periods.index(period) for period in totals["period"]]
    axes.bar(x, totals["n"], color=ACCENT, width=0.8)
    here(axes, totals["mark"], [(place - 0.4, place + 0.4) for place in x], [(0, n) for n in totals["n"]])
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    most = int(totals["n"].max())
    if _fits(most, cell):
        axes.set_yticks([])
        for place, n in zip(x, totals["n"], strict=True):
            axes.annotate(f"{n:,}", (place, n), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=SIZE, color=GREY)
    else:
        axes.set_yticks([0, most], ["0", f"{most:,}"], fontsize=9)
        axes.tick_params(length=0)
    axes.set_ylim(0, most)
    axes.annotate(
        "all posts", (-0.5, 0), xytext=(-6, 14), textcoords="offset points", ha="right", fontsize=9.5, color=INK, annotation_clip=False
    )


def _cells(axes: Any, cells: pd.DataFrame, shape: tuple[list[str], list[str]], cell: float) -> None:
    """Draw the cells, each with its number where it fits."""
    import numpy as np

    periods, shown = shape
    values = np.zeros((len(shown), len(periods)))
    x, y = [periods.index(period) for period in cells["period"]], [shown.index(name) for name in cells["category"]]
    values[y, x] = cells["n"]
    here(axes, cells["mark"], [(k - 0.5, k + 0.5) for k in x], [(k - 0.5, k + 0.5) for k in y])
    most = float(values.max())
    axes.imshow(np.ma.masked_equal(values, 0), cmap="Blues", aspect="auto", vmin=-LIGHT * most, vmax=most)
    if _fits(int(most), cell):
        for (row, column), n in np.ndenumerate(values):
            if n:
                axes.text(column, row, f"{int(n):,}", ha="center", va="center", fontsize=SIZE, color="white" if n > DARK * most else INK)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _alt(cells: pd.DataFrame, totals: pd.DataFrame, sizes: pd.Series[int], kind: str) -> str:
    """Return what the heat map shows, in words."""
    ran = totals.sort_values("period").to_dict("records")
    most = max(row["n"] for row in ran)
    fullest = listed([row["period"] for row in ran if row["n"] == most], most=3)
    told = [f"{name} {int(n):,}" for name, n in sizes.items()]
    parts = [
        f"A heat map of posts in {many(len(sizes), 'category', plural='categories')} by {kind}, from {ran[0]['period']} to "
        f"{ran[-1]['period']}, under bars of all posts: at most {most:,}, in {fullest}.",
        f"Posts per category: {listed(told, most=15)}.",
    ]
    if len(cells):
        top = cells[cells["n"] == cells["n"].max()].sort_values(["period", "category"]).to_dict("records")
        where = listed([f"{row['category']} in {row['period']}" for row in top], most=3)
        parts.append(f"The darkest cell has {many(int(top[0]['n']), 'post')}: {where}.")
    return " ".join(parts)
