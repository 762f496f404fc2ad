"""What changes over time: the smooth share of each code with its band, beside what permuted dates give, under the events of the time.

A panel's caption is what was tested: that a share rose or fell, or that no change is established; the title says no more than they do.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.chart import events as dated
from discourse.chart.framing_marks import colour_of, ink_of
from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.periods import depth, place_of, under
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted, inches
from discourse.chart.said import listed, on_percent
from discourse.chart.theme import INK, INTERVAL, PALE, About, Chart, framed, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

TITLE = "What changes over time"
CORRECTED = (
    "Lines: the share of sentences, smoothed (local linear). Thick, corrected by sentences coded by hand, in the years that these "
    "cover; thin and dashed: as the tagger finds it; each with its 95% band point by point. Points: shares of years, diamonds those that "
    "the tagger finds; below the years (n): sentences counted. "
)
NAIVE = (
    "Line: the share of sentences as the tagger finds it, smoothed (local linear), with its 95% band point by point. Points: shares of "
    "years; below the years (n): sentences counted. "
)
PLACEBO = (
    "Grey steps: where 95% of the shares of a year lie when dates are permuted among posts of one category, so what chance and categories "
    "alone give. Upright lines mark events; that a share differs before and after one does not say why."
)
SAID = "Said of each share is what was tested, with its change in percentage points a year."
HEAD, PLOT, FOOT = 0.6, 1.55, 0.3  # heights in inches: above a panel, a panel, below it
LEFT, RIGHT = 0.42, 0.1  # inches beside the panels
SAID_SIZE, SAID_LINE = 8.5, 0.145  # of what is said above a panel: points, and inches of a line
MOST_OF_BANDS = 0.95  # the ends of bands may leave the panel, so that one wide end does not flatten all panels
COLUMNS = ["code", "measure", "period", "at", "estimator", "estimate", "low", "high", "n", "denominator", "n_posts", "n_gold"]
KEYS = ["code", "measure", "period", "at", "estimator"]
SLOPES = ("per_year", "per_year_within")
LONGEST_TITLE = 74


class _Panel(NamedTuple):
    """What one code's panel shows: its curves, a row a year and estimator, and the row of `trend` of which the claim speaks."""

    code: str
    name: str
    claim: str
    said: str
    smooth: pd.DataFrame
    years: pd.DataFrame
    slope: Mapping[Any, Any]

    @property
    def best(self) -> str:
        return "corrected" if (self.smooth["estimator"] == "corrected").any() else "naive"


