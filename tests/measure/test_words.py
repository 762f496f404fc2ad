"""Words: counted once, every number else a sum of them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.measure import numbered, places, words_of
from discourse.measure.lemmas import lemmas_of
from discourse.measure.words import folded, in_posts
from discourse.tables import count_words

SENTENCES = pd.DataFrame({
    "post_id": ["a", "a", "b"],
    "sentence": [0, 1, 0],
    "start": [0, 23, 0],
    "text": ["The State’s phones ring.", "Phones don't lie in 2019.", "감시를 멈추라, SMS를 지켜라."],
})  # fmt: skip
POSTS = pd.DataFrame({"post_id": ["a", "b"]})


def counted(**options):
    return words_of(POSTS, SENTENCES, language="en", **options)


FORMS = [
    ("Parliament’s", "parliament"), ("e‑Governance", "e-governance"), ("U.N", "u.n"), ("don’t", "don't"), ("관리소에서는", "관리소에서는"),
    ("2019", "2019"), ("İ", "i̇"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "expected"), FORMS)
def test_a_word_is_counted_without_case_possessive_and_fancy_marks(form, expected):
    assert folded(form) == expected


def test_counts_by_post():
    words = counted()
    table = pd.DataFrame(words.by_post().toarray(), columns=words.vocabulary, index=["a", "b"])
    assert table.loc["a", ["phones", "state", "don't", "감시를"]].tolist() == [2, 1, 1, 0]
    assert table.loc["b", ["감시를", "sms를", "phones"]].tolist() == [1, 1, 0]
    assert in_posts(words.by_post())[words.vocabulary.tolist().index("phones")] == 1


def test_there_are_as_many_words_as_the_table_of_sentences_says():
    assert counted().by_post().sum(axis=1).tolist() == [sum(map(count_words, SENTENCES["text"][:2])), count_words(SENTENCES["text"][2])]


def test_stop_words_and_numbers_are_marked_and_stay():
    words = counted()
    assert sorted(words.vocabulary[words.stop_words]) == ["don't", "in", "the"]
    assert words.vocabulary[words.numbers].tolist() == ["2019"]


def test_a_language_without_a_list_has_no_stop_words():
    assert not numbered([["the"]], [0], language="xx").stop_words.any()


LEMMAS = [
    ("en", "phones phone"), ("en", "spied spy"), ("de", "überwachte überwachen"), ("ko", "휴대전화를 휴대전화"), ("ko", "사람들이 사람"),
    ("ko", "감시한다 감시하다"), ("ko", "관리소에서는 관리소"), ("ko", "막았다 막다"), ("ko", "sms를 sms"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "pair"), LEMMAS)
def test_lemmas(language, pair):
    form, lemma = pair.split()
    assert lemmas_of([form], language=language) == [lemma]


def test_words_are_counted_by_lemma_when_asked():
    words = counted(lemmas=True)
    assert words.by_post()[0, words.vocabulary.tolist().index("phone")] == 2


def test_no_lemmas_of_an_unknown_language():
    with pytest.raises(InputError, match="no lemmas for the language 'xx'"):
        lemmas_of(["a"], language="xx")


def test_korean_lemmas_say_what_to_install(monkeypatch):
    import sys

    from discourse.errors import PipelineError
    from discourse.measure import lemmas

    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    lemmas.kiwi.cache_clear()
    with pytest.raises(PipelineError, match=r"pip install 'discourse\[korean\]'"):
        lemmas_of(["휴대전화"], language="ko")


def test_places_of_spans():
    words = counted()
    spans = pd.DataFrame(
        [["a", 0, 4, 18], ["a", 1, 30, 31], ["a", 7, 0, 9], ["z", 0, 0, 9]], columns=["post_id", "sentence", "start", "end"]
    )
    assert words.vocabulary[words.tokens[places(words, SENTENCES, spans)]].tolist() == ["state", "phones", "don't"]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "C", "d’s"]), max_size=6), max_size=6), st.data())
def test_counts_of_parts_add_up(texts, data):
    posts = [data.draw(st.integers(0, 2)) for _ in texts]
    words = numbered(texts, posts)
    inside = words.inside(pd.Series([bool(k % 2) for k in range(len(texts))], dtype=bool).to_numpy())
    parts = words.by_post(inside).toarray() + words.by_post(~inside).toarray()
    assert (parts == words.by_post().toarray()).all()
    assert parts.sum() == sum(map(len, texts))
