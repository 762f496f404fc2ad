"""WordPress pages: what themes, plugins and old versions write, each quirk in a small page, and pages that are no posts."""

import time
from contextlib import suppress
from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.wordpress.pages import read

LONG = "<p>The ministry blocks websites.</p><p>Nobody was asked.</p><p>It went on.</p>"


def page(body, *, classes="single single-post postid-7", head="", lang="en-US"):
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body class="{classes}">{body}</body></html>'


def article(inner="", *, body=LONG, classes="", title='<h1 class="entry-title">A wall</h1>'):
    return (
        f'<article id="post-7" class="post-7 post type-post status-publish hentry {classes}"><header class="entry-header">{title}</header>'
        f'<div class="entry-content">{body}</div>{inner}</article>'
    )


def pages(html, url="https://example.org/a-wall/"):
    return read(Document("a.html", html.encode(), url=url), Hints())


def one(html, url="https://example.org/a-wall/"):
    found = pages(html, url).posts
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<time class="entry-date published" datetime="2016-06-23T23:50:00-05:00">June 23</time>', date(2016, 6, 23)),
        ('<time class="updated" datetime="2020-01-01">x</time><time class="published" datetime="2016-06-23">x</time>', date(2016, 6, 23)),
        ('<time class="entry-date published updated" datetime="2016-06-23">x</time>', date(2016, 6, 23)),
        ('<span class="posted-on">Veröffentlicht am 23. Juni 2016</span>', date(2016, 6, 23)),
        ('<time class="entry-date" datetime="23. Juni 2016">23. Juni 2016</time>', date(2016, 6, 23)),
        ('<div class="entry-meta">By Ann Lee on June 23, 2016 at 9:30 am</div>', date(2016, 6, 23)),
        ('<abbr class="published" title="2016-06-23T09:00:00+00:00">Thursday</abbr>', date(2016, 6, 23)),
        ('<span class="published">23.06.2016 um 08:52 Uhr</span>', date(2016, 6, 23)),
        ('<div class="wp-block-post-date"><time datetime="2016-06-23T09:00:00+02:00">x</time></div>', date(2016, 6, 23)),
        ("", None),
    ],
)
def test_dates(inner, expected):
    post = one(page(article(f"<footer>{inner}</footer>")))
    assert post.published == expected
    assert ("no date; kept without one, so in no chart over time." in post.problems) == (expected is None)


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<meta property="article:published_time" content="2016-06-24T03:00:00+00:00">', "/a/", (date(2016, 6, 24), "day")),
        ('<meta property="article:published_time" content="2016-06-24T03:00:00+00:00">', "/2016/06/23/a/", (date(2016, 6, 23), "day")),
        ('<meta property="article:published_time" content="2016-06-24T03:00:00+00:00">', "/2010/01/01/a/", (date(2016, 6, 24), "day")),
        ("", "/2016/06/23/a/", (date(2016, 6, 23), "day")),
        ("", "/2016/06/a.html", (date(2016, 6, 1), "month")),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2016-06-24"}</script>',
            "/a/",
            (date(2016, 6, 24), "day"),
        ),
    ],
)
def test_dates_of_the_head_and_the_address(head, url, expected):
    post = one(page(article(), head=head), f"https://example.org{url}")
    assert (post.published, post.published_precision) == expected


def test_a_date_in_numbers_apart_is_kept_as_printed():
    found = pages(page(article('<span class="posted-on">3/4/2016</span>')))
    assert (found.posts[0].published, found.posts[0].printed, found.dates) == (None, "3/4/2016", [("3/4/2016", "")])


def test_a_date_in_numbers_tells_the_order_where_the_address_holds_the_day():
    found = pages(page(article('<span class="posted-on">3/4/2016</span>')), "https://example.org/2016/04/03/a/")
    assert (found.posts[0].published, found.posts[0].printed, found.dates) == (date(2016, 4, 3), "", [("3/4/2016", "2016-04-03")])


