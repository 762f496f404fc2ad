"""Who holds each framing, and how firmly: what the author says and what others are quoted with, asserted, hedged and rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.framing_marks import colour_of, ink_of
from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted
from discourse.chart.said import exact, on_percent, with_interval
from discourse.chart.theme import GREY, INK, INTERVAL, About, Chart, framed, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

TITLE = "Who holds each framing, and how firmly"
HELD = "asserted or hedged"
HOLDERS = {"author": "The author", "other": "Others"}
WHOLE = {"share_author": "author", "share_other": "other"}
ROWS = {"": HELD, "asserted": "asserted", "hedged": "hedged", "rejected": "rejected"}
READING = (
    "Share of all sentences in which the author, or somebody quoted or reported, holds a framing; what is named and rejected is not in "
    "“asserted or hedged”. {}Thin lines: 95% intervals over posts. After each share: how many sentences the tagger finds. {}"
    "Differences were not tested."
)
BOTH = "Bars: corrected for the tagger's errors by hand-coded sentences; diamonds: the same as the tagger finds it (naive). "
NAIVE = "Bars: as the tagger finds it. "
NAMES, GAP, PRINTED = 1.45, 0.15, 0.92  # inches: names of rows, between panels, numbers beside the bars
ROW, HEAD, GROUP, FOOT = 0.27, 0.34, 0.27, 0.42  # heights in inches: a row, above a panel, above a holder's rows, below a panel
UNDER = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # so that no line of the grid crosses a number
ACROSS = 3  # panels side by side
COLUMNS = [
    "code",
    "measure",
    "holder",
    "modality",
    "category",
    "estimator",
    "estimate",
    "low",
    "high",
    "basis",
    "n",
    "denominator",
    "n_posts",
    "n_gold",
]
KEYS = ["code", "measure", "holder", "modality", "category", "estimator"]


class _Panels(NamedTuple):
    """Where panels stand: how many side by side, how wide and how high each is, and the end of their scale."""

    across: int
    wide: float
    high: float
    end: float


@styled
def draw(held: pd.DataFrame, shares: pd.DataFrame, about: About, *, framings: Mapping[str, str]) -> Chart:
    """Draw a panel a framing, on one scale: a row for what each holder asserts or hedges, and one for each modality.

    Parameters
    ----------
    held : rows of the table `estimates`: what each holder asserts or hedges.
    shares : rows of the table `estimates`, by holder and modality.
    about : for the footer.
    framings : code -> name to print.
    """
    import pandas as pd

    whole = held[held["measure"].isin(WHOLE)]
    rows = pd.concat([whole.assign(holder=whole["measure"].map(WHOLE)), shares], ignore_index=True)
    rows = rows[rows["code"].isin(framings)]
    known = rows[rows["estimate"].notna()]
    if known.empty:
        return nothing(TITLE, _why(framings, rows), about)
    order = {code: place for place, code in enumerate(framings)}
    drawn = known.assign(_order=known["code"].map(order)).sort_values(["_order", *KEYS[2:]])
    numbers = together(marked(drawn.reindex(columns=COLUMNS), behind="sentences", keys=KEYS))
    has_gold = bool((known["estimator"] == "corrected").any())
    across = min(ACROSS, len(framings))
    down = -(-len(framings) // across)
    wide = (10 * 0.96 - NAMES - GAP * (across - 1)) / max(across, 2)
    widest = max(float(known[["estimate", "high"]].astype(float).max().max()), 0.02)
    panels = _Panels(across, wide, (GROUP + ROW * len(ROWS)) * len(HOLDERS), widest / (1 - PRINTED / wide))
    height = (HEAD + panels.high + FOOT) * down
    figure, area = framed(TITLE, _reading(rows, has_gold), about, height=height, below=(INTERVAL,))
    sheet = Sheet(figure, area)
    for k, (code, name) in enumerate(framings.items()):
        line, column = divmod(k, across)
        left, top = NAMES + column * (wide + GAP), line * (HEAD + panels.high + FOOT)
        sheet.text(
            left,
            top + HEAD - 0.08,
            fitted(name, size=11, wide=wide, bold=True),
            fontsize=11,
            fontweight="bold",
            color=ink_of(code),
            va="bottom",
        )
        axes = sheet.axes(left, top + HEAD, wide, panels.high)
        _panel(axes, numbers[numbers["code"] == code], colour_of(code), panels, has_gold)
        if column == 0:
            _names(sheet, top + HEAD)
    return Chart(figure, numbers, TITLE, _alt(known, framings, has_gold))


def _why(framings: Mapping[str, str], rows: pd.DataFrame) -> str:
    if not framings:
        return "There is no framing among the codes: the codebook has none, or none was asked for."
    notes = rows["note"].dropna()
    return f"There are {notes.iloc[0]}." if len(notes) else "No post counts."


def _reading(rows: pd.DataFrame, has_gold: bool) -> str:
    refused = rows.loc[(rows["estimator"] == "corrected") & rows["estimate"].isna(), "note"].dropna()
    why = f"Nothing is corrected: {refused.iloc[0].removeprefix('uncorrected: ')}. " if len(refused) and not has_gold else ""
    return READING.format(BOTH if has_gold else NAIVE, why)


def _places() -> dict[tuple[str, str], float]:
    """Return how far below a panel's upper edge the middle of each row stands, by holder and modality, in inches."""
    found, down = {}, 0.0
    for holder in HOLDERS:
        down += GROUP
        for modality in ROWS:
            found[holder, modality] = down + ROW / 2
            down += ROW
    return found


