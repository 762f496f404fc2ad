"""The words of sentences that topics are made of, and how often each sentence uses them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FEWEST", "MOST", "Words", "words_in", "words_of"]

FEWEST = 5  # posts that use a word
MOST = 0.5  # share of the posts that use it
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|@\w+")
WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'][^\W_]+)*")
POSSESSIVE = re.compile(r"'s$")


class Words(NamedTuple):
    """`names` are words in alphabetical order; `counts` is a sparse matrix, sentences x words: how often each sentence uses each."""

    names: list[str]
    counts: Any


def words_in(text: str) -> list[str]:
    """Return the words of a text that may tell its topic: lower case, of two letters or more, without addresses, handles and stop words.

    Stop words are spaCy's 326 of English. Numbers are no words.

    >>> words_in("The court's order of 2019 wasn't read: see https://example.org/order or @court")
    ['court', 'order', 'read']
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    found = (POSSESSIVE.sub("", word) for word in WORD.findall(ADDRESS.sub(" ", text.lower().replace("’", "'"))))
    return [word for word in found if len(word) > 1 and word.partition("'")[0] not in STOP_WORDS and not word.endswith("n't")]


def words_of(texts: Sequence[str], posts: NDArray[np.intp], *, fewest: int = FEWEST, most: float = MOST) -> Words:
    """Return the words that stand in enough posts to be compared and in few enough to tell posts apart, and their counts.

    Parameters
    ----------
    texts : of sentences.
    posts : number of the post of each sentence.
    fewest : posts that must use a word.
    most : share of the posts that may use it.

    Raises
    ------
    InputError : no word is left.

    >>> import numpy as np
    >>> words_of(["Radio waves, radio.", "A radio", "Waves"], np.array([0, 1, 2]), fewest=2, most=0.7).names
    ['radio', 'waves']
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    used = [words_in(text) for text in texts]
    where: dict[str, set[int]] = {}
    for post, words in zip(posts.tolist(), used, strict=True):
        for word in words:
            where.setdefault(word, set()).add(post)
    n_posts = len(set(posts.tolist()))
    names = sorted(word for word, some in where.items() if fewest <= len(some) <= most * n_posts)
    if not names:
        raise InputError(f"No word stands in {fewest} posts or more and in {most:.0%} of the {n_posts} posts at most; load more posts.")
    column = {word: k for k, word in enumerate(names)}
    cells = [(row, column[word]) for row, words in enumerate(used) for word in words if word in column]
    rows, columns = np.array(cells, dtype=np.intp).T
    return Words(names, csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(used), len(names))))
