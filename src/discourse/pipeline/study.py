"""A study that people code: its folder, the plan, who codes what, and the sheets as they are now.

The folder holds what people typed. Its `plan.jsonl` says which sentences are coded, in this order; `sheets.json` what is asked of each and
who codes it; `sheet_NAME.xlsx` or `.csv` is what a coder typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from discourse import paths
from discourse.code import LETTERS, Form, Problem, Sheet, neutral, problems_csv, read_both
from discourse.errors import CodingError, InputError
from discourse.pipeline.coded import HOLDERS, MODALITIES, coded_sentences, framings_coded

__all__ = [
    "DISAGREEMENTS", "PLAN", "Study", "form_of", "instructions", "names_of", "problems_told", "read_plan", "read_record", "read_study",
    "refuse", "write_record",
]  # fmt: skip

PLAN, RECORD, PROBLEMS, DISAGREEMENTS = "plan.jsonl", "sheets.json", "problems.csv", "disagreements"
LABELS = {"holder": HOLDERS, "modality": MODALITIES}
TAKEN = ("line", "id", "text", "remark", "source", "post_id", "post", "sentence", "start", "end", "date", "stratum", "p_inclusion", *LABELS)
Row = dict[str, Any]


class Study(NamedTuple):
    """A study as it is now.

    `plan` is id -> line of the plan, in its order; `dealt` is coder -> the sentences to code. `heads` is coder -> the neutral head,
    `coder_a` and so on; `sheets` are by these heads. `form` has the heads as its coders.
    """

    folder: Path
    plan: dict[str, Row]
    form: Form
    dealt: dict[str, list[str]]
    heads: dict[str, str]
    sheets: dict[str, Sheet]

    @property
    def texts(self) -> dict[str, str]:
        """Return id -> sentence."""
        return {id_: row["text"] for id_, row in self.plan.items()}

    @property
    def complete(self) -> dict[str, tuple[int, int]]:
        """Return coder -> lines without an error and lines asked."""
        return {name: (len(self.sheets[head].sound), len(self.dealt[name])) for name, head in self.heads.items()}

    @property
    def said(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return head -> id -> answers, of the lines without an error."""
        return {head: sheet.sound for head, sheet in self.sheets.items()}


def instructions(name: str) -> str:
    """Return instructions for people who fill a sheet: `sheet`, `stance` or `decisions`, as Markdown."""
    return paths.resource("coding", f"{name}.md").read_text(encoding="utf-8")


def read_plan(folder: Path) -> dict[str, Row]:
    """Return id -> line of the plan, in the order in which sentences are coded.

    Raises
    ------
    InputError : there is none, or a line is malformed.
    """
    file = folder / PLAN
    if not file.is_file():
        raise InputError(f"{file}: no plan here; draw the sentences with: discourse plan DIR --out {folder}")
    if not file.read_bytes().strip():
        raise InputError(f"{file}: the plan is empty; draw the sentences anew with: discourse plan DIR --out {folder}")
    return {row["id"]: row for row in coded_sentences(file, _planned)}


def _planned(row: Row) -> Row:
    if not isinstance(row["id"], str) or not row["id"].strip() or row["id"] != row["id"].strip():
        raise TypeError(f"id is {row['id']!r}, and must be text")
    for key in ("text", "post_id"):
        if not isinstance(row[key], str):
            raise TypeError(f"{key} must be text")
        row[key].encode()
    return framings_coded((), stance=False)(row)


def form_of(framings: Sequence[str], themes: Sequence[str], *, order: Sequence[str], heads: Sequence[str] = ()) -> Form:
    """Return what is asked: the codes in the order of the codebook, and holder and modality if there is a framing.

    Raises
    ------
    InputError : a code has the name of a column that every file of hand codes has.
    """
    if clash := [code for code in order if code in TAKEN or code.startswith("coder_")]:
        raise InputError(f"the code {clash[0]!r} has the name of a column of every sheet; give it another name in the codebook.")
    codes = tuple(code for code in order if code in {*framings, *themes})
    return Form(codes, tuple(code for code in codes if code in framings), LABELS if framings else {}, tuple(heads))


