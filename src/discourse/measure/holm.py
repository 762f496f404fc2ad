"""P-values of several tests held together, so that one false alarm in all of them is as rare as was said of each (Holm 1979)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["holm"]


def holm(p_values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p-values after Holm's step-down correction, as `statsmodels` does, which however collects garbage with each call.

    >>> import numpy as np
    >>> holm(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    import numpy as np

    order = np.argsort(p_values, kind="stable")
    steps = np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1))
    held = np.empty(len(p_values))
    held[order] = np.minimum(steps, 1)
    return held
