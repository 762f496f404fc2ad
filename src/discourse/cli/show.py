"""The command that does everything: reproduce."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import app, progress_shown

__all__ = ["reproduce"]


@app.command()
def reproduce(
    workspace: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A loaded workspace; else the embedded sample.")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="Folder for figures and notebooks; else reports/<source>, or reports for the sample.")
    ] = None,
) -> None:
    """Do everything: tag, measure, figures, and the notebooks as pages.

    Without DIR the sample that comes with the project is loaded into data/processed/sample first.

    Example: discourse reproduce
    """
    from discourse import pipeline

    with progress_shown() as progress:
        out = pipeline.reproduce(workspace, reports=reports, progress=progress)
    made = [*sorted(out.glob("*.html")), *sorted((out / "figures").glob("*.png"))]
    print("\n".join(str(path) for path in made))
    print(f"{len(made)} pages and figures in {out}; the numbers of each figure are beside it as CSV.")
