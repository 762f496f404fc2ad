"""Parts of a Drupal page that its post page and its listings share: what the page says of itself, dates, terms, comments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from discourse.errors import InputError
from discourse.load.body.blocks import line_of, to_blocks
from discourse.load.body.dates import find_date, read_date
from discourse.load.body.json_file import parse_json, plain
from discourse.load.html import page_language
from discourse.load.reading import Document
from discourse.load.site import address
from discourse.tables import RawComment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Parts", "comments_of", "day_of", "every", "line_of", "linked_data", "take_out", "terms_of"]

TITLES = (
    ".pane-page-title h1", "h1#page-title", "h1.page-title", "h1.page-header", ".block-page-title-block h1", "h1.node__title",
    "h1.node-title", "h1.title", "h1",
)  # fmt: skip

PRINTED = (
    ".node-date, .field--name-created, .field-name-post-date, .field--name-node-post-date, .field--name-field-date, "
    ".field-name-field-date, .date-display-single, .node__submitted, .node__meta, .node-meta, .submitted, .byline, time"
)
MADE = (
    "[property~='dc:created'][content], [property~='schema:dateCreated'][content], [property~='schema:datePublished'][content], "
    ".date-display-single[content], time[datetime]"
)
NUMBERS = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
FIELD = re.compile(r"(?<!\S)field-(?:-name|name)-([\w-]+)")
TERM_FIELD = re.compile(r"taxonomy|categor|kategor|issue|topic|section|theme|thema|themen|tema|sujet|subject|rubri|channel|tag|keyword")
TAG_FIELD = re.compile(r"\btags?\b|keyword|schlagw|stichw|mots?-cl|palabras|etiquet|freetag|标签|태그")
TERM_LINK = re.compile(r"/(?:taxonomy/term|tags?|categor(?:y|ies)|topics?|issues?)/")
COMMENTS = ".comment, .js-comment, article[id^='comment-']"
COMMENT_NAMES = (
    ".comment__author", ".commenter-name .username", ".commenter-name", ".comment-author", ".username", "[property='foaf:name']",
    "[property='schema:name']",
)  # fmt: skip
COMMENT_TEXTS = (".field--name-comment-body", ".field-name-comment-body", ".comment__content", ".comment-content", ".content")
ARTICLE = re.compile(r"(?:Blog|News|Opinion|Scholarly)?(?:Article|Posting)")
MOST, LONGEST_TERM = 2000, 100


class Parts:
    """A page and what it says of itself."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tree: LexborHTMLParser = document.tree
        body = self.tree.body
        self.body_class = (body.attributes.get("class") or "") if body is not None else ""
        self.language = page_language(self.tree)

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for meta in self.tree.css("meta[content]")[:MOST]:
            name = meta.attributes.get("property") or meta.attributes.get("name")
            if name and (content := " ".join((meta.attributes.get("content") or "").split())):
                found.setdefault(name.lower(), content)
        return found

    def meta(self, *names: str) -> str:
        """Return the first of some `meta` elements, or an empty text."""
        return next((self._metas[name] for name in names if name in self._metas), "")

    @cached_property
    def _links(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for link in self.tree.css("link[rel][href]")[:MOST]:
            found.setdefault((link.attributes.get("rel") or "").lower(), link.attributes.get("href") or "")
        return found

    @cached_property
    def base(self) -> str:
        """The address of some page of the site, against which the others are resolved; Drupal 7 may print them all relative."""
        found = (self.document.url or "", self._links.get("canonical", ""), self.meta("og:url"), self._links.get("shortlink", ""))
        return next((url for url in found if url.startswith(("https://", "http://")) and address(url)), "")

    @cached_property
    def url(self) -> str | None:
        """The page's own address."""
        return self.absolute(self._links.get("canonical") or self.meta("og:url") or self.document.url or self._links.get("shortlink"))

    def absolute(self, href: str | None) -> str | None:
        """Return a link as an address of the web, or None when the page does not tell."""
        try:
            url = urljoin(self.base, (href or "").strip())
        except ValueError:
            return None
        return url if href and url.startswith(("https://", "http://")) and address(url) else None

    def is_article(self) -> bool:
        """Return whether the page says of itself that it is a post's own."""
        says = self.meta("og:type") == "article" or self.meta("article:published_time") or self._links.get("shortlink")
        return bool(says or re.search(r"\bpage-node\b|\bpath-node\b|\bnode-type-", self.body_class))

    def heading(self) -> str:
        """Return the title that the page prints above its content."""
        found = ((css, node) for css in TITLES if (node := self.tree.css_first(css)) is not None)
        return next((text for _, node in found if (text := line_of(node))), "")

    def source(self) -> dict[str, Any]:
        """Return what the page says of its blog."""
        named = self.tree.css_first(".site-name, #site-name, .site-branding__name, .site-branding__text")
        title = self.meta("og:site_name") or (line_of(named) if named is not None else "")
        parts = urlsplit(self.base) if self.base else None
        return {"title": title, "url": f"{parts.scheme}://{parts.netloc}/" if parts else ""}


def every(scope: LexborNode, css: str) -> list[LexborNode]:
    """Return what a list of selectors finds, each node once: the parser gives one that two of them match twice."""
    found = {node.mem_id: node for node in scope.css(css)[:MOST]}
    return list(found.values())


def first(scope: LexborNode, selectors: tuple[str, ...]) -> LexborNode | None:
    """Return what the first of some selectors that finds anything finds first."""
    return next((node for css in selectors if (node := scope.css_first(css)) is not None), None)


def take_out(scope: LexborNode, css: str) -> None:
    """Take parts of a page out, the inner ones first, for a part is gone with what it stood in."""
    for node in reversed(every(scope, css)):
        node.decompose()


def linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    """Return title, date and author of the article that JSON-LD describes."""
    found: dict[str, str] = {}
    for script in tree.css("script[type='application/ld+json']")[:10]:
        try:
            value = parse_json(script.text())
        except InputError:
            continue
        graph = value.get("@graph", [value]) if isinstance(value, dict) else value
        for item in graph[:20] if isinstance(graph, list) else []:
            if isinstance(item, dict) and ARTICLE.fullmatch(plain(item.get("@type"))):
                author = item.get("author")
                author = author[0] if isinstance(author, list) and author else author
                found["author"] = plain(author.get("name") if isinstance(author, dict) else author)
                found["datePublished"] = plain(item.get("datePublished"))
    return found


def day_of(scope: LexborNode, otherwise: str) -> tuple[str, str]:
    """Return a date as printed when it is numbers apart that may be read in two ways, else an empty text, and the day as ISO 8601.

    What readers see goes before what machines are told, which may be the day in UTC: the two orders of numbers apart are tried against it.
    """
    made = scope.css_first(MADE)
    told = (made.attributes.get("content") or made.attributes.get("datetime") or "") if made is not None else ""
    known = read_date(told) or read_date(otherwise)
    for node in every(scope, PRINTED)[:10]:
        text = line_of(node)
        if found := find_date(text):
            near = known is None or abs(found[0] - known[0]) <= timedelta(days=1)
            return "", (found[0] if near or known is None or not told else known[0]).isoformat()
        if numbers := NUMBERS.search(text):
            if known is None:
                return numbers[0], ""
            days = [day[0] for order in ("dmy", "mdy") if (day := read_date(numbers[0], order=order))]
            return "", next((day for day in days if abs(day - known[0]) <= timedelta(days=1)), known[0]).isoformat()
    return "", known[0].isoformat() if known and known[1] == "day" else ""


def terms_of(scope: LexborNode, others: list[LexborNode]) -> tuple[list[str] | None, list[str]]:
    """Return categories, or None when no field of taxonomy is there, and tags; fields of other nodes on the page are not read."""
    inner = {field.mem_id for other in others for field in other.css("[class*='field-']")}
    categories: list[str] | None = None
    tags: list[str] = []
    for field in scope.css("[class*='field-']")[:MOST]:
        name = FIELD.search(field.attributes.get("class") or "")
        if name is None or field.mem_id in inner or name[1] in ("body", "title", "uid"):
            continue
        links = field.css("a")
        heading = field.css_first(".field__label, .field-label, .label-inline")
        label = line_of(heading) if heading is not None else ""
        if not TERM_FIELD.search(name[1]) and not any(TERM_LINK.search(link.attributes.get("href") or "") for link in links[:1]):
            continue
        if not links and re.search(r"field-(?:-type-|type-)(?!entity|taxonomy|list|string)", field.attributes.get("class") or ""):
            continue
        names = [text for node in links or field.css(".field__item, .field-item") if (text := line_of(node)) and len(text) <= LONGEST_TERM]
        if TAG_FIELD.search(name[1]) or TAG_FIELD.search(label.lower()):
            tags += [text for text in names if text not in tags]
        else:
            categories = list(dict.fromkeys([*(categories or []), *names]))
    return categories, tags


def comments_of(scope: LexborNode, dates: list[tuple[str, str]]) -> list[RawComment]:
    """Return the comments that readers see, and take them out of the page; what they print as numbers apart goes to `dates`."""
    comments: list[RawComment] = []
    last: dict[int, int] = {}
    nodes = [node for node in every(scope, COMMENTS) if node.tag in ("article", "div", "li")]
    for node in nodes:
        classes = node.attributes.get("class") or ""
        found = first(node, COMMENT_TEXTS)
        text = to_blocks(found) if found is not None else ""
        if re.search(r"unpublished|preview|comment-form", classes) or not text:
            continue
        depth = _depth(node)
        named = first(node, COMMENT_NAMES)
        name = line_of(named) if named is not None else ""
        if "by-anonymous" in classes or (named is not None and named.css_first("a.username, [href*='/user/']") is None):
            name = re.sub(r"\s*\([^()]{2,40}\)$", "", name)
        printed, day = _comment_day(node)
        parent = next((last[above] for above in range(depth - 1, -1, -1) if above in last), None)
        last = {above: place for above, place in last.items() if above < depth} | {depth: len(comments) + 1}
        comments.append(RawComment("" if "@" in name else name, text, date.fromisoformat(day) if day else None, parent, printed))
        dates += [(printed, "")] if printed else []
    take_out(scope, "#comments, .comment-wrapper, .comments, section.comment-section")
    return comments


def _comment_day(node: LexborNode) -> tuple[str, str]:
    """Return the day of a comment; Olivero prints only "3 years ago", and the moment as a number for a script."""
    for place in (node.css_first(".comment__time, .comment-time, .comment__submitted, .comment__meta, .submitted, footer"), node):
        if place is not None:
            printed, day = day_of(place, "")
            if printed or day:
                return printed, day
            text = line_of(place)
            if place is not node and (found := find_date(text)):
                return "", found[0].isoformat()
            if place is not node and (numbers := NUMBERS.search(text)):
                return numbers[0], ""
    stamp = node.css_first("[data-comment-timestamp]")
    moment = (stamp.attributes.get("data-comment-timestamp") or "") if stamp is not None else ""
    return "", datetime.fromtimestamp(int(moment), UTC).date().isoformat() if re.fullmatch(r"[1-9]\d{8,9}", moment) else ""


def _depth(node: LexborNode) -> int:
    depth = 0
    above = node.parent
    while above is not None and depth < MOST:
        classes = (above.attributes.get("class") or "").split()
        depth += "indented" in classes
        above = above.parent if above.attributes.get("id") != "comments" else None
    return depth
