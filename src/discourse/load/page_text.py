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

from discourse.errors import InputError
from discourse.load.article import compose
from discourse.load.bylines import read_byline
from discourse.load.footnotes import MARKER
from discourse.load.page import Hints, Page
from discourse.load.reading import Document
from discourse.tables import RawComment, RawPost

__all__ = ["read"]

HEADER_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
COUNT = re.compile(r"(?:\d+|No) Comments?", re.IGNORECASE)
COMMENT_DATE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) \d{1,2}:\d{2}(?::\d{2})? ?[ap]m", re.IGNORECASE)
REPLY = re.compile(r"Leave a Reply\.?", re.IGNORECASE)
SIDEBAR = re.compile(r"(?:Dedication|Archives|Categories|RSS Feed)", re.IGNORECASE)
LIST_END = re.compile(r"(?:RSS Feed|Archives|Contact Us|Submit.*)", re.IGNORECASE)
PICTURE = re.compile(r"(?:Picture|Photo|Image)")
LONGEST_HEADING = 12
LONGEST_TITLE = 25
LONGEST_IN_SIDEBAR = 6


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    InputError : it cannot be decoded, or holds no post.
    """
    lines = [" ".join(line.split()) for line in document.strict_text.split("\n")]
    headers = _headers(lines)
    if not headers:
        raise InputError("no line with a date alone, such as 2/22/2022, so no post is recognised; name the format with --format.")
    page = Page(source={"categories": _categories(lines)})
    titles = [_title_before(lines, i) for i in headers]
    for k, header in enumerate(headers):
        stop = titles[k + 1] if k + 1 < len(headers) else len(lines)
        post = RawPost(file=document.name, sha256=document.sha256, body="", title=lines[titles[k]] if titles[k] >= 0 else "")
        post.printed = lines[header]
        page.dates.append((lines[header], _fill(post, lines[header + 1 : stop])))
        page.posts.append(post)
    page.dates += [(match[1], "") for line in lines if (match := COMMENT_DATE.fullmatch(line))]
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


def _fill(post: RawPost, lines: list[str]) -> str:
    """Fill a post from the lines under its date, and return the day of its dateline."""
    content, rest, printed = _split(lines)
    blocks = [f"# {line}" if _is_heading(line, content[i + 1 : i + 2]) else line for i, line in enumerate(content)]
    dateline = compose(post, "\n\n".join(blocks))
    post.comments = _comments(rest)
    if printed is not None and printed != len(post.comments):
        post.problems.append(f"the page says {printed} comments, and {len(post.comments)} were read.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    return dateline


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


def _is_heading(line: str, following: list[str]) -> bool:
    short = len(line.split()) <= LONGEST_HEADING and line[-1] not in '.!?:;,…”"' and not MARKER.search(line)
    return short and bool(following) and len(following[0].split()) > LONGEST_HEADING and not read_byline(line)


def _comments(lines: list[str]) -> list[RawComment]:
    """Read comments: a name, a date with a time, then text up to `Reply`."""
    comments: list[RawComment] = []
    text: list[str] = []
    name = day = ""
    for i, line in enumerate(lines):
        following = next((after for after in lines[i + 1 :] if after), "")
        if (match := COMMENT_DATE.fullmatch(line)) and name:
            day = match[1]
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


def _comment(name: str, text: list[str], day: str) -> RawComment:
    return RawComment(author=name, text="\n\n".join(text), printed=day)
