"""Tables of topics: shares with intervals, sentences from different posts, themes beside topics."""

import numpy as np
import pandas as pd
import pytest
from planted import GROUPS, POSTS, SENTENCES, groups, planted

from discourse.measure.topics import consensus, described, documents, read, runs
from discourse.measure.topics.prevalence import carried_by

THEMES = ["first", "none", "everywhere"]


@pytest.fixture(scope="module")
def made(sample):
    posts, sentences, mentions, truth = planted(groups(sample))
    shown = documents(posts, sentences, mentions, language="en")
    seen = read(shown, consensus(runs(shown, GROUPS, method="nmf", seeds=3, done=lambda: None)), method="nmf")
    own = [post for post, group in zip(posts["post_id"], truth, strict=True) if group == 0]
    codings = [(post, s, "first") for post in own for s in range(3)]
    codings += [(post, s, "everywhere") for post in posts["post_id"] for s in range(2)]
    codings = pd.DataFrame(codings, columns=["post_id", "sentence", "code"])
    return posts, seen, described(shown, seen, posts=posts, codings=codings, themes=THEMES)


def test_shares_of_all_posts_sum_to_1_and_intervals_hold_them(made):
    topics = made[2]["topics"]
    assert topics["share"].sum() == pytest.approx(1)
    assert ((topics["low"] <= topics["share"]) & (topics["share"] <= topics["high"])).all()
    assert topics["topic"].tolist() == [1, 2, 3, 4]
    assert topics["share"].is_monotonic_decreasing


def test_the_share_of_a_group_is_the_mean_over_its_posts(made):
    posts, seen, tables = made
    groups_ = tables["prevalence"].set_index(["topic", "category", "period"])
    inside = posts["categories"].map(lambda names: names == ["group 2"]).to_numpy()
    for topic in range(GROUPS):
        row = groups_.loc[(topic + 1, "group 2", "")]
        assert row["estimate"] == pytest.approx(seen.posts[inside, topic].mean())
        assert row["n_posts"] == POSTS
        assert row["lift"] == pytest.approx(row["estimate"] / seen.posts[:, topic].mean())
    assert set(groups_.index.get_level_values("period")) == {"", "2015", "2016", "2017", "2018", "2019"}


def test_a_planted_topic_is_most_in_its_category_and_is_carried_by_its_posts(made):
    tables = made[2]
    best = tables["prevalence"].query("category != ''").sort_values("estimate").groupby("topic").last()
    assert (best["estimate"] > 0.7).all()
    assert best["category"].nunique() == GROUPS
    assert ((tables["topics"]["carried_by"] > POSTS * 0.9) & (tables["topics"]["carried_by"] < POSTS * 2)).all()


def test_small_groups_have_no_estimate(sample):
    posts, sentences, mentions, _ = planted(groups(sample))
    posts["categories"] = [["few"]] * 4 + [["many"]] * (len(posts) - 4)
    shown = documents(posts, sentences, mentions, language="en")
    seen = read(shown, consensus(runs(shown, 2, method="nmf", seeds=2, done=lambda: None)), method="nmf")
    found = described(shown, seen, posts=posts, codings=pd.DataFrame(columns=["post_id", "sentence", "code"]), themes=[])
    rows = found["prevalence"].query("category == 'few'")
    assert rows["n_posts"].tolist() == [4, 4]
    assert rows[["estimate", "low", "high", "lift"]].isna().all(axis=None)
    assert len(found["themes"]) == len(found["foreseen"]) == 0


def test_sentences_are_of_different_posts_and_of_their_topic(made):
    _, seen, tables = made
    sentences = tables["sentences"]
    assert (sentences.groupby("topic")["post_id"].nunique() == 10).all()
    assert sentences.groupby("topic")["score"].apply(lambda s: s.is_monotonic_decreasing).all()
    rows = {post: k for k, post in enumerate(made[0]["post_id"])}
    assert all(seen.posts[rows[post]].argmax() == topic - 1 for post, topic in zip(sentences["post_id"], sentences["topic"], strict=True))


def test_a_theme_on_one_groups_posts_is_near_its_topic_and_foreseen(made):
    tables = made[2]
    near = tables["themes"].query("theme == 'first'").sort_values("lift", ascending=False)
    assert near["lift"].iloc[0] > 2.5
    assert near["low"].iloc[0] > 2
    assert (near["high"].iloc[1:] < 1).all()
    assert near["n"].tolist() == [3 * POSTS] * GROUPS
    foreseen = tables["foreseen"].set_index("theme")
    assert foreseen.loc["first", "r2"] > 0.9
    assert np.isnan(foreseen.loc["none", "r2"])
    assert tables["themes"].query("theme == 'none'")["lift"].isna().all()


def test_the_shares_of_a_themes_sentences_sum_to_1_and_a_theme_of_all_sentences_has_lift_1(sample, made):
    sums = made[2]["themes"].groupby("theme")["share"].sum(min_count=1)
    assert sums[["first", "everywhere"]].tolist() == pytest.approx([1, 1])
    posts, sentences, mentions, _ = planted(groups(sample))
    shown = documents(posts, sentences, mentions, language="en")
    seen = read(shown, consensus(runs(shown, 3, method="nmf", seeds=2, done=lambda: None)), method="nmf")
    every = sentences[["post_id", "sentence"]].assign(code="all of it")
    lifts = described(shown, seen, posts=posts, codings=every, themes=["all of it"])["themes"]
    assert lifts[["lift", "low", "high"]].to_numpy() == pytest.approx(np.ones((3, 3)))
    assert lifts["n"].tolist() == [GROUPS * POSTS * SENTENCES] * 3


@pytest.mark.parametrize(("shares", "expected"), [([1, 1, 1, 1], 4), ([1, 0, 0, 0], 1), ([0.5, 0.5, 0, 0], 2), ([0, 0, 0, 0], 0)])
def test_by_how_many_posts_a_topic_is_carried(shares, expected):
    assert carried_by(np.array(shares, dtype=float)[:, None]).tolist() == [pytest.approx(expected)]
