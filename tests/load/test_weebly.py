"""Weebly: small pages that each show one way in which the platform, its themes or its writers differ."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load
from discourse.load.page import Hints, Listing
from discourse.load.reading import Document, LeftOut
from discourse.load.weebly import read

SIDEBAR = """<td class="blog-sidebar"><h2 class="blog-author-title">Author</h2><p>By Nobody Here</p>
<p class="blog-archive-list"><a href="/blog/archives/02-2022" class="blog-link">February 2022</a><br /></p>
<p class="blog-category-list"><a href="/blog/category/all" class="blog-link">Alle</a><br />
<a href="/blog/category/privacy" class="blog-link">Privacy</a><br /><a href="/blog/category/mobile-phones" class="blog-link">Mobile&nbsp;Phones</a></p></td>"""


def post(body="<div class='paragraph'>Text.</div>", *, n=1, href="//www.example.org/blog/a", day="2/22/2022", title="A", under=""):
    link = f'<a class="blog-title-link blog-link" href="{href}">{title}</a>' if href is not None else title
    return f"""<div id="blog-post-{n}" class="blog-post"><div class="blog-header"><h2 class="blog-title">
{link} </h2><p class="blog-date"><span class="date-text">
{day}
</span></p></div><div class="blog-content">{body}</div>{under}<div class="blog-post-separator"></div></div>"""


def page(*posts, head="", after="", sidebar=SIDEBAR, name="page.html", url=None):
    text = f"<!DOCTYPE html><html><head>{head}</head><body><div class='wsite-section'><table><tr><td>{''.join(posts)}{after}</td>{sidebar}</tr></table></div></body></html>"
    return read(Document(name, text.encode(), url=url), Hints())


def share(month, slug="a"):
    return f'<div class="blog-social"><a class="twitter-share-button" href="http://twitter.com/share?url=http://www.example.org/1/post/{month}/{slug}.html"></a></div>'


def og(url):
    return f'<meta property="og:url" content="{url}" />'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div class="paragraph">One.<br /><br />Two.<br />Three.</div>', "One.\n\nTwo.\nThree."),
        ('<div class="paragraph">One.</div>  <div class="paragraph">Two.</div>', "One.\n\nTwo."),
        ('<h2 class="wsite-content-title"><font size="4">Why<br />now</font></h2><div class="paragraph">Because.</div>', "# Why now\n\nBecause."),
        ('<div class="paragraph"><strong>Why</strong><br /><br />Because.</div>', "# Why\n\nBecause."),
        ("<blockquote><span style='color:red'>It is so.</span></blockquote><div class='paragraph'>No.</div>", "> It is so.\n\nNo."),
        ('<div class="paragraph">&#8203;One.<br />&#8203;<br />&#8203;Two.</div>', "One.\n\nTwo."),
        ('<div class="paragraph">One.<br />&nbsp;<br />Two.</div>', "One.\n\nTwo."),
        ('<div class="paragraph">One.<ul style="x"><li><font>a</font></li><li>b</li></ul>Two.</div>', "One.\n\n- a\n\n- b\n\nTwo."),
        (
            '<div><div class="wsite-multicol"><div class="wsite-multicol-table-wrap"><table class="wsite-multicol-table"><tbody><tr>'
            '<td class="wsite-multicol-col"><div class="paragraph">Left.</div></td><td class="wsite-multicol-col">Right.</td></tr></tbody>'
            "</table></div></div></div>",
            "Left.\n\nRight.",
        ),
        (
            '<table class="wsite-multicol-table"><tr><td class="wsite-multicol-col">Bare</td><td class="wsite-multicol-col">'
            '<table class="wsite-multicol-table"><tr><td class="wsite-multicol-col">In</td><td class="wsite-multicol-col">Out'
            "<table><tr><td>12</td></tr></table></td></tr></table></td></tr></table>",
            "Bare\n\nIn\n\nOut",
        ),
        (
            '<div><div class="wsite-image wsite-image-border-none "><a><img src="/a.jpg" alt="Picture" /></a>'
            '<div style="display:block;font-size:90%">A caption</div></div></div><div class="paragraph">Text.</div>',
            "Text.",
        ),
        ('<span class="imgPusher"></span><span><img src="a"><span class="wsite-caption">Cap</span></span><div class="paragraph">Text.</div>', "Text."),
        ("Text.<div><a title='Download file: a.pdf' href='/a.pdf'>Download File</a></div>", "Text."),
        ('Text.<p class="blog-share"><a>Share</a></p><div class="blog-comments-bottom"><a>2 Comments</a></div>', "Text."),
        ("<div class='paragraph'>One.<br />__________<br />Two.</div>", "One.\n\nTwo."),
    ],
)  # fmt: skip
def test_bodies(body, expected):
    assert page(post(body)).posts[0].body == expected


BYLINE = "By Rosa Calder, Open Lines Research Intern<br />Edited by Anton Weiss, Director of Operations and Research<br /><br />February 22, 2022"


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="paragraph">{BYLINE}<br /><br />The text.</div>',
        f'<div class="paragraph"><strong>{BYLINE}</strong></div><div class="paragraph">The text.</div>',
        f'<div class="paragraph"><em>&#8203;{BYLINE}</em><br /><br />The text.</div>',
        f'<table class="wsite-multicol-table"><tr><td class="wsite-multicol-col"><div class="paragraph">{BYLINE}</div></td></tr></table>The text.',
    ],
)
def test_people_stand_in_the_first_lines_of_the_body(body):
    found = page(post(body))
    (one,) = found.posts
    assert (one.authors, one.author_roles) == (["Rosa Calder"], ["Open Lines Research Intern"])
    assert (one.editors, one.body) == (["Anton Weiss"], "The text.")
    assert found.dates == [("2/22/2022", "2022-02-22"), ("2/22/2022", "")]


def test_the_box_called_author_in_the_sidebar_signs_no_post():
    assert page(post()).posts[0].authors == []


NOTES = "Ann Lee, <em>Wires</em> (2015).<br />[2] Ibid."


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="paragraph">One.[1] Two.[2]<br /><br />[1] {NOTES}<br /></div>',
        f'<div class="paragraph">One.[1] Two.[2]<br />[1] {NOTES}</div>',
        f'<div class="paragraph">One.[1] Two.[2]<br />______________<br /><font size="2">[1] {NOTES}</font></div>',
        f'<div class="paragraph">One.<sup>[1]</sup> Two.<sup>[2]</sup></div><h2 class="wsite-content-title">Endnotes</h2><div class="paragraph">[1] {NOTES}</div>',
        '<div class="paragraph">One.<a href="#_ftn1" name="_ftnref1">[1]</a> Two.<a href="#_ftn2" name="_ftnref2">[2]</a></div><div class="paragraph">'
        '<a href="#_ftnref1" name="_ftn1">[1]</a>&nbsp;Ann Lee, <i>Wires</i> (2015).<br /><a href="#_ftnref2" name="_ftn2">[2]</a> Ibid.</div>',
        '<div class="paragraph">One.<sup>1</sup> Two.<sup>2</sup></div><div class="paragraph"><font size="1"><sup>1</sup> Ann Lee, <em>Wires</em> (2015).<br />'
        "<sup>2</sup> Ibid.</font></div>",
    ],
)  # fmt: skip
def test_notes_as_writers_print_them(body):
    (one,) = page(post(body)).posts
    assert one.body == "One.\ue0001\ue001 Two.\ue0002\ue001"
    assert [(n["number"], n["author"], n["title"], n["year"], n["cites"], n["text"]) for n in one.notes] == [
        ("1", "Ann Lee", "Wires", 2015, None, "Ann Lee, Wires (2015)."),
        ("2", "Ann Lee", "Wires", 2015, "1", "Ibid."),
    ]


def test_italics_leave_no_sign_in_a_text_that_looks_like_a_note():
    body = '<div class="paragraph">One.<br /><br />[1] is <em>the</em> key<br /><br />And <em>so</em> on.</div>'
    assert page(post(body)).posts[0].body == "One.\n\n[1] is the key\n\nAnd so on."


@pytest.mark.parametrize(
    ("printed", "kept", "published"),
    [
        ("2/22/2022", "2/22/2022", None),
        ("3/4/2022", "3/4/2022", None),
        ("22.2.2022", "22.2.2022", None),
        ("22-2-2022", "22-2-2022", None),
        ("2022/2/22", "", date(2022, 2, 22)),
        ("February 22, 2022", "", date(2022, 2, 22)),
    ],
)
def test_days_as_sites_print_them(printed, kept, published):
    (one,) = page(post(day=printed)).posts
    assert (one.printed, one.published) == (kept, published)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: page(post(day="3/4/2022", under=share("2022/04"))), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022"), head=og("http://www.example.org/1/post/2022/04/a.html")), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022", href="/1/post/2022/04/a.html")), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022"), name="blog/archives/04-2022.html"), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022"), name="blog/archives/04-2022/2.html"), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022"), url="https://www.example.org/blog/archives/04-2022"), [("3/4/2022", "2022-04")]),
        (lambda: page(post(day="3/4/2022"), head=og("http://www.example.org/1/archives/04-2022")), [("3/4/2022", "2022-04")]),
        (lambda: page(post("By Ann Lee<br />3 April 2022<br /><br />T.", day="3/4/2022")), [("3/4/2022", "2022-04-03")]),
        (lambda: page(post("T. <a href='/1/post/2019/01/old.html'>older</a>", day="3/4/2022")), []),
    ],
)  # fmt: skip
def test_what_settles_the_order_of_the_blogs_days(made, expected):
    assert [pair for pair in made().dates if pair[1]] == expected


def test_a_post_without_a_day_has_the_month_of_its_address_or_says_so():
    (dated,), (undated,) = page(post(day="", under=share("2022/04"))).posts, page(post(day="")).posts
    assert (dated.published, dated.published_precision, dated.problems) == (date(2022, 4, 1), "month", [])
    assert undated.problems == ["no date; kept without one, so in no chart over time."]


@pytest.mark.parametrize(
    ("href", "name", "head", "url", "expected"),
    [
        ("//www.example.org/blog/a", "x.html", "", None, "https://www.example.org/blog/a"),
        ("http://www.example.org/1/post/2012/05/a.html", "x.html", "", None, "http://www.example.org/1/post/2012/05/a.html"),
        ("/blog/a", "x.html", "", "http://www.example.org/blog/previous/2", "http://www.example.org/blog/a"),
        ("/blog/a", "x.html", og("https://www.example.org/blog"), None, "https://www.example.org/blog/a"),
        (
            "../a.html",
            "blog/category/privacy.html",
            og("https://www.example.org/1/category/privacy"),
            None,
            "https://www.example.org/blog/a",
        ),
        ("../a.html", "www.example.org/blog/previous/2.html", og("https://www.example.org/blog"), None, "https://www.example.org/blog/a"),
        ("../a.html", "blog/previous/2.html", "", None, None),
        ("a.html?utm=1#x", "blog/a.html", og("https://www.example.org/1/post/2022/04/a.html"), None, "https://www.example.org/blog/a"),
        (None, "x.html", "", "https://www.example.org/blog/a", "https://www.example.org/blog/a"),
        (
            "../a.html",
            "x.html",
            "<!-- Mirrored from www.example.org/blog/previous/2 by HTTrack Website Copier/3.x -->",
            None,
            "http://www.example.org/blog/a",
        ),
        (None, "x.html", "<!-- saved from url=(0030)https://www.example.org/blog/a -->", None, "https://www.example.org/blog/a"),
        (
            None,
            "x.html",
            "<!--\n Page saved with SingleFile \n url: https://www.example.org/blog/a \n saved date: x -->",
            None,
            "https://www.example.org/blog/a",
        ),
        ("javascript:void(0)", "x.html", "", None, None),
        ("http://[broken", "x.html", "", None, None),
    ],
)
def test_addresses(href, name, head, url, expected):
    assert page(post(href=href), name=name, head=head, url=url).posts[0].url == expected


def test_a_mirror_that_does_not_say_its_host_still_joins_its_pages():
    own, listed = (
        page(post(href=href), name=name).posts[0].address
        for href, name in [("a.html", "blog/a.html"), ("../a.html", "blog/category/x.html")]
    )
    assert own == listed == "unknown.invalid/blog/a"


PREVIOUS, NEXT = (f'<div class="blog-page-nav-{way}"><a href="%s" class="blog-link">x</a></div>' for way in ("previous", "next"))
A = ["https://example.org/blog/a"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"url": "https://www.example.org/blog/category/privacy"}, [Listing("Privacy", 1, A, False)]),
        ({"url": "https://www.example.org/blog/category/privacy/2"}, [Listing("Privacy", 2, A, False)]),
        ({"name": "category/privacy.html"}, [Listing("Privacy", 1, A, False)]),
        ({"name": "blog/category/mobile-phones/3.html"}, [Listing("Mobile Phones", 3, A, False)]),
        ({"head": og("https://www.example.org/1/category/privacy")}, [Listing("Privacy", 1, A, False)]),
        ({"head": '<link rel="canonical" href="https://www.example.org/blog/category/privacy/4">'}, [Listing("Privacy", 4, A, False)]),
        ({"head": "<!-- saved from url=(0044)https://www.example.org/blog/category/privacy/2 -->"}, [Listing("Privacy", 2, A, False)]),
        ({"after": PREVIOUS % "/blog/category/privacy/3"}, [Listing("Privacy", 2, A, True)]),
        ({"after": PREVIOUS % "/blog/category/privacy/3" + NEXT % "/blog/category/privacy"}, [Listing("Privacy", 2, A, True)]),
        ({"after": NEXT % "/blog/category/privacy/2"}, [Listing("Privacy", 3, A, False)]),
        ({"after": NEXT % "/blog/category/privacy"}, [Listing("Privacy", 2, A, False)]),
        ({"sidebar": SIDEBAR.replace('privacy" class="blog-link', 'privacy" class="blog-link active')}, [Listing("Privacy", 1, A, False)]),
        ({"name": "category/all.html"}, []),
        ({"name": "category/uncategorized.html"}, []),
        ({"name": "blog/previous/2.html", "after": PREVIOUS % "/blog/previous/3"}, []),
        ({"name": "category/north%20korea.html", "sidebar": ""}, [Listing("north korea", 1, A, False)]),
        (
            {"name": "category/law.html", "sidebar": "", "head": '<meta property="og:title" content="Category: Law">'},
            [Listing("Law", 1, A, False)],
        ),
    ],
)  # fmt: skip
def test_which_page_of_which_category(known, expected):
    assert page(post(), **known).listings == expected


def test_two_names_with_one_address_are_two_listings():
    doubled = SIDEBAR.replace("</p></td>", '<a href="/blog/category/mobile-phones" class="blog-link">Mobile-phones</a></p></td>')
    found = page(post(), name="category/mobile-phones.html", sidebar=doubled)
    assert [listing.category for listing in found.listings] == ["Mobile Phones", "Mobile-phones"]
    assert found.source["categories"] == ["Privacy", "Mobile Phones", "Mobile-phones"]


def test_the_list_of_categories_is_the_blogs_and_not_the_posts():
    found = page(post(), head='<meta property="og:site_name" content="Open Lines" />' + og("https://www.example.org/blog/a"))
    assert found.posts[0].categories is None
    assert found.source == {"title": "Open Lines", "url": "https://www.example.org/blog", "categories": ["Privacy", "Mobile Phones"]}


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([post('Start.<br/><div class="blog-read-more"><a href="/blog/a">Read More</a></div>')], [True]),
        ([post("Start.<div><!--BLOG_SUMMARY_END--></div>"), post(href="/blog/b")], [True, False]),
        ([post("Start.<div><!--BLOG_SUMMARY_END--></div>Rest."), post(href="/blog/b")], [False, False]),
        ([post("Whole.<div><!--BLOG_SUMMARY_END--></div>")], [False]),
    ],
)
def test_a_body_may_be_cut(posts, expected):
    found = page(*posts).posts
    assert [one.cut for one in found] == expected
    assert "Read More" not in found[0].body


def comment(level, name, text, day="7/5/2022 08:32:53 pm"):
    return f"""<div id="9"><div class="blogCommentWrap even blogCommentLevel{level}
  "><div class="blogCommentHeading"><div class="blogCommentAuthor"><a class="name" href="mailto:{name}@example.org">\t{name}\t</a>
