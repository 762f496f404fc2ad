"""What Blogger pages and exports share: the address that identifies a post, and the markup of its body.

Of a body are taken out: what a template puts there (`.jump-link`, buttons), pictures in tables (`tr-caption-container`), and notes as Word,
LibreOffice and Google Docs write them: paragraphs that open with their number (`<a href="#_ftnref1" name="_ftn1">[1]</a> …`), to which a
number in the text leads. A table whose cells hold whole paragraphs only lays text out; its cells are read as blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from discourse.load import site
from discourse.load.body.article import compose
from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN, link_notes, to_blocks, to_line
from discourse.load.body.notes import RawNote
from discourse.load.body.parsing import parse
from discourse.tables import RawPost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["OLD_URL", "PAGE_URL", "POST_URL", "address", "fill_body", "words"]

POST_URL = re.compile(r"/(\d{4})/(\d{2})/[^/?#]+\.html")
OLD_URL = re.compile(r"/(\d{4})_(\d{2})_\d{2}_[^/?#]*\.html#(\d+)")
PAGE_URL = re.compile(r"/p/[^/?#]+\.html")
COUNTRY = re.compile(r"\.blogspot\.(?:com?\.)?[a-z]{2,3}(?=/|$)")
CHROME = ".jump-link, .post-share-buttons, .adsbygoogle, .tr-caption-container"
LABEL = re.compile(r"\s*[\[(]?\s*(\d{1,3}|[ivxl]{1,7})\s*[\])]?\s*")
NOTE_BLOCK = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)\d+")
CELL = re.compile(r"<(/?)(?:table|tbody|thead|tr|td|th)\b[^>]*>", re.IGNORECASE)
LONG_CELL = 40
MOST_TABLES = 100
HIGHEST = 12


def address(url: str | None) -> str | None:
    """Return what identifies a post: `site.address`, with one spelling for all countries, and the number of a post before 2006.

    >>> address("http://walls.blogspot.co.uk/2010/03/a.html?m=1"), address("http://walls.blogspot.com/2003_05_01_archive.html#94038")
    ('walls.blogspot.com/2010/03/a.html', 'walls.blogspot.com/2003_05_01_archive.html#94038')
    """
    found = site.address(url)
    old = OLD_URL.search(url or "")
    return COUNTRY.sub(".blogspot.com", found, count=1) + (f"#{old[3]}" if old else "") if found else None


def words(html: str | LexborNode) -> str:
    """Return the words of a line, such as a title, without markup.

    >>> words("<h3>Walls &amp; <i>wires</i><script>evil()</script></h3>")
    'Walls & wires'
    """
    return " ".join(to_blocks(html).removeprefix("# ").replace(NOTE_OPEN, "").replace(NOTE_CLOSE, "").split())


def fill_body(post: RawPost, body: LexborNode) -> str:
    """Fill a post from the markup of its body, and return the dateline's day as `compose` does."""
    for node in body.css(CHROME):
        node.decompose()
    for table in body.css("table")[:MOST_TABLES]:
        cells = len(table.css("td, th"))
        if cells and table.parent is not None and len(table.text().split()) >= LONG_CELL * cells:
            table.replace_with(_unfolded(table))
    notes = [*_word_notes(body), *link_notes(body)]
    return compose(post, to_blocks(body), notes=[RawNote(number, text) for number, text in notes])


def _unfolded(table: LexborNode) -> LexborNode:
    """Return what a table lays out, each cell a block."""
    body = parse(CELL.sub(r"<\1div>", table.html or ""))[0].body
    return body if body is not None else table


def _word_notes(body: LexborNode) -> list[tuple[str, str]]:
    """Take out notes that are paragraphs of their own, as `link_notes` does for the items of lists.

    What is taken out is put aside, never destroyed, for one note may stand in another.
    """
    found = _linked_paragraphs(body)
    shared = Counter(block.mem_id for _, _, block in found)
    notes: dict[str, str] = {}
    for label, link, block in found:
        opening = re.compile(rf"[\s*\[({NOTE_OPEN}]*{re.escape(label)}(?!\d)[*\]){NOTE_CLOSE}]*[.:]?\s*")
        if label not in notes and shared[block.mem_id] == 1 and block.parent is not None and opening.match(block.text()):
            notes[label] = opening.sub("", to_line(block.html or "").removeprefix("- "), count=1)
            block.replace_with("")
            if link.parent is not None:
                link.replace_with(f"{NOTE_OPEN}{label}{NOTE_CLOSE}")
    return list(notes.items())


def _linked_paragraphs(body: LexborNode) -> list[tuple[str, LexborNode, LexborNode]]:
    """Return each number that leads to a paragraph below it, with its link and the paragraph; the links back are left out."""
    anchors: dict[str, LexborNode] = {}
    for node in body.css("a[name], [id]"):
        for key in (node.attributes.get("name"), node.attributes.get("id")):
            if key:
                anchors.setdefault(key, node)
    found: list[tuple[str, LexborNode, LexborNode]] = []
    back: set[int] = set()
    for link in body.css('a[href*="#"]') if anchors else []:
        label = LABEL.fullmatch(link.text())
        target = anchors.get((link.attributes.get("href") or "").partition("#")[2])
        if label and target is not None and link.mem_id not in back and (block := _paragraph(target)) is not None:
            inner = block.css_first("a[href]")
            back |= {node.mem_id for node in (target, inner) if node is not None}
            found.append((label[1], link, block))
    return found


def _paragraph(node: LexborNode) -> LexborNode | None:
    """Return the paragraph that an anchor stands in; one that Word or LibreOffice put in a block of its own is all of that block."""
    for _ in range(HIGHEST):
        above = node.parent
        if above is None:
            return None
        if node.tag in ("p", "div", "li", "dd"):
            return above if NOTE_BLOCK.fullmatch(above.attributes.get("id") or "") else node
        node = above
    return None
