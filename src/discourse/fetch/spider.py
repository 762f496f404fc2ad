"""The crawl itself, on Scrapy: pages of one site, each kept before its links are followed."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.http import TextResponse

from discourse.fetch.job import Job
from discourse.fetch.links import in_scope, links, normal, outline, shown, visible
from discourse.fetch.polite import LATER, FencedResolver, refused
from discourse.fetch.store import Response, Store

if TYPE_CHECKING:
    from twisted.python.failure import Failure

__all__ = ["crawl"]

REDIRECTS = (301, 302, 303, 307, 308)
MOST_ALIKE = 25
MIDDLEWARES = "scrapy.downloadermiddlewares."


class BlogSpider(scrapy.Spider):
    """Follows the listings, posts, category pages and feeds of one site."""

    name = "discourse"

    def __init__(self, job: Job, store: Store) -> None:
        super().__init__()
        self.job, self.store, self.fetched = job, store, 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Begin with the start pages, or go on with what a stopped run left."""
        self.store.add([normal(url) for url in self.job.start], depth=0)
        for page in self.store.pending():
            yield self.request(**page)

    def request(self, url: str, depth: int, hops: int = 0, etag: str | None = None, modified: str | None = None) -> scrapy.Request:
        """Return the request of a page; of one that is kept already, only if it has changed."""
        headers = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        return scrapy.Request(
            url, self.parse, errback=self.failed, headers=headers, priority=-depth, dont_filter=True,
            meta={"url": url, "depth_of": depth, "hops": hops, "handle_httpstatus_all": True},
        )  # fmt: skip

    def parse(self, response: scrapy.http.Response) -> Iterator[scrapy.Request]:
        """Keep a response and follow what it leads to."""
        url, depth, hops = (response.meta[key] for key in ("url", "depth_of", "hops"))
        self.tell()
        if response.status == 304:
            self.store.unchanged(url)
        elif response.status in REDIRECTS:
            yield from self.redirected(response, url, depth, hops)
        elif response.status == 200:
            yield from self.kept(response, url, depth)
        elif response.status in (404, 410) and self.store.kept(url):
            self.store.keep(self.record(response, shown=str(response.status)), depth=depth)
        else:
            self.store.fail(url, f"answered with status {response.status}", status=response.status)

    def kept(self, response: scrapy.http.Response, url: str, depth: int) -> Iterator[scrapy.Request]:
        """Keep a page and yield the requests of its links."""
        html = isinstance(response, TextResponse) and "html" in response.headers.get("Content-Type", b"html").decode("latin-1").lower()
        text = visible(response.text) if html else None
        found = links(response.text, response.url, self.job) if html and depth < self.job.most_depth else []
        record = self.record(response, shown=shown(response.body, text))
        record.outline = outline(text) if text is not None else None
        alike = self.store.alike(record.outline) if record.outline else 0
        record.links = [] if alike >= MOST_ALIKE else found
        new = self.store.keep(record, depth=depth + 1)
        if alike >= MOST_ALIKE and found:
            self.store.remark(
                url, f"{MOST_ALIKE} pages say the same but for numbers and months (an endless calendar?); its links were not followed"
            )
        elif depth >= self.job.most_depth:
            self.store.remark(url, f"{depth} links away from the start; its own links were not followed")
        for link in new:
            yield self.request(link, depth + 1)

    def redirected(self, response: scrapy.http.Response, url: str, depth: int, hops: int) -> Iterator[scrapy.Request]:
        """Keep a redirect and follow it, unless it leaves the site, ends in a private network or goes in a circle."""
        try:
            target = normal(response.urljoin(response.headers.get("Location", b"").decode("utf-8", "replace")))
            host = urlsplit(target).hostname or ""
        except ValueError:
            self.store.fail(url, "redirects to no address", status=response.status)
            return
        inside = in_scope(target, self.job) or target in map(normal, self.job.start)
        record = self.record(response, shown=target, target=target)
        record.links = [target] if inside and hops < self.job.most_hops else []
        new = self.store.keep(record, depth=depth, hops=hops + 1)
        why = refused(host, loopback=self.job.loopback)
        if self.store.in_circle(url, target):
            self.store.remark(url, "redirects in a circle")
        elif why:
            self.store.remark(url, f"redirects to {target}: {why}")
        elif not inside:
            self.store.remark(url, f"redirects to {target}, which is outside of what is fetched")
        elif hops >= self.job.most_hops:
            self.store.remark(url, f"the {hops + 1}th redirect in a row; not followed")
        for link in new:
            yield self.request(link, depth, hops + 1)

    def record(self, response: scrapy.http.Response, *, shown: str, target: str | None = None) -> Response:
        """Return what is kept of a response."""
        known = {status.value: status.phrase for status in HTTPStatus}
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values]
        return Response(response.meta["url"], response.status, known.get(response.status, ""), headers, response.body, shown, target=target)

    def failed(self, failure: Failure) -> None:
        """Say why a page could not be had."""
        self.tell()
        said = " ".join(str(failure.value).split())
        reason, later = said.removeprefix(LATER), said.startswith(LATER)
        kind = type(failure.value).__name__
        if host := FencedResolver.why.get(urlsplit(failure.request.url).hostname or ""):
            reason = host
        elif "during decompression" in said:
            reason = f"unpacks to more than {self.job.most_bytes:,} bytes"
        elif "Timeout" in kind:
            reason = f"took more than {self.job.timeout:g} s"
        elif "Cancelled" in kind or "DOWNLOAD_MAXSIZE" in said:
            reason = f"larger than {self.job.most_bytes:,} bytes"
        elif not failure.check(IgnoreRequest):
            reason = f"{kind}: {said[:200]}"
        self.store.fail(failure.request.meta["url"], reason[:1].lower() + reason[1:], later=later)

    def tell(self) -> None:
        """Say how far the crawl is, and end it when it has fetched as much as it may."""
        self.fetched += 1
        done, of = self.store.known()
        print(json.dumps({"done": done, "of": of}), flush=True)  # noqa: T201
        if self.fetched == self.job.most_pages:
            self.crawler.engine.close_spider(self, "closespider_pages")


