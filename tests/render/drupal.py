"""The sample as a Drupal site: `eff`, a theme of Drupal 7 like that of EFF, and `olivero`, Drupal 9 with RDF and threaded comments."""

from html import escape
from urllib.parse import urlsplit

A_PAGE, ITEM = 10, "https://example.org"


def pages(articles, base=ITEM, *, style="olivero"):
    """Return path -> bytes of every page: posts, listings of ten teasers, a page that is no post."""
    node, listing = (eff_node, eff_listing) if style == "eff" else (olivero_node, olivero_listing)
    site = {f"/blog/{article.slug}": node(base, article, n) for n, article in enumerate(articles, start=1)}
    newest = sorted(articles, key=lambda article: article.published, reverse=True)
    for number, start in enumerate(range(0, len(newest), A_PAGE)):
        path = "/blog" if not number else f"/blog?page={number}"
        site[path] = listing(base, path, newest[start : start + A_PAGE], number, start + A_PAGE < len(newest))
    site["/about"] = about(base)
    return {path: page.encode() for path, page in site.items()}


def head(base, path, title, extra="", language="en", body_class=""):
    """Return a page up to its content, with what modules of metatags print."""
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="ltr" prefix="content: http://purl.org/rss/1.0/modules/content/ schema: http://schema.org/">
<head>
<meta charset="utf-8" />
<meta name="Generator" content="Drupal 9 (https://www.drupal.org)" />
<link rel="canonical" href="{base}{path}" />
<meta property="og:site_name" content="Wire and Wall" />
<meta property="og:url" content="{base}{path}" />
{extra}<title>{escape(title)} | Wire and Wall</title>
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_abc.css" />
<script type="application/json" data-drupal-selector="drupal-settings-json">{{"path":{{"baseUrl":"/"}}}}</script>
</head>
<body class="{body_class}">
<a href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a>
<header class="site-header"><nav role="navigation"><h2 class="visually-hidden">Main navigation</h2><ul class="menu">
<li><a href="/">Home</a></li><li><a href="/blog">Blog</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main role="main"><a id="main-content"></a>
"""


FOOT = """</main>
<aside><div class="block block-views"><h2>Latest</h2><div class="view-content"><div class="views-row"><article class="node node--type-blog node--view-mode-teaser">
<h2 class="node__title"><a href="/blog/other" rel="bookmark">Another post of ours</a></h2></article></div></div></div>
<form class="search-form"><input type="search" name="keys" /></form></aside>
<footer class="site-footer"><p>Donate to help us. Powered by Drupal</p></footer>
</body></html>"""


def body(article):
    """Return a body with byline lines where roles are said, a biography and footnotes as CKEditor's footnotes write them."""
    people = [
        f"{name} ({role})" if role and (len(article.authors) > 1 or "," in role) else f"{name}, {role}" if role else name
        for name, role in article.authors
    ]
    lines = ["By " + " and ".join(people)] if any(role for _, role in article.authors) else []
    lines += [f"Edited by {name}, {role}" if role else f"Edited by {name}" for name, role in article.editors]
    lines += [f"Translated by {name}, {role}" if role else f"Translated by {name}" for name, role in article.translators]
    text = article.with_markers(lambda number: f'<sup><a class="see-footnote" id="ref{number}" href="#note{number}">{number}</a></sup>')
    text = "".join(f"<p>{escape(line)}</p>\n" for line in lines) + text
    if article.author_note:
        text += f"<h3>About the author</h3><p>{escape(article.author_note)}</p>"
    items = "".join(
        f'<li class="footnote" id="note{n}"><a class="footnote-label" href="#ref{n}">{n}.</a> {note}</li>' for n, note in article.notes
    )
    return text + (f'<ul class="footnotes">{items}</ul>' if items else "")


def terms(name, label, kind, values, path):
    """Return a field of taxonomy as Drupal 8 prints it."""
    items = "".join(
        f'<div class="field__item"><a href="/{path}/{n}" hreflang="en">{escape(value)}</a></div>' for n, value in enumerate(values)
    )
    return f"""<div class="field field--name-{name} field--type-{kind} field--label-above clearfix"><div class="field__label">{label}</div>
<div class="field__items">{items}</div></div>\n""" if values else ""  # fmt: skip


