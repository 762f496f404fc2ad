"""Native charts of bars: a name a bar, its value printed, its interval drawn; bars that were not corrected, or not tested, are hollow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.pipeline.charts.native.rows import MOST, Rows, keys_of, made, some
from discourse.report.slides.native import Native

__all__ = ["accuracy", "agreement", "balance", "by_holder", "cited", "keyness", "mentioned", "overview", "topics"]

GREYS = ("#4b5563", "#7b8494", "#9aa1ad", "#c3c8d1")
INTERVALS = "Thin lines: 95% intervals over posts."
CORRECTED, NAIVE = "corrected", "naive"
LOADED = "posts loaded"
ROWS = 13  # bars of one of two charts beside each other
MOST_MONTHS = 150
HOLDERS = {"author": "Author", "other": "Others"}
GROUPS = ("category", "author", "source", "period")


def overview(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return columns of posts per month, and bars of posts per category."""
    loaded = some(rows, measure=LOADED)
    months = [row for row in loaded if row.get("period")]
    categories = [row for row in loaded if row.get("category")][:MOST]
    keys, found = [str(row["period"]) for row in months], []
    if months and len(months) <= MOST_MONTHS:
        series = [made("Posts", months, keys, by="period", value="n", colour=_accent())]
        found.append(Native("column", keys, series, title="Posts per month", note="Every post loaded.", beside=2))
    if categories:
        keys = keys_of(categories, "category")
        series = [made("Posts", categories, keys, by="category", value="n", colour=_accent())]
        found.append(Native("bar", keys, series, title="Posts per category", note="A post may be in several categories.", beside=2))
    return found


