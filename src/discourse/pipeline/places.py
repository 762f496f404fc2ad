"""Places of this machine taken out of what leaves it: files have names, and no folders."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from discourse import paths

__all__ = ["without_places"]

FILES = ("file", "path")  # keys of a manifest that name a file


def without_places(held: Any, workspace: Path) -> Any:
    """Return text, or what JSON holds, without the folders of this machine: files are named, and the rest of a path is gone.

    Parameters
    ----------
    held : a text, or lists and mappings of them.
    workspace : whose place, with that of the project, of the user and of the folder one is in, must not be named.

    >>> without_places({"file": "/data/study/gold.jsonl", "n": [3]}, Path("w"))
    {'file': 'gold.jsonl', 'n': [3]}
    """
    if isinstance(held, dict):
        return {
            key: Path(value).name if key in FILES and isinstance(value, str) else without_places(value, workspace)
            for key, value in held.items()
        }
    if isinstance(held, list):
        return [without_places(value, workspace) for value in held]
    if not isinstance(held, str):
        return held
    if Path(held).is_absolute() and "\n" not in held:
        return Path(held).name
    return _here(workspace).sub("", held)


def _here(workspace: Path) -> re.Pattern[str]:
    """Return what finds the folders that must not be named, with what is below them save the last name."""
    places = {workspace.resolve(), workspace.resolve().parent, Path.cwd(), Path.home(), Path(paths.__file__).resolve().parents[2]}
    named = sorted((str(place) for place in places if len(place.parts) > 1), key=len, reverse=True)
    return re.compile(rf"(?<![\w:/.])(?:{'|'.join(map(re.escape, named))})(?:[\\/](?:[^\s\\/:\"'<>]+[\\/])*|(?![\w-]))")
