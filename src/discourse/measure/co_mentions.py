"""Who is named with whom: pairs of entities in one sentence or one post, how far beyond chance, and the graph that they make.

A pair's weight is the number of posts in which the two stand together. Association is taken over posts, whichever unit ties the pair, so
that sentences of one post do not count as so many witnesses: log-likelihood (Dunning 1993, "Accurate methods for the statistics of surprise
and coincidence") says how sure it is that they meet other than by chance (its p-value is corrected for the number of pairs that have
one, after Holm), normalised pointwise mutual information (Bouma 2009, "Normalized
(pointwise) mutual information in collocation extraction") how strongly, from -1 (never) over 0 (by chance) to 1 (always).
Long posts name more of everything, so that most pairs stand somewhat above 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError, did_you_mean
from discourse.measure.association import g2_of_table
from discourse.measure.bootstrap import LEVEL, resampled
from discourse.measure.entity_trends import naming
from discourse.measure.holm import holm
from discourse.measure.shares import FEWEST_POSTS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MOST_BY_CHANCE", "WITHIN", "co_mentions", "holding", "log_likelihood", "npmi"]

WITHIN = {"sentence": ["post_id", "sentence"], "post": ["post_id"]}
AT_ONCE = 4000
MOST_BY_CHANCE = 0.05
COUNTS = ["n_posts", "n_sentences", "n_both", "n_a", "n_b", "denominator", "expected"]
COLUMNS = ["a", "b", *COUNTS, "log_likelihood", "p_value", "npmi", "low", "high", "level", "note"]


def npmi(n: NDArray[np.float64], n_a: NDArray[np.float64], n_b: NDArray[np.float64], of: float) -> NDArray[np.float64]:
    """Return normalised pointwise mutual information; -1 for what never meets, NaN where one is never named or both always.

    Parameters
    ----------
    n, n_a, n_b : posts that name both, the one, the other; of one shape.
    of : posts in all.

    >>> import numpy as np
    >>> npmi(np.array([25.0, 50.0, 0.0]), np.array([50.0, 50.0, 50.0]), np.array([50.0, 50.0, 50.0]), 100).tolist()
    [0.0, 1.0, -1.0]
    """
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.log(n * of / (n_a * n_b)) / -np.log(n / of)
    found = np.where((n == 0) & (n_a > 0) & (n_b > 0), -1.0, found)
    bounded: NDArray[np.float64] = np.where(np.isfinite(found), found, np.nan)
    return bounded


def log_likelihood(n: NDArray[np.float64], n_a: NDArray[np.float64], n_b: NDArray[np.float64], of: float) -> NDArray[np.float64]:
    """Return the log-likelihood ratio G2 of the table of posts that name both, one, the other, none; negative below chance.

    Parameters
    ----------
    n, n_a, n_b, of : as in `npmi`.

    >>> import numpy as np
    >>> log_likelihood(np.array([25.0]), np.array([50.0]), np.array([50.0]), 100).round(6).tolist()
    [0.0]
    """
    import numpy as np

    g2 = g2_of_table(n, n_a, n_b, of)
    signed: NDArray[np.float64] = np.where(n < n_a * n_b / of, -g2, g2)
    return signed


def co_mentions(posts: pd.DataFrame, mentions: pd.DataFrame, *, within: str = "sentence", fewest: int = 1) -> pd.DataFrame:
    """Return one row a pair of entities that stand together; pairs in most posts first.

    Parameters
    ----------
    posts : those that count.
    mentions : those chosen.
    within : `sentence` or `post`: what two entities must share to be a pair.
    fewest : pairs in at least so many posts.

    Returns
    -------
    `a`, `b` (slugs, in the order of the alphabet), `n_posts` (in which they share a sentence, or the post), `n_sentences` (that name both),
    `n_both`, `n_a`, `n_b` (posts that name them), `denominator` (posts), `expected` (posts that would name both by chance),
    `log_likelihood` with `p_value`, `npmi` with `low` and `high` (bootstrap over posts), `level`, `note`. Pairs in fewer than 5 posts have
    counts and no measures; where every post that names one names the other, NPMI has no interval.

    Raises
    ------
    InputError : there is no such unit.
    """
    import numpy as np
    from scipy.special import chdtrc

    if within not in WITHIN:
        raise InputError(f"There is no unit {within!r}.{did_you_mean(within, WITHIN)}")
    together = {unit: _together(mentions, keys) for unit, keys in WITHIN.items()}
    pairs = together[within][["post_id", "a", "b"]].drop_duplicates().groupby(["a", "b"], sort=True).size().rename("n_posts").reset_index()
    pairs = pairs[pairs["n_posts"] >= fewest].reset_index(drop=True)
    for name, unit in (("n_sentences", "sentence"), ("n_both", "post")):
        counts = together[unit].groupby(["a", "b"]).size().rename(name)
        pairs = pairs.join(counts, on=["a", "b"])
        pairs[name] = pairs[name].fillna(0).astype("int64")
    of_posts = mentions.drop_duplicates(["post_id", "entity"]).groupby("entity").size()
    for one in ("a", "b"):
        pairs[f"n_{one}"] = pairs[one].map(of_posts).astype("int64")
    of = len(posts)
    pairs["denominator"], pairs["level"] = of, LEVEL
    pairs["expected"] = pairs["n_a"] * pairs["n_b"] / max(of, 1)
    enough = (pairs["n_posts"] >= FEWEST_POSTS).to_numpy()
    pairs["note"] = [None if some else f"together in fewer than {FEWEST_POSTS} posts" for some in enough]
    n, n_a, n_b = (pairs[name].to_numpy(dtype=float) for name in ("n_both", "n_a", "n_b"))
    for name, values in (("log_likelihood", log_likelihood(n, n_a, n_b, of)), ("npmi", npmi(n, n_a, n_b, of))) if of else ():
        pairs[name] = np.where(enough, values, np.nan)
    pairs["p_value"] = np.nan
    if enough.any():
        pairs.loc[enough, "p_value"] = holm(chdtrc(1, np.abs(pairs.loc[enough, "log_likelihood"].to_numpy())))
    pairs["low"], pairs["high"] = _intervals(pairs, enough, posts, mentions)
    pairs = pairs.reindex(columns=COLUMNS).astype(dict.fromkeys(("log_likelihood", "p_value", "npmi", "low", "high"), float))
    ordered: pd.DataFrame = pairs.sort_values(
        ["n_posts", "log_likelihood", "a", "b"], ascending=[False, False, True, True], ignore_index=True
    )
    return ordered


def holding(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs whose association holds: the whole interval of NPMI above 0, and a corrected p-value below .05.

    Parameters
    ----------
    pairs : as `co_mentions` returns them.
    """
    held: pd.DataFrame = pairs[(pairs["low"] > 0) & (pairs["p_value"] < MOST_BY_CHANCE)].reset_index(drop=True)
    return held


