"""One file at a time: which format it is in, the pages in it, and what became of it.

What is read depends on nothing but the file, its name, and `Hints`: it can be done in another process, and kept (`as_json`) under the hash
of these.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from discourse.errors import InputError
from discourse.load import web_archive
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, File, LeftOut, find_files, open_document
from discourse.load.recognise import recognise
from discourse.tables import EMAIL

__all__ = ["FORMATS", "Read", "files_below", "read_file"]

FORMATS = {
    "markdown": "markdown.posts", "page-text": "text.page_text", "main-text": "text.main_text", "weebly": "weebly",
    "blogger": "blogger.pages", "blogger-export": "blogger.export", "wordpress": "wordpress.pages",
    "wordpress-export": "wordpress.export", "wordpress-api": "wordpress.api", "ghost": "ghost.export", "drupal": "drupal.pages",
    "feed": "feed", "table": "table.reader", "html": "html",
}  # fmt: skip
COMPANIONS = {
    "corrections.csv": "the corpus's corrections, applied to its posts",
    "sources.toml": "what is known of the source",
    "crawl.json": "the account of the crawl",
}


class Read(NamedTuple):
    """What one file holds: an account of it and, in a web archive, of every response in it; and the pages."""

    files: list[File]
    pages: list[Page]


def files_below(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below a path, or the path itself, with its name, which is its place below the folder.

    Raises
    ------
    InputError : the path is missing or cannot be listed.
    """
    root = path if path.is_dir() else path.parent
    for file in find_files(path):
        yield file, os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def read_file(file: Path, name: str, *, form: str | None, hints: Hints) -> Read:
    """Read one file, or every response in a web archive; a file that cannot be read is a `problem` in the account.

    Parameters
    ----------
    name : stands in messages, accounts and ids; folders in it tell drafts, languages and sections.
    form : one of `FORMATS`; without it the format is recognised.
    """
    entry = File(name, "")
    pages: list[Page] = []
    try:
        document = open_document(file, name)
        entry.sha256 = document.sha256
        if file.name in COMPANIONS:
            entry.reason = COMPANIONS[file.name]
            return Read([entry], pages)
        if not web_archive.is_archive(document):
            return Read([_read(web_archive.unpacked(document), pages, form, hints, entry)], pages)
        inner = [_read(response, pages, form, hints, File(response.name, "")) for response in web_archive.responses(document, entry)]
    except LeftOut as reason:
        entry.reason = str(reason)
        return Read([entry], pages)
    except InputError as error:
        entry.outcome, entry.reason = "problem", str(error)
        return Read([entry], pages)
    entry.form, entry.posts = "warc", sum(response.posts for response in inner)
    entry.outcome, entry.reason = ("post", "") if entry.posts else ("left out", entry.reason or "a web archive without a post")
    return Read([entry, *inner], pages)


def _read(document: Document, pages: list[Page], form: str | None, hints: Hints, entry: File) -> File:
    """Add what one document holds to `pages` and return what became of it."""
    entry.sha256 = entry.sha256 or document.sha256
    try:
        entry.form = form or recognise(document)
        page: Page = import_module(f"discourse.load.{FORMATS[entry.form]}").read(document, hints)
        pages.append(page)
        entry.outcome, entry.posts = "post" if page.posts else "left out", len(page.posts)
        entry.skipped = [{"item": EMAIL.sub("[e-mail]", item), "reason": reason} for item, reason in page.skipped]
        page.skipped = []
        if not page.posts:
            entry.reason = "no post in it; read for what it says of the blog" if page.listings or page.source else "no post in it"
    except LeftOut as reason:
        entry.reason = str(reason)
    except InputError as error:
        entry.outcome, entry.reason = "problem", str(error)
    return entry