def olivero_node(base, article, n):
    day = article.published
    names = " and ".join(name for name, _ in article.authors)
    link = f'<link rel="shortlink" href="{base}/node/{n}" />\n<meta property="og:type" content="article" />\n'
    stamp = f"{day.isoformat()}T23:30:00-05:00"
    printed = f"{day:%a}, {day.month:02d}/{day.day:02d}/{day.year} - 23:30"
    field = terms("field-category", "Categories", "entity-reference", article.categories, "category")
    field += terms("field-tags", "Tags", "entity-reference", article.tags, "tags")
    return head(base, f"/blog/{article.slug}", article.title, link, article.language, "path-node page-node-type-blog") + f"""
<div class="block block-core block-page-title-block"><h1 class="title page-title"><span property="schema:name">{escape(article.title)}</span></h1></div>
<article data-history-node-id="{n}" role="article" about="/blog/{article.slug}" typeof="schema:Article" class="node node--type-blog node--promoted node--view-mode-full">
<header><div class="node__meta"><span>Submitted by <span class="field field--name-uid field--type-entity-reference field--label-hidden">
<span lang="" typeof="schema:Person" property="schema:name" datatype="" class="username">admin</span></span> on
<span class="field field--name-created field--type-created field--label-hidden"><time datetime="{stamp}">{printed}</time></span></span>
<span property="schema:dateCreated" content="{stamp}" class="hidden"></span></div></header>
<div class="node__content"><div class="field field--name-field-author field--type-string field--label-inline"><div class="field__label">Author</div>
<div class="field__item">{escape(names)}</div></div>
<div property="schema:text" class="text-content clearfix field field--name-body field--type-text-with-summary field--label-hidden field__item">{body(article)}</div>
{field}<div class="node__links"><ul class="links inline"><li class="comment-add"><a href="/comment/reply/{n}">Add new comment</a></li></ul></div></div>
<section data-drupal-selector="comments" class="field field--name-comment field--type-comment comment-wrapper" id="comments"><h2>Comments</h2>
{threaded(article.comments)}<h2 class="title comment-form__title">Add new comment</h2><form class="comment-form"><input name="mail" /></form></section>
</article>
""" + FOOT  # fmt: skip


def threaded(comments):
    """Return comments with each answer in an indented box below what it answers; the sample's answers follow what they answer."""
    pieces, depths = [], {}
    for n, comment in enumerate(comments, start=1):
        depth = depths[n] = depths.get(comment.get("reply_to"), -1) + 1 if comment.get("reply_to") else 0
        text = f"""<article about="/comment/{n}" id="comment-{n}" role="article" class="comment js-comment by-anonymous">
<span class="hidden" data-comment-timestamp="1"></span><footer class="comment__meta"><p class="comment__author"><span class="username">{escape(comment["author"])} (not verified)</span></p>
<p class="comment__time">3 years ago<span property="schema:dateCreated" content="{comment["date"]}T10:00:00+00:00" class="hidden"></span></p></footer>
<div class="comment__content"><h3><a href="/comment/{n}#comment-{n}" class="permalink">A subject</a></h3>
<div class="text-content field field--name-comment-body field--type-text-long"><p>{escape(comment["text"])}</p></div>
<ul class="links inline"><li class="comment-reply"><a href="/comment/reply/{n}">Reply</a></li></ul></div></article>"""
        pieces.append('<div class="indented">' * depth + text + "</div>" * depth)
    return "\n".join(pieces)


def pager(number, more):
    later = f'<li class="pager__item pager__item--next"><a href="?page={number + 1}" rel="next">Next page</a></li>' if more else ""
    return f'<nav class="pager" role="navigation"><ul class="pager__items">{later}</ul></nav>'


