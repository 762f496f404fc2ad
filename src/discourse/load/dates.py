"""Dates as blogs print them: known formats first, nothing guessed.

Read: ISO 8601 (`2022-02-22`, `2022-02-22T10:00:00Z`), `February 22, 2022`, `22 February 2022`, `22nd Feb 2022`,
`February 2022`, `2022`, and numbers apart (`2/22/2022`, `22/2/2022`), whose order is settled for a whole site by
`number_order`, since one date alone may not tell.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

__all__ = ["number_order", "read_date"]

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: n for name, n in MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
WORDED = [
    (re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE), "day"),
    (re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE), "day"),
    (re.compile(rf"{_MONTH},?\s+{_YEAR}", re.IGNORECASE), "month"),
    (re.compile(_YEAR), "year"),
]
FIRST_YEAR, LAST_YEAR = 1980, 2100
ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)


def read_date(value: Any, *, order: str | None = None) -> tuple[date, str] | None:
    """Return a date and its precision (`day`, `month`, `year`), or None when the value is no date.

    Parameters
    ----------
    value : what the file holds: text, or a date that a parser made already.
    order : `dmy` or `mdy` for numbers apart; without it only those whose order shows in themselves are read.

    >>> read_date("February 22, 2022")
    (datetime.date(2022, 2, 22), 'day')
    >>> read_date("March 2016"), read_date("3/4/2016"), read_date("3/4/2016", order="mdy")
    ((datetime.date(2016, 3, 1), 'month'), None, (datetime.date(2016, 3, 4), 'day'))
    """
    if isinstance(value, date):  # a datetime is one
        return _date(value.year, value.month, value.day, "day")
    text = WEEKDAY.sub("", " ".join(str(value).split()), count=1)
    if match := ISO.fullmatch(text):
        year, month, day = match.groups()
        return _date(int(year), int(month), int(day or 1), "day" if day else "month")
    if match := NUMBERS.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        settled = order or number_order([text])
        if settled is None:
            return None
        day, month = (first, second) if settled == "dmy" else (second, first)
        return _date(year, month, day, "day")
    for pattern, precision in WORDED:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            month = MONTHS[found["month"].lower()] if "month" in found else 1
            return _date(int(found["year"]), month, int(found.get("day", 1)), precision)
    return None


def number_order(values: Iterable[str]) -> str | None:
    """Return `dmy` or `mdy` for a site's numbered dates when a value above 12 settles it, else None.

    >>> number_order(["2/3/2022", "2/22/2022"]), number_order(["2/3/2022"]), number_order(["13/1/2020"])
    ('mdy', None, 'dmy')
    """
    pairs = [(int(m[1]), int(m[2])) for m in (NUMBERS.fullmatch(value.strip()) for value in values) if m]
    if any(first > 12 for first, _ in pairs):
        return "dmy"
    return "mdy" if any(second > 12 for _, second in pairs) else None


def _date(year: int, month: int, day: int, precision: str) -> tuple[date, str] | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:  # exporters write 0001-01-01 and the like for "none"
        return None
    try:
        return date(year, month, day), precision
    except ValueError:
        return None
