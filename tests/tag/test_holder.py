"""Who holds a view and how firmly: the words of saying, hedging and denying, and what the models make of them."""

import pytest

from discourse.tag import Choice, framings_alone, tag_post, tagger_from
from discourse.tag.cues import cues
from discourse.tag.framing import attributions, quotations
from discourse.tag.holder import speaker_of

TAGGER = tagger_from(Choice())
NOBODY = {"none", "first"}


def parsed(sentence):
    (doc,) = TAGGER.english.parse([sentence])
    return doc


def speakers(sentence, cue=None):
    return {said.speaker for said in attributions(parsed(sentence)) if cue in (None, said.cue)}


@pytest.mark.parametrize("cue", cues("holder"), ids=lambda cue: cue.cue)
def test_every_word_of_saying_has_a_speaker_in_its_example(cue):
    assert speakers(cue.example, cue.cue) - NOBODY
    assert not speakers(cue.no_example, cue.cue) - NOBODY


@pytest.mark.parametrize("cue", [*cues("modality"), *cues("denial"), *cues("voice")], ids=lambda cue: cue.cue)
def test_every_cue_is_found_in_its_example_alone(cue):
    assert cue.pattern.search(cue.example)
    assert not cue.pattern.search(cue.no_example)


@pytest.mark.parametrize(
    ("sentence", "holder", "modality"),
    [
        ("Phones let citizens organise.", "author", "asserted"),
        ("Phones do not let citizens organise.", "author", "rejected"),
        ("Phones may let citizens organise.", "author", "hedged"),
        ("The minister claims that phones let citizens organise.", "other", "asserted"),
        ("According to the report, phones let citizens organise.", "other", "asserted"),
        ("“Phones let every citizen organise and speak,” she added.", "other", "asserted"),
        ("“Cyber-optimists” regard phones as an opening for citizens.", "other", "asserted"),
        ("We argue that phones let citizens organise.", "author", "asserted"),
    ],
)
def test_holder_and_modality(sentence, holder, modality):
    (told,) = framings_alone([sentence], TAGGER)
    assert (told["holder"], told["modality"]) == (holder, modality)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The minister claims that phones let citizens organise.", "minister"),
        ("According to Citizen Lab, the spyware read every message.", "Citizen Lab"),
        (
            "“The filter blocks every page on abortion,” said Ms Okoro of the Internet Freedom Foundation.",
            "Ms Okoro of the Internet Freedom Foundation",
        ),
        ("Phones, says the bishop, let citizens organise.", "bishop"),
        ("The spyware read every message of the lawyer.", None),
        ("We argue that phones let citizens organise.", None),
    ],
)
def test_the_words_that_name_the_holder(sentence, speaker):
    found = speaker_of(parsed(sentence), 0, 0)
    assert (found.text if found else None) == speaker
    if found:
        assert sentence[found.start : found.end] == speaker


def test_the_holder_links_to_its_entity():
    text = "Amnesty International warned that the app lets the police track every protester in the city."
    (coding,) = [c for c in tag_post(text, "en", TAGGER)["codings"] if c["code"] == "cyber_pessimist"]
    assert (coding["holder"], coding["holder_text"], coding["holder_entity"]) == ("other", "Amnesty International", "amnesty-international")


def test_a_quotation_of_several_sentences_names_its_speaker():
    text = (
        "The lawyer Maria Osei told us: “They came at night. The ministry blocks websites and watches every phone in the city. "
        "It is so.” The ministry blocks websites and watches every phone in the city."
    )
    held = [
        (c["sentence"], c["holder"], c["holder_text"]) for c in tag_post(text, "en", TAGGER)["codings"] if c["code"] == "cyber_pessimist"
    ]
    assert [(n, holder) for n, holder, _ in held] == [(1, "other"), (2, "author")] or [(n, holder) for n, holder, _ in held] == [
        (1, "other"),
        (3, "author"),
    ]
    assert "Maria Osei" in held[0][2]


def test_short_scare_quotes_hold_no_view():
    assert quotations("The so-called “safe city” watches everybody.") == []
    assert quotations("He said “they watch every one of us” there.") == [(9, 35)]
