"""What a topic model reads: the sentences of the posts that count, and windows of about 200 words of one post, which are its documents.

Whole posts mix several matters, and single sentences hold too few words. On earlier posts of two blogs of digital rights (182 and 265)
windows of 100 to 300 words gave the most coherent topics: mean NPMI of NMF topics, over 6 to 22 of them, was .20 and .14 with 200 words,
.15 and .07 with whole posts.

Left out are sentences that a blog repeats word for word, numbers aside, in three posts or more (calls to donate, who we are), and the
names of people, which make topics of who is quoted instead of what is said; who is named is measured elsewhere (`entities`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError
from discourse.measure.topics.words import Words, words_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["FEWEST_POSTS", "WINDOW", "Documents", "documents", "windows", "wording"]

WINDOW = 200  # words
REPEATED = 3  # posts
FEWEST_POSTS = 20


class Documents(NamedTuple):
    """The sentences that hold a word of the vocabulary, and where each stands; posts and windows are numbered in order.

    `sentences` has the columns of the table; `post` and `window` are numbers, one a sentence; `posts` are the ids of posts, sorted.
    `left_out` says how many sentences and posts are not read, by reason.
    """

    sentences: pd.DataFrame
    words: Words
    post: NDArray[np.intp]
    window: NDArray[np.intp]
    posts: list[str]
    left_out: dict[str, int]

    def counts(self) -> Any:
        """Return the counts of words in windows, a sparse matrix windows x words."""
        return _summing(self.window) @ self.words.counts

    def post_of(self) -> NDArray[np.intp]:
        """Return the post of each window."""
        import numpy as np

        found = np.zeros(self.window.max() + 1, dtype=np.intp)
        found[self.window] = self.post
        return found

    def sizes(self) -> NDArray[np.float64]:
        """Return the number of words of each window, stop words included."""
        import numpy as np

        return np.bincount(self.window, weights=self.sentences["n_words"].to_numpy(dtype=float)).astype(float)


def documents(
    posts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, *, language: str, window: int | None = WINDOW
) -> Documents:
    """Return the documents of the posts that count; the order of the tables does not matter.

    Parameters
    ----------
    posts : those that count (`counted`).
    sentences, mentions : of the workspace.
    language : of the codebook; sentences in others are not read, since languages do not mix.
    window : words of a window; without it each post is one.

    Raises
    ------
    InputError : there are fewer than FEWEST_POSTS posts, or no word is left.
    """
    import numpy as np

    inside = sentences[sentences["post_id"].isin(posts["post_id"])]
    own = inside[inside["language"] == language].sort_values(["post_id", "sentence"]).reset_index(drop=True)
    repeated = _repeated(own)
    kept = own[~repeated].reset_index(drop=True)
    if (n := kept["post_id"].nunique()) < FEWEST_POSTS:
        raise InputError(f"Topics need at least {FEWEST_POSTS} posts that count, and here are {n}; load more posts.")
    post = np.unique(kept["post_id"].to_numpy(dtype=str), return_inverse=True)[1]
    part = windows(post, kept["n_words"].to_numpy(dtype=float), words=window)
    words = words_of(without_people(kept, mentions), post)
    filled = np.asarray(words.counts.sum(axis=1)).ravel() > 0
    kept = kept[filled].reset_index(drop=True)
    left_out = {
        "sentences in another language": len(inside) - len(own),
        f"sentences that stand in {REPEATED} posts or more": int(repeated.sum()),
        "sentences without a word of the vocabulary": int((~filled).sum()),
        "posts without a word of the vocabulary": len(posts) - kept["post_id"].nunique(),
    }
    ids, numbers = np.unique(kept["post_id"].to_numpy(dtype=str), return_inverse=True)
    return Documents(
        kept, Words(words.names, words.counts[filled]), numbers, np.unique(part[filled], return_inverse=True)[1], ids.tolist(),
        {reason: n for reason, n in left_out.items() if n},
    )  # fmt: skip


def windows(post: NDArray[np.intp], n_words: NDArray[np.float64], *, words: int | None) -> NDArray[np.intp]:
    """Return the number of the window of each sentence: the sentences of a post, parted into as many near-equal windows as its length asks.

    Parameters
    ----------
    post : number of the post of each sentence, sentences in order.
    n_words : of each sentence.
    words : of a window, about; without it each post is one window.

    >>> import numpy as np
    >>> windows(np.array([0, 0, 0, 0, 1]), np.array([90.0, 90.0, 110.0, 90.0, 20.0]), words=200).tolist()
    [0, 0, 1, 1, 2]
    """
    import numpy as np

    totals = np.bincount(post, weights=n_words)
    parts = np.ones_like(totals) if words is None else np.maximum(1, np.rint(totals / words))
    before = np.concatenate([[0.0], np.cumsum(totals)[:-1]])
    middle = np.cumsum(n_words) - n_words / 2 - before[post]
    part = np.minimum(parts[post] - 1, np.floor(middle * parts[post] / np.maximum(totals[post], 1)))
    return np.unique(np.concatenate([[0], np.cumsum(parts)[:-1]])[post] + part, return_inverse=True)[1]


def without_people(sentences: pd.DataFrame, mentions: pd.DataFrame) -> list[str]:
    """Return the texts of sentences with the names of people blanked."""
    people = mentions[mentions["label"] == "PERSON"]
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for post, sentence, start, end in people[["post_id", "sentence", "start", "end"]].itertuples(index=False, name=None):
        spans.setdefault((post, sentence), []).append((start, end))
    texts = []
    for post, sentence, begins, text in sentences[["post_id", "sentence", "start", "text"]].itertuples(index=False, name=None):
        blanked = text
        for start, end in spans.get((post, sentence), ()):
            blanked = blanked[: start - begins] + " " * (end - start) + blanked[end - begins :]
        texts.append(blanked)
    return texts


def wording(texts: pd.Series[str]) -> pd.Series[str]:
    """Return texts so that those which differ in case and numbers alone are equal.

    >>> import pandas as pd
    >>> wording(pd.Series(["Since 2019 we filed 23 requests. ", "since 2021 we filed 7 requests."])).nunique()
    1
    """
    return texts.str.lower().str.strip().str.replace(r"\d+", "0", regex=True)


def _repeated(sentences: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which sentences stand in several posts in the same wording."""
    n_posts = sentences.groupby(wording(sentences["text"]))["post_id"].transform("nunique")
    found: NDArray[np.bool_] = (n_posts >= REPEATED).to_numpy(dtype=bool)
    return found


def _summing(group: NDArray[np.intp]) -> Any:
    """Return the sparse matrix that sums rows by their group."""
    import numpy as np
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(group.max() + 1, len(group)))
