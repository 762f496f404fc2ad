"""WordPress exports (Tools > Export: WordPress eXtended RSS, WXR 1.0 to 1.2).

Read of an item: `title`, `link`, `wp:post_date` (the blog's own day; where it is zero `wp:post_date_gmt`, then `pubDate`), `wp:status`,
`wp:post_type`, `wp:post_password` (only whether there is one), `content:encoded`, `dc:creator`, `category` by its `domain`, `wp:postmeta`
of the key `footnotes`, and of a comment its id, parent, author's name, date, type, approval and text. Read of the channel: `title`,
`link`, `wp:category`, `wp:author`. Addresses of any kind (e-mail, IP, the commenter's site) are never read.

Quirks:

- Only published posts are kept; everything else goes to `skipped` with the reason. An item without a status is a draft to WordPress too.
- `dc:creator` is a login; `wp:author` gives its display name (seen on Creative Commons' Labs export, 4.0). WXR 1.0 has no `wp:author`;
  there `dc:creator` is the display name. A login or name that is an e-mail address is dropped.
- Co-Authors Plus: `category domain="author"`, several an item; the nicename is `cap-` and a slug, and the text often the slug again, whose
  name only an item of the type `guest-author` gives (seen in an importer's account of a newspaper's export).
- A byline at the head of the text counts before the account, and accounts such as `admin` sign for nobody.
- WXR 1.0 prints every category twice, without and with a `domain`, and calls tags `tag` (WordPress' own export.php).
- `domain="language"` (Polylang) is the post's language, `domain="series"` its series; other taxonomies are not read.
- Titles of items that are no posts may be e-mail addresses (contact forms): such an item is named by its id.
- Broken exports: control characters from word processors, tags that are lost, a download that broke off. Each item is read by itself, so
  a fault costs one item at most; `skipped` and the post's problems say so. An item above 10 MB (pasted pictures) is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from discourse.errors import InputError
from discourse.load.body.accounts import signed
from discourse.load.body.blocks import to_blocks
from discourse.load.body.parsing import parse
from discourse.load.feed import printed_day, readable
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.load.wordpress.body import fill_body
from discourse.load.wordpress.text import as_shown, paragraphs
from discourse.tables import RawComment, RawPost

__all__ = ["read"]

ITEM = frozenset("title link pubDate creator encoded post_id post_date post_date_gmt post_name status post_type post_password".split())
COMMENT = frozenset(
    "comment_id comment_parent comment_author comment_date comment_date_gmt comment_content comment_approved comment_type".split()
)
AUTHOR = frozenset("author_login author_display_name author_first_name author_last_name".split())
META = frozenset(("footnotes", "cap-display_name", "cap-user_login"))
STATUSES = {
    "draft": "a draft", "auto-draft": "a draft that was never saved", "private": "private", "pending": "waiting for review",
    "future": "scheduled, not yet published", "trash": "in the trash", "inherit": "a version or attachment of another item",
}  # fmt: skip
TYPES = {
    "page": "a page, not a post", "attachment": "a file of the media library", "nav_menu_item": "an entry of a menu",
    "revision": "an older version of a post", "guest-author": "a guest author; read for the name",
}  # fmt: skip
LARGEST_ITEM = 10_000_000
HARMLESS = frozenset("ERR_UNDECLARED_ENTITY WAR_UNDECLARED_ENTITY ERR_NAME_REQUIRED ERR_ENTITYREF_SEMICOL_MISSING".split())
ITEM_OPENS = re.compile(rb"<item(?:\s[^>]*)?>")
MARK = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<item(?:\s[^>]*)?>|</item>", re.DOTALL)
ROOT = re.compile(rb"<rss\b[^>]*>")


@dataclass
class _Item:
    """What is read of one item: values by the name of their element, terms as (domain, nicename, name), and the rows below it."""

    values: dict[str, str]
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[dict[str, str]] = field(default_factory=list)
    fault: str = ""


def read(document: Document, hints: Hints) -> Page:
    """Read one export.

    Raises
    ------
    LeftOut : there is not one item in it.
    InputError : it is no export, or declares entities.
    """
    page = Page()
    data = readable(document.data)
    first = ITEM_OPENS.search(data)
    names = _channel(data[: first.start()] if first else data, page)
    if first is None:
        raise LeftOut("an export without an item")
    if not data.rstrip().endswith(b"</rss>"):
        page.skipped.append(("the export", "broken off: it does not end with </rss>, so posts may be missing; export it again."))
    declared, root = re.match(rb"<\?xml[^>]*\?>", data), ROOT.search(data, 0, first.start())
    opening = (declared[0] if declared else b"") + (root[0] if root else b"<rss>")
    items = [item for chunk in _chunks(data, first.start(), page) if (item := _item(opening + chunk + b"</rss>", page)) is not None]
    for item in items:
        if item.values.get("post_type") == "guest-author":
            shown = item.meta.get("cap-display_name") or item.values.get("title", "")
            names |= dict.fromkeys((item.meta.get("cap-user_login", ""), item.values.get("post_name", "").removeprefix("cap-")), shown)
    names.pop("", None)
    for item in items:
        if reason := _reason(item.values):
            page.skipped.append((_called(item.values), reason))
        else:
            page.posts.append(_post(item, names, document))
    return page


def _parsed(data: bytes) -> tuple[Any, str]:
    """Return the root element, read leniently, and what is broken in it; a foreign entity or a bare `&` breaks nothing."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, huge_tree=False, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return None, " ".join(str(error).split())[:200]
    faults = [fault for fault in parser.error_log if fault.type_name not in HARMLESS]
    return root, " ".join(str(faults[0].message).split())[:200] if faults else ""


