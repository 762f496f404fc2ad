"""The figure of ratios: one row a work, on a logarithmic axis, to the right where discourse is quicker than its peer."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from discourse.chart.theme import ACCENT, GREY, INK

ORANGE = "#d55e00"
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


def told(ratio):
    """Return a ratio in words of two or three figures.

    >>> told(13.4), told(3.0), told(0.444)
    ('13', '3.0', '0.44')
    """
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def draw(rows, file):
    """Draw the rows that have a ratio; the same rows give the same file."""
    mpl.rcParams.update({"svg.hashsalt": "ratios", "svg.fonttype": "none"})
    rows = [row for row in rows if row.ratio]
    figure = Figure(figsize=(9, 1.2 + 0.32 * len(rows)), layout="constrained")
    axes = figure.subplots()
    places = range(len(rows), 0, -1)
    for place, row in zip(places, rows, strict=True):
        colour = ACCENT if row.ratio >= 1 else ORANGE
        axes.plot([1, row.ratio], [place, place], color=colour, linewidth=2)
        axes.plot([row.ratio], [place], "o", color=colour, markersize=7)
        quicker = row.ratio >= 1
        axes.annotate(
            told(row.ratio), (row.ratio, place), (8 if quicker else -8, 0), textcoords="offset points", va="center",
            ha="left" if quicker else "right", color=INK, fontsize=9,
        )  # fmt: skip
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.set_xscale("log")
    values = [1.0, *(row.ratio for row in rows)]
    low, high = min(values) / 2.2, max(values) * 2.2
    axes.set(
        xlim=(low, high), ylim=(0.4, len(rows) + 0.6), yticks=list(places), yticklabels=[f"{row.work} · {row.peer}" for row in rows],
        xticks=[tick for tick in TICKS if low <= tick <= high], xlabel="times as fast as the peer (logarithmic)",
    )  # fmt: skip
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="x", color=GREY, alpha=0.2, linewidth=0.6)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.savefig(file, metadata={"Date": None, "Creator": None})
