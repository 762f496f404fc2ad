"""Which words are names of private persons: half of the uses, people outside the gazetteer, and nothing else."""

import pandas as pd
import pytest

from discourse.measure.private_names import private_names
from discourse.measure.words import uses_of, words_of

POSTS = pd.DataFrame({"post_id": ["a", "b"]})
TEXTS = ["Ann Rose wrote.", "A rose is a rose.", "Ann Rose left, said Orla Lake.", "The lake froze."]


def sentences():
    rows = [("ab"[k // 2], k % 2, 100 * k, text) for k, text in enumerate(TEXTS)]
    return pd.DataFrame(rows, columns=["post_id", "sentence", "start", "text"])


def named(*spans, label="PERSON", entity="unlinked/person/x"):
    """Return mentions from (row of TEXTS, text of the name)."""
    rows = []
    for k, text in spans:
        start = 100 * k + TEXTS[k].index(text)
        rows.append(("ab"[k // 2], k % 2, start, start + len(text), label, entity))
    return pd.DataFrame(rows, columns=["post_id", "sentence", "start", "end", "label", "entity"])


ANN, ROSE, ORLA = (0, "Ann Rose"), (2, "Ann Rose"), (2, "Orla Lake")


@pytest.mark.parametrize(
    ("mentions", "private"),
    [
        (named(ANN, ROSE), ["ann", "rose"]),  # `rose` in two uses of four
        (named(ANN), ["ann"]),
        (named(ANN, ROSE, ORLA), ["ann", "lake", "orla", "rose"]),
        (named(ANN, ROSE, label="ORG"), []),
        (named(ANN, ROSE, entity="ann-rose"), []),
        (named(), []),
    ],
)
def test_words_mostly_in_names_of_people_outside_the_gazetteer(mentions, private):
    words = words_of(POSTS, sentences(), language="en")
    assert words.vocabulary[private_names(words, sentences(), mentions)].tolist() == private


def test_uses_are_where_the_words_stand():
    words, said = words_of(POSTS, sentences(), language="en"), sentences()
    for word in words.vocabulary:
        found = uses_of(words, said, words.tokens == words.place_of(word))
        texts = dict(zip(zip(said["post_id"], said["sentence"], strict=True), zip(said["start"], said["text"], strict=True), strict=True))
        for post, sentence, start, end in found.itertuples(index=False):
            begins, text = texts[post, sentence]
            assert text[start - begins : end - begins].lower() == word
        assert len(found) == sum(text.lower().replace(",", " ").replace(".", " ").split().count(word) for text in TEXTS)
    assert words.place_of("walrus") == -1
    assert uses_of(words, said, words.tokens == -1).empty
