"""The passport of a figure: what was drawn, from what, by what, as JSON that travels inside its files.

Its terms are those of schema.org (`ImageObject`, `isBasedOn`, `creator`); what schema.org has no word for stands under `discourse`. The
identifier is printed on the figure: eight signs of the SHA-256 of everything else in the passport save the hashes of the pictures, which
show the identifier. So a passport that was edited no longer fits its identifier, and a picture that was edited no longer fits its hash.
That shows tampering; it does not prevent it: whoever can run the program can make a new passport.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from discourse.errors import InputError
from discourse.export.numbers import marks_of
from discourse.paths import sha256

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["IDENTIFIER", "Drawn", "figure_id", "fits", "from_json", "issued", "numbers_in", "to_json"]

VERSION = 1
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # those of Crockford's base 32: none is taken for another
IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
APART = ("identifier", "pictures")  # not under the identifier
LARGEST = 64_000_000  # bytes of a passport that is read


class Drawn(Protocol):
    """What gets a passport: a figure, its numbers (a row a mark), its title, and what it shows in words."""

    @property
    def figure(self) -> Figure: ...  # noqa: D102
    @property
    def numbers(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def alt(self) -> str: ...  # noqa: D102


def issued(chart: Drawn, *, corpus: Mapping[str, Any], program: Mapping[str, str], run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the passport of a drawn figure, without the hashes of its pictures.

    Parameters
    ----------
    chart : what was drawn.
    corpus : `name`, `identifier`, `version` (the hash of its posts) and what else a schema.org `Dataset` says of it.
    program : `name` and `softwareVersion`.
    run : everything that the figure was made with: `chart`, `asked`, `made_with`, `posts`, `rules`.
    """
    content = {
        "@context": "https://schema.org", "@type": "ImageObject", "name": chart.title, "description": chart.alt,
        "creator": {"@type": "SoftwareApplication", **program}, "isBasedOn": {"@type": "Dataset", **corpus},
        "discourse": {"passport": VERSION, **run, "marks": marks_of(chart.numbers)},
    }  # fmt: skip
    return {"identifier": figure_id(content), **content}


def figure_id(passport: Mapping[str, Any]) -> str:
    """Return the identifier that a passport must have.

    >>> figure_id({"name": "A"}), figure_id({"name": "B"})
    ('PB4Y-WSSD', 'ND5S-VY0Q')
    """
    content = {key: value for key, value in passport.items() if key not in APART}
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    number = int(sha256(text.encode())[:10], 16)
    signs = "".join(SIGNS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def fits(passport: Mapping[str, Any]) -> bool:
    """Return whether a passport still has the identifier of its content."""
    return passport.get("identifier") == figure_id(passport)


def to_json(passport: Mapping[str, Any]) -> str:
    """Return a passport as one line of JSON in ASCII."""
    return json.dumps(passport, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str, where: str) -> dict[str, Any] | None:
    """Return a passport from JSON, or nothing where it is the JSON of something else.

    Raises
    ------
    InputError : it is one, and damaged.
    """
    if len(text) > LARGEST or '"discourse"' not in text:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("discourse"), dict):
        return None
    run, base = found["discourse"], found.get("isBasedOn")
    marks = run.get("marks")
    whole = isinstance(base, dict) and isinstance(marks, dict) and isinstance(run.get("chart"), str) and isinstance(run.get("asked"), dict)
    if not whole or not _is_table(marks.get("columns"), marks.get("rows")):
        raise InputError(f"{where}: its passport is damaged; ask for the file again, or make the figure anew.")
    if run.get("passport") != VERSION:
        raise InputError(
            f"{where}: its passport is of kind {run.get('passport')}; this program reads kind {VERSION}. Use the version it names."
        )
    return found


def _is_table(columns: Any, rows: Any) -> bool:
    """Return whether columns and rows are those of marks: text, `mark` first, every row as long."""
    named = isinstance(columns, list) and columns[:1] == ["mark"] and all(isinstance(name, str) for name in columns)
    return named and isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(columns) for row in rows)


def numbers_in(passport: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the marks of a passport, a dict each."""
    marks = passport["discourse"]["marks"]
    return [dict(zip(marks["columns"], row, strict=True)) for row in marks["rows"]]
