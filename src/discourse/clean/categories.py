"""Categories that differ only in case, space, hyphen or number are one category."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

__all__ = ["fold", "folded_names"]

NO_PLURAL = ("ss", "us", "is", "news", "series", "ics")


def fold(name: str) -> str:
    """Return the key under which spellings of one category meet.

    >>> fold("Cyber Crime") == fold("cybercrimes"), fold("Kim Jong-un") == fold("Kim Jong Un"), fold("News") == fold("New")
    (True, True, False)
    """
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())
    if not letters.isascii() or letters.endswith(NO_PLURAL):
        return letters or name
    if letters.endswith("ies") and len(letters) > 5:
        return letters[:-3] + "y"
    return letters[:-1] if letters.endswith("s") and len(letters) > 3 else letters or name


def folded_names(names: Iterable[str]) -> dict[str, str]:
    """Return spelling -> the spelling to print: the most frequent of its key, then the first in the alphabet.

    >>> folded_names(["Articles", "articles", "Articles", "Article"])
    {'Article': 'Articles', 'Articles': 'Articles', 'articles': 'Articles'}
    """
    counts = Counter(names)
    best: dict[str, str] = {}
    for name in sorted(counts, key=lambda n: (-counts[n], n)):
        best.setdefault(fold(name), name)
    return {name: best[fold(name)] for name in sorted(counts)}
