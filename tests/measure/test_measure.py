"""Measuring: counts that add up, counting rules, and intervals that cover."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import table
from discourse.measure import counted, measure, posts_naming
from discourse.measure.bootstrap import intervals
from discourse.measure.counts import count

FRAMES = ["cyber_optimist"]


def posts(n, **columns):
    frame = pd.DataFrame(
        {
            "post_id": [f"p{i:03d}" for i in range(n)], "n_words": 100, "duplicate_of": None, "reprinted_from": None, "language": "en",
            "published": pd.Timestamp("2020-05-01"), "categories": [["Privacy"]] * n,
        }
    )  # fmt: skip
    for name, values in columns.items():
        frame[name] = pd.Series(values, index=frame.index)
    return frame


def sentences(frame, per_post):
    return pd.DataFrame([{"post_id": p, "sentence": s, "n_words": 10} for p in frame["post_id"] for s in range(per_post)])


def codings(rows):
    return pd.DataFrame(rows, columns=["post_id", "sentence", "code", "holder", "modality"])


class Measured(NamedTuple):
    counts: pd.DataFrame
    estimates: pd.DataFrame


MENTIONS = pd.DataFrame({"post_id": pd.Series(dtype=str), "entity": pd.Series(dtype=str)})


def run(frame, per_post, rows, themes=("radio",)):
    chosen = counted(frame, language="en").posts
    counts = count(chosen, sentences(frame, per_post), codings(rows))
    return Measured(counts, measure(chosen, counts, posts_naming(chosen, MENTIONS), framings=FRAMES, themes=list(themes)))


def estimate(done, **where):
    where = {"period": "", "category": ""} | where
    frame = done.estimates
    for name, value in where.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_held_by_the_author_stands_apart_from_others_and_from_rejected():
    frame = posts(6)
    rows = [("p000", 0, "cyber_optimist", "author", "asserted"), ("p001", 0, "cyber_optimist", "author", "hedged"),
            ("p002", 0, "cyber_optimist", "author", "rejected"), ("p003", 0, "cyber_optimist", "other", "asserted"),
            ("p004", 0, "cyber_optimist", "other", "rejected")]  # fmt: skip
    done = run(frame, 10, rows)
    shares = {m: estimate(done, measure=m, code="cyber_optimist")["n"] for m in ("share_author", "share_other", "share_rejected")}
    assert shares == {"share_author": 2, "share_other": 1, "share_rejected": 2}
    assert estimate(done, measure="share_author", code="cyber_optimist")["estimate"] == pytest.approx(2 / 60)


def test_what_does_not_count_is_left_out_and_said():
    frame = posts(
        9,
        duplicate_of=[None] * 8 + ["p000"],
        reprinted_from=[None] * 7 + ["A paper", None],
        language=["en"] * 5 + ["ko", "und", "en", "en"],
    )
    chosen = counted(frame, language="en")
    assert chosen.posts["post_id"].tolist() == ["p000", "p001", "p002", "p003", "p004"]
    assert sum(chosen.left_out.values()) == 4
    assert chosen.left_out["repeating an earlier post"] == 1


def test_a_post_in_two_categories_counts_in_each_and_none_has_a_cell_of_its_own():
    frame = posts(12, categories=[["A", "B"]] * 5 + [[]] * 5 + [None] * 2)
    done = run(frame, 10, [("p000", 0, "radio", "author", "asserted")])
    for category, n_posts in {"A": 5, "B": 5, "(no category)": 5, "(category unknown)": 2}.items():
        assert estimate(done, measure="share", code="radio", category=category)["n_posts"] == n_posts


def test_few_posts_or_sentences_give_no_estimate_and_no_hit_no_interval():
    frame = posts(5, published=pd.to_datetime(["2019-01-01", "2020-01-01", "2020-01-01", "2020-01-01", "2020-01-01"]))
    done = run(frame, 10, [])
    assert pd.isna(estimate(done, measure="share", code="radio", period="2019")["estimate"])
    everything = estimate(done, measure="share", code="radio")
    assert (everything["estimate"], everything["denominator"]) == (0, 50)
    assert pd.isna(everything["low"])
    assert pd.isna(estimate(run(frame, 5, []), measure="share", code="radio")["estimate"])


def test_undated_posts_count_over_all_and_in_no_year():
    frame = posts(6, published=pd.to_datetime([None] + ["2020-01-01"] * 5))
    done = run(frame, 10, [])
    assert estimate(done, measure="share", code="radio")["n_posts"] == 6
    assert estimate(done, measure="share", code="radio", period="2020")["n_posts"] == 5


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(["author", "other"])), max_size=12, unique_by=lambda t: t[:2])
)
def test_counts_are_additive_over_any_split_of_the_posts(hits):
    frame = posts(5)
    rows = codings([(f"p{p:03d}", s, "radio", holder, "asserted") for p, s, holder in hits])
    both = count(frame, sentences(frame, 4), rows)
    parts = [count(part, sentences(frame, 4), rows) for part in (frame.iloc[:2], frame.iloc[2:])]
    assert both["sentences"].sum() == sum(part["sentences"].sum() for part in parts)
    assert both.loc[both["code"] == "radio", "words"].sum() == 10 * len(hits)


def test_posts_of_one_mind_make_wider_intervals_than_as_many_mixed_ones():
    alike = np.array([[10.0]] * 10 + [[0.0]] * 10)
    mixed = np.full((20, 1), 5.0)
    of = np.full((20, 1), 10.0)
    (low, high), (low_mixed, high_mixed) = intervals(alike, of)[:, 0], intervals(mixed, of)[:, 0]
    assert high - low > 0.3
    assert high_mixed - low_mixed == 0


def test_intervals_do_not_move_between_runs_and_do_with_the_seed():
    top = np.arange(30.0)[:, None]
    of = np.full((30, 1), 40.0)
    assert intervals(top, of).tolist() == intervals(top, of).tolist() != intervals(top, of, seed=1).tolist()


def test_intervals_cover_the_true_share():
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(200):
        rates = generator.beta(2, 8, size=80)
        hits = generator.binomial(20, rates).astype(float)[:, None]
        low, high = intervals(hits, np.full((80, 1), 20.0), replicates=300)[:, 0]
        covered += low <= 0.2 <= high
    assert 0.90 <= covered / 200 <= 0.99


def test_an_empty_group_has_no_interval():
    assert np.isnan(intervals(np.zeros((9, 1)), np.zeros((9, 1)))).all()
    assert np.isnan(intervals(np.zeros((0, 2)), np.zeros((0, 2)))).all()


def test_the_samples_counts_agree_with_its_codings(sample):
    counts, codings_, chosen = table(sample, "counts"), table(sample, "codings"), counted(table(sample, "posts"), language="en").posts
    inside = codings_[codings_["post_id"].isin(chosen["post_id"])]
    summed = counts[counts["code"] != "all"].groupby(["code", "holder", "modality"])["sentences"].sum()
    pd.testing.assert_series_equal(summed, inside.groupby(["code", "holder", "modality"]).size().rename("sentences"), check_dtype=False)
    sentences_ = table(sample, "sentences")
    assert counts.loc[counts["code"] == "all", "sentences"].sum() == sentences_["post_id"].isin(chosen["post_id"]).sum()
