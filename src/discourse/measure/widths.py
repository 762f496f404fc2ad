"""How wide the interval of a corrected share will be, before anything is coded.

The corrected share is the tagger's own plus the weighted mean of what it gets wrong on the sentences coded by hand, the residuals y - f of
code and tagger (Särndal, Swensson and Wretman 1992, ch. 6). Its variance is anticipated (Isaki and Fuller 1982, "Survey Design under the
Regression Superpopulation Model") as a sum of four parts, here times the square of the number of sentences:

1. The tagger's share over M posts, linearised: M / (M - 1) * sum of (t - R x)^2, with f = 1 in t of a post's x sentences, R = t / x of all.
2. Residuals over posts: the sum of A, where A = (1 - rho) * sum of v + rho * (sum of sqrt v)^2 anticipates the variance of the sum of a
   post's residuals; for sentences alike that is x v (1 + (x - 1) rho), Kish's effect of clusters (1965, *Survey Sampling*, ch. 5).
3. Drawing m of M posts, by stratum: M (M / m - 1) S^2, where S^2 is the variance of the posts' sums of b plus the mean of their A.
4. Drawing n of N sentences, by stratum: N^2 (1 / n - 1 / N) S^2, where S^2 is the variance to expect of residuals over p_post.

v = q (1 - q) and b = q - f anticipate variance and mean of a residual from q, the chance that a coder gives the code. Where the tagger gave
it, q is the calibrated score (for a code by rule an assumed precision); elsewhere it is the same for all sentences, and such that as many
are missed as are wrongly given. rho is the correlation of f within posts, by the estimator of the analysis of variance (Donner 1986, "A
Review of Inference Procedures for the Intraclass Correlation Coefficient"). Parts 3 and 4 take unequal weights into account, as Kish's
1 + cv^2 does for strata that do not differ. Half the width is 1.96 times the root of the variance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.allocation import CELL
from discourse.measure.measures import headline
from discourse.measure.sampling import KEY, STRATUM, UNDATED, Drawn
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PRECISION", "by_rule", "correlation", "residuals", "widths"]

PRECISION = 0.85
Z = 1.959964


def by_rule(codings: pd.DataFrame, code: str) -> bool:
    """Return whether a code's scores are no probabilities: a rule gives 1 to all that it finds."""
    scores = codings.loc[codings["code"] == code, "score"]
    return len(scores) > 0 and bool((scores == 1).all())


def residuals(population: pd.DataFrame, codings: pd.DataFrame, *, code: str, framing: bool, precision: float = PRECISION) -> pd.DataFrame:
    """Return what to expect of y - f for one code in each sentence.

    Parameters
    ----------
    population : as `strata` returns it.
    codings : of the workspace.
    code : its codings are f; of a framing those that its headline share counts.
    framing : whether it is one.
    precision : assumed of a code that is coded by rule, whose score is no probability.

    Returns
    -------
    The population with `f` (0 or 1), `b` and `v` (see above).
    """
    chosen = codings[codings["code"] == code]
    counts = headline(chosen) if framing else chosen
    given = counts[KEY].assign(f=1.0, q=precision if by_rule(codings, code) else counts["score"])
    table = population.merge(given, on=KEY, how="left")
    table["f"] = table["f"].fillna(0.0)
    wrong = float((1 - table["q"]).sum())
    table["q"] = table["q"].fillna(min(wrong / max(1, table["q"].isna().sum()), 0.5))
    return table.assign(b=table["q"] - table["f"], v=table["q"] * (1 - table["q"])).drop(columns="q")


def correlation(values: pd.Series, posts: pd.Series) -> float:
    """Return the correlation within posts by the estimator of the analysis of variance, held between 0 and 1; 0 where it cannot be told."""
    sizes, means = (values.groupby(posts).transform(what) for what in ("size", "mean"))
    n, m = len(values), posts.nunique()
    if m < 2 or n == m:
        return 0.0
    between = float(((means - values.mean()) ** 2).sum()) / (m - 1)
    within = float(((values - means) ** 2).sum()) / (n - m)
    usual = (n - float(sizes.sum()) / n) / (m - 1)
    below = between + (usual - 1) * within
    return min(max((between - within) / below, 0.0), 1.0) if below > 0 else 0.0


