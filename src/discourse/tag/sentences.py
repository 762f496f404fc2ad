"""The one splitter: it decides every sentence, and nothing later moves a boundary.

A sentence never crosses a block or a line of `posts.text`. Within a line it ends at `.`, `!`, `?` or `…` (with closing quotation
marks and brackets) when a space and the beginning of a sentence follow, unless an abbreviation, an initial, a dotted acronym or a
list number says otherwise; `resources/abbreviations.csv` holds the abbreviations, each with its example, `sentence_starters.txt` the
words that begin a sentence even after one. Brackets are not split inside.

spaCy's sentencizer was tried first and left: it gives the opening quotation mark of a sentence to the sentence before, and its
boundaries move when the tokenizer's exceptions change with a release, while hand codes, evidence and figures hang on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from discourse.paths import resource, resource_rows, sha256

__all__ = ["SPLITTER", "Block", "blocks", "fingerprint", "split"]

SPLITTER = "rules-2"
MARK = re.compile(r"(?P<mark># |> |- |)(?P<number>(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)] )?)")
BOUNDARY = re.compile(r"(?P<stop>[.!?…。！？]+)(?P<close>[”\"’'»)\]]*(?:\[\d{1,3}\])*)\s+(?=[“\"‘'«(\[¿¡#@]*[^\Wa-z_])")
LONGEST_WORD = 60
LAST_WORD = re.compile(r"[^\s“\"‘'«(\[—–/]+$")
INITIAL = re.compile(r"[A-Z](?:\.-?[A-Z])*")
NEXT_WORD = re.compile(r"[^\w]*(\w[\w’']*)")
NUMBER_WORD = re.compile(r"\d|[IVXLC]+\b|[A-Z]\b|\(")


class Block(NamedTuple):
    """One line of a block: its mark (`# `, `> `, `- ` or none), and the offsets of its words."""

    mark: str
    start: int
    end: int


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["splits"] for row in resource_rows("abbreviations.csv")}


@cache
def _starters() -> frozenset[str]:
    return frozenset(resource("sentence_starters.txt").read_text(encoding="utf-8").split())


@cache
def fingerprint() -> str:
    """Return one SHA-256 over the splitter's data files."""
    return sha256(b"".join(resource(name).read_bytes() for name in ("abbreviations.csv", "sentence_starters.txt")))


def blocks(text: str) -> Iterator[Block]:
    """Yield every line that holds words, with the mark of the block it belongs to."""
    mark, position = "", 0
    for line in text.split("\n"):
        if not line.strip():
            mark = ""
        else:
            match = MARK.match(line)
            own = match["mark"] if match else ""
            mark = own or mark
            if match and line[len(own) :].strip():
                yield Block(mark, position + len(own), position + len(line.rstrip()))
        position += len(line) + 1


def split(text: str) -> list[dict[str, Any]]:
    r"""Return the sentences of a post's text: section, quoted, start, end and text of each, in order.

    >>> [s["text"] for s in split("Mr. Lee left. “Why?” He did not say.\n\n# After\n\nIt is so.")]
    ['Mr. Lee left.', '“Why?”', 'He did not say.', 'It is so.']
    """
    found: list[dict[str, Any]] = []
    section = None
    for block in blocks(text):
        if block.mark == "# ":
            section = text[block.start : block.end].strip()
            continue
        for start, end in _spans(text[block.start : block.end]):
            start, end = block.start + start, block.start + end
            found.append({"section": section, "quoted": block.mark == "> ", "start": start, "end": end, "text": text[start:end]})
    return found


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one line as offsets, without the space between them."""
    head = MARK.match(line)
    start, first = len(line) - len(line.lstrip()), head.end() if head else 0
    for match in BOUNDARY.finditer(line, first):
        if _ends(line, start, match):
            yield start, match.end("close")
            start = match.end()
    while start < len(line) and line[start].isspace():
        start += 1
    if line[start:].strip():
        yield start, len(line.rstrip())


def _ends(line: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the stop ends the sentence that began at `start`."""
    before = line[start : match.end("close")]
    if before.count("(") > before.count(")") and ")" in line[match.end() :]:
        return False
    if match["stop"] != "." or match["close"]:
        return True
    word = LAST_WORD.search(line[max(start, match.start() - LONGEST_WORD) : match.start()])
    if not word:
        return True
    rule = _abbreviations().get(word[0] + ".") or _abbreviations().get(word[0].lower() + ".")
    following = NEXT_WORD.match(line, match.end())
    after = following[1] if following else ""
    if rule == "never":
        return False
    if rule == "number" and NUMBER_WORD.match(line[match.end() :]):
        return False
    if rule == "number" and not INITIAL.fullmatch(word[0]):
        return True
    if rule == "starter" or (INITIAL.fullmatch(word[0]) and "." in word[0]):
        return after in _starters()
    return not (INITIAL.fullmatch(word[0]) and word[0] != "I")
