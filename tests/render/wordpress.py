"""The sample as a WordPress blog: pages in a classic theme (Twenty Sixteen) or a block theme (Twenty Twenty-Three), and REST answers.

`pages` and `rest` return path -> bytes, as a server would answer; `render` and `render_rest` write them into a folder. What WordPress has
no field for (roles, editors, translators) stands in lines at the head of a post, as blogs print it.
"""

import json
import re
from datetime import timedelta
from html import escape
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

BASE = "https://wireandwall.example.org"
NAME = "Wire and Wall"
CLASSIC, BLOCKS = "twentysixteen", "twentytwentythree"
PER_PAGE = 10


def render(articles, folder, *, base=BASE, theme=CLASSIC):
    """Write the whole site into a folder, as a mirror of it would lie there."""
    for path, data in pages(articles, base, theme=theme).items():
        place = folder / path.strip("/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def render_rest(articles, folder, *, base=BASE):
    """Write the REST answers into a folder, ten posts a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, data in enumerate(rest(articles, base).values(), start=1):
        (folder / f"posts-{n:02}.json").write_bytes(data)


def pages(articles, base=BASE, *, theme=CLASSIC):
    """Return path -> page of the whole site: home, category and tag archives, posts."""
    site = Site(articles, base, theme)
    newest = list(reversed(articles))
    found = dict(site.archive("/", newest, "home blog", None))
    for kind, terms in site.slugs.items():
        for n, (term, place) in enumerate(terms.items(), start=1):
            shown = [article for article in newest if term in getattr(article, FIELDS[kind])]
            found |= dict(
                site.archive(f"/{kind}/{place}/", shown, f"archive {kind} {kind}-{site.mark(kind, term)} {kind}-{n}", (kind, term))
            )
    return found | {site.path(article): site.post(n, article).encode() for n, article in enumerate(articles)}


FIELDS = {"category": "categories", "tag": "tags"}


def slug(text):
    """Return what WordPress makes of a name in an address; letters of other scripts are written as bytes."""
    return quote(re.sub(r"[^\w]+", "-", text.lower()).strip("-")).lower()


def head_lines(article):
    """Return the lines at the head of a body: who wrote it in which role, edited and translated it."""
    lines = [f"By {', '.join(filter(None, author))}" for author in article.authors if author[1]]
    lines += [f"Edited by {', '.join(filter(None, person))}" for person in article.editors]
    lines += [f"Translated by {', '.join(filter(None, person))}" for person in article.translators]
    return lines


class Site:
    """One blog: where its posts stand and what every page of it shows around them."""

    def __init__(self, articles, base, theme):
        self.articles, self.base, self.blocks = articles, base.rstrip("/"), theme == BLOCKS
        self.theme = theme
        self.slugs = {kind: self.terms_of(field) for kind, field in FIELDS.items()}

    def terms_of(self, field):
        """Return name -> address of every term; one whose address is taken gets a number, as in WordPress."""
        found = {}
        for name in sorted({name for article in self.articles for name in getattr(article, field)}):
            taken = sum(other == slug(name) or other.startswith(f"{slug(name)}-") for other in found.values())
            found[name] = f"{slug(name)}-{taken + 1}" if slug(name) in found.values() else slug(name)
        return found

    def path(self, article):
        short = article.slug[11:]
        return f"/{short}/" if self.blocks else f"/{article.published:%Y/%m/%d}/{short}/"

    def link(self, path, text, **attributes):
        """Return a link; `klass` stands for `class`."""
        extra = "".join(f' {name.replace("klass", "class")}="{value}"' for name, value in attributes.items())
        return f'<a href="{self.base}{path}"{extra}>{escape(text)}</a>'

    def number(self, article):
        return 100 + self.articles.index(article)

    def classes(self, article):
        terms = [f"{kind}-{self.mark(kind, name)}" for kind, field in FIELDS.items() for name in getattr(article, field)]
        return f"post-{self.number(article)} post type-post status-publish format-standard hentry {' '.join(terms)}"

    def mark(self, kind, name):
        """Return what stands in a class for a term: its address, or its number where that is in another script."""
        found = self.slugs[kind][name]
        return str(40 + sorted(self.slugs[kind]).index(name)) if "%" in found else found

    def content(self, article):
        """Return what `the_content` prints."""
        number = self.number(article)
        ids = {n: str(uuid5(NAMESPACE_URL, f"{number}-{n}")) for n, _ in article.notes}

        def marker(n):
            if self.blocks:
                return f'<sup data-fn="{ids[n]}" class="fn"><a href="#{ids[n]}" id="{ids[n]}-link">{n}</a></sup>'
            return f"<sup class='footnote'><a href='#fn-{number}-{n}' id='fnref-{number}-{n}'>{n}</a></sup>"

        body = article.with_markers(marker).replace("<h2>", '<h2 class="wp-block-heading">')
        body = body.replace("<blockquote>", '<blockquote class="wp-block-quote">')
        lines = "".join(f"<p><em>{escape(line)}</em></p>\n" for line in head_lines(article))
        series = ""
        if article.series:
            link = self.link("/series/x/", article.series, klass="series-1")
            series = f'<div class="seriesmeta">This entry is part 1 of 3 in the series {link}</div>'
        picture = '<figure class="wp-block-image size-large"><img src="/wp-content/uploads/2019/01/mast.jpg" alt=""/>' + (
            '<figcaption class="wp-element-caption">A mast near the river. Photo: Ann Lee</figcaption></figure>\n'
        )
        return series + lines + (picture if number % 3 == 0 else "") + body + self.notes(article, ids)

    def notes(self, article, ids):
        if not article.notes:
            return ""
        number = self.number(article)
        if self.blocks:
            rows = (
                f'<li id="{ids[n]}">{text} <a href="#{ids[n]}-link" aria-label="Jump to footnote reference {n}">↩︎</a></li>'
                for n, text in article.notes
            )
            return f'\n<ol class="wp-block-footnotes">{"".join(rows)}</ol>'
        rows = (
            f"<li id='fn-{number}-{n}'>{text} <span class='footnotereverse'><a href='#fnref-{number}-{n}'>&#8617;</a></span></li>"
            for n, text in article.notes
        )
        return f"\n<div class='footnotes'><div class='footnotedivider'></div><ol>{''.join(rows)}</ol></div>"

    def share(self):
        return (
            '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Share this:</h3>'
            '<ul><li class="share-twitter"><a rel="nofollow" href="?share=twitter">Click to share on Twitter</a></li></ul></div></div>'
            '<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div>'
        )

    def time(self, article, classes=""):
        stamp = f"{article.published}T23:30:00-05:00"
        printed = f"{article.published:%B} {article.published.day}, {article.published.year}"
        return f'<time{classes} datetime="{stamp}">{printed}</time>'

    def terms(self, article, kind):
        relation = "tag" if self.blocks or kind == "tag" else "category tag"
        return ", ".join(self.link(f"/{kind}/{self.slugs[kind][name]}/", name, rel=relation) for name in getattr(article, FIELDS[kind]))

    def post(self, n, article):
        others = [self.articles[n - 1], self.articles[(n + 1) % len(self.articles)]]
        main = (self.block_post if self.blocks else self.classic_post)(article, others)
        number = self.number(article)
        classes = f"post-template-default single single-post postid-{number} single-format-standard wp-embed-responsive"
        head = (
            f'<link rel="canonical" href="{self.base}{self.path(article)}" /><link rel="shortlink" href="{self.base}/?p={number}" />'
            f'<meta property="og:type" content="article" /><meta property="og:title" content="{escape(article.title)} - {NAME}" />'
            f'<script type="application/ld+json" class="yoast-schema-graph">{self.graph(article)}</script>'
        )
        return self.page(f"{article.title} – {NAME}", classes, head, main)

    def graph(self, article):
        """Return the JSON-LD of Yoast: a graph, the author by reference, times in UTC."""
        url = self.base + self.path(article)
        author = {"@type": "Person", "@id": f"{self.base}/#/schema/person/{slug(article.authors[0][0])}", "name": article.authors[0][0]}
        stamp = f"{article.published + timedelta(days=1)}T04:30:00+00:00"
        post = {
            "@type": "BlogPosting", "@id": f"{url}#article", "author": {"name": author["name"], "@id": author["@id"]},
            "headline": article.title, "datePublished": stamp, "dateModified": stamp, "keywords": article.tags,
            "articleSection": article.categories, "inLanguage": "en-US",
        }  # fmt: skip
        return json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "@id": url}, post, author]})

    def classic_post(self, article, others):
        name = article.authors[0][0]
        biography = ""
        if article.author_note:
            more = self.link(f"/author/{slug(name)}/", f"View all posts by {name}", klass="author-link", rel="author")
            biography = (
                '<div class="author-info"><div class="author-avatar"><img alt="" class="avatar" /></div><div class="author-description">'
                f'<h2 class="author-title"><span class="author-heading">Author:</span> {escape(name)}</h2>'
                f'<p class="author-bio">{escape(article.author_note)} {more}</p></div></div>'
            )
        related = "".join(self.teaser(other) for other in others)
        return f"""<article id="post-{self.number(article)}" class="{self.classes(article)}">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1></header>
<div class="entry-content">
{self.content(article)}
{self.share()}{biography}
</div>
<footer class="entry-footer">{self.meta(article)}</footer>
</article>
{self.comments(article)}
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2></nav>
<section class="related-articles"><h2>More to read</h2>{related}</section>"""

    def meta(self, article):
        name = article.authors[0][0]
        author = self.link(f"/author/{slug(name)}/", name, klass="url fn n")
        time = self.time(article, ' class="entry-date published updated"')
        tags = (
            f'<span class="tags-links"><span class="screen-reader-text">Tags </span>{self.terms(article, "tag")}</span>'
            if article.tags
            else ""
        )
        return (
            '<span class="byline"><img alt="" class="avatar" /><span class="screen-reader-text">Author </span>'
            f'<span class="author vcard">{author}</span></span><span class="posted-on"><span class="screen-reader-text">Posted on </span>'
            f'<a href="{self.base}{self.path(article)}" rel="bookmark">{time}</a></span>'
            f'<span class="cat-links"><span class="screen-reader-text">Categories </span>{self.terms(article, "category")}</span>{tags}'
        )

    def teaser(self, article):
        """Return a post on a list: title, the beginning and a link to the rest."""
        text = re.sub(r"<[^>]+>|\ue000.*?\ue001", "", article.body).split()
        start = escape(" ".join(text[:55]), quote=False).replace("&amp;", "&")
        title = f'<h2 class="{"wp-block-post-title" if self.blocks else "entry-title"}">{self.link(self.path(article), article.title)}</h2>'
        if self.blocks:
            return (
                f'<li class="wp-block-post {self.classes(article)}">{title}<div class="wp-block-post-excerpt"><p '
                f'class="wp-block-post-excerpt__excerpt">{start}…</p></div><div class="wp-block-post-date">{self.time(article)}</div></li>'
            )
        return (
            f'<article id="post-{self.number(article)}" class="{self.classes(article)}"><header class="entry-header">{title}</header>'
            f'<div class="entry-summary"><p>{start} <a href="{self.base}{self.path(article)}" class="more-link">Continue reading</a></p></div>'
            f'<footer class="entry-footer">{self.meta(article)}</footer></article>'
        )

    def block_post(self, article, others):
        bio = f'<p class="wp-block-post-author__bio">{escape(article.author_note)}</p>' if article.author_note else ""
        return f"""<main class="wp-block-group" id="wp--skip-link--target"><div class="wp-block-group has-global-padding">
<h1 class="wp-block-post-title">{escape(article.title)}</h1></div>
<div class="entry-content wp-block-post-content has-global-padding">
{self.content(article)}
{self.share()}
</div>
<div class="wp-block-template-part"><div class="wp-block-group"><p>Posted</p><div class="wp-block-post-date">{self.time(article)}</div>
<p>in</p><div class="taxonomy-category wp-block-post-terms">{self.terms(article, "category")}</div><p>by</p>
<div class="wp-block-post-author"><div class="wp-block-post-author__content"><p class="wp-block-post-author__name">{escape(article.authors[0][0])}</p>
{bio}</div></div><p>Tags:</p><div class="taxonomy-post_tag wp-block-post-terms">{self.terms(article, "tag")}</div></div></div>
{self.comments(article)}
<div class="wp-block-query"><h2 class="wp-block-heading">More to read</h2><ul class="wp-block-post-template">{"".join(map(self.teaser, others))}</ul></div>
</main>"""

    def comments(self, article):
        if not article.comments:
            return ""
        answers = {
            n: [k for k, other in enumerate(article.comments, 1) if other.get("reply_to") == n] for n in range(len(article.comments) + 1)
        }
        first = [k for k, comment in enumerate(article.comments, 1) if not comment.get("reply_to")]
        items = "".join(self.comment(article, n, answers, 1) for n in first)
        ping = '<li id="comment-9" class="pingback even"><div class="comment-body">Pingback: <a href="https://other.example.org/">Other</a></div></li>'
        if self.blocks:
            return f'<div class="wp-block-comments"><h2>Comments</h2><ol class="wp-block-comment-template">{items}{ping}</ol></div>'
        respond = '<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></div>'
        return f'<div id="comments" class="comments-area"><h2 class="comments-title">Thoughts</h2><ol class="comment-list">{items}{ping}</ol>{respond}</div>'

    def comment(self, article, n, answers, depth):
        comment = article.comments[n - 1]
        key = self.number(article) * 100 + n
        stamp = f"{comment['date']}T10:00:00-05:00"
        printed = f"{comment['date']:%B} {comment['date'].day}, {comment['date'].year} at 10:00 am"
        text = "".join(f"<p>{escape(part, quote=False)}</p>" for part in comment["text"].split("\n\n"))
        inner = "".join(self.comment(article, k, answers, depth + 1) for k in answers[n])
        item = f'<li id="comment-{key}" class="comment byuser even depth-{depth}">'
        if self.blocks:
            inner = f"<ol>{inner}</ol>" if inner else ""
            return (
                f'{item}<div class="wp-block-comment-author-name"><a rel="external nofollow" href="https://home.example.org/">'
                f'{escape(comment["author"])}</a></div><div class="wp-block-comment-date"><time datetime="{stamp}"><a href="#">{printed}</a></time></div>'
                f'<div class="wp-block-comment-content">{text}</div><div class="wp-block-comment-reply-link"><a href="#">Reply</a></div>{inner}</li>'
            )
        inner = f'<ol class="children">{inner}</ol>' if inner else ""
        return (
            f'{item}<article id="div-comment-{key}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" />'
            f'<b class="fn"><a href="https://home.example.org/" rel="external nofollow" class="url">{escape(comment["author"])}</a></b> '
            f'<span class="says">says:</span></div><div class="comment-metadata"><a href="#"><time datetime="{stamp}">{printed}</time></a></div></footer>'
            f'<div class="comment-content">{text}</div><div class="reply"><a href="#">Reply</a></div></article>{inner}</li>'
        )

    def archive(self, path, shown, classes, term):
        """Yield path and page of a list, ten posts a page."""
        last = (len(shown) - 1) // PER_PAGE + 1
        heading = (
            f'<header class="page-header"><h1 class="page-title">{term[0].capitalize()}: <span>{escape(term[1])}</span></h1></header>'
            if term
            else ""
        )
        for n in range(1, last + 1):
            teasers = "".join(map(self.teaser, shown[(n - 1) * PER_PAGE : n * PER_PAGE]))
            older = f'<a class="next page-numbers" href="{self.base}{path}page/{n + 1}/">Next page</a>' if n < last else ""
            posts = f'<ul class="wp-block-post-template">{teasers}</ul>' if self.blocks else teasers
            main = f'{heading}<div class="{"wp-block-query" if self.blocks else "posts"}">{posts}</div><nav class="navigation pagination">{older}</nav>'
            page = self.page(f"{term[1] if term else 'Home'} – {NAME}", classes + (" paged" if n > 1 else ""), "", main)
            yield (path if n == 1 else f"{path}page/{n}/"), page.encode()

    def page(self, title, classes, head, main):
        links = [self.link(f"/category/{place}/", name) for name, place in self.slugs["category"].items()]
        widget = "".join(f'<li class="cat-item cat-item-{n}">{link}</li>' for n, link in enumerate(links, start=1))
        recent = "".join(f"<li>{self.link(self.path(article), article.title)}</li>" for article in self.articles[-5:])
        months = sorted({f"{article.published:%Y/%m}" for article in self.articles}, reverse=True)
        archives = "".join(f"<li>{self.link(f'/{month}/', month)}</li>" for month in months)
        aside = (
            '<aside id="secondary" class="sidebar widget-area"><section class="widget widget_search"><form><input type="search" /></form></section>'
            f'<section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul>{recent}</ul></section>'
            f'<section class="widget widget_categories"><h2 class="widget-title">Categories</h2><ul>{widget}</ul></section>'
            f'<section class="widget widget_archive"><h2 class="widget-title">Archives</h2><ul>{archives}</ul></section></aside>'
        )
        return f"""<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8" /><meta name="viewport" content="width=device-width" />
<title>{escape(title)}</title>
<meta property="og:site_name" content="{NAME}" />{head}
<link rel="alternate" type="application/rss+xml" title="{NAME} &raquo; Feed" href="{self.base}/feed/" />
<link rel="https://api.w.org/" href="{self.base}/wp-json/" /><meta name="generator" content="WordPress 6.3" />
<link rel="stylesheet" href="{self.base}/wp-content/themes/{self.theme}/style.css" />
<script>window._wpemojiSettings = {{"baseUrl": "x"}};</script>
</head>
<body class="{classes}">
<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title">{self.link("/", NAME, rel="home")}</p>
<nav class="main-navigation"><ul><li>{self.link("/", "Home")}</li><li>{self.link("/about/", "About")}</li></ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area">
{main}
</div>{aside}</div>
<footer class="site-footer"><p>Proudly powered by WordPress</p></footer></div>
</body></html>
"""


def rest(articles, base=BASE):
    """Return path -> answer of `/wp-json/wp/v2/posts?_embed`, newest posts first."""
    site = Site(articles, base, BLOCKS)
    items = [_item(site, article) for article in reversed(articles)]
    return {
        f"/wp-json/wp/v2/posts?_embed=1&per_page={PER_PAGE}&page={n // PER_PAGE + 1}": json.dumps(items[n : n + PER_PAGE]).encode()
        for n in range(0, len(items), PER_PAGE)
    }


def _item(site, article):
    number = site.number(article)
    name = article.authors[0][0]
    terms = [
        [{"id": n, "name": escape(term), "slug": slug(term), "taxonomy": taxonomy} for n, term in enumerate(names, 1)]
        for taxonomy, names in (("category", article.categories), ("post_tag", article.tags), ("region", ["Europe"]))
    ]
    replies = [
        {
            "id": number * 100 + n, "parent": number * 100 + comment["reply_to"] if comment.get("reply_to") else 0, "author": 0,
            "author_name": comment["author"], "author_url": "https://home.example.org/", "date": f"{comment['date']}T10:{n:02}:00",
            "content": {"rendered": "".join(f"<p>{escape(part, quote=False)}</p>\n" for part in comment["text"].split("\n\n"))},
            "type": "comment", "author_avatar_urls": {"24": "https://secure.gravatar.com/avatar/0?s=24"},
        }
        for n, comment in enumerate(article.comments, 1)
    ]  # fmt: skip
    return {
        "id": number, "date": f"{article.published}T23:30:00", "date_gmt": f"{article.published + timedelta(days=1)}T04:30:00",
        "guid": {"rendered": f"{site.base}/?p={number}"}, "slug": article.slug[11:], "status": "publish", "type": "post",
        "link": site.base + site.path(article), "title": {"rendered": escape(article.title)},
        "content": {"rendered": site.content(article), "protected": False}, "excerpt": {"rendered": "<p>…</p>", "protected": False},
        "author": 1, "categories": [term["id"] for term in terms[0]], "tags": [term["id"] for term in terms[1]],
        "_embedded": {
            "author": [{"id": 1, "name": name, "slug": slug(name), "link": f"{site.base}/author/{slug(name)}/"}],
            "replies": [replies[::-1]] if replies else [], "wp:term": terms,
        },
    }  # fmt: skip
