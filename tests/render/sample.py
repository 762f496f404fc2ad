"""The sample's posts, read from Markdown without the package under test, ready to be laid out as any platform."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
NOTE = re.compile(r"^\[\^([^\]]+)\]: (.*)$", re.MULTILINE)
MARKER = re.compile(r"\[\^([^\]]+)\]")
OPEN, CLOSE = "\ue000", "\ue001"
MARKDOWN = MarkdownIt("commonmark", {"html": True})


@dataclass
class Article:
    """One post. `body` is HTML whose note markers are a number between U+E000 and U+E001; `notes` are (number, HTML)."""

    slug: str
    title: str
    published: date
    authors: list[tuple[str, str]]
    editors: list[tuple[str, str]]
    translators: list[tuple[str, str]]
    categories: list[str]
    tags: list[str]
    language: str
    body: str
    author_note: str | None = None
    series: str | None = None
    reprinted_from: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[dict] = field(default_factory=list)

    def with_markers(self, marker):
        """Return the body with each marker replaced by what `marker(number)` returns."""
        return re.sub(f"{OPEN}(.*?){CLOSE}", lambda match: marker(match[1]), self.body)


def articles(root: Path) -> list[Article]:
    """Return the posts of the sample in the order of their dates."""
    return [_article(file) for file in sorted((root / "data" / "raw" / "sample" / "posts").glob("*.md"))]


def _article(file):
    front, text = FRONT.fullmatch(file.read_text(encoding="utf-8")).groups()
    known = yaml.safe_load(front)
    notes = [(number, MARKDOWN.renderInline(note)) for number, note in NOTE.findall(text)]
    body = MARKDOWN.render(MARKER.sub(lambda m: f"{OPEN}{m[1]}{CLOSE}", NOTE.sub("", text)))
    people = {kind: [_person(p) for p in known.get(kind) or []] for kind in ("authors", "editors", "translators")}
    return Article(
        slug=file.stem, title=known["title"], published=known["date"], **people, categories=known.get("categories") or [],
        tags=known.get("tags") or [], language=known.get("language", "en"), body=body.strip(), author_note=known.get("author_note"),
        series=known.get("series"), reprinted_from=known.get("reprinted_from"), notes=notes, comments=known.get("comments") or [],
    )  # fmt: skip


def _person(value):
    return (value["name"], value.get("role") or "") if isinstance(value, dict) else (value, "")
