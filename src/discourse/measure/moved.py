"""Shares of two runs, and what moved them: posts added, removed, moved between groups and edited, and recoding of the same sentences.

A share is hits over sentences. Each part brings so many hits and so many sentences more or fewer, and these add up to the whole. The
difference of two ratios is parted as Das Gupta (1978, "A General Method of Decomposing a Difference Between Two Rates into Several
Components", Demography 15) does, which keeps no order of the parts: with n hits and d sentences more, a part is (n - r d) / h, where r is
the share over both runs together and h the harmonic mean of the two numbers of sentences. The parts add up to the difference exactly, and
the mirror of two runs has each part with its sign turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.aligned import on_lines
from discourse.measure.groups import KEYS, Groups, group
from discourse.measure.measures import Measure
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["PARTS", "Side", "moved_shares", "parts_of_difference"]

PARTS = ("added", "removed", "moved", "edited", "recoded")
ENDS = ("n_before", "denominator_before", "n_after", "denominator_after", "before", "after", "difference")


class Side(NamedTuple):
    """One run: the posts that count, its sentences and codings, the `post_id` of every post, and what is measured (by name and code)."""

    posts: pd.DataFrame
    sentences: pd.DataFrame
    codings: pd.DataFrame
    known: frozenset[str]
    measures: tuple[Measure, ...]


class _Sums(NamedTuple):
    """Sentences (posts x whether the sentence stayed), hits (the same x measures), which groups hold a post, which posts the run has."""

    sentences: NDArray[np.float64]
    hits: NDArray[np.float64]
    inside: NDArray[np.float64]
    known: NDArray[np.bool_]

    def over_groups(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return hits (measures x groups) and sentences (groups)."""
        return self.hits.sum(axis=1).T @ self.inside, self.sentences.sum(axis=1) @ self.inside

    def enough(self) -> NDArray[np.bool_]:
        """Return which groups have the posts and sentences that a share needs to be shown."""
        sentences = self.sentences.sum(axis=1)
        shown: NDArray[np.bool_] = ((sentences > 0) @ self.inside >= FEWEST_POSTS) & (sentences @ self.inside >= FEWEST_SENTENCES)
        return shown


