"""The rows of evidence: one shape for whatever stands behind a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EVIDENCE", "as_evidence", "said_of", "within"]

EVIDENCE = [
    "post_id", "published", "title", "categories", "url", "text", "start", "end", "holder", "modality", "rule", "said",
]  # fmt: skip
OF_POST = ["published", "title", "categories", "url"]


def said_of(mark: Mapping[str, Any], key: str) -> str:
    """Return what a mark is restricted to, as text; empty where it is not restricted."""
    value = mark.get(key)
    return "" if value is None or value != value else str(value)


def within(posts: pd.DataFrame, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the posts that a mark is restricted to, by its `period`, `category`, `author` and `source`.

    Raises
    ------
    InputError : the period is none.
    """
    import numpy as np

    from discourse.measure.groups import group

    for key in ("category", "author", "source"):
        if wanted := said_of(mark, key):
            found = group(posts, [key])
            chosen = found.inside[:, (found.keys[key] == wanted).to_numpy(dtype=bool)]
            posts = posts.iloc[np.flatnonzero(chosen.any(axis=1))]
    if period := said_of(mark, "period"):
        posts = posts.loc[in_period(posts, period)]
    return posts


def in_period(posts: pd.DataFrame, period: str) -> pd.Series:
    """Return which posts are of a period such as 2019, 2019Q1 or 2019-01."""
    from discourse.measure.groups import period_of

    kinds = {4: "year", 6: "quarter", 7: "month"}
    if len(period) not in kinds:
        raise InputError(f"{period!r} is no year, quarter or month.")
    return period_of(posts, by=kinds[len(period)]) == period


def as_evidence(rows: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Return rows with `post_id` and any columns of `EVIDENCE`, filled with what the posts say, in the order of time.

    Parameters
    ----------
    rows : with `post_id`; a column `place` orders those of one post.
    posts : the table `posts`.
    """
    of_post = posts.set_index("post_id")[OF_POST]
    known = rows.drop(columns=[name for name in OF_POST if name in rows]).join(of_post, on="post_id")
    order = ["published", "post_id", *(["place"] if "place" in known else [])]
    return known.sort_values(order, kind="stable").reindex(columns=EVIDENCE).reset_index(drop=True)