@styled
def draw(found: Mapping[str, pd.DataFrame] | str, about: About, *, names: Mapping[str, str]) -> Chart:
    """Draw a panel a code, one under the other, on one scale.

    Parameters
    ----------
    found : the tables `trend`, `smooth`, `placebo`, `events` and `claims`; or why there are none.
    about : for the footer.
    names : code -> name to print.
    """
    if isinstance(found, str):
        return nothing(TITLE, f"No trend can be shown. {found}", about)
    panels = list(_panels(found, names))
    events = found["events"].drop_duplicates(["date", "label"]).sort_values(["date", "label"])
    first, last = (float(end) for end in (found["smooth"]["time"].min(), found["smooth"]["time"].max()))
    span = (int(first), int(last) + 1)
    years = [str(year) for year in range(*span)]
    wide = 10 * 0.96 - LEFT - RIGHT
    at = [(place_of(day, years) + 0.5) * wide / len(years) for day in events["date"]]
    strip = dated.planned(events, at, wide=wide)
    counts = _counts(panels[-1])
    tail = depth(years, counts, wide=wide)
    height = strip.above + 0.05 + (HEAD + PLOT + FOOT) * len(panels) - FOOT + tail + strip.below
    has_gold = (found["smooth"]["estimator"] == "corrected").any()
    reading, title = (CORRECTED if has_gold else NAIVE) + PLACEBO, _title(panels)
    figure, area = framed(title, reading, about, height=height, below=(SAID, INTERVAL))
    sheet, down, numbers = Sheet(figure, area), strip.above + 0.02, _numbers(panels, events)
    ceiling = 1.08 * max(
        float(found["smooth"]["estimate"].max()), float(found["smooth"]["high"].quantile(MOST_OF_BANDS)),
        float(found["placebo"][["share", "high"]].max().max()), 0.02,
    )  # fmt: skip
    for panel in panels:
        axes = sheet.axes(LEFT, down + HEAD, wide, PLOT)
        axes.set_ylim(0, ceiling)
        on_percent(axes.yaxis)
        axes.tick_params(length=0, labelsize=9)
        under(axes, years, counts if panel is panels[-1] else None, wide=wide)
        own = numbers[numbers["code"] == panel.code]
        _panel(axes, panel, own[own["behind"] == "sentences"], first=span[0])
        dated.lines(axes, [x * len(years) / wide - 0.5 for x in strip.at])
        sheet.text(
            LEFT,
            down + HEAD - 0.36,
            fitted(panel.name, size=11, wide=wide, bold=True),
            fontsize=11,
            fontweight="bold",
            color=ink_of(panel.code),
            va="bottom",
        )
        _said(sheet, panel.said, own.loc[own["measure"].isin(SLOPES), "mark"], bottom=down + HEAD - 0.07)
        down += HEAD + PLOT + FOOT
    marked_events = numbers.loc[numbers["behind"] == "event", "mark"].tolist()
    dated.written(sheet, strip, marked_events, left=LEFT, down=0, key=down - FOOT + tail + 0.1)
    return Chart(figure, numbers, title, _alt(panels, span))


