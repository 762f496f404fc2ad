"""Framings by year: the share of sentences that carry each, by who holds it; with hand codes, corrected and naive side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import COLOURS, GREY, INK, INTERVAL, About, Chart, framed, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

HOLDERS = {"share_author": "author", "share_other": "others", "share_rejected": "rejected"}
COLUMNS = [
    "measure", "code", "period", "estimator", "estimate", "low", "high", "strict", "lenient", "basis", "note", "n", "denominator",
    "n_posts", "n_gold",
]  # fmt: skip
NAIVE = (
    "Share of each year's sentences, as the tagger finds it. Filled points: held by the author, asserted or hedged. Open circles: held by "
    "somebody quoted or reported. Crosses: named and rejected, never added to the rest. Upright lines: 95% intervals over posts."
)
BOTH = (
    "Share of each year's sentences. Filled points: held by the author, asserted or hedged, corrected for the tagger's errors by sentences "
    "coded by hand. Small diamonds to their left: the same as the tagger finds it (naive), alone where nothing corrects it. Bars to "
    "their right: corrected by what all coders say, and by what any of them says. Open circles: held by somebody quoted or reported. "
    "Crosses: named and rejected, never added to the rest; both corrected where it can be. Upright lines: 95% intervals over posts."
)
ASIDE = 0.2  # of a year, by which the naive share stands to the left of the corrected one


@styled
def draw(estimates: pd.DataFrame, about: About, *, framings: Mapping[str, str], fewest: tuple[int, int]) -> Chart:
    """Draw one panel a framing, on one scale.

    Parameters
    ----------
    estimates : the table `estimates`.
    about : for the footer.
    framings : code -> name to print.
    fewest : posts and sentences that a year needs to be shown.
    """
    from matplotlib.ticker import MaxNLocator

    chosen = estimates[estimates["measure"].isin(HOLDERS) & (estimates["period"] != "") & (estimates["category"] == "")]
    chosen = chosen[chosen["code"].isin(framings)].sort_values(["code", "measure", "period", "estimator"]).reset_index(drop=True)
    years = [int(period) for period in chosen["period"].unique()]
    periods = [str(year) for year in range(min(years), max(years) + 1)] if years else []
    figure, area = framed(
        "Framings of digital technology over time, by who holds them", _reading(chosen, fewest), about, height=4.0, below=(INTERVAL,)
    )
    bottom = 0.5 / figure.get_figheight()
    top = max(chosen[["estimate", "high", "lenient"]].max().fillna(0).max() * 1.12, 0.02)
    gap = 0.025
    each = (area[2] - 0.04 - gap * (len(framings) - 1)) / max(len(framings), 1)
    for k, (code, name) in enumerate(framings.items()):
        axes = figure.add_axes((area[0] + 0.04 + k * (each + gap), area[1] + bottom, each, area[3] * 0.92 - bottom))
        _panel(axes, chosen[chosen["code"] == code], periods, COLOURS.get(code, INK))
        axes.set_title(name, color=COLOURS.get(code, INK))
        axes.set_ylim(0, top)
        axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
        axes.tick_params(labelleft=k == 0, length=0)
        axes.grid(axis="x", visible=False)
    return Chart(figure, chosen[COLUMNS])


def _reading(chosen: pd.DataFrame, fewest: tuple[int, int]) -> str:
    """Return how to read the marks, which years are not shown, and which are not corrected."""
    naive, corrected = (chosen[chosen["estimator"] == name] for name in ("naive", "corrected"))
    omitted = sorted(naive.loc[naive["estimate"].isna(), "period"].unique())
    refused = sorted(corrected.loc[corrected["note"].fillna("").str.startswith("uncorrected"), "period"].unique())
    parts = [BOTH if len(corrected) else NAIVE]
    if refused:
        parts.append(f"Uncorrected, as hand-coded sentences do not cover them: {', '.join(refused)}.")
    if omitted:
        parts.append(f"Not shown, as of fewer than {fewest[0]} posts or {fewest[1]} sentences: {', '.join(omitted)}.")
    return " ".join(parts)


def _panel(axes: Any, rows: pd.DataFrame, periods: list[str], colour: str) -> None:
    """Draw one framing: corrected shares where there are some, else the naive ones; the author's naive ones beside the corrected."""
    place = {period: x for x, period in enumerate(periods)}
    known = rows[rows["estimate"].notna()]
    corrected = known[known["estimator"] == "corrected"]
    naive = known[known["estimator"] == "naive"]
    has_gold = (rows["estimator"] == "corrected").any()
    for measure in HOLDERS:
        best = corrected[corrected["measure"] == measure]
        rest = naive[(naive["measure"] == measure) & ~naive["period"].isin(best["period"])]
        own = measure == "share_author"
        if own and has_gold:
            _beside(axes, naive[naive["measure"] == measure], place, colour)
            _bounds(axes, best, place)
        else:
            best = _joined(best, rest)
        _marks(axes, best, periods, colour if measure != "share_rejected" else GREY, measure)
    if known.empty:
        axes.text(0.5, 0.5, "too few in every year", transform=axes.transAxes, ha="center", color=GREY)
    counted = rows[(rows["measure"] == "share_author") & (rows["estimator"] == "naive")].set_index("period")["denominator"]
    step = max(1, -(-len(periods) // 8))
    ticks = [(x, p) for p, x in place.items() if x % step == 0]
    axes.set_xticks([x for x, _ in ticks], [f"{p}\n{_short(int(counted.get(p, 0)))}" for _, p in ticks], fontsize=8)
    axes.set_xlim(-0.5, max(len(periods) - 0.5, 0.5))
    axes.set_xlabel("year, and sentences counted in it", fontsize=8, color=GREY)


def _joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return second if first.empty else first if second.empty else pd.concat([first, second])


def _marks(axes: Any, rows: pd.DataFrame, periods: list[str], colour: str, measure: str) -> None:
    """Draw the marks of one measure; the author's are joined, and a year without an estimate breaks the line."""
    part = rows.set_index("period")[["estimate", "low", "high"]].astype(float).reindex(periods)
    x, y = range(len(periods)), part["estimate"].to_numpy()
    if measure == "share_author":
        axes.vlines(x, part["low"].to_numpy(), part["high"].to_numpy(), color=colour, linewidth=5, alpha=0.25)
        axes.plot(x, y, color=colour, linewidth=2, marker="o", markersize=5, zorder=3, clip_on=False)
    else:
        mark = (
            {"marker": "x", "markersize": 5}
            if measure == "share_rejected"
            else {"marker": "o", "markersize": 6, "markerfacecolor": "white"}
        )
        axes.plot(x, y, linestyle="none", markeredgecolor=colour, zorder=4, clip_on=False, **mark)


def _beside(axes: Any, rows: pd.DataFrame, place: Mapping[str, int], colour: str) -> None:
    """Draw the naive share, small and to the left."""
    x = [place[period] - ASIDE for period in rows["period"]]
    axes.vlines(x, rows["low"].astype(float), rows["high"].astype(float), color=colour, linewidth=1)
    axes.plot(
        x, rows["estimate"].astype(float), linestyle="none", marker="D", markersize=3.5, markerfacecolor="white", markeredgecolor=colour,
        zorder=3, clip_on=False,
    )  # fmt: skip


def _bounds(axes: Any, rows: pd.DataFrame, place: Mapping[str, int]) -> None:
    """Draw what disagreement between coders makes of the corrected share, as a bar to the right."""
    some = rows[rows["strict"].notna()]
    x = [place[period] + ASIDE for period in some["period"]]
    axes.vlines(x, some["strict"].astype(float), some["lenient"].astype(float), color=GREY, linewidth=2.5)


def _short(n: int) -> str:
    """Return a count that fits under a year.

    >>> _short(848), _short(12773)
    ('848', '12.8k')
    """
    return f"{n / 1000:.1f}k" if n >= 10_000 else f"{n:,}"
