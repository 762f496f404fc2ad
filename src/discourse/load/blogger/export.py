"""Blogger's own backups in XML: that of "Back up content" in the blog's settings (to 2023), and `feed.atom` of Google Takeout (since).

Fields of a post: `title`; `published`; `content` (HTML, escaped); `category` (labels, which are the blog's categories); the link
`rel="alternate"`, or `blogger:filename` on the blog's address. Of a comment: the author's name, `published`, `content`, the post
(`thr:in-reply-to`, or `blogger:parent`) and the comment answered (the link `rel="related"`, or `blogger:inReplyTo`). Of the blog: `title`,
the link `rel="alternate"`, and the labels of all posts. E-mails, profiles and pictures of people are never read, nor is the account that
posted: authors come from byline lines of the body.

Quirks, and where they were seen:

- What an entry is, the old form says by a category of the scheme `…/g/2005#kind` (`…/blogger/2008/kind#post`, `#page`, `#comment`,
  `#settings`, `#template`), the new one by `blogger:type`; an author holds a `blogger:type` of its own.
- The old form has dates with the blog's offset. The new one has them in UTC: the month in `blogger:filename` corrects the day where it
  fell into another month; else the day may differ by one from what readers saw.
- Drafts: `app:control` with `app:draft`, or a `blogger:status` that is not `LIVE` (`DRAFT`, `SOFT_TRASHED`, `SPAM_COMMENT`, …); what was
  put in the bin has a date in `blogger:trashed`.
- The new form names no address of the blog; posts then have none.
- Titles of the new form are escaped twice.
- A file cut off in the middle is read up to the last whole entry, and the cut is said.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.load.blogger.body import POST_URL, address, fill_body, words
from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN, to_blocks
from discourse.load.body.dates import read_date
from discourse.load.body.parsing import parse
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.tables import RawComment, RawPost

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

KIND = "http://schemas.google.com/g/2005#kind"
COMMENT_ID = re.compile(r"comments/default/(\d+)")
ID = re.compile(r"(?:post|page)-(\d+)$|(\d+)$")
ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,60}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.ASCII)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
FILE_MONTH = re.compile(r"/(\d{4})/(\d{2})/")


@dataclass
class _Comment:
    """A comment, with the ids of its post, of itself and of the comment it answers, and when it was written."""

    post: str
    own: str
    answered: str
    moment: float
    comment: RawComment


@dataclass
class _Export:
    """What was read so far."""

    page: Page = field(default_factory=Page)
    posts: dict[str, RawPost] = field(default_factory=dict)
    comments: list[_Comment] = field(default_factory=list)
    others: int = 0


def read(document: Document, hints: Hints) -> Page:
    """Read a backup.

    Raises
    ------
    LeftOut : there is no published post in it.
    InputError : it is no XML, declares entities, or breaks off at once.
    """
    export = _Export()
    data = _closed(document.data)
    try:
        for entry in _entries(data, export.page.source):
            _take(export, entry, document)
    except _broken() as error:
        reason = " ".join(str(error).split())[:200]
        if not export.posts:
            raise InputError(f"a Blogger backup that cannot be read ({reason}); make the backup anew.") from error
        export.page.skipped.append(("the end of the file", f"the backup breaks off or is damaged here ({reason})"))
    if data is not document.data:
        export.page.skipped.append(("the end of the file", "the backup breaks off here; make it anew"))
    _attach(export)
    if export.others:
        export.page.skipped.append(("settings and template", f"{export.others} entries that are no posts"))
    labels = (label for post in export.page.posts for label in post.categories or ())
    export.page.source["categories"] = list(dict.fromkeys(labels))
    if not export.posts:
        raise LeftOut("a Blogger backup without a published post")
    return export.page


def _broken() -> tuple[type[Exception], ...]:
    """Return what lxml raises for a damaged file."""
    from lxml import etree

    return (etree.LxmlError, LookupError, ValueError)


def _closed(data: bytes) -> bytes:
    """Return a backup that ends; of one that breaks off, what stands before the entry in which it does."""
    last = data.rfind(b"</entry>")
    if b"</feed>" in data[max(last, 0) :] or b"<feed" not in data:
        return data
    if last < 0:
        raise InputError("the backup breaks off before its first entry ends; make the backup anew.")
    return data[:last] + b"</entry></feed>"


def _entries(data: bytes, source: dict[str, Any]) -> Iterator[_Element]:
    """Yield each entry, which is emptied afterwards, and fill `source` from what stands above them."""
    import webencodings
    from lxml import etree

    named = ENCODING.match(data)
    if named and not webencodings.lookup(named[1].decode("ascii")):
        raise InputError(f"the backup is in the encoding {named[1].decode('ascii')!r}, which is none; make the backup anew.")
    if b"<!ENTITY" in data[: max(data.find(b"<feed"), 0) or len(data)]:
        raise InputError("the backup declares entities, which Blogger never does; make the backup anew.")
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag="{*}entry",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    feed = None
    for _, entry in events:
        above = entry.getparent()
        if above is None:
            continue
        if feed is None:
            feed = above
            source |= {"title": _title(feed), "url": _alternate(feed)}
        yield entry
        entry.clear()
        while entry.getprevious() is not None and above[0] is not entry:
            del above[0]


def _take(export: _Export, entry: _Element, document: Document) -> None:
    """Read one entry into `export`."""
    kind, own = _kind(entry), _number(_text(entry, "id"))
    name = _title(entry) or _text(entry, "id")
    reason = _unpublished(entry)
    if kind not in ("post", "page", "comment"):
        export.others += 1
    elif kind == "page" or reason:
        export.page.skipped.append((f"comment {own}" if kind == "comment" else name, reason or "a static page of the blog, not a post"))
    elif kind == "comment":
        _comment(export, entry, own)
    else:
        post = _post(entry, document, export.page.source.get("url") or "")
        export.page.posts.append(post)
        export.posts.setdefault(own, post)


def _children(node: _Element, name: str) -> Iterator[_Element]:
    yield from node.iterchildren("{*}" + name)


def _text(node: _Element, name: str) -> str:
    """Return the text of the first child of a name, whatever its namespace."""
    child = next(_children(node, name), None)
    return "".join(child.itertext()).strip() if child is not None else ""


def _title(node: _Element) -> str:
    title = html.unescape(_text(node, "title")).replace("\0", "")
    return words(title) if TAG.search(title) else " ".join(title.split())


def _number(text: str) -> str:
    """Return the number that ends an id, such as `tag:blogger.com,1999:blog-12.post-34`."""
    match = ID.search(text)
    return (match[1] or match[2]) if match else text


def _kind(entry: _Element) -> str:
    term = next((child.get("term") or "" for child in _children(entry, "category") if child.get("scheme") == KIND), "")
    return term.rpartition("#")[2].lower() if term else _text(entry, "type").lower()


def _unpublished(entry: _Element) -> str:
    """Return why readers cannot see an entry, or an empty text."""
    draft = any(_text(control, "draft").lower() == "yes" for control in _children(entry, "control"))
    status = _text(entry, "status").lower()
    if draft or status == "draft":
        return "a draft"
    if status not in ("", "live") or _text(entry, "trashed"):
        return f"not published ({status.replace('_', ' ') if status not in ('', 'live') else 'in the bin'})"
    return ""


def _alternate(node: _Element) -> str:
    links = (child.get("href") or "" for child in _children(node, "link") if child.get("rel") == "alternate")
    return next((href for href in links if href.startswith(("http://", "https://"))), "")


def _post(entry: _Element, document: Document, blog: str) -> RawPost:
    post = RawPost(document.name, document.sha256, "", retrieved_at=document.retrieved_at, title=_title(entry))
    name = _text(entry, "filename")
    url = _alternate(entry) or (blog.rstrip("/") + name if blog and name.startswith("/") else "")
    post.url, post.address = url or None, address(url)
    terms = [" ".join((child.get("term") or "").split()) for child in _children(entry, "category") if child.get("scheme") != KIND]
    post.categories = list(dict.fromkeys(filter(None, terms)))
    post.published = _day(_text(entry, "published"), name or url)
    post.published_precision = "day" if post.published else None
    _body(post, entry)
    if post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    return post


def _body(post: RawPost, entry: _Element) -> None:
    """Fill a post from its content; where there is a summary only, the post is cut."""
    markup = _text(entry, "content")
    if not markup:
        markup = _text(entry, "summary")
        post.cut = bool(markup)
    body = parse(markup.replace("\0", ""))[0].body if markup else None
    if body is not None:
        fill_body(post, body)


def _day(stamp: str, name: str) -> date | None:
    """Return the day of a date; one in UTC moves into the month that the file's name gives, where that is a day away."""
    found = read_date(stamp)
    if not found or found[1] != "day":
        return None
    month = FILE_MONTH.search(name) if stamp.endswith("Z") and (POST_URL.search(name) or FILE_MONTH.match(name)) else None
    near = (found[0] + timedelta(days=shift) for shift in (0, -1, 1))
    return next((day for day in near if month and (day.year, day.month) == (int(month[1]), int(month[2]))), found[0])


