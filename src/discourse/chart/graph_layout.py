"""Where the names of a graph stand: each connected part laid out by itself, the parts packed, labels put where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import Any

__all__ = ["Box", "apart", "crosses", "labelled", "placed"]

Box = tuple[float, float, float, float]  # left, bottom, right, top
AROUND = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8), (0.4, 1), (-0.4, 1), (0.4, -1), (-0.4, -1),
    (1.5, 1), (-1.5, 1), (1.5, -1), (-1.5, -1),
)  # fmt: skip
NEAR = 0.04  # inches between a dot and its label
MISLEADING = 4
SWEEPS = 150


def placed(graph: Any, *, wide: float, high: float) -> dict[str, tuple[float, float]]:
    """Return where each node stands, in inches from the lower left; the same graph always stands alike.

    Each connected part is laid out so that lengths follow the steps between nodes (Kamada and Kawai 1989, "An algorithm for drawing general
    undirected graphs"), from a circle in the order of the nodes: nothing is random, and nothing hangs on how an optimiser rounds.

    Parameters
    ----------
    graph : a `networkx.Graph`.
    wide, high : the room, in inches.
    """
    import networkx as nx

    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    boxes: list[tuple[float, float, dict[str, tuple[float, float]]]] = []
    for part in parts:
        start = {node: (cos(2 * pi * k / len(part)), sin(2 * pi * k / len(part))) for k, node in enumerate(part)}
        at = _stressed(start, dict(nx.all_pairs_shortest_path_length(graph.subgraph(part))))
        side = sqrt(len(part) + 1)
        boxes.append((1.45 * side, side, _within(at, 1.45 * side, side)))
    return _packed(boxes, wide=wide, high=high)


def _stressed(start: Mapping[str, tuple[float, float]], steps: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[float, float]]:
    """Return places of least stress, by majorisation node by node (Gansner, Koren and North 2004), a fixed number of times.

    Not networkx' own layout, whose optimiser ends a little elsewhere from run to run.
    """
    at = dict(start)
    for _ in range(SWEEPS):
        for node, (x, y) in at.items():
            weights, across, up = 0.0, 0.0, 0.0
            for other, (a, b) in at.items():
                if other != node:
                    far, apart = steps[node][other], max(sqrt((x - a) ** 2 + (y - b) ** 2), 1e-9)
                    weight = 1 / far**2
                    weights += weight
                    across += weight * (a + far * (x - a) / apart)
                    up += weight * (b + far * (y - b) / apart)
            if weights:
                at[node] = (across / weights, up / weights)
    return at


def _within(at: Mapping[str, tuple[float, float]], wide: float, high: float) -> dict[str, tuple[float, float]]:
    """Return places spread over a box, turned so that they lie along it, half a unit from its edges."""
    xs, ys = ([place[axis] for place in at.values()] for axis in (0, 1))
    turn = max(ys) - min(ys) > max(xs) - min(xs)
    across, up = (ys, xs) if turn else (xs, ys)
    places = (_spread(values, room) for values, room in ((across, wide - 1), (up, high - 1)))
    return {node: (0.5 + x, 0.5 + y) for node, x, y in zip(at, *places, strict=True)}


def _spread(values: Sequence[float], room: float) -> list[float]:
    """Return places over a length: halfway between where the layout put them and evenly spaced, so that no corner is crowded.

    >>> _spread([0.0, 0.1, 1.0], 10.0)
    [0.0, 3.0, 10.0]
    """
    low, span = min(values), max(values) - min(values)
    if span < 1e-9:
        return [room / 2] * len(values)
    parts = [round((value - low) / span, 6) for value in values]  # rounded, so that nearly equal ones are equal on every machine
    order = sorted(parts)
    last = len(order) - 1
    even = [(order.index(part) + last - order[::-1].index(part)) / 2 / last for part in parts]
    return [round((part + rank) / 2 * room, 6) for part, rank in zip(parts, even, strict=True)]


def _packed(
    boxes: Sequence[tuple[float, float, dict[str, tuple[float, float]]]], *, wide: float, high: float
) -> dict[str, tuple[float, float]]:
    """Return places in the room: boxes in rows from the top, of the width that lets all be drawn largest."""
    best: tuple[float, list[tuple[float, float]], float, float] | None = None
    total = sum(box[0] for box in boxes)
    for k in range(1, 25):
        line = max(max(box[0] for box in boxes), total * k / 24)
        corners, x, y, tall, widest = [], 0.0, 0.0, 0.0, 0.0
        for box_wide, box_high, _ in boxes:
            if x and x + box_wide > line + 1e-9:
                x, y, tall = 0.0, y + tall, 0.0
            corners.append((x, y))
            x, tall = x + box_wide, max(tall, box_high)
            widest = max(widest, x)
        scale = min(wide / widest, high / (y + tall))
        if best is None or scale > best[0] + 1e-9:
            best = (scale, corners, widest, y + tall)
    if best is None:
        return {}
    _, corners, widest, tallest = best
    return {
        node: ((x + left) / widest * wide, high - (y + below) / tallest * high)
        for (left, below), (_, _, at) in zip(corners, boxes, strict=True)
        for node, (x, y) in at.items()
    }


def apart(one: Box, other: Box) -> bool:
    """Return whether two boxes do not overlap.

    >>> apart((0, 0, 2, 1), (1, 0, 3, 1)), apart((0, 0, 1, 1), (1, 0, 2, 1))
    (False, True)
    """
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def crosses(box: Box, one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether a line from one point to another runs through a box (Liang and Barsky 1984).

    >>> crosses((1, 1, 2, 2), (0, 0), (3, 3)), crosses((1, 1, 2, 2), (0, 3), (3, 3))
    (True, False)
    """
    begin, end = 0.0, 1.0
    for axis in (0, 1):
        start, step = one[axis], other[axis] - one[axis]
        if step == 0:
            if not box[axis] < start < box[axis + 2]:
                return False
            continue
        first, last = sorted(((box[axis] - start) / step, (box[axis + 2] - start) / step))
        begin, end = max(begin, first), min(end, last)
    return begin < end


def labelled(
    at: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]], radii: Mapping[str, float],
    edges: Sequence[tuple[str, str]], *, room: tuple[float, float],
) -> dict[str, Box]:  # fmt: skip
    """Return the box of each label for which there is room beside its node, the first names first: no two overlap, none lies on a node.

    Of the places that are free, the one that fewest lines cross is taken; one that another node is nearer to counts as crossed many times.

    Parameters
    ----------
    at : where the nodes stand, the most important first.
    sizes : width and height of each label.
    radii : of each node.
    edges : the lines.
    room : width and height. All in inches.

    >>> labelled({"a": (1, 1), "b": (1.2, 1)}, {"a": (1, 0.2), "b": (1, 0.2)}, {"a": 0.1, "b": 0.1}, [], room=(3, 2))["b"][0] > 1.2
    True
    """
    nodes = [(x - radii[name], y - radii[name], x + radii[name], y + radii[name]) for name, (x, y) in at.items()]
    taken: dict[str, Box] = {}
    for name, place in at.items():
        free = [
            box for box in _beside(place, radii[name] + NEAR, sizes[name], room) if all(apart(box, b) for b in (*taken.values(), *nodes))
        ]
        others = [(at[node], radii[node]) for node in at if node != name]
        own = (place, radii[name])
        cost = {
            box: sum(crosses(box, at[a], at[b]) for a, b in edges) + MISLEADING * any(_far(box, o) <= _far(box, own) for o in others)
            for box in free
        }
        if cost:
            taken[name] = min(cost, key=lambda box: cost[box])  # of equals the first
    return taken


def _far(box: Box, node: tuple[tuple[float, float], float]) -> float:
    """Return how far a box is from the edge of a node."""
    (x, y), radius = node
    return sqrt(max(box[0] - x, 0, x - box[2]) ** 2 + max(box[1] - y, 0, y - box[3]) ** 2) - radius


def _beside(place: tuple[float, float], reach: float, size: tuple[float, float], room: tuple[float, float]) -> Iterator[Box]:
    """Yield the boxes around a node that lie in the room; those that would leave it at a side are moved in."""
    for dx, dy in AROUND:
        x = place[0] + dx * reach + size[0] / 2 * _sign(dx)
        y = place[1] + dy * reach + size[1] / 2 * _sign(dy)
        x = min(max(x, size[0] / 2), room[0] - size[0] / 2)
        box = (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
        if box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]:
            yield box


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
