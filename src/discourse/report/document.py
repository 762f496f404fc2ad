"""The report: one page that needs nothing beside it, with its figures, their numbers, and the evidence behind every mark."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from discourse import paths

__all__ = ["Chapter", "Document", "Evidence", "Plate", "Post", "Row", "Summary", "rendered", "source_hash", "web_address"]

FOLDER = "report"
TYPE = re.compile(rb'<svg [^>]*viewBox="0 0 (?P<wide>[\d.]+) (?P<high>[\d.]+)"')
PRINTED = 12  # rows of a table that stand in the page before its script runs, and on paper
SCHEMES = ("http", "https")


class Row(NamedTuple):
    """A row of a figure's table: its mark, what that is called, its cells, what it counts, how much is behind it, and what it is of."""

    mark: str
    label: str
    cells: Sequence[str]
    kind: str
    n: int
    category: str
    period: str
    holder: str


class Plate(NamedTuple):
    """A figure: `picture` is SVG, `columns` head the cells of `rows`; `places` are rows that stand on it, with left, top, width, height."""

    slug: str
    question: str
    title: str
    alt: str
    identifier: str
    picture: bytes
    columns: Sequence[str]
    rows: Sequence[Row]
    places: Sequence[tuple[int, tuple[float, float, float, float]]]
    left_out: str
    csv: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture, in points."""
        found = TYPE.search(self.picture)
        return (round(float(found["wide"])), round(float(found["high"]))) if found else (720, 480)

    @property
    def address(self) -> str:
        """The picture as an address that holds it."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.picture).decode()}"


class Chapter(NamedTuple):
    """Figures that answer one question of the reader."""

    title: str
    plates: Sequence[Plate]


class Summary(NamedTuple):
    """An answer: a question, the answer in a few words, its sentences each with figure and row behind it (empty, -1), and its figures."""

    question: str
    short: str
    said: Sequence[tuple[str, str, int]]
    figures: Sequence[tuple[str, str]]


class Post(NamedTuple):
    """A post that shows a framing well: what of it, when, where, and the sentence in three parts, of which the second is the cue."""

    framing: str
    title: str
    published: str
    categories: Sequence[str]
    address: str
    counted: str
    quoted: tuple[str, str, str]


class Evidence(NamedTuple):
    """The evidence of a page: posts, words, and things as numbers into these; and for each figure the things behind its rows.

    A thing is a post, a text, start and end of what is meant in it, and holder, modality, rule and remark; -1 is nothing.
    """

    posts: Sequence[Sequence[Any]]
    texts: Sequence[str]
    things: Sequence[Sequence[int]]
    behind: Mapping[str, Sequence[Sequence[int]]]
    said: str


class Document(NamedTuple):
    """All that the page says; texts are plain. `words` are explained at the beginning, `where` says by what a post can be found."""

    title: str
    source: str
    span: str
    notices: Sequence[str]
    words: Sequence[tuple[str, str]]
    where: str
    summary: Sequence[Summary]
    posts: Sequence[Post]
    posts_rule: str
    categories: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]
    filters: Mapping[str, Sequence[str]]
    method: Sequence[tuple[str, str]]
    masked: str
    made_with: Mapping[str, str]


def rendered(document: Document, evidence: Evidence) -> str:
    """Return the page as HTML: nothing in it is fetched, only its own script runs, and only its own style holds.

    Parameters
    ----------
    document : what it says; all of it is escaped.
    evidence : what opens when a mark is pressed.
    """
    import jinja2

    folder = paths.resource(FOLDER)
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("style.css", "report.js"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["web"] = web_address
    return environment.get_template("report.html.j2").render(
        document=document, printed=PRINTED, style=style, script=script, style_hash=source_hash(style), script_hash=source_hash(script),
        figures=_json([_figure(plate) for chapter in document.chapters for plate in chapter.plates]), evidence=_json(evidence._asdict()),
    )  # fmt: skip


def web_address(address: str | None) -> str:
    """Return an address that a page may link to: one of the web; else nothing.

    >>> web_address("https://example.org/a b"), web_address("javascript:alert(1)"), web_address(" //example.org"), web_address(None)
    ('https://example.org/a b', '', '', '')
    """
    text = (address or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in SCHEMES and parts.netloc else ""


def _figure(plate: Plate) -> dict[str, Any]:
    places = [[row, *(round(part, 5) for part in box)] for row, box in plate.places]
    return {"slug": plate.slug, "id": plate.identifier, "title": plate.title, "rows": plate.rows, "places": places, "csv": plate.csv}


def source_hash(text: str) -> str:
    """Return how a Content-Security-Policy names a script or a style that stands in the page itself."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _json(held: Any) -> str:
    """Return JSON that may stand in a script element: no sign in it can end that."""
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
