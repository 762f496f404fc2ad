"""A sheet in its two forms, CSV and Excel, of which people fill one: the other is left alone, and where both are filled they must agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from discourse.code.cells import folded
from discourse.code.form import REMARK, Answer, Form
from discourse.code.problems import Problem
from discourse.code.reading import Entry, Sheet, read_sheet

__all__ = ["KINDS", "read_both"]

KINDS = ("xlsx", "csv")


def read_both(folder: Path, stem: str, form: Form, texts: Mapping[str, str]) -> Sheet:
    """Read a sheet from the form of it that is filled.

    Where both are filled, lines in which they differ are errors and not sound.

    Parameters
    ----------
    folder, stem : the files are `stem.xlsx` and `stem.csv`.
    form, texts : as in `read_sheet`.
    """
    paths = [folder / f"{stem}.{kind}" for kind in KINDS]
    sheets = [read_sheet(path, form, texts) for path in paths if path.exists()]
    if not sheets:
        todo = "make it with discourse agree" if form.coders else "put one of them back, or take the coder out of sheets.json"
        return Sheet(paths[0].name, problems=[Problem(paths[0].name, None, "", f"there is no such sheet, and no {paths[1].name}", todo)])
    filled = [sheet for sheet in sheets if sheet.n_filled] or sheets[:1]
    return _met(filled[0], filled[1], form) if len(filled) > 1 else filled[0]


def _met(book: Sheet, table: Sheet, form: Form) -> Sheet:
    """Return both forms as one sheet."""
    known = {(problem.id, problem.what) for problem in book.problems}
    only = [problem for problem in table.problems if (problem.id, problem.what) not in known]
    met = Sheet(book.file, dict(book.entries), [*book.problems, *only], max(book.n_filled, table.n_filled))
    for id_ in dict.fromkeys([*book.entries, *table.entries]):
        pair = book.entries.get(id_), table.entries.get(id_)
        differ = [name for name in (*form.asked, REMARK) if _said(pair[0], name) != _said(pair[1], name)]
        if differ:
            said = (f"{name} {_shown(_said(pair[1], name))} here, {_shown(_said(pair[0], name))} in {book.file}" for name in differ)
            number = pair[1].number if pair[1] else None
            todo = "make both the same, or move one of the two files out of the folder"
            met.differ.append(Problem(table.file, number, id_, ", ".join(said), todo))
        one = pair[0] or pair[1]
        if one is not None:
            met.entries[id_] = one
            one.is_sound = one.is_sound and not differ
    met.problems += met.differ
    return met


def _said(entry: Entry | None, name: str) -> Answer:
    if entry is None:
        return None
    return folded(entry.remark) or None if name == REMARK else entry.answers.get(name)


def _shown(answer: Answer) -> str:
    return "blank" if answer is None else repr(answer)
