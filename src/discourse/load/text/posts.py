"""Where the posts of a plain text begin, told from its lines.

Seen in text of HRNK's Hidden Gulag blog (Weebly), copied from a browser and as extractors leave it; what follows has other names:

- a title, a date alone (`2/22/2022`), a count (`1 Comment`), a body, the count again, comments
- posts without title and date, told by the byline alone, after a count (`0 Comments`) or in the middle of a line
- posts of an older template without dates: a title, a count, a body
- counts that stand above, below, both, or not at all; `DedicationThe staff …` where a sidebar begins

Seen in text of HRNK Insider (Blogger): the date with its weekday above the title.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from discourse.load.body.asides import editors_note, reprint_note
from discourse.load.body.bylines import opens_byline, read_byline
from discourse.load.body.footnotes import NOTE
from discourse.load.body.run_together import dateline_of, part_front
from discourse.load.text.lines import COUNT, FORCED, HEADER_DATE, LONGEST_TITLE, PICTURE, SENTENCE_END

__all__ = ["COMMENT_DATE", "Part", "ends", "is_title", "part_posts"]

COMMENT_DATE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) \d{1,2}:\d{2}(?::\d{2})? ?[ap]m", re.IGNORECASE)
WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \w+ \d{1,2}, \d{4}")
ENDING = re.compile(
    r"Leave a Reply\.?|Post a Comment|(?:Newer|Older) Posts?|Blog Archive|Subscribe to: .*|Posted by .{1,60} at \d{1,2}:\d\d.*",
    re.IGNORECASE,
)
SIDEBAR = re.compile(r"(?:Dedication|Archives|Categories|RSS Feed)", re.IGNORECASE)
SIDEBAR_GLUED = re.compile(r"(?:\|\s*)?(?:Dedication|Archives|Categories|RSS Feed)(?=[A-Z])")
LONGEST_SHORT = 12
LONGEST_IN_SIDEBAR = 6
LONG_TEXT = 40


class Part(NamedTuple):
    """One post of a text: title, the numbered date under it, its lines, and what could not be told."""

    title: str
    printed: str
    lines: list[str]
    problems: list[str]


class _Start(NamedTuple):
    """Where a post begins (`top`), where its body does, and what its header says."""

    top: int
    body: int
    title: str = ""
    printed: str = ""
    dateline: str = ""
    problem: str = ""


def part_posts(lines: list[str]) -> list[Part]:
    """Return the posts among the lines of a text, none when nothing shows where one begins."""
    starts = _starts(lines)
    stops = [*(start.top for start in starts), len(lines)][1:]
    parts = []
    for start, after in zip(starts, stops, strict=False):
        own = [start.dateline, *lines[start.body : after]]
        parts.append(
            Part(start.title, start.printed, [line.removeprefix(FORCED) for line in own], [start.problem] if start.problem else [])
        )
    return parts


def _starts(lines: list[str]) -> list[_Start]:
    found: list[_Start] = []
    texted = signed = commenting = False
    for i, line in enumerate(lines):
        if not line or (found and i < found[-1].body):
            continue
        start = _dated(lines, i, first=not found, texted=texted)
        if start is None and COUNT.fullmatch(line):
            start = _counted(lines, i, texted=texted, first=not found)
            commenting = commenting or (start is None and texted)
        elif start is None and not commenting:
            start = _signed(lines, i, allowed=not found or (signed and texted), texted=texted)
        if start:
            found.append(start)
            texted = signed = commenting = False
            if start.body > i:
                continue
        signed = signed or _byline(line)
        texted = texted or not _is_furniture(line)
    least = LONGEST_SHORT if found and lines[found[0].top].startswith(FORCED) else LONG_TEXT
    top = next(
        (i for i, line in enumerate(lines) if len(line.split()) > least and not (editors_note(line) or reprint_note(line))), len(lines)
    )
    if found and not found[0].printed and top < found[0].top:
        above = _above(lines, top)
        title = lines[above] if above >= 0 and is_title(lines[above]) else ""
        found.insert(0, _Start(top, top, title, problem="" if title else "its title could not be told."))
    return found


def _is_furniture(line: str) -> bool:
    """Return whether a line is part of a header: a count, `Picture`, a date, or people and a date alone."""
    if COUNT.fullmatch(line) or PICTURE.fullmatch(line) or dateline_of(line):
        return True
    front = part_front(line.lstrip(FORCED))
    return all(read_byline(piece) or dateline_of(piece) for piece in front)


def _dated(lines: list[str], i: int, *, first: bool, texted: bool) -> _Start | None:
    """Return the post that a date heads: the first date alone on a line, and each later one that a count, a byline or `Picture` follows."""
    line, above = lines[i], _above(lines, i)
    if WEEKDAY.fullmatch(line) and (below := _below(lines, i)) < len(lines) and is_title(lines[below]) and (first or texted):
        return _Start(i, below + 1, lines[below], dateline=line)
    if not HEADER_DATE.fullmatch(line) or (above >= 0 and _is_furniture(lines[above])):
        return None
    near = [after for after in lines[i + 1 : i + 12] if after][:4]
    follows = [bool(COUNT.fullmatch(n) or PICTURE.fullmatch(n) or _byline(n)) for n in near]
    if first:
        return _Start(max(above, 0) if above >= 0 else i, i + 1, lines[above] if above >= 0 else "", line)
    if not any(follows) or not texted:
        return None
    if is_title(lines[above]):
        return _Start(above, i + 1, lines[above], line)
    return None if not follows[0] else _Start(i, i + 1, "", line, problem="no title stands above its date.")


def _counted(lines: list[str], i: int, *, texted: bool, first: bool) -> _Start | None:
    """Return the post that a count heads or sets apart; None where it stands in a header, under a post, or above comments."""
    above, below = _above(lines, i), _below(lines, i)
    if not (texted or first) or below >= len(lines) or ends(lines, below):
        return None
    after = [line for line in lines[below : below + 12] if line][:5]
    if any(COMMENT_DATE.fullmatch(line) for line in after[:3]):
        return None
    if above >= 0 and is_title(lines[above]) and not lines[above].startswith("•"):
        return _Start(above, i + 1, lines[above])
    if first or _byline(lines[below]):
        return None if first else _Start(below, below, problem="no title and no date stand above its byline.")
    header = is_title(lines[below]) and any(HEADER_DATE.fullmatch(n) or COUNT.fullmatch(n) or _byline(n) for n in after[1:4])
    if header or (len(lines[below].split()) <= LONGEST_SHORT and not any(len(n.split()) > LONGEST_SHORT for n in after)):
        return None
    title = lines[below] if is_title(lines[below]) else ""
    return _Start(below, below + bool(title), title, problem="told from the post before it by a count of comments alone.")


def _signed(lines: list[str], i: int, *, allowed: bool, texted: bool) -> _Start | None:
    """Return the post that a byline begins: one after the text of a signed post, with text of its own below it."""
    line = lines[i]
    if not (line.startswith(FORCED) or (allowed and _byline(line) and line[0].isupper() and _has_text_below(lines, i))):
        return None
    above = _above(lines, i)
    if above >= 0 and is_title(lines[above]) and not line.startswith(FORCED):
        return _Start(above, i, lines[above])
    words = SENTENCE_END.split(lines[above])[-1] if above >= 0 and not re.search(r"[.!?”\"’)\]]$", lines[above]) else ""
    cut = f"; “{words[-80:]}” stands in the post before and may be it" if words and texted and not COUNT.fullmatch(lines[above]) else ""
    return _Start(i, i, problem=f"no title stands above its byline{cut}.")


def _byline(line: str) -> bool:
    """Return whether a line opens with the byline of an author or a translator."""
    byline = read_byline(part_front(line.lstrip(FORCED))[0]) if line and opens_byline(line.lstrip(FORCED)) else None
    return byline is not None and bool(byline.authors or byline.translators)


def _has_text_below(lines: list[str], i: int) -> bool:
    for k in range(i, min(i + 16, len(lines))):
        parted = part_front(lines[k]) if lines[k] else [""]
        if k > i and (HEADER_DATE.fullmatch(lines[k]) or COUNT.fullmatch(lines[k]) or ends(lines, k)):
            return False
        if len(parted[-1].split()) > LONGEST_SHORT and not read_byline(parted[-1]):
            return True
    return False


def is_title(line: str) -> bool:
    """Return whether a line may be the title of a post.

    >>> is_title("What the Wall Hears"), is_title("It was over."), is_title("0 Comments"), is_title("By Ann Lee")
    (True, False, False, False)
    """
    if not line or len(line.split()) > LONGEST_TITLE or line[-1] in ".;,:|" or line[0] in "|•" or FORCED in line:
        return False
    furniture = COUNT.fullmatch(line) or HEADER_DATE.search(line) or PICTURE.fullmatch(line) or ENDING.fullmatch(line) or NOTE.match(line)
    return not furniture and not opens_byline(line)


def ends(lines: list[str], i: int) -> bool:
    """Return whether post and comments are over: `Leave a Reply`, or a word of the sidebar with a short line under it.

    A section of the post may be called "Archives"; then a paragraph follows.
    """
    if ENDING.fullmatch(lines[i]) or SIDEBAR_GLUED.match(lines[i]):
        return True
    if lines[i] != "|" and not SIDEBAR.fullmatch(lines[i]):
        return False
    below = _below(lines, i)
    following = lines[below] if below < len(lines) else ""
    if lines[i] == "|":
        return not following or bool(SIDEBAR.match(following))
    return len(following.split()) <= LONGEST_IN_SIDEBAR


def _above(lines: list[str], i: int) -> int:
    """Return the nearest line above that says something, or -1."""
    return next((k for k in range(i - 1, -1, -1) if lines[k]), -1)


def _below(lines: list[str], i: int) -> int:
    """Return the nearest line below that says something, or how many lines there are."""
    return next((k for k in range(i + 1, len(lines)) if lines[k]), len(lines))
