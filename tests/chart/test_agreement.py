"""The figure of agreement: every number drawn is an alpha, what is not defined says why, and hand codes of a workspace are found."""

import json
import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from discourse import draw, load_corpus, measure_corpus, tag_corpus
from discourse.chart import About, agreement
from discourse.chart.theme import style
from discourse.pipeline.charts import Measured
from discourse.pipeline.charts.scores import codes_found, codes_given

ABOUT = About("mine", 12, 340, "2016-01 to 2019-12", notices=("Say so.",))
NAMES = {"hope": "Hope", "fear": "A framing with a name that goes on and on", "law": "희망"}


def table(names):
    """Return made-up agreement on codes, holder and modality; the last code is not defined, the first has no interval."""
    rows = [
        {"code": code, "alpha": 0.9 - k / 10, "low": 0.6, "high": 1.0, "n": 1234, "n_posts": 9, "prevalence": 0.1, "why": ""}
        for k, code in enumerate([*names, "holder", "modality"])
    ]
    rows[0] |= {"alpha": 1.0, "low": np.nan, "high": np.nan}
    rows[-3] |= {"alpha": np.nan, "low": np.nan, "high": np.nan, "why": "every code is 0"}
    for row in rows[-2:]:
        row["prevalence"] = np.nan
    return pd.DataFrame(rows)


def words(figure):
    return " ".join(" ".join(t.get_text() for t in [*figure.texts, *(t for axes in figure.axes for t in axes.texts)]).split())


def test_marks_are_the_numbers():
    chart = agreement.draw(table(NAMES), ABOUT, names=NAMES, said="Coders: 2.")
    marks = [float(line.get_xdata()[0]) for line in chart.figure.axes[0].get_lines() if line.get_marker() == "o"]
    levels = [float(line.get_xdata()[0]) for line in chart.figure.axes[0].get_lines() if line.get_marker() != "o"]
    numbers = chart.numbers
    assert marks == numbers.loc[(numbers["measure"] == "alpha") & numbers["estimate"].notna(), "estimate"].tolist()
    assert levels == numbers.loc[numbers["measure"] == "level", "estimate"].tolist() == [0.667, 0.8]
    assert numbers["mark"].tolist()[:2] == ["alpha/hope", "alpha/fear"]
    assert dict(zip(numbers["mark"], numbers["code"], strict=True))["alpha/holder"] == ""


def test_what_must_be_said_is_said():
    said = words(agreement.draw(table(NAMES), ABOUT, names=NAMES, said="Coders: 2.").figure)
    for part in ("Coders: 2.", "Counted: 12 posts", "Say so.", "not defined: every code is 0", "1.00", "reliable 0.80", "tentative 0.667"):
        assert part in said


def test_the_alt_text_counts_levels_and_names_ends():
    alt = agreement.draw(table(NAMES), ABOUT, names=NAMES).alt
    assert "희망 not defined: every code is 0" in alt
    assert "The largest is that of Hope, the smallest that of Modality." in alt
    assert "2 of 4 points lie at .80 or above, 2 below .667" in alt


@pytest.mark.parametrize("names", [NAMES, {"hope": "Hope"}, {f"c{k}": f"Code {k}" for k in range(20)}], ids=len)
def test_no_text_lies_on_another_or_leaves_the_figure(names):
    with style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = agreement.draw(table(names), ABOUT, names=names).figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer, (axes,) = canvas.get_renderer(), figure.axes
        found = [*axes.texts, axes.xaxis.label, *axes.get_xticklabels(), *axes.get_yticklabels(), *figure.texts]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in found if text.get_text()]
    for k, (text, box) in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        for other, second in boxes[:k]:
            apart = box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1 or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
            assert apart, (text, other)


CODES = {"cyber_optimist": 0, "cyber_pessimist": 0, "rights_norm": 0, "holder": None, "modality": None}
FRAMED = CODES | {"cyber_pessimist": 1, "holder": "author", "modality": "asserted"}

