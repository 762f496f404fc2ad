"""Short names that a post defines: "Internet Freedom Foundation (IFF)" says what IFF is from there on.

The rule is that of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text", made
stricter: each letter of the short name opens a word before the bracket.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Definition", "definitions"]

BRACKET = re.compile(r"\s?\(\W?(?P<short>[A-Z][A-Za-z&.-]{1,9})\W?\)")
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SMALL = frozenset("of the and for in on to de la du et a an by with".split())
MOST_WORDS = 12


class Definition(NamedTuple):
    """A short name in brackets, and the words before it that its letters open."""

    short: str
    start: int
    end: int
    long_start: int
    long_end: int


def definitions(text: str) -> list[Definition]:
    """Return the short names that a text defines, in order, with offsets of the short and of the long name.

    >>> [(d.short, t[d.long_start : d.long_end]) for t in ["The Internet Freedom Foundation (IFF) sued."] for d in definitions(t)]
    [('IFF', 'Internet Freedom Foundation')]
    """
    found = []
    for match in BRACKET.finditer(text):
        words = list(WORDS.finditer(text, max(0, match.start() - 200), match.start()))[-MOST_WORDS:]
        letters = [c.lower() for c in match["short"] if c.isupper()]
        start = _opening(words, letters)
        if start is not None and len(letters) > 1:
            found.append(Definition(match["short"], match.start("short"), match.end("short"), start, match.start()))
    return found


def _opening(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Return where the words begin that the letters open, read from the last; small words may be skipped."""
    k = len(letters) - 1
    for word in reversed(words):
        if word[0][0].lower() == letters[k] and not (word[0].lower() in SMALL and k == len(letters) - 1):
            k -= 1
            if k < 0:
                return word.start()
        elif word[0].lower() not in SMALL:
            return None
    return None
