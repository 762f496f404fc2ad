"""From a mark back to what is behind it: sentences, posts, mentions, notes, words, hand codes, or the points of a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.pipeline.tracing import coded, hand, named
from discourse.pipeline.tracing.points import points
from discourse.pipeline.tracing.rows import EVIDENCE

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["EVIDENCE", "resolve"]

RESOLVERS = {**coded.RESOLVERS, **hand.RESOLVERS, **named.RESOLVERS}


def resolve(measured: Measured, mark: Mapping[str, Any], marks: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Return what is behind a mark, a row a thing, with the columns `EVIDENCE`.

    Parameters
    ----------
    measured : the workspace, with the options that the figure was made with.
    mark : a row of a figure's numbers: `behind` says what kind of thing, the other columns which.
    marks : all marks of the figure, among which are those that a line is drawn through.

    Raises
    ------
    InputError : there is no such kind of thing.
    """
    kind = str(mark.get("behind"))
    if kind == "points":
        return points(mark, marks)
    if kind not in RESOLVERS:
        raise InputError(f"The mark {mark.get('mark')!r} says it stands on {kind!r}; known: {', '.join(RESOLVERS)}, points.")
    found: pd.DataFrame = RESOLVERS[kind](measured, mark)
    return found
