"""Footnotes: split into the works they cite, with "Ibid." and short forms resolved.

Follows the note style of the Chicago Manual of Style (17th ed., ch. 14), which the blogs seen use: author, title in
quotation marks or italics, place and publisher in brackets, year; later "Ibid." or surname and short title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

__all__ = ["RawNote", "cited_works"]

URL = re.compile(r"https?://[^\s<>\"“”]+")
IBID = re.compile(r"ibid\b\.?", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
QUOTED = re.compile(r"[“\"„«「『]([^“”\"«»」』]+?)[.,]?[”\"“»」』]")
ITALIC = re.compile(r"\*([^*]+?)[.,]?\*")
SHORTEST_TITLE = 4
SHORT_FORM_WORDS = 16


class RawNote(NamedTuple):
    """A footnote as printed; titles known to be italic stand between asterisks."""

    number: str
    text: str


def cited_works(notes: Sequence[RawNote]) -> list[dict[str, Any]]:
    """Return one row a cited work, for the columns of `notes` other than `post_id` and `anchor`.

    "Ibid." stands for the last work of the note before it; a short form (surname and the beginning of a title) stands
    for the first note with that author and title. `cites` names the note with the full reference.

    >>> notes = ["Ann Lee, “Wires and walls,” Review 3 (2015): 1–9.", "Ibid.; Bo Kim, *Maps* (2016).", "Lee, “Wires and walls.”"]
    >>> rows = cited_works([RawNote(str(n), text) for n, text in enumerate(notes, start=1)])
    >>> [(r["number"], r["part"], r["author"], r["title"], r["year"], r["cites"]) for r in rows]
    [('1', 1, 'Ann Lee', 'Wires and walls', 2015, None), ('2', 1, 'Ann Lee', 'Wires and walls', 2015, '1'), \
('2', 2, 'Bo Kim', 'Maps', 2016, None), ('3', 1, 'Ann Lee', 'Wires and walls', 2015, '1')]
    """
    rows: list[dict[str, Any]] = []
    for note in notes:
        for part, text in enumerate(_parts(note.text), start=1):
            row = {"number": note.number, "part": part, "text": text.replace("*", ""), "cites": None, **_work(text)}
            original = (rows[-1] if rows else None) if IBID.match(text) else _short_form_of(row, text, rows)
            if original is not None:
                row["cites"] = original["cites"] or original["number"]
                row |= {c: original[c] for c in ("author", "title", "year", "url", "domain") if not row[c] or c in ("author", "title")}
            rows.append(row)
    return rows


def _parts(text: str) -> list[str]:
    """Split a note at semicolons that stand outside brackets and quotation marks."""
    parts, depth, quoted, start = [], 0, False, 0
    for i, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign in "“”" or sign == '"':
            quoted = sign == "“" or (sign == '"' and not quoted)
        elif sign == ";" and not depth and not quoted:
            parts.append(text[start:i])
            start = i + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()] or [text.strip()]


def _work(text: str) -> dict[str, Any]:
    """Return author, title, year, url and domain as far as the note gives them."""
    link = URL.search(text)
    url = link[0].rstrip(".,;)") if link else None
    plain = URL.sub("", text)
    found = QUOTED.search(plain) or ITALIC.search(plain)
    if found and len(found[1]) >= SHORTEST_TITLE:
        author, title = plain[: found.start()], found[1]
    else:
        head = re.split(r"\s\(|,\s(?=\d{4}\b)", plain, maxsplit=1)[0]
        author, comma, title = head.rpartition(", ") if head.count(", ") == 1 else head.partition(", ")
        if not comma:
            author, title = ("", head) if len(head.split()) > 4 else (head, "")
    after = plain[found.end() :] if found else plain
    years = YEAR.findall(after) or YEAR.findall(plain)
    return {
        "author": _trim(author),
        "title": _trim(title),
        "year": int(years[-1]) if years else None,
        "url": url,
        "domain": _host(url) if url else None,
    }


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:  # such as "https://[3", an address with the next note's number run into it
        return None


def _trim(text: str) -> str | None:
    cleaned = " ".join(text.replace("*", "").split()).strip(' ,.;:“”"')
    return None if not cleaned or IBID.fullmatch(cleaned) else cleaned


def _short_form_of(row: dict[str, Any], text: str, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the earlier row that a short form stands for, or None when the note stands for itself.

    A short form has neither year nor address; its surnames are among the earlier note's words, and its title is a run of them.
    """
    if row["year"] or row["url"] or len(text.split()) > SHORT_FORM_WORDS:
        return None
    surnames = {word for word in _plain(row["author"] or "").split() if word != "and"}
    phrase = _plain(row["title"] or row["author"] or "")
    for earlier in rows:
        words = _plain(earlier["text"])
        if earlier["cites"] is None and phrase and f" {phrase} " in f" {words} " and surnames <= set(words.split()):
            return earlier
    return None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", "", text.casefold()).split())
