"""Ghost's own export (Settings, Labs or Import/Export) and answers of its Content API: one JSON file with every post.

Shapes: `{"db": [{"meta", "data"}]}` (Ghost 0.x to 6.x), `{"meta", "data"}`, and `{"posts": [...]}` of the Content API.

Fields of a post: `title`, `slug`, `status`, `type` (before 3.0 `page`), `published_at`, `html`, else `lexical`, `mobiledoc` or `markdown`
(see `ghost_editor`), `url`, `canonical_url`, `locale`, `access`, `author_id`, and in the Content API `tags`, `authors`, `primary_author`.
Tables joined: `posts_tags` and `tags`, `posts_authors` and `users`, each by `sort_order`; before 1.22 a post has `author_id` alone.
`settings`: `title`, `url`, `permalinks`, and `timezone` (before: `activeTimezone`, `active_timezone`).

Quirks:

- Dates are milliseconds (before 1.0) or ISO 8601 in UTC; the day is the day in the blog's time zone, as readers saw it. A date of the
  Content API carries the blog's offset, and its own day counts.
- Ghost has tags only, and they are what a Ghost blog is browsed by: tag pages, navigation, the primary tag (the first one) above the title.
  So they are `categories`, the first one first, and `tags` stays empty: one list under two names would count twice.
- Internal tags (`visibility` is `internal`, or the name begins with `#`) are the blog's housekeeping and never shown.
- `canonical_url` is filled in by hand when a post stood elsewhere first, so it gives `reprinted_from`; an address on the blog itself, a
  relative one, or one that begins with `__GHOST_URL__` says nothing.
- The export does not know the blog's address; posts have a `url` only where `settings` or the post itself has one.
- A bio belongs to a user, not to a post: it is the author's note only of a post with one author.
- Drafts, scheduled posts, pages, and newsletters sent by e-mail only (`sent`) are skipped. `custom_excerpt` and `plaintext` are no text.
- Buttons, bookmarks, files, products, sign-up forms and calls to action (`kg-*-card`) are no text; callouts and toggles are.
- Users' e-mails and passwords, members and keys, which exports hold too, are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from discourse.load.body.article import compose
from discourse.load.body.blocks import link_notes, to_blocks
from discourse.load.body.dates import read_date
from discourse.load.body.fragment import line_of_html, parse_fragment
from discourse.load.body.json_file import parse_json, plain
from discourse.load.body.notes import RawNote
from discourse.load.ghost.editor import from_lexical, from_markdown, from_mobiledoc
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.tables import RawPost

__all__ = ["read"]

NO_TEXT = ", ".join(
    f".kg-{name}" for name in (
        "signup-card", "file-card", "audio-card", "video-card", "product-card", "cta-card", "nft-card", "bookmark-card", "button-card",
        "callout-emoji", "toggle-heading-icon", "toggle-card-icon", "email-card",
    )
)  # fmt: skip
SKIPPED = {"draft": "a draft", "scheduled": "not published yet", "sent": "sent by e-mail only, never on the blog"}
ZONES = ("timezone", "activeTimezone", "active_timezone")
SECONDS = 100_000_000_000
Row = Mapping[str, Any]


def read(document: Document, hints: Hints) -> Page:
    """Read one export, or one answer of the Content API.

    Raises
    ------
    LeftOut : it is JSON, but nothing of Ghost's.
    InputError : it is not JSON, or cut off.
    """
    value = parse_json(document.data)
    page, seen = Page(), False
    for data in _data(value):
        seen = True
        _read_data(data, document, page)
    if not seen:
        raise LeftOut("JSON, but no export of a Ghost blog")
    return page


def _data(value: Any) -> Iterator[Row]:
    """Yield each set of tables of an export."""
    parts = value.get("db") if isinstance(value, dict) else None
    for part in parts if isinstance(parts, list) else [value]:
        inner = part.get("data") if isinstance(part, dict) else None
        data = inner if isinstance(inner, dict) else part
        if isinstance(data, dict) and isinstance(data.get("posts"), list):
            yield data


def _read_data(data: Row, document: Document, page: Page) -> None:
    settings = _settings(data.get("settings"))
    zone = _zone(next((settings[name] for name in ZONES if plain(settings.get(name))), ""))
    tags, users = _by_id(data, "tags"), _by_id(data, "users")
    tagged, signed = _joined(data, "posts_tags", "tag_id"), _joined(data, "posts_authors", "author_id")
    for row in _rows(data, "posts"):
        title = plain(row.get("title")).strip()
        if reason := _skipped(row):
            page.skipped.append((title or plain(row.get("slug")) or "without a title", reason))
            continue
        post = RawPost(file=document.name, sha256=document.sha256, body="", title=line_of_html(title) if "<" in title else title)
        key = str(row.get("id"))
        post.problems += document.problems
        post.retrieved_at = document.retrieved_at
        _date(post, row, zone)
        _address(post, row, settings)
        named = [tags[tag] for tag in tagged.get(key, ()) if tag in tags] or _rows(row, "tags")
        post.categories = _public(named) if "posts_tags" in data or isinstance(row.get("tags"), list) else None
        _sign(post, row, [users[user] for user in signed.get(key, ()) if user in users], users)
        if re.fullmatch(r"[a-z]{2}(?:[-_]\w+)?", locale := plain(row.get("locale")).lower()):
            post.language = locale[:2]
        _body(post, row)
        page.posts.append(post)
    known = {"title": settings.get("title"), "url": settings.get("url"), "categories": _public(tags.values())}
    page.source |= {name: known_value for name, known_value in known.items() if known_value and name not in page.source}


def _rows(data: Row, name: str) -> list[Row]:
    rows = data.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _settings(value: Any) -> dict[str, str]:
    """Return the blog's settings: rows of `key` and `value` in an export, one table in the Content API."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    rows = value if isinstance(value, list) else []
    found = ((row.get("key"), row.get("value")) for row in rows if isinstance(row, dict))
    return {key: plain(inner) for key, inner in found if isinstance(key, str)}


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):  # no such zone, or a name that is no name of a file
        return None


