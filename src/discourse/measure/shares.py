"""Shares of sentences, words or posts that carry a code, naive and corrected, in any grouping, with intervals clustered by post.

The naive share is what the tagger finds; its interval is that of the bootstrap over posts and knows nothing of the tagger's errors. The
corrected share (`correction`, `pooling`) uses hand-coded sentences. A group with fewer than 5 posts or 30 sentences has no estimate, one
in which nothing or everything carries the code no naive interval. Where a corrected share cannot be had its row is there, empty, and its
note says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.errors import InputError, did_you_mean
from discourse.measure.bootstrap import LEVEL, REPLICATES, ratios
from discourse.measure.corrected import CORRECTED, corrections
from discourse.measure.counts import ALL, by_post
from discourse.measure.groups import Groups, group
from discourse.measure.measures import ATTRIBUTES, Measure

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.gold import Gold

__all__ = ["CORRECTED", "FEWEST_POSTS", "FEWEST_SENTENCES", "NAIVE", "TOO_FEW", "UNITS", "enough_in", "shares"]

FEWEST_POSTS = 5
FEWEST_SENTENCES = 30
TOO_FEW = f"fewer than {FEWEST_POSTS} posts or {FEWEST_SENTENCES} sentences"
NAIVE = "naive"
UNITS = {"sentence": "sentences", "word": "words", "post": "posts"}
METHOD = "share of {} by the tagger; percentile interval of {} bootstrap draws of posts"


def shares(
    posts: pd.DataFrame,
    counts: pd.DataFrame,
    measures: Iterable[Measure],
    *,
    by: Sequence[str] = (),
    unit: str = "sentence",
    gold: Gold | None = None,
) -> pd.DataFrame:
    """Return shares as rows of `estimates`: one naive row a measure and group, and with gold one corrected row beside it.

    Parameters
    ----------
    posts : those that count.
    counts : the table `counts` over these posts.
    measures : what is counted; one without a hit has share 0.
    by : groupings of `group`; without any, one group of all posts. `holder` and `modality` are no groups of posts but measures
        (`measures_by`) and are passed over.
    unit : `sentence`, `word` (each sentence counts as many words as it has) or `post` (a post counts that has such a sentence).
    gold : hand-coded sentences; a measure whose code nobody looked for has no corrected row.

    Raises
    ------
    InputError : there is no such unit or grouping, or the gold has a sentence of another post.
    """
    import numpy as np

    if unit not in UNITS:
        raise InputError(f"There is no unit {unit!r}.{did_you_mean(unit, UNITS)}")
    measures, groups = list(measures), group(posts, [name for name in by if name not in ATTRIBUTES])
    totals, sentences = (by_post(posts, counts[counts["code"] == ALL], of) for of in (unit, "sentence"))
    hits = np.array([by_post(posts, measure.of(counts), unit) for measure in measures]).reshape(len(measures), len(posts)).T
    enough = enough_in(groups, sentences)
    rows = _naive(measures, groups, hits, totals, unit)
    if gold is not None:
        rows += corrections(posts, groups, [m for m in measures if m.code in gold.codes], gold=gold, counts=counts, unit=unit)
    n_posts = (groups.inside * (totals > 0)[:, None]).sum(axis=0)
    made, keys = [], groups.keys.to_dict("records")
    for row in rows:
        k = row.pop("group")
        if not enough[k]:
            row |= dict.fromkeys(("estimate", "low", "high", "strict", "lenient")) | {"note": TOO_FEW, "basis": ""}
        made.append({**row, **keys[k], "unit": unit, "level": LEVEL, "n_posts": int(n_posts[k])})
    return tables.build("estimates", made)


def enough_in(groups: Groups, sentences: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which groups have enough posts and sentences to be shown.

    Parameters
    ----------
    groups : of posts.
    sentences : of each post.
    """
    counted = groups.inside * (sentences > 0)[:, None]
    enough: NDArray[np.bool_] = (counted.sum(axis=0) >= FEWEST_POSTS) & (sentences @ groups.inside >= FEWEST_SENTENCES)
    return enough


def _naive(
    measures: Sequence[Measure], groups: Groups, hits: NDArray[np.float64], totals: NDArray[np.float64], unit: str
) -> list[dict[str, Any]]:
    """Return the naive rows; where nothing or everything carries the code a bootstrap has nothing to vary, and its interval would lie."""
    ends = ratios(hits, totals, groups.inside)
    found, of = (hits.T @ groups.inside).astype(int), (totals @ groups.inside).astype(int)
    rows = []
    for m, measure in enumerate(measures):
        for k in range(len(groups.keys)):
            shown: dict[str, Any] = {"estimate": found[m, k] / of[k]} if of[k] else {}
            if 0 < found[m, k] < of[k]:
                shown |= {"low": float(ends[0, m, k]), "high": float(ends[1, m, k])}
            rows.append({
                "group": k, "measure": measure.name, "code": measure.code, "holder": measure.holder, "modality": measure.modality,
                "estimator": NAIVE, "basis": "", **shown, "n": int(found[m, k]), "denominator": int(of[k]),
                "method": METHOD.format(UNITS[unit], REPLICATES),
            })  # fmt: skip
    return rows
