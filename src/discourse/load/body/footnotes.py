"""The notes at the end of a body, parted from it, and their markers in the text.

A marker is `[1]`, `[i]`, or a raised number between U+E000 and U+E001; a list of notes is told by markers in the text before it, or by a
heading. Seen on HRNK's Hidden Gulag blog, HRNK Insider and Digital Rights Watch, and in what main-text extractors leave of them:

- `[3],[4]` and `[1][2]` are two markers each, `[1, 2]` and `[3–5]` several; a marker may stand before or after the stop
- a list may skip numbers, or start anew: the second 1 is then `1 (2)`; body text may follow a list
- several notes in one paragraph, the list even in one paragraph with the text; one note over several lines and blank lines
- `1. …` and `1 …` under a heading, or at the end where the text has markers with these numbers
- brackets around anything else (`[관리소]`, `[sic]`, `[2016]`, `[i]t`) are text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from discourse.load.body.asides import about_author, biography, editors_note, is_heading_of_notes, reprint_note
from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN
from discourse.load.body.bylines import read_byline

__all__ = ["MARKER", "mark", "part_notes"]

ROMAN = r"[ivxl]{1,7}(?=\s?\](?![a-z]))"
NUMBER = r"\d{1,3}|[ivxl]{1,7}"
BRACKETED = rf"\[\s?(\d{{1,3}}|{ROMAN})\s?\]"
MARKER = re.compile(rf"{NOTE_OPEN}\[?({NUMBER})\]?{NOTE_CLOSE}|{BRACKETED}")
NOTE = re.compile(rf"(?:- )?(?:{NOTE_OPEN}\[?({NUMBER})\]?{NOTE_CLOSE}|{BRACKETED})[:.]?\s*(\S.*)")
NUMBERED = re.compile(r"(?:- )?(\d{1,3})(?:[.)]\s*(?=\D)|\s+(?=[^\s\da-z]))(\S.*)")
LISTED = re.compile(rf"(?:^|(?<=\s)){BRACKETED}\s*(?=\S)")
SEVERAL = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})+)\]")
RAISED = re.compile(f"{NOTE_OPEN}([^{NOTE_CLOSE}]*){NOTE_CLOSE}")
GLUED = re.compile(r"(?<=[^\W\d])([.,;:!?]?[”\"’)]?)(\d{1,3})(?=\s|$)")
ENDED = re.compile(rf"[.!?…”\"’»)\]{NOTE_CLOSE}]\s*$")
ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50}
LONGEST_IN_NOTE = 60
FURTHEST = 3
MOST_TRIED = 50


def part_notes(blocks: Sequence[str], authors: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the blocks without the notes, and number -> note.

    >>> part_notes(["The wall.[1]", "[1] Bo Kim, “Walls,” 2016."], [])
    (['The wall.[1]'], {'1': 'Bo Kim, “Walls,” 2016.'})
    >>> part_notes(["The wall.[1] It stands.[2] [1] Bo Kim, “Walls.” [2] Ibid."], [])[1]
    {'1': 'Bo Kim, “Walls.”', '2': 'Ibid.'}
    """
    opened = _opened(blocks)
    first, pattern = _first_note(opened)
    if first == len(opened):
        return list(blocks), {}
    if pattern is NUMBERED:
        opened[first:] = [piece for block in opened[first:] for piece in _numbered(block)]
    kept, notes, last, runs = list(opened[:first]), dict[str, str](), "", 1
    while kept and is_heading_of_notes(kept[-1]):
        kept.pop()
    resumed = False
    for k, block in enumerate(opened[first:], start=first):
        match = pattern.match(block) or (NOTE.match(block) if resumed or pattern is NUMBERED else None)
        if match and (not resumed or match.re is NOTE):
            *numbers, _ = match.groups()
            number = next(filter(None, numbers))
            if last and _value(number) < _value(last) and _label(number, runs) in notes:
                runs += 1
            text = " ".join(block[match.start(match.lastindex or 0) :].split())
            last, resumed, label = number, False, _label(number, runs)
            notes[label] = f"{notes[label]} {text}" if label in notes else text
        elif is_heading_of_notes(block):
            continue
        elif resumed or not last or _is_text(block, authors) or _too_long(opened, k, pattern, last):
            kept.append(block)
            resumed = True
        else:
            notes[_label(last, runs)] += f" {' '.join(block.removeprefix('- ').split())}"
    return kept, notes


