"""What coders agree on, what they differ on, and what holds at last.

Decisions that somebody typed are never written over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.code import KINDS, Answer, Form, Problem, adjudicated, carried, dispute_rows, disputed, outside, read_both, stale, written
from discourse.errors import CodingError, InputError
from discourse.pipeline.coded import framings_coded
from discourse.pipeline.study import DISAGREEMENTS, PLAN, Study, instructions, problems_told, read_study, refuse

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Adjudication", "Agreement", "Disagreements", "adjudicate", "measure_agreement"]

GOLD = "gold.jsonl"
Row = dict[str, Any]


class Disagreements(NamedTuple):
    """The sheet of what coders differ on: its files, how many sentences, and in how many something is decided.

    `kept` are the files of an earlier sheet, put beside because the disagreements have changed, and `n_dropped` in how many of its lines
    something was decided that is not in the new one, for it is no longer in dispute.
    """

    files: list[Path]
    n: int
    n_decided: int
    n_dropped: int = 0
    kept: Sequence[Path] = ()


class Agreement(NamedTuple):
    """How far coders agree: `table` and `confusion` as of `coder_agreement` and `coder_confusion`.

    `heads` is coder -> the neutral head under which the coder stands there; `complete` is coder -> lines without an error and lines asked.
    """

    heads: dict[str, str]
    complete: dict[str, tuple[int, int]]
    table: pd.DataFrame
    confusion: pd.DataFrame
    disagreements: Disagreements
    problems: list[Problem]


class Adjudication(NamedTuple):
    """The hand codes: their file, how many sentences, how many were decided, in how many decisions differ from all coders, and notes."""

    file: Path
    n: int
    n_decided: int
    n_outside: int
    problems: list[Problem]


def measure_agreement(folder: Path | str, *, partial: bool = False, bootstrap: int = 1000, seed: int = 0) -> Agreement:
    """Read the sheets, and write `agreement.csv`, `confusion.csv` and the sheet of disagreements, in which decisions are typed.

    Decisions that are there already stay: if the disagreements have changed, they are carried over, in the form of the sheet that was
    filled, and the earlier sheet is kept beside as `disagreements.before.xlsx` and `.csv`.

    Parameters
    ----------
    folder : of the study.
    partial : go on with the lines that are complete and sound.
    bootstrap : draws of posts for the intervals of alpha.
    seed : of the draws.

    Raises
    ------
    InputError : there are no sheets, or no sentence is coded by two coders.
    CodingError : lines are incomplete or contradict each other, and `partial` is False; `problems.csv` has all of them.
    """
    from discourse.export import to_csv
    from discourse.measure import coder_agreement, coder_confusion

    study = read_study(Path(folder))
    problems = problems_told(study)
    if not partial:
        whole = ", ".join(f"{name} {n:,} of {of:,}" for name, (n, of) in study.complete.items())
        refuse(study, problems, f"Complete lines: {whole}. Set the others right, or go on without them: --partial.")
    coded = _long(study)
    if not coded["id"].duplicated().any():
        raise InputError(f"{folder}: no sentence is coded by two coders yet; agreement needs that.")
    codes, labels = study.form.codes, study.form.labels
    table = coder_agreement(coded, codes=codes, labels=labels, replicates=bootstrap, seed=seed)
    confusion = coder_confusion(coded, codes=codes, labels=labels)
    disagreements = _lay_out(study)
    for name, frame in (("agreement", table), ("confusion", confusion)):
        paths.write_whole(study.folder / f"{name}.csv", to_csv(frame))
    return Agreement(study.heads, study.complete, table, confusion, disagreements, problems)


def _long(study: Study) -> pd.DataFrame:
    """Return a row a sentence and coder."""
    import pandas as pd

    rows = [
        {"id": id_, "post": study.plan[id_]["post_id"], "coder": head, **answers}
        for head, sound in study.said.items()
        for id_, answers in sound.items()
    ]
    return pd.DataFrame(rows, columns=["id", "post", "coder", *study.form.asked])


def _lay_out(study: Study) -> Disagreements:
    """Write the sheet of disagreements, unless it is there as it should be."""
    folder, form = study.folder, study.form
    rows = dispute_rows(disputed(list(study.plan), study.said, form), study.texts, study.sheets, form)
    targets = [folder / f"{DISAGREEMENTS}.{kind}" for kind in KINDS]
    there = [path for path in targets if path.exists()]
    earlier = read_both(folder, DISAGREEMENTS, form, study.texts) if there else None
    if earlier is None or not earlier.n_filled:
        _write(targets, rows, form)
        return Disagreements(targets, len(rows), 0)
    new, n_decided, n_dropped = carried(rows, earlier, form)
    if earlier.entries.keys() == {row["id"] for row in rows} and not stale(earlier, rows, form):
        return Disagreements(there, len(rows), n_decided)
    problems = problems_told(study, earlier.differ)
    if earlier.differ:
        refuse(study, problems, "Decisions in the two differ; make them the same, and run agree again.")
    kept = _beside(there)
    # where decisions are carried over, one form: a second with the same would contradict it as soon as somebody goes on
    chosen = [folder / earlier.file] if n_decided else targets
    _write(chosen, new, form)
    for path in there:
        if path not in chosen:
            path.unlink()
    return Disagreements(chosen, len(rows), n_decided, n_dropped, kept)


def _write(targets: Sequence[Path], rows: Sequence[Row], form: Form) -> None:
    lines = instructions("decisions").replace("`", "").splitlines()
    files = written(form, rows, lines, name=DISAGREEMENTS)
    for target in targets:
        paths.write_whole(target, files[target.suffix[1:]])


def _beside(files: Sequence[Path]) -> list[Path]:
    """Copy the files of an earlier sheet to names that are free, and return these."""
    stems = (f"{DISAGREEMENTS}.before{f'-{n}' if n > 1 else ''}" for n in count(1))
    free = next(stem for stem in stems if not any((files[0].parent / f"{stem}.{kind}").exists() for kind in KINDS))
    kept = [file.with_name(f"{free}{file.suffix}") for file in files]
    for file, copy in zip(files, kept, strict=True):
        paths.write_whole(copy, file.read_bytes())
    return kept


def adjudicate(folder: Path | str) -> Adjudication:
    """Write `gold.jsonl`: the plan's lines with the codes that hold, and what each coder said (null where one did not have the sentence).

    What coders agree on holds, and else what was decided in the sheet of disagreements.

    Parameters
    ----------
    folder : of the study.

    Raises
    ------
    InputError : there are no sheets.
    CodingError : a line is incomplete, undecided or contradictory; nothing is written but `problems.csv`, which has all of them.
    """
    study = read_study(Path(folder))
    ids = disputed(list(study.plan), study.said, study.form)
    notes = problems_told(study)
    refuse(study, notes, "Set them right first.")
    decisions, found = _decisions(study, ids)
    problems = problems_told(study, found)
    again = f"Set them right; where sheets have changed since, run first: discourse agree {study.folder}."
    refuse(study, problems, again)
    final = adjudicated(list(study.plan), study.said, decisions)
    check = framings_coded(study.form.framings)
    lines = []
    for id_, row in study.plan.items():
        own = {head: _in_order(study.form, said[id_]) if id_ in said else None for head, said in study.said.items()}
        line = {**row, **_in_order(study.form, final[id_]), **own}
        try:
            lines.append(check(line))
        except (ValueError, TypeError, KeyError) as error:
            raise CodingError(f"{study.folder / PLAN}: the sentence {id_} cannot be written ({error}).") from error
    file = study.folder / GOLD
    paths.write_whole(file, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode())
    return Adjudication(file, len(lines), len(ids), outside(decisions, study.said), problems)


def _in_order(form: Form, answers: Mapping[str, Answer]) -> Row:
    """Return the codes, then holder and modality, null where they are not asked."""
    return {name: answers.get(name) for name in (*form.codes, "holder", "modality")}


def _decisions(study: Study, ids: Sequence[str]) -> tuple[dict[str, Row], list[Problem]]:
    """Return id -> decision, and what is wrong with the sheet of disagreements."""
    if not ids:
        return {}, []
    texts = {id_: study.texts[id_] for id_ in ids}
    sheet = read_both(study.folder, DISAGREEMENTS, study.form, texts)
    rows = dispute_rows(ids, texts, study.sheets, study.form)
    return sheet.sound, [*sheet.problems, *stale(sheet, rows, study.form)]
