"""The share before and after a dated event: two means and their difference, which says nothing of what brought it about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discourse.measure.corrected import FEWEST_GOLD, FEWEST_GOLD_POSTS
from discourse.measure.lines import fitted

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.outcomes import Outcome

__all__ = ["WINDOW", "before_and_after"]

WINDOW = 365  # days on either side


def before_and_after(outcome: Outcome, posts: pd.DataFrame, day: pd.Timestamp, *, fewest: tuple[int, int]) -> dict[str, Any]:
    """Return the shares of the year before an event and of the year that begins with it, and their difference with its interval.

    The interval is that of a regression on a mark (`lines`), clustered by post. Only posts whose day is known are looked at.

    Parameters
    ----------
    outcome : of posts; those that it does not cover have size 0.
    posts : the same.
    day : of the event.
    fewest : posts and sentences that either side needs.

    Returns
    -------
    `before`, `after`, `change`, `low`, `high` (shares), `n_posts_before`, `n_posts_after`, `n_gold`, `note` (why there is none).
    """
    days = ((posts["published"] - day).dt.days).where(posts["published_precision"] == "day").to_numpy(dtype=float)
    near = (days >= -WINDOW) & (days < WINDOW)
    inside = near & outcome.inside
    found, after = outcome.within(inside), days[inside] >= 0
    made: dict[str, Any] = {"n_posts_before": int((~after).sum()), "n_posts_after": int(after.sum())}
    made["n_gold"] = len(found.coded.post) if found.coded is not None else 0
    if note := _lacking(found, after, fewest):
        return {**made, "note": note}
    if outcome.coded is not None and (why := _uncoded(found, after)):
        return {**made, "note": why}
    line = fitted(found, after.astype(float))
    shares = {"before": found.within(~after).share, "after": found.within(after).share}
    return {**made, **shares, "change": line.slope, "low": line.low, "high": line.high, "note": ""}


def _lacking(found: Outcome, after: NDArray[np.bool_], fewest: tuple[int, int]) -> str:
    for side, inside in (("before", ~after), ("after", after)):
        if inside.sum() < fewest[0] or found.size[inside].sum() < fewest[1]:
            return f"fewer than {fewest[0]} posts or {fewest[1]} sentences {side}"
    return ""


def _uncoded(found: Outcome, after: NDArray[np.bool_]) -> str:
    """Return why hand codes do not reach either side, or empty text."""
    import numpy as np

    coded = found.coded
    if coded is None or (found.size.sum() and not len(coded.post)):
        return "nobody coded a sentence of it"
    for side, inside in (("before", ~after), ("after", after)):
        own = coded.post[inside[coded.post]]
        if len(np.unique(own)) < FEWEST_GOLD_POSTS or len(coded.post) < FEWEST_GOLD:
            return f"only {len(own)} hand-coded sentences of {len(np.unique(own))} posts {side}"
    return ""
