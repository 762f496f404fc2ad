"""Pages of Drupal 7 to 10 in the markup of their themes, listings, comments, and pages that are no posts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.load.drupal.pages import read
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut

BODY = '<div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even" property="content:encoded">{}</div></div></div>'
CANONICAL = '<link rel="canonical" href="https://example.org/blog/wall" />'


def page(body, head=CANONICAL, attributes='class="html page-node node-type-blog"', lang="en"):
    text = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"/>{head}<title>Wall | Blog</title></head><body {attributes}>{body}</body></html>'
    return read(Document("a.html", text.encode(), url="https://example.org/x"), Hints())


def outcome(*args):
    """Return why nothing was read, or an empty text; any other error fails the test."""
    try:
        page(*args)
    except (LeftOut, InputError) as reason:
        return str(reason)
    return ""


def node(inside, classes="node node-blog node-promoted node-full clearfix", body="<p>Text.</p>"):
    return f'<h1 class="page-title">The wall</h1><div id="node-7" class="{classes}" about="/blog/wall">{inside}<div class="content">{BODY.format(body)}</div></div>'


def one(*args, **options):
    found = page(*args, **options)
    assert len(found.posts) == 1
    return found.posts[0]


def test_a_post_of_drupal_7():
    post = one(
        node(
            '<span property="dc:title" content="The wall" class="rdf-meta element-hidden"></span><div class="submitted">'
            '<span property="dc:date dc:created" content="2013-12-08T13:59:30+06:00" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by '
            '<a href="/user/3" class="username" property="foaf:name">Ann Lee</a> on Sun, 12/08/2013 - 13:59</span></div>'
        )
    )
    assert (post.title, post.authors, post.published, post.body) == ("The wall", ["Ann Lee"], date(2013, 12, 8), "Text.")
    assert (post.url, post.address, post.cut, post.problems) == ("https://example.org/blog/wall", "example.org/blog/wall", False, [])


@pytest.mark.parametrize(
    ("markup", "expected", "printed"),
    [
        ('<div class="node-date">May 3, 2021</div>', date(2021, 5, 3), ""),
        ('<div class="submitted">Submitted by x on Mon, 13/12/2021 - 10:00</div>', date(2021, 12, 13), ""),
        ('<div class="submitted">Submitted by x on Mon, 03/04/2021 - 10:00</div>', None, "03/04/2021"),
        ('<div class="submitted">By x, <time datetime="2021-04-03T10:00:00Z">03/04/2021</time></div>', date(2021, 4, 3), ""),
        ('<div class="submitted">By x, <time datetime="2021-03-04T10:00:00Z">03/04/2021</time></div>', date(2021, 3, 4), ""),
        ('<div class="node__meta">By x, <time datetime="2021-05-04T02:00:00Z">May 3, 2021</time></div>', date(2021, 5, 3), ""),
        ('<span class="field--name-created"><time datetime="2021-05-03T10:00:00+09:00">vor drei Jahren</time></span>', date(2021, 5, 3), ""),
        ('<span property="schema:dateCreated" content="2010-08-24T22:41:00-04:00" class="hidden"></span>', date(2010, 8, 24), ""),
        ('<div class="submitted">Verfasst von x am 3. Mai 2021</div>', date(2021, 5, 3), ""),
        ('<span class="date-display-single" property="dc:date" content="2021-05-03T00:00:00+02:00">lundi 3 mai 2021</span>', date(2021, 5, 3), ""),
        ("", None, ""),
    ],
)  # fmt: skip
def test_dates(markup, expected, printed):
    post = one(node(markup))
    assert (post.published, post.printed) == (expected, printed)
    assert bool(post.problems) == (expected is None and not printed)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-05-03T10:00:00-07:00" />',
        '<meta name="dcterms.created" content="2021-05-03T10:00:00-07:00" />',
        '<script type="application/ld+json">{"@graph": [{"@type": "BlogPosting", "datePublished": "2021-05-03", "author": {"name": "Ann Lee"}}]}</script>',
    ],
)
def test_dates_of_the_head(head):
    assert one(node(""), head=CANONICAL + head).published == date(2021, 5, 3)


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        (
            '<div class="node-author">By <a href="/about/staff/a">Ann Lee</a> and <a href="/about/staff/b">Bo Kim</a></div>',
            ["Ann Lee", "Bo Kim"],
        ),
        ('<div class="node-author">by Ann Lee and Bo Kim</div>', ["Ann Lee", "Bo Kim"]),
        (
            '<div class="field-name-author"><div class="label-inline">文/</div><a class="username" href="/author/30">Vergil</a></div>',
            ["Vergil"],
        ),
        (
            '<div class="field field--name-field-author"><div class="field__label">Author</div><div class="field__item">Ann Lee</div></div>',
            ["Ann Lee"],
        ),
        ('<div class="submitted">Submitted by <span class="username">admin</span></div>', []),
        ('<div class="submitted">Submitted by <span class="username">Ann Lee</span></div>', ["Ann Lee"]),
        ('<span property="schema:author" typeof="schema:Person"><span property="schema:name">Ann Lee</span></span>', ["Ann Lee"]),
        ('<div class="submitted">Submitted by <span class="username">ann@example.org</span></div>', []),
    ],
)
def test_authors(markup, authors):
    post = one(node(markup))
    assert (post.authors, post.author_roles) == (authors, [""] * len(authors))


def test_a_byline_in_the_body_goes_before_the_account_that_posted():
    post = one(
        node('<div class="submitted">Submitted by <span class="username">Cy Oh</span></div>', body="<p>By Ann Lee, Editor</p><p>Text.</p>")
    )
    assert (post.authors, post.author_roles, post.body) == (["Ann Lee"], ["Editor"], "Text.")


@pytest.mark.parametrize(
    ("markup", "categories", "tags"),
    [
        ("", None, []),
        ('<div class="field field--name-field-issue"><div class="field__item"><a href="/issues/x">Privacy</a></div></div>', ["Privacy"], []),
        (
            '<div class="field field-name-field-tags field-type-taxonomy-term-reference"><h3 class="field-label">Tags: </h3><ul class="links">'
            '<li class="taxonomy-term-reference-0" rel="dc:subject"><a href="/tags/x">phones</a></li></ul></div>',
            None,
            ["phones"],
        ),
        ('<div class="field field-name-taxonomy-vocabulary-2"><div class="field-item"><a href="/taxonomy/term/1">Law</a></div></div>', ["Law"], []),
        ('<div class="field field-name-taxonomy-vocabulary-3"><div class="field-label">Keywords:</div><a href="/taxonomy/term/1">walls</a></div>', None, ["walls"]),
        ('<div class="field field--name-field-kategorie field--type-entity-reference"><div class="field__item">Recht</div></div>', ["Recht"], []),
        ('<div class="field field--name-field-related field--type-entity-reference"><a href="/blog/other">Other</a></div>', None, []),
    ],
)  # fmt: skip
def test_terms(markup, categories, tags):
    post = one(node(markup))
    assert (post.categories, post.tags) == (categories, tags)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<div class="take-action"><p>Tell Congress</p></div><p>A.</p>', "A."),
        ("<p>A.</p><ul class='links inline'><li><a>Add new comment</a></li></ul>", "A."),
        ('<p>A.</p><div class="media"><div class="file"><h2 class="element-invisible"><a>a.png</a></h2></div></div><table><tr><td>1</td></tr></table>', "A."),
        ('<h2>Why</h2><p>A.</p><p class="pull-quote">A.</p><blockquote><p>B.</p></blockquote>', "# Why\n\nA.\n\n> B."),
        ('<p>A.<a class="see-footnote" id="r1" href="#n1">1</a></p><ul class="footnotes"><li id="n1"><a href="#r1">1.</a> Note.</li></ul>', "A.\ue0001\ue001"),
        ("", ""),
    ],
)  # fmt: skip
def test_bodies(body, text):
    assert one(node("", body=body)).body == text


@pytest.mark.parametrize(
    "markup",
    [
        '<article data-history-node-id="7" about="/blog/wall"><div class="node__content"><p>Text.</p></div></article>',
        '<article class="node node--type-blog node--view-mode-full"><div class="paragraph"><div class="field field--name-field-text field--type-text-long"><p>Text.</p></div></div></article>',
        '<article class="node node--blog node--full"><div class="node__content"><div class="field--name-body"><p>Text.</p></div></div></article>',
        '<div class="our-theme"><div class="field--name-body"><p>Text.</p></div></div>',
    ],
)  # fmt: skip
def test_themes(markup):
    assert one(f"<h1>The wall</h1>{markup}").body == "Text."


def test_a_theme_without_any_field_is_read_as_any_page():
    text = "".join(f"<p>Sentence number {n} says something about the wall and the phones that lie behind it.</p>" for n in range(12))
    post = one(f"<main><h1>The wall</h1>{text}</main>")
    assert (post.title, post.body.count("\n\n")) == ("The wall", 11)


def test_only_the_full_node_counts_where_related_posts_stand_in_it():
    related = (
        '<div class="block related"><div class="node node-blog view-mode-home_block clearfix"><h2><a href="/2">Other</a></h2>'
        + BODY.format("<p>Other.</p>")
        + "</div></div>"
    )
    post = one(node("", classes="node node-blog node-full view-mode-full", body="<p>Text.</p>").removesuffix("</div>") + related + "</div>")
    assert (post.title, post.body) == ("The wall", "Text.")


D7_COMMENT = """<a id="comment-{n}"></a><div class="comment comment-by-anonymous clearfix" about="/comment/{n}"><div class="attribution"><p class="commenter-name">
<span class="username">{name} (未验证)</span></p><p class="comment-time"><span content="2019-04-2{n}T12:00:28+02:00" property="dc:date dc:created">x</span></p></div>
<div class="comment-text"><h3 property="dc:title">Subject</h3><div class="content"><div class="field field-name-comment-body"><p>Comment {n}.</p></div></div></div></div>"""


def test_comments_of_drupal_7_and_whom_they_answer():
    thread = D7_COMMENT.format(n=1, name="Bea") + '<div class="indented">' + D7_COMMENT.format(n=2, name="Cy") + '<div class="indented">'
    thread += (
        D7_COMMENT.format(n=3, name="Dee")
        + "</div>"
        + D7_COMMENT.format(n=4, name="Eve")
        + "</div>"
        + D7_COMMENT.format(n=5, name="eve@example.org")
    )
    thread += '<div class="comment comment-unpublished"><div class="content">Hidden.</div></div>'
    post = one(node("") + f'<div class="comment-wrapper" id="comments"><h2>Comments</h2>{thread}</div>')
    assert [(c.author, c.text, c.published.day, c.reply_to) for c in post.comments] == [
        ("Bea", "Comment 1.", 21, None),
        ("Cy", "Comment 2.", 22, 1),
        ("Dee", "Comment 3.", 23, 2),
        ("Eve", "Comment 4.", 24, 1),
        ("", "Comment 5.", 25, None),
    ]
    assert post.published is None


def test_the_moment_of_a_comment_that_prints_only_how_long_ago():
    comment = '<article class="comment js-comment"><span data-comment-timestamp="1577836800"></span><p class="comment__author"><a class="username" href="/user/1">Bea (Ms)</a></p><p class="comment__time">3 years ago</p><div class="comment__content"><p>Fine.</p></div></article>'
    post = one(node("") + f'<section id="comments">{comment}</section>')
    assert [(c.author, c.text, c.published) for c in post.comments] == [("Bea (Ms)", "Fine.", date(2020, 1, 1))]


TEASER = '<div class="views-row"><article class="node node--{kind} node-teaser"><h3 class="node__title"><a href="/blog/{n}">Post {n}</a></h3><div class="node-date">May {n}, 2021</div><div class="field--name-body"><p>Begins.</p></div></article></div>'


def test_a_listing_gives_posts_that_are_cut():
    rows = "".join(TEASER.format(n=n, kind="blog") for n in (1, 2)) + TEASER.format(n=3, kind="event")
    found = page(f'<h1>Updates</h1><div class="view-content">{rows}</div>', attributes='class="page-updates"')
    assert [(p.title, p.url, p.published, p.body, p.cut) for p in found.posts] == [
        ("Post 1", "https://example.org/blog/1", date(2021, 5, 1), "Begins.", True),
        ("Post 2", "https://example.org/blog/2", date(2021, 5, 2), "Begins.", True),
    ]
    assert found.skipped == [("Post 3", "a Drupal node of type event, not a post")]
    assert found.listings == []


def test_the_page_of_a_term_says_which_posts_are_in_it():
    rows = "".join(TEASER.format(n=n, kind="blog") for n in (1, 2))
    more = '<ul class="pager"><li class="pager-next"><a href="?page=2">next</a></li></ul>'
    head = '<link rel="canonical" href="https://example.org/topics/law?page=1" />'
    found = page(
        f'<h1 class="page-title">Law</h1><div class="view-content">{rows}</div>{more}',
        head=head,
        attributes='class="page-taxonomy page-taxonomy-term"',
    )
    assert found.listings == [("Law", 2, ["https://example.org/blog/1", "https://example.org/blog/2"], True)]


@pytest.mark.parametrize(
    ("markup", "attributes", "reason"),
    [
        (node("", classes="node node-page node-full"), 'class="page-node node-type-page"', "a Drupal node of type page, not a post"),
        (node("", classes="node node--type-event node--view-mode-full"), "", "a Drupal node of type event, not a post"),
        (node("", classes="node node-blog node-full node-unpublished"), "", "not published"),
        ("<h1>Contact</h1><form></form>", "", "a page with"),
    ],
)
def test_pages_that_are_no_posts_are_left_out(markup, attributes, reason):
    with pytest.raises(LeftOut, match=reason):
        page(markup, attributes=attributes)


@pytest.mark.parametrize(("declared", "expected"), [("en", None), ("ko", "ko"), ("pt-br", "pt"), ("", None), ("x" * 40, None)])
def test_languages(declared, expected):
    assert one(node(""), lang=declared).language == expected


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/blog/wall" />', "https://example.org/blog/wall"),
        ('<link rel="canonical" href="http://[::1" />', "https://example.org/blog/wall"),
        ('<link rel="canonical" href="javascript:x" />', "https://example.org/blog/wall"),
        ("", "https://example.org/x"),
    ],
)
def test_addresses(head, url):
    assert one(node(""), head=head).url == url


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="node node-full">' * 10_000 + BODY.format("x"),
        '<div class="node node-teaser">' * 5_000,
        node("", body="<div class='links'>" * 5_000 + "x"),
        node("") + '<div class="indented"><div class="comment"><div class="content">x' * 3_000,
        '<article class="node" data-history-node-id="\x00"><div class="field--name-body">\x00',
        '<div class="field field--name-field-tags">' * 5_000,
        '<div class="node node-teaser links field--name-field-tags comment">' * 150 + "x",
        '<div class="node node-teaser"><h3><a href="/a">A</a></h3></div>' * 8_000,
        node("", body="<p class='links'><a href='#n'>1</a></p><li id='n'>x</li>" * 2_000),
        "<div id='comments'>" + '<div class="comment"><div class="content">x</div></div><div class="indented">' * 150,
    ],
    ids=range(10),
)
def test_hostile_pages_end_in_posts_or_in_one_line(markup):
    assert "\n" not in outcome(markup)


@settings(max_examples=60)
@given(st.text(alphabet="<>/ab =\"'-_.:node field-comment", max_size=200))
def test_no_markup_breaks_the_reader(markup):
    assert "\n" not in outcome(f'<div class="node node-blog node-full">{markup}')