def _names(sheet: Sheet, top: float) -> None:
    """Write the names of rows at the left of a line of panels."""
    for (holder, modality), place in _places().items():
        if not modality:
            sheet.text(0, top + place - ROW / 2 - 0.04, HOLDERS[holder], fontsize=9.5, fontweight="bold", color=INK, va="bottom")
        size = {"fontsize": 9, "color": INK} if not modality else {"fontsize": 9, "color": GREY}
        sheet.text(NAMES - 0.08, top + place, ROWS[modality], ha="right", va="center", **size)


def _panel(axes: Any, rows: pd.DataFrame, colour: str, panels: _Panels, has_gold: bool) -> None:
    """Draw one framing."""
    axes.set_xlim(0, panels.end)
    axes.set_ylim(panels.high, 0)
    on_percent(axes.xaxis, ticks=3)
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=9)
    best = "corrected" if has_gold else "naive"
    for (holder, modality), y in _places().items():
        some = rows[(rows["holder"] == holder) & (rows["modality"] == modality)]
        found = {row["estimator"]: row for row in some.to_dict("records")}
        main = found.get(best, found.get("naive"))
        if main is None:
            continue
        right = max(value for row in found.values() for value in (row["estimate"], row["high"]) if value == value)
        style = {"alpha": 0.85} if not modality else {"alpha": 0.45}
        axes.barh(y - 0.02, main["estimate"], height=0.13, color=GREY if modality == "rejected" else colour, linewidth=0, zorder=2, **style)
        here(axes, [main["mark"]], [(0, main["estimate"])], [(y - 0.02 - 0.065, y - 0.02 + 0.065)])
        axes.plot([main["low"], main["high"]], [y - 0.02] * 2, color=INK, linewidth=1.2, zorder=4)
        if (naive := found.get("naive")) is not None and main is not naive:
            axes.plot([naive["low"], naive["high"]], [y + 0.09] * 2, color=colour, linewidth=1, zorder=3)
            axes.plot(naive["estimate"], y + 0.09, marker="D", markersize=3, markerfacecolor="white", color=colour, zorder=4, clip_on=False)
            here(axes, [naive["mark"]], [naive["estimate"]], [y + 0.09])
        bold = {"fontweight": "bold"} if not modality else {}
        number = f"{exact(main['estimate'])}  {int(main['n']):,}"
        axes.text(right + 0.02 * panels.end, y, number, fontsize=8.5, va="center", color=INK, zorder=5, bbox=UNDER, **bold)


def _alt(known: pd.DataFrame, framings: Mapping[str, str], has_gold: bool) -> str:
    """Return what the panels show, in words."""
    best = "corrected" if has_gold else "naive"
    parts = [f"Bars of shares of all sentences, {best}, by who holds a framing and how firmly, with 95% intervals."]
    for code, name in list(framings.items())[:4]:
        own = known[(known["code"] == code) & (known["estimator"] == best)]
        found = {(row["holder"], row["modality"]): row for row in own.to_dict("records")}
        told = [f"{HOLDERS[h].lower()} {with_interval(found[h, ''])} {HELD}" for h in HOLDERS if (h, "") in found]
        told += [f"rejected by {HOLDERS[h].lower()} {exact(found[h, 'rejected']['estimate'])}" for h in HOLDERS if (h, "rejected") in found]
        parts.append(f"{name}: {'; '.join(told)}.")
    return " ".join(parts)
