"""HTML parsed in good time, whatever it holds.

A parser of HTML5 takes time that grows with the square of how deep elements nest, and with the cube of how many formatting elements (`<b>`,
`<font>`) are open at once. Both are measured before, and what goes beyond all reason is read without the markup that does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["DEEPEST", "is_deep", "parse"]

DEEPEST = 20_000
MOST_OPEN = 500
FEWEST_TAGS = 1500  # below, the worst page takes two seconds
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
MARKUP = re.compile(r"<[^<>]*>")
FORMATTING = re.compile(r"<(/?)(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^<>]*>", re.IGNORECASE)
LIKE_FORMATTING = re.compile(r"<[bcefinstuBCEFINSTU][a-zA-Z]{0,5}\s")  # only those with attributes add up: HTML5 keeps three that are alike
UNCOUNTED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td th tr track wbr colgroup thead tfoot".split()
)


def parse(source: str) -> tuple[LexborHTMLParser, str]:
    """Return the tree of a page or a fragment, and what had to be left out of it to read it, or an empty text.

    >>> tree, problem = parse("<b>A</b>")
    >>> tree.body.text(), problem
    ('A', '')
    """
    from selectolax.lexbor import LexborHTMLParser

    problem = ""
    if is_deep(source):
        problem = f"more than {DEEPEST:,} elements nest in each other; read without markup."
        source = MARKUP.sub(" ", source)
    elif _is_unclosed(source):
        problem = f"more than {MOST_OPEN} tags such as <b> are open at once; read without them."
        source = FORMATTING.sub("", source)
    return LexborHTMLParser(source), problem


def is_deep(source: str) -> bool:
    """Return whether elements nest deeper than in any page made in earnest; those that need no end are not counted.

    >>> is_deep("<div>" * 30_000), is_deep("<p>x" * 30_000), is_deep("<div></div>" * 30_000)
    (True, False, False)
    """
    if source.count("<") <= DEEPEST:
        return False
    depth = 0
    for match in TAG.finditer(source):
        if match[2].lower() not in UNCOUNTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def _is_unclosed(source: str) -> bool:
    """Return whether too many formatting elements are open at once."""
    if source.count("<") <= FEWEST_TAGS or len(LIKE_FORMATTING.findall(source)) <= MOST_OPEN:  # so on nearly every page
        return False
    opened: Counter[str] = Counter()
    for match in FORMATTING.finditer(source):
        name = match[2].lower()
        opened[name] = max(0, opened[name] - 1) if match[1] else opened[name] + 1
        if opened[name] > MOST_OPEN:
            return True
    return False
