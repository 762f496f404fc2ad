"""Clean: raw posts become the tables `posts`, `notes` and `comments`, with nothing of their meaning moved.

The door is `clean`. It joins what a corpus too large for memory takes step by step: `pseudonymous` hides who wrote comments, `prepared`
cleans one post by itself (corrections, regular text, note anchors, boilerplate, language), and `Index` holds what is global (ids, order,
folded categories, near-duplicates) and gives the tables part by part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse import tables
from discourse.clean.comments import pseudonymous
from discourse.clean.corrections import Correction, read_corrections
from discourse.clean.index import Index
from discourse.clean.prepared import Prepared, prepared
from discourse.clean.summary import summarise
from discourse.tables import RawPost

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Correction", "Index", "Prepared", "clean", "prepared", "pseudonymous", "read_corrections", "summarise"]


def clean(
    posts: Sequence[RawPost],
    *,
    source: str,
    corrections: Sequence[Correction] = (),
    salt: str | None,
    licence: str | None = None,
    partial: bool = False,
) -> dict[str, pd.DataFrame]:
    """Return the tables `posts`, `notes` and `comments`, sorted by date.

    Parameters
    ----------
    posts : what a loader read.
    source : short name of the blog; the first part of every `post_id`.
    corrections : rows of the corpus's `corrections.csv`.
    salt : secret for commenters' pseudonyms; None keeps their names.
    licence : licence of posts that name none themselves.
    partial : only a part of the corpus was loaded, so corrections of other posts are no error.

    Raises
    ------
    CorrectionError : a correction matches nothing.
    """
    import pandas as pd

    raw = {str(k): pseudonymous(post, salt=salt) for k, post in enumerate(posts)}
    index, made = Index(source, corrections), {}
    for key, post in raw.items():
        made[key] = prepared(post, index.rows(post.file))
        index.add(key, made[key].entry)
    for place, key, rows in index.named():
        made[key] = prepared(raw[key], rows)
        index.replace(place, made[key].entry)
    index.check(partial=partial)
    parts = [part for _, part in index.parts(made, licence=licence)]
    return {
        table: pd.concat([part[table] for part in parts], ignore_index=True) if parts else tables.build(table, [])
        for table in ("posts", "notes", "comments")
    }
