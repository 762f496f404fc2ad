"""Charts: every number drawn is in the numbers, what must be said is said, and odd corpora do not break them."""

import warnings

import numpy as np
import pandas as pd
import pytest

from discourse import draw, measure_corpus, pipeline, table, tag_corpus
from discourse.chart.marks import BEHIND
from discourse.chart.theme import hangul_font, style
from discourse.errors import InputError
from discourse.pipeline import CHARTS

IN_EVERY_LANGUAGE = ("sources_cited",)


def texts(figure):
    found = [t.get_text() for t in figure.texts]
    return found + [
        t.get_text() for axes in figure.axes for t in [*axes.texts, axes.title, *axes.get_xticklabels(), *axes.get_yticklabels()]
    ]


@pytest.fixture(scope="module")
def drawn(sample):
    return {name: draw(sample, name) for name in CHARTS}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_corpus_counts_what_is_left_out_and_that_it_is_a_sample(drawn, sample, name):
    words = " ".join(" ".join(texts(drawn[name].figure)).split())
    posts = table(sample, "posts")
    counted = table(sample, "counts")["post_id"].nunique()
    assert "Wire and Wall (sample)" in words
    assert "machine-written for demonstration, not evidence" in words
    if name in IN_EVERY_LANGUAGE:
        assert "Posts in every language count here" in words
        counted += int((posts["language"] == "ko").sum())
    else:
        assert "in Korean, not coded yet" in words
    assert f"Counted: {counted:,} posts" in words
    assert (f"{len(posts):,} posts" in words) == (name == "overview")


@pytest.mark.parametrize("name", CHARTS)
def test_no_glyph_is_missing(drawn, name, tmp_path):
    with warnings.catch_warnings(), style():
        warnings.simplefilter("error")
        drawn[name].figure.savefig(tmp_path / "f.png", dpi=50)


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_leaves_the_figure(drawn, name):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = drawn[name].figure
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer, edge = canvas.get_renderer(), figure.bbox
        for text in [*figure.texts, *(label for axes in figure.axes for label in visible_labels(axes))]:
            box = text.get_window_extent(renderer)
            assert box.x0 >= edge.x0 - 2, text.get_text()
            assert box.x1 <= edge.x1 + 2, text.get_text()


def visible_labels(axes):
    """Return the texts inside an axes that a reader sees: tick labels of shown axes within their limits, and notes."""
    yield from (text for text in axes.texts if text.get_text())
    for axis, limits in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
        if axes.axison and axis.get_visible():
            yield from (t.label1 for t in axis.get_major_ticks() if limits[0] <= t.get_loc() <= limits[1] and t.label1.get_visible())


def test_the_numbers_are_the_estimates(drawn, sample):
    estimates = table(sample, "estimates").set_index(["measure", "code", "period", "category", "estimator"])
    rows = drawn["framings_over_time"].numbers.query("behind == 'sentences'").dropna(subset=["estimate"])
    assert len(rows) > 60
    for row in rows.itertuples():
        assert estimates.loc[(row.measure, row.code, row.period, "", row.estimator), "estimate"] == row.estimate


def test_hangul_can_be_drawn():
    assert hangul_font().is_file()


def test_an_unknown_chart_suggests_the_nearest(sample):
    with pytest.raises(InputError, match="Did you mean 'overview'"):
        draw(sample, "overveiw")


LONG_NAME = "A category whose name goes on and on until nobody reads it any more"
ODD = {
    "one post": [{}],
    "no category": [{"categories": ""}] * 2,
    "no date": ["---\ntitle: A\n---\nThe ministry blocks websites."] * 1,
    "long names, Hangul, sixty categories": [
        {"categories": f"{LONG_NAME} {n}, 정치범 수용소 {n}", "body": "The phone is watched. " * 40, "date": f"20{n % 30:02d}-01-01"}
        for n in range(60)
    ],
    "dollar signs": [{"categories": f"US$ & R$_$ {n}, $^$"} for n in range(6)],
    "years apart, and a zero date": [{"date": f"{2015 + n % 2 * 5}-01-01"} for n in range(12)] + [{"date": "0001-01-01"}],
    "nothing to find": [{"body": "Soup is warm. Bread is good."}],
    "empty bodies but one": [
        {"body": ""},
        {"body": "{{< pdf x >}}"},
        {"body": "The ministry blocks websites and watches every phone in the city."},
    ],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_corpora_are_drawn(corpus, tmp_path, name):
    posts = [
        p if isinstance(p, str) else {"body": "The ministry blocks websites and watches every phone in the city. It is so."} | p
        for p in ODD[name]
    ]
    workspace = tmp_path / "w"
    pipeline.load_corpus(corpus(posts), workspace)
    tag_corpus(workspace)
    measure_corpus(workspace)
    for name in CHARTS:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = draw(workspace, name)
            with style():
                figure.figure.savefig(tmp_path / "f.png", dpi=40)
        assert figure.alt
        assert list(figure.numbers.columns[:2]) == ["mark", "behind"]
        assert figure.numbers["mark"].is_unique
        assert set(figure.numbers["behind"]) <= set(BEHIND)


def coordinates(axes):
    """Yield what the marks of an axes stand at: points, ends of lines of intervals, ends of bars."""
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.patches import Rectangle

    for line in axes.get_lines():
        if line.get_marker() not in ("None", "", " ", None) and line.get_transform().contains_branch(axes.transData):
            yield from zip(line.get_xdata(orig=False), line.get_ydata(orig=False), strict=True)
    for drawn_together in axes.collections:
        if isinstance(drawn_together, LineCollection):
            yield from (point for segment in drawn_together.get_segments() for point in segment)
        elif isinstance(drawn_together, PathCollection):
            yield from drawn_together.get_offsets()
    for bar in axes.patches:
        if isinstance(bar, Rectangle):
            yield bar.get_x() + bar.get_width(), bar.get_y() + bar.get_height()


PLACES_MEAN_NOTHING = {"entity_network", "word_cloud", "word_cloud_framings", "themes_by_category", "categories_over_time"}


@pytest.mark.parametrize("name", [name for name in CHARTS if name not in PLACES_MEAN_NOTHING])
def test_what_is_drawn_is_in_the_numbers_and_the_numbers_are_drawn(drawn, name):
    chart = drawn[name]
    cells = chart.numbers.select_dtypes(exclude="bool").to_numpy(dtype=object).ravel()
    numbers = np.unique([abs(float(cell)) for cell in cells if isinstance(cell, int | float | np.number) and pd.notna(cell)])
    points = [abs(float(value)) for axes in chart.figure.axes for point in coordinates(axes) for value in point]
    assert bool(points) == bool(len(chart.numbers))
    for x, y in zip(points[::2], points[1::2], strict=True):
        assert any(not np.isfinite(value) or np.isclose(numbers, value, rtol=1e-9, atol=1e-12).any() for value in (x, y)), (x, y)
    shown = chart.numbers[~chart.numbers["behind"].isin(["points", "nothing", "event"])]
    estimates = pd.to_numeric(shown.get("estimate", shown.get("n")), errors="coerce").dropna().abs()
    printed = " ".join(texts(chart.figure))
    missing = [
        value for value in estimates
        if not np.isclose(points, value, rtol=1e-9, atol=1e-12).any() and f"{value:,.0f}" not in printed and f"{value:.3f}" not in printed
    ]  # fmt: skip
    assert missing == [], (len(missing), len(estimates))
