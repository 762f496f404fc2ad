"""A word cloud: a first look at the vocabulary, in both scripts, and no measurement."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import ACCENT, INK, About, Chart, framed, hangul_font
from discourse.errors import PipelineError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw", "word_counts"]

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


def _image(counts: dict[str, int]) -> Any:
    from wordcloud import WordCloud

    font = hangul_font()
    cloud = WordCloud(
        width=1920, height=960, background_color="white", random_state=SEED, prefer_horizontal=1.0, relative_scaling=0.6,
        color_func=_colour,
        font_path=str(font) if font else None, margin=6,
    )  # fmt: skip
    return cloud.generate_from_frequencies(counts).to_array()


def _colour(word: str, **_: object) -> str:
    """Return one of two colours, the same for a word in every run."""
    return INK if sum(map(ord, word)) % 2 else ACCENT
