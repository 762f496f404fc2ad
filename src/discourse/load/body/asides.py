"""What stands beside the text of a post: biographies, notes from the editors, credits of pictures, headings, where it stood first.

Seen on HRNK's Hidden Gulag blog, Digital Rights Watch and HRNK Insider. The words are in `resources/byline_words.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from discourse.load.body.bylines import is_organisation, word_of, words

__all__ = ["about_author", "biography", "closing_note", "editors_note", "goes_on_about", "is_credit", "is_heading_of_notes", "reprint_note"]

PLACE = r"(?:[^.\n]|\.(?=\w)|(?<=\b[A-Z])\.(?=\s+[A-Z][a-z]))"
WORK = r"(?:this|the) (?:article|piece|post|essay|op-?ed|interview|blog post|commentary|story|column)?"
APPEARED = r" ?(?:was|is|has been)? ?(?:originally|first|previously) (?:published|appeared|posted|printed|ran)(?: on [^.]{3,40}?)?"
REPRINT = re.compile(
    rf"^[\W_]*(?:(?:editor['’]?s['’]? )?note: ?)?{WORK}{APPEARED} (?:in|on|at|by|with) (?P<where>{PLACE}{{2,120}})"
    rf"|^[\W_]*(?:originally|first) (?:published|posted) (?:in|on|at|by) (?P<where2>{PLACE}{{2,120}})"
    rf"|^[\W_]*(?:cross-?posted|reprinted|republished) (?:from|with permission from) (?P<where3>{PLACE}{{2,120}})",
    re.IGNORECASE,
)
WHERE_ENDS = re.compile(
    r"\s+(?:on|and|under|with|as|in)\s+(?=[a-z\d]|\w+day\b|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d)"
    r"|,(?!\s+(?:Inc|D\.C))|\s*[)\]]\s*$|\s+\((?=\w+ \d|\d)"
)
DRAFTED = re.compile(
    r"^[\W_]*this (?:post|article|piece|explainer|blog) (?:has been|was|is) (?:\w+ )?(?:drafted|written|authored|compiled|prepared) ",
    re.IGNORECASE,
)
IS_A = (
    r"(?:,[^.]{0,120},| \([^)]{1,60}\))? (?:recently |also |just )?(?:(?:is|was) (?:currently |now |also )?"
    r"(?:an?|the|one of|our|pursuing|studying|majoring|working)\b|(?:has|have) (?:a|been|worked|served|written)\b|holds\b"
    r"|(?:received|completed) (?:his|her|their|an?)\b|graduated\b|earned\b|interned\b|joined\b"
    r"|works (?:at|as|for|in|on|with)|serves (?:as|on)|served (?:as|on)|studies|studied|teaches|writes|covers"
    r"|(?:are|were) (?:currently |now |also |both )?(?:the|our|research|former|interns?|students?|fellows?)\b)"
)
LONGEST_BIOGRAPHY = 1200
LONGEST_CREDIT = 25
MARKS = "#>- *_"


def reprint_note(paragraph: str) -> str | None:
    """Return where a paragraph says that the post stood first, or None.

    >>> reprint_note("This article was originally published in The Guardian.")
    'The Guardian'
    >>> reprint_note("This article was originally published in The Diplomat on March 3, 2019.")
    'The Diplomat'
    >>> reprint_note("The bill was originally published in 2018 and then withdrawn, we argue.") is None
    True
    """
    match = REPRINT.match(paragraph) if len(paragraph) < 300 else None
    where = next((w for w in match.groups() if w), None) if match else None
    return WHERE_ENDS.split(where)[0].strip(' *_“”"') if where else None


@cache
def _editors_note() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{words('editors note')})[*_]*\s*[:.–—-]", re.IGNORECASE)


def editors_note(paragraph: str) -> str | None:
    """Return a note from the editors without marks and brackets, or None when the paragraph is none.

    >>> editors_note("*[Editor’s note: This was written before the vote. It stands.]*")
    'Editor’s note: This was written before the vote. It stands.'
    """
    if not _editors_note().match(paragraph):
        return None
    plain = paragraph.strip(MARKS)
    return plain[1:-1].strip(MARKS) if (plain[0], plain[-1]) in (("[", "]"), ("(", ")")) else plain


@cache
def _credit() -> re.Pattern[str]:
    named = rf"\[?(?:{words('credit')})s?\s*(?:$|:|©|by |via |courtesy |credits?\b)"
    return re.compile(rf"{named}|\[[^\[\]]{{3,200}}\]\s*©|©\s", re.IGNORECASE)


def is_credit(line: str) -> bool:
    """Return whether a line only names a picture or who made it.

    >>> is_credit("Picture"), is_credit("Photo: Ann Lee / CC BY"), is_credit("Photographs of the camp show a fence.")
    (True, True, False)
    """
    return len(line.split()) <= LONGEST_CREDIT and bool(_credit().match(line))


@cache
def _notes_heading() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{words('notes_heading')})[\W_]*", re.IGNORECASE)


def is_heading_of_notes(block: str) -> bool:
    """Return whether a block is no more than the heading of a list of notes.

    >>> is_heading_of_notes("# Endnotes:"), is_heading_of_notes("Notes from a closed city")
    (True, False)
    """
    return len(block) < 60 and bool(_notes_heading().fullmatch(block))


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{words('about')})[*_]*\s*(?::\s*(?P<rest>\S.*)|$|:$)", re.IGNORECASE | re.DOTALL)


def about_author(block: str) -> str | None:
    """Return what follows the heading of a biography, an empty text when the block is the heading alone, or None when it is none.

    >>> about_author("# About the author"), about_author("About the Author: Ann Lee reads."), about_author("About the wall")
    ('', 'Ann Lee reads.', None)
    """
    match = _about().match(block)
    return (match["rest"] or "") if match else None


@cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('pronoun')})\b", re.IGNORECASE)


def goes_on_about(block: str) -> bool:
    """Return whether a block may go on with a biography: it opens with a pronoun or speaks of earlier posts.

    >>> goes_on_about("She holds a degree in law."), goes_on_about("The wall stands.")
    (True, False)
    """
    return len(block) <= LONGEST_BIOGRAPHY and bool(_pronoun().match(block.lstrip(MARKS)))


def biography(block: str, authors: list[str]) -> str | None:
    """Return the author's biography, or the line on who drafted the post, without marks; None when the block is neither.

    An organisation that signs its own posts has no biography: "X Watch is …" is text. A surname does for the name.

    >>> biography("*Ann Lee is a former intern. She reads.*", ["Ann Lee"]), biography("Ms. Lee holds a degree.", ["Ann Lee"])
    ('Ann Lee is a former intern. She reads.', 'Ms. Lee holds a degree.')
    >>> biography("Open Watch is a member of the coalition.", ["Open Watch"]) is None
    True
    """
    plain = block.lstrip(MARKS + '"').rstrip("*_ ")
    if len(block) > LONGEST_BIOGRAPHY:
        return None
    return plain if DRAFTED.match(plain) or any(_is_of(plain, name) for name in authors) else None


def _is_of(plain: str, name: str) -> bool:
    """Return whether a paragraph opens as the biography of a person."""
    if not name or is_organisation(name):
        return False
    bare = re.sub(r"\s*[“\"(][^”\")]*[”\")]", "", name)
    last = bare.split()[-1] if bare.split() else name
    forms = {name, bare, *(f"{title} {last}" for title in ("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Professor"))}
    start = next((form for form in forms if form and plain.startswith(form)), None)
    if start is None:
        return False
    rest = re.sub(r"^ and [^,.]{3,60}?(?= (?:are|were|is)\b)", "", plain[len(start) :])
    return bool(re.match(IS_A, rest)) or _is_role(rest)


def _is_role(rest: str) -> bool:
    """Return whether a name is followed by "is" and a role without article: "is Executive Director of …", "ist Juristin in …"."""
    match = re.match(r" (?:is|was|ist|war|est|était|es|è) (?:\w+ly )?((?:\S+ ){0,4}\S+)", rest)
    return bool(match and word_of("role").search(match[1]))


def closing_note(blocks: list[str], authors: list[str]) -> tuple[str | None, list[str]]:
    """Take biographies off both ends of a body, with the heading above and what goes on below them.

    >>> closing_note(["The body.", "Ann Lee is a graduate student."], ["Ann Lee"])
    ('Ann Lee is a graduate student.', ['The body.'])
    >>> closing_note(["The body.", "# About the author", "A pen name."], [])
    ('A pen name.', ['The body.'])
    """
    kept = list(blocks)
    notes: list[str] = []
    if len(kept) > 1 and (found := biography(kept[0], authors)):
        notes.append(found)
        del kept[0]
    start = next((k for k in range(max(1, len(kept) - 6), len(kept)) if _opens(kept, k, authors)), None)
    if start is None:
        return "\n\n".join(notes) or None, kept
    end = start
    while end < len(kept) and (end == start or _belongs(kept, end, start, authors)):
        heading = about_author(kept[end])
        notes.append(kept[end].strip(MARKS) if heading is None else heading)
        end += 1
    return "\n\n".join(filter(None, notes)) or None, kept[:start] + kept[end:]


def _opens(blocks: list[str], k: int, authors: list[str]) -> bool:
    """Return whether a biography opens with a block near the end: at most one block, such as a reprint note, may follow it."""
    if about_author(blocks[k]) is not None:
        return all(len(block) <= LONGEST_BIOGRAPHY for block in blocks[k + 1 :])
    if not biography(blocks[k], authors):
        return False
    end = k + 1
    while end < len(blocks) and _belongs(blocks, end, k, authors):
        end += 1
    return len(blocks) - end <= 1


def _belongs(blocks: list[str], k: int, start: int, authors: list[str]) -> bool:
    block = blocks[k]
    if block.startswith("# ") or len(block) > LONGEST_BIOGRAPHY or reprint_note(block):
        return False
    headed = about_author(blocks[start]) is not None
    return headed or goes_on_about(block) or biography(block, authors) is not None