def balance(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of two framings for each group; hollow is what the tagger finds, where only some groups are corrected."""
    from discourse.chart.framing_marks import colour_of

    best = {}
    held, differences = some(rows, measure="share_author"), some(rows, measure="difference")
    key = next((key for key in GROUPS if keys_of(differences, key)), None)
    if key is None:
        return []
    best = {str(row[key]): row["estimator"] for row in differences}
    kinds = [kind for kind in (CORRECTED, NAIVE) if kind in best.values()]
    order, found = list(best), []
    for some_of in _halves(order):
        series = [
            made(f"{names.get(code, code)}{f', {kind}' if len(kinds) > 1 else ''}",
                 [row for row in some(held, code=code, estimator=kind) if best.get(str(row[key])) == kind], some_of, by=key,
                 colour=colour_of(code), look="hollow" if kind == NAIVE and len(kinds) > 1 else "striped" if k else "filled")
            for k, code in enumerate(keys_of(held, "code")) for kind in kinds
        ]  # fmt: skip
        known = [one for one in series if any(value is not None for value in one.values)]
        note = f"Share of sentences in which the author holds a framing, {' or '.join(kinds)}. {INTERVALS}"
        found.append(Native("bar", some_of, known, "percent", note=note, beside=2 if len(order) > ROWS else 1))
    return found


def by_holder(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars for each framing: what the author and others hold, and how firmly, corrected and naive."""
    from discourse.chart.framing_marks import colour_of

    def called(row: Mapping[str, Any]) -> str:
        return f"{HOLDERS.get(row['holder'], row['holder'])}: {row.get('modality') or 'held in all'}"

    keys = [f"{who}: {how}" for who in HOLDERS.values() for how in ("held in all", "asserted", "hedged", "rejected")]
    known = [row for row in some(rows, behind="sentences") if row["estimate"] is not None]
    kinds = [kind for kind in (CORRECTED, NAIVE) if some(known, estimator=kind)]
    note = f"Share of all sentences. Held in all: asserted or hedged. {INTERVALS}"
    if len(kinds) > 1:
        note += " Filled: corrected by hand-coded sentences; hollow: as the tagger finds it (naive)."
    found = []
    for code in keys_of(known, "code"):
        series = [
            made(kind, some(known, code=code, estimator=kind), keys, by=called, colour=colour_of(code), look="hollow" if k else "filled")
            for k, kind in enumerate(kinds)
        ]
        found.append(Native("bar", keys, series, "percent", names.get(code, code), colour_of(code), note, 3))
    return found


def mentioned(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of those who are named in most posts."""
    return _ranked([row for row in rows if row.get("entity")], "name", "Share of posts that name each.")


def topics(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of the topics of all periods, each with its words; hollow where the seeds do not agree on them."""
    from discourse.chart.topics import UNSURE

    own = [{**row, "words": f"{row['name']}: {row['words']}"} for row in rows if not row.get("period")][:MOST]
    keys = keys_of(own, "words")
    unsure = [row for row in own if row["stability"] is not None and row["stability"] < UNSURE]
    series = [
        made(name, part, keys, by="words", colour=_accent(), look=look)
        for name, part, look in (("the seeds agree on it", [row for row in own if row not in unsure], "filled"),
                                 ("another search may not find it", unsure, "hollow")) if part
    ]  # fmt: skip
    hollow = "Hollow: another search may not find it."
    note = f"Share of the posts that is about each topic. {INTERVALS} {hollow} Shares of years are in the figure's CSV file."
    return [Native("bar", keys, series, "percent", note=note)] if own else []


def cited(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of the hosts and of the works that most posts cite."""
    found = []
    for title, column in (("Hosts", "domain"), ("Works", "work")):
        own = [row for row in rows if row.get(column)][:ROWS]
        if own:
            keys = _apart(own, "name")
            series = [made("Share of posts", own, keys, by=_as(own, keys), colour=_accent())]
            note = f"Share of posts that cite each. {INTERVALS}"
            found.append(Native("bar", keys, series, "percent", title, note=note, beside=2))
    return found


def keyness(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of the log ratio of the words of each group; hollow where the rates may be the same."""
    from discourse.chart.marking import ESTABLISHED

    found = []
    note = (
        "Log ratio (base 2) of the rates: 1 is twice as often, 2 four times; below zero the other group uses the word more. Hollow: the "
        "rates may be the same (p of .05 or more)."
    )
    for group, colour in zip(keys_of(rows, "marks"), ("#009e73", "#d55e00"), strict=False):
        own = some(rows, marks=group)[:20]
        keys = keys_of(own, "word")
        sure = [row for row in own if row["p_posts"] is not None and row["p_posts"] < ESTABLISHED]
        unsure = [row for row in own if row not in sure]
        series = [
            made(name, part, keys, by="word", colour=colour, look=look)
            for name, part, look in (("the rates differ (p < .05)", sure, "filled"), ("they may be the same", unsure, "hollow")) if part
        ]  # fmt: skip
        found.append(Native("bar", keys, series, "general", group, colour, f"{note} {INTERVALS}", 2))
    return found


def accuracy(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return columns of F1 of each framing and of their mean, the tagger's and those of baselines."""
    shown = [row for row in rows if row.get("measure") in ("f1", "macro_f1")]
    codes = {**{code: names.get(code, code) for code in keys_of(shown, "code")}, "": "Mean of all"}
    methods = keys_of(shown, "method")
    colours = dict(zip(methods, (_accent(), *GREYS), strict=False))
    series = [
        made(method, some(shown, method=method), codes.values(), by=lambda row: codes[row.get("code") or ""],
             colour=colours.get(method, GREYS[-1]), look=("filled", "striped")[k % 2] if k else "filled")
        for k, method in enumerate(methods)
    ]  # fmt: skip
    note = "F1 against sentences coded by hand: 1 is perfect. Thin lines: 95% intervals over posts."
    return [Native("column", list(codes.values()), series, "general", note=note)] if series else []


def agreement(rows: Rows, names: Mapping[str, str]) -> list[Native]:
    """Return bars of Krippendorff's alpha."""
    own = [{**row, "of": names.get(row["of"], str(row["of"]).capitalize())} for row in some(rows, measure="alpha")]
    keys = keys_of(own, "of")
    levels = "; ".join(f"{row['estimate']:.3g} {row['of']}" for row in some(rows, measure="level"))
    note = f"Krippendorff's alpha: 1 is full agreement, 0 what chance gives. Usual levels: {levels}. {INTERVALS}"
    series = [made("alpha", own, keys, by="of", colour=_accent())]
    return [Native("bar", keys, series, "general", note=note)] if own else []


def _ranked(rows: Rows, column: str, note: str) -> list[Native]:
    """Return bars in the order of the figure, in two charts where there are many."""
    keys, shown = _apart(rows[:MOST], column), rows[:MOST]
    by = _as(shown, keys)
    halves = _halves(keys)
    return [
        Native("bar", part, [made("Share of posts", [row for row in shown if by(row) in part], part, by=by, colour=_accent())], "percent",
               note=f"{note} {INTERVALS}", beside=len(halves))
        for part in halves
    ]  # fmt: skip


def _apart(rows: Rows, column: str) -> list[str]:
    """Return what rows are called; of two that are called alike the second gets a number."""
    called: dict[str, None] = {}
    for row in rows:
        name, n = str(row[column]), 2
        while (name if n == 2 else f"{row[column]} ({n - 1})") in called:
            n += 1
        called[name if n == 2 else f"{name} ({n - 1})"] = None
    return list(called)


def _as(rows: Rows, keys: list[str]) -> Any:
    called = {row["mark"]: key for row, key in zip(rows, keys, strict=True)}
    return lambda row: called[row["mark"]]


def _halves(keys: list[str]) -> list[list[str]]:
    """Return names in one list, or in two of which the first is not shorter."""
    if len(keys) <= ROWS:
        return [keys] if keys else []
    half = -(-len(keys) // 2)
    return [keys[:half], keys[half:]]


def _accent() -> str:
    from discourse.chart.theme import ACCENT

    return ACCENT
