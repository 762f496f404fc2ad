"""What the encoder says of a sentence hangs on nothing but its text, and stays what it was."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.tag.framing.encoder import LONGEST, SUMS, load_encoder

ENCODER = load_encoder()
WORDS = "the a ministry app citizens shutdown privacy data of and must may not connects blocks, phones. encryption opens whole villages 2016".split()
RANDOM = random.Random(0)
LONG = [" ".join(RANDOM.choices(WORDS, k=k)) for k in (1, 2, 5, 9, 9, 17, 17, 17, 30, 30, 58, 93, 94, 95, 200)]
ODD = [
    "",
    " ",
    "?!",
    "Yes",
    "Yes 🎉 we won 👏🏽!",
    "서울의 활동가들은 감시에 반대한다.",
    "數位權利是人權。",
    "Naïve\u200b cafés",
    "x" * 101,
    "\x00\x1c\n",
]
SENTENCES = LONG + ODD
ALONE = {sentence: ENCODER.sums([sentence])[0] for sentence in SENTENCES}

SAID = {
    "": [-3.7779, -4.6511, -6.0451, -0.8586, 1.6835, -1.2963, -1.1980],
    "Surveillance.": [-7.6874, -1.8955, -6.6709, -4.1210, 3.6726, -1.7799, -3.5309],
    "Encrypted apps let citizens organise without being watched.": [6.0865, -4.8572, -5.5126, -5.2218, 2.5642, -2.2770, -0.7683],
    "The ministry ordered a nationwide internet shutdown to silence protesters.": [
        -7.2812,
        5.1528,
        -2.2427,
        1.9375,
        4.1403,
        -3.4985,
        -2.0426,
    ],
    "Critics claim that the app exposed millions of people.": [-3.1896, 1.9428, -9.9262, 2.8945, 1.2218, -2.5381, 0.5979],
    "The bill may well strengthen oversight, said the commissioner.": [-7.2881, -6.7401, -5.7855, 0.8216, 0.9596, 0.2130, -2.0821],
    "서울의 활동가들은 감시에 반대한다.": [-6.4314, -7.5911, -7.2716, -1.2442, 1.9048, -1.7705, -1.4882],
    "Yes 🎉 we won 👏🏽!": [-5.6285, -6.9544, -8.1587, -1.4404, 1.5147, -1.6411, -1.0765],
}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=12))
def test_sums_hang_on_nothing_that_is_read_beside(sentences):
    sums = ENCODER.sums(sentences)
    assert sums.shape == (len(sentences), len(SUMS))
    assert all(np.array_equal(row, ALONE[sentence]) for row, sentence in zip(sums, sentences, strict=True))


@pytest.mark.parametrize(("sentence", "sums"), SAID.items())
def test_sums_are_what_they_were(sentence, sums):
    assert ENCODER.sums([sentence])[0] == pytest.approx(sums, abs=1e-3)


def test_what_is_longer_than_the_encoder_reads_is_cut_off():
    words = ["phones"] * (LONGEST - 2)
    assert np.array_equal(ENCODER.sums([" ".join([*words, "and", "more"])]), ENCODER.sums([" ".join(words)]))
