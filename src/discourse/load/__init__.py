"""Load: files become raw posts, and every file is accounted for.

The door is `load`. Formats are recognised from each file, or named:

- `markdown`: Markdown posts with YAML, TOML or JSON front matter (Hugo, Jekyll, exports to them)
- `page-text`: the text of a blog page as copied from a browser, one or several posts
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from discourse.errors import InputError, did_you_mean
from discourse.load import markdown, page_text
from discourse.load.reading import File, Loaded, find_files
from discourse.load.sources import DATE_ORDERS, declared
from discourse.paths import sha256

__all__ = ["FORMATS", "Loaded", "declared", "load"]

FORMATS = ("markdown", "page-text")
COMPANIONS = {
    "corrections.csv": "the corpus's corrections, applied to its posts",
    "sources.toml": "what is known of the source",
}
ENDINGS = {".md": "markdown", ".markdown": "markdown", ".txt": "page-text"}
Authors = Mapping[str, Mapping[str, str]]


def load(path: Path, *, form: str | None = None, date_order: str | None = None) -> Loaded:
    """Read every post below a path.

    Parameters
    ----------
    path : a file or a folder; nothing in it is changed.
    form : one of `FORMATS`; without it each file's format is recognised.
    date_order : `dmy` or `mdy` for dates such as 3/4/2016 where the files alone do not tell.

    Raises
    ------
    InputError : the path is missing, the format is unknown, or there is not one post; a single bad file is not
        an error but a `problem` in `Loaded.files`.
    """
    if form is not None and form not in FORMATS:
        raise InputError(f"There is no format {form!r}.{did_you_mean(form, FORMATS)}")
    if date_order not in (None, *DATE_ORDERS):
        raise InputError(f"The date order {date_order!r} is not dmy or mdy.")
    root = path if path.is_dir() else path.parent
    loaded = Loaded()
    authors = markdown.author_files(root) if path.exists() else {}
    for file in find_files(path):
        relative = os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")
        loaded.files.append(_read(file, relative, loaded, form or ENDINGS.get(file.suffix.lower()), authors, date_order))
    if not loaded.files:
        raise InputError(f"{path}: an empty folder; give a folder or file with posts.")
    if not loaded.posts:
        first = next((f for f in loaded.files if f.outcome == "problem"), loaded.files[0])
        more = f" (and {len(loaded.files) - 1} more files)" if len(loaded.files) > 1 else ""
        raise InputError(f"{path}: not one post found. {first.path}: {first.reason}{more}")
    return loaded


def _read(file: Path, relative: str, loaded: Loaded, form: str | None, authors: Authors, date_order: str | None) -> File:
    """Read one file into `loaded` and return what became of it."""
    entry = File(relative, "")
    try:
        if file.is_symlink() and (file.is_dir() or not file.resolve().is_relative_to(file.parent.resolve())):
            entry.reason = "a link that leads elsewhere; not followed"
            return entry
        entry.sha256 = sha256(file.read_bytes())
        if file.name in COMPANIONS or form is None:
            entry.reason = COMPANIONS.get(file.name, f"{file.suffix or 'no ending'}: not a format of posts")
        elif form == "markdown":
            loaded.posts.extend(found := markdown.read(file, relative, authors=authors))
            entry.outcome, entry.posts = "post", len(found)
        else:
            page = page_text.read(file, relative, date_order=date_order)
            loaded.posts.extend(page.posts)
            loaded.source |= page.source
            entry.outcome, entry.posts = "post", len(page.posts)
    except markdown.LeftOut as reason:
        entry.reason = str(reason)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        entry.outcome, entry.reason = "problem", f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file."
    except InputError as error:
        entry.outcome, entry.reason = "problem", str(error)
    return entry
