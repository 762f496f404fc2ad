"""The sample as a Blogger blog: its pages as the server sends them, and its backups in the old and the new form."""

import re
from datetime import datetime, time, timedelta, timezone
from html import escape
from itertools import groupby
from urllib.parse import quote

BLOG, BLOG_ID = "Wire and Wall", "4500000000000000001"
ZONE = timezone(timedelta(hours=-5))
PER_PAGE = 7
KIND = "http://schemas.google.com/blogger/2008/kind"


def render(articles, folder, *, base="http://wireandwall.blogspot.com"):
    """Write every page of the blog into a folder and return url path -> bytes."""
    found = pages(articles, base=base)
    for path, data in found.items():
        file = folder / _file_name(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return found


def pages(articles, *, base):
    """Return url path -> bytes: posts, the index in pages, label pages, months, and one static page."""
    latest = sorted(articles, key=lambda article: article.published, reverse=True)
    found = {_path(article): _page(base, latest, [article], _path(article), article=article) for article in articles}
    for start in range(0, len(latest), PER_PAGE):
        path = f"/search?updated-max={latest[start].published}T23:59:00-05:00&max-results={PER_PAGE}" if start else "/"
        older = f"{base}/search?start={start + PER_PAGE}" if start + PER_PAGE < len(latest) else ""
        found[path] = _page(base, latest, latest[start : start + PER_PAGE], path, older=older, cut=True)
    for label in _labels(articles):
        path = f"/search/label/{quote(label)}"
        found[path] = _page(base, latest, [article for article in latest if label in article.categories], path)
    for month, posts in groupby(latest, key=lambda article: f"/{article.published:%Y/%m}/"):
        found[month] = _page(base, latest, list(posts), month)
    found["/p/about.html"] = _page(base, latest, [], "/p/about.html", static="<p>We write about networks and walls.</p>")
    return found


def export(articles, path, *, base="http://wireandwall.blogspot.com"):
    """Write the backup that Blogger made up to 2023."""
    entries = [
        _entry("template", "layout", "Template", "<b:skin>body { color: #222 }</b:skin>", "2015-01-01T00:00:00.000-05:00"),
        _entry("settings", "settings.BLOG_NAME", "The name of the blog", BLOG, "2015-01-01T00:00:00.000-05:00"),
        _entry("page", "page-7", "About", "<p>We write about networks and walls.</p>", "2015-01-01T00:00:00.000-05:00"),
        _entry("post", "post-8", "Not yet", "<p>Unfinished.</p>", "2016-01-01T00:00:00.000-05:00", "<app:control><app:draft>yes</app:draft></app:control>"),
    ]  # fmt: skip
    for n, article in reversed(list(enumerate(articles, start=1000))):
        labels = "".join(f"<category scheme='http://www.blogger.com/atom/ns#' term='{escape(label)}'/>" for label in article.categories)
        link = f"<link rel='alternate' type='text/html' href='{base}{_path(article)}' title='{escape(article.title)}'/>"
        stamp = _moment(article.published).isoformat(timespec="milliseconds")
        entries.append(_entry("post", f"post-{n}", article.title, _body(article), stamp, labels + link + _account()))
    for n, article in reversed(list(enumerate(articles, start=1000))):
        entries += [_old_comment(base, article, n, k, comment) for k, comment in reversed(list(enumerate(article.comments, start=1)))]
    path.write_text(
        f"<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"http://www.blogger.com/styles/atom.css\" type=\"text/css\"?>"
        f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005' xmlns:app='http://purl.org/atom/app#' "
        f"xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-{BLOG_ID}.archive</id>"
        f"<updated>2023-01-02T10:00:00.000-05:00</updated><title type='text'>{BLOG}</title>"
        f"<link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/{BLOG_ID}/archive'/>"
        f"<link rel='alternate' type='text/html' href='{base}/'/>{_account()}"
        f"<generator version='7.00' uri='https://www.blogger.com'>Blogger</generator>{''.join(entries)}</feed>",
        encoding="utf-8",
    )


def takeout(articles, path):
    """Write `feed.atom` as Google Takeout has it since 2023; times are in UTC, and no address of the blog is in it."""
    entries = [
        _new_entry("page-7", "PAGE", "LIVE", "About", "<p>We write about networks and walls.</p>", "2015-01-01T12:00:00Z", "<blogger:filename>/p/about.html</blogger:filename>"),
        _new_entry("post-8", "POST", "DRAFT", "Not yet", "<p>Unfinished.</p>", "2016-01-01T12:00:00Z", "<blogger:filename/>"),
        _new_entry("post-9", "POST", "SOFT_TRASHED", "Away", "<p>Gone.</p>", "2016-01-02T12:00:00Z", "<blogger:trashed>2016-02-01T00:00:00Z</blogger:trashed>"),
    ]  # fmt: skip
    for n, article in enumerate(articles, start=1000):
        labels = "".join(f"<category scheme='tag:blogger.com,1999:blog-{BLOG_ID}' term='{escape(label)}'/>" for label in article.categories)
        day = f"{article.published}T17:00:00Z"
        title = escape(article.title, quote=True)
        entries.append(
            _new_entry(
                f"post-{n}",
                "POST",
                "LIVE",
                title,
                _body(article),
                day,
                f"{labels}<blogger:filename>{_path(article)}</blogger:filename><link/>",
            )
        )
        for k, comment in enumerate(article.comments, start=1):
            reply = f"tag:blogger.com,1999:blog-{BLOG_ID}.post-{n}{comment['reply_to']:03d}" if comment.get("reply_to") else ""
            more = f"<blogger:parent>tag:blogger.com,1999:blog-{BLOG_ID}.post-{n}</blogger:parent><blogger:inReplyTo>{reply}</blogger:inReplyTo>"
            stamp = f"{comment['date']}T17:{k:02d}:00Z"
            entries.append(_new_entry(f"post-{n}{k:03d}", "COMMENT", "LIVE", "", escape(comment["text"]), stamp, more, comment["author"]))
    path.write_text(
        "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        f"xmlns:blogger='http://schemas.google.com/blogger/2018'>\n  <id>tag:blogger.com,1999:blog-{BLOG_ID}</id>\n  <title>{BLOG}</title>\n"
        f"{''.join(entries)}</feed>\n",
        encoding="utf-8",
    )


def carries_biography(article):
    """Return whether an author's note is one that a body ends with: "Ann Lee is a …"."""
    note = article.author_note or ""
    return any(re.match(rf"{re.escape(name)}(?:,[^.]*,)? (?:is|was) (?:an?|the|one of|our)\b", note) for name, _ in article.authors)


def _path(article):
    return f"/{article.published:%Y/%m}/{article.slug[11:][:39]}.html"


def _file_name(path):
    name = re.sub(r"[^\w./ -]", "-", path.strip("/")) or "index"
    return name + ("index" if path.endswith("/") and path != "/" else "") + ("" if name.endswith(".html") else ".html")


def _labels(articles):
    return sorted({label for article in articles for label in article.categories}, key=str.lower)


def _moment(day, minute=30):
    return datetime.combine(day, time(23, minute), ZONE)


def _body(article, cut=False):
    """Return a body as its editor left it: every second one in `div`s with blank lines between, the others in Word's paragraphs."""
    first = ["By " + ", and ".join(f"{name}, {role}" if role else name for name, role in article.authors)] if article.authors else []
    for word, people in (("Edited", article.editors), ("Translated", article.translators)):
        first += [f"{word} by " + " and ".join(name for name, _ in people)] if people else []
    marked = article.with_markers(_marker)
    if article.published.day % 2:
        inner = re.sub(r"<p>(.*?)</p>", r"<div>\1</div><div><br /></div>", marked, flags=re.DOTALL)
        head = "".join(f"<div><i>{escape(line)}</i></div>" for line in first) + "<div><br /></div>"
    else:
        inner = re.sub(r"<p>", '<p class="MsoNormal"><span lang="EN-US">', marked).replace("</p>", "<o:p></o:p></span></p>")
        head = "".join(f'<p class="MsoNormal"><b>{escape(line)}</b></p>' for line in first)
    picture = (
        '<table align="center" class="tr-caption-container"><tbody><tr><td><a href="https://images.example.org/a.jpg"><img border="0" '
        'src="https://images.example.org/a.jpg" width="400" /></a></td></tr><tr><td class="tr-caption">A mast above the town</td></tr></tbody></table>'
    )
    if cut:
        return f'<div dir="ltr" trbidi="on">{head}{re.match(r".*?</(?:p|div)>", inner, re.DOTALL)[0]}</div>'
    biography = f"<div><i>{escape(article.author_note)}</i></div>" if carries_biography(article) else ""
    return (
        f'<div dir="ltr" style="text-align: left;" trbidi="on">{head}{picture}{inner}{biography}<a name="more"></a>{_notes(article)}</div>'
    )


def _marker(number):
    return f'<a href="#_ftn{number}" name="_ftnref{number}" title=""><span class="MsoFootnoteReference">[{number}]</span></a>'


def _notes(article):
    if not article.notes:
        return ""
    notes = "".join(
        f'<div id="ftn{number}"><p class="MsoFootnoteText"><a href="#_ftnref{number}" name="_ftn{number}" title=""><span '
        f'class="MsoFootnoteReference">[{number}]</span></a> {text}</p></div>\n'
        for number, text in article.notes
    )
    return f'<div><br clear="all" /><hr align="left" size="1" width="33%" />{notes}</div>'


def _page(base, latest, articles, path, *, article=None, older="", cut=False, static=""):
    title = f"{BLOG}: {escape(article.title)}" if article else BLOG
    own = base + path.partition("?")[0]
    meta = f"<meta content='{escape(article.title)}' property='og:title'/>" if article else f"<meta content='{BLOG}' property='og:title'/>"
    days = "".join(_day(base, day, list(posts), cut=cut) for day, posts in groupby(articles, key=lambda a: a.published))
    if static:
        days = (
            "<div class='post-outer'><div class='post hentry'><h3 class='post-title entry-title'>About</h3>"
            f"<div class='post-body entry-content'>{static}</div></div></div>"
        )
    return (
        f"<!DOCTYPE html>\n<html class='v2' dir='ltr' lang='en'>\n<head>\n<link href='https://www.blogger.com/static/v1/widgets/1-css_bundle_v2.css' "
        f"rel='stylesheet' type='text/css'/>\n<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/>\n<meta content='blogger' "
        f"name='generator'/>\n<link href='{own}' rel='canonical'/>\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{BLOG} - Atom\" "
        f'href="{base}/feeds/posts/default" />\n<link rel="service.post" type="application/atom+xml" title="{BLOG} - Atom" '
        f"href=\"https://www.blogger.com/feeds/{BLOG_ID}/posts/default\" />\n<meta content='{own}' property='og:url'/>\n{meta}\n<title>{title}</title>\n"
        "<style id='page-skin-1' type='text/css'><!--\n.post-body { line-height: 1.4 }\n.date-header span { color: #222 }\n--></style>\n</head>\n"
        "<body class='loading'>\n<div class='navbar section' id='navbar'><div class='widget Navbar'><script type=\"text/javascript\">var a = '<div>';</script>"
        f"</div></div>\n<header><div class='header section' id='header'><div class='widget Header' id='Header1'><div id='header-inner'>"
        f"<h1 class='title'>\n<a href='{base}/'>{BLOG}</a>\n</h1><p class='description'><span>Networks and walls</span></p></div></div></div></header>\n"
        f"<div class='main section' id='main'><div class='widget Blog' data-version='1' id='Blog1'>\n<div class='blog-posts hfeed'>\n{days}</div>\n"
        f"{_comments(base, article) if article else ''}{_pager(base, older)}</div></div>\n{_sidebar(base, latest)}"
        "<script type='text/javascript'>_WidgetManager._SetDataContext([{'name': 'blog', 'data': {'dynamicViewsCommentsSrc': "
        "'//www.blogblog.com/dynamicviews/1/js/comments.js'}}]);</script>\n</body>\n</html>\n"
    ).encode()


def _day(base, day, articles, *, cut):
    posts = "".join(_post(base, article, cut=cut) for article in articles)
    header = f"<h2 class='date-header'><span>{day:%A, %B} {day.day}, {day.year}</span></h2>"
    return f'\n<div class="date-outer">\n{header}\n<div class="date-posts">\n{posts}</div></div>\n'


def _post(base, article, *, cut):
    url = base + _path(article)
    labels = ",\n".join(f"<a href='{base}/search/label/{quote(label)}' rel='tag'>{escape(label)}</a>" for label in article.categories)
    more = f"<div class='jump-link'>\n<a href='{url}#more' title='{escape(article.title)}'>Read more &#187;</a>\n</div>" if cut else ""
    share = "".join(
        f"<a class='goog-inline-block share-button' href='https://www.blogger.com/share-post.g?target={name}'><span>Share to {name}</span></a>"
        for name in ("Twitter", "Facebook")
    )
    return f"""<div class='post-outer'>
<div class='post hentry uncustomized-post-template' itemprop='blogPost' itemscope='itemscope' itemtype='http://schema.org/BlogPosting'>
<a name='1'></a>
<h3 class='post-title entry-title' itemprop='name'>
<a href='{url}'>{escape(article.title)}</a>
</h3>
<div class='post-header'><div class='post-header-line-1'></div></div>
<div class='post-body entry-content' id='post-body-1' itemprop='description articleBody'>
{_body(article, cut=cut)}
<div style='clear: both;'></div>
</div>
{more}<div class='post-footer'>
<div class='post-footer-line post-footer-line-1'>
<span class='post-author vcard'>Posted by <span class='fn' itemprop='author'><a class='g-profile' href='https://www.blogger.com/profile/1' rel='author'>
<span itemprop='name'>Wire and Wall Staff</span></a></span></span>
<span class='post-timestamp'>at <a class='timestamp-link' href='{url}' rel='bookmark' title='permanent link'><abbr class='published'
 itemprop='datePublished' title='{_moment(article.published).isoformat()}'>11:30 PM</abbr></a></span>
<div class='post-share-buttons goog-inline-block'>{share}</div></div>
<div class='post-footer-line post-footer-line-2'><span class='post-labels'>
Labels:
{labels}
</span></div>
<div class='post-footer-line post-footer-line-3'><span class='post-location'></span></div>
</div></div></div>
"""


def _comments(base, article):
    answers = {}
    for k, comment in enumerate(article.comments, start=1):
        answers.setdefault(comment.get("reply_to"), []).append((k, comment))
    items = "".join(_comment(base, article, k, comment, answers) for k, comment in answers.get(None, []))
    return (
        f"<div class='comments' id='comments'>\n<a name='comments'></a>\n<h4>{len(article.comments) or 'No'} comments:</h4>\n"
        "<div class='comments-content'><script type='text/javascript'>var items = null;</script>\n"
        f'<div id=\'comment-holder\'>\n<div class="comment-thread toplevel-thread"><ol id="top-ra">{items}</ol></div></div></div>\n'
        "<p class='comment-footer'><a href='https://www.blogger.com/comment.g'>Post a Comment</a></p></div>\n"
    )


def _comment(base, article, k, comment, answers):
    moment = _moment(comment["date"], k)
    inner = "".join(_comment(base, article, n, answer, answers) for n, answer in answers.get(k, []))
    link = f"{base}{_path(article)}?showComment={int(moment.timestamp()) * 1000 + 9}#c{k}"
    return (
        f'<li class="comment" id="c{k}"><div class="avatar-image-container"><img src="//www.blogger.com/img/blogger_logo_round_35.png" alt=""/></div>'
        f'<div class="comment-block"><div class="comment-header"><cite class="user"><a href="https://www.blogger.com/profile/{k}" rel="nofollow">'
        f'{escape(comment["author"])}</a></cite><span class="icon user "></span><span class="datetime secondary-text"><a rel="nofollow" href="{link}">'
        f'{moment:%B} {moment.day}, {moment.year} at 11:{k:02d} PM</a></span></div><p class="comment-content">{escape(comment["text"])}</p>'
        '<span class="comment-actions secondary-text"><a class="comment-reply" target="_self">Reply</a></span></div><div class="comment-replies">'
        f'<div id="c{k}-rt" class="comment-thread inline-thread"><span class="thread-toggle thread-expanded"><span class="thread-count"><a>Replies</a></span>'
        f'</span><ol id="c{k}-ra" class="thread-chrome thread-expanded"><div>{inner}</div><div class="continue"><a class="comment-reply">Reply</a></div>'
        "</ol></div></div></li>"
    )


def _pager(base, older):
    link = (
        f"<span id='blog-pager-older-link'><a class='blog-pager-older-link' href='{older}' title='Older Posts'>Older Posts</a></span>"
        if older
        else ""
    )
    return f"<div class='blog-pager' id='blog-pager'>{link}<a class='home-link' href='{base}/'>Home</a></div>\n"


def _sidebar(base, articles):
    labels = "".join(
        f"<li>\n<a dir='ltr' href='{base}/search/label/{quote(label)}'>{escape(label)}</a>\n<span dir='ltr'>({sum(label in a.categories for a in articles)})"
        "</span>\n</li>\n"
        for label in _labels(articles)
    )
    months = "".join(
        f"<li class='archivedate expanded'><a class='post-count-link' href='{base}{month}'>{month}</a></li>\n"
        for month in dict.fromkeys(f"/{a.published:%Y/%m}/" for a in articles)
    )
    popular = "".join(f"<li><div class='item-title'><a href='{base}{_path(a)}'>{escape(a.title)}</a></div></li>" for a in articles[-3:])
    return (
        "<aside><div class='sidebar section' id='sidebar-right-1'><div class='widget Label' data-version='1' id='Label1'><h2>Labels</h2>\n"
        f"<div class='widget-content list-label-widget-content'>\n<ul>\n{labels}</ul></div></div>\n<div class='widget BlogArchive' id='BlogArchive1'>"
        f"<h2>Blog Archive</h2><ul class='hierarchy'>{months}</ul></div>\n<div class='widget PopularPosts' id='PopularPosts1'><h2>Popular Posts</h2>"
        f"<ul>{popular}</ul></div></div></aside>\n"
    )


def _account():
    return (
        "<author><name>Wire and Wall Staff</name><uri>http://www.blogger.com/profile/1</uri><email>noreply@blogger.com</email>"
        "<gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='35' height='35' src='//www.blogger.com/img/blogger_logo_round_35.png'/></author>"
    )


def _entry(kind, number, title, content, stamp, more=""):
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{BLOG_ID}.{number}</id><published>{stamp}</published><updated>2022-12-31T10:00:00.000-05:00</updated>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}#{kind}'/><title type='text'>{escape(title)}</title>"
        f"<content type='html'>{escape(content)}</content>{more}</entry>"
    )