def widths(drawn: Drawn, expected: pd.DataFrame) -> pd.DataFrame:
    """Return half the width of the 95 % interval of one code's corrected share, over all and in a typical year (the median of those shown).

    Parameters
    ----------
    drawn : a sample, as `draw` returns it.
    expected : of the code, as `residuals` returns it.

    Returns
    -------
    A row for `over` = `all` and one for `year`: `half_width` (a share, 0 to 1), and `of_coding`, what it would be if nothing varied but
    which sentences are coded. Null where it cannot be told: the tagger gave the code nowhere, or there is one post.
    """
    import numpy as np
    import pandas as pd

    posts = _by_post(expected)
    coding = _of_posts(drawn, posts).add(_of_sentences(drawn, expected), fill_value=0)
    rows = []
    shown = []
    for period, inside in [("", posts), *posts.groupby("period")]:
        part = coding.sum() if period == "" else coding[period]
        n = inside["x"].sum()
        whole = _linearised(inside) + inside["a"].sum() + part
        both = Z * np.sqrt(np.array([whole, part])) / n if inside["f"].sum() else np.full(2, np.nan)
        if period == "":
            rows.append(("all", *both))
        elif period != UNDATED and len(inside) >= FEWEST_POSTS and n >= FEWEST_SENTENCES:
            shown.append(both)
    rows.append(("year", *(np.nanmedian(shown, axis=0) if np.isfinite(shown).any() else [np.nan] * 2)))
    return pd.DataFrame(rows, columns=["over", "half_width", "of_coding"])


def _by_post(expected: pd.DataFrame) -> pd.DataFrame:
    """Return for each post its sentences x, and the sums of f, of b, and the variance a to expect of its residuals' sum."""
    rho = correlation(expected["f"], expected["post_id"])
    table = expected.assign(root=expected["v"] ** 0.5).groupby("post_id")
    posts = table.agg(period=("period", "first"), x=("f", "size"), f=("f", "sum"), b=("b", "sum"), v=("v", "sum"), root=("root", "sum"))
    return posts.assign(a=(1 - rho) * posts["v"] + rho * posts["root"] ** 2).reset_index()


def _linearised(posts: pd.DataFrame) -> float:
    """Return the variance over posts of the sum of f, given x."""
    m = len(posts)
    rest = posts["f"] - posts["x"] * posts["f"].sum() / posts["x"].sum()
    return float((rest**2).sum()) * m / (m - 1) if m > 1 else float("nan")


def _of_posts(drawn: Drawn, posts: pd.DataFrame) -> pd.Series:
    """Return by period the variance of the sum of residuals that is due to drawing posts."""
    cells = drawn.posts.merge(posts[["post_id", "b", "a"]], on="post_id").groupby(CELL)
    table = cells.agg(size=("b", "size"), spread=("b", "var"), a=("a", "mean"), p=("p_post", "first"))
    part = table["size"] * (1 / table["p"] - 1) * (table["spread"].fillna(0) + table["a"])
    return part.groupby("period").sum()


def _of_sentences(drawn: Drawn, expected: pd.DataFrame) -> pd.Series:
    """Return by period the variance of the sum of residuals that is due to drawing sentences."""
    frame = drawn.frame.merge(expected[[*KEY, "b", "v"]], on=KEY)
    frame["b"], frame["v"] = frame["b"] / frame["p_post"], frame["v"] / frame["p_post"] ** 2
    table = frame.assign(square=frame["v"] + frame["b"] ** 2).groupby(STRATUM).agg(b=("b", "mean"), square=("square", "mean"))
    table = table.join(drawn.strata.set_index(STRATUM)[["n_sentences", "n_drawn"]])
    n, drawn_of = table["n_sentences"], table["n_drawn"]
    spread = (table["square"] - table["b"] ** 2) * n / (n - 1).clip(lower=1)
    return (n**2 * (1 / drawn_of - 1 / n) * spread).groupby("period").sum()
