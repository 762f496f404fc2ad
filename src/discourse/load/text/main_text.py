"""The text of a page as a main-text extractor leaves it: one post a file, often without title and date.

Seen in text that extractors leave of HRNK's Hidden Gulag blog (Weebly) and HRNK Insider (Blogger). Lines are paragraphs, blank or not
between; byline, editor, dateline and first sentence may run together in one paragraph, and the notes in the last one.

- **Title**: the first line when it is short and ends like a title; else empty, and a problem says so.
- **Date**: the dateline, above the title or under the byline; else the file's name (`2020-10-28-slug.txt`); else null, with a problem.
- Several posts in one file (a listing) are parted as `page_text` does.
- Lines broken at a fixed width are joined: where blank lines part paragraphs and most lines are nearly as long as the longest.
- Headings that run together with text cannot be told from it; comments, categories and tags are not there.
"""

from __future__ import annotations

import re
from itertools import pairwise

from discourse.errors import InputError
from discourse.load.body.article import compose
from discourse.load.body.bylines import opens_byline, read_byline
from discourse.load.body.run_together import dateline_of, part_front
from discourse.load.page import Hints, Page
from discourse.load.reading import Document
from discourse.load.text.lines import COUNT, lines_of
from discourse.load.text.page_text import date_by_name, page_of, to_blocks
from discourse.load.text.posts import ends, is_title, part_posts
from discourse.tables import RawPost

__all__ = ["read"]

BULLET = re.compile(r"^[•*·–-]\s+")
HASHES = re.compile(r"^#{1,6}\s+")
FEWEST_WORDS = 20
SHORTEST_WRAPPED, LONGEST_WRAPPED = 55, 110


def read(document: Document, hints: Hints) -> Page:
    """Read one file.

    Raises
    ------
    InputError : it cannot be decoded, or hardly holds any text.
    """
    lines = lines_of(_unwrapped(document.strict_text))
    parts = part_posts(lines)
    if len(parts) > 1 or (parts and (parts[0].printed or any(map(COUNT.fullmatch, lines)))):
        return page_of(document, lines, parts)
    stop = next((i for i in range(len(lines)) if ends(lines, i)), len(lines))
    own = [line for line in lines[:stop] if line and line != "|" and not COUNT.fullmatch(line)]
    post = RawPost(file=document.name, sha256=document.sha256, body="", problems=list(document.problems))
    day, own = _take_day(own)
    post.title, own = _take_title(own)
    signed = any(opens_byline(line) for line in own)
    if not (signed or day or post.title) and sum(len(line.split()) for line in own) < FEWEST_WORDS:
        raise InputError("no title, no byline, no date and hardly any text, so no post is recognised; name the format with --format.")
    compose(post, to_blocks([day, *map(_marked, own)] if day else list(map(_marked, own))))
    date_by_name(post, document.name)
    _say_what_is_missing(post)
    return Page([post])


def _unwrapped(text: str) -> str:
    """Return a text with its paragraphs on one line each, where it was broken at a fixed width."""
    paragraphs = [paragraph.split("\n") for paragraph in re.split(r"\n\s*\n", text.strip())]
    broken = [line for lines in paragraphs for line in lines[:-1]]
    longest = max((len(line) for lines in paragraphs for line in lines), default=0)
    full = sum(len(line) > longest * 0.75 for line in broken)
    if len(paragraphs) < 2 or not SHORTEST_WRAPPED <= longest <= LONGEST_WRAPPED or full < 3 or full < 0.6 * len(broken):
        return text
    return "\n\n".join("\n".join(_joined(lines, longest)) for lines in paragraphs)


def _joined(lines: list[str], longest: int) -> list[str]:
    """Join the lines of a paragraph; a line that ends well before the width, or a note or an item under it, stays apart."""
    joined = lines[:1]
    for before, line in pairwise(lines):
        apart = len(before) < longest * 0.6 or re.match(r"\s*(?:\[\w{1,5}\]|[•*-]\s|\d{1,3}[.)]\s)", line) or opens_byline(line.strip())
        if apart:
            joined.append(line)
        else:
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
    return joined


def _marked(line: str) -> str:
    """Return a line as a block: an item of a list or a heading keeps its mark."""
    if HASHES.match(line):
        return f"# {HASHES.sub('', line)}"
    return BULLET.sub("- ", line)


def _take_day(lines: list[str]) -> tuple[str, list[str]]:
    """Take the date off that Blogger prints above the title."""
    return (lines[0], lines[1:]) if lines and dateline_of(lines[0]) else ("", lines)


def _take_title(lines: list[str]) -> tuple[str, list[str]]:
    """Take the title off, when the first line is one: short, and followed by a byline, a date or a longer line."""
    first = HASHES.sub("", lines[0]) if lines else ""
    if len(lines) < 2 or not is_title(first) or dateline_of(first):
        return "", lines
    below = lines[1]
    follows = dateline_of(below) or opens_byline(below) or len(below.split()) > len(first.split()) or is_title(HASHES.sub("", below))
    return (first, lines[1:]) if follows else ("", lines)


def _say_what_is_missing(post: RawPost) -> None:
    if not post.title:
        post.problems.append("no title; kept without one.")
    if not (post.published or post.printed):
        post.problems.append("no date, neither in a dateline nor in the file's name; kept without one, so in no chart over time.")
    first = post.body.split("\n\n")[0]
    if not post.authors and opens_byline(first) and not read_byline(first) and len(part_front(first)) == 1:
        post.problems.append(f"the text opens like a byline that could not be parted from its first sentence: {first[:60]!r}.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
