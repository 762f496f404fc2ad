"""HTML to text in blocks: the one way in which every loader that meets HTML turns it into `posts.text`.

Paragraphs are set apart by a blank line, `<br>` is a line break and two of them part paragraphs, headings open with `# `, block quotations
with `> `, list items with `- `. A paragraph that is bold throughout and ends without a stop is a heading: that is how writers of Ghost and
Weebly posts make one. A raised number stands between U+E000 and U+E001, for it may prove to be the marker of a note.

Taken out: scripts, styles, forms, frames, tables, figures, buttons, and embedded posts of social networks (blockquotes of class
`twitter-tweet` and the like).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from discourse.load.body.parsing import parse

__all__ = ["NOTE_CLOSE", "NOTE_OPEN", "line_of", "link_notes", "to_blocks", "to_line"]

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
SPACE, SPACES, EDGES, BREAKS = re.compile(r"\s+"), re.compile(r" {2,}"), re.compile(r" ?\n ?"), re.compile(r"\n{2,}")
RAISED = re.compile(r"\[?(?:\d{1,3}|[ivxl]{1,7})\]?")
MARK = re.compile(r"^(?:# |> |- )+", re.MULTILINE)
LABEL = re.compile(r"[\[(]?\s*(\w{1,12})\s*[\])]?")
FOOTNOTES = "div.footnotes, section.footnotes, ol.wp-block-footnotes, ol.footnotes, ul.footnotes, .footnotes-list"
LONGEST_BOLD_HEADING = 15
DEEPEST_IN_ITEM = 4


def to_blocks(html: str | LexborNode) -> str:
    """Return the text of an HTML fragment, or of one node of a parsed page, in blocks.

    >>> to_blocks("<h2>Why</h2><p>Because <b>it</b> is.</p><blockquote><p>No.</p></blockquote><ul><li>one</li></ul>")
    '# Why\\n\\nBecause it is.\\n\\n> No.\\n\\n- one'
    >>> to_blocks("<p><strong>What is new</strong></p><p>One<br>two</p><script>evil()</script>")
    '# What is new\\n\\nOne\\ntwo'
    >>> to_blocks("<div><b>Why</b><br><br>Because.</div>")
    '# Why\\n\\nBecause.'
    """
    root = parse(html)[0].body if isinstance(html, str) else html
    return "\n\n".join(_blocks(root)) if root else ""


def to_line(html: str) -> str:
    """Return the text of an HTML fragment on one line, italics between asterisks.

    >>> to_line("<p>Frantz, <em>Digital repression</em> (2020)</p>")
    'Frantz, *Digital repression* (2020)'
    """
    return " ".join(to_blocks(ITALIC.sub("*", html)).split())


def line_of(node: LexborNode) -> str:
    """Return the text of a node on one line, without scripts, pictures and buttons in it; what `<br>` parts stays apart.

    >>> line_of(parse("<h2>The wall<br>stands</h2>")[0].css("h2")[0])
    'The wall stands'
    """
    return " ".join(MARK.sub("", to_blocks(node)).split())


def link_notes(root: LexborNode) -> list[tuple[str, str]]:
    """Take the footnotes out of a body whose markup tells them apart; return each number with the note's text on one line.

    A note is an item of a list to which a number in the text leads (`<sup><a href="#fn1">1</a></sup>` and `<li id="fn1">`), as Jekyll,
    Hugo, Ghost and WordPress write it. The number in the text is left between U+E000 and U+E001.

    >>> tree, _ = parse('<p>A.<a href="#n1">[1]</a></p><ol class="footnotes"><li id="n1">B. <a href="#r1">↩</a></li></ol>')
    >>> link_notes(tree.body), to_blocks(tree.body) == f"A.{NOTE_OPEN}1{NOTE_CLOSE}"
    ([('1', 'B.')], True)
    """
    labels: dict[str, str] = {}
    markers: dict[str, list[LexborNode]] = {}
    for link in root.css('a[href*="#"]'):
        target = (link.attributes.get("href") or "").partition("#")[2]
        if target and (label := LABEL.fullmatch(link.text().strip())):
            labels.setdefault(target, label[1])
            markers.setdefault(target, []).append(link)
    if not labels:
        return []
    notes: dict[str, str] = {}
    for node in root.css("[id], a[name]"):
        target = node.attributes.get("id") or node.attributes.get("name") or ""
        item = _item(node) if target in labels and labels[target] not in notes else None
        if item is not None and item.parent is not None:
            for back in item.css('a[href*="#"]'):
                back.decompose()
            notes[labels[target]] = to_line(item.html or "").removeprefix("- ")
            item.decompose()
            for marker in markers[target]:
                _mark_up(marker, labels[target])
    for place in root.css(FOOTNOTES) if notes else []:
        if not place.css_first("li"):
            place.decompose()
    return list(notes.items())


def _item(node: LexborNode) -> LexborNode | None:
    """Return the item of a list that a node is or begins; one inside an item's text is a marker there."""
    place: LexborNode | None = node
    for _ in range(DEEPEST_IN_ITEM):
        if place is None or place.tag == "li":
            break
        place = place.parent
    begins = place is not None and place.tag == "li" and place.text().lstrip().startswith(node.text().strip())
    return place if begins else None


