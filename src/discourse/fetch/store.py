"""What a crawl has seen: responses as WARC, and beside them what is known of every page, in step with each other whatever happens.

A response is first appended to the archive as a gzip member of its own and put on the disk; then one transaction of a SQLite file in
`.fetch/` notes where it lies, what it led to and that the page is done. A crawl that is killed in between leaves a tail that no row points
to; the next run cuts it off before it writes. So no archive is torn, no response is kept twice, and a page is fetched again only if it was
not kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from discourse.errors import FetchError
from discourse.fetch.archive import Response, append, cut_tails, take_back
from discourse.paths import sha256, write_whole

__all__ = ["Store"]

FOLDER, STATE, MANIFEST = ".fetch", "state.sqlite", "crawl.json"
CHANGES = {(200, 200): "edited", (200, 404): "removed", (200, 410): "removed", (404, 200): "returned", (410, 200): "returned"}
CHANGES |= {(200, status): "moved" for status in (301, 302, 303, 307, 308)}
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT);
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, depth INTEGER NOT NULL, hops INTEGER NOT NULL, state TEXT NOT NULL, run INTEGER NOT NULL,
    status INTEGER, reason TEXT NOT NULL DEFAULT '', etag TEXT, modified TEXT, target TEXT, outline TEXT
);
CREATE INDEX IF NOT EXISTS pending ON pages (state);
CREATE INDEX IF NOT EXISTS outlines ON pages (outline);
CREATE TABLE IF NOT EXISTS versions (
    url TEXT NOT NULL, run INTEGER NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL, archive TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, sha256 TEXT NOT NULL, shown TEXT NOT NULL, change TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS versions_of ON versions (url);
"""


