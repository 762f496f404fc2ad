"""A figure that says why there is nothing to draw, and what to do about it."""

from __future__ import annotations

import textwrap

from discourse.chart.marks import together
from discourse.chart.theme import INK, About, Chart, framed

__all__ = ["nothing"]

WIDE = 100  # letters of a line


def nothing(title: str, why: str, about: About) -> Chart:
    """Return a figure without marks.

    Parameters
    ----------
    title : that the figure would have.
    why : there is nothing, and what to do, in a sentence or two.
    about : for the footer.
    """
    lines = textwrap.wrap(why, WIDE, break_on_hyphens=False)
    figure, area = framed(title, "There is nothing to draw yet.", about, height=0.6 + 0.22 * len(lines))
    figure.text(0.06, area[1] + area[3] / 2, "\n".join(lines), va="center", fontsize=10.5, color=INK, linespacing=1.4)
    return Chart(figure, together(), title, f"No chart: {why}")
