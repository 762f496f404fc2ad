"""The entities that most posts name, with the share of the posts that do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.dots import ROW, dots
from discourse.chart.kinds import KINDS, LINE, key, key_lines
from discourse.chart.marks import marked
from discourse.chart.nothing import nothing
from discourse.chart.room import fitted
from discourse.chart.said import on_percent
from discourse.chart.theme import WIDTH, About, Chart, framed, many, percent, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "NAMED", "TITLE", "draw"]

MOST = 25
TITLE = "Who and what is named"
LEFT, RIGHT = 0.33, 0.85  # of the figure: where the axis begins and ends
NAMED = (
    "The interval reads these posts as a draw of what the blog might as well have published: it says how far the share would move with "
    "other posts of the kind. It knows nothing of names that were not found, or found wrongly. For these very posts a count is exact, as "
    "names were found."
)
COLUMNS = [
    "entity", "name", "label", "category", "code", "period", "unit", "estimate", "low", "high", "level", "n_posts", "denominator", "n",
    "note",
]  # fmt: skip


@styled
def draw(rows: pd.DataFrame, about: About, *, named: Mapping[str, Any]) -> Chart:
    """Draw the share of posts that name each entity, with its interval, marked by kind.

    Parameters
    ----------
    rows : a row an entity, in the order to draw: the columns `entity`, `name`, `label`, `estimate`, `low`, `high`, `n_posts` (that name
        it), `denominator` (posts) and `n` (mentions), and those that say what they are restricted to.
    about : for the footer.
    named : how many there are to choose from: `n_entities` with `n_unlinked` of them, `n_mentions` with `n_unlinked_mentions`, and the
        `label` asked for, or nothing.
    """
    title = TITLE if named["label"] is None else f"{TITLE}: {KINDS[named['label']].called}"
    if rows.empty:
        return nothing(title, "No entity of the gazetteer is named in these posts.", about)
    unlinked = named["n_unlinked_mentions"] / max(named["n_mentions"], 1)
    known = named["n_entities"] - named["n_unlinked"]
    reading = (
        f"The share of posts that name each at least once, with its 95% interval over posts, and their number: the {len(rows)} named in "
        f"most posts, of {known:,} entities of the gazetteer. Of all {many(named['n_mentions'], 'mention')} {percent(unlinked)} name what "
        "is not in the gazetteer; they are not counted."
    )
    few = rows["estimate"].isna().all()
    if few:
        reading += " With so few posts there is a count and no share."
    numbers = marked(rows.reindex(columns=COLUMNS), behind="mentions", keys=["entity", "category", "code"])
    lines = len(key_lines(rows["label"]))
    height = LINE * lines + 0.15 + ROW * len(rows) + 0.55
    figure, area = framed(title, reading, about, height=height, below=() if few else (NAMED,))
    total = figure.get_figheight()
    key(figure, rows["label"], top=area[1] + area[3])
    axes = figure.add_axes((LEFT, area[1] + 0.5 / total, RIGHT - LEFT, ROW * len(rows) / total))
    wide = (LEFT - 0.035) * WIDTH
    of = many(int(rows["denominator"].iloc[0]), "post")
    beside = [f"{n:,}{f' of {of}' * (k == 0)}" for k, n in enumerate(rows["n_posts"])]
    if few:  # no dots, so that the kind stands by the number
        beside = [f"{KINDS[label].sign}  {said}" for label, said in zip(rows["label"], beside, strict=True)]
    dots(axes, numbers.assign(
        label=[fitted(name, 9.5, wide) for name in rows["name"]], beside=beside, filled=True,
        colour=[KINDS[label].colour for label in rows["label"]], marker=[KINDS[label].marker for label in rows["label"]],
    ))  # fmt: skip
    axes.set_xlim(0, max(float(rows[["estimate", "high"]].max().max()), 0.02) if not few else 1)
    on_percent(axes.xaxis, ticks=8)
    axes.set_xlabel("share of the posts that name it", fontsize=9)
    axes.xaxis.set_visible(not few)
    axes.spines["bottom"].set_visible(not few)
    return Chart(figure, numbers, title, _alt(rows, about, title))


def _alt(rows: pd.DataFrame, about: About, title: str) -> str:
    first, *rest = rows.to_dict("records")
    said = (
        f"{title}. Dots with 95% intervals over posts: {many(len(rows), 'entity', plural='entities')} of the gazetteer named in most posts "
    )
    said += f"of {about.corpus}, {about.span}. Most posts name {_one(first)}."
    if len(rest) > 1:
        said += f" Then come {'; '.join(_one(row) for row in rest[:2])}."
    if rest:
        said += f" The last shown is {_one(rest[-1])}."
    return said + " Differences between them were not tested."


def _one(row: Mapping[Any, Any]) -> str:
    said = f"{row['name']}, {row['n_posts']:,} of {row['denominator']:,}"
    if row["low"] == row["low"]:
        return f"{said} ({percent(row['estimate'])}, interval {percent(row['low'])} to {percent(row['high'])})"
    return said + (f" ({percent(row['estimate'])})" if row["estimate"] == row["estimate"] else "")
