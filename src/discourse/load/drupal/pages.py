"""Pages of Drupal 7 to 11: posts, teasers in listings, and the pages of a taxonomy's terms.

A page is a post's own page when it shows one node in full; else each node on it is a teaser (`cut`). Nodes are found as
`[data-history-node-id]` (8 and later) and `.node`; a theme that drops both is read by its body field, and one without that as any page.

Fields, each with its markup:

- title: `h1` in its places (`.page-title`, `#page-title`, `.pane-page-title`), `.node__title`, `.node-title`, `og:title`
- body: `.field--name-body` (8), `.field-name-body` (7), fields of formatted text (paragraphs), `.node__content`, `.content`
- date: `.node-date`, `.field--name-created`, `.submitted`, `.node__meta`, `.date-display-single`; RDF `dc:created`,
  `schema:dateCreated`, `time[datetime]`, `article:published_time`, JSON-LD (see `drupal_parts`)
- authors: fields of authors and `.node-author` ("By X and Y"), `schema:author`, JSON-LD, `meta[name=author]`; else the account
- terms: fields of taxonomy; those named or labelled tags or keywords are `tags`, all others (issues, topics, vocabularies that have only a
  number) `categories`
- comments: `.comment` with author, date, text; answers by how deep they are `.indented`

Quirks:

- EFF's theme (7): `article.node--blog.node--full`, byline and date in a pane outside the node, `.take-action` boxes in the body, teasers in
  `.views-row article.node` with `.node__title a`, `.node-author`, `.node-date`; a row may be an event or a press release. Markup as public
  scrapers of eff.org name it.
- "Submitted by admin on Mon, 12/08/2013 - 13:59": the account that posted is often not who wrote, so a byline in the body, or a field, goes
  before it, and names such as `admin` are none.
- Drupal 9 prints `time[datetime]` in UTC with the local date inside: what is printed counts (Olivero, Bartik templates).
- The name of a reader without an account carries a remark in the site's language, "Ann (not verified)"; it is taken off.
- Related posts stand inside the node as more nodes (pao-pao.net); only the first full node counts.
- A post without terms and one whose theme hides them look alike: categories are None then.
- `html lang` is the language, except English, in which sites in other languages are often installed; the text tells then.
- Nodes of type page, webform, event, person and the like, and nodes not published, are no posts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from discourse.load import html
from discourse.load.body.article import compose
from discourse.load.body.blocks import link_notes, to_blocks
from discourse.load.body.bylines import read_byline
from discourse.load.body.dates import read_date
from discourse.load.body.notes import RawNote
from discourse.load.drupal.parts import Parts, comments_of, day_of, every, line_of, linked_data, take_out, terms_of
from discourse.load.page import Hints, Listing, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.tables import RawPost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["read"]

MOST_NODES = 300
TEASER = re.compile(r"\bteaser\b|\bnode-teaser\b|view-mode-(?!full|default)|(?<!\w)node--(?:card|list|mini|promo)\b")
BESIDE = "aside .node, .sidebar .node, [class*='region-sidebar'] .node, footer .node, #footer .node"
FULL = re.compile(r"\bnode--full\b|\bnode-full\b|view-mode-full\b|view-mode-default\b")
KIND = re.compile(r"(?<!\S)node-(?:-type-|-)?([a-z][a-z-]*)(?!\S)")
NO_KIND = frozenset("promoted sticky unpublished full teaser even odd title view-mode-full view-mode-teaser detail by-viewer".split())
NO_POST = frozenset(
    "page basic-page webform landing-page landing homepage panel event events person people profile staff faq forum poll product".split()
)
NODE_TITLES = (
    ".node__title, .node-title, .node--title, h2 a, h3 a, .field--name-title, .field-name-title, .views-field-title, header h2, header h3"
)
BODIES = (
    ".field--name-body, .field-name-body, [property~='schema:text'], [property~='content:encoded']",
    ".field--type-text-with-summary, .field-type-text-with-summary",
    ".field--type-text-long, .field-type-text-long",
    ".node__content, .node-content, .content",
)
NO_BODY = (
    ".take-action, .share-links, .field--type-file, .field-type-file, .links, .node__links, .service-links, .sharethis, .addtoany_list, "
    ".a2a_kit, .social-share, "
    ".element-invisible, .visually-hidden, .rdf-meta, .print-link, .toc, nav, .pager, .pull-quote, .pullquote, "
    ".comment-wrapper, #comments, .view, .block, .node__meta, .submitted, .node-author, .node-date, .field--type-image, "
    ".field-type-image, .field__label, .field-label, footer"
)
AUTHORS = (
    ".node-author", ".field--name-field-author, .field--name-field-authors, .field-name-field-author, .field-name-field-authors",
    ".field--name-field-byline, .field-name-field-byline, .field--name-node-author, .field-name-author, .node__author--name, .byline",
    "[property='schema:author'] [property='schema:name'], [rel~='author']",
)  # fmt: skip
ACCOUNTS = (
    ".submitted .username, .node__submitted .username, .node__meta .username, .node__author, .field--name-uid, "
    "[rel='sioc:has_creator'] .username"
)
NOBODY = re.compile(
    r"(?:site)?[ _-]?(?:admin(?:istrator)?|webmaster|root|editor|anonymous|user|drupal|import(?:er)?|web team)\d*", re.IGNORECASE
)
MORE = ".node-readmore, .node__links a[rel='tag'], .more-link, a.read-more"
LATER = ".pager-next a, .pager__item--next a, li.next a[rel='next'], a[rel='next']"


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    LeftOut : it is a page, an event or the like, or shows no post.
    InputError : it is too large or nested too deep.
    """
    html.measure(document)
    parts = Parts(document)
    nodes = _nodes(parts.tree)
    listed = [node for node in nodes if _is_listed(node)]
    full = next((node for node in nodes if node not in listed), None)
    source = parts.source()
    if full is None and listed:
        return _listing(document, parts, listed, source)
    place = full if full is not None else parts.tree.body
    if full is None and (place is None or not place.css_first(BODIES[0]) or not parts.is_article()):
        return html.read(document, hints)
    kind = _kind(full, parts.body_class)
    if kind in NO_POST:
        raise LeftOut(f"a Drupal node of type {kind}, not a post")
    if full is not None and re.search(r"\bnode-{1,2}unpublished\b", full.attributes.get("class") or ""):
        raise LeftOut("not published")
    page = Page(source=source)
    if place is not None:
        page.posts.append(_post(document, parts, place, page))
    return page


