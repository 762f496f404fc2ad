"""The commands for coding by hand: sheets, agree, adjudicate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.console import MOST_PROBLEMS, app
from discourse.cli.tag import Codebook
from discourse.errors import CodingError

if TYPE_CHECKING:
    from discourse.pipeline import Disagreements

__all__ = ["adjudicate", "agree", "sheets"]

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the study, with the plan that `discourse plan` drew.")]
ADVICE = "Krippendorff (2004): draw conclusions from codes with alpha of .800 or more, tentative ones from .667."


@app.command()
def sheets(
    folder: Folder,
    coder: Annotated[list[str], typer.Option(metavar="NAME", help="A coder, by letters, digits, - and _; give it once for each.")],
    shared: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="All coders code N sentences, the others are dealt out; else all code all.")
    ] = None,
    codebook: Codebook = None,
    code: Annotated[list[str] | None, typer.Option(metavar="CODE", help="What is coded, framing or theme; else all framings.")] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the drawing.")] = 0,
) -> None:
    """Write a blind sheet for each coder, as an Excel workbook with drop-downs and as CSV, and the instructions.

    A sheet has the sentences of the plan in its order, and neither score, post, title, date nor what others code. One in which anything is
    typed is never written over.

    Example: discourse sheets study --coder ann --coder ben
    """
    from discourse.pipeline import write_sheets

    done = write_sheets(folder, coder, shared=shared, codebook=codebook, codes=code or (), seed=seed)
    for name, n in done.sizes.items():
        print(f"{name}: {n:,} sentences, {done.n_shared:,} of them coded by all: {folder / f'sheet_{name}.xlsx'} (or .csv; fill one)")
    print(f"Codes: {', '.join(done.codes)}; instructions: {folder / 'instructions.md'}, and in each workbook.")
    print("Send each coder their own sheet and the instructions, and not the folder: the plan would unblind them.")
    print(f"Next, when the sheets are filled: discourse agree {folder}")


@app.command()
def agree(
    folder: Folder,
    bootstrap: Annotated[int, typer.Option(min=1, metavar="N", help="Draws of posts for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the draws.")] = 0,
    partial: Annotated[bool, typer.Option("--partial", help="Go on with the lines that are complete.")] = False,
) -> None:
    """Read the sheets, say how far coders agree (Krippendorff's alpha), and write what they differ on for decisions.

    Every line that is incomplete, doubled or mangled is named. Decisions that are typed already are kept, and carried over where the
    disagreements have changed.

    Example: discourse agree study
    """
    from discourse.cli.scores import report_agreement
    from discourse.pipeline import measure_agreement

    try:
        done = measure_agreement(folder, partial=partial, bootstrap=bootstrap, seed=seed)
    except CodingError as error:
        _list(error.problems, folder)
        raise
    _list(map(str, done.problems), folder)
    print("\n".join(report_agreement(done)))
    print(f"\n{ADVICE}\n")
    _after(done.disagreements, folder)


def _after(sheet: Disagreements, folder: Path) -> None:
    """Say what is in the sheet of disagreements, and what comes next."""
    if sheet.kept:
        what = f"; decisions in {sheet.n_dropped:,} of its lines are no longer needed" if sheet.n_dropped else ""
        print(f"The disagreements have changed. The earlier sheet is kept: {' and '.join(map(str, sheet.kept))}{what}.")
    if sheet.n:
        files = " or ".join(map(str, sheet.files))
        decided = f"; {sheet.n_decided:,} of them are begun or decided" if sheet.n_decided else ""
        print(f"Sentences that are coded differently: {sheet.n:,}, in {files}{' (fill one)' if len(sheet.files) > 1 else ''}{decided}.")
        print(f"Next, when they are decided: discourse adjudicate {folder}")
    else:
        print(f"No sentence is coded differently. Next: discourse adjudicate {folder}")


@app.command()
def adjudicate(folder: Folder) -> None:
    """Write gold.jsonl from the sheets and the decisions: the one format of hand codes.

    Everything undecided or contradictory is named line by line, and nothing is written then.

    Example: discourse adjudicate study
    """
    from discourse.pipeline import adjudicate as decide

    try:
        done = decide(folder)
    except CodingError as error:
        _list(error.problems, folder)
        raise
    _list(map(str, done.problems), folder)
    differ = f", {done.n_outside:,} of them unlike any coder" if done.n_outside else ""
    print(f"{done.file}: {done.n:,} sentences, {done.n_decided:,} decided{differ}.")
    print(f"Next: discourse measure DIR --gold {done.file}")


def _list(problems: Iterable[str], folder: Path) -> None:
    """Print problems, errors first, as many as can be read."""
    lines = sorted(problems, key=lambda line: line.startswith("note: "))
    for line in lines[:MOST_PROBLEMS]:
        print(line)
    if len(lines) > MOST_PROBLEMS:
        print(f"and {len(lines) - MOST_PROBLEMS:,} more, in {folder / 'problems.csv'}")
