"""Files as they are found: walked, hashed, decoded, and each accounted for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.load.body.parsing import parse
from discourse.paths import sha256

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["Document", "File", "LeftOut", "find_files", "open_document"]

LARGEST_FILE = 500_000_000
LARGEST_PAGE = 50_000_000
SNIFFED = 8192
META_CHARSET = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
ARCHIVED = re.compile(r"(?:https?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)")
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class LeftOut(Exception):
    """A document that is no post, with the reason."""


@dataclass(slots=True)
class File:
    """One input file and what became of it: `post`, `left out` or `problem`, with the reason.

    `posts` counts the posts seen in it, a post that other files show too among them; `skipped` names what it holds beside posts.
    """

    path: str
    sha256: str
    outcome: str = "left out"
    reason: str = ""
    form: str = ""
    posts: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Document:
    """Something to read: a file, or a response kept in a web archive.

    `name` stands in messages and ids; `url`, `charset` (as the server said) and `retrieved_at` are known for archived responses only.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    retrieved_at: str | None = None
    problems: list[str] = field(default_factory=list)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.data)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, without a byte-order mark and white space, for recognising a format."""
        start = self.data[:SNIFFED]
        if start[:2] in MARKS:
            start = self.text[:SNIFFED].encode()
        return start.removeprefix(b"\xef\xbb\xbf").lstrip()

    @cached_property
    def text(self) -> str:
        """The text of a page, decoded as a browser would, without NUL; what could not be read is said in `problems`."""
        if len(self.data) > LARGEST_PAGE:
            raise InputError(f"larger than {LARGEST_PAGE // 1_000_000} MB; split it.")
        text = _decoded(self).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        return ARCHIVED.sub("", text) if "/web/" in text else text  # a page saved from the Wayback Machine speaks of the page itself

    @cached_property
    def strict_text(self) -> str:
        """The text of a file that its owner can mend.

        Raises
        ------
        InputError : it is too large, is binary, or is not UTF-8.
        """
        if len(self.data) > LARGEST_PAGE:
            raise InputError(f"larger than {LARGEST_PAGE // 1_000_000} MB; split it into single posts.")
        if b"\0" in self.data[:SNIFFED]:
            raise InputError("a binary file, not text; save the post as plain text or Markdown.")
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            byte = f"byte 0x{self.data[error.start]:02x} at {error.start}"
            raise InputError(f"not UTF-8 ({byte}); save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.") from error
        return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page; a loader may take things out of it."""
        tree, problem = parse(self.text)
        self.problems += [problem] if problem else []
        return tree


def _decoded(document: Document) -> str:
    """Decode bytes by mark, server, page, UTF-8 and at last by guess, in this order; the first that fits without an error is taken."""
    data = document.data
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    declared = META_CHARSET.search(data[:SNIFFED])
    named = [_codec(label) for label in (document.charset, declared[1].decode("ascii") if declared else None) if label]
    for codec in dict.fromkeys([*filter(None, named), "utf-8"]):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    best = next((codec for codec in named if codec and codec != "utf-8"), None) or _guessed(data)
    text = data.decode(best, "replace")
    if lost := text.count("\ufffd"):
        document.problems.append(f"{lost} characters could not be read as {best}; they stand as \ufffd.")
    return text


def _codec(label: str) -> str | None:
    """Return the codec that browsers use for a label (WHATWG Encoding Standard), or None when they know none."""
    import webencodings

    found = webencodings.lookup(label)
    return found.codec_info.name if found else None


def _guessed(data: bytes) -> str:
    """Return the likeliest codec: UTF-8 with some broken letters where most letters are whole, else what charset_normalizer says."""
    from charset_normalizer import from_bytes

    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(letter > "\x7f" for letter in text) - broken > broken:
        return "utf-8"
    best = from_bytes(data[:100_000]).best()
    return best.encoding if best and best.encoding not in ("ascii", "utf_8") else "cp1252"


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


def open_document(path: Path, name: str) -> Document:
    """Return a file as a document.

    Raises
    ------
    LeftOut : it is a link that leads elsewhere.
    InputError : it cannot be read or is too large.
    """
    try:
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(path.parent.resolve())):
            raise LeftOut("a link that leads elsewhere; not followed")
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"larger than {LARGEST_FILE // 1_000_000} MB; split it.")
        return Document(name, path.read_bytes())
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise InputError(f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file.") from error
