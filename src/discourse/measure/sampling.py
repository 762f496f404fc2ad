"""A sample of sentences to be coded by hand: stratified, if asked clustered by post, every chance of inclusion recorded.

Strata are period x category x band. The period is the year; the band is what the tagger says: `hit` (it coded the sentence), `near` (it did
not, with a score of at least 0.1), `far` (the rest). In a stratum sentences are drawn at random without replacement, so `p_inclusion` is
n_drawn / n_sentences. Where posts are drawn first, it is the product of both chances, the second one within the posts drawn; sums of
1 / p_inclusion stay unbiased (Särndal, Swensson and Wretman 1992, *Model Assisted Survey Sampling*, ch. 9).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.measure.allocation import BANDS, CELL, OTHER, allot, fold_bands, fold_categories, least
from discourse.measure.groups import NO_CATEGORY, UNKNOWN_CATEGORY

if TYPE_CHECKING:
    import pandas as pd
    from numpy.random import Generator

__all__ = ["KEY", "NEAR", "STRATUM", "UNDATED", "Drawn", "category_of", "draw", "fewest", "strata", "year_of"]

UNDATED = "undated"
NEAR = 0.1
SMALL = 0.05
ANTICIPATED = {"hit": 0.5, "near": 0.2, "far": 0.0}
BOUNDS = (0.03, 0.97)
KEY = ["post_id", "sentence"]
STRATUM = [*CELL, "band"]


@dataclass(frozen=True)
class Drawn:
    """A sample, and what it was drawn from.

    `sentences` has a row a sentence drawn, in the shuffled order in which it is coded: `post_id`, `sentence`, `period`, `category`, `band`,
    `score`, `p_post`, `p_inclusion`. `strata` has a row a stratum: `period`, `category`, `band`, `n_sentences`, `n_posts`, `n_drawn`,
    `p_post`, `p_inclusion`; where posts were drawn first, the first two numbers are of the posts drawn. `frame` has every sentence of the
    posts drawn, in the columns of `sentences`; `posts` every post of the population: `post_id`, `period`, `category`, `p_post` and whether
    it was `drawn`.
    """

    sentences: pd.DataFrame
    strata: pd.DataFrame
    frame: pd.DataFrame
    posts: pd.DataFrame


def year_of(posts: pd.DataFrame) -> pd.Series:
    """Return the year of each post as text, `undated` without one."""
    years: pd.Series = posts["published"].dt.year.astype("Int64").astype("string").fillna(UNDATED).astype(object)
    return years


def category_of(categories: Sequence[str] | None, chosen: Collection[str] = ()) -> str:
    """Return a post's first category, of the chosen ones if any are.

    >>> category_of(["News", "Privacy"]), category_of(["News", "Privacy"], ["Privacy"]), category_of([]), category_of(None)
    ('News', 'Privacy', '(no category)', '(category unknown)')
    """
    if categories is None:
        return UNKNOWN_CATEGORY
    names = [name for name in categories if name in chosen] if chosen else list(categories)
    return names[0] if names else NO_CATEGORY


def strata(
    posts: pd.DataFrame, sentences: pd.DataFrame, codings: pd.DataFrame, *, codes: Collection[str], categories: Collection[str] = ()
) -> pd.DataFrame:
    """Return the sentences of some posts with the stratum of each.

    Parameters
    ----------
    posts : those in scope, of those that count.
    sentences, codings : of the workspace. Without `sentences.score` (0 to 1, the highest of any framing) there are two bands.
    codes : what the tagger coded of these makes a sentence a `hit`.
    categories : of a post's categories the first of these is taken; without them its first.

    Returns
    -------
    `post_id`, `sentence`, `period`, `category`, `band`, `score` (null where there is none), sorted by the first two. Categories that hold
    less than 5 % of the sentences are one, `(other categories)`.
    """
    import pandas as pd

    named = pd.DataFrame({"post_id": posts["post_id"], "period": year_of(posts)})
    named["category"] = [category_of(names, categories) for names in posts["categories"]]
    scored = sentences if "score" in sentences else sentences.assign(score=None)
    frame = scored[[*KEY, "score"]].astype({"score": float}).merge(named, on="post_id").sort_values(KEY, ignore_index=True)
    held = frame["category"].value_counts(normalize=True)
    small = held.index[held < SMALL]
    if len(small) > 1:
        frame["category"] = frame["category"].where(~frame["category"].isin(small), OTHER)
    coded = codings[codings["code"].isin(list(codes))]
    own = coded[KEY].assign(hit=True, own=coded["score"].where(coded["score"] < 1).astype(float))  # a rule's 1 is no probability
    frame = frame.merge(own.groupby(KEY).max().reset_index(), on=KEY, how="left")
    hit = frame["hit"].notna()
    frame["score"] = frame["own"].where(hit, frame["score"])
    frame["band"] = ["hit" if one else "near" if near else "far" for one, near in zip(hit, frame["score"] >= NEAR, strict=True)]
    return frame[[*KEY, *STRATUM, "score"]]


def fewest(population: pd.DataFrame, unit: str = "sentence") -> int:
    """Return how many sentences (or posts, with the unit `post`) must be drawn so that every period has two, or all that it has."""
    by_period = population.groupby("period")["post_id"]
    return int(least(by_period.nunique() if unit == "post" else by_period.size()).sum())


def draw(population: pd.DataFrame, *, n: int, n_posts: int | None = None, seed: int = 0) -> Drawn:
    """Draw sentences; all of them where there are no more than `n`.

    Parameters
    ----------
    population : as `strata` returns it.
    n : number of sentences.
    n_posts : draw so many posts first, and sentences of these alone.
    seed : of numpy's generator; the same seed draws the same.

    Raises
    ------
    InputError : `n` or `n_posts` is too small for two in each period, so that part of the population could not be drawn.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    _enough(population, n, "sentence")
    folded = population.assign(category=_categories(population, n, population.index.to_series()))
    if n_posts is not None:
        _enough(population, n_posts, "post")
        folded["category"] = _categories(folded, n_posts, folded["post_id"])
    posts = _posts(folded, n_posts, generator)
    frame, table = _allocated(folded.merge(posts.loc[posts["drawn"], ["post_id", "p_post"]], on="post_id"), n)
    groups = zip(frame.groupby(STRATUM, sort=True), table["n_drawn"], strict=True)
    rows = [generator.choice(inside.index, size=size, replace=False) for (_, inside), size in groups]
    chosen = frame.loc[generator.permutation(np.concatenate(rows))].reset_index(drop=True)
    return Drawn(chosen, table, frame, posts)


