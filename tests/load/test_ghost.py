"""Ghost exports of every age, answers of its API, its editors' own formats, and files that are broken."""

import json
from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load
from discourse.load.ghost.export import read
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut


def export(posts, **tables):
    return {"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": posts, **tables}}]}


def pages(value):
    return read(Document("blog.json", value if isinstance(value, bytes) else json.dumps(value).encode()), Hints())


def one(post, **tables):
    page = pages(
        export(
            [{"id": 1, "title": "A", "status": "published", "published_at": "2021-05-03T10:00:00.000Z", "html": "<p>Text.</p>"} | post],
            **tables,
        )
    )
    assert len(page.posts) == 1
    return page.posts[0]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: {"db": [{"meta": {}, "data": data}]},
        lambda data: {"meta": {}, "data": data},
        lambda data: data,
    ],
    ids=["db", "data", "api"],
)
def test_shapes(wrap):
    page = pages(wrap({"posts": [{"id": 1, "title": "A", "html": "<p>Text.</p>", "published_at": "2021-05-03T10:00:00.000+00:00"}]}))
    assert [(post.title, post.body, post.published, post.categories) for post in page.posts] == [("A", "Text.", date(2021, 5, 3), None)]


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (1388805572000, "", date(2014, 1, 4)),
        ("1388805572000", "", date(2014, 1, 4)),
        (1388805572, "", date(2014, 1, 4)),
        ("2021-05-03T23:30:00.000Z", "", date(2021, 5, 3)),
        ("2021-05-03T23:30:00.000Z", "Asia/Seoul", date(2021, 5, 4)),
        ("2021-05-03 23:30:00", "Asia/Seoul", date(2021, 5, 4)),
        ("2021-05-03T00:30:00.000+09:00", "", date(2021, 5, 3)),
        ("2021-05-03", "America/New_York", date(2021, 5, 3)),
        ("2021-05-03T23:30:00.000Z", "Nowhere/../../etc", date(2021, 5, 3)),
        ("0000-00-00 00:00:00", "", None),
        (1e400, "", None),
        (None, "", None),
        (["2021"], "", None),
    ],
)
def test_the_day_is_the_day_where_the_blog_is(moment, zone, expected):
    post = one({"published_at": moment}, settings=[{"key": "activeTimezone", "value": zone}])
    assert post.published == expected
    assert post.problems == ([] if expected else ["no date that can be read; kept without one, so in no chart over time."])


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        ({"status": "draft"}, "a draft"),
        ({"status": "scheduled"}, "not published yet"),
        ({"status": "sent"}, "sent by e-mail only, never on the blog"),
        ({"status": "odd"}, "its status is 'odd'"),
        ({"type": "page"}, "a page, not a post"),
        ({"page": 1}, "a page, not a post"),
        ({"page": True}, "a page, not a post"),
    ],
)
def test_what_is_no_post_is_skipped_with_the_reason(post, reason):
    page = pages(export([{"id": 1, "title": "A", "status": "published", "html": "<p>T</p>"} | post]))
    assert (page.posts, page.skipped) == ([], [("A", reason)])


def test_tags_are_categories_in_their_order_and_internal_ones_are_none():
    tags = [
        {"id": n, "name": name, "visibility": shown}
        for n, (name, shown) in enumerate([("Law", "public"), ("Spyware", "public"), ("#x", "public"), ("Hidden", "internal")])
    ]
    joined = [{"post_id": 1, "tag_id": tag, "sort_order": place} for tag, place in [(0, 1), (1, 0), (2, 2), (3, 3), (9, 4)]]
    page = pages(
        export([{"id": 1, "title": "A", "html": "<p>T</p>"}, {"id": 2, "title": "B", "html": "<p>T</p>"}], tags=tags, posts_tags=joined)
    )
    assert [(post.categories, post.tags) for post in page.posts] == [(["Spyware", "Law"], []), ([], [])]
    assert page.source == {"categories": ["Law", "Spyware"]}


USERS = [
    {"id": 7, "name": "Ann Lee", "email": "ann@example.org", "bio": "Ann Lee reads\nlaw."},
    {"id": 8, "name": "Bo Kim", "email": "bo@example.org"},
]


