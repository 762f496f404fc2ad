"""Tagging a corpus: post by post, each kept under the hash of what went in, wherever it was tagged."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.errors import WorkerError
from discourse.kept import Kept, key, packed, unpacked
from discourse.tag.post import Rows, tag_post
from discourse.tag.tagger import Choice, Tagger, tagger_from
from discourse.workers import Run, batches_of, filled

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["READ", "tag", "tagged"]

TABLES = ("sentences", "mentions", "codings")
READ = ("post_id", "language", "text")  # columns of `posts` that are looked at
BATCH = 16
FORM = "columns"  # of what is kept


def tag(posts: Iterable[pd.DataFrame], choice: Choice, *, kept: Kept, run: Run, progress: Callable[[int], None] = lambda done: None) -> int:
    """Tag the posts that are not kept yet, keep what is found in them, and return how many they were.

    Each post is tagged by itself, so it does not matter in what order and company, and in which process.

    Parameters
    ----------
    posts : parts of the table `posts`, with the columns `READ`; they are read one after the other.
    choice : what to tag with.
    kept : where tagged posts are kept, batch by batch.
    run : made by `workers`.
    progress : called with the number of posts done.

    Raises
    ------
    WorkspaceError : what is kept cannot be read or written.
    WorkerError : see `workers`; or a worker has other files than this process.
    """
    fingerprint = tagger_from(choice).fingerprint
    known = 0

    def missing() -> Iterator[tuple[str, tuple[str, str]]]:
        nonlocal known
        for part in posts:
            given = _given(part, fingerprint)
            lacking = kept.missing(given)
            known += len(part) - len(lacking)
            yield from ((name, given[name]) for name in lacking)

    anew = 0
    for done in filled(kept, batches_of(missing(), BATCH), functools.partial(_tag, choice=choice, fingerprint=fingerprint), run):
        anew += done
        progress(known + anew)
    progress(known + anew)
    return anew


def tagged(posts: pd.DataFrame, fingerprint: str, kept: Kept) -> dict[str, pa.Table]:
    """Return the tables `sentences`, `mentions` and `codings` of posts that were tagged, as Parquet files hold them.

    Parameters
    ----------
    posts : a part of the table `posts`, with the columns `READ`.
    fingerprint : of the tagger.
    kept : where they are kept.
    """
    given = _given(posts, fingerprint)
    found = {name: unpacked(data) for name, data in kept.get(given).items()}
    names = {value: name for name, value in given.items()}
    built: dict[str, dict[str, list[Any]]] = {table: {column: [] for column in tables.tables()[table].columns} for table in TABLES}
    for post_id, language, text in posts[list(READ)].itertuples(index=False, name=None):
        for table, columns in found[names[language, text]].items():
            for column, values in columns.items():
                built[table][column] += values
            built[table]["post_id"] += [post_id] * len(values)
    return {table: tables.from_columns(table, columns) for table, columns in built.items()}


def _given(posts: pd.DataFrame, fingerprint: str) -> dict[str, tuple[str, str]]:
    """Return key -> language and text."""
    pairs = zip(posts["language"], posts["text"], strict=True)
    return {key(FORM, fingerprint, language, text): (language, text) for language, text in pairs}


def _tag(batch: Mapping[str, tuple[str, str]], *, choice: Choice, fingerprint: str) -> dict[str, bytes]:
    """Tag a batch, in whatever process: key -> the columns of its tables."""
    tagger = _tagger(choice, fingerprint)
    return {name: packed(_columns(tag_post(text, language, tagger))) for name, (language, text) in batch.items()}


def _columns(rows: Rows) -> dict[str, dict[str, list[Any]]]:
    """Return table -> column -> values, without `post_id`: a third of the time and room that rows take."""
    wanted = {table: tables.without(table, "post_id") for table in TABLES}
    return {table: {column: [row[column] for row in rows[table]] for column in columns} for table, columns in wanted.items()}


@functools.lru_cache(maxsize=1)
def _tagger(choice: Choice, fingerprint: str) -> Tagger:
    """Return this process's tagger, loaded once a run."""
    tagger = tagger_from(choice)
    if tagger.fingerprint != fingerprint:
        raise WorkerError("A worker tags with another version, codebook, gazetteer, pipeline or model; give all machines the same files.")
    return tagger
