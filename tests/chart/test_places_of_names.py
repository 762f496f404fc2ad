"""Where marks stand on charts of names, words, topics, sources and scores: each in its place, and there stands what its name says."""

from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from text_boxes import seen

from discourse import draw
from discourse.chart import (
    About,
    Box,
    Marking,
    accuracy,
    agreement,
    entities_mentioned,
    entities_over_time,
    entity_network,
    keyness,
    places,
    sources_cited,
    topics,
    word_cloud,
)
from discourse.chart.kinds import KINDS
from discourse.chart.theme import style

ABOUT = About("A corpus", 60, 900, "2001-01 to 2030-12")
NAMES = {"hope": "Hope", "fear": "A framing with a name that goes on and on", "law": "희망"}
LABELS = [
    "Org {}",
    "Office of the Special Commissioner for the Regulation of Very Long Names {}",
    "국가인권위원회 {}",
    "US$ & R$_$ {}, $^$",
]
OF_SAMPLE = [
    "entities_mentioned", "entities_over_time", "entity_network", "keyness", "word_cloud", "word_cloud_framings", "topics", "sources_cited",
]  # fmt: skip
UNPLACED = {
    "ece/tagger": "printed in the caption",
    "brier/tagger": "printed in the caption",
    "macro_f1_weighted/tagger": "printed in the caption",
    "level/tentative": "a line through the figure, nothing is behind it",
    "level/reliable": "a line through the figure, nothing is behind it",
}


def named(n):
    """Return n names of all kinds, long ones and Hangul among them; the first three could be taken for pairs, the shares are not all unlike."""
    rows = [
        (["a", "a/b", "b"][k] if k < 3 else f"e{k:03d}", LABELS[k % 4].format(k), list(KINDS)[k % 8], (k * 7) % 10 / 10) for k in range(n)
    ]
    made = pd.DataFrame(rows, columns=["entity", "name", "label", "estimate"])
    return made.assign(
        low=made["estimate"] * 0.8, high=made["estimate"] * 1.1, level=0.95, n_posts=range(2 * n, n, -1), denominator=60, n=70, n_mentions=9,
        unit="post", category="", code="", period="", note=None,
    )  # fmt: skip


def years(n, periods):
    parts = [named(n).assign(period=period, estimate=lambda rows, k=k: (rows["estimate"] + k / 4) % 1) for k, period in enumerate(periods)]
    return pd.concat(parts, ignore_index=True).assign(low=np.nan, high=np.nan)


def without_shares(rows):
    return rows.assign(estimate=np.nan, low=np.nan, high=np.nan)


def tied(n):
    """Return n names in a ring with spokes, and their pairs."""
    nodes, ties = named(n).drop(columns="n"), [(k, (k + 1) % n) for k in range(n)] + [(0, k) for k in range(2, n - 1, 3)]
    pairs = pd.DataFrame([sorted((nodes["entity"][a], nodes["entity"][b])) for a, b in ties], columns=["a", "b"]).drop_duplicates()
    counted = {"n_sentences": 9, "n_both": 9, "n_a": 9, "n_b": 9, "denominator": 60, "expected": 1.0, "npmi": 0.5}
    return nodes, pairs.assign(n_posts=range(len(pairs), 0, -1), **counted, category="", code="")


def sources():
    """Return hosts and works; the first host is a work too."""
    hosts = named(9).assign(domain=[f"host-{k}.org" for k in range(9)]).assign(name=lambda rows: rows["domain"])
    works = named(8).assign(work=["host-0.org", *(f"host-0.org/{k}" for k in range(7))], estimate=np.linspace(0.9, 0.2, 8))
    return hosts, works


def marking(n):
    """Return words of two groups; the first two would have one name."""
    rows = []
    for side, marks, first in ((1, "A", "b/c"), (-1, "A/b", "c")):
        for k in range(n):
            word = ["word", "관리소", "unconstitutionality-of-everything", "w$_$"][k % 4] + f"{side}{k}" if k else first
            ratio = side * (1 + k % 5)
            rows.append((word, marks, 40 - k % 30, k % 7, 9, 2, side * (9 - 8 * k / n), ratio, ratio - 1.5, ratio + 1.5, 0.01, False))
    columns = ["word", "marks", "n_first", "n_second", "n_posts_first", "n_posts_second", "z", "log_ratio", "low", "high", "p_posts"]
    return Marking(pd.DataFrame(rows, columns=[*columns, "private"]), ("A", "A/b"), "Two groups", compared="a against b")


