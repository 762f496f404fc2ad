"""Pages of WordPress blogs: the page of one post, and pages that list posts (home, archives, search).

Read: the classes of `body` (`single`, `page`, `archive`); title, date, authors, categories and tags where themes print them, else from the
head (`wordpress_facts`); the body and the comments (`wordpress_body`); the author's box; the blog's title, address and categories.

Quirks, and where they were seen:

- Teasers of other posts are `article.hentry` too: the post is what holds the body (classic and block themes).
- `time.updated` is no date of publication. Yoast writes UTC; `time[datetime]`, the printed date and the day in the address are the blog's.
- A date such as `17.7.11` is not read; `/2011/07/` in the address then gives the month (internet-law.de, theme of WordPress 1.5).
- Global Voices (by the account of programs that read it): each `.credit-label` says who wrote and who translated; where its words are
  unknown, the first is the writer and the others translators. Its Japanese pages say `lang="jp"`.
- `html[lang]` is the site's: where the script of the text shows that it is not the post's, the language is left to the text.
- Lists cut posts, mostly without saying so: a body of fewer than three paragraphs on a list counts as cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from discourse.load.body.blocks import line_of, to_blocks
from discourse.load.body.bylines import read_byline
from discourse.load.body.dates import day_in_url, read_date
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.load.wordpress.body import COMMENT_AREAS, drop, fill_body, first, read_comments, read_day, unique
from discourse.load.wordpress.facts import Facts, absolute, facts, terms
from discourse.tables import RawPost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["read"]

NO_POST = {"error404": "a page that says that there is nothing", "attachment": "the page of a picture or file, not a post"}
LISTS = frozenset("blog archive category tag author date search home paged tax".split())
BODIES = (
    ".wp-block-post-content", ".elementor-widget-theme-post-content", ".td-post-content", ".entry-content", '[itemprop="articleBody"]',
    ".entry-container .entry", ".post-content", ".article-content", ".single-content", ".storycontent", ".post-entry", ".post_content",
    ".entry_content", ".et_pb_post_content", ".article-body", ".article__content", ".post__content", ".post-body", ".blog-content",
    "div.entry", ".entry-text", ".post-text", ".the-content",
)  # fmt: skip
EXCERPTS = ".entry-summary, .wp-block-post-excerpt, .excerpt-entry, .entry-excerpt, .post-excerpt, .td-excerpt, .excerpt"
TITLES = (
    "h1.entry-title", "h1.wp-block-post-title", ".entry-title", ".post-title", ".wp-block-post-title", ".storytitle",
    '[itemprop="headline"]', ".elementor-widget-theme-post-title .elementor-heading-title", ".single-title", ".article-title",
    "h1:not(.site-title):not(#site-title)",
)  # fmt: skip
LINKS = (
    ".entry-title a[href]",
    ".post-title a[href]",
    ".wp-block-post-title a[href]",
    'a[rel~="bookmark"][href]',
    ":is(h1, h2, h3) a[href]",
)
POSTS = "article, .hentry, .type-post, .wp-block-post, div.post"
TIMES = 'time[datetime], [itemprop="datePublished"], abbr.published'
DATES = (
    ".entry-date", ".posted-on", ".post-date", ".published", ".date", ".datestamp", ".date-header", ".entry-meta", ".post-meta",
    ".postmeta",
)  # fmt: skip
CREDITS = ".contributor-name, .text-credits-section"
AUTHORS = (
    ".author.vcard .fn, .author .fn, .byline .fn", ".np-intro-author-name-list a", '[rel~="author"]', ".wp-block-post-author-name",
    ".wp-block-post-author__name", '[itemprop="author"] [itemprop="name"]', ".author.vcard, .byline .author",
    ".entry-author a, .post-author a", ".author-name, .byline-name", 'a[href*="/author/"]', ".byline, .entry-author, .post-author",
)  # fmt: skip
BIOGRAPHIES = (
    ".author-bio", ".author-description", ".saboxplugin-desc", ".pp-author-boxes-description", ".m-a-box-bio", ".abh_description",
    ".wp-block-post-author__bio", ".wp-block-post-author-biography", ".author-info .description", ".author-box-content",
)  # fmt: skip
BOXES = (
    ".author-info, .author-box, .author-bio, .author-description, .saboxplugin-wrap, .pp-multiple-authors-boxes-wrapper, .m-a-box, .abh_box"
)
NOISE = (
    "nav, aside, .widget, .widget-area, .sidebar, #sidebar, #secondary, .site-footer, .breadcrumbs, .jp-relatedposts, .related-posts, "
    ".post-navigation, .wp-block-latest-posts"
)
NON_LATIN = frozenset("ar be bg bn el fa he hi hy ja ka km ko lo mk my ne ru ta th uk ur zh".split())
FEWEST_PARAGRAPHS = 3
LONGEST_NAME = 6


def read(document: Document, hints: Hints) -> Page:
    """Read one page.

    Raises
    ------
    LeftOut : it is no post and lists none.
    """
    tree = document.tree
    root = tree.body
    if root is None:
        raise LeftOut("an empty page")
    classes = frozenset((root.attributes.get("class") or "").split())
    for name, reason in NO_POST.items():
        if name in classes:
            raise LeftOut(reason)
    known = facts(tree, document.url)
    page = Page(source=known.source)
    page.posts = _single(document, root, known, page) if _is_single(root, classes, known) else list(_listed(document, root, known, page))
    if not page.posts and not page.source["categories"]:
        raise LeftOut("a page of the site, not a post")
    return page


def _is_single(root: LexborNode, classes: frozenset[str], known: Facts) -> bool:
    """Return whether a page is that of one post; old themes say nothing, and then it is what the head or the number of posts says."""
    if "single" in classes or "single-post" in classes:
        return True
    if classes & LISTS or "page" in classes or root.css_first(".type-page"):
        return False
    links = {link.attributes.get("href") for post in root.css(POSTS) if (link := first(post, LINKS))}
    return known.meta("og:type") == "article" or "article:published_time" in known.metas or len(links) <= 1


def _single(document: Document, root: LexborNode, known: Facts, page: Page) -> list[RawPost]:
    comments = read_comments(root)
    drop(root.css(COMMENT_AREAS))
    body = _body_of(root) or first(root, ("article", ".hentry", ".post", "main", "#content"))
    if body is None:
        return []
    if body.css_first("form.post-password-form"):
        raise LeftOut("a post behind a password")
    above = _above(body)
    container = next((node for node in above if not {"hentry", "type-post", "post"}.isdisjoint(_classes(node))), body)
    kept = {node.mem_id for node in above} | {body.mem_id}
    drop(node for node in root.css(f"{POSTS}, {NOISE}, .wp-block-query") if node.mem_id not in kept)
    post = _post(document, (container, root, body), known, page, alone=True)
    post.comments = comments
    page.dates += [(comment.printed, "") for comment in comments if comment.printed]
    return [post]


def _listed(document: Document, root: LexborNode, known: Facts, page: Page) -> Iterator[RawPost]:
    """Yield the posts of a list, as far as each shows some text."""
    drop(node for node in root.css(NOISE) if node.tag != "body")
    done: set[int] = set()
    for container in root.css(POSTS):
        link = first(container, LINKS)
        inside = any(node.mem_id in done for node in _above(container))
        if container.mem_id in done or inside or link is None or "type-page" in _classes(container):
            continue
        body = _body_of(container) or container.css_first(EXCERPTS)
        if body is None:
            continue
        done.add(container.mem_id)
        own = Facts(
            names=known.names, language=known.language, url=absolute(link.attributes.get("href"), document.url or known.source["url"])
        )
        cut = body.css_matches(EXCERPTS) or body.css_first(".more-link, .read-more, .excerpt-text") is not None
        title = line_of(link)
        post = _post(document, (container, container, body), own, page, alone=False)
        post.title = post.title or title
        post.cut = cut or post.body.count("\n\n") < FEWEST_PARAGRAPHS - 1 or post.body.endswith(("…", "[...]", "..."))
        if post.body:
            yield post


def _body_of(root: LexborNode) -> LexborNode | None:
    """Return the text of a post: the longest that the most telling class finds."""
    for selector in BODIES:
        if found := root.css(selector):
            return found[0] if len(found) == 1 else max(found, key=lambda node: len(node.text()))
    return None


def _above(node: LexborNode) -> list[LexborNode]:
    """Return what a node stands in, from the inside out, as far as 200 steps."""
    found: list[LexborNode] = []
    parent = node.parent
    while parent is not None and len(found) < 200:
        found.append(parent)
        parent = parent.parent
    return found


def _classes(node: LexborNode) -> frozenset[str]:
    return frozenset((node.attributes.get("class") or "").split())


def _post(document: Document, places: tuple[LexborNode, LexborNode, LexborNode], known: Facts, page: Page, *, alone: bool) -> RawPost:
    """Read one post from its container, the place where its title and byline may stand, and its body."""
    container, scope, body = places
    post = RawPost(document.name, document.sha256, "", url=known.url, address=address(known.url), retrieved_at=document.retrieved_at)
    post.problems += document.problems
    post.title = _title(scope, known)
    post.author_note = (_biography(scope) if alone else "") or None
    drop(node for node in scope.css(BOXES) if node.mem_id != body.mem_id)
    if container is not body:
        body.decompose(recursive=False)
    post.categories, tags = terms(container, scope, known, alone=alone)
    post.tags = tags or []
    accounts = _people(post, scope) or known.people()
    _date(post, scope, known, page)
    if container is body:
        drop(body.css("header, footer, h1"))
    dateline = fill_body(post, body, accounts)
    if post.printed:
        page.dates.append((post.printed, dateline))
    elif post.published is None:
        post.problems.append("no date; kept without one, so in no chart over time.")
    post.language = _language(known.language, post.body)
    return post


def _title(scope: LexborNode, known: Facts) -> str:
    node = first(scope, TITLES)
    title = line_of(node) if node else ""
    site = known.source.get("title")
    shared = re.sub(rf"\s*[|–—\-·»:]\s*{re.escape(site or '')}$" if site else r"\Z", "", known.meta("og:title"))
    is_same = _letters(shared) == _letters(title) and len(shared) > len(title)  # a kicker and a heading stand glued in the markup
    return shared if is_same else title or shared


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _biography(scope: LexborNode) -> str:
    """Return what the author's box says of the author."""
    for selector in BIOGRAPHIES:
        if boxes := scope.css(selector):
            for box in boxes:
                drop(box.css(".author-link, .author-title, h2, h3, h4"))
            return "\n\n".join(unique(to_blocks(box) for box in boxes))
    return ""


