"""Near-duplicates: which texts are marked, and that what is kept of a text leads to the same marks as comparing all with all."""

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.clean.duplicates import BANDS, ROWS, duplicates, sketch

WORDS = "the network was cut for nine days in the north and nobody in the office of the regulator would say on whose order it had been done".split()
LONG = " ".join(WORDS + [f"{w}s" for w in WORDS])
VOCABULARY = [f"word{n}" for n in range(40)]


def marked(texts):
    return duplicates(map(sketch, texts), texts.__getitem__)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([LONG, LONG], [None, 0]),
        ([LONG, LONG + " One more."], [None, 0]),
        ([LONG, " ".join(reversed(LONG.split()))], [None, None]),
        (["Short.", "Short.", "Other."], [None, 0, None]),
        (["", ""], [None, None]),
        ([LONG, LONG, LONG], [None, 0, 0]),
        ([LONG, "Other.", LONG.upper(), "other", LONG.replace(" ", ", ")], [None, None, 0, 1, 0]),
        ([], []),
    ],
)
def test_near_duplicates(texts, expected):
    assert marked(texts) == expected


def runs(text):
    words = text.split()
    return {tuple(words[k : k + 5]) for k in range(len(words) - 4)}


def compared_all_with_all(texts):
    found = []
    for i, text in enumerate(texts):
        first = None
        for k in range(i):
            shared, either = runs(text) & runs(texts[k]), runs(text) | runs(texts[k])
            alike = len(shared) / len(either) >= 0.8 if min(len(runs(text)), len(runs(texts[k]))) >= 20 else text == texts[k]
            if found[k] is None and alike and first is None:
                first = k
        found.append(first)
    return found


@st.composite
def corpora(draw):
    """Texts of 24 to 90 words, some of them an earlier one with an end of its own."""
    texts = []
    for _ in range(draw(st.integers(0, 8))):
        begin = draw(st.sampled_from(texts)) if texts and draw(st.booleans()) else ""
        n_words = draw(st.integers(0 if begin else 24, 12 if begin else 90))
        ending = draw(st.lists(st.sampled_from(VOCABULARY), min_size=n_words, max_size=n_words))
        texts.append(" ".join([*begin.split(), *ending]))
    return texts


@given(corpora())
def test_texts_are_marked_as_if_all_were_compared_with_all(texts):
    expected = compared_all_with_all(texts)
    assert all(mark in (None, right) for mark, right in zip(marked(texts), expected, strict=True))  # a pair near .8 may be missed
    for text, mark, right in zip(texts, marked(texts), expected, strict=True):
        if right is not None and len(runs(text) & runs(texts[right])) / len(runs(text) | runs(texts[right])) >= 0.95:
            assert mark == right


@given(st.text(max_size=300) | st.lists(st.sampled_from(VOCABULARY), max_size=200).map(" ".join))
def test_a_sketch_is_small_and_the_same_for_the_same_words(text):
    assert len(sketch(text)) in (0, 16, 232)
    assert sketch(text) == sketch(f" {text}!")


def test_texts_are_fetched_only_where_they_may_be_alike():
    texts = [" ".join(f"{name}{n}" for n in range(200)) for name in "abcdefgh"] + [LONG, LONG]
    fetched = []

    def text_of(i):
        fetched.append(i)
        return texts[i]

    assert duplicates(map(sketch, texts), text_of)[-1] == 8
    assert set(fetched) == {8, 9}


def test_a_frame_around_every_post_neither_marks_them_nor_takes_long():
    frame = [f"frame{n}" for n in range(100)]
    texts = [" ".join([*frame, *(f"post{k}word{n}" for n in range(30))]) for k in range(400)]
    fetched = []

    def text_of(i):
        fetched.append(i)
        return texts[i]

    assert duplicates(map(sketch, texts), text_of) == [None] * 400
    assert len(fetched) <= 400 * 33


def test_permutations_and_bands_are_those_of_datasketch():
    from datasketch import MinHash, MinHashLSH

    words = [f"w{n % 211}" for n in range(300)]
    theirs = MinHash(num_perm=128, seed=1, hashfunc=zlib.crc32)
    theirs.update_batch({" ".join(words[k : k + 5]).encode() for k in range(len(words) - 4)})
    index = MinHashLSH(threshold=0.5, num_perm=128)
    assert (index.b, index.r) == (BANDS, ROWS)
    bands = [theirs.hashvalues[k * ROWS : (k + 1) * ROWS].astype("<u4").tobytes() for k in range(BANDS)]
    ours = np.frombuffer(sketch(" ".join(words)), np.uint8)
    assert ours[:104].view("<u4").tolist() == [211, *map(zlib.crc32, bands)]
    assert ours[104:].tolist() == theirs.hashvalues.astype(np.uint8).tolist()
