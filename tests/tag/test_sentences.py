"""The splitter: a table of cases, and offsets that hold for any text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse.paths import resource_rows
from discourse.tag.sentences import split

CASES = [
    "One.| Two.",
    "Mr. Lee left.| He ran.",
    "Edward J. Snowden spoke.| Nobody heard.",
    "It was the U.S. Department of State.| It was in the U.S.| The rest followed.",
    "See Roe v. Wade (1973).| It stood.",
    "Article 19, para. 3 applies.| So does No. 5 of it.",
    "“Why?”| He did not say.",
    "He said “It is so.”| Then he left.",
    "She asked, “Is it so?” and left.",
    "They left… and came back.| They left…| Nobody came.",
    "It costs 3.5 dollars.| It works!| Really?| Yes.",
    "Version 2.0 came.| 관리소는 없다.| 인터넷도 없다.",
    "정부는 전화를 감시한다.| 사람들은 라디오를 듣는다.",
    "It is over.[3]| Nobody said so.[4][5]| We know.",
    "(See the report. It is long.)| We read it.| It is bad.",
    "Nothing (at all).| Next.",
    "e.g. phones, i.e. handsets, are watched.| Radios are not.",
    "It rose by 5 p.c. in May.| The ban held.",
    "The firm Acme Inc. sold it.| The state bought it.",
    "Kim Jong-un’s phone rang.| He answered at 5 p.m. sharp.",
    "no capital here. nor here",
    "We went to www.example.org today.| It was down.",
    "1. First the law came.| Then the police.",
    "It was strong, for R. Cohn said so.| S. Korea agreed, and S. 69A stood.",
    "a) The first point holds.| The second does not.",
    "¿Por qué?| Nadie sabe.",
]


@pytest.mark.parametrize("case", CASES)
def test_cases(case):
    text = case.replace("|", "")
    assert [s["text"] for s in split(text)] == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize("row", resource_rows("abbreviations.csv"), ids=lambda row: row["abbreviation"])
def test_every_abbreviation_splits_as_its_example_says(row):
    assert [s["text"] for s in split(row["example"].replace("|", ""))] == [part.strip() for part in row["example"].split("|")]


def test_blocks_headings_lists_and_quotations():
    text = "Before.\n\n# A Heading\n\nIn it.\n\n> Quoted here. Twice.\n\n- an item\n\n- another\nsecond line\n\n# Next\n\nLast."
    assert [(s["section"], s["quoted"], s["text"]) for s in split(text)] == [
        (None, False, "Before."),
        ("A Heading", False, "In it."),
        ("A Heading", True, "Quoted here."),
        ("A Heading", True, "Twice."),
        ("A Heading", False, "an item"),
        ("A Heading", False, "another"),
        ("A Heading", False, "second line"),
        ("Next", False, "Last."),
    ]


def check_offsets(text):
    end = 0
    for s in split(text):
        assert text[s["start"] : s["end"]] == s["text"] == s["text"].strip() != ""
        assert s["start"] >= end
        assert "\n" not in s["text"]
        end = s["end"]


@given(st.text(alphabet="ABab .!?…\n#>-“”\"'()[]1개다v", max_size=120))
@example(" ? 1")
def test_offsets_reproduce_every_sentence(text):
    check_offsets(text)


def test_offsets_reproduce_every_sentence_of_the_sample(sample):
    from discourse import table

    for text in table(sample, "posts")["text"]:
        check_offsets(text)


@given(st.text(alphabet="ABab .!?…\n“”()1", max_size=120))
def test_no_word_is_outside_a_sentence(text):
    inside = "".join("".join(s["text"].split()) for s in split(text))
    assert inside == "".join(text.split())
