"""Patterns: regular expressions as a codebook writes them, and plain words and phrases made into one.

Both ignore case and match at word boundaries, and a space in them stands for any white space or hyphen.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from discourse.errors import CodebookError, did_you_mean
from discourse.tag.entities.gazetteer import words

__all__ = ["HANGUL", "compiled", "expanded", "plain"]

HANGUL = re.compile(r"[\uac00-\ud7a3]")
SPACE = r"[\s‐‑-]+"
LONGEST = 20_000
LONGEST_EXPANDED = 400_000
MOST_REPEATS = 20
SIGNS = {"-": "[‐‑-]", "'": "['’]", "’": "['’]"}
NAMED = re.compile(r"\{([A-Za-z_]\w*)\}")
PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)|[*+]|\{\d*,\d*\}|\{\d+\}|.", re.DOTALL)


def expanded(pattern: str, terms: Mapping[str, str], where: str) -> str:
    """Return a regular expression with the terms that it names put in.

    Raises
    ------
    CodebookError : there is no such term.
    """
    for name in NAMED.findall(pattern):
        if name not in terms:
            hint = did_you_mean(name, terms) if terms else " The codebook has no `terms`."
            raise CodebookError(f"{where}: there is no term {{{name}}}.{hint}")
    return NAMED.sub(lambda m: f"(?:{terms[m[1]]})", pattern)


def compiled(pattern: str, terms: Mapping[str, str], where: str, *, own: str = "") -> re.Pattern[str]:
    """Return a pattern ready for use; `own` is what `plain` made of words that may stand in its place.

    Raises
    ------
    CodebookError : it is too long, no regular expression, names no term, or may run without end.
    """
    if len(pattern) > LONGEST:
        raise CodebookError(f"{where}: a pattern of {len(pattern):,} characters; {LONGEST:,} are the most. Make it several rules.")
    whole = "|".join(part for part in (expanded(pattern, terms, where), own) if part)
    if len(whole) > LONGEST_EXPANDED:
        raise CodebookError(f"{where}: a pattern of {len(whole):,} characters with its terms put in; {LONGEST_EXPANDED:,} are the most.")
    if _runs_away(whole):
        raise CodebookError(
            f"{where}: the pattern {pattern[:60]!r} repeats a group that itself repeats without end, which can take for ever; "
            "give the outer repeat an end, such as {0,6}."
        )
    try:
        return _compiled(whole)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise CodebookError(f"{where}: the pattern {pattern[:60]!r} is wrong ({error}).") from error


@lru_cache(maxsize=4096)
def _compiled(whole: str) -> re.Pattern[str]:
    """Return one pattern for all rules that write the same, so that it is searched for once in a sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return re.compile(r"(?<!\w)(?:" + whole.replace(" ", SPACE) + r")(?!\w)", re.IGNORECASE)


def _runs_away(pattern: str) -> bool:
    """Return whether a group that repeats without end, or often, holds another such repeat: the usual cause of endless matching."""
    groups, closed = [False], False
    for part in PARTS.findall(pattern):
        if part == "(":
            groups.append(False)
            closed = False
        elif part == ")":
            closed = groups.pop() if len(groups) > 1 else False
            groups[-1] |= closed
        elif _repeats_often(part):
            if closed:
                return True
            groups[-1] = True
        else:
            closed = False
    return False


def _repeats_often(part: str) -> bool:
    if part in ("*", "+"):
        return True
    most = re.fullmatch(r"\{(?:\d*,)?(\d*)\}", part)
    return most is not None and (not most[1] or len(most[1]) > 3 or int(most[1]) > MOST_REPEATS)


def plain(terms: Sequence[str], where: str) -> str:
    """Return the regular expression of plain words and phrases.

    Case does not matter, save in a term that has a capital; `*` at the end of a word stands for any ending; a space stands for any
    white space or hyphen; behind Hangul a particle may stand. Longer terms go first, and all are parted by first letter, for speed.

    Raises
    ------
    CodebookError : a term is empty, or has a `*` elsewhere than at the end of a word.
    """
    made = sorted((_first(term), -len(term), _plain(term, where)) for term in terms)
    return "|".join(
        f"(?={first})(?:{'|'.join(pattern for *_, pattern in some)})" if first else "|".join(pattern for *_, pattern in some)
        for first, some in groupby(made, key=itemgetter(0))
    )


def _first(term: str) -> str:
    """Return the small letter that a term begins with, or nothing where case is not as simple as that."""
    letter = term.strip()[:1]
    return letter.lower() if re.match(r"[a-zA-Z\uac00-\ud7a3]", letter) else ""


def _plain(term: str, where: str) -> str:
    parts = [re.fullmatch(r"([^*{}]+)(\*?)", word) for word in term.split()]
    if not parts or not all(parts):
        raise CodebookError(
            f"{where}: the term {term[:60]!r} is no word or phrase; `*` stands at the end of a word only, and a {{name}} by itself."
        )
    made = " ".join(_signs(part[1]) + (r"\w*" if part[2] else "") for part in parts if part)
    made = f"(?-i:{made})" if any(letter.isupper() for letter in term) else made
    return f"{made}(?:{_particles()})?" if HANGUL.fullmatch(term.strip()[-1]) else made


def _signs(word: str) -> str:
    return "".join(SIGNS.get(letter) or re.escape(letter) for letter in word)


@cache
def _particles() -> str:
    return "|".join(sorted(words("particle"), key=lambda word: (-len(word), word)))
