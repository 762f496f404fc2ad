"""How far found names agree with coded ones."""

import pytest

from discourse.measure import name_scores

LABELS = ["ORG", "GPE"]


def row(frame, label):
    return frame.set_index("label").loc[label]


def test_a_name_counts_with_exact_span_and_label_only():
    coded = [{(0, 5, "ORG"), (9, 12, "GPE")}, {(0, 3, "ORG")}]
    found = [{(0, 5, "ORG"), (9, 12, "ORG")}, {(0, 4, "ORG")}]
    scores = name_scores(coded, found, ["a", "b"], labels=LABELS)
    everything = row(scores, "all")
    assert (everything["n"], everything["n_found"]) == (3, 3)
    assert everything["precision"] == everything["recall"] == everything["f1"] == pytest.approx(1 / 3)
    assert row(scores, "GPE")["recall"] == 0


def test_labels_outside_the_four_are_in_all_and_not_among_them():
    scores = name_scores([{(0, 2, "GPE")}, {(0, 2, "EVENT")}], [{(0, 2, "GPE")}, set()], ["a", "b"], labels=["GPE", "EVENT"])
    assert row(scores, "PERSON+ORG+GPE+LAW")["f1"] == 1
    assert row(scores, "all")["f1"] == pytest.approx(2 / 3)


def test_intervals_draw_posts_and_hold_the_score():
    coded = [{(0, 2, "ORG")} for _ in range(40)]
    found = [{(0, 2, "ORG")} if n % 4 else set() for n in range(40)]
    narrow = row(name_scores(coded, found, [str(n) for n in range(40)], labels=LABELS), "all")
    wide = row(name_scores(coded, found, [str(n % 4) for n in range(40)], labels=LABELS), "all")
    assert narrow["low"] < narrow["f1"] < narrow["high"]
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_no_name_at_all_is_no_score():
    scores = name_scores([set()], [set()], ["a"], labels=LABELS)
    assert scores["f1"].isna().all()
