"""Footnotes: split into the works they cite, with "Ibid." and short forms resolved.

Follows the note style of the Chicago Manual of Style (17th ed., ch. 14), which the blogs seen use: author, title in
quotation marks or italics, place and publisher in brackets, year; later "Ibid." or surname and short title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

__all__ = ["RawNote", "cited_works"]

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»「」『』]+")
IBID = re.compile(
    r"(?:see\s+|vgl\.\s+|cf\.\s+)?(?:ibid(?:em)?|ibíd(?:em)?|ebd|ebenda|idem|id|위의 ?글|위의 ?책|같은 ?글|같은 ?책)\b\.?(?!\w)",
    re.IGNORECASE,
)
CITED = re.compile(r",?\s*\b(?:op\. ?cit|loc\. ?cit|a\. ?a\. ?O|앞의 ?글|앞의 ?책)\b\.?", re.IGNORECASE)
SUPRA = re.compile(
    r"(?:\bsupra(?: note| n\.)?|\b(?:see|in) (?:above )?(?:foot)?note|\babove,? (?:foot)?note) ?\[?(\d{1,3})\b", re.IGNORECASE
)
LEAD = re.compile(
    r"(?:but )?(?:see,? (?:also|generally|for (?:example|instance|more|details)|e\.g\.)|see"
    r"|for (?:more|a|further|an)\b[^,;“\"]{0,60}, see(?: also)?|cf\.|compare|e\.g\.|as (?:cited|quoted) in|(?:cited|quoted) in"
    r"|vgl\.(?: auch)?|siehe(?: auch)?|voir(?: aussi)?|véase(?: también)?|cfr\.)[,:]?\s+",
    re.IGNORECASE,
)
FETCHED = "accessed|retrieved|visited|viewed|checked|modified|updated|abgerufen|aufgerufen|consulté|consultado|consultato|검색일|접속일"
MAY_BE_FETCHED = re.compile(FETCHED, re.IGNORECASE)
ACCESSED = re.compile(
    rf"[\[(,;.]?\s*(?:last |date |zuletzt )?(?:{FETCHED})\b(?: on| am| le| el| il)?:?\s*"
    r"(?:[^\W\d]+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\.?\s+(?:de )?[^\W\d]+\.?,?\s+(?:de )?\d{4}"
    r"|\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?|\d{4}년(?: ?\d{1,2}월 ?\d{1,2}일)?|[^\W\d]+\.?,? \d{4})[\])]?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d/\-–—.:])(1[89]\d\d|20\d\d)(?![\d/]|[\-–—]\d{1,4}\b)")
ANY_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
QUOTED = re.compile(
    r"“((?:[^“”]|“[^“”]*”)+?)[.,]?”|„((?:[^„“”])+?)[.,]?[“”]|\"([^\"]+?)[.,]?\"|«\s?([^«»]+?)[.,]?\s?»"
    r"|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|〈([^〈〉]+)〉"
)
ITALIC = re.compile(r"\*([^*]+?)[.,]?\*")
PARTICLES = r"(?:(?:de|la|van|von|der|den|al|bin|da|del|di|el|le)\s+)*"
PERSON = rf"[^\W\d_a-z][\w.’'\-‐]*(?:\s+{PARTICLES}[^\W\d_a-z][\w.’'\-‐]*)"
NAME = re.compile(rf"{PERSON}{{0,4}}")
LAST_AUTHOR = re.compile(
    rf"(?:(?:and|&|und|et|y) )?{PERSON}{{1,4}} (?:and|&|und|et|y) {PERSON}{{1,4}}|(?:and|&|und|et|y) {PERSON}{{0,6}}|et al\.?"
)
SURNAMES = re.compile(r"[^\W\d_a-z][\w’'\-]+, [^\W\d_a-z][\w’'\-]+,? (?:and|und|et|y) [^\W\d_a-z][\w’'\-]+")
VERSUS = re.compile(r"\sv\.?\s")
SHORT_ENDS = re.compile(r"(?:\bet al|\b[Ee]ds?|\b[JS]r|\bInc|\bLtd|\bCo|\bCorp|\b[A-Z](?:\.[A-Z])*|\bHrsg|\btrans)\.[ ,;:]*$")
TITLE_ENDS = re.compile(
    r"\s\((?=[^()]*\d{4}[^()]*\))|\s\[\d{4}\]|,\s(?=\d{4}\b|[A-Z][a-z]+\.?\s(?:\d{1,2},\s)?\d{4}|\d{1,2}\s[A-Z][a-z]+\s\d{4}"
    r"|\(\d{4}\)|[A-Z]{1,5}/[A-Z\d]|[A-Z]{2,5}\s?[\d(]|Cm \d|UN Doc|ECLI|(?:Joined )?Cases? [A-Z]|[Nn]o\. \d|vol\. \d|Writ Petition"
    r"|(?:judg(?:e?)ment|decision|order|warrant|complaint|criminal complaint|indictment|ruling|released|resolution|application)\b)"
)
PAGES = re.compile(r",\s(?:pp?\.\s?|S\.\s?|at\s)?\d{1,4}(?:[–-]\d{1,4})?\.?\s*$")
MOST_AUTHORS = 9
SHORTEST_TITLE = 4
MOST_PARTS = 40
MOST_EARLIER = 500
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
            original = _original(row, text, rows[-MOST_EARLIER:])
            if original is not None:
                row["cites"] = original["cites"] or original["number"]
                row |= {c: original[c] for c in ("author", "title", "year", "url", "domain") if not row[c] or c in ("author", "title")}
            rows.append(row)
    return rows


def _original(row: dict[str, Any], text: str, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the earlier row that "Ibid.", "supra note 4", "op. cit." or a short form stands for; None when the note is its own."""
    if IBID.match(text):
        return rows[-1] if rows else None
    if (named := SUPRA.search(text)) and not row["url"]:
        return next((earlier for earlier in rows if earlier["number"] == named[1] and _shares_name(row, earlier)), None)
    if CITED.search(text):
        surnames = set(_plain(CITED.split(text)[0]).split()) - {"and", "see", "also"}
        return next((earlier for earlier in reversed(rows) if surnames and surnames <= set(_plain(earlier["text"]).split())), None)
    return _short_form_of(row, text, rows)


