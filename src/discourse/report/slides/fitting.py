"""Text that must fit a slide: how wide it is by a careful count of its characters, and how it is shortened."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["cleaned", "fitted", "in_lines", "n_lines", "told", "wide"]

ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
NARROW, BROAD = frozenset("iljtfrI.,:;|!'’‘ ()[]-/1"), frozenset("mwMW@%—…")
POINTS = 72  # to an inch
BOLD = 1.08
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s\da-z])")
MORE = "…"


def cleaned(text: str) -> str:
    r"""Return a text without the characters that XML cannot hold; nothing else is changed.

    >>> cleaned("a\x00b\x1f = c\ud800\uffff")
    'ab = c'
    """
    return ILLEGAL.sub("", text)


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many inches a line takes at most, in Arial or a font like it.

    Parameters
    ----------
    text : one line.
    size : in points.
    bold : whether it is bold.

    >>> wide("ill", 10) < wide("all", 10) < wide("ALL", 10) < wide("정치적", 10)
    True
    """
    return sum(map(_em, text)) * size / POINTS * (BOLD if bold else 1.0)


def _em(sign: str) -> float:
    """Return how wide a character is, in ems."""
    if sign in NARROW:
        return 0.36
    if sign.isascii():
        return 0.96 if sign in BROAD else 0.72 if sign.isupper() else 0.57
    if unicodedata.combining(sign):
        return 0.0
    return 1.05 if unicodedata.east_asian_width(sign) in "WFA" or ord(sign) > 0xFFFF else 0.75


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    r"""Return a text as one line that fits, cut with an ellipsis.

    Parameters
    ----------
    text : to print; its white space becomes single spaces.
    size : in points.
    room : in inches.
    bold : whether it is bold.

    >>> fitted("Net\nneutrality", 12, 3.0), fitted("Net neutrality", 12, 0.6)
    ('Net neutrality', 'Net…')
    """
    line = " ".join(cleaned(text).split())
    if wide(line, size, bold=bold) <= room:
        return line
    kept = ""
    for sign in line:
        if wide(kept + sign + MORE, size, bold=bold) > room:
            break
        kept += sign
    return kept.rstrip() + MORE


def n_lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes at most; the parameters are those of `fitted`.

    >>> n_lines("one two three", 12, 0.6), n_lines("one two three", 12, 3.0), n_lines("", 12, 1.0)
    (3, 1, 0)
    """
    lines, left = 0, 0.0
    for word in cleaned(text).split():
        needs = wide(word, size, bold=bold)
        if not lines or needs > left:
            more = max(1, -int(-needs // room))
            lines, left = lines + more, more * room
        left -= needs + wide(" ", size, bold=bold)
    return lines


def in_lines(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """Return a text that takes so many lines at most, cut after a word with an ellipsis; other parameters are those of `fitted`.

    >>> in_lines("one two three", 12, 0.6, 2)
    'one two…'
    """
    words = cleaned(text).split()
    if n_lines(" ".join(words), size, room, bold=bold) <= most:
        return " ".join(words)
    while len(words) > 1 and n_lines(" ".join(words) + MORE, size, room, bold=bold) > most:
        words.pop()
    if n_lines(words[0], size, room, bold=bold) > most:
        return fitted(words[0], size, room * most, bold=bold)
    return " ".join(words) + MORE


def told(text: str, size: float, room: float, most: int, *, rest: str = "") -> str:
    """Return as many whole sentences of a text as fit, and then what is said of the rest; other parameters are those of `in_lines`.

    >>> told("One two. Three four. Five six.", 12, 5.0, 1, rest="More in the notes.")
    'One two. Three four. Five six.'
    >>> told("One two. Three four. Five six seven eight nine ten eleven twelve.", 12, 3.4, 1, rest="More in the notes.")
    'One two. Three four. More in the notes.'
    """
    whole = " ".join(cleaned(text).split())
    if n_lines(whole, size, room) <= most:
        return whole
    sentences = SENTENCE.split(whole)
    for n in range(len(sentences) - 1, 0, -1):
        said = " ".join([*sentences[:n], rest]).rstrip()
        if n_lines(said, size, room) <= most:
            return said
    for n in range(len(whole.split()), 0, -1):
        said = f"{' '.join(whole.split()[:n])}{MORE} {rest}".rstrip()
        if n_lines(said, size, room) <= most:
            return said
    return fitted(whole, size, room * most)
