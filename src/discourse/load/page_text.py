"""The text of a blog page as copied from a browser: navigation, posts, notes, comments and sidebar run together.

Seen on HRNK's Hidden Gulag blog (Weebly). A post is: title; a line with the date alone (`2/22/2022`); `1 Comment`;
`Picture`; byline lines (`By …`, `Edited by …`); a dateline; paragraphs, one a line; section headings, short lines
without a stop; the author's biography; footnotes `[1] …`; comments (name, date with a time, text, `Reply`); `Leave a
Reply.` and the sidebar.

- The page lists the blog's categories, not the post's: they go to the source, and the post's are unknown (null).
- The sidebar is printed twice; nothing after the comments belongs to a post.
- Numbered dates do not show their order: it is settled over the whole page, by a value above 12 or by the dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from discourse.errors import InputError
from discourse.load.bylines import closing_note, read_byline, reprint_note
from discourse.load.dates import NUMBERS, number_order, read_date
from discourse.load.html import NOTE_CLOSE, NOTE_OPEN
from discourse.load.notes import RawNote, cited_works
from discourse.load.reading import read_text
from discourse.tables import RawComment, RawPost

__all__ = ["Page", "read"]

HEADER_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
COUNT = re.compile(r"(?:\d+|No) Comments?", re.IGNORECASE)
COMMENT_DATE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) \d{1,2}:\d{2}(?::\d{2})? ?[ap]m", re.IGNORECASE)
NOTE = re.compile(r"\[(\d{1,3}|[ivxl]{1,6})\]\s+(\S.*)")
MARKER = re.compile(r"\[(\d{1,3}|[ivxl]{1,6})\]")
REPLY = re.compile(r"Leave a Reply\.?", re.IGNORECASE)
SIDEBAR = re.compile(r"(?:Dedication|Archives|Categories|RSS Feed)", re.IGNORECASE)
LIST_END = re.compile(r"(?:RSS Feed|Archives|Contact Us|Submit.*)", re.IGNORECASE)
PICTURE = re.compile(r"(?:Picture|Photo|Image)")
LONGEST_HEADING = 12
LONGEST_TITLE = 25
LONGEST_IN_SIDEBAR = 6
LONGEST_IN_NOTE = 60


@dataclass
class Page:
    """What one page holds: its posts, and what it says of the blog."""

    posts: list[RawPost] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)


def read(path: Path, relative: str, *, date_order: str | None = None) -> Page:
    """Read one page.

    Parameters
    ----------
    path : the file.
    relative : its name in messages and ids.
    date_order : `dmy` or `mdy`, where it is known.

    Raises
    ------
    InputError : it cannot be decoded, or holds no post.
    """
    text, digest = read_text(path)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    headers = _headers(lines)
    if not headers:
        raise InputError("no line with a date alone, such as 2/22/2022, so no post is recognised; name the format with --format.")
    order = date_order or _order(lines)
    page = Page(source={"categories": _categories(lines), "date_order": order})
    titles = [_title_before(lines, i) for i in headers]
    for k, header in enumerate(headers):
        stop = titles[k + 1] if k + 1 < len(headers) else len(lines)
        post = RawPost(file=relative, sha256=digest, body="", title=lines[titles[k]] if titles[k] >= 0 else "")
        _fill(post, lines[header], lines[header + 1 : stop], order)
        page.posts.append(post)
    return page


def _headers(lines: list[str]) -> list[int]:
    """Return the lines with the date of a post: the first date alone on a line, and each later one that stands under a title.

    A date alone inside a body stands under a sentence, and neither comment count, byline nor `Picture` follows it.
    """
    found: list[int] = []
    for i, line in enumerate(lines):
        if HEADER_DATE.fullmatch(line):
            above = lines[_title_before(lines, i)]
            near = [after for after in lines[i + 1 : i + 12] if after][:4]
            follows = any(COUNT.fullmatch(n) or PICTURE.fullmatch(n) or read_byline(n) for n in near)
            if not found or (follows and len(above.split()) <= LONGEST_TITLE and not above.endswith((".", "!", ";", ","))):
                found.append(i)
    return found


def _title_before(lines: list[str], header: int) -> int:
    """Return the index of the title: the nearest line above the date that says something."""
    return next((i for i in range(header - 1, -1, -1) if lines[i]), -1)


def _order(lines: list[str]) -> str | None:
    """Settle the order of numbered dates from the page: a value above 12, or a dateline that spells the header's day."""
    numbered = [m[1] if (m := COMMENT_DATE.fullmatch(line)) else line for line in lines]
    numbered = [line for line in numbered if NUMBERS.fullmatch(line)]
    if settled := number_order(numbered):
        return settled
    spelled = {found[0] for line in lines if len(line) < 40 and (found := read_date(line)) and found[1] == "day"}
    for order in ("mdy", "dmy"):
        if any((found := read_date(line, order=order)) and found[0] in spelled for line in numbered):
            return order
    return None


