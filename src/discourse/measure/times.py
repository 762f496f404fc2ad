"""When a post was published, as a number of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["decimal_year", "decimal_years"]


def decimal_years(posts: pd.DataFrame) -> NDArray[np.float64]:
    """Return the middle of the day on which each post was published, in years; of the month or the year where no more is known.

    Parameters
    ----------
    posts : with `published` and `published_precision`; NaN where there is no date.

    >>> import pandas as pd
    >>> dates = pd.to_datetime(["2019-07-02", "2020-02-01", "2021-01-01"])
    >>> decimal_years(pd.DataFrame({"published": dates, "published_precision": ["day", "month", "year"]})).round(3).tolist()
    [2019.5, 2020.124, 2021.5]
    """
    published = posts["published"].dt
    n_days = 365.0 + published.is_leap_year
    part = (published.day_of_year - 0.5) / n_days
    precision = posts["published_precision"]
    part = part.mask(precision == "month", (published.day_of_year - published.day + published.days_in_month / 2) / n_days)
    found: NDArray[np.float64] = (published.year + part.mask(precision == "year", 0.5)).to_numpy(dtype=float)
    return found


def decimal_year(day: pd.Timestamp) -> float:
    """Return the beginning of a day, in years.

    >>> import pandas as pd
    >>> decimal_year(pd.Timestamp("2019-01-01"))
    2019.0
    """
    return float(day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365))
