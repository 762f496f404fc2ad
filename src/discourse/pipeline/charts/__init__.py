"""The charts of a measured workspace: what question each answers, what it takes, and how its numbers are gathered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from discourse.errors import InputError, did_you_mean
from discourse.pipeline.charts import corpus, framings, names, scores, sources, themes, words
from discourse.pipeline.charts.asked import Asked
from discourse.pipeline.charts.measured import Measured

if TYPE_CHECKING:
    from discourse.chart import Chart

__all__ = ["CHARTS", "Asked", "Kind", "Measured", "draw_chart"]


class Kind(NamedTuple):
    """One chart: the question that it answers, the function that gathers its numbers and draws them, and the options that it takes."""

    question: str
    draw: Callable[[Measured], Chart]
    takes: tuple[str, ...] = ()


CHARTS: dict[str, Kind] = {
    "overview": Kind("Which posts are in the corpus, from when, in which categories?", corpus.overview),
    "categories_over_time": Kind("How many posts does each category have, and when?", corpus.categories_over_time, ("by", "years", "most")),
    "framings_over_time": Kind(
        "Which share of sentences carries each framing, when, and who holds it?",
        framings.over_time,
        ("codes", "years", "by", "category", "most"),
    ),
    "trends": Kind("What changes over time, and is the change established?", framings.trends, ("codes", "years")),
    "framing_balance": Kind(
        "Which of two framings do authors hold more, in which categories?", framings.balance, ("codes", "by", "years", "most")
    ),
    "framings_by_holder": Kind("Who holds each framing, and how firmly?", framings.by_holder, ("codes", "years", "category")),
    "themes_by_category": Kind("What does each category write about?", themes.by_category, ("codes", "years", "most")),
    "themes_over_time": Kind("When is each theme written about?", themes.over_time, ("codes", "years", "by", "category")),
    "entities_mentioned": Kind("Who and what is named in most posts?", names.mentioned, ("codes", "years", "category", "label", "most")),
    "entities_over_time": Kind(
        "When is each of those who are named most named?", names.over_time, ("by", "codes", "years", "category", "label", "most")
    ),
    "entity_network": Kind("Who is named with whom, beyond chance?", names.network, ("codes", "years", "category", "label", "most")),
    "keyness": Kind(
        "Which words mark two framings or themes, and how sure is that?", words.keyness, ("codes", "years", "category", "most")
    ),
    "word_cloud_framings": Kind(
        "Which words mark the two framings against each other?", words.cloud_of_codes, ("codes", "years", "category", "most")
    ),
    "word_cloud": Kind("Which words do most posts use?", words.cloud, ("years", "category", "most")),
    "topics": Kind("What are the posts about, without a codebook?", words.topics, ("k", "most")),
    "sources_cited": Kind("Which hosts and works do most posts cite?", sources.cited, ("years", "most")),
    "accuracy": Kind("How good is the coding of framings, against sentences coded by hand?", scores.accuracy, ("years", "category")),
    "agreement": Kind("How far do the people who coded by hand agree?", scores.agreement, ("years", "category")),
}


def draw_chart(measured: Measured, name: str) -> Chart:
    """Draw one chart of a measured workspace, with the options that it was opened with.

    Raises
    ------
    InputError : there is no such chart, or it does not take an option.
    """
    if name not in CHARTS:
        raise InputError(f"There is no chart {name!r}.{did_you_mean(name, CHARTS)}")
    kind = CHARTS[name]
    for option in measured.asked.given():
        if option not in kind.takes:
            taken = f"it takes {', '.join(kind.takes)}" if kind.takes else "it takes none"
            raise InputError(f"The chart {name} takes no option {option!r}; {taken}.")
    return kind.draw(measured)
