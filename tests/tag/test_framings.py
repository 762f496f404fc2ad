"""The models of framings: what they read, what they keep, and that each decision can be traced to its words."""

import io
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from discourse.errors import ModelError
from discourse.tag import Choice, framings_alone, tag_post, tagger_from
from discourse.tag.framing import read_model, written
from discourse.tag.framing.encoder import load_encoder, pieces_of
from discourse.tag.framing.evidence import cue_of, weights_of
from discourse.tag.framing.model import FILE, Head, Vocabulary

TAGGER = tagger_from(Choice())
SENTENCES = [
    "The law lets agencies read every message without a warrant.",
    "Encrypted chat lets reporters reach their sources unseen.",
    "Parliament must repeal the retention of metadata.",
    "The bill was tabled on Tuesday.",
    "Smartphones let villagers film the police, and the police film the villagers.",
    "앱은 모든 것을 감시한다.",
    "",
]


def read(sentence):
    return TAGGER.reader.read(TAGGER.english.parse([sentence]))[0]


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("Surveillance states", ["surveillance", "states"]),
        ("Naïve cyber-optimists.", ["naive", "cyber", "-", "opt", "##imi", "##sts", "."]),
        ("“It’s open”", ["“", "it", "’", "s", "open", "”"]),
        ("x" * 101, ["[UNK]"]),
        ("\u200b \t", []),
    ],
)
def test_word_pieces(sentence, pieces):
    assert list(pieces_of(sentence, load_encoder().pieces)) == pieces


@pytest.mark.parametrize("code", range(3))
@pytest.mark.parametrize("sentence", SENTENCES[:5])
def test_what_the_words_give_and_the_encoder_says_add_up_to_the_sum(sentence, code):
    one, head = read(sentence), TAGGER.model.framing
    given = weights_of(head, one.features, one.row, code)
    encoder = [n for name, n in head.columns["encoder"].items()]
    said = float((one.row[:, encoder] @ head.weights[encoder, code])[0])
    total = float((one.row @ head.weights[:, code])[0])
    assert sum(given.values()) + said == pytest.approx(total)


NAMES = [[], ["a"], ["b", "a", "b", "c"], ["x", "x"], ["c", "x", "c", "c", "d"]]


@pytest.mark.parametrize("sort", ["counted", "present"])
def test_a_row_is_what_scikit_learn_makes_of_its_names(sort):
    known, factors = ("a", "b", "c", "d"), np.array([1.5, 2.0, 0.25, 1.0])
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True, vocabulary=known)
    vectorizer.idf_ = factors
    if sort == "present":
        vectorizer = CountVectorizer(analyzer=list, binary=True, vocabulary=known)
    head = Head(("yes",), {"one": Vocabulary(known, factors, sort)}, {"one": 0.5}, np.ones((4, 1)), np.zeros(1))
    made = head.matrix([{"one": names} for names in NAMES])
    assert made.has_sorted_indices
    assert made.toarray() == pytest.approx(vectorizer.transform(NAMES).toarray() * 0.5, abs=1e-15)


@given(st.dictionaries(st.integers(0, 10), st.floats(-2, 2), max_size=11))
def test_a_cue_is_a_run_of_words_inside_the_sentence(given_):
    (doc,) = TAGGER.english.parse(["The new law lets every agency read messages at will."])
    start, end = cue_of(doc, {token: worth for token, worth in given_.items() if token < len(doc)})
    assert 0 <= start < end <= len(doc.text)
    assert doc.char_span(start, end) is not None


def test_the_shipped_model_is_of_the_shipped_codebook():
    """After a change of the framings' rules or of the terms: python -m spacy project run fit (training/README.md)."""
    assert TAGGER.learned


def test_a_sentence_is_read_alike_in_any_company():
    together = framings_alone(SENTENCES * 2, TAGGER)
    alone = [framings_alone([sentence], TAGGER)[0] for sentence in SENTENCES * 2]
    assert together == alone


def test_what_is_predicted_is_whole():
    for row in framings_alone(SENTENCES, TAGGER):
        for code in TAGGER.model.codes:
            assert row[code] in (0, 1)
            assert 0 <= row[f"{code}_score"] <= 1
        assert row["holder"] in ("author", "other")
        assert row["modality"] in ("asserted", "hedged", "rejected")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_coded_and_evidence_lies_inside(text):
    for coding in tag_post(text, "en", TAGGER)["codings"]:
        assert 0 <= coding["start"] < coding["end"] <= len(text)


def test_a_model_is_written_and_read_back_to_the_byte(tmp_path):
    path = written(TAGGER.model, tmp_path)
    again = read_model(path)
    assert written(again, tmp_path / "again").read_bytes() == path.read_bytes()
    assert again.codes == TAGGER.model.codes
    assert np.array_equal(again.framing.weights, TAGGER.model.framing.weights)


def broken(tmp_path, **changed):
    with np.load(written(TAGGER.model, tmp_path)) as file:
        arrays = {name: file[name] for name in file.files} | changed
    data = io.BytesIO()
    np.savez(data, **{name: array for name, array in arrays.items() if array is not None})
    return data.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        lambda _: b"",
        lambda _: b"PK\x03\x04 not a model",
        lambda _: pickle.dumps({"weights": 1}),
        lambda tmp: broken(tmp, slope=None),
        lambda tmp: broken(tmp, described=np.frombuffer(b"[1]", dtype=np.uint8)),
        lambda tmp: broken(tmp, framing_weights=np.zeros((2, 3))),
        lambda tmp: broken(tmp, slope=np.array([object()], dtype=object)),
        lambda tmp: broken(tmp, known_hashes=None),
        lambda tmp: broken(tmp, known_hashes=TAGGER.known.hashes[::-1]),
        lambda tmp: broken(tmp, known_hashes=TAGGER.known.hashes.astype(float)),
        lambda tmp: broken(tmp, known_framings=TAGGER.known.framings[:, :2]),
        lambda tmp: broken(tmp, known_holders=np.full_like(TAGGER.known.holders, 2)),
        lambda tmp: broken(tmp, known_modalities=TAGGER.known.modalities[1:]),
    ],
)
def test_a_damaged_or_hostile_model_is_one_line(tmp_path, content):
    file = tmp_path / "mine" / FILE
    file.parent.mkdir()
    file.write_bytes(content(tmp_path))
    with pytest.raises(ModelError) as caught:
        read_model(file)
    assert "\n" not in str(caught.value)


def test_a_model_of_other_framings_is_refused(tmp_path):
    book = tmp_path / "mine.yaml"
    book.write_text(
        "codebook: mine\nversion: '1'\nlanguage: en\ncodes:\n- {code: frees, kind: framing, name: Frees, definition: It frees.,\n"
        "  rules: [{id: f, terms: [frees]}], match: [It frees.], no_match: [It rings.]}\n",
        encoding="utf-8",
    )
    written(TAGGER.model, tmp_path / "model")
    with pytest.raises(ModelError, match="other framings"):
        tagger_from(Choice(codebook=book, model=tmp_path / "model"))
    tagger = tagger_from(Choice(codebook=book))
    assert not tagger.learned
    (coding,) = tag_post("The phone frees people.", "en", tagger)["codings"]
    assert (coding["code"], coding["score"], coding["method"]) == ("frees", 1.0, "f")
