"""Sheets read back: what is typed in each line, and everything that is wrong, line by line.

Lines may stand in another order, columns too. A line is known by its id; where a spreadsheet made a number of an id (`012345` becomes
12345) the text tells it. A line that is not sound has its answers as far as they can be told, and is never used unless it is set right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from discourse.code.cells import code_typed, folded, label_typed, same_text, unguarded
from discourse.code.form import REMARK, Answer, Form, head
from discourse.code.problems import Problem
from discourse.code.tabular import Table, columns_known, read_table
from discourse.errors import InputError

__all__ = ["Entry", "Sheet", "read_sheet", "understood"]


@dataclass
class Entry:
    """One line of a sheet: its row in the file, what is typed, and what the coders said where that stands beside it.

    `answers` holds what was understood, and what was typed where it was not; `is_sound` is False where the line has an error.
    """

    number: int
    id: str
    answers: dict[str, Answer]
    remark: str
    beside: dict[str, str]
    is_sound: bool = True

    def given(self, form: Form) -> dict[str, Answer]:
        """Return the answers that stood in the line before anybody typed: those in which all coders beside it agree."""
        said = [{name: understood(form, name, self.beside.get(head(coder, name), "")) for name in form.asked} for coder in form.coders]
        return form.agreed([one for one in said if any(one[code] is not None for code in form.codes)])

    def typed(self, form: Form) -> dict[str, Answer]:
        """Return the answers that somebody typed, or cleared."""
        given = self.given(form)
        return {name: answer for name, answer in self.answers.items() if answer != given.get(name)}


@dataclass
class Sheet:
    """A sheet as it was read: `entries` by id, `problems`, and in how many lines something is typed (`n_filled`).

    `differ` holds those of the problems that are lines in which CSV and Excel, both filled, differ.
    """

    file: str
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    n_filled: int = 0
    differ: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Return whether something must be set right."""
        return any(problem.is_error for problem in self.problems)

    @property
    def sound(self) -> dict[str, dict[str, Answer]]:
        """Return id -> answers of the lines without an error."""
        return {entry.id: entry.answers for entry in self.entries.values() if entry.is_sound}


def read_sheet(path: Path, form: Form, texts: Mapping[str, str]) -> Sheet:
    """Read a sheet, CSV or Excel.

    Parameters
    ----------
    path : the file.
    form : what it asks.
    texts : id -> sentence, in the order in which they were written.
    """
    known = columns_known(form.columns)
    try:
        table = read_table(path, known=known, texts={folded(text) for text in texts.values()})
    except InputError as error:
        return Sheet(path.name, problems=[Problem(path.name, None, "", str(error))], n_filled=1)
    return _Reading(path.name, form, texts, table).sheet()


