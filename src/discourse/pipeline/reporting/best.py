"""The posts that show a framing best: those in which the tagger is surest of most sentences that the author holds it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["MOST", "RULE", "best_posts"]

MOST = 3
RULE = (
    "Shown are the posts in which most sentences are found where the author holds the framing, asserted or hedged, each sentence weighed "
    "by how sure the tagger is of it; quoted is the sentence it is surest of."
)
COLUMNS = ["code", "post_id", "published", "title", "categories", "url", "n", "n_sentences", "text", "start", "end"]


def best_posts(measured: Measured, *, most: int = MOST) -> pd.DataFrame:
    """Return for each framing the posts that show it best, each with the sentence of which the tagger is surest.

    Parameters
    ----------
    measured : the workspace.
    most : so many posts a framing.

    Returns
    -------
    Columns `code`, those of the post, `n` (its sentences with the framing), `n_sentences` (all of it), and `text` with `start` and `end`,
    the cue in it.
    """
    import pandas as pd

    from discourse.measure import usual_measures

    sizes = measured.table("counts").query("code == 'all'").groupby("post_id")["sentences"].sum()
    texts = measured.table("sentences")[["post_id", "sentence", "text", "start"]].rename(columns={"start": "begins"})
    posts = measured.counted[["post_id", "published", "title", "categories", "url"]]
    rows = [pd.DataFrame(columns=COLUMNS)]
    for measure in usual_measures(list(measured.framings), ()):
        if measure.name != "share_author":
            continue
        held = measure.of(measured.table("codings"))
        held = held[held["post_id"].isin(posts["post_id"])].sort_values(["score", "sentence"], ascending=[False, True])
        found = held.groupby("post_id").agg(n=("sentence", "nunique"), sure=("score", "sum")).reset_index()
        found = found.sort_values(["sure", "post_id"], ascending=[False, True]).head(most)
        surest = held.drop_duplicates("post_id")[["post_id", "sentence", "start", "end"]].merge(texts, on=["post_id", "sentence"])
        shown = found.merge(posts, on="post_id").merge(surest, on="post_id")
        shown = shown.assign(code=measure.code, n_sentences=shown["post_id"].map(sizes))
        rows.append(shown.assign(start=shown["start"] - shown["begins"], end=shown["end"] - shown["begins"])[COLUMNS])
    return pd.concat([one for one in rows if len(one)] or rows[:1], ignore_index=True)