GRAPH = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "@id": "x"},
{"@type": ["Article", "BlogPosting"], "author": {"@id": "#/person/1"}, "articleSection": ["Law & Courts"], "keywords": ["wall"]},
{"@type": "Person", "@id": "#/person/1", "name": "Ann Lee"}]}</script>"""


@pytest.mark.parametrize(
    ("inner", "head", "expected"),
    [
        ('<span class="author vcard"><a class="url fn n" href="/author/ann/">Ann Lee</a></span>', "", ["Ann Lee"]),
        (
            '<span class="byline">by <a rel="author" href="/a">Ann Lee</a> and <a rel="author" href="/b">Bo Kim</a></span>',
            "",
            ["Ann Lee", "Bo Kim"],
        ),
        ('<ul class="np-intro-author-name-list"><li><a href="/author/ann/">Ann Lee</a></li></ul>', "", ["Ann Lee"]),
        ('<div class="wp-block-post-author"><p class="wp-block-post-author__name">Ann Lee</p></div>', "", ["Ann Lee"]),
        ('<span class="byline">By Ann Lee and Bo Kim</span>', "", ["Ann Lee", "Bo Kim"]),
        ('<div class="entry-meta">3 May by <a href="/author/ann/">Ann Lee</a></div>', "", ["Ann Lee"]),
        ("", GRAPH, ["Ann Lee"]),
        ("", '<meta name="author" content="Ann Lee">', ["Ann Lee"]),
        ("", '<meta property="article:author" content="https://social.example.org/ann">', []),
        ('<span class="author vcard"><a class="fn" href="/author/admin/">admin</a></span>', "", []),
    ],
)
def test_authors(inner, head, expected):
    assert one(page(article(inner), head=head)).authors == expected


@pytest.mark.parametrize(
    ("line", "account", "authors", "roles"),
    [
        ("By Bo Kim, Research Intern", "Ann Lee", ["Bo Kim"], ["Research Intern"]),
        ("By Ann Lee, Research Intern", "Ann Lee", ["Ann Lee"], ["Research Intern"]),
        ("The wall stands.", "Ann Lee", ["Ann Lee"], []),
    ],
)
def test_a_byline_in_the_body_says_who_wrote_what_an_account_posted(line, account, authors, roles):
    post = one(page(article(f'<span class="author"><a class="fn">{account}</a></span>', body=f"<p>{line}</p>{LONG}")))
    assert (post.authors, post.author_roles) == (authors, roles)


def test_global_voices_credits_name_writer_and_translators_in_any_language():
    byline = "".join(
        f'<div class="contributor-name"><span class="credit-label">{label}</span><a class="user-link" href="/author/x/">{name}</a></div>'
        for label, name in (("記者 (English)", "Ann Lee"), ("翻訳 (日本語)", "Bo Kim"), ("Edited by", "Cy Roe"))
    )
    html = page(
        f'<h2 class="post-title"><a rel="bookmark" href="/2016/06/23/65560/">図書館の壁</a></h2><div id="post-header-credit">{byline}</div>'
        '<div class="post"><div class="entry-container"><div class="entry"><p>地域の図書館で日本語の本を読みます。</p></div></div></div>'
        '<div class="post-terms-taxonomy-regions"><ul><li><a href="/category/world/japan/">日本</a></li></ul></div>'
        '<div class="post-terms-taxonomy-topics"><ul><li><a href="/category/topics/law/">法律</a></li></ul></div>',
        lang="jp",
    )
    post = one(html, "https://jp.example.org/2016/06/23/65560/")
    assert (post.title, post.authors, post.translators, post.editors) == ("図書館の壁", ["Ann Lee"], ["Bo Kim"], ["Cy Roe"])
    assert (post.language, post.published, post.categories, post.tags) == ("ja", date(2016, 6, 23), ["日本", "法律"], [])
    assert post.body == "地域の図書館で日本語の本を読みます。"


CATEGORY = '<a href="/category/law-courts/" rel="category tag">Law &amp; Courts</a>'
TAG = '<a href="/tag/wall/" rel="tag">The Wall</a>'


@pytest.mark.parametrize(
    ("inner", "classes", "head", "expected"),
    [
        (CATEGORY + TAG, "category-law-courts tag-wall", "", (["Law & Courts"], ["The Wall"])),
        (CATEGORY + TAG, "", "", (["Law & Courts"], ["The Wall"])),
        ('<a href="/?cat=3" rel="category">Law</a>', "", "", (["Law"], [])),
        ('<div class="taxonomy-category wp-block-post-terms"><a href="/x/law/" rel="tag">Law</a></div>', "", "", (["Law"], [])),
        ('<a href="/kategorie/recht/" rel="tag">Recht</a>', "", "", (["Recht"], [])),
        ("", "category-law-courts tag-wall", GRAPH, (["Law & Courts"], ["wall"])),
        ("", "category-law-courts tag-wall", "", (["Law courts"], ["Wall"])),
        ("", "category-12", '<meta property="article:section" content="법">', (["법"], [])),
        ("", "", "", ([], [])),
    ],
)
def test_categories_and_tags(inner, classes, head, expected):
    post = one(page(article(f"<footer>{inner}</footer>", classes=classes), head=head))
    assert (post.categories, post.tags) == expected


def test_names_of_categories_may_stand_in_the_sidebar_alone():
    html = page(article(classes="category-law") + '<aside><ul><li class="cat-item"><a href="/category/law/">Law!</a></li></ul></aside>')
    assert pages(html).posts[0].categories == ["Law!"]
    assert pages(html).source["categories"] == ["Law!"]


def test_a_block_theme_that_prints_no_categories_says_nothing_of_them():
    html = page(f'<main><h1 class="wp-block-post-title">A</h1><div class="entry-content wp-block-post-content">{LONG}</div></main>')
    assert one(html).categories is None


@pytest.mark.parametrize(
    "body",
    [
        f'<article class="hentry"><h1 class="entry-title">A wall</h1><div class="td-post-content">{LONG}</div></article>',
        f'<article><h1>A wall</h1><div class="elementor-widget-theme-post-content">{LONG}</div></article>',
        f'<div class="post" id="post-7"><h3 class="storytitle"><a rel="bookmark" href="/a">A wall</a></h3><div class="storycontent">{LONG}</div></div>',
        f'<h1 class="site-title">Blog</h1><article><h1>A wall</h1><div itemprop="articleBody">{LONG}</div></article>',
        f"<main><article><header><h1>A wall</h1></header>{LONG}<footer>Filed under Law</footer></article></main>",
        article("")
        + "".join(article(body="<p>Another.</p>", title='<h2 class="entry-title"><a href="/b">Other</a></h2>') for _ in range(3)),
    ],
)
def test_a_post_page_gives_its_one_post_in_every_theme(body):
    post = one(page(body))
    assert (post.title, post.body) == ("A wall", "The ministry blocks websites.\n\nNobody was asked.\n\nIt went on.")


@pytest.mark.parametrize(
    "clutter",
    [
        '<div class="sharedaddy"><h3>Share this:</h3></div>',
        '<div id="jp-relatedposts" class="jp-relatedposts">Related</div>',
        '<div class="wp-caption"><p class="wp-caption-text">A fence</p></div>',
        '<figure class="wp-block-image"><figcaption>A fence</figcaption></figure>',
        '<div class="wp-block-buttons"><a class="wp-block-button__link">Donate</a></div>',
        '<div id="ez-toc-container"><p>Contents</p></div>',
        '<div class="page-links">Pages: <a href="2/">2</a></div>',
        '<div class="gallery"><div class="gallery-item"><div class="wp-caption-text">x</div></div></div>',
    ],
)
def test_clutter_is_no_text(clutter):
    assert one(page(article(body=LONG + clutter))).body.endswith("It went on.")


@pytest.mark.parametrize(
    "body",
    [
        '<p>It stands.<sup class="fn"><a href="#n-1" id="n-1-link">1</a></sup></p><ol class="wp-block-footnotes"><li id="n-1">Ann Lee, 2015. '
        '<a href="#n-1-link">↩︎</a></li></ol>',
        '<p>It stands.<span id="easy-footnote-1-7" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a '
        'href="#easy-footnote-bottom-1-7"><sup>1</sup></a></span></p><div class="easy-footnote-title"><h4>Quoted</h4></div><ol '
        'class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-7"></span>Ann Lee, 2015.'
        '<a class="easy-footnote-to-top" href="#easy-footnote-1-7"></a></li></ol>',
        '<p>It stands.<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)">1</a></sup><span '
        'class="modern-footnotes-footnote__note" data-mfn="1">Ann Lee, 2015.</span></p>',
        '<p>It stands.<span class="footnote_referrer"><a role="button"><sup class="footnote_plugin_tooltip_text">[1]</sup></a><span '
        'class="footnote_tooltip">Ann &#8230;</span></span></p><div class="footnotes_reference_container"><p>References</p><table><tr '
        'class="footnotes_plugin_reference_row"><th class="footnote_plugin_index"><a>1</a></th><td class="footnote_plugin_text">Ann Lee, 2015.</td>'
        "</tr></table></div>",
        '<p>It stands.<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> Ann Lee, 2015.</p>',
    ],
)
def test_footnotes_of_wordpress_and_its_plugins(body):
    post = one(page(article(body=body)))
    assert post.body == "It stands.\ue0001\ue001"
    assert [(note["number"], note["text"]) for note in post.notes] == [("1", "Ann Lee, 2015.")]


def test_an_authors_box_is_the_note_on_the_author():
    box = '<div class="author-info"><h2 class="author-title">Author: Ann Lee</h2><p class="author-bio">Ann Lee reads. <a class="author-link">More</a></p></div>'
    assert (one(page(article(body=LONG + box))).author_note, one(page(article(box))).author_note) == ("Ann Lee reads.", "Ann Lee reads.")


def test_a_series_is_named_above_the_text():
    post = one(
        page(article(body=f'<div class="seriesmeta">This entry is part 2 of 3 in the series <a href="/series/x/">Walls</a></div>{LONG}'))
    )
    assert (post.series, post.body.split("\n\n")[0]) == ("Walls", "The ministry blocks websites.")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de-DE", "Die Mauer steht.", "de"),
        ("en-US", "벽이 서 있다.", None),
        ("ko-KR", "벽이 서 있다.", "ko"),
        ("ko-KR", "The wall stands.", None),
        ("", "The wall.", None),
    ],
)
def test_languages(lang, text, expected):
    assert one(page(article(body=f"<p>{text}</p>"), lang=lang)).language == expected


MODERN = """<div id="comments" class="comments-area"><ol class="comment-list">
<li id="comment-1" class="comment depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">
<b class="fn"><a class="url" href="https://ann.example.net">Ann</a></b> <span class="says">says:</span></div><div class="comment-metadata">
<time datetime="2016-06-24T10:00:00+00:00">x</time></div></footer><div class="comment-content"><p>One.</p></div></article>
<ol class="children"><li id="comment-2" class="comment depth-2"><article class="comment-body"><b class="fn">Bo</b>
<div class="comment-content"><p>Two.</p></div></article></li></ol></li>
<li class="pingback">Pingback: Other</li>
<li class="comment depth-1"><em class="comment-awaiting-moderation">wait</em><div class="comment-content">Spam</div></li>
<li id="comment-3" class="comment depth-1"><b class="fn">Cy</b><div class="comment-content"><p>Three.</p></div></li></ol></div>"""
ELEVEN = """<ol class="commentlist"><li class="comment depth-1" id="li-comment-1"><article id="comment-1" class="comment"><footer
class="comment-meta"><div class="comment-author vcard"><span class="fn">Ann</span> on <a><time datetime="2016-06-24">x</time></a></div></footer>
<div class="comment-content">One.</div></article></li>
<li class="comment depth-2" id="li-comment-2"><div id="comment-2"><cite class="fn">Bo</cite><div class="comment-meta commentmetadata">June 25, 2016 at
9:30 am</div><p>Two.</p></div></li></ol>"""
OLD = """<ol id="commentlist"><li id="comment-1"><p>One.</p><p><cite>Comment by <a href="http://ann.example.net">Ann</a> &#8212; 24.06, 2016 @
<a>13:04</a></cite></p></li><li id="comment-2"><p>Two.</p><p><cite>Trackback by Other &#8212; 24.06, 2016 @ 13:04</cite></p></li></ol>"""


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        (MODERN, [("Ann", "One.", date(2016, 6, 24), None), ("Bo", "Two.", None, 1), ("Cy", "Three.", None, None)]),
        (ELEVEN, [("Ann", "One.", date(2016, 6, 24), None), ("Bo", "Two.", date(2016, 6, 25), 1)]),
        (OLD, [("Ann", "One.", date(2016, 6, 24), None)]),
    ],
)
def test_comments(comments, expected):
    post = one(page(article() + comments))
    assert [(c.author, c.text, c.published, c.reply_to) for c in post.comments] == expected
    assert "example.net" not in repr(post)


