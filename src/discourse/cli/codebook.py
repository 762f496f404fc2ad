"""The commands for codebooks: check and show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import MOST_PROBLEMS, app

__all__ = ["check", "codebooks", "show"]

codebooks = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check a codebook, or print it for coders.")
app.add_typer(codebooks, name="codebook")
File = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A codebook (YAML); else the shipped one.")]
MOST_OVERLAPS = 20


@codebooks.command()
def check(file: File = None) -> None:
    """Prove a codebook by its own examples, and show which codes overlap.

    Every code must match its `match` sentences and none of its `no_match` ones, and every rule must be needed by an example. Each problem
    is one line, and with any the exit status is 1.

    Example: discourse codebook check mine.yaml
    """
    from discourse.pipeline import check_codebook

    proof = check_codebook(file)
    for line in proof.problems:
        print(line)
    for line in proof.warnings[:MOST_PROBLEMS]:
        print(f"warning: {line}")
    if proof.overlaps:
        print("Codes that overlap, by Jaccard over all examples:")
    for one in proof.overlaps[:MOST_OVERLAPS]:
        shared = f"{one.second_too} `match` sentences of the former carry both, {one.first_too} of the latter"
        print(f"  {one.jaccard:.2f} {one.first} and {one.second}: {shared}")
    if len(proof.overlaps) > MOST_OVERLAPS:
        print(f"  and {len(proof.overlaps) - MOST_OVERLAPS} pairs that overlap less.")
    if proof.problems:
        print(f"Problems: {len(proof.problems)}.")
        raise typer.Exit(1)
    print("The codebook proves itself.")


@codebooks.command()
def show(
    file: File = None,
    code: Annotated[str | None, typer.Option(help="Only this code.")] = None,
    form: Annotated[str, typer.Option("--format", help="text, or md for Markdown.")] = "text",
) -> None:
    """Print a codebook for coders: definitions, what is in, what is out, examples.

    Example: discourse codebook show --code rights_norm
    """
    from discourse.pipeline import show_codebook

    print(show_codebook(file, code=code, form=form))
