"""Feeds: RSS 2.0 and 1.0 and Atom, parsed by feedparser.

Read of an entry: title, link (before FeedBurner's), `dc:creator` or author's name (never an e-mail), the date of publication, categories,
`content:encoded` or Atom's content, else the description. Read of the feed: title, link, generator, and on Blogger the categories, which
are the whole blog's there.

Quirks:

- **Blogger** (seen: a blog's feed of 2024): the author of an entry is the account that published it, not the writer; authors are left to
  the byline in the text. Labels have the scheme `http://www.blogger.com/atom/ns#`.
- **WordPress** (seen: a conference blog's feed, 6.1): `pubDate` is in UTC, so the day in the link counts where it lies within a day of it.
  Categories and tags share one element; the feed alone cannot part them, so all are categories, and `skipped` says so once a feed.
  A last paragraph "The post … first appeared on …", in any language, goes: two links, of which the first leads to the post itself.
- **Global Voices** (seen in published excerpts of its feeds): `dc:creator` is the translator; a block of class `gv-rss-footer` names who
  wrote and who translated.
- **Weebly**: no author, the last ten posts; categories are known only where its items carry them.
- Drupal and others put the whole text into the description. A description counts as the beginning only, unless it has at least three
  paragraphs and does not end in an ellipsis.
- Left out: feeds of comments (their links lead to a comment), recordings without a text.
"""

from __future__ import annotations

import html
import io
import re
import xml.sax
from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from discourse.errors import InputError
from discourse.load.blogger import body as blogger_body
from discourse.load.body.accounts import signed
from discourse.load.body.blocks import to_blocks
from discourse.load.body.bylines import read_byline
from discourse.load.body.dates import read_date
from discourse.load.body.parsing import parse
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.load.wordpress import body as wordpress_body
from discourse.tables import RawPost

__all__ = ["printed_day", "read", "readable"]

ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
WORDED = re.compile(r"(?:[^\W\d]{2,10}\.?,?\s+)?(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})\b.*", re.DOTALL)
DAY_IN_LINK = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})/")
COMMENT_LINK = re.compile(r"#comment-?\d|[?&]showComment=|#c\d+$")
LABEL = "http://www.blogger.com/atom/ns#"
FEWEST_REPEATED = 3
ADDED = ".share-links, .feedflare, .yarpp-related-rss, .originally-published, #jp-post-flair"
ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|more|»|→)\W*$", re.IGNORECASE)
FAULTS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError, xml.sax.SAXException)
MIXED = "categories and tags are one list in a WordPress feed; all were read as categories. The posts' pages or an export part them."
CONTROL = bytes(set(range(32)) - {9, 10, 13})
LONGEST_PREFACE = 10_000
LEAST_BLOCKS = 3
LONGEST_TAIL = 12


def read(document: Document, hints: Hints) -> Page:
    """Read one feed.

    Raises
    ------
    LeftOut : it holds comments, or nothing.
    InputError : not one entry can be read, or it declares entities.
    """
    parsed = _parsed(document)
    entries = [entry for entry in parsed.get("entries", []) if isinstance(entry, dict)]
    feed = parsed.get("feed") or {}
    if not entries:
        if parsed.get("bozo"):
            fault = " ".join(str(parsed.get("bozo_exception") or "broken").split())[:200]
            raise InputError(f"not one entry of the feed can be read ({fault}); fetch it again.")
        raise LeftOut("a feed without an entry")
    if all(_is_comment(entry) for entry in entries):
        raise LeftOut("a feed of comments, not of posts")
    platform = _platform(feed, parsed)
    page = Page(source={"title": _line(_text(feed, "title")), "url": _link(feed, "") or None})
    if platform == "blogger":
        page.source["categories"] = _terms(feed, "blogger")
    shows = platform in ("blogger", "wordpress") or any(_terms(entry, platform) for entry in entries)
    feed_authors = _rows(feed, "authors") if _text(parsed, "version").startswith("atom") else []
    for entry in entries:
        accounts = _authors(_rows(entry, "authors") or feed_authors)
        post = _post(entry, platform, accounts, page.source["url"] or document.url or "", document)
        post.categories = _terms(entry, platform) if shows else None
        if post.cut and _is_recording(entry):
            page.skipped.append((post.title or "an entry", "a recording; its text is not in the feed"))
        elif not post.body.strip() and not post.title:
            page.skipped.append(("an entry", "neither title nor text"))
        else:
            page.posts.append(post)
    _drop_repeated(page.posts)
    if isinstance(error := parsed.get("bozo_exception"), xml.sax.SAXException):
        page.skipped.append(
            ("the feed", f"broken ({' '.join(str(error).split())[:200]}); read as far as it can be, entries may be missing")
        )
    if platform == "wordpress":
        page.skipped.append(("categories", MIXED))
    return page


