"""NPMI of leading words, by hand."""

from math import isnan, log

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from discourse.measure.topics.coherence import coherences

#                  radio wall phone card
SENTENCES = csr_matrix([[1, 1, 0, 0],
                        [2, 1, 0, 0],
                        [1, 0, 1, 0],
                        [0, 0, 1, 0],
                        [0, 0, 0, 0],
                        [0, 0, 0, 0],
                        [0, 0, 0, 1],
                        [0, 0, 1, 0]])  # fmt: skip
# p(radio) = 3/8, p(wall) = 2/8, p(phone) = 3/8, p(card) = 1/8
RADIO_WALL = log((2 / 8) / (3 / 8 * 2 / 8)) / -log(2 / 8)
RADIO_PHONE = log((1 / 8) / (3 / 8 * 3 / 8)) / -log(1 / 8)


@pytest.mark.parametrize(
    ("words", "expected"),
    [([0, 1], RADIO_WALL), ([1, 0], RADIO_WALL), ([0, 2], RADIO_PHONE), ([0, 3], -1), ([0, 1, 2], (RADIO_WALL + RADIO_PHONE - 1) / 3)],
)
def test_coherence_as_by_hand(words, expected):
    assert coherences([words], SENTENCES).tolist() == [pytest.approx(expected)]


def test_words_that_chance_brings_together_are_at_0_and_those_always_together_at_1():
    chance = csr_matrix([[1, 1], [1, 0], [0, 1], [0, 0]])
    assert coherences([[0, 1]], chance).tolist() == [pytest.approx(0)]
    assert coherences([[0, 1]], csr_matrix(np.ones((4, 2)))).tolist() == [1]


def test_a_single_word_has_no_coherence():
    assert isnan(coherences([[0]], SENTENCES)[0])