class Store:
    """The archives and the state of one source's crawls; one at a time may hold a folder."""

    def __init__(self, folder: Path, name: str, hosts: Iterable[str]) -> None:
        self.folder, self.name = folder, name
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(folder / FOLDER / STATE, timeout=1)
        try:
            self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.executescript(TABLES)
            self.db.execute("BEGIN IMMEDIATE")
            self.db.commit()
            self._claim(" ".join(sorted(hosts)))
            known = dict(self.db.execute("SELECT archive, max(end) FROM versions GROUP BY archive"))
            open_run = self.db.execute("SELECT run FROM runs WHERE ended IS NULL").fetchone()
            cut_tails(folder, self.meta("name") or name, known, open_run[0] if open_run else None)
            self.run = self._begin()
        except sqlite3.DatabaseError as error:
            self.db.close()
            damaged = f"what is known of it is damaged ({error}); put .fetch back from a copy, or fetch into a new folder"
            why = "another crawl is at work in it; wait for it" if "locked" in str(error) else damaged
            raise FetchError(f"{folder}: {why}.") from error
        except FetchError:
            self.db.close()
            raise

    def _claim(self, hosts: str) -> None:
        """Note whose pages the folder holds, and refuse those of another site."""
        if (before := self.meta("hosts")) and before != hosts:
            raise FetchError(f"{self.folder}: holds pages of {before.split()[0]}; choose another folder for another site.")
        self.set_meta("hosts", hosts)
        if not self.meta("name"):  # a folder that is renamed goes on with its archives
            self.set_meta("name", self.name)
        self.name = self.meta("name")

    def meta(self, key: str) -> str:
        """Return something noted of the crawl as a whole, or an empty text."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Note something of the crawl as a whole."""
        with self.db:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Let go of the folder."""
        self.db.close()

    def _begin(self) -> int:
        """Go on with the run that was stopped, or begin the next one, in which every page that is kept is asked for again."""
        row = self.db.execute("SELECT run FROM runs WHERE ended IS NULL").fetchone()
        if row:
            return int(row[0])
        with self.db:
            run = int(self.db.execute("SELECT coalesce(max(run), 0) + 1 FROM runs").fetchone()[0])
            self.db.execute("INSERT INTO runs VALUES (?, ?, NULL)", (run, _now()))
            self.db.execute("UPDATE pages SET state = 'pending', run = ?, reason = '', outline = NULL", (run,))
        return run

    def add(self, urls: Iterable[str], *, depth: int, hops: int = 0) -> list[str]:
        """Note pages to fetch and return those that are new."""
        with self.db:
            return self._add(urls, depth, hops)

    def _add(self, urls: Iterable[str], depth: int, hops: int) -> list[str]:
        query = "INSERT OR IGNORE INTO pages (url, depth, hops, state, run) VALUES (?, ?, ?, 'pending', ?)"
        return [url for url in urls if self.db.execute(query, (url, depth, hops, self.run)).rowcount]

    def pending(self) -> list[dict[str, Any]]:
        """Return the pages still to fetch, nearest to the start first."""
        return self._rows("SELECT url, depth, hops, etag, modified FROM pages WHERE state = 'pending' ORDER BY depth, rowid")

    def known(self) -> tuple[int, int]:
        """Return how many pages are done, and of how many."""
        done, of = self.db.execute("SELECT coalesce(sum(state != 'pending'), 0), count(*) FROM pages").fetchone()
        return int(done), int(of)

    def keep(self, response: Response, *, depth: int, hops: int = 0) -> list[str]:
        """Keep a response, unless it shows what the last one of this page showed, and return the pages that it newly led to."""
        query = "SELECT status, shown FROM versions WHERE url = ? ORDER BY rowid DESC"
        before = self.db.execute(query, (response.url,)).fetchone() or (None, "")
        change = CHANGES.get((before[0] or 0, response.status), "new")
        headers = {name.lower(): value for name, value in response.headers}
        now = _now()
        place = None if before == (response.status, response.shown) else append(self.folder, f"{self.name}-{self.run:04d}", response, now)
        try:
            with self.db:
                row = (self.run, response.status, headers.get("etag"), headers.get("last-modified"), response.target, response.outline)
                query = "run = ?, status = ?, reason = '', etag = ?, modified = ?, target = ?, outline = ?"
                self.db.execute(f"UPDATE pages SET state = 'done', {query} WHERE url = ?", (*row, response.url))  # noqa: S608
                if place is not None:
                    version = (response.url, self.run, now, response.status, *place, sha256(response.body), response.shown, change)
                    self.db.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", version)
                return self._add(response.links, depth, hops)
        except sqlite3.Error:
            if place is not None:
                take_back(self.folder, place)
            raise

    def kept(self, url: str) -> bool:
        """Return whether a version of a page is kept."""
        return self.db.execute("SELECT 1 FROM versions WHERE url = ? AND status = 200", (url,)).fetchone() is not None

    def alike(self, outline: str) -> int:
        """Return how many pages of this run say the same but for numbers."""
        return int(self.db.execute("SELECT count(*) FROM pages WHERE outline = ?", (outline,)).fetchone()[0])

    def unchanged(self, url: str) -> None:
        """Note that the site says that a page has not changed."""
        with self.db:
            self.db.execute("UPDATE pages SET state = 'done', run = ?, status = 304, reason = '' WHERE url = ?", (self.run, url))

    def fail(self, url: str, reason: str, *, status: int | None = None) -> None:
        """Note that a page could not be had."""
        with self.db:
            query = "UPDATE pages SET state = 'failed', run = ?, status = ?, reason = ? WHERE url = ?"
            self.db.execute(query, (self.run, status, reason, url))

    def leave(self, urls: Iterable[str]) -> None:
        """Leave pages for when the crawl goes on."""
        with self.db:
            self.db.executemany("UPDATE pages SET state = 'pending', reason = '' WHERE url = ?", [(url,) for url in urls])

    def remark(self, url: str, reason: str) -> None:
        """Say something of a page that was kept."""
        with self.db:
            self.db.execute("UPDATE pages SET reason = ? WHERE url = ?", (reason, url))

    def in_circle(self, url: str, target: str) -> bool:
        """Return whether a redirect leads back to where it came from."""
        seen: set[str] = set()
        step: str | None = target
        while step and step not in seen:
            if step == url:
                return True
            seen.add(step)
            row = self.db.execute("SELECT target FROM pages WHERE url = ?", (step,)).fetchone()
            step = row[0] if row else None
        return False

    def finish(self, *, over: bool = True) -> dict[str, Any]:
        """Write the manifest, and end the run if nothing is left to fetch; return what the run did.

        A page is `new`, `edited` (it shows something else), `removed`, `moved` (it redirects now) or `returned`.
        """
        done, of = self.known()
        with self.db:
            if over and done == of:
                self.db.execute("UPDATE runs SET ended = ? WHERE run = ?", (_now(), self.run))
        pages = self._rows("SELECT url, state, status, reason, target FROM pages ORDER BY url")
        versions = self._rows("SELECT url, run, fetched_at, status, archive, start, end, sha256, change FROM versions ORDER BY rowid")
        runs = self._rows("SELECT run, started, ended FROM runs ORDER BY run")
        manifest = {"source": self.name, "runs": runs, "pages": pages, "versions": versions}
        write_whole(self.folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False).encode())
        now = [version for version in versions if version["run"] == self.run]
        return {
            "run": self.run, "pages": of, "pending": of - done, "new": sum(version["change"] in ("new", "returned") for version in now),
            "edited": [version["url"] for version in now if version["change"] == "edited"],
            "removed": [version["url"] for version in now if version["change"] in ("removed", "moved")],
            "kept": len({version["url"] for version in versions}),
            "failed": [{"url": page["url"], "reason": page["reason"]} for page in pages if page["reason"]],
        }  # fmt: skip

    def _rows(self, query: str) -> list[dict[str, Any]]:
        found = self.db.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