class _Reading:
    """One sheet while it is read."""

    def __init__(self, file: str, form: Form, texts: Mapping[str, str], table: Table) -> None:
        self.form, self.texts, self.table = form, texts, table
        self.order = {id_: number for number, id_ in enumerate(texts, start=1)}
        self.by_text = {folded(text): id_ for id_, text in texts.items()}
        self.by_number: dict[str, list[str]] = {}
        for id_ in texts:
            if shown := _as_number(id_):
                self.by_number.setdefault(shown, []).append(id_)
        self.out = Sheet(file)
        self.places: dict[str, int] = {}
        self.filled: set[int] = set()
        self.found: dict[str, list[Entry]] = {}

    def sheet(self) -> Sheet:
        self._columns()
        for number, what in self.table.unread:
            self.filled.add(number or 0)
            self._note(number, "", f"{what} is not read", f"type what matters under {REMARK}")
        if {"id", "text"} <= self.places.keys():
            for number, cells in self.table.rows:
                if any(cell.strip() for cell in cells):
                    self._line(number, cells)
            self._twice()
            self._missing()
        else:
            self.filled |= {number for number, cells in self.table.rows if any(cell.strip() for cell in cells)}
        self.out.n_filled = len(self.filled)
        return self.out

    def _error(self, number: int | None, id_: str, what: str, todo: str) -> None:
        self.out.problems.append(Problem(self.out.file, number, id_, what, todo))

    def _note(self, number: int | None, id_: str, what: str, todo: str = "") -> None:
        self.out.problems.append(Problem(self.out.file, number, id_, what, todo, is_error=False))

    def _columns(self) -> None:
        """Find the columns, and say which are missing, there twice, or filled and not read."""
        known = columns_known(self.form.columns)
        others = []
        for place, name in enumerate(self.table.header):
            column = known(name)
            if column is None:
                others.append((place, name.strip()))
            elif column in self.places:
                self._error(None, "", f"the column {column!r} is there twice", "delete one, or give it another name")
            else:
                self.places[column] = place
        for column in self.form.columns:
            if column not in self.places:
                near = difflib.get_close_matches(column, [name for _, name in others], n=1)
                say = self._note if column in ("line", REMARK) else self._error
                say(None, "", f"there is no column {column!r}", f"give {near[0]!r} this name" if near else "put it back")
        for place, name in others:
            rows = [number for number, cells in self.table.rows if place < len(cells) and cells[place].strip()]
            self.filled |= set(rows)
            if rows:
                shown = f"the column {name[:40]!r}" if name else f"column {place + 1}, which has no name,"
                self._note(rows[0], "", f"{shown} is not read; {len(rows)} of its cells are filled", f"type what matters under {REMARK}")

    def _line(self, number: int, cells: list[str]) -> None:
        row = {column: cells[place].strip() if place < len(cells) else "" for column, place in self.places.items()}
        if self.table.is_guarded:
            row = {column: cell if column == "text" else unguarded(cell) for column, cell in row.items()}
        if any(cell.strip() for cell in cells[len(self.table.header) :]):
            self.filled.add(number)
            self._note(number, row["id"], "there are filled cells right of the last column, which are not read", f"use {REMARK}")
        id_ = self._id(number, row)
        if id_ is None:
            self.filled |= {number} if self._is_typed(row) or not row["id"] else set()
            return
        before = len(self.out.problems)
        self._same(number, id_, row)
        answers = {name: self._answer(number, id_, name, row[name]) for name in self.form.asked if name in self.places}
        self._whole(number, id_, answers)
        beside = {column: row[column] for column in self.form.beside if column in self.places}
        entry = Entry(number, id_, answers, row.get(REMARK, ""), beside)
        entry.is_sound = not any(problem.is_error for problem in self.out.problems[before:]) and len(answers) == len(self.form.asked)
        if entry.typed(self.form) or entry.remark:
            self.filled.add(number)
        self.found.setdefault(id_, []).append(entry)

    def _is_typed(self, row: Mapping[str, str]) -> bool:
        return any(row.get(name) for name in (*self.form.asked, REMARK))

    def _id(self, number: int, row: Mapping[str, str]) -> str | None:
        """Return the id of a line, or None after saying that there is none."""
        id_ = row["id"]
        for known in (id_, id_.casefold()):
            if known in self.texts:
                return known
        for known in self.by_number.get(_as_number(id_), ()):
            if same_text(self.texts[known], row["text"], is_loose=self.table.is_loose):
                self._note(number, known, f"the id reads {id_}, for a spreadsheet made a number of it; the text tells which it is")
                return known
        same = next((self.by_text[form] for form in (folded(row["text"]), folded(unguarded(row["text"]))) if form in self.by_text), None)
        what = f"the id {id_[:40]!r} is not on this sheet" if id_ else "there is no id"
        self._error(number, id_[:40], what, f"the text is that of {same}; type that" if same else "delete the line, or put its id back")
        return None

    def _same(self, number: int, id_: str, row: Mapping[str, str]) -> None:
        """Check that text and number of a line are those of its id: where columns were sorted apart they are not."""
        if not same_text(self.texts[id_], row["text"], is_loose=self.table.is_loose):
            self.filled.add(number)
            what = "the text was changed" if row["text"] else "the text is gone"
            self._error(number, id_, what, "put it back as in plan.jsonl, and look whether the codes belong to it")
        line = row.get("line", "")
        if line and not re.fullmatch(rf"{self.order[id_]}(?:[.,]0+)?", line):
            todo = f"look whether the codes belong to the text, then type {self.order[id_]} or clear the cell"
            self._error(
                number, id_, f"'line' says {line[:20]}, and this was line {self.order[id_]}, as if columns had been sorted apart", todo
            )

    def _answer(self, number: int, id_: str, name: str, text: str) -> Answer:
        """Return what was typed in a cell, understood if it can be."""
        if not text:
            return None
        answer = understood(self.form, name, text)
        if answer is None:
            self._error(
                number, id_, f"{name}: {text[:40]!r} is not understood", f"type {' or '.join(self.form.labels.get(name, ('0', '1')))}"
            )
            return text
        return answer

    def _whole(self, number: int, id_: str, answers: Mapping[str, Answer]) -> None:
        """Check that a line is coded, and that holder and modality stand with a framing and only then."""
        codes = [name for name in self.form.codes if name in answers]
        blank = [name for name in codes if answers[name] is None]
        state = "not yet decided" if self.form.coders else "not yet coded"
        if blank:
            which = "" if len(blank) == len(codes) and not self.form.coders else f": {', '.join(blank)}"
            self._error(number, id_, f"{state}{which}", "type 0 or 1 for each code")
        labels = [name for name in self.form.labels if name in answers]
        if self.form.is_framed(answers):
            for name in labels:
                if answers[name] is None:
                    self._error(number, id_, f"a framing is coded, and {name} is missing", f"type {' or '.join(self.form.labels[name])}")
        elif all(answers.get(name) == 0 for name in self.form.framings):
            for name in labels:
                if answers[name] is not None:
                    self._error(number, id_, f"{name} is {answers[name]}, and no framing is coded", "clear it, or code the framing")

    def _twice(self) -> None:
        """Keep one entry an id; the same answers twice are said, different ones an error."""
        for id_, entries in self.found.items():
            filled = [entry for entry in entries if entry.number in self.filled] or entries[:1]
            self.out.entries[id_] = filled[0]
            for other in entries:
                if other is filled[0]:
                    continue
                if other not in filled:
                    self.out.problems = [problem for problem in self.out.problems if problem.line != other.number]
                elif (other.answers, other.remark) != (filled[0].answers, filled[0].remark):
                    filled[0].is_sound = False
                    what = f"the id stands in line {filled[0].number} too, with other codes"
                    self._error(other.number, id_, what, "delete the line that is wrong")
                    continue
                how = "the same codes" if other in filled else "no codes"
                self._note(other.number, id_, f"the id stands in line {filled[0].number} too; here with {how}, so nothing is lost")

    def _missing(self) -> None:
        for id_, text in self.texts.items():
            if id_ not in self.found:
                shown = " ".join(text.split())[:40]
                todo = "put it back from the other form of the sheet, or type id and text anew"
                self._error(None, id_, f"line {self.order[id_]} is missing ({shown!r}…)", todo)


def understood(form: Form, name: str, text: str) -> Answer:
    """Return what a cell says, or None."""
    return label_typed(text, form.labels[name]) if name in form.labels else code_typed(text)


def _as_number(text: str) -> str:
    """Return a text that a spreadsheet may take for a number as it may show it, three digits and a power of ten; else nothing."""
    try:
        return f"{float(text.replace(',', '.')):.2E}" if text[:1].isdigit() else ""
    except (ValueError, OverflowError):
        return ""
