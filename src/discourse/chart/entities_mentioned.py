"""The entities that most posts name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse import tables
from discourse.chart.theme import GREY, INK, LABEL_COLOURS, About, Chart, framed, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

MOST = 25
KINDS = {
    "PERSON": "people", "ORG": "organisations", "GPE": "countries, states, cities", "LOC": "other places", "NORP": "groups",
    "LAW": "laws and treaties", "PRODUCT": "tools and services", "EVENT": "events",
}  # fmt: skip


@styled
def draw(estimates: pd.DataFrame, mentions: pd.DataFrame, about: About) -> Chart:
    """Draw the entities named in most posts, coloured by kind.

    Parameters
    ----------
    estimates : the table `estimates`.
    mentions : the table `mentions`, for names and labels.
    about : for the footer.
    """
    named = mentions.drop_duplicates("entity").set_index("entity")[["name", "label"]]
    rows = estimates[estimates["measure"] == "posts_naming"].join(named, on="code")
    rows = rows.sort_values(["n", "name"], ascending=[False, True])
    shown = rows.head(MOST).reset_index(drop=True)
    unlinked = mentions["entity"].str.startswith(tables.UNLINKED).mean() if len(mentions) else 0
    reading = (
        f"Number of posts that name each at least once: the {len(shown)} most frequent of {len(rows):,} entities of the gazetteer. "
        f"Of all {len(mentions):,} mentions {unlinked:.0%} name what is not in the gazetteer; they are not counted."
    )
    figure, area = framed("Who and what is named", reading, about, height=0.9 + 0.235 * max(len(shown), 4))
    key = 0.35 / figure.get_figheight()  # the line above the bars that says what the colours mean
    axes = figure.add_axes((area[0] + 0.26, area[1], area[2] - 0.30, area[3] - key))
    places = range(len(shown) - 1, -1, -1)
    axes.barh(places, shown["n"], color=[LABEL_COLOURS[label] for label in shown["label"]], height=0.72)
    axes.set_yticks(places, [shorten(name, 34) for name in shown["name"]], color=INK)
    for place, n in zip(places, shown["n"], strict=True):
        axes.text(n, place, f" {n:,}", va="center", fontsize=8.5, color=GREY)
    axes.grid(visible=False)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    x = area[0]
    for label in [label for label in KINDS if (shown["label"] == label).any()]:
        figure.text(x, area[1] + area[3], f"■ {KINDS[label]}", color=LABEL_COLOURS[label], fontsize=9, va="top")
        x += 0.035 + 0.0078 * len(KINDS[label])
    if shown.empty:
        axes.text(0.5, 0.5, "No entity of the gazetteer is named.", transform=axes.transAxes, ha="center", color=GREY)
    columns = {"code": "entity", "name": "name", "label": "label", "n": "n_posts", "denominator": "of_posts"}
    return Chart(figure, shown[list(columns)].rename(columns=columns))