def names_of(coders: Sequence[str]) -> list[str]:
    """Return the names of coders, sorted.

    Raises
    ------
    InputError : none, too many, one that can be no name of a file, or two that a computer may take for one.
    """
    names = sorted(unicodedata.normalize("NFC", coder) for coder in coders)
    for name in names:
        if not re.fullmatch(r"\w[\w-]{0,39}", name):
            raise InputError(f"{name[:60]!r} is no name for a coder; say one of letters, digits, hyphens and underscores, 40 at most.")
    if twice := [name for name in names if sum(name.casefold() == other.casefold() for other in names) > 1]:
        raise InputError(f"the coder {twice[0]!r} is named twice; give each a name of their own, capitals apart.")
    if not 1 <= len(names) <= len(LETTERS):
        raise InputError(f"{len(names)} coders; name at least one with --coder, and {len(LETTERS)} at most.")
    return names


def write_record(folder: Path, form: Form, dealt: Mapping[str, Sequence[str]], about: Mapping[str, Any]) -> None:
    """Write what is asked of each sentence and who codes it."""
    asked = {"codes": form.codes, "framings": form.framings}
    text = json.dumps({**about, **asked, "coders": dealt}, ensure_ascii=False, indent=1)
    paths.write_whole(folder / RECORD, f"{text}\n".encode())


def read_record(folder: Path) -> tuple[Form, dict[str, list[str]], Row] | None:
    """Return what is asked, coder -> sentences, and the rest of what `write_record` wrote; None where there are no sheets.

    Raises
    ------
    InputError : it is damaged.
    """
    file = folder / RECORD
    if not file.is_file():
        return None
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        codes, framings = ([str(code) for code in record.pop(key)] for key in ("codes", "framings"))
        dealt = {str(coder): [str(id_) for id_ in own] for coder, own in record.pop("coders").items()}
        form = form_of(framings, [code for code in codes if code not in framings], order=codes)
        return form, {coder: dealt[coder] for coder in names_of(list(dealt))}, record
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file}: cannot be read ({' '.join(str(error).split())[:100]}); put back the file that sheets wrote.") from error


def read_study(folder: Path) -> Study:
    """Return the study with all its sheets; what is wrong in them is in their `problems`.

    Raises
    ------
    InputError : there are no sheets, or the plan is not the one that they were made for.
    """
    plan, record = read_plan(folder), read_record(folder)
    if record is None:
        raise InputError(f"{folder}: no sheets here; make them with: discourse sheets {folder} --coder NAME --coder NAME")
    form, dealt, _ = record
    asked = {id_ for own in dealt.values() for id_ in own}
    if asked != plan.keys():
        new, gone = len(plan.keys() - asked), len(asked - plan.keys())
        raise InputError(
            f"{folder / PLAN}: not the plan that the sheets were made for ({new} sentences are new, {gone} are gone); put that plan back, "
            "or make sheets for the new one in another folder."
        )
    heads = neutral(list(dealt))
    sheets = {}
    for coder, own in dealt.items():
        sheets[heads[coder]] = read_both(folder, f"sheet_{coder}", form, {id_: plan[id_]["text"] for id_ in own})
    return Study(folder, plan, form._replace(coders=tuple(heads.values())), dealt, heads, sheets)


def problems_told(study: Study, more: Sequence[Problem] = ()) -> list[Problem]:
    """Return all problems of the sheets, those of files that belong to no coder too, after writing them to `problems.csv`."""
    known = {f"sheet_{coder}" for coder in study.heads}
    others = [file.name for file in sorted(study.folder.glob("sheet_*")) if file.is_file() and file.stem not in known]
    strange = [
        Problem(
            name, None, "", "this file is not read, for it has no coder's name", "give it the name of the sheet that it is", is_error=False
        )
        for name in others
    ]
    problems = [*(problem for sheet in study.sheets.values() for problem in sheet.problems), *strange, *more]
    file = study.folder / PROBLEMS
    if problems:
        paths.write_whole(file, problems_csv(problems))
    elif file.exists():
        file.unlink()
    return problems


def refuse(study: Study, problems: Sequence[Problem], way_out: str) -> None:
    """Raise if any problem is an error.

    Raises
    ------
    CodingError : with all problems; its message says how many there are in which files.
    """
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        n = len(errors)
        files = ", ".join(dict.fromkeys(problem.file for problem in errors))
        say = f"{study.folder}: {n:,} problem{'s' if n > 1 else ''} in {files}; all are in {study.folder / PROBLEMS}. {way_out}"
        raise CodingError(say, list(map(str, problems)))
