"""Who is named with whom: the names that stand in one sentence, where their posts show that they meet beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, Any

from discourse.chart.graph_layout import Box, labelled, placed
from discourse.chart.kinds import KINDS, LINE, key, key_lines
from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.room import inches, wrapped
from discourse.chart.theme import GREY, INK, WIDTH, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "TITLE", "draw"]

MOST = 40
SIZE, HIGH = 9.0, 0.155  # points of a label, and inches of its lines
LONGEST, LINES = 1.75, 2  # inches of a label, and so many lines
SMALLEST, LARGEST = 0.05, 0.20  # inches: the radius of a dot
THINNEST, THICKEST = 0.8, 6.0  # points of a line
TITLE = "Who is named with whom"
RULE = (
    "A pair is drawn where the whole 95% interval (over posts) of its normalised mutual information lies above 0 and its log-likelihood, "
    "corrected for the number of pairs tested (Holm), has p < .05: their posts meet more often than if names fell on all posts alike. Long "
    "posts name more of everything. That two are named together does not say how they stand to each other."
)
NODES = ["entity", "name", "label", "category", "code", "unit", "n_posts", "denominator", "n"]
PAIRS = [
    "entity", "other", "within", "category", "code", "unit", "n_posts", "n_both", "n_a", "n_b", "denominator", "expected", "log_likelihood",
    "p_value", "npmi", "low", "high", "level", "n",
]  # fmt: skip


@styled
def draw(nodes: pd.DataFrame, pairs: pd.DataFrame, about: About, *, named: Mapping[str, Any]) -> Chart:
    """Draw names as dots, larger where more posts name them, and pairs as lines, thicker where more posts tie them.

    Parameters
    ----------
    nodes : a row a name, most posts first: `entity`, `name`, `label`, `n_posts`, `n_mentions`, and what they are restricted to.
    pairs : those that hold, as `co_mentions` gives them, and what they are restricted to; those of other names are passed over.
    about : for the footer.
    named : `n_posts` (among which chance is taken), `n_tested` pairs, `within`, and the `code_name`, where there is one.
    """
    import networkx as nx

    held = len(pairs)
    pairs = pairs[pairs["a"].isin(nodes["entity"]) & pairs["b"].isin(nodes["entity"])].reset_index(drop=True)
    nodes = nodes[nodes["entity"].isin([*pairs["a"], *pairs["b"]])].reset_index(drop=True)
    title = TITLE + (f" in sentences that carry {named['code_name']}" if named["code"] else "")
    if pairs.empty:
        return nothing(title, _why_not(named), about, below=(RULE,))
    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes["entity"]))
    graph.add_edges_from(zip(pairs["a"], pairs["b"], strict=True))
    high = min(7.0, 2.2 + 0.14 * len(nodes))
    keys = LINE * (len(key_lines(nodes["label"])) + 1) + 0.15
    wide = WIDTH * 0.96
    at = placed(graph, wide=wide, high=high)
    at = {entity: at[entity] for entity in nodes["entity"]}
    radii = _radii(nodes)
    texts = {
        entity: wrapped(name.split(), size=SIZE, wide=LONGEST, most=LINES, between=" ")
        for entity, name in zip(nodes["entity"], nodes["name"], strict=True)
    }
    sizes = {entity: (max(inches(line, SIZE) for line in lines) + 0.04, HIGH * len(lines) + 0.02) for entity, lines in texts.items()}
    boxes = labelled(at, sizes, radii, list(graph.edges), room=(wide, high))
    reading = _reading(len(nodes), len(pairs), held, len(nodes) - len(boxes))
    said = f"Tested: {many(named['n_tested'], 'pair')} that share a sentence in 5 posts or more, among {many(named['n_posts'], 'post')}."
    figure, area = framed(title, reading, about, height=high + keys, below=(RULE, said))
    key(figure, nodes["label"], top=area[1] + area[3])
    _sizes(figure, nodes, pairs, top=area[1] + area[3] - (keys - LINE - 0.1) / figure.get_figheight())
    axes = figure.add_axes((area[0], area[1], area[2], high / figure.get_figheight()))
    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(0, high)
    _lines(axes, pairs, at)
    for entity, label in zip(nodes["entity"], nodes["label"], strict=True):
        kind = KINDS[label]
        s = (2 * 72 * radii[entity] * (0.72 if kind.marker == "D" else 1)) ** 2  # a diamond is as wide as its diagonal
        axes.scatter(*at[entity], s=s, marker=kind.marker, color=kind.colour, edgecolors="white", zorder=3)
    for entity, box in boxes.items():
        axes.text(
            (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, "\n".join(texts[entity]), fontsize=SIZE, color=INK, ha="center", va="center",
            zorder=4, linespacing=1.05, bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
    numbers = _numbers(nodes, pairs, named)
    _where(axes, numbers, at, boxes)
    return Chart(figure, numbers, title, _alt(nodes, pairs, about, title))


def _why_not(named: Mapping[str, Any]) -> str:
    if not named["n_tested"]:
        return "No two names of the gazetteer share a sentence in 5 posts or more."
    return f"Of {many(named['n_tested'], 'pair')} that share a sentence in 5 posts or more none is shown to meet beyond chance."


def _reading(n: int, pairs: int, held: int, unnamed: int) -> str:
    parts = [
        f"{many(n, 'name')} and {many(pairs, 'pair')} that share a sentence and meet beyond chance. Larger dots: named in more posts. "
        "Thicker lines: more posts in which the two share a sentence. Place and distance mean nothing."
    ]
    if held > pairs:
        parts.append(f"{held - pairs:,} more pairs hold, of names in fewer posts.")
    if unnamed:
        parts.append(f"For {many(unnamed, 'name')} there is no room; the numbers hold all.")
    return " ".join(parts)


def _radii(nodes: pd.DataFrame) -> dict[str, float]:
    """Return the radius of each dot, whose area follows the number of posts."""
    most = float(nodes["n_posts"].max())
    return {entity: max(SMALLEST, LARGEST * sqrt(n / most)) for entity, n in zip(nodes["entity"], nodes["n_posts"], strict=True)}


def _thick(n: float, most: float) -> float:
    return max(THINNEST, THICKEST * n / most)


def _lines(axes: Any, pairs: pd.DataFrame, at: Mapping[str, tuple[float, float]]) -> None:
    most = float(pairs["n_posts"].max())
    for a, b, n in pairs[["a", "b", "n_posts"]].iloc[::-1].itertuples(index=False, name=None):
        (x0, y0), (x1, y1) = at[a], at[b]
        axes.plot([x0, x1], [y0, y1], color=GREY, alpha=0.45, linewidth=_thick(n, most), solid_capstyle="round", zorder=2)


def _where(axes: Any, numbers: pd.DataFrame, at: Mapping[str, tuple[float, float]], boxes: Mapping[str, Box]) -> None:
    """Say where marks stand: a name on its label, where it has one, and at its dot, a pair at the middle of its line; the smaller last."""
    names = numbers[(numbers["behind"] == "mentions") & numbers["entity"].isin(boxes)]
    here(axes, names["mark"], *([(boxes[name][axis], boxes[name][axis + 2]) for name in names["entity"]] for axis in (0, 1)))
    ends = [(at[one], at.get(other, at[one])) for one, other in numbers[["entity", "other"]].itertuples(index=False, name=None)]
    here(axes, numbers["mark"], *([(a[axis] + b[axis]) / 2 for a, b in ends] for axis in (0, 1)))


def _sizes(figure: Any, nodes: pd.DataFrame, pairs: pd.DataFrame, *, top: float) -> None:
    """Print what the largest dot and the thickest line stand for."""
    total = figure.get_figheight()
    dot = f"largest dot: {many(int(nodes['n_posts'].max()), 'post')}"
    line = f"thickest line: {many(int(pairs['n_posts'].max()), 'post')}; thinnest: {many(int(pairs['n_posts'].min()), 'post')}"
    figure.text(0.02, top - 0.02 / total, f"{dot}   ·   {line}", fontsize=9, color=GREY, va="top")


def _numbers(nodes: pd.DataFrame, pairs: pd.DataFrame, named: Mapping[str, Any]) -> pd.DataFrame:
    dots = nodes.rename(columns={"n_mentions": "n"}).assign(unit="post", denominator=named["n_posts"]).reindex(columns=NODES)
    lines = pairs.rename(columns={"a": "entity", "b": "other", "n_sentences": "n"}).assign(within=named["within"], unit="post")
    return together(
        marked(dots, behind="mentions", keys=["entity", "code", "category"]),
        marked(lines.reindex(columns=PAIRS), behind="pair", keys=["entity", "other", "code", "category"]),
    )


def _alt(nodes: pd.DataFrame, pairs: pd.DataFrame, about: About, title: str) -> str:
    names = nodes.set_index("entity")["name"]
    strongest = pairs.sort_values(["n_posts", "npmi"], ascending=False, kind="stable")
    said = [
        f"{names[a]} and {names[b]} ({many(n, 'post')}; {expected:.1f} would name both by chance, {both:,} do)"
        for a, b, n, both, expected in strongest[["a", "b", "n_posts", "n_both", "expected"]].head(3).itertuples(index=False, name=None)
    ]
    ties = pairs["a"].value_counts().add(pairs["b"].value_counts(), fill_value=0).astype(int)
    most = min(ties[ties == ties.max()].index)
    return (
        f"{title}. A network of {many(len(nodes), 'name')} and {many(len(pairs), 'pair')} that share a sentence and meet beyond chance, "
        f"{about.corpus}, {about.span}. The pairs in most posts: {'; '.join(said)}. {names[most]} stands in most pairs, {ties.max()}."
    )
