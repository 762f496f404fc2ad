"""The marks of a figure: every number that is drawn has a name, and says in its own columns what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BEHIND", "distinct", "marked", "together"]

BEHIND = ("sentences", "posts", "mentions", "pair", "word", "topic", "notes", "hand codes", "points", "event", "nothing")
FIRST = ["mark", "behind"]


def marked(rows: pd.DataFrame, *, behind: str, keys: Sequence[str]) -> pd.DataFrame:
    """Return rows of numbers with two columns before them: `mark`, the name of each, and `behind`, what kind of thing it was counted from.

    The other columns say which things: `code`, `measure`, `holder`, `modality`, `period`, `category`, `author`, `source`, `entity`,
    `other`, `word`, `group`, `topic`, `work`, `domain` hold the value that they are restricted to, or nothing.

    Parameters
    ----------
    rows : a row a mark.
    behind : one of `BEHIND`: `points` is a line or band through other marks, `nothing` an axis or a level of chance.
    keys : columns that tell the marks of the figure apart; empty ones are passed over.

    >>> import pandas as pd
    >>> marked(pd.DataFrame({"code": ["a", "b"], "period": ["2019", ""]}), behind="sentences", keys=["code", "period"])["mark"].tolist()
    ['a/2019', 'b']
    """
    named = rows.reset_index(drop=True)
    cells = named[list(keys)].itertuples(index=False, name=None)
    named.insert(0, "mark", _apart("/".join(str(value) for value in values if not _empty(value)) for values in cells))
    named.insert(1, "behind", behind)
    return named


def distinct(*parts: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the numbers of several panels under names of which no two are the same: those that they have in `together`.

    >>> import pandas as pd
    >>> one, other = distinct(pd.DataFrame({"mark": ["a", "b"]}), pd.DataFrame({"mark": ["b"]}))
    >>> one["mark"].tolist(), other["mark"].tolist()
    (['a', 'b'], ['b#2'])
    """
    names = iter(_apart(name for part in parts for name in part["mark"]))
    return [part.assign(mark=[next(names) for _ in range(len(part))]) for part in parts]


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of several panels as one table, its columns in the order in which they come; no two marks share a name."""
    import pandas as pd

    columns = list(dict.fromkeys([*FIRST, *(column for part in parts for column in part.columns)]))
    filled = [part.astype(object) for part in parts if len(part)]
    made = pd.concat(filled, ignore_index=True).reindex(columns=columns) if filled else pd.DataFrame(columns=columns)
    return made.assign(mark=_apart(made["mark"]))


def _apart(names: Iterable[str]) -> list[str]:
    """Return names of which no two are the same: what comes again gets a number."""
    apart: dict[str, None] = {}
    for name in names:
        n, own = 1, name
        while own in apart:
            n += 1
            own = f"{name}#{n}"
        apart[own] = None
    return list(apart)


def _empty(value: Any) -> bool:
    import pandas as pd

    return value is None or value == "" or bool(pd.isna(value))
