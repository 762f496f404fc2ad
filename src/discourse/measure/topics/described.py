"""Topics as tidy tables: their words, how much of the posts they are, sentences that stand for them, and the themes that are near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.topics.coherence import coherences
from discourse.measure.topics.examples import examples
from discourse.measure.topics.fit import loadings, shares_of, weighted
from discourse.measure.topics.matching import Consensus, top_words
from discourse.measure.topics.prevalence import by_post, carried_by, prevalence
from discourse.measure.topics.themes import coded, foreseen, lifts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics.documents import Documents

__all__ = ["Read", "described", "read"]

WORDS = 30
LABEL = 3
EXAMPLES = 10


class Read(NamedTuple):
    """Documents read with topics.

    `topics` is topics x words, the commonest first, `stability` that of each; the others are texts x topics: what each text holds.
    `posts` and `windows` are shares, rows of which sum to 1; `sentences` are loadings.
    """

    topics: NDArray[np.float64]
    stability: NDArray[np.float64]
    posts: NDArray[np.float64]
    windows: NDArray[np.float64]
    sentences: NDArray[np.float64]


def read(documents: Documents, agreed: Consensus, *, method: str) -> Read:
    """Return how much of each topic is in each post, window and sentence, the topics held fixed.

    Parameters
    ----------
    documents : those that the topics were made from.
    agreed : the topics, in any order.
    method : of METHODS.
    """
    import numpy as np

    counts = documents.counts()
    windows = shares_of(loadings(weighted(counts, counts, method=method), agreed.topics, method=method))
    posts = by_post(documents, windows)
    order = np.argsort(-posts.mean(axis=0), kind="stable")
    rows = weighted(documents.words.counts, counts, method=method)
    sentences = loadings(rows, agreed.topics, method=method)[:, order]
    return Read(agreed.topics[order], agreed.stability[order], posts[:, order], windows[:, order], sentences)


def described(
    documents: Documents, found: Read, *, posts: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Return the tables of topics, by name.

    Parameters
    ----------
    documents : those that the topics were made from.
    found : how they read.
    posts, codings : of the workspace.
    themes : codes of the codebook.

    Returns
    -------
    `topics` a row a topic; `words` a row a topic and word; `prevalence` a row a topic and group (`prevalence`); `sentences` a row a topic
    and sentence (`examples`); `themes` a row a topic and theme (`lifts`); `foreseen` a row a theme (`foreseen`); `posts` a row a post and
    topic. Topics are numbered from 1, the commonest first.
    """
    import numpy as np
    import pandas as pd

    own = posts.set_index("post_id").loc[documents.posts].reset_index()
    numbers = np.arange(1, len(found.topics) + 1)
    leading = top_words(found.topics, n=WORDS)
    names, n_posts = documents.words.names, _spread(documents)
    words = [
        (topic, rank, names[word], found.topics[topic - 1, word], int(n_posts[word]))
        for topic, some in zip(numbers, leading, strict=True)
        for rank, word in enumerate(some, start=1)
    ]
    groups = prevalence(own, found.posts)
    whole = groups[(groups["period"] == "") & (groups["category"] == "")]
    top = top_words(found.topics)
    topics = pd.DataFrame({
        "topic": numbers, "label": [", ".join(names[word] for word in some[:LABEL]) for some in top],
        "words": [" ".join(names[word] for word in some) for some in top], "stability": found.stability,
        "coherence": coherences(top, documents.words.counts), "share": whole["estimate"].to_numpy(), "low": whole["low"].to_numpy(),
        "high": whole["high"].to_numpy(), "n_posts": len(own), "carried_by": carried_by(found.posts),
    })  # fmt: skip
    carried = coded(documents, codings, themes)
    return {
        "topics": topics,
        "words": pd.DataFrame(words, columns=["topic", "rank", "word", "part", "n_posts"]),
        "prevalence": groups,
        "sentences": examples(documents, own, found.windows, found.sentences, most=EXAMPLES),
        "themes": lifts(documents, shares_of(found.sentences), carried),
        "foreseen": foreseen(documents, found.posts, carried),
        "posts": pd.DataFrame({
            "post_id": np.repeat(np.array(documents.posts, dtype=object), len(numbers)), "topic": np.tile(numbers, len(own)),
            "share": found.posts.ravel(),
        }),
    }  # fmt: skip


def _spread(documents: Documents) -> NDArray[np.intp]:
    """Return how many posts use each word."""
    import numpy as np

    cells = documents.words.counts.tocoo()
    pairs = np.unique(np.stack([documents.post[cells.row], cells.col]), axis=1)
    return np.bincount(pairs[1], minlength=len(documents.words.names))