def _enough(population: pd.DataFrame, n: int, unit: str) -> None:
    if (needed := fewest(population, unit)) > n:
        periods = population["period"].nunique()
        raise InputError(
            f"{n} {unit}s do not reach two in each period ({periods} periods); draw {needed} or more, or choose years with --from and --to."
        )


def _categories(frame: pd.DataFrame, n: int, units: pd.Series) -> list[str]:
    """Return each sentence's category, those folded that are too small for `n` units."""
    cells = frame.assign(unit=units).groupby(CELL, sort=True).agg(sentences=("unit", "size"), size=("unit", "nunique")).reset_index()
    new = dict(zip(cells[CELL].itertuples(index=False, name=None), fold_categories(cells, n=n), strict=True))
    return [new[cell] for cell in zip(frame["period"], frame["category"], strict=True)]


def _posts(frame: pd.DataFrame, n: int | None, generator: Generator) -> pd.DataFrame:
    """Return every post with its cell, the chance with which it is drawn, and whether it is; without `n` all are."""
    posts = frame.groupby(["post_id", *CELL], sort=True).size().rename("sentences").reset_index()
    cells = posts.groupby(CELL, sort=True).agg(size=("post_id", "size"), sentences=("sentences", "sum")).reset_index()
    cells["m"] = cells["size"] if n is None else allot(cells.assign(want=cells["sentences"]), n=min(n, len(posts)))
    groups = zip(posts.groupby(CELL, sort=True), cells["m"], strict=True)
    chosen = [row for (_, inside), m in groups for row in generator.choice(inside.index, size=m, replace=False)]
    posts = posts.merge(cells.assign(p_post=cells["m"] / cells["size"])[[*CELL, "p_post"]], on=CELL, how="left")
    return posts.assign(drawn=posts.index.isin(chosen))[["post_id", *CELL, "p_post", "drawn"]]


def _allocated(frame: pd.DataFrame, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sentences that can be drawn with their strata, folded as `n` needs, and their chances; and the table of these strata."""
    n = min(n, len(frame))
    stands_for = 1 / frame["p_post"]
    frame = frame.assign(stands_for=stands_for, want=frame["band"].map(_spread(frame)) * stands_for)
    raw = _sized(frame)
    frame["band"] = frame.merge(raw[STRATUM].assign(new=fold_bands(raw, n=n)), on=STRATUM, how="left")["new"]
    table = _sized(frame)
    table["n_drawn"] = allot(table, n=n)
    table["p_inclusion"] = table["p_post"] * (table["n_drawn"] / table["size"])
    frame = frame.merge(table[[*STRATUM, "p_inclusion"]], on=STRATUM, how="left")
    table = table.rename(columns={"size": "n_sentences"})
    return frame.drop(columns=["stands_for", "want"]), table[[*STRATUM, "n_sentences", "n_posts", "n_drawn", "p_post", "p_inclusion"]]


def _sized(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the strata of some sentences as `allot` and `fold_bands` take them; a sentence counts for those that its post stands for."""
    table = frame.groupby(STRATUM, sort=True).agg(
        size=("sentence", "size"), n_posts=("post_id", "nunique"), p_post=("p_post", "first"),
        sentences=("stands_for", "sum"), want=("want", "sum"),
    )  # fmt: skip
    return table.reset_index()


def _spread(frame: pd.DataFrame) -> dict[str, float]:
    """Return the standard deviation to expect in each band: sqrt(p (1 - p)), p its mean score, held off 0 and 1 so that none is starved.

    With scores of the shipped model `hit`, `near` and `far` come out at about 3 : 2 : 1.
    """
    found = frame.groupby("band")["score"].mean().dropna().to_dict()
    chances = {band: min(max(found.get(band, ANTICIPATED[band]), BOUNDS[0]), BOUNDS[1]) for band in BANDS}
    return {band: (p * (1 - p)) ** 0.5 for band, p in chances.items()}
