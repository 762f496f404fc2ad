"""Lines that a blog puts under every post: calls to donate, share, subscribe. They are nobody's view of anything."""

from __future__ import annotations

import re
from functools import cache

from discourse.paths import resource_rows

__all__ = ["strip_boilerplate"]

LONGEST_LINE = 200


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in resource_rows("boilerplate.csv")), re.IGNORECASE)


def strip_boilerplate(text: str) -> str:
    """Return a body without the blocks that are boilerplate from end to end.

    >>> strip_boilerplate("The ban failed.\\n\\n# Donate to help sustain our work")
    'The ban failed.'
    """
    blocks = text.split("\n\n")
    return "\n\n".join(b for b in blocks if len(b) > LONGEST_LINE or not _patterns().fullmatch(b.lstrip("#>- ").strip(" *_")))
