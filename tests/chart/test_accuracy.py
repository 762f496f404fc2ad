"""The figure of accuracy: every number drawn is a score, nothing lies on anything else, and odd scores do not break it."""

import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import discourse
from discourse.chart import About, accuracy
from discourse.chart.theme import style

ABOUT = About("mine.jsonl, split measure", 12, 340, "2016-01 to 2019-12", notices=("Say so.",))


def material(names, methods=("tagger", "majority", "everything", "keyword", "n-gram"), tenths=10, n=12345):
    """Return scores and a calibration table of made-up numbers."""
    fixed = {"weighted": False, "n": n, "n_found": n, "denominator": 2 * n, "n_posts": 9}
    scores = [
        {"method": method, "part": "framing", "measure": measure, "code": code, "estimate": value, "low": value * 0.8, "high": value, **fixed}
        for k, method in enumerate(methods) for code in [*names, "all"]
        for measure, value in [("macro_f1" if code == "all" else "f1", 1 - k / 5)]
    ]  # fmt: skip
    scores += [
        {"method": "tagger", "part": "calibration", "measure": measure, "code": "all", "estimate": 0.1, **fixed}
        for measure in ("ece", "brier")
    ]
    bins = [
        {"code": "all", "bin": k, "mean_score": k / 10 + 0.05, "share": k / 10, "low": k / 10, "high": k / 10, **fixed}
        for k in range(tenths)
    ]  # fmt: skip
    return pd.DataFrame(scores), pd.DataFrame(bins)


NAMES = {"hope": "Hope", "fear": "A framing with a name that goes on and on", "law": "희망"}


def test_what_must_be_said_is_said():
    figure = accuracy.draw(material(NAMES), ABOUT, names=NAMES).figure
    words = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    assert "Counted: 12 posts with 340 sentences" in words
    assert "mine.jsonl, split measure, 2016-01 to 2019-12" in words
    assert "Say so." in words
    assert "Expected calibration error 0.100, Brier score 0.100" in words
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels[0] == "Hope\n12,345 coded"


def test_marks_are_the_numbers():
    chart = accuracy.draw(material(NAMES), ABOUT, names=NAMES)
    scores, curve = chart.figure.axes
    marks = sorted(float(line.get_xdata()[0]) for line in scores.get_lines())
    of = chart.numbers["measure"]
    assert marks == pytest.approx(sorted(chart.numbers.loc[of.isin(["f1", "macro_f1"]), "estimate"]))
    points = np.asarray(curve.collections[-1].get_offsets(), dtype=float)
    assert points.tolist() == chart.numbers.loc[of == "share_coded", ["mean_score", "estimate"]].to_numpy(dtype=float).tolist()
    assert chart.numbers["mark"].is_unique
    assert set(chart.numbers["behind"]) == {"hand codes"}


def test_a_mean_stands_on_the_codes_of_all_framings():
    numbers = accuracy.draw(material(NAMES), ABOUT, names=NAMES).numbers.set_index("mark")
    assert numbers.loc["f1/hope/tagger", "n"] == 2 * 12345
    assert numbers.loc["macro_f1/tagger", "n"] == 3 * 2 * 12345
    assert numbers.loc["macro_f1/tagger", "code"] == ""


def test_unlike_chances_are_said_with_the_weighted_mean():
    scores, bins = material(NAMES)
    own = scores[(scores["method"] == "tagger") & (scores["measure"] == "macro_f1")]
    both = pd.concat([scores, own.assign(weighted=True, estimate=0.5, low=0.25, high=0.75)])
    chart = accuracy.draw((both, bins), ABOUT, names=NAMES)
    assert "the mean F1 of the tagger is 0.50 (0.25 to 0.75)" in " ".join(" ".join(t.get_text() for t in chart.figure.texts).split())
    assert chart.numbers.set_index("mark").loc["macro_f1_weighted/tagger", "estimate"] == 0.5


def test_the_alt_text_has_the_numbers():
    alt = accuracy.draw(material(NAMES), ABOUT, names=NAMES).alt
    assert "희망 1.00 (0.80 to 1.00)" in alt
    assert "n-gram 0.20" in alt
    assert "expected calibration error 0.100" in alt


def test_without_hand_codes_the_figure_says_what_to_do():
    chart = accuracy.draw("Nothing is coded by hand: discourse plan DIR.", ABOUT, names={})
    assert chart.numbers.empty
    assert "discourse plan DIR" in " ".join(text.get_text() for text in chart.figure.texts)
    assert "discourse plan DIR" in chart.alt


@pytest.mark.parametrize("names", [NAMES, {"hope": "Hope"}, {f"c{k}": f"Code {k}" for k in range(8)}], ids=len)
@pytest.mark.parametrize("methods", [["tagger"], ["tagger", "majority", "everything", "keyword", "n-gram"]], ids=len)
def test_no_text_lies_on_another_or_leaves_the_figure(names, methods):
    with style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = accuracy.draw(material(names, methods), ABOUT, names=names).figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        found = [
            text
            for axes in figure.axes
            for text in [
                *axes.texts,
                axes.xaxis.label,
                axes.yaxis.label,
                axes._left_title,
                *axes.get_xticklabels(),
                *axes.get_yticklabels(),
            ]
        ]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in [*found, *figure.texts] if text.get_text()]
    for k, (text, box) in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        for other, second in boxes[:k]:
            apart = box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1 or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
            assert apart or text == other == "0.0", (text, other)


def test_scores_that_are_not_defined_are_not_drawn():
    scores, bins = material({"hope": "Hope"}, ["tagger"], tenths=1)
    scores.loc[scores["part"] == "framing", ["estimate", "low", "high"]] = np.nan
    chart = accuracy.draw((scores, bins), ABOUT, names={"hope": "Hope"})
    assert "not defined" in chart.alt
    assert not chart.figure.axes[0].get_lines()


def test_the_same_evaluation_gives_the_same_files(tmp_path):
    codes = {"cyber_optimist": 0, "cyber_pessimist": 1, "rights_norm": 0}
    row = pd.Series({"id": "a", "text": "They block phones.", **codes, "holder": "author", "modality": "asserted"})
    (tmp_path / "c.jsonl").write_text(row.to_json(), encoding="utf-8")
    files = []
    for name in ("one", "two"):
        evaluation = discourse.evaluate_framings(tmp_path / "c.jsonl")
        files.append({path.name: path.read_bytes() for path in discourse.pipeline.write_accuracy(evaluation, tmp_path / name)})
    assert files[0] == files[1]
    assert len(files[0]) == 8
