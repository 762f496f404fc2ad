"""A figure that says why there is nothing to show."""

from __future__ import annotations

import textwrap

from discourse.chart.theme import GREY, About, Chart, framed, styled

__all__ = ["nothing"]


@styled
def nothing(title: str, why: str, about: About, *, below: tuple[str, ...] = ()) -> Chart:
    """Return a chart without marks.

    Parameters
    ----------
    title : of the figure.
    why : a sentence or two.
    about : for the footer.
    below : what the footer says of this chart.
    """
    import pandas as pd

    lines = textwrap.wrap(why, 96, break_on_hyphens=False)
    figure, area = framed(title, "There is nothing to show.", about, height=0.5 + 0.24 * len(lines), below=below)
    for k, line in enumerate(lines):
        y = area[1] + area[3] - (0.25 + 0.24 * k) / figure.get_figheight()
        figure.text(0.5, y, line, ha="center", va="center", fontsize=10.5, color=GREY)
    return Chart(figure, pd.DataFrame(columns=["mark", "behind", "estimate", "n"]), title, f"{title}. The figure is empty: {why}")
