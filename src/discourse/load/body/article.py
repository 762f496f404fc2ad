"""The body of a post, in the order in which blogs print it: byline, dateline, text, biography, notes.

Every loader hands its blocks to `compose`, which takes out what is no text of the post and puts it where it belongs:

- lines at the head: bylines, a dateline, `Picture` and credits of pictures; they may run together with the first sentence (`run_together`)
- lines at the end: bylines, biographies of authors, notes from the editor, where the post stood first (`asides`)
- notes and their markers (`footnotes`)

What the markup of a platform says stays: a byline that names others than the markup does goes to the author's note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discourse.load.body.asides import about_author, closing_note, editors_note, is_credit, is_heading_of_notes, reprint_note
from discourse.load.body.bylines import Byline, is_role_line, opens_byline, read_byline
from discourse.load.body.dates import read_date
from discourse.load.body.footnotes import mark, part_notes
from discourse.load.body.notes import RawNote, cited_works
from discourse.load.body.run_together import dateline_of, leading_dateline, part_front
from discourse.tables import RawPost

__all__ = ["compose", "take_front"]

ENDS = (0, 1, -1, -2)
LONGEST_ABOVE_BYLINE = 40
MARKS = "#> -*_"


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
    >>> post.authors, post.body == "The wall.\\ue0001\\ue001", post.notes[0]["title"]
    (['Ann Lee'], True, 'Walls')
    """
    blocks, dateline = take_front(post, [block for block in text.split("\n\n") if block.strip()])
    blocks, found = part_notes(blocks, post.authors)
    known = {note.number: note.text for note in notes}
    for number, note in found.items():
        known[f"{number} (2)" if known.get(number, note) != note else number] = note
    post.notes = cited_works([RawNote(number, note) for number, note in known.items()])
    blocks = _take_foot(post, blocks)
    for place in ENDS:
        if len(blocks) > abs(place) and (aside := editors_note(blocks[place])):
            _add_note(post, aside)
            post.reprinted_from = post.reprinted_from or reprint_note(aside)
            del blocks[place]
    biography, blocks = closing_note(blocks, post.authors)
    _add_note(post, biography or "")
    blocks = _take_foot(post, blocks)
    post.reprinted_from = post.reprinted_from or next(filter(None, map(reprint_note, blocks[:2] + blocks[-2:])), None)
    post.body = mark("\n\n".join(blocks), known)
    return dateline


def take_front(post: RawPost, blocks: Sequence[str]) -> tuple[list[str], str]:
    """Take byline, dateline and credits off the head of a post; return the blocks that follow, and the dateline's day or an empty text."""
    above = _above_byline(blocks)
    held: list[str] = []
    dateline, signed = "", False
    for k, block in enumerate(blocks):
        lines = list(_front_lines(block, signed))
        for i, line in enumerate(lines):
            plain = _plain(line)
            if byline := read_byline(plain):
                _sign(post, byline, plain)
                signed = True
            elif not dateline and (printed := dateline_of(plain)):
                dateline = _date(post, printed)
            elif signed and i and post.author_roles and not post.author_roles[-1] and is_role_line(plain):
                post.author_roles[-1] = plain
            elif plain and not is_credit(plain):
                rest = "\n".join(lines[i:])
                if k >= above:
                    return [*held, rest, *blocks[k + 1 :]], dateline
                held.append(rest)
                break
    return held, dateline


def _plain(line: str) -> str:
    return line.lstrip(MARKS).rstrip("*_ ")


def _front_lines(block: str, signed: bool) -> Iterator[str]:
    """Yield the lines of a block; bylines, dateline and text that run together in one are lines of their own."""
    for line in block.split("\n"):
        if opens_byline(_plain(line)):
            parted = part_front(_plain(line))
            yield from parted if len(parted) > 1 else [line]
            signed = signed or len(parted) > 1 or read_byline(_plain(line)) is not None
        else:
            yield from leading_dateline(line) if signed else [line]
            signed = False


def _above_byline(blocks: Sequence[str]) -> int:
    """Return how many blocks stand above the byline: a note from the editor, where the post stood first, or a line such as a subtitle."""
    for k, block in enumerate(blocks[:4]):
        if opens_byline(_plain(block)) and read_byline(part_front(_plain(block.split("\n")[0]))[0]):
            return k
        aside = editors_note(block) or reprint_note(block) or is_credit(_plain(block)) or dateline_of(_plain(block))
        if not aside and len(block.split()) > LONGEST_ABOVE_BYLINE:
            break
    return 0


def _sign(post: RawPost, byline: Byline, line: str) -> None:
    """Enter the people of a byline; authors whom the markup names already get their roles, and others are noted as printed."""
    if byline.authors and not post.authors:
        post.authors, post.author_roles = byline.authors, byline.roles
    elif byline.authors:
        roles = dict(zip((name.casefold() for name in byline.authors), byline.roles, strict=True))
        known = post.author_roles or [""] * len(post.authors)
        post.author_roles = [role or roles.get(name.casefold(), "") for name, role in zip(post.authors, known, strict=False)]
        if not set(roles) <= {name.casefold() for name in post.authors}:
            _add_note(post, line)
    post.editors += [name for name in byline.editors if name not in post.editors]
    post.translators += [name for name in byline.translators if name not in post.translators]


def _date(post: RawPost, printed: str) -> str:
    """Date a post by its dateline unless it is dated, and return the day."""
    day = read_date(printed)
    if day is None:
        post.printed = post.printed or ("" if post.published else printed)
    elif post.published is None and not post.printed:
        post.published, post.published_precision = day
    return _day(printed)


def _day(printed: str) -> str:
    """Return a date in ISO 8601, of a month and a year `2020-10`."""
    day = read_date(printed)
    return "" if day is None else day[0].isoformat()[: 10 if day[1] == "day" else 7]


def _add_note(post: RawPost, note: str) -> None:
    if note and note not in (post.author_note or ""):
        post.author_note = "\n\n".join(filter(None, (post.author_note, note)))


def _take_foot(post: RawPost, blocks: list[str]) -> list[str]:
    """Take bylines, credits of pictures and empty headings of notes off the end of a post."""
    while len(blocks) > 1:
        lines = [line for part in blocks[-1].split("\n") for line in part_front(_plain(part))]
        bylines = [read_byline(line) for line in lines]
        if (
            not is_heading_of_notes(blocks[-1])
            and about_author(blocks[-1]) != ""
            and not all(byline or is_credit(line) for byline, line in zip(bylines, lines, strict=True))
        ):
            break
        for byline, line in zip(bylines, lines, strict=True):
            if byline:
                _sign(post, byline, line)
        blocks = blocks[:-1]
    return blocks