def found_topics(k, periods):
    rows = []
    for topic in range(1, k + 1):
        for n, period in enumerate(["", *periods]):
            share = (topic * 7 + n * 3) % 20 / 40 + 0.01
            rows.append((topic, f"leading{topic} 관리소", period, share, share * 0.7, share * 1.3, 0.95, topic % 10 / 10, 40, 60))
    columns = ["topic", "words", "period", "estimate", "low", "high", "level", "stability", "n", "denominator"]
    return pd.DataFrame(rows, columns=columns)


def scores():
    """Return scores of five methods, one of which is not defined, a weighted mean, and a calibration table."""
    fixed = {"weighted": False, "n": 70, "n_found": 60, "denominator": 90, "n_posts": 9, "low": 0.1, "high": 0.9}
    framings = {"part": "framing", **fixed}
    rows = [
        {"method": method, "measure": "macro_f1" if code == "all" else "f1", "code": code, "estimate": (17 * k + 3 * c) % 50 / 50, **framings}
        for k, method in enumerate(("tagger", "majority", "everything", "keyword", "n-gram")) for c, code in enumerate([*NAMES, "all"])
    ]  # fmt: skip
    rows[1] |= {"estimate": np.nan, "low": np.nan, "high": np.nan}
    rows.append({"method": "tagger", "measure": "macro_f1", "code": "all", "estimate": 0.5, **framings, "weighted": True})
    rows += [
        {"method": "tagger", "part": "calibration", "measure": name, "code": "all", "estimate": 0.1, **fixed} for name in ("ece", "brier")
    ]
    bins = [{"code": "all", "bin": k, "mean_score": k / 10 + 0.05, "share": (3 * k) % 10 / 10, **fixed} for k in range(10)]
    return pd.DataFrame(rows), pd.DataFrame(bins)


def alphas():
    rows = [
        {"code": code, "alpha": 0.9 - k / 5, "low": 0.1, "high": 1.0, "n": 1234, "n_posts": 9, "prevalence": 0.1, "why": ""}
        for k, code in enumerate([*NAMES, "holder", "modality"])
    ]
    rows[1] |= {"alpha": np.nan, "low": np.nan, "high": np.nan, "why": "every code is 0"}
    return pd.DataFrame(rows)


ABOUT_NAMES = {
    "n_entities": 80, "n_unlinked": 10, "n_mentions": 500, "n_unlinked_mentions": 50, "label": None, "code": None, "code_name": None,
    "n_undated": 0, "n_posts": 60, "n_tested": 70, "within": "sentence",
}  # fmt: skip
CITED = {"n_posts": 60, "n_sentences": 900, "left_out": {}, "n_own": 0, "own": [], "n_works": 70, "n_posts_citing": 20}
FITTED = {
    "described": "nmf", "k": 8, "seeds": 10, "n_posts": 60, "n_windows": 300, "window": 200, "n_words": 900, "chosen": False, "left_out": {},
}  # fmt: skip
WORDS = pd.DataFrame({"word": [f"휴대전화{k}" if k % 2 else f"word{k}" for k in range(80)], "n": range(160, 80, -1), "n_posts": 9})
SPANNED = [str(year) for year in range(2001, 2031)]
MADE = {
    "entities_mentioned: sixty": lambda: entities_mentioned.draw(named(60), ABOUT, named=ABOUT_NAMES),
    "entities_mentioned: few posts": lambda: entities_mentioned.draw(without_shares(named(5)), ABOUT, named=ABOUT_NAMES),
    "entities_over_time: one year": lambda: entities_over_time.draw(years(3, ["2019"]), ABOUT, named=ABOUT_NAMES, by="year"),
    "entities_over_time: thirty": lambda: entities_over_time.draw(years(8, SPANNED), ABOUT, named=ABOUT_NAMES, by="year"),
    "entity_network: three": lambda: entity_network.draw(*tied(3), ABOUT, named=ABOUT_NAMES),
    "entity_network: forty": lambda: entity_network.draw(*tied(40), ABOUT, named=ABOUT_NAMES),
    "keyness: one": lambda: keyness.draw(marking(1), ABOUT),
    "keyness: thirty": lambda: keyness.draw(marking(30), ABOUT, most=30),
    "word_cloud: Hangul": lambda: word_cloud.draw(WORDS, ABOUT, unit="use"),
    "word_cloud_framings: eighty": lambda: word_cloud.draw_groups(marking(80), ABOUT, most=80),
    "word_cloud_framings: one side": lambda: word_cloud.draw_groups(one_sided(), ABOUT),
    "topics: two of one year": lambda: topics.draw(found_topics(2, ["2019"]), ABOUT, fitted=FITTED, n_private=2),
    "topics: thirty years": lambda: topics.draw(found_topics(15, SPANNED), ABOUT, fitted=FITTED, n_private=0),
    "topics: undated": lambda: topics.draw(found_topics(8, []), ABOUT, fitted=FITTED, n_private=0),
    "sources_cited: both": lambda: sources_cited.draw(*sources(), ABOUT, cited=CITED),
    "sources_cited: few posts": lambda: sources_cited.draw(*map(without_shares, sources()), ABOUT, cited=CITED),
    "accuracy: five methods": lambda: accuracy.draw(scores(), ABOUT, names=NAMES),
    "agreement: five": lambda: agreement.draw(alphas(), ABOUT, names=NAMES),
}
ALL = [*OF_SAMPLE, *MADE]
FAR = 2.2  # inches: the corner of a label from its dot


