"""Files as they are found: walked, hashed, decoded, and each accounted for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.errors import InputError
from discourse.paths import sha256
from discourse.tables import RawPost

__all__ = ["File", "Loaded", "find_files", "read_text"]

LARGEST_FILE = 50_000_000
SNIFFED = 8192


@dataclass
class File:
    """One input file and what became of it: `post`, `left out` or `problem`, with the reason."""

    path: str
    sha256: str
    outcome: str = "left out"
    reason: str = ""
    posts: int = 0


@dataclass
class Loaded:
    """What a loader found: posts, an account of every file, and what the pages say of the blog itself."""

    posts: list[RawPost] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        """The format that most posts came in."""
        endings = Counter(Path(file.path).suffix for file in self.files if file.posts)
        return "page text" if endings.most_common(1)[0][0] == ".txt" else "Markdown"

    def problems(self) -> list[dict[str, str]]:
        """Return every problem with its file: files that could not be read, then posts with something missing."""
        found = [{"file": file.path, "reason": file.reason} for file in self.files if file.outcome == "problem"]
        return found + [{"file": post.file, "reason": reason} for post in self.posts for reason in post.problems]


def find_files(path: Path) -> Iterator[Path]:
    """Yield every file below a path in a stable order; hidden files, and links that lead elsewhere, are not followed.

    Raises
    ------
    InputError : the path is missing or cannot be listed.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the path.")
    if path.is_file():
        yield path
        return
    for folder, inner, names in os.walk(path, onerror=_refuse):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted([*names, *(name for name in inner if Path(folder, name).is_symlink())]):
            if not name.startswith("."):
                yield Path(folder, name)


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be listed ({error.strerror}); check its rights.") from error


def read_text(path: Path) -> tuple[str, str]:
    """Return a file's text and the SHA-256 of its bytes.

    Raises
    ------
    InputError : it cannot be read, is too large, is binary, or is not UTF-8.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"larger than {LARGEST_FILE // 1_000_000} MB; split it into single posts.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); check its rights.") from error
    if b"\0" in data[:SNIFFED]:
        raise InputError("a binary file, not text; save the post as plain text or Markdown.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} at {error.start}"
        raise InputError(f"not UTF-8 ({byte}); save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), sha256(data)
