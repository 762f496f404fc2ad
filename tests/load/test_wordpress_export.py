"""WordPress exports: what is kept and what is skipped, people, dates, the two kinds of content, comments, and broken files."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.wordpress.export import read
from discourse.load.wordpress.text import as_shown

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Walls &amp;amp; wires</title><link>https://walls.example.org</link>'
)
ANN = (
    "<wp:author><wp:author_login>ann.lee</wp:author_login><wp:author_email>ann@example.org</wp:author_email>"
    "<wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>"
)


def item(
    content="Body.",
    *,
    title="A",
    status="publish",
    kind="post",
    day="2020-03-01 23:10:00",
    creator="ann.lee",
    more="",
    link="https://walls.example.org/a/",
):
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link><pubDate>Mon, 02 Mar 2020 04:10:00 +0000</pubDate>"
        f"<dc:creator><![CDATA[{creator}]]></dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[No text.]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date>{day}</wp:post_date>"
        f"<wp:post_date_gmt>2020-03-02 04:10:00</wp:post_date_gmt><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def load(*items, accounts=ANN, tail="</channel></rss>"):
    return read(Document("walls.xml", (HEAD + accounts + "".join(items) + tail).encode()), Hints())


def one(*args, accounts=ANN, **known):
    page = load(item(*args, **known), accounts=accounts)
    assert len(page.posts) == 1
    return page.posts[0]


def test_what_an_item_says():
    post = one("Body.", title="Walls &#8217; <em>now</em>")
    assert (post.title, post.url, post.address) == ("Walls ’ now", "https://walls.example.org/a/", "walls.example.org/a")
    assert (post.authors, post.author_roles, post.published, post.published_precision) == (["Ann Lee"], [""], date(2020, 3, 1), "day")
    assert (post.body, post.categories, post.tags, post.problems) == ("Body.", [], [], [])


@pytest.mark.parametrize(
    ("known", "entry"),
    [
        ({"status": "draft"}, ("A", "a draft")),
        ({"status": "private"}, ("A", "private")),
        ({"status": "pending"}, ("A", "waiting for review")),
        ({"status": "future"}, ("A", "scheduled, not yet published")),
        ({"status": "trash"}, ("A", "in the trash")),
        ({"status": "auto-draft"}, ("A", "a draft that was never saved")),
        ({"status": "archived"}, ("A", "of the status 'archived', not published")),
        ({"status": ""}, ("A", "no status, so it may be a draft; left out")),
        ({"kind": "page"}, ("A", "a page, not a post")),
        ({"kind": "attachment", "status": "inherit"}, ("A", "a file of the media library")),
        ({"kind": "nav_menu_item"}, ("A", "an entry of a menu")),
        ({"kind": "revision", "status": "inherit"}, ("A", "an older version of a post")),
        ({"kind": "event"}, ("A", "of the type 'event', not a post")),
        ({"kind": "feedback", "title": "bo@example.org - 2020"}, ("item 7", "of the type 'feedback', not a post")),
        ({"more": "<wp:post_password>x</wp:post_password>"}, ("A", "protected by a password")),
        ({"title": "", "status": "draft"}, ("item 7", "a draft")),
    ],
)
def test_items_that_are_no_published_posts(known, entry):
    page = load(item(**known))
    assert (page.posts, page.skipped) == ([], [entry])


def test_the_channel_names_the_blog_and_its_categories():
    terms = "".join(f"<wp:category><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>" for name in ("R&amp;D", "Law"))
    page = load(item(), accounts=ANN + terms)
    assert page.source == {"title": "Walls & wires", "url": "https://walls.example.org", "categories": ["R&D", "Law"]}


@pytest.mark.parametrize(
    ("creator", "accounts", "more", "authors"),
    [
        ("ann.lee", ANN, "", ["Ann Lee"]),
        ("Cy Park", "", "", ["Cy Park"]),
        ("ann@example.org", "", "", []),
        ("admin", "", "", []),
        (
            "bo",
            "<wp:author><wp:author_login>bo</wp:author_login><wp:author_display_name>bo@example.org</wp:author_display_name>"
            "<wp:author_first_name>Bo</wp:author_first_name><wp:author_last_name>Kim</wp:author_last_name></wp:author>",
            "",
            ["Bo Kim"],
        ),
        (
            "admin",
            ANN,
            '<category domain="author" nicename="cap-ann-lee">ann-lee</category><category domain="author" nicename="cap-x">Cy Park</category>',
            ["Ann Lee", "Cy Park"],
        ),
    ],
)
def test_authors(creator, accounts, more, authors):
    assert one(creator=creator, accounts=accounts, more=more).authors == authors


def test_a_guest_author_is_named_by_an_item_of_its_own():
    guest = item(
        "", title="Dee Moss", kind="guest-author",
        more="<wp:post_name>cap-beeboop</wp:post_name><wp:postmeta><wp:meta_key>cap-user_login</wp:meta_key><wp:meta_value>beeboop</wp:meta_value></wp:postmeta>",
    )  # fmt: skip
    page = load(item(more='<category domain="author" nicename="cap-beeboop">beeboop</category>'), guest)
    assert page.posts[0].authors == ["Dee Moss"]
    assert page.skipped == [("Dee Moss", "a guest author; read for the name")]


def test_a_byline_in_the_text_counts_before_the_account():
    post = one("By Bo Kim, Intern\n\nThe wall stands.")
    assert (post.authors, post.author_roles, post.body) == (["Bo Kim"], ["Intern"], "The wall stands.")


@pytest.mark.parametrize(
    ("more", "categories", "tags"),
    [
        ('<category domain="category" nicename="rd"><![CDATA[R&amp;D]]></category>', ["R&D"], []),
        ('<category domain="post_tag" nicename="x"><![CDATA[x]]></category>', [], ["x"]),
        ("<category>Law</category><category domain='category' nicename='law'>Law</category>", ["Law"], []),
        ("<category domain='tag'>x</category><category domain='tag' nicename='x'>x</category>", [], ["x"]),
        ("<category domain='post_format' nicename='aside'>Aside</category>", [], []),
    ],
)
def test_terms(more, categories, tags):
    post = one(more=more)
    assert (post.categories, post.tags) == (categories, tags)


def test_language_and_series_are_taxonomies_of_plugins():
    post = one(
        more='<category domain="language" nicename="pt-br">Português</category><category domain="series" nicename="s">Switched off</category>'
    )
    assert (post.language, post.series) == ("pt", "Switched off")


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2020-03-01 23:10:00", date(2020, 3, 1)), ("0000-00-00 00:00:00", date(2020, 3, 2)), ("", date(2020, 3, 2))],
)
def test_dates(day, expected):
    assert one(day=day).published == expected


def test_a_post_without_any_date_is_kept_and_said():
    text = (
        item(day="0000-00-00 00:00:00")
        .replace("2020-03-02 04:10:00", "0000-00-00 00:00:00")
        .replace("Mon, 02 Mar 2020", "Mon, 30 Nov -0001")
    )
    post = load(text).posts[0]
    assert (post.published, post.problems) == (None, ["no date; kept without one, so in no chart over time."])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("One.\n\nTwo\nthree.", "One.\n\nTwo\nthree."),
        ("One.\r\n\r\nTwo.\r\n \r\nThree.", "One.\n\nTwo.\n\nThree."),
        ("One.\n\n&nbsp;\n\nTwo.", "One.\n\nTwo."),
        ("One <em>two\n\nthree</em>.", "One two\n\nthree."),
        ("One,<br />\ntwo.", "One,\ntwo."),
        ('<a\nhref="x"\n\nclass="y">One</a> two.', "One two."),
        ("<h2>Why</h2>\nBecause.\n<ul>\n\t<li>one</li>\n\n\t<li>two</li>\n</ul>\nEnd.", "# Why\n\nBecause.\n\n- one\n\n- two\n\nEnd."),
        ("<blockquote>One.\n\nTwo.</blockquote>\nEnd.", "> One.\n\n> Two.\n\nEnd."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("<pre>a\n\nb</pre>\nEnd.", "a b\n\nEnd."),
        ("One.<!--more--> Two.", "One. Two."),
        ("One.\n\n<!--more-->\n\nTwo.<!--nextpage-->Three.", "One.\n\nTwo.\n\nThree."),
        ("<!-- wp:paragraph -->\n<p>One\ntwo.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts /-->", "One two."),
        ('[caption id="a" width="3"]<img src="x" /> A <em>caption</em>[/caption]One.', "One."),
        ('[gallery ids="1,2"]\n\nOne.\n\n[embed]https://video.example.org/1[/embed]', "One."),
        ("One.\n\nhttps://video.example.org/watch?v=1\n\nTwo.", "One.\n\nTwo."),
        ("See https://example.org/a now.", "See https://example.org/a now."),
        ('[vc_row][vc_column width="1/2"]One.[/vc_column][/vc_row]', "One."),
        ("[pullquote]One[/pullquote] two [sic] and [the ministry].", "One two [sic] and [the ministry]."),
        ("[caption]One.", "One."),
        ("One (two) ((three)).", "One (two) ((three))."),
    ],
)
def test_contents(content, expected):
    assert one(content).body == expected


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("One.[ref]Ann Lee, <em>Wires</em> (2015).[/ref] Two.", ""),
        ("One. [efn_note]Ann Lee, <em>Wires</em> (2015).[/efn_note] Two.", ""),
        ("One. ((Ann Lee, <em>Wires</em> (2015).)) Two.", ""),
        ("One. [1. Ann Lee, <em>Wires</em> (2015).] Two.", ""),
        (
            '<!-- wp:paragraph -->\n<p>One.<sup data-fn="ab" class="fn"><a href="#ab" id="ab-link">1</a></sup> Two.</p>\n<!-- /wp:paragraph --><!-- wp:footnotes /-->',
            '<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[[{"id":"ab","content":"Ann Lee, <em>Wires<\\/em> (2015)."}]]]></wp:meta_value></wp:postmeta>',
        ),
    ],
)
def test_footnotes(content, more):
    post = one(content, more=more)
    assert post.body == "One.\ue0001\ue001 Two."
    assert [(n["number"], n["author"], n["title"], n["year"]) for n in post.notes] == [("1", "Ann Lee", "Wires", 2015)]


@pytest.mark.parametrize("saved", ["{", "[1, null]", '{"id": 1}', '[{"id": [], "content": {}}]', "[" * 10_000])
def test_footnotes_that_cannot_be_read_cost_nothing_else(saved):
    more = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[{saved}]]></wp:meta_value></wp:postmeta>"
    assert one("One.", more=more).body == "One."


def comment(number, text="Fine.", author="Bea", approved="1", kind="comment", parent=0, day="2020-03-02 23:00:00"):
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{author}]]></wp:comment_author>"
        "<wp:comment_author_email>bea@example.org</wp:comment_author_email><wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>"
        f"<wp:comment_author_url>https://bea.example.org</wp:comment_author_url><wp:comment_date>{day}</wp:comment_date>"
        f"<wp:comment_date_gmt>2020-03-03 04:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def test_comments_are_the_approved_ones_with_their_parents():
    rows = [
        comment(11), comment(12, approved="spam"), comment(13, approved="0"), comment(14, kind="pingback"), comment(15, kind="trackback"),
        comment(16, "One\ntwo.\n\nThree &amp; more.", "Cy", kind="", parent=11, day="0000-00-00 00:00:00"), comment(17, author="d@example.org", parent=12),
    ]  # fmt: skip
    post = one(more="".join(rows))
    assert [(c.author, c.text, c.published, c.reply_to) for c in post.comments] == [
        ("Bea", "Fine.", date(2020, 3, 2), None),
        ("Cy", "One\ntwo.\n\nThree & more.", date(2020, 3, 3), 1),
        ("", "Fine.", date(2020, 3, 2), None),
    ]
    assert "203.0" not in repr(post)
    assert "@" not in repr(post)
    assert "bea.example.org" not in repr(post)


def test_a_download_that_broke_off_is_read_up_to_there():
    page = load(item(title="Whole"), item(title="Half")[:260], tail="")
    assert [post.title for post in page.posts] == ["Whole"]
    assert [name for name, _ in page.skipped] == ["the export", "Half"]
    assert page.skipped[1][1] == "no status, so it may be a draft; left out"


def test_control_characters_and_words_before_the_export_are_read_over():
    data = b"Notice: x\n" + (HEAD + ANN + item("On\x0be\x08.") + "</channel></rss>").encode()
    assert read(Document("a.xml", data), Hints()).posts[0].body == "One."


def test_a_broken_item_costs_no_other():
    lost = item(title="Lost").replace("</wp:post_id>", "<<wp:post_id", 1)
    page = load(item(title="First"), item(title="Broken", more="</wp:x><wp:is_sticky>0"), lost, item(title="Last"))
    assert [(post.title, len(post.problems)) for post in page.posts] == [("First", 0), ("Broken", 1), ("Last", 0)]
    assert page.posts[1].problems[0].startswith("the export is broken here (")
    assert page.skipped == [("Lost", "no status, so it may be a draft; left out")]


def test_an_item_that_is_too_large_is_left_out():
    page = load(item("x" * 10_000_001), item(title="Small"))
    assert [post.title for post in page.posts] == ["Small"]
    assert page.skipped == [("an item of 10 MB", "larger than 10 MB; left out")]


def test_utf_16_is_read():
    data = (HEAD.replace("UTF-8", "UTF-16") + ANN + item(title="벽") + "</channel></rss>").encode("utf-16")
    assert read(Document("a.xml", data), Hints()).posts[0].title == "벽"


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", InputError, "no export that can be read"),
        (b"\xff\x00nonsense", InputError, "no export that can be read"),
        (HEAD.encode() + b"</channel></rss>", LeftOut, "an export without an item"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD.encode(), InputError, "declares entities"),
        (("<!DOCTYPE x [<!ENTITY a 'b'>]>" + HEAD).encode("utf-16"), InputError, "declares entities"),
    ],
)
def test_what_is_no_export_is_one_line(data, error, message):
    with pytest.raises(error, match=message) as caught:
        read(Document("a.xml", data), Hints())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "piece", ["[caption]", "[caption", "[ref]", "((", "[1. ", "<!--", "<pre>", "<", "[/ref]", "[x a=", "\n\n", "http://a\n"]
)
def test_what_is_never_closed_costs_no_more_than_its_length(piece):
    assert len(as_shown(piece * 30_000)) < 30_000 * (len(piece) + 10)
