"""How often entities are named: posts that name each, and mentions in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse import tables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["entity_counts"]

METHOD = "posts of the corpus that name it; a count, so without an interval"


def entity_counts(posts: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row an entity of the gazetteer as rows of `estimates`: `n` posts that name it, of all posts that count.

    Parameters
    ----------
    posts : those that count.
    mentions : the table `mentions`.
    """
    inside = mentions[mentions["post_id"].isin(posts["post_id"]) & ~mentions["entity"].str.startswith(tables.UNLINKED)]
    grouped = inside.groupby("entity", sort=True).agg(n=("post_id", "nunique"))
    over_all = dict.fromkeys(("holder", "modality", "period", "category", "author", "source", "basis"), "")
    fixed = {**over_all, "measure": "posts_naming", "estimator": "count", "unit": "post", "method": METHOD, "denominator": len(posts)}
    rows = [{**fixed, "code": entity, "n": int(n), "n_posts": len(posts), "estimate": n / len(posts)} for entity, n in grouped["n"].items()]
    return tables.build("estimates", rows)
