"""How many posts cite a source: the share of posts that cite each host, work or author, with intervals over posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.bootstrap import LEVEL, ratios
from discourse.measure.shares import FEWEST_POSTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cited_by"]


def cited_by(posts: pd.DataFrame, cited: pd.DataFrame, *, what: str, fewest: int = 1, most: int | None = None) -> pd.DataFrame:
    """Return a row a source, those that most posts cite first: in how many posts, what share that is, with its interval.

    Parameters
    ----------
    posts : those that count.
    cited : rows of `citations`, those of the blog itself left out where they are not wanted.
    what : the column that names the source: `domain` or `work`.
    fewest : posts that must cite it.
    most : so many at most.

    Returns
    -------
    The column itself, `n` citations, `n_posts` that cite it, `denominator` posts, `estimate`, `low`, `high`, `level`. With fewer than 5
    posts there is no share; where every post cites it, no interval.
    """
    import numpy as np
    import pandas as pd

    found = cited[cited[what].notna()]
    table = found.groupby(what, sort=True).agg(n=("post_id", "size"), n_posts=("post_id", "nunique")).reset_index()
    table = table[table["n_posts"] >= fewest]
    table = table.sort_values(["n_posts", "n", what], ascending=[False, False, True], ignore_index=True).head(most or len(table))
    names, of = table[what].tolist(), len(posts)
    pairs = found[["post_id", what]].drop_duplicates()
    rows, columns = (
        pd.Index(known).get_indexer(pd.Index(some)) for known, some in ((posts["post_id"], pairs["post_id"]), (names, pairs[what]))
    )
    citing = np.zeros((of, len(names)))
    citing[rows[columns >= 0], columns[columns >= 0]] = 1
    low, high = ratios(citing, np.ones(of), np.ones((of, 1), dtype=bool))[:, :, 0]
    some = ((table["n_posts"] < of) & (of >= FEWEST_POSTS)).to_numpy(dtype=bool)
    estimate = table["n_posts"] / of if of >= FEWEST_POSTS else np.nan
    return table.assign(denominator=of, estimate=estimate, low=np.where(some, low, np.nan), high=np.where(some, high, np.nan), level=LEVEL)