def crawl(job: Job, folder: Path) -> dict[str, Any]:
    """Crawl until nothing is left or a bound is met, and return what was done."""
    from importlib.metadata import version

    with closing(Store(folder, job.name)) as store:
        settings: dict[str, Any] = {
            "JOB": job,
            "USER_AGENT": f"discourse/{version('discourse')} (+{job.contact or 'a test on this machine'})",
            "ROBOTSTXT_USER_AGENT": "discourse", "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_DELAY": job.delay, "AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": job.delay,
            "CONCURRENT_REQUESTS": 4, "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
            "DOWNLOAD_TIMEOUT": job.timeout, "DOWNLOAD_MAXSIZE": job.most_bytes, "DOWNLOAD_WARNSIZE": 0,
            "RETRY_TIMES": job.retries, "CLOSESPIDER_TIMEOUT": job.most_seconds,
            "DNS_RESOLVER": "discourse.fetch.polite.FencedResolver",
            "DOWNLOADER_MIDDLEWARES": {
                "discourse.fetch.polite.Fence": 50, "discourse.fetch.polite.Robots": 100, "discourse.fetch.polite.PatientRetries": 550,
                f"{MIDDLEWARES}robotstxt.RobotsTxtMiddleware": None, f"{MIDDLEWARES}retry.RetryMiddleware": None,
                f"{MIDDLEWARES}redirect.RedirectMiddleware": None, f"{MIDDLEWARES}redirect.MetaRefreshMiddleware": None,
                f"{MIDDLEWARES}cookies.CookiesMiddleware": None, f"{MIDDLEWARES}httpproxy.HttpProxyMiddleware": None,
            },
            "TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "CRITICAL", "LOG_FILE": None,
        }  # fmt: skip
        process = AsyncCrawlerProcess(settings)
        process.crawl(BlogSpider, job=job, store=store)
        process.start()
        return store.finish()


def main() -> None:
    """Crawl as a process of its own: the job and the folder come as its argument, progress and outcome go out line by line."""
    from discourse.errors import FetchError

    given = json.loads(sys.argv[1])
    try:
        outcome = crawl(Job(**given["job"]), Path(given["folder"]))
        print(json.dumps({"outcome": outcome}), flush=True)  # noqa: T201
    except FetchError as error:
        print(json.dumps({"error": str(error)}), flush=True)  # noqa: T201
    except OSError as error:
        print(json.dumps({"error": f"{error.filename or given['folder']}: {error.strerror or error}"}), flush=True)  # noqa: T201
