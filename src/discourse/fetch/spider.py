"""The crawl itself, on Scrapy: pages of one site, each kept before its links are followed."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import IgnoreRequest

from discourse.errors import FetchError
from discourse.fetch.archive import Response
from discourse.fetch.job import Job
from discourse.fetch.links import in_scope, links, links_of_feed, normal, outline, shown, visible
from discourse.fetch.polite import LATER, REDIRECTS, FencedResolver, refused
from discourse.fetch.store import Store

if TYPE_CHECKING:
    from twisted.python.failure import Failure

__all__ = ["crawl"]

MOST_ALIKE = 25
MOST_IN_A_ROW = 10
MOST_WAITS = 3
WORDS = {
    "ConnectionRefused": "the site refuses connections", "CannotResolveHost": "the name cannot be resolved",
    "DNSLookup": "the name cannot be resolved", "DataLoss": "broke off in the middle",
    "BadGzip": "packed in a way that cannot be unpacked", "ConnectionLost": "the connection was lost",
    "DownloadFailed": "no answer that can be read", "ResponseFailed": "no answer that can be read", "NeverReceived": "no answer",
}  # fmt: skip
MIDDLEWARES = "scrapy.downloadermiddlewares."


class BlogSpider(scrapy.Spider):
    """Follows the listings, posts, category pages and feeds of one site."""

    name = "discourse"

    def __init__(self, job: Job, store: Store) -> None:
        super().__init__()
        self.job, self.store, self.fetched = job, store, 0
        self.not_before = 0.0
        self.stopped = ""
        self.waits = 0
        self.in_a_row: list[str] = []

    def stop(self, why: str) -> None:
        """End the run; what is not fetched yet is left for when it goes on."""
        if not self.stopped:
            self.stopped = why
            self.crawler.engine.close_spider(self, "stopped")

    def asked_to_wait(self, seconds: float) -> None:
        """End the run when the site asks again and again to wait for long, and note until when."""
        self.waits += 1
        if self.waits == MOST_WAITS:
            self.store.set_meta("not_before", str(time.time() + seconds))
            self.stop(f"the site asks to wait {seconds:.0f} s")

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
            meta={"url": url, "depth_of": depth, "hops": hops, "handle_httpstatus_all": True, "download_slot": "site"},
        )  # fmt: skip

    def parse(self, response: scrapy.http.Response) -> Iterator[scrapy.Request]:
        """Keep a response and follow what it leads to; what cannot be kept ends the run, what cannot be read is said."""
        url = response.meta["url"]
        try:
            yield from self.answered(response, url, response.meta["depth_of"], response.meta["hops"])
        except (OSError, sqlite3.Error) as error:
            self.stop(f"cannot be kept ({getattr(error, 'strerror', None) or error})")
        except (ValueError, LookupError, TypeError, AttributeError, RuntimeError) as error:
            self.store.fail(url, f"cannot be read ({type(error).__name__}: {str(error)[:100]})")
        self.tell()

    def answered(self, response: scrapy.http.Response, url: str, depth: int, hops: int) -> Iterator[scrapy.Request]:
        """Keep a response by its status."""
        is_down = response.status == 429 or response.status >= 500
        if not is_down:
            self.in_a_row.clear()
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
            if is_down:
                self.is_down(url)

    def is_down(self, url: str) -> None:
        """End the run when the site fails so often in a row that it must be down; those pages are then asked for again."""
        self.in_a_row.append(url)
        if len(self.in_a_row) >= MOST_IN_A_ROW:
            self.store.leave(self.in_a_row)
            self.stop(f"the site failed {MOST_IN_A_ROW} times in a row")

    def kept(self, response: scrapy.http.Response, url: str, depth: int) -> Iterator[scrapy.Request]:
        """Keep a page and yield the requests of its links."""
        kind = response.headers.get("Content-Type", b"html").decode("latin-1").lower()
        page = _text(response) if "html" in kind or "xml" in kind else None
        is_html = page is not None and "html" in kind
        follow = links if is_html else links_of_feed
        found = follow(page, response.url, self.job) if page is not None and depth < self.job.most_depth else []
        text = visible(page) if page is not None and is_html else None
        record = self.record(response, shown=shown(response.body, page if is_html else None))
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
            reason = next((words for name, words in WORDS.items() if name in kind), f"{kind}: {said[:200]}")
        url = failure.request.meta["url"]
        if later and not reason:
            return  # the run is over; the page is left for when it goes on
        self.store.fail(url, reason[:1].lower() + reason[1:])
        if not failure.check(IgnoreRequest) and "larger than" not in reason:
            self.is_down(url)
        self.tell()

    def tell(self) -> None:
        """Say how far the crawl is, and end it when it has fetched as much as it may, or nobody listens any more."""
        self.fetched += 1
        done, of = self.store.known()
        try:
            print(json.dumps({"done": done, "of": of}), flush=True)  # noqa: T201
        except OSError:
            self.stop("nobody listens")
        if self.fetched == self.job.most_pages:
            self.stop("as many pages were fetched as one run may")


def _text(response: scrapy.http.Response) -> str:
    """Return a response as text, in UTF-8 where its own charset is none."""
    try:
        return str(response.text)
    except (AttributeError, LookupError, ValueError):
        return str(response.body.decode("utf-8", "replace"))


def crawl(job: Job, folder: Path) -> dict[str, Any]:
    """Crawl until nothing is left or a bound is met, and return what was done."""
    from importlib.metadata import version

    with closing(Store(folder, job.name, job.hosts)) as store:
        if (until := float(store.meta("not_before") or 0)) > time.time():
            raise FetchError(f"The site asked to wait until {datetime.fromtimestamp(until, UTC):%Y-%m-%d %H:%M} UTC; run again then.")
        store.finish(over=False)
        settings: dict[str, Any] = {
            "JOB": job,
            "USER_AGENT": f"discourse/{version('discourse')} (+{job.contact or 'a test on this machine'})",
            "ROBOTSTXT_USER_AGENT": "discourse", "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_DELAY": job.delay, "AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": job.delay,
            "RANDOMIZE_DOWNLOAD_DELAY": False, "CONCURRENT_REQUESTS": 2, "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
            "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
            "DOWNLOAD_TIMEOUT": job.timeout, "DOWNLOAD_MAXSIZE": job.most_bytes, "DOWNLOAD_WARNSIZE": 0,
            "RETRY_TIMES": job.retries,
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
        crawler = process.create_crawler(BlogSpider)
        process.crawl(crawler, job=job, store=store)
        process.start()
        stopped = getattr(crawler.spider, "stopped", "")
        return store.finish(over=not stopped) | {"stopped": stopped}


def main() -> None:
    """Crawl as a process of its own: the job and the folder come as its argument, progress and outcome go out line by line."""
    given = json.loads(sys.argv[1])
    if given.get("watched"):
        threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        outcome = crawl(Job(**given["job"]), Path(given["folder"]))
        print(json.dumps({"outcome": outcome}), flush=True)  # noqa: T201
    except FetchError as error:
        print(json.dumps({"error": str(error)}), flush=True)  # noqa: T201
    except OSError as error:
        print(json.dumps({"error": f"{error.filename or given['folder']}: {error.strerror or error}"}), flush=True)  # noqa: T201


def _follow_parent() -> None:
    """End at once when the process that asked for the crawl is gone; what was kept is on the disk."""
    sys.stdin.buffer.read()
    os._exit(1)
