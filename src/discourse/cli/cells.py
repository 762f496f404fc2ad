"""How wide a text is on a terminal: Hangul takes two cells a syllable."""

from __future__ import annotations

import unicodedata

__all__ = ["cells", "left_of", "right_of"]

WIDE = ("W", "F")
NO_CELL = ("Mn", "Me", "Cf")


def cells(text: str) -> int:
    """Return the number of cells that a text takes.

    >>> cells("radio"), cells("라디오"), cells("e\\u0301")
    (5, 6, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def left_of(text: str, width: int) -> str:
    """Return the beginning of a text in exactly so many cells, padded or cut at the right.

    >>> left_of("radio", 7), left_of("라디오", 5)
    ('radio  ', '라디 ')
    """
    kept = _first(text, width)
    return kept + " " * (width - cells(kept))


def right_of(text: str, width: int) -> str:
    """Return the end of a text in exactly so many cells, padded or cut at the left.

    >>> right_of("radio", 7), right_of("라디오", 5)
    ('  radio', ' 디오')
    """
    kept = _first(text[::-1], width)[::-1]
    return " " * (width - cells(kept)) + kept


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in WIDE else 1


def _first(text: str, width: int) -> str:
    room = width
    for k, letter in enumerate(text):
        room -= _cells(letter)
        if room < 0:
            return text[:k]
    return text
