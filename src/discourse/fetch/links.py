"""Which links of a page belong to the crawl, and what a page shows."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from discourse.fetch.job import Job
from discourse.paths import sha256

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["in_scope", "links", "normal", "outline", "shown", "visible"]

NOT_PAGES = re.compile(
    r"\.(?:7z|aac|avi|bmp|bz2|css|csv|dmg|docx?|eot|epub|exe|flac|gif|gz|ico|iso|jpe?g|js|json|m4[av]|mid|mov|mp[34g]|mpe?g|msi|odt|og[gv]|otf|pdf|"
    r"png|pptx?|rar|svg|tar|tgz|tiff?|ttf|wav|webm|webp|wmv|woff2?|xlsx?|zip)$",
    re.IGNORECASE,
)
NOT_WANTED = re.compile(
    r"/wp-(?:admin|login|json|content|includes)\b|/xmlrpc\.php|/(?:cart|checkout|my-account|login|logout|register|signup|user/(?:login|register))\b|"
    r"/(?:comments/feed|comments/default)\b|/\d+/comments/default|/trackback/?$|/embed/?$|/print/?$|/amp/?$|"
    r"[?&](?:replytocom|share|like_comment|showComment|action|print|preview|output|add-to-cart|_wpnonce|m)=",
    re.IGNORECASE,
)
COMMENT_FEED = re.compile(r"^/(?!(?:blog|\d+)/feed/?$)[^/]+/(?:[^/]+/)*feed/?$")
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|mc_[ce]id)=[^&]*")
FEED = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
LONGEST_URL = 2000
HIDDEN = "script, style, noscript, template, input"
MONTHS = re.compile(
    r"\b(?:" + "|".join(name for name in (*calendar.month_name, *calendar.month_abbr) if name) + r")\b|\W|\d", re.IGNORECASE
)


def normal(url: str) -> str:
    """Return a url as it is asked for: without fragment and tracking, with a path.

    >>> normal("HTTPS://Example.org?utm_source=x&p=2#top")
    'https://example.org/?p=2'
    """
    parts = urlsplit(url.strip())
    query = TRACKING.sub("", parts.query).lstrip("&")
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path or '/'}" + (f"?{query}" if query else "")


def in_scope(url: str, job: Job) -> bool:
    """Return whether a url is of the site and among what is followed; raised by no url, however broken."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    start = {urlsplit(page).port for page in job.start}
    fits = parts.scheme in ("http", "https") and (parts.hostname or "") in job.hosts and port in start | {None, 80, 443}
    if not fits or parts.username or len(url) > LONGEST_URL:
        return False
    if NOT_PAGES.search(parts.path) or NOT_WANTED.search(url) or COMMENT_FEED.search(parts.path):
        return False
    return not job.follow or any(parts.path.startswith(beginning) for beginning in job.follow)


def links(html: str, base: str, job: Job) -> list[str]:
    """Return the pages and feeds of the site that a page leads to, each once, in order; feeds of single posts' comments are none."""
    from selectolax.lexbor import LexborHTMLParser

    found: dict[str, None] = {}
    tree = LexborHTMLParser(html)
    declared = tree.css_first("base[href]")
    base = _joined(base, declared.attributes.get("href") or "") or base if declared else base
    for url in _targets(tree):
        absolute = _joined(base, url)
        if absolute and in_scope(absolute, job):
            found[normal(absolute)] = None
    return list(found)


def _targets(tree: LexborHTMLParser) -> Iterator[str]:
    for link in tree.css("link[href]"):
        kinds = (link.attributes.get("rel") or "").lower().split()
        is_feed = FEED.search(link.attributes.get("type") or "") and "alternate" in kinds
        if is_feed or "next" in kinds or "prev" in kinds:
            yield link.attributes.get("href") or ""
    for link in tree.css("a[href]"):
        yield link.attributes.get("href") or ""


def _joined(base: str, url: str) -> str | None:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return None


def shown(body: bytes, text: str | None) -> str:
    """Return a hash of what a reader would see: the visible text of a page, else the bytes."""
    return sha256(body if text is None else text.encode("utf-8", "surrogatepass"))


def outline(text: str) -> str:
    """Return a hash of a page's visible text without numbers, names of months and signs; pages of an endless calendar share one.

    >>> outline("March 2021: nothing. Next") == outline("April 2022: nothing. Next")
    True
    """
    return sha256(MONTHS.sub("", text).encode("utf-8", "surrogatepass"))


def visible(html: str) -> str:
    """Return the visible text of a page on one line."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    tree.strip_tags(HIDDEN.split(", "))
    return " ".join((tree.body.text(separator=" ") if tree.body else "").split())
