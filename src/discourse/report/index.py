"""The list of everything that was made: each page with its question, each figure with what it shows and its files."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from discourse import paths
from discourse.report.document import source_hash
from discourse.report.notebooks import notebooks_in
from discourse.report.page import opening_of

__all__ = ["Page", "Shown", "figures_in", "write_index"]

NAME, REPORT = "index.html", "report.html"
FOLDER = "figures"
KINDS = ("png", "svg", "pdf", "csv", "txt", "json")
SAID = {"csv": "CSV, the numbers", "txt": "alt text", "json": "JSON, the passport"}
WIDE = 640  # pixels of a thumbnail
COLOURS = 128


class Page(NamedTuple):
    """One page of the list."""

    href: str
    title: str
    question: str


class Shown(NamedTuple):
    """One figure of the list; `files` is kind -> address, `thumbnail` the picture itself, small, as an address."""

    title: str
    question: str
    alt: str
    identifier: str
    files: dict[str, str]
    picture: str
    thumbnail: str
    width: int
    height: int


def write_index(out: Path, *, notebooks: Path, questions: Mapping[str, str], made_with: Mapping[str, str], title: str) -> Path:
    """Write `index.html` into a folder of pages and figures, and return its path.

    Parameters
    ----------
    out : holds the pages, and the figures in `figures/`.
    notebooks : the folder that the pages were made from; only what is there and in `out` is listed.
    questions : name of a chart -> the question that it answers, in the order of the list; other figures stand behind.
    made_with : what to say at the foot, title -> text.
    title : of the corpus.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    """
    import jinja2

    folder = paths.resource("index")
    style = (folder / "style.css").read_text(encoding="utf-8")
    loader = jinja2.FileSystemLoader(folder)
    template = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template("index.html.j2")
    text = template.render(
        title=title, pages=list(_pages(out, notebooks)), figures=list(figures_in(out / FOLDER, questions)), made_with=made_with,
        style=style, style_hash=source_hash(style), report=REPORT if (out / REPORT).is_file() else "",
    )  # fmt: skip
    paths.write_whole(out / NAME, f"{text}\n".encode())
    return out / NAME


def _pages(out: Path, notebooks: Path) -> Iterator[Page]:
    import nbformat

    for name, file in notebooks_in(notebooks).items():
        if (out / f"{name}.html").is_file():
            yield Page(f"{quote(name)}.html", *opening_of(nbformat.read(file, as_version=4), name))


def figures_in(folder: Path, questions: Mapping[str, str]) -> Iterator[Shown]:
    """Yield the figures of a folder: those of `questions` in its order, those of one chart one after another, then the others."""
    found = []
    order = list(questions)
    for picture in sorted(folder.glob("*.png")):
        passport = _passport(picture.with_suffix(".json"))
        run = passport.get("discourse")
        chart = str((run if isinstance(run, dict) else {}).get("chart") or picture.stem)
        found.append((order.index(chart) if chart in questions else len(order), picture.stem, chart, picture, passport))
    for _, _, chart, picture, passport in sorted(found, key=lambda one: one[:2]):
        yield _shown(picture, passport, questions.get(chart, ""))


def _passport(file: Path) -> dict[str, Any]:
    """Return what stands in a passport, or nothing where there is none that can be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _shown(picture: Path, passport: Mapping[str, Any], question: str) -> Shown:
    folder = picture.parent.name
    there = {kind: picture.with_suffix(f".{kind}") for kind in KINDS if picture.with_suffix(f".{kind}").is_file()}
    files = {SAID.get(kind, kind.upper()): f"{quote(folder)}/{quote(file.name)}" for kind, file in there.items()}
    title = str(passport.get("name") or picture.stem.replace("_", " ").capitalize())
    alt = str(passport.get("description") or "")
    if not alt and "txt" in there:
        alt = there["txt"].read_text(encoding="utf-8", errors="replace").strip()
    small, width, height = _small(picture)
    return Shown(title, question, alt or title, str(passport.get("identifier") or ""), files, files["PNG"], small, width, height)


def _small(picture: Path) -> tuple[str, int, int]:
    """Return a picture made small, as an address that holds it, with its width and height in pixels."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(picture) as image:
        height = max(1, round(image.height * WIDE / image.width))
        small = image.convert("RGB").resize((WIDE, height), Image.Resampling.LANCZOS).quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(out, format="png", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}", WIDE, height
