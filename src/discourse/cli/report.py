"""The command that writes what a program lead opens: report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import KeepNames, Workspace, app, progress_shown

__all__ = ["report"]


@app.command()
def report(
    workspace: Workspace,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where report.html goes.")] = Path("reports"),
    pdf: Annotated[bool, typer.Option("--pdf", help="Also print it to report.pdf, by an installed Chromium.")] = False,
    pptx: Annotated[bool, typer.Option("--pptx", help="Also write report.pptx, slides with charts that can be edited.")] = False,
    keep_names: KeepNames = False,
) -> None:
    """Write the report: one page, to be mailed and opened anywhere, with a summary, every figure, and which posts say so.

    Press a bar, a point or a cell, and the sentences behind it open. The page needs no network and no other file.

    Example: discourse report data/processed/sample --out reports --pdf
    """
    from discourse import pipeline

    with progress_shown() as progress:
        written = pipeline.report_corpus(workspace, out, pdf=pdf, pptx=pptx, keep_names=keep_names, progress=progress)
    for path in written:
        print(path)
