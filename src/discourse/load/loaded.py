"""What a load gives: posts, an account of every file, and what the pages say of the blog itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from discourse.load.reading import File
from discourse.tables import RawPost

__all__ = ["Loaded"]

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
        forms: Counter[str] = Counter()
        for file in self.files:
            forms[file.form] += file.posts if file.form in PLATFORMS else 0
        return PLATFORMS[forms.most_common(1)[0][0]]

    def problems(self) -> list[dict[str, str]]:
        """Return every problem with its file: files that could not be read, then posts with something missing, then the blog's."""
        found = [{"file": file.path, "reason": file.reason} for file in self.files if file.outcome == "problem"]
        found += [{"file": post.file, "reason": reason} for post in self.posts for reason in post.problems]
        if self.missing_listings:
            first = ", ".join(self.missing_listings[:5]) + (", …" if len(self.missing_listings) > 5 else "")
            why = f"{len(self.missing_listings)} pages of category listings are not there ({first}); categories of posts may be incomplete."
            found.append({"file": "the blog", "reason": why})
        return found
