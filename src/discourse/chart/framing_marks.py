"""The marks of a framing's shares in one panel: who holds it, corrected and as the tagger finds it, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart.places import here
from discourse.chart.room import apart
from discourse.chart.said import exact, with_interval
from discourse.chart.theme import COLOURS, GREY, INK, INKS, PALE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HOLDERS", "KEY", "Look", "colour_of", "course", "ends_labelled", "highest", "ink_of", "latest", "marks", "shown"]

HOLDERS = ("share_author", "share_other", "share_rejected")
AUTHOR = HOLDERS[0]
KEY = {"corrected": "● author", "naive": "◇ author, naive", "share_other": "○ others", "share_rejected": "× rejected"}
SHAPES: dict[str, dict[str, Any]] = {
    "corrected": {"marker": "o", "markersize": 5},
    "naive": {"marker": "D", "markersize": 4, "markerfacecolor": "white"},
    "share_other": {"marker": "o", "markersize": 5.5, "markerfacecolor": "white"},
    "share_rejected": {"marker": "x", "markersize": 5},
}
ASIDE = {"corrected": 0.0, "naive": -0.2, "bounds": 0.11, "share_other": 0.22, "share_rejected": 0.34}  # of a period
THICK, SLOT = 5.0, 0.3  # points of the author's interval, in a period of so many inches or more
AUTHORS = ("corrected", "naive")
LABEL, LABEL_GAP, LABEL_ROOM = 8.5, 0.145, 1.4  # points; inches from one label to the next, and that one takes


class Look(NamedTuple):
    """How one panel is drawn: the periods, the framing, inches of a period, and whether there is gold."""

    periods: list[str]
    code: str
    slot: float
    has_gold: bool

    @property
    def colour(self) -> str:
        """The colour of the marks."""
        return colour_of(self.code)

    @property
    def ink(self) -> str:
        """The colour of text."""
        return ink_of(self.code)


def colour_of(code: str) -> str:
    """Return the colour of a framing's marks."""
    return COLOURS.get(code, INK)


def ink_of(code: str) -> str:
    """Return the colour of text on a framing, dark enough to be read."""
    return INKS.get(code, INK)


def shown(rows: pd.DataFrame, *, author_only: bool = False) -> pd.DataFrame:
    """Return which shares are drawn, in their order, and the rows that hold a period's count where it has no share.

    The author's are drawn corrected and naive; those of others, and rejected ones, corrected where that can be had, else naive.

    Parameters
    ----------
    rows : of `estimates`: HOLDERS of some framings, by period.
    author_only : only what the author holds.
    """
    import pandas as pd

    keys = ["code", "measure", "period", "category"]
    known = rows["estimate"].notna()
    author, naive = rows["measure"] == AUTHOR, rows["estimator"] == "naive"
    corrected = pd.MultiIndex.from_frame(rows.loc[known & ~naive, keys])
    replaced = naive & pd.MultiIndex.from_frame(rows[keys]).isin(corrected)
    kept = author & (known | naive)
    if not author_only:
        kept |= ~author & known & ~replaced
    made = rows[kept].sort_values([*keys, "estimator"], ignore_index=True)
    bounded = (made["measure"] == AUTHOR) & (made["estimator"] == "corrected")
    return made.assign(strict=made["strict"].where(bounded), lenient=made["lenient"].where(bounded))


def highest(rows: pd.DataFrame, *others: float) -> float:
    """Return the upper end of a scale that holds every mark."""
    tops = [float(rows[column].astype(float).max()) for column in ("estimate", "high", "lenient")]
    return max([1.1 * top for top in (*tops, *others) if top == top] + [0.02])


def marks(axes: Any, rows: pd.DataFrame, look: Look, *, band: pd.DataFrame | None = None) -> None:
    """Draw one framing.

    Parameters
    ----------
    axes : on which the first period stands at 0, the next at 1.
    rows : of one framing, as `shown` returns them, each with its `mark`.
    look : of the panel.
    band : `period`, `low` and `high` of what permuted dates give.
    """
    for step in band[["period", "low", "high"]].to_dict("records") if band is not None else ():
        place = look.periods.index(step["period"])
        ends = [place - 0.5, place + 0.5]
        axes.fill_between(ends, [step["low"]] * 2, [step["high"]] * 2, color=PALE, alpha=0.75, linewidth=0, zorder=1)
    scale = min(look.slot / SLOT, 1.0)
    for kind, part in parts(rows, look.has_gold).items():
        along = part.set_index("period").reindex(look.periods)
        x = [k + ASIDE[kind] for k in range(len(look.periods))]
        low, high, y = (along[name].to_numpy(dtype=float) for name in ("low", "high", "estimate"))
        colour = GREY if kind == "share_rejected" else look.colour
        if kind == "corrected":
            axes.vlines(x, low, high, color=colour, linewidth=THICK * scale, alpha=0.3, zorder=2)
            axes.plot(x, y, color=colour, linewidth=2 * max(scale, 0.6), zorder=4)
        else:
            axes.vlines(x, low, high, color=colour, linewidth=1.1 * scale, zorder=2)
        shape = SHAPES[kind] | {"markersize": SHAPES[kind]["markersize"] * max(scale, 0.5)}
        axes.plot(x, y, linestyle="none", color=colour, markeredgecolor=colour, zorder=5, clip_on=False, **shape)
        here(axes, along["mark"], x, y)
    some = rows[rows["strict"].notna()]
    beside = [look.periods.index(period) + ASIDE["bounds"] for period in some["period"]]
    axes.vlines(beside, some["strict"].astype(float), some["lenient"].astype(float), color=GREY, linewidth=2.5 * scale, zorder=2)


