"""Blogger's pages in the shapes that templates of twenty years give them."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load

URL = "http://walls.blogspot.com/2021/03/the-wall.html"
HEAD = (
    '<html><head><meta content=\'blogger\' name=\'generator\'/><link rel="alternate" type="application/atom+xml" title="Walls - Atom" '
    "href=\"http://walls.blogspot.com/feeds/posts/default\" />{head}</head><body><div class='widget Blog' id='Blog1'>{main}</div>{side}</body></html>"
)
POST = """<div class='post hentry'><h3 class='post-title entry-title'><a href='{url}'>The wall</a></h3>
<div class='post-body entry-content'>{body}<div style='clear: both;'></div></div>{more}
<div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn'>The Editors</span></span>
<span class='post-timestamp'>at <a class='timestamp-link' href='{url}' rel='bookmark'><abbr class='published' title='{stamp}'>11:30 PM</abbr></a></span>
<span class='post-labels'>{labels}</span></div></div>"""


def post_html(body="The text stands here.", url=URL, stamp="2021-03-02T23:30:00-05:00", labels="", more=""):
    return POST.format(body=body, url=url, stamp=stamp, labels=labels, more=more)


def loaded(folder, *pages):
    for n, page in enumerate(pages):
        data = page if isinstance(page, bytes) else page.encode()
        (folder / f"page-{n}.html").write_bytes(data)
    return load(folder)


def one_post(folder, main, head=f"<link href='{URL}' rel='canonical'/>", side=""):
    found = loaded(folder, HEAD.format(head=head, main=main, side=side))
    assert [file.form for file in found.files] == ["blogger"]
    assert len(found.posts) == 1
    return found.posts[0]


def test_a_post_page(tmp_path):
    label = "<a href='http://walls.blogspot.com/search/label/Digital%20Rights' rel='tag'>digital rights</a>, <a href='/x' rel='tag'>Law</a>"
    found = loaded(tmp_path, HEAD.format(head=f"<link href='{URL}' rel='canonical'/>", main=post_html(labels=label), side=""))
    post = found.posts[0]
    assert (post.title, post.url, post.address) == ("The wall", URL, "walls.blogspot.com/2021/03/the-wall.html")
    assert (post.published, post.published_precision) == (date(2021, 3, 2), "day")
    assert (post.categories, post.tags, post.authors) == (["Digital Rights", "Law"], [], [])
    assert (post.body, post.cut, post.problems) == ("The text stands here.", False, [])
    assert (found.source["title"], found.source["url"]) == ("Walls", "http://walls.blogspot.com/")


@pytest.mark.parametrize(
    ("header", "stamp", "expected"),
    [
        ("Wednesday, March 3, 2021", "2021-03-02T23:30:00-05:00", date(2021, 3, 2)),
        ("Dienstag, 2. März 2021", "", date(2021, 3, 2)),
        ("2021년 3월 2일 화요일", "", date(2021, 3, 2)),
        ("martes, 2 de marzo de 2021", "", date(2021, 3, 2)),
        ("2021/03/02", "", date(2021, 3, 2)),
        ("Tuesday, March 2", "", date(2021, 3, 2)),
        ("3/2/2021", "", date(2021, 3, 2)),
        ("2.3.21", "", date(2021, 3, 2)),
        ("sometime", "", date(2021, 3, 1)),
    ],
)
def test_dates(tmp_path, header, stamp, expected):
    main = f"<div class='date-outer'><h2 class='date-header'><span>{header}</span></h2><div class='date-posts'>{post_html(stamp=stamp)}</div></div>"
    post = one_post(tmp_path, main)
    assert post.published == expected
    assert post.published_precision == ("month" if header == "sometime" else "day")


def test_without_any_date_a_post_is_kept_and_said_to_have_none(tmp_path):
    post = one_post(tmp_path, post_html(url="http://walls.blogspot.com/the-wall", stamp=""), head="")
    assert (post.published, post.problems) == (None, ["no date; kept without one, so in no chart over time."])


def test_a_dateline_in_the_body_gives_the_day_where_the_markup_does_not(tmp_path):
    post = one_post(tmp_path, post_html("<div>By Ann Lee, Intern</div><div>March 5, 2021</div><div>The text.</div>", stamp=""))
    assert (post.published, post.authors, post.author_roles, post.body) == (date(2021, 3, 5), ["Ann Lee"], ["Intern"], "The text.")


def test_one_date_header_stands_above_all_posts_of_a_day(tmp_path):
    urls = [f"http://walls.blogspot.com/2021/03/{name}.html" for name in "abc"]
    main = (
        f"<div class='date-outer'><h2 class='date-header'><span>Tuesday, March 2, 2021</span></h2>{post_html(url=urls[0], stamp='')}"
        f"{post_html(url=urls[1], stamp='')}</div><div class='date-outer'><h2 class='date-header'><span>Monday, March 1, 2021</span></h2>"
        f"{post_html(url=urls[2], stamp='')}</div>"
    )
    found = loaded(tmp_path, HEAD.format(head="", main=main, side=""))
    assert [(post.url, post.published.day) for post in found.posts] == [(urls[0], 2), (urls[1], 2), (urls[2], 1)]


@pytest.mark.parametrize(
    "main",
    [
        post_html("The beginning.", more=f"<div class='jump-link'><a href='{URL}#more'>Read more »</a></div>"),
        post_html(f"The beginning. <a href='{URL}#more'>Read more »</a>"),
        "<article class='post-outer-container'><div class='post-outer'><div class='post'><h3 class='post-title entry-title'>"
        f"<a href='{URL}'>The wall</a></h3><span class='byline post-timestamp'><time class='published' datetime='2021-03-02T23:30:00-05:00'>March 02"
        "</time></span><div class='container post-body entry-content' id='post-snippet-1'><div class='post-snippet snippet-container'>"
        "<div class='snippet-item r-snippetized'>The beginning.</div></div></div></div></div></article>",
        f"<div class='mobile-date-outer date-outer'><div class='date-header'><span>March 2, 2021</span></div><div class='mobile-post-outer'><a href='{URL}?m=1'>"
        "<h3 class='mobile-index-title entry-title'>The wall</h3><div class='mobile-index-contents'><div class='post-body'>The beginning.</div></div></a></div></div>",
    ],
    ids=["jump link", "link in the body", "version 2", "mobile"],
)
def test_beginnings_of_posts_on_index_pages_give_way_to_the_whole(tmp_path, main):
    index = HEAD.format(head="<link href='http://walls.blogspot.com/' rel='canonical'/>", main=main, side="")
    (cut,) = loaded(tmp_path, index).posts
    assert (cut.title, cut.url, cut.cut, cut.body, cut.published) == ("The wall", URL, True, "The beginning.", date(2021, 3, 2))
    whole = HEAD.format(head=f"<link href='{URL}' rel='canonical'/>", main=post_html("The beginning.<a name='more'></a> The end."), side="")
    (post,) = loaded(tmp_path, index, whole).posts
    assert (post.body, post.cut, post.problems) == ("The beginning. The end.", False, [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div dir="ltr" trbidi="on"><div>One.</div><div><br /></div><div>Two.</div></div>', "One.\n\nTwo."),
        ("One.<br /><br />Two.<br />Three.", "One.\n\nTwo.\nThree."),
        ('<p class="MsoNormal"><span lang="EN-US">One\nline.<o:p></o:p></span></p>', "One line."),
        (
            "<table class='tr-caption-container'><tr><td><img src='a.jpg'/></td></tr><tr><td class='tr-caption'>A mast</td></tr></table>One.",
            "One.",
        ),
        (f"<table><tr><td><p>{'word ' * 45}</p><p>Two.</p></td></tr></table>", f"{('word ' * 45).strip()}\n\nTwo."),
        ("<table><tr><td>1</td><td>2</td></tr></table>One.", "One."),
        ("One.<div class='post-body'>Pasted from elsewhere.</div>", "One.\n\nPasted from elsewhere."),
        ("<div class='post-share-buttons'>Share</div>One.", "One."),
    ],
)
def test_bodies(tmp_path, body, expected):
    assert one_post(tmp_path, post_html(body)).body == expected


@pytest.mark.parametrize(
    "notes",
    [
        '<div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> Ann Lee, <i>Wires</i> (2015).</p></div>'
        '<div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Ibid.</p></div>',
        '<p><a href="#_ftnref1" name="_ftn1"><sup>1</sup></a> Ann Lee, <i>Wires</i> (2015).</p><p><a href="#_ftnref2" id="_ftn2">2.</a> Ibid.</p>'.replace(
            "2.</a>", "2</a>."
        ),
        '<ol class="footnotes"><li id="_ftn1">Ann Lee, <i>Wires</i> (2015). <a href="#_ftnref1">↩</a></li><li id="_ftn2">Ibid.</li></ol>',
    ],
    ids=["Word", "paragraphs", "list"],
)
def test_notes(tmp_path, notes):
    body = f'One.<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> Two.<a href="#_ftn2" name="_ftnref2">[2]</a><br />{notes}'
    post = one_post(tmp_path, post_html(body))
    assert post.body == "One.\ue0001\ue001 Two.\ue0002\ue001"
    assert [(note["number"], note["text"], note["title"], note["cites"]) for note in post.notes] == [
        ("1", "Ann Lee, Wires (2015).", "Wires", None),
        ("2", "Ibid.", "Wires", "1"),
    ]


def test_an_item_of_a_list_with_a_marker_is_no_note(tmp_path):
    body = '<ul><li>One.<a href="#_ftn1" name="_ftnref1">[1]</a></li></ul>{}<a href="#_ftnref1" name="_ftn1">[1]</a> Ann Lee, <i>Wires</i> (2015).{}'
    for opening, closing in (("<p>", "</p>"), ("<br /><br />", "")):
        post = one_post(tmp_path, post_html(body.format(opening, closing)))
        assert post.body == "- One.\ue0001\ue001"
        assert [note["text"] for note in post.notes] == ["Ann Lee, Wires (2015)."]


def test_notes_in_one_paragraph_are_told_from_the_text(tmp_path):
    body = (
        'One.<a href="#_ftn1" name="_ftnref1">[1]</a> Two.<a href="#_ftn2" name="_ftnref2">[2]</a><br /><br />'
        '<a href="#_ftnref1" name="_ftn1">[1]</a> Ann Lee, “Wires,” 2015.<br /><a href="#_ftnref2" name="_ftn2">[2]</a> Ibid.'
    )
    post = one_post(tmp_path, post_html(body))
    assert post.body == "One.\ue0001\ue001 Two.\ue0002\ue001"
    assert [(note["number"], note["title"], note["cites"]) for note in post.notes] == [("1", "Wires", None), ("2", "Wires", "1")]


CLASSIC = """<div class='comments' id='comments'><h4>2 comments:</h4><dl id='comments-block'>
<dt class='comment-author' id='c1'><a name='c1'></a>
Anonymous
said...
</dt><dd class='comment-body'><p>First.<BR/><BR/>More.</p></dd><dd class='comment-footer'><span class='comment-timestamp'>
<a href='http://x/a.html?showComment=1614740400000#c1' title='comment permalink'>4:01 PM</a></span></dd>
<dt class='comment-author blog-author' id='c2'><a href='https://www.blogger.com/profile/1' rel='nofollow'>Bea</a>
said...</dt><dd class='comment-body'><p>Second.</p></dd><dd class='comment-footer'><span class='comment-timestamp'>
<a href='#c2' title='comment permalink'>March 4, 2021 at 7:05 PM</a></span></dd></dl></div>"""
OLDEST = """<div id='comments'><h4>1 Comments:</h4><dl id='comments-block'><dt class='comment-data' id='c1'>&nbsp;At <a href='#c1'
title='comment permalink'>10:03 AM</a>, <a href='http://b.example.org' rel='nofollow'>Bea</a> said&hellip;</dt><dd class='comment-body'><p>First.</p></dd>
<dt class='comment-data' id='c2'>At <a href='#c2' title='comment permalink'>10:05 AM</a>, Anonymous said&hellip;</dt><dd class='comment-body'>
<p>Second.</p></dd></dl></div>"""
ITEM = """<li class="comment" id="c{n}"><div class="comment-block"><div class="comment-header"><cite class="user">{name}</cite><span class="icon user ">
</span><span class="datetime secondary-text"><a href="http://x/a.html?showComment={ms}#c{n}">{when}</a></span></div><p class="comment-content">{text}</p>
</div><div class="comment-replies"><div class="comment-thread inline-thread"><ol><div>{inner}</div></ol></div></div></li>"""
LATE = 1614740400000  # 03:00 on 3 March 2021 in UTC, which is 2 March where the blog is
REPLY = ITEM.format(n=2, name="Cy", ms=LATE, when="02/03/21 10:00 p. m.", text="Yes.", inner="")
GONE = ITEM.format(
    n=3, name="Dan", ms=LATE, when="", text='<span class="deleted-comment">This comment has been removed.</span>', inner=REPLY
)
THREADED = (
    "<div class='comments' id='comments'><h4>3 comments:</h4><div class='comments-content'><script>var items = null;</script><div id='comment-holder'>"
    f'<div class="comment-thread toplevel-thread"><ol>{ITEM.format(n=1, name="Bea", ms=LATE, when="2021. 3. 2.", text="First.<br>More.", inner=REPLY)}'
    "</ol></div></div></div></div>"
)
VERSION_2 = """<section class='comments embed' data-num-comments='2' id='comments'><h3 class='title'>Comments</h3><div id='comments-block'>
<div class='comment' id='c1'><div class='comment-block'><div class='comment-author'><a href='https://www.blogger.com/profile/1'>Bea</a> said…</div>
<div class='comment-body'>First.</div><div class='comment-footer'><span class='comment-timestamp'><a href='#c1' title='comment permalink'>2 March 2021 at 10:00
</a></span></div></div></div><div class='comment' id='c2'><div class='comment-author'>Cy said…</div><div class='comment-body deleted'>Gone.</div></div></div></section>"""


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (CLASSIC, [("Anonymous", "First.\n\nMore.", date(2021, 3, 2), None), ("Bea", "Second.", date(2021, 3, 4), None)]),
        (OLDEST, [("Bea", "First.", None, None), ("Anonymous", "Second.", None, None)]),
        (THREADED, [("Bea", "First.\nMore.", date(2021, 3, 2), None), ("Cy", "Yes.", date(2021, 3, 2), 1)]),
        (
            THREADED.replace("</ol></div></div></div></div>", f"{GONE}</ol></div></div></div></div>"),
            [
                ("Bea", "First.\nMore.", date(2021, 3, 2), None),
                ("Cy", "Yes.", date(2021, 3, 2), 1),
                ("Cy", "Yes.", date(2021, 3, 2), None),
            ],
        ),
        (VERSION_2, [("Bea", "First.", date(2021, 3, 2), None)]),
    ],
    ids=["classic", "before 2006", "threads", "removed", "version 2"],
)
def test_comments(tmp_path, markup, expected):
    post = one_post(tmp_path, post_html() + markup)
    assert [(comment.author, comment.text, comment.published, comment.reply_to) for comment in post.comments] == expected
    assert "example.org" not in repr(post)
    assert "profile" not in repr(post)


def test_comments_that_are_not_on_the_page_are_said(tmp_path):
    post = one_post(tmp_path, post_html() + CLASSIC.replace("2 comments", "212\ncomments"))
    assert post.problems == ["the page says 212 comments, and 2 were read."]


def test_labels_that_a_page_does_not_show_are_unknown_unless_its_other_posts_show_theirs(tmp_path):
    plain = "<div class='post hentry'><h3 class='post-title'><a href='http://walls.blogspot.com/2021/03/{}.html'>A</a></h3><div class='post-body'>A.</div>{}</div>"
    tag = "<span class='byline post-labels'><a href='/search/label/Law' rel='tag'>Law</a></span>"
    found = loaded(tmp_path, HEAD.format(head="", main=plain.format("a", "") + plain.format("b", ""), side=""))
    assert [post.categories for post in found.posts] == [None, None]
    found = loaded(tmp_path, HEAD.format(head="", main=plain.format("a", tag) + plain.format("b", ""), side=""))
    assert [post.categories for post in found.posts] == [["Law"], []]


def test_label_pages_tell_categories_where_posts_do_not_show_them(tmp_path):
    side = (
        "<div class='widget Label'><ul><li><a dir='ltr' href='http://walls.blogspot.com/search/label/Law'>Law</a> <span dir='ltr'>(1)</span></li>"
        "<li><a class='label-name' href='http://walls.blogspot.com/search/label/War%20Games'>War Games<span class='label-count'>2</span></a></li></ul></div>"
    )
    shown = post_html().replace("<span class='post-labels'></span>", "")
    page = HEAD.format(head="<link href='http://walls.blogspot.com/search/label/War%20Games' rel='canonical'/>", main=shown, side=side)
    found = loaded(tmp_path, page)
    assert found.source["categories"] == ["Law", "War Games"]
    assert found.posts[0].categories == ["War Games"]
    assert found.missing_listings == ["Law"]


def test_archive_pages_before_2006_hold_posts_by_number(tmp_path):
    place = "http://walls.blogspot.com/2003_05_01_archive.html"
    item = "<div class='post'><a name='{0}'></a><h3 class='post-title'>{1}</h3><div class='post-body'><p>Text {1}.</p></div><p class='post-footer'><em>posted by Ed @ <a href='{2}#{0}' title='permanent link'>10:03 AM</a></em></p></div>"
    main = f"<h2 class='date-header'>Saturday, May 10, 2003</h2>{item.format(94038, 'One', place)}{item.format(94039, 'Two', place)}"
    found = loaded(tmp_path, f"<html><head><meta content='blogger' name='generator'/></head><body>{main}</body></html>")
    assert [(post.title, post.address, post.published) for post in found.posts] == [
        ("One", "walls.blogspot.com/2003_05_01_archive.html#94038", date(2003, 5, 10)),
        ("Two", "walls.blogspot.com/2003_05_01_archive.html#94039", date(2003, 5, 10)),
    ]


def test_a_blog_is_the_same_in_every_country(tmp_path):
    british = HEAD.format(head="", main=post_html(url=URL.replace(".com", ".co.uk")), side="")
    assert len(loaded(tmp_path, HEAD.format(head="", main=post_html(), side=""), british).posts) == 1


def test_templates_of_others(tmp_path):
    main = (
        "<article class='post'><header><h1 class='entry-title' itemprop='headline'>The <em>wall</em></h1><a href='/search/label/Law'>Law</a></header>"
        "<div class='entry-content' itemprop='articleBody'>The text.</div><time itemprop='datePublished' datetime='2021-03-02T23:30:00-05:00'>2 days ago</time></article>"
    )
    post = one_post(tmp_path, main)
    assert (post.title, post.url, post.body, post.published, post.categories) == ("The wall", URL, "The text.", date(2021, 3, 2), ["Law"])


def test_a_title_shown_elsewhere_on_a_post_page_comes_from_its_head(tmp_path):
    head = f"<link href='{URL}' rel='canonical'/><meta content='The wall &amp; we' property='og:title'/>"
    assert one_post(tmp_path, "<div class='post'><div class='post-body'>Text.</div></div>", head).title == "The wall & we"
    assert (
        one_post(tmp_path, "<div class='post'><div class='post-body'>Text.</div></div>", head.replace("The wall &amp; we", "Walls")).title
        == ""
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            HEAD.format(
                head="<link href='http://walls.blogspot.com/p/about.html' rel='canonical'/>",
                main="<div class='post-body'>Us.</div>",
                side="",
            ),
            "a static page of the blog, not a post",
        ),
        (
            HEAD.format(head="<script src='//www.blogblog.com/dynamicviews/1/js/jquery.js'></script>", main="", side=""),
            "a dynamic view of Blogger, which holds no text; give the blog's feed, its backup, or pages saved with ?m=1",
        ),
        (HEAD.format(head="", main="<div class='status-msg-body'>No posts.</div>", side=""), "a page of a Blogger blog without a post"),
        (
            HEAD.format(head="<b:skin></b:skin>", main="<div class='post-body'><data:post.body/></div>", side=""),
            "a template of Blogger, not a page",
        ),
    ],
    ids=["static", "dynamic", "empty", "template"],
)
def test_pages_that_are_left_out(tmp_path, page, reason):
    found = loaded(tmp_path, HEAD.format(head="", main=post_html(), side=""), page)
    assert [(file.outcome, file.reason) for file in found.files] == [("post", ""), ("left out", reason)]


@pytest.mark.parametrize(
    "main",
    [
        "<div class='post-body'>" * 10_000 + "x",
        "<div class='post'><div class='post-body'>" + "<table><tr><td>" * 3_000 + "word " * 50,
        "<div class='post-body'>x</div>" + "<div id='comments'>" + "<li class='comment'><p class='comment-content'>y" * 5_000,
        "<div class='post-body'>" + "".join(f"<p id='n{n}'><a href='#n{n - 1}'>{n % 900}</a> x" for n in range(3_000)) + "</div>",
        "<div class='post-body'>" + "<div id='a'>1 <a href='#b'>2</a><div id='b'>2 <a href='#a'>1</a>" * 300 + "</div>",
        "<div class='post-body'>x</div><abbr class='published' title='9999-99-99T99:99:99+99:99'></abbr>",
        "<div class='post-body'>x</div><div id='comments'><h4>99999999999</h4><dt class='comment-author'></dt><dd class='comment-body'>y</dd>"
        "<span class='comment-timestamp'><a href='?showComment=9999999999999'></a></span></div>",
        "<h3 class='post-title'><a href='http://[::1'>x</a></h3><div class='post-body'>\0</div>",
    ],
    ids=["deep bodies", "deep tables", "deep comments", "many notes", "notes in notes", "date", "numbers", "address"],
)
def test_hostile_pages_are_read_or_refused_in_one_line(tmp_path, main):
    page = HEAD.format(head=f"<link href='{URL}' rel='canonical'/>", main=main, side="")
    for data in (page.encode(), page.encode()[: len(page) // 2], page.encode("utf-16")):
        refused, posts = "", []
        try:
            posts = loaded(tmp_path, data).posts
        except InputError as error:
            refused = str(error)
        assert posts or refused
        assert "\n" not in refused
        assert all("\0" not in post.body for post in posts)
