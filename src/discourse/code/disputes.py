"""What coders differ on: side by side under neutral heads, with room for the decision, and the decisions read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from discourse.code.form import REMARK, Answer, Form, head
from discourse.code.problems import Problem
from discourse.code.reading import Entry, Sheet, understood

__all__ = ["LETTERS", "adjudicated", "carried", "dispute_rows", "disputed", "neutral", "outside", "stale"]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Answers = Mapping[str, Answer]
Said = Mapping[str, Mapping[str, Answers]]  # coder -> id -> answers


def neutral(coders: Sequence[str]) -> dict[str, str]:
    """Return name -> neutral head, in the order of the names.

    >>> neutral(["ben", "ann"])
    {'ann': 'coder_a', 'ben': 'coder_b'}
    """
    return {coder: f"coder_{letter}" for coder, letter in zip(sorted(coders), LETTERS, strict=False)}


def disputed(ids: Sequence[str], said: Said, form: Form) -> list[str]:
    """Return the sentences on which coders differ in anything that is asked."""
    every = {id_: [own[id_] for own in said.values() if id_ in own] for id_ in ids}
    return [id_ for id_, answers in every.items() if answers and len(form.agreed(answers)) < len(form.asked)]


def dispute_rows(ids: Sequence[str], texts: Mapping[str, str], sheets: Mapping[str, Sheet], form: Form) -> list[dict[str, Answer]]:
    """Return the rows of a sheet of decisions: what coders agree on is filled in, what they differ on is blank.

    Parameters
    ----------
    ids : the sentences in dispute.
    texts : id -> sentence.
    sheets : neutral head -> the coder's sheet.
    form : with the neutral heads as its coders.
    """
    rows = []
    for number, id_ in enumerate(ids, start=1):
        entries = {coder: sheet.entries[id_] for coder, sheet in sheets.items() if id_ in sheet.sound}
        beside = {head(c, name): e.answers.get(name) for c, e in entries.items() for name in form.asked}
        remarks = {head(c, REMARK): e.remark or None for c, e in entries.items()}
        agreed = form.agreed([entry.answers for entry in entries.values()])
        rows.append({"line": number, "id": id_, "text": texts[id_], **beside, **remarks, **agreed})
    return rows


def stale(sheet: Sheet, rows: Iterable[Mapping[str, Answer]], form: Form) -> list[Problem]:
    """Return a problem a line of decisions beside which stands something else than the coders' sheets say now."""
    by_id = {row["id"]: row for row in rows}
    what = "what stands beside the decision is not what the coders' sheets say now"
    return [
        Problem(sheet.file, entry.number, entry.id, what, "run discourse agree again; it carries decisions over")
        for entry in sheet.entries.values()
        if entry.id not in by_id or not _is_beside(entry, by_id[entry.id], form)
    ]


def _is_beside(entry: Entry, row: Mapping[str, Answer], form: Form) -> bool:
    heads = [(name, head(coder, name)) for name in form.asked for coder in form.coders]
    return all(understood(form, name, entry.beside.get(column, "")) == row.get(column) for name, column in heads)


class Carried(NamedTuple):
    """Rows of decisions with those of an earlier sheet; how many lines of it are in them, and how many are not or not whole."""

    rows: list[dict[str, Answer]]
    n_carried: int
    n_dropped: int


def carried(rows: Sequence[Mapping[str, Answer]], earlier: Sheet, form: Form) -> Carried:
    """Return rows of decisions with what was typed in an earlier sheet.

    Where the coders have changed their codes of a sentence since, only what is still in dispute is carried over.
    """
    typed = {id_: (entry.typed(form), entry.remark) for id_, entry in earlier.entries.items()}
    typed = {id_: both for id_, both in typed.items() if any(both)}
    out, n_carried, n_whole = [], 0, 0
    for row in rows:
        answers, remark = typed.get(str(row["id"]), ({}, ""))
        kept = answers
        if answers and not _is_beside(earlier.entries[str(row["id"])], row, form):
            kept = {name: answer for name, answer in answers.items() if name not in row}
        out.append({**row, **kept, **({REMARK: remark} if remark else {})})
        n_carried += bool(kept or remark)
        n_whole += bool(answers or remark) and len(kept) == len(answers)
    return Carried(out, n_carried, len(typed) - n_whole)


def adjudicated(ids: Sequence[str], said: Said, decisions: Mapping[str, Answers]) -> dict[str, Answers]:
    """Return id -> answers: the decision where there is one, else what the coders agree on; sentences that nobody coded are left out."""
    agreed = {id_: next((own[id_] for own in said.values() if id_ in own), None) for id_ in ids}
    return {id_: answers for id_ in ids if (answers := decisions.get(id_, agreed[id_])) is not None}


def outside(decisions: Mapping[str, Answers], said: Said) -> int:
    """Return how many decisions hold an answer that no coder gave."""
    return sum(
        any(answer not in [own[id_][name] for own in said.values() if id_ in own] for name, answer in decision.items())
        for id_, decision in decisions.items()
    )
