"""Where files live and how they are written: whole or not at all.

A workspace changes in one step. `commit` first writes every new file into `.new/` with the manifest last, then moves
them into place with the manifest last again. A run that stops before `.new/manifest.json` exists has changed nothing;
one that stops after it is finished by the next command (`settle`).
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from discourse.errors import WorkspaceError

__all__ = [
    "claim",
    "commit",
    "filled",
    "folder_for",
    "holds",
    "keep_secret",
    "manifest",
    "project",
    "resource",
    "resource_rows",
    "secret",
    "settle",
    "sha256",
    "write_whole",
]

MANIFEST = "manifest.json"
PENDING = ".new"


def resource(*parts: str) -> Path:
    """Return the path of a data file that is shipped inside the package."""
    return Path(__file__).with_name("resources").joinpath(*parts)


def resource_rows(*parts: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file that is shipped inside the package."""
    with resource(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def project(*parts: str) -> Path:
    """Return the path of something that comes with the project: the sample, the notebooks; from the checkout or the installed package.

    Raises
    ------
    WorkspaceError : neither holds it.
    """
    package = Path(__file__).parent
    for root in (package / "embedded", package.parents[1]):
        if (path := root.joinpath(*parts)).exists():
            return path
    raise WorkspaceError(f"{'/'.join(parts)}: not found beside the package; run from a checkout of the project, or reinstall.")


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of some bytes.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def _reporting(path: Path) -> Iterator[None]:
    """Turn an operating-system error while writing into one line with the path and the way out."""
    try:
        yield
    except PermissionError as error:
        raise WorkspaceError(f"{path}: no permission to write here; choose another folder or change its rights.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkspaceError(f"{path}: could not be written ({reason}); nothing was changed.") from error


def folder_for(path: Path) -> Path:
    """Create a folder for output, or say in one line why it cannot be."""
    with _reporting(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash, sees the old content or the new and never a part."""
    with _reporting(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def secret(file: Path) -> str:
    """Return the secret that a file holds, or a new one, which `keep_secret` puts there once it is of use."""
    return file.read_text(encoding="ascii") if file.is_file() else secrets.token_hex(16)


def keep_secret(file: Path, value: str) -> None:
    """Write a secret that its owner alone may read."""
    write_whole(file, value.encode(), mode=0o600)


@contextlib.contextmanager
def filled(folder: Path, ours: Iterable[str]) -> Iterator[Path]:
    """Yield an empty folder; what is written into it is moved into `folder` at the end, or swept away with any error.

    Parameters
    ----------
    folder : is created when missing.
    ours : file names that it may hold already; they are replaced, the first one last.

    Raises
    ------
    WorkspaceError : the folder holds other files, or cannot be written; this is said at once, before any work.
    """
    names = tuple(ours)
    is_new, pending = not folder.exists(), folder / PENDING
    with _reporting(folder):
        if folder.is_dir() and (other := sorted({path.name for path in folder.iterdir()} - {*names, PENDING})):
            raise WorkspaceError(f"{folder}: holds other files ({other[0]}); choose an empty folder or a new name.")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(pending, ignore_errors=True)
        pending.mkdir()
    try:
        yield pending
        with _reporting(folder):
            for file in sorted(pending.iterdir(), key=lambda file: file.name == names[0]):
                file.replace(folder / file.name)
    finally:
        shutil.rmtree(pending, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def settle(workspace: Path) -> None:
    """Finish a commit that was interrupted after its last write, and sweep away one interrupted before it."""
    pending = workspace / PENDING
    if (pending / MANIFEST).is_file():
        with _reporting(workspace):
            listed = json.loads((pending / MANIFEST).read_text(encoding="utf-8")).get("tables", {})
            for stale in workspace.glob("*.parquet"):
                if stale.stem not in listed:
                    stale.unlink()
            for file in sorted(pending.iterdir(), key=lambda file: file.name == MANIFEST):
                file.replace(workspace / file.name)
    shutil.rmtree(pending, ignore_errors=True)


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
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PENDING).exists():
        if not (folder / MANIFEST).is_file():
            raise WorkspaceError(f"{workspace}: holds files that are not discourse's; choose an empty folder or a new name.")
        manifest(workspace)


def holds(workspace: Path, record: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Return whether a workspace holds these tables exactly as its manifest says."""
    files = {name: workspace / f"{name}.parquet" for name in names}
    return all(file.is_file() and sha256(file.read_bytes()) == record["tables"].get(name) for name, file in files.items())


def commit(workspace: Path, files: Mapping[str, bytes], record: Mapping[str, Any]) -> None:
    """Put new files and the new manifest into a workspace in one step.

    Parameters
    ----------
    workspace : the folder; it is created when missing.
    files : file name -> content.
    record : the whole new manifest.

    Raises
    ------
    WorkspaceError : the folder cannot be written or the disk is full; the workspace is then as it was.
    """
    folder_for(workspace)
    settle(workspace)
    pending = folder_for(workspace / PENDING)
    try:
        for name, data in files.items():
            write_whole(pending / name, data)
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(pending / MANIFEST, text.encode())
    except BaseException:
        shutil.rmtree(pending, ignore_errors=True)
        if not any(workspace.iterdir()):
            workspace.rmdir()
        raise
    settle(workspace)


def manifest(workspace: Path) -> dict[str, Any]:
    """Return a workspace's manifest.

    Raises
    ------
    WorkspaceError : the folder is no workspace.
    """
    file = workspace / MANIFEST
    if (workspace / PENDING).is_dir():
        settle(workspace)
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WorkspaceError(f"{workspace}: no workspace here; make one with: discourse load PATH --out {workspace}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise WorkspaceError(f"{file}: cannot be read ({error}); delete the folder, and load the corpus again.") from error
    if not isinstance(record, dict) or "corpus" not in record:
        raise WorkspaceError(f"{file}: this is not a manifest of discourse; choose another folder.")
    return record
