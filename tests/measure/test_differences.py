"""Differences of two shares: tables of small studies, and what must hold of every study."""

import numpy as np
import pytest
from hand_coded import Study, every
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.measure import differences, held_together, shares
from discourse.measure.measures import Measure

HOPE, FEAR = Measure("share", "hope"), Measure("share", "fear")
PAIR = (HOPE, FEAR)
SIZES = [12] * 12
ENDS = ["estimate", "low", "high"]


def coded_as(code, places):
    return [(*place, code, "author", "asserted") for place in places]


def study(hope, fear, *, gold=(), hope_coded=(), fear_coded=(), sizes=SIZES, **more):
    found = coded_as("hope", hope) + coded_as("fear", fear)
    coded = coded_as("hope", hope_coded) + coded_as("fear", fear_coded)
    return Study(sizes, found=found, coded=coded, gold=list(gold), codes=("hope", "fear"), **more)


def of(one, by=(), pair=PAIR):
    gold = one.given if one.gold or one.known else None
    return differences(one.posts, one.counts, pair, by=by, gold=gold)


HALF = [(post, s) for post in range(12) for s in range(0, 12, 2)]
THIRD = [(post, s) for post in range(12) for s in range(0, 12, 3)]
FEW = "fewer than 5 posts or 30 sentences"
# what is found of either code; the difference, whether it has an interval, the note
NAIVE = {
    "one of them more": (study(HALF, THIRD), 72 / 144 - 48 / 144, True, ""),
    "both alike": (study(THIRD, THIRD), 0.0, True, ""),
    "neither found": (study([], []), 0.0, False, ""),
    "too few posts": (study([(0, 0)], [], sizes=[30] * 4), None, False, FEW),
    "too few sentences": (study([(0, 0)], [], sizes=[4] * 6), None, False, FEW),
}


@pytest.mark.parametrize("name", NAIVE)
def test_the_naive_difference(name):
    one, estimate, interval, note = NAIVE[name]
    row = of(one).iloc[0]
    assert row["estimator"] == "naive"
    assert row["note"] == note
    assert (row["estimate"] == pytest.approx(estimate)) if estimate is not None else np.isnan(row["estimate"])
    assert row[["low", "high", "p_value"]].notna().tolist() == [interval] * 3


def test_groups_are_those_of_shares_and_have_their_denominators():
    categories = [["A", "B"]] * 6 + [["B"]] * 6
    one = study(HALF, THIRD, columns={"categories": categories})
    rows = of(one, ["category"]).set_index("category")
    beside = shares(one.posts, one.counts, PAIR, by=["category"]).pivot(index="category", columns="code", values="estimate")
    assert rows["estimate"].to_dict() == pytest.approx((beside["hope"] - beside["fear"]).to_dict())
    assert rows[["denominator", "n_posts"]].to_numpy().tolist() == [[72, 6], [144, 12]]


PLACES = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=60)


@settings(max_examples=20, deadline=None)
@given(PLACES, PLACES)
def test_with_both_codes_exchanged_the_difference_has_the_other_sign(hope, fear):
    one = study(sorted(hope), sorted(fear))
    first, second = of(one).iloc[0], of(one, pair=(FEAR, HOPE)).iloc[0]
    assert first["estimate"] == pytest.approx(-second["estimate"])
    if hope or fear:
        assert (first["low"], first["high"]) == (pytest.approx(-second["high"], abs=1e-9), pytest.approx(-second["low"], abs=1e-9))
        assert first["p_value"] == pytest.approx(second["p_value"])


@settings(max_examples=15, deadline=None)
@given(PLACES)
def test_beside_a_code_that_is_never_found_the_difference_is_the_share(hope):
    one = study(sorted(hope), [])
    row = of(one).iloc[0]
    share = shares(one.posts, one.counts, [HOPE]).iloc[0]
    for name in ENDS if hope else ENDS[:1]:
        assert row[name] == pytest.approx(share[name])


def gold_of(one):
    """Return the corrected difference, and those of both corrected shares."""
    row = of(one)[lambda rows: rows["estimator"] == "corrected"].iloc[0]
    beside = shares(one.posts, one.counts, PAIR, gold=one.given)
    return row, beside[beside["estimator"] == "corrected"].set_index("code")


