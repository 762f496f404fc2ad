"""Who is named when: entities with their counts, and the share of posts that name each, in any grouping, with intervals over posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.measure.bootstrap import LEVEL, REPLICATES, ratios
from discourse.measure.groups import group
from discourse.measure.shares import FEWEST_POSTS, NAIVE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["NAMING", "entities_named", "entity_shares", "mention_counts", "naming"]

NAMING = "posts_naming"
METHOD = "share of posts that name it, as names are found; percentile interval of {} bootstrap draws of posts"
COLUMNS = ["entity", "name", "label", "linked", "n_posts", "n_sentences", "n_mentions", "first", "last"]


def entities_named(mentions: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Return one row an entity: `entity`, `name` and `label` (the usual ones), `linked`, counts, `first` and `last` day named.

    Most posts first, then most mentions; entities named alike often stand in the order of their slugs.

    Parameters
    ----------
    mentions : those chosen.
    posts : those that count.
    """
    import pandas as pd

    if mentions.empty:
        return pd.DataFrame(columns=COLUMNS)
    dated = mentions.merge(posts[["post_id", "published"]], on="post_id")
    grouped = dated.groupby("entity", sort=True)
    table = grouped.agg(
        n_posts=("post_id", "nunique"), n_mentions=("post_id", "size"), first=("published", "min"), last=("published", "max")
    )  # fmt: skip
    table["n_sentences"] = dated.drop_duplicates(["post_id", "sentence", "entity"]).groupby("entity").size()
    for column in ("name", "label"):
        counts = dated.groupby(["entity", column], sort=True).size().rename("n").reset_index()
        usual = counts.sort_values(["entity", "n"], ascending=[True, False], kind="stable").drop_duplicates("entity")
        table[column] = usual.set_index("entity")[column]
    table = table.reset_index()
    table["linked"] = ~table["entity"].str.startswith(tables.UNLINKED)
    order = ["n_posts", "n_mentions", "entity"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)[COLUMNS]


def naming(mentions: pd.DataFrame, posts: pd.DataFrame, entities: Sequence[str]) -> NDArray[np.float64]:
    """Return posts x entities: 1 where a post names an entity.

    Parameters
    ----------
    mentions : those chosen.
    posts : those that count, in the order wanted.
    entities : in the order wanted.
    """
    import numpy as np
    import pandas as pd

    pairs = mentions[["post_id", "entity"]].drop_duplicates()
    rows, columns = (
        pd.Index(known).get_indexer(pd.Index(some)) for known, some in ((posts["post_id"], pairs["post_id"]), (entities, pairs["entity"]))
    )
    inside = (rows >= 0) & (columns >= 0)
    found = np.zeros((len(posts), len(entities)))
    found[rows[inside], columns[inside]] = 1
    return found


def mention_counts(posts: pd.DataFrame, mentions: pd.DataFrame, entities: Sequence[str], *, by: Sequence[str] = ()) -> list[int]:
    """Return how often each entity is named in each group of posts, in the order of the rows of `entity_shares`.

    Parameters
    ----------
    posts, mentions, entities, by : as in `entity_shares`.
    """
    import numpy as np
    import pandas as pd

    groups = group(posts, by)
    rows, columns = (
        pd.Index(known).get_indexer(pd.Index(some))
        for known, some in ((posts["post_id"], mentions["post_id"]), (entities, mentions["entity"]))
    )
    inside = (rows >= 0) & (columns >= 0)
    counts = np.zeros((len(posts), len(entities)), dtype=int)
    np.add.at(counts, (rows[inside], columns[inside]), 1)
    return [int(n) for n in (counts.T @ groups.inside.astype(int)).ravel()]


def entity_shares(posts: pd.DataFrame, mentions: pd.DataFrame, entities: Sequence[str], *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the share of posts that name each entity in each group of posts, as rows of `estimates` (`posts_naming`, entity as `code`).

    The interval knows nothing of names that were not found. A group with fewer than 5 posts has no estimate; where no or every post names
    the entity there is no interval.

    Parameters
    ----------
    posts : those that count.
    mentions : those chosen.
    entities : which, in the order wanted.
    by : groupings of `group`; without any, one group of all posts.

    Raises
    ------
    InputError : there is no such grouping.
    """
    import numpy as np

    groups, hits = group(posts, by), naming(mentions, posts, entities)
    ends = ratios(hits, np.ones(len(posts)), groups.inside)
    counts, of = (hits.T @ groups.inside).astype(int), groups.inside.sum(axis=0).astype(int)
    fixed = {
        "measure": NAMING, "holder": "", "modality": "", "unit": "post", "estimator": NAIVE, "basis": "", "level": LEVEL,
        "method": METHOD.format(REPLICATES),
    }  # fmt: skip
    rows = []
    for e, entity in enumerate(entities):
        for k, keys in enumerate(groups.keys.to_dict("records")):
            n, n_posts = int(counts[e, k]), int(of[k])
            values: dict[str, Any] = {"note": f"fewer than {FEWEST_POSTS} posts"} if n_posts < FEWEST_POSTS else {"estimate": n / n_posts}
            if "estimate" in values and 0 < n < n_posts:
                values |= {"low": float(ends[0, e, k]), "high": float(ends[1, e, k])}
            named = {str(key): value for key, value in keys.items()}
            rows.append({**fixed, **named, "code": entity, "n": n, "denominator": n_posts, "n_posts": n_posts, **values})
    return tables.build("estimates", rows)
