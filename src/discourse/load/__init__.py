"""Load: files become raw posts, and every file is accounted for.

The door is `load`. Formats are recognised from each file, or named; each is a module beside this one whose docstring lists its fields and
quirks. What many pages tell of one blog meets in `site`.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from discourse.errors import InputError, did_you_mean
from discourse.load import web_archive
from discourse.load.loaded import Loaded
from discourse.load.markdown.author_files import author_files
from discourse.load.page import Hints
from discourse.load.reading import Document, File, LeftOut, find_files, open_document
from discourse.load.recognise import recognise
from discourse.load.site import Site
from discourse.load.sources import DATE_ORDERS, declare, declared, find_source, known_sources
from discourse.tables import EMAIL

if TYPE_CHECKING:
    from discourse.load.page import Page

__all__ = ["FORMATS", "Loaded", "declare", "declared", "find_source", "known_sources", "load"]

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


def load(path: Path, *, form: str | None = None, date_order: str | None = None, columns: dict[str, str] | None = None) -> Loaded:
    """Read every post below a path.

    Parameters
    ----------
    path : a file or a folder; nothing in it is changed.
    form : one of `FORMATS`; without it each file's format is recognised.
    date_order : `dmy` or `mdy` for dates such as 3/4/2016 where the files alone do not tell.
    columns : field of a post -> column of a table, where the names do not tell.

    Raises
    ------
    InputError : the path is missing, the format is unknown, or there is not one post; a single bad file is not
        an error but a `problem` in `Loaded.files`.
    """
    if form is not None and form not in FORMATS:
        raise InputError(f"There is no format {form!r}.{did_you_mean(form, FORMATS)} There are: {', '.join(FORMATS)}.")
    if date_order not in (None, *DATE_ORDERS):
        raise InputError(f"The date order {date_order!r} is not dmy or mdy.")
    root = path if path.is_dir() else path.parent
    hints = Hints(author_files(root) if path.exists() else {}, columns or {}, date_order)
    site, files = Site(), []
    for file in find_files(path):
        relative = os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")
        files += _read_file(file, relative, site, form, hints)
    loaded = Loaded(site.posts(date_order), files, site.source, site.missing_listings())
    if not loaded.files:
        raise InputError(f"{path}: an empty folder; give a folder or file with posts.")
    if not loaded.posts:
        first = next((f for f in loaded.files if f.outcome == "problem"), loaded.files[0])
        more = f" (and {len(loaded.files) - 1} more files)" if len(loaded.files) > 1 else ""
        raise InputError(f"{path}: not one post found. {first.path}: {first.reason}{more}")
    return loaded


def _read_file(file: Path, relative: str, site: Site, form: str | None, hints: Hints) -> list[File]:
    """Read one file, or every response in a web archive, into `site`; return what became of each."""
    entry = File(relative, "")
    try:
        document = open_document(file, relative)
        entry.sha256 = document.sha256
        if file.name in COMPANIONS:
            entry.reason = COMPANIONS[file.name]
            return [entry]
        if not web_archive.is_archive(document):
            return [_read(web_archive.unpacked(document), site, form, hints, entry)]
        inner = [_read(response, site, form, hints, File(response.name, "")) for response in web_archive.responses(document, entry)]
    except LeftOut as reason:
        entry.reason = str(reason)
        return [entry]
    except InputError as error:
        entry.outcome, entry.reason = "problem", str(error)
        return [entry]
    entry.form, entry.posts = "warc", sum(response.posts for response in inner)
    entry.outcome, entry.reason = ("post", "") if entry.posts else ("left out", entry.reason or "a web archive without a post")
    return [entry, *inner]


def _read(document: Document, site: Site, form: str | None, hints: Hints, entry: File) -> File:
    """Read one document into `site` and return what became of it."""
    entry.sha256 = entry.sha256 or document.sha256
    try:
        entry.form = form or recognise(document)
        page: Page = import_module(f"discourse.load.{FORMATS[entry.form]}").read(document, hints)
        site.add(page)
        entry.outcome, entry.posts = "post" if page.posts else "left out", len(page.posts)
        entry.skipped = [{"item": EMAIL.sub("[e-mail]", item), "reason": reason} for item, reason in page.skipped]
        if not page.posts:
            entry.reason = "no post in it; read for what it says of the blog" if page.listings or page.source else "no post in it"
    except LeftOut as reason:
        entry.reason = str(reason)
    except InputError as error:
        entry.outcome, entry.reason = "problem", str(error)
    return entry