def _nodes(tree: LexborHTMLParser) -> list[LexborNode]:
    """Return the nodes that hold a post or a teaser; those beside the content are shown on every page, and are none."""
    if tree.body is None:
        return []
    beside = {node.mem_id for node in every(tree.body, BESIDE)}
    found = [node for node in every(tree.body, "[data-history-node-id], .node")[:MOST_NODES] if node.mem_id not in beside]
    return [node for node in found if node.tag in ("article", "div", "section", "li")]


def _is_listed(node: LexborNode) -> bool:
    """Return whether a node is one of several: its class says so, or a link to its own page stands where its title is."""
    classes = node.attributes.get("class") or ""
    if FULL.search(classes):
        return False
    if TEASER.search(classes):
        return True
    titled = node.css_first("h2 a, h3 a")
    return titled is not None and (titled.attributes.get("rel") == "bookmark" or _is_title(titled))


def _is_title(link: LexborNode) -> bool:
    above = link.parent
    return above is not None and bool(re.search(r"title", above.attributes.get("class") or ""))


def _kind(node: LexborNode | None, body_class: str = "") -> str:
    """Return the type of a node as its class, or the page's, names it."""
    classes = (node.attributes.get("class") or "") if node is not None else ""
    known = next((name for name in KIND.findall(classes) if name not in NO_KIND and not name.startswith("view-mode")), "")
    found = re.search(r"(?<!\S)(?:page-)?node-type-([a-z][a-z-]*)", body_class)
    return found[1] if found and not known.startswith("type-") else known.removeprefix("type-")


def _post(document: Document, parts: Parts, node: LexborNode, page: Page) -> RawPost:
    """Read the node that a page shows in full."""
    tree = parts.tree
    post = _begun(document, parts.heading() or parts.meta("og:title", "twitter:title"))
    post.url = parts.url or parts.absolute(node.attributes.get("about"))
    post.address = address(post.url)
    known = linked_data(tree)
    scope = tree.body or node
    post.comments = comments_of(scope, page.dates)
    printed, day = day_of(scope, parts.meta("article:published_time", "dcterms.created", "date") or known.get("datePublished", ""))
    post.categories, post.tags = terms_of(scope, [other for other in _nodes(tree) if other != node and _is_listed(other)])
    _sign(post, scope, known.get("author", ""))
    account = scope.css_first(ACCOUNTS)
    name = line_of(account).removeprefix("By ") if account is not None else ""
    _fill(post, node, page, printed, day)
    if not post.authors:
        _name(post, name if name and not NOBODY.fullmatch(name) else parts.meta("author"))
    post.language = parts.language
    return post


def _begun(document: Document, title: str) -> RawPost:
    post = RawPost(file=document.name, sha256=document.sha256, body="", title=title, retrieved_at=document.retrieved_at)
    post.problems += document.problems
    return post


