"""What to crawl and within which bounds: the one record that the crawl is given."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from discourse.errors import FetchError

__all__ = ["Job", "host_of"]


@dataclass(frozen=True)
class Job:
    """One crawl.

    Attributes
    ----------
    name : of the source; the archives are named after it.
    start : pages to begin with, all of one site; feeds among them.
    follow : beginnings of paths that are followed; empty is the whole site. Start pages and feeds are always fetched.
    contact : an e-mail address or page that the site's owner can turn to; sent with every request.
    loopback : whether this machine itself may be reached, for tests.
    delay : seconds between requests, at least; robots.txt may ask for more, and a slow site gets more by itself.
    most_pages, most_depth, most_hops, most_seconds : bounds of one run; what is left over is fetched by the next.
    most_bytes : of one response, packed or unpacked.
    timeout : seconds for one response.
    retries, pause : times that a failure is tried again, and seconds before the first of them; the pause doubles.
    longest_wait : seconds that a server may ask for with Retry-After; beyond, the page is left for the next run.
    """

    name: str
    start: list[str]
    follow: list[str] = field(default_factory=list)
    contact: str = ""
    loopback: bool = False
    delay: float = 1.0
    most_pages: int = 20_000
    most_depth: int = 500
    most_hops: int = 10
    most_seconds: float = 6 * 3600
    most_bytes: int = 50_000_000
    timeout: float = 60.0
    retries: int = 4
    pause: float = 2.0
    longest_wait: float = 300.0

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of the site, with and without `www.`."""
        found = {host_of(url).removeprefix("www.") for url in self.start}
        return frozenset(found | {f"www.{host}" for host in found})

    def checked(self) -> Job:
        """Return the job.

        Raises
        ------
        FetchError : a start page is no web address, the pages are of several sites, or nobody is named as contact.
        """
        for url in self.start:
            try:
                parts = urlsplit(url)
                fits = parts.scheme in ("http", "https") and bool(host_of(url)) and parts.port != 0 and not parts.username
            except ValueError:
                fits = False
            if not fits:
                raise FetchError(
                    f"{url!r} is no address of a web page; give one such as https://www.example.org/blog, without name and password."
                )
        if len(self.hosts) > 2:
            raise FetchError(f"The start pages are of several sites ({', '.join(sorted(self.hosts))}); fetch one at a time.")
        local = all(host.removeprefix("www.") == "localhost" or _is_loopback(host.removeprefix("www.")) for host in self.hosts)
        named = "@" in self.contact.strip() or self.contact.strip().startswith(("http://", "https://"))
        if not named and not (self.loopback and local and not self.contact):
            raise FetchError(
                "Say who is asking, so that the site's owner can turn to you: --contact you@example.org (or a page about the study)."
            )
        return self


def host_of(url: str) -> str:
    """Return the host of a url as names are resolved (IDNA), or an empty text where there is none.

    >>> host_of("https://Bücher.example/a"), host_of("https://[broken/")
    ('xn--bcher-kva.example', '')
    """
    try:
        host = urlsplit(url).hostname or ""
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
