"""The groups of posts that shares are taken in: periods, categories, authors, sources, and every combination that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["GROUPINGS", "KEYS", "NO_CATEGORY", "PERIODS", "UNKNOWN_CATEGORY", "Groups", "group", "named_categories", "period_of"]

PERIODS = {"year": "Y", "quarter": "Q", "month": "M"}
KEYS = ("period", "category", "author", "source")
GROUPINGS = (*PERIODS, *KEYS[1:])
NO_CATEGORY, UNKNOWN_CATEGORY, NO_AUTHOR = "(no category)", "(category unknown)", "(no author)"


class Groups(NamedTuple):
    """`keys` has a row a group with the columns of KEYS, empty where the group is over all; `inside` is posts x groups."""

    keys: pd.DataFrame
    inside: NDArray[np.bool_]


def group(posts: pd.DataFrame, by: Sequence[str]) -> Groups:
    """Return the groups of posts that a grouping makes; a post of two categories or two authors is in both, an undated one in no period.

    Parameters
    ----------
    posts : those that count.
    by : any of `year`, `quarter`, `month` (one of the three), `category`, `author`, `source`; without any, all posts are one group.

    Raises
    ------
    InputError : there is no such grouping, one stands twice, or two are periods.

    >>> import pandas as pd
    >>> posts = pd.DataFrame({"source": ["a", "b", "b"]})
    >>> found = group(posts, ["source"])
    >>> found.keys["source"].tolist(), found.inside.sum(axis=0).tolist()
    (['a', 'b'], [1, 2])
    """
    import numpy as np
    import pandas as pd

    for name in by:
        if name not in GROUPINGS:
            raise InputError(f"There is no grouping {name!r}.{did_you_mean(name, GROUPINGS)}")
    if len(set(by)) < len(by) or len(set(by) & set(PERIODS)) > 1:
        raise InputError(f"by {', '.join(by)}: name each grouping once, and one of {', '.join(PERIODS)} at most.")
    axes = [list(_axis(posts, name)) for name in by]
    keys, masks = [], []
    for some in product(*axes):
        mask = np.logical_and.reduce([inside for _, _, inside in some]) if some else np.ones(len(posts), dtype=bool)
        if mask.any() or not some:
            keys.append(dict.fromkeys(KEYS, "") | {key: label for key, label, _ in some})
            masks.append(mask)
    inside = np.stack(masks, axis=1) if masks else np.zeros((len(posts), 0), dtype=bool)
    return Groups(pd.DataFrame(keys, columns=list(KEYS), index=range(len(keys))), inside)


def _axis(posts: pd.DataFrame, name: str) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Yield the column of KEYS, the label, and the posts inside, of each group along one grouping."""
    import numpy as np

    if name in PERIODS:
        periods = period_of(posts, by=name)
        for label in sorted(periods.dropna().unique()):
            yield "period", label, (periods == label).to_numpy(dtype=bool)
        return
    labels = {"category": named_categories, "author": _authors, "source": _sources}[name](posts)
    for label in sorted({one for some in labels for one in some}):
        yield name, label, np.array([label in some for some in labels], dtype=bool)


def period_of(posts: pd.DataFrame, *, by: str) -> pd.Series:
    """Return the period of each post as text, such as 2019, 2019Q1 or 2019-01; null where its date does not say.

    Parameters
    ----------
    posts : the table `posts`.
    by : `year`, `quarter` or `month`.
    """
    known = posts["published"].notna()
    if by != "year":
        known &= posts["published_precision"] != "year"
    named: pd.Series = posts["published"].dt.to_period(PERIODS[by]).astype(str)
    return named.where(known)


def named_categories(posts: pd.DataFrame) -> list[list[str]]:
    """Return the categories of each post, with a name for none and for unknown."""
    return [[UNKNOWN_CATEGORY] if names is None else list(names) or [NO_CATEGORY] for names in posts["categories"]]


def _authors(posts: pd.DataFrame) -> list[list[str]]:
    return [list(names) or [NO_AUTHOR] for names in posts["authors"]]


def _sources(posts: pd.DataFrame) -> list[list[str]]:
    return [[source] for source in posts["source"]]
