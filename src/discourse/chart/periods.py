"""Years, quarters and months along an axis: all of them from the first to the last, where a day stands, and what is counted in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.chart.room import inches
from discourse.chart.said import listed, short
from discourse.chart.theme import GREY

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["along", "depth", "kind_of", "place_of", "spans", "under", "unprinted"]

FREQUENCIES = {"year": "Y", "quarter": "Q", "month": "M"}
NAME, COUNT = 9.0, 8.0  # sizes of periods' names and of the counts below them, in points
UPRIGHT = 0.15  # inches that a count takes that stands on end
GAP = 0.07  # inches between two names
MOST_SPANS = 6
PAD, DOWN = 6, 20  # points from the axis to the names, and to the counts


def kind_of(period: str) -> str:
    """Return what a period is.

    >>> kind_of("2019"), kind_of("2019Q1"), kind_of("2019-01")
    ('year', 'quarter', 'month')
    """
    return "quarter" if "Q" in period else "month" if "-" in period else "year"


def along(periods: Sequence[str]) -> list[str]:
    """Return every period from the first to the last.

    >>> along(["2019Q3", "2020Q1"])
    ['2019Q3', '2019Q4', '2020Q1']
    """
    import pandas as pd

    if not len(periods):
        return []
    frequency = FREQUENCIES[kind_of(periods[0])]
    first, last = (pd.Period(end, freq=frequency) for end in (min(periods), max(periods)))
    return [str(period) for period in pd.period_range(start=first, end=last, freq=frequency)]


def place_of(day: pd.Timestamp, periods: Sequence[str]) -> float:
    """Return where a day stands on an axis on which the first period reaches from -0.5 to 0.5.

    >>> import pandas as pd
    >>> place_of(pd.Timestamp("2020-01-01"), ["2019", "2020"]), round(place_of(pd.Timestamp("2019-07-12"), ["2019"]), 2)
    (0.5, 0.03)
    """
    import pandas as pd

    frequency = FREQUENCIES[kind_of(periods[0])]
    own, first = pd.Period(day, freq=frequency), pd.Period(periods[0], freq=frequency)
    part = (day - own.start_time) / (own.end_time - own.start_time)
    return float(own.ordinal - first.ordinal - 0.5 + part)


def spans(some: Sequence[str], periods: Sequence[str]) -> str:
    """Return some periods in a few words: those that follow one another as one span; many spans as a number.

    >>> spans(["2016", "2018", "2019", "2020"], along(["2015", "2022"]))
    '2016 and 2018 to 2020'
    >>> spans([f"20{n}" for n in range(10, 40, 2)], along(["2010", "2040"]))
    '15 of 31 years'
    """
    places = sorted(periods.index(period) for period in some)
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    if len(runs) > MOST_SPANS:
        return f"{len(places)} of {len(periods)} {kind_of(periods[0])}s"
    return listed([periods[run[0]] if len(run) == 1 else f"{periods[run[0]]} to {periods[run[-1]]}" for run in runs])


def under(axes: Any, periods: Sequence[str], counts: Mapping[str, int] | None, *, wide: float, lead: bool = True) -> None:
    """Write below an axis the names of periods, as many as fit, and how much was counted in each; counts stand on end where they must.

    Parameters
    ----------
    axes : on which the first period stands at 0, the next at 1.
    periods : every one.
    counts : of each period; null writes none. Where not even counts on end fit, none is written (`unprinted`).
    wide : of the axis, in inches.
    lead : whether an n stands before the counts.
    """
    slot = wide / max(len(periods), 1)
    named = _named(periods, slot)
    axes.set_xticks([x for x, _ in named], [name for _, name in named], fontsize=NAME)
    axes.set_xlim(-0.5, max(len(periods) - 0.5, 0.5))
    axes.tick_params(axis="x", length=0, pad=PAD)
    axes.grid(axis="x", visible=False)
    if counts is None or unprinted(periods, wide=wide):
        return
    texts = _texts(periods, counts)
    style = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "fontsize": COUNT, "color": GREY, "va": "top"}
    for x, text in enumerate(texts):
        axes.annotate(
            text, (x, 0), xytext=(0, -DOWN), ha="center", rotation=90 if _upright(texts, slot) else 0, annotation_clip=False, **style
        )
    if lead:
        axes.annotate("n", (-0.5, 0), xytext=(-6, -DOWN), ha="right", annotation_clip=False, **style)


def depth(periods: Sequence[str], counts: Mapping[str, int] | None, *, wide: float) -> float:
    """Return how many inches below the axis `under` needs; the parameters are its own."""
    if counts is None or unprinted(periods, wide=wide):
        return 0.28
    texts = _texts(periods, counts)
    tall = max(map(_long, texts), default=0) if _upright(texts, wide / max(len(periods), 1)) else COUNT / 72
    return DOWN / 72 + tall + 0.06


def _texts(periods: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    return [short(int(counts.get(period, 0))) for period in periods]


def _long(text: str) -> float:
    return inches(text, size=COUNT)


def _upright(texts: Sequence[str], slot: float) -> bool:
    return max(map(_long, texts), default=0) > slot - 0.04


def unprinted(periods: Sequence[str], *, wide: float) -> bool:
    """Tell whether counts do not fit below an axis, not even on end."""
    return wide / max(len(periods), 1) < UPRIGHT


def _named(periods: Sequence[str], slot: float) -> list[tuple[int, str]]:
    """Return places and names that fit: all periods, or some of them; where quarters and months are many, the years that begin."""
    if not periods:
        return []
    kind = kind_of(periods[0])
    name_wide = inches(periods[0], size=NAME) + GAP
    if kind == "year" or name_wide <= slot:
        step = max(1, -(-name_wide // slot))
        return [(x, name) for x, name in enumerate(periods) if x % step == 0]
    starts = [(x, name[:4]) for x, name in enumerate(periods) if name.endswith(("Q1", "-01"))] or [(0, periods[0])]
    year_wide, between = inches("2000", size=NAME) + GAP, slot * (4 if kind == "quarter" else 12)
    step = max(1, -(-year_wide // between))
    return [one for k, one in enumerate(starts) if k % step == 0]
