"""The words that posts have in common: of each how many posts use it and how often; a first look, and no measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.lemmas import kiwi
from discourse.measure.private_names import private_names
from discourse.measure.words import Split, Words, in_posts, numbered, sum_of, uses_of, word_spans, words_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CommonWords", "common_words", "noun_spans"]

NOUNS = frozenset(("NNG", "NNP", "SL"))
LETTERS = 2  # of a word that is shown


class CommonWords(NamedTuple):
    """`table` has a row a word: `word`, `n` uses, `n_posts` that use it, and `private`, whether it is a name (`private_names`)."""

    table: pd.DataFrame
    words: Words
    sentences: pd.DataFrame
    split: Split

    def uses(self, word: str) -> pd.DataFrame:
        """Return where a word stands (`uses_of`)."""
        return uses_of(self.words, self.sentences, self.words.tokens == self.words.place_of(word), split=self.split)


def common_words(posts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, *, language: str) -> CommonWords:
    """Return the words of posts without stop words, numbers and single letters; words in most posts first, then those used most.

    Parameters
    ----------
    posts : those chosen.
    sentences, mentions : of the workspace.
    language : of the posts; Korean words carry particles, so they are taken apart by Kiwi (Lee 2024), and nouns alone are counted.

    Raises
    ------
    PipelineError : the posts are Korean and the extra `korean` is not installed.

    >>> import pandas as pd
    >>> columns = ["post_id", "sentence", "start", "text"]
    >>> said = pd.DataFrame([["a", 0, 0, "The phone’s network"], ["b", 0, 0, "A network"]], columns=columns)
    >>> nobody = pd.DataFrame(columns=["post_id", "sentence", "start", "end", "label", "entity"])
    >>> common_words(said[["post_id"]], said, nobody, language="en").table[["word", "n_posts"]].values.tolist()
    [['network', 2], ['phone', 1]]
    """
    import pandas as pd

    own = sentences[sentences["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    split: Split = noun_spans if language == "ko" else word_spans
    if language == "ko":
        row = {post: k for k, post in enumerate(posts["post_id"])}
        nouns = [[text[start:end] for start, end in noun_spans(text)] for text in own["text"]]
        words = numbered(nouns, [row[post] for post in own["post_id"]], language=language)
    else:
        words = words_of(posts, own, language=language)
    counts = words.by_post()
    table = pd.DataFrame({
        "word": words.vocabulary, "n": sum_of(counts, 0).astype(int), "n_posts": in_posts(counts),
        "private": private_names(words, own, mentions, split=split),
    })  # fmt: skip
    table = table[~(words.stop_words | words.numbers) & (table["word"].str.len() >= LETTERS)]
    ordered = table.sort_values(["n_posts", "n", "word"], ascending=[False, False, True], ignore_index=True)
    return CommonWords(ordered, words, own, split)


def noun_spans(text: str) -> list[tuple[int, int]]:
    """Return where the common and proper nouns of a Korean text stand, of at least two syllables or letters; those written as one are one.

    >>> noun_spans("정부는 휴대전화를 감시한다.")
    [(0, 2), (4, 8), (10, 12)]
    """
    spans: list[tuple[int, int]] = []
    for token in kiwi().tokenize(text):
        if token.tag in NOUNS:
            joined = bool(spans) and token.start == spans[-1][1]
            start = spans.pop()[0] if joined else token.start
            spans.append((start, token.start + token.len))
    return [(start, end) for start, end in spans if end - start > 1]
