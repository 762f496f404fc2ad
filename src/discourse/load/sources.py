"""What is known of a blog beforehand: `sources.toml`, beside the corpus or in it, one table a source."""

from __future__ import annotations

import tomllib
from pathlib import Path

from discourse.errors import InputError

__all__ = ["FIELDS", "declared"]

FIELDS = ("title", "url", "platform", "licence", "date_order", "notice")


def declared(folder: Path, name: str) -> dict[str, str]:
    """Return what `sources.toml`, in the folder or beside it, says of a source; nothing when it is silent.

    Raises
    ------
    InputError : the file cannot be parsed.
    """
    for file in (folder / "sources.toml", folder.parent / "sources.toml"):
        if file.is_file():
            try:
                entry = tomllib.loads(file.read_text(encoding="utf-8")).get(name, {})
            except (OSError, ValueError) as error:
                raise InputError(f"{file}: cannot be read ({error}); mend it.") from error
            return {key: str(entry[key]) for key in FIELDS if entry.get(key)}
    return {}
