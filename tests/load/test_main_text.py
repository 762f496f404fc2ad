"""Text as main-text extractors leave it: one post a file, the front run together, title and date often missing."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.load import load
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.text.main_text import read

LINE = "The ministry closed every line across the border in the spring, and it has not said until today when it will open one again."
SECOND = "Nobody in the towns by the river has heard from a cousin on the other side since, and the brokers have gone."
PEOPLE = "By Ann Lee, former Research Intern Edited by Bo Kim, Director of Operations and Research"


def one(text, name="post.txt"):
    (post,) = read(Document(name, text.encode()), Hints()).posts
    return post


@pytest.mark.parametrize(
    "front",
    [
        f"{PEOPLE} October 28, 2020 ",
        f"{PEOPLE}\nOctober 28, 2020 ",
        f"{PEOPLE}\nOctober 28, 2020\n",
        f"{PEOPLE}\n\nOctober 28, 2020\n\n",
        f"{PEOPLE.replace(' Edited', chr(10) + 'Edited')} October 28, 2020 ",
        f"October 28, 2020\n\n{PEOPLE} ",
    ],
)
@pytest.mark.parametrize("title", ["", "What the Wall Hears\n", "# What the Wall Hears\n\n"])
def test_a_front_that_runs_together(title, front):
    post = one(f"{title}{front}{LINE}\n{SECOND}")
    assert (post.title, post.authors, post.author_roles, post.editors) == (
        title.strip("#\n "),
        ["Ann Lee"],
        ["former Research Intern"],
        ["Bo Kim"],
    )
    assert (post.published, post.published_precision, post.body) == (date(2020, 10, 28), "day", f"{LINE}\n\n{SECOND}")
    assert post.problems == ([] if title else ["no title; kept without one."])


@pytest.mark.parametrize(
    ("name", "dateline", "published", "precision"),
    [
        ("2020-10-28-the-wall.txt", "", date(2020, 10, 28), "day"),
        ("blog/insider-2020-10-28-the-wall.txt", "", date(2020, 10, 28), "day"),
        ("2020-10-28-the-wall.txt", "October 2020 ", date(2020, 10, 28), "day"),
        ("2020-10-28-the-wall.txt", "May 2016 ", date(2016, 5, 1), "month"),
        ("2020-10-28-the-wall.txt", "May 3, 2016 ", date(2016, 5, 3), "day"),
        ("2020-10-the-wall.txt", "", date(2020, 10, 1), "month"),
        ("the-wall-20200.txt", "", None, None),
    ],
)
def test_the_dateline_counts_and_else_the_name(name, dateline, published, precision):
    post = one(f"What the Wall Hears\n{PEOPLE} {dateline}{LINE}", name)
    assert (post.published, post.published_precision, post.body) == (published, precision, LINE)
    assert post.problems == (
        [] if published else ["no date, neither in a dateline nor in the file's name; kept without one, so in no chart over time."]
    )


@pytest.mark.parametrize(
    "sentence",
    [LINE, "North Korea has closed the border.", "In 2015, phones were legal.", "“We wait,” he said.", "Kim Jong-un wants it so."],
)
def test_a_role_ends_where_the_first_sentence_begins(sentence):
    post = one(f"{PEOPLE} {sentence} {LINE}")
    assert (post.author_roles, post.body) == (["former Research Intern"], f"{sentence} {LINE}")


def test_a_byline_that_cannot_be_told_from_the_sentence_is_said():
    post = one(f"By Ann Lee Quiet has fallen over the towns. {LINE}", "2020-10-28-a.txt")
    assert (post.authors, post.body) == ([], f"By Ann Lee Quiet has fallen over the towns. {LINE}")
    assert "could not be parted from its first sentence" in post.problems[-1]


def test_text_and_notes_in_one_line():
    post = one(
        f"{PEOPLE} October 28, 2020 One wall.[1] A camp [관리소] in [2016].[2],[3] [1] Ann Lee, “Wires,” 2015. [2] Ibid., 12. [3] Bo Kim, Maps (Seoul: Press, 2016)."
    )
    assert post.body == "One wall.\ue0001\ue001 A camp [관리소] in [2016].\ue0002\ue001\ue0003\ue001"
    assert [(note["number"], note["author"], note["year"], note["cites"]) for note in post.notes] == [
        ("1", "Ann Lee", 2015, None), ("2", "Ann Lee", 2015, "1"), ("3", "Bo Kim", 2016, None),
    ]  # fmt: skip


def test_headings_items_and_quotations():
    post = one(f"What the Wall Hears\n{LINE}\nA Second Wall\n{SECOND}\n- one\n• two\n## Deep\n{LINE}")
    assert post.body == f"{LINE}\n\n# A Second Wall\n\n{SECOND}\n\n- one\n\n- two\n\n# Deep\n\n{LINE}"


def test_lines_broken_at_a_fixed_width_are_joined():
    text = """What the Wall Hears

The ministry closed every line across the border in the spring, and it
has not said until today when it will open one again. Nobody in the
towns by the river has heard from a cousin on the other side.

The brokers have gone with them, and a call that cost a week's wages in
January cannot be had at any price, as three people said in interviews
that were held in May.[1]

[1] Ann Lee, “Wires,” 2015.
"""
    blocks = one(text).body.split("\n\n")
    assert [len(blocks), blocks[0].startswith("The ministry"), "\n" in "".join(blocks)] == [2, True, False]


def test_a_listing_is_parted(tmp_path):
    (tmp_path / "listing.txt").write_text(
        f"By Ann Lee, Intern\nMay 2020 {LINE}\n0 Comments\nBy Bo Kim, Intern\nMay 2020 {SECOND}\n", encoding="utf-8"
    )
    assert [(post.authors, post.body) for post in load(tmp_path).posts] == [(["Ann Lee"], LINE), (["Bo Kim"], SECOND)]


def test_other_texts_are_refused():
    with pytest.raises(InputError, match="no post is recognised"):
        one("Shopping: milk.\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read(Document("a.txt", b"\xff\xfeb"), Hints())


@given(st.text(max_size=300) | st.text(alphabet="By Ann.\n|[1]# 2020-10/28", max_size=200))
def test_no_text_breaks_it(text):
    with suppress(InputError, LeftOut):
        read(Document("a.txt", text.encode("utf-8", "replace")), Hints())
