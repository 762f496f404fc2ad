"""Any other page: main text and what the page says of itself, pages without a post, and hostile ones."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.load.html import read
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut

SENTENCES = [f"Sentence number {n} says that the ministry blocks the website of yet another small newspaper." for n in range(8)]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
HEAD = """<title>The wall | Our blog</title><meta property="og:site_name" content="Our blog"><meta property="og:title" content="The wall">
<meta name="author" content="Ann Lee; Bo Kim"><meta property="article:published_time" content="2021-05-03T10:00:00+00:00">
<link rel="canonical" href="https://example.org/posts/wall">"""
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About us</a></li></ul></nav>"


def page(body, head=HEAD, lang="en"):
    text = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{NAV}{body}<footer>Copyright 2019 us</footer></body></html>'
    return read(Document("a.html", text.encode()), Hints())


def outcome(*args):
    """Return why nothing was read, or an empty text; any other error fails the test."""
    try:
        page(*args)
    except (LeftOut, InputError) as reason:
        return str(reason)
    return ""


def one(body=f"<article><h1>The wall</h1>{PARAGRAPHS}</article>", **options):
    found = page(body, **options)
    assert len(found.posts) == 1
    return found.posts[0]


def test_a_post():
    post = one()
    assert (post.title, post.authors, post.author_roles) == ("The wall", ["Ann Lee", "Bo Kim"], ["", ""])
    assert (post.published, post.published_precision) == (date(2021, 5, 3), "day")
    assert (post.url, post.address) == ("https://example.org/posts/wall", "example.org/posts/wall")
    assert (post.categories, post.tags, post.language, post.problems) == (None, [], None, [])
    assert post.body == "\n\n".join(SENTENCES)
    assert page(f"<article>{PARAGRAPHS}</article>").source == {"title": "Our blog"}


def test_headings_quotations_lists_and_lines_survive():
    inner = "<h2>Why</h2><blockquote><p>It was said and written down by everybody who was there that day.</p></blockquote>"
    inner += "<ul><li>one item of the list</li><li>another item of the list</li></ul><p>First line of it<br>second line of it</p>"
    body = one(f"<article><h1>The wall</h1>{PARAGRAPHS}{inner}</article>").body
    after = body.removeprefix("\n\n".join(SENTENCES) + "\n\n")
    assert after == (
        "# Why\n\n> It was said and written down by everybody who was there that day.\n\n"
        "- one item of the list\n\n- another item of the list\n\nFirst line of it\nsecond line of it"
    )


def test_a_byline_and_notes_in_the_text_are_taken_out():
    body = f"<article><h1>The wall</h1><p>By Cy Oh, Editor</p>{PARAGRAPHS}<p>It is so.[1]</p><p>[1] Ann Lee, “Wires,” 2015.</p></article>"
    post = one(body, head="<title>The wall</title>")
    assert (post.authors, post.author_roles) == (["Cy Oh"], ["Editor"])
    assert [(note["number"], note["title"]) for note in post.notes] == [("1", "Wires")]
    assert post.body.endswith("It is so.\ue0001\ue001")


def test_a_page_without_a_date_is_kept_and_no_date_is_guessed_from_its_footer():
    post = one(head="<title>The wall</title>")
    assert (post.published, post.problems) == (None, ["no date that can be read; kept without one, so in no chart over time."])


def test_addresses_of_people_are_no_names():
    assert one(head='<title>A</title><meta name="author" content="ann@example.org">').authors == []


@pytest.mark.parametrize(("lang", "expected"), [("en-GB", None), ("ko-KR", "ko"), ("", None), ("1<", None)])
def test_languages(lang, expected):
    assert one(lang=lang).language == expected


TEASERS = "".join(
    f"<article><h2><a href='/{n}'>Post {n}</a></h2><p>{SENTENCES[n]} It goes on and on for a while.</p></article>" for n in range(8)
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Hello.</p>", "words of main text, too few for a post"),
        ("", "a page with"),
        (f"<main>{TEASERS}</main>", "a page that lists posts, without a text of its own"),
    ],
)
def test_pages_without_a_post_are_left_out(body, reason):
    with pytest.raises(LeftOut, match=reason):
        page(body)


def test_a_post_with_teasers_of_others_below_is_a_post():
    post = one(f"<main><article><h1>The wall</h1>{PARAGRAPHS}</article><section>{TEASERS[:600]}</section></main>")
    assert post.body.startswith(SENTENCES[0])


def test_scripts_without_spaces_are_counted_by_letters():
    text = "<p>정부는 지난달 새 법을 내놓았고 언론은 조용했다.</p><p>" + "政府封锁网站并监控所有电话。" * 30 + "</p>"
    assert "政府封锁网站" in one(f"<article><h1>벽</h1>{text}</article>").body


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "deep",
        "<p>word " * 60_000,
        "<ul><li>" * 70_000,
        "<b>" * 190 + PARAGRAPHS,
        "<table><tr><td>" * 60 + PARAGRAPHS,
        f"<p>{'word ' * 200_000}</p>",
        "\x00<p>\x00" + PARAGRAPHS + "<![CDATA[",
        "<svg><math><mi>" * 20 + PARAGRAPHS,
        "<meta property='article:published_time' content='99999-99-99'>" + PARAGRAPHS,
        "<p>1/2/3 2021-99-99 31/02/2021</p>" + PARAGRAPHS,
    ],
    ids=range(10),
)
def test_hostile_pages_end_in_posts_or_in_one_line(body):
    assert "\n" not in outcome(body)


def test_a_page_too_large_is_refused():
    with pytest.raises(InputError, match="larger than 5 MB"):
        page("x" * 5_000_001)


@settings(max_examples=40)
@given(st.text(alphabet="<>/abphult =\"'&;#!-\n", max_size=150))
def test_no_markup_breaks_the_reader(markup):
    assert "\n" not in outcome(f"<article>{markup}{PARAGRAPHS}{markup}</article>")


def test_nothing_is_printed():
    program = """
from discourse.load.html import read
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
import logging
try:
    read(Document("a.html", b"<html><body><p>x</p></body></html>"), Hints())
except LeftOut:
    logging.getLogger("trafilatura.core").error("said to nobody")
    logging.getLogger("htmldate.core").error("said to nobody")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
