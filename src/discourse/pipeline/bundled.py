"""The parts of a bundle, one function each: what leaves the workspace with it, and in which form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, tables, workspaces
from discourse.errors import InputError, WorkspaceError
from discourse.pipeline.coded import CODERS, COLUMNS
from discourse.pipeline.figures import chart_corpus
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.measuring import gold_before
from discourse.pipeline.passports import made_with
from discourse.pipeline.places import without_places
from discourse.pipeline.tagging import chosen_before
from discourse.pipeline.workspace import Progress

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export.crate import Part

__all__ = ["Material", "codebook", "corpus", "figures", "gold", "manifest", "notebooks", "numbers", "pages"]

OF_POST = ["post_id", "url", "title", "published", "language", "n_words", "licence", "sha256"]
KINDS = {
    "png": "the picture", "svg": "the picture, with text as text", "pdf": "the picture", "csv": "the numbers drawn, a row a mark",
    "txt": "what it shows, in words", "json": "its passport: what it was made from, and the hashes of the pictures",
}  # fmt: skip


@dataclass(frozen=True)
class Material:
    """A measured workspace, its manifest, its posts with `is_open`, and the door through which its text leaves into `out`."""

    workspace: Path
    record: dict[str, Any]
    posts: pd.DataFrame
    leaving: Leaving
    out: Path


def figures(material: Material, folder: Path | None, progress: Progress) -> tuple[list[Part], dict[str, str]]:
    """Return the files of all figures of a folder that have a passport, and why others are left out."""
    from discourse.export import SUFFIXES, from_json
    from discourse.export.crate import Part

    if folder is None and not (material.workspace / "figures").is_dir():
        chart_corpus(material.workspace, progress=progress)
    folder = folder or material.workspace / "figures"
    passports = sorted(folder.glob("*.json"))
    if not passports:
        raise InputError(f"{folder}: no figures here; make them with: discourse chart {material.workspace} --out {folder}")
    parts, left_out = [], {}
    for file in passports:
        passport = from_json(file.read_text(encoding="utf-8"), str(file))
        files = {suffix: file.with_suffix(f".{suffix}") for suffix in SUFFIXES}
        held = {suffix: one.read_bytes() for suffix, one in files.items() if one.is_file()}
        if passport is None or "png" not in held:
            continue
        _check_current(file, passport, material.record)
        if material.leaving.holds_names("\n".join(held[suffix].decode() for suffix in ("csv", "txt") if suffix in held)):
            left_out[file.stem] = "prints a private person's name"
            continue
        title = passport["name"] or file.stem.replace("_", " ")
        alt = passport["description"] or title
        for suffix, data in held.items():
            description = alt if suffix in ("png", "svg", "pdf") else f"{KINDS[suffix]} of the figure '{title}'".capitalize()
            parts.append(Part(f"figures/{files[suffix].name}", data, f"{title} ({KINDS[suffix]})", description))
    return parts, left_out


def _check_current(file: Path, passport: dict[str, Any], record: dict[str, Any]) -> None:
    made, posts = passport["discourse"].get("made_with") or {}, passport["isBasedOn"].get("version")
    now = made_with(record) | {"libraries": made.get("libraries")}
    if (made, posts) != (now, record["tables"]["posts"]):
        raise InputError(f"{file}: made from another corpus, or before it was last tagged or measured; draw the figures anew.")


def numbers(material: Material) -> Iterator[Part]:
    """Yield estimates and counts as CSV, and what their columns are."""
    from discourse.export.crate import Part

    for name, what in (("estimates", "Every estimate with its interval"), ("counts", "Sentences and words of each post by code")):
        file = f"numbers/{name}.csv"
        data = material.leaving.csv(workspaces.read(material.workspace, name), material.out / file)
        yield Part(file, data, name.capitalize(), f"{what}; numbers/columns.md says what the columns are.")
    yield Part("numbers/columns.md", tables.dictionary().encode(), "Data dictionary", "What a row and each column of every table is.")


def corpus(material: Material) -> Iterator[Part]:
    """Yield the list of posts, and the texts of those whose licence is open."""
    from discourse.export import licence_address
    from discourse.export.crate import Part

    posts = material.posts.assign(published=material.posts["published"].dt.strftime("%Y-%m-%d"))
    listed = (
        "The posts: where they stand, when they were published, and the hash of the file each came from, so that others can fetch them."
    )
    yield Part("corpus/posts.csv", material.leaving.csv(posts[OF_POST], material.out / "corpus/posts.csv"), "Posts", listed)
    opened = posts[posts["is_open"]].astype(object).where(posts.notna(), None)
    for licence, some in opened.groupby("licence"):
        file = f"corpus/texts-{''.join(sign if sign.isalnum() else '-' for sign in str(licence)).lower()}.jsonl"
        rows = [
            {name: row[name] for name in ("post_id", "url", "title", "authors", "published", "text")} for row in some.to_dict("records")
        ]
        lines = (
            json.dumps({**row, **{k: material.leaving.text(row[k], material.out / file) for k in ("title", "text")}}, ensure_ascii=False)
            for row in rows
        )
        what = f"The texts of {len(some):,} posts that may be passed on under {licence}; names of private persons masked."
        address = licence_address(str(licence)) or f"#{Path(file).stem}"
        yield Part(file, "".join(f"{line}\n" for line in lines).encode(), f"Texts ({licence})", what, licence=(address, str(licence)))


def codebook(record: dict[str, Any]) -> Part:
    """Return the codebook that the posts were tagged with.

    Raises
    ------
    WorkspaceError : its file is not there, or another than then.
    """
    from discourse.export.crate import Part

    file = chosen_before(record).get("codebook") or paths.resource("codebook", "digital_rights.yaml")
    data = file.read_bytes() if file.is_file() else b""
    if paths.sha256(data) != record["tag"]["codebook_sha256"]:
        raise WorkspaceError(f"{file}: not the codebook that the posts were tagged with; tag and measure again: discourse tag DIR")
    what = "The codes: definitions, what is in and what is out, rules, and sentences that must and must not match."
    return Part("codebook.yaml", data, f"Codebook {record['tag']['codebook']}", what)


def manifest(material: Material) -> Part:
    """Return the manifest of the workspace, in which files have names and no places."""
    from discourse.export.crate import Part

    text = json.dumps(without_places(material.record, material.workspace), ensure_ascii=False, indent=1, sort_keys=True)
    data = material.leaving.text(text, material.out / "manifest.json").encode()
    return Part(
        "manifest.json", data, "Manifest", "What was read, and what posts were tagged and measured with, with the hash of everything."
    )


def notebooks() -> Iterator[Part]:
    """Yield the notebooks of the project, as they are before they are run."""
    from discourse.export.crate import Part

    for file in sorted(paths.project("notebooks").glob("*.ipynb")):
        title = file.stem.replace("_", " ")
        yield Part(f"notebooks/{file.name}", file.read_bytes(), f"Notebook {title}", f"Makes the page {file.stem}.html from a workspace.")


def pages(material: Material, folder: Path | None) -> Iterator[Part]:
    """Yield the notebooks that were run, as HTML, if a folder of them is given.

    Raises
    ------
    InputError : there are none in it.
    """
    from discourse.export.crate import Part

    if folder is None:
        return
    pages = sorted(folder.glob("*.html"))
    if not pages:
        raise InputError(f"{folder}: no pages here; make them with: discourse reproduce {material.workspace} --reports {folder}")
    for page in pages:
        text = material.leaving.html(without_places(page.read_text(encoding="utf-8"), material.workspace), material.out / page.name)
        what = "All pages and figures." if page.stem == "index" else f"The notebook {page.stem}, run on this corpus."
        yield Part(page.name, text.encode(), f"Page {page.stem}", what)  # beside `figures`, as where it was made, so that its links lead on


def gold(material: Material) -> Part:
    """Return the hand codes that the numbers are corrected with, a line a sentence, with its hash in place of its text.

    Raises
    ------
    InputError : the workspace was measured without.
    WorkspaceError : the file is not there, or another than then.
    """
    from discourse.export.crate import Part

    used = gold_before(material.record)
    if used is None:
        raise InputError("The workspace was measured without hand codes, so there are none to bundle; leave --gold out.")
    data = used.file.read_bytes() if used.file.is_file() else b""
    if paths.sha256(data) != material.record["measure"]["gold"]["sha256"]:
        raise WorkspaceError(
            f"{used.file}: not the hand codes that were measured with; run: discourse measure {material.workspace} --gold FILE"
        )
    what = "The hand codes, a line a sentence; `sha256` is the hash of the sentence, which stays with its post."
    return Part("gold.jsonl", "".join(_by_reference(data, material)).encode(), "Hand codes", what)


def _by_reference(data: bytes, material: Material) -> Iterator[str]:
    """Yield the hand codes of this corpus as lines that `evaluate` reads: codes and hashes, and no word of a post or a coder."""
    codes = {*material.record["tag"]["framings"], *material.record["tag"]["themes"], "holder", "modality"}
    here = {paths.sha256(text.encode()) for text in workspaces.read(material.workspace, "sentences")["text"]}
    for line in filter(None, map(str.strip, data.decode("utf-8-sig").split("\n"))):
        row = json.loads(line)
        sentence = paths.sha256(row["text"].encode()) if "text" in row else row["sha256"]
        if sentence in here:
            kept = {key: value for key, value in row.items() if key in codes or (key in COLUMNS and key != "text")}
            coders = {key: value for key, value in row.items() if key.startswith(CODERS) and isinstance(value, dict)}
            kept |= {key: {code: one for code, one in value.items() if code in codes} for key, value in coders.items()}
            yield f"{json.dumps({**kept, 'sha256': sentence}, ensure_ascii=False)}\n"
