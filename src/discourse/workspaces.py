"""Workspaces: a folder that holds the tables of one corpus, and how it changes: in one step, and by one run at a time.

Each table is part files, `posts/SOURCE/YEAR/0000-HASH.parquet`, whose names tell their content, and a manifest that
lists them. A run writes new parts beside the old ones and then puts a new manifest in place in one step: before it nothing has changed,
after it everything has. What no manifest lists is swept away by the next run. One run at a time may change a workspace (`locked`).
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.errors import WorkspaceError, did_you_mean
from discourse.paths import reporting, sha256, write_whole

if TYPE_CHECKING:
    import filelock
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "MANIFEST", "Part", "claim", "commit", "fingerprint", "holds", "is_whole", "keep", "locked", "manifest", "place", "read", "read_parts",
]  # fmt: skip

MANIFEST = "manifest.json"
LAYOUT = 2  # 1 held each table in one file
LOCK = ".lock"
BEGUN = (LOCK, "salt", "loaded.sqlite", "loaded.sqlite-journal")  # what a first load that was killed leaves beside tables
PART = re.compile(r"\d{4,}-[0-9a-f]{16}[.]parquet")
Part = dict[str, Any]  # how a manifest lists a file: `file`, `sha256`, `rows`, `made_from`


def claim(workspace: Path, originals: Path) -> None:
    """Check that a folder may become a workspace: it is none of the originals' and holds nothing that is not ours.

    Raises
    ------
    WorkspaceError : it is or holds the originals, lies within them, or holds other files.
    """
    if not originals.exists():
        return  # the loader says so
    folder, source = workspace.resolve(), originals.resolve()
    inside = folder == source.parent if source.is_file() else folder.is_relative_to(source)  # beside a single file is apart from it
    if inside or source.is_relative_to(folder):
        raise WorkspaceError(f"{workspace}: the originals are never written to; choose a folder apart from {originals}.")
    if (folder / MANIFEST).is_file():
        _record(workspace)
    elif folder.is_dir() and {path.name for path in folder.iterdir()} - {*BEGUN, *tables.tables()}:
        raise WorkspaceError(f"{workspace}: holds files that are not discourse's; choose an empty folder or a new name.")


@contextlib.contextmanager
def locked(workspace: Path, *, wait: bool = False) -> Iterator[None]:
    """Keep other runs from changing a workspace, and sweep away what a run that was stopped has left in it.

    The lock is the system's: it goes with the process that holds it, however that ends.

    Parameters
    ----------
    workspace : the folder; where there is none it is made, and taken away again where it did not become a workspace.
    wait : for the other run to end; without it there is an error at once.

    Raises
    ------
    WorkspaceError : another run is at work there, or the folder cannot be written.
    """
    lock = _acquired(workspace, wait=wait)
    try:
        _sweep(workspace)
        yield
    finally:
        _sweep(workspace)
        if not (workspace / MANIFEST).is_file():
            (workspace / LOCK).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                workspace.rmdir()
        lock.release()


def _acquired(workspace: Path, *, wait: bool) -> filelock.BaseFileLock:
    import filelock

    lock = filelock.FileLock(workspace / LOCK, timeout=-1 if wait else 0)
    while True:
        with reporting(workspace):
            workspace.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire()
            except filelock.Timeout as error:
                said = "another run is at work on this workspace; run this again when it has ended."
                raise WorkspaceError(f"{workspace}: {said}") from error
            except FileNotFoundError:
                continue  # the other run has taken the folder away, as nothing came to be in it
        if (workspace / LOCK).exists():
            return lock
        lock.release()


def _sweep(workspace: Path) -> None:
    """Delete the part files that the manifest does not list, and folders that hold nothing then."""
    record = _record(workspace) if (workspace / MANIFEST).is_file() else {}
    listed = {part["file"] for parts in ("parts", "carried") for some in record.get(parts, {}).values() for part in some}
    with reporting(workspace):
        for name in record.get("tables", {}) if "parts" not in record else ():
            (workspace / f"{name}.parquet").unlink(missing_ok=True)  # of a workspace of layout 1
        for file in list(workspace.rglob("*.parquet")):
            if PART.fullmatch(file.name) and file.relative_to(workspace).as_posix() not in listed:
                file.unlink(missing_ok=True)
        for folder in sorted((path for name in tables.tables() for path in workspace.glob(f"{name}/**/")), reverse=True):
            with contextlib.suppress(OSError):  # it still holds something
                folder.rmdir()


def _write(workspace: Path, place: str, data: bytes) -> tuple[str, str]:
    """Write a part file and return its name in the workspace and its SHA-256; one that is there already is left.

    Parameters
    ----------
    workspace : the folder.
    place : table, source, year and number of the part, such as `posts/myblog/2016/0000`.
    data : a Parquet file.
    """
    digest = sha256(data)
    file = f"{place}-{digest[:16]}.parquet"
    if not (workspace / file).is_file() or (workspace / file).read_bytes() != data:
        write_whole(workspace / file, data)
    return file, digest


def holds(workspace: Path, record: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Return whether a workspace holds these tables exactly as its manifest says."""
    listed = record.get("parts", {})
    return all(name in listed and all(is_whole(workspace, part) for part in listed[name]) for name in names)