def _shares_name(row: dict[str, Any], earlier: dict[str, Any]) -> bool:
    """Return whether the author named beside "supra note 4" is that note's; where none is named, it is."""
    named = set(_plain(SUPRA.split(row["text"])[0]).split()) - {"see", "also", "and", "cf"}
    return not named or bool(named & set(_plain(earlier["text"]).split()))


def _parts(text: str) -> list[str]:
    """Split a note at semicolons that stand outside brackets and quotation marks."""
    if ";" not in text:
        return [text.strip()]
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
    found = [part.strip() for part in [*parts, text[start:]] if part.strip()]
    return found if 0 < len(found) <= MOST_PARTS else [text.strip()]


def _work(text: str) -> dict[str, Any]:
    """Return author, title, year, url and domain as far as the note gives them."""
    link = URL.search(text)
    url = _address(link[0]) if link else None
    plain = URL.sub("", text).strip()
    plain = ACCESSED.sub("", plain) if MAY_BE_FETCHED.search(plain) else plain
    plain = plain[lead.end() :] if (lead := LEAD.match(plain)) else plain
    found = _title(plain)
    if found:
        author, title, after = plain[: found.start()], next(filter(None, found.groups())), plain[found.end() :]
    else:
        author, title = _author_and_title(SUPRA.split(CITED.split(plain)[0])[0])
        after = plain
    return {
        "author": _trim(author),
        "title": _trim(title),
        "year": _year(after) or _year(plain),
        "url": url,
        "domain": _domain(url) if url else None,
    }


def _title(plain: str) -> re.Match[str] | None:
    """Return the title: what stands in quotation marks, unless those are part of a longer title."""
    quoted, italic = QUOTED.search(plain), ITALIC.search(plain)
    if quoted and not (italic and italic.start() < quoted.start() < italic.end()):
        before = plain[: quoted.start()].rstrip()
        part = plain[quoted.end() : quoted.end() + 2] == ": " or (", " in before and before[-1] not in ",.:;)")
        found = italic if part else quoted
    else:
        found = italic
    return found if found and len(next(filter(None, found.groups()))) >= SHORTEST_TITLE else None


def _author_and_title(plain: str) -> tuple[str, str]:
    """Split "A, B, and C, Title (Place: Press, 2016)", where nothing marks the title; a case such as "A v. B" is a title."""
    ends = [match.start() for match in TITLE_ENDS.finditer(plain)]
    end = next((place for place in ends if ", " in plain[:place]), ends[0] if ends else len(plain))
    head = PAGES.sub("", plain[:end])
    pieces = head.split(", ")
    if VERSUS.search(pieces[0]):
        return "", head
    last = next((k for k in range(1, min(len(pieces) - 1, MOST_AUTHORS)) if LAST_AUTHOR.fullmatch(pieces[k])), 0)
    last = last or (1 if len(pieces) > 2 and SURNAMES.fullmatch(f"{pieces[0]}, {pieces[1]}") else 0)
    if last and all(NAME.fullmatch(piece) for piece in pieces[:last]):
        return ", ".join(pieces[: last + 1]), ", ".join(pieces[last + 1 :])
    if len(pieces) > 1:
        return pieces[0], ", ".join(pieces[1:])
    return ("", head) if len(head.split()) > 4 else (head, "")


def _address(found: str) -> str:
    """Return an address without the stop, bracket or mark that a sentence put behind it."""
    url = found.rstrip(".,;:!?'’*_")
    while url and (
        (url[-1] == ")" and url.count("(") < url.count(")")) or (url[-1] == "]" and url.count("[") < url.count("]")) or url[-1] in ">}"
    ):
        url = url[:-1].rstrip(".,;:!?'’*_")
    return url if "://" in url else f"http://{url}"


def _domain(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:  # such as a broken IPv6 address
        return None


def _year(text: str) -> int | None:
    """Return the year of publication: the last one that is no page and no number of a document."""
    years = YEAR.findall(text) or ANY_YEAR.findall(text)
    return int(years[-1]) if years else None


def _trim(text: str) -> str | None:
    cleaned = " ".join(text.replace("*", "").split())
    stop = "." if SHORT_ENDS.search(cleaned) else ""
    cleaned = cleaned.strip(" ,.;:")
    if (cleaned.startswith(('"', "“")) or cleaned.endswith(('"', "”"))) and len(re.findall('[“”"]', cleaned)) != 2:
        cleaned = cleaned.strip(' ,.;:“”"')
    elif cleaned[:1] in ('"', "“") and cleaned[-1:] in ('"', "”"):
        cleaned = cleaned[1:-1]
    return None if not any(map(str.isalpha, cleaned)) or IBID.fullmatch(cleaned) else cleaned + stop


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


@lru_cache(maxsize=2048)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", "", text.casefold()).split())
