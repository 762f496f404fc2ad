"""Which format a document is in: by its ending where that says enough, else by what it holds."""

from __future__ import annotations

import re

from discourse.load.reading import Document, LeftOut

__all__ = ["recognise"]

ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".txt": "text", ".csv": "table", ".tsv": "table", ".jsonl": "table",
    ".ndjson": "table", ".parquet": "table", ".xlsx": "table",
}  # fmt: skip
GENERATOR = re.compile(
    rb"""<meta[^>]{0,80}name=["']generator["'][^>]{0,80}content=["'](\w+)|<meta[^>]{0,80}content=["'](\w+)[^>]{0,60}name=["']generator["']""",
    re.IGNORECASE,
)
SIGNS = {  # any of them tells
    "weebly": (b'id="blog-post-', b"id='blog-post-", b"blog-title-link", b"wsite-section", b"weebly.com/"),
    "blogger": (
        b"blogger.com/static",
        b"blogger.com/feeds",
        b"blogger.com/dyn-css",
        b"blogblog.com",
        b"<b:skin",
        b"post-body entry-content",
    ),
    "drupal": (b"data-drupal", b"drupalSettings", b"data-history-node-id", b"/sites/default/", b"/sites/all/", b" node--", b'"node--'),
    "wordpress": (b"/wp-content/", b"/wp-includes/", b"/wp-json/", b"wp-block-", b" hentry", b'"hentry'),
}
GENERATORS = {b"wordpress": "wordpress", b"blogger": "blogger", b"drupal": "drupal", b"weebly": "weebly"}
MARKUP = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|section|main|p|h1|meta|link|script|title)\b",
    re.IGNORECASE | re.DOTALL,
)
PACKED = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:MIME-Version:|Content-Type:\s*multipart/related|Snapshot-Content-Location:)", re.IGNORECASE
)
DATED_LINE = re.compile(
    r"^\s*\d{1,2}/\d{1,2}/\d{4}\s*$|[^\W\d_]\d{1,2}/\d{1,2}/\d{4}\b"
    r"|\d{1,2}/\d{1,2}/\d{4}\s*(?:(?:(?:\d+|No)\s+)?Comments?\b|\s(?:By|by|Written|Translated|Edited)\b)",
    re.MULTILINE,
)


def recognise(document: Document) -> str:
    """Return the format of a document, one of `FORMATS`.

    Raises
    ------
    LeftOut : it is in no format of posts.
    """
    ending = re.search(r"\.[A-Za-z]+$", document.name.rpartition("/")[2].removesuffix(".gz"))
    form = ENDINGS.get(ending[0].lower(), "") if ending and not document.url else ""
    head = document.head
    if form == "text" and MARKUP.match(head):
        form = ""
    if form == "text":
        return "page-text" if DATED_LINE.search(document.strict_text) else "main-text"
    if form:
        return form
    if head.startswith((b"{", b"[")):
        return _json(head)
    xml = head.startswith(b"<?xml") or re.match(rb"(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", head, re.DOTALL)
    if xml and not re.search(rb"<html\b", head, re.IGNORECASE):
        return _xml(head)
    if PACKED.match(head):
        raise LeftOut("MHTML, a page packed as an e-mail; save it as HTML")
    if MARKUP.match(head) or re.search(rb"<(?:html|body)\b", head, re.IGNORECASE):
        return _html(document.data)
    if head[:4] == b"PAR1":
        return "table"
    raise LeftOut(f"{ending[0] if ending else 'no ending'}: not a format of posts")


def _json(head: bytes) -> str:
    if re.search(rb'"db"\s*:\s*\[|"posts"\s*:\s*\[', head) and b'"rendered"' not in head:
        return "ghost"
    return "wordpress-api" if b'"rendered"' in head else "table"


def _xml(head: bytes) -> str:
    if b"wordpress.org/export/" in head:
        return "wordpress-export"
    if b"schemas.google.com/blogger/2018" in head or b"schemas.google.com/blogger/2008/kind#" in head or b"BLOGGER_SETTINGS" in head:
        return "blogger-export"
    if re.search(rb"<(?:rss|feed|rdf:RDF|channel)\b", head):
        return "feed"
    raise LeftOut("XML, but neither a feed nor an export of a blog")


def _html(data: bytes) -> str:
    if (match := GENERATOR.search(data[:200_000])) and (form := GENERATORS.get((match[1] or match[2]).lower())):
        return form
    return next((form for form, signs in SIGNS.items() if any(sign in data for sign in signs)), "html")