def parts(rows: pd.DataFrame, has_gold: bool) -> dict[str, pd.DataFrame]:
    """Return the shares that are drawn alike, by the names of KEY; without gold the author's naive ones are drawn as corrected ones are."""
    known = rows[rows["estimate"].notna()]
    author = known[known["measure"] == AUTHOR]
    best = author["estimator"] == ("corrected" if has_gold else "naive")
    found = {"corrected": author[best], "naive": author[~best]}
    found |= {measure: known[known["measure"] == measure] for measure in HOLDERS[1:]}
    return {kind: part for kind, part in found.items() if len(part)}


def ends_labelled(axes: Any, rows: pd.DataFrame, look: Look, *, high: float) -> None:
    """Say beside the last marks of a panel what each is; a line that ends earlier is named over what comes after it.

    Parameters
    ----------
    axes, rows, look : as in `marks`; the axis has its limits.
    high : of the panel, in inches.
    """
    found = parts(rows, look.has_gold)
    ending = {kind: part.sort_values("period").iloc[-1] for kind, part in found.items()}
    last = max((str(row["period"]) for row in ending.values()), default="")
    there = [kind for kind, row in ending.items() if row["period"] == last]
    top, right = axes.get_ylim()[1], len(look.periods) - 0.5
    places = apart([float(ending[kind]["estimate"]) / top * high for kind in there], LABEL_GAP, low=0.02, high=high)
    for kind, place in zip(there, places, strict=True):
        colour = GREY if kind == "share_rejected" else look.ink
        axes.annotate(
            _name(kind, look.has_gold), (right, place / high * top), xytext=(6, 0), textcoords="offset points", fontsize=LABEL,
            color=colour, va="center", annotation_clip=False,
        )  # fmt: skip
    for line, kind in enumerate(kind for kind in AUTHORS if kind in ending and kind not in there):
        x = look.periods.index(ending[kind]["period"]) + ASIDE[kind]
        later = rows.loc[rows["period"] >= ending[kind]["period"], ["estimate", "high"]].astype(float).max().max()
        side, aside = ("left", 3) if (right - x) * look.slot > LABEL_ROOM else ("right", -3)
        axes.annotate(
            _name(kind, look.has_gold), (x, min(later, 0.88 * top)), xytext=(aside, 3 - 12 * line), textcoords="offset points", ha=side,
            fontsize=LABEL, color=look.ink, va="bottom", bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
        )  # fmt: skip


def _name(kind: str, has_gold: bool) -> str:
    return f"{KEY[kind]}, corrected" if kind == "corrected" and has_gold else KEY[kind]


def course(rows: pd.DataFrame, name: str) -> str:
    """Return in a sentence how the author-held share of one framing runs: first and last, smallest and largest.

    Parameters
    ----------
    rows : of one framing (and category), as `shown` returns them.
    name : to print.
    """
    best, ran = _run(rows)
    if not ran:
        return f"{name}: no share, as too little is in every period."
    first, last = ran[0], ran[-1]
    if len(ran) == 1:
        return f"{name}, {best}: {with_interval(first)} in {first['period']}."
    least, most = (end(ran, key=lambda row: (row["estimate"], row["period"])) for end in (min, max))
    between = f"least {exact(least['estimate'])} in {least['period']}, most {exact(most['estimate'])} in {most['period']}"
    return f"{name}, {best}: {with_interval(first)} in {first['period']} and {with_interval(last)} in {last['period']}; {between}."


def latest(rows: pd.DataFrame, name: str) -> str:
    """Return in a few words the last author-held share of one framing; the parameters are those of `course`."""
    best, ran = _run(rows)
    return f"{name} {with_interval(ran[-1])} in {ran[-1]['period']}, {best}" if ran else f"{name} without a share"


def _run(rows: pd.DataFrame) -> tuple[str, list[Mapping[Any, Any]]]:
    """Return the author-held shares of one framing in the order of time, corrected where any is, and which they are."""
    author = rows[(rows["measure"] == AUTHOR) & rows["estimate"].notna()]
    best = "corrected" if (author["estimator"] == "corrected").any() else "naive"
    return best, list(author[author["estimator"] == best].sort_values("period").to_dict("records"))
