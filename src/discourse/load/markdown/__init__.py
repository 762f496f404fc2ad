"""Markdown of static sites: `posts`, with their front matter, author files and the markup of the generators."""

__all__ = ["author_files", "posts"]
