"""The text of blog pages as copied from a browser: navigation, posts, notes, comments and sidebar run together.

Seen on HRNK's Hidden Gulag blog (Weebly). A post is: title; a line with the date alone (`2/22/2022`); `1 Comment`;
`Picture`; byline lines (`By …`, `Edited by …`); a dateline; paragraphs, one a line; section headings, short lines
without a stop; the author's biography; footnotes `[1] …`; comments (name, date with a time, text, `Reply`); `Leave a
Reply.` and the sidebar. Listings hold many posts, whose titles, dates and bylines may run together: `text_posts` parts them.

- The page lists the blog's categories, not the post's: they go to the source, and the post's are unknown (null).
- The sidebar is printed twice; nothing after the comments belongs to a post.
- Numbered dates do not show their order: it is settled over the whole page, by a value above 12 or by the dateline.
- What could not be told apart is a problem of its post: no post is lost, and none joined to another without a word.
"""

from __future__ import annotations

import re

from discourse.errors import InputError
from discourse.load.body.article import compose
from discourse.load.body.asides import is_credit
from discourse.load.body.bylines import opens_byline, read_byline
from discourse.load.body.dates import read_date
from discourse.load.body.footnotes import MARKER
from discourse.load.body.run_together import dateline_of, leading_dateline, part_front
from discourse.load.page import Hints, Page
from discourse.load.reading import Document
from discourse.load.text.lines import COUNT, PICTURE, lines_of
from discourse.load.text.posts import COMMENT_DATE, Part, ends, part_posts
from discourse.tables import RawComment, RawPost

__all__ = ["date_by_name", "page_of", "read", "to_blocks"]

LIST_END = re.compile(r"(?:RSS Feed|Archives|Contact Us|Submit.*|\|)")
FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.](\d\d)(?:[-_.](\d\d))?(?!\d)")
BULLET = re.compile(r"^[•·▪◦]\s*")
LONGEST_HEADING = 12
LONGEST_QUESTION = 8


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    InputError : it cannot be decoded, or holds no post.
    """
    lines = lines_of(document.strict_text)
    parts = part_posts(lines)
    if not parts:
        raise InputError("no line with a date alone, such as 2/22/2022, so no post is recognised; name the format with --format.")
    return page_of(document, lines, parts)


def page_of(document: Document, lines: list[str], parts: list[Part]) -> Page:
    """Return the posts of a text, and what its sidebar says of the blog."""
    page = Page(source={"categories": _categories(lines)})
    for part in parts:
        post = RawPost(file=document.name, sha256=document.sha256, body="", title=part.title, printed=part.printed)
        post.problems += [*document.problems, *part.problems]
        dateline = _fill(post, part.lines)
        if part.printed:
            page.dates.append((part.printed, dateline))
        if len(parts) == 1:
            date_by_name(post, document.name)
        if not (post.published or post.printed):
            post.problems.append("no date; kept without one, so in no chart over time.")
        page.posts.append(post)
    page.dates += [(match[1], "") for line in lines if (match := COMMENT_DATE.fullmatch(line))]
    return page


def date_by_name(post: RawPost, name: str) -> None:
    """Date a post by its file's name where it has no dateline, or where that says the month and the name a day of it.

    >>> post = RawPost("a.txt", "", "")
    >>> date_by_name(post, "blog/2020-10-28-the-wall.txt")
    >>> post.published.isoformat(), post.published_precision
    ('2020-10-28', 'day')
    """
    match = FILE_DAY.search(name.rpartition("/")[2])
    found = read_date("-".join(filter(None, match.groups()))) if match else None
    if not found or post.printed or post.published_precision == "day":
        return
    if post.published is None or found[0].isoformat()[:7] == post.published.isoformat()[:7]:
        post.published, post.published_precision = found


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
    """Fill a post from the lines under its header, and return the day of its dateline."""
    content, rest, printed = _split(lines)
    dateline = compose(post, to_blocks(content))
    post.comments = _comments(rest)
    if printed is not None and printed != len(post.comments):
        post.problems.append(f"the page says {printed} comments, and {len(post.comments)} were read.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    return dateline


def to_blocks(lines: list[str]) -> str:
    """Return lines of text as blocks: bylines and datelines on their own, short lines above text as headings."""
    parted: list[str] = []
    signed = False
    for line in filter(None, lines):
        front = part_front(line) if opens_byline(line) else leading_dateline(line) if signed else [line]
        signed = opens_byline(line) is not None
        parted += front
    text = next((i for i, line in enumerate(parted) if len(line.split()) > LONGEST_HEADING and not read_byline(line)), len(parted))
    headings = [_is_heading(line, parted[i + 1 : i + 2]) and not (i < text and dateline_of(line)) for i, line in enumerate(parted)]
    return "\n\n".join(f"# {line}" if heading else BULLET.sub("- ", line) for line, heading in zip(parted, headings, strict=True))


def _split(lines: list[str]) -> tuple[list[str], list[str], int | None]:
    """Part the post's own lines from its comments; return both, and how many comments the page says there are."""
    content: list[str] = []
    for i, line in enumerate(lines):
        if ends(lines, i):
            break
        counted = bool(COUNT.fullmatch(line)) and any(content)
        if counted or (line and COMMENT_DATE.fullmatch(next(filter(None, lines[i + 1 :]), ""))):
            following = lines[i + counted :]
            stop = next((k for k in range(len(following)) if ends(following, k)), len(following))
            printed = (int(line.split()[0]) if line[0].isdigit() else 0) if counted else None
            return content, following[:stop], printed
        if line and line != "|" and not COUNT.fullmatch(line) and not PICTURE.fullmatch(line) and not is_credit(line):
            content.append(line)
    return content, [], None


def _is_heading(line: str, following: list[str]) -> bool:
    """Return whether a line is a heading: short, without a stop, or a short question, above a longer line."""
    asks = line.endswith("?") and len(line.split()) <= LONGEST_QUESTION
    short = len(line.split()) <= LONGEST_HEADING and (asks or line[-1] not in '.!?:;,…”"') and line[0] not in "#[-•©"
    if not short or not following or len(following[0].split()) <= LONGEST_HEADING:
        return False
    return not MARKER.search(line) and not read_byline(line)


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