def _mark_up(link: LexborNode, label: str) -> None:
    """Put the marker of a note where a link to it stands, and the raised sign around the link with it."""
    around = link.parent
    place = around if around is not None and around.tag == "sup" and around.text().strip() == link.text().strip() else link
    place.replace_with(f"{NOTE_OPEN}{label}{NOTE_CLOSE}")


def _blocks(root: LexborNode) -> Iterator[str]:
    """Walk the tree without recursion and yield each block with its mark."""
    line: list[tuple[str, bool]] = []
    mark = ""
    stack: list[tuple[LexborNode | str, str, bool]] = [(root, "", False)]
    while stack:
        node, inherited, is_bold = stack.pop()
        if isinstance(node, str):  # the end, or the resumption, of a block
            if line:
                yield from _finish(line, mark)
                line = []
            mark = inherited
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            line.append((text if text.isprintable() and "  " not in text else SPACE.sub(" ", text), is_bold))
        elif tag == "br":
            line.append(("\n", True))
        elif tag == "hr":
            stack.append(("", inherited, False))
        elif tag == "sup" and RAISED.fullmatch(raised := node.text().strip()):
            line.append((f"{NOTE_OPEN}{raised}{NOTE_CLOSE}", is_bold))
        elif not _is_dropped(node, tag):
            inner = _mark(tag, inherited)
            bold = is_bold or tag in BOLD
            children = [(child, inner, bold) for child in node.iter(include_text=True)]
            if tag in BLOCKS:
                stack.append(("", inherited, False))
                stack.extend(reversed(children))
                stack.append(("", inner, False))
            else:
                stack.extend(reversed(children))
    if line:
        yield from _finish(line, mark)


def _is_dropped(node: LexborNode, tag: str) -> bool:
    if tag in DROPPED_TAGS or not tag or tag[0] in "-_!":
        return True
    classes = node.attributes.get("class")
    return classes is not None and not DROPPED_CLASSES.isdisjoint(classes.split())


def _mark(tag: str, inherited: str) -> str:
    if tag in HEADINGS:
        return "# "
    if tag == "blockquote":
        return "> "
    return "- " if tag == "li" and inherited != "> " else inherited


def _finish(line: list[tuple[str, bool]], mark: str) -> Iterator[str]:
    """Yield the paragraphs of a finished block, each with its mark; two line breaks part paragraphs."""
    text = _tidied("".join(piece for piece, _ in line))
    if not text:
        return
    if mark == "# ":
        yield mark + text.replace("\n", " ").replace("  ", " ")
    elif not mark and any(bold for piece, bold in line if piece != "\n"):
        yield from _with_headings(line)
    else:
        yield from (mark + paragraph for paragraph in text.split("\n\n"))


def _tidied(text: str) -> str:
    if "\n" not in text and "  " not in text:
        return text.strip()
    return BREAKS.sub("\n\n", EDGES.sub("\n", SPACES.sub(" ", text)).strip())


def _with_headings(line: list[tuple[str, bool]]) -> Iterator[str]:
    """Yield paragraphs, those that are bold throughout as headings."""
    paragraph: list[tuple[str, bool]] = []
    breaks = 0
    for piece, bold in [*line, ("\n", True), ("\n", True)]:
        breaks = breaks + 1 if piece == "\n" else breaks if not piece.strip() else 0
        paragraph.append((piece, bold))
        if breaks == 2:
            if text := _tidied("".join(part for part, _ in paragraph)):
                heading = all(bold for part, bold in paragraph if part.strip()) and _reads_as_heading(text)
                yield f"# {text}" if heading else text
            paragraph = []


def _reads_as_heading(text: str) -> bool:
    return "\n" not in text and text[-1] not in '.!?:;,…”"' and len(text.split()) <= LONGEST_BOLD_HEADING
