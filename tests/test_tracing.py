"""Trace: every mark of every chart leads to as much as it counts."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from discourse import draw, measure_corpus, pipeline, trace
from discourse.errors import InputError
from discourse.pipeline import CHARTS
from discourse.pipeline.charts import Measured
from discourse.pipeline.figures import drawn
from discourse.pipeline.tracing import EVIDENCE, resolve
from discourse.pipeline.tracing.coded import MISSED


@pytest.fixture(scope="module")
def measured(sample, root, tmp_path_factory):
    """Return a copy of the sample's workspace, measured with its gold."""
    workspace = shutil.copytree(sample, tmp_path_factory.mktemp("traced") / "sample")
    measure_corpus(workspace, gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", split="measure")
    return Measured(workspace)


COUNTED = {"sentences", "posts", "mentions", "pair", "word", "notes", "topic", "hand codes", "points"}


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_leads_to_as_much_as_it_counts(measured, name):
    marks = drawn(measured, name).numbers
    assert list(marks.columns[:2]) == ["mark", "behind"]
    assert marks["mark"].is_unique
    for kind, rows in marks.groupby("behind"):
        some = rows if len(rows) <= 60 else rows.iloc[:: len(rows) // 60]
        for mark in some.to_dict("records"):
            found = resolve(measured, mark, marks.to_dict("records"))
            assert list(found.columns) == EVIDENCE
            if kind in COUNTED and pd.notna(mark.get("n")):
                by_tagger = found[found["said"] != MISSED]
                assert len(by_tagger) == mark["n"], mark
            if kind == "sentences" and mark.get("estimator") == "naive" and pd.notna(mark.get("estimate")):
                assert mark["estimate"] == pytest.approx(mark["n"] / mark["denominator"]), mark
            known = found.dropna(subset=["text", "start", "end"])
            for text, start, end in known[["text", "start", "end"]].itertuples(index=False):
                assert 0 <= start <= end <= len(text)


def test_a_corrected_share_leads_to_the_taggers_finds_and_the_hand_codes(measured):
    figure = draw(measured.workspace, "framings_over_time")
    marks = figure.numbers.query("estimator == 'corrected' and estimate == estimate and n > 0")
    found = trace(figure.id, mark=marks["mark"].iloc[0], workspace=measured.workspace).rows
    assert found["said"].str.startswith("found by the tagger").sum() == marks["n"].iloc[0]
    assert found["said"].str.contains("coded by hand: ").any()


def test_trace_refuses_a_mark_that_is_not_there(measured):
    figure = draw(measured.workspace, "overview")
    near = figure.numbers["mark"].iloc[0]
    with pytest.raises(InputError, match="has no mark"):
        trace(figure.id, mark=near + "x", workspace=measured.workspace)


def test_trace_without_a_mark_lists_them(measured):
    figure = draw(measured.workspace, "overview")
    assert pipeline.trace(figure.id, workspace=measured.workspace).marks["mark"].tolist() == figure.numbers["mark"].tolist()
    assert Path(measured.workspace / "passports" / f"{figure.id}.json").is_file()
