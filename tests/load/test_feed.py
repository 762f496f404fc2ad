"""Feeds: platforms, people, days, categories, whole texts and beginnings, and what is left out."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load.feed import read
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>'
    "<title>Walls</title><link>https://walls.example.org</link><generator>{generator}</generator>{items}</channel></rss>"
)
WORDPRESS = "https://wordpress.org/?v=6.5"
ATOM = (
    "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
    "<title>Walls</title><link rel='alternate' href='https://walls.example.org/'/>{head}{items}</feed>"
)
BLOGGER = (
    "<category term='Law'/><category term='Nets'/><author><name>The Desk</name><email>noreply@blogger.com</email></author>"
    "<generator uri='http://www.blogger.com'>Blogger</generator>"
)
LINK = "https://walls.example.org/2020/03/01/a/"


def rss(*items, generator=""):
    return read(Document("feed.xml", RSS.format(generator=generator, items="".join(items)).encode()), Hints())


def atom(*items, head=""):
    return read(Document("atom.xml", ATOM.format(head=head, items="".join(items)).encode()), Hints())


def item(content="<p>Body.</p>", *, title="A", link=LINK, day="Sun, 01 Mar 2020 10:00:00 +0000", more="<dc:creator>Ann Lee</dc:creator>"):
    body = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{more}{body}</item>"


def entry(content="<content type='html'>&lt;p&gt;Body.&lt;/p&gt;</content>", *, day="2020-03-01T23:40:00.000-08:00", more=""):
    return (
        f"<entry><id>tag:x,1999:1</id><published>{day}</published><title type='text'>A</title>{content}"
        f"<link rel='replies' href='https://walls.example.org/c'/><link rel='alternate' href='https://walls.example.org/2020/03/a.html'/>{more}</entry>"
    )


def test_what_an_item_says():
    page = rss(item(title="Walls &amp;amp; <![CDATA[<em>wires</em>]]>"))
    post = page.posts[0]
    assert (post.title, post.url, post.address) == ("Walls & wires", LINK, "walls.example.org/2020/03/01/a")
    assert (post.authors, post.author_roles, post.published, post.body, post.cut) == (["Ann Lee"], [""], date(2020, 3, 1), "Body.", False)
    assert page.source == {"title": "Walls", "url": "https://walls.example.org"}


@pytest.mark.parametrize(
    ("more", "authors"),
    [
        ("<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Kim</dc:creator>", ["Ann Lee", "Bo Kim"]),
        ("<dc:creator>Ann Lee, Bo Kim and Cy Park</dc:creator>", ["Ann Lee", "Bo Kim", "Cy Park"]),
        ("<dc:creator>Center for Walls and Wires</dc:creator>", ["Center for Walls and Wires"]),
        ("<author>ann@example.org (Ann Lee)</author>", ["Ann Lee"]),
        ("<author>ann@example.org</author>", []),
        ("<dc:creator>admin</dc:creator>", []),
        ("", []),
    ],
)
def test_authors_of_items(more, authors):
    post = rss(item(more=more)).posts[0]
    assert post.authors == authors
    assert "@" not in repr(post)


def test_the_author_of_an_atom_feed_signs_entries_without_one():
    assert atom(entry(), head="<author><name>Ann Lee</name></author>").posts[0].authors == ["Ann Lee"]


@pytest.mark.parametrize(
    ("day", "link", "expected"),
    [
        ("Mon, 02 Mar 2020 04:15:00 +0000", LINK, date(2020, 3, 1)),
        ("Mon, 02 Mar 2020 04:15:00 +0000", "https://walls.example.org/a/", date(2020, 3, 2)),
        ("Fri, 06 Mar 2020 04:15:00 +0000", LINK, date(2020, 3, 6)),
        ("Sun, 01 Mar 2020 23:40:00 -0800", "https://walls.example.org/a/", date(2020, 3, 1)),
        ("01 March 2020", "https://walls.example.org/a/", date(2020, 3, 1)),
        ("Sun, 01 Mar 20 10:00:00 GMT", "https://walls.example.org/a/", date(2020, 3, 1)),
        ("someday", LINK, date(2020, 3, 1)),
        ("someday", "https://walls.example.org/a/", None),
    ],
)
def test_days(day, link, expected):
    post = rss(item(day=day, link=link)).posts[0]
    assert post.published == expected
    assert bool(post.problems) == (expected is None)


def test_a_blogger_feed_leaves_authors_to_the_byline():
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Law'/><author><name>The Desk</name></author>"
    text = "<content type='html'>&lt;div&gt;By Bo Kim, Intern&lt;br /&gt;&lt;br /&gt;The wall.&lt;/div&gt;</content>"
    page = atom(entry(text, more=label), entry(), head=BLOGGER)
    assert [(post.authors, post.author_roles, post.categories) for post in page.posts] == [(["Bo Kim"], ["Intern"], ["Law"]), ([], [], [])]
    assert page.source["categories"] == ["Law", "Nets"]
    assert page.posts[0].published == date(2020, 3, 1)
    assert page.posts[0].address == "walls.example.org/2020/03/a.html"


def test_wordpress_mixes_categories_and_tags_and_it_is_said_once():
    page = rss(item(more="<category><![CDATA[R&amp;D]]></category><category>x</category>"), item(title="B"), generator=WORDPRESS)
    assert [post.categories for post in page.posts] == [["R&D", "x"], []]
    assert [name for name, _ in page.skipped] == ["categories"]


@pytest.mark.parametrize(("more", "expected"), [("", [None, None]), ("<category>Law</category>", [["Law"], []])])
def test_other_feeds_show_categories_only_where_an_item_has_one(more, expected):
    page = rss(item(more=more), item(title="B"), generator="Weebly")
    assert [post.categories for post in page.posts] == expected
    assert page.skipped == []


@pytest.mark.parametrize(
    "tail",
    [
        f'<p>The post <a href="{LINK}">A</a> first appeared on <a href="https://walls.example.org">Walls</a>.</p>',
        f'<p>Der Beitrag <a rel="nofollow" href="{LINK}">A</a> erschien zuerst auf <a href="https://walls.example.org">Walls</a>.</p>',
        '<div class="feedflare"><a href="x">Share</a></div>',
        "<div class='sharedaddy'><h3>Share this:</h3><ul><li>Tweet</li></ul></div>",
        "<p class='originally-published'><a href='x'>Originally published on Walls</a></p>",
    ],
)
def test_what_platforms_add_is_taken_off(tail):
    assert rss(item(f"<p>Body.</p>{tail}"), generator=WORDPRESS).posts[0].body == "Body."


def test_a_last_paragraph_with_two_links_is_text_unless_the_first_leads_to_the_post():
    text = "<p>See <a href='https://example.org/x'>one</a> and <a href='https://example.org/y'>two</a>.</p>"
    assert rss(item(f"<p>Body.</p>{text}")).posts[0].body == "Body.\n\nSee one and two."


def test_credits_of_global_voices_part_writer_and_translator():
    footer = (
        "<div class='gv-rss-footer'><div class='text-credits-container'><div class='text-credits-section'><span class='credit-label'>Written (English)"
        " by</span> <a class='user-link' href='x'>Bo Kim</a></div><div class='text-credits-section'><span class='credit-label'>Traduit (Français)"
        " par</span> <a class='user-link' href='y'>Cy Park</a></div></div><span class='source-link'><a href='z'>source</a></span></div>"
    )
    post = rss(item(f"<p>Le mur.</p>{footer}", more="<dc:creator>Cy Park</dc:creator>"), generator=WORDPRESS).posts[0]
    assert (post.authors, post.translators, post.body) == (["Bo Kim"], ["Cy Park"], "Le mur.")


def test_a_byline_in_the_text_counts_before_the_account():
    assert rss(item("<p>By Bo Kim, Intern</p><p>The wall stands.</p>")).posts[0].authors == ["Bo Kim"]


@pytest.mark.parametrize(
    ("description", "cut", "body"),
    [
        ("The beginning [&#8230;]", True, "The beginning […]"),
        ("<p>The beginning.</p>", True, "The beginning."),
        ("<p>One.</p><p>Two.</p><p>Three.</p>", False, "One.\n\nTwo.\n\nThree."),
        ("<p>One.</p><p>Two.</p><p>Three …</p>", True, "One.\n\nTwo.\n\nThree …"),
        ("", True, ""),
    ],
)
def test_a_description_is_a_beginning_unless_it_is_long(description, cut, body):
    post = rss(item("", more=f"<description><![CDATA[{description}]]></description>")).posts[0]
    assert (post.cut, post.body) == (cut, body)


def test_a_summary_of_atom_is_a_beginning():
    post = atom(entry("<summary type='text'>One &lt; two</summary>")).posts[0]
    assert (post.cut, post.body) == (True, "One < two")


def test_plain_text_of_atom_keeps_its_paragraphs():
    post = atom(entry("<content type='text'>One &lt;b&gt;\n\nTwo\nthree</content>")).posts[0]
    assert (post.cut, post.body) == (False, "One <b>\n\nTwo\nthree")


def test_rss_1_is_read():
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="x"><title>Walls</title><link>https://walls.example.org</link></channel>'
        '<item rdf:about="y"><title>A</title><link>https://walls.example.org/a</link><dc:date>2020-03-01T22:00:00+09:00</dc:date><dc:creator>Ann Lee</dc:creator>'
        "<dc:subject>Law</dc:subject><content:encoded><![CDATA[<p>Body.</p>]]></content:encoded></item></rdf:RDF>"
    )
    post = read(Document("a.rdf", data.encode()), Hints()).posts[0]
    assert (post.authors, post.published, post.categories, post.body) == (["Ann Lee"], date(2020, 3, 1), ["Law"], "Body.")


def test_feedburner_gives_the_link_of_the_post():
    more = f"<feedburner:origLink>{LINK}</feedburner:origLink>"
    assert rss(item(link="http://feedproxy.example.com/~r/walls/~3/x/", more=more)).posts[0].url == LINK


@pytest.mark.parametrize(
    ("link", "expected"), [("/a", "https://walls.example.org/a"), ("", None), ("javascript:x()", None), ("http://[::1", None)]
)
def test_links_are_absolute_or_none(link, expected):
    assert rss(item(link=link)).posts[0].url == expected


def test_recordings_without_a_text_and_empty_entries_are_skipped():
    sound = '<enclosure url="https://walls.example.org/a.mp3" type="audio/mpeg" length="1"/>'
    page = rss(item("", title="Episode 1", more=sound + "<description>Notes.</description>"), item(more=sound), "<item></item>")
    assert [post.title for post in page.posts] == ["A"]
    assert page.skipped == [("Episode 1", "a recording; its text is not in the feed"), ("an entry", "neither title nor text")]


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (RSS.format(generator=WORDPRESS, items=item(link=LINK + "#comment-12")), LeftOut, "a feed of comments, not of posts"),
        (
            ATOM.format(head=BLOGGER, items=entry(more="<thr:in-reply-to ref='a' href='https://walls.example.org/a'/>")),
            LeftOut,
            "a feed of comments, not of posts",
        ),
        (RSS.format(generator="", items=""), LeftOut, "a feed without an entry"),
        ("\x01nonsense <", InputError, "not one entry of the feed can be read"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + RSS.format(generator="", items=item()), InputError, "declares entities"),
    ],
)
def test_what_holds_no_posts_is_one_line(data, error, message):
    with pytest.raises(error, match=message) as caught:
        read(Document("feed.xml", data.encode()), Hints())
    assert "\n" not in str(caught.value)


def test_a_broken_feed_is_read_as_far_as_it_can_be_and_it_is_said():
    data = RSS.format(generator="", items=item() + item(title="B & C", link="https://walls.example.org/b"))
    page = read(Document("feed.xml", data.encode()), Hints())
    assert [post.title for post in page.posts] == ["A", "B & C"]
    assert page.skipped[0][0] == "the feed"


def test_control_characters_cost_nothing():
    page = rss(item("<p>On\x0be.</p>"))
    assert (page.posts[0].body, page.skipped) == ("One.", [])
