"""Fetch: a polite crawl of one blog, every response kept as it came.

The door is `fetch`. The crawl runs on Scrapy in a process of its own; `store` keeps responses as WARC in step with what is known of every
page, so that a stopped crawl goes on, and a later one keeps what was edited or removed beside what stood there before; `polite` holds its
manners and fences; `links` says which links are followed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from discourse.errors import FetchError
from discourse.fetch.job import Job
from discourse.fetch.repository import clone

__all__ = ["Job", "clone", "fetch"]

LONGEST_END = 8


def fetch(job: Job, folder: Path, *, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Crawl a site into a folder and return what was done.

    Parameters
    ----------
    job : what to crawl, and within which bounds.
    folder : for the archives and `crawl.json`, which accounts for every page; made when it is missing.
    progress : called with how many pages are done, and of how many known so far.

    Returns
    -------
    dict with `run` (its number), `pages` known, `pending` (left for the next call), `new` responses kept, `edited` and `removed` (urls),
    `failed` (pages of which there is something to say: `url`, `reason`), `kept` (pages that are kept at all) and `stopped` (why the run
    ended before its time, or an empty text).

    Raises
    ------
    FetchError : the crawl cannot begin: no contact, a start page that is none, Scrapy missing, a folder in use or not writable.
    """
    job = job.checked()
    if importlib.util.find_spec("scrapy") is None:
        raise FetchError("Fetching needs Scrapy; install it with: pip install 'discourse[fetch]'")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(f"{folder}: cannot be made ({error.strerror}); choose another folder.") from error
    given = json.dumps({"job": asdict(job), "folder": str(folder.resolve()), "watched": True})
    last: dict[str, Any] = {}
    said = ""
    command = [sys.executable, "-m", "discourse.fetch", given]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            for line in process.stdout or ():
                if line.startswith("{"):
                    last = json.loads(line)
                    progress(last.get("done", 0), last.get("of", 0))
                else:
                    said = line.strip() or said
        except BaseException:
            process.send_signal(signal.SIGINT)  # it ends what it is at, and writes its account; what it kept is on the disk anyway
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LONGEST_END)
            process.kill()
            raise
    if "error" in last:
        raise FetchError(last["error"])
    if "outcome" not in last:
        why = said or f"exit status {process.returncode}"
        raise FetchError(f"{folder}: the crawl broke off ({why}); what was fetched is kept, run the same command to go on.")
    return dict(last["outcome"])