def _label(number: str, run: int) -> str:
    return number if run == 1 else f"{number} ({run})"


def _value(number: str) -> int:
    """Return the value of a number, Arabic or Roman."""
    if number.isdigit():
        return int(number)
    values = [ROMANS[letter] for letter in number]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _is_text(block: str, authors: list[str]) -> bool:
    """Return whether a block under a note is none of it: a heading, a biography, a note from the editor, a byline."""
    first = block.split("\n")[0]
    aside = about_author(block) is not None or editors_note(block) or reprint_note(block) or biography(block, authors)
    return bool(aside) or block.startswith("# ") or read_byline(first) is not None


def _too_long(blocks: Sequence[str], k: int, pattern: re.Pattern[str], last: str) -> bool:
    """Return whether a block is too long to go on with a note; one between two notes, without markers of its own, is not."""
    if len(blocks[k].split()) <= LONGEST_IN_NOTE:
        return False
    following = next((match for block in blocks[k + 1 : k + 3] if (match := pattern.match(block))), None)
    return not following or bool(MARKER.search(blocks[k])) or _value(next(filter(None, following.groups()))) != _value(last) + 1


def _opened(blocks: Sequence[str]) -> list[str]:
    """Return the blocks with every note at the start of one, where one block holds several or holds them with the text."""
    opened: list[str] = []
    marked: set[str] = set()
    for block in blocks:
        for piece in _lines(block, marked):
            opened += _listed(piece, marked)
            marked |= _markers(piece)
    return opened


def _lines(block: str, marked: set[str]) -> list[str]:
    """Split a block before each of its lines that opens with a number that the text has as a marker."""
    pieces: list[str] = []
    for line in block.split("\n"):
        match = NOTE.match(line)
        seen = match and ((match[1] or match[2]) in marked or any((match[1] or match[2]) in _markers(piece) for piece in pieces))
        if pieces and not seen:
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def _numbered(block: str) -> list[str]:
    """Split a block before each of its lines that opens with a number and a stop."""
    pieces: list[str] = []
    for line in block.split("\n"):
        if pieces and not NUMBERED.match(line):
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def _listed(block: str, marked: set[str]) -> list[str]:
    """Split a block before each note where a list of notes runs on in it, or after its text."""
    found = list(LISTED.finditer(block)) if "[" in block else []
    before: set[str] = set()
    seen = tried = 0
    for k, first in enumerate(found):
        before |= _markers(block[seen : first.start()])
        seen = first.start()
        if first[1] not in marked | before or (seen and not ENDED.search(block[max(0, seen - 9) : seen])):
            continue
        starts, last = [seen], first[1]
        for later in found[k + 1 :]:
            if _value(last) < _value(later[1]) <= _value(last) + FURTHEST:
                starts.append(later.start())
                last = later[1]
        lowest = min(map(_value, {first[1], *before}))
        whole = not seen or (_value(first[1]) == lowest and all(_value(number) <= _value(last) for number in before))
        glued = any(m.start() and not block[m.start() - 1].isspace() for m in MARKER.finditer(block, seen + 1))
        if whole and not glued:
            ends = [*starts[1:], len(block)]
            return [*filter(None, [block[:seen].rstrip()]), *(block[a:b].strip() for a, b in zip(starts, ends, strict=True))]
        if (tried := tried + 1) == MOST_TRIED:
            break
    return [block]


