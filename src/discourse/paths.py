"""Where files live and how they are written: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from discourse.errors import WorkspaceError

__all__ = [
    "file_hash",
    "filled",
    "folder_for",
    "keep_secret",
    "program",
    "project",
    "reporting",
    "resource",
    "resource_rows",
    "secret",
    "sha256",
    "write_whole",
]

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


@cache
def program(*parts: str) -> str:
    """Return one SHA-256 over the package's own code in some folders or files of it: what they do may change with it."""
    here = Path(__file__).parent
    files = [file for part in parts for file in (sorted((here / part).rglob("*.py")) or [here / part])]
    return sha256(b"".join(sha256(file.read_bytes()).encode() for file in files))


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece, or an empty text where it cannot be read."""
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def reporting(path: Path) -> Iterator[None]:
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
    with reporting(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash, sees the old content or the new and never a part."""
    with reporting(path):
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
    with reporting(folder):
        if folder.is_dir() and (other := sorted({path.name for path in folder.iterdir()} - {*names, PENDING})):
            raise WorkspaceError(f"{folder}: holds other files ({other[0]}); choose an empty folder or a new name.")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(pending, ignore_errors=True)
        pending.mkdir()
    try:
        yield pending
        with reporting(folder):
            for file in sorted(pending.iterdir(), key=lambda file: file.name == names[0]):
                file.replace(folder / file.name)
    finally:
        shutil.rmtree(pending, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()
