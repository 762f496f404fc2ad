"""Comments under a Blogger post, in each of the shapes that templates give them.

- Layouts and before: `dl#comments-block`, `dt.comment-author` ("Ann said..."), `dd.comment-body`, `.comment-timestamp`; before 2006
  `dt.comment-data` ("At 10:03 AM, Ann said…").
- Threads: `li.comment` with `.user`, `.datetime`, `.comment-content`; replies are `li.comment` within it.
- Version 2 without threads: `div.comment` with `.comment-author`, `.comment-body`, `.comment-timestamp`.

The printed date is read where it can be; else the day comes from the moment in the comment's link and the offset of the post's date.
Removed comments are left out, and so is the address of whoever wrote one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN, to_blocks
from discourse.load.body.dates import read_date
from discourse.tables import RawComment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["read_comments"]

ITEMS = frozenset((("li", "comment"), ("div", "comment"), ("dt", "comment-author"), ("dt", "comment-data")))
PARTS = (
    "li.comment, div.comment, dt.comment-author, dt.comment-data, div.comment-author, .user, .datetime, .comment-timestamp, "
    ".comment-content, .comment-body"
)
OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")
MOMENT = re.compile(r"showComment=(\d{10})\d{3}(?!\d)")
SAID = re.compile(r"\s+said\W*$")
AT = re.compile(r"^.*?\d{1,2}:\d{2}[^,]*,\s*", re.DOTALL)
NUMBERS = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}")
HIGHEST = 8


@dataclass
class _Met:
    """A comment as far as its parts were met."""

    node: LexborNode
    author: str = ""
    when: str = ""
    link: str = ""
    text: str = ""
    removed: bool = False


def read_comments(tree: LexborHTMLParser, stamp: str, problems: list[str]) -> list[RawComment]:
    """Return the comments of a post page, and say in `problems` when the page counts more.

    Parameters
    ----------
    stamp : the post's date in ISO 8601, whose offset is the blog's.
    """
    place = tree.css_first("#comments")
    if place is None:
        return []
    met: list[_Met] = []
    for node in place.css(PARTS):
        classes = set((node.attributes.get("class") or "").split())
        if any(node.tag == tag and name in classes for tag, name in ITEMS):
            met.append(_Met(node))
        if met:
            _take(met[-1], node, classes)
    comments: list[RawComment] = []
    places: dict[int, int] = {}
    for comment in met:
        if comment.text and not comment.removed:
            answered = places.get(_above(comment.node))
            comments.append(_comment(comment, answered, stamp))
            places[comment.node.mem_id] = len(comments)
    said = _count(place)
    if said > len(comments) + sum(comment.removed for comment in met):
        problems.append(f"the page says {said} comments, and {len(comments)} were read.")
    return comments


def _take(comment: _Met, node: LexborNode, classes: set[str]) -> None:
    """Put one part where it belongs; of each kind the first counts."""
    if classes & {"comment-author", "comment-data", "user"}:
        comment.author = comment.author or _name(node)
    elif classes & {"comment-content", "comment-body"}:
        comment.removed = comment.removed or "deleted" in classes or node.css_first(".deleted-comment") is not None
        comment.text = comment.text or to_blocks(node).replace(NOTE_OPEN, "").replace(NOTE_CLOSE, "")
    elif classes & {"datetime", "comment-timestamp"}:
        link = node.css_first("a[href]")
        comment.link = comment.link or ((link.attributes.get("href") or "") if link else "")
        comment.when = comment.when or " ".join((link or node).text().split())


def _name(node: LexborNode) -> str:
    """Return who wrote: the words of a link, or the first line without "said"."""
    for link in node.css("a[href]"):
        if "permalink" not in (link.attributes.get("title") or "") and (name := " ".join(link.text().split())):
            return name
    lines = [line.strip() for line in AT.sub("", node.text()).split("\n") if line.strip()]
    return SAID.sub("", " ".join(lines[0].split())) if lines else ""


def _above(node: LexborNode) -> int:
    """Return the identity of the comment that a comment stands in, or 0."""
    above = node.parent
    for _ in range(HIGHEST):
        if above is None:
            return 0
        if above.tag == "li" and "comment" in (above.attributes.get("class") or "").split():
            return above.mem_id
        above = above.parent
    return 0


def _comment(met: _Met, answered: int | None, stamp: str) -> RawComment:
    comment = RawComment(met.author, met.text, reply_to=answered)
    found = read_date(met.when)
    comment.published = found[0] if found and found[1] == "day" else _moment(met.link, stamp)
    if comment.published is None and (printed := NUMBERS.match(met.when)):
        comment.printed = printed[0]
    return comment


def _moment(link: str, stamp: str) -> date | None:
    """Return the day of the moment in a comment's link, where the blog is."""
    match = MOMENT.search(link)
    if not match:
        return None
    offset = OFFSET.search(stamp)
    shift = int(offset[1] + "1") * timedelta(hours=int(offset[2]), minutes=int(offset[3])) if offset else timedelta()
    return (datetime.fromtimestamp(int(match[1]), UTC) + shift).date()


def _count(place: LexborNode) -> int:
    """Return how many comments the page says there are, 0 when it does not say."""
    heading = place.css_first("h3, h4")
    said = re.search(r"\d{1,5}", place.attributes.get("data-num-comments") or (heading.text() if heading else ""))
    return int(said[0]) if said else 0
