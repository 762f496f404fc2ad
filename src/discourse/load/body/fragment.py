"""HTML inside something else: a field of an export, a cell of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.load.body.blocks import to_blocks
from discourse.load.body.parsing import parse

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["line_of_html", "parse_fragment"]


def parse_fragment(source: str, problems: list[str]) -> LexborNode | None:
    """Return a fragment of HTML as a tree, or None when there is nothing in it; what is wrong with it goes to `problems`."""
    tree, problem = parse(source.replace("\0", ""))
    problems += [problem] if problem else []
    return tree.body


def line_of_html(source: str) -> str:
    """Return a short piece of HTML, such as a title, as plain text on one line.

    >>> line_of_html("The <b>wall</b> &amp; 5 < 6")
    'The wall & 5 < 6'
    """
    return " ".join(to_blocks(source.replace("\0", "")).removeprefix("# ").split())
