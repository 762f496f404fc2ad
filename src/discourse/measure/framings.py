"""How far found framings agree with coded ones: precision, recall and F1, with intervals over posts, plain and weighted.

F1 is the harmonic mean of precision and recall (van Rijsbergen 1979), macro-F1 the mean of the F1 of the classes. What has an empty
denominator is NaN and left out of that mean, as `sklearn.metrics` does with `zero_division=nan`. A stratified sample draws sentences
with unlike chances; weighted by the inverse of its chance each stands for as many as it does in the population (Horvitz and Thompson 1952).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.bootstrap import REPLICATES, SEED, per_post, resampled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["ALL", "framing_confusion", "framing_scores", "score_table", "unlearned"]

ALL = "all"
EACH = ("precision", "recall", "f1")
COLUMNS = ["method", "part", "measure", "code", "weighted", "estimate", "low", "high", "n", "n_found", "denominator", "n_posts"]


class _Group(NamedTuple):
    """One method on one part: true and false positives and negatives of its classes, plain counts and the weighted ones of each post."""

    method: str
    part: str
    weighted: bool
    labels: tuple[str, ...]
    plain: NDArray[np.float64]
    of_post: NDArray[np.float64]


def framing_scores(
    gold: pd.DataFrame,
    guesses: Mapping[str, pd.DataFrame],
    *,
    codes: Sequence[str],
    labels: Mapping[str, Sequence[str]],
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the scores of each method on each part: the framings, and, on sentences with a framing in the gold, holder and modality.

    Intervals are percentile intervals of a bootstrap over posts; all scores come from the same draws.

    Parameters
    ----------
    gold : a row a sentence: `post`, `weight` (of its stratum), each code (0 or 1), and the columns that `labels` names.
    guesses : method -> a row a sentence, as in `gold`; a method without a column of `labels` is not scored on it.
    codes : the framings.
    labels : column -> its values, such as `holder` -> `author`, `other`.
    replicates, seed : of the bootstrap.

    Returns
    -------
    A row a number: `method`, `part` (`framing` or a column of `labels`), `measure` (`precision`, `recall`, `f1`; for code `all`:
    `macro_f1`, and `accuracy` of what has one value a sentence), `code`, `weighted` (by `weight`), `estimate`, `low`, `high`, `n` (coded),
    `n_found`, `denominator` (sentences) and `n_posts`. The last four are plain counts.
    """
    import numpy as np
    import pandas as pd

    framed = gold[list(codes)].any(axis=1).to_numpy()
    groups = []
    for method, guess in guesses.items():
        truth, found = gold[list(codes)].to_numpy() == 1, guess[list(codes)].to_numpy() == 1
        groups += _groups(method, "framing", codes, outcomes(truth, found), gold)
        for part, values in labels.items():
            if part in guess.columns:
                truth, found = (frame[[part]].to_numpy() == np.array([values], dtype=object) for frame in (gold, guess))
                groups += _groups(method, part, values, outcomes(truth, found) * framed[:, None, None], gold)
    counts = np.hstack([group.of_post.reshape(len(group.of_post), -1) for group in groups])
    cuts = np.cumsum([4 * len(group.labels) for group in groups])[:-1]

    def scores(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = zip(np.split(sums, cuts, axis=1), groups, strict=True)
        return np.hstack([_scores(part.reshape(len(part), -1, 4), single=group.part in labels) for part, group in parts])

    ends = resampled(counts, scores, replicates=replicates, seed=seed)
    estimates = scores(counts.sum(axis=0, keepdims=True))[0]
    rows = [row for group in groups for row in _rows(group, single=group.part in labels)]
    sizes = [(len(some), some["post"].nunique()) for some in (gold, gold[framed])]
    sized = {"framing": sizes[0]} | dict.fromkeys(labels, sizes[1])
    table = pd.DataFrame(rows).assign(estimate=estimates, low=ends[0], high=ends[1])
    table["denominator"], table["n_posts"] = ([sized[part][k] for part in table["part"]] for k in (0, 1))
    return table[COLUMNS]


def outcomes(truth: NDArray[np.bool_], found: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return true positives, false positives, false negatives and true negatives as 0 or 1: sentences x classes x 4."""
    import numpy as np

    return np.stack([truth & found, ~truth & found, truth & ~found, ~truth & ~found], axis=-1).astype(float)


def _groups(method: str, part: str, labels: Sequence[str], counts: NDArray[np.float64], gold: pd.DataFrame) -> list[_Group]:
    posts, weight = gold["post"].tolist(), gold["weight"].to_numpy(dtype=float)[:, None, None]
    plain = counts.sum(axis=0)
    of_post = ((False, per_post(counts, posts)), (True, per_post(counts * weight, posts)))
    return [_Group(method, part, weighted, tuple(labels), plain, sums) for weighted, sums in of_post]


def _scores(sums: NDArray[np.float64], *, single: bool) -> NDArray[np.float64]:
    """Return draws x scores from draws x classes x 4: precision of each class, recall, F1, then macro-F1 and accuracy."""
    import numpy as np

    right, wrong, missed = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = 2 * right / (2 * right + wrong + missed)
        macro = np.nansum(f1, axis=1) / (~np.isnan(f1)).sum(axis=1)
        parts = [right / (right + wrong), right / (right + missed), f1, macro[:, None]]
        if single:
            parts.append((right.sum(axis=1) / (right + missed).sum(axis=1))[:, None])
    return np.hstack(parts)


def _rows(group: _Group, *, single: bool) -> list[dict[str, object]]:
    """Return what the columns of `_scores` are, in their order."""
    fixed = {"method": group.method, "part": group.part, "weighted": group.weighted}
    n, found = (group.plain[:, 0] + group.plain[:, 2]).astype(int), (group.plain[:, 0] + group.plain[:, 1]).astype(int)
    each = list(zip(group.labels, n.tolist(), found.tolist(), strict=True))
    rows = [{**fixed, "measure": m, "code": code, "n": a, "n_found": b} for m in EACH for code, a, b in each]
    overall = ["macro_f1", "accuracy"] if single else ["macro_f1"]
    return [*rows, *({**fixed, "measure": m, "code": ALL, "n": int(n.sum()), "n_found": int(found.sum())} for m in overall)]


def score_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Return scores side by side: a row a method, part, weighting and code.

    The columns: `n`, `n_found`, one a measure, and the ends of F1. Code `all` holds macro-F1 under `f1`, with its ends.
    """
    keys = ["method", "part", "weighted", "code"]
    scores = scores.assign(measure=scores["measure"].replace("macro_f1", "f1"))
    wide = scores.pivot(index=[*keys, "n", "n_found"], columns="measure", values="estimate").reset_index()
    ends = scores[scores["measure"] == "f1"].set_index(keys)[["low", "high"]]
    order = scores.drop_duplicates(keys)[keys]
    wide = order.merge(wide, on=keys).join(ends, on=keys).rename_axis(columns=None)
    return wide.reindex(columns=[*keys, "n", "n_found", *EACH, "low", "high", "accuracy"])


def framing_confusion(gold: pd.DataFrame, guess: pd.DataFrame, *, codes: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """Return the four outcomes of each framing in each group of sentences, plain counts.

    Parameters
    ----------
    gold : a row a sentence: the codes, and the columns of `by`.
    guess : a row a sentence: the codes.
    codes : the framings.
    by : columns to group by, one at a time, such as `source` and `year`.

    Returns
    -------
    Columns `by`, `group`, `code`, `tp`, `fp`, `fn`, `tn`, `n` (sentences) and `f1`.
    """
    import numpy as np
    import pandas as pd

    counts = outcomes(gold[list(codes)].to_numpy() == 1, guess[list(codes)].to_numpy() == 1)
    rows = []
    for column in by:
        for group in sorted(gold[column].unique()):
            sums = counts[(gold[column] == group).to_numpy()].sum(axis=0).astype(int)
            rows += [(column, group, code, *four) for code, four in zip(codes, sums.tolist(), strict=True)]
    table = pd.DataFrame(rows, columns=["by", "group", "code", "tp", "fp", "fn", "tn"])
    table["n"] = table[["tp", "fp", "fn", "tn"]].sum(axis=1)
    bottom = 2 * table["tp"] + table["fp"] + table["fn"]
    return table.assign(f1=(2 * table["tp"] / bottom.where(bottom > 0)).astype(np.float64))


def unlearned(gold: pd.DataFrame, codes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return what can be said without reading: `majority`, the answer more frequent in the gold, and `everything`, always yes."""
    import pandas as pd

    yes = dict.fromkeys(codes, 1)
    often = {code: int(gold[code].mean() > 0.5) for code in codes}
    return {name: pd.DataFrame(answers, index=gold.index) for name, answers in (("majority", often), ("everything", yes))}
