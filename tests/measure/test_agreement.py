"""Agreement of coders: published examples, the sums against the package, and what cannot be said."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.measure import coder_agreement, coder_confusion
from discourse.measure.agreement import _alpha, coincidences

LABELS = {"holder": ("author", "other")}
N = None


def long(columns, posts=None):
    """Return a row a sentence and coder, from coder -> the values of the column `code`, None where it has none."""
    rows = [
        {"id": f"s{k}", "post": posts[k] if posts else f"p{k}", "coder": coder, "code": value}
        for coder, values in columns.items()
        for k, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["id", "post", "coder", "code"])


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A to C: two observers of binary data, two of nominal data, and
# four of nominal data with values missing
PUBLISHED = [
    ({"meg": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "owen": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}, (0, 1), 0.095),
    ({"ben": "aabbdcccedda", "gerry": "babbbccceddd"}, tuple("abcde"), 0.692),
    (
        {
            "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N], "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
            "c": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N], "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
        }, (1, 2, 3, 4, 5), 0.743,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "values", "alpha"), PUBLISHED)
def test_published_examples(columns, values, alpha):
    row = coder_agreement(long(columns), codes=[], labels={"code": values}, replicates=20).iloc[0]
    assert round(row["alpha"], 3) == alpha
    assert row["low"] < row["alpha"] < row["high"]


codes = st.sampled_from([0, 1, 2, None])


@settings(max_examples=200)
@given(st.integers(2, 4), st.integers(1, 12), st.data())
def test_alpha_of_the_sums_is_that_of_the_package(n_coders, n, data):
    values = np.array([[data.draw(codes) for _ in range(n)] for _ in range(n_coders)], dtype=float)
    counts = np.stack([(values == value).sum(axis=0) for value in range(3)], axis=1).astype(float)
    counts = counts[counts.sum(axis=1) >= 2]
    alpha = _alpha(coincidences(counts).sum(axis=0).reshape(1, -1))[0]
    if (counts.sum(axis=0) > 0).sum() < 2:
        assert np.isnan(alpha)
    else:
        assert alpha == pytest.approx(krippendorff.alpha(reliability_data=values, value_domain=[0, 1, 2], level_of_measurement="nominal"))


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"a": [0, 0, 0], "b": [0, 0, 0]}, "every code is 0"),
        ({"a": [1, 1, N], "b": [1, 1, 0]}, "every code is 1"),
        ({"a": [1, N], "b": [N, 0]}, "no sentence was coded twice"),
        ({"a": [1, 0, 1]}, "no sentence was coded twice"),
        ({"a": [0, 1], "b": [0, 1]}, ""),
    ],
)
def test_where_one_value_alone_occurs_alpha_is_not_defined(columns, why):
    row = coder_agreement(long(columns), codes=["code"], labels={}, replicates=20).iloc[0]
    assert row["why"] == why
    assert np.isnan(row["alpha"]) == bool(why)
    assert np.isnan(row["low"])  # without a disagreement there is nothing to vary


def test_a_label_without_variety_says_which_value():
    rows = pd.DataFrame({"id": ["s", "s"], "post": "p", "coder": ["a", "b"], "holder": ["author", "author"]})
    assert coder_agreement(rows, codes=[], labels=LABELS, replicates=2)["why"].tolist() == ["every holder is author"]


def test_what_goes_with_alpha():
    columns = {"a": [1, 1, 0, 0, 1, N], "b": [1, 0, 0, 0, N, 1], "c": [1, 0, N, 1, N, N]}
    row = coder_agreement(long(columns, posts=list("ppqrst")), codes=["code"], labels={}, replicates=50).iloc[0]
    assert (row["n"], row["n_posts"]) == (4, 3)
    assert row["agreement"] == pytest.approx((1 + 1 / 3 + 1 + 1 / 3) / 4)
    assert (row["yes_a"], row["yes_b"], row["yes_c"]) == (2, 1, 2)
    assert row["prevalence"] == pytest.approx(5 / 11)
    assert row["level"] == 0.95


def test_holder_counts_where_two_saw_a_framing():
    rows = [
        ("s1", "a", 1, "author"), ("s1", "b", 1, "other"), ("s2", "a", 1, "author"), ("s2", "b", 0, None), ("s3", "a", 1, "other"),
        ("s3", "b", 1, "other"), ("s4", "a", 0, None), ("s4", "b", 0, None),
    ]  # fmt: skip
    coded = pd.DataFrame(rows, columns=["id", "coder", "code", "holder"]).assign(post="p")
    table = coder_agreement(coded, codes=["code"], labels=LABELS, replicates=5).set_index("code")
    assert table["n"].to_dict() == {"code": 4, "holder": 2}
    assert table["agreement"].to_dict() == {"code": 0.75, "holder": 0.5}
    assert np.isnan(table.loc["holder", "prevalence"])
    confusion = coder_confusion(coded, codes=["code"], labels=LABELS)
    assert confusion[confusion["code"] == "code"]["n"].tolist() == [1, 0, 1, 2]
    assert confusion[confusion["code"] == "holder"][["first_value", "second_value", "n"]].to_numpy().tolist() == [
        ["author", "author", 0], ["author", "other", 1], ["other", "author", 0], ["other", "other", 1],
    ]  # fmt: skip


def test_three_coders_make_three_pairs():
    confusion = coder_confusion(long({"a": [1, 0], "b": [1, N], "c": [0, 0]}), codes=["code"], labels={})
    sums = confusion.groupby(["first", "second"])["n"].sum()
    assert sums.to_dict() == {("a", "b"): 1, ("a", "c"): 2, ("b", "c"): 1}


def test_intervals_are_over_posts_and_follow_the_seed():
    """Forty posts of one sentence, each also laid four times into its post: what is repeated within posts makes nothing surer."""
    rng = np.random.default_rng(5)
    first = rng.integers(0, 2, 40)
    second = np.where(rng.random(40) < 0.2, 1 - first, first)
    once = {"a": first.tolist(), "b": second.tolist()}
    four = {coder: [value for value in values for _ in range(4)] for coder, values in once.items()}
    posts = [f"p{k}" for k in range(40)]
    clustered = [post for post in posts for _ in range(4)]
    ends = []
    for columns, of, seed in ((once, posts, 0), (four, clustered, 0), (four, None, 0), (once, posts, 0), (once, posts, 1)):
        row = coder_agreement(long(columns, posts=of), codes=["code"], labels={}, replicates=400, seed=seed).iloc[0]
        ends.append((row["low"], row["high"]))
    widths = [high - low for low, high in ends]
    assert widths[1] == pytest.approx(widths[0], abs=0.03)
    assert widths[2] < 0.65 * widths[1]
    assert ends[3] == ends[0] != ends[4]


def test_the_interval_covers_alpha_as_often_as_it_says():
    """Two coders who err one time in ten, in 60 posts of 3 sentences: the interval holds the alpha of very many sentences nine times in ten."""

    def code(rng, n_posts):
        tendency = np.repeat(rng.beta(1, 2, n_posts), 3)
        true = rng.random(3 * n_posts) < tendency
        return {coder: (true ^ (rng.random(3 * n_posts) < 0.1)).astype(int).tolist() for coder in "ab"}

    rng = np.random.default_rng(11)
    many = code(rng, 30_000)
    truth = krippendorff.alpha([many["a"], many["b"]], level_of_measurement="nominal")
    posts = [f"p{k}" for k in range(60) for _ in range(3)]
    held = 0
    for _ in range(100):
        row = coder_agreement(long(code(rng, 60), posts=posts), codes=["code"], labels={}, replicates=200).iloc[0]
        held += row["low"] <= truth <= row["high"]
    assert 88 <= held <= 100
