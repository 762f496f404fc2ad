"""Themes by category: what each category of the blog writes about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted, inches
from discourse.chart.said import with_interval
from discourse.chart.theme import INK, INTERVAL, About, Chart, framed, many, percent, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

TITLE = "Themes by category"
READING = (
    "Share of a category's sentences that touch each theme, as the tagger finds it, and its 95% interval in per cent; darker is more. "
    "After each category: its posts. A sentence may touch several themes, and a post in several categories counts in each. Differences "
    "between cells were not tested."
)
COLUMNS = ["code", "measure", "category", "estimator", "estimate", "low", "high", "n", "denominator", "n_posts"]
NAMES, ROW = 2.35, 0.4  # inches: names of themes, height of a row
WIDEST, MOST_THAT_FIT = 0.62, 20  # inches of a cell, and how many categories have room for their numbers
SIZE, ANGLE = 9.0, 40
DARK = 0.55  # of the largest share: above it text is white


@styled
def draw(estimates: pd.DataFrame, about: About, *, themes: Mapping[str, str], fewest: tuple[int, int], most: int) -> Chart:
    """Draw a heat map of the categories with most posts.

    Parameters
    ----------
    estimates : rows of the table `estimates`, by category.
    about : for the footer.
    themes : code -> name to print.
    fewest : posts and sentences that a category needs to be shown.
    most : so many categories at most.
    """
    naive = estimates[(estimates["measure"] == "share") & (estimates["estimator"] == "naive") & (estimates["category"] != "")]
    chosen = naive[naive["code"].isin(themes) & naive["estimate"].notna()]
    sizes = chosen.groupby("category")["n_posts"].max()
    order = sorted(sizes.index, key=lambda name: (name.startswith("("), -sizes[name], name))
    shown = order[: min(most, MOST_THAT_FIT)]
    if not shown:
        return nothing(TITLE, _why(themes, naive, fewest), about)
    numbers = chosen[chosen["category"].isin(shown)]
    place = {name: k for k, name in enumerate(shown)}
    numbers = numbers.assign(_place=numbers["category"].map(place), _row=numbers["code"].map({code: k for k, code in enumerate(themes)}))
    numbers = marked(numbers.sort_values(["_row", "_place"]), behind="sentences", keys=["code", "measure", "category"])
    labels = [f"{fitted(name, size=SIZE, wide=1.9)} ({int(sizes[name]):,})" for name in shown]
    above = 0.25 + 0.65 * max(inches(label, size=SIZE) for label in labels)  # inches that the slanted labels take
    reading = READING + f" Shown: {len(shown)} of {len(order)} categories with at least {fewest[0]} posts and {fewest[1]} sentences."
    figure, area = framed(TITLE, reading, about, height=above + ROW * len(themes), below=(INTERVAL,))
    sheet = Sheet(figure, area)
    beyond = 0.78 * max(inches(label, size=SIZE) for label in labels)  # inches that the last slanted label reaches to the right
    cell = min((sheet.wide - NAMES - beyond) / len(shown), WIDEST)
    axes = sheet.axes(NAMES, above, cell * len(shown), ROW * len(themes))
    _cells(axes, numbers, cell, (len(themes), len(shown)))
    axes.set_yticks(range(len(themes)), [fitted(name, size=9.5, wide=NAMES - 0.12) for name in themes.values()], fontsize=9.5, color=INK)
    axes.set_xticks(range(len(shown)), labels, rotation=ANGLE, ha="left", rotation_mode="anchor", color=INK, fontsize=SIZE)
    return Chart(figure, numbers[["mark", "behind", *COLUMNS]], TITLE, _alt(numbers, themes))


def _why(themes: Mapping[str, str], naive: pd.DataFrame, fewest: tuple[int, int]) -> str:
    if not themes:
        return "There is no theme among the codes: the codebook has none, or none was asked for."
    return f"No category has {fewest[0]} posts and {fewest[1]} sentences." if len(naive) else "No post that counts is in a category."


def _cells(axes: Any, numbers: pd.DataFrame, cell: float, shape: tuple[int, int]) -> None:
    """Draw the cells, each with its share and, where it fits, its interval below."""
    import numpy as np

    values = np.full(shape, np.nan)
    for row in numbers.to_dict("records"):
        values[row["_row"], row["_place"]] = row["estimate"]
    axes.imshow(values, cmap="Blues", aspect="auto", vmin=0, vmax=max(float(np.nanmax(values)), 0.001))
    here(axes, numbers["mark"], *([(k - 0.5, k + 0.5) for k in numbers[at]] for at in ("_place", "_row")))
    dark = float(np.nanmax(values)) * DARK
    for row in numbers.to_dict("records"):
        style = {"ha": "center", "color": "white" if row["estimate"] > dark else INK}
        x, y, ends = row["_place"], row["_row"], _ends(row)
        axes.text(x, y - (0.17 if ends else 0.0), percent(row["estimate"]), va="center", fontsize=min(8.5, 8.5 * cell / 0.38), **style)
        if ends:
            axes.text(x, y + 0.22, ends, va="center", fontsize=min(7.0, 7.0 * cell / 0.42), **style)
    axes.grid(visible=False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _ends(row: Mapping[Any, Any]) -> str:
    """Return an interval in per cent, as short as can be; nothing where there is none."""
    low, high = row["low"], row["high"]
    if low is None or low != low:
        return ""
    digits = 0 if 100 * high >= 1.95 else 1
    return "–".join(f"{100 * end:.{digits}f}" for end in (low, high))


def _alt(numbers: pd.DataFrame, themes: Mapping[str, str]) -> str:
    """Return what the heat map shows, in words: its size, the largest cells, and the category with most posts."""
    shown = numbers["category"].drop_duplicates().tolist()
    largest = numbers.sort_values(["estimate", "code", "category"], ascending=[False, True, True]).head(3)
    told = [f"{themes[row['code']]} in {row['category']} {with_interval(row)}" for row in largest.to_dict("records")]
    own = numbers[numbers["category"] == shown[0]].sort_values(["estimate", "code"], ascending=[False, True]).iloc[0]
    return (
        f"A heat map of {many(len(themes), 'theme')} in {many(len(shown), 'category', plural='categories')}. The largest shares, with 95% "
        f"intervals: {'; '.join(told)}. In {shown[0]}, the category with most posts ({int(own['n_posts'])}), the largest share is that of "
        f"{themes[own['code']]}: {with_interval(own)}."
    )
