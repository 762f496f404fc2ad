"""What may be said of a trend: that a share rose or fell, only where the corrected one passes both tests; else nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.measure.trends import ALPHA

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FELL", "NONE", "ROSE", "TAGGER_ONLY", "claims"]

ROSE, FELL, NONE = "rose", "fell", ""
TAGGER_ONLY = "tagger only, change not established"
MINUS = "−"


def claims(trend: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return one claim a code.

    Parameters
    ----------
    trend : as `trends` returns it.
    names : code -> name to print.

    Returns
    -------
    Columns `code`, `claim` (`rose`, `fell` or empty) and `sentence`.
    """
    import pandas as pd

    rows = []
    for code, some in trend.groupby("code", sort=False):
        by: dict[str, Mapping[Any, Any]] = {row["estimator"]: row for row in some.to_dict("records")}
        corrected = by.get("corrected")
        if corrected is None or corrected["per_year"] != corrected["per_year"]:  # NaN is not itself
            said = NONE, _uncorrected(by["naive"], corrected, _subject(by["naive"], names))
        else:
            said = _tested(corrected, _subject(corrected, names))
        rows.append((code, *said))
    return pd.DataFrame(rows, columns=["code", "claim", "sentence"])


def _tested(row: Mapping[Any, Any], subject: str) -> tuple[str, str]:
    """Return the claim of a corrected trend and its sentence."""
    ends = f"{_share(row['share_first'])} in {row['first_year']:.0f}", f"{_share(row['share_last'])} in {row['last_year']:.0f}"
    numbers = f"{_slope(row)}; {row['n_gold']:,.0f} hand-coded sentences"
    if not (row["p_holm"] < ALPHA and row["p_placebo"] < ALPHA):
        return NONE, f"{subject}: no change established, {ends[0]} and {ends[1]} ({numbers})"
    claim = ROSE if row["per_year"] > 0 else FELL
    along = (row["share_last"] - row["share_first"]) * row["per_year"] > 0
    moved = f"{claim} from {ends[0]} to {ends[1]}" if along else f"{claim} over the whole span, with {ends[0]} and {ends[1]}"
    within = "" if row["agrees"] else f"; within categories {_slope(row, 'within_')}: not established"
    return claim, f"{subject} {moved} ({numbers}{within})"


def _uncorrected(naive: Mapping[Any, Any], corrected: Mapping[Any, Any] | None, subject: str) -> str:
    why = f"; {corrected['note']}" if corrected is not None else ""
    return f"{subject}: {TAGGER_ONLY} ({_slope(naive)}, by the tagger{why})"


def _subject(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    name = names[row["code"]]
    return f"{name} framings held by authors" if row["measure"] == "share_author" else f"Sentences on {name}"


def _slope(row: Mapping[Any, Any], prefix: str = "") -> str:
    low, high = (_points(row[f"{prefix}{end}"]) for end in ("low", "high"))
    return f"{_points(row[f'{prefix}per_year'], signed=True)} points a year, 95% interval {low} to {high}"


def _points(share: float, *, signed: bool = False) -> str:
    """Return a difference of shares in points.

    >>> _points(-0.0381), _points(0.021, signed=True), _points(0.00042)
    ('−3.8', '+2.1', '0.04')
    """
    points = abs(100 * share)
    text = f"{points:.1f}" if points >= 0.1 or points < 0.005 else f"{points:.2f}"
    sign = MINUS if share < 0 and float(text) else "+" if signed and float(text) else ""
    return sign + text


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 or not share else f"{share:.1%}"
