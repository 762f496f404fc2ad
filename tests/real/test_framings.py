"""Framings on real text that nothing was fitted on: coded sentences, and the page that the project began with."""

from pathlib import Path

import pytest

import discourse

FLOORS = {
    ("framing", "macro_f1", "all"): 0.69,
    ("framing", "f1", "cyber_optimist"): 0.62,
    ("framing", "f1", "cyber_pessimist"): 0.75,
    ("framing", "f1", "rights_norm"): 0.70,
    ("holder", "accuracy", "all"): 0.89,
    ("holder", "f1", "other"): 0.81,
    ("modality", "f1", "hedged"): 0.64,
}


@pytest.fixture(scope="module")
def scores(request):
    gold = Path(request.config.getoption("--real")) / "gold" / "dev.jsonl"
    if not gold.is_file():
        pytest.fail(f"{gold}: these tests need coded real sentences")
    own = discourse.evaluate_framings(gold).scores.query("method == 'tagger' and not weighted")
    return own.set_index(["part", "measure", "code"])["estimate"]


@pytest.mark.parametrize("place", FLOORS, ids=" ".join)
def test_framings_of_real_sentences_are_coded_as_well_as_they_were(scores, place):
    assert scores[place] >= FLOORS[place]


def test_calibration_holds_on_real_sentences(scores):
    assert scores["calibration", "ece", "all"] <= 0.06


def test_the_view_of_the_seed_pages_optimists_and_pessimists_is_theirs(workspaces):
    codings, sentences = (discourse.table(workspaces["seed"], name) for name in ("codings", "sentences"))
    told = sentences.loc[sentences["text"].str.contains("yber-"), "sentence"]
    views = codings[codings["sentence"].isin(told) & codings["code"].isin(["cyber_optimist", "cyber_pessimist"])]
    assert set(views["sentence"]) == set(told)
    assert set(views["holder"]) == {"other"}
    assert views["holder_text"].str.contains("yber-").all()


def test_the_seed_page_ends_on_a_rights_norm(workspaces):
    codings, sentences = (discourse.table(workspaces["seed"], name) for name in ("codings", "sentences"))
    last = codings[codings["sentence"] == sentences["sentence"].max()].set_index("code")
    assert (last.loc["rights_norm", "holder"], last.loc["rights_norm", "modality"]) == ("author", "asserted")
