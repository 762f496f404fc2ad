"""Chart: estimates become figures; one module a chart, styled in `theme`. The door is `draw`.

`draw_scores`, `draw_clouds` and `draw_trends` draw what is of no measured corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.chart import accuracy, entities_mentioned, framings_over_time, overview, themes_by_category, trends, word_cloud
from discourse.chart.theme import COLOURS, About, Chart, style
from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHARTS", "About", "Chart", "Marking", "Material", "draw", "draw_clouds", "draw_scores", "draw_trends"]


@dataclass(frozen=True)
class Marking:
    """The words that mark two groups against each other, as `word_cloud.draw_groups` draws them; `codes` gives framings their colours."""

    table: pd.DataFrame
    groups: tuple[str, str]
    title: str
    codes: tuple[str, ...] = ()
    size: str = "z"
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What charts draw from: the tables of a measured corpus, its codes' names, and what the footer says.

    `trends` gives the tables of a trend, or why there is none, `marking` the words that mark framings; each is called by its chart alone,
    as it takes seconds.
    """

    posts: pd.DataFrame
    counted: pd.DataFrame
    mentions: pd.DataFrame
    estimates: pd.DataFrame
    framings: Mapping[str, str]
    themes: Mapping[str, str]
    fewest: tuple[int, int]
    about: About
    trends: Callable[[], Mapping[str, pd.DataFrame] | str]
    marking: Callable[[], Marking]


CHARTS: dict[str, Callable[[Material], Chart]] = {
    "overview": lambda m: overview.draw(m.posts, m.about),
    "framings_over_time": lambda m: framings_over_time.draw(m.estimates, m.about.of_corrected(), framings=m.framings, fewest=m.fewest),
    "trends": lambda m: trends.draw(m.trends(), m.about.of_corrected(), names={**m.framings, **m.themes}),
    "themes_by_category": lambda m: themes_by_category.draw(m.estimates, m.about, themes=m.themes, fewest=m.fewest),
    "entities_mentioned": lambda m: entities_mentioned.draw(m.estimates, m.mentions, m.about),
    "word_cloud": lambda m: word_cloud.draw(m.counted if len(m.counted) else m.posts, m.about),
    "word_cloud_framings": lambda m: _clouds(m.marking(), m.about),
}
SIDES = ("#0072b2", "#d55e00")


def draw(name: str, material: Material) -> Chart:
    """Draw one chart.

    Raises
    ------
    InputError : there is no such chart.
    """
    if name not in CHARTS:
        raise InputError(f"There is no chart {name!r}.{did_you_mean(name, CHARTS)}")
    with style():
        return CHARTS[name](material)


def draw_scores(scores: pd.DataFrame, calibration: pd.DataFrame, about: About, *, names: Mapping[str, str]) -> Chart:
    """Draw how good the coding is; the parameters are those of `accuracy.draw`."""
    with style():
        return accuracy.draw(scores, calibration, about, names=names)


def draw_trends(found: Mapping[str, pd.DataFrame], about: About, *, names: Mapping[str, str]) -> Chart:
    """Draw what changes over time; the parameters are those of `trends.draw`."""
    with style():
        return trends.draw(found, about, names=names)


def draw_clouds(marking: Marking, about: About) -> Chart:
    """Draw the words that mark two groups of any corpus.

    Raises
    ------
    InputError : there is no such size of words.
    """
    if marking.size not in word_cloud.SIZES:
        raise InputError(f"There is no size of words {marking.size!r}.{did_you_mean(marking.size, word_cloud.SIZES)}")
    with style():
        return _clouds(marking, about)


def _clouds(marking: Marking, about: About) -> Chart:
    colours = [COLOURS.get(code, side) for code, side in zip(marking.codes or ("", ""), SIDES, strict=True)]
    groups = dict(zip(marking.groups, colours, strict=True))
    return word_cloud.draw_groups(marking.table, about, title=marking.title, groups=groups, size=marking.size, said=marking.said)
