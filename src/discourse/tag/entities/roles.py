"""Whether a platform is named as the actor (ORG) or as where or by what means something is done (PRODUCT).

The instructions' rule: "posts on Facebook" and "via Twitter" are PRODUCT, "Facebook announced", "Facebook's policy" and "the breach at
Facebook" ORG, "Twitter users" PRODUCT. Patterns around the name (`resources/cues/role.csv`) decide; where none does, the pipeline.
"""

from __future__ import annotations

import re
from functools import cache

from discourse.paths import resource_rows

__all__ = ["role", "roles"]

NEAR = 300
NAME, OTHER = "\ue000", "\ue001"
LISTED = rf"(?:{OTHER}(?:,? and |,? or |, | & |/))*{NAME}(?:(?:,? and |,? or |, | & |/){OTHER})*"


@cache
def roles() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return cue, label and pattern of the rows of `role.csv`, in their order; the first that fits decides."""
    rows = resource_rows("cues", "role.csv")
    return tuple((row["cue"], row["role"], re.compile(row["pattern"].replace("NAME", LISTED), re.IGNORECASE)) for row in rows)


def role(sentence: str, start: int, end: int, others: list[tuple[int, int]]) -> str | None:
    """Return ORG or PRODUCT for the platform at `start` to `end` of a sentence, or None where no pattern tells.

    Parameters
    ----------
    sentence : the sentence.
    start, end : the name.
    others : the other platforms named in it, in order, so that lists are read as one; 300 characters either way are read.

    >>> role("Rumours spread on Telegram for weeks.", 18, 26, []), role("Telegram refused.", 0, 8, [])
    ('PRODUCT', 'ORG')
    """
    marked, last, stop = "", max(0, start - NEAR), end + NEAR
    for a, b in sorted([*others, (start, end)]):
        if last <= a < stop:
            marked += sentence[last:a] + (NAME if a == start else OTHER)
            last = b
    marked += sentence[last : max(last, stop)]
    return next((label for _, label, pattern in roles() if pattern.search(marked)), None)
