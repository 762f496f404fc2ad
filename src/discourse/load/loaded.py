"""What a load gives: posts, an account of every file, and what the pages say of the blog itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.errors import InputError
from discourse.load.reading import File
from discourse.tables import RawPost

__all__ = ["Loaded", "platform", "problems", "refuse_empty"]

PLATFORMS = {
    "markdown": "Markdown", "page-text": "page text", "main-text": "main text", "weebly": "Weebly", "blogger": "Blogger",
    "blogger-export": "Blogger export", "wordpress": "WordPress", "wordpress-export": "WordPress export", "wordpress-api": "WordPress API",
    "ghost": "Ghost export", "drupal": "Drupal", "feed": "feed", "table": "table", "html": "web pages, main text by trafilatura",
}  # fmt: skip


@dataclass
class Loaded:
    """Posts, every file with what became of it, what is known of the blog, and which pages of category listings are not there."""

    posts: list[RawPost] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)
    missing_listings: list[str] = field(default_factory=list)

    @property
    def platform(self) -> str:
        """The format that most posts came in."""
        return platform(self.files)

    def problems(self) -> list[dict[str, str]]:
        """Return every problem with its file: files that could not be read, then posts with something missing, then the blog's."""
        told = [(post.file, reason) for post in self.posts for reason in post.problems]
        return problems(self.files, told, self.missing_listings)


def platform(files: Iterable[File]) -> str:
    """Return the format that most posts came in."""
    forms: Counter[str] = Counter()
    for file in files:
        forms[file.form] += file.posts if file.form in PLATFORMS else 0
    return PLATFORMS[forms.most_common(1)[0][0]]


def problems(files: Iterable[File], told: Iterable[tuple[str, str]], missing_listings: Sequence[str]) -> list[dict[str, str]]:
    """Return every problem with its file.

    Parameters
    ----------
    files : what became of each file.
    told : of each post with something missing, its file and what is missing.
    missing_listings : pages of category listings that are not there.
    """
    found = [{"file": file.path, "reason": file.reason} for file in files if file.outcome == "problem"]
    found += [{"file": file, "reason": reason} for file, reason in told]
    if missing_listings:
        first = ", ".join(missing_listings[:5]) + (", …" if len(missing_listings) > 5 else "")
        why = f"{len(missing_listings)} pages of category listings are not there ({first}); categories of posts may be incomplete."
        found.append({"file": "the blog", "reason": why})
    return found


def refuse_empty(path: Path, files: Sequence[File]) -> None:
    """Raise an error when there is not one post.

    Raises
    ------
    InputError : it says which file was the first that could not be read.
    """
    if not files:
        raise InputError(f"{path}: an empty folder; give a folder or file with posts.")
    if not any(file.posts for file in files):
        first = next((file for file in files if file.outcome == "problem"), files[0])
        more = f" (and {len(files) - 1} more files)" if len(files) > 1 else ""
        raise InputError(f"{path}: not one post found. {first.path}: {first.reason}{more}")
