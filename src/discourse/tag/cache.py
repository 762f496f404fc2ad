"""What has been tagged before: one row a post, keyed by what went in, so that a stopped run goes on and an edit costs one post."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from discourse.errors import WorkspaceError
from discourse.paths import sha256

__all__ = ["Cache", "key"]


def key(*parts: str) -> str:
    """Return the SHA-256 under which the result for these inputs is kept."""
    return sha256("\0".join(parts).encode())


class Cache:
    """Tagged posts in an SQLite file; each part of a run is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises
        ------
        WorkspaceError : it cannot be opened.
        """
        self.path = path
        try:
            self._connection = sqlite3.connect(path)
            with self._connection as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS tagged (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        except sqlite3.Error as error:
            raise WorkspaceError(f"{path}: cannot be opened ({error}); delete it, and tag again.") from error

    def has(self, name: str) -> bool:
        """Return whether something is kept under a key."""
        return self._connection.execute("SELECT 1 FROM tagged WHERE key = ?", (name,)).fetchone() is not None

    def get(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """Return what is kept under a key."""
        (value,) = self._connection.execute("SELECT value FROM tagged WHERE key = ?", (name,)).fetchone()
        rows: dict[str, list[dict[str, Any]]] = json.loads(value)
        return rows

    def put(self, results: Mapping[str, Any]) -> None:
        """Keep one part's results: all of them or none."""
        try:
            with self._connection as connection:
                rows = [(name, json.dumps(value, ensure_ascii=False)) for name, value in results.items()]
                connection.executemany("INSERT OR REPLACE INTO tagged VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise WorkspaceError(f"{self.path}: cannot be written ({error}); free some space, and tag again.") from error

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget what no post of the corpus needs any more, and close the file."""
        wanted = set(names)
        with self._connection as connection:
            stale = [(name,) for (name,) in connection.execute("SELECT key FROM tagged") if name not in wanted]
            connection.executemany("DELETE FROM tagged WHERE key = ?", stale)
        self._connection.close()
