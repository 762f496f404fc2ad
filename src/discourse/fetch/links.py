"""Which links of a page belong to the crawl, and what a page shows."""

from __future__ import annotations

import calendar
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from discourse.fetch.job import Job, host_of
from discourse.paths import sha256

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["in_scope", "links", "links_of_feed", "normal", "outline", "shown", "visible"]

NOT_PAGES = re.compile(
    r"\.(?:7z|aac|avi|bmp|bz2|css|dmg|docx?|eot|epub|exe|flac|gif|gz|ico|iso|jpe?g|m4[av]|mid|mov|mp[34g]|mpe?g|msi|odt|og[gv]|otf|pdf|"
    r"png|pptx?|rar|svg|tar|tgz|tiff?|ttf|wav|webm|webp|wmv|woff2?|xlsx?|zip)$",
    re.IGNORECASE,
)
NOT_WANTED = re.compile(
    r"/wp-(?:admin|json|content|includes)/|/wp-login\.php|/xmlrpc\.php|/(?:cart|checkout|my-account|log-?in|log-?out|register|sign-?up)/?(?:$|\?)|"
    r"/comments/(?:feed|default)\b|/\d+/comments/default|/trackback/?$|(?<!/tag)(?<!/category)(?<!/label)/(?:embed|print|amp)/?$|"
    r"[?&](?:replytocom|share|like_comment|showComment|action|print|preview|output|add-to-cart|_wpnonce|m)=",
    re.IGNORECASE,
)
COMMENT_FEED = re.compile(r"^/(?!(?:blog|\d+)/feed/?$)[^/]+/(?:[^/]+/)*feed/?$")
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|mc_[ce]id)=[^&]*")
FEED = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
LONGEST_URL = 2000
KEPT = "/%:@!$&'()*+,;=~?-._[]"
ESCAPED = re.compile(r"%[0-9a-f]{2}")
FEED_LINK = re.compile(r"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)|<link\b[^>]*\bhref=[\"']([^\"']+)")
MADE = re.compile(
    rb"<lastBuildDate>.*?</lastBuildDate>|\A(?:(?!<item|<entry).)*?<(?:pubDate|updated)>[^<]*</(?:pubDate|updated)>", re.DOTALL
)
TOLD = (
    ("a[href]", "href"), ("time[datetime]", "datetime"), ("img[src]", "src"), ('meta[property^="article:"]', "content"),
    ('meta[property^="og:"]', "content"), ("meta[name=author]", "content"), ("meta[name=description]", "content"),
)  # fmt: skip
HIDDEN = "script, style, noscript, template, input"
MONTHS = re.compile(
    r"\b(?:" + "|".join(name for name in (*calendar.month_name, *calendar.month_abbr) if name) + r")\b|\W|\d", re.IGNORECASE
)


def normal(url: str) -> str:
    """Return a url as it is asked for: without fragment and tracking, with a path.

    >>> normal("HTTPS://Example.org:443?utm_source=x&p=2#top"), normal("https://example.org/caf\u00e9") == normal("https://example.org/caf%c3%a9")
    ('https://example.org/?p=2', True)
    """
    parts = urlsplit(url.strip())
    query = quote(TRACKING.sub("", parts.query).lstrip("&"), safe=KEPT)
    port = "" if parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme)) else f":{parts.port}"
    host = f"[{host_of(url)}]" if ":" in host_of(url) else host_of(url)
    path = ESCAPED.sub(lambda m: m[0].upper(), quote(parts.path or "/", safe=KEPT))
    return f"{parts.scheme.lower()}://{host}{port}{path}" + (f"?{query}" if query else "")


def in_scope(url: str, job: Job) -> bool:
    """Return whether a url is of the site and among what is followed; raised by no url, however broken."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    start = {urlsplit(page).port for page in job.start}
    fits = parts.scheme in ("http", "https") and host_of(url) in job.hosts and port in start | {None, 80, 443}
    if not fits or parts.username or len(url) > LONGEST_URL:
        return False
    if NOT_PAGES.search(parts.path) or NOT_WANTED.search(url) or COMMENT_FEED.search(parts.path):
        return False
    return not job.follow or any(parts.path.startswith(beginning) for beginning in job.follow)


def links(page: str, base: str, job: Job) -> list[str]:
    """Return the pages and feeds of the site that a page leads to, each once, in order; feeds of single posts' comments are none."""
    from selectolax.lexbor import LexborHTMLParser

    found: dict[str, None] = {}
    tree = LexborHTMLParser(page)
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


def links_of_feed(xml: str, base: str, job: Job) -> list[str]:
    """Return the pages of the site that a feed leads to: its entries, and its next page."""
    found = {match[1] or match[2]: None for match in FEED_LINK.finditer(xml)}
    absolute = [url for link in found if (url := _joined(base, html.unescape(link))) and in_scope(url, job)]
    return list(dict.fromkeys(map(normal, absolute)))


def shown(body: bytes, page: str | None) -> str:
    """Return a hash of what is told: a page's text, dates, addresses and head; of a feed all but when it was made."""
    if page is None:
        return sha256(MADE.sub(b"", body))
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    told = [node.text() for node in tree.css('script[type="application/ld+json"]')]
    for selector, name in TOLD:
        told += [node.attributes.get(name) or "" for node in tree.css(selector)]
    return sha256("\n".join([visible(page), *told]).encode("utf-8", "surrogatepass"))


def outline(text: str) -> str:
    """Return a hash of a page's visible text without numbers, names of months and signs; pages of an endless calendar share one.

    >>> outline("March 2021: nothing. Next") == outline("April 2022: nothing. Next")
    True
    """
    return sha256(MONTHS.sub("", text).encode("utf-8", "surrogatepass"))


def visible(page: str) -> str:
    """Return the visible text of a page on one line."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    tree.strip_tags(HIDDEN.split(", "))
    return " ".join((tree.body.text(separator=" ") if tree.body else "").split())