@pytest.mark.parametrize(
    ("post", "joined", "authors", "note"),
    [
        ({}, [(8, 1), (7, 0)], ["Ann Lee", "Bo Kim"], None),
        ({}, [(7, 0)], ["Ann Lee"], "Ann Lee reads law."),
        ({"author_id": 8}, [], ["Bo Kim"], None),
        ({"authors": [{"name": "Cy Oh", "email": "cy@example.org"}]}, [], ["Cy Oh"], None),
        ({"primary_author": {"name": "Cy Oh", "bio": None}}, [], ["Cy Oh"], None),
        ({"authors": [{"name": "dee@example.org"}, {"name": 7}, None]}, [], [], None),
        ({"author_id": 99}, [], [], None),
    ],
)
def test_authors(post, joined, authors, note):
    found = one(post, users=USERS, posts_authors=[{"post_id": 1, "author_id": user, "sort_order": place} for user, place in joined])
    assert (found.authors, found.author_roles, found.author_note) == (authors, [""] * len(authors), note)
    assert "example.org" not in repr(found)


LEXICAL = {
    "root": {
        "children": [
            {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "Why"}]},
            {"type": "paragraph", "children": [{"type": "text", "text": "One "}, {"type": "link", "children": [{"type": "text", "text": "two", "format": 1}]}, {"type": "linebreak"}, {"type": "text", "text": "three"}]},
            {"type": "list", "children": [{"type": "listitem", "children": [{"type": "text", "text": "item"}]}]},
            {"type": "quote", "children": [{"type": "text", "text": "Said."}]},
            {"type": "image", "src": "a.png", "caption": "No text"},
            {"type": "markdown", "markdown": "From *Markdown*."},
            {"type": "html", "html": "<p>From HTML.</p>"},
            {"type": "callout", "calloutText": "A call."},
            {"type": "toggle", "heading": "Asked", "content": "<p>Answered.</p>"},
            {"type": "button", "buttonText": "Donate"},
            "noise",
            {"type": ["x"], "children": {}},
        ]
    }
}  # fmt: skip
MOBILEDOC = {
    "version": "0.3.1", "atoms": [["soft-return", "", {}]], "markups": [["strong"], ["a", ["href", "https://example.org"]]],
    "cards": [["markdown", {"markdown": "## From Markdown\n\nText.[^1]\n\n[^1]: Ann Lee, *Wires* (2015)."}], ["html", {"html": "<p>From HTML.</p>"}], ["image", {"src": "a"}]],
    "sections": [
        [1, "h2", [[0, [], 0, "Why"]]], [1, "p", [[0, [0], 1, "One"], [0, [1], 1, " two"], [1, [], 0, 0], [0, [], 0, "three & four"]]],
        [3, "ul", [[[0, [], 0, "item"]], "noise"]], [10, 0], [10, 1], [10, 2], [10, 99], [1, "aside", [[0, [], 0, "Said."]]], "noise", [],
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ({"lexical": json.dumps(LEXICAL)}, "# Why\n\nOne two\nthree\n\n- item\n\n> Said.\n\nFrom Markdown.\n\nFrom HTML.\n\nA call.\n\n# Asked\n\nAnswered."),
        ({"mobiledoc": json.dumps(MOBILEDOC)}, "# Why\n\nOne two\nthree & four\n\n- item\n\n# From Markdown\n\nText.\ue0001\ue001\n\nFrom HTML.\n\n> Said."),
        ({"markdown": "# Why\n\nBecause."}, "# Why\n\nBecause."),
        ({"html": " ", "markdown": "Because."}, "Because."),
        ({"html": "<p>Kept.</p>", "markdown": "Not read."}, "Kept."),
        ({"html": '<p>A.</p><div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">B.</div></div>'}, "A.\n\nB."),
        ({"html": '<p>A.</p><div class="kg-card kg-product-card kg-signup-card"><h4 class="kg-file-card">Buy</h4></div><figure class="kg-card kg-bookmark-card">x</figure>'}, "A."),
        ({"lexical": "[" * 5000}, ""),
        ({"mobiledoc": '{"sections": [[1, "p", [[0, [5], 9, "x"]]], [10, -1]]}'}, "x"),
        ({"html": None, "custom_excerpt": "No text", "plaintext": "No text"}, ""),
    ],
    ids=range(10),
)  # fmt: skip
def test_bodies(post, text):
    found = one({"html": None} | post)
    assert found.body == text
    assert found.problems == ([] if text else ["no text; kept, with nothing to code."])


