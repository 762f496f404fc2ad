"""Framings by year: the share of sentences that carry each, by who holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import COLOURS, GREY, INK, About, Chart, framed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

HOLDERS = {"share_author": "author", "share_other": "others", "share_rejected": "rejected"}
READING = (
    "Share of each year's sentences. Filled points and line: held by the author, asserted or hedged, with the 95% interval over posts. "
    "Open circles: held by somebody quoted or reported. Crosses: named and rejected, never added to the rest."
)


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
    chosen = chosen[chosen["code"].isin(framings)].sort_values(["code", "measure", "period"]).reset_index(drop=True)
    years = [int(period) for period in chosen["period"].unique()]
    periods = [str(year) for year in range(min(years), max(years) + 1)] if years else []
    omitted = sorted(chosen.loc[chosen["estimate"].isna(), "period"].unique())
    reading = READING + (
        f" Not shown, as of fewer than {fewest[0]} posts or {fewest[1]} sentences: {', '.join(omitted)}." if omitted else ""
    )
    figure, area = framed("Framings of digital technology over time, by who holds them", reading, about, height=4.0)
    bottom = 0.5 / figure.get_figheight()
    top = max(chosen[["estimate", "high"]].max().fillna(0).max() * 1.12, 0.02)
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
    columns = ["measure", "code", "period", "estimate", "low", "high", "n", "denominator", "n_posts"]
    return Chart(figure, chosen[columns])


def _panel(axes: Any, rows: pd.DataFrame, periods: list[str], colour: str) -> None:
    place = {period: x for x, period in enumerate(periods)}
    for measure in HOLDERS:
        part = rows[(rows["measure"] == measure) & rows["estimate"].notna()]
        x, y = [place[p] for p in part["period"]], part["estimate"].to_numpy(dtype=float)
        if measure == "share_author":
            shown = (
                part.set_index("period")["estimate"].reindex(periods).to_numpy(dtype=float)
            )  # a year without an estimate breaks the line
            axes.plot(range(len(periods)), shown, color=colour, linewidth=2, marker="o", markersize=5, zorder=3, clip_on=False)
            axes.vlines(x, part["low"].to_numpy(dtype=float), part["high"].to_numpy(dtype=float), color=colour, linewidth=5, alpha=0.25)
        elif measure == "share_other":
            axes.plot(
                x, y, linestyle="none", marker="o", markersize=6, markerfacecolor="white", markeredgecolor=colour, zorder=4, clip_on=False
            )
        else:
            axes.plot(x, y, linestyle="none", marker="x", markersize=5, color=GREY, zorder=2, clip_on=False)
    held = rows[rows["measure"] == "share_author"].set_index("period")["denominator"]
    if rows["estimate"].isna().all():
        axes.text(0.5, 0.5, "too few in every year", transform=axes.transAxes, ha="center", color=GREY)
    step = max(1, -(-len(periods) // 8))
    ticks = [(x, p) for p, x in place.items() if x % step == 0]
    axes.set_xticks([x for x, _ in ticks], [f"{p}\n{_short(int(held.get(p, 0)))}" for _, p in ticks], fontsize=8)
    axes.set_xlim(-0.5, max(len(periods) - 0.5, 0.5))
    axes.set_xlabel("year, and sentences counted in it", fontsize=8, color=GREY)


def _short(n: int) -> str:
    """Return a count that fits under a year.

    >>> _short(848), _short(12773)
    ('848', '12.8k')
    """
    return f"{n / 1000:.1f}k" if n >= 10_000 else f"{n:,}"
