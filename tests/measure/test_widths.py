"""Widths to expect: what is anticipated of residuals, and that it comes true on sentences that are coded by hand."""

import json

import numpy as np
import pandas as pd
import pytest

import discourse
from discourse.measure import counted
from discourse.measure.sampling import KEY, STRATUM, draw, strata
from discourse.measure.widths import PRECISION, by_rule, correlation, residuals, widths

Z = 1.959964
FRAMINGS = ["cyber_optimist", "cyber_pessimist", "rights_norm"]


def population(n_posts, of, *, hits=0, year="2020"):
    rows = [(f"p{k:03d}", n, year, "A", "hit" if n < hits else "far", None) for k in range(n_posts) for n in range(of)]
    return pd.DataFrame(rows, columns=[*KEY, *STRATUM, "score"]).astype({"score": float})


def coded(frame, *, hits, score, **columns):
    rows = frame.loc[frame["sentence"] < hits, KEY]
    return rows.assign(code="soup", score=score, holder="author", modality="asserted", **columns).reset_index(drop=True)


@pytest.mark.parametrize(
    ("values", "posts", "expected"),
    [
        ([1, 1, 0, 0], "aabb", 1.0),
        ([1, 0, 1, 0], "aabb", 0.0),  # less alike than by chance: held at 0
        ([1, 0, 1, 1], "aabb", 0.0),  # between 0.25, within 0.25
        ([1, 1, 1, 0, 0, 0, 0, 1], "aaaabbbb", 0.2),  # between 0.5, within 0.25: 0.25 / (0.5 + 3 * 0.25)
        ([1, 0], "ab", 0.0),
        ([1, 1], "aa", 0.0),
    ],
)
def test_correlation_within_posts(values, posts, expected):
    assert correlation(pd.Series(values, dtype=float), pd.Series(list(posts))) == pytest.approx(expected, abs=1e-3)


def test_what_is_given_is_right_as_its_score_says_and_as_many_are_missed():
    frame = population(5, 10, hits=2)
    found = residuals(frame, coded(frame, hits=2, score=0.7), code="soup", framing=True)
    given = found[found["f"] == 1]
    assert (len(given), given["b"].round(9).unique().tolist(), given["v"].round(9).unique().tolist()) == (10, [-0.3], [0.21])
    assert found["b"].sum() == pytest.approx(0)
    assert found.loc[found["f"] == 0, "b"].tolist() == pytest.approx([10 * 0.3 / 40] * 40)


def test_only_the_headline_of_a_framing_counts_and_all_of_a_theme():
    frame = population(1, 4, hits=2)
    codings = coded(frame, hits=2, score=1.0).assign(holder=["author", "other"])
    assert by_rule(codings, "soup")
    assert not by_rule(codings, "stew")
    assert residuals(frame, codings, code="soup", framing=True)["f"].sum() == 1
    theme = residuals(frame, codings, code="soup", framing=False)
    assert (theme["f"].sum(), theme.loc[0, "b"]) == (2, pytest.approx(PRECISION - 1))


def test_with_one_stratum_it_is_the_formula_of_a_simple_random_sample():
    frame = population(30, 10, hits=10)  # every sentence is a hit: one stratum
    codings = coded(frame, hits=3, score=0.6)
    expected = residuals(frame, codings, code="soup", framing=True)
    found = widths(draw(frame, n=60), expected).set_index("over")
    spread = (expected["v"] + expected["b"] ** 2).mean() - expected["b"].mean() ** 2
    assert found.loc["all", "of_coding"] == pytest.approx(Z * ((1 / 60 - 1 / 300) * spread * 300 / 299) ** 0.5)
    assert found.loc["year"].tolist() == pytest.approx(found.loc["all"].tolist())
    assert found.loc["all", "half_width"] > found.loc["all", "of_coding"]


