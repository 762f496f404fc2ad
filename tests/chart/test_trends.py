"""The figure of trends: labels of events that never overlap, captions that say what was tested, numbers that are those drawn."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import pipeline
from discourse.chart.trends import label_rows


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0.2, 3)), max_size=40))
def test_labels_in_one_row_never_overlap(some):
    some = sorted(some)
    placed = label_rows([x for x, _ in some], [width for _, width in some], wide=10)
    boxes = [(row, x - width if ends else x, x if ends else x + width) for (x, width), (row, ends) in zip(some, placed, strict=True)]
    for (row, begin, end), (other, begins, ends) in combinations(boxes, 2):
        assert row != other or end <= begins or ends <= begin


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
    assert sum(text.startswith("What happened") for text, _ in boxes) > 20
    for (one, box), (other, second) in combinations(boxes, 2):
        shared = min(box.x1, second.x1) - max(box.x0, second.x0), min(box.y1, second.y1) - max(box.y0, second.y0)
        assert min(shared) < 1, f"{one} / {other}"


def test_each_panel_says_what_was_tested(crowded):
    words = [" ".join(text.get_text().split()) for text in pipeline.draw_trends(crowded).figure.texts]
    for sentence in crowded.claims["sentence"]:
        assert sentence in words


def test_what_is_drawn_is_in_the_numbers(crowded):
    figure, numbers, *_ = pipeline.draw_trends(crowded)
    curve = numbers[(numbers["what"] == "smooth") & (numbers["code"] == "rights_norm") & (numbers["estimator"] == "corrected")]
    axes = figure.axes[crowded.claims["code"].tolist().index("rights_norm")]
    thick = next(line for line in axes.get_lines() if line.get_linewidth() == 2)
    assert thick.get_ydata().tolist() == pytest.approx(curve["estimate"].tolist())
    assert (numbers["what"] == "event").sum() == crowded.events["label"].nunique()
