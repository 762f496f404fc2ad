"""Tagging a corpus: post by post, kept under the hash of what went in, in one process or several."""

from __future__ import annotations

import functools
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from discourse import tables
from discourse.errors import PipelineError
from discourse.tag.cache import Cache, key
from discourse.tag.post import Rows, tag_post
from discourse.tag.tagger import Choice, Tagger, tagger_from

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["tag"]

PART = 50
FEWEST_FOR_JOBS = 100


def tag(
    posts: pd.DataFrame, choice: Choice, *, cache_file: Path, jobs: int = 1, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[dict[str, pd.DataFrame], int]:
    """Tag every post and return the tables `sentences`, `mentions` and `codings`, and how many posts were tagged anew.

    Each post is tagged by itself, so the tables depend neither on the order of posts nor on the number of processes.

    Parameters
    ----------
    posts : the table `posts`.
    choice : what to tag with.
    cache_file : in which tagged posts are kept, part by part.
    jobs : number of processes; a small corpus is tagged in one.
    progress : called with the number of posts done and of all posts.

    Raises
    ------
    WorkspaceError : the cache cannot be read or written.
    """
    fingerprint = tagger_from(choice).fingerprint
    kept = Cache(cache_file)
    inputs = list(zip(posts["text"], posts["language"], strict=True))
    names = [key(fingerprint, language, text) for text, language in inputs]
    missing = {name: given for name, given in zip(names, inputs, strict=True) if not kept.has(name)}
    part: dict[str, Rows] = {}
    for done, (name, rows) in enumerate(_tagged(missing, choice, jobs), start=len(set(names)) - len(missing) + 1):
        part[name] = rows
        if len(part) >= PART or done == len(set(names)):
            kept.put(part)
            part = {}
        progress(done, len(set(names)))
    built: Rows = {"sentences": [], "mentions": [], "codings": []}
    for name, post_id in zip(names, posts["post_id"], strict=True):
        for table, content in kept.get(name).items():
            built[table] += [{"post_id": post_id, **row} for row in content]
    kept.keep_only(names)
    return {table: tables.build(table, content) for table, content in built.items()}, len(missing)


def _tagged(missing: dict[str, tuple[str, str]], choice: Choice, jobs: int) -> Iterator[tuple[str, Rows]]:
    """Yield the key and the rows of each post, in order, from one process or several."""
    if jobs <= 1 or len(missing) < FEWEST_FOR_JOBS:
        tagger = tagger_from(choice)
        yield from ((name, tag_post(text, language, tagger)) for name, (text, language) in missing.items())
        return
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
            yield from zip(missing, pool.map(_tag_one, *zip(*missing.values(), strict=True), repeat(choice), chunksize=8), strict=True)
    except BrokenProcessPool as error:
        raise PipelineError(
            "A process was ended, perhaps for lack of memory; run the same command again to go on, with --jobs 1."
        ) from error


def _end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=[parent], daemon=True).start()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


@functools.cache
def _own_tagger(choice: Choice) -> Tagger:
    """Return this process's tagger, loaded once."""
    return tagger_from(choice)


def _tag_one(text: str, language: str, choice: Choice) -> Rows:
    return tag_post(text, language, _own_tagger(choice))
