"""Licences under which whole texts may be passed on, told from what a blog says of itself."""

from __future__ import annotations

import re
from functools import cache

from discourse.paths import resource_rows

__all__ = ["is_open", "licence_address"]

BEFORE = r"(?:(?:licensed|published|available|released) under )?(?:the |an? )?"
VERSION = r"(?:[ -]?(?:v|version )?(?P<version>\d(?:\.\d)?))?"
AFTER = r"(?: licen[cs]e)?" + VERSION + r"(?: \(?(?:international|unported|generic|[a-z]{2})\)?)?(?: public)?(?: licen[cs]e)?\.?"
USUAL = "4.0"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = resource_rows("leaving", "open_licences.csv")
    return tuple((re.compile(f"{BEFORE}(?:{row['pattern']}){AFTER}", re.IGNORECASE), row["address"]) for row in rows)


def is_open(licence: str | None) -> bool:
    """Return whether whole texts may be passed on under a licence; one that is not known to allow it does not.

    >>> is_open("CC BY-SA 4.0"), is_open("all rights reserved"), is_open(None)
    (True, False, False)
    """
    return bool(licence) and any(pattern.fullmatch(_plain(licence or "")) for pattern, _ in _patterns())


def licence_address(licence: str | None) -> str | None:
    """Return where an open licence stands on the web, if it has such a place.

    >>> licence_address("CC BY 3.0"), licence_address("all rights reserved")
    ('https://creativecommons.org/licenses/by/3.0/', None)
    """
    for pattern, address in _patterns():
        if match := pattern.fullmatch(_plain(licence or "")):
            return address.replace("VERSION", match["version"] or USUAL) or None
    return None


def _plain(licence: str) -> str:
    return re.sub(r"[\s‐‑–]+", " ", licence.replace("‑", "-").replace("–", "-")).strip()
