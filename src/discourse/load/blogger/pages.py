"""Blogger (blogspot.com and own domains) as it is served: post pages, and index, label, month and mobile pages with several posts.

Fields, each from the markup: title (`.post-title`, `.entry-title`; of a post page else `og:title`); url (the timestamp's or the title's
link, `rel=canonical`); date (`abbr.published`, `time.published`, `[itemprop=datePublished]`, `.date-header`, the month in the url);
categories (`.post-labels`, `a[rel=tag]`); comments (`#comments`). Of the blog: title and url (the feed's link in the head), categories (the
label widget). What Blogger calls labels are the blog's categories; it has no tags. The account under "Posted by" is who pressed the button,
not who wrote: authors come from byline lines of the body.

Quirks, and where they were seen:

- One `.date-header` stands above all posts of a day, in the blog's language and in a format of its choice, `2012/05/01` and one without
  the year among them (Simple template). The ISO date of the timestamp carries the blog's offset: its day is the day that readers saw.
- Templates of version 2 (Contempo, Soho, Emporio, Notable, Essential) show the beginning of each post on index pages, `.post-snippet`,
  and leave `.post-labels` out of a post without labels; older ones leave it empty. Mobile pages (`?m=1`) show `.mobile-index-contents`.
- `.jump-link`, or a link to `#more` at the end, means that the post goes on; the anchor `more` on a post's own page does not.
- Comments come as a `dl` (Layouts and before: `dt`, `dd`; before 2006 the time stands before the name), as threads (`li.comment`, replies
  nested), or as a list of `div.comment` (version 2). A comment's link holds its moment, `showComment=1436773189444`, which gives the day
  in every language. Removed comments are left out.
- Before 2006 the address of a post is its month's page and a number, `2003_05_01_archive.html#94038`.
- A reader in another country was led to `blogspot.co.uk` and the like; it is the same blog as at `blogspot.com`.
- Dynamic views hold no text; a script fetches it. `/p/…` is a page, not a post.
- Bodies: `div` and `br` as paragraphs, Word's `MsoNormal`, pictures in tables (`tr-caption-container`), tables that only lay text out,
  notes as Word and LibreOffice write them (`<a href="#_ftn1" name="_ftnref1">[1]</a>`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from discourse.load.blogger.body import OLD_URL, PAGE_URL, POST_URL, address, fill_body, words
from discourse.load.blogger.comments import read_comments
from discourse.load.body.dates import read_date
from discourse.load.page import Hints, Listing, Page
from discourse.load.reading import Document, LeftOut
from discourse.tables import RawPost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["read"]

BODIES = (".post-body", ".entry-content", '[itemprop~="articleBody"]', ".post-content, .article-content")
CONTAINERS = frozenset("post post-outer post-outer-container hentry mobile-post-outer blog-post".split())
AROUND_POSTS = frozenset("date-posts date-outer blog-posts hfeed Blog".split())
HIGHEST = 12
TITLES = ".post-title, .entry-title, .mobile-index-title, h1[itemprop], h2[itemprop], h3[itemprop]"
LINKS = "a.timestamp-link, .post-title a, .entry-title a, a[rel~=bookmark]"
STAMPS = ("abbr.published, time.published", '[itemprop~="datePublished"]', "time[datetime]")
LABELS = '.post-labels a, a[rel~=tag], a[href*="/search/label/"]'
WIDGET = '.Label a[href*="/search/label/"]'
LABEL_URL = re.compile(r"/search/label/([^?#]+)")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ][\d:.]+\s*(?:Z|[+-]\d{2}:?\d{2})?")
TEMPLATE = re.compile(r"<b:(?:skin|section|widget)\b|<\$Blog[A-Z]")
NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
START = re.compile(r"[?&]start=(\d{1,6})")
SIZE = re.compile(r"[?&]max-results=(\d{1,4})")


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    LeftOut : it is a static page, a dynamic view or a template, or shows no post.
    """
    if TEMPLATE.search(document.text):
        raise LeftOut("a template of Blogger, not a page")
    tree = document.tree
    own = _own_url(tree, document)
    if PAGE_URL.search(own):
        raise LeftOut("a static page of the blog, not a post")
    root = tree.css_first(".widget.Blog, #Blog1")
    bodies = (_bodies(root) if root else []) or (_bodies(tree.body) if tree.body else [])
    label, is_post = LABEL_URL.search(own), bool(POST_URL.search(own))
    page = Page(source=_source(tree))
    if is_post:
        bodies = bodies[:1]
    for body, header in bodies:
        _post(page, document, body, header, own if is_post else "")
    if is_post or (len(page.posts) == 1 and not label):
        _finish_post_page(tree, page.posts, page.source.get("title") or "")
    _labels_shown(page.posts)
    if label and not any(post.categories for post in page.posts):
        page.listings.append(_listing(tree, _label_name(label[1]), own, page.posts))
    if not page.posts and not page.listings:
        if tree.css_first('script[src*="/dynamicviews/"], link[href*="/dynamicviews/"]'):
            raise LeftOut("a dynamic view of Blogger, which holds no text; give the blog's feed, its backup, or pages saved with ?m=1")
        raise LeftOut("a page of a Blogger blog without a post")
    return page


