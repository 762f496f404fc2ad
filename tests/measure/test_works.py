"""Works: forms that are one work meet, forms that may be two stay apart, whatever the order."""

import random

import pytest

from discourse.measure.works import Form, folded, one_letter_apart, work_of

LEE = Form("Ann Lee", "Wires and walls", 2015, None)
HOST, OTHER = "https://example.org", "https://example.net"

ALIKE = [
    (Form(None, None, None, f"{HOST}/a"), Form("Ann Lee", "Wires", 2015, "http://www.example.org/a/?utm_source=x"), "the address"),
    (LEE, Form("Ann Lee", "Wires and Walls", 2015, None), "case"),
    (LEE, Form("Ann Lee", "“Wires, and walls”", 2015, None), "signs"),
    (LEE, Form("Ann Lee", "The wires and the walls", 2015, None), "articles"),
    (LEE, Form("A. Lee", "Wires and walls", 2015, None), "an initial"),
    (LEE, Form("Lee", "Wires and walls", 2015, None), "a surname"),
    (LEE, Form("Lee, Ann", "Wires and walls", 2015, None), "the surname first"),
    (LEE, Form("Ann Lee et al.", "Wires and walls", 2015, None), "and others"),
    (LEE, Form("Ann Lee and Bo Kim", "Wires and walls", 2015, None), "one of two authors"),
    (LEE, Form("Ann Lee", "Wires and walls", 2015, f"{HOST}/a"), "an address beside none"),
    (LEE, Form("Ann Lee", "Wires and walls: How phones cross", 2015, None), "a subtitle left out"),
    (Form("Lee", "The right to defence", 2015, None), Form("Lee", "The right to defense", 2015, None), "two spellings"),
    (Form("Lee", "Prison of the mind", 2015, None), Form("Lee", "Prisno of the mind", 2015, None), "a misprint"),
    (Form("Ana García", "Límites", 2015, None), Form("Ana Garcia", "Limites", 2015, None), "accents"),
    (Form(None, "Covenant on civil and political rights", 1966, None), Form(None, "Covenant on Civil and Political Rights", 1966, None), "no author"),
    (
        Form("Lee", "How wires cross the walls", 2015, f"{HOST}/a"), Form("Lee", "How wires cross the walls", 2015, f"{OTHER}/b"),
        "two hosts of one long title",
    ),
    (Form("Lee", "Wires and walls", 2015, HOST), Form("Lee", "Wires and walls", 2015, f"{HOST}/a"), "a front page is no address"),
    (Form("Lee", "Wires and walls", None, None), Form("Lee", "Wires and walls", None, None), "no year in either"),
    (LEE, Form("Ann Lee", "Wires and walls, 2015", 2015, None), "the year once more"),
    (Form("정보통신부", "망의 현황", 2015, None), Form("정보통신부", "망의  현황", 2015, None), "another script"),
]  # fmt: skip
UNLIKE = [
    (LEE, Form("Ann Lee", "Wires and walls", 2016, None), "the year"),
    (LEE, Form("Ann Lee", "Wires and walls", None, None), "a year beside none"),
    (LEE, Form("Ann Lee", "Wires and walls, 2014", 2015, None), "another year in the title"),
    (LEE, Form("Bo Lee", "Wires and walls", 2015, None), "a namesake"),
    (LEE, Form("B. Lee", "Wires and walls", 2015, None), "another initial"),
    (LEE, Form(None, "Wires and walls", 2015, None), "an author beside none"),
    (LEE, Form("Ann Lee", "Wires or walls", 2015, None), "a short word"),
    (LEE, Form("Ann Lee", "Walls and wires", 2015, None), "the order of words"),
    (LEE, Form("Ann Lee", "Wires and walls, part two", 2015, None), "a part"),
    (Form("Lee", "Report 15", 2015, None), Form("Lee", "Report 16", 2015, None), "a number"),
    (Form("Lee", "Section 66A", 2015, None), Form("Lee", "Section 66B", 2015, None), "a number with a letter"),
    (Form("Lee", "Report: Korea", 2015, None), Form("Lee", "Report: China", 2015, None), "two subtitles"),
    (Form("Lee", "Report", 2015, None), Form("Lee", "Report: China", 2015, None), "a short title without its subtitle"),
    (Form("Lee", "The import of wires", 2015, None), Form("Lee", "The export of wires", 2015, None), "two letters"),
    (Form("Lee", "Statement on the wall", 2015, f"{HOST}/a"), Form("Lee", "Statement on the wall", 2015, f"{HOST}/b"), "two pages of one host"),
    (Form("Lee", "Press release", 2015, f"{HOST}/a"), Form("Lee", "Press release", 2015, f"{OTHER}/b"), "two hosts of a short title"),
    (Form(None, "The Daily Post", 2015, None, "The Daily Post, 3 May 2015"), Form(None, "The Daily Post", 2015, None, "The Daily Post, 4 May 2015"), "a paper"),
    (Form("High Court", None, 2015, None, "High Court, case 1 (2015)"), Form("High Court", None, 2015, None, "High Court, case 2 (2015)"), "no title"),
    (Form(None, "हिंदी का अधिकार और जाल", 2015, None), Form(None, "हदी का अधिकार और जाल", 2015, None), "vowel signs"),
    (Form(None, None, None, f"{HOST}/a"), Form(None, None, None, f"{HOST}/b"), "two addresses"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_forms_of_one_work_meet(one, other, why):
    first, second = work_of([one, other])
    assert first == second is not None, why


@pytest.mark.parametrize(("one", "other", "why"), UNLIKE)
def test_forms_of_two_works_stay_apart(one, other, why):
    first, second = work_of([one, other])
    assert first != second, why


@pytest.mark.parametrize(
    "form",
    [
        Form(None, None, None, None), Form(None, "Emphasis added", None, None), Form("Emphasis added", None, None, None),
        Form(None, None, 2015, None), Form(None, None, None, HOST), Form(None, None, None, "soup"),
    ],
)  # fmt: skip
def test_what_names_no_work_has_none(form):
    assert work_of([form]) == [None]


def test_a_title_without_its_subtitle_meets_neither_of_two_that_begin_like_it():
    forms = [Form("Lee", f"Freedom on the net{rest}", 2015, None) for rest in ("", ": Korea and its wires", ": China and its wires")]
    assert len(set(work_of(forms))) == 3


def test_a_form_without_an_address_joins_none_of_two_pages_of_one_host():
    forms = [Form("Lee", "Statement on the wall", 2015, url) for url in (f"{HOST}/a", f"{HOST}/b", None)]
    assert len(set(work_of(forms))) == 3


def test_the_name_of_a_work_does_not_hang_on_the_order():
    forms = sorted({form for pair in (*ALIKE, *UNLIKE) for form in pair[:2]}, key=str)
    names = dict(zip(forms, work_of(forms), strict=True))
    for seed in range(10):
        shuffled = random.Random(seed).sample(forms, len(forms))
        assert dict(zip(shuffled, work_of(shuffled), strict=True)) == names


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("walls", "walls", False), ("wall", "walls", True), ("defence", "defense", True), ("prisno", "prison", True), ("walls", "wails", True),
     ("walls", "balls", False), ("camp15", "camp16", False), ("camp", "camp1", False), ("import", "export", False), ("abcd", "badc", False)],
)  # fmt: skip
def test_one_letter_is_one_letter(one, other, apart):
    assert one_letter_apart(one, other) is one_letter_apart(other, one) is apart or one == other


def test_folding_keeps_the_vowels_of_other_scripts():
    assert folded("हिंदी") == "हिंदी"
    assert folded("Café No. 5’s") == "cafe no 5s"
