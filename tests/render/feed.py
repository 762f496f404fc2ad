"""A blog on Blogger as its Atom feed, and a blog on Weebly as its RSS feed."""

from datetime import datetime, timedelta
from html import escape

ACCOUNT = "Wire and Wall Web Desk"
BLOGGER = "https://wireandwall.example.org"
ATOM = """<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:georss='http://www.georss.org/georss' xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-77</id><updated>2024-05-01T06:33:32.102-07:00</updated>{labels}<title type='text'>Wire and Wall</title><subtitle type='html'></subtitle><link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='{site}/feeds/posts/default'/><link rel='self' type='application/atom+xml' href='http://www.blogger.com/feeds/77/posts/default'/><link rel='alternate' type='text/html' href='{site}/'/><link rel='hub' href='http://pubsubhubbub.appspot.com/'/>{author}<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator><openSearch:totalResults>{total}</openSearch:totalResults><openSearch:startIndex>{start}</openSearch:startIndex><openSearch:itemsPerPage>25</openSearch:itemsPerPage>{entries}</feed>"""
AUTHOR = (
    f"<author><name>{ACCOUNT}</name><uri>http://www.blogger.com/profile/01</uri><email>noreply@blogger.com</email>"
    "<gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='16' height='16' src='https://img.example.org/b16-rounded.gif'/></author>"
)


def rfc822(moment):
    return f"{moment:%a, %d %b %Y %H:%M:%S} +0000"


def byline(article):
    """Return the lines that name people at the head of a body."""
    lines = [
        f"{label} " + " and ".join(name if not role or len(people) > 1 else f"{name}, {role}" for name, role in people)
        for label, people in (("By", article.authors), ("Edited by", article.editors), ("Translated by", article.translators))
        if people
    ]
    return "<br />\n".join(escape(line, quote=False) for line in lines)


def render(articles, folder):
    """Write Blogger's feed in pages of 25, newest first; labels of the whole blog stand at its head."""
    folder.mkdir(parents=True, exist_ok=True)
    newest = list(reversed(articles))
    labels = "".join(
        f"<category term={_quoted(name)}/>" for name in dict.fromkeys(name for article in articles for name in article.categories)
    )
    for start in range(0, len(newest), 25):
        entries = "".join(_entry(n, article) for n, article in enumerate(newest[start : start + 25], start=start))
        page = ATOM.format(labels=labels, site=BLOGGER, author=AUTHOR, total=len(newest), start=start + 1, entries=entries)
        (folder / f"atom-{start // 25 + 1}.xml").write_text(page, encoding="utf-8")


def _quoted(text):
    return f'"{escape(text)}"'


def _entry(n, article):
    moment = f"{article.published}T23:40:00.{n % 1000:03d}-08:00"
    page = f"{BLOGGER}/{article.published:%Y/%m}/{article.slug[11:]}.html"
    body = article.with_markers(lambda number: f'<a href="#fn{number}" name="ref{number}">[{number}]</a>')
    items = "".join(f'<li id="fn{number}">{note} <a href="#ref{number}">↩</a></li>\n' for number, note in article.notes)
    notes = f"<br />\n<b>Notes</b><br />\n<ol>{items}</ol>" if items else ""
    picture = (
        '<table align="center" class="tr-caption-container"><tbody><tr><td><img border="0" src="a.jpg" /></td></tr>\n'
        '<tr><td class="tr-caption">A caption</td></tr></tbody></table>'
    )
    text = body.replace("<p>", "<div>").replace("</p>", "</div>\n<br />").replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    content = f'<div dir="ltr" style="text-align: left;" trbidi="on">\n{picture}{byline(article)}<br />\n<br />\n{text}<a name=\'more\'></a>{notes}</div>'
    labels = "".join(f'<category scheme="http://www.blogger.com/atom/ns#" term={_quoted(name)}/>' for name in article.categories)
    return (
        f"<entry><id>tag:blogger.com,1999:blog-77.post-{n}</id><published>{moment}</published><updated>{moment}</updated>{labels}"
        f"<title type='text'>{escape(article.title)}</title><content type='html'>{escape(content)}</content>"
        f"<link rel='replies' type='application/atom+xml' href='{page}/feeds/{n}/comments/default' title='Post Comments'/>"
        f"<link rel='replies' type='text/html' href='{page}#comment-form' title='{len(article.comments)} Comments'/>"
        f"<link rel='edit' type='application/atom+xml' href='http://www.blogger.com/feeds/77/posts/default/{n}'/>"
        f"<link rel='alternate' type='text/html' href='{page}' title={_quoted(article.title)}/>{AUTHOR}"
        f"<thr:total>{len(article.comments)}</thr:total></entry>"
    )


WEEBLY = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" >

<channel><title><![CDATA[Wire and Wall - Blog]]></title><link><![CDATA[https://www.wireandwall.example.org/blog]]></link><description><![CDATA[Blog]]></description><pubDate>Wed, 01 May 2024 03:00:00 -0800</pubDate><generator>Weebly</generator>{items}</channel></rss>
"""


def render_weebly(articles, folder):
    """Write Weebly's feed: the ten newest posts, without authors and categories; the `<br />` bodies of its editor."""
    folder.mkdir(parents=True, exist_ok=True)
    items = "".join(_weebly_item(article) for article in list(reversed(articles))[:10])
    (folder / "feed.xml").write_text(WEEBLY.format(items=items), encoding="utf-8")


def _weebly_item(article):
    page = f"https://www.wireandwall.example.org/blog/{article.slug[11:]}"
    body = article.with_markers(lambda number: f"<sup>[{number}]</sup>").replace("\n", "")
    body = body.replace("<h2>", "<strong>").replace("</h2>", "</strong><br /><br />").replace("<p>", "").replace("</p>", "<br /><br />")
    notes = "<br />".join(f"[{number}] {note}" for number, note in article.notes)
    moment = datetime.combine(article.published, datetime.min.time()) + timedelta(hours=15)
    content = (
        '<div><div class="wsite-image wsite-image-border-none" style="text-align:center"><a><img src="/uploads/a.jpg" alt="Picture" /></a></div></div>'
        f'<div class="paragraph" style="text-align:left;">{byline(article)}<br /><br />{body}</div>'
        f'<div class="paragraph"><font size="2">{notes}</font></div>'
    )
    return (
        f"<item><title><![CDATA[{article.title}]]></title><link><![CDATA[{page}]]></link><comments><![CDATA[{page}#comments]]></comments>"
        f'<pubDate>{rfc822(moment).replace("+0000", "GMT")}</pubDate><guid isPermaLink="false">{page}</guid>'
        f"<description><![CDATA[ {article.title} [...] ]]></description><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )
