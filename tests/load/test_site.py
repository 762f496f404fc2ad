"""Pages of one blog meet: dates in one order, one record a post, categories from listings."""

from datetime import date

import pytest

from discourse.load.page import Listing, Page
from discourse.load.site import Site, address
from discourse.tables import RawComment, RawPost


def post(url, **known):
    return RawPost(file="page.html", sha256="", body=known.pop("body", "A text."), url=url, address=address(url), **known)


def joined(*pages, date_order=None):
    site = Site()
    for page in pages:
        site.add(page)
    return site, list(site.posts(date_order))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.example.org/blog/a/", "example.org/blog/a"),
        ("//Example.org/blog/a#comments", "example.org/blog/a"),
        ("https://example.org/2020/01/a.html?m=1&utm_source=x", "example.org/2020/01/a.html"),
        ("https://example.org/?p=12&preview=true", "example.org?p=12"),
        ("https://example.org/a/index.html", "example.org/a"),
        ("https://example.org/%EA%B4%80/", "example.org/관"),
        ("/blog/a", None),
        ("https://[broken/a", None),
        (None, None),
    ],
)
def test_an_address_is_what_all_ways_of_writing_a_url_share(url, expected):
    assert address(url) == expected


@pytest.mark.parametrize(
    ("pages", "declared", "expected", "settled_by"),
    [
        ([("3/4/2021", ""), ("22/4/2021", "")], None, date(2021, 4, 3), "a value above 12"),
        ([("3/4/2021", ""), ("4/22/2021", "")], None, date(2021, 3, 4), "a value above 12"),
        ([("3/4/2021", ""), ("5/6/2021", "2021-05")], None, date(2021, 3, 4), "dates known from elsewhere on the blog"),
        ([("3/4/2021", ""), ("5/6/2021", "2021-06-05")], None, date(2021, 4, 3), "dates known from elsewhere on the blog"),
        ([("3/4/2021", ""), ("5/5/2021", "2021-05")], None, None, None),
        ([("3/4/2021", "")], "dmy", date(2021, 4, 3), "declared"),
    ],
)
def test_one_order_holds_for_the_whole_blog(pages, declared, expected, settled_by):
    documents = [
        Page([post(f"https://example.org/{n}", printed=printed)], dates=[(printed, known)]) for n, (printed, known) in enumerate(pages)
    ]
    site, posts = joined(*documents, date_order=declared)
    assert posts[0].published == expected
    assert site.source.get("date_order_from") == settled_by
    assert bool(posts[0].problems) == (expected is None)


def test_a_feed_that_gives_a_post_its_day_settles_the_order_of_the_others():
    page = Page([post("https://example.org/a", printed="3/4/2021"), post("https://example.org/b", printed="5/6/2021")])
    feed = Page([post("https://example.org/b/", published=date(2021, 6, 5), published_precision="day", cut=True)])
    for order in ([page, feed], [feed, page]):
        _, posts = joined(*order)
        assert {p.url.rstrip("/"): p.published for p in posts} == {
            "https://example.org/a": date(2021, 4, 3),
            "https://example.org/b": date(2021, 6, 5),
        }
        for p in page.posts:
            p.published = p.published_precision = None
            p.problems.clear()


def test_a_post_seen_on_many_pages_is_one_record_with_the_whole_body_and_everything_that_was_said():
    listing = Page([post("https://example.org/a", body="The beginning", cut=True, categories=["Privacy"], title="A")])
    own = Page([post("https://example.org/a/", body="The beginning and the end.", comments=[RawComment("Ann", "Yes.")])])
    for order in ([listing, own], [own, listing]):
        _, posts = joined(*order)
        assert [(p.body, p.title, p.categories, len(p.comments), p.cut, p.problems) for p in posts] == [
            ("The beginning and the end.", "A", ["Privacy"], 1, False, [])
        ]


def test_of_two_versions_of_a_page_the_one_fetched_last_counts():
    old = Page([post("https://example.org/a", body="The old and longer text.", retrieved_at="2020-01-01T00:00:00Z")])
    new = Page([post("https://example.org/a", body="The new text.", retrieved_at="2021-01-01T00:00:00Z")])
    for order in ([old, new], [new, old]):
        assert [p.body for p in joined(*order)[1]] == ["The new text."]


def test_a_body_that_is_cut_everywhere_is_kept_and_said_to_be_cut():
    _, posts = joined(Page([post("https://example.org/a", cut=True)]))
    assert [p.problems[0][:30] for p in posts] == ["only the beginning of the text"]


def test_posts_without_an_address_never_meet():
    _, posts = joined(Page([post(None), post(None)]), Page([post(None)]))
    assert len(posts) == 3


def test_categories_come_from_complete_listings():
    posts = [post(f"https://example.org/{name}") for name in "abc"]
    pages = [
        Page(posts, source={"categories": ["Privacy", "Arms"]}),
        Page(listings=[Listing("Privacy", 1, ["https://example.org/a"], True)]),
        Page(listings=[Listing("Privacy", 2, ["https://example.org/b"], False)]),
        Page(listings=[Listing("Arms", 1, ["https://www.example.org/a/"], False)]),
    ]
    site, found = joined(*pages)
    assert [p.categories for p in found] == [["Privacy", "Arms"], ["Privacy"], []]
    assert site.missing_listings() == []


def test_what_is_not_there_of_the_listings_is_said_and_silence_is_not_taken_for_none():
    posts = [post("https://example.org/a"), post("https://example.org/b")]
    pages = [
        Page(posts, source={"categories": ["Privacy", "Arms", "Camps"]}),
        Page(listings=[Listing("Privacy", 1, ["https://example.org/a"], True)]),
        Page(listings=[Listing("Arms", 2, ["https://example.org/a"], False)]),
    ]
    site, found = joined(*pages)
    assert [p.categories for p in found] == [["Privacy", "Arms"], None]
    assert site.missing_listings() == ["Camps", "Privacy, page 2", "Arms, page 1"]
