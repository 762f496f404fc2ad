"""What the tagger is compared with: keywords that hold for their examples, a classifier that never saw the post."""

import pytest

from discourse.tag import Choice, by_keyword, by_n_grams, framings_alone, tagger_from
from discourse.tag.cues import cues

CODES = ["cyber_optimist", "cyber_pessimist", "rights_norm"]


@pytest.mark.parametrize("cue", cues("keywords"), ids=lambda cue: cue.cue)
def test_every_keyword_pattern_holds_for_its_examples(cue):
    assert cue.kind in CODES
    assert by_keyword([cue.example, cue.no_example], [cue.kind]) == [{cue.kind: 1}, {cue.kind: 0}]


def test_a_code_without_keywords_has_no_such_baseline():
    assert by_keyword(["Soup."], ["soup"]) is None


def train(posts=10):
    """Return sentences of which those with a word of their own post alone tell the code."""
    return [
        {"text": f"word{post} stands here", "post_id": f"p{post}", "hope": post % 2}
        for post in range(posts)
        for _ in range(3)
    ]  # fmt: skip


def test_a_sentence_is_coded_by_what_never_saw_its_post():
    rows = train()
    sentences = ["word1 stands here"] * 2 + ["word2 stands here"]
    own = by_n_grams(sentences, ["p1", "elsewhere", "p2"], train=rows, codes=["hope"])
    new = by_n_grams(["word1 stands there"], ["elsewhere"], train=rows, codes=["hope"])
    assert new == [{"hope": 1}]
    assert own[0] == own[1]  # told by its text


def test_what_only_its_own_post_could_teach_is_not_known():
    rows = [{"text": "nothing at all", "post_id": f"p{k}", "hope": 0} for k in range(9)] + [{"text": "secret", "post_id": "q", "hope": 1}]
    rows += [{"text": "other thing", "post_id": f"r{k}", "hope": 1} for k in range(3)]
    assert by_n_grams(["secret"], ["q"], train=rows, codes=["hope"]) != by_n_grams(["secret word"], ["new"], train=rows, codes=["hope"])


def test_a_code_that_cannot_be_learnt_has_no_such_baseline():
    assert by_n_grams(["a b"], ["p"], train=train(4), codes=["hope"]) is None
    assert by_n_grams(["a b"], ["p"], train=train(), codes=["fear"]) is None


def test_sentences_alone_have_every_code_and_always_a_holder_and_a_modality():
    sentences = ["The ministry blocks websites and watches every phone in the city.", "Soup is warm."]
    found, nothing = framings_alone(sentences, tagger_from(Choice()))
    assert (found["cyber_pessimist"], nothing["cyber_pessimist"]) == (1, 0)
    for row in (found, nothing):
        assert set(row) == {*CODES, *(f"{code}_score" for code in CODES), "holder", "modality"}
        assert all(0 <= row[f"{code}_score"] <= 1 for code in CODES)
        assert row["holder"] in ("author", "other")
        assert row["modality"] in ("asserted", "hedged", "rejected")
