"""Words that a pattern cannot match without: most patterns need not be tried on most sentences.

Of each pattern some runs of letters are kept, of which every match holds one (" spying on ", " surveil"). The runs of many patterns are
looked for in a sentence in one pass (Aho and Corasick 1975, https://doi.org/10.1145/360825.360855); a pattern none of whose runs is there
cannot match. Both are folded: small letters, and one space for whatever is no part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

__all__ = ["Possible", "folded", "needed"]

MOST_WAYS = 100
SHORTEST = 3
SELDOM = 6.0  # how many times as seldom a run is for each letter that it has, roughly
PLAIN = re.compile(r"[a-z0-9_\uac00-\ud7a3]")
NO_WORD = re.compile(r"\W+")
LIKE_ASCII = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}  # what `re` takes for i, s and k where case is ignored
NO_LETTER = "[(IN, [(CATEGORY, CATEGORY_WORD)])]"
Ways = frozenset[tuple[str, str]]  # of each way to match: the longest run so far, and the run that is not at its end
START: Ways = frozenset((("", ""),))


class Possible:
    """Which of some patterns may match a text."""

    def __init__(self, patterns: Sequence[re.Pattern[str] | None]) -> None:
        """Keep the patterns; None stands for one that is always possible."""
        self._patterns = patterns

    @cached_property
    def _index(self) -> tuple[Any, list[list[int]], list[int]]:
        """Return what finds the runs, the patterns that each run belongs to, and the patterns that have none."""
        import ahocorasick_rs

        all_runs = [needed(pattern) if pattern is not None else None for pattern in self._patterns]
        places: dict[str, list[int]] = {}
        for n, runs in enumerate(all_runs):
            for run in runs or ():
                places.setdefault(run, []).append(n)
        always = [n for n, runs in enumerate(all_runs) if runs is None]
        return ahocorasick_rs.AhoCorasick(list(places)), list(places.values()), always

    def within(self, text: str) -> list[int]:
        """Return the places of the patterns that may match, in order."""
        finder, places, always = self._index
        found = {run for run, _, _ in finder.find_matches_as_indexes(folded(text), overlapping=True)}
        return sorted({*always, *(n for run in found for n in places[run])})


def folded(text: str) -> str:
    """Return a text in small letters, with one space for whatever is no part of a word, and one at either end.

    >>> folded("They said: “Don’t!”")
    ' they said don t '
    """
    if not text.isascii():
        for letter, like in LIKE_ASCII.items():
            text = text.replace(letter, like)
    return NO_WORD.sub(" ", f" {text} ").lower()


@lru_cache(maxsize=4096)
def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Return runs of which every folded text that a pattern matches in holds one; None where there are none.

    >>> sorted(needed(re.compile(r"(?<!\\w)(?:spy(?:ing)? on|surveil\\w*)(?!\\w)", re.IGNORECASE)))
    [' spy on ', ' spying on ', ' surveil']
    """
    if pattern.flags & re.ASCII:
        return None
    parts = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    runs = frozenset(run for run, _ in _ended(_row(parts, START)))
    return runs if min(map(len, runs)) >= SHORTEST else None


def _row(parts: Iterable[tuple[Any, Any]], ways: Ways) -> Ways:
    """Return the ways to match behind some parts of a pattern that stand in a row, given those before them."""
    for node, value in parts:
        ways = _part(str(node), value, ways)
    return ways


def _part(node: str, value: Any, ways: Ways) -> Ways:
    if node == "LITERAL":
        return _with(ways, (_letter(chr(value)),))
    if node == "IN":
        return _with(ways, {_letter(chr(x)) if str(kind) == "LITERAL" else _kind(str(x)) for kind, x in value})
    if node == "SUBPATTERN" and not value[1] & re.ASCII:
        return _row(value[-1], ways)
    if node == "BRANCH":
        return _any(value[1], ways)
    if node in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inside = value
        once = _row(inside, ways)
        if most > 1 and _row(inside, START) != {("", " ")}:
            return _ended(once if least else ways)
        return once if least else once | ways if len(once | ways) <= MOST_WAYS else _ended(ways)
    if node == "ASSERT_NOT" and str(value[1]) == NO_LETTER:
        return _with(ways, (" ",))
    return ways if node in ("AT", "ASSERT", "ASSERT_NOT") else _ended(ways)


def _any(sides: Sequence[Any], ways: Ways) -> Ways:
    """Return the ways behind one of several sides.

    Where they are too many, they are those before or those of the sides alone, whichever fewer texts have.
    """
    if len(ways) * len(sides) <= MOST_WAYS:
        return frozenset[tuple[str, str]]().union(*(_row(side, ways) for side in sides))
    alone = frozenset[tuple[str, str]]().union(*(_row(side, START) for side in sides))
    return min(_ended(ways), alone, key=lambda some: sum(SELDOM ** -len(run) for run, _ in _ended(some)))


def _letter(letter: str) -> str | None:
    """Return what a letter of a pattern is in a folded text; None where it is not plain what else `re` takes for it."""
    if PLAIN.fullmatch(letter.lower()):
        return letter.lower()
    return " " if NO_WORD.fullmatch(letter) and letter.lower() == letter == letter.upper() else None


def _kind(kind: str) -> str | None:
    return " " if kind == "CATEGORY_SPACE" else None


def _with(ways: Ways, letters: Collection[str | None]) -> Ways:
    """Return the ways with one of some letters behind each."""
    if None in letters or len(ways) * len(letters) > MOST_WAYS:
        return _ended(ways)
    return frozenset((run, open_ if open_[-1:] == letter == " " else f"{open_}{letter}") for run, open_ in ways for letter in letters)


def _ended(ways: Ways) -> Ways:
    """Return the ways with their runs at an end."""
    return frozenset((max(run, open_, key=len), "") for run, open_ in ways)
