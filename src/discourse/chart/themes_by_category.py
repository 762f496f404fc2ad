"""Themes by category: what each category of the blog writes about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from discourse.chart.theme import GREY, INK, About, Chart, framed, percent, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

MOST_CATEGORIES = 16
READING = (
    "Share of a category's sentences that touch each theme; darker is more. A sentence may touch several themes, and a post in several "
    "categories counts in each. Differences between cells were not tested."
)


@styled
def draw(estimates: pd.DataFrame, about: About, *, themes: Mapping[str, str], fewest: tuple[int, int]) -> Chart:
    """Draw a heat map of the categories with most posts.

    Parameters
    ----------
    estimates : the table `estimates`.
    about : for the footer.
    themes : code -> name to print.
    fewest : posts and sentences that a category needs to be shown.
    """
    import numpy as np

    naive = estimates[(estimates["measure"] == "share") & (estimates["estimator"] == "naive")]
    chosen = naive[(naive["period"] == "") & (naive["category"] != "")]
    chosen = chosen[chosen["code"].isin(themes) & chosen["estimate"].notna()]
    sizes = chosen.groupby("category")["n_posts"].max()
    order = sorted(sizes.index, key=lambda name: (name.startswith("("), -sizes[name], name))
    shown = order[:MOST_CATEGORIES]
    wide = chosen.pivot(index="code", columns="category", values="estimate").reindex(index=list(themes), columns=shown)
    reading = READING + f" Shown: {len(shown)} of {len(order)} categories with at least {fewest[0]} posts and {fewest[1]} sentences."
    labels = [f"{shorten(name, 24)} ({int(sizes[name])})" for name in shown]
    above = 0.3 + 0.055 * max(map(len, labels), default=0)  # inches that the slanted labels take
    figure, area = framed("Themes by category", reading, about, height=above + 0.3 * len(themes))
    axes = figure.add_axes((area[0] + 0.25, area[1], area[2] - 0.33, area[3] - above / figure.get_figheight()))
    values = wide.to_numpy(dtype=float)
    axes.grid(visible=False)
    if values.size:
        axes.imshow(values, cmap="Blues", aspect="auto", vmin=0)
        middle = float(np.nanmax(values)) * 0.55
        for (row, column), value in _cells(values):
            axes.text(column, row, percent(value), ha="center", va="center", fontsize=7, color="white" if value > middle else INK)
    else:
        axes.text(0.5, 0.5, "No category has so many.", transform=axes.transAxes, ha="center", color=GREY)
    axes.set_yticks(range(len(wide.index)), [themes[code] for code in wide.index], color=INK)
    axes.set_xticks(range(len(shown)), labels, rotation=40, ha="left", rotation_mode="anchor", color=INK, fontsize=8.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    columns = ["code", "category", "estimate", "low", "high", "n", "denominator", "n_posts"]
    numbers = chosen[chosen["category"].isin(shown)].sort_values(["code", "category"])
    return Chart(figure, numbers[columns].reset_index(drop=True))


def _cells(values: object) -> list[tuple[tuple[int, int], float]]:
    import numpy as np

    return [((i, j), float(value)) for (i, j), value in np.ndenumerate(np.asarray(values)) if not np.isnan(value)]