def _moment(stamp: str) -> float:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return inf
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _comment(export: _Export, entry: _Element, own: str) -> None:
    author = next(_children(entry, "author"), None)
    replied = next((child.get("ref") or "" for child in _children(entry, "in-reply-to")), "")
    related = next((child.get("href") or "" for child in _children(entry, "link") if child.get("rel") == "related"), "")
    linked = COMMENT_ID.search(related)
    removed = any(child.get("name") == "blogger.contentRemoved" for child in _children(entry, "extendedProperty"))
    text = "" if removed else to_blocks(_text(entry, "content").replace("\0", "")).replace(NOTE_OPEN, "").replace(NOTE_CLOSE, "")
    if not text:
        export.page.skipped.append((f"comment {own}", "removed" if removed else "no text"))
        return
    stamp = _text(entry, "published")
    comment = RawComment(" ".join(_text(author, "name").split()) if author is not None else "", text, _day(stamp, ""))
    answered = linked[1] if linked else _number(_text(entry, "inReplyTo"))
    export.comments.append(_Comment(_number(replied or _text(entry, "parent")), own, answered, _moment(stamp), comment))


def _attach(export: _Export) -> None:
    """Give each post its comments, the oldest first, and an answer the place of what it answers."""
    places: dict[tuple[str, str], int] = {}
    kept = [found for found in export.comments if found.post in export.posts]
    for found in sorted(kept, key=lambda found: found.moment):
        comments = export.posts[found.post].comments
        comments.append(found.comment)
        places[found.post, found.own] = len(comments)
    for found in kept:
        found.comment.reply_to = places.get((found.post, found.answered))
    if lost := len(export.comments) - len(kept):
        export.page.skipped.append((f"{lost} comments", "under posts that are not published"))