def listed(n, body):
    return (
        f'<article id="post-{n}" class="post-{n} post type-post hentry category-law"><h2 class="entry-title"><a href="/2016/06/{n}/a/" rel="bookmark">'
        f"Post {n}</a></h2>{body}</article>"
    )


@pytest.mark.parametrize("classes", ["home blog", "archive category category-law", "search", ""])
def test_a_list_gives_its_posts_cut_where_they_are(classes):
    html = page(
        listed(11, '<div class="entry-summary"><p>One.</p></div>')
        + listed(12, f'<div class="entry-content">{LONG}<a class="more-link" href="#">More</a></div>')
        + listed(13, f'<div class="entry-content">{LONG}</div>')
        + listed(14, "")
        + '<article class="page type-page"><h2><a href="/about/">About</a></h2><div class="entry-content">About.</div></article>'
        + '<a href="/category/law/" rel="category tag">Law</a>',
        classes=classes,
    )
    posts = pages(html, "https://example.org/").posts
    assert [(post.title, post.url, post.cut, post.categories) for post in posts] == [
        ("Post 11", "https://example.org/2016/06/11/a/", True, ["Law"]),
        ("Post 12", "https://example.org/2016/06/12/a/", True, ["Law"]),
        ("Post 13", "https://example.org/2016/06/13/a/", False, ["Law"]),
    ]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (
            page('<article class="page type-page"><h1>About</h1><div class="entry-content">Us.</div></article>', classes="page page-id-2"),
            "a page of the site",
        ),
        (page("<p>Nothing</p>", classes="error404"), "nothing"),
        (page("<p>x</p>", classes="attachment single single-attachment"), "picture or file"),
        (page(article(body='<form class="post-password-form"></form>')), "behind a password"),
        ("", "a page of the site"),
    ],
)
def test_pages_that_are_no_posts_are_left_out_with_the_reason(html, reason):
    with pytest.raises(LeftOut, match=reason):
        pages(html)


@pytest.mark.parametrize("url", ["http://[::1", "//", "javascript:x", "\x00", "/a"])
def test_broken_addresses_and_data_stop_nothing(url):
    head = f'<link rel="canonical" href="{url}"><script type="application/ld+json">{{"@type": [{{}}, 1], "author": [[["x"]]]</script>'
    linked = '<script type="application/ld+json">{"@type": "Article", "author": [[1], {"name": {}}, null], "keywords": {"a": 1}, "articleSection": [1, []]}</script>'
    post = one(page(article(f'<a rel="tag" href="{url}">T</a>'), head=head + linked), url=None)
    assert post.body.startswith("The ministry")
    assert (post.authors, post.tags) == ([], ["T"])


@pytest.mark.parametrize("tag", ["div", "li class='comment'", "div class='entry-content'", "article class='hentry'", "blockquote"])
def test_deep_nesting_is_no_danger(tag):
    started = time.monotonic()
    with suppress(InputError, LeftOut):
        pages(page(article(body=f"<{tag}>" * 10_000 + "deep")))
    assert time.monotonic() - started < 10
