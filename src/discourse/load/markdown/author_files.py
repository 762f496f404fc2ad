"""The files in which generators of static sites keep their authors: key -> name and role.

- **Hugo**: `authors/KEY/_index.md`, `author/KEY/_index.md` with `name` (or `title`) and `role` (Digital Rights Watch; `username` is the
  key there); `data/authors.yml`, `data/authors/KEY.json` of some themes.
- **Jekyll**: `_data/authors.yml`, a table by key; `_authors/KEY.md` with `name`, and `short_name` as the key.
- **MkDocs Material**: `.authors.yml` in the folder of the blog, a table by key, below `authors:` in newer versions; what stands under the
  name is its `description`.
- **Docusaurus**: `blog/authors.yml`, where it is the `title`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from discourse.errors import InputError
from discourse.load.markdown.front_matter import parse, split_front, text_of
from discourse.load.reading import LeftOut, open_document

__all__ = ["author_files"]

FOLDERS = frozenset(("authors", "author", "_authors"))
FORMS = {".yml": "yaml", ".yaml": "yaml", ".json": "json", ".toml": "toml"}
STEMS = frozenset(("authors", ".authors"))
SKIPPED = frozenset(("node_modules", "vendor", "public", "_site"))
KEYS = ("username", "short_name", "key", "id")
NAMES = ("name", "display_name", "full_name", "fullname")
ROLES = ("role", "position", "job_title")
LONGEST_ROLE = 100


def author_files(folder: Path) -> dict[str, dict[str, str]]:
    """Return key -> name and role from the author files in a site, or beside a folder of its posts, if it has any."""
    found: dict[str, dict[str, str]] = {}
    for file in _files(folder):
        try:
            text = open_document(file, file.name).strict_text
            if file.suffix in FORMS:
                entries = list(_entries(parse(FORMS[file.suffix], text), file))
            else:
                front, _ = split_front(text)
                key = file.parent.name if file.name.startswith("_index.") else file.stem
                entries = [(key, {**front, "name": front.get("name") or front.get("title")})] if front else []
        except (InputError, LeftOut):
            continue
        for key, entry in entries:
            if name := next(filter(None, (text_of(entry.get(field)) for field in NAMES)), ""):
                role = next((role for field in ROLES if (role := text_of(entry.get(field)))), "")
                named = next((text_of(entry[field]) for field in KEYS if entry.get(field)), key)
                found.setdefault(named or key, {"name": name, "role": role})
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield the author files of the site around a folder: those near its parent first, then those below it."""
    for place in (folder.parent, folder.parent / "_data", folder.parent / "data"):
        yield from (file for stem in sorted(STEMS) for ending in FORMS if (file := place / (stem + ending)).is_file())
    for name in sorted(FOLDERS):
        yield from sorted((folder.parent / name).glob("*/_index*.md"))
        yield from sorted((folder.parent / name).glob("*.md"))
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        here = Path(top)
        for name in sorted(names):
            file = here / name
            data = file.suffix in FORMS and (file.stem in STEMS or here.name == "authors")
            own = file.suffix == ".md" and (here.name in FOLDERS if not name.startswith("_index.") else here.parent.name in FOLDERS)
            if data or own:
                yield file


def _entries(parsed: Any, file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield key and entry of a table of authors, a list of them, or the file of a single one."""
    inner = parsed.get("authors") if isinstance(parsed, Mapping) else None
    parsed = inner if isinstance(inner, (Mapping, list)) else parsed
    if isinstance(parsed, Mapping) and file.stem not in STEMS:
        yield file.stem, parsed
    elif isinstance(parsed, Mapping):
        for key, entry in parsed.items():
            if isinstance(entry, Mapping):
                under = next((text for field in ("title", "description") if (text := text_of(entry.get(field)))), "")
                yield text_of(key), {"role": under if len(under) <= LONGEST_ROLE else "", **entry}
    elif isinstance(parsed, list):
        yield from ((text_of(entry.get("name")), entry) for entry in parsed if isinstance(entry, Mapping))
