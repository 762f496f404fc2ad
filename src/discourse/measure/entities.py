"""How often entities are named: posts that name each, and mentions in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse import tables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["entity_counts", "posts_naming"]

METHOD = "posts of the corpus that name it; a count, so without an interval"


def posts_naming(posts: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """Return how many posts name each entity of the gazetteer; of parts of a corpus the sum is that of the whole.

    Parameters
    ----------
    posts : those that count.
    mentions : the table `mentions`.
    """
    inside = mentions[mentions["post_id"].isin(posts["post_id"]) & ~mentions["entity"].str.startswith(tables.UNLINKED)]
    named: pd.Series = inside.groupby("entity", sort=True)["post_id"].nunique()
    return named


def entity_counts(named: pd.Series, n_posts: int) -> pd.DataFrame:
    """Return one row an entity as rows of `estimates`: `n` posts that name it, of all posts that count.

    Parameters
    ----------
    named : as `posts_naming` returns it.
    n_posts : all posts that count.
    """
    over_all = dict.fromkeys(("holder", "modality", "period", "category", "author", "source", "basis"), "")
    fixed = {**over_all, "measure": "posts_naming", "estimator": "count", "unit": "post", "method": METHOD, "denominator": n_posts}
    rows = [{**fixed, "code": entity, "n": int(n), "n_posts": n_posts, "estimate": n / n_posts} for entity, n in named.items()]
    return tables.build("estimates", rows)
