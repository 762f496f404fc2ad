"""How much of the posts is about each topic: overall, by category and by year, with intervals.

A post's share of a topic is the mean over its windows, weighted by their words; a group's is the mean over its posts, so that each post
counts alike. Intervals draw posts again (`bootstrap`) and hold the topics as given: they say how sure the share of this topic is with
other posts, not whether other posts would give this topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.bootstrap import LEVEL, ratios
from discourse.measure.groups import group
from discourse.measure.shares import FEWEST_POSTS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics.documents import Documents

__all__ = ["GROUPED", "by_post", "carried_by", "prevalence"]

GROUPED = ((), ("category",), ("year",))


def by_post(documents: Documents, windows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return posts x topics: the share of each topic in each post; a row sums to 1.

    Parameters
    ----------
    documents : what was read.
    windows : windows x topics, shares.
    """
    import numpy as np

    sizes = np.maximum(documents.sizes(), 1.0)
    sums = np.zeros((len(documents.posts), windows.shape[1]))
    np.add.at(sums, documents.post_of(), windows * sizes[:, None])
    shares: NDArray[np.float64] = sums / sums.sum(axis=1, keepdims=True)
    return shares


def carried_by(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many posts carry each topic, as many as would if all of them carried it alike (the inverse Simpson index; Hill 1973).

    >>> import numpy as np
    >>> carried_by(np.array([[0.5, 1.0], [0.5, 0.0], [0.5, 0.0]])).tolist()
    [3.0, 1.0]
    """
    import numpy as np

    squares = (shares**2).sum(axis=0)
    found: NDArray[np.float64] = shares.sum(axis=0) ** 2 / np.where(squares > 0, squares, 1)
    return found


def prevalence(posts: pd.DataFrame, shares: NDArray[np.float64]) -> pd.DataFrame:
    """Return a row a topic and group: over all posts, by category, by year.

    Parameters
    ----------
    posts : the rows of the table `posts`, in the order of `shares`.
    shares : posts x topics.

    Returns
    -------
    `topic` (from 1), `period`, `category`, `estimate`, `low`, `high`, `level`, `n_posts`, `lift` (the estimate beside that of all posts);
    groups of fewer than 5 posts have no estimate.
    """
    import numpy as np
    import pandas as pd

    parts = []
    whole = shares.mean(axis=0)
    for by in GROUPED:
        groups = group(posts, by)
        n_posts = groups.inside.sum(axis=0)
        means = (shares.T @ groups.inside) / np.maximum(n_posts, 1)
        low, high = ratios(shares, np.ones(len(posts)), groups.inside)
        for k in range(len(groups.keys)):
            made = pd.DataFrame({
                "topic": np.arange(1, shares.shape[1] + 1), **groups.keys.loc[k, ["period", "category"]].to_dict(), "estimate": means[:, k],
                "low": low[:, k], "high": high[:, k], "level": LEVEL, "n_posts": int(n_posts[k]), "lift": means[:, k] / whole,
            })  # fmt: skip
            if n_posts[k] < FEWEST_POSTS:
                made[["estimate", "low", "high", "lift"]] = np.nan
            parts.append(made)
    return pd.concat(parts, ignore_index=True).sort_values("topic", kind="stable", ignore_index=True)