def _together(mentions: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return a row a unit and pair of entities named in it."""
    units = mentions[[*keys, "entity"]].drop_duplicates()
    both = units.rename(columns={"entity": "a"}).merge(units.rename(columns={"entity": "b"}), on=keys)
    return both[both["a"] < both["b"]]


def _intervals(pairs: pd.DataFrame, enough: NDArray[np.bool_], posts: pd.DataFrame, mentions: pd.DataFrame) -> NDArray[np.float64]:
    """Return low and high ends of NPMI: 2 x pairs."""
    import numpy as np
    import pandas as pd

    ends = np.full((2, len(pairs)), np.nan)
    chosen = np.flatnonzero(enough & (pairs["n_both"] < np.minimum(pairs["n_a"], pairs["n_b"])).to_numpy())
    entities = sorted({*pairs.loc[chosen, "a"], *pairs.loc[chosen, "b"]})
    named = naming(mentions, posts, entities)
    a, b = (pd.Index(entities).get_indexer(pairs.loc[chosen, one]) for one in ("a", "b"))
    for first in range(0, len(chosen), AT_ONCE):
        some = slice(first, first + AT_ONCE)

        def statistic(drawn: NDArray[np.float64], here: slice = some) -> NDArray[np.float64]:
            n = drawn[:, len(entities) :]
            return npmi(n, drawn[:, a[here]], drawn[:, b[here]], len(posts))

        both = named[:, a[some]] * named[:, b[some]]
        ends[:, chosen[some]] = resampled(np.hstack([named, both]), statistic)
    return ends
