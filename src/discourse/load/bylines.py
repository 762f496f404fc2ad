"""Bylines: who wrote, edited and translated a post, and whether it stood elsewhere first.

Seen on HRNK's Hidden Gulag blog, here with other names: `By Rosa Calder, Research Intern`, `Edited by Anton Weiss, Director of
Operations and Research` (a role with "and" in it), `Translated and edited by A and B`, names with nicknames.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from discourse.paths import resource_rows

__all__ = ["Byline", "closing_note", "editors_note", "is_credit", "is_heading_of_notes", "read_byline", "reprint_note"]

NAME = re.compile(r"[^\W\d_][\w.’'“”\"()\-]*(?:\s+[^\W\d_“\"(][\w.’'“”\"()\-]*|\s+[“\"(][\w.’' \-]+[”\")]){0,5}")
REPRINT = re.compile(
    r"^[\W_]*(?:this|the) (?:article|piece|post|essay|op-?ed|interview|blog post|story|column)? ?(?:was|is|has been)? ?"
    r"(?:originally|first|previously) (?:published|appeared|posted|printed|ran)(?: on [^.]{3,40}?)? (?:in|on|at|by|with) "
    r"(?P<where>[^.\n]{2,120})|^[\W_]*(?:originally|first) (?:published|posted) (?:in|on|at|by) (?P<where2>[^.\n]{2,120})"
    r"|^[\W_]*(?:cross-?posted|reprinted|republished) (?:from|with permission from) (?P<where3>[^.\n]{2,120})",
    re.IGNORECASE,
)


DRAFTED = re.compile(
    r"^[\W_]*this (?:post|article|piece|explainer|blog) (?:has been|was|is) (?:\w+ )?(?:drafted|written|authored|compiled|prepared) ",
    re.IGNORECASE,
)
BIOGRAPHY = (
    r"{}(?:,[^.]{{0,80}},)? (?:(?:is|was) (?:currently |now |also )?(?:an?|the|one of|our)\b|works (?:at|as|for|in|on)|serves (?:as|on)|"
    r"studies|teaches|writes) "
)
EDITORS_NOTE = re.compile(
    r"[\W_]*(?:(?:editor['’]?s?['’]?|editorial) note|note (?:from|of) the editors?|anmerkung der redaktion|note de la rédaction|"
    r"nota del editor|nota de la redacción|nota della redazione|편집자 ?주)[\W_]*[:.–—-]",
    re.IGNORECASE,
)
KINDS = ("author", "editor", "translator", "translator and editor")
LONGEST_BIOGRAPHY = 900
LONGEST_CREDIT = 25


@cache
def _word(kind: str) -> re.Pattern[str]:
    """Return the words of `resources/byline_words.csv` that mark a role, an organisation, or a particle of a name."""
    words = [row["word"] for row in resource_rows("byline_words.csv") if row["kind"] == kind]
    return re.compile(rf"\b(?:{'|'.join(words)})s?\b", re.IGNORECASE)


def _any_of(*kinds: str) -> str:
    """Return an alternation of the words of some kinds, the longest first."""
    words = {row["word"] for row in resource_rows("byline_words.csv") if row["kind"] in kinds}
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _opening() -> re.Pattern[str]:
    """Return the words that open a byline; one that is not a preposition needs a colon, so that "Editor in exile" is text."""
    prepositions = r"(?P<kind>[\w ]*\b(?:by|von|par|por|di|da)|a cura di)\s*(?::\s*|\s)"
    return re.compile(rf"(?=(?:{_any_of(*KINDS)})\b)(?:{prepositions}|(?P<noun>[\w ]+?)\s*:\s*)(?P<who>\S.*)", re.IGNORECASE)


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in resource_rows("byline_words.csv") if row["kind"] in KINDS}


@dataclass
class Byline:
    """What one line of a byline says."""

    authors: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    translators: list[str] = field(default_factory=list)


def read_byline(line: str) -> Byline | None:
    """Return the people a byline names, or None when the line is no byline.

    >>> read_byline("By Rosa Calder, Open Lines Research Intern")
    Byline(authors=['Rosa Calder'], roles=['Open Lines Research Intern'], editors=[], translators=[])
    >>> read_byline("Edited by Anton Weiss, Director of Operations and Research").editors
    ['Anton Weiss']
    >>> read_byline("Edited by Mina Ro (Director of Programs and Editor) and Amy Oh").editors
    ['Mina Ro', 'Amy Oh']
    >>> read_byline("By Suhwan (Alma) Seo, former Open Lines Research Intern").authors
    ['Suhwan (Alma) Seo']
    >>> read_byline("Translated and edited by Ann Lee and Bo Kim").translators
    ['Ann Lee', 'Bo Kim']
    >>> read_byline("By March the network was gone.") is None
    True
    """
    match = _opening().fullmatch(" ".join(line.split()))
    kind = _kinds().get((match["kind"] or match["noun"]).strip().lower()) if match else None
    people = _people(match["who"].rstrip(" ,;")) if match and kind else []
    if not people or kind is None:
        return None
    names, roles = [name for name, _ in people], [role for _, role in people]
    byline = Byline()
    if kind == "author":
        byline.authors, byline.roles = names, roles
    if "editor" in kind:
        byline.editors = names
    if "translator" in kind:
        byline.translators = names
    return byline


def _people(text: str) -> list[tuple[str, str]]:
    """Split "A, role, and B (role and role)" into names and roles; a piece that is no name belongs to the role before it."""
    people: list[tuple[str, str]] = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=[^\W\d_])|\s+&\s+|;\s*", re.sub(r"\s*\((.*?)\)", _keep_bracket, text)):
        bracket = re.fullmatch(r"(.*?)\s*\ue002(.*)\ue003", piece)
        name, role = (bracket[1], _restored(bracket[2])) if bracket else (piece.strip(), "")
        if _is_name(name):
            people.append((name, role))
        elif people and name:
            head, known = people[-1]
            joint = " and " if known and f"{known} and {name}" in text else ", "
            people[-1] = (head, f"{known}{joint}{name}" if known else name)
        elif name:
            return []
    return people


def _keep_bracket(match: re.Match[str]) -> str:
    """Keep "(role and role)" together, and leave a nickname such as "(Alma)" in the name."""
    inside = match[1]
    if not _word("role").search(inside):
        return f" ({inside})"
    return " \ue002" + inside.replace(",", "\ue004").replace(" and ", " \ue005 ").replace(" & ", " \ue006 ") + "\ue003"


def _restored(role: str) -> str:
    return role.replace("\ue004", ",").replace(" \ue005 ", " and ").replace(" \ue006 ", " & ")


def _is_name(text: str) -> bool:
    words = text.split()
    lettered = [w for w in words if not _word("particle").fullmatch(w) and w[0] not in '“"(']
    capital = all(w[0].isupper() or not w[0].isascii() for w in lettered)
    return 0 < len(words) <= 6 and bool(lettered) and capital and not _word("role").search(text) and bool(NAME.fullmatch(text))


def reprint_note(paragraph: str) -> str | None:
    """Return where a paragraph says that the post stood first, or None.

    >>> reprint_note("This article was originally published in The Guardian.")
    'The Guardian'
    >>> reprint_note("The bill was originally published in 2018 and then withdrawn, we argue.") is None
    True
    """
    match = REPRINT.match(paragraph) if len(paragraph) < 300 else None
    where = next((w for w in match.groups() if w), None) if match else None
    return re.split(r"\s+(?:on|and|under|with|as|in)\s+(?=[a-z\d]|\w+day\b)|,", where)[0].strip(" *_") if where else None


def editors_note(paragraph: str) -> str | None:
    """Return a note from the editors without marks, or None when the paragraph is none.

    >>> editors_note("*Editor’s note: This was written before the vote.*")
    'Editor’s note: This was written before the vote.'
    """
    return paragraph.strip("#>- *_") if EDITORS_NOTE.match(paragraph) else None


def is_credit(line: str) -> bool:
    """Return whether a line only names a picture or who made it.

    >>> is_credit("Picture"), is_credit("Photo: Ann Lee / CC BY"), is_credit("Photographs of the camp show a fence.")
    (True, True, False)
    """
    return len(line.split()) <= LONGEST_CREDIT and bool(re.match(rf"(?:{_any_of('credit')})s?\s*(?:$|:|©|by |via )", line, re.IGNORECASE))


def is_heading_of_notes(block: str) -> bool:
    """Return whether a block is no more than the heading of a list of notes.

    >>> is_heading_of_notes("# Endnotes:"), is_heading_of_notes("Notes from a closed city")
    (True, False)
    """
    return bool(re.fullmatch(rf"[\W_]*(?:{_any_of('notes_heading')})[\W_]*", block, re.IGNORECASE))


def closing_note(blocks: list[str], authors: list[str]) -> tuple[str | None, list[str]]:
    """Take the author's biography, or the line on who drafted the post, off either end of a body.

    An organisation that signs its own posts has no biography: "X Watch is …" stays in the body.

    >>> closing_note(["The body.", "Ann Lee is a graduate student."], ["Ann Lee"])
    ('Ann Lee is a graduate student.', ['The body.'])
    """
    names = "|".join(re.escape(name) for name in authors if name and not _word("organisation").search(name))
    biography = re.compile(BIOGRAPHY.format(f"(?:{names})")) if names else None
    notes = []
    for position in (-1, -2, 0):
        if len(blocks) > abs(position) and len(blocks[position]) <= LONGEST_BIOGRAPHY:
            plain = blocks[position].lstrip('-># *_"')
            if DRAFTED.match(plain) or (biography and biography.match(plain)):
                notes.append(plain)
                blocks = blocks[:position] + (blocks[position + 1 :] if position != -1 else [])
    return "\n\n".join(reversed(notes)) or None, blocks
