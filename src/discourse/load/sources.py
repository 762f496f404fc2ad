"""What is known of a blog beforehand: `sources.toml`, in the corpus or above it, one table a source."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from discourse.errors import InputError, did_you_mean

__all__ = ["FIELDS", "declared"]

UP = 3
DATE_ORDERS = ("dmy", "mdy")
FIELDS = ("title", "url", "platform", "licence", "date_order", "notice")


def declared(folder: Path, name: str) -> dict[str, str]:
    """Return what the nearest `sources.toml`, in the folder or up to three above it, says of a source; nothing when it is silent.

    A table counts when it is named like the source, or like the folder or one that holds it: part of a corpus is still that corpus, and
    a notice that its figures must carry is not lost by another name.

    Raises
    ------
    InputError : the file cannot be parsed, has an unknown key, or a wrong `date_order`.
    """
    above = [folder.resolve(), *folder.resolve().parents][: UP + 1]
    for k, place in enumerate(above):
        file = place / "sources.toml"
        if not file.is_file():
            continue
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{file}: cannot be read ({error}); mend it.") from error
        for candidate in (name, *(inner.name for inner in above[: k + 1])):
            if candidate in tables:
                return _checked(tables[candidate], f"{file}, [{candidate}]")
    return {}


def _checked(entry: Any, where: str) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: must be a table of keys; mend it.")
    if unknown := sorted(set(entry) - set(FIELDS)):
        raise InputError(f"{where}: no key {unknown[0]!r}.{did_you_mean(unknown[0], FIELDS)}")
    found = {key: str(value) for key, value in entry.items() if value}
    if "date_order" in found and found["date_order"].lower() not in DATE_ORDERS:
        raise InputError(f"{where}: date_order {found['date_order']!r} is not dmy or mdy.")
    return found | ({"date_order": found["date_order"].lower()} if "date_order" in found else {})
