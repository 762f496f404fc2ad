"""Entities over time: one small panel each, the share of each period's posts that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.chart.entities_mentioned import COLUMNS, NAMED, TITLE
from discourse.chart.kinds import KINDS, LINE, key, key_lines
from discourse.chart.marks import marked
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.room import fitted
from discourse.chart.said import on_percent
from discourse.chart.theme import GREY, INK, WIDTH, About, Chart, framed, many, percent, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "draw"]

MOST = 12
COLUMNS_OF_PANELS = 3
PLOT, HEAD, FOOT = 1.05, 0.36, 0.34  # inches of a panel, of what stands over and under it
LEFT, RIGHT, GAP = 0.06, 0.98, 0.035  # of the figure
TICK_ROOM = 0.47  # inches that the name of a period takes
PERIOD = {"year": "Y", "quarter": "Q", "month": "M"}


@styled
def draw(rows: pd.DataFrame, about: About, *, named: Mapping[str, Any], by: str) -> Chart:
    """Draw a panel an entity, all on one scale.

    Parameters
    ----------
    rows : a row an entity and period, as in `entities_mentioned`; entities in the order to draw.
    about : for the footer.
    named : what was chosen from, as in `entities_mentioned`, and `code_name`, `n_undated`.
    by : `year`, `quarter` or `month`.
    """
    inside = f" in sentences that carry {named['code_name']}" if named["code"] else ""
    title = f"{TITLE}{inside}, by {by}"
    shown = rows[rows["estimate"].notna()]
    if shown.empty:
        return nothing(title, _why_not(rows, named, by), about)
    numbers = marked(shown.reindex(columns=COLUMNS), behind="mentions", keys=["entity", "code", "category", "period"])
    names = rows.drop_duplicates("entity")
    periods = _periods(sorted(rows["period"].unique()), by)
    columns = min(COLUMNS_OF_PANELS, max(2, len(names)))
    lines = -(-len(names) // columns)
    height = LINE * len(key_lines(names["label"])) + 0.12 + (HEAD + PLOT + FOOT) * lines
    figure, area = framed(title, _reading(rows, named, by, inside), about, height=height, below=(NAMED,))
    total = figure.get_figheight()
    key(figure, names["label"], top=area[1] + area[3])
    top = area[1] + area[3] - (LINE * len(key_lines(names["label"])) + 0.12) / total
    each = (RIGHT - LEFT - GAP * (columns - 1)) / columns
    ceiling = max(float(shown[["estimate", "high"]].max().max()) * 1.08, 0.02)
    for k, (entity, name, label) in enumerate(names[["entity", "name", "label"]].itertuples(index=False, name=None)):
        line, column = divmod(k, columns)
        left, above = LEFT + column * (each + GAP), top - (HEAD + PLOT + FOOT) * line / total
        axes = figure.add_axes((left, above - (HEAD + PLOT) / total, each, PLOT / total))
        _panel(axes, numbers[numbers["entity"] == entity], periods, label)
        axes.set_ylim(0, ceiling)
        axes.tick_params(labelleft=column == 0)
        wide = each * WIDTH - 0.3
        figure.text(left, above - (HEAD - 0.07) / total, KINDS[label].sign, color=KINDS[label].colour, fontsize=10, va="bottom")
        said = fitted(name, 10, wide, bold=True)
        figure.text(left + 0.02, above - (HEAD - 0.07) / total, said, color=INK, fontsize=10, fontweight="bold", va="bottom")
    return Chart(figure, numbers, title, _alt(shown, about, title))


def _why_not(rows: pd.DataFrame, named: Mapping[str, Any], by: str) -> str:
    if named["n_posts"] and named["n_undated"] == named["n_posts"]:
        return "No post that counts has a date."
    return f"No {by} has 5 posts or more." if len(rows) else "No entity of the gazetteer is named in these posts."


def _reading(rows: pd.DataFrame, named: Mapping[str, Any], by: str, inside: str) -> str:
    """Return how to read the panels, and what is not shown."""
    few = sorted(rows.loc[rows["estimate"].isna(), "period"].unique())
    n = rows["entity"].nunique()
    known = named["n_entities"] - named["n_unlinked"]
    parts = [
        f"The share of each {by}'s posts that name it{inside}, with its 95% interval over posts: the {n} named in most posts, of {known:,} "
        "entities of the gazetteer. Open circles: no post names it, or every post, and nothing varies."
    ]
    if few:
        which = ", ".join(few) if len(few) <= 6 else many(len(few), by)
        parts.append(f"Not shown, as of fewer than 5 posts: {which}.")
    if named["n_undated"]:
        parts.append(f"Undated, in no {by}: {many(named['n_undated'], 'post')}.")
    return " ".join(parts)


def _periods(known: Sequence[str], by: str) -> list[str]:
    """Return every period from the first to the last.

    >>> _periods(["2019Q3", "2020Q1"], "quarter")
    ['2019Q3', '2019Q4', '2020Q1']
    """
    import pandas as pd

    return [str(period) for period in pd.period_range(known[0], known[-1], freq=PERIOD[by])]


def _panel(axes: Any, rows: pd.DataFrame, periods: Sequence[str], label: str) -> None:
    colour = KINDS[label].colour
    place = {period: x for x, period in enumerate(periods)}
    rows = rows.sort_values("period")
    x = [place[period] for period in rows["period"]]
    values = dict(zip(x, rows["estimate"], strict=True))
    every = [values.get(k, float("nan")) for k in range(len(periods))]
    axes.plot(range(len(periods)), every, color=colour, linewidth=1.1, alpha=0.6, zorder=2)
    known = rows["low"].notna().to_numpy()
    size, thick = (5, 1.8) if len(periods) <= 16 else (3.2, 1.0)
    inside = [k for k, some in zip(x, known, strict=True) if some]
    axes.vlines(inside, rows["low"][known], rows["high"][known], color=colour, linewidth=thick)
    for filled in (True, False):
        some = [k for k, there in zip(x, known, strict=True) if there == filled]
        axes.plot(
            some, [values[k] for k in some], linestyle="none", marker="o", markersize=size, color=colour,
            markerfacecolor=colour if filled else "white", zorder=3, clip_on=False,
        )  # fmt: skip
    here(axes, rows["mark"], x, rows["estimate"])
    axes.set_xlim(-0.6, max(len(periods) - 0.4, 0.6))
    ticks, names = _ticks(periods, wide=axes.get_position().width * WIDTH)
    axes.set_xticks(ticks, names, fontsize=9)
    on_percent(axes.yaxis, ticks=3)
    axes.tick_params(length=0, labelsize=9)
    axes.grid(axis="x", visible=False)
    axes.tick_params(axis="x", colors=GREY, pad=6)


def _ticks(periods: Sequence[str], *, wide: float) -> tuple[list[int], list[str]]:
    """Return where years begin, and their names, so many as there is room for.

    >>> _ticks(["2019Q3", "2019Q4", "2020Q1", "2020Q2"], wide=2.0)
    ([0, 2], ['2019', '2020'])
    """
    begins = [k for k, period in enumerate(periods) if k == 0 or period[:4] != periods[k - 1][:4]]
    room = max(1, int(wide / TICK_ROOM))
    if len(begins) > 1 and begins[1] - begins[0] < len(periods) / room:
        begins = begins[1:] if len(periods[0]) > 4 else begins
    begins = begins[:: -(-len(begins) // room)]
    return begins, [periods[k][:4] for k in begins]


def _alt(rows: pd.DataFrame, about: About, title: str) -> str:
    names = rows.drop_duplicates("entity")["name"].tolist()
    said = [
        f"{title}. {many(len(names), 'small panel')} of dots with 95% intervals over posts, {about.corpus}, "
        f"{rows['period'].min()} to {rows['period'].max()}."
    ]
    for entity in rows["entity"].unique()[:3]:
        own = rows[rows["entity"] == entity].sort_values("period")
        ends = [own.iloc[k] for k in ((0, -1) if len(own) > 1 else (0,))]
        said.append(f"{own['name'].iloc[0]}: {', '.join(_one(row) for row in ends)}.")
    if len(names) > 3:
        said.append(f"The other panels show {', '.join(names[3:])}.")
    return " ".join([*said, "Changes were not tested."])


def _one(row: Any) -> str:
    interval = f" ({percent(row['low'])} to {percent(row['high'])})" if row["low"] == row["low"] else ""
    return f"{percent(row['estimate'])}{interval} in {row['period']}"
