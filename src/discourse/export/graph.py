"""Graphs as files: GraphML, which Gephi, Cytoscape, igraph and NetworkX read; the same graph gives the same bytes."""

from __future__ import annotations

import io
from typing import Any

__all__ = ["to_graphml"]


def to_graphml(graph: Any) -> bytes:
    r"""Return a graph as GraphML in UTF-8; signs that XML may not hold are left out.

    Parameters
    ----------
    graph : a `networkx.Graph`; attributes are text, numbers or truth values.

    >>> import networkx as nx
    >>> b'"a\x01"' in to_graphml(nx.Graph([("a\x01", "b")])), b'"a"' in to_graphml(nx.Graph([("a\x01", "b")]))
    (False, True)
    """
    import networkx as nx

    clean = nx.Graph()
    clean.add_nodes_from((_held(node), _all_held(values)) for node, values in graph.nodes(data=True))
    clean.add_edges_from((_held(a), _held(b), _all_held(values)) for a, b, values in graph.edges(data=True))
    out = io.BytesIO()
    nx.write_graphml_xml(clean, out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def _all_held(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _held(value) for key, value in values.items()}


def _held(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(
        sign for sign in value if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
