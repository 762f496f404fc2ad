"""From a blog on the web to a folder of what it said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.pipeline.workspace import Progress, quiet

if TYPE_CHECKING:
    pass

__all__ = ["fetch_corpus"]


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