def _panels(found: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> Any:
    claims = found["claims"].set_index("code")
    for code in claims.index:
        smooth, years, tests = (table[table["code"] == code] for table in (found["smooth"], found["placebo"], found["trend"]))
        slope = tests[tests["per_year"].notna()].sort_values("estimator").iloc[0].to_dict()
        yield _Panel(code, names[code], claims.loc[code, "claim"], claims.loc[code, "sentence"], smooth, years, slope)


def _title(panels: Sequence[_Panel]) -> str:
    """Return the title: which shares rose or fell, by the claims; nothing more."""
    told = [f"{panel.name} {panel.claim}" for panel in panels if panel.claim]
    if not told:
        return f"{TITLE}: no change is established"
    full = f"{TITLE}: {listed(told)}"
    if len(full) <= LONGEST_TITLE:
        return full
    counts = {claim: sum(panel.claim == claim for panel in panels) for claim in ("rose", "fell")}
    return f"{TITLE}: of {len(panels)} shares {' and '.join(f'{n} {claim}' for claim, n in counts.items() if n)}"


def _said(sheet: Sheet, said: str, slopes: Iterable[str], *, bottom: float) -> None:
    """Write above a panel what was tested; the slopes that it tells stand there."""
    lines = textwrap.wrap(said, 136, break_on_hyphens=False)
    sheet.text(LEFT, bottom, "\n".join(lines), fontsize=SAID_SIZE, color=INK, va="bottom", linespacing=1.15)
    for mark in slopes:
        right = LEFT + max(inches(line, size=SAID_SIZE) for line in lines)
        sheet.here(mark, (LEFT, right), (bottom - SAID_LINE * len(lines), bottom))


def _panel(axes: Any, panel: _Panel, shares: pd.DataFrame, *, first: int) -> None:
    """Draw one code: the corrected share where there is one, with the naive one thin beside it; else the naive one.

    `shares` are the shares of its years, as they are among the numbers of the figure.
    """
    colour, begin = colour_of(panel.code), first + 0.5
    for estimator, rows in panel.smooth.groupby("estimator", sort=False):
        x, low, high, y = (rows[column].to_numpy(dtype=float) for column in ("time", "low", "high", "estimate"))
        best = estimator == panel.best
        axes.fill_between(x - begin, low, high, color=colour, alpha=0.18 if best else 0.07, linewidth=0, zorder=2)
        style = {"linewidth": 2, "zorder": 4} if best else {"linewidth": 1, "linestyle": (0, (4, 2)), "zorder": 3}
        axes.plot(x - begin, y, color=colour, **style)
    for step in panel.years[panel.years["estimator"] == panel.best].to_dict("records"):
        ends = [int(step["period"]) - first - 0.5, int(step["period"]) - first + 0.5]
        axes.fill_between(ends, [step["low"]] * 2, [step["high"]] * 2, color=PALE, alpha=0.75, linewidth=0, zorder=1)
    best = shares["estimator"] == panel.best
    for rows, shape in (
        (shares[~best], {"marker": "D", "markersize": 3.5, "markerfacecolor": "white"}),
        (shares[best], {"marker": "o", "markersize": 5}),
    ):
        years, found = rows["period"].astype(int) - first, rows["estimate"].astype(float)
        axes.plot(years, found, linestyle="none", color=colour, zorder=5, clip_on=False, **shape)
        here(axes, rows["mark"], years, found)


def _counts(panel: _Panel) -> dict[str, int]:
    naive = panel.years[panel.years["estimator"] == "naive"]
    return dict(zip(naive["period"], naive["n_sentences"].astype(int), strict=True))


def _numbers(panels: Sequence[_Panel], events: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn, a row a mark: shares of years, points of the curves, what permuted dates give, events."""
    parts = []
    for panel in panels:
        years = panel.years.rename(columns={"share": "estimate", "n_sentences": "denominator"})
        naive = years[years["estimator"] == "naive"]
        found = (naive["estimate"] * naive["denominator"]).round().astype(int)  # the tagger's hits in a year are behind both its shares
        years = years.assign(n=years["period"].map(dict(zip(naive["period"], found, strict=True))))
        parts.append(marked(years.drop(columns=["low", "high"]).reindex(columns=COLUMNS), behind="sentences", keys=KEYS))
        behind = years["estimator"].value_counts()
        curves = panel.smooth.assign(at=panel.smooth["time"].round(6), n=panel.smooth["estimator"].map(behind), measure="smooth")
        parts.append(marked(curves.reindex(columns=COLUMNS), behind="points", keys=KEYS))
        band = panel.years[panel.years["estimator"] == panel.best][["code", "period", "estimator", "low", "high"]]
        parts.append(marked(band.assign(measure="placebo").reindex(columns=COLUMNS), behind="nothing", keys=KEYS))
        parts.append(_slopes(panel, behind))
    dates = events[["date", "label"]].rename(columns={"label": "event"})
    dates = dates.assign(measure="event", date=dates["date"].dt.strftime("%Y-%m-%d"), n=1)
    return together(*parts, marked(dates, behind="event", keys=["measure", "date", "event"]))


def _slopes(panel: _Panel, behind: pd.Series[int]) -> pd.DataFrame:
    """Return the slopes that a claim names, in shares a year, and what was tested."""
    import pandas as pd

    own = panel.slope
    told = ["p_holm", "p_placebo", "n_gold", "code", "estimator"]
    rows = [
        {"measure": "per_year", "estimate": own["per_year"], "low": own["low"], "high": own["high"]} | {name: own[name] for name in told}
    ]
    if own["estimator"] == "corrected" and panel.claim and not own["agrees"]:
        ends = {"estimate": own["within_per_year"], "low": own["within_low"], "high": own["within_high"]}
        rows.append(
            {"measure": "per_year_within", **ends, "p_holm": own["within_p_holm"], "code": panel.code, "estimator": own["estimator"]}
        )
    made = pd.DataFrame(rows).assign(n=int(behind[own["estimator"]]))
    return marked(made.reindex(columns=[*COLUMNS, "p_holm", "p_placebo"]), behind="points", keys=KEYS)


def _alt(panels: Sequence[_Panel], span: tuple[int, int]) -> str:
    kind = f"Smooth curves of {len(panels)} shares from {span[0]} to {span[1] - 1}, each with its 95% band and the shares of its years."
    return " ".join([kind, *(f"{panel.said}." for panel in panels[:4])])
