"""The sentences behind a code, as rows that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["evidence_rows"]

COLUMNS = ["published", "title", "holder", "modality", "cue", "sentence_text", "rule", "post_id"]


def evidence_rows(
    posts: pd.DataFrame, sentences: pd.DataFrame, codings: pd.DataFrame, *, code: str, holder: str | None = None, most: int = 20
) -> pd.DataFrame:
    """Return the sentences that carry a code, one row each, spread evenly over the time that they span.

    Parameters
    ----------
    posts, sentences, codings : the tables of one workspace.
    code : a framing or a theme.
    holder : `author` or `other`; without it both.
    most : so many rows at most.
    """
    coded = codings.query("code == @code" + (" and holder == @holder" if holder else ""))
    texts = sentences[["post_id", "sentence", "text", "start"]].rename(columns={"start": "begins"})
    rows = coded.merge(texts, on=["post_id", "sentence"]).merge(posts[["post_id", "published", "title"]], on="post_id")
    rows = rows.sort_values(["published", "post_id", "sentence"])
    rows = rows.iloc[:: max(1, -(-len(rows) // most))].reset_index(drop=True)
    offsets = zip(rows["text"], rows["start"] - rows["begins"], rows["end"] - rows["begins"], strict=True)
    rows["cue"] = [text[start:end] for text, start, end in offsets]
    return rows.rename(columns={"text": "sentence_text", "method": "rule"})[COLUMNS]
