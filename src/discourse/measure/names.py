"""How far found names agree with coded ones: precision, recall and F1 of exact spans and labels, with intervals over posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discourse.measure.bootstrap import intervals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NAMED_MOST", "name_scores"]

Name = tuple[int, int, str]
NAMED_MOST = ("PERSON", "ORG", "GPE", "LAW")


def name_scores(coded: Sequence[set[Name]], found: Sequence[set[Name]], posts: Sequence[str], *, labels: Sequence[str]) -> pd.DataFrame:
    """Return a row for all labels, for PERSON, ORG, GPE and LAW together, and for each label.

    A name counts as found where start, end and label are those coded (CoNLL 2003; Tjong Kim Sang and De Meulder). Intervals are those of
    `intervals`: sentences of one post are drawn together.

    Parameters
    ----------
    coded, found : start, end and label of the names, a set a sentence.
    posts : the post that each sentence is from.
    labels : in the order of the rows.

    Returns
    -------
    Columns `label`, `n` (coded), `n_found`, `precision`, `recall`, `f1`, `low`, `high` (of F1).

    >>> name_scores([{(0, 4, "ORG")}], [{(0, 4, "ORG"), (5, 8, "GPE")}], ["a"], labels=["ORG"])[["n", "n_found", "f1"]].iloc[0].tolist()
    [1.0, 1.0, 1.0]
    """
    import numpy as np
    import pandas as pd

    groups: Mapping[str, Sequence[str]] = {"all": labels, "+".join(NAMED_MOST): NAMED_MOST, **{label: [label] for label in labels}}
    order = {post: k for k, post in enumerate(dict.fromkeys(posts))}
    counts = np.zeros((3, len(order), len(groups)))
    for truth, guess, post in zip(coded, found, posts, strict=True):
        for row, names in enumerate((truth & guess, truth, guess)):
            per_label = Counter(label for _, _, label in names)
            counts[row, order[post]] += [sum(per_label[label] for label in some) for some in groups.values()]
    right, n, n_found = counts.sum(axis=1)
    low, high = intervals(2 * counts[0], counts[1] + counts[2])
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = {"precision": right / n_found, "recall": right / n, "f1": 2 * right / (n + n_found)}
    return pd.DataFrame({"label": list(groups), "n": n, "n_found": n_found, **scores, "low": low, "high": high})
