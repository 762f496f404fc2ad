"""The words of a corpus, counted once: which word stands where, from which every number about vocabulary derives.

A word is what `tables.WORD` finds, in lower case, with plain apostrophes and hyphens and without the possessive 's. Hangul words are kept
as they are written, particles included; lemmas take them apart. Counts add up: those of a group are the sums of those of its posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING

from discourse.measure.lemmas import lemmas_of
from discourse.tables import WORD

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = ["Words", "folded", "in_posts", "numbered", "places", "sum_of", "uses_of", "word_spans", "words_of"]

Split = Callable[[str], Sequence[tuple[int, int]]]  # from a text to where its words begin and end
MARKS = str.maketrans("’‐‑", "'--")


@dataclass(frozen=True)
class Words:
    """The words of sentences in reading order.

    Parameters
    ----------
    vocabulary : the different words, sorted.
    tokens : of each word in the text, its place in the vocabulary.
    sentence : of each word in the text, the row of its sentence.
    post : of each sentence, the row of its post.
    n_posts : number of posts.
    language : of the posts, for its stop words.
    """

    vocabulary: NDArray[np.object_]
    tokens: NDArray[np.int64]
    sentence: NDArray[np.int64]
    post: NDArray[np.int64]
    n_posts: int
    language: str = "en"

    def by_post(self, of: NDArray[np.bool_] | None = None) -> csr_array:
        """Return posts x vocabulary: how often each word stands in each post.

        Parameters
        ----------
        of : which words in the text count; without it all.
        """
        import numpy as np
        from scipy.sparse import csr_array

        chosen = slice(None) if of is None else of
        width = max(len(self.vocabulary), 1)
        cells, uses = np.unique(self.post[self.sentence[chosen]] * width + self.tokens[chosen], return_counts=True)
        begins = np.searchsorted(cells, width * np.arange(self.n_posts + 1))
        return csr_array((uses.astype(float), cells % width, begins), shape=(self.n_posts, len(self.vocabulary)))

    def inside(self, sentences: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which words in the text stand in some of the sentences."""
        return sentences[self.sentence]

    def place_of(self, word: str) -> int:
        """Return the place of a word in the vocabulary; -1 where it is not there."""
        import numpy as np

        place = int(np.searchsorted(self.vocabulary, word))
        return place if place < len(self.vocabulary) and self.vocabulary[place] == word else -1

    @cached_property
    def stop_words(self) -> NDArray[np.bool_]:
        """Which words of the vocabulary are stop words of the language, by spaCy's list; none where it has no list."""
        import numpy as np

        listed = _listed(self.language)
        return np.array(
            [word in listed or word.partition("'")[0] in listed or word.endswith("n't") for word in self.vocabulary], dtype=bool
        )

    @cached_property
    def numbers(self) -> NDArray[np.bool_]:
        """Which words of the vocabulary have no letter."""
        import numpy as np

        return np.array([not any(map(str.isalpha, word)) for word in self.vocabulary], dtype=bool)


def words_of(posts: pd.DataFrame, sentences: pd.DataFrame, *, language: str, lemmas: bool = False) -> Words:
    """Return the words of sentences, counted once for everything else.

    Parameters
    ----------
    posts : those that count.
    sentences : of these posts alone; masks over sentences follow their order.
    language : of the posts.
    lemmas : count dictionary forms instead of words.

    Raises
    ------
    InputError : lemmas are not known for the language.
    PipelineError : lemmas of Korean, and the extra `korean` is not installed.

    >>> import pandas as pd
    >>> sentences = pd.DataFrame({"post_id": ["a", "b"], "text": ["The State’s phones.", "A phone, 관리소"]})
    >>> words = words_of(pd.DataFrame({"post_id": ["a", "b"]}), sentences, language="en")
    >>> words.vocabulary.tolist(), words.by_post().sum(axis=1).tolist()
    (['a', 'phone', 'phones', 'state', 'the', '관리소'], [3.0, 3.0])
    """
    row = {post: k for k, post in enumerate(posts["post_id"])}
    return numbered(map(WORD.findall, sentences["text"]), [row[post] for post in sentences["post_id"]], language=language, lemmas=lemmas)


