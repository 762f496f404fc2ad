"""The parts of a post parted: people, dateline, notes, biography, text; and no word lost on the way."""

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.load.body.article import compose
from discourse.load.body.asides import about_author, is_credit, is_heading_of_notes
from discourse.load.body.bylines import read_byline
from discourse.load.body.footnotes import mark, part_notes
from discourse.load.body.notes import RawNote
from discourse.load.body.run_together import dateline_of, part_front
from discourse.tables import RawPost

LONG = "The border between the two countries has been closed to every traveller since the spring, and nobody can say for how long."


def composed(text, *, notes=(), **known):
    post = RawPost("a.html", "", "", **known)
    return post, compose(post, text, notes=notes)


def plain(text):
    """Return a body with its markers as `⟨1⟩`."""
    return text.replace("\ue000", "⟨").replace("\ue001", "⟩")


@pytest.mark.parametrize(
    ("head", "authors", "roles", "editors", "day"),
    [
        ("By Ann Lee, Intern\n\nEdited by Bo Kim, Director of Research\n\nMay 3, 2021", ["Ann Lee"], ["Intern"], ["Bo Kim"], "2021-05-03"),
        ("By Ann Lee, Intern\nEdited by Bo Kim\nMay 3, 2021", ["Ann Lee"], ["Intern"], ["Bo Kim"], "2021-05-03"),
        ("**By Ann Lee, Intern**\n*Edited by Bo Kim*", ["Ann Lee"], ["Intern"], ["Bo Kim"], ""),
        ("# By Ann Lee\n\n# May 2021", ["Ann Lee"], [""], [], "2021-05"),
        ("By Ann Lee, Intern Edited by Bo Kim May 3, 2021", ["Ann Lee"], ["Intern"], ["Bo Kim"], "2021-05-03"),
        ("By Ann Lee\nSenior Adviser, Open Lines\n\nMay 3, 2021", ["Ann Lee"], ["Senior Adviser, Open Lines"], [], "2021-05-03"),
        ("May 3, 2021\n\nBy Ann Lee", ["Ann Lee"], [""], [], "2021-05-03"),
        ("Seoul, May 3, 2021\n\nPicture\n\nPhoto: Cy Oh\n\nBy Ann Lee", ["Ann Lee"], [""], [], "2021-05-03"),
        ("글: 이안, 인턴\n편집: 홍길동\n2021년 5월 3일", ["이안"], ["인턴"], ["홍길동"], "2021-05-03"),
    ],
)
def test_the_head_of_a_post(head, authors, roles, editors, day):
    post, dateline = composed(f"{head}\n\n{LONG}")
    assert (post.authors, post.author_roles, post.editors, dateline, post.body) == (authors, roles, editors, day, LONG)


@pytest.mark.parametrize(
    ("line", "author", "role", "day"),
    [
        ("By Ann Lee, Open Lines Research Intern May 3, 2021 ", "Ann Lee", "Open Lines Research Intern", "2021-05-03"),
        ("By Ann Lee, Open Lines Research Intern May 2021 ", "Ann Lee", "Open Lines Research Intern", "2021-05"),
        ("By Ann Lee, Open Lines Research Intern ", "Ann Lee", "Open Lines Research Intern", ""),
        ("By Ann Lee, Open Lines Research Intern\nMay 2021 ", "Ann Lee", "Open Lines Research Intern", "2021-05"),
    ],
)
def test_a_head_that_runs_into_the_first_sentence(line, author, role, day):
    post, dateline = composed(line + LONG)
    assert (post.authors, post.author_roles, dateline, post.body) == ([author], [role], day, LONG)


def test_a_month_gives_a_month_and_a_date_known_stays():
    assert composed(f"By Ann Lee\n\nMay 2021\n\n{LONG}")[0].published_precision == "month"
    post, dateline = composed(f"By Ann Lee\n\nMay 2021\n\n{LONG}", published=date(2021, 5, 4), published_precision="day")
    assert (post.published, dateline) == (date(2021, 5, 4), "2021-05")


def test_a_numbered_dateline_is_kept_as_printed():
    post, dateline = composed(f"By Ann Lee\n\n5/3/2021\n\n{LONG}")
    assert (post.published, post.printed, dateline) == (None, "5/3/2021", "")


def test_a_reprint_keeps_its_own_date():
    post, dateline = composed(f"By Ann Lee\n\n{LONG}\n\nThis article was originally published in The Diplomat on March 3, 2019.")
    assert (post.reprinted_from, post.published, dateline) == ("The Diplomat", None, "")


