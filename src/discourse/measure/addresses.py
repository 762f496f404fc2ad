"""Addresses of the web: one form for each page, however it is written, and the addresses that a text prints.

What is folded is what leads to the same page by the web's own rules, or by what the address says of itself (RFC 3986, section 6; the
DOI handbook): the scheme, `www.`, the usual port, case of the host, percent signs, a slash at the end, the place within the page, the
order of parameters, parameters that only follow readers (`resources/tracking_parameters.csv`), a copy in the Wayback Machine, and the two
hosts that resolve a DOI. Everything else parts two addresses: the case of a path, a parameter, another host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from discourse.paths import resource_rows

__all__ = ["Address", "address_of", "addresses_in", "host_of", "is_own"]

PRINTED = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»「」『』]+", re.IGNORECASE)
ARCHIVED = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(.+)", re.DOTALL)
ARCHIVE, DOI, DOI_HOSTS = "web.archive.org", "doi.org", frozenset(("doi.org", "dx.doi.org"))
RESERVED = re.compile(r"%(2F|3F|23|25|26|2B|3D)", re.IGNORECASE)
HELD = "\0"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
USUAL_PORTS = frozenset((None, 80, 443))
LONGEST = 2000


class Address(NamedTuple):
    """`page` is one form for all ways to write it; `host` has no `www.`; a `home` page is a whole site's, and stands for no single work."""

    page: str
    host: str
    home: bool


def address_of(url: str | None) -> Address | None:
    """Return the page that an address leads to, or nothing where it is none.

    >>> address_of("http://www.example.org/a/?utm_source=x&id=7#top")
    Address(page='example.org/a?id=7', host='example.org', home=False)
    >>> address_of("https://web.archive.org/web/2019/https://Example.org").home
    True
    """
    parts = _split(url)
    if parts is None:
        return None
    host, query = _host(parts), parts.query
    if host == ARCHIVE and (copy := ARCHIVED.fullmatch(parts.path)):
        inner = f"{copy[1]}?{query}" if query else copy[1]
        return address_of(inner if "://" in inner[:8] else f"http://{inner}")
    path = _spelled(parts.path).rstrip("/")
    if host in DOI_HOSTS and path:
        return Address(f"{DOI}{path.casefold()}", DOI, False)
    kept = sorted(_spelled(pair) for pair in query.split("&") if pair and not _follows(pair.partition("=")[0]))
    place = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # what a script reads as a path
    port = "" if parts.port in USUAL_PORTS else f":{parts.port}"
    page = f"{host}{port}{path}{'?' if kept else ''}{'&'.join(kept)}{place}"
    return Address(page, host, page == f"{host}{port}")


def host_of(url: str | None) -> str | None:
    """Return the host of an address in small letters, without `www.`.

    >>> host_of("https://WWW.Example.org:443/a"), host_of("soup")
    ('example.org', None)
    """
    parts = _split(url)
    return _host(parts) if parts else None


def is_own(host: str | None, own: frozenset[str]) -> bool:
    """Return whether a host is one of a blog's own, or lies below one.

    >>> is_own("blog.example.org", frozenset(["example.org"])), is_own("notexample.org", frozenset(["example.org"]))
    (True, False)
    """
    return host is not None and any(host == one or host.endswith(f".{one}") for one in own)


def addresses_in(text: str) -> Iterator[str]:
    """Yield the addresses that a text prints, without the stop or bracket that a sentence puts behind them.

    >>> list(addresses_in("See www.example.org/a_(b), or (https://example.org)."))
    ['www.example.org/a_(b)', 'https://example.org']
    """
    for match in PRINTED.finditer(text):
        found = match[0].rstrip(".,;:!?'’*_")
        while found and ((found[-1] == ")" and found.count("(") < found.count(")")) or found[-1] in "]}>"):
            found = found[:-1].rstrip(".,;:!?'’*_")
        if address_of(found):
            yield found


def _split(url: str | None) -> SplitResult | None:
    if not url or len(url) > LONGEST or any(sign.isspace() for sign in url.strip()):
        return None
    url = url.strip()
    try:
        has_scheme = SCHEME.match(url) is not None
        parts = urlsplit(url if has_scheme else f"http://{url}")
        host = parts.hostname or ""
        is_web = parts.scheme in ("http", "https") and (parts.port or 1) > 0 and (has_scheme or parts.username is None)
    except ValueError:  # a broken IPv6 address or port
        return None
    return parts if is_web and "." in host.strip(".") else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").strip(".").removeprefix("www.")


def _spelled(text: str) -> str:
    """Return text with percent signs only where they carry meaning, whichever letters the writer escaped."""
    held = RESERVED.sub(lambda match: f"{HELD}{match[1].upper()}", text.replace(HELD, ""))
    as_bytes = unquote_to_bytes(held)  # not text: pages in EUC-KR and the like would all become the same question marks
    return quote(as_bytes, safe=f"/?:@!$&'()*+,;=~-._{HELD}").replace(HELD, "%")


def _follows(name: str) -> bool:
    """Return whether a parameter only follows readers."""
    names, prefixes = _tracking()
    name = name.casefold()
    return name in names or name.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = [row["parameter"] for row in resource_rows("tracking_parameters.csv")]
    return frozenset(name for name in listed if name[-1] != "*"), tuple(name[:-1] for name in listed if name[-1] == "*")