<a href="https://example.org/{name}" class="link">link</a></div><div class="blogCommentDate">{day}</div></div>
<div class="blogCommentText"><p>{text}</p></div><div class="blogCommentOptions"><span>Reply</span></div></div></div>"""


def area(*comments):
    return f'<div id="commentArea"><div class="blog-comment-area">{"".join(comments)}<h2 id="commentReplyTitle">Leave a Reply.</h2></div></div>'


def test_comments_nest_by_level():
    said = [(0, "Ann", "One."), (1, "Bo", "Two.<br />More."), (2, "Cy", "Three."), (1, "Di", ""), (2, "Ed", "Four."), (0, "Fay", "Five.")]
    found = page(post(under='<p class="blog-comments"><a>6 Comments</a></p>'), after=area(*(comment(*one) for one in said)))
    (one,) = found.posts
    assert [(c.author, c.text, c.printed, c.reply_to) for c in one.comments] == [
        ("Ann", "One.", "7/5/2022", None), ("Bo", "Two.\nMore.", "7/5/2022", 1), ("Cy", "Three.", "7/5/2022", 2),
        ("Ed", "Four.", "7/5/2022", None), ("Fay", "Five.", "7/5/2022", None),
    ]  # fmt: skip
    assert one.problems == ["the page says 6 comments, and 5 were read."]
    assert ("7/5/2022", "") in found.dates
    assert "@" not in repr(one)


def test_a_site_of_saved_pages_becomes_one_blog(tmp_path):
    """A list, posts of their own and a category are joined; the day order comes from the months in the share buttons."""
    beginning = '<div class="paragraph">Start.</div><div class="blog-read-more"><a>Read More</a></div>'
    whole = '<div class="paragraph">Start.</div><!--BLOG_SUMMARY_END--><div class="paragraph">End.</div>'
    files = {
        "blog.html": (post(beginning, day="3/4/2022", under=share("2022/04")) + post(n=2, href="/blog/b", day="5/6/2022", title="B"), og("https://www.example.org/blog")),
        "blog/a.html": (post(whole, day="3/4/2022") + area(comment(0, "Ann", "Yes.", "6/7/2022 01:02:03 am")), og("https://www.example.org/blog/a")),
        "blog/category/privacy.html": (post(beginning, day="3/4/2022"), og("https://www.example.org/1/category/privacy")),
        "about.html": ("<div class='paragraph'>We.</div>", og("https://www.example.org/about.html")),
    }  # fmt: skip
    for name, (column, head) in files.items():
        sidebar = "" if name == "about.html" else SIDEBAR.replace(">Mobile&nbsp;Phones<", "><")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            f"<html><head>{head}</head><body class='wsite-section'>{column}{sidebar}</body></html>", encoding="utf-8"
        )
    loaded = load(tmp_path, form="weebly")
    found = {one.title: one for one in loaded.posts}
    assert {title: (one.published, one.categories, one.body, one.problems) for title, one in found.items()} == {
        "A": (date(2022, 4, 3), ["Privacy"], "Start.\n\nEnd.", []),
        "B": (date(2022, 6, 5), [], "Text.", []),
    }
    assert [(c.author, c.published) for c in found["A"].comments] == [("Ann", date(2022, 7, 6))]
    assert {file.path: file.reason for file in loaded.files if file.outcome != "post"} == {
        "about.html": "a page of the site, not of its blog"
    }


@pytest.mark.parametrize(
    "text", ["", "<html>", "<p>no blog", "\0\0", "<div class=blog-post>", "<table class=wsite-multicol-table><td class=wsite-multicol-col>"]
)
def test_pages_that_are_not_of_the_blog_are_left_out(text):
    with pytest.raises(LeftOut, match="not of its blog"):
        read(Document("a.html", text.encode()), Hints())


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "deep",
        "<em>" * 10_000 + "[1] deep",
        "<table class='wsite-multicol-table'><tr><td class='wsite-multicol-col'>" * 500 + "deep",
        "deep" + "<br /> [1]" * 5_000,
        "<!--BLOG_SUMMARY_END-->" * 1_000 + "deep",
        "deep" + "\u200b" * 10_000 + "_" * 10_000,
        "deep <em>x" + "[1] " * 5_000,
    ],
)
def test_hostile_bodies_are_read(body):
    assert "deep" in page(post(body)).posts[0].body


@pytest.mark.parametrize(
    ("name", "url", "head"),
    [
        ("http://[::1/category/x", None, og("http://[::1")),
        ("a" * 5000, "http://[::1", og("//")),
        ("../../etc/passwd", None, '<link rel="canonical">' + og("javascript:evil()")),
        ("%00/category/%00/99999", None, og("https://example.org:99999999/category/")),
    ],
)
def test_hostile_names_and_addresses_are_read(name, url, head):
    (one,) = page(post(href="http://[::1"), name=name, url=url, head=head).posts
    assert (one.url, one.body) == (None, "Text.")


def test_a_page_that_is_too_large_is_one_line(monkeypatch):
    monkeypatch.setattr("discourse.load.reading.LARGEST_PAGE", 10)
    with pytest.raises(InputError, match="split it"):
        page(post())
