"""Keyness: the words that mark each of two groups, with how many times as often each uses them, and how sure that is."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from discourse.chart.dots import ROW, dots
from discourse.chart.marking import ESTABLISHED, Marking
from discourse.chart.marks import distinct, marked, together
from discourse.chart.nothing import nothing
from discourse.chart.room import fitted
from discourse.chart.theme import About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "draw"]

MOST = 20
PANELS = ((0.14, 0.26), (0.62, 0.26))  # where the axis of either group begins, and how wide it is, of the figure
LABEL = 1.15  # inches of a word
READING = (
    "The words that mark each group against the other by the evidence (z of the log-odds), those with most of it at the top: how many "
    "times as often the group uses each, and the 95% interval over posts. Filled: the rates differ, tested over posts and corrected for "
    "all {n} words (p < .05). Open: they may be the same. To the right: uses in {first} : {second}."
)
MISSING = (
    "A word that one group lacks counts there as half a use; its interval is then wide, and the test, which compares the rates themselves, "
    "may be surer than it looks."
)


@styled
def draw(marking: Marking, about: About, *, most: int = MOST) -> Chart:
    """Draw the words of each group in a panel, the largest evidence at the top.

    Parameters
    ----------
    marking : the words, and what was compared.
    about : for the footer.
    most : so many words of each group.
    """
    if marking.table.empty:
        return nothing(marking.title, " ".join(marking.said) or "No words to show.", about)
    first, second = marking.groups
    found, left_out = marking.sides(most=most)
    sides = distinct(*(marked(side.drop(columns="size"), behind="word", keys=["marks", "word"]) for side in found))
    n = max(len(side) for side in sides)
    reading = READING.format(n=f"{len(marking.table):,}", first=first, second=second)
    below = (*marking.said, MISSING, left_out)
    figure, area = framed(marking.title, reading, about, height=ROW * n + 0.95, below=below)
    total = figure.get_figheight()
    ends = [sign * value for side, sign in zip(sides, (1, -1), strict=True) for value in side[["low", "high"]].to_numpy().ravel()]
    span = (min([0.0, *ends]), max([1.0, *ends]))
    for k, (side, name, (left, wide)) in enumerate(zip(sides, marking.groups, PANELS, strict=True)):
        bottom = area[1] + (0.5 + ROW * (n - len(side))) / total
        axes = figure.add_axes((left, bottom, wide, max(ROW * len(side), ROW) / total))
        axes.set_title(fitted(name, 11, 3.2, bold=True), color=marking.colours[k], x=-LABEL / 10 / wide)
        if side.empty:
            axes.set_axis_off()
            axes.text(0, 0.5, "No words to show.", transform=axes.transAxes)
            continue
        _panel(axes, side, colour=marking.colours[k], marker="os"[k], sign=1 - 2 * k, span=span)
    return Chart(figure, together(*sides), marking.title, _alt(sides, marking, about))


def _panel(axes: Any, side: pd.DataFrame, *, colour: str, marker: str, sign: int, span: tuple[float, float]) -> None:
    """Draw one group; of the second the ratio is below one, and its axis runs the other way."""
    beside = [f"{n_first:,} : {n_second:,}" for n_first, n_second in side[["n_first", "n_second"]].itertuples(index=False)]
    dots(axes, side.assign(
        label=[fitted(word, 9.5, LABEL) for word in side["word"]], beside=beside, colour=colour,
        marker=marker, filled=side["p_posts"] < ESTABLISHED,
    ))  # fmt: skip
    axes.axvline(0, color="#9aa1ad", linewidth=1, zorder=1)
    low, high = span
    axes.set_xlim(sign * low * 1.05, sign * high)
    step = 1 if high - low <= 6 else 2 if high - low <= 11 else 4
    ticks = [k for k in range(-20, 21, step) if low <= k <= floor(high)]
    axes.set_xticks([sign * k for k in ticks], [f"{2**k}×" if k >= 0 else f"1/{2**-k}" for k in ticks])
    axes.set_xlabel("times as often", fontsize=9)


def _alt(sides: list[pd.DataFrame], marking: Marking, about: About) -> str:
    said = [f"{marking.title}. Two panels of dots with 95% intervals over posts, {about.corpus}, {about.span}."]
    for side, name, sign in zip(sides, marking.groups, (1, -1), strict=True):
        sure = int((side["p_posts"] < ESTABLISHED).sum())
        words = []
        for word, ratio, *ends in side[["word", "estimate", "low", "high"]].head(3).itertuples(index=False):
            interval = " to ".join(_times(end) for end in sorted(sign * end for end in ends))
            words.append(f"{word} ({_times(sign * ratio)} times as often, {interval})")
        which = f"; most evidence has {', '.join(words)}" if words else ""
        said.append(f"{name}: {many(len(side), 'word')} shown, {sure} of them with rates shown to differ after correction{which}.")
    return " ".join(said)


def _times(binary: float) -> str:
    """Return a binary log as a ratio.

    >>> _times(3.0), _times(-1.0)
    ('8.0', '0.5')
    """
    return f"{2**binary:,.1f}"
