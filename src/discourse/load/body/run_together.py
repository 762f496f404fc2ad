"""Byline, editors, dateline and first sentence where they run together in one paragraph, parted again.

Seen in the text that main-text extractors leave of HRNK's Hidden Gulag blog (Weebly sets these lines apart by `<br>` alone), here with
other names: `By Ann Lee, former Research Intern Edited by Bo Kim, Director of Operations and Research October 28, 2020 The border …`,
`November 2015 The border …` on the line after the byline, and the same without a dateline.

Where a dateline follows, all before it must read as bylines. Without one a role ends where the first sentence begins: at a word that
opens sentences (`resources/sentence_starters.txt`), at a name of the gazetteer, or after the last word of a role. What opens like a byline
and may as well be a sentence (`By late March Kim had …`) is left as it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from discourse.load.body.bylines import LINKS, is_plain_word, opens_byline, read_byline, word_of
from discourse.load.body.dates import read_date
from discourse.paths import resource, resource_rows

__all__ = ["dateline_of", "leading_dateline", "part_front"]

INNER = re.compile(r"(?<=\S)[\s,;|/·•–—-]+(?=[^\W\d_a-zßà-öø-ÿ]|[a-z]+ (?:and [a-z]+ )?by )")
APPEARED = re.compile(r"\b(?:originally|first|previously) (?:published|appeared|posted)\b", re.IGNORECASE)
FOUR = re.compile(r"\d{4}")
PLACE = re.compile(r"^[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2},?(?: D\.C\.,?)? ?[–—,|-]?\s+(?=\S)")
ON = re.compile(r"\s+(?:on|at|am|le|el|il)$")
BETWEEN = " \t,;|/·•–—-*_"
STARTS = re.compile(r"[^\W\d_a-z]|[“\"‘'«\[(\d]")
ENDED = re.compile(r"[^\W\d]{3,}[.!?][”\"’)\]]*$")
TAKEN = 90
LONGEST_DATELINE = 60
NAME_WORDS = 2
IN_ROLE = 4
SHORTEST_SENTENCE = 4  # without a stop: "Researcher, Seoul desk" is a role to its end


def dateline_of(text: str) -> str | None:
    """Return the date in a line that holds no more than a date and perhaps a place; None when the line is none.

    >>> dateline_of("Seoul, October 28, 2020"), dateline_of("2016"), dateline_of("2016 was a year")
    ('October 28, 2020', None, None)
    """
    plain = text.strip(BETWEEN + "()[]#>")
    if len(plain) > LONGEST_DATELINE or not any(sign.isdigit() for sign in plain):
        return None
    for candidate in (plain, PLACE.sub("", plain, count=1)):
        if ((found := read_date(candidate)) and found[1] != "year") or re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", candidate):
            return candidate
    return None


def part_front(text: str) -> list[str]:
    """Return the bylines, the dateline and the text of a paragraph, each as a line; the paragraph alone when it does not open so.

    >>> part_front("By Ann Lee, former Research Intern Edited by Bo Kim, Director of Research October 28, 2020 North Korea has a wall.")
    ['By Ann Lee, former Research Intern', 'Edited by Bo Kim, Director of Research', 'October 28, 2020', 'North Korea has a wall.']
    >>> part_front("By Ann Lee, HRNK Research Intern North Korea has a wall.")
    ['By Ann Lee, HRNK Research Intern', 'North Korea has a wall.']
    >>> part_front("By late March Kim had closed the border.")
    ['By late March Kim had closed the border.']
    """
    return list(_front(text)) if opens_byline(text) else [text]


@lru_cache(maxsize=512)
def _front(text: str) -> tuple[str, ...]:
    first, slash, rest = text.partition("\n")
    lines: list[str] = []
    while (opening := opens_byline(first)) and (cut := _cut(first, opening)):
        lines.append(ON.sub("", first[:cut].rstrip(BETWEEN)))
        first = first[cut:].lstrip(BETWEEN)
    if lines and not opens_byline(first) and (day := _leading_date(first)):
        lines.append(first[:day].rstrip(BETWEEN))
        first = first[day:].lstrip(BETWEEN)
        if opens_byline(first):
            lines += part_front(first)
            first = lines.pop()
    return tuple([*filter(None, [*lines, first]), *([rest] if slash else [])] or [text])


def leading_dateline(text: str) -> list[str]:
    """Return dateline and text of a line that opens with a date and goes on with a sentence; the line alone when it does not.

    >>> leading_dateline("November 2015 The Review said so."), leading_dateline("November 2015 was cold.")
    (['November 2015', 'The Review said so.'], ['November 2015 was cold.'])
    """
    day = _leading_date(text)
    return [*filter(None, (text[:day].rstrip(BETWEEN), text[day:].lstrip(BETWEEN)))] if day else [text]


def _cut(text: str, opening: re.Match[str]) -> int:
    """Return where the first byline of a text ends: at the next one, at a date, or at the first sentence; 0 when that cannot be told."""
    head = text[: opening.start("who") + 600]
    inner = next((m for m in INNER.finditer(head, opening.start("who")) if opens_byline(head[m.end() :])), None)
    if inner and _reads(head[: inner.start()]) and _stands_alone(head[inner.end() :]):
        return inner.end()
    words = list(re.finditer(r"\S+", head))[:TAKEN]
    start = next((k for k, word in enumerate(words) if word.start() >= opening.start("who")), len(words))
    for k in range(start + 1, len(words)):
        if not FOUR.search(text, words[k].start(), words[k].start() + 40) or APPEARED.search(head, 0, words[k].start()):
            continue
        day = _leading_date(text[words[k].start() :])
        left = ON.sub("", head[: words[k].start()].rstrip(BETWEEN))
        if day and _reads(left) and _certain(left):
            return words[k].start()
    if _reads(text) and not any(is_plain_word(word[0].strip(",;:()")) for word in words[start:]):
        return 0
    return _sentence(text, [word for word in words if word.start() >= opening.start("who")])


def _stands_alone(text: str) -> bool:
    """Return whether what follows a byline is one itself, and no sentence that opens like one."""
    return bool(read_byline(text)) or len(part_front(text)) > 1


def _is_of_calendar(word: str) -> bool:
    """Return whether a word is a month or a day of the week: "By March North Korea had …" names nobody."""
    return read_date(f"{word} 2000") is not None or read_date(f"{word}, 1 May 2000") is not None


def _leading_date(text: str) -> int:
    """Return the length of the date that a text opens with, when it stands alone or a sentence or a byline follows it; else 0."""
    words = list(re.finditer(r"\S+", text[:80]))[:6]
    for count in range(min(5, len(words)), 0, -1):
        candidate = text[: words[count - 1].end()].rstrip(BETWEEN + ".:")
        found = read_date(candidate)
        if not (found and found[1] != "year") and not re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", candidate):
            continue
        end = words[count - 1].end()
        after = text[end:].lstrip(BETWEEN)
        if text[:end].endswith((",", ";")) and after:
            return 0
        if not after or STARTS.match(after) or opens_byline(after):
            return end
    return 0


def _reads(text: str) -> bool:
    return read_byline(text.rstrip(BETWEEN)) is not None


def _certain(text: str) -> bool:
    """Return whether a byline names somebody in full: a name of two words, or a role."""
    byline = read_byline(text)
    if byline is None:
        return False
    names = [*byline.authors, *byline.editors, *byline.translators]
    full = all((len(name.split()) >= NAME_WORDS and not _is_of_calendar(name.split()[0])) or name[0] >= "\uac00" for name in names)
    return any(byline.roles) or full


def _sentence(text: str, words: list[re.Match[str]]) -> int:
    """Return where the first sentence begins, or 0: the byline before it ends in the role's last word, or in a full name."""
    plain = [word[0].strip(',;:()[]“”"*_') for word in words]
    stop = next((k for k, word in enumerate(plain) if is_plain_word(word)), len(plain))
    ended = next((k for k in range(1, min(stop, len(words))) if ENDED.search(words[k][0]) and k + 1 < len(words)), None)
    roles = [k for k in range(stop) if k + 1 < stop and word_of("role", "organisation", "field").fullmatch(plain[k])]
    opens = [k for k in range(NAME_WORDS, min(stop + IN_ROLE, len(words))) if _opens_sentence(text, words[k].start(), plain[k])]
    opens = [k for k in opens if not words[k - 1][0].endswith(",")]
    places = [k for k in opens if k < stop]
    if roles:
        after = roles[-1] + 1
        goes_on = words[roles[-1]][0].endswith(",") or plain[after].lower() in LINKS
        places = [k for k in opens if k > roles[0] and (k < stop or plain[k] in _starters())] if goes_on else sorted({*places, after})
        places = [k for k in places if k > roles[0]]
    if ended is not None:
        places = [k for k in places if k <= ended] + [ended + 1]
    for k in places if ENDED.search(text.rstrip()) else [place for place in places if len(words) - place >= SHORTEST_SENTENCE]:
        left = text[: words[k].start()].rstrip(BETWEEN + ".")
        if plain[k - 1].lower() not in LINKS and STARTS.match(words[k][0]) and _reads(left) and _certain(left):
            return words[k].start()
    return 0


@cache
def _starters() -> frozenset[str]:
    return frozenset(resource("sentence_starters.txt").read_text(encoding="utf-8").split())


@cache
def _known_names() -> dict[str, list[str]]:
    """Return the first word of each name of the gazetteer -> the names."""
    found: dict[str, list[str]] = {}
    for row in resource_rows("gazetteer", "digital_rights.csv"):
        for name in filter(None, [row["name"], *row["aliases"].split("|")]):
            if " " in name or row["label"] in ("GPE", "LOC", "NORP"):
                found.setdefault(name.split()[0], []).append(name)
    return found


def _opens_sentence(text: str, start: int, word: str) -> bool:
    if word in _starters():
        return True
    return any(re.match(rf"{re.escape(name)}(?:ns?)?\b", text[start:]) for name in _known_names().get(re.sub(r"['’]s$", "", word), []))
