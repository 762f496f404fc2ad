"""Quotations: a window of words around what is meant, and where in it that stands."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["MOST_WORDS", "Quotation", "cut", "is_long"]

MOST_WORDS = 30
WORDS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[^\s\u3040-\u30ff\u4e00-\u9fff]+")
LEFT_OUT = "…"


class Quotation(NamedTuple):
    """A text, and the span in it that is meant."""

    text: str
    start: int
    end: int


def is_long(text: str) -> bool:
    """Return whether a text has more words than a quotation may have."""
    return len(text) > MOST_WORDS and sum(1 for _ in WORDS.finditer(text)) > MOST_WORDS


def cut(text: str, start: int = 0, end: int = 0) -> Quotation:
    """Return at most 30 words of a text around a span, with "…" where something is left out; of a longer span its beginning.

    Parameters
    ----------
    text : one sentence or more.
    start, end : offsets of the span; without it the beginning is kept.

    >>> cut("leek " * 20 + "soup " + "leek " * 20, 100, 104).text.count("leek")
    29
    >>> cut("leek soup", 5, 9)
    Quotation(text='leek soup', start=5, end=9)
    """
    words = [match.span() for match in WORDS.finditer(text)]
    if len(words) <= MOST_WORDS:
        return Quotation(text, start, end)
    inside = [k for k, (a, b) in enumerate(words) if b > start and a < max(end, start + 1)] or [0]
    first, last = inside[0], min(inside[-1], inside[0] + MOST_WORDS - 1)
    room = MOST_WORDS - (last - first + 1)
    first = max(0, min(first - room // 2, len(words) - MOST_WORDS)) if end > start else 0
    last = min(first + MOST_WORDS, len(words)) - 1
    begin, stop = words[first][0], words[last][1]
    before, after = (f"{LEFT_OUT} " if first else ""), (f" {LEFT_OUT}" if last < len(words) - 1 else "")
    moved = len(before) - begin
    low, high = (min(max(place, begin), stop) + moved for place in (start, max(start, end)))
    return Quotation(f"{before}{text[begin:stop]}{after}", low, high)
