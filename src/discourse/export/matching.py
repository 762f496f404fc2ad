"""Names found in a text: whole words, as they are written, longest first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, cached_property
from typing import Any

from discourse.paths import resource_rows

__all__ = ["WORD", "Matcher"]

WORD = re.compile(r"[^\W_]+(?:['’.\-‐‑][^\W_]+)*")
HANGUL = re.compile(r"[가-힣]+")
TOKEN = re.compile(r"\S*")
NUMBERED = re.compile(r"[-‐‑]\d")
JOINS = ("-", "/", "_", "@", "#")
BEFORE_ITEM = re.compile(r"[^\s,;|:.][ \t]*$")
AFTER_ITEM = re.compile(r"\.[^\W_]|[ \t]*(?:[\n,;|]|$)")
ADDRESS = ("://", "www.", "@")
FARTHEST = 300


class Matcher:
    """Finds some names in a text.

    A name is whole where no letter or digit stands beside it, and no number is tied to it; behind a Hangul name a particle may stand. No
    name is found in an address of the web. A name in small letters must stand apart from hyphens and slashes too.
    """

    def __init__(self, names: Iterable[str], *, listed: Collection[str] = frozenset()) -> None:
        """Take the names, an empty one is none; those of `listed` are found only as items of a list of words, or alone."""
        self.names = sorted({name for name in names if name})
        self._listed = listed

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self.names, matchkind=ahocorasick_rs.MatchKind.Standard)

    def all(self, text: str) -> list[tuple[int, int, str]]:
        """Return every whole name in a text as start, end and name, also those inside longer ones, in order.

        >>> Matcher(["Ada", "Ada Okafor"]).all("Ada Okafor's book, not Adan's")
        [(0, 3, 'Ada'), (0, 10, 'Ada Okafor')]
        """
        if not self.names:
            return []
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        whole = ((start, end, self.names[k]) for k, start, end in found if _is_whole(text, start, end))
        return sorted(hit for hit in whole if hit[2] not in self._listed or _is_item(text, *hit[:2]))

    def longest(self, text: str) -> list[tuple[int, int, str]]:
        """Return names that do not overlap, the longest at each place, in order.

        >>> Matcher(["Ada", "Ada Okafor"]).longest("Ada Okafor's book, not Ada’s")
        [(0, 10, 'Ada Okafor'), (23, 26, 'Ada')]
        """
        found = self.all(text)
        if len(found) < 2:
            return found
        taken, chosen = bytearray(len(text)), []
        for start, end, name in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
            if not any(taken[start:end]):
                chosen.append((start, end, name))
                taken[start:end] = b"\1" * (end - start)
        return sorted(chosen)


@cache
def _particles() -> frozenset[str]:
    return frozenset(row["word"] for row in resource_rows("gazetteer", "words.csv") if row["kind"] == "particle")


def _is_item(text: str, start: int, end: int) -> bool:
    """Return whether a place is a whole text, or stands between commas or the like."""
    return not BEFORE_ITEM.search(text[max(0, start - FARTHEST) : start]) and bool(AFTER_ITEM.match(text, end))


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if HANGUL.match(text[end - 1]):
        rest = HANGUL.match(text, end)
        return not HANGUL.match(before) and (rest is None or rest[0] in _particles())
    if before.isalnum() or before == "_" or after == "_" or (after.isalnum() and not HANGUL.match(after)) or NUMBERED.match(text, end):
        return False
    if text[start].islower() and (before in JOINS or after in JOINS):
        return False
    first = max(text.rfind(" ", max(0, start - FARTHEST), start), text.rfind("\n", max(0, start - FARTHEST), start)) + 1
    token = text[first:start] + TOKEN.match(text, start, start + FARTHEST)[0]  # type: ignore[index]
    return not any(sign in token for sign in ADDRESS)
