"""Word clouds, in both scripts: the words of the corpus, a first look and no measurement; and the words that mark two groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import ACCENT, GREY, INK, About, Chart, framed, hangul_font, shorten, styled
from discourse.errors import PipelineError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SIZES", "draw", "draw_groups", "word_counts"]

MOST_WORDS = 150
WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s$")
NOUNS = frozenset(("NNG", "NNP", "SL"))
SEED = 7
FEWEST_POSTS = 20
READING = (
    "The {n} words {used} (stop words left out), larger when {larger}, as far as there is room. Colour and place mean nothing. "
    "A cloud shows what is talked about, not what is said of it."
)
SIZES = {"z": "the more evidence marks it (z of the log-odds)", "n": "the more often its group uses it"}
MARKING = (
    "Words that mark either group against the other (stop words left out), larger {size}; sizes compare within a cloud only. In colour: "
    "the rates differ by the 95 % interval over posts (with so many words, some do by chance). In grey: they may be the same."
)
NUMBERS = ["marks", "word", "n_first", "n_second", "n_posts_first", "n_posts_second", "z", "log_ratio", "low", "high", "p_posts"]


def word_counts(texts: pd.Series[str], *, language: str = "en", once: bool = True) -> Counter[str]:
    """Return word -> number of texts that use it, in lower case, English stop words and single letters left out; of Korean the nouns.

    Parameters
    ----------
    texts : the posts' texts.
    language : of the posts; Korean words carry particles, so they are taken apart by Kiwi (Lee 2024), and nouns alone are counted.
    once : count a word once a text; otherwise every use of it.

    Raises
    ------
    PipelineError : the posts are Korean and the extra `korean` is not installed.

    >>> import pandas as pd
    >>> word_counts(pd.Series(["The phone's network", "A network, 관리소"])).most_common(1)
    [('network', 2)]
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    counts: Counter[str] = Counter()
    for text in texts:
        found = _nouns(text) if language == "ko" else [POSSESSIVE.sub("", word).replace("’", "'") for word in WORD.findall(text.lower())]
        words = set(found) if once else found
        counts.update(w for w in words if len(w) > 1 and w.partition("'")[0] not in STOP_WORDS and not w.endswith("n't"))
    return counts


def _nouns(text: str) -> list[str]:
    """Return the common and proper nouns of a Korean text, of at least two syllables or letters; those written as one are one."""
    nouns: list[str] = []
    end = -1
    for token in _kiwi().tokenize(text):
        if token.tag in NOUNS:
            joined = token.start == end
            nouns.append(nouns.pop() + token.form.lower() if joined else token.form.lower())
            end = token.start + token.len
    return [noun for noun in nouns if len(noun) > 1]


@cache
def _kiwi() -> Any:
    try:
        from kiwipiepy import Kiwi
    except ImportError as error:
        raise PipelineError("Korean words need the extra `korean`; install it with: pip install 'discourse[korean]'") from error
    return Kiwi()


@styled
def draw(posts: pd.DataFrame, about: About) -> Chart:
    """Draw the words that most posts use; in a corpus of fewer than 20 posts, the words used most often.

    Parameters
    ----------
    posts : the posts that count, or all where none does; of several languages the commonest is drawn.
    about : for the footer.
    """
    import pandas as pd

    language = str(posts["language"].mode().iloc[0]) if len(posts) else "en"
    posts = posts[posts["language"] == language]
    by_post = len(posts) >= FEWEST_POSTS
    missing = "No words to show."
    try:
        counts = word_counts(posts["text"], language=language, once=by_post)
    except PipelineError as error:  # the other charts need no extra: this one says what it needs
        counts, missing = Counter(), str(error)
    words = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    used = "used in most posts" if by_post else "used most often"
    figure, area = framed(
        "The words of the corpus",
        READING.format(n=len(words), used=used, larger="in more posts" if by_post else "used more"),
        about,
        height=4.8,
    )
    axes = figure.add_axes(area)
    axes.set_axis_off()
    if words:
        axes.imshow(_image(dict(words)), interpolation="bilinear", aspect="auto")
    else:
        axes.text(0.5, 0.5, missing, transform=axes.transAxes, ha="center")
    return Chart(figure, pd.DataFrame(words, columns=["word", "n_posts" if by_post else "n_uses"]))


@styled
def draw_groups(
    table: pd.DataFrame, about: About, *, title: str, groups: Mapping[str, str], size: str = "z", said: tuple[str, ...] = ()
) -> Chart:
    """Draw side by side the words that mark two groups against each other.

    Parameters
    ----------
    table : as `keyness` makes it: `word`, `marks` (the group), `n_first`, `n_second`, `z`, `low`, `high` and what else the numbers show.
    about : for the footer.
    title : of the figure.
    groups : the name of each of the two groups, in their order -> its colour.
    size : of the words, `z` or `n`.
    said : what the footer says of the groups; where there are no words, why.
    """
    figure, (left, bottom, width, height) = framed(title, MARKING.format(size=SIZES[size]), about, height=4.6, below=said)
    shown = []
    for k, (name, colour) in enumerate(groups.items()):
        used = "n_first" if k == 0 else "n_second"
        words = table[table["marks"] == name]
        sizes = (words["z"].abs() if size == "z" else words[used]).rename("size")
        words = words.assign(size=sizes).sort_values(["size", "word"], ascending=[False, True]).head(MOST_WORDS // 2)
        axes = figure.add_axes((left + k * (width / 2 + 0.01), bottom, width / 2 - 0.01, height * 0.92))
        axes.set_axis_off()
        axes.set_title(shorten(name, 60), color=colour)
        if len(words):
            sure = set(words.loc[(words["low"] > 0) | (words["high"] < 0), "word"])
            paint = partial(_shade, colour, sure)
            drawn = _image(dict(zip(words["word"], words["size"], strict=True)), width=960, paint=paint)
            axes.imshow(drawn, interpolation="bilinear", aspect="auto")
        else:
            axes.text(0.5, 0.5, "No words to show.", transform=axes.transAxes, ha="center")
        shown += words.index.tolist()
    return Chart(figure, table.loc[shown, NUMBERS].reset_index(drop=True))


def _image(counts: Mapping[str, float], *, width: int = 1920, paint: Callable[..., str] | None = None) -> Any:
    from wordcloud import WordCloud

    font = hangul_font()
    cloud = WordCloud(
        width=width, height=960, background_color="white", random_state=SEED, prefer_horizontal=1.0, relative_scaling=0.6,
        color_func=paint or _colour,
        font_path=str(font) if font else None, margin=6,
    )  # fmt: skip
    return cloud.generate_from_frequencies(counts).to_array()


def _colour(word: str, **_: object) -> str:
    """Return one of two colours, the same for a word in every run."""
    return INK if sum(map(ord, word)) % 2 else ACCENT


def _shade(colour: str, sure: set[str], word: str, **_: object) -> str:
    """Return a group's colour for a word that is sure to mark it, else grey."""
    return colour if word in sure else GREY
