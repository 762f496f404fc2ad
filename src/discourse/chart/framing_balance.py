"""The balance of two framings: what authors say with the one and with the other, group by group, and where one is more than the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.framing_marks import colour_of, ink_of
from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted
from discourse.chart.said import listed, on_percent, points, with_interval
from discourse.chart.theme import GREY, INK, INTERVAL, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALPHA", "PLURALS", "draw"]

ALPHA = 0.05
PLURALS = {"category": "categories", "author": "authors", "source": "sources", "year": "years"}
READING = (
    "Bars: share of a {}'s sentences in which the author holds a framing, asserted or hedged{}. Thin lines: 95% intervals over posts. "
    "Right: by how many percentage points the one share is above the other in the same posts, with its 95% interval. "
)
CORRECTED = ", corrected for the tagger's errors by hand-coded sentences{}; diamonds: the same as the tagger finds it (naive)"
HATCHED = ", or hatched as the tagger finds it where they do not cover it"
NAIVE = ", as the tagger finds it"
TESTED = (
    "That one is more is said where the corrected difference is beyond chance after Holm's correction over the {} with one (p < .05); "
    "“n.s.” where it is not. "
)
UNTESTED = "Nothing is said to be more, as no difference could be corrected by hand-coded sentences. "
NAMES, PRINTED = 2.2, 2.75  # inches: names of groups at the left, differences at the right
ROW, HEAD, FOOT = 0.42, 0.6, 0.25  # heights in inches
COLUMNS = [
    "code", "measure", "period", "category", "author", "source", "estimator", "estimate", "low", "high", "n", "denominator", "n_posts",
    "n_gold", "basis", "p_value", "p_holm",
]  # fmt: skip
KEYS = ["code", "measure", "period", "category", "author", "source", "estimator"]
LONGEST_TITLE = 74


class _Balance(NamedTuple):
    """What is drawn: the shares, the difference that counts in each group, the groups from above, their column, and the framings' names.

    The shares and the differences are rows of the figure's numbers.
    """

    shares: pd.DataFrame
    best: pd.DataFrame
    order: list[str]
    key: str
    names: Mapping[str, str]

    @property
    def has_gold(self) -> bool:
        return bool((self.best["estimator"] == "corrected").any())


@styled
def draw(
    shares: pd.DataFrame, differences: pd.DataFrame, about: About, *, framings: Mapping[str, str], by: str, of: int, fewest: tuple[int, int]
) -> Chart:
    """Draw a row a group: the second framing to the left, the first to the right, and their difference printed.

    Parameters
    ----------
    shares : rows of the table `estimates` of the groups that are shown.
    differences : as `measure.differences` returns them, of the same groups, with `p_holm` over these within each estimator.
    about : for the footer.
    framings : code -> name to print, of the two.
    by : `category`, `author`, `source` or `year`.
    of : how many groups there are that have enough.
    fewest : posts and sentences that a group needs to be shown.
    """
    title = f"{' or '.join(fitted(name, size=14, wide=2.4, bold=True) for name in framings.values())}, by {by}"
    if len(framings) != 2:
        return nothing("The balance of two framings", "It needs two framings; among the codes there are not two.", about)
    key = "period" if by == "year" else by
    best = differences[differences["estimate"].notna()].sort_values("estimator").drop_duplicates(key)
    if best.empty:
        return nothing(title, f"No {by} has {fewest[0]} posts and {fewest[1]} sentences.", about)
    best = best.sort_values(key) if by == "year" else best.sort_values(["estimate", key], ascending=[False, True])
    held = shares[(shares["measure"] == "share_author") & shares["estimate"].notna() & shares["code"].isin(framings)]
    numbers = together(
        marked(held.sort_values(["code", key, "estimator"]).reindex(columns=COLUMNS), behind="sentences", keys=KEYS),
        marked(best.assign(measure="difference", code="", n=2).reindex(columns=COLUMNS), behind="points", keys=KEYS),
    )
    shares, best = (numbers[numbers["behind"] == behind] for behind in ("sentences", "points"))
    balance = _Balance(shares, best, best[key].tolist(), key, framings)
    height = HEAD + ROW * len(balance.order) + FOOT
    figure, area = framed(_title(title, balance), _reading(balance, by, of, fewest), about, height=height, below=(INTERVAL,))
    sheet = Sheet(figure, area)
    wide = sheet.wide - NAMES - PRINTED
    _bars(sheet.axes(NAMES, HEAD, wide, ROW * len(balance.order)), balance)
    _heads(sheet, list(framings.items()), NAMES + wide / 2)
    _rows(sheet, balance)
    return Chart(figure, numbers, _title(title, balance), _alt(balance, by))


def _bars(axes: Any, balance: _Balance) -> None:
    """Draw the shares of both framings: one bar a group to either side, and the naive share as a diamond where it was corrected."""
    place = {name: len(balance.order) - 1 - k for k, name in enumerate(balance.order)}
    counts = balance.best.set_index(balance.key)["estimator"]
    for code, side in zip(balance.names, (1, -1), strict=True):
        colour = colour_of(code)
        for row in balance.shares[balance.shares["code"] == code].to_dict("records"):
            y, naive = place[row[balance.key]], row["estimator"] == "naive"
            x, ends = side * row["estimate"], [side * row["low"], side * row["high"]]
            if row["estimator"] == counts[row[balance.key]]:
                style = {"facecolor": "white", "hatch": "//////"} if naive and balance.has_gold else {"facecolor": colour}
                axes.barh(y + 0.06, x, height=0.5, edgecolor=colour, linewidth=0.8, alpha=0.75, zorder=2, **style)
                here(axes, [row["mark"]], [(0, x)], [(y + 0.06 - 0.25, y + 0.06 + 0.25)])
                axes.plot(ends, [y + 0.06] * 2, color=INK, linewidth=1.3, zorder=4)
            elif naive:
                axes.plot(ends, [y - 0.31] * 2, color=colour, linewidth=1.0, zorder=3)
                axes.plot(x, y - 0.31, marker="D", markersize=3.5, markerfacecolor="white", color=colour, zorder=4)
                here(axes, [row["mark"]], [x], [y - 0.31])
    widest = 1.06 * max(float(balance.shares[["estimate", "high"]].astype(float).max().max()), 0.02)
    axes.set_xlim(-widest, widest)
    axes.set_ylim(-0.5, len(balance.order) - 0.5)
    on_percent(axes.xaxis, ticks=6)
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * abs(share):.3g}%")
    axes.axvline(0, color=INK, linewidth=0.8, zorder=5)
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=9)
    axes.spines["left"].set_visible(False)


def _heads(sheet: Sheet, framings: Sequence[tuple[str, str]], middle: float) -> None:
    """Write above the bars which framing stands on which side, and above the differences what they are."""
    (first, right), (second, left) = framings
    down = HEAD - 0.14
    sheet.text(
        middle - 0.1,
        down,
        f"◀ {fitted(left, size=10, wide=2.1, bold=True)}",
        fontsize=10,
        fontweight="bold",
        color=ink_of(second),
        ha="right",
    )
    sheet.text(middle + 0.1, down, f"{fitted(right, size=10, wide=2.1, bold=True)} ▶", fontsize=10, fontweight="bold", color=ink_of(first))
    sheet.text(sheet.wide - PRINTED + 0.15, down, "Right less left, in points\n(95% interval)", fontsize=9, color=INK, linespacing=1.2)


def _rows(sheet: Sheet, balance: _Balance) -> None:
    """Write beside the bars the name of each group with its n, and the difference with what is said of it."""
    for k, row in enumerate(balance.best.to_dict("records")):
        down, said = HEAD + ROW * (k + 0.5), _said(row, balance)
        n = f"{many(int(row['n_posts']), 'post')}, {many(int(row['denominator']), 'sentence')}"
        sheet.text(NAMES - 0.1, down - 0.07, fitted(row[balance.key], size=9.5, wide=NAMES - 0.1), fontsize=9.5, ha="right", va="center")
        sheet.text(NAMES - 0.1, down + 0.1, n, fontsize=8, color=GREY, ha="right", va="center")
        bold = {"fontweight": "bold"} if _established(row) else {}
        number = f"{points(row['estimate'])}{_interval(row)}"
        sheet.text(sheet.wide - PRINTED + 0.15, down - 0.07, number, fontsize=9.5, va="center", **bold)
        sheet.text(sheet.wide - PRINTED + 0.15, down + 0.1, said, fontsize=8, va="center", color=INK if bold else GREY, **bold)
        sheet.here(row["mark"], (sheet.wide - PRINTED + 0.15, sheet.wide), (down - ROW / 2, down + ROW / 2))


def _interval(row: Mapping[Any, Any]) -> str:
    return f" ({points(row['low'])} to {points(row['high'])})" if row["low"] == row["low"] else ""


def _established(row: Mapping[Any, Any]) -> bool:
    return bool(row["estimator"] == "corrected" and row["p_holm"] < ALPHA)


def _more(row: Mapping[Any, Any], balance: _Balance) -> str:
    return list(balance.names.values())[0 if row["estimate"] > 0 else 1]


def _said(row: Mapping[Any, Any], balance: _Balance) -> str:
    """Return what is said of a group: that one framing is more, that it is not established, or that only the tagger says so."""
    if row["estimator"] == "naive":
        return "naive, not corrected" if balance.has_gold else "naive"
    if not _established(row):
        return "n.s."
    p_holm = "< .001" if row["p_holm"] < 0.001 else f"= {row['p_holm']:.3f}".replace("0.", ".")
    return f"more {fitted(_more(row, balance), size=8, wide=1.6)}, p {p_holm}"


def _title(title: str, balance: _Balance) -> str:
    """Return the title; with what was found where it is established and fits."""
    rows = [row for row in balance.best.to_dict("records") if _established(row)]
    found = {name: sum(_more(row, balance) == name for row in rows) for name in balance.names.values()}
    said = " and ".join(f"in {n} more {name}" for name, n in found.items() if n)
    return f"{title}: {said}" if said and len(title) + len(said) < LONGEST_TITLE else title


def _reading(balance: _Balance, by: str, of: int, fewest: tuple[int, int]) -> str:
    corrected = int((balance.best["estimator"] == "corrected").sum())
    some = HATCHED if corrected < len(balance.order) else ""
    parts = [READING.format(by, CORRECTED.format(some) if corrected else NAIVE)]
    parts.append(TESTED.format(many(corrected, by, plural=PLURALS[by])) if corrected else UNTESTED)
    order = "" if by == "year" else ", the largest difference first"
    shown = len(balance.order)
    which = f"the {shown} with most posts of {of}" if shown < of else f"all {of}"
    parts.append(f"Shown: {which} {PLURALS[by]} with at least {fewest[0]} posts and {fewest[1]} sentences{order}.")
    return "".join(parts)


def _alt(balance: _Balance, by: str) -> str:
    """Return what the bars show, in words: the ends of the order, and what is established."""
    names, rows = list(balance.names.values()), balance.best.to_dict("records")
    parts = [f"Bars to both sides for each of {many(len(rows), by, plural=PLURALS[by])}: {names[1]} to the left, {names[0]} to the right."]
    for row in [rows[0], rows[-1]][: len(rows)]:
        own = balance.shares[(balance.shares[balance.key] == row[balance.key]) & (balance.shares["estimator"] == row["estimator"])]
        told = [f"{balance.names[one['code']]} {with_interval(one)}" for one in own.sort_values("code").to_dict("records")]
        parts.append(
            f"{row[balance.key]}, {row['estimator']}: {' and '.join(told)}; difference {points(row['estimate'])} points{_interval(row)}."
        )
    found = [f"{row[balance.key]} ({_more(row, balance)})" for row in rows if _established(row)]
    if found:
        parts.append(f"That one framing is more than the other is established in {listed(found)}.")
    else:
        why = "" if balance.has_gold else ", as nothing is corrected by hand codes"
        parts.append(f"In no {by} is it established that one framing is more than the other{why}.")
    return " ".join(parts)
