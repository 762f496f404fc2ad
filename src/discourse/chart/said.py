"""Numbers in words, for titles, alt texts and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["exact", "listed", "on_percent", "points", "short", "with_interval"]

MINUS = "−"


def exact(share: float) -> str:
    """Return a share in 0-1 as a percentage with one decimal.

    >>> exact(0.1264), exact(0.0002), exact(0), exact(1)
    ('12.6%', '<0.1%', '0%', '100%')
    """
    if share in (0, 1):
        return f"{share:.0%}"
    return "<0.1%" if share < 0.0005 else f"{share:.1%}"


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign.

    >>> points(-0.0381), points(0.021), points(0.0)
    ('−3.8', '+2.1', '0.0')
    """
    text = f"{abs(100 * difference):.1f}"
    return text if not float(text) else (MINUS if difference < 0 else "+") + text


def with_interval(row: Mapping[Any, Any] | pd.Series[Any]) -> str:
    """Return a share with its interval, where it has one.

    >>> with_interval({"estimate": 0.126, "low": 0.1, "high": 0.15}), with_interval({"estimate": 0.0, "low": None, "high": None})
    ('12.6% (10.0% to 15.0%)', '0%')
    """
    low, high = row["low"], row["high"]
    if low is None or high is None or low != low or high != high:  # NaN is not itself
        return exact(row["estimate"])
    return f"{exact(row['estimate'])} ({exact(low)} to {exact(high)})"


def short(n: int) -> str:
    """Return a count that fits under a period.

    >>> short(848), short(12773), short(1_200_000)
    ('848', '12.8k', '1.2M')
    """
    return f"{n / 1e6:.1f}M" if n >= 999_950 else f"{n / 1000:.1f}k" if n >= 10_000 else f"{n:,}"


def listed(names: Sequence[str], *, most: int = 8, things: str = "more") -> str:
    """Return names with commas and an "and"; of many the first, and how many more there are.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2, things="other years")
    ('a, b and c', 'a, b and 2 other years')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most:,} {things}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def on_percent(axis: Any, *, ticks: int = 5) -> None:
    """Let an axis count in per cent."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
