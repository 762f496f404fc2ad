"""Collocations: tables counted by hand, windows that end with the sentence, entities as nodes."""

import numpy as np
import pytest

from discourse.errors import InputError
from discourse.measure import collocations, node_of, numbered
from discourse.measure.collocations import near

SENTENCES = [
    "mass surveillance spreads across the town",
    "the town fears mass surveillance",
    "surveillance surveillance cameras",
    "bread and soup and bread",
    "mass of bread",
]
POSTS = [0, 1, 2, 2, 1]


def counted(sentences=SENTENCES, posts=POSTS):
    return numbered([sentence.split() for sentence in sentences], posts)


def table(node="surveillance", **options):
    words = counted()
    options = {"window": 2, "fewest": 1, "stop_words": True} | options
    return collocations(words, node_of(words, node.split()), **options).set_index("word")


NEAR = [
    ("surveillance", 1, "mass spreads | mass | cameras"),
    ("surveillance", 2, "mass spreads across | fears mass | cameras"),
    ("bread", 1, "and and | of"),
    ("mass surveillance", 2, "spreads across | town fears"),
    ("soup bread", 2, ""),
    ("nowhere", 2, ""),
]


@pytest.mark.parametrize(("node", "window", "expected"), NEAR)
def test_what_is_near_lies_in_the_sentence_counts_once_and_is_not_the_node(node, window, expected):
    words = counted()
    found = near(words, node_of(words, node.split()), window)
    by_sentence = [" ".join(words.vocabulary[words.tokens[found & (words.sentence == k)]]) for k in range(len(SENTENCES))]
    assert " | ".join(filter(None, by_sentence)) == expected


def test_numbers_are_those_counted_by_hand():
    # 22 words, 4 of them the node; 6 of the other 18 lie within two words of it; "mass" stands 3 times, 2 of them near, in 2 posts
    row = table().loc["mass"]
    assert row[["n", "expected", "n_word", "n_posts"]].tolist() == [2, 1, 3, 2]
    assert row["pmi"] == 1
    assert row["t_score"] == pytest.approx((2 - 1) / np.sqrt(2))
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 * 2 / (3 + 3)))  # "surveillance surveillance" is one use
    cells = {(1, 1): (2, 1), (1, 0): (4, 5), (0, 1): (1, 2), (0, 0): (11, 10)}
    assert row["g2"] == pytest.approx(2 * sum(o * np.log(o / e) for o, e in cells.values()))


def test_only_what_stands_near_more_often_than_elsewhere_is_listed():
    assert set(table().index) == {"mass", "spreads", "across", "fears", "cameras"}
    assert set(table(fewest=2).index) == {"mass"}
    assert "and" not in table("bread", stop_words=False).index


def test_only_within_some_sentences():
    words = counted()
    inside = words.inside(np.array(POSTS) == 1)
    found = collocations(words, node_of(words, ["surveillance"]), within=inside, window=2, fewest=1, stop_words=True).set_index("word")
    assert set(found.index) == {"fears", "mass"}
    assert found.loc["mass", ["n", "n_word", "n_posts"]].tolist() == [1, 2, 1]


def test_dispersion_is_over_the_posts_with_the_node():
    words = counted(["a x", "a y", "a x", "a x", "b c"], [0, 0, 1, 2, 3])
    found = collocations(words, node_of(words, ["a"]), window=1, fewest=1, stop_words=True).set_index("word")
    assert found.loc["x", "dp"] == pytest.approx((abs(2 / 4 - 1 / 3) + 2 * abs(1 / 4 - 1 / 3)) / 2 / (1 - 1 / 4))


@pytest.mark.parametrize(
    ("node", "options"), [("nowhere", {}), ("surveillance", {"fewest": 3}), ("and", {"stop_words": False, "fewest": 2})]
)
def test_refusals(node, options):
    with pytest.raises(InputError, match="Nothing stands near it"):
        table(node, **options)


def test_an_empty_corpus_has_no_node():
    words = numbered([], [])
    assert node_of(words, ["a", "b"]).tolist() == []
