"""Sources that posts share: works cited by two posts or more, as a graph of posts and works, and the pairs of posts that they tie.

Posts that cite the same works are coupled (Kessler 1963, "Bibliographic coupling between scientific papers").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["coupled", "shared_sources"]

PAIR = ["post_a", "post_b", "n_shared", "n_a", "n_b", "jaccard"]


def shared_sources(cited: pd.DataFrame, works: pd.DataFrame, posts: pd.DataFrame) -> Any:
    """Return the graph of posts and the works that two or more of them cite; the blog's own pages are left out.

    Parameters
    ----------
    cited, works : as `citations` and `works_cited` return them.
    posts : those that count.

    Returns
    -------
    A `networkx.Graph`: nodes with `kind` (`post` or `work`) and `name`, posts with their date, works with year and host; an edge a post
    and work, `weight` is how often the one cites the other. Nodes and edges are in one order whatever the order of the rows.
    """
    import networkx as nx

    shared = works[(works["n_posts"] > 1) & ~works["own"]].sort_values("work")
    found = cited[cited["work"].isin(shared["work"])]
    edges = found.groupby(["post_id", "work"], sort=True).size().reset_index()
    about = posts.set_index("post_id")
    graph = nx.Graph()
    for post in sorted(found["post_id"].unique()):
        date = about.loc[post, "published"]
        graph.add_node(
            f"post:{post}", kind="post", name=str(about.loc[post, "title"]), published="" if date != date else f"{date:%Y-%m-%d}"
        )
    for row in shared.to_dict("records"):
        name = next((str(row[c]) for c in ("title", "author") if isinstance(row[c], str)), row["work"])
        graph.add_node(f"work:{row['work']}", kind="work", name=name, domain=row["domain"] or "", n_posts=int(row["n_posts"]))
    graph.add_edges_from((f"post:{post}", f"work:{work}", {"weight": int(n)}) for post, work, n in edges.itertuples(index=False, name=None))
    return graph


def coupled(graph: Any, cited: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of posts by the number of works that both cite; most first.

    Parameters
    ----------
    graph : as `shared_sources` returns it.
    cited : as `citations` returns it.

    Returns
    -------
    `post_a`, `post_b` (in the order of their names), `n_shared`, `n_a` and `n_b` (works that each cites, the blog's own left out) and
    `jaccard` (shared works by all works of either, 0 to 1).
    """
    import pandas as pd
    from networkx.algorithms import bipartite

    counted = cited[cited["work"].notna() & ~cited["own"]].groupby("post_id")["work"].nunique()
    posts = [node for node, kind in graph.nodes(data="kind") if kind == "post"]
    rows = []
    for one, other, n in bipartite.weighted_projected_graph(graph, posts).edges(data="weight") if posts else ():
        a, b = sorted(node.removeprefix("post:") for node in (one, other))
        rows.append((a, b, n, int(counted[a]), int(counted[b])))
    pairs = pd.DataFrame(rows, columns=PAIR[:-1])
    pairs["jaccard"] = (pairs["n_shared"] / (pairs["n_a"] + pairs["n_b"] - pairs["n_shared"])).astype(float)
    return pairs.sort_values(["n_shared", "jaccard", "post_a", "post_b"], ascending=[False, False, True, True], ignore_index=True)
