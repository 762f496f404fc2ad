"""Sentences of two runs side by side, and the causes of changed codings."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.measure.aligned import align
from discourse.measure.changes import UNEXPLAINED, _cause
from discourse.measure.rows import row_changes

TEXTS = st.lists(st.sampled_from("abcd"), max_size=8)


def sentences(**posts):
    rows = [(post, n, text) for post, texts in posts.items() for n, text in enumerate(texts)]
    return pd.DataFrame(rows, columns=["post_id", "sentence", "text"]).astype({"sentence": "int64"})


def pairs(lines, turned=False):
    columns = ["post_id", "after", "before"] if turned else ["post_id", "before", "after"]
    return {tuple(None if pd.isna(value) else value for value in row) for row in lines[columns].itertuples(index=False, name=None)}


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("abc", "abc", "abc"),
        ("abc", "ac", "ac"),
        ("abc", "axc", "ac"),
        ("", "abc", ""),
        ("abc", "", ""),
        ("aab", "ab", "ab"),
    ],
)
def test_sentences_stay_by_their_text_and_order(before, after, kept):
    lines = align(sentences(p=before), sentences(p=after))
    stayed = lines[lines["before"].notna() & lines["after"].notna()]
    assert "".join(stayed["text"]) == kept


@given(TEXTS, TEXTS)
def test_every_sentence_stands_once_and_the_mirror_is_the_same(before, after):
    lines = align(sentences(p=before), sentences(p=after))
    assert lines["before"].dropna().tolist() == list(range(len(before)))
    assert lines["after"].dropna().tolist() == list(range(len(after)))
    assert pairs(lines) == pairs(align(sentences(p=after), sentences(p=before)), turned=True)


@pytest.mark.parametrize(
    ("place", "inputs", "cause"),
    [
        ("added post", ("codebook",), "text"),
        ("removed post", (), "text"),
        ("new sentence, edited post", ("codebook", "model"), "text"),
        ("new sentence, edited post", ("program",), "text or program"),
        ("gone sentence, same post", ("program", "model"), "program"),
        ("gone sentence, same post", ("model",), UNEXPLAINED),
        ("same sentence, edited post", (), "text"),
        ("same sentence, edited post", ("model",), "text or model"),
        ("same sentence, same post", ("model",), "model"),
        ("same sentence, same post", ("codebook", "model"), "codebook or model"),
        ("same sentence, same post", (), UNEXPLAINED),
    ],
)
def test_causes(place, inputs, cause):
    assert _cause(place, inputs) == cause


def test_rows_are_new_gone_and_changed():
    before = pd.DataFrame({"n": [1, 2, 3], "text": ["a", None, ["x"]], "left": [1, 1, 1]})
    after = pd.DataFrame({"n": [2, 3, 4], "text": [None, ["y"], "a"], "left": [2, 2, 2]})
    found = row_changes(before, after, key=["n"], leave_out=["left"])
    assert found == {"n_before": 3, "n_after": 3, "n_new": 1, "n_gone": 1, "n_changed": 1}
