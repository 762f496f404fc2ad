"""What Ghost's editors keep instead of HTML: Lexical (from 5.0), Mobiledoc (1.0 to 4.x), Markdown (before 1.0); here they become HTML.

Ghost keeps the HTML beside it, so this is read only where an export (or a tool that made one) left the HTML out. Read as far as text goes:
paragraphs, headings, lists, quotations, asides, line breaks, bold and italics; cards that hold Markdown or HTML; callouts and toggles of
Lexical. Pictures, buttons, bookmarks, products, files and calls to subscribe are no text. Names of nodes and cards are those of Ghost's own
editors (`kg-default-cards`, `kg-default-nodes`) and of the Mobiledoc 0.3 format.
"""

from __future__ import annotations

import json
from functools import cache
from html import escape
from typing import Any

__all__ = ["from_lexical", "from_markdown", "from_mobiledoc"]

TAGS = {
    "paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote", "listitem": "li", "root": "div",
    "heading": "h2", "extended-heading": "h2", "link": "span", "list": "ul",
}  # fmt: skip
MARKUP_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside pull-quote".split())
INLINE_TAGS = frozenset("strong b em i sup sub u s code".split())
BOLD, ITALIC, RAISED = 1, 2, 64


def from_lexical(source: str) -> str:
    """Return a Lexical document as HTML; what is no such document gives an empty text.

    >>> from_lexical('{"root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "A & b"}]}]}}')
    '<div><p>A &amp; b</p></div>'
    """
    document = _parsed(source)
    root = document.get("root") if isinstance(document, dict) else None
    pieces: list[str] = []
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):  # the end of a node, which JSON cannot hold
            pieces += node
        elif isinstance(node, dict):
            tag = TAGS.get(str(node.get("type") or "root"))
            children = node.get("children")
            if tag is None or not isinstance(children, list):
                pieces.append(_lexical_leaf(node))
            else:
                pieces.append(f"<{tag}>")
                stack += [(f"</{tag}>",), *reversed(children)]
    return "".join(pieces)


def _lexical_leaf(node: dict[str, Any]) -> str:
    kind = node.get("type")
    if kind in ("text", "extended-text"):
        text, style = escape(_text(node.get("text"))), node.get("format")
        style = style if isinstance(style, int) else 0
        for flag, tag in ((ITALIC, "em"), (BOLD, "strong"), (RAISED, "sup")):
            text = f"<{tag}>{text}</{tag}>" if style & flag else text
        return text
    if kind == "linebreak":
        return "<br>"
    if kind == "markdown":
        return from_markdown(_text(node.get("markdown")))
    if kind == "callout":
        return f"<div>{_text(node.get('calloutText'))}</div>"
    if kind == "toggle":
        return f"<h4>{_text(node.get('heading'))}</h4><div>{_text(node.get('content'))}</div>"
    return f"<div>{_text(node.get('html'))}</div>" if kind == "html" else ""


def from_mobiledoc(source: str) -> str:
    """Return a Mobiledoc document as HTML; what is no such document gives an empty text.

    >>> from_mobiledoc('{"markups": [["strong"]], "sections": [[1, "p", [[0, [0], 1, "So"], [0, [], 0, "."]]]]}')
    '<p><strong>So</strong>.</p>'
    """
    document = _parsed(source)
    if not isinstance(document, dict):
        return ""
    pieces = []
    for section in _list(document.get("sections")):
        match section:
            case [1, str() as tag, list() as markers, *_]:
                tag = tag if tag in MARKUP_TAGS else "p"
                tag = "blockquote" if tag in ("aside", "pull-quote") else tag
                pieces.append(f"<{tag}>{_mobiledoc_line(markers, document)}</{tag}>")
            case [3, _, list() as items, *_]:
                inner = "".join(f"<li>{_mobiledoc_line(item, document)}</li>" for item in items if isinstance(item, list))
                pieces.append(f"<ul>{inner}</ul>")
            case [10, int() as number, *_]:
                pieces.append(_mobiledoc_card(document, number))
    return "".join(pieces)


def _mobiledoc_line(markers: list[Any], document: dict[str, Any]) -> str:
    """Return the HTML of a row of markers `[kind, markups opened, markups closed, text or number of an atom]`."""
    markups = _list(document.get("markups"))
    pieces: list[str] = []
    opened: list[str] = []
    for marker in markers:
        match marker:
            case [0 | 1 as kind, list() as openings, int() as n_closed, value]:
                names = [_first(markups, number) for number in openings]
                opened += [name if name in INLINE_TAGS else "span" for name in names]
                pieces += [f"<{name}>" for name in opened[len(opened) - len(names) :]]
                pieces.append("<br>" if kind == 1 else escape(_text(value)))
                for _ in range(min(max(n_closed, 0), len(opened))):
                    pieces.append(f"</{opened.pop()}>")
    return "".join(pieces)


def _mobiledoc_card(document: dict[str, Any], number: int) -> str:
    cards = _list(document.get("cards"))
    match cards[number] if 0 <= number < len(cards) else None:
        case [str(), {"markdown": str() as markdown}, *_]:
            return from_markdown(markdown)
        case ["html", {"html": str() as html}, *_]:
            return f"<div>{html}</div>"
    return ""


def _first(rows: list[Any], number: Any) -> str:
    row = rows[number] if isinstance(number, int) and 0 <= number < len(rows) else None
    return row[0] if isinstance(row, list) and row and isinstance(row[0], str) else ""


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)


def from_markdown(source: str) -> str:
    """Return Markdown, with footnotes as Ghost reads them, as HTML.

    >>> from_markdown("## Why")
    '<h2>Why</h2>\\n'
    """
    return str(_markdown().render(source))


def _parsed(source: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
