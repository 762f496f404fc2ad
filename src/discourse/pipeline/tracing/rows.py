"""The rows of evidence: one shape for whatever stands behind a mark, and which posts a mark is restricted to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.pipeline.charts import Measured

__all__ = ["EVIDENCE", "Behind", "as_evidence", "behind", "in_period", "said_of", "within"]

EVIDENCE = [
    "post_id", "published", "title", "categories", "url", "text", "start", "end", "holder", "modality", "rule", "said",
]  # fmt: skip
OF_POST = ["published", "title", "categories", "url"]
PERIODS = {4: "year", 6: "quarter", 7: "month"}  # by the length of a period's name


class Behind(NamedTuple):
    """Rows of evidence in their order, made once for all marks of a kind, and of each row the place of its post in the table `posts`."""

    rows: pd.DataFrame
    post: NDArray[np.int64]

    def of(self, inside: NDArray[np.bool_]) -> pd.DataFrame:
        """Return the rows of some of the posts; a mask over the table `posts`."""
        return self.rows.iloc[inside[self.post].nonzero()[0]].reset_index(drop=True)


def behind(rows: pd.DataFrame, measured: Measured) -> Behind:
    """Return rows of evidence with the places of their posts."""
    import pandas as pd

    return Behind(rows, pd.Index(measured.posts["post_id"]).get_indexer(rows["post_id"]))


def said_of(mark: Mapping[str, Any], key: str) -> str:
    """Return what a mark is restricted to, as text; empty where it is not restricted."""
    value = mark.get(key)
    return "" if value is None or value != value else str(value)


def within(measured: Measured, mark: Mapping[str, Any], *, loaded: bool = False) -> NDArray[np.bool_]:
    """Return the posts that a mark is restricted to, by its `period`, `category`, `author` and `source`: a mask over the table `posts`.

    Parameters
    ----------
    measured : the workspace, with the options that the figure was made with.
    mark : a row of a figure's numbers.
    loaded : of all posts that were loaded, and not of those alone that count.

    Raises
    ------
    InputError : the period is none.
    """
    inside = measured.once(("posts", loaded), partial(_asked_for, loaded=loaded))
    for key in ("category", "author", "source"):
        if wanted := said_of(mark, key):
            posts_by = measured.shared(f"posts by {key}", partial(_posts_by, key=key))
            inside = inside & posts_by[wanted] if wanted in posts_by else inside & False
    if period := said_of(mark, "period"):
        inside = inside & in_period(measured, period)
    return inside


def _asked_for(measured: Measured, *, loaded: bool) -> NDArray[np.bool_]:
    posts = measured.posts["post_id"]
    return (posts.isin(posts if loaded else measured.counted["post_id"])).to_numpy(dtype=bool)


def _posts_by(measured: Measured, *, key: str) -> dict[str, NDArray[np.bool_]]:
    """Return label -> which posts, along one grouping."""
    from discourse.measure.groups import group

    found = group(measured.posts, [key])
    return {label: found.inside[:, k] for k, label in enumerate(found.keys[key])}


def in_period(measured: Measured, period: str) -> NDArray[np.bool_]:
    """Return which posts are of a period such as 2019, 2019Q1 or 2019-01.

    Raises
    ------
    InputError : it is none.
    """
    from discourse.measure.groups import period_of

    if len(period) not in PERIODS:
        raise InputError(f"{period!r} is no year, quarter or month.")
    by = PERIODS[len(period)]
    periods = measured.shared(f"posts by {by}", lambda workspace: period_of(workspace.posts, by=by))
    return (periods == period).to_numpy(dtype=bool)


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
