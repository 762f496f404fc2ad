"""The numbers of a corpus at a glance, for the screen and the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["summarise"]


def summarise(posts: pd.DataFrame) -> dict[str, Any]:
    """Return posts, words, first and last date, categories, and what is missing, repeated or in another language."""
    dates, known = posts["published"].dropna(), posts["categories"].dropna()
    return {
        "posts": len(posts),
        "words": int(posts["n_words"].sum()),
        "first": str(dates.min().date()) if len(dates) else None,
        "last": str(dates.max().date()) if len(dates) else None,
        "undated": len(posts) - len(dates),
        "categories": len({name for names in known for name in names}),
        "without_category": sum(1 for names in known if not names),
        "category_unknown": len(posts) - len(known),
        "without_author": int((posts["authors"].map(len) == 0).sum()),
        "near_duplicates": int(posts["duplicate_of"].notna().sum()),
        "languages": {str(k): int(v) for k, v in posts["language"].value_counts().items()},
    }
