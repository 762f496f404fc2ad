"""HTML to text in blocks: the one way in which every loader that meets HTML turns it into `posts.text`.

Paragraphs are set apart by a blank line, `<br>` is a line break, headings open with `# `, block quotations with `> `,
list items with `- `. A paragraph that is bold throughout and ends without a stop is a heading: that is how writers of
Ghost and Weebly posts make one. Taken out: scripts, styles, forms, frames, tables, figures, buttons, and embedded
posts of social networks (blockquotes of class `twitter-tweet` and the like).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["NOTE_CLOSE", "NOTE_OPEN", "to_blocks", "to_line"]

NOTE_OPEN, NOTE_CLOSE = "\ue000", "\ue001"

DROPPED_TAGS = frozenset("script style form iframe table figure noscript svg button template object embed audio video head select".split())
DROPPED_CLASSES = frozenset("button wp-block-button__link kg-button-card twitter-tweet instagram-media fb-post".split())
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption footer h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section summary ul".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
BOLD = frozenset(("strong", "b"))
ITALIC = re.compile(r"</?(?:em|i|cite)(?:\s[^>]*)?>", re.IGNORECASE)
LONGEST_BOLD_HEADING = 15


def to_blocks(html: str) -> str:
    """Return the text of an HTML fragment in blocks.

    >>> to_blocks("<h2>Why</h2><p>Because <b>it</b> is.</p><blockquote><p>No.</p></blockquote><ul><li>one</li></ul>")
    '# Why\\n\\nBecause it is.\\n\\n> No.\\n\\n- one'
    >>> to_blocks("<p><strong>What is new</strong></p><p>One<br>two</p><script>evil()</script>")
    '# What is new\\n\\nOne\\ntwo'
    """
    tree = LexborHTMLParser(html)
    return "\n\n".join(_blocks(tree.body)) if tree.body else ""


def to_line(html: str) -> str:
    """Return the text of an HTML fragment on one line, italics between asterisks.

    >>> to_line("<p>Frantz, <em>Digital repression</em> (2020)</p>")
    'Frantz, *Digital repression* (2020)'
    """
    return " ".join(to_blocks(ITALIC.sub("*", html)).split())


def _blocks(root: LexborNode) -> Iterator[str]:
    """Walk the tree without recursion and yield each block with its mark."""
    line: list[str] = []
    bold = True
    mark = ""
    stack: list[tuple[LexborNode | str, str, bool]] = [(root, "", False)]
    while stack:
        node, inherited, is_bold = stack.pop()
        if isinstance(node, str):  # the end, or the resumption, of a block
            block = _finish(line, mark, bold)
            if block:
                yield block
            line, bold, mark = [], True, inherited
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            line.append(re.sub(r"\s+", " ", text))
            bold = bold and (is_bold or not text.strip())
        elif tag == "br":
            line.append("\n")
        elif tag == "hr":
            stack.append(("", inherited, False))
        elif not _is_dropped(node):
            inner = _mark(tag, inherited)
            children = [(child, inner, is_bold or tag in BOLD) for child in node.iter(include_text=True)]
            if tag in BLOCKS:
                stack.append(("", inherited, False))
                stack.extend(reversed(children))
                stack.append(("", inner, False))
            else:
                stack.extend(reversed(children))
    block = _finish(line, mark, bold)
    if block:
        yield block


def _is_dropped(node: LexborNode) -> bool:
    tag = node.tag or "-"
    if tag.startswith(("-", "_", "!")) or tag in DROPPED_TAGS:
        return True
    classes = (node.attributes.get("class") or "").split()
    return not DROPPED_CLASSES.isdisjoint(classes)


def _mark(tag: str, inherited: str) -> str:
    if tag in HEADINGS:
        return "# "
    if tag == "blockquote":
        return "> "
    return "- " if tag == "li" and inherited != "> " else inherited


def _finish(line: list[str], mark: str, bold: bool) -> str:
    """Return a finished block with its mark, or nothing when it is blank."""
    text = "".join(line)
    text = "\n".join(" ".join(part.split(" ")).strip() for part in text.split("\n")).strip()
    text = re.sub(r" {2,}", " ", re.sub(r"\n{2,}", "\n\n", text))
    if not text:
        return ""
    if mark == "# ":
        return mark + text.replace("\n", " ")
    if bold and not mark and _reads_as_heading(text):
        return "# " + text
    return "\n\n".join(mark + paragraph for paragraph in text.split("\n\n"))


def _reads_as_heading(text: str) -> bool:
    return "\n" not in text and text[-1] not in '.!?:;,…”"' and len(text.split()) <= LONGEST_BOLD_HEADING
