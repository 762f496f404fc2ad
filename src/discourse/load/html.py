"""Any other web page: its main text, title, authors and date as trafilatura tells them from the menus around.

Settings: neither precision nor recall favoured, comments and tables off, formatting on, so that headings, quotations, lists and emphasis
arrive; dates from what the page declares or prints, with htmldate's search through all numbers of a page off, for it guesses.

Fields: `title`, `author` (split at `;`), `date`, `url`, `sitename`, `categories`, `tags`.

Quirks:

- A page of fewer than 60 words of main text, and one most of whose text stands in three or more teasers, are left out as no posts.
- The title stands once more at the head of the text; there it is taken off.
- Categories are those that a page declares; where none is declared they are unknown (None).
- Time grows with the size and depth of a page, so both have limits, checked before.
- `html lang` is the language, except English: pages in other languages are often made with templates in English; the text tells then.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.load.body.article import compose
from discourse.load.body.blocks import to_blocks
from discourse.load.body.dates import read_date
from discourse.load.body.fragment import line_of_html
from discourse.load.body.parsing import is_deep
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.tables import RawPost, count_words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["measure", "page_language", "read"]

LARGEST, DEEPEST, MOST_ELEMENTS, LONGEST_TITLE = 5_000_000, 200, 50_000, 1000
FEWEST_WORDS, LETTERS_A_WORD = 60, 3
FEWEST_TEASERS = 3
TEASERS = "article, .post, .entry, .hentry, .teaser"
TAGS = {"head": "h2", "quote": "blockquote", "list": "ul", "item": "li", "lb": "br", "code": "pre", "graphic": "span", "ref": "span"}
EMPHASIS = {"#b": "strong", "#i": "em", "#sup": "sup", "#sub": "sub"}
LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*")


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    LeftOut : it holds too little text for a post, or only the beginnings of several.
    InputError : it is too large or nested too deep, or cannot be taken apart.
    """
    measure(document)
    tree = document.tree
    found = _extracted(document)
    if found is None or found.body is None:
        raise LeftOut("a page without a main text")
    text = _text(found.body)
    if (n_words := _n_words(text)) < FEWEST_WORDS:
        raise LeftOut(f"a page with {n_words} words of main text, too few for a post")
    if _is_listing(tree, text):
        raise LeftOut("a page that lists posts, without a text of its own")
    title = line_of_html((found.title or "")[:LONGEST_TITLE])
    post = RawPost(file=document.name, sha256=document.sha256, body="", title=title, retrieved_at=document.retrieved_at)
    post.problems += document.problems
    _fill(post, found, document)
    post.language = page_language(tree)
    blocks = text.split("\n\n")
    if title and blocks[0].lstrip("# ").casefold() == title.casefold():
        blocks = blocks[1:]
    compose(post, "\n\n".join(blocks))
    if post.published is None:
        post.problems.append("no date that can be read; kept without one, so in no chart over time.")
    return Page([post], source={"title": found.sitename})


def page_language(tree: LexborHTMLParser) -> str | None:
    """Return the language that a page declares, unless it is English, the language of templates."""
    declared = LANGUAGE.fullmatch(((tree.root.attributes.get("lang") if tree.root is not None else "") or "").lower())
    return declared[1] if declared and declared[1] != "en" else None


def measure(document: Document) -> None:
    """Refuse a page that would take too long, or too deep a stack, to take apart.

    Raises
    ------
    InputError : it is larger, deeper or of more elements than any page of a blog.
    """
    if len(document.data) > LARGEST:
        raise InputError(f"a page larger than {LARGEST // 1_000_000} MB; give the post's own page.")
    if is_deep(document.text):
        raise InputError("elements nested in each other by the thousand; save the page again.")
    depth = elements = 0
    node = document.tree.root
    while node is not None:
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise InputError(f"elements nested deeper than {DEEPEST}, or more than {MOST_ELEMENTS} of them; save the page again.")
        elements += 1
        if node.child is not None:
            node, depth = node.child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None


def _extracted(document: Document) -> Any:
    """Return what trafilatura makes of a page, or None when it finds nothing."""
    import lxml.etree
    import trafilatura

    for name in LOGGERS:  # without a handler, Python prints warnings to the terminal
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        return trafilatura.bare_extraction(
            document.text, url=document.url, include_comments=False, include_tables=False, include_formatting=True, output_format="xml",
            with_metadata=True, date_extraction_params={"original_date": True, "extensive_search": False},
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError, lxml.etree.LxmlError) as error:
        raise InputError(f"the page cannot be taken apart ({type(error).__name__}); save it again.") from error


def _text(body: Any) -> str:
    """Return trafilatura's tree, whose elements are those of TEI, as blocks."""
    import lxml.etree

    for element in body.iter():
        if element.tag == "hi":
            element.tag = EMPHASIS.get(element.get("rend", ""), "span")
        elif element.tag in TAGS:
            element.tag = TAGS[element.tag]
    return to_blocks(lxml.etree.tostring(body, encoding="unicode", method="html"))


def _n_words(text: str) -> int:
    """Return the number of words; in scripts that set no spaces, letters are counted."""
    return max(count_words(text), sum(letter > "\u2e80" for letter in text) // LETTERS_A_WORD)


def _is_listing(tree: LexborHTMLParser, text: str) -> bool:
    """Return whether most of a text stands in teasers: parts of the page whose title links to a page of its own."""
    teasers = [
        node for node in tree.css(TEASERS)[:100] if node.css_first("h2 a[href], h3 a[href]") is not None and not node.css_first("h1")
    ]
    if len(teasers) < FEWEST_TEASERS:
        return False
    shown = " ".join(" ".join(node.text().split()) for node in teasers)
    blocks = [block.lstrip("#>- ") for block in text.split("\n\n")]
    inside = sum(len(block) for block in blocks if " ".join(block.split())[:60] in shown)
    return inside * 2 > sum(map(len, blocks))


def _fill(post: RawPost, found: Any, document: Document) -> None:
    post.url = next((url for url in (found.url, document.url) if url and url.startswith("http") and address(url)), None)
    post.address = address(post.url)
    names = [" ".join(name.split()) for name in (found.author or "").split(";")]
    post.authors = [name for name in dict.fromkeys(names) if name and "@" not in name]
    post.author_roles = [""] * len(post.authors)
    if day := read_date(found.date) if found.date else None:
        post.published, post.published_precision = day
    post.categories = list(dict.fromkeys(filter(None, map(str.strip, found.categories or [])))) or None
    post.tags = list(dict.fromkeys(filter(None, map(str.strip, found.tags or []))))
