"""The numbers of a figure as a person reads them: what each mark is called, its cells, and what it is restricted to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "columns_of", "records_of", "rows_of"]

MEASURES = {
    "share": "", "share_author": "held by the author", "share_other": "held by others", "share_rejected": "rejected",
    "posts loaded": "posts loaded", "posts": "posts", "smooth": "smoothed line", "per_year": "change a year",
    "difference": "difference", "event": "event", "placebo": "what permuted dates give", "f1": "F1", "macro_f1": "F1, mean of all",
    "macro_f1_weighted": "F1, weighted mean", "share_coded": "share coded yes by hand", "ece": "expected calibration error",
    "brier": "Brier score", "alpha": "Krippendorff's alpha", "level": "level",
}  # fmt: skip
HELD = {"share_author": "author", "share_other": "other"}
RATIOS = frozenset(("f1", "macro_f1", "macro_f1_weighted", "ece", "brier", "alpha", "level"))  # measures that are no shares
COLUMNS = {
    "estimate": "Estimate", "low": "95% from", "high": "to", "npmi": "Mutual information", "n": "Evidence", "denominator": "Out of",
    "n_posts": "Posts", "n_gold": "Hand-coded", "basis": "Corrected by", "p_holm": "p (Holm)", "p_placebo": "p (placebo)", "p_posts": "p",
    "stability": "Stability", "mean_score": "Mean score", "n_first": "Uses, first", "n_second": "Uses, second", "z": "z",
    "n_both": "Sentences with both",
}  # fmt: skip
UNITS = {("denominator", "post"): " posts", ("denominator", "sentences"): " sentences"}
COUNTS = frozenset(("n", "denominator", "n_posts", "n_gold", "n_first", "n_second", "n_both"))
P_VALUES = frozenset(("p_holm", "p_placebo", "p_posts"))
MINUS = "−"


class Row(NamedTuple):
    """One mark: its name, what it is called, its cells, what it counts (`kind`), and its category, period and holder, where it has them."""

    mark: str
    label: str
    cells: list[str]
    kind: str
    category: str
    period: str
    holder: str


def columns_of(numbers: pd.DataFrame) -> dict[str, str]:
    """Return the columns of numbers that are worth a place in the table, each with its heading."""
    return {name: said for name, said in COLUMNS.items() if name in numbers and _filled(numbers[name])}


def records_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table; what is missing is nothing."""
    rows: Any = table.astype(object).where(table.notna(), None).to_dict("records")
    return list(rows)


def rows_of(numbers: pd.DataFrame, names: Mapping[str, str]) -> list[Row]:
    """Return the numbers of a figure as rows to be read, in their order.

    Parameters
    ----------
    numbers : of a chart, as `chart.marks` makes them.
    names : code -> name to print; of entities and topics they are taken from the numbers.
    """
    columns, records = list(columns_of(numbers)), records_of(numbers)
    called = {row["entity"]: row["name"] for row in records if row.get("entity") and row.get("name")}
    several = [key for key in ("estimator", "method") if len({row.get(key) for row in records} - {None, ""}) > 1]
    return [_row(row, columns, (names, called), several) for row in records]


def _row(row: Mapping[Any, Any], columns: Sequence[str], called: tuple[Mapping[str, str], ...], several: Iterable[str]) -> Row:
    number, unit = _number_of(row), row.get("unit") or row["behind"]
    cells = [_cell(name, row[name], number) + UNITS.get((name, unit), "") * (row[name] is not None) for name in columns]
    what = [*_parts(row, *called), *(str(row.get(key) or "") for key in several)]
    category, period = (str(row.get(key) or "") for key in ("category", "period"))
    holder = str(row.get("holder") or HELD.get(str(row.get("measure")), ""))
    return Row(str(row["mark"]), ", ".join(filter(None, what)) or "all", cells, str(row["behind"]), category, period, holder)


def _parts(row: Mapping[Any, Any], names: Mapping[str, str], entities: Mapping[str, str]) -> Iterable[str]:
    """Yield what a mark is, from the widest to the narrowest."""
    said = {key: str(value) for key, value in row.items() if isinstance(value, str) and value}
    yield names.get(said.get("code", ""), said.get("code", ""))
    if "of" in said and "code" not in said:
        yield said["of"]
    if "topic" in row and row["topic"] is not None:
        yield f"topic {row['topic']}: {' '.join(said.get('words', '').split()[:4])}"
    yield from (entities.get(said[key], said[key]) for key in ("entity", "other") if key in said)
    yield from (said[key] for key in ("marks", "word", "domain") if key in said)
    if "work" in said:
        yield said.get("name", said["work"])
    yield MEASURES.get(said.get("measure", ""), said.get("measure", ""))
    if "holder" in said and not said.get("measure", "").startswith("share_"):
        yield "the author" if said["holder"] == "author" else "others"
    yield from (said[key] for key in ("modality", "category", "author", "source", "period", "date", "event") if key in said)
    if row.get("at") is not None:
        yield f"{row['at']:.1f}"
    if row.get("bin") is not None:
        yield f"scores from {row['bin'] / 10:.1f}"


def _times(log_ratio: float) -> str:
    """Return a binary logarithm of a ratio as how many times as often.

    >>> _times(3.0), _times(-1.0)
    ('8.0×', '0.5×')
    """
    return f"{2**log_ratio:.1f}×" if log_ratio < 10 else f"{2**log_ratio:,.0f}×"


def _number_of(row: Mapping[Any, Any]) -> Callable[[float], str]:
    """Return how the estimate of a mark and its interval are printed."""
    if row["behind"] == "word":
        return _times
    if row.get("measure") in RATIOS or row["behind"] == "pair":
        return lambda value: f"{value:.2f}".replace("-", MINUS)
    if row.get("measure") in ("difference", "per_year"):
        return lambda value: f"{100 * value:+.1f} points".replace("-", MINUS)
    return lambda value: f"{100 * value:.1f}%"


def _cell(name: str, value: Any, number: Callable[[float], str]) -> str:
    if value is None:
        return ""
    if name == "basis":
        return str(value)
    if name in COUNTS:
        return f"{int(value):,}"
    if name in P_VALUES:
        return "<.001" if value < 0.001 else f"{value:.3f}"
    if name in ("estimate", "low", "high"):
        return number(float(value))
    return f"{float(value):.2f}".replace("-", MINUS)


def _filled(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(object) != "")).any())
