"""Names on real posts that nothing was fitted on; the floors are the scores when they were pinned, rounded down."""

from pathlib import Path

import pytest

import discourse

CODED = Path(__file__).parents[2] / "data" / "raw" / "codes" / "entities_by_reference.jsonl"
FLOORS = {"all": 0.744, "PERSON+ORG+GPE+LAW": 0.775, "ORG": 0.800, "GPE": 0.777, "NORP": 0.896, "LAW": 0.759}


@pytest.fixture(scope="module")
def scores(workspaces):
    texts = [workspaces["iff-archive"], workspaces["digitalrightswatch"]]
    return discourse.evaluate_entities(CODED, split="measure", texts=texts).set_index(["means", "label"])["f1"]


@pytest.mark.parametrize("label", FLOORS)
def test_names_in_real_posts_are_found_as_well_as_they_were(scores, label):
    assert scores["all", label] >= FLOORS[label]


def test_all_means_together_find_more_than_each(scores):
    assert scores["all", "all"] > max(scores["gazetteer", "all"], scores["pipeline", "all"])