def is_whole(workspace: Path, part: Part) -> bool:
    """Return whether the file of a part is there as the manifest says."""
    file = workspace / part["file"]
    return file.is_file() and sha256(file.read_bytes()) == str(part["sha256"])


def commit(workspace: Path, record: Mapping[str, Any]) -> dict[str, Any]:
    """Put a new manifest into a workspace, and with it the parts that it lists, in one step; return it.

    Parameters
    ----------
    workspace : the folder; it is created when missing.
    record : the whole new manifest.

    Raises
    ------
    WorkspaceError : the folder cannot be written or the disk is full; the workspace is then as it was.
    """
    record = {**record, "layout": LAYOUT}
    write_whole(workspace / MANIFEST, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode())
    return record


def manifest(workspace: Path) -> dict[str, Any]:
    """Return a workspace's manifest.

    Raises
    ------
    WorkspaceError : the folder is no workspace, or one of an earlier version.
    """
    record = _record(workspace)
    if record.get("layout") != LAYOUT:
        raise WorkspaceError(f"{workspace}: made by another version; load the corpus again: discourse load PATH --out {workspace}")
    return record


def _record(workspace: Path) -> dict[str, Any]:
    file = workspace / MANIFEST
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WorkspaceError(f"{workspace}: no workspace here; make one with: discourse load PATH --out {workspace}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise WorkspaceError(f"{file}: cannot be read ({error}); delete the folder, and load the corpus again.") from error
    if not isinstance(record, dict) or "corpus" not in record:
        raise WorkspaceError(f"{file}: this is not a manifest of discourse; choose another folder.")
    return record


def keep(workspace: Path, name: str, place: str, table: pd.DataFrame | pa.Table, *, made_from: str = "") -> Part:
    """Write one part of a table and return how a manifest lists it.

    Parameters
    ----------
    workspace : the folder.
    place : source, year and number of the part, such as `myblog/2016/0000`; of a table in one part its number alone.
    made_from : hash of all that the part was made from.
    """
    file, digest = _write(workspace, f"{name}/{place}", tables.to_bytes(name, table))
    return {"file": file, "sha256": digest, "rows": len(table), "made_from": made_from}


def place(part: Part) -> str:
    """Return source, year and number of a part.

    >>> place({"file": "posts/myblog/2016/0000-0123456789abcdef.parquet"})
    'myblog/2016/0000'
    """
    return str(part["file"]).partition("/")[2].rpartition("-")[0]


def fingerprint(parts: Sequence[Part]) -> str:
    """Return one SHA-256 over the content of a table, part by part."""
    return sha256("".join(part["sha256"] for part in parts).encode())


def read(workspace: Path, name: str, *, columns: Sequence[str] | None = None, parts: Sequence[Part] | None = None) -> pd.DataFrame:
    """Read one table of a workspace.

    Parameters
    ----------
    workspace, name : which table.
    columns : these alone.
    parts : these alone; without them those that the manifest lists.

    Raises
    ------
    WorkspaceError : there is no such table, or a file of it is damaged.
    """
    import pyarrow as pa

    while True:
        listed = _listed(workspace, name) if parts is None else parts
        try:
            return tables.to_pandas(pa.concat_tables([_arrow(workspace, name, part, columns) for part in listed]))
        except WorkspaceError:
            if parts is not None or _listed(workspace, name) == listed:  # else a run has put new parts in place meanwhile
                raise


def read_parts(workspace: Path, name: str, *, columns: Sequence[str] | None = None) -> Iterator[tuple[Part, pd.DataFrame]]:
    """Yield the parts of a table, one by one, each with how the manifest lists it.

    Raises
    ------
    WorkspaceError : as `read` does.
    """
    for part in _listed(workspace, name):
        yield part, tables.to_pandas(_arrow(workspace, name, part, columns))


def _listed(workspace: Path, name: str) -> list[Part]:
    if name not in tables.tables():
        raise WorkspaceError(f"There is no table {name!r}.{did_you_mean(name, tables.tables())}")
    listed: list[Part] | None = manifest(Path(workspace)).get("parts", {}).get(name)
    if listed is None:
        raise WorkspaceError(f"{workspace}: holds no {name} yet; {_MADE_BY[name].format(workspace)}")
    return listed


def _arrow(workspace: Path, name: str, part: Part, columns: Sequence[str] | None) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file, schema = Path(workspace) / part["file"], tables.schema(name)
    wanted = list(schema.names if columns is None else columns)
    try:
        return pq.ParquetFile(file).read(wanted).select(wanted).cast(pa.schema([schema.field(column) for column in wanted]))
    except FileNotFoundError as error:
        raise WorkspaceError(f"{file}: not there; {_MADE_BY[name].format(workspace)}") from error
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError, ValueError) as error:
        raise WorkspaceError(f"{file}: damaged ({error}); {_MADE_BY[name].format(workspace)}") from error


_MADE_BY = {
    **dict.fromkeys(("posts", "sources", "notes", "comments"), "load the corpus with: discourse load PATH --out {}"),
    **dict.fromkeys(("sentences", "mentions", "codings"), "make it with: discourse tag {}"),
    **dict.fromkeys(("counts", "estimates"), "make it with: discourse measure {}"),
}