def one_sided():
    some = marking(4)
    return Marking(some.table[some.table["marks"] == "A"].reset_index(drop=True), some.groups, some.title)


class Place(NamedTuple):
    """Where a mark stands: its row of the numbers, its box on the figure, and its corner in the coordinates of the axes in which it lies."""

    row: dict[str, Any]
    box: Box
    axes: Any
    x: float
    y: float


class Drawn(NamedTuple):
    """A chart, where its marks are said to stand, and every text on it with its box."""

    chart: Any
    places: list[tuple[str, Box]]
    texts: list[tuple[str, Box]]

    def standing(self, marks=None):
        """Yield the places of all marks, or of some, with their rows."""
        rows = self.chart.numbers.set_index("mark", drop=False).to_dict("index")
        for mark, box in self.places:
            if marks is None or mark in marks:
                yield Place(rows[mark], box, *self._within(box))

    def _within(self, box):
        figure = self.chart.figure
        point = figure.transSubfigure.transform((box.left, 1 - box.top))
        axes = next(
            axes for axes in reversed(figure.axes) if axes.bbox.x0 - 1 <= point[0] and axes.bbox.y0 - 1 <= point[1] <= axes.bbox.y1 + 1
        )
        return axes, *axes.transData.inverted().transform(point)


@pytest.fixture(scope="module")
def drawn(sample):
    """Return a function that gives one of the figures, each drawn once."""
    known = {}

    def of(name):
        if name not in known:
            chart = MADE[name]() if name in MADE else draw(sample, name)
            known[name] = Drawn(chart, places(chart.figure), texts(chart.figure))
        return known[name]

    return of


def texts(figure):
    """Return every text that a reader sees, with its box."""
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        shown = [text for text in figure.texts if text.get_text().strip()] + [text for axes in figure.axes for text in seen(axes)]
        extents = [text.get_window_extent(canvas.get_renderer()).transformed(figure.transSubfigure.inverted()) for text in shown]
    return [(text.get_text(), Box(box.x0, 1 - box.y1, box.width, box.height)) for text, box in zip(shown, extents, strict=True)]


@pytest.mark.parametrize("name", ALL)
def test_every_place_is_that_of_a_mark_and_lies_on_the_figure(drawn, name):
    found = drawn(name)
    assert {mark for mark, _ in found.places} <= set(found.chart.numbers["mark"])
    for mark, box in found.places:
        ends = [box.left, box.top, box.left + box.width, box.top + box.height]
        assert all(-0.01 <= end <= 1.01 for end in ends), mark


@pytest.mark.parametrize("name", ALL)
def test_every_mark_that_is_drawn_has_a_place(drawn, name):
    found = drawn(name)
    marks = set(found.chart.numbers["mark"])
    assert marks
    assert marks - {mark for mark, _ in found.places} == marks & set(UNPLACED)


def test_every_exception_is_met(drawn):
    assert set(UNPLACED) <= {mark for name in MADE for mark in drawn(name).chart.numbers["mark"]}


def alike(shown, said):
    """Return whether a text says a name, whole or cut with an ellipsis, in all its lines or in the first of them."""
    lines = [" ".join(some.split()) for some in (shown, shown.split("\n")[0])]
    return any(line == said or ("…" in line and said.startswith(line.split("…")[0].rstrip(" ,"))) for line in lines)


def level(top, drawn):
    """Return the texts at a height."""
    return [(text, box) for text, box in drawn.texts if box.top <= top <= box.top + box.height]


def beside(place, drawn, said):
    return any(alike(text, said) for text, _ in level(place.box.top, drawn))


def across(place, drawn):
    """Return whether a place is at its estimate along x; without one, where the text begins that stands in its stead."""
    if pd.isna(place.row["estimate"]):
        return any(-0.001 <= box.left - place.box.left <= 0.013 for _, box in level(place.box.top, drawn))
    return place.x == pytest.approx(place.row["estimate"], abs=1e-6)


def up(place):
    return place.y == pytest.approx(place.row["estimate"], abs=1e-6)


def covers(place, drawn, said):
    """Return whether the text that a place covers says something."""
    return alike(max(drawn.texts, key=lambda some: shared(place.box, some[1]))[0], said)