def _drop_repeated(posts: list[RawPost]) -> None:
    """Take off what a blog puts under every post of its feed: a last block that ends at least half of the posts, three or more."""
    while True:
        ends = Counter(post.body.rpartition("\n\n")[2] for post in posts if "\n\n" in post.body)
        block, n = ends.most_common(1)[0] if ends else ("", 0)
        if n < FEWEST_REPEATED or 2 * n < len(posts):
            return
        for post in posts:
            post.body = post.body.removesuffix(f"\n\n{block}")


def readable(data: bytes) -> bytes:
    """Return a document without what no XML parser takes: words before it, and control characters.

    Raises
    ------
    InputError : it declares entities of its own before its first element.
    """
    root = ROOT.search(data)
    head = data[: root.start()] if root else data
    if ENTITY.search(head) or (b"\0" in head[:100] and ENTITY.search(data.replace(b"\0", b""))):
        raise InputError("declares entities of its own, which are not read; fetch or export it again without them.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = re.sub(rb"<\?xml[^>]*\?>", b"", data.decode("utf-16", "replace").encode(errors="replace"), count=1)
    declared = data.find(b"<?xml", 0, LONGEST_PREFACE)
    return data[max(declared, 0) :].translate(None, CONTROL)


def _parsed(document: Document) -> dict[str, Any]:
    import feedparser

    headers = {"content-type": f"text/xml; charset={document.charset}"} if document.charset else None
    try:
        parsed: dict[str, Any] = feedparser.parse(
            io.BytesIO(readable(document.data)), sanitize_html=False, resolve_relative_uris=False, response_headers=headers
        )
    except FAULTS as error:
        raise InputError(f"no feed that can be read ({' '.join(str(error).split())[:200]}); fetch it again.") from error
    return parsed


def _platform(feed: Any, parsed: Any) -> str:
    """Return `blogger`, `wordpress`, `weebly` or an empty text; WordPress shows by its namespaces where the generator is hidden."""
    generator = f"{_text(feed, 'generator')} {_text(feed, 'id')}".lower()
    named = next((name for name in ("blogger", "wordpress", "weebly") if name in generator), "")
    spaces = parsed.get("namespaces") or {}
    return named or ("wordpress" if {"slash", "wfw"} <= set(spaces) else "")


def _text(entry: Any, key: str) -> str:
    value = entry.get(key)
    return value.replace("\0", "") if isinstance(value, str) else ""


def _line(text: str) -> str:
    return " ".join(to_blocks(text).removeprefix("# ").split())


def _rows(entry: Any, key: str) -> list[Any]:
    value = entry.get(key)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _link(entry: Any, base: str) -> str:
    """Return the address of an entry, FeedBurner's own address only where there is no other."""
    link = _text(entry, "feedburner_origlink") or _text(entry, "link")
    if not link or (link == _text(entry, "id") and entry.get("guidislink") and not link.startswith("http")):  # an id is no link
        return ""
    try:
        link = urljoin(base, link.strip())
    except ValueError:
        return ""
    return link if re.match(r"https?://", link) else ""


def _is_comment(entry: Any) -> bool:
    return "thr_in-reply-to" in entry or bool(COMMENT_LINK.search(_text(entry, "link")))


def _is_recording(entry: Any) -> bool:
    kinds = [
        _text(row, "type") for row in [*_rows(entry, "enclosures"), *_rows(entry, "links")] if row.get("rel", "enclosure") == "enclosure"
    ]
    return any(kind.startswith(("audio/", "video/")) for kind in kinds)


def _terms(entry: Any, platform: str) -> list[str]:
    """Return the categories of an entry or a feed; Blogger's own marks (`kind`) are none."""
    rows = [row for row in _rows(entry, "tags") if platform != "blogger" or _text(row, "scheme") in ("", LABEL)]
    names = [" ".join(html.unescape(_text(row, "label") or _text(row, "term")).split()) for row in rows]
    return list(dict.fromkeys(filter(None, names)))


def _post(entry: Any, platform: str, accounts: list[str], base: str, document: Document) -> RawPost:
    post = RawPost(file=document.name, sha256=document.sha256, body="", retrieved_at=document.retrieved_at, secondhand=True)
    post.problems += document.problems
    post.title = _line(_text(entry, "title"))
    post.url = _link(entry, base) or None
    post.address = (blogger_body.address if platform == "blogger" else address)(post.url)
    post.published = _day(entry, post.url or "")
    post.published_precision = "day" if post.published else None
    if post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    body, whole = _content(entry)
    root = parse(body)[0].body
    if root is None:
        post.cut = True
        return post
    _take_credits(post, root)
    wordpress_body.drop(root.css(ADDED))
    _take_tail(post, root)
    if platform == "blogger":
        blogger_body.fill_body(post, root)
    else:
        wordpress_body.fill_body(post, root, accounts)
    post.author_roles = post.author_roles or [""] * len(post.authors)
    post.cut = not whole and (post.body.count("\n\n") < LEAST_BLOCKS - 1 or bool(ELLIPSIS.search(post.body)))
    return post


def _content(entry: Any) -> tuple[str, bool]:
    """Return the fullest text of an entry as HTML, and whether the feed says that it is the whole."""
    full = [row for row in _rows(entry, "content") if _text(row, "value").strip()]
    best = max(full, key=lambda row: len(_text(row, "value")), default=None)
    row = best or entry.get("summary_detail")
    text = _text(row, "value") if isinstance(row, dict) else _text(entry, "summary")
    if isinstance(row, dict) and _text(row, "type") == "text/plain":
        text = "<p>" + re.sub(r"\n\s*\n", "<p>", html.escape(text, quote=False)).replace("\n", "<br>")
    return text, best is not None


def printed_day(text: str) -> tuple[date, str] | None:
    """Return the day that a feed prints, in the time zone it is printed in.

    >>> printed_day("Fri, 21 Nov 2014 23:01:17 -0500"), printed_day("2013-04-27T23:59:00.000-04:00"), printed_day("Mon, 30 Nov -0001")
    ((datetime.date(2014, 11, 21), 'day'), (datetime.date(2013, 4, 27), 'day'), None)
    """
    match = WORDED.fullmatch(text.strip())
    return read_date(f"{match[1]} {match[2]} {match[3]}" if match else text.strip())


def _day(entry: Any, url: str) -> date | None:
    """Return the day of publication: as printed, or the day in the link where it lies within one of it."""
    found = next((day[0] for key in ("published", "created", "updated") if (day := printed_day(_text(entry, key)))), None)
    if found is None and isinstance(parsed := entry.get("published_parsed") or entry.get("updated_parsed"), tuple):
        read = read_date("{:04}-{:02}-{:02}".format(*parsed[:3]))
        found = read[0] if read else None
    match = DAY_IN_LINK.search(url)
    local = read_date("-".join(match.groups())) if match else None
    return local[0] if local and (found is None or abs(local[0] - found) <= timedelta(days=1)) else found


def _authors(rows: list[Any]) -> list[str]:
    """Return the authors by their names; several in one element are set apart by commas and "and"."""
    authors: list[str] = []
    for name in filter(None, (signed(_line(_text(row, "name"))) for row in rows)):
        byline = read_byline(f"By {name}")
        several = byline is not None and len(byline.authors) > 1 and not any(byline.roles) and all(" " in one for one in byline.authors)
        authors += [one for one in (byline.authors if byline and several else [name]) if one not in authors]
    return authors


def _take_credits(post: RawPost, root: Any) -> None:
    """Take who wrote and who translated from the credits that Global Voices adds: the first line is the author's, the rest translators'."""
    for place, section in enumerate(root.css(".gv-rss-footer .text-credits-section")):
        names = [name for link in section.css("a.user-link") if (name := " ".join(link.text().split()))]
        if place == 0 and names:
            post.authors, post.author_roles = names, [""] * len(names)
        else:
            post.translators += names


def _take_tail(post: RawPost, root: Any) -> None:
    """Drop the paragraph that says where the post first appeared: few words beside two links, the first to the post itself."""
    for paragraph in root.css("p")[-1:]:
        links = paragraph.css("a[href]")
        own = post.address is not None and bool(links) and address(links[0].attributes.get("href")) == post.address
        beside = len(paragraph.text().split()) - sum(len(link.text().split()) for link in links)
        if own and len(links) == 2 and beside <= LONGEST_TAIL:
            wordpress_body.drop([paragraph])
