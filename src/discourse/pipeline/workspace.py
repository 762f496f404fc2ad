"""The workspace: how a stage's tables come in and go out, and how it is known that they are current."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import workspaces
from discourse.errors import WorkspaceError
from discourse.workspaces import Part

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Progress", "commit", "current", "parts_before", "quiet", "table"]

Progress = Callable[[str, int, int], None]


def quiet(what: str, done: int, of: int) -> None:
    """Show no progress."""


def commit(workspace: Path, made: Mapping[str, Sequence[Part]], record: Mapping[str, Any]) -> dict[str, Any]:
    """Put a manifest in place that lists these parts, and return it; it names every table's content by a hash."""
    parts = record.get("parts", {}) | {name: list(some) for name, some in made.items()}
    carried = {name: some for name, some in record.get("carried", {}).items() if name not in parts}
    hashes = {name: workspaces.fingerprint(some) for name, some in parts.items()}
    return workspaces.commit(workspace, {**record, "parts": parts, "carried": carried, "tables": hashes})


def parts_before(record: Mapping[str, Any], workspace: Path, names: Sequence[str]) -> dict[str, dict[str, Part]]:
    """Return what a part was made from -> table -> that part, of parts that are there in all these tables."""
    found: dict[str, dict[str, Part]] = {}
    for name in names:
        for part in record.get("parts", {}).get(name) or record.get("carried", {}).get(name, ()):
            if workspaces.is_whole(workspace, part):
                found.setdefault(part["made_from"], {})[name] = part
    return {made_from: some for made_from, some in found.items() if len(some) == len(names)}


def current(workspace: Path, stage: str, table_name: str, done: str) -> dict[str, Any]:
    """Return the manifest, after checking that a stage was run on the table as it is now."""
    record = workspaces.manifest(workspace)
    if record.get(stage, {}).get(table_name) != record["tables"].get(table_name):
        why = f"{table_name} have changed since they were {done}" if stage in record else f"{table_name} were never {done}"
        raise WorkspaceError(f"{workspace}: {why}; run: discourse {stage} {workspace}")
    return record


def table(workspace: Path | str, name: str) -> pd.DataFrame:
    """Read one table of a workspace as a data frame."""
    return workspaces.read(Path(workspace), name)
