"""Blind sheets for people who code by hand. Nothing that somebody typed is written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.code import KINDS, Form, blank_rows, dealt, read_sheet, written
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.study import form_of, instructions, names_of, read_plan, read_record, write_record

if TYPE_CHECKING:
    from discourse.tag.codebook import Codebook

__all__ = ["Sheets", "write_sheets"]

INSTRUCTIONS = "instructions.md"
Row = dict[str, Any]


class Sheets(NamedTuple):
    """Sheets as they were written: coder -> number of sentences; how many of them every coder has; the codes."""

    folder: Path
    sizes: dict[str, int]
    n_shared: int
    codes: tuple[str, ...]


def write_sheets(
    folder: Path | str,
    coders: Sequence[str],
    *,
    shared: int | None = None,
    codebook: Path | None = None,
    codes: Sequence[str] = (),
    seed: int = 0,
) -> Sheets:
    """Write a blind sheet for each coder, `sheet_NAME.xlsx` and `.csv`, with `instructions.md`.

    Parameters
    ----------
    folder : of the study; it holds `plan.jsonl`.
    coders : names of letters, digits, hyphens and underscores.
    shared : how many sentences all coders code, drawn at random; the others are dealt out evenly. Without it everybody codes all.
    codebook : a codebook file; without it the shipped one.
    codes : what is coded, framings or themes; without it the framings.
    seed : of the drawing.

    Raises
    ------
    InputError : there is no plan, a name or code is none, or a sheet is there with something typed in it; nothing is written then.
    CodebookError : the codebook cannot be read.
    """
    from discourse.tag.codebook import read_codebook

    folder = Path(folder)
    plan, names, book = read_plan(folder), names_of(coders), read_codebook(codebook)
    form = _asked(book, codes)
    if shared is not None and not 1 <= shared <= len(plan):
        raise InputError(f"{shared} sentences for all coders; the plan has {len(plan)}, so say a number from 1 to that.")
    earlier = _earlier(folder, form, plan, names, shared)
    names_of([*earlier, *names])
    texts = {id_: row["text"] for id_, row in plan.items()}
    for name in names:
        _not_over(folder, f"sheet_{name}", form, texts)
    own = dealt(list(plan), names, shared=shared, seed=seed)
    page, lines = _instructions(book, form)
    files = {}
    for name in names:
        forms = written(form, blank_rows({id_: texts[id_] for id_ in own[name]}), lines, name="sheet")
        files.update({f"sheet_{name}.{kind}": data for kind, data in forms.items()})
    for file, data in {**files, INSTRUCTIONS: page.encode()}.items():
        paths.write_whole(folder / file, data)
    about = {"codebook": f"{book.name} {book.version}", "codebook_sha256": book.sha256, "shared": shared, "seed": seed}
    write_record(folder, form, {**earlier, **own}, about)
    n_shared = len(plan) if shared is None else shared
    return Sheets(folder, {name: len(own[name]) for name in names}, n_shared, form.codes)


def _asked(book: Codebook, codes: Sequence[str]) -> Form:
    framings, themes = book.of_kind("framing"), book.of_kind("theme")
    order = [code.code for code in book.codes]
    if unknown := [code for code in codes if code not in order]:
        raise InputError(f"The codebook {book.name} has no code {unknown[0]!r}.{did_you_mean(unknown[0], order)}")
    chosen = codes or list(framings)
    if not chosen:
        raise InputError(f"the codebook {book.name} has no framing; name the codes to be coded with --code.")
    kinds = ([code for code in chosen if code in kind] for kind in (framings, themes))
    return form_of(*kinds, order=[code for code in order if code in chosen])


def _earlier(folder: Path, form: Form, plan: Mapping[str, Row], names: Sequence[str], shared: int | None) -> dict[str, list[str]]:
    """Return what coders who are not named now were dealt, if the sheets that they have still hold."""
    record = read_record(folder)
    if record is None:
        return {}
    old, own, about = record
    others = {coder: ids for coder, ids in own.items() if coder not in names}
    same = old == form and shared is None and about.get("shared") is None and all(ids == list(plan) for ids in others.values())
    if others and not same:
        first = next(iter(others))
        raise InputError(
            f"{folder}: {first} has a sheet already, of another plan, other codes or --shared; name all coders, or take another folder."
        )
    return others


def _not_over(folder: Path, stem: str, form: Form, texts: Mapping[str, str]) -> None:
    """Check that nobody has typed in a sheet, in either of its forms."""
    for path in (folder / f"{stem}.{kind}" for kind in KINDS):
        if path.exists() and (n := read_sheet(path, form, texts).n_filled):
            filled = f"{n:,} line{'s are' if n > 1 else ' is'} filled in"
            raise InputError(f"{path}: {filled}, so it is not written over; leave this coder out, or move the file to another folder.")


def _instructions(book: Codebook, form: Form) -> tuple[str, list[str]]:
    """Return the instructions as a page of Markdown, and as lines of a worksheet."""
    from discourse.tag.codebook import printed

    how = instructions("sheet")
    if form.labels:
        how += f"\n{instructions('stance').format(framings=', '.join(form.framings))}"
    page = "\n".join([how, "# Codes\n", *(f"{printed(book, code=code, form='md')}\n" for code in form.codes)])
    codes = [f"\n# {printed(book, code=code)}" for code in form.codes]
    return page, [*how.replace("`", "").splitlines(), *(line for code in codes for line in code.splitlines())]
