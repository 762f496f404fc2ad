"""Answers of the WordPress REST API: posts with and without what is embedded, and what is no post."""

import json
from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.wordpress.api import read

POST = {
    "id": 7, "date": "2016-06-23T23:50:00", "date_gmt": "2016-06-24T04:50:00", "status": "publish", "type": "post",
    "link": "https://example.org/a-wall/", "title": {"rendered": "A &#8220;wall&#8221;"},
    "content": {"rendered": "<p>It stands.</p>", "protected": False}, "author": 3, "categories": [1], "tags": [2],
}  # fmt: skip
EMBEDDED = {
    "author": [{"id": 3, "name": "Ann Lee"}],
    "wp:term": [
        [{"name": "Law &amp; Courts", "taxonomy": "category"}], [{"name": "wall", "taxonomy": "post_tag"}], [{"name": "Asia", "taxonomy": "region"}],
    ],
}  # fmt: skip


def answer(value):
    return read(Document("a.json", json.dumps(value).encode()), Hints())


def one(**changes):
    page = answer([POST | {"_embedded": EMBEDDED} | changes])
    assert len(page.posts) == 1
    return page.posts[0]


def test_a_post_with_what_is_embedded():
    post = one()
    assert (post.title, post.url, post.address) == ("A “wall”", "https://example.org/a-wall/", "example.org/a-wall")
    assert (post.authors, post.categories, post.tags, post.body) == (["Ann Lee"], ["Law & Courts"], ["wall"], "It stands.")
    assert (post.published, post.published_precision, post.problems) == (date(2016, 6, 23), "day", [])


def test_without_embed_authors_and_categories_are_unknown_and_said_to_be():
    post = answer(POST).posts[0]
    assert (post.authors, post.categories, post.tags) == ([], None, [])
    assert post.problems == [
        "the author is a number or hidden; save the answer with _embed, or the posts' pages too.",
        "categories are numbers; save the answer with _embed, or the posts' pages too.",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"coauthors": [{"display_name": "Bo Kim"}, {"display_name": "Cy Roe"}]}, ["Bo Kim", "Cy Roe"]),
        ({"authors": [{"display_name": "Bo Kim"}]}, ["Bo Kim"]),
        ({"authors": "Bo Kim"}, ["Ann Lee"]),
        ({"_embedded": {"author": [{"code": "rest_cannot_access", "message": "No", "name": "x"}]}}, []),
        ({"_embedded": {"author": [{"name": "admin"}]}}, []),
        ({"content": {"rendered": "<p>By Bo Kim</p><p>It stands.</p>"}}, ["Bo Kim"]),
    ],
)
def test_authors(changes, expected):
    assert one(**changes).authors == expected


def test_the_day_in_the_address_counts_within_a_day():
    assert one(link="https://example.org/2016/06/24/a-wall/").published == date(2016, 6, 24)


def test_comments_from_the_oldest_on_without_addresses():
    replies = [
        {"id": 12, "parent": 11, "author_name": "Bo", "author_url": "https://bo.example.net", "date": "2016-06-25T10:00:00", "content": {"rendered": "<p>Two.</p>"}, "type": "comment"},
        {"id": 11, "parent": 0, "author_name": "Ann", "date": "2016-06-24T10:00:00", "content": {"rendered": "<p>One.</p>"}, "type": "comment"},
        {"id": 10, "parent": 0, "author_name": "Other", "date": "2016-06-24T09:00:00", "content": {"rendered": "<p>[…]</p>"}, "type": "pingback"},
        {"code": "rest_forbidden", "message": "No"},
    ]  # fmt: skip
    post = one(_embedded=EMBEDDED | {"replies": [replies]})
    assert [(c.author, c.text, c.published, c.reply_to) for c in post.comments] == [
        ("Ann", "One.", date(2016, 6, 24), None),
        ("Bo", "Two.", date(2016, 6, 25), 1),
    ]
    assert "example.net" not in repr(post)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "page"}, "of type page, not a post"),
        ({"status": "draft"}, "not published (draft)"),
        ({"content": {"rendered": "", "protected": True}}, "a post behind a password"),
        ({"content": 5}, "without content; save the answer with its content"),
    ],
)
def test_what_is_no_post_is_skipped_with_the_reason(changes, reason):
    page = answer([POST, POST | changes])
    assert (len(page.posts), page.skipped) == (1, [("A “wall”", reason)])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "an empty list"),
        (
            {"code": "rest_post_invalid_page_number", "message": "The page number is too large."},
            "an error of the blog: The page number is too large.",
        ),
        ([5], "not an object, so not a post"),
    ],
)
def test_answers_without_posts_are_left_out(value, reason):
    with pytest.raises(LeftOut, match=reason):
        answer(value)


@pytest.mark.parametrize("data", [b"[{", b"", b"[" * 100_000, b"[1" + b"0" * 10_000 + b"]", b"\xff\xfe\x00"])
def test_what_is_no_json_is_one_line(data):
    with pytest.raises(InputError) as caught:
        read(Document("a.json", data), Hints())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("odd", [None, 5, True, "x", [], {}, [[]], [None], {"rendered": 5}, [{"name": 5}], "\ud83d\0"])
@pytest.mark.parametrize(
    "key", ["id", "date", "link", "title", "content", "author", "_embedded", "coauthors", "lang", "guid", "status", "type"]
)
def test_values_of_any_kind_stop_nothing(key, odd):
    page = answer([POST, POST | {key: odd}, POST | {"_embedded": {"author": odd, "wp:term": odd, "replies": odd}}])
    assert len(page.posts) + len(page.skipped) == 3
    for post in page.posts:
        assert "\0" not in post.title + post.body
        (post.title + post.body + str(post.url)).encode()


def test_an_answer_is_recognised(tmp_path):
    (tmp_path / "posts.json").write_text(json.dumps([POST | {"_embedded": EMBEDDED}]), encoding="utf-8")
    loaded = load(tmp_path)
    assert ([file.form for file in loaded.files], loaded.source) == (["wordpress-api"], {"url": "https://example.org/"})
