"""From a file, or the identifier at the foot of a figure, to its passport and its workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse import workspaces
from discourse.errors import InputError, WorkspaceError
from discourse.pipeline.passports import FOLDER, kept

__all__ = ["Found", "found"]

PROCESSED = Path("data", "processed")
LARGEST = 200_000_000  # bytes of a file that is read
SCREEN = "screen"  # the picture of a notebook, drawn smaller


@dataclass(frozen=True)
class Found:
    """A passport, where there is one, and what is to be said of what it was found by.

    `kind` is that of the file, or `id`; `fits` says whether the passport has the identifier of its content, `altered` whether the picture
    is not the one that it vouches for, `edited` which cells of a CSV are not what it holds.
    """

    passport: dict[str, Any] | None
    workspace: Path
    kind: str
    fits: bool = True
    altered: bool = False
    edited: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """The identifier that the passport names."""
        return str((self.passport or {}).get("identifier", ""))

    @property
    def marks(self) -> dict[str, dict[str, Any]]:
        """The marks of the passport by name."""
        from discourse.export import numbers_in

        return {str(mark["mark"]): mark for mark in numbers_in(self.passport)} if self.passport else {}


def found(what: str, workspace: Path | str | None = None) -> Found:
    """Return the passport of a picture, a CSV, a passport's own file, or an identifier.

    Parameters
    ----------
    what : a path or an identifier.
    workspace : of the corpus; without it the one in `data/processed` that keeps the passport, or is of the same source.

    Raises
    ------
    InputError : there is no such file, or it is damaged, or is neither picture, table nor passport.
    WorkspaceError : no workspace is found, or it keeps no such passport.
    """
    from discourse.export import IDENTIFIER, fits

    given = Path(workspace) if workspace is not None else None
    named = what.strip().upper()
    if not Path(what).is_file() and IDENTIFIER.fullmatch(named):
        folder = given or _keeping(named)
        own = kept(folder, named)
        return Found(own, folder, "id", fits=fits(own) and own["identifier"] == named)
    data = _read(Path(what))
    passport, kind, altered = _carried(data, what)
    if kind == "csv":
        return _of_csv(data, what, given)
    if passport is None:
        return Found(None, given or Path(), kind)
    return Found(passport, given or _of_source(passport), kind, fits=fits(passport), altered=altered)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise InputError(f"{file}: too large for a figure of this program.")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); give a figure's file, or the identifier at its foot.") from error


def _carried(data: bytes, what: str) -> tuple[dict[str, Any] | None, str, bool]:
    """Return the passport that a file carries, its kind, and whether its picture is another than the passport vouches for."""
    from discourse.export import described_in, digest, from_json, kind_of

    kind = kind_of(data)
    if kind is None:
        if data.lstrip()[:1] == b"{":
            return from_json(data.decode("utf-8", "replace"), what), "json", False
        is_text = b"\x00" not in data[:4000] and b"," in data[:4000]
        return None, "csv" if is_text else "other", False
    text = described_in(data, kind, what)
    passport = from_json(text, what) if text else None
    if passport is None:
        return None, kind, False
    pictures = passport.get("pictures")
    vouched = pictures if isinstance(pictures, dict) else {}
    return passport, kind if kind in vouched else SCREEN, digest(data, kind, what) not in (vouched.get(kind), vouched.get(SCREEN))


def _of_csv(data: bytes, what: str, given: Path | None) -> Found:
    """Return what a CSV of numbers says beside the passport that it names in its last column."""
    from discourse.export import IDENTIFIER, fits

    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{what}: no CSV in UTF-8 ({error}); ask for the file again.") from error
    place = rows[0].index("figure") if rows and "figure" in rows[0] else -1
    names = {row[place] for row in rows[1:] if place >= 0 and len(row) > place and IDENTIFIER.fullmatch(row[place])}
    if len(names) != 1:
        return Found(None, given or Path(), "csv")
    identifier = names.pop()
    folder = given or _keeping(identifier)
    passport = kept(folder, identifier)
    return Found(passport, folder, "csv", fits=fits(passport), edited=tuple(_differing(rows, passport)))


def _differing(rows: list[list[str]], passport: Mapping[str, Any]) -> Iterator[str]:
    """Yield each cell of a CSV that is not what its passport holds."""
    from discourse.export import rows_as_csv

    marks = passport["discourse"]["marks"]
    columns = [*marks["columns"], "figure"]
    made = rows_as_csv(columns, [[*row, passport["identifier"]] for row in marks["rows"]]).decode()
    ours = list(csv.reader(io.StringIO(made, newline="")))
    if rows[:1] != ours[:1]:
        yield f"its columns are {', '.join(rows[0])}."
        return
    theirs = {row[0]: row for row in rows[1:] if row}
    for mine in ours[1:]:
        row = theirs.pop(mine[0], None)
        if row is None:
            yield f"{mine[0]} is missing."
            continue
        for column, a, b in zip(columns, mine, [*row, *[""] * len(mine)], strict=False):
            if a != b and not _same_number(a, b):
                yield f"{mine[0]}, {column}: {b or 'nothing'} instead of {a or 'nothing'}."
    for name in theirs:
        yield f"{name} was added."


def _same_number(a: str, b: str) -> bool:
    """Return whether two cells hold one number: a spreadsheet may write it in another way.

    >>> _same_number("0.30", "0.3"), _same_number("0.3", "0.31"), _same_number("", "0")
    (True, False, False)
    """
    try:
        return float(a) == float(b)
    except ValueError:
        return False


def _workspaces() -> Iterator[Path]:
    yield from sorted(file.parent for file in PROCESSED.glob(f"*/{workspaces.MANIFEST}"))


def _keeping(identifier: str) -> Path:
    """Return the workspace that keeps a passport."""
    for folder in _workspaces():
        if (folder / FOLDER / f"{identifier}.json").is_file():
            return folder
    raise WorkspaceError(f"No workspace in {PROCESSED} keeps a passport of the figure {identifier}; name it with: --in DIR")


def _of_source(passport: Mapping[str, Any]) -> Path:
    """Return the workspace of a passport's corpus: the one that keeps it, else the only one of the same source."""
    source, identifier = passport["isBasedOn"].get("identifier"), passport.get("identifier")
    alike = [folder for folder in _workspaces() if workspaces.manifest(folder)["corpus"]["source"] == source]
    keeping = [folder for folder in alike if (folder / FOLDER / f"{identifier}.json").is_file()]
    if len(keeping or alike) != 1:
        many = f"{len(alike)} workspaces in {PROCESSED} are" if alike else f"No workspace in {PROCESSED} is"
        raise WorkspaceError(f"{many} of the source {source!r}; name the one to compare with: --in DIR")
    return (keeping or alike)[0]
