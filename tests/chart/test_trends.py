"""The figure of trends: labels of events that never overlap, captions that say what was tested, numbers that are those drawn."""

from itertools import combinations, pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import pipeline
from discourse.chart import About, trends
from discourse.chart.events import label_rows, numbered
from discourse.chart.room import inches


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0.2, 3)), max_size=14))
def test_labels_in_one_row_never_overlap_and_lie_across_no_line(some):
    some = sorted(some)
    placed = label_rows([x for x, _ in some], [width for _, width in some], wide=11)
    boxes = [
        (row, x, x - width if ends else x, x if ends else x + width) for (x, width), (row, ends) in zip(some, placed or [], strict=False)
    ]
    for (row, x, begin, end), (other, second, begins, ends) in combinations(boxes, 2):
        assert row != other or end <= begins or ends <= begin
        assert not (row < other and begins < x < ends)  # the upper label's line goes down through the lower label
        assert not (other < row and begin < second < end)


@pytest.mark.parametrize(
    ("at", "widths", "wide", "placed"),
    [
        ([], [], 5, []),
        ([1.0], [2.0], 5, [(0, False)]),
        ([4.5], [2.0], 5, [(0, True)]),
        ([1.0, 1.1, 4.0], [1.5, 1.5, 0.5], 5, [(0, False), (1, False), (0, False)]),
        ([0.5, 0.6], [2.0, 2.0], 2.2, None),
    ],
)
def test_labels_stand_where_they_can(at, widths, wide, placed):
    assert label_rows(at, widths, wide=wide) == placed


@given(st.lists(st.floats(0, 8), min_size=1, max_size=60))
def test_numbers_of_events_stand_side_by_side_and_name_each(places):
    at = sorted(places)
    labels = numbered(at)
    named = [label.split("–") for label in labels if label]
    assert [n for ends in named for n in range(int(ends[0]), int(ends[-1]) + 1)] == list(range(1, len(at) + 1))
    shown = [(x, label) for x, label in zip(at, labels, strict=True) if label]
    assert all(second - first >= inches(label, size=8.0) for (first, label), (second, _) in pairwise(shown))


@pytest.fixture(scope="module")
def crowded(sample, root, tmp_path_factory):
    """Return trends of the sample with an event each month of three years."""
    file = tmp_path_factory.mktemp("events") / "events.csv"
    days = pd.date_range("2015-08-01", "2018-08-01", freq="MS").strftime("%Y-%m-%d")
    file.write_text("date,label,source\n" + "".join(f"{day},What happened on {day},a paper\n" for day in days), encoding="utf-8")
    return pipeline.trends(sample, gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", split="measure", events=file)


def test_no_two_texts_overlap_with_many_events(crowded):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from discourse.chart.theme import style

    figure = pipeline.draw_trends(crowded).figure
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in figure.texts]
    assert sum("What happened" in text for text, _ in boxes) > 20
    for (one, box), (other, second) in combinations(boxes, 2):
        shared = min(box.x1, second.x1) - max(box.x0, second.x0), min(box.y1, second.y1) - max(box.y0, second.y0)
        assert min(shared) < 1, f"{one} / {other}"


def test_each_panel_says_what_was_tested(crowded):
    words = [" ".join(text.get_text().split()) for text in pipeline.draw_trends(crowded).figure.texts]
    for sentence in crowded.claims["sentence"]:
        assert sentence in words


def test_what_is_drawn_is_in_the_numbers(crowded):
    figure, numbers, *_ = pipeline.draw_trends(crowded)
    curve = numbers[(numbers["measure"] == "smooth") & (numbers["code"] == "rights_norm") & (numbers["estimator"] == "corrected")]
    axes = figure.axes[crowded.claims["code"].tolist().index("rights_norm")]
    thick = next(line for line in axes.get_lines() if line.get_linewidth() == 2)
    assert thick.get_ydata().tolist() == pytest.approx(curve["estimate"].tolist())
    years = numbers[(numbers["behind"] == "sentences") & (numbers["code"] == "rights_norm")]
    drawn = [float(y) for line in axes.get_lines() if line.get_marker() in ("o", "D") for y in line.get_ydata()]
    assert sorted(drawn) == pytest.approx(sorted(years["estimate"].astype(float)))
    assert (numbers["measure"] == "event").sum() == crowded.events["label"].nunique()


def test_the_slopes_that_are_told_are_marks(crowded):
    numbers = pipeline.draw_trends(crowded).numbers
    told = numbers[numbers["measure"] == "per_year"].set_index("code")
    tested = crowded.trend[crowded.trend["estimator"] == "corrected"].set_index("code")
    for column, of in (("estimate", "per_year"), ("low", "low"), ("high", "high"), ("p_holm", "p_holm")):
        assert told[column].astype(float).to_dict() == pytest.approx(tested[of].to_dict())


CLAIMS = {
    (): "What changes over time: no change is established",
    ("rose",): "What changes over time: Share 0 rose",
    ("rose", "fell"): "What changes over time: Share 0 rose and Share 1 fell",
    ("rose",) * 3 + ("fell",) * 5: "What changes over time: of 8 shares 3 rose and 5 fell",
}


@pytest.mark.parametrize("claims", CLAIMS, ids=len)
def test_a_title_says_what_rose_or_fell(crowded, claims):
    claims_ = claims or ("",)
    parts = crowded.tables()
    code = parts["claims"]["code"].iloc[0]
    many = {
        name: pd.concat([table[table["code"] == code].assign(code=f"c{k}") for k in range(len(claims_))], ignore_index=True)
        for name, table in parts.items()
    }
    many["claims"] = many["claims"].assign(claim=list(claims_))
    about = About(corpus="A corpus", n_posts=1, n_sentences=1, span="2016")
    chart = trends.draw(many, about, names={f"c{k}": f"Share {k}" for k in range(len(claims_))})
    assert chart.title == CLAIMS[claims]