def numbered(texts: Iterable[Sequence[str]], post: Sequence[int], *, language: str = "en", lemmas: bool = False) -> Words:
    """Return the words of texts that are taken apart already.

    Parameters
    ----------
    texts : the words of each sentence, in order.
    post : of each sentence, the row of its post.
    language, lemmas : as in `words_of`.
    """
    import numpy as np
    import pandas as pd

    taken = list(texts)
    place: defaultdict[str, int] = defaultdict(count().__next__)  # a form met for the first time gets the next number
    forms = np.fromiter(map(place.__getitem__, chain.from_iterable(taken)), dtype=np.int64)
    kinds = [folded(form) for form in place]
    kind, vocabulary = pd.factorize(np.array(lemmas_of(kinds, language=language) if lemmas else kinds, dtype=object), sort=True)
    sentence = np.repeat(np.arange(len(taken)), np.fromiter(map(len, taken), dtype=np.int64, count=len(taken)))
    posts = np.asarray(post, dtype=np.int64)
    return Words(np.asarray(vocabulary, dtype=object), kind[forms], sentence, posts, int(posts.max(initial=-1)) + 1, language)


def folded(form: str) -> str:
    """Return a word as it is counted.

    >>> folded("Parliament’s"), folded("e‑Governance"), folded("don't"), folded("관리소")
    ('parliament', 'e-governance', "don't", '관리소')
    """
    low = form.lower()
    return (low if low.isascii() else low.translate(MARKS)).removesuffix("'s")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text begin and end.

    >>> word_spans("The net.")
    [(0, 3), (4, 7)]
    """
    return [word.span() for word in WORD.finditer(text)]


def places(words: Words, sentences: pd.DataFrame, spans: pd.DataFrame, *, split: Split = word_spans) -> NDArray[np.bool_]:
    """Return which words in the text lie within spans, at least in part.

    Parameters
    ----------
    words : of these sentences.
    sentences : with `post_id`, `sentence`, `start` and `text`.
    spans : with `post_id`, `sentence`, `start` and `end`, such as mentions or codings; those of other sentences are passed over.
    split : how the words were taken apart.
    """
    import numpy as np

    covered = np.zeros(len(words.tokens), dtype=bool)
    first = np.searchsorted(words.sentence, np.arange(len(sentences)))
    row = {key: k for k, key in enumerate(zip(sentences["post_id"], sentences["sentence"], strict=True))}
    begins, texts = sentences["start"].tolist(), sentences["text"].tolist()
    found: dict[int, list[tuple[int, int]]] = {}
    for post, sentence, start, end in spans[["post_id", "sentence", "start", "end"]].itertuples(index=False, name=None):
        if (k := row.get((post, sentence))) is not None:
            found.setdefault(k, []).append((start - begins[k], end - begins[k]))
    for k, ends in found.items():
        for place, (begin, stop) in enumerate(split(texts[k])):
            covered[first[k] + place] = any(begin < end and start < stop for start, end in ends)
    return covered


def uses_of(words: Words, sentences: pd.DataFrame, of: NDArray[np.bool_], *, split: Split = word_spans) -> pd.DataFrame:
    """Return where some of the words in the text stand: `post_id`, `sentence`, and `start` and `end` in the post's text.

    Parameters
    ----------
    words : of these sentences.
    sentences : with `post_id`, `sentence`, `start` and `text`.
    of : which words in the text.
    split : how the words were taken apart.
    """
    import numpy as np
    import pandas as pd

    chosen = np.flatnonzero(of)
    rows = words.sentence[chosen]
    nth = chosen - np.searchsorted(words.sentence, rows)
    places_in = {k: split(text) for k, text in sentences["text"].iloc[np.unique(rows)].set_axis(np.unique(rows)).items()}
    ends = np.array([places_in[row][n] for row, n in zip(rows.tolist(), nth.tolist(), strict=True)], dtype=np.int64).reshape(-1, 2)
    found = sentences[["post_id", "sentence", "start"]].iloc[rows].reset_index(drop=True)
    start, end = (found["start"] + ends[:, which] for which in (0, 1))
    return pd.DataFrame({"post_id": found["post_id"], "sentence": found["sentence"], "start": start, "end": end})


def sum_of(counts: csr_array, axis: int) -> NDArray[np.float64]:
    """Return the sums of sparse counts along an axis, as a plain array."""
    import numpy as np

    return np.asarray(counts.sum(axis=axis), dtype=float).ravel()


def in_posts(counts: csr_array) -> NDArray[np.int64]:
    """Return in how many posts each word stands."""
    import numpy as np

    return np.bincount(counts.indices, minlength=counts.shape[1])


def _listed(language: str) -> set[str]:
    from importlib import import_module

    try:
        return set(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    except ModuleNotFoundError:
        return set()
