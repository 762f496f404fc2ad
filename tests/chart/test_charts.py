"""Charts: every number drawn is in the numbers, what must be said is said, and odd corpora do not break them."""

import sys
import warnings
from itertools import pairwise

import pandas as pd
import pytest

from discourse import chart_corpus, draw, load_corpus, measure_corpus, pipeline, table, tag_corpus
from discourse.chart.theme import hangul_font, style
from discourse.errors import InputError
from discourse.pipeline import CHARTS


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
    assert "Wire and Wall (sample)" in words
    assert "machine-written for demonstration, not evidence" in words
    assert "in Korean, not coded yet" in words
    assert f"Counted: {table(sample, 'counts')['post_id'].nunique():,} posts" in words
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


def test_bars_are_as_long_as_their_numbers(drawn):
    chart = drawn["entities_mentioned"]
    bars = sorted(round(patch.get_width()) for axes in chart.figure.axes for patch in axes.patches)
    assert bars == sorted(chart.numbers["n_posts"])


def test_a_cloud_of_few_posts_counts_uses_since_every_word_is_in_as_many(corpus, tmp_path):
    body = "The phone is watched. A phone rings. The radio plays in the city and nobody in the city hears the phone."
    pipeline.load_corpus(corpus([{"body": body}]), tmp_path / "w")
    numbers = draw(pipeline.prepared(tmp_path / "w"), "word_cloud").numbers
    assert numbers.iloc[:2].values.tolist() == [["phone", 3], ["city", 2]]
    assert list(numbers.columns) == ["word", "n_uses"]


def test_the_cloud_of_framings_is_two_and_says_what_was_compared(drawn):
    figure, numbers, *_ = drawn["word_cloud_framings"]
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Cyber-optimist", "Cyber-pessimist"]
    assert set(numbers["marks"]) == {"Cyber-optimist", "Cyber-pessimist"}
    assert (numbers["z"] > 0).tolist() == (numbers["marks"] == "Cyber-optimist").tolist()
    assert any("성" <= word[0] <= "힣" for word in numbers["word"])
    said = " ".join(" ".join(texts(figure)).split())
    assert "Words by which the tagger knew a" in said
    assert "in both are in neither" in said


def test_a_cloud_of_framings_that_are_not_there_says_why(corpus, tmp_path):
    body = "Bread is warm in the morning and the bus goes at nine o'clock. The garden lies under deep snow until the end of March."
    pipeline.load_corpus(corpus([{"body": body}]), tmp_path / "w")
    figure, numbers, *_ = draw(pipeline.prepared(tmp_path / "w"), "word_cloud_framings")
    assert numbers.empty
    assert "no sentence is in this group" in " ".join(texts(figure))


def test_the_key_of_colours_lies_on_no_bar(drawn):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = drawn["entities_mentioned"].figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    keys = [text.get_window_extent(canvas.get_renderer()) for text in figure.texts if text.get_text().startswith("■")]
    assert len(keys) >= 3
    assert all(key.y0 >= figure.axes[0].bbox.y1 for key in keys)
    assert all(left.x1 < right.x0 for left, right in pairwise(keys))


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


def test_a_korean_corpus_gets_a_cloud_of_nouns(corpus, tmp_path):
    body = "북한의 관리소에서는 휴대전화를 감시한다. 정부는 휴대전화를 쓰는 주민을 처벌한다. " * 6
    folder = corpus([{"body": f"{body} 글 {n}."} for n in range(3)])
    workspace = tmp_path / "korean"
    load_corpus(folder, workspace)
    tag_corpus(workspace)
    measure_corpus(workspace)
    words = set(draw(workspace, "word_cloud").numbers["word"])
    assert {"휴대전화", "주민", "감시"} <= words
    assert not {"휴대전화를", "주민을"} & words


def test_without_the_extra_a_korean_cloud_says_what_to_install(monkeypatch):
    from discourse.chart import word_cloud
    from discourse.errors import PipelineError

    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    word_cloud._kiwi.cache_clear()
    with pytest.raises(PipelineError, match=r"pip install 'discourse\[korean\]'"):
        word_cloud.word_counts(pd.Series(["휴대전화"]), language="ko")
