"""What is behind a line, a slope or a difference: the marks of the figure that it is drawn through or taken between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from discourse.pipeline.tracing.rows import EVIDENCE, said_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["points"]

SAME = ("code", "entity", "topic", "category", "author", "source", "estimator")


def points(mark: Mapping[str, Any], marks: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the marks behind a derived one, a row each; each of them leads on to its own sentences.

    Parameters
    ----------
    mark : a mark that says it stands on `points`: a line of one code, or a difference between two within one group.
    marks : all of its figure.
    """
    import pandas as pd

    alike = [key for key in SAME if said_of(mark, key)]
    period = said_of(mark, "period")
    rows = [
        {"title": said_of(one, "mark"), "said": _in_numbers(one)}
        for one in marks
        if said_of(one, "behind") not in ("points", "nothing", "event")
        and all(said_of(one, key) == said_of(mark, key) for key in alike)
        and period in ("", said_of(one, "period"))
        and said_of(one, "estimate")
    ]
    return pd.DataFrame(rows, columns=EVIDENCE)


def _in_numbers(mark: Mapping[str, Any]) -> str:
    """Return the numbers of a mark in a line.

    >>> _in_numbers({"estimate": 0.25, "low": 0.2, "high": 0.3, "n": 5, "denominator": 20})
    'estimate 0.25, low 0.2, high 0.3, n 5, denominator 20'
    """
    shown = ((name, mark.get(name)) for name in ("estimate", "low", "high", "n", "denominator", "n_posts"))
    return ", ".join(f"{name} {value:.6g}" for name, value in shown if value is not None and value == value)
