"""Chart: estimates become figures; one module a chart, each with one door, `draw`, that takes tables and returns a `Chart`.

What they share is in `theme`; `marks` names every number that is drawn. `draw_clouds` draws the words that mark two groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.chart import accuracy, agreement, entities_mentioned, framings_over_time, overview, themes_by_category, trends, word_cloud
from discourse.chart.theme import COLOURS, About, Chart, stamped, style
from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "About", "Chart", "Marking", "accuracy", "agreement", "draw_clouds", "entities_mentioned", "framings_over_time", "overview", "stamped",
    "style", "themes_by_category", "trends", "word_cloud",
]  # fmt: skip


@dataclass(frozen=True)
class Marking:
    """The words that mark two groups against each other, as `word_cloud.draw_groups` draws them; `codes` gives framings their colours."""

    table: pd.DataFrame
    groups: tuple[str, str]
    title: str
    codes: tuple[str, ...] = ()
    size: str = "z"
    said: tuple[str, ...] = ()


SIDES = ("#0072b2", "#d55e00")


def draw_clouds(marking: Marking, about: About) -> Chart:
    """Draw the words that mark two groups of any corpus.

    Raises
    ------
    InputError : there is no such size of words.
    """
    if marking.size not in word_cloud.SIZES:
        raise InputError(f"There is no size of words {marking.size!r}.{did_you_mean(marking.size, word_cloud.SIZES)}")
    colours = [COLOURS.get(code, side) for code, side in zip(marking.codes or ("", ""), SIDES, strict=True)]
    groups = dict(zip(marking.groups, colours, strict=True))
    return word_cloud.draw_groups(marking.table, about, title=marking.title, groups=groups, size=marking.size, said=marking.said)