def parts_of_difference(
    hits: NDArray[np.float64], sentences: NDArray[np.float64], before: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return the part of the difference of two shares that each change brings; the parts add up to the difference.

    Parameters
    ----------
    hits, sentences : … x parts, by how much each part changes hits and sentences.
    before : hits and sentences of the first run, …

    Returns
    -------
    … x parts; NaN where a run has no sentence.

    >>> import numpy as np
    >>> parts_of_difference(np.array([2.0, 0.0]), np.array([0.0, 10.0]), (np.array(3.0), np.array(10.0))).round(4).tolist()
    [0.15, -0.2]
    """
    import numpy as np

    n, d = before
    n_after, d_after = n + hits.sum(axis=-1), d + sentences.sum(axis=-1)
    defined = (d > 0) & (d_after > 0)
    both, product = np.where(defined, d + d_after, np.nan), np.where(defined, 2 * d * d_after, np.nan)
    parts: NDArray[np.float64] = (hits * both[..., None] - sentences * (n + n_after)[..., None]) / product[..., None]
    return parts


def moved_shares(before: Side, after: Side, lines: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return a row a measure and group whose hits or sentences are not the same in both runs.

    `added` and `removed` are posts that only one run has; `moved` posts came into or left the group (another date, category, or no longer
    counted); `edited` are sentences that are new or gone in posts of both; `recoded` sentences stayed and are coded otherwise.

    Parameters
    ----------
    before, after : the runs.
    lines : their sentences, as `align` returns them.
    by : groupings of `group`; without any, all posts are one group.

    Returns
    -------
    `measure`, `code`, the columns of KEYS; hits `n_…` and sentences `denominator_…`, the naive shares `before` and `after`, their
    `difference`, the five parts of it (all 0 to 1; null where a run has no sentence in the group, or no such code), `shown` (whether
    both runs have the posts and sentences that a share needs to be shown), and `note`.
    """
    import numpy as np
    import pandas as pd

    names = list(dict.fromkeys((one.name, one.code) for side in (before, after) for one in side.measures))
    measures = {(one.name, one.code): one for side in (after, before) for one in side.measures}
    posts = sorted({*before.posts["post_id"], *after.posts["post_id"]})
    groups = [group(side.posts, by) for side in (before, after)]
    keys = sorted({key for some in groups for key in some.keys.itertuples(index=False, name=None)})
    frame = _Frame(pd.Index(posts), pd.MultiIndex.from_tuples(keys, names=KEYS), [measures[name] for name in names])
    first, second = (
        _sums(side, lines, which, some, frame) for side, which, some in zip((before, after), ("before", "after"), groups, strict=True)
    )
    hits, sentences = _changes(first, second)
    rows = pd.DataFrame([(*name, *key) for name in names for key in keys], columns=["measure", "code", *KEYS])
    ends = [one.over_groups() for one in (first, second)]
    for side, (n, d) in zip(("before", "after"), ends, strict=True):
        with np.errstate(invalid="ignore", divide="ignore"):
            rows[f"n_{side}"], rows[side] = n.ravel().astype("int64"), (n / d).ravel()
        rows[f"denominator_{side}"] = np.tile(d.astype("int64"), len(names))
    rows["difference"] = rows["after"] - rows["before"]
    parts = parts_of_difference(hits, np.broadcast_to(sentences, hits.shape), (ends[0][0], np.broadcast_to(ends[0][1], ends[0][0].shape)))
    rows[list(PARTS)] = parts.reshape(-1, len(PARTS))
    rows["shown"] = np.tile(first.enough() & second.enough(), len(names))
    changed = (hits.any(axis=-1) | sentences.any(axis=-1)).ravel()
    return _without_strangers(rows, changed, before, after)


def _without_strangers(rows: pd.DataFrame, changed: NDArray[np.bool_], before: Side, after: Side) -> pd.DataFrame:
    """Return the rows that changed; a code that one run does not have has no share there, and no difference."""
    pairs = list(zip(rows["measure"], rows["code"], strict=True))
    rows = rows.assign(note="").astype({"n_before": "Int64", "n_after": "Int64"})
    for side, which, note in (
        (before, "before", "new: the first run has no such code"),
        (after, "after", "gone: the second run has no such code"),
    ):
        known = {(one.name, one.code) for one in side.measures}
        lacks = [pair not in known for pair in pairs]
        rows.loc[lacks, ["n_" + which, which, "difference", *PARTS]] = None
        rows.loc[lacks, "note"] = note
        changed = changed | lacks
    order = ["measure", "code", *KEYS, *ENDS, *PARTS, "shown", "note"]
    return rows.loc[changed, order].reset_index(drop=True)


class _Frame(NamedTuple):
    """What the arrays of both runs run over: posts, groups, measures."""

    posts: pd.Index
    groups: pd.MultiIndex
    measures: list[Measure]


def _sums(side: Side, lines: pd.DataFrame, which: str, groups: Groups, frame: _Frame) -> _Sums:
    """Count a run's sentences and hits by post and by whether the sentence stayed."""
    import numpy as np
    import pandas as pd

    of_post = side.posts["post_id"]
    sentences = on_lines(side.sentences.loc[side.sentences["post_id"].isin(of_post), ["post_id", "sentence"]], lines, which)
    codings = on_lines(side.codings[side.codings["post_id"].isin(of_post)], lines, which)
    counted = [sentences, *(one.of(codings) for one in frame.measures)]
    sums = np.zeros((len(frame.posts), 2, len(counted)))
    for k, rows in enumerate(counted):
        places = frame.posts.get_indexer(pd.Index(rows["post_id"])).tolist()
        for stayed, post in zip(rows["kept"].astype(int).tolist(), places, strict=True):
            sums[post, stayed, k] += 1
    inside = np.zeros((len(frame.posts), len(frame.groups)))
    if len(groups.keys):
        columns = frame.groups.get_indexer(pd.MultiIndex.from_frame(groups.keys))
        inside[np.ix_(frame.posts.get_indexer(pd.Index(of_post)), columns)] = groups.inside
    return _Sums(sums[..., 0], sums[..., 1:], inside, frame.posts.isin(side.known))


def _changes(before: _Sums, after: _Sums) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return by how much each part changes hits (measures x groups x parts) and sentences (groups x parts)."""
    import numpy as np

    both = before.inside * after.inside
    gone, come = before.inside - both, after.inside - both
    old, new = before.known[:, None], after.known[:, None]
    all_before, all_after = (np.concatenate([one.hits.sum(axis=1), one.sentences.sum(axis=1)[:, None]], axis=1) for one in (before, after))
    other, same = (
        np.concatenate([after.hits[:, k] - before.hits[:, k], (after.sentences[:, k] - before.sentences[:, k])[:, None]], axis=1)
        for k in (0, 1)
    )
    changes = np.stack(
        [
            all_after.T @ (come * ~old),
            -all_before.T @ (gone * ~new),
            all_after.T @ (come * old) - all_before.T @ (gone * new),
            other.T @ both,
            same.T @ both,
        ],
        axis=-1,
    )
    return changes[:-1], changes[-1]
