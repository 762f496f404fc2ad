"""What may be asked of a chart beyond its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from discourse.errors import InputError, did_you_mean

__all__ = ["Asked", "one_of"]


@dataclass(frozen=True)
class Asked:
    """The options of a chart; each chart takes some of them.

    Attributes
    ----------
    by : groupings, of `year`, `quarter`, `month`, `category`, `author`, `source`, `holder`, `modality`.
    codes : framings and themes.
    years : only posts of these years, from the first to the last; null is no bound.
    category : only posts in it.
    label : only names of this kind, such as ORG.
    most : so many groups, words or names at most.
    k : number of topics.
    """

    by: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    category: str | None = None
    label: str | None = None
    most: int | None = None
    k: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Asked:
        """Return the options from what a call or a passport gives; a list stands for a tuple.

        Raises
        ------
        InputError : there is no such option.
        """
        known = {one.name for one in fields(cls)}
        if unknown := sorted(set(given) - known):
            raise InputError(f"Charts have no option {unknown[0]!r}. Known: {', '.join(sorted(known))}.")
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        return cls(**values)

    def given(self) -> dict[str, Any]:
        """Return the options that were given, as JSON can hold them.

        >>> Asked(codes=("a",), years=(2018, None)).given()
        {'codes': ['a'], 'years': [2018, None]}
        """
        usual = asdict(Asked())
        chosen = {name: value for name, value in asdict(self).items() if value != usual[name]}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()}


def one_of(by: Sequence[str], taken: Sequence[str]) -> str:
    """Return the one grouping that was asked for, or the chart's usual one.

    Parameters
    ----------
    by : what was asked for.
    taken : by what the chart can group, its usual one first.

    Raises
    ------
    InputError : it does not group by that, or by several at once.

    >>> one_of((), ("year", "month")), one_of(("month",), ("year", "month"))
    ('year', 'month')
    """
    for name in by:
        if name not in taken:
            raise InputError(f"This chart does not group by {name!r}.{did_you_mean(name, taken)} It groups by {' or '.join(taken)}.")
    if len(by) > 1:
        raise InputError(f"by {', '.join(by)}: this chart groups by one of {', '.join(taken)}.")
    return by[0] if by else taken[0]
