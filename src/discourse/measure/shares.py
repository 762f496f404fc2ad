"""Shares of sentences that carry a code, by period and by category, with intervals clustered by post.

The headline share of a framing (`share_author`) is asserted or hedged and held by the author; `share_other` is held by others;
`share_rejected` stands apart and is never added. A theme's share (`share`) counts every sentence that carries it. A post in several
categories counts in each. A cell with fewer than 5 posts or 30 sentences has no estimate, one without a hit no interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.measure.bootstrap import LEVEL, REPLICATES, intervals
from discourse.measure.counts import ALL

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["FEWEST_POSTS", "FEWEST_SENTENCES", "NO_CATEGORY", "cells", "shares"]

FEWEST_POSTS = 5
FEWEST_SENTENCES = 30
NO_CATEGORY = "(no category)"
UNKNOWN_CATEGORY = "(category unknown)"
HELD = ("asserted", "hedged")
METHOD = f"share of sentences; percentile interval of {REPLICATES} bootstrap draws of posts"


def shares(posts: pd.DataFrame, counts: pd.DataFrame, *, framings: list[str], themes: list[str]) -> pd.DataFrame:
    """Return shares overall, by year, and by category, as rows of `estimates`.

    Parameters
    ----------
    posts : those that count.
    counts : the table `counts` over these posts.
    framings, themes : the codes of either kind; a code without a hit has share 0.
    """
    rows: list[dict[str, Any]] = []
    groups = list(cells(posts))
    for measure, code, held in _measures(framings, themes):
        chosen = counts[(counts["code"] == code) & held(counts)]
        rows += _rows(measure, code, _by_post(posts, chosen), _by_post(posts, counts[counts["code"] == ALL]), groups)
    return tables.build("estimates", rows)


def cells(posts: pd.DataFrame) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Yield period, category and the posts in the cell: all, each year, each category, each category in each year."""
    import numpy as np

    years = posts["published"].dt.year
    named = [_named(categories) for categories in posts["categories"]]
    categories = sorted({name for names in named for name in names})
    periods = [int(year) for year in sorted(years.dropna().unique())]
    inside = {c: np.array([c in names for names in named], dtype=bool) for c in categories}
    during = {str(y): (years == y).to_numpy() for y in periods}
    yield "", "", np.ones(len(posts), dtype=bool)
    for period, mask in during.items():
        yield period, "", mask
    for category, mask in inside.items():
        yield "", category, mask
        for period, also in during.items():
            if (mask & also).any():
                yield period, category, mask & also


def _named(categories: list[str] | None) -> list[str]:
    if categories is None:
        return [UNKNOWN_CATEGORY]
    return list(categories) or [NO_CATEGORY]


def _measures(framings: list[str], themes: list[str]) -> Iterator[tuple[str, str, Any]]:
    for code in framings:
        yield "share_author", code, lambda c: (c["holder"] == "author") & c["modality"].isin(HELD)
        yield "share_other", code, lambda c: (c["holder"] == "other") & c["modality"].isin(HELD)
        yield "share_rejected", code, lambda c: c["modality"] == "rejected"
    for code in themes:
        yield "share", code, lambda c: c["code"].notna()


def _by_post(posts: pd.DataFrame, counts: pd.DataFrame) -> NDArray[np.float64]:
    """Return the number of sentences for each post, in the order of `posts`."""
    sums = counts.groupby("post_id")["sentences"].sum()
    return posts["post_id"].map(sums).fillna(0).to_numpy(dtype=float)


def _rows(
    measure: str, code: str, top: NDArray[np.float64], bottom: NDArray[np.float64], groups: list[tuple[str, str, NDArray[np.bool_]]]
) -> list[dict[str, Any]]:
    import numpy as np

    masks = np.stack([mask for _, _, mask in groups], axis=1)
    numerator, denominator = top[:, None] * masks, bottom[:, None] * masks
    low, high = intervals(numerator, denominator)
    rows = []
    for k, (period, category, mask) in enumerate(groups):
        n, of, n_posts = int(numerator[:, k].sum()), int(denominator[:, k].sum()), int((mask & (bottom > 0)).sum())
        enough = n_posts >= FEWEST_POSTS and of >= FEWEST_SENTENCES
        shown = {"estimate": n / of} if enough else {}
        if enough and n:  # where nothing was found a bootstrap has nothing to vary, and an interval of width 0 would lie
            shown |= {"low": float(low[k]), "high": float(high[k])}
        where = {"measure": measure, "code": code, "period": period, "category": category, "unit": "sentence"}
        rows.append({**where, **shown, "level": LEVEL, "method": METHOD, "n": n, "denominator": of, "n_posts": n_posts})
    return rows
