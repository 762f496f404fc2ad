"""Pages of a Weebly blog: posts of their own, lists of posts, pages of a category or a month.

Fields: post `div.blog-post`; title `.blog-title` and its link; day `.blog-date`; body `.blog-content`; comments `.blogCommentWrap`; the
blog's categories `.blog-category-list a` and months `.blog-archive-list a`; older and newer pages `.blog-page-nav-previous` and `-next`;
the blog's name `og:site_name`. Seen in public mirrors of three Weebly sites, one of them of fifteen blogs, and in Weebly's own theme
templates.

Quirks, and where they were seen (M: the mirrors; T: templates; K: known of the platform, not seen on a page):

- The day is numbers apart in the order of the site's language, never machine-readable: `22/2/2015` (M). What settles it goes to
  `Page.dates`: the month in the share button's address `/1/post/2015/02/slug.html`, the month of an archive page, a dateline.
- There is no author: the box under `.blog-author-title` is free text of the sidebar (M). Bylines stand in the body's first lines.
- A post's categories show nowhere but on the pages of the categories. Which one a page is: its address, `og:url` (`/1/category/slug`,
  without the page's number), the entry that is `active` in the list (all M), or the links to older and newer pages (M). The
  list's first entry, `category/all`, is every post; its word is in the site's language. A slug loses hyphens: `Anti-drone` is `antidrone`.
- `previous` leads to older posts; a mirror may hold page 1 twice, as `category/slug` and `category/slug/1` (M).
- Links are `//host/blog/slug`, `/blog/slug` or, in a mirror, relative files with `.html` (M); the address is the same for all.
  Where a saved page came from stands in a comment of HTTrack (M), of browsers or of SingleFile (K).
- Columns are lay-out tables `wsite-multicol-table` that hold text (M). Captions stand in the picture's `div.wsite-image` (M) or in
  `.wsite-caption` (K); sharing and comment counts may stand inside the body (T).
- A list may show the beginning of a post, then `.blog-read-more` (M); the comment `BLOG_SUMMARY_END` stands in whole posts too (M).
- Zero-width spaces stand at the head of lines and alone on them (M).
- Comments nest by `blogCommentLevelN`; the commenter's address is in the link around the name and is not read (M).
- Footnotes are lines `[1] …` at the end, Word's `<a href="#_ftn1">[1]</a>`, often after a rule of underscores (K).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote_plus, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from discourse.load.body.article import compose
from discourse.load.body.blocks import ITALIC, line_of, link_notes, to_blocks
from discourse.load.body.dates import read_date
from discourse.load.body.footnotes import MARKER
from discourse.load.body.notes import RawNote
from discourse.load.body.parsing import parse
from discourse.load.page import Hints, Listing, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.tables import RawComment, RawPost

__all__ = ["read"]

UNKNOWN = "unknown.invalid"
SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)|<!--\s*Mirrored from (\S+) by HTTrack")
SAVED_WITHIN = 2000
SHARED = re.compile(r"/\d+/post/(\d{4})/(\d{2})/")
CATEGORY = re.compile(r"/category/([^/?#]+?)(?:\.html?)?(?:/(\d{1,4})(?:\.html?)?)?/?$", re.IGNORECASE)
MONTH = re.compile(r"/archives/(\d{2})-(\d{4})(?:\.html?|/\d{1,4}(?:\.html?)?)?/?$", re.IGNORECASE)
NO_CATEGORY = ("all", "uncategorized")
NAMED = re.compile(r"^[^:]{3,20}:\s*(\S.*)")
LEVEL = re.compile(r"blogCommentLevel(\d{1,3})")
NUMBERS = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}\b")
NOT_TEXT = (
    ".wsite-image, .wsite-caption, .imageGallery, .wsite-button, .blog-read-more, .blog-social, .blog-share, .blog-comments, "
    ".blog-comments-bottom, .blog-post-header, .blog-post-footer, .blog-post-separator, a[title^='Download file']"
)
COLUMNS = "table.wsite-multicol-table"
LINE_START = r"(?:<br\b[^>]*>|<(?:div|p|li|h\d)\b[^>]*>)(?:</?(?:a|b|em|font|i|span|strong|sup|u)\b[^>]*>|&nbsp;|\u200b|\s)*"
FIRST_NOTE = re.compile(rf"{LINE_START}(?:\[(?:1|i)\]|<sup\b[^>]*>\s*\[?(?:1|i)\]?\s*</sup>)", re.IGNORECASE)
ITALIC_OPEN, ITALIC_CLOSE = "\ue002", "\ue003"
RULE = re.compile(r"\n*^(?:> |- )?[ _=–—-]{5,}$\n*", re.MULTILINE)
COUNT = re.compile(r"\d{1,6}")


class Here(NamedTuple):
    """Where a page stands: the address that links start from, and every address that the page is given, the surest first."""

    base: str
    told: list[str]


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    LeftOut : it is a page of the site that neither shows posts nor says anything of the blog.
    """
    tree = document.tree
    here = _here(document, tree)
    categories = _categories(tree, here)
    page = Page(source=_source(tree, here, categories))
    nodes = [node for node in tree.css("div.blog-post") if node.css_first(".blog-content, .blog-title")]
    if not nodes and not categories:
        raise LeftOut("a page of the site, not of its blog")
    month = next((f"{m[2]}-{m[1]}" for told in here.told if (m := MONTH.search(told))), "")
    for node in nodes:
        post, known = _post(document, node, here, alone=len(nodes) == 1)
        page.posts.append(post)
        page.dates += [(post.printed, day) for day in dict.fromkeys((known, month)) if post.printed]
    if len(nodes) == 1 and (area := tree.css_first("#commentArea")):
        _comments(page.posts[0], area, nodes[0])
        page.dates += [(comment.printed, "") for comment in page.posts[0].comments if comment.printed]
    page.listings = _listings(tree, here, page, categories)
    return page