def olivero_listing(base, path, articles, number, more):
    rows = "".join(
        f"""<div class="views-row"><article role="article" about="/blog/{a.slug}" class="node node--type-blog node--promoted node--view-mode-teaser">
<h2 class="node__title"><a href="/blog/{a.slug}" rel="bookmark">{escape(a.title)}</a></h2><div class="node__meta"><span>By <span class="node__author">
<span class="username">admin</span></span>, <time datetime="{a.published}T12:00:00Z">{a.published:%B} {a.published.day}, {a.published.year}</time></span></div>
<div class="node__content"><div class="field field--name-body field--type-text-with-summary"><p>The beginning of a text.</p></div>
<div class="node__links"><ul class="links inline"><li class="node-readmore"><a href="/blog/{a.slug}" rel="tag">Read more</a></li></ul></div></div></article></div>"""
        for a in articles
    )
    return (
        head(base, path, "Blog", body_class="path-blog")
        + f'<h1 class="page-title">Blog</h1><div class="view"><div class="view-content">{rows}</div></div>'
        + pager(number, more)
        + FOOT
    )


def eff_node(base, article, n):
    day = article.published
    names = " and ".join(f'<a href="/about/staff/{n}">{escape(name)}</a>' for n, (name, _) in enumerate(article.authors))
    link = f'<link rel="shortlink" href="{base}/node/{n}" />\n<meta property="article:published_time" content="{day}T18:01:02-08:00" />\n'
    classes = "html not-front not-logged-in page-node page-node- page-node-1 node-type-blog section-deeplinks right-sidebar"
    field = terms("field-issue", "Related Issues", "taxonomy-term-reference", article.categories, "issues")
    field += terms("field-tags", "Tags", "taxonomy-term-reference", article.tags, "tags")
    return head(base, f"/blog/{article.slug}", article.title, link, article.language, classes) + f"""<div class="panel-pane pane-page-title"><h1>{escape(article.title)}</h1></div>
<div class="panel-pane pane-byline"><div class="node-author">By {names}</div><div class="node-date">{day:%B} {day.day}, {day.year}</div></div>
<div class="panel-pane pane-node"><div class="pane-content"><article role="article" class="node node--blog node--full node--full--blog">
<div class="node__content"><div class="field field--name-body field--type-text-with-summary field--label-hidden"><div class="field__items">
<div class="field__item even"><div class="take-action"><p><a href="https://act.example.org">Take action</a></p><p>Tell Congress to act</p></div>{body(article)}</div></div></div>
<div class="field field--name-upload field--type-file field--label-hidden"><a href="/files/a.pdf">a.pdf</a></div></div></article></div></div>
{field}<div class="panel-pane pane-share"><div class="share-links"><a href="https://social.example.org/share">Share it</a></div></div>
""" + FOOT  # fmt: skip


def eff_listing(base, path, articles, number, more):
    rows = "".join(
        f"""<div class="views-row views-row-1"><article role="article" class="node node--blog node-teaser node--node-teaser node--node-teaser--blog">
<header><h3 class="node__title"><a href="/blog/{a.slug}">{escape(a.title)}</a></h3></header><div class="teaser-thumbnail"><img src="/files/a.png" alt="" /></div>
<div class="node__content"><div class="node-author">by {" and ".join(escape(name) for name, _ in a.authors)}</div>
<div class="node-date">{a.published:%B} {a.published.day}, {a.published.year}</div>
<div class="field field--name-body field--type-text-with-summary"><p>The beginning of a text...</p></div></div></article></div>"""
        for a in articles
    )
    rows += '<div class="views-row"><article class="node node--event node-teaser"><h3 class="node__title"><a href="/event/1">A party</a></h3></article></div>'
    return (
        head(base, path, "Updates", body_class="html page-updates")
        + f'<h1>Updates</h1><div class="view"><div class="view-content">{rows}</div></div>'
        + pager(number, more)
        + FOOT
    )


def about(base):
    return head(base, "/about", "About", '<link rel="shortlink" href="/node/900" />\n', body_class="path-node page-node-type-page") + """
<h1 class="page-title">About</h1><article data-history-node-id="900" class="node node--type-page node--view-mode-full">
<div class="node__content"><div class="field field--name-body field--type-text-with-summary"><p>Who we are.</p></div></div></article>""" + FOOT  # fmt: skip


def render(articles, folder, base=ITEM, *, style="olivero"):
    """Write every page of the site into a folder as a mirror keeps it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, page in pages(articles, base, style=style).items():
        name = urlsplit(path)
        (folder / f"{name.path.strip('/').replace('/', '-')}{'-' + name.query.replace('=', '-') if name.query else ''}.html").write_bytes(
            page
        )