def _channel(head: bytes, page: Page) -> dict[str, str]:
    """Note what stands before the first item: the blog's title, address and categories; return its accounts' names.

    Raises
    ------
    InputError : it cannot be read at all.
    """
    root, fault = _parsed(head)
    if root is None:
        raise InputError(f"no export that can be read ({fault or 'empty'}); export it again under Tools > Export.")
    channel = next(root.iter("{*}channel"), root)
    known = _values(channel, frozenset(("title", "link")))
    page.source = {"title": _line(known.get("title", "")), "url": known.get("link") or None, "categories": []}
    names: dict[str, str] = {}
    for element in channel:
        if _local(element) == "author":
            _name(names, _values(element, AUTHOR))
        elif _local(element) == "category" and (shown := _line(_values(element, frozenset(("cat_name",))).get("cat_name", ""))):
            page.source["categories"].append(shown)
    return names


def _chunks(data: bytes, start: int, page: Page) -> Iterator[bytes]:
    """Yield the bytes of each item, so that what is broken in one is lost in that one alone."""
    opened = None
    for match in MARK.finditer(data, start):
        if match[0].startswith(b"<!"):
            continue
        opens = match[0].startswith(b"<item")
        if opened is not None:
            yield data[opened : match.start() if opens else match.end()]
        elif not opens:
            page.skipped.append(("an item", "its beginning is broken; left out"))
        opened = match.start() if opens else None
    if opened is not None:
        yield data[opened:]


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _values(element: Any, names: frozenset[str]) -> dict[str, str]:
    """Return the first text of each child that is asked for; nothing else is looked at."""
    values: dict[str, str] = {}
    for child in element:
        name = _local(child)
        if name in names and name not in values and "excerpt" not in child.tag:
            values[name] = "".join(child.itertext()).strip()
    return values


def _item(data: bytes, page: Page) -> _Item | None:
    if len(data) > LARGEST_ITEM:
        page.skipped.append((f"an item of {len(data) // 1_000_000} MB", "larger than 10 MB; left out"))
        return None
    root, fault = _parsed(data)
    element = next(root.iter("item"), None) if root is not None else None
    if element is None:
        page.skipped.append(("an item", f"cannot be read ({fault}); left out"))
        return None
    item = _Item(_values(element, ITEM), fault=fault)
    for child in element:
        name = _local(child)
        if name == "category":
            item.terms.append((child.get("domain") or "category", child.get("nicename") or "", _line("".join(child.itertext()))))
        elif name == "postmeta":
            row = _values(child, frozenset(("meta_key", "meta_value")))
            if row.get("meta_key") in META:
                item.meta[row["meta_key"]] = row.get("meta_value", "")
        elif name == "comment":
            item.comments.append(_values(child, COMMENT))
    return item


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _name(names: dict[str, str], row: dict[str, str]) -> None:
    """Note the name that an account signs with, under its login and under the slug that addresses and co-authors use."""
    login = row.get("author_login", "")
    full = f"{row.get('author_first_name', '')} {row.get('author_last_name', '')}".strip()
    shown = next((name for name in (row.get("author_display_name", ""), full, login) if name and "@" not in name), "")
    names |= dict.fromkeys((login, re.sub(r"\W+", "-", login.lower()).strip("-")), shown)


