"""Blogger: `pages` as a browser shows them, and `export`, the backup of a blog; `body` and `comments` serve both."""

__all__ = ["export", "pages"]
