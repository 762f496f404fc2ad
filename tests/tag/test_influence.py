"""What a code hangs on: what terms and rules give adds up, and leaving them out does what reading without them does."""

import numpy as np
import pytest

from discourse.errors import CodebookError
from discourse.tag import Choice, tagger_from
from discourse.tag.codebook.rules import Reading
from discourse.tag.codebook.without import standing
from discourse.tag.framing.encoder import load_encoder
from discourse.tag.framing.influence import rules, terms
from discourse.tag.influence import PERSON, Carrier, influences, words

SHIPPED = tagger_from(Choice())
READER = SHIPPED.reader
SENTENCES = [
    "The ministry ordered a nationwide internet shutdown to silence protesters.",
    "Encrypted apps let citizens organise without being watched.",
    "The police must not track phones, because privacy is a human right.",
    "Phones, phones and more phones: Edward Snowden said that the state listens.",
    "Soup is warm.",
    "?!",
]
READ = READER.read(SHIPPED.english.parse(SENTENCES))
CASES = [(sentence, code) for sentence in READ for code in SHIPPED.model.codes]
RULES = {rule.id: rule for code in SHIPPED.codebook.codes for rule in code.rules}


def why(text, code, language="en", people=()):
    return next(influences([Carrier(text, language, people)], SHIPPED, code=code))


def limit(code):
    """Return the sum from which on a framing is coded."""
    k = SHIPPED.model.codes.index(code)
    threshold = SHIPPED.model.thresholds[k]
    return (np.log(threshold / (1 - threshold)) - SHIPPED.model.shift[k]) / SHIPPED.model.slope[k]


def sum_of(sentence, code):
    k = SHIPPED.model.codes.index(code)
    return float((sentence.row @ SHIPPED.model.framing.weights[:, k])[0]), float(SHIPPED.model.framing.offset[k])


def encoder_gives(sums, code):
    head = SHIPPED.model.framing
    columns = list(head.columns["encoder"].values())
    factors = head.blocks["encoder"].factors * head.scales["encoder"]
    return float((np.array(sums) * factors) @ head.weights[columns, SHIPPED.model.codes.index(code)])


@pytest.mark.parametrize(("sentence", "code"), CASES)
def test_what_terms_and_the_encoder_give_adds_up_to_the_sum_without_the_offset(sentence, code):
    given = terms(READER, sentence, code, words(sentence.doc))
    total = sum(part.given for part in given.values()) + encoder_gives(sentence.encoded, code)
    assert total == pytest.approx(sum_of(sentence, code)[0], abs=1e-6)


@pytest.mark.parametrize(("sentence", "code"), CASES)
def test_a_framing_falls_without_a_rule_exactly_if_the_rule_gives_more_than_it_has_to_spare(sentence, code):
    total = sum(sum_of(sentence, code))
    for part in rules(READER, sentence, code).values():
        assert part.falls == (total >= limit(code) > total - part.given)


@pytest.mark.parametrize(("sentence", "code"), CASES)
def test_leaving_out_what_is_not_there_changes_nothing(sentence, code):
    held = rules(READER, sentence, code)
    absent = [name for name in RULES if name not in held]
    assert set(rules(READER, sentence, code, absent).values()) == {(0.0, False)}
    assert terms(READER, sentence, code, {"zebra": []}) == {"zebra": (0.0, False)}


@pytest.mark.parametrize(("sentence", "code"), CASES)
def test_nothing_falls_that_is_not_carried_and_what_is_carried_hangs_on_all_its_words(sentence, code):
    k = SHIPPED.model.codes.index(code)
    carried = bool(sentence.scores[k] >= SHIPPED.model.thresholds[k])
    whole = terms(READER, sentence, code, {"all": list(range(len(sentence.doc)))})["all"]
    offset_alone = sum_of(sentence, code)[1] + encoder_gives(load_encoder().sums([""])[0], code) >= limit(code)
    assert whole.falls == (carried and not offset_alone)
    assert carried or not any(part.falls for part in terms(READER, sentence, code, words(sentence.doc)).values())


@pytest.mark.parametrize(
    ("text", "code", "hangs"),
    [
        ("The ministry ordered an internet shutdown.", "shutdowns", {"shutdown"}),
        ("They spoke of an internet shutdown.", "shutdowns", {"internet", "shutdown"}),
        ("The ministry ordered an INTERNET blackout.", "shutdowns", {"internet", "blackout"}),
        ("The internet shutdown was a mobile blackout too.", "shutdowns", set()),
        ("Cyberattacks come and cyberattacks go.", "cyberattack", {"cyberattack"}),
    ],
)
def test_a_code_of_rules_hangs_on_the_words_that_a_rule_needs(text, code, hangs):
    found = why(text, code)
    assert found.carried
    assert {term for term, part in found.terms.items() if part.falls} == hangs
    assert all(part.given is None for part in (*found.terms.values(), *found.rules.values()))


@pytest.mark.parametrize("text", [example for code in SHIPPED.codebook.codes if code.kind == "theme" for example in code.match[:3]])
def test_a_code_of_rules_hangs_on_a_rule_exactly_if_no_other_holds(text):
    for code in (code for code in SHIPPED.codebook.codes if code.kind == "theme"):
        found = why(text, code.code)
        assert [part.falls for part in found.rules.values()] == [len(found.rules) == 1] * len(found.rules)


@pytest.mark.parametrize("rule", [rule for code in SHIPPED.codebook.codes for rule in code.rules], ids=lambda rule: rule.id)
def test_a_rule_stands_while_nothing_is_taken_out_and_falls_with_the_whole_sentence(rule):
    (code,) = (code for code in SHIPPED.codebook.codes if rule in code.rules)
    for text in code.match[:4]:
        reading = Reading(text, *SHIPPED.english.parse([text]))
        if rule.find(reading):
            assert standing([rule], reading, []) == [rule]
            assert standing([rule], reading, [(0, len(text))]) == []


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("Phones spied on phones.", (), ["phone", "spy", "on", "."]),
        ("Mr Snowden met Edward Snowden.", ((3, 10),), [PERSON]),
        ("They watch the press in North Korea.", (), ["north korea"]),
    ],
)
def test_terms_are_lemmas_and_names_and_no_persons(text, people, expected):
    (doc,) = SHIPPED.english.parse([text])
    found = words(doc, people)
    assert set(expected) <= set(found)
    assert sorted(token for tokens in found.values() for token in tokens) == list(range(len(doc)))
    assert not any("snowden" in term for term in found)


def test_articles_and_prepositions_are_no_terms_and_what_denies_is():
    found = why("They must go without the internet in the city.", "shutdowns").terms
    assert {"must", "without", "internet"} <= set(found)
    assert found.keys().isdisjoint({"the", "in", "."})


def test_a_sentence_in_another_language_is_read_in_its_words():
    found = why("정부는 인터넷 차단을 명령했다.", "shutdowns", language="ko", people=((0, 3),))
    assert found.carried
    assert {term for term, part in found.terms.items() if part.falls} == {"인터넷", "차단을"}
    assert PERSON in found.terms


def test_an_unknown_code_is_one_line():
    with pytest.raises(CodebookError, match="Did you mean 'shutdowns'"):
        why("Soup.", "shutdown")
