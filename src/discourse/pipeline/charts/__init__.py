"""The charts of a measured workspace: what question each answers, what it takes, and how its numbers are gathered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError, did_you_mean
from discourse.pipeline.charts import corpus, framings, names, themes, words
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
    "framings_over_time": Kind(
        "Which share of sentences carries each framing, when, and who holds it?", framings.over_time, ("codes", "years")
    ),
    "trends": Kind("What changes over time, and is the change established?", framings.trends, ("codes", "years")),
    "themes_by_category": Kind("What does each category write about?", themes.by_category, ("codes", "years")),
    "entities_mentioned": Kind("Who and what is named in most posts?", names.mentioned),
    "word_cloud": Kind("Which words do most posts use?", words.cloud, ("years", "category")),
    "word_cloud_framings": Kind("Which words mark the two framings against each other?", words.cloud_of_framings),
}


def draw_chart(workspace: Path | str, name: str, **given: Any) -> Chart:
    """Draw one chart of a measured workspace.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    name : of `CHARTS`.
    given : fields of `Asked`.

    Raises
    ------
    InputError : there is no such chart, it does not take an option, or an option names what is not there.
    WorkspaceError : the workspace was not measured as it is now.
    """
    if name not in CHARTS:
        raise InputError(f"There is no chart {name!r}.{did_you_mean(name, CHARTS)}")
    kind, asked = CHARTS[name], Asked.of(given)
    for option in asked.given():
        if option not in kind.takes:
            taken = f"it takes {', '.join(kind.takes)}" if kind.takes else "it takes none"
            raise InputError(f"The chart {name} takes no option {option!r}; {taken}.")
    return kind.draw(Measured(workspace, asked))
