"""Posts of a WordPress blog as its REST API gives them: saved answers of `/wp-json/wp/v2/posts?_embed&per_page=100&page=1`.

A file is one post or a list of posts. Fields: `link`, `title`,
`content`, `date` (the blog's own day; `date_gmt` is not), `status`, `type`; `_embedded.author` or `coauthors`, `authors` (Co-Authors Plus,
PublishPress); `_embedded['wp:term']`, of which `category` and `post_tag`; `_embedded.replies`, as lists in lists; `lang` (Polylang, WPML).

Quirks:

- Without `_embed` the author is a number and categories are numbers: both unknown, and said so.
- Blogs that hide their users embed `{"code": "rest_cannot_access", …}` in place of the author (Global Voices).
- `content.protected` marks a post behind a password, whose text is empty. Drafts, pages and other types are skipped.
- Replies hold a commenter's address and avatar, which are not read; pingbacks have another `type`.
- A saved error is an object with `code` and `message` (`rest_post_invalid_page_number` is what the page after the last says).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from discourse.load.body.blocks import to_blocks
from discourse.load.body.dates import day_in_url, read_date
from discourse.load.body.json_file import parse_json, plain
from discourse.load.body.parsing import parse
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.load.wordpress.body import fill_body, unique
from discourse.tables import RawComment, RawPost

__all__ = ["read"]


def read(document: Document, hints: Hints) -> Page:
    """Read one saved answer.

    Raises
    ------
    LeftOut : it is an answer without posts.
    InputError : it is no JSON.
    """
    page = Page()
    value = parse_json(document.text)
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            page.skipped.append((_line(item), "not an object, so not a post"))
        elif reason := _no_post(item):
            page.skipped.append((_text(item.get("title")) or f"item {_line(item.get('id'))}", reason))
        else:
            page.posts.append(_post(document, item))
    if not page.posts:
        raise LeftOut(f"no post in it ({page.skipped[0][1]})" if page.skipped else "an empty list")
    page.source = {"url": _home(page.posts[0].url)}
    return page


def _line(value: Any) -> str:
    return " ".join(plain(value).split())[:40] if isinstance(value, str) else str(value) if isinstance(value, int) else type(value).__name__


def _text(value: Any) -> str:
    """Return a text that may be an object with the key `rendered`, as one line without markup."""
    value = value.get("rendered") if isinstance(value, Mapping) else value
    return " ".join(to_blocks(plain(value)).removeprefix("# ").split())


def _no_post(item: Mapping[str, Any]) -> str:
    """Return why an object is no post to load, or an empty text."""
    content = item.get("content")
    if "message" in item and "content" not in item:
        return f"an error of the blog: {_line(item['message'])}"
    if item.get("type", "post") != "post":
        return f"of type {_line(item['type'])}, not a post"
    if item.get("status", "publish") != "publish":
        return f"not published ({_line(item['status'])})"
    if not isinstance(content, Mapping) or not isinstance(content.get("rendered"), str):
        return "without content; save the answer with its content"
    return "a post behind a password" if content.get("protected") is True else ""


def _post(document: Document, item: Mapping[str, Any]) -> RawPost:
    post = RawPost(document.name, document.sha256, "", retrieved_at=document.retrieved_at)
    post.problems += document.problems
    post.title = _text(item.get("title"))
    post.url = plain(item.get("link")) or plain(_rendered(item.get("guid"))) or None
    post.address = address(post.url)
    embedded = item.get("_embedded")
    embedded = embedded if isinstance(embedded, Mapping) else {}
    post.categories, tags = _terms(embedded, "category"), _terms(embedded, "post_tag")
    post.tags = tags or []
    accounts = next((names for key in ("coauthors", "authors") if (names := _names(item.get(key)))), None) or _names(embedded.get("author"))
    if day := day_in_url(post.url, read_date(item.get("date"))):
        post.published, post.published_precision = day
    root = parse(plain(item["content"]["rendered"]))[0].body
    if root is not None:
        fill_body(post, root, accounts)
    language = item.get("lang")
    post.language = match[0] if isinstance(language, str) and (match := re.match(r"[a-z]{2,3}\b", language)) else None
    post.comments = _comments(embedded.get("replies"))
    if post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    if not post.authors:
        post.problems.append("the author is a number or hidden; save the answer with _embed, or the posts' pages too.")
    if post.categories is None:
        post.problems.append("categories are numbers; save the answer with _embed, or the posts' pages too.")
    return post


def _rendered(value: Any) -> Any:
    return value.get("rendered") if isinstance(value, Mapping) else value


def _listed(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list, also those in lists in it."""
    values = value if isinstance(value, list) else []
    flat = [inner for item in values for inner in (item if isinstance(item, list) else [item])]
    return [item for item in flat if isinstance(item, Mapping)]


def _names(value: Any) -> list[str]:
    """Return the names of accounts; an error in the place of one has no name."""
    return unique(_text(person.get("display_name") or person.get("name")) for person in _listed(value) if "code" not in person)


def _terms(embedded: Mapping[str, Any], taxonomy: str) -> list[str] | None:
    if "wp:term" not in embedded:
        return None
    return unique(_text(term.get("name")) for term in _listed(embedded["wp:term"]) if term.get("taxonomy") == taxonomy)


def _comments(value: Any) -> list[RawComment]:
    """Read replies from the oldest on, whatever their order; an answer to one that is not there stands for itself."""
    kept = [reply for reply in _listed(value) if reply.get("type", "comment") == "comment" and "code" not in reply]
    kept.sort(key=lambda reply: plain(reply.get("date")))
    places: dict[Any, int] = {}
    comments: list[RawComment] = []
    for reply in kept:
        text = to_blocks(plain(_rendered(reply.get("content"))))
        if reply.get("status", "approved") != "approved" or not text.strip():
            continue
        day = read_date(reply.get("date"))
        parent = reply.get("parent")
        comments.append(
            RawComment(
                _text(reply.get("author_name")), text, day[0] if day else None, places.get(parent) if isinstance(parent, int) else None
            )
        )
        if isinstance(reply.get("id"), int):
            places[reply["id"]] = len(comments)
    return comments


def _home(url: str | None) -> str | None:
    match = re.match(r"https?://[^/?#]+/", url or "")
    return match[0] if match else None
