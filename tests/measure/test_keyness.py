"""Keyness: what is planted is found, what is chance is not called a difference, and each number is that of an independent reference."""

import random

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from discourse.errors import InputError
from discourse.measure import keyness, numbered
from discourse.measure.bootstrap import resampled
from discourse.measure.rates import over_posts

FILLER = "bread garden lake kettle bridge orchard lamp fence market violin harbour blanket chimney ladder".split()


def posts_of(n, rates, *, length=60, seed=0):
    """Return the words of n posts of equal length, each holding the words of `rates` as often as given, on average, the rest filler."""
    chance = random.Random(seed)
    made = []
    for _ in range(n):
        words = [word for word, rate in rates.items() for _ in range(sum(chance.random() < rate / 10 for _ in range(10)))]
        made.append(words + chance.choices(FILLER, k=length - len(words)))
    return made


def compared(first, second, **options):
    """Return keyness between two lists of posts, each a list of words."""
    words = numbered([*first, *second], range(len(first) + len(second)))
    side = np.arange(len(first) + len(second)) < len(first)
    return keyness(words, words.inside(side), words.inside(~side), **options).set_index("word")


def test_planted_words_lead_and_their_numbers_are_right():
    first, second = posts_of(30, {"radio": 3, "phone": 1}), posts_of(40, {"tower": 2, "phone": 1}, seed=1)
    table = compared(first, second)
    assert (table.index[0], table.index[-1]) == ("radio", "tower")
    row = table.loc["radio"]
    uses = sum(post.count("radio") for post in first)
    assert row[["n_first", "n_second", "n_posts_second"]].tolist() == [uses, 0, 0]
    assert row["n_posts_first"] == sum("radio" in post for post in first)
    assert row["share_first"] == uses / (30 * 60)
    assert row["log_ratio"] == pytest.approx(np.log2(uses / 1800) - np.log2(0.5 / 2400))
    assert np.isnan(row["percent_diff"])
    assert row["low"] > 0 > table.loc["tower", "high"]
    assert table.loc[["radio", "tower"], "p_posts"].max() < 0.001
    assert table.loc["phone", "p_posts"] == 1
    assert table.loc["phone", "low"] < 0 < table.loc["phone", "high"]


def test_the_groups_changed_round_change_the_sign():
    first, second = posts_of(12, {"radio": 3}), posts_of(9, {"tower": 2}, seed=1)
    one, two = compared(first, second), compared(second, first)
    for column in ("z", "log_odds", "log_ratio"):
        assert one[column].sort_index().to_numpy() == pytest.approx(-two[column].sort_index().to_numpy())
    assert one["low"].sort_index().to_numpy() == pytest.approx(-two["high"].sort_index().to_numpy())
    for column in ("g2", "p_g2", "p_posts"):
        assert one[column].sort_index().to_numpy() == pytest.approx(two[column].sort_index().to_numpy())


def test_p_over_posts_is_the_larger_of_welch_and_student_where_posts_are_equally_long():
    first, second = posts_of(14, {"radio": 2}), posts_of(25, {"radio": 1}, seed=1)
    words = numbered([*first, *second], range(39))
    counts = words.by_post().toarray()
    found = over_posts(words.by_post()[:14], words.by_post()[14:])
    for k, word in enumerate(words.vocabulary):
        rates = [counts[:14, k] / 60, counts[14:, k] / 60]
        welch, student = (stats.ttest_ind(*rates, equal_var=equal).pvalue for equal in (False, True))
        assert found.p_value[k] == pytest.approx(max(welch, student)), word


def test_intervals_are_those_of_a_bootstrap_over_posts():
    first = [post * (1 + k % 3) for k, post in enumerate(posts_of(60, {"radio": 3}))]
    second = [post * (1 + k % 2) for k, post in enumerate(posts_of(50, {"radio": 1.5}, seed=1))]
    words = numbered([*first, *second], range(110))
    counts, radio = words.by_post().toarray(), words.vocabulary.tolist().index("radio")
    sizes = counts.sum(axis=1)
    is_first = np.arange(110) < 60
    parts = np.stack([column * side for side in (is_first, ~is_first) for column in (counts[:, radio], sizes)], axis=1)
    low, high = resampled(parts, lambda sums: np.log2(sums[:, :1] / sums[:, 1:2] / (sums[:, 2:3] / sums[:, 3:])), replicates=4000)[:, 0]
    found = over_posts(words.by_post(words.inside(is_first)), words.by_post(words.inside(~is_first)))
    assert (found.low[radio], found.high[radio]) == pytest.approx((low, high), abs=0.06)


