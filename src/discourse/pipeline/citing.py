"""Who is cited in a workspace: citations resolved to works, hosts, authors, and the sources that posts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import workspaces
from discourse.errors import InputError
from discourse.pipeline.measuring import within_years

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Citations", "citations"]


@dataclass(frozen=True)
class Citations:
    """What is cited, in tidy tables.

    `citations` has a row a note part or printed address with the work that it means; `works`, `forms`, `domains` and `authors` count them,
    `shares` holds the posts that cite anything by group. `pairs` are posts by the number of works that both cite, `graph` the posts and
    works behind them (`networkx.Graph`). `posts` are those that count, `about` says what was counted.
    """

    citations: pd.DataFrame
    works: pd.DataFrame
    forms: pd.DataFrame
    domains: pd.DataFrame
    authors: pd.DataFrame
    shares: pd.DataFrame
    pairs: pd.DataFrame
    graph: Any
    posts: pd.DataFrame
    about: dict[str, Any]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name; `shared` holds who cites which of the works that two posts or more cite."""
        names = ("citations", "works", "forms", "domains", "authors", "shares", "pairs")
        named = self.citations[self.citations["work"].notna() & ~self.citations["own"]]
        shared = named[named.groupby("work")["post_id"].transform("nunique") > 1]
        counts = shared.groupby(["work", "post_id"], sort=True).size().rename("n_citations").reset_index()
        return {**{name: getattr(self, name) for name in names}, "shared": counts}


def citations(
    workspace: Path | str,
    *,
    by: Sequence[str] = (),
    own: Sequence[str] = (),
    years: tuple[int | None, int | None] = (None, None),
) -> Citations:
    """Return who is cited in a workspace; posts in every language count, duplicates and reprints do not.

    Parameters
    ----------
    workspace : made by `load_corpus`; it need not be tagged.
    by : any of `year`, `quarter`, `month` (one of the three), `category`, `author`, `source`, for the share of posts that cite anything.
    own : hosts of the blog itself, beside those that the workspace knows; what is cited of them is marked.
    years : only posts of these years, from the first to the last; null is no bound.

    Raises
    ------
    InputError : there is no such grouping, a host of `own` is none, or no post is of these years.
    """
    from discourse.measure import citations as measure
    from discourse.measure import counted
    from discourse.measure.addresses import host_of
    from discourse.measure.shared_sources import coupled, shared_sources

    workspace = Path(workspace)
    title = workspaces.manifest(workspace)["corpus"]["title"]
    posts, notes, sources = (workspaces.read(workspace, name) for name in ("posts", "notes", "sources"))
    chosen = counted(posts.assign(language=""), language="")  # a source is a source in any language
    inside = within_years(chosen.posts, *years)
    hosts = [host_of(host) for host in own]
    for host, given in zip(hosts, own, strict=True):
        if host is None:
            raise InputError(f"{given!r} is no host of the web; give one as in: --own example.org")
    known = measure.own_hosts(posts, sources) | {host for host in hosts if host}
    cited = measure.citations(inside, notes, own=known)
    works = measure.works_cited(cited)
    graph = shared_sources(cited, works, inside)
    named = cited[cited["work"].notna()]
    about = {
        "corpus": title, "n_posts": len(inside), "left_out": chosen.left_out, "own": sorted(known), "by": list(by),
        "n_citations": len(named), "n_works": len(works), "n_posts_citing": int(named["post_id"].nunique()),
        "n_notes": int((cited["place"] == "note").sum()),
        "n_printed": int((named["place"] == "text").sum()), "n_own": int(named["own"].sum()),
        "n_via": {str(via): int(n) for via, n in cited["via"].value_counts().sort_index().items()},
    }  # fmt: skip
    return Citations(
        cited, works, measure.forms_cited(cited), measure.domains_cited(cited), measure.authors_cited(cited),
        measure.citing_shares(inside, cited, by=by), coupled(graph, cited), graph, inside, about,
    )  # fmt: skip
