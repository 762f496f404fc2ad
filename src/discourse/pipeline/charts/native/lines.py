"""Native charts over time: a small chart a framing, theme, name or category, so that intervals do not lie on each other."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from discourse.pipeline.charts.native.rows import Rows, keys_of, made, periods_of, some
from discourse.report.slides.native import Native, Series

__all__ = ["framings", "named", "posts", "themes", "trends"]

AUTHOR = "share_author"
CORRECTED, NAIVE = "author, corrected", "author, naive"
GREY = "#6b7280"
MOST = 12  # small charts of a figure
INTERVALS = "Upright bars: 95% intervals over posts."
HELD = "Share of sentences in which the author holds a framing, asserted or hedged."
BOTH = "Filled: corrected for the tagger's errors by hand-coded sentences; hollow and dashed: as the tagger finds it (naive)."
ALONE = "As the tagger finds it (naive)."
PLACEBO = "Dotted lines: between them lie 95% of the shares of a year when dates are permuted."
YEARLY = "Shares of years; the interval of a change is that of its slope."


def framings(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return a chart a framing (and category): what the author holds, corrected and naive."""
    from discourse.chart.framing_marks import colour_of

    held = some(rows, behind="sentences", measure=AUTHOR)
    periods, found = periods_of(held), []
    if not periods:
        return []
    for category in keys_of(held, "category") or [""]:
        for code in keys_of(held, "code"):
            own, colour = some(held, code=code, category=category), colour_of(code)
            series = _held(own, periods, colour)
            if series:
                title = ": ".join(part for part in (category, names.get(code, code)) if part)
                found.append((title, colour, series))
    both = any(one.look == "hollow" for _, _, series in found for one in series)
    note = f"{HELD} {BOTH if both else ALONE} {INTERVALS}"
    return [Native("line", periods, series, "percent", title, colour, note, 3) for title, colour, series in found]


def _held(rows: Rows, periods: list[str], colour: str) -> list[Series]:
    """Return the author's share corrected and naive; filled is the better that there is."""
    corrected, naive = (some([row for row in rows if row["estimate"] is not None], estimator=name) for name in ("corrected", "naive"))
    series = []
    if corrected:
        series.append(made(CORRECTED, corrected, periods, by="period", colour=colour))
    if naive:
        looks = {"look": "hollow", "marker": "diamond"} if corrected else {}
        series.append(made(NAIVE, naive, periods, by="period", colour=colour, **looks))
    return series


def trends(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return a chart a code: the shares of years, between the ends of what permuted dates give."""
    from discourse.chart.framing_marks import colour_of

    years = some(rows, behind="sentences")
    periods, found = periods_of(years), []
    for code in keys_of(years, "code") if periods else ():
        series = _held(some(years, code=code), periods, colour_of(code))
        band = some(rows, code=code, measure="placebo")
        for end in ("low", "high"):
            if band:
                series.append(made(f"chance, {end} end", band, periods, by="period", value=end, colour=GREY, look="level"))
        both = BOTH if any(one.look == "hollow" for one in series) else ALONE
        note = " ".join([YEARLY, both, PLACEBO] if band else [YEARLY, both])
        found.append(Native("line", periods, series, "percent", names.get(code, code), colour_of(code), note, 3))
    return found


def themes(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return a chart a theme, the largest first."""
    return _small(rows, "code", names, "Share of sentences that touch a theme, as the tagger finds it.")


def named(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return a chart a name, in the order of the figure."""
    called = {str(row["entity"]): str(row["name"]) for row in rows if row.get("entity") and row.get("name")}
    return _small(rows, "entity", called, "Share of posts that name each.")


def _small(rows: Rows, column: str, names: Mapping[str, str], note: str) -> list[Native]:
    """Return a small chart for each value of a column."""
    from discourse.chart.theme import ACCENT

    dated = [row for row in rows if row.get("period") and row.get("estimate") is not None]
    periods = periods_of(dated)
    keys = [key for key in keys_of(rows, column) if some(dated, **{column: key})] if periods else []
    told = f"{note} {INTERVALS} The charts of a slide have one scale.{_first(len(keys))}"
    return [
        Native("line", periods, [made(names.get(key, key), some(dated, **{column: key}), periods, by="period", colour=ACCENT)], "percent",
               names.get(key, key), note=told, beside=6)
        for key in keys[:MOST]
    ]  # fmt: skip


def posts(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return columns of posts per period: of all, and of each category, the largest first."""
    from discourse.chart.theme import ACCENT

    dated = [row for row in some(rows, measure="posts") if row.get("period")]
    periods = periods_of(dated)
    if not periods:
        return []
    parts = {"All posts": some(dated, category="")} | {key: some(dated, category=key) for key in keys_of(dated, "category")}
    there = [(key, own) for key, own in parts.items() if own]
    note = f"Posts per {_kind(periods)}; a post may be in several categories. The charts of a slide have one scale.{_first(len(there))}"
    first = [made(key, own, periods, by="period", value="n", colour=ACCENT) for key, own in there[:MOST]]
    beside = [1 if key == "All posts" else 6 for key, _ in there]
    return [
        Native("column", periods, [one], "general", one.name, note=note, beside=n) for one, n in zip(first, chain(beside), strict=False)
    ]


def _kind(periods: list[str]) -> str:
    from discourse.chart.periods import kind_of

    return kind_of(periods[0])


def _first(n: int) -> str:
    return f" Shown: the first {MOST} of {n}; the CSV has all." if n > MOST else ""
