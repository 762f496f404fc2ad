"""Which words topics are made of."""

import numpy as np
import pytest

from discourse.errors import InputError
from discourse.measure.topics.words import words_in, words_of

EXAMPLES = [
    ("", []),
    ("The state's networks, and THE NETWORKS’ owners", ["state", "networks", "networks", "owners"]),
    ("They don't; it isn’t, we'll", []),
    ("Write to ann@example.org or @ann, see www.example.org/a?b=1", ["write"]),
    ("Section 66A of 2000, G7 and AI", ["section", "g7", "ai"]),
    ("end-to-end encryption", ["end-to-end", "encryption"]),
    ("관리소 camps", ["관리소", "camps"]),
]


@pytest.mark.parametrize(("text", "words"), EXAMPLES)
def test_words_are_lower_case_and_tell_something(text, words):
    assert words_in(text) == words


def test_words_of_too_few_or_too_many_posts_are_left_out():
    texts = ["radio wall", "radio wall wall", "radio phone", "radio phone card"]
    found = words_of(texts, np.array([0, 1, 2, 2]), fewest=2, most=0.7)
    assert found.names == ["wall"]
    assert found.counts.toarray().tolist() == [[1], [2], [0], [0]]


def test_no_word_left_is_said():
    with pytest.raises(InputError, match="No word stands in 5 posts or more and in 50% of the 2 posts at most"):
        words_of(["radio", "radio"], np.array([0, 1]))