@pytest.mark.parametrize("known", [[], [(post, 11) for post in range(12)]], ids=["not fitted", "fitted to some"])
def test_the_corrected_difference_is_that_of_both_corrected_shares(known):
    gold = [(post, s) for post in range(12) for s in range(5)]
    hope, fear = [(post, 0) for post in range(12)], [(post, 1) for post in range(0, 12, 2)]
    one = study(HALF, THIRD, gold=gold, hope_coded=[*hope, *known], fear_coded=fear, known=known)
    row, beside = gold_of(one)
    assert row["basis"] == "own gold"
    assert row["estimate"] == pytest.approx(beside.loc["hope", "estimate"] - beside.loc["fear", "estimate"])
    half = (row["high"] - row["low"]) / 2
    halves = [(beside.loc[code, "high"] - beside.loc[code, "low"]) / 2 for code in ("hope", "fear")]
    assert half < 1.5 * sum(halves)
    assert 0 <= row["p_value"] <= 1
    assert (row["p_value"] < 0.05) == (row["low"] > 0 or row["high"] < 0)


NOTES = {
    "nobody looked for one of them": ({"codes": ("hope",)}, "uncorrected: nobody looked for one of the two"),
    "no gold in a group": ({"gold": [(0, 0)]}, "uncorrected: only 1 hand-coded sentences of 1 posts"),
}


@pytest.mark.parametrize("name", NOTES)
def test_what_cannot_be_corrected_says_why(name):
    changed, note = NOTES[name]
    gold = [(post, s) for post in range(12) for s in range(5)]
    one = Study(SIZES, **({"found": coded_as("hope", HALF), "gold": gold, "codes": ("hope", "fear")} | changed))
    row = of(one)[lambda rows: rows["estimator"] == "corrected"].iloc[0]
    assert np.isnan(row["estimate"])
    assert row["note"].startswith(note)


def test_intervals_cover_the_difference_and_false_alarms_are_rare():
    """60 corpora of 60 posts, a sample of a fifth coded by hand, with a tagger that misses fear twice as often as hope."""
    generator = np.random.default_rng(11)
    covered, alarms, runs = {"naive": 0, "corrected": 0}, 0, 60
    for _ in range(runs):
        own = generator.beta(2, 10, size=(60, 1))
        truth = generator.random((2, 60, 12)) < own
        seen = truth & (generator.random((2, 60, 12)) > np.array([0.15, 0.3])[:, None, None])
        gold = [(int(p), int(s)) for p, s in zip(*np.nonzero(generator.random((60, 12)) < 0.2), strict=True)]
        coded = [[place for place in gold if truth[k][place]] for k in (0, 1)]
        found = [[(int(p), int(s)) for p, s in zip(*np.nonzero(seen[k]), strict=True)] for k in (0, 1)]
        one = study(*found, gold=gold, hope_coded=coded[0], fear_coded=coded[1], sizes=[12] * 60)
        for row in of(one).to_dict("records"):
            covered[row["estimator"]] += row["low"] <= 0 <= row["high"]
            alarms += row["estimator"] == "corrected" and row["p_value"] < 0.05
    assert covered["corrected"] / runs >= 0.93
    assert alarms / runs <= 0.08
    assert covered["naive"] < covered["corrected"]  # the tagger's errors alone make a difference


def test_held_together_each_estimator_is_corrected_alone():
    one = study(HALF, THIRD, columns={"categories": [["A"]] * 6 + [["B"]] * 6})
    rows = held_together(of(one, ["category"]))
    assert rows["p_holm"].tolist() == [min(1.0, 2 * p) for p in rows["p_value"]]
    few = held_together(of(study([], [], sizes=[30] * 4)))
    assert few["p_holm"].isna().all()


def test_every_sentence_coded_by_hand_gives_the_difference_itself():
    places = every(SIZES)
    one = study(HALF, THIRD, hope_coded=HALF, fear_coded=THIRD, known=places)
    row = of(one)[lambda rows: rows["estimator"] == "corrected"].iloc[0]
    assert row["estimate"] == pytest.approx(72 / 144 - 48 / 144)
    assert row["basis"] == "all hand-coded"
