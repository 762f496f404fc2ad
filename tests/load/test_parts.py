"""Bylines, dates, notes and HTML, as tables of examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.load.bylines import _word, closing_note, read_byline, reprint_note
from discourse.load.dates import number_order, read_date
from discourse.load.blocks import to_blocks
from discourse.load.notes import RawNote, cited_works
from discourse.paths import resource_rows


@pytest.mark.parametrize(
    ("line", "authors", "editors", "translators"),
    [
        ("By Diletta Ro, Research Intern", ["Diletta Ro"], [], []),
        ("by Ann Lee and Bo Kim", ["Ann Lee", "Bo Kim"], [], []),
        ("By Junsoo “Steve” Kim, former Intern", ["Junsoo “Steve” Kim"], [], []),
        ("By Suhwan (Alma) Seo", ["Suhwan (Alma) Seo"], [], []),
        ("By Maria de la Cruz, Director", ["Maria de la Cruz"], [], []),
        ("Edited by Raymond Oh, Director of Operations and Research", [], ["Raymond Oh"], []),
        ("Edited by Rosa Oh (Director of Programs & Editor) and Amanda Yi", [], ["Rosa Oh", "Amanda Yi"], []),
        ("Translated by Min Arden", [], [], ["Min Arden"]),
        ("Translated and edited by Ann Lee and Bo Kim", [], ["Ann Lee", "Bo Kim"], ["Ann Lee", "Bo Kim"]),
    ],
)
def test_bylines(line, authors, editors, translators):
    byline = read_byline(line)
    assert (byline.authors, byline.editors, byline.translators) == (authors, editors, translators)


@pytest.mark.parametrize("line", ["By then the network was gone.", "By March 2016, all phones", "Byline", "by", "The law, by Ann Lee"])
def test_lines_that_are_no_bylines(line):
    assert read_byline(line) is None


@pytest.mark.parametrize("row", resource_rows("byline_words.csv"), ids=lambda row: row["word"])
def test_every_byline_word_matches_its_example(row):
    assert _word(row["kind"]).search(row["example"])


@pytest.mark.parametrize(
    ("paragraph", "where"),
    [
        ("This article was originally published in The Guardian on 7 August 2020.", "The Guardian"),
        ("First published on Eureka Street", "Eureka Street"),
        ("*Cross-posted from the members' letter.*", "the members' letter"),
        ("We first posted our position in March.", None),
        ("The figures were previously published by the ministry, and are wrong.", None),
    ],
)
def test_reprint_notes(paragraph, where):
    assert reprint_note(paragraph) == where


def test_an_organisations_closing_argument_is_no_biography():
    blocks = ["Body.", "Access Now is calling on every government to end shutdowns."]
    assert closing_note(blocks, ["Access Now"]) == (None, blocks)


def test_an_organisations_own_sentence_is_no_biography():
    blocks = ["Body.", "Open Watch is a member of the coalition."]
    assert closing_note(blocks, ["Open Watch"]) == (None, blocks)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2022-02-22", None, (date(2022, 2, 22), "day")),
        ("2022-02-22T23:00:00Z", None, (date(2022, 2, 22), "day")),
        ("Tuesday, February 22, 2022", None, (date(2022, 2, 22), "day")),
        ("22nd Feb 2022", None, (date(2022, 2, 22), "day")),
        ("February 2022", None, (date(2022, 2, 1), "month")),
        ("2022", None, (date(2022, 1, 1), "year")),
        ("2/22/2022", None, (date(2022, 2, 22), "day")),
        ("22.2.2022", None, (date(2022, 2, 22), "day")),
        ("3/4/2022", None, None),
        ("3/4/2022", "dmy", (date(2022, 4, 3), "day")),
        ("31 February 2022", None, None),
        ("99/99/2022", None, None),
        ("soon", None, None),
    ],
)
def test_dates(text, order, expected):
    assert read_date(text, order=order) == expected


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)))
def test_a_date_is_read_back_in_either_order(day):
    assert read_date(f"{day.month}/{day.day}/{day.year}", order="mdy") == (day, "day")
    assert read_date(f"{day.day}/{day.month}/{day.year}", order="dmy") == (day, "day")
    assert read_date(day.isoformat()) == (day, "day")


@given(st.text(max_size=40))
def test_no_text_breaks_the_date_reader(text):
    read_date(text)
    number_order([text])


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (["Ann Lee, “Wires,” 2015.", "Ibid."], [("1", 1, None), ("2", 1, "1")]),
        (["Ann Lee, “Wires,” 2015.", "Ibid., 12."], [("1", 1, None), ("2", 1, "1")]),
        (
            ["Ann Lee, “Wires,” 2015.", "Bo Kim, “Maps,” 2016.", "Lee, “Wires.”", "Ibid."],
            [("1", 1, None), ("2", 1, None), ("3", 1, "1"), ("4", 1, "1")],
        ),
        (["Ann Lee, “Wires; walls,” 2015; Bo Kim, “Maps,” 2016."], [("1", 1, None), ("1", 2, None)]),
        (["Ibid."], [("1", 1, None)]),
        (["Open Net Office (ONO), *Count* (2015).", "ONO, *Count*."], [("1", 1, None), ("2", 1, "1")]),
        (["Ann Lee, “Wires,” 2015.", "Ann Lee, “Wires Again,” 2018."], [("1", 1, None), ("2", 1, None)]),
    ],
)
def test_notes_resolve(notes, expected):
    rows = cited_works([RawNote(str(n), text) for n, text in enumerate(notes, start=1)])
    assert [(row["number"], row["part"], row["cites"]) for row in rows] == expected


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("<blockquote><ul><li>One</li></ul></blockquote>", "> One"),
        ("<ol><li><p>One</p><p>Two</p></li></ol>", "- One\n\n- Two"),
        ("<p>5 &lt; 6 &amp; so</p>", "5 < 6 & so"),
        ("<p>A<script>alert(1)</script>B</p>", "AB"),
        ('<blockquote class="twitter-tweet"><p>x</p></blockquote><p>A</p>', "A"),
        ("<p></p>", ""),
        ("", ""),
    ],
)
def test_html_to_blocks(html, text):
    assert to_blocks(html) == text


@given(st.text(alphabet="<>/abp =\"'&;#1\n", max_size=120))
def test_no_html_breaks_the_reader(html):
    to_blocks(html)


def test_html_nested_ten_thousand_deep():
    assert to_blocks("<div>" * 10_000 + "deep" + "</div>" * 10_000) == "deep"
