"""The share as a smooth curve over time: local linear regression with a pointwise band by the bootstrap over posts.

At each time a line is fitted to the posts near it, weighted by their sentences and by the tricube of their distance (Cleveland 1979; Fan
and Gijbels 1996). All that it needs are sums over posts, so posts can be drawn anew as in `bootstrap`. The width is fixed: a quarter of the
span on either side, a year at least. The band is pointwise: it says how sure each point is, not the whole curve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.bootstrap import REPLICATES, SEED, resampled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.outcomes import Outcome

__all__ = ["bandwidth", "smooth"]

POINTS = 41
NARROWEST = 1.0
FEWEST_NEAR = 5


def bandwidth(times: NDArray[np.float64]) -> float:
    """Return how far a post may lie from a point and still count, in years."""
    return float(max((times.max() - times.min()) / 4, NARROWEST))


def smooth(outcome: Outcome, times: NDArray[np.float64], *, replicates: int = REPLICATES, seed: int = SEED) -> pd.DataFrame:
    """Return the smooth share at 41 times from the first post to the last.

    Parameters
    ----------
    outcome : of posts that all take part.
    times : of each post, in years.
    replicates, seed : of the bootstrap.

    Returns
    -------
    Columns `time` (in years, such as 2019.5), `estimate`, `low`, `high`; null where fewer than 5 posts are near.
    """
    import numpy as np
    import pandas as pd

    size, total, x = outcome.size, outcome.total, times
    at, width = np.linspace(x.min(), x.max(), POINTS), bandwidth(x)
    off = x[:, None] - at
    near = np.clip(1 - np.abs(off / width) ** 3, 0, None) ** 3
    kernel = [near * size[:, None] * off**k for k in range(3)] + [near * total[:, None] * off**k for k in range(2)]
    columns = np.hstack(kernel)
    estimate = _local(columns.sum(axis=0, keepdims=True))[0]
    low, high = resampled(columns, _local, replicates=replicates, seed=seed)
    few = (near > 0).sum(axis=0) < FEWEST_NEAR
    made = pd.DataFrame({"time": at, "estimate": estimate, "low": low, "high": high})
    made[["estimate", "low", "high"]] = made[["estimate", "low", "high"]].clip(0, 1)
    made.loc[few, ["estimate", "low", "high"]] = np.nan
    return made


def _local(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the level of each local line, from sums of weights, first and second moments, and of totals; its mean where it is no line."""
    import numpy as np

    s0, s1, s2, t0, t1 = np.split(sums, 5, axis=1)
    spread = s0 * s2 - s1**2
    mean = np.divide(t0, s0, out=np.full_like(t0, np.nan), where=s0 > 0)
    return np.divide(s2 * t0 - s1 * t1, spread, out=mean, where=spread > 1e-9 * s0 * s2)
