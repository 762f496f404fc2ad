"""Framings over time: the share of sentences that carry each, by who holds it; with hand codes, corrected and naive side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.chart import events as dated
from discourse.chart.framing_marks import HOLDERS, KEY, Look, course, ends_labelled, highest, ink_of, latest, marks, shown
from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.periods import along, depth, kind_of, place_of, spans, under, unprinted
from discourse.chart.room import Sheet, fitted
from discourse.chart.said import on_percent, short
from discourse.chart.theme import GREY, INK, INTERVAL, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw", "draw_categories"]

TITLE = "Framings of digital technology over time, by who holds them"
COLUMNS = [
    "code", "measure", "period", "category", "estimator", "estimate", "low", "high", "strict", "lenient", "basis", "n", "denominator",
    "n_posts", "n_gold",
]  # fmt: skip
KEYS = ["measure", "period", "category", "estimator"]
HELD = "held by the author, asserted or hedged"
WHO = "Open circles: held by somebody quoted or reported; crosses: named and rejected, never added to the rest"
NAIVE = (
    f"Share of each {{}}'s sentences, as the tagger finds it. Filled points: {HELD}. {{}}Upright bars and lines: 95% intervals over posts."
)
BOTH = (
    f"Share of each {{}}'s sentences. Filled points: {HELD}, corrected for the tagger's errors by hand-coded sentences; diamonds: the same "
    "as the tagger finds it (naive). Grey bars beside: corrected by what all coders say, and by what any says. {}Upright bars and lines: "
    "95% intervals over posts."
)
PLACEBO = "Grey steps: where 95% of the shares of a year lie when dates are permuted among posts of one category."
EVENTS = "Thin upright lines: events of the time; that a share differs before and after one does not say why."
NONE = "There is no framing among the codes: the codebook has none, or none was asked for."
LEFT, RIGHT = 0.5, 1.2  # inches beside the panels, for the scale and for labels
HEAD, PLOT, FOOT = 0.3, 1.4, 0.3  # heights in inches: above a panel, a panel, below it
DENSE, SMALL_DENSE = 0.3, 0.2  # inches: in shorter periods only what the author holds is drawn
MOST_COLUMNS = 4
GAP, SMALL, ROW_HEAD = 0.16, 1.15, 0.3  # of panels by category: inches between them, their height, above each row


class _Time(NamedTuple):
    """The time axis: its periods, how wide it is, and how wide each of them, in inches."""

    periods: list[str]
    wide: float

    @property
    def slot(self) -> float:
        return self.wide / max(len(self.periods), 1)


@styled
def draw(
    estimates: pd.DataFrame,
    about: About,
    *,
    framings: Mapping[str, str],
    fewest: tuple[int, int],
    placebo: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> Chart:
    """Draw a panel a framing, one under the other, on one scale.

    Parameters
    ----------
    estimates : rows of the table `estimates`, by year, quarter or month, and of one category at most.
    about : for the footer.
    framings : code -> name to print.
    fewest : posts and sentences that a period needs to be shown.
    placebo : `code`, `estimator`, `period`, `low` and `high` of what permuted dates give, by year.
    events : `date` and `label` of each that is to be marked.
    """
    rows = _of(estimates, framings)
    if not framings or rows.empty:
        return nothing(TITLE, _why(framings, "date"), about)
    time = _Time(along(rows["period"].unique().tolist()), 10 * 0.96 - LEFT - RIGHT)
    drawn = _marked(shown(rows, author_only=time.slot < DENSE))
    has_gold = bool((rows["estimator"] == "corrected").any())
    band = _band(placebo, drawn) if placebo is not None else None
    strip = _strip(events, time)
    numbers = together(drawn, *_placebo_marked(band), *_events_marked(events, strip.at))
    counts = _counts(drawn[drawn["code"] == list(framings)[-1]])
    tail = depth(time.periods, counts, wide=time.wide)
    height = strip.above + 0.05 + (HEAD + PLOT + FOOT) * len(framings) - FOOT + tail + strip.below
    reading = _reading(rows, drawn, time, fewest, (band, strip.at))
    figure, area = framed(TITLE, reading, about, height=height, below=(INTERVAL,))
    sheet, down = Sheet(figure, area), strip.above + 0.05
    ceiling = highest(drawn, float(band["high"].max()) if band is not None and len(band) else 0.0)
    for k, (code, name) in enumerate(framings.items()):
        look = Look(time.periods, code, time.slot, has_gold)
        sheet.text(LEFT, down + HEAD - 0.08, name, fontsize=11, fontweight="bold", color=look.ink, va="bottom")
        axes = sheet.axes(LEFT, down + HEAD, time.wide, PLOT)
        own = drawn[drawn["code"] == code]
        axes.set_ylim(0, ceiling)
        on_percent(axes.yaxis)
        axes.tick_params(length=0, labelsize=9)
        under(axes, time.periods, counts if k == len(framings) - 1 else None, wide=time.wide)
        marks(axes, own, look, band=band[band["code"] == code] if band is not None else None)
        dated.lines(axes, [x / time.slot - 0.5 for x in strip.at])
        ends_labelled(axes, own, look, high=PLOT)
        if own["estimate"].isna().all():
            axes.text(0.5, 0.5, f"too few in every {kind_of(time.periods[0])}", transform=axes.transAxes, ha="center", color=GREY)
        down += HEAD + PLOT + FOOT
    marked_events = numbers.loc[numbers["behind"] == "event", "mark"].tolist()
    dated.written(sheet, strip, marked_events, left=LEFT, down=0, key=down - FOOT + tail + 0.1)
    alt = [f"{many(len(framings), 'panel')} of shares by {kind_of(time.periods[0])}, from {time.periods[0]} to {time.periods[-1]}."]
    alt += [course(drawn[drawn["code"] == code], f"{name}, {HELD}") for code, name in list(framings.items())[:MOST_COLUMNS]]
    return Chart(figure, numbers, TITLE, " ".join(alt))


@styled
def draw_categories(estimates: pd.DataFrame, about: About, *, framings: Mapping[str, str], fewest: tuple[int, int], most: int) -> Chart:
    """Draw a row of panels a category, those with most posts, and a column a framing, on one scale.

    Parameters
    ----------
    estimates : rows of the table `estimates`, by year and category.
    about, framings, fewest : as in `draw`.
    most : so many categories at most.
    """
    title = "Framings of digital technology over time, by category"
    rows = _of(estimates, framings)
    sizes = rows[rows["estimator"] == "naive"].drop_duplicates(["category", "period"]).groupby("category")["n_posts"].sum()
    full = set(rows.loc[rows["estimate"].notna(), "category"])
    order = sorted((name for name in sizes.index if name in full), key=lambda name: (name.startswith("("), -sizes[name], name))
    if not framings or not order:
        return nothing(title, _why(framings, "category and date") if not framings or rows.empty else _few(fewest), about)
    columns = dict(list(framings.items())[:MOST_COLUMNS])
    chosen = rows[rows["category"].isin(order[:most]) & rows["code"].isin(columns)]
    wide = (10 * 0.96 - LEFT - GAP * (len(columns) - 1)) / len(columns)
    time = _Time(along(chosen["period"].unique().tolist()), wide)
    drawn = _marked(shown(chosen, author_only=time.slot < SMALL_DENSE))
    has_gold = bool((chosen["estimator"] == "corrected").any())
    reading = _reading(chosen, drawn, time, fewest, (None, ()))
    reading += f" Shown: {_of_all(len(order[:most]), len(order))}{'' if columns == dict(framings) else ', and the first framings'}."
    each = ROW_HEAD + SMALL + max(depth(time.periods, _counts(part), wide=wide) for _, part in drawn.groupby("category")) + 0.08
    figure, area = framed(title, reading, about, height=0.5 + each * len(order[:most]), below=(INTERVAL,))
    sheet, ceiling = Sheet(figure, area), highest(drawn)
    for column, (code, name) in enumerate(columns.items()):
        name = fitted(name, size=11, wide=wide, bold=True)
        sheet.text(LEFT + column * (wide + GAP), 0.12, name, fontsize=11, fontweight="bold", color=ink_of(code), va="center")
    names = KEY | {"corrected": f"{KEY['corrected']}, corrected"} if has_gold else {k: v for k, v in KEY.items() if k != "naive"}
    sheet.text(LEFT, 0.36, "    ".join(names.values()), fontsize=9, color=INK, va="center")
    for k, category in enumerate(order[:most]):
        down = 0.5 + each * k
        sheet.text(LEFT, down + ROW_HEAD - 0.06, fitted(category, size=10, wide=9.0), fontsize=10, color=INK, va="bottom")
        for column, code in enumerate(columns):
            axes = sheet.axes(LEFT + column * (wide + GAP), down + ROW_HEAD, wide, SMALL)
            own = drawn[(drawn["code"] == code) & (drawn["category"] == category)]
            axes.set_ylim(0, ceiling)
            on_percent(axes.yaxis, ticks=4)
            axes.tick_params(length=0, labelsize=9, labelleft=column == 0)
            under(axes, time.periods, _counts(own), wide=wide, lead=column == 0)
            marks(axes, own, Look(time.periods, code, time.slot, has_gold))
    alt = [f"{many(len(columns), 'panel')} of shares by year for each of {many(len(order[:most]), 'category', plural='categories')}."]
    for category in order[: min(most, 4)]:
        told = [latest(drawn[(drawn["code"] == code) & (drawn["category"] == category)], name) for code, name in columns.items()]
        alt.append(f"{category}, held by the author: {'; '.join(told)}.")
    return Chart(figure, drawn, title, " ".join(alt))


def _of(estimates: pd.DataFrame, framings: Mapping[str, str]) -> pd.DataFrame:
    return estimates[estimates["measure"].isin(HOLDERS) & (estimates["period"] != "") & estimates["code"].isin(framings)]


def _why(framings: Mapping[str, str], what: str) -> str:
    return f"No post that counts has a {what}." if framings else NONE


def _few(fewest: tuple[int, int]) -> str:
    return f"No category has {fewest[0]} posts and {fewest[1]} sentences in any period."


def _of_all(shown_: int, of: int) -> str:
    return f"the {shown_} with most posts of {of} categories" if shown_ < of else f"all {many(of, 'category', plural='categories')}"


def _counts(rows: pd.DataFrame) -> dict[str, int]:
    naive = rows[(rows["measure"] == HOLDERS[0]) & (rows["estimator"] == "naive")]
    return dict(zip(naive["period"], naive["denominator"].astype(int), strict=True))


def _reading(
    rows: pd.DataFrame, drawn: pd.DataFrame, time: _Time, fewest: tuple[int, int], extra: tuple[pd.DataFrame | None, Sequence[float]]
) -> str:
    """Return how to read the marks, which periods are not shown, and which are not corrected."""
    kind = kind_of(time.periods[0])
    naive, corrected = (rows[rows["estimator"] == name] for name in ("naive", "corrected"))
    omitted = sorted(naive.loc[naive["estimate"].isna(), "period"].unique()) if not naive["category"].any() else []
    refused = sorted(corrected.loc[corrected["note"].fillna("").str.startswith("uncorrected"), "period"].unique())
    others = (drawn["measure"] != HOLDERS[0]).any()
    who = f"{WHO}{'; both corrected where they can be' if len(corrected) else ''}. " if others else ""
    parts = [(BOTH if len(corrected) else NAIVE).format(kind, who)]
    if extra[0] is not None and len(extra[0]):
        parts.append(PLACEBO)
    if len(extra[1]):
        parts.append(EVENTS)
    counts = naive.drop_duplicates("period")["denominator"]
    parts.append(
        f"In each {kind} {short(int(counts.min()))} to {short(int(counts.max()))} sentences were counted."
        if unprinted(time.periods, wide=time.wide)
        else "Below (n): sentences counted."
    )
    if refused:
        parts.append(f"Uncorrected, as hand-coded sentences do not cover them: {spans(refused, time.periods)}.")
    if omitted:
        parts.append(f"Not shown, as of fewer than {fewest[0]} posts or {fewest[1]} sentences: {spans(omitted, time.periods)}.")
    elif naive["category"].any() and naive["estimate"].isna().any():
        parts.append(f"Years of fewer than {fewest[0]} posts or {fewest[1]} sentences have no mark.")
    return " ".join(parts)


def _band(placebo: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return what permuted dates give in each year, by the estimator of the share that is drawn there."""
    author = drawn[(drawn["measure"] == HOLDERS[0]) & drawn["estimate"].notna()]
    best = author.sort_values("estimator").drop_duplicates(["code", "period"])[["code", "period", "estimator"]]
    return placebo.merge(best, on=["code", "period", "estimator"])[["code", "period", "estimator", "low", "high"]]


def _strip(events: pd.DataFrame | None, time: _Time) -> dated.Strip:
    if events is None or events.empty:
        return dated.Strip([], [], [], [])
    at = [(place_of(day, time.periods) + 0.5) * time.slot for day in events["date"]]
    return dated.planned(events, at, wide=time.wide + RIGHT)


def _marked(drawn: pd.DataFrame) -> pd.DataFrame:
    return marked(drawn[COLUMNS], behind="sentences", keys=["code", *KEYS])


def _placebo_marked(band: pd.DataFrame | None) -> list[pd.DataFrame]:
    if band is None or band.empty:
        return []
    return [marked(band.assign(measure="placebo"), behind="nothing", keys=["code", "measure", "period", "estimator"])]


def _events_marked(events: pd.DataFrame | None, at: Sequence[float]) -> list[pd.DataFrame]:
    if events is None or not len(at):
        return []
    rows = events[["date", "label"]].rename(columns={"label": "event"})
    rows = rows.assign(measure="event", date=rows["date"].dt.strftime("%Y-%m-%d"), n=1)
    return [marked(rows, behind="event", keys=["measure", "date", "event"])]
