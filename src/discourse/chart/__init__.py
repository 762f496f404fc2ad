"""Chart: estimates become figures; one module a chart, each with one door, `draw`, that takes tables and returns a `Chart`.

What they share is in `theme`; `marks` names every number that is drawn, `places` says where on the figure it stands. `Marking` holds words
that mark two groups.
"""

from __future__ import annotations

from discourse.chart import (
    accuracy,
    agreement,
    categories_over_time,
    entities_mentioned,
    entities_over_time,
    entity_network,
    framing_balance,
    framings_by_holder,
    framings_over_time,
    keyness,
    overview,
    sources_cited,
    themes_by_category,
    themes_over_time,
    topics,
    trends,
    word_cloud,
)  # fmt: skip
from discourse.chart.marking import Marking
from discourse.chart.places import Box, places
from discourse.chart.theme import About, Chart, stamped, style

__all__ = [
    "About", "Box", "Chart", "Marking", "accuracy", "agreement", "categories_over_time", "entities_mentioned", "entities_over_time",
    "entity_network", "framing_balance", "framings_by_holder", "framings_over_time", "keyness", "overview", "places", "sources_cited",
    "stamped", "style", "themes_by_category", "themes_over_time", "topics", "trends", "word_cloud",
]  # fmt: skip
