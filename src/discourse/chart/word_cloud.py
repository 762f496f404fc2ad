"""Word clouds, in both scripts: the words of the corpus, a first look and no measurement; and the words that mark two groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.marking import Marking, names_left_out
from discourse.chart.marks import distinct, marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.theme import ACCENT, GREY, INK, About, Chart, framed, hangul_font, many, shorten, styled
from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "SIZES", "draw", "draw_groups"]

MOST = 150
SEED = 7
WORD_ID = "cloud-word"
PIXELS = 200  # of an inch
SMALLEST = 9.5  # points of type; a word for which there is no room so large is not drawn
READING = (
    "The {n} words {used} (stop words left out), larger when {larger}; of words used alike there may be more. Colour and place mean "
    "nothing. A cloud shows what is talked about, not what is said of it, and measures nothing: it has no intervals."
)
SIZES = {"z": "the more evidence marks it (z of the log-odds)", "n": "the more often its group uses it"}
MARKING = (
    "Words that mark either group against the other (stop words left out), larger {size}; sizes compare within a cloud only. Bold and in "
    "colour: the rates differ by the 95% interval over posts (with so many words, some do by chance). Thin and grey: they may be the same."
)


class _Look(NamedTuple):
    colour: str
    bold: bool


class _Word(NamedTuple):
    """Where a word begins on its baseline, its size in points, and the ends of its ink; in inches from the lower left of the room."""

    x: float
    y: float
    points: float
    across: tuple[float, float]
    up: tuple[float, float]


@styled
def draw(table: pd.DataFrame, about: About, *, unit: str = "post", n_private: int = 0, why: str = "No words to show.") -> Chart:
    """Draw the words that most posts use; in a corpus of few posts, the words used most often.

    Parameters
    ----------
    table : a row a word, the largest first: `word`, `n` uses, `n_posts` that use it, and what it is restricted to (`category`).
    about : for the footer.
    unit : what the sizes count, `post` or `use`.
    n_private : how many words were left out as names of private persons.
    why : what to say where there are none.
    """
    title = "The words of the corpus"
    if table.empty:
        return nothing(title, why, about)
    by_post = unit == "post"
    size = "n_posts" if by_post else "n"
    looks = {word: _Look(INK if sum(map(ord, word)) % 2 else ACCENT, bold=False) for word in table["word"]}
    high = 4.8
    placed = _placed(dict(zip(table["word"], table[size], strict=True)), wide=9.6, high=high)
    shown = table[table["word"].isin(placed)].reset_index(drop=True)
    reading = READING.format(
        n=len(shown), used="used in most posts" if by_post else "used most often", larger="in more posts" if by_post else "used more"
    )
    figure, area = framed(title, reading, about, height=high, below=(names_left_out(n_private),))
    numbers = marked(shown.assign(unit=unit), behind="word", keys=["word", "category"] if "category" in shown else ["word"])
    _draw_words(figure.add_axes(area), numbers, placed, looks, wide=9.6, high=high)
    first = [f"{word} ({many(n, unit)})" for word, n in zip(shown["word"].head(10), shown[size].head(10), strict=True)]
    larger = "in more posts" if by_post else "used more"
    alt = f"Word cloud of {many(len(shown), 'word')} of {about.corpus}, {about.span}, larger when {larger}. "
    return Chart(figure, numbers, title, f"{alt}The largest are {', '.join(first)}. It measures nothing.")


@styled
def draw_groups(marking: Marking, about: About, *, size: str = "z", most: int = MOST // 2) -> Chart:
    """Draw side by side the words that mark two groups against each other.

    Parameters
    ----------
    marking : the words, and what was compared.
    about : for the footer.
    size : of the words, `z` or `n`.
    most : so many words of each group.

    Raises
    ------
    InputError : there is no such size of words.
    """
    if size not in SIZES:
        raise InputError(f"There is no size of words {size!r}.{did_you_mean(size, SIZES)}")
    if marking.table.empty:
        return nothing(marking.title, " ".join(marking.said) or "No words to show.", about)
    high, wide = 4.6, 4.75
    sides, left_out = marking.sides(most=most, size=size)
    below = (*marking.said, left_out)
    figure, (left, bottom, width, height) = framed(marking.title, MARKING.format(size=SIZES[size]), about, height=high, below=below)
    clouds = [_placed(dict(zip(words["word"], words["size"], strict=True)), wide=wide, high=high * 0.93, bold=True) for words in sides]
    parts = distinct(*(_numbers(words, placed) for words, placed in zip(sides, clouds, strict=True)))
    for k, (words, placed, name, colour) in enumerate(zip(parts, clouds, marking.groups, marking.colours, strict=True)):
        axes = figure.add_axes((left + k * (width - wide / 10), bottom, wide / 10, height * 0.93))
        axes.set_title(shorten(name, 60), color=colour)
        axes.set_axis_off()
        if words.empty:
            axes.text(0.5, 0.5, "No words to show.", transform=axes.transAxes, ha="center")
            continue
        looks = {word: _Look(colour if sure else GREY, bold=bool(sure)) for word, sure in zip(words["word"], words["is_sure"], strict=True)}
        _draw_words(axes, words, placed, looks, wide=wide, high=high * 0.93)
    numbers = together(*parts)
    return Chart(figure, numbers, marking.title, _alt(numbers, marking, about))


def _numbers(words: pd.DataFrame, placed: Mapping[str, _Word]) -> pd.DataFrame:
    """Return the words of a group that found room, and whether the rates are sure to differ."""
    shown = words[words["word"].isin(placed)].drop(columns="size")
    return marked(shown.assign(is_sure=(shown["low"] > 0) | (shown["high"] < 0)), behind="word", keys=["marks", "word"])


def _alt(numbers: pd.DataFrame, marking: Marking, about: About) -> str:
    said = [f"{marking.title}. Two word clouds of {about.corpus}, {about.span}."]
    for k, name in enumerate(marking.groups):
        own = numbers[numbers["marks"] == name]
        words = [
            f"{word} ({first} : {second})" for word, first, second in own[["word", "n_first", "n_second"]].head(5).itertuples(index=False)
        ]
        sure = int(own["is_sure"].astype(bool).sum())
        if words:
            said.append(
                f"{many(len(own), 'word')} mark{'s' * (len(own) == 1)} {name}, {sure} of them with an interval that excludes equal rates; "
                f"the largest, with uses in {' : '.join(marking.groups)}: {', '.join(words)}."
                if k == 0
                else f"{many(len(own), 'word')} mark{'s' * (len(own) == 1)} {name}, {sure} of them so; the largest: {', '.join(words)}."
            )
    return " ".join(said)


def _placed(sizes: Mapping[str, float], *, wide: float, high: float, bold: bool = False) -> dict[str, _Word]:
    """Return where each word stands: words that find no room are left out.

    Parameters
    ----------
    sizes : word -> how large it is to be, the largest first.
    wide, high : the room, in inches.
    bold : leave room for bold type.
    """
    from PIL import ImageFont
    from wordcloud import WordCloud

    if not sizes:
        return {}
    font = _font(bold=bold)
    cloud = WordCloud(
        width=round(wide * PIXELS), height=round(high * PIXELS), random_state=SEED, prefer_horizontal=1.0, relative_scaling=0.6,
        font_path=font, margin=16, min_font_size=round(SMALLEST / 72 * PIXELS), max_words=len(sizes),
    )  # fmt: skip
    found = {}
    for (word, _), pixels, (down, along), *_ in cloud.generate_from_frequencies(sizes).layout_:
        left, top, right, bottom = ImageFont.truetype(font, pixels).getbbox(word, anchor="ls")  # of the ink, from where the baseline begins
        x, y = (int(along) - left) / PIXELS, high - (int(down) - top) / PIXELS
        across, up = (x + left / PIXELS, x + right / PIXELS), (y - bottom / PIXELS, y - top / PIXELS)
        found[word] = _Word(x, y, pixels / PIXELS * 72, across, up)
    return found


def _font(*, bold: bool) -> str:
    """Return the font file of clouds; without the one that holds Hangul, matplotlib's own."""
    from matplotlib.font_manager import FontProperties, findfont

    family = "NanumGothic" if hangul_font() else "DejaVu Sans"
    return str(findfont(FontProperties(family=[family], weight="bold" if bold else "normal")))


def _draw_words(
    axes: Any, rows: pd.DataFrame, placed: Mapping[str, _Word], looks: Mapping[str, _Look], *, wide: float, high: float
) -> None:
    from matplotlib.font_manager import FontProperties

    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(0, high)
    families = ["NanumGothic", "DejaVu Sans"] if hangul_font() else ["DejaVu Sans"]
    for word, (x, y, points, *_) in placed.items():
        font = FontProperties(family=families, size=points, weight="bold" if looks[word].bold else "normal")
        axes.text(x, y, word, fontproperties=font, color=looks[word].colour, ha="left", va="baseline", gid=WORD_ID)
    here(axes, rows["mark"], [placed[word].across for word in rows["word"]], [placed[word].up for word in rows["word"]])
