"""What is known of a blog beforehand: `sources.toml`, in the corpus or above it, one table a source.

A table may hold `title`, `url`, `platform`, `licence`, `date_order` (`dmy` or `mdy`), `notice` (a line that every figure must carry), and
for `discourse fetch` either `start` (pages to begin with) and `follow` (beginnings of paths), or `repository` (a git repository) and
`posts` (the folder of the posts in it).
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from discourse.errors import InputError, did_you_mean
from discourse.paths import project, write_whole

__all__ = ["DATE_ORDERS", "declare", "declared", "find_source", "known_sources"]

UP = 3
FILE = "sources.toml"
DATE_ORDERS = ("dmy", "mdy")
TEXTS = ("title", "url", "platform", "licence", "date_order", "notice", "repository", "posts")
LISTS = ("start", "follow")


def declared(folder: Path, name: str) -> dict[str, Any]:
    """Return what the nearest `sources.toml`, in the folder or up to three above it, says of a source; nothing when it is silent.

    A table counts when it is named like the source, or like the folder or one that holds it: part of a corpus is still that corpus, and
    a notice that its figures must carry is not lost by another name.

    Raises
    ------
    InputError : the file cannot be parsed, has an unknown key, or a wrong `date_order`.
    """
    above = [folder.resolve(), *folder.resolve().parents][: UP + 1]
    for k, place in enumerate(above):
        tables = _tables(place / FILE)
        for candidate in (name, *(inner.name for inner in above[: k + 1])):
            if candidate in tables:
                return _checked(tables[candidate], f"{place / FILE}, [{candidate}]")
    return {}


def known_sources() -> dict[str, dict[str, Any]]:
    """Return the sources that can be fetched: those of `data/raw/sources.toml` here, then those that come with the project."""
    found: dict[str, dict[str, Any]] = {}
    for file in (Path("data", "raw", FILE), project("data", "raw", FILE)):
        for name, entry in _tables(file).items():
            source = _checked(entry, f"{file}, [{name}]")
            if source.get("start") or source.get("repository"):
                found.setdefault(name, source)
    return found


def find_source(name: str) -> dict[str, Any]:
    """Return the source of a name, or one that begins at an address.

    Raises
    ------
    InputError : it is no address and there is no such source.
    """
    if "://" in name:
        return {"title": (urlsplit(name).hostname or name) if "[" not in name else name, "url": name, "start": [name]}
    known = known_sources()
    if name not in known:
        raise InputError(f"There is no source {name!r}.{did_you_mean(name, known)} Give one of them, or the address of a blog: https://...")
    return known[name]


def declare(folder: Path, source: dict[str, Any]) -> None:
    """Write `sources.toml` into a folder that is to hold a source's posts, unless one there or above it speaks of it already."""
    name = folder.resolve().name
    if not (folder / FILE).exists() and not declared(folder, name):
        lines = [f"{key} = {json.dumps(source[key], ensure_ascii=False)}" for key in TEXTS if source.get(key)]
        table = name if re.fullmatch(r"[\w-]+", name) and name.isascii() else json.dumps(name)
        write_whole(folder / FILE, "\n".join([f"[{table}]", *lines, ""]).encode())


def _tables(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read ({error}); mend it.") from error


def _checked(entry: Any, where: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: must be a table of keys; mend it.")
    if unknown := sorted(set(entry) - {*TEXTS, *LISTS}):
        raise InputError(f"{where}: no key {unknown[0]!r}.{did_you_mean(unknown[0], (*TEXTS, *LISTS))}")
    for key in LISTS:
        if not isinstance(entry.get(key, []), list) or not all(isinstance(item, str) for item in entry.get(key, [])):
            raise InputError(f"{where}: {key} must be a list of texts; mend it.")
    found = {key: value if key in LISTS else str(value) for key, value in entry.items() if value}
    if "date_order" in found and found["date_order"].lower() not in DATE_ORDERS:
        raise InputError(f"{where}: date_order {found['date_order']!r} is not dmy or mdy.")
    return found | ({"date_order": found["date_order"].lower()} if "date_order" in found else {})