def test_random_groups_of_posts_do_not_differ_over_posts_though_g2_says_so():
    chance = random.Random(3)
    topics = [[f"{word}{k}" for word in ("tax", "wolf", "sail")] for k in range(20)]
    posts = [chance.choices(FILLER, k=40) + chance.choices(topics[n % 20], k=30) for n in range(80)]  # each post says its words often
    false = {"p_g2": 0, "p_posts": 0}
    for _ in range(20):
        chance.shuffle(posts)
        table = compared(posts[:40], posts[40:], fewest=1)
        for column in false:
            false[column] += bool((table[column] < 0.05).any())
    assert false["p_g2"] == 20
    assert false["p_posts"] <= 2


def test_one_post_full_of_a_word_and_a_word_missing_from_a_small_group_are_no_differences():
    plain = posts_of(100, {})
    full = [["radio"] * 30 + post[30:] for post in plain[:1]]
    table = compared([*full, *plain[1:10]], plain[10:], fewest=1)
    assert table.loc["radio", "p_g2"] < 0.001
    assert table.loc["radio", "p_posts"] == 1
    table = compared(plain[:6], [*posts_of(12, {"radio": 5}, seed=1), *plain[6:]], fewest=1)
    assert table.loc["radio", "p_posts"] > 0.3


def test_a_word_of_few_posts_marks_nothing():
    first = [["radio"] * 9 + ["lamp"] * 50, ["lamp"] * 60, ["lamp", "fence"] * 30, ["fence", "bridge"] * 30]
    second = [["violin"] * 60, ["violin", "lamp"] * 30, ["violin", "fence"] * 30]
    assert "radio" in compared(first, second, fewest=1).index
    assert set(compared(first, second, fewest=3).index) == {"lamp", "violin"}
    assert "fence" in compared(first, second, fewest=2).index


def test_stop_words_and_numbers_are_counted_and_shown_when_asked():
    first, second = posts_of(8, {"the": 4, "2019": 3}), posts_of(8, {"radio": 3}, seed=1)
    with_them, without = compared(first, second, stop_words=True), compared(first, second)
    assert {"the", "2019"} <= set(with_them.index)
    assert not {"the", "2019"} & set(without.index)
    assert with_them.loc["radio", "share_second"] == without.loc["radio", "share_second"]
    assert with_them.loc["radio", "z"] == without.loc["radio", "z"]


def test_holm_counts_the_rows_that_are_there():
    table = compared(posts_of(20, {"radio": 1}), posts_of(20, {}, seed=1))
    raw = stats.chi2.sf(table["g2"], 1)
    assert table["p_g2"].min() == pytest.approx(raw.min() * len(table))


@pytest.mark.parametrize(
    ("first", "second", "options", "message"),
    [
        ([["radio"]], [["lamp"]] * 3, {}, "The first group has 1 post;"),
        ([["radio"]] * 3, [], {}, "The second group has 0 posts;"),
        ([["radio"]] * 3, [["lamp"]] * 3, {"fewest": 9}, "No word stands in 9 posts of the group that it marks"),
        ([["the"]] * 3, [["of"]] * 3, {}, "No word stands in 3 posts"),
        ([[], []], [[], []], {}, "The first group has 0 posts;"),
    ],
)
def test_refusals(first, second, options, message):
    with pytest.raises(InputError, match=message):
        compared(first, second, **options)


def test_ten_thousand_words_over_a_thousand_posts_take_well_under_a_second_once_counted():
    import time

    chance = np.random.default_rng(0)
    vocabulary = [f"w{k}" for k in range(10_000)]
    ranks = 1 / np.arange(1, 10_001)
    drawn = chance.choice(10_000, size=(1_000, 500), p=ranks / ranks.sum())
    words = numbered([[vocabulary[k] for k in row] for row in drawn], range(1_000))
    half = np.arange(1_000) < 500
    first, second = words.inside(half), words.inside(~half)
    assert not words.stop_words.any()
    keyness(words, first, second)
    started = time.perf_counter()
    table = keyness(words, first, second)
    assert time.perf_counter() - started < 1
    assert isinstance(table, pd.DataFrame)
