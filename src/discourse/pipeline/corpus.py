"""From a blog to a workspace: fetch, load, clean."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from discourse import paths, tables
from discourse.errors import InputError
from discourse.pipeline.workspace import Progress, commit, quiet

__all__ = ["fetch_corpus", "load_corpus"]

SALT = "salt"


def fetch_corpus(name: str, out: Path | str, *, progress: Progress = quiet, **bounds: Any) -> dict[str, Any]:
    """Fetch a blog into a folder of web archives, or go on with that, and return what was done.

    Parameters
    ----------
    name : of a source in `sources.toml`, or the address of a blog.
    out : the folder, such as `data/raw/NAME`.
    progress : called with what is done, how many pages are done, and of how many.
    bounds : fields of `discourse.fetch.Job`, `contact` first of all.

    Raises
    ------
    FetchError, InputError : one line that says what is wrong and what to do; what was fetched before is kept.
    """
    from discourse.fetch import Job, clone, fetch
    from discourse.load import declare, find_source

    out = Path(out)
    source = find_source(name)
    if source.get("repository"):
        declare(out, source)
        return clone(source["repository"], out, posts=source.get("posts", ""))
    job = Job(out.resolve().name, source["start"], source.get("follow", []), **bounds).checked()
    declare(out, source)
    return fetch(job, out, progress=lambda done, of: progress("Fetching pages", done, of))


def load_corpus(
    path: Path | str, out: Path | str, *, source: str | None = None, form: str | None = None,
    date_order: str | None = None, columns: dict[str, str] | None = None, keep_names: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Load and clean posts into a workspace and return its manifest.

    Parameters
    ----------
    path : a file or folder with posts; nothing in it is changed. `corrections.csv` in it is applied, `sources.toml` in or beside it read.
    out : the workspace; what it held of another load is replaced.
    source : short name of the blog; without it the folder's name.
    form : format of the posts; without it each file's is recognised.
    date_order : `dmy` or `mdy` for dates such as 3/4/2016.
    columns : field of a post -> column, for tables whose column names do not tell.
    keep_names : keep commenters' names, which are pseudonyms otherwise.

    Raises
    ------
    DiscourseError : one line that says what is wrong, where, and what to do; the workspace is then as it was.
    """
    from discourse.clean import clean, read_corrections, summarise
    from discourse.load import declared, load

    path, out = Path(path), Path(out)
    folder = path if path.is_dir() else path.parent
    name = source or folder.resolve().name
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise InputError(f"{name!r} is no name for a source; say one of letters, digits, points and hyphens with --source.")
    paths.claim(out, path)
    known = declared(folder, name)
    loaded = load(path, form=form, date_order=date_order or known.get("date_order"), columns=columns)
    corrections = read_corrections(folder / "corrections.csv") if (folder / "corrections.csv").is_file() else []
    salt = None if keep_names else paths.secret(out / SALT)
    cleaned = clean(loaded.posts, source=name, corrections=corrections, salt=salt, licence=known.get("licence"), partial=path.is_file())
    used = {c for names in cleaned["posts"]["categories_raw"].dropna() for c in names}
    row = {"source": name, "title": name, "platform": loaded.platform, "categories": sorted(used)}
    row |= {key: value for key, value in {**loaded.source, **known, "date_order": loaded.source.get("date_order")}.items() if value}
    made = cleaned | {"sources": tables.build("sources", [row])}
    record = {
        "corpus": {"source": name, "title": row["title"], "keep_names": keep_names},
        "files": [asdict(file) for file in loaded.files],
        "problems": loaded.problems(),
        "summary": summarise(cleaned["posts"]),
        "corrections": len(corrections),
        "chosen": paths.manifest(out).get("chosen", {}) if (out / paths.MANIFEST).is_file() else {},
    }
    record = commit(out, made, record)
    if salt is not None:
        paths.keep_secret(out / SALT, salt)
    return record
