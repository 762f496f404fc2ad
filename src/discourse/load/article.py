"""The body of a post, in the order in which blogs print it: byline, dateline, text, biography, notes.

Every loader hands its blocks to `compose`, which takes out what is no text of the post and puts it where it belongs:

- lines at the head: bylines, a dateline, `Picture` and credits of pictures
- lines at the end: the author's biography, notes from the editor, where the post stood first
- notes: `[1] …`, `[i] …` (or a raised number) at the end, when the text has such a marker or a heading says what they are;
  `[3],[4]` are two markers; brackets around anything else, such as a gloss in Hangul, are text
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from discourse.load.blocks import NOTE_CLOSE, NOTE_OPEN
from discourse.load.bylines import closing_note, editors_note, is_credit, is_heading_of_notes, read_byline, reprint_note
from discourse.load.dates import read_date
from discourse.load.notes import RawNote, cited_works
from discourse.tables import RawPost

__all__ = ["compose", "take_front"]

NUMBER = r"\d{1,3}|[ivxl]{1,7}"
NOTE = re.compile(rf"(?:- )?(?:{NOTE_OPEN}\[?({NUMBER})\]?{NOTE_CLOSE}|\[({NUMBER})\])\s*(\S.*)")
NUMBERED = re.compile(r"(?:- )?(\d{1,3})[.)]\s+(\S.*)")
MARKER = re.compile(rf"{NOTE_OPEN}\[?({NUMBER})\]?{NOTE_CLOSE}|\[({NUMBER})\]")
RAISED = re.compile(f"{NOTE_OPEN}([^{NOTE_CLOSE}]*){NOTE_CLOSE}")
LONGEST_IN_NOTE = 60
LONGEST_DATELINE = 40
ENDS = (0, 1, -1, -2)


def compose(post: RawPost, text: str, *, notes: Sequence[RawNote] = ()) -> str:
    """Fill a post from its body and return the day of the dateline (ISO 8601), or an empty text.

    Parameters
    ----------
    post : what is known already, from the markup of a platform, stays: people, date, author's note.
    text : the body in blocks, as `to_blocks` makes them.
    notes : footnotes that the markup tells apart; their markers stand in the text as `link_notes` leaves them.

    >>> post = RawPost("a.html", "", "")
    >>> compose(post, "By Ann Lee, Intern\\n\\nMay 3, 2021\\n\\nThe wall.[1]\\n\\n[1] Bo Kim, “Walls,” 2016.")
    '2021-05-03'
    >>> post.authors, post.body == f"The wall.{NOTE_OPEN}1{NOTE_CLOSE}", post.notes[0]["title"]
    (['Ann Lee'], True, 'Walls')
    """
    blocks, dateline = take_front(post, [block for block in text.split("\n\n") if block.strip()])
    blocks, found, after = _notes(blocks, post.authors)
    found = {note.number: note.text for note in notes} | found
    blocks += after
    while blocks and is_heading_of_notes(blocks[-1]):
        blocks.pop()
    post.notes = cited_works([RawNote(number, text) for number, text in found.items()])
    for place in ENDS:
        if len(blocks) > abs(place) and (note := editors_note(blocks[place])):
            post.author_note = "\n\n".join(filter(None, (post.author_note, note)))
            post.reprinted_from = post.reprinted_from or reprint_note(note)
            del blocks[place]
    biography, blocks = closing_note(blocks, post.authors)
    post.author_note = post.author_note or biography
    post.reprinted_from = post.reprinted_from or next(filter(None, map(reprint_note, blocks[:2] + blocks[-2:])), None)
    post.body = _marked("\n\n".join(blocks), found)
    return dateline


def take_front(post: RawPost, blocks: Sequence[str]) -> tuple[list[str], str]:
    """Take byline, dateline and credits off the head of a post; return the blocks that follow, and the dateline's day or an empty text."""
    dateline = ""
    for k, block in enumerate(blocks):
        lines = block.split("\n")
        for i, line in enumerate(lines):
            plain = line.lstrip("#> -*_").rstrip("*_ ")
            if byline := read_byline(plain):
                signed = bool(post.authors)
                if not signed:
                    post.authors, post.author_roles = byline.authors, byline.roles
                elif byline.authors == post.authors:
                    post.author_roles = byline.roles
                post.editors += [name for name in byline.editors if name not in post.editors]
                post.translators += [name for name in byline.translators if name not in post.translators]
            elif len(plain) < LONGEST_DATELINE and not dateline and (day := read_date(plain)):
                dateline = day[0].isoformat()
                if post.published is None and not post.printed:
                    post.published, post.published_precision = day
            elif plain and not is_credit(plain):
                rest = "\n".join(lines[i:])
                return [rest, *blocks[k + 1 :]], dateline
    return [], dateline


def _notes(blocks: list[str], authors: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """Part the body from the notes at its end; a line under a note goes on with it, unless it is a biography or too long."""
    first, pattern = _first_note(blocks)
    notes: dict[str, str] = {}
    after: list[str] = []
    last = ""
    for line in (line for block in blocks[first:] for line in block.split("\n")):
        if match := pattern.fullmatch(line):
            *numbers, text = match.groups()
            last = next(filter(None, numbers))
            notes[last] = f"{notes[last]} {text}" if last in notes else text
        elif read_byline(line) or closing_note(["", line], authors)[0] or len(line.split()) > LONGEST_IN_NOTE:
            after.append(line)
        elif last:
            notes[last] += f" {line.removeprefix('- ')}"
    return blocks[:first], notes, after


def _first_note(blocks: list[str]) -> tuple[int, re.Pattern[str]]:
    """Return the first block that is a note, and how the notes are numbered."""
    marked: set[str] = set()
    for k, block in enumerate(blocks):
        if k and is_heading_of_notes(blocks[k - 1]) and NUMBERED.match(block):
            return k, NUMBERED
        match = NOTE.match(block)
        if match and ((match[1] or match[2]) in marked or (k and is_heading_of_notes(blocks[k - 1]))):
            return k, NOTE
        marked |= {found[1] or found[2] for found in MARKER.finditer(block)}
    return len(blocks), NOTE


def _marked(text: str, notes: dict[str, str]) -> str:
    """Return the body with a marker where a note is referred to; other brackets and raised signs are text as printed."""
    text = MARKER.sub(lambda m: f"{NOTE_OPEN}={number}{NOTE_CLOSE}" if (number := m[1] or m[2]) in notes else m[0], text)
    return RAISED.sub(lambda m: f"{NOTE_OPEN}{m[1][1:]}{NOTE_CLOSE}" if m[1].startswith("=") else m[1], text)
