"""The commands that show: chart, reproduce."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import app, progress_shown

__all__ = ["chart", "reproduce"]


@app.command()
def chart(
    workspace: Annotated[Path | None, typer.Argument(metavar="DIR", help="The workspace, as `discourse load` made it.")] = None,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Charts to draw; else all. See --list.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files; else DIR/figures.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the charts.")] = False,
) -> None:
    """Draw figures as PNG and SVG, each with the CSV of its numbers.

    Example: discourse chart data/processed/sample framings_over_time
    """
    if show:
        from discourse.pipeline import CHARTS

        print("\n".join(CHARTS))
        return
    if workspace is None:
        raise typer.BadParameter("a workspace is needed, unless --list is given", param_hint="DIR")
    from discourse.pipeline import chart_corpus

    with progress_shown() as progress:
        written = chart_corpus(workspace, names or (), out=out, progress=progress)
    for path in written:
        print(path)


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
