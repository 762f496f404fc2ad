"""Chart: estimates become figures; one module a chart, styled in `theme`. The door is `draw`; `draw_scores` draws what is of no corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.chart import accuracy, entities_mentioned, framings_over_time, overview, themes_by_category, word_cloud
from discourse.chart.theme import About, Chart, style
from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHARTS", "About", "Chart", "Material", "draw", "draw_scores"]


@dataclass(frozen=True)
class Material:
    """What charts draw from: the tables of a measured corpus, its codes' names, and what the footer says."""

    posts: pd.DataFrame
    counted: pd.DataFrame
    mentions: pd.DataFrame
    estimates: pd.DataFrame
    framings: Mapping[str, str]
    themes: Mapping[str, str]
    fewest: tuple[int, int]
    about: About


CHARTS: dict[str, Callable[[Material], Chart]] = {
    "overview": lambda m: overview.draw(m.posts, m.about),
    "framings_over_time": lambda m: framings_over_time.draw(m.estimates, m.about, framings=m.framings, fewest=m.fewest),
    "themes_by_category": lambda m: themes_by_category.draw(m.estimates, m.about, themes=m.themes, fewest=m.fewest),
    "entities_mentioned": lambda m: entities_mentioned.draw(m.estimates, m.mentions, m.about),
    "word_cloud": lambda m: word_cloud.draw(m.counted if len(m.counted) else m.posts, m.about),
}


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
