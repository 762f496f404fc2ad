"""Charts: every number drawn is in the numbers, what must be said is said, and odd corpora do not break them."""

import warnings

import pandas as pd
import pytest

from discourse import chart_corpus, draw, measure_corpus, pipeline, table, tag_corpus
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
    for row in drawn["framings_over_time"].numbers.dropna(subset=["estimate"]).itertuples():
        assert estimates.loc[(row.measure, row.code, row.period, "", row.estimator), "estimate"] == row.estimate
    points = [line for axes in drawn["framings_over_time"].figure.axes for line in axes.get_lines()]
    ys = sorted(y for line in points for y in line.get_ydata())
    assert ys == pytest.approx(sorted(drawn["framings_over_time"].numbers["estimate"].dropna()))


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
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = chart_corpus(workspace)
    assert len(written) == 3 * len(CHARTS)
    for path in written:
        assert path.stat().st_size > 0
        if path.suffix == ".csv":
            pd.read_csv(path)
