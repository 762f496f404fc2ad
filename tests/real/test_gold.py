"""Corrected shares of real corpora: up to the years that coded sentences cover, refused after, exactly."""

from pathlib import Path

import pytest

import discourse
from discourse import pipeline

LAST = {"iff-archive": 2019, "digitalrightswatch": 2020}  # no sentence of a later post is coded
FRAMINGS = {"cyber_optimist", "cyber_pessimist", "rights_norm"}


@pytest.fixture(scope="module")
def gold(request):
    file = Path(request.config.getoption("--real")) / "gold" / "dev.jsonl"
    if not file.is_file():
        pytest.fail(f"{file}: these tests need coded real sentences")
    return file


@pytest.mark.parametrize("name", LAST)
def test_shares_are_corrected_up_to_the_years_that_are_coded_and_refused_after(workspaces, gold, name):
    rows = discourse.shares(workspaces[name], by=["year"], gold=gold)
    shown = rows.query("estimator == 'naive'").dropna(subset=["estimate"])[["measure", "code", "period"]]
    corrected = shown.merge(rows.query("estimator == 'corrected'"), on=["measure", "code", "period"])
    assert set(corrected["code"]) == FRAMINGS
    assert len(corrected) == len(shown)
    covered = corrected["period"].astype(int) <= LAST[name]
    assert covered.any()
    assert (~covered).any()
    assert corrected.loc[covered, ["estimate", "low", "high"]].notna().all(axis=None)
    assert corrected.loc[~covered, ["estimate", "low", "high"]].isna().all(axis=None)
    assert set(corrected.loc[~covered, "note"]) == {"uncorrected: nobody coded a sentence of it"}


@pytest.mark.parametrize("name", LAST)
def test_the_whole_corpus_is_corrected_within_the_years_that_are_coded_and_not_beyond(workspaces, gold, name):
    within = discourse.shares(workspaces[name], gold=gold, years=(None, LAST[name])).query("estimator == 'corrected'")
    assert within["estimate"].notna().all()
    assert set(within["basis"]) == {"own gold"}
    beyond = discourse.shares(workspaces[name], gold=gold).query("estimator == 'corrected'")
    assert beyond["estimate"].isna().all()
    assert beyond["note"].str.startswith(f"uncorrected: nobody coded a sentence of {LAST[name] + 1}").all()


def test_one_post_has_neither_share(workspaces, gold):
    rows = discourse.shares(workspaces["seed"], gold=gold)
    assert set(rows["estimator"]) == {"naive", "corrected"}
    assert rows["estimate"].isna().all()
    assert set(rows["note"]) == {"fewer than 5 posts or 30 sentences"}


@pytest.mark.parametrize(("name", "other"), [("iff-archive", "digitalrightswatch"), ("digitalrightswatch", "iff-archive")])
def test_sentences_of_the_other_corpus_are_passed_over_and_counted(workspaces, gold, name, other):
    about = {each: pipeline.measure_corpus(workspaces[each], gold=gold)["measure"]["gold"] for each in (name, other)}
    pipeline.measure_corpus(workspaces[name])
    pipeline.measure_corpus(workspaces[other])
    assert sum(one["n"] + one["n_left_out"] for one in about.values()) <= 346
    assert about[name]["n"] >= 100
    assert about[name]["n_elsewhere"] >= about[other]["n"]
