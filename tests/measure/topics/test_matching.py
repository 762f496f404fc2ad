"""Topics of two seeds: matched one to one, agreement of ranked words, stability, and what the seeds have in common."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from discourse.errors import InputError
from discourse.measure.topics.matching import agreements, average_jaccard, consensus, matched, stability, top_words

TOPICS = arrays(float, (4, 15), elements=st.floats(0.001, 1.0)).map(lambda a: a / a.sum(axis=1, keepdims=True))

# Ranked lists, depth, and their average Jaccard by hand.
LISTS = [
    ([1, 2, 3], [1, 2, 3], 3, 1.0),
    ([1, 2, 3], [4, 5, 6], 3, 0.0),
    ([1, 2], [2, 1], 2, (0 + 1) / 2),
    ([1, 2, 3], [1, 3, 2], 3, (1 + 1 / 3 + 1) / 3),
    ([1, 2, 3], [3, 4, 1], 3, (0 + 0 + 2 / 4) / 3),
    ([], [], 2, 1.0),
]


@pytest.mark.parametrize(("first", "second", "depth", "expected"), LISTS)
def test_average_jaccard_as_by_hand(first, second, depth, expected):
    assert average_jaccard(first, second, depth=depth) == pytest.approx(expected)
    assert average_jaccard(second, first, depth=depth) == pytest.approx(expected)


@given(TOPICS, TOPICS)
def test_matching_is_a_permutation_and_agreement_lies_in_0_to_1(first, second):
    assert sorted(matched(first, second).tolist()) == [0, 1, 2, 3]
    assert ((agreements(first, second) >= 0) & (agreements(first, second) <= 1)).all()


@given(TOPICS, st.permutations(range(4)))
def test_identical_solutions_are_wholly_stable_in_any_order(topics, order):
    runs = [topics, topics[list(order)], topics]
    assert stability(runs) == pytest.approx(1)
    agreed = consensus(runs)
    assert agreed.topics == pytest.approx(topics)
    assert agreed.stability == pytest.approx(1)


def test_matching_takes_the_best_sum_and_not_the_first_best():
    first = np.array([[1.0, 0.9, 0.0], [1.0, 0.0, 0.0]])
    second = np.array([[1.0, 0.0, 0.0], [0.7, 1.0, 0.0]])
    assert matched(first, second).tolist() == [1, 0]


def test_topics_without_a_word_in_common_do_not_agree():
    halves = np.repeat(np.eye(2), 10, axis=1) / 10
    other = np.repeat(np.eye(4)[2:], 10, axis=1) / 10
    assert stability([np.hstack([halves, 0 * halves]), other]) == 0


def test_one_seed_that_went_astray_does_not_move_the_consensus():
    generator = np.random.default_rng(1)
    topics = np.kron(np.eye(3), np.linspace(1, 2, 10))
    astray = generator.random(topics.shape)
    runs = [run / run.sum(axis=1, keepdims=True) for run in (topics, topics[[1, 2, 0]], topics[[2, 1, 0]], astray)]
    agreed = consensus(runs)
    assert stability([agreed.topics, runs[0]]) == pytest.approx(1)
    assert (agreed.stability < 1).all()


def test_of_equal_words_the_first_leads_and_words_without_a_part_do_not_stand():
    assert top_words(np.array([[0.0, 0.3, 0.4, 0.3]])) == [[2, 1, 3]]


@pytest.mark.parametrize("of", [stability, consensus])
def test_one_run_has_no_stability(of):
    with pytest.raises(InputError, match="at least 2 are needed"):
        of([np.eye(3)])
