"""Cells of a sheet: text that no spreadsheet runs as a formula, and what people type for a code.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return may be run by a spreadsheet that opens a CSV ("CSV injection").
Such a text gets an apostrophe before it, and so does one that already begins with apostrophes before one of these, so that what is taken
off when it is read is what was put on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from discourse.paths import resource_rows

__all__ = ["code_typed", "folded", "guarded", "label_typed", "same_text", "unguarded"]

RUN = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
BLANK = re.compile(r"(?:_x000D_|[\s\x00-\x1f\x7f])+")
LONGEST = 32_000  # Excel keeps 32,767 letters of a cell


def guarded(text: str) -> str:
    """Return a text so that a spreadsheet does not run it.

    >>> guarded("=1+1"), guarded("'=1"), guarded("'tis")
    ("'=1+1", "''=1", "'tis")
    """
    return f"'{text}" if RUN.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return text[1:] if GUARDED.match(text) else text


def folded(text: str) -> str:
    """Return a text for comparison: spreadsheets change white space and how a letter with an accent is stored, and nobody sees it."""
    return BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()[:LONGEST].strip()


def same_text(text: str, found: str, *, is_loose: bool = False) -> bool:
    """Return whether a cell holds a text, guarded or not; `is_loose` where letters that Windows-1252 lacks may stand as anything.

    >>> same_text("=a  b", "'=a b"), same_text("a b", "a c"), same_text("Ł is ő", "? is o", is_loose=True)
    (True, False, True)
    """
    wanted, forms = folded(text), (folded(found), folded(unguarded(found)))
    if wanted in forms:
        return True
    return is_loose and any(re.fullmatch(_loose(wanted), form) for form in forms)


def _loose(text: str) -> str:
    return "".join(re.escape(letter) if letter.encode("cp1252", "ignore") else ".{0,2}" for letter in text)


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


@cache
def _words() -> dict[str, int]:
    return {_word(row["typed"]): int(row["code"]) for row in resource_rows("coding", "typed_codes.csv")}


def code_typed(text: str) -> int | None:
    """Return the code that somebody typed, or None where it cannot be told.

    >>> code_typed("1.0"), code_typed("0 "), code_typed("X"), code_typed("2"), code_typed("perhaps")
    (1, 0, 1, None, None)
    """
    word = _word(text)
    if word in _words():
        return _words()[word]
    if not re.fullmatch(r"[01](?:[.,]0{1,9})?", word):
        return None
    return int(word[0])


def label_typed(text: str, values: Iterable[str]) -> str | None:
    """Return the value that somebody typed, whatever its case, or None where it is none of them.

    >>> label_typed(" Author", ["author", "other"])
    'author'
    """
    return next((value for value in values if _word(value) == _word(text)), None)
