"""Topics beside the codebook's themes: which themes' sentences hold most of a topic, and how much of a theme topics foresee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.bootstrap import per_post, resampled
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics.documents import Documents

__all__ = ["Coded", "coded", "foreseen", "lifts"]

FOLDS = 10
LIFTS = ("topic", "theme", "share", "lift", "low", "high", "n", "n_posts")
FORESEEN = ("theme", "r2", "low", "high", "n", "n_posts")


class Coded(NamedTuple):
    """`codes` are themes; `carries` is sentences x themes, which sentences of the documents carry each."""

    codes: list[str]
    carries: NDArray[np.bool_]


def coded(documents: Documents, codings: pd.DataFrame, themes: Sequence[str]) -> Coded:
    """Return which sentences of the documents carry each theme.

    Parameters
    ----------
    documents : what was read.
    codings : of the workspace.
    themes : codes of the codebook.
    """
    import numpy as np

    keys = list(zip(documents.sentences["post_id"], documents.sentences["sentence"], strict=True))
    found = {code: set(zip(rows["post_id"], rows["sentence"], strict=True)) for code, rows in codings.groupby("code")}
    columns = [[key in found.get(code, ()) for key in keys] for code in themes]
    return Coded(list(themes), np.array(columns, dtype=bool).reshape(len(themes), len(keys)).T)


def lifts(documents: Documents, sentences: NDArray[np.float64], themes: Coded) -> pd.DataFrame:
    """Return a row a topic and theme: the mean share of the topic in the theme's sentences, and how many times that of all sentences it is.

    Parameters
    ----------
    documents : what was read.
    sentences : sentences x topics, shares.
    themes : what they carry.

    Returns
    -------
    `topic` (from 1), `theme`, `share`, `lift` with `low` and `high` (95 %, posts drawn again), `n` sentences of the theme in `n_posts`;
    themes of fewer than 30 sentences or 5 posts have no share and lift.
    """
    import numpy as np
    import pandas as pd

    if not themes.codes:
        return pd.DataFrame(columns=LIFTS)
    carries = themes.carries.astype(float)
    topics, codes = sentences.shape[1], len(themes.codes)
    products = (carries[:, :, None] * sentences[:, None, :]).reshape(len(sentences), codes * topics)
    ids = documents.post.tolist()
    sums = per_post(np.hstack([products, carries, sentences, np.ones((len(sentences), 1))]), ids)

    def statistic(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        inside = drawn[:, : codes * topics].reshape(-1, codes, topics)
        of, whole, n = np.split(drawn[:, codes * topics :], [codes, codes + topics], axis=1)
        bottom = of[:, :, None] * whole[:, None, :]
        lift = np.divide(inside * n[:, :, None], bottom, out=np.full_like(inside, np.nan), where=bottom > 0)
        return lift.reshape(len(drawn), codes * topics)

    whole = sums.sum(axis=0, keepdims=True)
    lift, (low, high) = statistic(whole)[0], resampled(sums, statistic)
    n = themes.carries.sum(axis=0)
    share = whole[0, : codes * topics] / np.maximum(np.repeat(n, topics), 1)
    n_posts = (per_post(carries, ids) > 0).sum(axis=0)
    table = pd.DataFrame({
        "topic": np.tile(np.arange(1, topics + 1), codes), "theme": np.repeat(np.array(themes.codes, dtype=object), topics), "share": share,
        "lift": lift, "low": low, "high": high, "n": np.repeat(n, topics), "n_posts": np.repeat(n_posts, topics),
    })  # fmt: skip
    table.loc[(table["n"] < FEWEST_SENTENCES) | (table["n_posts"] < FEWEST_POSTS), ["share", "lift", "low", "high"]] = np.nan
    return table.sort_values(["topic", "lift"], ascending=[True, False], kind="stable", ignore_index=True)


def foreseen(documents: Documents, posts: NDArray[np.float64], themes: Coded) -> pd.DataFrame:
    """Return how much of the variance among posts in a theme's share of sentences the topics of the posts foresee.

    R squared of a linear regression on the topics' shares, each post foreseen by a fit to nine tenths of the others, so that many topics
    are not rewarded for being many. 0 is no better than the mean of the other posts; below 0 is worse. Topics and themes read the same
    words, so that this says how far they part the posts alike, and proves neither right.

    Parameters
    ----------
    documents : what was read.
    posts : posts x topics, shares.
    themes : what the sentences carry.

    Returns
    -------
    `theme`, `r2` with `low` and `high` (95 %, posts drawn again), `n` sentences of the theme in `n_posts`; themes of fewer than 30
    sentences or 5 posts have none.
    """
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LinearRegression

    if not themes.codes:
        return pd.DataFrame(columns=FORESEEN)
    carries = themes.carries.astype(float)
    counts = per_post(np.hstack([carries, np.ones((len(carries), 1))]), documents.post.tolist())
    shares = counts[:, :-1] / counts[:, -1:]
    fold = np.arange(len(posts)) % FOLDS
    guess, mean = np.zeros_like(shares), np.zeros_like(shares)
    for k in range(FOLDS):
        rest = fold != k
        guess[~rest] = LinearRegression().fit(posts[rest, :-1], shares[rest]).predict(posts[~rest, :-1])
        mean[~rest] = shares[rest].mean(axis=0)
    errors = np.hstack([(shares - guess) ** 2, (shares - mean) ** 2])

    def statistic(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        left, whole = np.split(drawn, 2, axis=1)
        found: NDArray[np.float64] = 1 - np.divide(left, whole, out=np.full_like(left, np.nan), where=whole > 0)
        return found

    low, high = resampled(errors, statistic)
    n, n_posts = themes.carries.sum(axis=0), (shares > 0).sum(axis=0)
    r2 = statistic(errors.sum(axis=0, keepdims=True))[0]
    table = pd.DataFrame({"theme": themes.codes, "r2": r2, "low": low, "high": high, "n": n, "n_posts": n_posts})
    table.loc[(n < FEWEST_SENTENCES) | (n_posts < FEWEST_POSTS), ["r2", "low", "high"]] = np.nan
    return table