def shared(one, other):
    """Return which part of two boxes both hold."""
    wide = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    high = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    both = max(wide, 0) * max(high, 0)
    return both / max(one.width * one.height + other.width * other.height - both, 1e-9)


def in_panel(place, drawn):
    """Return whether over the panel stands the name, and its year is where the years of the axis say."""
    panel = place.axes.get_position()
    over = [text for text, box in drawn.texts if 0 < box.left - panel.x0 < 0.03 and 0 < 1 - panel.y1 - box.top < 0.06]
    first, label = place.axes.get_xticks()[0], place.axes.get_xticklabels()[0].get_text()
    year = int(label) + place.x - first
    return up(place) and year == pytest.approx(int(place.row["period"])) and any(alike(text, place.row["name"]) for text in over)


def of_topic(place, drawn):
    said, year = str(place.row["topic"]), place.row["period"]
    if not year:
        return across(place, drawn) and beside(place, drawn, said)
    panel = place.axes.get_position()
    number = any(text == said for text, _ in level(1 - (panel.y0 + panel.y1) / 2, drawn))
    return up(place) and place.x == pytest.approx(int(year)) and number


def of_score(place, drawn):
    row = place.row
    if row["measure"] == "share_coded":
        return up(place) and place.x == pytest.approx(row["mean_score"])
    said = "not defined:" if pd.isna(row["estimate"]) else f"{row['estimate']:.2f}"
    return across(place, drawn) and beside(place, drawn, f"{said} {row['method']}")


def of_network(place, drawn):
    """Return whether a label says the name, by its dot; a dot is of the kind and size; a line of the width joins the dots of its two."""
    row, nodes = place.row, {p.row["entity"]: p for p in drawn.standing() if p.row["behind"] == "mentions" and not p.box.width}
    ends = np.array([(nodes[name].x, nodes[name].y) for name in (row["entity"], row["other"]) if name in nodes])
    if place.box.width:
        return np.hypot(*(ends[0] - (place.x, place.y))) < FAR and covers(place, drawn, row["name"])
    most = drawn.chart.numbers.loc[drawn.chart.numbers["behind"] == row["behind"], "n_posts"].max()
    if row["behind"] == "pair":
        wide = max(entity_network.THINNEST, entity_network.THICKEST * row["n_posts"] / most)
        lines = [line for line in place.axes.get_lines() if np.allclose(sorted(line.get_xydata().tolist()), sorted(ends.tolist()))]
        return np.allclose((place.x, place.y), ends.mean(axis=0)) and [line.get_linewidth() for line in lines] == [pytest.approx(wide)]
    kind = KINDS[row["label"]]
    large = 144 * max(entity_network.SMALLEST, entity_network.LARGEST * sqrt(row["n_posts"] / most)) * (0.72 if kind.marker == "D" else 1)
    dots = [dot for dot in place.axes.collections if np.allclose(dot.get_offsets()[0], (place.x, place.y))]
    return [(to_hex(dot.get_facecolor()[0]), dot.get_sizes()[0]) for dot in dots] == [(kind.colour, pytest.approx(large**2))]


LINKED = {
    "entities_mentioned": lambda place, drawn: across(place, drawn) and beside(place, drawn, place.row["name"]),
    "sources_cited": lambda place, drawn: across(place, drawn) and beside(place, drawn, place.row["name"]),
    "keyness": lambda place, drawn: across(place, drawn) and beside(place, drawn, place.row["word"]),
    "agreement": lambda place, drawn: (
        across(place, drawn) and beside(place, drawn, NAMES.get(place.row["of"], place.row["of"].capitalize()))
    ),
    "accuracy": of_score,
    "topics": of_topic,
    "entities_over_time": in_panel,
    "entity_network": of_network,
    "word_cloud": lambda place, drawn: covers(place, drawn, place.row["word"]),
    "word_cloud_framings": lambda place, drawn: covers(place, drawn, place.row["word"]),
}


def mislinked(name, drawn, marks=None):
    """Return the marks that stand where something else is drawn."""
    linked = LINKED[name.split(":")[0]]
    return {place.row["mark"] for place in drawn.standing(marks) if not linked(place, drawn)}


@pytest.mark.parametrize("name", ALL)
def test_where_a_mark_stands_its_number_and_its_name_are_drawn(drawn, name):
    assert mislinked(name, drawn(name)) == set()


@pytest.mark.parametrize("name", ALL)
def test_names_that_are_exchanged_would_be_seen(drawn, name):
    found = drawn(name)
    marks = list(dict.fromkeys(mark for mark, _ in found.places))
    for one, other in pairwise(marks):
        exchanged = {one: other, other: one}
        swapped = found._replace(places=[(exchanged.get(mark, mark), box) for mark, box in found.places])
        assert mislinked(name, swapped, {one, other}), (one, other)