def _people(post: RawPost, scope: LexborNode) -> list[str]:
    """Return the names that the byline prints; credits by role go to the post."""
    for n, credit in enumerate(scope.css(CREDITS)):
        label = credit.css_first(".credit-label")
        names = unique(link.text() for link in credit.css("a"))
        words = re.sub(r"\s*\(.*?\)", "", label.text() if label else "").strip()
        kind = read_byline(f"{words.rstrip(':')}: Ann Lee")
        people = (
            post.editors if kind and kind.editors else post.authors if (kind and kind.authors) or (not kind and not n) else post.translators
        )
        people += [name for name in names if name not in people]
    if post.authors:
        return post.authors
    for selector in AUTHORS:
        lines: list[str] = []
        for node in scope.css(selector):
            line = " ".join((node.attributes.get("content") or node.text()).split())
            byline = read_byline(line)
            lines += byline.authors if byline else [line] if len(line.split()) <= LONGEST_NAME else []
        if names := unique(lines):
            return names
    return []


def _date(post: RawPost, scope: LexborNode, known: Facts, page: Page) -> None:
    """Date a post by the markup, the printed date, the head or the address, in this order."""
    found = None
    for node in scope.css(TIMES):
        stale = not {"updated", "modified"}.isdisjoint(_classes(node)) and "published" not in _classes(node)
        stamp = next((value for name in ("datetime", "content", "title") if (value := node.attributes.get(name))), node.text())
        if not stale and (found := read_date(stamp.strip())):
            break
    printed = ""
    if found is None and (place := first(scope, DATES)):
        found, printed = read_day(place.text())
    if found is None:
        found = read_date(known.article.get("datePublished")) or read_date(known.meta("article:published_time"))
    if found := day_in_url(post.url, found):
        post.published, post.published_precision = found
        page.dates += [(printed, found[0].isoformat()[: 10 if found[1] == "day" else 7])] if printed else []
    if printed and (not found or found[1] != "day"):
        post.printed = printed


def _language(tag: str, text: str) -> str | None:
    """Return the ISO 639-1 code of a language tag, unless the text is plainly in another script."""
    code = tag.replace("_", "-").partition("-")[0].strip().lower()
    code = {"jp": "ja"}.get(code, code)
    letters = [letter for letter in text[:500] if letter.isalpha()]
    latin = 2 * sum(letter < "\u0250" for letter in letters) > len(letters)
    return code if len(code) in (2, 3) and code.isalpha() and (not letters or latin != (code in NON_LATIN)) else None
