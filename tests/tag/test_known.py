"""What a model was fitted on: which sentences it knows, and the hand codes of these."""

import hashlib
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tag import Choice, read_codebook, tagger_from
from discourse.tag.framing import Lesson, none_known, read_model, written
from discourse.tag.framing.known import known_from, known_in

TAGGER = tagger_from(Choice())
CODES = ("frees", "binds")
FREED, BOUND = ("frees", "author", "asserted"), ("binds", "other", "hedged")
NOTHING = ("", None, None)


def lessons(*given):
    """Return lessons of texts with their codes: the framings apart by spaces, the holder, the modality."""
    return [Lesson(text, {}, "post", frozenset(carried.split()), holder, modality) for text, (carried, holder, modality) in given]


def codes_of(known, text):
    """Return the codes of a text as they were given, or None where it is not known."""
    rows = known.coded([text]).astype(object)
    rows = rows.where(rows.notna(), None).to_dict("records")
    return next(((" ".join(code for code in known.codes if row[code]), row["holder"], row["modality"]) for row in rows), None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The radio frees.", FREED),
        ("the radio frees.", None),
        ("The radio frees. ", None),
        ("The radio frees", None),
        ("The wall binds.", BOUND),
        ("Soup is warm.", NOTHING),
        ("관리소는 없다.", ("frees binds", "author", None)),
        ("", None),
    ],
)
def test_a_text_is_known_if_every_letter_is_the_same(text, codes):
    given = [
        ("The radio frees.", FREED),
        ("The wall binds.", BOUND),
        ("Soup is warm.", NOTHING),
        ("관리소는 없다.", ("frees binds", "author", None)),
    ]
    assert codes_of(known_from(lessons(*given), CODES), text) == codes


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([FREED], FREED),
        ([FREED, BOUND], FREED),
        ([BOUND, FREED], BOUND),
        ([FREED, BOUND, BOUND], BOUND),
        ([NOTHING, FREED, BOUND, FREED], FREED),
        ([FREED, ("frees", "other", "asserted"), ("frees", "other", "asserted")], ("frees", "other", "asserted")),
        ([NOTHING, FREED], NOTHING),
    ],
)
def test_of_conflicting_codes_the_most_frequent_are_kept_and_of_several_the_first(given, kept):
    known = known_from(lessons(*(("It is so.", codes) for codes in given)), CODES)
    assert len(known) == 1
    assert codes_of(known, "It is so.") == kept


@given(st.lists(st.text(max_size=9)), st.lists(st.text(max_size=9)))
def test_all_of_what_is_fitted_on_is_known_and_nothing_else(fitted, others):
    known = known_from(lessons(*((text, NOTHING) for text in fitted)), CODES)
    assert len(known) == len(set(fitted))
    assert (known.find(fitted) >= 0).all()
    assert (known.find(others) >= 0).tolist() == [text in fitted for text in others]
    assert known.coded(others).index.tolist() == [n for n, text in enumerate(others) if text in fitted]


def test_a_hash_is_the_first_eight_bytes_of_the_sha_256():
    known = known_from(lessons(("관리소", NOTHING)), CODES)
    assert known.hashes.tolist() == [int.from_bytes(hashlib.sha256("관리소".encode()).digest()[:8], "big")]


def test_codes_come_back_from_a_file_as_they_went_in(tmp_path):
    known = known_from(lessons(("The radio frees.", FREED), ("The wall binds.", BOUND), ("Soup is warm.", NOTHING)), TAGGER.model.codes)
    again = read_model(written(replace(TAGGER.model, known=known), tmp_path)).known
    assert again.codes == known.codes
    for name, array in known.arrays().items():
        assert np.array_equal(again.arrays()[name], array)
        assert again.arrays()[name].dtype == array.dtype


def test_a_model_file_from_before_models_knew_anything_is_read_and_knows_nothing(tmp_path):
    with np.load(written(TAGGER.model, tmp_path)) as file:
        old = {name: file[name] for name in file.files if not name.startswith("known_")}
    data = io.BytesIO()
    np.savez(data, **old)
    (tmp_path / "old.npz").write_bytes(data.getvalue())
    model = read_model(tmp_path / "old.npz")
    assert np.array_equal(model.framing.weights, TAGGER.model.framing.weights)
    assert len(model.known) == 0
    assert model.known.find(["Soup is warm.", ""]).tolist() == [-1, -1]
    assert list(model.known.coded(["Soup is warm."]).columns) == [*model.codes, "holder", "modality"]
    assert len(known_in({}, CODES)) == 0


def test_where_rules_code_the_framings_nothing_is_known(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "codebook: mine\nversion: '1'\nlanguage: en\ncodes:\n- {code: frees, kind: framing, name: Frees, definition: It frees.,\n"
        "  rules: [{id: f, terms: [frees]}], match: [It frees.], no_match: [It rings.]}\n",
        encoding="utf-8",
    )
    tagger = replace(TAGGER, codebook=read_codebook(file))
    assert not tagger.learned
    assert (len(tagger.known), tagger.known.codes) == (0, ("frees",))
    assert tagger.known.coded([]).empty
    assert len(none_known(CODES)) == 0


@pytest.fixture(scope="module")
def sentences(root):
    """Return the hand-coded sentences of the sample, by split."""
    rows = [
        json.loads(line)
        for line in (root / "data" / "raw" / "sample" / "codes" / "framings.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return {split: [row for row in rows if row["split"] == split] for split in ("train", "measure")}


def test_the_shipped_model_knows_the_sentences_to_fit_on_with_their_codes(sentences):
    columns = [*TAGGER.model.codes, "holder", "modality"]
    hand = TAGGER.known.coded([row["text"] for row in sentences["train"]])
    assert hand.index.tolist() == list(range(len(sentences["train"])))
    for column in columns:
        assert [None if value != value else value for value in hand[column]] == [row[column] for row in sentences["train"]], column


def test_the_shipped_model_knows_no_sentence_to_measure_on(sentences):
    assert (TAGGER.known.find([row["text"] for row in sentences["measure"]]) == -1).all()


def test_the_shipped_model_knows_as_many_sentences_as_it_was_fitted_on(root):
    """All of them but for those whose text was coded more than once."""
    assert TAGGER.model.about["n_sentences"] * 0.99 <= len(TAGGER.known) <= TAGGER.model.about["n_sentences"]
    folder = root / "data" / "raw" / "codes"
    rows = [
        json.loads(line)
        for name in ("written", "by_reference")
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    digests = [row["sha256"] if "sha256" in row else hashlib.sha256(row["text"].encode()).hexdigest() for row in rows]
    assert np.isin([int(digest[:16], 16) for digest in digests], TAGGER.known.hashes).all()
