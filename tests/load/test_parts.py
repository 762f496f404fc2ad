"""Bylines, dates, notes and HTML, as tables of examples."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.load.body.asides import closing_note, editors_note, is_credit, reprint_note
from discourse.load.body.blocks import to_blocks
from discourse.load.body.bylines import read_byline, word_of
from discourse.load.body.dates import number_order, read_date
from discourse.load.body.notes import RawNote, cited_works
from discourse.load.body.run_together import dateline_of, part_front
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


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ann Lee, Bo Kim, and Cy Oh", [("Ann Lee", ""), ("Bo Kim", ""), ("Cy Oh", "")]),
        ("By Ann Lee and Bo Kim, Research Interns", [("Ann Lee", "Research Interns"), ("Bo Kim", "Research Interns")]),
        ("By Ann Lee and Bo Kim, Research Intern", [("Ann Lee", ""), ("Bo Kim", "Research Intern")]),
        (
            "By Ann Lee, Fellow, and Bo Kim, Director of Programs and Outreach",
            [("Ann Lee", "Fellow"), ("Bo Kim", "Director of Programs and Outreach")],
        ),
        ("By Noor Roe, Analyst, Cyber and Sanctions", [("Noor Roe", "Analyst, Cyber and Sanctions")]),
        ("By Ann Lee, Ph.D., Professor of Law at Leiden University", [("Ann Lee", "Ph.D., Professor of Law at Leiden University")]),
        ("By Ann Lee, Jr., Fellow", [("Ann Lee, Jr.", "Fellow")]),
        ("By Ann Lee, Open Networks International", [("Ann Lee", "Open Networks International")]),
        ("By Digital Networks Watch", [("Digital Networks Watch", "")]),
        ("By: Ann Lee", [("Ann Lee", "")]),
        ("BY ANN LEE, RESEARCH INTERN", [("ANN LEE", "RESEARCH INTERN")]),
        ("Authors: Ann Lee and Bo Kim", [("Ann Lee", ""), ("Bo Kim", "")]),
        ("Posted by Ann Lee", [("Ann Lee", "")]),
        ("글: 이안, 인턴", [("이안", "인턴")]),
        ("글 홍길동", [("홍길동", "")]),
        ("Von Ann Groß und Bo Klein, Referentin", [("Ann Groß", ""), ("Bo Klein", "Referentin")]),
        ("Par Ann Lee et Bo Kim", [("Ann Lee", ""), ("Bo Kim", "")]),
        ("Por Ann Lee y Bo Kim", [("Ann Lee", ""), ("Bo Kim", "")]),
        ("Di Ann Lee e Bo Kim", [("Ann Lee", ""), ("Bo Kim", "")]),
    ],
)
def test_authors_and_their_roles(line, people):
    byline = read_byline(line)
    assert list(zip(byline.authors, byline.roles, strict=True)) == people


@pytest.mark.parametrize(
    ("line", "editors", "translators"),
    [
        ("Edited by Ro Park, Director of Programs and Editor, and Sue Hap, Research Intern", ["Ro Park", "Sue Hap"], []),
        ("Edited by Ro Park, Director of Programs and Editor and Ben Fu, Research Intern", ["Ro Park", "Ben Fu"], []),
        ("Edited by Ray Ha (Director of Operations & Research) and Amanda Mort Oh", ["Ray Ha", "Amanda Mort Oh"], []),
        ("Editors: Ann Lee, Bo Kim", ["Ann Lee", "Bo Kim"], []),
        ("Translators: A. B. Lee; Bo Kim", [], ["A. B. Lee", "Bo Kim"]),
        ("Edited and translated by Ann Lee", ["Ann Lee"], ["Ann Lee"]),
        ("번역: 홍길동 (연구원)", [], ["홍길동"]),
        ("번역 및 편집: 김철수", ["김철수"], ["김철수"]),
        ("Redaktion: Ann Lee", ["Ann Lee"], []),
        ("Übersetzung aus dem Englischen von Ann Lee", [], ["Ann Lee"]),
        ("Traduit de l’anglais par Ann Lee", [], ["Ann Lee"]),
        ("Traducido por Ann Lee", [], ["Ann Lee"]),
        ("Traduzione di Ann Lee", [], ["Ann Lee"]),
    ],
)
def test_editors_and_translators(line, editors, translators):
    byline = read_byline(line)
    assert (byline.editors, byline.translators) == (editors, translators)


TEXT = "The border has been closed."


@pytest.mark.parametrize(
    "lines",
    [
        ["By Ann Lee, former Research Intern", "Edited by Bo Kim, Director of Operations and Research", "October 28, 2020", TEXT],
        ["By Junsoo “Steve” Kim, Intern", "Edited by Ro Park, Director of Programs and Editor and Ben Fu, Intern", "May 2016", TEXT],
        ["By Ann Lee, former intern", "May 2016", "Introduction"],
        ["By Ann Lee, Research Intern", TEXT],
        ["By Ann Lee, Research Intern", "North Korea has closed the border."],
        ["By Ann Lee, Research Intern", "Research shows that phones work."],
        ["By Ann Lee, Research Intern", "In 2015, research by Bo Kim showed as much."],
        ["By Ann Lee, Director of Programs", "Kim Jong-un wants it so."],
        ["By Ann Lee, Fellow at Leiden University", "Millions of people have phones."],
        ["By Ann Lee, Bo Kim, and Cy Oh, Research Interns", "Since 2010, phones are legal."],
        ["Edited by Ray Ha (Director of Operations & Research) and Amanda Mort Oh", "On December 10, people met."],
        ["By Amanda Mort Oh", TEXT],
        ["By Ann Lee", "Edited by Bo Kim", "“We cannot wait,” he said."],
        ["by Ann Lee", "edited by Bo Kim", TEXT],
        ["Translated and edited by Ann Lee and Bo Kim", "October 2020", TEXT],
        ["글: 홍길동, 인턴", "번역: 김철수", "2020년 3월 2일", "북한은 국경을 닫았다."],
    ],
    ids=lambda lines: lines[0],
)
def test_byline_editor_dateline_and_text_that_run_together(lines):
    assert part_front(" ".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "By late March Kim had closed the border.",
        "By March North Korea had closed the border.",
        "By Early October 2020 Kim had closed it.",
        "By October 28, 2020 Kim had closed it.",
        "By Ann Lee, Research Intern",
        "By Kim Jong-un’s order the border was closed.",
        "Text that mentions a post by Ann Lee, Intern October 28, 2020 The end.",
        "",
    ],
)
def test_text_that_opens_like_a_byline_stays_whole(text):
    assert part_front(text) == [text]


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("October 28, 2020", "October 28, 2020"),
        ("Seoul, October 2020", "October 2020"),
        ("(May 3, 2021)", "May 3, 2021"),
        ("2020", None),
        ("In May 2016", None),
    ],
)
def test_datelines(line, printed):
    assert dateline_of(line) == printed


WORDS = st.sampled_from(
    "By by Edited Translated and Ann Lee Bo Kim, Intern, Director of Research October 28, 2020 May The border was “Steve” (Alma) 글: 이안 | .".split()
)


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_the_parting_of_a_front_loses_no_word(text):
    assert re.findall(r"\w+", " ".join(part_front(text))) == re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("paragraph", "note"),
    [
        ("Editor’s Note: One. Two.", "Editor’s Note: One. Two."),
        ("[Editor's note: One.]", "Editor's note: One."),
        ("*Note from the editors: One.*", "Note from the editors: One."),
        ("Anmerkung der Redaktion: Eins.", "Anmerkung der Redaktion: Eins."),
        ("편집자 주: 하나.", "편집자 주: 하나."),
        ("The editor noted: one.", None),
    ],
)
def test_notes_from_the_editor(paragraph, note):
    assert editors_note(paragraph) == note


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Picture", True),
        ("Photo credit: Ann Lee", True),
        ("[A map of the camp.] © 2015 Open Lines", True),
        ("Foto: Ann Lee", True),
        ("사진: 이안", True),
        ("Photographs show a fence.", False),
    ],
)
def test_credits_of_pictures(line, credit):
    assert is_credit(line) is credit


@pytest.mark.parametrize(
    ("blocks", "note", "body"),
    [
        (["Body.", "Ann Lee is a former intern.", "She holds a degree."], "Ann Lee is a former intern.\n\nShe holds a degree.", ["Body."]),
        (
            ["Body.", "Ann Lee is a student.", "Bo Kim, a lawyer, works for Open Lines."],
            "Ann Lee is a student.\n\nBo Kim, a lawyer, works for Open Lines.",
            ["Body."],
        ),
        (["Body.", "Ann Lee and Bo Kim are former interns."], "Ann Lee and Bo Kim are former interns.", ["Body."]),
        (["Ann Lee is a student.", "Body."], "Ann Lee is a student.", ["Body."]),
        (["Body.", "# About the authors", "A pen name.", "Another."], "A pen name.\n\nAnother.", ["Body."]),
        (["Body.", "About the author: A pen name."], "A pen name.", ["Body."]),
        (
            ["Body.", "Ann Lee is a student.", "First published on Open Lines."],
            "Ann Lee is a student.",
            ["Body.", "First published on Open Lines."],
        ),
        (["Body.", "Ann Lee was wrong, and the ministry knew."], None, ["Body.", "Ann Lee was wrong, and the ministry knew."]),
    ],
)
def test_biographies(blocks, note, body):
    assert closing_note(blocks, ["Ann Lee", "Bo Kim"]) == (note, body)


@pytest.mark.parametrize(
    "line",
    [
        "By then the network was gone.",
        "By March 2016, all phones",
        "Byline",
        "by",
        "The law, by Ann Lee",
        "By Ann Lee, the ministry has closed the border.",
    ],
)
def test_lines_that_are_no_bylines(line):
    assert read_byline(line) is None


@pytest.mark.parametrize("row", resource_rows("byline_words.csv"), ids=lambda row: f"{row['kind']} {row['word']}")
def test_every_byline_word_matches_its_example(row):
    assert word_of(row["kind"]).search(row["example"])


@pytest.mark.parametrize(
    ("paragraph", "where"),
    [
        ("This article was originally published in The Guardian on 7 August 2020.", "The Guardian"),
        ("First published on Eureka Street", "Eureka Street"),
        ("This article was originally published in The Diplomat on March 3, 2019.", "The Diplomat"),
        ("(This post first appeared in The U.S. Review, March 3, 2019.)", "The U.S. Review"),
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
    ("note", "expected"),
    [
        ("Ann Lee, “Wires,” Review 3 (2015): 1985–2003.", ("Ann Lee", "Wires", 2015, None)),
        (
            "See Ann Lee et al., “Wires,” Site, March 3, 2019, accessed May 3, 2021, https://example.org/x.",
            ("Ann Lee et al.", "Wires", 2019, "https://example.org/x"),
        ),
        (
            "Ann Lee, “Wires,” n.d. (last accessed May 3, 2021), <https://example.org/x>.",
            ("Ann Lee", "Wires", None, "https://example.org/x"),
        ),
        ("“Wires,” https://example.org/a_(b), 2015.", (None, "Wires", 2015, "https://example.org/a_(b)")),
        ("(“Wires,” 2015, https://example.org/x).", (None, "Wires", 2015, "https://example.org/x")),
        ("Ann Lee, “On the “Quiet” Wall,” 2015.", ("Ann Lee", "On the “Quiet” Wall", 2015, None)),
        ("Ann Lee, *On the “Quiet” Wall* (Seoul: Press, 2015).", ("Ann Lee", "On the “Quiet” Wall", 2015, None)),
        (
            "Ann Lee, Bo Kim, and Cy Oh, Wires and Walls (Seoul: Press, 2015), 12–15.",
            ("Ann Lee, Bo Kim, and Cy Oh", "Wires and Walls", 2015, None),
        ),
        ("Open Lines Council, Report on Wires, A/HRC/25/63, February 7, 2014.", ("Open Lines Council", "Report on Wires", 2014, None)),
        ("Open Lines (OL), “Wires,” 2021. http://example.org/wires/.", ("Open Lines (OL)", "Wires", 2021, "http://example.org/wires/")),
        (
            "Ann Lee, Bo Kim and Cy Oh, Wires (Draft), An Outline, May 2019.",
            ("Ann Lee, Bo Kim and Cy Oh", "Wires (Draft), An Outline", 2019, None),
        ),
        (
            "Council of Lines, resolution 20/8, The Promotion of Wires (2012).",
            ("Council of Lines", "resolution 20/8, The Promotion of Wires", 2012, None),
        ),
        ("Open Lines, Blocked: On the “Quiet” Wall, May 1, 2016.", ("Open Lines", "Blocked: On the “Quiet” Wall", 2016, None)),
        ("Open Lines, “No Wall”: The Count (Seoul, 2015).", ("Open Lines", "“No Wall”: The Count", 2015, None)),
        ("High Court, Lee v. Kim, judgment of 3 May 2014.", ("High Court", "Lee v. Kim", 2014, None)),
        ("Lee v. Kim, 655 F.3d 78 (2011).", (None, "Lee v. Kim, 655 F.3d 78", 2011, None)),
        ("이안, 「북한의 인터넷」, 『연구』 12권 (2018): 1–20.", ("이안", "북한의 인터넷", 2018, None)),
        ("Ann Lee, „Die Wand,“ Zeitung, 3. Mai 2019 (abgerufen am 4. Mai 2020).", ("Ann Lee", "Die Wand", 2019, None)),
        ("Vgl. Ann Lee, « Le mur », Revue, 2018.", ("Ann Lee", "Le mur", 2018, None)),
        ("http://[broken, 2015", (None, None, 2015, "http://[broken")),
    ],
)
def test_what_a_note_cites(note, expected):
    (row,) = cited_works([RawNote("1", note)])
    assert (row["author"], row["title"], row["year"], row["url"]) == expected


FIRST = ["Ann Lee, “Wires,” 2015.", "Bo Kim, *Maps and Radios* (Seoul: Press, 2016)."]


@pytest.mark.parametrize(
    ("note", "cites"),
    [
        ("Ibid., 12.", "2"), ("See ibid.", "2"), ("Id. at 5.", "2"), ("Ebd., S. 12.", "2"), ("위의 글, 12쪽.", "2"), ("Lee, op. cit., 14.", "1"),
        ("Lee, supra note 1, at 12.", "1"), ("Kim, Maps and Radios, 20.", "2"), ("See also Kim, *Maps and Radios*.", "2"), ("Kim, supra note 1.", None),
        ("Identity is hard.", None), ("Oh, op. cit.", None),
    ],
)  # fmt: skip
def test_what_a_short_note_stands_for(note, cites):
    assert cited_works([RawNote(str(n), text) for n, text in enumerate([*FIRST, note], start=1)])[-1]["cites"] == cites


@given(st.lists(st.text(alphabet="Ibid.supra nte1 2“”*()[];,httpexmlorg/:2015「」", max_size=60), max_size=4))
def test_no_note_breaks_the_reader(notes):
    assert len(cited_works([RawNote(str(n), text) for n, text in enumerate(notes)])) >= len([note for note in notes if note.strip()])


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