def test_a_note_from_the_editor_and_a_subtitle_may_stand_above_the_byline():
    post, _ = composed(f"[Editor’s note: This is old. It stands.]\n\nA view from the bridge\n\nBy Ann Lee\n\n{LONG}")
    assert (post.authors, post.author_note, post.body) == (
        ["Ann Lee"],
        "Editor’s note: This is old. It stands.",
        f"A view from the bridge\n\n{LONG}",
    )


def test_people_at_the_foot():
    post, _ = composed(f"{LONG}\n\nBy Ann Lee, Intern\n\nTranslated by Bo Kim\n\nAnn Lee is a student.")
    assert (post.authors, post.author_roles, post.translators) == (["Ann Lee"], ["Intern"], ["Bo Kim"])


def test_what_the_markup_says_stays():
    post, _ = composed(f"By ANN LEE, Intern\n\n{LONG}", authors=["Ann Lee"])
    assert (post.authors, post.author_roles, post.author_note) == (["Ann Lee"], ["Intern"], None)
    post, _ = composed(f"By Bo Kim, Intern\n\n{LONG}\n\nThe Office is a team.", authors=["The Office"], author_roles=["Staff"])
    assert (post.authors, post.author_roles, post.author_note) == (["The Office"], ["Staff"], "By Bo Kim, Intern")


def test_a_biography_does_not_take_the_place_of_a_note_from_the_markup():
    post, _ = composed(f"{LONG}\n\nAnn Lee is a student.", authors=["Ann Lee"], author_note="A pen name.")
    assert post.author_note == "A pen name.\n\nAnn Lee is a student."


