"""Charts of the sources that posts cite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.pipeline.citing import citations

if TYPE_CHECKING:
    from discourse.chart import Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["cited"]

FEWEST = 2  # posts: what one post cites is listed by `discourse cited`


def cited(measured: Measured) -> Chart:
    """Draw the hosts and the works that most posts cite."""
    from discourse.chart import sources_cited as chart
    from discourse.measure.cited_shares import cited_by

    found = citations(measured.workspace, years=measured.asked.years)
    others = found.citations[~found.citations["own"].astype(bool)]
    most = measured.asked.most or chart.MOST
    hosts, works = (cited_by(found.posts, others, what=what, fewest=FEWEST, most=most) for what in ("domain", "work"))
    named = found.works.set_index("work").to_dict("index")
    sentences = measured.table("sentences")
    about = found.about | {"n_sentences": int(sentences["post_id"].isin(found.posts["post_id"]).sum())}
    return chart.draw(
        hosts.assign(name=hosts["domain"]),
        works.assign(name=[_name(work, named[work]) for work in works["work"]]),
        measured.about,
        cited=about,
    )


def _name(work: str, form: Mapping[Any, Any]) -> str:
    """Return a work as it is printed: its title, year and host; without a title its author, or its address.

    >>> _name("example.org/w", {"title": "Wires and walls", "author": "Ann Lee", "year": 2015, "domain": "example.org"})
    '“Wires and walls”, 2015, example.org'
    """
    title, author, year, domain = (None if form[key] != form[key] else form[key] for key in ("title", "author", "year", "domain"))
    if not title and domain:
        return work
    parts = [f"“{title}”" if title else author, str(year) if year else None, domain]
    return ", ".join(part for part in parts if part) or work
