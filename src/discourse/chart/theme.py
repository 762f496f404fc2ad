"""How every figure looks, in one place: colours, type, the frame with its title, its caption and its footer.

Colours are those of Okabe and Ito (2008), which colour-blind readers can tell apart; they differ in lightness, so they hold in grey.
Hangul comes from NanumGothic, taken as a file out of an installed package.
"""

from __future__ import annotations

import importlib.util
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = [
    "ACCENT", "COLOURS", "GREY", "INK", "INKS", "INTERVAL", "PALE", "WIDTH", "About", "Chart", "families", "framed", "hangul_font", "many",
    "percent", "shorten", "stamped", "style", "styled",
]  # fmt: skip

INK, GREY, PALE = "#1f2430", "#6b7280", "#d8dce3"
ACCENT = "#0072b2"
INKS = {"cyber_optimist": "#00785a", "cyber_pessimist": "#b04a00", "rights_norm": "#0072b2"}  # for text: 4.5 to 1 on white
COLOURS = {"cyber_optimist": "#009e73", "cyber_pessimist": "#d55e00", "rights_norm": "#0072b2"}
LABEL_COLOURS = {
    "PERSON": "#cc79a7", "ORG": "#0072b2", "GPE": "#009e73", "LOC": "#56b4e9",
    "NORP": "#e69f00", "LAW": "#1f2430", "PRODUCT": "#d55e00", "EVENT": "#8a8f98",
}  # fmt: skip
WIDTH = 10.0
INTERVAL = (
    "The interval reads these posts as a draw of what the blog might as well have published: it says how far the share would move with "
    "other posts of the kind. If these very posts are all that matters, a naive share has no sampling error, only the tagger's errors, "
    "which its interval does not show; a corrected one has an interval that is a little too wide."
)
FONT_PACKAGE = "koreanize_matplotlib"
P = ParamSpec("P")


class Chart(NamedTuple):
    """A drawn figure, the numbers in it, one row a mark (`marks.marked`), its title, and what it shows in words, made from the numbers."""

    figure: Figure
    numbers: pd.DataFrame
    title: str = ""
    alt: str = ""


@dataclass(frozen=True)
class About:
    """What the caption of every figure of a corpus must say; `corrected_with` is said in place of `made_with` of corrected shares."""

    corpus: str
    n_posts: int
    n_sentences: int
    span: str
    left_out: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    made_with: str = ""
    corrected_with: str = ""

    def of_corrected(self) -> About:
        """Return what a figure of corrected shares must say."""
        return replace(self, made_with=self.corrected_with or self.made_with)

    def denominator(self) -> str:
        """Return what was counted and what was left out, in a sentence or two."""
        counted = f"{self.corpus}, {self.span}. Counted: {many(self.n_posts, 'post')} with {many(self.n_sentences, 'sentence')}."
        out = "; ".join(f"{n:,} {reason}" for reason, n in self.left_out.items())
        return counted + (f" Left out: {out}." if out else "")


@cache
def hangul_font() -> Path | None:
    """Return the font file with Hangul that an installed package holds; the package itself is never imported."""
    found = importlib.util.find_spec(FONT_PACKAGE)
    folders = list(found.submodule_search_locations or []) if found else []
    return next((file for folder in folders for file in sorted(Path(folder).rglob("NanumGothic.ttf"))), None)


@cache
def _with_hangul() -> list[str]:
    """Make the font with Hangul known to matplotlib, and return its name when there is one."""
    from matplotlib.font_manager import fontManager

    font = hangul_font()
    if font is None:
        return []
    for file, weight in ((font, 400), (font.with_name("NanumGothicBold.ttf"), 700)):
        fontManager.addfont(str(file))
        fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], weight=weight)  # its bold calls itself semibold; matplotlib would warn
    return ["NanumGothic"]


def families() -> list[str]:
    """Return the fonts of a figure: each sign comes from the first that has it."""
    return ["DejaVu Sans", *_with_hangul()]


@contextmanager
def style() -> Iterator[None]:
    """Draw within the house style."""
    import matplotlib as mpl

    settings: Any = {
        "font.family": families(), "font.size": 10, "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": PALE,
        "xtick.color": GREY, "ytick.color": GREY, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
        "grid.color": PALE, "grid.linewidth": 0.6, "axes.axisbelow": True, "axes.titlesize": 11, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "figure.facecolor": "white", "savefig.facecolor": "white", "svg.fonttype": "none",
        "svg.hashsalt": "discourse", "axes.unicode_minus": False, "text.parse_math": False,
    }  # fmt: skip
    with mpl.rc_context(settings):
        yield


def styled(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Return a chart's function that draws within the house style."""

    @wraps(draw)
    def within(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with style():
            return draw(*args, **kwargs)

    return within


def framed(
    title: str, reading: str, about: About, *, height: float, below: tuple[str, ...] = ()
) -> tuple[Figure, tuple[float, float, float, float]]:
    """Return a figure with title, reading aid and footer, and the area left for axes (left, bottom, width, height).

    Parameters
    ----------
    title : what is shown; no claim that was not tested.
    reading : how to read the marks, in a sentence or two.
    about : what the footer says of the corpus.
    height : of the axes' area, in inches.
    below : what the footer says of this chart, before what it says of the corpus.
    """
    from matplotlib.figure import Figure

    notices = [*about.notices, about.made_with]
    footer = [part for text in (*below, about.denominator(), *notices) if text for part in textwrap.wrap(text, 150, break_on_hyphens=False)]
    reading_lines = textwrap.wrap(reading, 128, break_on_hyphens=False)
    line, top, bottom = 0.17, 0.62 + 0.19 * len(reading_lines), 0.55 + 0.17 * (len(footer) + 1)  # the last line is the figure's id
    total = height + top + bottom
    figure = Figure(figsize=(WIDTH, total))
    figure.text(0.02, 1 - 0.18 / total, title, fontsize=14, fontweight="bold", va="top")
    figure.text(0.02, 1 - 0.50 / total, "\n".join(reading_lines), fontsize=9.5, color=GREY, va="top", linespacing=1.35)
    for k, text in enumerate(reversed(footer), start=1):
        figure.text(0.02, (0.12 + line * k) / total, text, fontsize=7.5, color=GREY, va="bottom")
    return figure, (0.02, bottom / total, 0.96, height / total)


def stamped(figure: Figure, text: str) -> None:
    """Print a line at the foot of a figure that `framed` made: what it is known by."""
    figure.text(0.02, 0.12 / figure.get_figheight(), text, fontsize=7.5, color=INK, va="bottom", fontweight="bold", gid="figure-id")


def many(n: int, thing: str, *, plural: str | None = None) -> str:
    """Return a count with its noun.

    >>> many(1, "post"), many(2000, "post"), many(2, "category", plural="categories")
    ('1 post', '2,000 posts', '2 categories')
    """
    return f"{n:,} {thing if n == 1 else plural or thing + 's'}"


def percent(share: float) -> str:
    """Return a share in 0-1 as a percentage for a cell.

    >>> percent(0.126), percent(0.004), percent(0.0002), percent(0)
    ('13%', '0.4%', '<0.1%', '0%')
    """
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share:.1%}" if 0 < share < 0.01 else f"{share:.0%}"


def shorten(name: str, longest: int) -> str:
    """Return a name that fits, cut with an ellipsis.

    >>> shorten("Surveillance", 20), shorten("Surveillance", 6)
    ('Surveillance', 'Surve…')
    """
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
