"""A page copied from the browser: the fixture has the structure of a real one and the project's own words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.load import load
from discourse.load.text.lines import lines_of
from discourse.load.text.posts import part_posts


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
        load(tmp_path, form="page-text")


def test_captions_and_signs_of_no_width_are_taken_out(tmp_path):
    post = page_of(
        tmp_path,
        f"\u200bA\u00a0body.\n\nPicture\n\n[A map of the camps.] © 2015 Open Lines\n\nPhoto: Bo Kim\n\n{SENTENCE}\n\n• an item" + COMMENTS,
    )
    assert post.body == f"A body.\n\n{SENTENCE}\n\n- an item"


LINE = "The ministry closed every line across the border in the spring, and it has not said until today when it will open one again."
SECOND = "Nobody in the towns by the river has heard from a cousin on the other side since, and the brokers have gone."


def listing(tmp_path, text):
    (tmp_path / "listing.txt").write_text(text, encoding="utf-8")
    return load(tmp_path).posts


def told(posts):
    return [(post.title, str(post.published), post.authors, post.body) for post in posts]


@pytest.mark.parametrize(
    "second",
    [
        "The Wall Hears10/28/2020 By Ann Lee, Research Intern",
        "The Wall Hears 10/28/2020 By Ann Lee, Research Intern",
        "The Wall Hears 10/28/2020 3 Comments By Ann Lee, Research Intern",
        "The Wall Hears10/28/2020 Comments By Ann Lee, Research Intern",
        "The Wall Hears10/28/2020 0 Comments\nPicture\nBy Ann Lee, Research Intern\n",
        "The Wall Hears\n10/28/2020\n0 Comments\nBy Ann Lee, Research Intern\n\n",
        "The Wall Hears10/28/2020\nBy Ann Lee, Research Intern Edited by Bo Kim, Director of Operations and Research October 28, 2020",
        "0 Comments The Wall Hears10/28/2020 By Ann Lee, Research Intern",
        "0 Comments\nThe Wall Hears10/28/2020 by Ann Lee, Research Intern",
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_titles_dates_and_bylines_that_run_together(tmp_path, gap, second):
    posts = listing(tmp_path, f"First Steps11/2/2020 By Bo Kim, Fellow {LINE}{gap}{second} {SECOND}")
    assert told(posts) == [
        ("First Steps", "2020-11-02", ["Bo Kim"], LINE),
        ("The Wall Hears", "2020-10-28", ["Ann Lee"], SECOND),
    ]


def test_posts_told_by_their_bylines_alone(tmp_path):
    text = (
        f"By Bo Kim, Research Intern\nNovember 2015 {LINE}\n0 Comments\nBy Suhwan (Alma) Roe, Intern\nNovember 2015 {SECOND} "
        f"By Ann Lee, former Research Intern\nOctober 2015 {LINE} |\nDedicationThe staff dedicate this to two teachers. Archives\nApril 2021\nCategories\nAll\n|\n"
    )
    posts = listing(tmp_path, text)
    assert told(posts) == [
        ("", "2015-11-01", ["Bo Kim"], LINE),
        ("", "2015-11-01", ["Suhwan (Alma) Roe"], SECOND),
        ("", "2015-10-01", ["Ann Lee"], LINE),
    ]
    assert [post.published_precision for post in posts] == ["month"] * 3
    assert all("no title" in post.problems[0] for post in posts)


def test_words_between_two_posts_that_may_be_a_title_are_said(tmp_path):
    text = f"By Bo Kim, Intern\nMay 3, 2020 {LINE} Cy Oh Executive Director By Ann Lee, Research Intern\nEdited by Bo Kim, Fellow May 1, 2020 {SECOND}"
    first, second = listing(tmp_path, text)
    assert first.body == f"{LINE} Cy Oh Executive Director"
    assert (second.authors, second.body) == (["Ann Lee"], SECOND)
    assert "“Cy Oh Executive Director” stands in the post before" in second.problems[0]


def test_a_translation_heads_a_post_and_may_stand_at_the_foot_of_one(tmp_path):
    text = f"Translated by Bo Kim, Intern\nMay 3, 2020 {LINE}\n0 Comments\nBy Ann Lee, Intern\nMay 2, 2020 {SECOND}\nTranslated by Cy Oh\n0 Comments"
    first, second = listing(tmp_path, text)
    assert (first.authors, first.translators, first.body) == ([], ["Bo Kim"], LINE)
    assert (second.authors, second.translators, second.body) == (["Ann Lee"], ["Cy Oh"], SECOND)


def test_posts_of_an_older_template_have_counts_and_no_dates(tmp_path):
    text = f"Open Lines\n  • Home\n  • Blog\n\nThe Blog\n\nPaper to Screen\n\n0 Comments\n\n \n{LINE}\n\n{SECOND}\n\n0 Comments\n\nA Second Door\n\n2 Comments\n\n{SECOND}\n\n2 Comments\n\nLeave a Reply.\n"
    posts = listing(tmp_path, text)
    assert [(post.title, post.body) for post in posts] == [("Paper to Screen", f"{LINE}\n\n{SECOND}"), ("A Second Door", SECOND)]
    assert posts[1].problems == ["the page says 2 comments, and 0 were read.", "no date; kept without one, so in no chart over time."]


def test_dates_with_their_weekday_stand_above_titles(tmp_path):
    text = f"Wednesday, April 1, 2015\n\nThe Wall Hears\n\nBy Ann Lee\n\n{LINE}\n\nPosted by Open Lines at 9:00 AM\n\nTuesday, March 3, 2015\n\nFirst Steps\n\n{SECOND}\n\nPosted by Open Lines at 10:30 AM\n"
    assert told(listing(tmp_path, text)) == [
        ("The Wall Hears", "2015-04-01", ["Ann Lee"], LINE),
        ("First Steps", "2015-03-03", [], SECOND),
    ]


PIECES = st.sampled_from(
    ["Title One", "Title Two", "1/20/2020", "2/3/2020", "0 Comments", "3 Comments", "Picture", "By Ann Lee, Intern", "Edited by Bo Kim", LINE, SECOND, "May 2016",
     "[1] A note.", "A wall.[1]", "Heading", "|", "Title Glued10/2/2020 By Cy Oh, Fellow", f"{LINE} By Dee Ro, Research Intern", "Leave a Reply."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_no_sentence_of_a_listing_is_lost(pieces):
    lines = lines_of("\n\n".join(pieces))
    parts = part_posts(lines)
    kept = [line for part in parts for line in [part.title, *part.lines] if len(line.split()) > 12]
    known = [line.removeprefix("\x0c") for line in lines if len(line.split()) > 12]
    assert kept == known[len(known) - len(kept) :]
    if parts and not parts[0].printed:  # what stands above the first date is the page around the posts
        assert all(len(line.split()) <= 40 for line in known[: len(known) - len(kept)])


@given(st.text(alphabet="By 10/28/2020 Comments.\nTitleA|,[1]", max_size=200))
def test_no_text_breaks_the_parting(text):
    part_posts(lines_of(text))
