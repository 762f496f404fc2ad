"""Sentences that stand for a topic, from different posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.topics.documents import wording

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics.documents import Documents

__all__ = ["examples"]

LENGTHS = (10, 40)  # words


def examples(
    documents: Documents, posts: pd.DataFrame, windows: NDArray[np.float64], sentences: NDArray[np.float64], *, most: int
) -> pd.DataFrame:
    """Return for each topic the sentences that hold most of it, of 10 to 40 words, one a post and none twice.

    A sentence's score is its loading times the topic's share in its window: a sentence full of the topic's words, within a passage that is
    about it.

    Parameters
    ----------
    documents : what was read.
    posts : their rows of the table `posts`.
    windows : windows x topics, shares.
    sentences : sentences x topics, loadings.
    most : sentences a topic.

    Returns
    -------
    `topic` (from 1), `rank`, `post_id`, `sentence`, `published`, `title`, `text`, `score`.
    """
    import numpy as np
    import pandas as pd

    long_enough = documents.sentences["n_words"].between(*LENGTHS).to_numpy(dtype=bool)
    scores = np.where(long_enough[:, None], sentences * windows[documents.window], -1.0)
    text = np.unique(wording(documents.sentences["text"]).to_numpy(dtype=str), return_inverse=True)[1]
    parts = []
    for topic in range(windows.shape[1]):
        order = np.argsort(-scores[:, topic], kind="stable")
        chosen = order[scores[order, topic] > 0]
        for same in (documents.post, text):
            chosen = chosen[np.sort(np.unique(same[chosen], return_index=True)[1])]
        best = chosen[:most]
        rows = documents.sentences.loc[best, ["post_id", "sentence", "text"]].assign(score=scores[best, topic])
        parts.append(rows.assign(topic=topic + 1, rank=np.arange(1, len(rows) + 1)))
    about = posts[["post_id", "published", "title"]]
    found: pd.DataFrame = pd.concat(parts, ignore_index=True).merge(about, on="post_id", how="left", sort=False)
    return found[["topic", "rank", "post_id", "sentence", "published", "title", "text", "score"]]