def _by_id(data: Row, name: str) -> dict[str, Row]:
    return {str(row.get("id")): row for row in _rows(data, name)}


def _joined(data: Row, name: str, column: str) -> dict[str, list[str]]:
    """Return post -> what a table joins to it, in its `sort_order`."""

    def place(row: Row) -> float:
        order = row.get("sort_order")
        return order if isinstance(order, int | float) else 0

    found: dict[str, list[str]] = {}
    for row in sorted(_rows(data, name), key=place):
        found.setdefault(str(row.get("post_id")), []).append(str(row.get(column)))
    return found


def _skipped(row: Row) -> str:
    """Return why a row is no post of the blog, or an empty text."""
    if row.get("type") == "page" or row.get("page") in (1, True, "1"):
        return "a page, not a post"
    status = row.get("status")
    return "" if status in (None, "published") else SKIPPED.get(str(status), f"its status is {str(status)[:40]!r}")


def _public(rows: Any) -> list[str]:
    """Return the names of tags that readers see."""
    shown = [row for row in rows if row.get("visibility") != "internal" and not plain(row.get("name")).startswith("#")]
    return list(dict.fromkeys(name for row in shown if (name := plain(row.get("name")).strip())))


def _date(post: RawPost, row: Row, zone: tzinfo | None) -> None:
    day = _day(row.get("published_at"), zone)
    if found := read_date(day) if day else None:
        post.published, post.published_precision = found
    else:
        post.problems.append("no date that can be read; kept without one, so in no chart over time.")


def _day(value: Any, zone: tzinfo | None) -> date | None:
    """Return the day of a moment where the blog is; without a zone its own offset counts, and else UTC."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{9,14}", value)):
            number = float(value)
            moment = datetime.fromtimestamp(number / 1000 if abs(number) > SECONDS else number, UTC)
        elif isinstance(value, str):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return date.fromisoformat(value)
            moment = datetime.fromisoformat(value)
            if moment.tzinfo and moment.utcoffset():
                return moment.date()
            moment = moment.replace(tzinfo=UTC)
        else:
            return None
        return moment.astimezone(zone or UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _address(post: RawPost, row: Row, settings: Mapping[str, str]) -> None:
    own, home = plain(row.get("url")), settings.get("url", "")
    if not _is_web(own) and _is_web(home) and (slug := plain(row.get("slug"))):
        day = post.published.isoformat().split("-") if post.published else ["", "", ""]
        known = {"slug": slug, "id": str(row.get("id")), "year": day[0], "month": day[1], "day": day[2]}
        path = settings.get("permalinks", "")
        path = re.sub(r":(slug|id|year|month|day)\b", lambda m: known[m[1]], path if ":slug" in path or ":id" in path else "/:slug/")
        own = urljoin(home.rstrip("/") + "/", path.lstrip("/"))
    post.url = own if _is_web(own) else None
    post.address = address(post.url)
    canonical = plain(row.get("canonical_url"))
    if _is_web(canonical) and _host(canonical) not in (_host(home), _host(own)):
        post.reprinted_from = canonical


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://")) and address(url) is not None


def _host(url: str) -> str:
    return (address(url) or "").partition("/")[0]


def _sign(post: RawPost, row: Row, joined: list[Row], users: Mapping[str, Row]) -> None:
    """Set the authors, and the bio of one who signs alone."""
    lone = next((person for name in ("primary_author", "author") if isinstance(person := row.get(name), dict)), None)
    people = joined or _rows(row, "authors") or [person for person in (lone, users.get(str(row.get("author_id")))) if person][:1]
    named = [(name, person) for person in people if (name := plain(person.get("name")).strip()) and "@" not in name]
    post.authors = list(dict.fromkeys(name for name, _ in named))
    post.author_roles = [""] * len(post.authors)
    if len(post.authors) == 1 and (bio := " ".join(plain(named[0][1].get("bio")).split())):
        post.author_note = bio


def _body(post: RawPost, row: Row) -> None:
    html = plain(next(filter(str.strip, _bodies(row)), ""))
    root = parse_fragment(html, post.problems)
    notes: list[RawNote] = []
    if root is not None:
        for node in reversed(list({node.mem_id: node for node in root.css(NO_TEXT)}.values())):  # the inner ones first, each once
            node.decompose()
        notes = [RawNote(number, text) for number, text in link_notes(root)]
        compose(post, to_blocks(root), notes=notes)
    post.cut = row.get("access") is False
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")


def _bodies(row: Row) -> Iterator[str]:
    """Yield the body as HTML from each place where it may be kept, made only when the places before are empty."""
    yield plain(row.get("html"))
    for name, made in (("lexical", from_lexical), ("mobiledoc", from_mobiledoc), ("markdown", from_markdown)):
        if source := plain(row.get(name)):
            yield made(source)
