"""Samples to be coded by hand: strata, how many each gets, exact chances, and sums that are unbiased."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.measure.allocation import allot, fold_bands, fold_categories
from discourse.measure.sampling import KEY, STRATUM, draw, fewest, strata

NOTHING = pd.DataFrame({"post_id": [], "sentence": [], "code": [], "score": []}).astype(
    {"post_id": object, "sentence": int, "score": float}
)


def corpus(*rows):
    """Return posts (year or None, categories, number of sentences) with their sentences."""
    posts = pd.DataFrame(
        {
            "post_id": [f"p{k:03d}" for k in range(len(rows))],
            "published": pd.to_datetime([f"{year}-06-01" if year else None for year, _, _ in rows]),
            "categories": pd.Series([categories for _, categories, _ in rows], dtype=object),
        }
    )
    sentences = [(post, k) for post, (_, _, n) in zip(posts["post_id"], rows, strict=True) for k in range(n)]
    return posts, pd.DataFrame(sentences, columns=KEY)


def coded(*rows):
    return pd.DataFrame(rows, columns=["post_id", "sentence", "code", "score"])


def population(*rows):
    """Return sentences of posts (period, category, bands of its sentences)."""
    table = [
        (f"p{k:03d}", n, period, category, band, None) for k, (period, category, bands) in enumerate(rows) for n, band in enumerate(bands)
    ]
    return pd.DataFrame(table, columns=[*KEY, *STRATUM, "score"]).astype({"score": float})


def test_bands_are_what_the_tagger_says():
    posts, sentences = corpus((2020, ["A"], 6))
    sentences["score"] = [0.9, 0.4, 0.1, 0.09, None, 0.8]
    codings = coded(("p000", 0, "optimist", 0.9), ("p000", 1, "radio", 1.0), ("p000", 5, "optimist", 0.7), ("p000", 5, "pessimist", 0.8))
    found = strata(posts, sentences, codings, codes=["optimist", "pessimist"])
    assert found["band"].tolist() == ["hit", "near", "near", "far", "far", "hit"]
    assert found["score"].fillna(-1).tolist() == [0.9, 0.4, 0.1, 0.09, -1, 0.8]
    assert strata(posts, sentences.drop(columns="score"), codings, codes=["optimist"])["band"].tolist() == ["hit", *["far"] * 4, "hit"]
    assert strata(posts, sentences, NOTHING, codes=["optimist"])["band"].tolist() == ["near", "near", "near", "far", "far", "near"]


def test_a_rules_score_is_no_probability():
    posts, sentences = corpus((2020, ["A"], 2))
    found = strata(posts, sentences, coded(("p000", 0, "radio", 1.0)), codes=["radio"])
    assert (found["band"].tolist(), found["score"].isna().all()) == (["hit", "far"], True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(2020, ["News", "Privacy"], 1), (2021, ["Privacy"], 1)], [("2020", "News"), ("2021", "Privacy")]),
        ([(None, ["News"], 1), (2021, [], 1), (2022, None, 1)], [("undated", "News"), ("2021", "(no category)"), ("2022", "(category unknown)")]),
        ([(2020, ["A"], 92), (2020, ["B"], 4), (2020, ["C"], 4)], [("2020", "A"), ("2020", "(other categories)"), ("2020", "(other categories)")]),
        ([(2020, ["A"], 96), (2020, ["B"], 4)], [("2020", "A"), ("2020", "B")]),
        ([(2020, ["A"], 90), (2020, ["B"], 5), (2020, ["C"], 5)], [("2020", "A"), ("2020", "B"), ("2020", "C")]),
    ],
)  # fmt: skip
def test_a_stratum_is_a_year_and_a_posts_first_category(rows, expected):
    found = strata(*corpus(*rows), NOTHING, codes=["radio"]).drop_duplicates("post_id")
    assert list(found[["period", "category"]].itertuples(index=False, name=None)) == expected


def test_of_the_categories_asked_for_the_posts_first_is_taken():
    found = strata(*corpus((2020, ["News", "Privacy"], 1), (2020, ["Law", "News"], 1)), NOTHING, codes=[], categories=["Privacy", "Law"])
    assert found["category"].tolist() == ["Privacy", "Law"]


def cells(*rows, columns=("period", "category", "band", "size", "want")):
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(sentences=table["size"])


@pytest.mark.parametrize(
    ("rows", "n", "expected"),
    [
        ([("1", "A", "hit", 50, 1.0), ("1", "B", "hit", 50, 1.0)], 10, [5, 5]),  # in proportion to sentences
        ([("1", "A", "hit", 50, 1.0), ("2", "A", "hit", 150, 1.0)], 10, [3, 7]),  # 2.5 and 7.5: the first of equal remainders
        ([("1", "A", "hit", 50, 3.0), ("1", "A", "far", 50, 1.0)], 12, [9, 3]),  # Neyman's rule within a cell
        ([("1", "A", "hit", 3, 9.0), ("1", "A", "far", 97, 1.0)], 10, [3, 7]),  # never more than there are
        ([("1", "A", "hit", 500, 99.0), ("1", "A", "far", 500, 1.0)], 10, [8, 2]),  # two at least
        ([("1", "A", "hit", 1, 1.0), ("1", "A", "far", 999, 1.0)], 10, [1, 9]),  # or the one that there is
        ([("1", "A", "hit", 3, 1.0), ("2", "A", "hit", 4, 1.0)], 7, [3, 4]),
    ],
)
def test_allotments(rows, n, expected):
    assert allot(cells(*rows), n=n).tolist() == expected


STRATA = st.lists(
    st.tuples(st.sampled_from("12"), st.sampled_from("AB"), st.sampled_from(["hit", "near", "far"]), st.integers(1, 60), st.floats(0.1, 90)),
    min_size=1, max_size=12, unique_by=lambda row: row[:3],
)  # fmt: skip


@given(STRATA, st.data())
def test_allotments_sum_and_keep_their_bounds(rows, data):
    table = cells(*rows)
    low, high = table["size"].clip(upper=2), table["size"]
    n = data.draw(st.integers(int(low.sum()), int(high.sum())))
    got = allot(table, n=n)
    assert got.sum() == n
    assert ((low <= got) & (got <= high)).all()


@given(STRATA, st.integers(1, 200))
def test_folding_makes_n_enough_and_never_joins_periods(rows, n):
    table = cells(*rows)
    sizes = table.groupby("period")["size"].sum()
    table["band"] = "hit"
    whole = table.groupby(["period", "category"], as_index=False)[["size", "sentences"]].sum()
    names = whole.assign(category=fold_categories(whole, n=n)).groupby(["period", "category"])["size"].sum()
    bands = cells(*rows).assign(band=fold_bands(cells(*rows), n=n)).groupby(["period", "category", "band"])["size"].sum()
    assert names.groupby("period").sum().to_dict() == sizes.to_dict()
    if sizes.clip(upper=2).sum() <= n:
        assert names.clip(upper=2).sum() <= n
    if whole["size"].clip(upper=2).sum() <= n:
        assert bands.clip(upper=2).sum() <= n


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (100, ["A", "B", "C"]),
        (40, ["A", "(other categories)", "(other categories)"]),  # B and C deserve less than one
        (3, ["(all categories)"] * 3),
    ],
)
def test_small_categories_of_a_period_are_folded(n, expected):
    table = cells(("1", "A", 960), ("1", "B", 20), ("1", "C", 20), columns=("period", "category", "size"))
    assert fold_categories(table, n=n).tolist() == expected


@pytest.mark.parametrize(
    ("n", "expected"), [(60, ["hit", "near", "far"]), (10, ["hit", "near+far", "near+far"]), (4, ["hit", "near+far", "near+far"]), (2, ["all"] * 3)]
)  # fmt: skip
def test_bands_that_deserve_less_than_one_are_folded(n, expected):
    table = cells(("1", "A", "hit", 30, 30.0), ("1", "A", "near", 5, 1.0), ("1", "A", "far", 65, 20.0))
    assert fold_bands(table, n=n).tolist() == expected


POSTS = st.lists(
    st.tuples(st.sampled_from(["2019", "2020", "undated"]), st.sampled_from("ABC"), st.lists(st.sampled_from(["hit", "near", "far"]), min_size=1, max_size=9)),
    min_size=1, max_size=9,
)  # fmt: skip


@settings(max_examples=25)
@given(POSTS, st.data())
def test_every_sentence_has_its_exact_chance(rows, data):
    frame = population(*rows)
    n = data.draw(st.integers(fewest(frame), len(frame) + 3))
    drawn = draw(frame, n=n, seed=data.draw(st.integers(0, 9)))
    chosen = drawn.sentences
    assert len(chosen) == len(chosen.drop_duplicates(KEY)) == drawn.strata["n_drawn"].sum() == min(n, len(frame))
    sizes = drawn.frame.groupby(STRATUM).size()
    assert drawn.strata.set_index(STRATUM)["n_sentences"].to_dict() == sizes.to_dict()
    assert sizes.sum() == len(frame)
    assert (drawn.strata["n_drawn"] >= drawn.strata["n_sentences"].clip(upper=2)).all()
    assert (drawn.strata["p_inclusion"] == drawn.strata["n_drawn"] / drawn.strata["n_sentences"]).all()
    counted = chosen.groupby(STRATUM).agg(n=("p_inclusion", "size"), p=("p_inclusion", "first"))
    assert (counted["n"] == (counted["p"] * sizes).round().astype(int)).all()
    assert (1 / chosen["p_inclusion"]).sum() == pytest.approx(len(frame))
    if n >= len(frame):
        assert (chosen["p_inclusion"] == 1).all()


@settings(max_examples=25)
@given(POSTS, st.data())
def test_with_posts_drawn_first_both_chances_are_multiplied(rows, data):
    frame = population(*rows)
    n = data.draw(st.integers(fewest(frame), len(frame) + 3))
    n_posts = data.draw(st.integers(fewest(frame, "post"), len(rows) + 1))
    drawn = draw(frame, n=n, n_posts=n_posts)
    posts = drawn.posts
    assert posts["drawn"].sum() == min(n_posts, len(rows))
    by_period = posts.groupby("period")["drawn"].agg(["sum", "size"])
    assert (by_period["sum"] >= by_period["size"].clip(upper=2)).all()
    share = posts.groupby(["period", "category"])["drawn"].mean().rename("share").reset_index()
    assert posts.merge(share)["p_post"].tolist() == pytest.approx(posts.merge(share)["share"].tolist())
    assert set(drawn.frame["post_id"]) == set(posts.loc[posts["drawn"], "post_id"])
    table = drawn.strata
    assert (table["p_inclusion"] == table["p_post"] * (table["n_drawn"] / table["n_sentences"])).all()
    assert table["n_drawn"].sum() == min(n, len(drawn.frame))


LOPSIDED = population(
    *[("2019", "A", ["hit"] * 6 + ["far"] * 3)] * 5, *[("2019", "B", ["hit", "near", *["far"] * (k + 1)]) for k in range(6)],
    *[("2020", "A", ["hit"] * k + ["far"] * 9) for k in range(9)], ("undated", "A", ["near"] * 4), ("undated", "B", ["far"]),
)  # fmt: skip


@pytest.mark.parametrize("n_posts", [None, 10])
def test_estimates_are_unbiased(n_posts):
    """Over many draws the weighted sums come to the sentences that there are: in all, in a period, and of what no stratum knows."""

    def sums(frame, weights):
        third = (frame["sentence"] + frame["post_id"].str[1:].astype(int)) % 3 == 0
        return [weights.sum(), weights[third].sum(), weights[frame["period"] == "undated"].sum(), weights[frame["sentence"] < 2].sum()]

    found = []
    for seed in range(60):
        chosen = draw(LOPSIDED, n=30, n_posts=n_posts, seed=seed).sentences
        found.append(sums(chosen, 1 / chosen["p_inclusion"]))
    truth = sums(LOPSIDED, pd.Series(1.0, LOPSIDED.index))
    mean, error = np.mean(found, axis=0), np.std(found, axis=0) / len(found) ** 0.5
    assert (np.abs(mean - truth) <= 4 * error + 1e-9).all()


def test_sentences_are_drawn_as_often_as_is_said():
    frame = population(*[("2020", "A", ["hit"] * 2 + ["far"] * 3)] * 6)
    times = pd.concat([draw(frame, n=10, seed=seed).sentences for seed in range(60)]).groupby(KEY).size() / 60
    chance = draw(frame, n=10).frame.set_index(KEY)["p_inclusion"]
    assert len(times) == len(frame)
    assert ((times - chance).abs() < 4.5 * (chance * (1 - chance) / 60) ** 0.5).all()


def test_the_same_seed_draws_the_same_in_the_same_order():
    first, again, other = (draw(LOPSIDED, n=30, n_posts=10, seed=seed).sentences for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first[KEY].values.tolist() != other[KEY].values.tolist()
    assert first.sort_values(KEY)[KEY].values.tolist() != first[KEY].values.tolist()


def test_hits_are_drawn_more_often_and_the_rest_is_not_starved():
    drawn = draw(population(*[("2020", "A", ["hit"] * 30 + ["far"] * 70)] * 10), n=200)
    chance = drawn.strata.set_index("band")["p_inclusion"]
    assert 2 <= chance["hit"] / chance["far"] <= 4


@pytest.mark.parametrize(
    ("n", "n_posts", "message"),
    [
        (4, None, r"4 sentences do not reach two in each period \(3 periods\); draw 6 or more"),
        (0, None, "0 sentences do not reach"),
        (30, 5, r"5 posts do not reach two in each period \(3 periods\); draw 6 or more"),
    ],
)
def test_too_few_for_the_periods_is_refused(n, n_posts, message):
    with pytest.raises(InputError, match=message):
        draw(LOPSIDED, n=n, n_posts=n_posts)