def _first_note(blocks: Sequence[str]) -> tuple[int, re.Pattern[str]]:
    """Return the first block that is a note, and how the notes are numbered."""
    marked: set[str] = set()
    for k, block in enumerate(blocks):
        headed = bool(k) and is_heading_of_notes(blocks[k - 1])
        if headed and NUMBERED.match(block):
            return k, NUMBERED
        match = NOTE.match(block)
        if match and ((match[1] or match[2]) in marked or headed):
            while k and not headed and NOTE.match(blocks[k - 1]) and _value(_number(blocks[k - 1])) < _value(_number(blocks[k])):
                k -= 1
            return k, NOTE
        marked |= _markers(block)
    start = len(blocks)
    while start and (match := NUMBERED.match(blocks[start - 1])) and match[1] in marked:
        start -= 1
    return (start, NUMBERED) if len(blocks) - start > 1 else (len(blocks), NOTE)


def _number(block: str) -> str:
    match = NOTE.match(block)
    return (match[1] or match[2]) if match else ""


def _markers(text: str) -> set[str]:
    """Return the numbers that a text has as markers."""
    if "[" not in text and NOTE_OPEN not in text:
        return set()
    together = {number for match in SEVERAL.finditer(text) for number in _numbers(match[1])}
    return together | {match[1] or match[2] for match in MARKER.finditer(text)}


def mark(text: str, notes: Mapping[str, str]) -> str:
    """Return a body with a marker where a note is referred to; other brackets and raised signs are text as printed.

    >>> mark("One [1],[2]. Two [관리소].", {"1": "A", "2": "B"}) == f"One{_mark('1')}{_mark('2')}. Two [관리소]."
    True
    """
    if notes:
        text = SEVERAL.sub(lambda m: _several(m, notes), text)
        text = _marked(text, notes)
        text = re.sub(rf"(?<={NOTE_CLOSE})\s?,\s?(?={NOTE_OPEN}=)", "", text)
        text = re.sub(rf"[ \t]+(?={NOTE_OPEN}=)", "", text)
    return RAISED.sub(lambda m: _mark(m[1].removeprefix("=")) if m[1].startswith("=") or m[1] in notes else m[1], text)


def _mark(number: str) -> str:
    return f"{NOTE_OPEN}{number}{NOTE_CLOSE}"


def _several(match: re.Match[str], notes: Mapping[str, str]) -> str:
    numbers = _numbers(match[1])
    return "".join(map(_mark, numbers)) if all(number in notes for number in numbers) else match[0]


def _numbers(text: str) -> list[str]:
    """Return the numbers of "1, 3–5"."""
    numbers: list[str] = []
    for piece in re.split(r"\s?[,;]\s?", text.replace("–", "-")):
        first, *_, last = (part.strip() for part in [*piece.split("-"), piece.split("-")[-1]])
        numbers += map(str, range(int(first), int(last) + 1))
    return numbers


def _marked(text: str, notes: Mapping[str, str]) -> str:
    """Mark in the order of the text, so that markers that start anew lead to the notes that do."""
    run, last = 1, 0

    def marker(match: re.Match[str]) -> str:
        nonlocal run, last
        number = match[1] or match[2]
        if _value(number) < last and _label(number, run + 1) in notes and _value(number) == _lowest(notes):
            run += 1
        label = _label(number, run) if _label(number, run) in notes else number
        if label not in notes:
            return match[0]
        last = _value(number)
        return _mark(f"={label}")

    marked = MARKER.sub(marker, text)
    return marked if last or RAISED.search(marked) else _glued(text, notes)


def _lowest(notes: Iterable[str]) -> int:
    return min((_value(number) for number in notes if re.fullmatch(NUMBER, number)), default=0)


def _glued(text: str, notes: Mapping[str, str]) -> str:
    """Mark numbers that stand right behind a word (`walls.1`), where raising was lost: only if all come, in order."""
    wanted = [number for number in notes if number.isdigit()]
    places: list[re.Match[str]] = []
    for match in GLUED.finditer(text):
        if len(places) < len(wanted) and match[2] == wanted[len(places)]:
            places.append(match)
    if len(places) < len(wanted):
        return text
    for match in reversed(places):
        text = f"{text[: match.start(2)]}{_mark(f'={match[2]}')}{text[match.end(2) :]}"
    return text