def test_a_body_nested_by_the_thousand_is_refused_and_said():
    post = one({"html": "<ul><li>" * 70_000})
    assert (post.body, post.problems) == (
        "",
        ["more than 20,000 elements nest in each other; read without markup.", "no text; kept, with nothing to code."],
    )


def test_footnotes_of_markdown_are_notes():
    found = one({"html": None, "mobiledoc": json.dumps(MOBILEDOC)})
    assert [(note["number"], note["author"], note["title"], note["year"]) for note in found.notes] == [("1", "Ann Lee", "Wires", 2015)]


@pytest.mark.parametrize(
    ("post", "settings", "url"),
    [
        ({"slug": "wall"}, {"url": "https://example.org/blog/"}, "https://example.org/blog/wall/"),
        ({"slug": "wall"}, {"url": "https://example.org", "permalinks": "/:year/:month/:slug/"}, "https://example.org/2021/05/wall/"),
        ({"slug": "wall"}, {}, None),
        ({"url": "https://example.org/wall/"}, {}, "https://example.org/wall/"),
        ({"url": "/404/"}, {}, None),
        ({"slug": "wall"}, {"url": "http://[::1"}, None),
    ],
)
def test_addresses(post, settings, url):
    found = one(post, settings=settings)
    assert found.url == url
    assert found.address == (url.removeprefix("https://").rstrip("/") if url else None)


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://paper.example.com/wall", "https://paper.example.com/wall"),
        ("https://example.org/other", None),
        ("__GHOST_URL__/wall/", None),
        ("/wall/", None),
        (["x"], None),
    ],
)
def test_a_canonical_address_elsewhere_says_where_it_stood_first(canonical, expected):
    assert one({"canonical_url": canonical}, settings={"url": "https://example.org"}).reprinted_from == expected


def test_members_posts_cut_off_by_the_api_are_cut():
    assert (one({"access": False}).cut, one({"access": True}).cut) == (True, False)


def test_halves_of_letters_and_nul_do_not_reach_the_tables():
    found = one({"title": "A\ud83d\0", "html": "<p>T\ud83d\0</p>"})
    assert (found.title, found.body) == ("A?", "T?")


@pytest.mark.parametrize(
    "value",
    [
        {
            "posts": [
                None,
                7,
                "x",
                [],
                {"id": {}, "title": ["A"], "html": {"a": 1}, "published_at": {}, "slug": 7, "tags": "x", "authors": 7},
            ]
        },
        export(
            [{"id": None, "html": 7}],
            tags={"a": 1},
            posts_tags=[{"post_id": [], "sort_order": "x"}],
            users=7,
            settings=[7, {"key": [], "value": {}}],
        ),
        {"db": [None, {"data": None}, {"data": {"posts": []}}]},
    ],
)
def test_wrong_types_are_passed_over(value):
    assert all(post.body == "" for post in pages(value).posts)


@pytest.mark.parametrize("value", [{"db": []}, {"db": [{"data": {}}]}, [], 7, None, {"posts": 7}])
def test_json_that_is_no_export_is_left_out(value):
    with pytest.raises(LeftOut, match="no export of a Ghost blog"):
        pages(value)


@pytest.mark.parametrize("data", [b"", b"{", b'{"db": [' * 50_000, b"\xff\xfe\x00", b'{"db": [1e', b"\x00" * 10])
def test_broken_json_is_one_line(data):
    with pytest.raises(InputError, match="cannot be read as JSON") as caught:
        pages(data)
    assert "\n" not in str(caught.value)


def test_an_export_is_recognised(tmp_path):
    (tmp_path / "blog.json").write_text(json.dumps(export([{"id": 1, "title": "A", "html": "<p>Text.</p>"}])), encoding="utf-8")
    assert [(file.form, file.outcome, file.posts) for file in load(tmp_path).files] == [("ghost", "post", 1)]
