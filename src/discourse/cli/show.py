"""The command that does everything: reproduce."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import KeepNames, app, progress_shown

__all__ = ["reproduce"]


@app.command()
def reproduce(
    workspace: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A loaded workspace; else the embedded sample.")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="Folder for figures and pages; else reports/<source>, or reports for the sample.")
    ] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Run this notebook alone, such as 04_framings; no figure is drawn anew. Repeatable."),
    ] = None,
    chosen: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter, for each notebook that has it; repeatable.")
    ] = None,
    keep_names: KeepNames = False,
) -> None:
    """Do everything: tag, measure, figures, the report, the notebooks as pages, and index.html, which lists them.

    Without DIR the sample that comes with the project is loaded into data/processed/sample first.

    Example: discourse reproduce

    Example: discourse reproduce data/processed/myblog --notebook 04_framings --set first_year=2018
    """
    from discourse import pipeline

    parameters = dict(_pair(one) for one in chosen or ())
    with progress_shown() as progress:
        out = pipeline.reproduce(
            workspace, reports=reports, notebooks=notebook or (), parameters=parameters, keep_names=keep_names, progress=progress
        )
    made = [*sorted(out.glob("*.html")), *sorted((out / "figures").glob("*.png"))]
    print("\n".join(str(path) for path in made))
    print(f"{len(made)} pages and figures in {out}; open {out / 'index.html'}.")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise typer.BadParameter(f"{text!r} is not of the form NAME=VALUE", param_hint="--set")
    return name.strip(), value.strip()
