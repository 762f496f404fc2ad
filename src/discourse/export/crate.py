"""Research objects: files with metadata that archives and journals read (RO-Crate 1.1, in the words of schema.org).

See Soiland-Reyes et al. 2022, "Packaging research artefacts with RO-Crate", and https://w3id.org/ro/crate/1.1. The same parts give the same
bytes: nothing is taken from the clock, and entries of a zip are in order and bear one date.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from discourse.errors import InputError, WorkspaceError
from discourse.paths import folder_for, sha256, write_whole

__all__ = ["METADATA", "About", "Part", "crate", "write_crate"]

METADATA = "ro-crate-metadata.json"
VERSION = "1.1"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can hold
TERMS = {"sha256": "http://schema.org/sha256"}  # not in the context of RO-Crate 1.1
KINDS = {
    ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".csv": "text/csv", ".json": "application/json",
    ".jsonl": "application/jsonl", ".txt": "text/plain", ".md": "text/markdown", ".yaml": "application/yaml", ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One file: where in the crate it stands (`figures/overview.png`), what it holds, what it is called, and what it shows or says."""

    path: str
    data: bytes
    name: str
    description: str
    licence: tuple[str, str] | None = None

    @property
    def kind(self) -> str:
        """The media type."""
        return KINDS.get(PurePosixPath(self.path).suffix, "application/octet-stream")


@dataclass(frozen=True)
class About:
    """What the metadata say of the whole.

    `published` is a date (2019-05-17); `licence`, and that of a part, an address and a name; `program` is name and version; `corpus` holds
    `name`, `version` and, where there is one, `url`; `made` are paths of the parts that the program made from the corpus; `publisher` is an
    organisation.
    """

    name: str
    description: str
    published: str
    licence: tuple[str, str]
    program: tuple[str, str]
    corpus: Mapping[str, str]
    authors: Sequence[str] = ()
    publisher: str | None = None
    made: Sequence[str] = field(default_factory=tuple)


def crate(parts: Sequence[Part], about: About) -> dict[str, bytes]:
    """Return every file of a research object, the metadata first: path -> content.

    Parameters
    ----------
    parts : its files, no two at one place.
    about : what is said of all of them.
    """
    from rocrate.rocrate import ROCrate

    whole = ROCrate(version=VERSION)
    whole.metadata.extra_terms.update(TERMS)
    whole.name, whole.description, whole.datePublished = about.name, about.description, about.published
    files = {part.path: whole.add_file(io.BytesIO(part.data), part.path, properties=_properties(part)) for part in parts}
    whole.root_dataset["license"] = _licence(whole, about.licence)
    for part in parts:
        if part.licence is not None:
            files[part.path]["license"] = _licence(whole, part.licence)
    _provenance(whole, about, [files[path] for path in about.made])
    _people(whole, about)
    metadata = b"".join(chunk for _, chunk in whole.metadata.stream())
    return {METADATA: metadata, **{part.path: part.data for part in sorted(parts, key=lambda part: part.path)}}


def _properties(part: Part) -> dict[str, Any]:
    return {
        "name": part.name, "description": part.description, "encodingFormat": part.kind, "sha256": sha256(part.data),
        "contentSize": str(len(part.data)),
    }  # fmt: skip


def _people(whole: Any, about: About) -> None:
    """Say who made it, and which organisation stands behind it."""
    people = [_entity(whole, f"#author-{k}", "Person", name=name) for k, name in enumerate(about.authors, start=1)]
    if people:
        whole.root_dataset["author"] = people if len(people) > 1 else people[0]
    if about.publisher:
        organisation = whole.root_dataset["publisher"] = _entity(whole, "#publisher", "Organization", name=about.publisher)
        for person in people:
            person["affiliation"] = organisation


def _provenance(whole: Any, about: About, made: list[Any]) -> None:
    """Say that the program made files from the corpus."""
    name, version = about.program
    program = _entity(whole, "#program", "SoftwareApplication", name=name, version=version, softwareVersion=version)
    corpus = _entity(whole, "#corpus", "CreativeWork", **about.corpus)
    action = _entity(whole, "#made", "CreateAction", name=f"Figures and numbers were made with {name} {version}")
    action["instrument"], action["object"], action["result"] = program, corpus, made
    whole.root_dataset["mentions"] = action
    whole.root_dataset["isBasedOn"] = corpus


def _licence(whole: Any, licence: tuple[str, str]) -> Any:
    address, name = licence
    return _entity(whole, address, "CreativeWork", name=name, description=name)


def _entity(whole: Any, identifier: str, kind: str, **properties: Any) -> Any:
    from rocrate.model import ContextEntity

    known = whole.dereference(identifier)
    return known or whole.add(ContextEntity(whole, identifier, properties={"@type": kind, **properties}))


def write_crate(files: Mapping[str, bytes], out: Path) -> None:
    """Write a research object, whole or not at all: as a zip where the name ends so, else as a folder.

    A folder must be new, empty, or hold an earlier research object and nothing else; that is then replaced.

    Raises
    ------
    InputError : the folder holds files that are no part of a research object.
    WorkspaceError : it cannot be written.
    """
    if out.suffix.lower() == ".zip":
        write_whole(out, _zipped(files))
        return
    _check_ours(out)
    folder_for(out.parent)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as scratch:
            new = Path(scratch) / out.name
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
            if out.exists():
                shutil.move(out, Path(scratch) / "old")
            shutil.move(new, out)
    except OSError as error:
        raise WorkspaceError(f"{out}: could not be written ({error.strerror or error}); choose another folder.") from error


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def _check_ours(folder: Path) -> None:
    if folder.is_file():
        raise InputError(f"{folder}: is a file; name a folder, or a file that ends in .zip.")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()
    if not found:
        return
    try:
        graph = json.loads((folder / METADATA).read_text(encoding="utf-8"))["@graph"]
        listed = {METADATA, *(entity["@id"] for entity in graph if entity.get("@type") == "File")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        listed = set()
    if other := sorted(found - listed):
        raise InputError(f"{folder}: holds other files ({other[0]}); choose an empty folder or a new name.")