def _fill(post: RawPost, node: LexborNode, page: Page, printed: str, day: str) -> None:
    """Set date and body, and say what is missing."""
    if found := read_date(day) if day else None:
        post.published, post.published_precision = found
    post.printed = printed if post.published is None else ""
    pieces = _bodies(node)
    notes: list[RawNote] = []
    for piece in pieces:
        take_out(piece, NO_BODY)
        notes += [RawNote(number, text) for number, text in link_notes(piece)]
    dateline = compose(post, "\n\n".join(filter(None, map(to_blocks, pieces))), notes=notes)
    if printed:
        page.dates.append((printed, dateline if not day else day[:10]))
    if post.published is None and not post.printed:
        post.problems.append("no date that can be read; kept without one, so in no chart over time.")
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")


def _bodies(node: LexborNode) -> list[LexborNode]:
    """Return the outermost fields of the first kind of body that the node has; those of comments and of teasers in it are none."""
    for css in BODIES:
        found = [piece for piece in every(node, css)[:MOST_NODES] if not _is_inside(piece, node)]
        if css == BODIES[-1]:
            found = found[:1]
        kept: list[LexborNode] = []
        for piece in found:
            if not any(piece.mem_id in {inner.mem_id for inner in outer.css(css)} for outer in kept[-1:]):
                kept.append(piece)
        if kept:
            return kept
    return []


def _is_inside(piece: LexborNode, node: LexborNode) -> bool:
    """Return whether a field belongs to a comment or to another node."""
    above = piece.parent
    while above is not None and above.mem_id != node.mem_id:
        classes = (above.attributes.get("class") or "").split()
        if "comment" in classes or "node" in classes or above.attributes.get("id") == "comments":
            return True
        above = above.parent
    return False


def _sign(post: RawPost, scope: LexborNode, otherwise: str) -> None:
    """Set the authors that fields name; each link is a person, and else the line is read as a byline."""
    for css in AUTHORS:
        for place in scope.css(css)[:1]:
            links = [text for link in place.css("a, .field__item, .field-item") if (text := line_of(link))]
            names = [text for text in dict.fromkeys(links) if len(text.split()) <= 6 and not NOBODY.fullmatch(text)]
            take_out(place, ".field__label, .field-label, .label-inline")
            byline = read_byline(line_of(place)) or read_byline(f"By {line_of(place)}")
            if names and (byline is None or len(names) >= len(byline.authors)):
                post.authors, post.author_roles = names, [""] * len(names)
            elif byline:
                post.authors, post.author_roles = byline.authors, byline.roles
            else:
                _name(post, line_of(place))
        if post.authors:
            return
    _name(post, otherwise)


def _name(post: RawPost, text: str) -> None:
    """Take a line that is short enough to be a name as the author."""
    if text and "@" not in text and not NOBODY.fullmatch(text) and len(text.split()) <= 8 and not post.authors:
        byline = read_byline(f"By {text}")
        post.authors = byline.authors if byline else [text]
        post.author_roles = byline.roles if byline else [""]


def _listing(document: Document, parts: Parts, nodes: list[LexborNode], source: dict[str, object]) -> Page:
    """Read teasers, and which term of a taxonomy the page shows."""
    page = Page(source=source)
    urls: list[str] = []
    for node in nodes:
        titled = node.css_first(NODE_TITLES)
        title = line_of(titled) if titled is not None else ""
        link = titled if titled is not None and titled.tag == "a" else titled.css_first("a[href]") if titled is not None else None
        url = parts.absolute(link.attributes.get("href") if link is not None else node.attributes.get("about"))
        if (kind := _kind(node)) in NO_POST or not title:
            page.skipped.append(
                (title or "without a title", f"a Drupal node of type {kind}, not a post" if kind in NO_POST else "no title")
            )
            continue
        post = _begun(document, title)
        post.url, post.address, post.cut = url, address(url), True
        post.cut = bool(TEASER.search(node.attributes.get("class") or "") or node.css_first(MORE))
        urls += [url] if url else []
        printed, day = day_of(node, "")
        post.categories, post.tags = terms_of(node, [])
        _sign(post, node, "")
        if titled is not None:
            titled.decompose()
        _fill(post, node, page, printed, day)
        page.posts.append(post)
    if re.search(r"\bpage-taxonomy-term\b|\bpath-taxonomy\b", parts.body_class) and (name := parts.heading()):
        number = re.search(r"[?&]page=(?:0%2C)*(\d+)", urljoin(document.url or "", parts.url or "") or "")
        page.listings.append(Listing(name, int(number[1]) + 1 if number else 1, urls, parts.tree.css_first(LATER) is not None))
    if not page.posts and not page.skipped:
        raise LeftOut("a Drupal page that shows no post")
    return page
