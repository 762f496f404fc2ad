"""From a mark back to what is behind it: sentences, posts, mentions, notes, words, hand codes, or the points of a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.pipeline.tracing import coded, hand
from discourse.pipeline.tracing.rows import EVIDENCE

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["EVIDENCE", "resolve"]

RESOLVERS = {**coded.RESOLVERS, **hand.RESOLVERS}


def resolve(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return what is behind a mark, a row a thing, with the columns `EVIDENCE`.

    Parameters
    ----------
    measured : the workspace, with the options that the figure was made with.
    mark : a row of a figure's numbers: `behind` says what kind of thing, the other columns which.

    Raises
    ------
    InputError : there is no such kind of thing.
    """
    kind = str(mark.get("behind"))
    if kind not in RESOLVERS:
        raise InputError(f"The mark {mark.get('mark')!r} says it stands on {kind!r}; known: {', '.join(RESOLVERS)}.")
    found: pd.DataFrame = RESOLVERS[kind](measured, mark)
    return found