def _reason(values: dict[str, str]) -> str:
    """Return why an item is no published post, or an empty text."""
    kind, status = values.get("post_type") or "post", values.get("status", "")
    if kind in TYPES:
        return TYPES[kind]
    if kind != "post":
        return f"of the type {kind[:60]!r}, not a post"
    if not status:
        return "no status, so it may be a draft; left out"
    if status != "publish":
        return STATUSES.get(status, f"of the status {status[:60]!r}, not published")
    return "protected by a password" if values.get("post_password") else ""


def _called(values: dict[str, str]) -> str:
    title = _line(values.get("title", ""))[:200]
    return title if title and "@" not in title else f"item {values.get('post_id', '')}".strip()


def _post(item: _Item, names: dict[str, str], document: Document) -> RawPost:
    values = item.values
    post = RawPost(file=document.name, sha256=document.sha256, body="", retrieved_at=document.retrieved_at)
    post.problems += document.problems
    if item.fault:
        post.problems.append(f"the export is broken here ({item.fault}); a part of the text or of the comments may be missing.")
    post.title = " ".join(to_blocks(values.get("title", "")).removeprefix("# ").split())
    post.url = values.get("link") or None
    post.address = address(post.url)
    day = _day(values.get("post_date", ""), values.get("post_date_gmt", ""), values.get("pubDate", ""))
    post.published, post.published_precision = (day, "day") if day else (None, None)
    if day is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    terms: dict[str, list[str]] = {}
    for domain, nicename, name in item.terms:
        kept = terms.setdefault({"tag": "post_tag"}.get(domain, domain), [])
        value = nicename if domain == "language" else _author(nicename, name, names) if domain == "author" else name
        if value and value not in kept:
            kept.append(value)
    post.categories, post.tags = terms.get("category", []), terms.get("post_tag", [])
    post.series = next(iter(terms.get("series", [])), None)
    language = re.match(r"[a-z]{2,3}(?![a-z])", next(iter(terms.get("language", [])), ""))
    post.language = language[0] if language else None
    accounts = terms.get("author") or [_author("", values.get("creator", ""), names)]
    root = parse(as_shown(values.get("encoded", ""), item.meta.get("footnotes", "")))[0].body
    if root is not None:
        fill_body(post, root, accounts)
    post.author_roles = post.author_roles or [""] * len(post.authors)
    post.comments = _comments(item.comments)
    return post


def _author(nicename: str, text: str, names: dict[str, str]) -> str:
    """Return the name of an account or guest author, or an empty text where it is nobody's."""
    return signed(_line(names.get(text) or names.get(nicename.removeprefix("cap-")) or text))


def _day(*texts: str) -> date | None:
    """Return the first date that can be read; WordPress writes 0000-00-00 or the year -0001 for none."""
    return next((found[0] for text in texts if (found := printed_day(text))), None)


def _comments(rows: list[dict[str, str]]) -> list[RawComment]:
    """Return the approved comments; pingbacks and trackbacks are other blogs' links, not comments."""
    shown = [row for row in rows if row.get("comment_approved") == "1" and row.get("comment_type", "") in ("", "comment")]
    place = {row.get("comment_id", ""): n for n, row in enumerate(shown, start=1)}
    place.pop("", None)
    comments = []
    for row in shown:
        name, text = _line(row.get("comment_author", "")), to_blocks(paragraphs(row.get("comment_content", "")))
        day = _day(row.get("comment_date", ""), row.get("comment_date_gmt", ""))
        comments.append(RawComment("" if "@" in name else name, text, day, place.get(row.get("comment_parent", ""))))
    return comments
