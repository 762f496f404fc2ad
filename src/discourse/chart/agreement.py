"""Agreement: how far the people who coded by hand agree, for each code, holder and modality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.theme import COLOURS, GREY, INK, About, Chart, framed, many, percent, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LEVELS", "draw"]

TITLE = "How far coders agree"
LEVELS = {0.667: "tentative", 0.8: "reliable"}
READING = (
    "Krippendorff's alpha: 1 is full agreement, 0 what chance alone would give, below 0 less than that. Points with 95% intervals over "
    "posts; the interval is missing where nothing is disagreed on. From .80 on codes are commonly taken as reliable, from .667 on for "
    "tentative conclusions (Krippendorff 2004). Holder and modality: of sentences in which two coders saw a framing."
)
ROW = 0.46  # inches
BESIDE = 1.04  # of the axis: where values are printed


@styled
def draw(found: pd.DataFrame | str, about: About, *, names: Mapping[str, str], said: str = "") -> Chart:
    """Draw alpha of each code and label, with its interval, under the usual levels.

    Parameters
    ----------
    found : as `coder_agreement` makes it: `code` (a code, `holder` or `modality`), `alpha`, `low`, `high`, `n`, `n_posts`, `prevalence`
        and `why` alpha is not defined; or why there is no agreement to show.
    about : for the footer.
    names : code -> name to print.
    said : what the footer says of the coders.
    """
    if isinstance(found, str):
        return nothing(TITLE, found, about)
    numbers = _numbers(found)
    rows = numbers[numbers["measure"] == "alpha"]
    figure, area = framed(TITLE, READING, about, height=0.95 + ROW * len(rows), below=(said,))
    below, above = 0.42 / figure.get_figheight(), 0.32 / figure.get_figheight()
    axes = figure.add_axes((area[0] + 0.2, area[1] + below, 0.44, area[3] - below - above))
    _rows(axes, rows, names)
    _levels(axes)
    return Chart(figure, numbers, TITLE, _alt(rows, names))


def _numbers(found: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = found.rename(columns={"code": "of", "alpha": "estimate"}).assign(measure="alpha")
    rows["code"] = rows["of"].where(~rows["of"].isin(["holder", "modality"]), "")
    columns = ["measure", "of", "code", "estimate", "low", "high", "n", "n_posts", "prevalence", "why"]
    levels = pd.DataFrame([{"measure": "level", "of": name, "estimate": at, "n": 0} for at, name in LEVELS.items()])
    return together(
        marked(rows.reindex(columns=columns), behind="hand codes", keys=["measure", "of"]),
        marked(levels.reindex(columns=columns), behind="nothing", keys=["measure", "of"]),
    )


def _rows(axes: Any, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    labels = []
    for k, row in enumerate(rows.to_dict("records")):
        colour = COLOURS.get(row["of"], INK)
        if row["estimate"] == row["estimate"]:
            if row["low"] == row["low"]:
                axes.hlines(-k, row["low"], row["high"], color=colour, linewidth=3, zorder=2)
            axes.plot(row["estimate"], -k, marker="o", markersize=9, color=colour, zorder=3, clip_on=False)
        axes.text(BESIDE, -k, _value(row), fontsize=9.5, color=INK, va="center")
        share = f", {percent(row['prevalence'])} yes" if row["prevalence"] == row["prevalence"] else ""
        labels.append(f"{shorten(_name(row['of'], names), 24)}\n{many(int(row['n']), 'sentence')}{share}")
    here(axes, rows["mark"], [value if value == value else BESIDE for value in rows["estimate"]], [-k for k in range(len(rows))])
    ends = rows[["estimate", "low"]].astype(float).min().min()
    axes.set_yticks([-k for k in range(len(rows))], labels, color=INK, fontsize=9)
    axes.set_ylim(-len(rows) + 0.5, 0.5)
    axes.set_xlim(min(0.0, float(ends) if ends == ends else 0.0), 1)
    axes.set_xlabel("Krippendorff's alpha", color=GREY, fontsize=9)
    axes.tick_params(length=0)
    axes.grid(axis="y", visible=False)


def _levels(axes: Any) -> None:
    for at, name in LEVELS.items():
        axes.axvline(at, color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
        side, aside = ("right", -3) if at < 0.7 else ("left", 3)
        axes.annotate(
            f"{name} {at:.2f}" if at == 0.8 else f"{name} {at:.3f}", (at, 1), xytext=(aside, 4), xycoords=("data", "axes fraction"),
            textcoords="offset points", fontsize=9, color=GREY, ha=side, va="bottom",
        )  # fmt: skip


def _value(row: Mapping[Any, Any]) -> str:
    if row["estimate"] != row["estimate"]:
        return f"not defined: {row['why']}"
    between = f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] == row["low"] else ""
    return f"{row['estimate']:.2f}{between}"


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code.capitalize())


def _alt(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the figure in words."""
    known = rows[rows["estimate"].notna()]
    each = "; ".join(f"{_name(row['of'], names)} {_value(row)}" for row in rows.to_dict("records"))
    said = [f"Dots with 95% intervals show Krippendorff's alpha of {many(len(rows), 'code or label', plural='codes and labels')}: {each}."]
    if len(known) > 1:
        ordered = known.sort_values(["estimate", "of"])
        ends = [_name(ordered["of"].iloc[k], names) for k in (-1, 0)]
        said.append(f"The largest is that of {ends[0]}, the smallest that of {ends[1]}.")
    above, under = (known["estimate"] >= 0.8).sum(), (known["estimate"] < 0.667).sum()
    said.append(f"Dashed lines mark .667 and .80: {above} of {len(known)} points lie at .80 or above, {under} below .667.")
    return " ".join(said)