def test_more_sentences_are_narrower_and_all_leave_what_posts_vary():
    frame = population(40, 10, hits=3)
    expected = residuals(frame, coded(frame, hits=2, score=0.6), code="soup", framing=True)
    found = [widths(draw(frame, n=n), expected).set_index("over").loc["all"] for n in (20, 40, 80, 160, 400)]
    half, coding = ([row[name] for row in found] for name in ("half_width", "of_coding"))
    assert half == sorted(half, reverse=True)
    assert coding == sorted(coding, reverse=True)
    assert (coding[-1], half[-1] > 0) == (0, True)


def test_fewer_posts_are_wider_where_sentences_of_a_post_are_alike():
    frame = population(40, 10, hits=10)
    codings = coded(frame, hits=10, score=0.6)
    codings = codings[codings["post_id"] < "p020"]
    expected = residuals(frame, codings, code="soup", framing=True)
    assert correlation(expected["f"], expected["post_id"]) == 1
    one, two = (widths(draw(frame, n=80, n_posts=n_posts), expected)["of_coding"][0] for n_posts in (None, 8))
    assert two > 1.5 * one


def test_what_cannot_be_told_is_null():
    frame = population(1, 10, hits=2)
    one_post = widths(draw(frame, n=4), residuals(frame, coded(frame, hits=2, score=0.6), code="soup", framing=True))
    assert one_post["half_width"].isna().tolist() == [True, True]
    many = population(10, 10, hits=2)
    no_hit = widths(draw(many, n=20), residuals(many, coded(many, hits=0, score=0.6), code="soup", framing=True))
    assert no_hit["half_width"].isna().tolist() == [True, True]
    undated = population(10, 10, hits=2, year="undated")
    found = widths(draw(undated, n=20), residuals(undated, coded(undated, hits=2, score=0.6), code="soup", framing=True))
    assert found["half_width"].isna().tolist() == [False, True]


def truth(sample, root, split):
    """Return the population of some posts of the sample, what to expect of each framing, and its true residuals."""
    file = root / "data" / "raw" / "sample" / "codes" / "framings.jsonl"
    gold = pd.DataFrame([json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()])
    gold = gold[gold["split"].isin(split)]
    posts, sentences, codings = (discourse.table(sample, name) for name in ("posts", "sentences", "codings"))
    posts = counted(posts[posts["post_id"].isin(gold["post_id"])].reset_index(drop=True), language="en").posts
    frame = strata(posts, sentences, codings, codes=FRAMINGS)
    gold = gold.merge(sentences[[*KEY, "start", "end"]], on=["post_id", "start", "end"])
    held = (gold["holder"] == "author") & gold["modality"].isin(["asserted", "hedged"])
    expected = {code: residuals(frame, codings, code=code, framing=True) for code in FRAMINGS}
    coded_by_hand = frame[KEY].merge(
        gold.assign(**{code: (gold[code] == 1) & held for code in FRAMINGS}), on=KEY, how="left", validate="1:1"
    )
    return frame, expected, {code: coded_by_hand[code].astype(float) - expected[code]["f"] for code in FRAMINGS}


@pytest.mark.parametrize(
    ("split", "n", "n_posts", "low", "high"),
    [
        (["measure"], 150, None, 0.8, 1.25),  # posts that the tagger has not seen: as anticipated
        (["measure"], 150, 20, 0.8, 1.4),
        (["measure", "train"], 300, None, 1.0, 2.4),  # those that it was fitted to it codes better than its scores say
    ],
)
def test_the_width_comes_true_over_many_draws(sample, root, split, n, n_posts, low, high):
    frame, expected, wrong = truth(sample, root, split)
    samples = [draw(frame, n=n, n_posts=n_posts, seed=seed) for seed in range(60)]
    for code in FRAMINGS:
        error = frame[KEY].assign(error=wrong[code])
        drawn = [one.sentences.merge(error, on=KEY) for one in samples]
        found = [(rows["error"] / rows["p_inclusion"]).sum() / len(frame) for rows in drawn]
        assert abs(np.mean(found) - wrong[code].mean()) < 4 * np.std(found) / len(found) ** 0.5
        anticipated = np.mean([widths(one, expected[code])["of_coding"][0] for one in samples[:3]])
        assert low < anticipated / (Z * np.std(found, ddof=1)) < high, code
