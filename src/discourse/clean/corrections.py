"""What is wrong in a corpus is set right by records beside it, never in the originals.

`corrections.csv` has the columns `post` (a `post_id`, a file, or `*` for every post), `field` (a column of `posts`),
`old`, `new`, `reason`. In `text` and `title` a piece is replaced, in lists one item (an empty `new` takes it out), elsewhere the whole
value (an empty `old` is null). A row that matches nothing is an error: either the corpus has changed or the row is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from discourse.errors import CorrectionError, did_you_mean
from discourse.tables import RawPost

__all__ = ["Correction", "correct", "read_corrections", "unmatched"]

COLUMNS = ["post", "field", "old", "new", "reason"]
PIECES = ("text", "title")
LISTS = ("authors", "author_roles", "editors", "translators", "categories", "tags")
MARKER = re.compile("\ue000[^\ue001]*\ue001")
WHOLE = ("url", "published", "language", "series", "reprinted_from", "licence", "author_note")


@dataclass(frozen=True)
class Correction:
    """One row of `corrections.csv`, with its line number for messages."""

    line: int
    post: str
    field: str
    old: str
    new: str
    reason: str


def read_corrections(path: Path) -> list[Correction]:
    """Read `corrections.csv`.

    Raises
    ------
    CorrectionError : it cannot be read, lacks a column, names an unknown field, or a row has no post or no reason.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read ({error}); it must be a CSV file in UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if [name.strip() for name in reader.fieldnames or []] != COLUMNS:
        raise CorrectionError(f"{path}: the first line must be: {','.join(COLUMNS)}")
    rows = []
    for row in _rows(reader, path):
        fields = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if fields["field"] not in (*PIECES, *LISTS, *WHOLE):
            hint = did_you_mean(fields["field"], (*PIECES, *LISTS, *WHOLE))
            raise CorrectionError(f"{path}, line {reader.line_num}: no field {fields['field']!r}.{hint}")
        if not fields["post"] or not fields["reason"]:
            raise CorrectionError(f"{path}, line {reader.line_num}: a correction needs a post (or *) and a reason.")
        rows.append(Correction(reader.line_num, **fields))
    return rows


def _rows(reader: csv.DictReader[str], path: Path) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise CorrectionError(f"{path}, line {reader.line_num}: cannot be read ({error}).") from error


def correct(post: RawPost, rows: Sequence[Correction]) -> list[int]:
    """Correct one post in place and return the lines of the corrections that changed something.

    Parameters
    ----------
    rows : the corrections of this post, in the order of the file; later ones see what earlier ones changed.

    Raises
    ------
    CorrectionError : a new date cannot be read.
    """
    return [row.line for row in rows if _correct(row, post)]


def unmatched(
    corrections: Sequence[Correction], *, matched: Container[int], posts: Container[str], ids: Sequence[str], partial: bool = False
) -> str:
    """Return what is wrong with the first correction that matches nothing, or an empty text.

    Parameters
    ----------
    matched : lines of the corrections that changed something.
    posts : what a correction may name: each `post_id`, each file, and `*` where there is a post at all.
    ids : each `post_id`.
    partial : whether a row may name a post that is not among them.
    """
    for row in corrections:
        is_here = row.post in posts
        if row.line not in matched and not (partial and (not is_here or row.post == "*")):
            what = f"{row.field} {row.old!r}" if is_here else f"post {row.post!r}"
            hint = "" if is_here or row.post == "*" else did_you_mean(row.post, ids) if len(ids) < 50 else ""
            return f"corrections.csv, line {row.line}: nothing matches {what}; mend or remove the row.{hint}"
    return ""


def _correct(row: Correction, post: RawPost) -> bool:
    name = "body" if row.field == "text" else row.field
    value = getattr(post, name)
    if row.field in PIECES:
        found = _across_markers(row.old)
        if not row.old or not found.search(value):
            return False
        setattr(post, name, found.sub(lambda match: row.new + "".join(MARKER.findall(match[0])), value))
    elif row.field in LISTS:
        if row.old and row.old not in (value or []):
            return False
        items = [row.new if item == row.old else item for item in value or []] if row.old else [*(value or []), row.new]
        kept = [k for k, item in enumerate(items) if item or (value or [])[k : k + 1] == [""]]
        setattr(post, name, [items[k] for k in kept])
        if name == "authors":  # roles stand beside authors, in the same order
            roles = [*post.author_roles, *[""] * len(items)]
            post.author_roles = [roles[k] for k in kept]
    else:
        if row.old != ("" if value is None else str(value)):
            return False
        setattr(post, name, _value(row))
        if row.field == "published":
            post.published_precision = "day" if row.new else None
    return True


def _across_markers(piece: str) -> re.Pattern[str]:
    """Return a pattern for a piece of text as a reader sees it: the markers of notes may stand anywhere inside."""
    return re.compile(f"(?:{MARKER.pattern})*".join(map(re.escape, piece)))


def _value(row: Correction) -> Any:
    if row.field != "published" or not row.new:
        return row.new or None
    try:
        return date.fromisoformat(row.new)
    except ValueError as error:
        raise CorrectionError(f"corrections.csv, line {row.line}: {row.new!r} is no date; write it as 2016-03-31.") from error
