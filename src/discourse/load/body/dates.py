"""Dates as blogs print them: known formats first, nothing guessed.

A text is cut into words, numbers, times and signs; each is one letter of a signature, and the signatures of `DATES` are read, no other.

- **ISO 8601** (`2022-02-22`, `2022-02-22T10:00:00+01:00`, `20220222`) and RFC 822 (`Tue, 22 Feb 2022 23:30:00 -0800`): the day as printed.
- **Names of months**, whole or cut short, with or without a stop, in any case, with or without accents, in the languages of `LOCALES`:
  `22. Februar 2022`, `1er mars 2021`, `2 de mar. de 2021`, `3월 2, 2021` (WordPress in Korean); a month and a year alone.
- **East Asia**: `2021년 3월 2일 화요일`, `2021. 3. 2.`, `2021.03.02`, `2021年3月2日(火)`.
- **Around a date**: a weekday before or after, a time before or after, and the words of `resources/date_words.csv` before it (`Posted on`).
- **Numbers apart** (`3/4/2021`, `3-4-2021`): a value above 12 shows the order, or the caller says it; `number_order` settles it for a
  whole blog. Dotted ones (`3.4.2021`) are day first unless the caller says otherwise: of all languages in CLDR only Ngomba prints them
  month first.
- Not read: years of two digits (`3/4/21`), and dates without a year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from discourse.paths import resource_rows

__all__ = ["day_in_url", "find_date", "number_order", "read_date"]

LOCALES = tuple("en en_GB en_AU en_CA de de_AT fr fr_CA es es_MX es_PE it pt pt_PT nl ko ja zh zh_Hant".split())
FIRST_YEAR, LAST_YEAR = 1980, 2100
LONGEST, LONGEST_LINE = 100, 300
SHORTEST_BEGINNING = 3
YEAR, ISO = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*")
URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?(?=/|$)")

FOLDED = {code: unicodedata.normalize("NFD", chr(code))[0].lower() for code in range(0xC0, 0x250)}
CLOCK, HALF, HOUR = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?", r"[ap]\.?\s?m\b\.?", r"[시時时点點]\s?(?:\d{1,2}[분分])?(?:\s?\d{1,2}[초秒])?"
LETTERS = r"(?:z|mes?z|(?:ae|ac|aw|nz|ce|we|ee|[aecmpbijkhn])[sd]?t)\b"
ZONE = rf"(?:[+-]\d\d:?\d\d|(?:gmt|utc)(?:[+-]\d{{1,2}}:?(?:\d\d)?)?\b|{LETTERS})(?:\s?\([^()]{{0,40}}\))?"
TIME = (
    rf"t?{CLOCK}(?:\s?(?:{HALF}|(?:uhr|uur|hrs?|h)\b))?(?:\s?{ZONE})?|t\d{{4,6}}(?:{ZONE})?|\d{{1,2}}(?:\.\d\d)?\s?(?:{HALF}|(?:uhr|uur)\b)|"
    rf"{HALF}\s?{CLOCK}|(?:오전|오후|上午|下午|午前|午後)\s?(?:{CLOCK}|\d{{1,2}}{HOUR})|\d{{1,2}}{HOUR}|\d{{1,2}}\s?h(?:\s?\d\d)?(?:\s?min)?\b"
)
TOKEN = re.compile(
    rf"(?P<time>{TIME})|(?P<counted>\d{{1,4}})\s?(?P<unit>[년年월月일日号號])|"
    r"(?P<number>\d+)(?:(?:st|nd|rd|th|er|re|eme|ere|e|de|ste|o|a|º|ª|°)(?![^\W_]))?|"
    r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<sign>\S)"
)
UNITS = dict.fromkeys("년年", "y") | dict.fromkeys("월月", "m") | dict.fromkeys("일日号號", "d")
SIGNS = dict.fromkeys(",./-():", "") | dict.fromkeys("|·•–—@»›~", "|")

# The letters of a signature: D one or two digits, Y four, C eight; y m d numbers with a unit of East Asia; M month, W weekday, B either;
# P a little word (`of`, `de`, `at`), Q that or a weekday; A `Posted` and the like; T time; signs stand for themselves, X for all else.
MONTH, LITTLE, DAY_NAME = "[MBm]", "[PQ]", "[WBQ]"
NUMBERED = r"(?P<first>D)(?P<s>[-/.])(?P<second>D)(?P=s)(?P<y>Y)\.?"
DATES = (
    ("day", NUMBERED),
    ("day", r"(?P<y>Y)(?P<s>[-/.])(?P<m>D)(?P=s)(?P<d>D)\.?"),
    ("day", rf"(?P<m>{MONTH})\.?[-/]?{LITTLE}{{0,2}}(?P<d>D)\.?[-/]?(?:,?{LITTLE}{{0,2}}T)?,?{LITTLE}?(?P<y>Y)"),
    ("day", rf"(?P<d>D)\.?[-/,]?{LITTLE}{{0,2}}(?P<m>{MONTH})\.?[-/]?{LITTLE}{{0,2}},?(?P<y>Y)"),
    ("day", rf"(?P<y>y)(?P<m>{MONTH})(?P<d>d)"),
    ("day", rf"(?P<y>Y)[-.,]?(?P<m>{MONTH})\.?[-,]?(?P<d>D)\.?"),
    ("day", r"(?P<compact>C)"),
    ("month", rf"(?P<m>{MONTH})\.?[-/]?{LITTLE}{{0,2}},?(?P<y>Y)"),
    ("month", rf"(?P<y>[Yy])[-.,]?(?P<m>{MONTH})\.?"),
    ("month", r"(?P<y>Y)[-/](?P<m>D)"),
    ("month", r"(?P<m>D)/(?P<y>Y)"),
    ("year", r"(?P<y>[Yy])"),
)
NAMED = rf"(?:{DAY_NAME}\.?,?{LITTLE}{{0,2}})?"
BEFORE = rf"\(?[APQ]{{0,4}}:?{NAMED}(?:T[,.|-]{{0,2}}{LITTLE}{{0,2}}{NAMED})?"
AFTER = rf"(?:,?\(?{DAY_NAME}\.?\)?)?(?:[,.|/-]{{0,2}}{LITTLE}{{0,2}}T)?"
WHOLE = [(precision, re.compile(rf"{BEFORE}{core}{AFTER}[.,]?\)?")) for precision, core in DATES]
INSIDE = [re.compile(rf"(?<![DY][-/.])(?:{DAY_NAME}\.?,?)?{core}(?![-/.][DY]){AFTER}") for precision, core in DATES[:6]]


class Token(NamedTuple):
    """A piece of a text: its letter in the signature, its number where it has one, and where it stands."""

    letter: str
    number: int
    start: int
    end: int


def read_date(value: Any, *, order: str | None = None) -> tuple[date, str] | None:
    """Return a date and its precision (`day`, `month`, `year`), or None when the value is no date.

    Parameters
    ----------
    value : what the file holds: text, or a date that a parser made already.
    order : `dmy` or `mdy` for numbers apart; without it only those whose order shows in themselves are read.

    >>> read_date("February 22, 2022 at 10:00 am"), read_date("Publié le 1er mars 2021")
    ((datetime.date(2022, 2, 22), 'day'), (datetime.date(2021, 3, 1), 'day'))
    >>> read_date("March 2016"), read_date("3/4/2016"), read_date("3/4/2016", order="mdy")
    ((datetime.date(2016, 3, 1), 'month'), None, (datetime.date(2016, 3, 4), 'day'))
    """
    if isinstance(value, date):  # a datetime is one
        return _date(value.year, value.month, value.day, "day")
    if isinstance(value, int):
        value = str(value) if FIRST_YEAR <= value < 10**8 else ""
    if isinstance(value, (list, dict, tuple, bytes)):
        return None
    written = str(value)
    return _read(written, order) if len(written) <= LONGEST else None


def find_date(text: str, *, order: str | None = None) -> tuple[date, str, int, int] | None:
    """Return the first date with its day inside a short line, its precision, and where it starts and ends, weekday and time with it.

    >>> line = "Veröffentlicht am 23. Juni 2016 um 14:30 Uhr von Anna"
    >>> day, precision, start, end = find_date(line)
    >>> day.isoformat(), precision, line[start:end]
    ('2016-06-23', 'day', '23. Juni 2016 um 14:30 Uhr')
    """
    tokens = list(_tokens(text[:LONGEST_LINE]))
    signature = "".join(token.letter for token in tokens)
    found = [
        (match.start(), -match.end(), day)
        for pattern in INSIDE
        for match in pattern.finditer(signature)
        if (day := _made(match, tokens, "day", order))
    ]
    if not found:
        return None
    first, last, made = min(found)
    return *made, tokens[first].start, tokens[-last - 1].end


def day_in_url(url: str | None, found: tuple[date, str] | None) -> tuple[date, str] | None:
    """Return the date of a post from the date found and the one in its address (`/2020/03/02/`).

    The address holds the day that readers saw, where the date may be that of another time zone: it counts when within a day of the date
    found, or within the month or year found, or when none was found. Where the two are further apart, the address is of something else.

    >>> day_in_url("/2020/03/02/post/", (date(2020, 3, 1), "day")), day_in_url("/2018/01/01/moved/", (date(2020, 3, 1), "day"))
    ((datetime.date(2020, 3, 2), 'day'), (datetime.date(2020, 3, 1), 'day'))
    >>> day_in_url("https://example.org/2020/03/post.html", None)
    (datetime.date(2020, 3, 1), 'month')
    """
    match = URL_DAY.search(url or "")
    there = _date(int(match[1]), int(match[2]), int(match[3] or 1), "day" if match[3] else "month") if match else None
    if not there or not found:
        return found or there
    if there[1] != "day":
        return found
    if found[1] == "day":
        return there if abs(there[0] - found[0]) <= timedelta(days=1) else found
    known = 4 if found[1] == "year" else 7
    return there if there[0].isoformat()[:known] == found[0].isoformat()[:known] else found


def number_order(values: Iterable[str]) -> str | None:
    """Return `dmy` or `mdy` for a site's numbered dates when a value above 12 settles it, else None.

    >>> number_order(["2/3/2022", "Posted on 2/22/2022"]), number_order(["2/3/2022"]), number_order(["13/1/2020"])
    ('mdy', None, 'dmy')
    """
    pairs = list(filter(None, map(_pair, values)))
    if any(first > 12 for first, _ in pairs):
        return "dmy"
    return "mdy" if any(second > 12 for _, second in pairs) else None


@lru_cache(maxsize=50_000)
def _read(text: str, order: str | None) -> tuple[date, str] | None:
    if not YEAR.search(text):
        return None
    if match := ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]), "day")
    tokens: list[Token] = []
    for token in _tokens(unicodedata.normalize("NFKC", text)):
        if token.letter == "X":
            return None
        tokens.append(token)
    signature = "".join(token.letter for token in tokens)
    for precision, pattern in WHOLE:
        if match := pattern.fullmatch(signature):
            return _made(match, tokens, precision, order)
    return None


def _pair(value: str) -> tuple[int, int] | None:
    """Return the first two of three numbers apart, whatever stands around them."""
    if match := NUMBERS.fullmatch(value):
        return int(match[1]), int(match[2])
    tokens = list(_tokens(value[:LONGEST]))
    found = INSIDE[0].search("".join(token.letter for token in tokens))
    return (tokens[found.start("first")].number, tokens[found.start("second")].number) if found else None


def _tokens(text: str) -> Iterator[Token]:
    folded = text.translate(FOLDED).lower()
    if len(folded) != len(text):  # a letter that has no small form of one sign
        folded = text
    for match in TOKEN.finditer(folded):
        kind, number = match.lastgroup or "", 0
        if kind == "time":
            letter = "T"
        elif kind == "unit":
            number, letter = int(match["counted"]), UNITS[match["unit"]]
            letter = letter if (letter == "y") == (number >= FIRST_YEAR) else "X"
        elif kind == "number":
            digits = len(match["number"])
            letter = {1: "D", 2: "D", 4: "Y", 8: "C"}.get(digits, "X")
            number = 0 if letter == "X" else int(match["number"])
        elif kind == "word":
            letter, number = _words().get(match["word"], ("X", 0))
        else:
            letter = SIGNS.get(match["sign"], "X") or match["sign"]
        yield Token(letter, number, *match.span())


def _made(match: re.Match[str], tokens: list[Token], precision: str, order: str | None) -> tuple[date, str] | None:
    """Return the date that a signature stands for."""
    at = {name: tokens[match.start(name)].number for name, text in match.groupdict().items() if name != "s" and text}
    if "compact" in at:
        return _date(at["compact"] // 10_000, at["compact"] // 100 % 100, at["compact"] % 100, precision)
    if "first" in at:
        shown = "dmy" if at["first"] > 12 else "mdy" if at["second"] > 12 else order or ("dmy" if match["s"] == "." else None)
        if shown is None:
            return None
        at["d"], at["m"] = (at["first"], at["second"]) if shown == "dmy" else (at["second"], at["first"])
    return _date(at["y"], at.get("m", 1), at.get("d", 1), precision)


@cache
def _words() -> dict[str, tuple[str, int]]:
    """Return folded word -> letter and month."""
    months = month_names()
    weekdays = {name for name, _ in _names("days")}
    rows = resource_rows("date_words.csv")
    found = {_folded(row["word"]): ("A" if row["kind"] == "prefix" else "P", 0) for row in rows if row["kind"] != "month"}
    found |= {name: ("Q" if name in found else "W", 0) for name in weekdays}
    return found | {name: ("B" if name in weekdays else "M", month) for name, month in months.items()}


@cache
def month_names() -> dict[str, int]:
    """Return every name of a month, without accents and in small letters: those of CLDR, and beginnings that no other month shares."""
    named: dict[str, set[int]] = {}
    for name, month in _names("months"):
        named.setdefault(name, set()).add(month)
    for row in resource_rows("date_words.csv"):
        if row["kind"] == "month":
            named.setdefault(_folded(row["word"]), set()).add(int(row["month"]))
    return {name: months.pop() for name, months in named.items() if len(months) == 1}


def _names(what: str) -> Iterator[tuple[str, int]]:
    """Yield the names of `months` or `days` in every locale with their numbers, whole, short, and each beginning of a whole one."""
    from babel import Locale

    for locale in map(Locale.parse, LOCALES):
        for widths in getattr(locale, what).values():
            for width in ("wide", "abbreviated"):
                for number, printed in widths[width].items():
                    name = _folded(printed)
                    if any(map(str.isdigit, name)):  # `3월` is read as a number with its unit
                        continue
                    yield name, number
                    if width == "wide" and name[0].isascii():
                        yield from ((name[:n], number) for n in range(SHORTEST_BEGINNING, len(name)))


def _folded(word: str) -> str:
    return word.translate(FOLDED).lower().strip(" .")


def _date(year: int, month: int, day: int, precision: str) -> tuple[date, str] | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:  # exporters write 0001-01-01 and the like for "none"
        return None
    try:
        return date(year, month, day), precision
    except ValueError:
        return None
