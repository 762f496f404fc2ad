"""The workspace: how a stage's tables come in and go out, and how it is known that they are current."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, tables
from discourse.errors import WorkspaceError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Progress", "commit", "current", "quiet", "table"]

Progress = Callable[[str, int, int], None]


def quiet(what: str, done: int, of: int) -> None:
    """Show no progress."""


def commit(workspace: Path, made: dict[str, pd.DataFrame], record: dict[str, Any]) -> dict[str, Any]:
    """Write tables and manifest in one step and return the manifest, which names every table's content by its hash."""
    files = {f"{name}.parquet": tables.to_bytes(name, frame) for name, frame in made.items()}
    hashes = record.get("tables", {}) | {name: paths.sha256(files[f"{name}.parquet"]) for name in made}
    record = {**record, "tables": hashes}
    paths.commit(workspace, files, record)
    return record


def current(workspace: Path, stage: str, table_name: str, done: str) -> dict[str, Any]:
    """Return the manifest, after checking that a stage was run on the table as it is now."""
    record = paths.manifest(workspace)
    if record.get(stage, {}).get(table_name) != record["tables"].get(table_name):
        why = f"{table_name} have changed since they were {done}" if stage in record else f"{table_name} were never {done}"
        raise WorkspaceError(f"{workspace}: {why}; run: discourse {stage} {workspace}")
    return record


def table(workspace: Path | str, name: str) -> pd.DataFrame:
    """Read one table of a workspace as a data frame."""
    paths.manifest(Path(workspace))
    return tables.read(Path(workspace), name)
