"""The report that a program lead opens: one page with every figure, its numbers, what is said of them, and which posts say so."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from discourse import paths
from discourse.pipeline.charts import Measured
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.reporting.evidence import ROOM
from discourse.pipeline.reporting.making import CHAPTERS, made
from discourse.pipeline.reporting.talk import talk_of
from discourse.pipeline.workspace import Progress, quiet

__all__ = ["CHAPTERS", "Kinds", "report_corpus", "write_report"]

NAME, REST = "report.html", "report-evidence.csv"


class Kinds(NamedTuple):
    """In which forms a report is written beside its page."""

    pdf: bool = False
    pptx: bool = False


PAGE = Kinds()


def report_corpus(
    workspace: Path | str, out: Path | str, *, pdf: bool = False, pptx: bool = False, keep_names: bool = False, progress: Progress = quiet
) -> list[Path]:
    """Write the report of a measured workspace into a folder, and return the paths.

    `report.html` needs no other file and no network. Where it has no room for all evidence, every mark keeps as many pieces, evenly spread
    in time, and all of it goes into `report-evidence.csv`.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    out : the folder.
    pdf : also as PDF, printed by an installed Chromium.
    pptx : also as slides with charts that can be edited; needs the extra `slides`.
    keep_names : mask no name.
    progress : called with what is done, how many figures are done, and of how many.

    Raises
    ------
    WorkspaceError : the workspace was not tagged, or not measured, as it is now; or something cannot be written.
    ReportError : there is no Chromium to print with, or the extra `slides` is not installed.
    """
    return write_report(Measured(workspace), out, kinds=Kinds(pdf, pptx), keep_names=keep_names, progress=progress)


def write_report(
    measured: Measured,
    out: Path | str,
    *,
    kinds: Kinds = PAGE,
    keep_names: bool = False,
    room: int = ROOM,
    progress: Progress = quiet,
) -> list[Path]:
    """Write the report as `report_corpus` does, of a workspace that is open; `room` is for so many bytes of evidence."""
    from discourse.report import browser, printed, rendered

    program = browser() if kinds.pdf else ""
    folder = paths.folder_for(Path(out))
    page, rest = folder / NAME, folder / REST
    leaving = Leaving(measured.workspace, keep_names=keep_names)
    found = made(measured, leaving, (page, rest), room=room, progress=progress)
    files = {page: f"{rendered(found.document, found.evidence)}\n".encode()}
    if found.rest is not None:
        files[rest] = leaving.csv(found.rest, rest)
    if kinds.pptx:
        files[page.with_suffix(".pptx")] = talk_of(measured, found)
    leaving.record()
    for file, data in files.items():
        paths.write_whole(file, data)
    if found.rest is None:
        rest.unlink(missing_ok=True)  # of an earlier report that had more
    if kinds.pdf:
        files[page.with_suffix(".pdf")] = printed(page, program)
        paths.write_whole(page.with_suffix(".pdf"), files[page.with_suffix(".pdf")])
    return list(files)