def _old_comment(base, article, n, k, comment):
    reply = (
        f"<link rel='related' type='application/atom+xml' href='http://www.blogger.com/feeds/{BLOG_ID}/{n}/comments/default/{n}{comment['reply_to']:03d}'/>"
        if comment.get("reply_to")
        else ""
    )
    person = f"<author><name>{escape(comment['author'])}</name><email>reader@example.org</email></author>"
    thread = f"<thr:in-reply-to href='{base}{_path(article)}' ref='tag:blogger.com,1999:blog-{BLOG_ID}.post-{n}' type='text/html'/>"
    stamp = _moment(comment["date"], k).isoformat(timespec="milliseconds")
    return _entry("comment", f"post-{n}{k:03d}", comment["text"][:40], escape(comment["text"]), stamp, reply + person + thread)


def _new_entry(number, kind, status, title, content, stamp, more, author="Wire and Wall Staff"):
    return (
        f"  <entry>\n    <id>tag:blogger.com,1999:blog-{BLOG_ID}.{number}</id>\n    <blogger:type>{kind}</blogger:type>\n"
        f"    <blogger:status>{status}</blogger:status>\n    <author>\n      <name>{escape(author)}</name>\n      <uri/>\n"
        f"      <blogger:type>BLOGGER</blogger:type>\n    </author>\n    <title>{escape(title)}</title>\n    <content type='html'>{escape(content)}</content>\n"
        f"    <blogger:created>{stamp}</blogger:created>\n    <published>{stamp}</published>\n    <updated>{stamp}</updated>\n    {more}\n  </entry>\n"
    )
