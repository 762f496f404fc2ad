"""The rules `lemmas` and `acts` as a codebook writes them, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from discourse.errors import CodebookError, did_you_mean
from discourse.tag.codebook.acts import Acts
from discourse.tag.codebook.lemmas import GAP, Lemmas
from discourse.tag.codebook.parse import Phrases, Words
from discourse.tag.codebook.patterns import compiled, plain

__all__ = ["acts", "lemmas"]

MOST_PLACES = 12
ACT_KEYS = ("who", "does", "whom")


def lemmas(value: Any, terms: Mapping[str, str], where: str) -> Lemmas:
    """Return a row of places.

    Raises
    ------
    CodebookError : it is no list of places, or `...` does not stand between two of them.
    """
    if not isinstance(value, list) or not value or len(value) > MOST_PLACES:
        raise CodebookError(f"{where}: `lemmas` must be a list of 1 to {MOST_PLACES} places: words, lists of words, {{term}} or {GAP}.")
    gaps = [place == GAP for place in value]
    if gaps[0] or gaps[-1] or any(a and b for a, b in pairwise(gaps)):
        raise CodebookError(f"{where}: {GAP} must stand between two other places of `lemmas`.")
    return Lemmas(tuple(None if gap else _words(place, terms, where) for place, gap in zip(value, gaps, strict=True)))


def acts(value: Any, terms: Mapping[str, str], where: str) -> Acts:
    """Return who does what to whom.

    Raises
    ------
    CodebookError : it is no mapping of `does` and perhaps `who` and `whom`, each a word, a list of words or {term}.
    """
    if not isinstance(value, dict) or value.get("does") is None:
        raise CodebookError(f"{where}: `acts` must have `does`, and may have `who` and `whom`.")
    for key in value:
        if key not in ACT_KEYS:
            raise CodebookError(f"{where}: `acts` has no key {str(key)[:60]!r}.{did_you_mean(str(key)[:60], ACT_KEYS)}")
    given = _listed(value["does"], f"{where}, `does`")
    phrases = tuple(tuple(verb.lower().split()) for verb in given if " " in verb.strip() and "{" not in verb and "*" not in verb)
    does = _words([verb for verb in given if tuple(verb.lower().split()) not in phrases], terms, f"{where}, `does`")
    who, whom = (_words(value[key], terms, f"{where}, `{key}`") if value.get(key) is not None else None for key in ("who", "whom"))
    return Acts(does, phrases, who, whom)


def _words(value: Any, terms: Mapping[str, str], where: str) -> Words:
    """Return what a place may hold; a single word is compared with the forms of tokens, all else becomes a pattern."""
    given = [] if value == [] else _listed(value, where)
    named = [term for term in given if re.fullmatch(r"\{.*\}", term)]
    single = {term for term in given if re.fullmatch(r"\w+", term)}
    own = plain([term for term in given if term not in single and term not in named], where)
    patterns = [compiled(term, terms, where) for term in named] + ([compiled("", {}, where, own=own)] if own else [])
    return Words(frozenset(single), tuple(_phrases(pattern) for pattern in patterns))


@lru_cache(maxsize=4096)
def _phrases(pattern: re.Pattern[str]) -> Phrases:
    return Phrases(pattern)


def _listed(value: Any, where: str) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) and one.strip() for one in listed):
        raise CodebookError(f"{where}: each place must be a word, a list of words or, in quotes, '{{term}}'.")
    return [one.strip() for one in listed]