def _attribute(tree: LexborHTMLParser | LexborNode, query: str, name: str) -> str:
    node = tree.css_first(query)
    return ((node.attributes.get(name) or "") if node else "").strip()


def _own_url(tree: LexborHTMLParser, document: Document) -> str:
    """Return the address that a page gives itself, or where it was fetched from; that of a label or of a post counts before the blog's."""
    urls = [_attribute(tree, "link[rel=canonical]", "href"), _attribute(tree, 'meta[property="og:url"]', "content"), document.url or ""]
    known = (url for pattern in (POST_URL, PAGE_URL, LABEL_URL) for url in urls if pattern.search(url))
    return next(known, "")


def _source(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return title, url and labels of the blog."""
    feed = tree.css_first('link[type="application/atom+xml"][title$=" - Atom"]')
    title = (feed.attributes.get("title") or "").removesuffix(" - Atom") if feed else ""
    heading = None if title else tree.css_first(".Header h1, #header h1, .header-widget h1")
    href = (feed.attributes.get("href") or "") if feed else ""
    labels = [_label_of(link) for link in tree.css(WIDGET)]
    return {
        "title": title or (" ".join(heading.text().split()) if heading else ""),
        "url": href.partition("feeds/")[0] if href.startswith("http") else "",
        "categories": list(dict.fromkeys(filter(None, labels))),
    }


def _label_of(link: LexborNode) -> str:
    """Return a label by its link's address, which is exact, where the words may hold a count or a sign."""
    match = LABEL_URL.search(link.attributes.get("href") or "")
    return _label_name(match[1]) if match else " ".join(link.text().split()).strip("#,")


def _label_name(path: str) -> str:
    return " ".join(unquote(path).strip("/").split())


def _bodies(root: LexborNode) -> list[tuple[LexborNode, str]]:
    """Return each body with the date header above it; a body within a body is a page pasted into a post."""
    for query in BODIES:
        inner = {node.mem_id for node in root.css(", ".join(f"{a} {b}" for a in query.split(", ") for b in query.split(", ")))}
        found, header = [], ""
        for node in root.css(f".date-header, {query}"):
            if "date-header" in (node.attributes.get("class") or "").split():
                header = " ".join(node.text().split())
            elif node.mem_id not in inner:
                found.append((node, header))
        if found:
            return found
    return []


def _post(page: Page, document: Document, body: LexborNode, header: str, own: str) -> None:
    """Read the post around a body into `page`."""
    post = RawPost(document.name, document.sha256, "", retrieved_at=document.retrieved_at, problems=list(document.problems))
    around = _container(body)
    post.cut = _is_cut(body, around)
    if body.parent is not None:
        body.replace_with("")  # put aside, so that what follows meets the template's markup only
    title = around.css_first(TITLES)
    post.title = words(title) if title else ""
    post.url = _url(around, own)
    if post.url and PAGE_URL.search(post.url):
        page.skipped.append((post.url, "a static page of the blog, not a post"))
        return
    post.address = address(post.url)
    labels = around.css(LABELS)
    shown = around.css_first(".post-labels")
    post.categories = list(dict.fromkeys(filter(None, map(_label_of, labels)))) if labels or shown else None
    stamp = _date(post, around, header)
    dateline = fill_body(post, body)
    _settle_date(page, post, dateline)
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    post.comments = read_comments(document.tree, stamp, post.problems) if own else []
    page.posts.append(post)


def _container(body: LexborNode) -> LexborNode:
    """Return the outermost element that belongs to this post alone, or what the body stands in."""
    best = node = body.parent or body
    for _ in range(HIGHEST):
        classes = set((node.attributes.get("class") or "").split())
        if node.tag in ("body", "html", "main") or classes & AROUND_POSTS or node.parent is None:
            break
        if node.tag == "article" or classes & CONTAINERS:
            best = node
        node = node.parent
    return best


def _is_cut(body: LexborNode, around: LexborNode) -> bool:
    """Return whether a body is only the beginning of its post; a link in the body that says so is taken out."""
    more = body.css('a[href$="#more"]')
    for link in more:
        link.decompose()
    inner = body.css_first(".post-snippet, .snippet-item") or around.css_first('.mobile-index-contents, .jump-link, a[href$="#more"]')
    return bool(more or inner or (body.attributes.get("id") or "").startswith("post-snippet"))


def _url(around: LexborNode, own: str) -> str | None:
    """Return a post's address: its page's own, its timestamp's or title's link, or the first link to a post; a title may link elsewhere."""
    hrefs = [link.attributes.get("href") or "" for link in around.css(LINKS)]
    first = around.parent if around.parent is not None and around.parent.tag == "a" else around.css_first("a[href]")
    known = [own, *hrefs, (first.attributes.get("href") or "") if first else ""]
    url = next((url for url in known if POST_URL.search(url) or OLD_URL.search(url)), next(filter(None, hrefs), None))
    return (url if OLD_URL.search(url) else re.split(r"[?#]", url)[0]) if url else None


def _date(post: RawPost, around: LexborNode, header: str) -> str:
    """Date a post from its timestamp or its header, as far as they can be read; return the timestamp."""
    node = next(filter(None, map(around.css_first, STAMPS)), None)
    attributes = node.attributes if node else {}
    stamp = next((value for name in ("datetime", "title", "content") if (value := attributes.get(name)) and ISO.match(value)), "")
    printed = words(node) if node else ""
    in_url = POST_URL.search(post.url or "") or OLD_URL.search(post.url or "")
    for text in (stamp[:10], header, printed, f"{header}, {in_url[1]}" if in_url else ""):
        found = _read_day(text)
        if found:
            post.published, post.published_precision = found, "day"
            return stamp
    if numbers := NUMBERS.search(header) or NUMBERS.search(printed):
        first, second, year = numbers.groups()
        post.printed = f"{first}/{second}/{year if len(year) == 4 else f'20{year}'}"
    return stamp


def _read_day(text: str) -> date | None:
    found = read_date(text)
    return found[0] if found and found[1] == "day" else None


def _settle_date(page: Page, post: RawPost, dateline: str) -> None:
    """Take the month in the address where nothing gives the day, and say what is known of a date in numbers."""
    in_url = POST_URL.search(post.url or "") or OLD_URL.search(post.url or "")
    month = f"{in_url[1]}-{in_url[2]}" if in_url else ""
    if post.printed:
        page.dates.append((post.printed, dateline or month))
    elif post.published is None and (found := read_date(month)):
        post.published, post.published_precision = found
    elif post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")


def _finish_post_page(tree: LexborHTMLParser, posts: list[RawPost], blog: str) -> None:
    """Give the post of a post page the title that its head has where the body of the page has none."""
    for post in posts[:1]:
        title = post.title or _attribute(tree, 'meta[property="og:title"]', "content")
        post.title = "" if title == blog and not post.title else " ".join(title.split())


def _labels_shown(posts: list[RawPost]) -> None:
    """Give posts without labels an empty list where others of the page show theirs."""
    if any(post.categories for post in posts):
        for post in posts:
            post.categories = post.categories or []


def _listing(tree: LexborHTMLParser, label: str, own: str, posts: list[RawPost]) -> Listing:
    """Return a label's page; its number is told by where the links to the pages around it, or its own address, start."""
    older = _attribute(tree, ".blog-pager-older-link", "href")
    newer = _attribute(tree, ".blog-pager-newer-link", "href")
    number = 1
    for url, shift in ((older, 0), (own, 1), (newer, 2)):
        start, size = START.search(url), SIZE.search(url)
        if start and size and int(size[1]):
            number = max(1, int(start[1]) // int(size[1]) + shift)
            break
    return Listing(label, number, [post.url for post in posts if post.url], bool(older))
