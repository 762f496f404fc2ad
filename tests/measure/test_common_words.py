"""The words that posts have in common: known counts, both scripts, and each use found again."""

import sys

import pandas as pd
import pytest

from discourse.errors import PipelineError
from discourse.measure import lemmas
from discourse.measure.common_words import common_words

NOBODY = pd.DataFrame(columns=["post_id", "sentence", "start", "end", "label", "entity"])


def said(*texts):
    """Return posts of one sentence each, and their sentences."""
    ids = [f"p{k}" for k in range(len(texts))]
    return pd.DataFrame({"post_id": ids}), pd.DataFrame({"post_id": ids, "sentence": 0, "start": 0, "text": texts})


COUNTED = [
    ("en", ["The phone rings, a phone!", "Phones and the state’s phone."], [["phone", 3, 2], ["phones", 1, 1], ["rings", 1, 1]]),
    ("en", ["In 2019 it was 5 G.", "It isn't."], []),
    ("ko", ["정부는 휴대전화를 감시한다.", "휴대전화가 없다."], [["휴대전화", 2, 2], ["감시", 1, 1], ["정부", 1, 1]]),
    ("de", ["Der Staat und das Netz."], [["netz", 1, 1], ["staat", 1, 1]]),
]


@pytest.mark.parametrize(("language", "texts", "counts"), COUNTED)
def test_known_counts(language, texts, counts):
    found = common_words(*said(*texts), NOBODY, language=language)
    rows = found.table[["word", "n", "n_posts"]].values.tolist()
    assert rows[: len(counts)] == counts
    assert len(rows) - len(counts) == (1 if "state" in "".join(texts) else 0)


def test_each_use_is_found_again():
    posts, sentences = said("정부는 휴대전화를 감시한다.", "휴대전화가 없다, 휴대전화!")
    found = common_words(posts, sentences, NOBODY, language="ko")
    for word, n, n_posts in found.table[["word", "n", "n_posts"]].itertuples(index=False):
        uses = found.uses(word)
        assert (len(uses), uses["post_id"].nunique()) == (n, n_posts)
        texts = dict(zip(sentences["post_id"], sentences["text"], strict=True))
        assert {texts[post][start:end] for post, start, end in uses[["post_id", "start", "end"]].itertuples(index=False)} == {word}


def test_no_text_has_no_words():
    assert common_words(*said(), NOBODY, language="en").table.empty


def test_without_the_extra_korean_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    lemmas.kiwi.cache_clear()
    with pytest.raises(PipelineError, match=r"pip install 'discourse\[korean\]'"):
        common_words(*said("휴대전화"), NOBODY, language="ko")
