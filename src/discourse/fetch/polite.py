"""Manners and fences of the crawl, as Scrapy middlewares: robots.txt with its crawl-delay, retries that wait, and no way off the site.

Robots follow RFC 9309: a robots.txt that answers with a server error means that nothing may be fetched, one that is not there that all may.
A name is refused when it resolves to an address that is not of the public internet; the address checked is the one connected to.
"""

from __future__ import annotations

import asyncio
import ipaddress
import random
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.resolver import CachingThreadedResolver

from discourse.fetch.job import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

__all__ = ["LATER", "REDIRECTS", "Fence", "FencedResolver", "PatientRetries", "Robots", "refused"]

LATER = "later: "
REDIRECTS = (301, 302, 303, 307, 308)
ROBOTS_HOPS = 5
UNREAD: dict[str, str] = {}


def refused(host: str, *, loopback: bool) -> str:
    """Return why an address may not be reached, or an empty text; a name that is no address is judged once it is resolved.

    >>> refused("192.168.0.1", loopback=False), refused("127.0.0.1", loopback=True), refused("example.org", loopback=False)
    ('192.168.0.1 is not an address of the public internet', '', '')
    """
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None) or address
    if loopback and mapped.is_loopback:
        return ""
    return "" if mapped.is_global and not mapped.is_multicast else f"{host} is not an address of the public internet"


class Fence:
    """Refuses every request, robots.txt and redirects among them, that leaves the site or names an address of a private network.

    It also holds requests back while the site asks to wait, and when the run is over.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.job = crawler, crawler.settings["JOB"]
        self.end = time.monotonic() + self.job.most_seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Fence:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request through or refuse it."""
        host, spider = host_of(request.url), self.crawler.spider
        if host not in self.job.hosts:
            raise IgnoreRequest(f"{host} is another site")
        if why := refused(host, loopback=self.job.loopback):
            raise IgnoreRequest(why)
        while (wait := spider.not_before - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        if time.monotonic() > self.end:
            spider.stop("the time of one run is over")
        if spider.stopped:
            raise IgnoreRequest(LATER)


class FencedResolver(CachingThreadedResolver):
    """Resolves names, and refuses those that lead into a private network; `why` keeps the reasons, which Twisted drops on the way."""

    loopback = False
    why: ClassVar[dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> FencedResolver:
        """Make it, as Scrapy asks."""
        made: FencedResolver = super().from_crawler(crawler, reactor)
        made.loopback = crawler.settings["JOB"].loopback
        return made

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802
        """Return the address of a name."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if why := refused(address, loopback=self.loopback):
            self.why[name] = f"{name} leads to {why}"
            raise IgnoreRequest(self.why[name])
        return address


class Robots(RobotsTxtMiddleware):
    """Obeys robots.txt, its crawl-delay included; one that cannot be read forbids everything."""

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Refuse a request that robots.txt forbids."""
        if why := UNREAD.get(urlsplit(request.url).netloc):
            raise IgnoreRequest(why)
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        for _ in range(ROBOTS_HOPS):
            target = response.urljoin(response.headers.get("Location", b"").decode("latin-1"))
            if response.status not in REDIRECTS or host_of(target) not in self.crawler.settings["JOB"].hosts:
                break
            again = response.request.replace(url=target)
            response = await self.crawler.engine.download_async(again)
        if response.status >= 500 or response.status == 429:
            UNREAD[netloc] = f"robots.txt answered with status {response.status}, so nothing may be fetched"
        if response.status != 200:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        asked = parser.rp.crawl_delay(self._default_useragent) if parser is not None else None
        throttle = self.crawler.get_extension(AutoThrottle)
        if asked and throttle is not None:
            throttle.mindelay = max(throttle.mindelay, float(asked))
            throttle.maxdelay = max(throttle.maxdelay, throttle.mindelay)
            for slot in self.crawler.engine.downloader.slots.values():
                slot.delay = max(slot.delay, throttle.mindelay)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        why = FencedResolver.why.get(urlsplit(f"//{netloc}").hostname or "") or " ".join(str(exc).split()).removeprefix(LATER)
        UNREAD[netloc] = why if "not an address" in why else f"robots.txt cannot be read ({why[:150]}), so nothing may be fetched"
        super()._robots_error(exc, netloc)


class PatientRetries(RetryMiddleware):
    """Tries again after a pause that doubles, or after as long as the server asks for."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or the request to be made again."""
        if response.status not in self.retry_http_codes:
            return response
        wait = _retry_after(response.headers.get("Retry-After", b"").decode("latin-1"))
        spider, job = self.crawler.spider, self.crawler.settings["JOB"]
        if wait > job.longest_wait:
            spider.asked_to_wait(wait)
            raise IgnoreRequest(f"the site asks to wait {wait:.0f} s (status {response.status})")
        again = self._retry(request, f"status {response.status}")
        if again is None:
            return response
        spider.not_before = max(spider.not_before, time.monotonic() + wait)
        await asyncio.sleep(max(wait, self._pause(again)))
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request to be made again, or nothing."""
        if not isinstance(exception, self.exceptions_to_retry) or urlsplit(request.url).hostname in FencedResolver.why:
            return None
        again = self._retry(request, exception)
        if again is not None:
            await asyncio.sleep(self._pause(again))
        return again

    def _pause(self, again: Request) -> float:
        pause: float = self.crawler.settings["JOB"].pause
        return pause * 2.0 ** int(again.meta["retry_times"] - 1) * random.uniform(0.8, 1.2)  # noqa: S311


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3); 0 when it says nothing that can be read.

    >>> _retry_after("120"), _retry_after("soon")
    (120.0, 0.0)
    """
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
