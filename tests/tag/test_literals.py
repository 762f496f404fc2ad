"""What tells which patterns may match: it must never lose a match."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.tag import Choice, tagger_from
from discourse.tag.cues import cues, found_cues
from discourse.tag.literals import Possible, folded, needed

BOOK = tagger_from(Choice()).codebook
RULES = [(code, rule) for code in BOOK.codes for rule in code.rules if rule.pattern is not None]
EXAMPLES = [sentence for code in BOOK.codes for sentence in (*code.match, *code.no_match)]
CUES = [(name, cue) for name in ("denial", "holder", "modality", "voice", "weal") for cue in cues(name)]


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("(?<!\\w)spy(?!\\w)", [" spy "]),
        ("(?<!\\w)(?:spies|surveil\\w*)(?!\\w)", [" spies ", " surveil"]),
        ("(?<!\\w)don['’]t(?!\\w)", [" don t "]),
        ("(?<!\\w)social[\\s‐‑-]+media(?!\\w)", [" social media "]),
        ("(?=s)(?:spy|spied)", ["spied", "spy"]),
        ("spy(?:ing)? on", ["spy on", "spying on"]),
        ("(?:very ){2,3}bad", ["very "]),
        ("[mM]arginal", ["marginal"]),
        ("(?-i:VPN)s?", ["vpn", "vpns"]),
        ("인터넷(?:은)?", ["인터넷", "인터넷은"]),
        ("a\\w+", None),
        ("\\d+", None),
        ("(?:spy)?", None),
        ("(?:spy|\\d)", None),
        ("ärger", ["rger"]),
        ("(?a:spy(?!\\w))", None),
    ],
)
def test_what_a_pattern_cannot_match_without(pattern, runs):
    found = needed(re.compile(pattern, re.IGNORECASE))
    assert (None if found is None else sorted(found)) == runs


def test_letters_that_the_patterns_take_for_one_another_are_folded_alike():
    every = "".join(chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000)
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789_":
        assert {folded(like) for like in re.findall(letter, every, re.IGNORECASE)} == {f" {letter} "}


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_no_match_of_a_rule_is_lost_in_any_example(sentence):
    for text in (sentence, sentence.upper(), sentence.replace(" ", "-")):
        possible = Possible([rule.pattern for _, rule in RULES]).within(text)
        assert {n for n, (_, rule) in enumerate(RULES) if rule.pattern.search(text)} <= set(possible)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_match_of_a_rule_is_lost_in_what_is_made_of_examples(data):
    """Pieces of examples put together in any case and with any marks between."""
    words = data.draw(st.lists(st.sampled_from([word for sentence in EXAMPLES for word in sentence.split()]), max_size=12))
    joints = data.draw(st.lists(st.sampled_from([" ", "-", "\u2011", "  ", "\n", ", ", "’", "\u0130", "\u017f"]), min_size=13, max_size=13))
    case = data.draw(st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]))
    text = case("".join(part for pair in zip(words, joints, strict=False) for part in pair))
    possible = Possible([rule.pattern for _, rule in RULES]).within(text)
    assert {n for n, (_, rule) in enumerate(RULES) if rule.pattern.search(text)} <= set(possible)


@pytest.mark.parametrize(("name", "cue"), CUES, ids=lambda value: value if isinstance(value, str) else value.cue)
def test_no_match_of_a_cue_is_lost(name, cue):
    for text in (cue.example, cue.no_example, cue.example.upper()):
        wanted = [(one, match.span()) for one in cues(name) for match in one.pattern.finditer(text)]
        assert [(one, match.span()) for one, match in found_cues(name, text)] == wanted


def test_rules_that_cannot_match_are_left_out():
    possible = Possible([rule.pattern for _, rule in RULES])
    assert sum(len(possible.within(sentence)) for sentence in EXAMPLES) < len(RULES) * len(EXAMPLES) / 5
