"""Load: files become raw posts, and every file is accounted for.

The door is `load`. Formats are recognised from each file, or named; each is a module beside this one whose docstring lists its fields and
quirks. What many pages tell of one blog meets in `site`. What is too large for memory is joined from the same pieces: `files_below`,
`hints_for`, `read_file` for each, and a `Site` whose posts lie on disk.
"""

from __future__ import annotations

from pathlib import Path

from discourse.errors import InputError, did_you_mean
from discourse.load.as_json import post_from_dict, post_to_dict, read_from_dict, read_to_dict
from discourse.load.files import FORMATS, Read, files_below, read_file
from discourse.load.loaded import Loaded, platform, problems, refuse_empty
from discourse.load.markdown.author_files import author_files
from discourse.load.page import Hints
from discourse.load.site import Site
from discourse.load.sources import DATE_ORDERS, declare, declared, find_source, known_sources

__all__ = [
    "FORMATS",
    "Hints",
    "Loaded",
    "Read",
    "Site",
    "declare",
    "declared",
    "files_below",
    "find_source",
    "hints_for",
    "known_sources",
    "load",
    "platform",
    "post_from_dict",
    "post_to_dict",
    "problems",
    "read_file",
    "read_from_dict",
    "read_to_dict",
    "refuse_empty",
]


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
    hints = hints_for(path, form=form, date_order=date_order, columns=columns)
    site, files = Site(), []
    for file, name in files_below(path):
        read = read_file(file, name, form=form, hints=hints)
        files += read.files
        for page in read.pages:
            site.add(page)
    refuse_empty(path, files)
    return Loaded(list(site.posts(date_order)), files, site.source, site.missing_listings())


def hints_for(path: Path, *, form: str | None = None, date_order: str | None = None, columns: dict[str, str] | None = None) -> Hints:
    """Return what is known before the files below a path are read; parameters are those of `load`.

    Raises
    ------
    InputError : there is no such format, or no such order of dates.
    """
    if form is not None and form not in FORMATS:
        raise InputError(f"There is no format {form!r}.{did_you_mean(form, FORMATS)} There are: {', '.join(FORMATS)}.")
    if date_order not in (None, *DATE_ORDERS):
        raise InputError(f"The date order {date_order!r} is not dmy or mdy.")
    return Hints(author_files(path if path.is_dir() else path.parent) if path.exists() else {}, columns or {}, date_order)
