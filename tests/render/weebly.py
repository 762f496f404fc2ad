"""The sample as a Weebly blog lays it out: lists of posts with some cut short, posts with comments, pages of categories and months.

The site is `pages`: the path of an address -> the page. `render` writes it as a mirror of the site keeps it (`/blog/a` in `blog/a.html`).
"""

import re
from collections import defaultdict
from html import escape
from pathlib import Path

SITE = "Wire and Wall"
BLOG = "/blog"
PAGE_LENGTH = 10
BLOCK = re.compile(r"<(p|h2)>(.*?)</\1>", re.DOTALL)
BIOGRAPHY = re.compile(r"(?:is|was) (?:an?|the|one of) |(?:writes|works|teaches) ")
MONTHS = "January February March April May June July August September October November December".split()


def render(articles, folder, *, base="https://www.example.org"):
    """Write the site below a folder and return path of an address -> bytes; the feed is in what is returned alone."""
    site = {path: page.encode() for path, page in pages(articles, base=base).items()}
    for path, page in site.items():
        file = Path(folder, f"{path.lstrip('/') or 'index'}.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
    return site | {"/1/feed": feed(articles, base=base).encode()}


def pages(articles, *, base="https://www.example.org"):
    """Return path of an address -> page, the posts newest first."""
    newest = sorted(articles, key=lambda article: article.published, reverse=True)
    slugs = category_slugs(articles)
    months = list(dict.fromkeys(f"{article.published:%m-%Y}" for article in newest))
    blog = {"base": base, "host": base.partition(":")[2], "slugs": slugs, "months": months}
    site = {"/": page(blog, "Home", "/", HOME), "/contact": page(blog, "Contact", "/contact", CONTACT)}
    site |= lists(blog, newest, BLOG, "previous", "Blog", BLOG)
    site |= lists(blog, newest, f"{BLOG}/category/all", "", "All Categories", "/1/category/all")
    for name, slug in slugs.items():
        members = [article for article in newest if name in article.categories]
        site |= lists(blog, members, f"{BLOG}/category/{slug}", "", f"Category: {name}", f"/1/category/{slug}")
    for month in months:
        members = [article for article in newest if f"{article.published:%m-%Y}" == month]
        site |= lists(blog, members, f"{BLOG}/archives/{month}", "", f"Archives: {month}", f"/1/archives/{month}")
    for article in newest:
        path = address(article)
        column = post(blog, article, style(article)) + comments(article)
        site[path] = page(blog, article.title, path, column, listed=path, kind="post")
    return site


def category_slugs(articles):
    """Return category -> slug; of two that spell alike the later gets a number, as a second post of one title does."""
    slugs = {}
    for name in sorted({name for article in articles for name in article.categories}):
        slug = re.sub(r"[^a-z0-9 ]", "", name.lower()).replace(" ", "-")
        slugs[name] = f"{slug}{len(slugs)}" if slug in slugs.values() else slug
    return slugs


def address(article):
    return f"{BLOG}/{re.sub(r'^[0-9]{4}-[0-9]{2}-[0-9]{2}-', '', article.slug)}"


def biography(article):
    """Return the author's note where it reads as a biography, which a writer would put under the post."""
    name = article.authors[0][0]
    note = article.author_note or ""
    return note if note.startswith(f"{name} ") and BIOGRAPHY.match(note.removeprefix(f"{name} ")) else None


def style(article):
    return int(article.published.strftime("%j")) % 4


def is_cut(article):
    return article.published.day % 3 == 0


def lists(blog, articles, path, step, title, told):
    """Return the pages of a list; `previous` leads to older posts."""
    found = {}
    last = (len(articles) - 1) // PAGE_LENGTH + 1
    stem = f"{path}/{step}" if step else path
    for n in range(1, last + 1):
        shown = articles[(n - 1) * PAGE_LENGTH : n * PAGE_LENGTH]
        column = "".join(post(blog, article, style(article), beginning=is_cut(article)) for article in shown)
        if n < last:
            column += f'\n<div class="blog-page-nav-previous">\n\t<a href="{stem}/{n + 1}" class="blog-link">&lt;&lt;Previous</a>\n</div>\n'
        if n > 1:
            newer = path if n == 2 else f"{stem}/{n - 1}"
            column += f'\n<div class="blog-page-nav-next">\n\t<a href="{newer}" class="blog-link">Next&gt;&gt;</a>\n</div>\n'
        found[path if n == 1 else f"{stem}/{n}"] = page(blog, title, told, column, listed=path, kind="index")
    return found


def post(blog, article, style, *, beginning=False):
    url = blog["host"] + address(article)
    day = f"{article.published.month}/{article.published.day}/{article.published.year}"
    count = f"{len(article.comments)} Comment{'' if len(article.comments) == 1 else 's'}"
    number = sum(map(ord, article.slug)) * 10_007_003
    shared = f"{blog['base']}/1/post/{article.published:%Y/%m}/{address(article).removeprefix(f'{BLOG}/')}.html"
    link = f'\t\t<a href="{url}#comments" class="blog-link">\n\t\t{count}\n\t</a>\n'
    return f"""\t<div id="blog-post-{number}" class="blog-post">
\t\t<div class="blog-header">
\t\t\t<h2 class="blog-title">
\t\t\t\t\t<a class="blog-title-link blog-link" href="{url}">{escape(article.title, quote=False)}</a>

\t\t\t</h2>
\t\t\t<p class="blog-date">
\t\t\t\t\t<span class="date-text">
\t\t{day}
\t</span>

\t\t\t</p>
\t\t\t<p class="blog-comments">
\t\t{link}
\t\t\t</p>
\t\t</div>

\t\t<div class="blog-separator">&nbsp;</div>

\t\t<div class="blog-content">
\t\t\t\t{body(article, style, url, beginning=beginning)}

\t\t</div>

\t\t\t<div class="blog-social  ">
\t\t<div class="blog-social-item blog-fb-like"><fb:like href="{shared}" width="90" layout="button_count"></fb:like></div>
\t\t<div class="blog-social-item"><a class="twitter-share-button" href="http://twitter.com/share?url={shared}" data-text="Share">Tweet</a></div>
\t\t<div style="clear:both"></div>
\t</div>

\t\t<div class="blog-comments-bottom">
\t\t{link}
\t\t</div>

\t\t<div class="blog-post-separator"></div>
\t</div>
"""


def body(article, style, url, *, beginning):
    """Return the body in one of four manners of writers: one element, bold bylines, columns and pictures, pasted from a word processor."""
    blocks = [(tag, text) for tag, text in BLOCK.findall(article.with_markers(MARKERS[style]))]
    front = ELEMENT[style](byline(article, style))
    if beginning:
        more = f'<br/>\n\t\t<div class="blog-read-more">\n\t\t\t<a href="{url}" class="blog-link">Read More</a>\n\t\t</div>'
        return f"{front}{elements(blocks[:2], style)}\n\t\t{more}"
    head, rest = elements(blocks[:2], style), elements(blocks[2:], style)
    if is_cut(article):
        head += "  <div><!--BLOG_SUMMARY_END--></div>"
    tail = f'  <div class="paragraph"><em>{escape(biography(article), quote=False)}</em></div>' if biography(article) else ""
    return f"{front}  {head}  {rest}{tail}  {notes(article, style)}"


def byline(article, style):
    lines = [f"By {person(who)}" for who in article.authors[:1]]
    lines += [f"Edited by {person(who)}" for who in article.editors]
    lines += [f"Translated by {person(who)}" for who in article.translators]
    around = ("<strong>", "</strong>") if style == 1 else ("<em>", "</em>") if style == 2 else ("", "")
    lines = [around[0] + line + around[1] for line in lines]
    day = f"{MONTHS[article.published.month - 1]} {article.published.day}, {article.published.year}"
    return "<br />".join(lines) + (f"<br /><br />{day}" if style != 3 else "") + "<br /><br />"


def person(who):
    name, role = (escape(text, quote=False) for text in who)
    return f"{name} ({role})" if " and " in role else f"{name}, {role}" if role else name


def elements(blocks, style):
    """Return paragraphs and headings as the elements of the editor."""
    parts, run = [], []
    for tag, text in [*blocks, ("h2", "")]:
        if tag == "p" or (style == 1 and not text.endswith(("?", "!", "."))):  # bold with a stop reads as a sentence
            run.append(text if tag == "p" else f"<strong>{text}</strong>" if text else "")
            if tag == "p" or text:
                continue
        if run := [text for text in run if text]:
            parts.append(ELEMENT[style]("<br /><br />".join(run)))
        run = []
        if text:
            parts.append(f'<h2 class="wsite-content-title"><font size="4">{text}</font></h2>')
    return "  ".join(parts)


def plain(text):
    return f'<div class="paragraph" style="text-align:left;">{text}</div>'


def columns(text):
    picture = (
        '<div><div class="wsite-image wsite-image-border-none " style="padding-top:10px;text-align:center"> <a>'
        ' <img src="/uploads/1/0/0/1/10010010/wall_orig.jpg" alt="Picture" style="width:auto;max-width:100%" /> </a>'
        ' <div style="display:block;font-size:90%">A caption that is no text of the post</div> </div></div>'
    )
    cell = '<td class="wsite-multicol-col" style="width:50%; padding:0 15px;">'
    return (
        '<div><div class="wsite-multicol"><div class="wsite-multicol-table-wrap" style="margin:0 -15px;"> \t<table class="wsite-multicol-table">'
        f' \t\t<tbody class="wsite-multicol-tbody"> \t\t\t<tr class="wsite-multicol-tr"> \t\t\t\t{cell}  {plain(text)}  </td>'
        f"\t\t\t\t{cell}  {picture}  </td>\t\t\t</tr> \t\t</tbody> \t</table> </div></div></div>"
    )


def pasted(text):
    pieces = (f'<span style="color:rgb(51, 51, 51)">{piece}</span>' for piece in text.split("<br /><br />") if piece)
    return f'<div class="paragraph">&#8203;{"<br />&#8203;<br />".join(pieces)}<br /><span></span></div>'


ELEMENT = (plain, plain, columns, pasted)
MARKERS = (
    lambda n: f"[{n}]",
    lambda n: f"<sup>[{n}]</sup>",
    lambda n: f"<sup>{n}</sup>",
    lambda n: f'<a href="#_ftn{n}" name="_ftnref{n}" title="">[{n}]</a>',
)


def notes(article, style):
    """Return the notes as four manners of writers print them."""
    if style == 3:
        lines = [f'<a href="#_ftnref{n}" name="_ftn{n}" title="">[{n}]</a>&nbsp;{text}' for n, text in article.notes]
        return f'<div><hr class="styled-hr" style="width:100%;"></div>  <div class="paragraph">{"<br />".join(lines)}<br /></div>'
    lines = [f"<sup>{n}</sup> {text}" if style == 2 else f"[{n}] {text}" for n, text in article.notes]
    if style == 1:
        return f'<div class="paragraph">_____________________<br />{"<br />".join(lines)}<br /><br /></div>'
    title = '<h2 class="wsite-content-title">Endnotes</h2>  ' if style == 2 else ""
    return f'{title}<div class="paragraph"><font size="2">{"<br />".join(lines)}</font><br /></div>'


def comments(article):
    wraps, levels = [], []
    for n, comment in enumerate(article.comments, start=1):
        levels.append(levels[comment["reply_to"] - 1] + 1 if comment.get("reply_to") else 0)
        day = f"{comment['date'].month}/{comment['date'].day}/{comment['date'].year} 0{n}:32:53 pm"
        text = "<br />\n".join(escape(line, quote=False) for line in comment["text"].split("\n"))
        wraps.append(COMMENT.format(n=n, level=levels[-1], author=escape(comment["author"]), day=day, text=text))
    return COMMENT_AREA.format(comments="".join(wraps))


def page(blog, title, told, column, *, listed="", kind="page"):
    links = [(name, f"{BLOG}/category/{slug}") for name, slug in blog["slugs"].items()]
    months = [(f"{MONTHS[int(month[:2]) - 1]} {month[3:]}", f"{BLOG}/archives/{month}") for month in blog["months"]]
    known = {"site": SITE, "base": blog["base"], "title": escape(title), "told": blog["base"] + told, "kind": kind, "column": column}
    sidebar = SIDEBAR.format(
        months=links_of(months, listed), all=links_of([("All", f"{BLOG}/category/all")], listed), categories=links_of(links, listed)
    )
    return PAGE.format(**known, sidebar="" if kind == "page" else sidebar)


def links_of(links, listed):
    return "".join(
        f'\t\t<a href="{path}" class="blog-link{" active" if path == listed else ""}">{escape(name)}</a>\n\t\t<br />\n'
        for name, path in links
    )


def feed(articles, *, base="https://www.example.org"):
    """Return the blog's feed: the ten newest posts without their authors, the day as midnight somewhere in the west."""
    names = defaultdict(lambda: ["Uncategorized"])
    items = []
    for article in sorted(articles, key=lambda article: article.published, reverse=True)[:10]:
        url = base + address(article)
        named = "".join(f"<category><![CDATA[{name}]]></category>" for name in article.categories or names[""])
        text = body(article, style(article), url, beginning=False)
        items.append(
            f"<item><title><![CDATA[{article.title}]]></title><link><![CDATA[{url}]]></link><comments><![CDATA[{url}#comments]]></comments>"
            f'<pubDate>{article.published:%a, %d %b %Y} 05:00:00 GMT</pubDate>{named}<guid isPermaLink="false">{url}</guid>'
            f"<description><![CDATA[{article.title} [...] ]]></description><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )
    return FEED.format(site=SITE, base=base, items="".join(items))


HOME = '<h2 class="wsite-content-title">Welcome</h2>\n<div class="paragraph">A site about networks and borders.</div>'
CONTACT = '<form class="wsite-form"><div class="wsite-form-field"><label class="wsite-form-label">Name</label></div></form>'
COMMENT = """\t\t<div id="40010{n}">
\t\t\t<div class="blogCommentWrap even blogCommentLevel{level}

\t\t\t\t">
\t\t\t\t<div class="blogCommentHeading">
\t\t\t\t\t<div class="blogCommentHeadingInner">
\t\t\t\t\t\t<div class="blogCommentAuthor">
\t\t\t\t\t\t\t<a class="name" rel="nofollow" href="https://readers.example.com/{n}">\t{author}\t</a>
\t\t\t\t\t\t\t<a href="https://readers.example.com/{n}" class="link" rel="nofollow">link</a>
\t\t\t\t\t\t</div>
\t\t\t\t\t\t<div class="blogCommentDate">{day}</div>
\t\t\t\t\t\t<div class="clear"></div>
\t\t\t\t\t</div>
\t\t\t\t</div>
\t\t\t\t<div class="blogCommentText">
\t\t\t\t\t<p>
\t\t\t\t\t\t\t{text}
\t\t\t\t\t</p>
\t\t\t\t</div>
\t\t\t\t<div class="blogCommentOptions"><span class="blog-button reply-comment" title="Reply to this comment"><span>Reply</span></span></div>
\t\t\t</div>
\t\t</div>
"""
COMMENT_AREA = """
    <a name="comments" id="comments"></a>
<div id="commentArea">
\t<div class="blog-comment-area">
{comments}\t\t<div id="commentText">\n\t\t\t<!-- lastComment -->\n\t\t<div id="lastComment"> </div>\n\t\t</div>
\t\t<br/><br/>
\t\t<h2 id="commentReplyTitle">Leave a Reply.</h2>
\t\t<div class="blogCommentReplyWrapper "><div class="iframeWrapper"></div></div>
\t</div>
</div>
"""
SIDEBAR = """<td class="blog-sidebar" valign="top"><div class="column-blog"><ul class="columnlist-blog" style="margin:0; padding: 0;">
<h2 class="blog-author-title">Author</h2>
<p>Everyone who writes here is made up.</p>

<h2 class="blog-archives-title">Archives</h2>
<p class="blog-archive-list">
{months}</p>

<h2 class="blog-category-title">Categories</h2>
<p class="blog-category-list">
{all}{categories}</p>

<p class="blog-feed-link">
\t<link href="/1/feed" rel="alternate" type="application/rss+xml" title="RSS" />
\t<a href="/1/feed">\n\t\t<img src="/images/bg_feed.gif" />\n\t\tRSS Feed\n\t</a>
</p></ul></div></td>"""
PAGE = """<!DOCTYPE html>
<html lang="en" xmlns:fb="http://ogp.me/ns/fb#">
\t<head>
\t\t<title>{title} - {site}</title><meta property="og:site_name" content="{site}" />
<meta property="og:title" content="{title}" />
<meta property="og:description" content="By many hands. 1/2/2003 [1] and so on..." />
<meta property="og:url" content="{told}" />
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<link id="wsite-base-style" rel="stylesheet" type="text/css" href="//cdn2.editmysite.com/css/sites.css" />
<style type='text/css'>.wsite-elements div.paragraph {{font-size:17px !important;}}</style>
<script>var STYLE_PREFIX = 'wsite'; com_userID = "10010010";</script>
</head>
\t<body class="no-header-page wsite-page-blog wsite-blog-{kind} wsite-theme-light"><div id="header-wrap">
<span class="wsite-logo"><a href="/"><span id="wsite-title">{site}</span></a></span>
<ul class="wsite-menu-default">
\t<li class="wsite-menu-item-wrap"><a href="/" class="wsite-menu-item">Home</a></li>
\t<li id="active" class="wsite-menu-item-wrap"><a href="/blog" class="wsite-menu-item">Blog</a></li>
\t<li class="wsite-menu-item-wrap"><a href="/contact" class="wsite-menu-item">Contact</a></li>
</ul></div>
<div id="main-wrap"><div class="wsite-section-content"><div class="wsite-elements wsite-not-footer">
<table id="blogTable" style="border:0; width:100%; table-layout:fixed"><tr><td valign="top">
<div class="blog-body" style="float: left;"><div id="wsite-content">
{column}</div></div></td>
{sidebar}</tr></table></div></div></div>
<div id="footer-wrap"><div class="wsite-elements wsite-footer"><div class="paragraph">Copyright of nobody</div></div></div>
<script type="text/javascript">_W.Analytics = {{'trackers': {{}}}};</script>
</body>
</html>
"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" >
<channel><title><![CDATA[{site} - Blog]]></title><link><![CDATA[{base}/blog]]></link><description><![CDATA[Blog]]></description>
<generator>Weebly</generator>{items}</channel></rss>
"""
