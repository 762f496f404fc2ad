"""The lines of a text, with what runs together in them parted: titles, dates, counts of comments and bylines on lines of their own.

Seen in text of HRNK's Hidden Gulag blog (Weebly) as extractors leave it; what follows has other names:

- a title with the date glued to it, with the byline and even the end of the post before on the same line:
  `… and it shows. The Wall and the Radio10/28/2020 By Ann Lee, Research Intern`
- a count of comments behind the last word, a byline in the middle of a line: there the next post begins, without a title
- `|` where a table was
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from discourse.load.body.bylines import opens_byline, read_byline
from discourse.load.body.run_together import part_front
from discourse.paths import resource_rows

__all__ = ["COUNT", "FORCED", "HEADER_DATE", "LONGEST_TITLE", "PICTURE", "SENTENCE_END", "lines_of"]

DATE = r"(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?![\d/])"
HEADER_DATE = re.compile(DATE)
COUNT = re.compile(r"(?:\d+|No) Comments?", re.IGNORECASE)
PICTURE = re.compile(r"(?:Picture|Photo|Image)")
HEADER = re.compile(rf"(?P<date>{DATE})\s*(?P<count>(?:(?:\d+|No)\s+)?Comments?\b)?\s*")
GLUED_COUNT = re.compile(r"(?P<above>.*[.!?”\"’)\]])\s*(?P<count>(?:\d+|No) Comments?)(?P<rest>\s+.*)?")
COUNTED_TITLE = re.compile(r"(?P<above>.*?)\s*(?P<count>(?:\d+|No) Comments?)\s+(?P<title>[^.]+)")
LATER_BYLINE = re.compile(r"(?<=\S)\s+(?=(?:By|Written by|Translated by|Translated and edited by) [A-Z])")
SENTENCE_END = re.compile(r"(?:[.!?…][”\"’)\]]*(?:\[\d{1,3}\])*|(?<=\s)(?:https?://|www\.)\S+)\s+(?=[A-Z“\"‘'\d가-힣])")
ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
FORCED = "\x0c"  # before a byline that was in the middle of a line
LONGEST_TITLE = 25
MOST_TRIED = 100
SHORTEST_PARTED = 10


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without zero-width signs and wide spaces; titles, dates, counts and bylines on lines of their own.

    >>> lines_of("It shows. The Wall and the Radio10/28/2020 0 Comments By Ann Lee, Intern")
    ['It shows.', 'The Wall and the Radio', '10/28/2020', '0 Comments', 'By Ann Lee, Intern']
    """
    plain = [" ".join(ZERO_WIDTH.sub("", line).split()) for line in text.split("\n")]
    found: list[str] = []
    for i, line in enumerate(plain):
        if len(line) < SHORTEST_PARTED:
            found.append(line)
        else:
            found += _parted(line, next((later for later in plain[i + 1 : i + 6] if later), ""))
    return found


def _parted(line: str, below: str) -> Iterator[str]:
    bar = len(line) > 1 and line.endswith(" |")
    line = line[:-2] if bar else line
    headers = (match for match in HEADER.finditer(line) if match[0] != line and _is_header(line, match, below))
    if match := next(headers, None):
        yield from _title(line[: match.start()].rstrip())
        yield match["date"]
        if (match["count"] or "C")[0] != "C":
            yield match["count"]
        yield from _parted(line[match.end() :], below)
    elif (match := GLUED_COUNT.fullmatch(line)) and (not match["rest"] or opens_byline(match["rest"].strip())):
        yield from _later(match["above"])
        yield match["count"]
        yield from _later((match["rest"] or "").strip())
    elif HEADER_DATE.fullmatch(below) and len(line.split()) > LONGEST_TITLE and line[-1] not in ".!?:;,…":
        yield from _title(line)
    else:
        yield from _later(line)
    if bar:
        yield "|"


def _is_header(line: str, match: re.Match[str], below: str) -> bool:
    """Return whether a date in a line is that of a post: a byline, a count or nothing follows it, and no sentence goes on."""
    above, rest = line[: match.start()], line[match.end() :]
    if rest:
        return bool(opens_byline(rest) and read_byline(part_front(rest)[0])) or bool(PICTURE.fullmatch(rest))
    follows = bool(COUNT.fullmatch(below) or PICTURE.fullmatch(below) or (below and read_byline(part_front(below)[0])))
    return bool(match["count"] or (above and (follows or above[-1].isalpha())))


def _title(above: str) -> Iterator[str]:
    """Part a title from the end of the post before it, which may stand on the same line."""
    if counted := COUNTED_TITLE.fullmatch(above):
        yield from _later(counted["above"])
        yield counted["count"]
        above = counted["title"]
    stops = ".!?…hw" if len(above.split()) > LONGEST_TITLE else ".…hw"  # a short line such as "What Now? A Plan" is a title
    found = [match for match in SENTENCE_END.finditer(above) if match[0][0] in stops]
    cut = next((m.end() for m in reversed(found) if not _is_short_form(above[: m.end()].split()[-1])), 0)
    if cut:
        yield from _later(above[:cut].strip())
    if above[cut:].strip():
        yield above[cut:].strip()


def _is_short_form(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.)+", word)) or word in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in resource_rows("abbreviations.csv"))


def _later(line: str) -> Iterator[str]:
    """Part a line before a byline with a role in its text: there the next post begins, without a title."""
    front = len(line) - len(part_front(line)[-1]) if opens_byline(line) else 0
    for match in islice(LATER_BYLINE.finditer(line, front + 1), MOST_TRIED):
        byline = read_byline(part_front(line[match.end() :])[0])
        if byline and any(byline.roles) and (not opens_byline(line) or front):
            yield line[: match.start()]
            yield FORCED + line[match.end() :]
            return
    yield line
