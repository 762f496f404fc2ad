"""Where words stand in sentences: as typed, as a regular expression, or in any of their forms.

Regular expressions are those of RE2 (Cox 2010), which comes with pyarrow: they are read in time that grows with the text alone, so no
pattern, however it nests, can hang a run as one of Python's `re` can. What RE2 lacks for it are look-around and back-references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from discourse.errors import InputError
from discourse.measure.lemmas import lemmas_of
from discourse.measure.words import folded
from discourse.tables import WORD

__all__ = ["HANGUL", "Span", "of_lemmas", "of_regex", "of_text"]

Span = tuple[int, int, int]
OPEN, CLOSE = "\ufdd0", "\ufdd1"  # never characters of a text
NO_MARKS = str.maketrans(OPEN + CLOSE, "\ufffd\ufffd")
HANGUL = re.compile("[가-힣]")
BEFORE, AFTER = "(?<![^\\W가-힣])", "(?![^\\W가-힣])"  # a word of letters may touch Hangul, as in SMS를
ALIKE = {"'": "['’]", "’": "['’]", "-": "[-‐‑]", "‐": "[-‐‑]", "‑": "[-‐‑]"}
CLASSES = {"w": r"\pL\pM\pN_", "d": r"\p{Nd}"}
NO_CLASSES = {"W": r"[^\pL\pM\pN_]", "D": r"\P{Nd}", "C": "(?s:.)"}  # RE2's \C would cut letters apart
PARTS = re.compile(r"(?P<inside>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])|\\(?P<letter>.)", flags=re.DOTALL)  # [a class], and \escapes


def of_text(texts: Iterable[str], sought: str) -> Iterator[Span]:
    """Yield row, start and end of each use of words as typed, in any case; Hangul words may go on, as they carry particles.

    Parameters
    ----------
    texts : of sentences.
    sought : one word or several.

    >>> list(of_text(["The net. Nets, the NET-work’s net.", "감시를"], "net")), list(of_text(["인터넷 감시를"], "감시"))
    ([(0, 4, 7), (0, 19, 22), (0, 30, 33)], [(0, 4, 6)])
    """
    words = ["".join(ALIKE.get(letter, re.escape(letter)) for letter in word) for word in sought.split()]
    yield from _found(texts, _guarded(r"\s+".join(words), sought.strip()))


def of_lemmas(texts: Sequence[str], sought: str, *, language: str) -> Iterator[Span]:
    """Yield row, start and end of each use of words in any of their forms; several must follow one another.

    Parameters
    ----------
    texts : of sentences.
    sought : words in any form.
    language : of the lemmas.

    Raises
    ------
    InputError : nothing is sought, or there are no lemmas for the language.
    PipelineError : lemmas of Korean, and the extra `korean` is not installed.

    >>> list(of_lemmas(["It spied on phones.", "Spies watch."], "spy phone", language="en"))
    []
    >>> list(of_lemmas(["It spied on phones.", "They were spying."], "spies", language="en"))
    [(0, 3, 8), (1, 10, 16)]
    """
    wanted = lemmas_of([folded(word) for word in WORD.findall(sought)], language=language)
    if not wanted:
        raise InputError("Nothing is sought; name a word.")
    forms = list(dict.fromkeys(form for text in texts for form in WORD.findall(text)))
    known: dict[str, list[str]] = {}
    for form, lemma in zip(forms, lemmas_of([folded(form) for form in forms], language=language), strict=True):
        known.setdefault(lemma, []).append(form)
    if all(lemma in known for lemma in wanted):
        places = ["(?:" + "|".join(re.escape(form) for form in sorted(known[lemma], key=len, reverse=True)) + ")" for lemma in wanted]
        guarded = [f"(?<!\\w){place}(?!\\w)" for place in places]
        yield from _found(texts, re.compile(r"[^\w]+".join(guarded)))


def of_regex(texts: Sequence[str], pattern: str) -> Iterator[Span]:
    """Yield row, start and end of each match of a regular expression, in any case unless it says `(?-i)`.

    `\\w`, `\\d` and their opposites mean the letters and digits of every script; `\\b` knows ASCII letters alone.

    Parameters
    ----------
    texts : of sentences; a match lies within one.
    pattern : in RE2's syntax.

    Raises
    ------
    InputError : it is no regular expression, or `\\b` stands beside letters that it does not know.

    >>> list(of_regex(["Bans, banning; unbanned"], r"\\bban\\w*"))
    [(0, 0, 4), (0, 6, 13)]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if r"\b" in pattern and not pattern.isascii():
        raise InputError(f"{pattern!r}: \\b knows ASCII letters alone, and the pattern has others; leave \\b out.")
    whole = "(?i)" + _every_script(pattern)
    try:
        array = pa.array([text.translate(NO_MARKS) for text in texts], pa.large_string())
        rows = pc.indices_nonzero(pc.match_substring_regex(array, pattern=whole)) if len(array) else pa.array([], pa.uint64())
        marked = pc.replace_substring_regex(array.take(rows), pattern=whole, replacement=f"{OPEN}\\0{CLOSE}")
    except pa.ArrowInvalid as error:
        reason = str(error).removeprefix("Invalid regular expression: ").replace("(?i)", "", 1)
        raise InputError(
            f"{pattern!r} is no regular expression ({reason}). The syntax is RE2's: no look-around, no back-references."
        ) from error
    for row, text in zip(rows.to_pylist(), marked.to_pylist(), strict=True):
        yield from ((row, start, end) for start, end in _marks(text))


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the marked parts lie in a text without the marks; empty ones are passed over."""
    start = at = 0
    for letter in text:
        if letter == OPEN:
            start = at
        elif letter == CLOSE:
            if at > start:
                yield start, at
        else:
            at += 1


def _every_script(pattern: str) -> str:
    r"""Return a pattern in which \w and \d mean letters and digits of every script, which RE2 takes for ASCII's.

    >>> _every_script(r"\w+ [\d-] \\w \W []\w]")
    '[\\pL\\pM\\pN_]+ [\\p{Nd}-] \\\\w [^\\pL\\pM\\pN_] []\\pL\\pM\\pN_]'
    """

    def swapped(match: re.Match[str]) -> str:
        if match["inside"]:
            return re.sub(r"\\(.)", lambda escape: CLASSES.get(escape[1], escape[0]), match["inside"], flags=re.DOTALL)
        letter = match["letter"]
        return f"[{CLASSES[letter]}]" if letter in CLASSES else NO_CLASSES.get(letter, match[0])

    return PARTS.sub(swapped, pattern)


def _guarded(pattern: str, sought: str) -> re.Pattern[str]:
    """Return a pattern that begins and ends where words do; beside Hangul anywhere."""
    before = BEFORE if sought[0].isalnum() and not HANGUL.match(sought[0]) else ""
    after = AFTER if sought[-1].isalnum() and not HANGUL.match(sought[-1]) else ""
    return re.compile(f"{before}{pattern}{after}", flags=re.IGNORECASE)


def _found(texts: Iterable[str], pattern: re.Pattern[str]) -> Iterator[Span]:
    for row, text in enumerate(texts):
        yield from ((row, match.start(), match.end()) for match in pattern.finditer(text))