def _here(document: Document, tree: LexborHTMLParser) -> Here:
    """Return where a page stands; for a file of a mirror its path is the address's, under the host that the page names."""
    saved = SAVED.search(document.text[:SAVED_WITHIN])
    url = document.url or (saved[1] or f"http://{saved[2]}" if saved else "")
    named = [_attribute(tree.css_first("link[rel=canonical]"), "href"), _attribute(tree.css_first("meta[property='og:url']"), "content")]
    base = _joined(url, url)
    if not base:
        root = next(filter(None, (_joined(told, "/") for told in named)), f"https://{UNKNOWN}/")
        base = _joined(root, quote(document.name.removeprefix(f"{urlsplit(root).netloc}/"))) or root
    active = [_attribute(link, "href") for link in tree.css(".blog-category-list a.active, .blog-archive-list a.active")]
    told = [url, named[0], "" if document.url else f"/{document.name}", named[1], *(_joined(base, link) for link in active)]
    return Here(base, [address for address in told if address])


def _attribute(node: LexborNode | None, name: str) -> str:
    return ((node.attributes.get(name) if node else None) or "").strip()


def _joined(base: str, link: str) -> str:
    """Return a whole address of the web, without query, fragment and a mirror's `.html`; an empty text when there is none."""
    try:
        parts = urlsplit(urljoin(base, link))
    except ValueError:
        return ""
    if not link or parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    path = parts.path if SHARED.match(parts.path) else re.sub(r"\.html?$", "", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _line(node: LexborNode | None) -> str:
    return line_of(node).replace("\u200b", "") if node else ""


def _categories(tree: LexborHTMLParser, here: Here) -> list[tuple[str, str]]:
    """Return name and slug of every entry in the blog's own list of categories, without the one for all posts."""
    links = ((link, _category(here, _attribute(link, "href"))) for link in tree.css(".blog-category-list a"))
    found = [(_line(link), _slug(match)) for link, match in links if match]
    return list(dict.fromkeys((name, slug) for name, slug in found if name and slug not in NO_CATEGORY))


def _category(here: Here, link: str) -> re.Match[str] | None:
    return CATEGORY.search(link) or CATEGORY.search(_joined(here.base, link))


def _slug(match: re.Match[str]) -> str:
    return unquote_plus(match[1]).casefold()


def _source(tree: LexborHTMLParser, here: Here, categories: list[tuple[str, str]]) -> dict[str, object]:
    """Return what a page says of its blog: its name, address and list of categories."""
    url = _joined(here.base, _attribute(tree.css_first(".blog-category-list a, .blog-archive-list a"), "href"))
    listed = CATEGORY.search(url) or MONTH.search(url)
    blog = url[: listed.start()] if listed and urlsplit(url).netloc != UNKNOWN else ""
    title = _attribute(tree.css_first("meta[property='og:site_name']"), "content") or _line(tree.css_first("#wsite-title"))
    return {"title": title, "url": blog, "categories": list(dict.fromkeys(name for name, _ in categories))}


def _post(document: Document, node: LexborNode, here: Here, *, alone: bool) -> tuple[RawPost, str]:
    """Return one post of a page, and its day, or the month of it, as far as known from elsewhere than its date."""
    post = RawPost(file=document.name, sha256=document.sha256, body="", retrieved_at=document.retrieved_at)
    post.problems += document.problems
    post.title = _line(node.css_first(".blog-title"))
    link = _attribute(node.css_first("a.blog-title-link, .blog-title a"), "href")
    urls = [_joined(here.base, link)] if link else [_joined(url, url) for url in here.told] if alone else []
    url = next(filter(None, urls), "")
    post.address = address(url)
    post.url = url if url and urlsplit(url).netloc != UNKNOWN else None
    _date(post, _line(node.css_first(".date-text") or node.css_first(".blog-date")))
    buttons = node.css_first(".blog-social")
    shared = SHARED.search(f"{buttons.html if buttons else ''} {url} {' '.join(here.told) if alone else ''}")
    month = f"{shared[1]}-{shared[2]}" if shared else ""
    content = node.css_first(".blog-content")
    own = alone and (content is None or content.css_first(".blog-read-more") is None)
    dateline = _body(post, content, own=own) if content else ""
    if not post.printed and post.published is None and month:
        post.published, post.published_precision = read_date(month) or (None, None)
    if not post.printed and post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    if not post.body.strip() and not post.cut:
        post.problems.append("no text; kept, with nothing to code.")
    return post, dateline or month


def _date(entry: RawPost | RawComment, text: str) -> None:
    """Take the day as the page shows it, without a time; one in numbers apart waits for the order of the whole blog."""
    if numbers := NUMBERS.match(text):
        entry.printed = numbers[0]
    elif found := read_date(text):
        entry.published = found[0]
        if isinstance(entry, RawPost):
            entry.published_precision = found[1]


def _body(post: RawPost, content: LexborNode, *, own: bool) -> str:
    """Fill a post from its body and return the day of its dateline."""
    source = content.html or ""
    rest = source.partition("<!--BLOG_SUMMARY_END-->")[2]
    post.cut = content.css_first(".blog-read-more") is not None or bool(rest and not own and not re.sub(r"<[^>]*>|\s", "", rest))
    first = max((match.start() for match in FIRST_NOTE.finditer(source)), default=len(source))
    notes_in_italics = ITALIC.search(source, first) is not None
    if "\u200b" in source or notes_in_italics:
        source = source[:first] + ITALIC.sub(_italic, source[first:])
        content = parse(source.replace("\u200b", ""))[0].css_first(".blog-content") or content
    for node in content.css(NOT_TEXT):
        node.decompose()
    _unwrap_columns(content)
    notes = [RawNote(number, text) for number, text in link_notes(content)]
    text = RULE.sub("\n\n", to_blocks(content))
    dateline = compose(post, "\n".join(_in_italics(line) for line in text.split("\n")), notes=notes)
    post.body = "\n".join(line.replace("*", "") if _opens_note(line) else line for line in post.body.split("\n"))
    return dateline


def _italic(match: re.Match[str]) -> str:
    return ITALIC_CLOSE if match[0].startswith("</") else ITALIC_OPEN


def _in_italics(line: str) -> str:
    """Return a line that is a note with its italics between asterisks, and any other without."""
    sign = "*" if _opens_note(line) else ""
    return line.replace(ITALIC_OPEN, sign).replace(ITALIC_CLOSE, sign)


def _opens_note(line: str) -> bool:
    return MARKER.match(line.lstrip(f">- *{ITALIC_OPEN}{ITALIC_CLOSE}")) is not None


def _unwrap_columns(content: LexborNode) -> None:
    """Turn lay-out tables into running text, cell after cell; tables of data stay, and are dropped with their numbers."""
    for cell in content.css("td.wsite-multicol-col"):
        cell.insert_before(LexborHTMLParser("<hr>").css("hr")[0])
    for table in content.css(COLUMNS):
        table.unwrap()


def _comments(post: RawPost, area: LexborNode, node: LexborNode) -> None:
    """Read the comments under a post; each answers the last one before it that stands one level higher."""
    last: dict[int, int] = {}
    for wrap in area.css(".blogCommentWrap"):
        found = LEVEL.search(_attribute(wrap, "class"))
        level = int(found[1]) if found else 0
        body = wrap.css_first(".blogCommentText")
        text = to_blocks(body) if body else ""
        last = {other: place for other, place in last.items() if other < level}
        if not text:
            continue
        comment = RawComment(author=_line(wrap.css_first(".blogCommentAuthor .name")), text=text, reply_to=last.get(level - 1))
        _date(comment, _line(wrap.css_first(".blogCommentDate")))
        post.comments.append(comment)
        last[level] = len(post.comments)
    said = COUNT.match(_line(node.css_first(".blog-comments, .blog-comments-bottom, .comments")))
    if said and int(said[0]) != len(post.comments):
        post.problems.append(f"the page says {said[0]} comments, and {len(post.comments)} were read.")


def _listings(tree: LexborHTMLParser, here: Here, page: Page, categories: list[tuple[str, str]]) -> list[Listing]:
    """Return the page of a category that this is, under each name that has its address; nothing when it is none."""
    older, newer = (_category(here, _attribute(tree.css_first(f".blog-page-nav-{way} a"), "href")) for way in ("previous", "next"))
    told = [match for url in here.told if (match := CATEGORY.search(url))]
    slugs = [_slug(match) for match in (*told, older, newer) if match]
    if not slugs or slugs[0] in NO_CATEGORY:
        return []
    number = next((int(match[2]) for match in told if match[2]), 0)
    if not number:
        number = int(older[2]) - 1 if older and older[2] else int(newer[2] or 1) + 1 if newer else 1
    headed = NAMED.match(_attribute(tree.css_first("meta[property='og:title']"), "content"))
    names = [name for name, slug in categories if slug == slugs[0]] or [headed[1] if headed else slugs[0]]
    urls = [f"https://{post.address}" for post in page.posts if post.address]
    more = tree.css_first(".blog-page-nav-previous a") is not None
    return [Listing(name, number, urls, more) for name in names]
