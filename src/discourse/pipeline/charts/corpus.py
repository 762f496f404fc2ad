"""Charts of the corpus itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.pipeline.charts.asked import one_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["categories_over_time", "overview"]

MOST = 20


def overview(measured: Measured) -> Chart:
    """Draw posts per month and per category."""
    from discourse.chart import overview as chart

    return chart.draw(measured.posts, measured.about)


def categories_over_time(measured: Measured) -> Chart:
    """Draw posts per category and year, quarter or month."""
    from discourse.chart import categories_over_time as chart

    by = one_of(measured.asked.by, ("year", "quarter", "month"))
    return chart.draw(_counts(measured.counted, by), measured.about, most=measured.asked.most or MOST)


def _counts(posts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the number of posts in each period and category, in each of both, and in all."""
    import pandas as pd

    from discourse.measure import group

    parts = [group(posts, some) for some in ((), (by,), ("category",), (by, "category"))]
    counted = [part.keys[["period", "category"]].assign(n=part.inside.sum(axis=0).astype(int)) for part in parts]
    return pd.concat(counted, ignore_index=True)
