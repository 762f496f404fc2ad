"""The graph of entities named together, and the groups in it: the same table gives the same graph and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discourse.measure.bootstrap import SEED

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_graph", "companies"]

WEIGHTS = ("n_posts", "n_sentences", "n_both", "expected", "log_likelihood", "npmi", "low", "high")


def as_graph(pairs: pd.DataFrame, entities: pd.DataFrame) -> Any:
    """Return a `networkx.Graph`: a node an entity that stands in a pair, an edge a pair, both in the order of their slugs.

    Parameters
    ----------
    pairs : as `co_mentions` returns them.
    entities : as `entities_named` returns them.
    """
    import networkx as nx

    about = entities.set_index("entity")
    graph = nx.Graph()
    for entity in sorted({*pairs["a"], *pairs["b"]}):
        row = about.loc[entity]
        graph.add_node(entity, name=str(row["name"]), label=str(row["label"]), n_posts=int(row["n_posts"]))
    for row in pairs.sort_values(["a", "b"]).to_dict("records"):
        weights = {name: float(row[name]) if isinstance(row[name], float) else int(row[name]) for name in WEIGHTS if row[name] == row[name]}
        graph.add_edge(row["a"], row["b"], weight=int(row["n_posts"]), **weights)
    return graph


def companies(graph: Any) -> pd.DataFrame:
    """Return which entities keep company: groups of those named together beyond chance.

    Only pairs whose whole interval of NPMI is above 0 count, each with its NPMI, so that what is named everywhere does not tie
    everything. Groups by the Louvain method (Blondel et al. 2008, "Fast unfolding of communities in large networks"), seeded. Another seed
    may move what stands between two groups.

    Parameters
    ----------
    graph : as `as_graph` returns it.

    Returns
    -------
    `company` (from 1, the largest first), `entity`, `name`, `label`, `n_posts`, `n_neighbours` (in the graph of such pairs) and `strength`
    (sum of their NPMI). Entities without such a pair are not in it.
    """
    import networkx as nx
    import pandas as pd

    names = sorted(graph)
    place = {name: k for k, name in enumerate(names)}  # numbers: sets of names have another order in each process
    beyond = nx.Graph()
    for a, b, values in sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2])):
        if values.get("low", 0) > 0:
            beyond.add_edge(*sorted((place[a], place[b])), weight=values["npmi"])
    found = nx.community.louvain_communities(beyond, seed=SEED) if beyond.number_of_edges() else []
    rows = []
    for company, members in enumerate(sorted(found, key=lambda some: (-len(some), min(some))), start=1):
        for k in members:
            values = graph.nodes[names[k]]
            rows.append(
                (company, names[k], *(values[c] for c in ("name", "label", "n_posts")), beyond.degree(k), beyond.degree(k, "weight"))
            )
    columns = ["company", "entity", "name", "label", "n_posts", "n_neighbours", "strength"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["company", "strength", "entity"], ascending=[True, False, True], ignore_index=True)