def _categories(lines: list[str]) -> list[str]:
    """Return the blog's own list of categories from its sidebar, in order, without the entry for all."""
    if "Categories" not in lines:
        return []
    found: list[str] = []
    for line in lines[lines.index("Categories") + 1 :]:
        if LIST_END.fullmatch(line):
            break
        if line and line != "All":
            found.append(line)
    return list(dict.fromkeys(found))


def _fill(post: RawPost, header: str, lines: list[str], order: str | None) -> None:
    found = read_date(header, order=order)
    if found is None:
        post.problems.append(f"the date {header!r} may be read in two ways; kept without one: say --date-order dmy or mdy.")
    else:
        post.published, post.published_precision = found
    content, rest, printed = _split(lines)
    blocks, notes, after = _notes(_front(post, content), post.authors)
    post.notes = cited_works([RawNote(number, text) for number, text in notes.items()])
    note, blocks = closing_note([*blocks, *after], post.authors)
    post.author_note = note
    post.reprinted_from = next(filter(None, map(reprint_note, blocks[:2] + blocks[-2:])), None)
    blocks = [f"# {b}" if _is_heading(b, blocks[i + 1 : i + 2]) else b for i, b in enumerate(blocks)]
    post.body = MARKER.sub(lambda m: f"{NOTE_OPEN}{m[1]}{NOTE_CLOSE}" if m[1] in notes else m[0], "\n\n".join(blocks))
    post.comments = _comments(rest, order)
    if printed is not None and printed != len(post.comments):
        post.problems.append(f"the page says {printed} comments, and {len(post.comments)} were read.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")


def _split(lines: list[str]) -> tuple[list[str], list[str], int | None]:
    """Part the post's own lines from its comments; return both, and how many comments the page says there are."""
    content: list[str] = []
    for i, line in enumerate(lines):
        if _ends(lines, i):
            break
        if COUNT.fullmatch(line) and any(content):
            following = lines[i + 1 :]
            stop = next((k for k in range(len(following)) if _ends(following, k)), len(following))
            return content, following[:stop], int(line.split()[0]) if line[0].isdigit() else 0
        if line and not COUNT.fullmatch(line) and not PICTURE.fullmatch(line):
            content.append(line)
    return content, [], None


def _ends(lines: list[str], i: int) -> bool:
    """Return whether post and comments are over: `Leave a Reply`, or a word of the sidebar with a short line under it.

    A section of the post may be called "Archives"; then a paragraph follows.
    """
    if REPLY.fullmatch(lines[i]):
        return True
    following = next((after for after in lines[i + 1 :] if after), "")
    return bool(SIDEBAR.fullmatch(lines[i])) and len(following.split()) <= LONGEST_IN_SIDEBAR


def _notes(lines: list[str], authors: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """Part the body from the notes at its end; a line under a note goes on with it, unless it is a biography or too long."""
    first = next((i for i, line in enumerate(lines) if NOTE.fullmatch(line)), len(lines))
    notes: dict[str, str] = {}
    after: list[str] = []
    last = ""
    for line in lines[first:]:
        if match := NOTE.fullmatch(line):
            last = match[1]
            notes[last] = match[2]
        elif read_byline(line) or closing_note(["", line], authors)[0] or len(line.split()) > LONGEST_IN_NOTE:
            after.append(line)
        else:
            notes[last] += f" {line}"
    return lines[:first], notes, after


def _front(post: RawPost, content: list[str]) -> list[str]:
    """Take byline and dateline off the head of a post and return the lines that follow."""
    for i, line in enumerate(content):
        if byline := read_byline(line):
            post.authors += byline.authors
            post.author_roles += byline.roles
            post.editors += byline.editors
            post.translators += byline.translators
        elif (dateline := read_date(line)) and len(line) < 40:
            if post.published is None:
                post.published, post.published_precision = dateline
        else:
            return content[i:]
    return []


def _is_heading(line: str, following: list[str]) -> bool:
    short = len(line.split()) <= LONGEST_HEADING and line[-1] not in '.!?:;,…”"' and not MARKER.search(line)
    return short and bool(following) and len(following[0].split()) > LONGEST_HEADING


def _comments(lines: list[str], order: str | None) -> list[RawComment]:
    """Read comments: a name, a date with a time, then text up to `Reply`."""
    comments: list[RawComment] = []
    text: list[str] = []
    name, day = "", None
    for i, line in enumerate(lines):
        following = next((after for after in lines[i + 1 :] if after), "")
        if (match := COMMENT_DATE.fullmatch(line)) and name:
            found = read_date(match[1], order=order)
            day = found[0] if found else None
        elif line and COMMENT_DATE.fullmatch(following):
            if name and text:  # a closed thread has no `Reply` line between comments
                comments.append(_comment(name, text, day))
            name, text = line, []
        elif line == "Reply" and name:
            comments.append(_comment(name, text, day))
            name = ""
        elif line:
            text.append(line)
    if name and text:
        comments.append(_comment(name, text, day))
    return comments


def _comment(name: str, text: list[str], day: date | None) -> RawComment:
    return RawComment(author=name, text="\n\n".join(text), published=day)
