"""What a WordPress page says beside its text: the head, JSON-LD, and the names of categories and tags.

Read: `og:…` and `article:…`, `link[rel=canonical]` and the address of the REST API, which is the blog's own; JSON-LD, also inside the
`@graph` of Yoast, where the author is a reference (`@id`); links to categories and tags, of the post and of the sidebar.

Quirks: the classes of a post (`category-law tag-courts`) hold slugs, and links hold names. `rel=tag` is written for categories too (block
themes; netzpolitik.org, by the account of a program that reads it): the address or the place tells which. A slug that nothing names
becomes words, `law-courts` `Law courts`; one of digits alone stands for a term in another script and has no words. Global Voices keeps
countries and topics as categories.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from discourse.load.body.json_file import plain
from discourse.load.wordpress.body import unique

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Facts", "absolute", "facts", "terms"]

ARTICLES = frozenset(("Article", "BlogPosting", "NewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "ScholarlyArticle", "Report"))
TERMS = 'a[rel~="tag"], a[rel~="category"], .cat-links a, .tags-links a, .cat-item > a, .wp-block-categories a, [class*="post-terms"] a'
SIDEBAR = ".cat-item > a, .wp-block-categories-list a"
CATEGORY_AT = re.compile(r"[/?](?:categor\w+|cat|kategorien?|topics?|themen?|thema|rubrik|world|-)[/=]")
TAG_AT = re.compile(r"[/?](?:tags?|schlagwort|schlagworte|etiquetas?|mot-cle|stichwort)[/=]")
CATEGORY_PLACE = re.compile(r"\bcat-links|taxonomy-category|taxonomy-(?:regions|topics)|(?:entry|post)-(?:footer__)?categor")
OWN = re.compile(r"(?:^|\s)(category|tag)-([^\s]+)")
KINDS = {"category": ("articleSection", "article:section"), "tag": ("keywords", "article:tag")}


@dataclass
class Facts:
    """What is said of one page: `metas` by name, the article and every node of JSON-LD, `names` of terms by kind and slug."""

    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    article: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    url: str | None = None
    language: str = ""

    def meta(self, name: str) -> str:
        """Return the first value of a meta tag, or an empty text."""
        return next(iter(self.metas.get(name, [])), "")

    def people(self) -> list[str]:
        """Return the authors that JSON-LD or the head names."""
        found = [*self._persons(self.article.get("author")), *self.metas.get("author", []), *self.metas.get("article:author", [])]
        named = [name for name in unique(found) if "/" not in name]
        return unique(self._persons(self.article.get("author"))) or named[:1]

    def _persons(self, value: Any) -> Iterator[str]:
        for person in value if isinstance(value, list) else [value]:
            node = self.nodes.get(plain(person.get("@id")), person) if isinstance(person, dict) else person
            yield plain(node.get("name") if isinstance(node, dict) else node)

    def said(self, kind: str) -> list[str]:
        """Return the categories or tags that JSON-LD or the head names."""
        in_article, in_head = KINDS[kind]
        value = self.article.get(in_article)
        texts = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
        return unique(map(plain, texts)) or unique(self.metas.get(in_head, []))


def facts(tree: LexborHTMLParser, address: str | None) -> Facts:
    """Return what a page says beside its text.

    Parameters
    ----------
    address : where the page was fetched, when known.
    """
    root = tree.css_first("html")
    found = Facts(language=(root.attributes.get("lang") if root else None) or "")
    head = tree.head or tree
    for meta in head.css("meta[content]"):
        if name := meta.attributes.get("property") or meta.attributes.get("name"):
            found.metas[name].append((meta.attributes.get("content") or "").strip())
    for node in _linked_data(tree):
        if name := plain(node.get("@id")):
            found.nodes.setdefault(name, node)
        kinds = node.get("@type")
        if not found.article and not ARTICLES.isdisjoint(map(plain, kinds if isinstance(kinds, list) else [kinds])):
            found.article = node
    links = {name: link.attributes.get("href") or "" for link in head.css("link[rel][href]") if (name := link.attributes.get("rel"))}
    found.url = absolute(links.get("canonical"), address) or absolute(found.meta("og:url"), address) or address
    found.url = found.url or absolute(links.get("shortlink"), address)
    home = tree.css_first('a[rel~="home"]')
    api = re.sub(r"(?:wp-json/?|\?rest_route=/?)$", "", links.get("https://api.w.org/", ""))
    title = found.meta("og:site_name") or next((" ".join(node.text().split()) for node in tree.css(".site-title, #site-title")), "")
    place = urlsplit(found.url or "")
    origin = f"{place.scheme}://{place.netloc}/" if place.netloc else None
    found.source = {
        "title": title,
        "url": absolute(api, address) or absolute(home.attributes.get("href") if home else "", address) or origin,
        "categories": unique(link.text() for link in tree.css(SIDEBAR)),
    }
    for link in tree.css(TERMS):
        kind, slug, name = _term(link)
        if slug and name:
            found.names.setdefault((kind, slug), name)
    for kind in KINDS:
        for name in found.said(kind):
            found.names.setdefault((kind, _slug(name)), name)
    return found


def absolute(href: str | None, base: str | None) -> str | None:
    """Return the whole address of a link, or None when it is none."""
    try:
        url = urljoin(base or "", (href or "").strip()) if href else ""
        return url if urlsplit(url).netloc else None
    except ValueError:
        return None


def terms(container: LexborNode, scope: LexborNode, found: Facts, *, alone: bool) -> Iterator[list[str] | None]:
    """Yield the categories and then the tags of a post as the blog spells them; None where the page does not show them.

    Parameters
    ----------
    container : the post, whose classes may name its terms.
    scope : where links to its terms may stand.
    alone : whether the page is this post's own, so that its head speaks of it.
    """
    classes = container.attributes.get("class") or ""
    links = [_term(link) for link in scope.css(TERMS)]
    for kind in KINDS:
        slugs = [unquote(slug) for own, slug in OWN.findall(classes) if own == kind]
        named = [found.names.get((kind, slug), "") for slug in slugs]
        linked = unique(name for own, _, name in links if own == kind)
        spelled = [name or slug.replace("-", " ").capitalize() for name, slug in zip(named, slugs, strict=True) if not slug.isdigit()]
        said = found.said(kind) if alone and not linked else []
        whole = unique(named) if slugs and all(named) else []
        yield whole or linked or said or unique(spelled) or ([] if "hentry" in classes.split() and not slugs else None)


def _term(link: LexborNode) -> tuple[str, str, str]:
    """Return what a link to an archive leads to: `category` or `tag`, the slug and the name."""
    known = link.attributes
    relation = known.get("rel") or ""
    kind, slug = _told(known.get("href") or "", relation)
    return kind or _by_place(link, relation), slug, " ".join(link.text().split())


@lru_cache(10_000)
def _told(href: str, relation: str) -> tuple[str, str]:
    """Return the kind of a term as far as its link tells it, and its slug; the links of a sidebar stand on every page of a blog."""
    slug = unquote(href.split("#")[0].rstrip("/").rpartition("/")[2].rpartition("=")[2])
    if "category" in relation.split():
        return "category", slug
    lowered = href.lower()
    return "tag" if TAG_AT.search(lowered) else "category" if CATEGORY_AT.search(lowered) else "", slug


def _by_place(link: LexborNode, relation: str) -> str:
    node = link.parent
    for _ in range(3):
        if node is None:
            break
        if CATEGORY_PLACE.search(node.attributes.get("class") or ""):
            return "category"
        node = node.parent
    return "tag" if "tag" in relation.split() else "category"


@lru_cache(10_000)
def _slug(name: str) -> str:
    """Return the slug that WordPress makes of a name."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield every node of a page's JSON-LD; what cannot be read is passed over."""
    import json

    for script in tree.css('script[type="application/ld+json"]'):
        try:
            value = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in value if isinstance(value, list) else [value]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            yield from (node for node in [item, *(graph if isinstance(graph, list) else [])] if isinstance(node, dict))
