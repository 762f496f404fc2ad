"""A page copied from the browser: the fixture has the structure of a real one and the project's own words."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load


@pytest.fixture
def page(page_dump):
    return load(page_dump)


def test_the_post_and_its_people(page):
    (post,) = page.posts
    assert post.title == "the phone and the wall"
    assert (post.published, post.published_precision) == (date(2021, 3, 4), "day")
    assert (post.authors, post.author_roles) == (["Rosa Calder"], ["former Open Lines Research Intern"])
    assert post.editors == ["Anton Weiss", "Mina Ro"]
    assert post.author_note == "Rosa Calder is a student of history at a university in Leeds. She writes about radio."


def test_the_blogs_categories_are_the_sources_and_not_the_posts(page):
    assert page.posts[0].categories is None
    assert page.source["categories"] == ["라디오", "Mobile Phones", "Mobile-phones", "Radio"]


def test_the_order_of_numbered_dates_is_settled_by_the_page(page):
    assert page.source["date_order"] == "mdy"


def test_the_body_holds_headings_and_nothing_of_the_page_around_it(page):
    body = page.posts[0].body
    assert body.startswith("Six million people")
    assert [line for line in body.split("\n") if line.startswith("# ")] == ["# What a Closed Network Does", "# What Follows"]
    for stranger in ("Dedication", "teachers", "Archives", "Leave a Reply", "Mobile", "Donate", "[1]", "Picture", "Calder"):
        assert stranger not in body


def test_notes_resolve(page):
    notes = page.posts[0].notes
    assert [(n["number"], n["part"], n["cites"]) for n in notes] == [
        ("1", 1, None), ("2", 1, "1"), ("3", 1, None), ("4", 1, "3"), ("4", 2, None), ("5", 1, "1"), ("6", 1, "3"),
    ]  # fmt: skip
    assert (notes[0]["author"], notes[0]["year"], notes[0]["domain"]) == ("Ines Harrow", 2019, "example.org")


def test_comments(page):
    comments = page.posts[0].comments
    assert [(c.author, c.published, c.text) for c in comments] == [
        ("Bettina", date(2021, 3, 15), "A fine piece.\n\nI lent it to my class."),
        ("mk", date(2021, 3, 16), "Thank you."),
    ]


def test_a_page_with_two_posts(tmp_path):
    text = "First\n\n1/20/2020\n\n0 Comments\n\nBy Ann Lee\n\nOne body.\n\nSecond\n\n2/3/2020\n\nNo Comments\n\nAnother body.\n\nLeave a Reply.\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    posts = load(tmp_path).posts
    assert [(p.title, p.published, p.body) for p in posts] == [
        ("First", date(2020, 1, 20), "One body."),
        ("Second", date(2020, 2, 3), "Another body."),
    ]


def test_a_date_that_may_be_read_in_two_ways_is_a_problem_unless_said(tmp_path):
    (tmp_path / "page.txt").write_text("Title\n\n3/4/2016\n\nBody.\n", encoding="utf-8")
    (post,) = load(tmp_path).posts
    assert post.published is None
    assert "may be read in two ways" in post.problems[0]
    assert load(tmp_path, date_order="dmy").posts[0].published == date(2016, 4, 3)


def page_of(tmp_path, text):
    (tmp_path / "page.txt").write_text("First\n\n1/20/2020\n\n2 Comments\n\nBy Ann Lee\n\n" + text, encoding="utf-8")
    (post,) = load(tmp_path).posts
    return post


COMMENTS = "\n\n2 Comments\nBea\n1/21/2020 09:00:00 am\n\nOne.\n\nCy\n1/22/2020 09:00:00 am\n\nTwo.\n\nLeave a Reply.\n"
SENTENCE = "The archives of the ministry were opened to nobody in all the years that followed the decree, and it shows."


def test_comments_of_a_closed_thread_are_all_read(tmp_path):
    post = page_of(tmp_path, "A body." + COMMENTS)
    assert ([c.text for c in post.comments], post.problems) == (["One.", "Two."], [])


def test_a_section_called_archives_does_not_end_the_post(tmp_path):
    post = page_of(tmp_path, f"A body.\n\nArchives\n\n{SENTENCE}" + COMMENTS)
    assert post.body == f"A body.\n\n# Archives\n\n{SENTENCE}"


def test_a_date_alone_in_a_body_is_no_post(tmp_path):
    post = page_of(tmp_path, f"It was signed on this day.\n\n3/4/2019\n\n{SENTENCE}" + COMMENTS)
    assert "3/4/2019" in post.body


def test_a_note_goes_on_in_its_next_paragraph(tmp_path):
    post = page_of(tmp_path, "A body.[1]\n\n[1] Ann Lee, “Wires,” 2015.\n\nIt was reprinted in 2016.\n\nAnn Lee is a student." + COMMENTS)
    assert post.body == "A body.\ue0001\ue001"
    assert post.notes[0]["text"].endswith("It was reprinted in 2016.")
    assert post.author_note == "Ann Lee is a student."


def test_a_comment_that_could_not_be_read_is_a_problem(tmp_path):
    post = page_of(tmp_path, "A body.\n\n2 Comments\nBea\n1/21/2020 09:00:00 am\n\nOne.\n\nReply\n")
    assert post.problems == ["the page says 2 comments, and 1 were read."]


def test_text_without_a_dated_post_is_refused(tmp_path):
    (tmp_path / "page.txt").write_text("Shopping list\n\nmilk\n", encoding="utf-8")
    with pytest.raises(InputError, match="no line with a date alone"):
        load(tmp_path)
