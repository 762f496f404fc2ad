"""Kept: results of pure functions in an SQLite file, under the hash of what went in.

So a stopped run goes on where it was, and an edit costs one post. What a whole run has not used is forgotten at its end.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from discourse.errors import WorkspaceError
from discourse.paths import sha256

__all__ = ["Kept", "Shelf", "kept_in", "key", "packed", "unpacked"]

T = TypeVar("T")
AT_ONCE = 500
LEVEL = 1  # of compression: a tenth of the time of the usual level, for files that are a quarter larger


def key(*parts: str) -> str:
    """Return the SHA-256 under which the result for these inputs is kept."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass"))


def packed(value: Any) -> bytes:
    """Return a value of JSON as it is kept."""
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), LEVEL)


def unpacked(data: bytes) -> Any:
    """Return the value that `packed` made these bytes of."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


class Kept:
    """Results by key; made by `kept_in`. Each `put` is one transaction: all of it is kept or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin a run, which has used nothing yet."""
        self._connection = connection
        connection.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
        connection.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def missing(self, keys: Iterable[str]) -> list[str]:
        """Return the keys under which nothing is kept and that were not asked for before in this run; all of them count as used."""
        asked = list(dict.fromkeys(keys))
        there = {name for table in ("kept", "used") for (name,) in self._select("key", asked, table)}
        with self._connection as connection:
            connection.executemany("INSERT OR IGNORE INTO used VALUES (?)", [(name,) for name in asked])
        return [name for name in asked if name not in there]

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under some keys."""
        return dict(self._select("key, value", list(dict.fromkeys(keys))))

    def put(self, results: Mapping[str, bytes]) -> None:
        """Keep some results: all of them or none."""
        with self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", list(results.items()))

    def forget_unused(self) -> None:
        """Forget what this run has not used."""
        with self._connection as connection:
            connection.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM used)")

    def _select(self, columns: str, names: list[str], table: str = "kept") -> Iterator[Any]:
        for first in range(0, len(names), AT_ONCE):
            some = names[first : first + AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from self._connection.execute(f"SELECT {columns} FROM {table} WHERE key IN ({marks})", some).fetchall()  # noqa: S608


@contextmanager
def kept_in(path: Path) -> Iterator[Kept]:
    """Open or make the file, for one run.

    Raises
    ------
    WorkspaceError : it cannot be opened, is no file of ours, or cannot be read or written at any moment of the run.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            yield Kept(connection)
    except sqlite3.Error as error:
        raise WorkspaceError(f"{path}: cannot be read or written ({error}); free some space, or delete it, and run this again.") from error


class Shelf(MutableMapping[str, T]):
    """A mapping that lies on disk while a run lasts; keys keep the order in which they came first.

    Parameters
    ----------
    pack, unpack : turn a value into what JSON can hold, and back.
    """

    def __init__(self, pack: Callable[[T], Any], unpack: Callable[[Any], T]) -> None:
        self._pack, self._unpack = pack, unpack
        self._connection = sqlite3.connect("", isolation_level=None)  # a file without a name, which goes with the connection
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("CREATE TABLE shelf (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL)")

    def __getitem__(self, name: str) -> T:
        """Return the value of a key."""
        found = self._connection.execute("SELECT value FROM shelf WHERE key = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return self._unpack(unpacked(found[0]))

    def __setitem__(self, name: str, value: T) -> None:
        """Put a value; a key that is there keeps its place."""
        put = "INSERT INTO shelf (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self._connection.execute(put, (name, packed(self._pack(value))))

    def __delitem__(self, name: str) -> None:
        """Take a key away."""
        if not self._connection.execute("DELETE FROM shelf WHERE key = ?", (name,)).rowcount:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, in the order in which they came first."""
        for (name,) in self._connection.execute("SELECT key FROM shelf ORDER BY n"):
            yield name

    def __len__(self) -> int:
        """Return the number of keys."""
        (n,) = self._connection.execute("SELECT count(*) FROM shelf").fetchone()
        return int(n)