WATCHED = "The ministry blocks websites and watches every phone in the city."
BREAD = "The bread was warm and the bus was late in the morning."
PUNISHED = "The police watch every phone and punish people for what they say."


@pytest.fixture
def measured(corpus, tmp_path):
    """Return a function that measures two posts with hand codes of their sentences, and returns the workspace."""
    bodies = [f"{WATCHED} {BREAD}", f"{PUNISHED} It was late in the evening when the bus came at last."]

    def make(lines):
        workspace, file = tmp_path / "w", tmp_path / "codes.jsonl"
        load_corpus(corpus([{"body": body} for body in bodies]), workspace)
        tag_corpus(workspace)
        file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        measure_corpus(workspace, gold=file)
        return workspace

    return make


def line(name, text, codes, **coders):
    return {"id": name, "text": text, **codes, **coders}


LINES = [
    line("a", WATCHED, FRAMED, coder_a=FRAMED, coder_b=FRAMED),
    line("b", BREAD, CODES, coder_a=CODES, coder_b=FRAMED),
    line("c", PUNISHED, FRAMED, coder_a=FRAMED, coder_b=FRAMED),
    line("d", "A sentence of another corpus.", CODES, coder_a=CODES, coder_b=CODES),
]


def test_only_sentences_of_the_corpus_are_scored(measured):
    workspace = measured(LINES)
    coded, found = codes_found(Measured(workspace))
    assert [row["id"] for row in coded.rows] == ["a", "b", "c"]
    assert len(found) == 3
    numbers = draw(workspace, "accuracy").numbers.set_index("mark")
    assert numbers.loc["f1/cyber_pessimist/tagger", ["n", "n_posts", "n_coded"]].tolist() == [3, 2, 2]
    assert numbers.loc["macro_f1/tagger", "n"] == 9


def test_agreement_is_of_sentences_that_two_coded(measured):
    workspace = measured(LINES)
    coded, given = codes_given(Measured(workspace))
    assert len(coded.rows) == 3
    assert sorted(given["coder"].unique()) == ["coder_a", "coder_b"]
    numbers = draw(workspace, "agreement").numbers.set_index("mark")
    assert numbers.loc["alpha/cyber_pessimist", "n"] == 3
    assert numbers.loc["alpha/holder", "n"] == 2


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([{key: value for key, value in one.items() if not key.startswith("coder_")} for one in LINES], "agreement needs two coders"),
        ([{key: value for key, value in one.items() if key != "coder_b"} for one in LINES], "Only one coder's answers"),
    ],
)
def test_one_coder_is_no_agreement(measured, lines, why):
    workspace = measured(lines)
    chart = draw(workspace, "agreement")
    assert why in words(chart.figure)
    assert chart.numbers.empty
    assert len(draw(workspace, "accuracy").numbers)


@pytest.mark.parametrize("name", ["accuracy", "agreement"])
def test_hand_codes_that_changed_are_not_used(measured, tmp_path, name):
    workspace = measured(LINES)
    (tmp_path / "codes.jsonl").write_text("{}", encoding="utf-8")
    said = words(draw(workspace, name).figure)
    assert "(codes.jsonl) have changed since" in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize("name", ["accuracy", "agreement"])
def test_years_and_categories_narrow_what_is_scored(measured, name):
    workspace = measured(LINES)
    whole = draw(workspace, name).numbers
    assert draw(workspace, name, years=(2020, 2020)).numbers.equals(whole)
    assert draw(workspace, name, category="Privacy").numbers.equals(whole)


@pytest.mark.parametrize("name", ["accuracy", "agreement"])
def test_without_hand_codes_the_figure_says_what_to_do(sample, name):
    chart = draw(sample, name)
    assert "discourse plan DIR --out FOLDER" in words(chart.figure)
    assert chart.numbers.empty