NOTES = [
    ("brackets", "One.[1] Two.[2]\n\n[1] A, “Abcd,” 2015.\n\n[2] Ibid.", "One.⟨1⟩ Two.⟨2⟩", ["A, “Abcd,” 2015.", "Ibid."]),
    ("Roman", "One.[i] Two.[ii]\n\n[i] A.\n\n[ii] B.", "One.⟨i⟩ Two.⟨ii⟩", ["A.", "B."]),
    ("without a space", "One.[1]\n\n[1]A.", "One.⟨1⟩", ["A."]),
    ("before the stop", "One [1]. Two[2].\n\n[1] A.\n\n[2] B.", "One⟨1⟩. Two⟨2⟩.", ["A.", "B."]),
    ("several together", "One.[1],[2] Two.[1][2]\n\n[1] A.\n\n[2] B.", "One.⟨1⟩⟨2⟩ Two.⟨1⟩⟨2⟩", ["A.", "B."]),
    ("in one bracket", "One.[1, 2] Two [1–3].\n\n[1] A.\n\n[2] B.\n\n[3] C.", "One.⟨1⟩⟨2⟩ Two⟨1⟩⟨2⟩⟨3⟩.", ["A.", "B.", "C."]),
    ("a heading", "One.[1]\n\n# Notes\n\n[1] A.", "One.⟨1⟩", ["A."]),
    ("a heading and bare numbers", "One.[1] Two.[2]\n\nEndnotes\n\n1. A.\n2. B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("bare numbers alone", "One.[1] Two.[2]\n\n1. A.\n\n2. B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("raising lost", "One.1 Two.2\n\nNotes\n\n1. A.\n\n2. B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("several in a paragraph", "One.[1] Two.[2]\n\n[1] A. [2] B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("in the text's paragraph", "One.[1] Two.[2] [1] A. [2] B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("lines of one block", "One.[1] Two.[2]\n[1] A.\n[2] B.", "One.⟨1⟩ Two.⟨2⟩", ["A.", "B."]),
    ("over lines and blank lines", "One.[1] Two.[2]\n\n[1] A\ngoes on\n\nand on.\n\n[2] B.", "One.⟨1⟩ Two.⟨2⟩", ["A goes on and on.", "B."]),
    ("a long paragraph in a note", f"One.[1] Two.[2]\n\n[1] A.\n\n{' '.join([LONG] * 4)}\n\n[2] B.", "One.⟨1⟩ Two.⟨2⟩", [f"A. {' '.join([LONG] * 4)}", "B."]),
    ("numbers that skip", "One.[2] Two.[5]\n\n[1] Z.\n\n[2] A.\n\n[5] B.", "One.⟨2⟩ Two.⟨5⟩", ["Z.", "A.", "B."]),
    ("numbers that start anew", "One.[1] Two.[2]\n\nThree.[1]\n\n[1] A.\n\n[2] B.\n\n[1] C.", "One.⟨1⟩ Two.⟨2⟩\n\nThree.⟨1 (2)⟩", ["A.", "B.", "C."]),
    ("text after the notes", f"One.[1]\n\n[1] A.\n\n# Two\n\n{LONG}", f"One.⟨1⟩\n\n# Two\n\n{LONG}", ["A."]),
    ("glosses", "A camp [관리소], [sic] in [2016], [emphasis added], [i]t says.[1]\n\n[1] A.", "A camp [관리소], [sic] in [2016], [emphasis added], [i]t says.⟨1⟩", ["A."]),
    ("no list", "One.[1] Two [3].", "One.[1] Two [3].", []),
    ("raised units", "Ten km\ue0002\ue001 wide.[1]\n\n[1] A.", "Ten km2 wide.⟨1⟩", ["A."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "body", "notes"), [case[1:] for case in NOTES], ids=[case[0] for case in NOTES])
def test_notes_and_their_markers(text, body, notes):
    blocks, found = part_notes(text.split("\n\n"), [])
    assert list(found.values()) == notes
    assert plain(mark("\n\n".join(blocks), found)) == body


def test_notes_of_the_markup_and_notes_in_the_text():
    post, _ = composed("One.\ue0001\ue001 Two.[2]\n\n[2] B.", notes=[RawNote("1", "A.")])
    assert ([note["number"] for note in post.notes], plain(post.body)) == (["1", "2"], "One.⟨1⟩ Two.⟨2⟩")


def test_biography_between_text_and_notes():
    post, _ = composed("By Ann Lee\n\nOne.[1]\n\nAnn Lee is a former intern.\n\nShe holds a degree.\n\n[1] A.")
    assert (post.author_note, plain(post.body)) == ("Ann Lee is a former intern.\n\nShe holds a degree.", "One.⟨1⟩")


BLOCKS = st.sampled_from(
    [
        "By Ann Lee, former Research Intern", "Edited by Bo Kim, Director of Operations & Research", "Translated by Cy Oh", "October 28, 2020", "May 2016",
        "By Ann Lee, Intern Edited by Bo Kim October 28, 2020 Closed are all the borders.", "by Dee Ro", "글: 이안, 인턴", LONG, "One.[1] Two.[2]", "Three [1].",
        "Four.[i]", "Camps [관리소] and [sic].", "[1] Ann Lee, “Wires,” 2015.", "[2] Ibid. [3] More.", "[i] Roman.", "1. Numbered.", "2. Second.", "# Notes",
        "Endnotes", "# A heading", "Ann Lee is a student.", "She holds a degree.", "About the author", "About the author: A pen name.", "Picture", "Photo: Cy Oh",
        "Editor’s note: Old. It stands.", "[Editor's note: Older.]", "First published in The Review.", "- an item", "> a quotation", "Raised\ue0001\ue001 here.",
        "First line\n[1] second line\nthird", "One.[1] [1] Ann. [2] Bo.", "x " * 70 + "end",
    ]
)  # fmt: skip


def words(text):
    return Counter(re.findall(r"[^\W\d]+", text))


def is_taken(line):
    """Return whether a line may go: it names people, a date, a picture or the list of notes."""
    bare = line.strip("#> -*_")
    front = part_front(bare)
    taken = len(front) > 1 or read_byline(bare) or dateline_of(bare) or is_credit(bare) or is_heading_of_notes(line)
    return bool(taken) or about_author(line) is not None


@settings(max_examples=200)
@given(st.lists(BLOCKS, max_size=9, unique=True), st.sampled_from([[], ["Ann Lee"], ["The Office"]]))
def test_no_word_is_lost(blocks, authors):
    post = RawPost("a.html", "", "", authors=list(authors), author_roles=[""] * len(authors))
    compose(post, "\n\n".join(blocks))
    kept = words(" ".join([post.body, post.author_note or "", *(f"{note['number']} {note['text']}" for note in post.notes)]))
    people = words(" ".join([*post.authors, *post.author_roles, *post.editors, *post.translators]))
    text = [line for block in blocks for line in block.split("\n") if not is_taken(line)]
    text += [part_front(line)[-1] for block in blocks for line in block.split("\n") if len(part_front(line)) > 1]
    lost = words("\n".join(text)) - kept - people
    assert not lost
    for line in {line for block in blocks for line in block.split("\n") if read_byline(line)}:
        byline = read_byline(line)
        named = words(" ".join([*byline.authors, *byline.editors, *byline.translators]))
        assert not named - people - kept


@given(st.text(alphabet="[]1 2iv.)\n#-A*\ue000\ue001“”:,", max_size=200))
def test_no_text_breaks_it(text):
    composed(text)


def test_ten_thousand_markers_take_no_time():
    body = "".join(f"Word.[{n % 900}] " for n in range(10_000))
    post, _ = composed(f"{body}\n\n{body}")
    assert len(post.body) > 100_000
