"""Everything in one go: figures, the report, notebooks as pages, and the list of it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse import paths, workspaces
from discourse.pipeline.charts import CHARTS, Measured
from discourse.pipeline.figures import prepared, written
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.passports import made_with_said
from discourse.pipeline.reporting import write_report
from discourse.pipeline.workspace import Progress, quiet

__all__ = ["reproduce"]


def reproduce(
    workspace: Path | str | None = None,
    *,
    reports: Path | str | None = None,
    notebooks: Sequence[str] = (),
    parameters: Mapping[str, Any] | None = None,
    keep_names: bool = False,
    progress: Progress = quiet,
) -> Path:
    """Do everything: tag, measure, figures, the report, notebooks as pages, and the list of them; return the folder of reports.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded first.
    reports : folder for all of it; without it `reports/<source>`, and `reports` for the sample.
    notebooks : only these, such as `04_framings`; then no figure is drawn anew, and no report written.
    parameters : name -> value, for the notebooks that have such parameters.
    keep_names : do not mask the names of private persons in the pages.
    progress : called with what is done, how many steps are done, and of how many.

    Raises
    ------
    InputError : there is no such notebook, none has such a parameter, or a value is of the wrong kind; nothing is done then.
    WorkspaceError : a cell of a notebook failed, or something cannot be written.
    """
    from discourse.report import Pages, given_to, run_notebooks, write_index

    folder = paths.project("notebooks")
    given_to(folder, notebooks, parameters or {})
    ready = prepared(workspace, progress=progress)
    record = workspaces.manifest(ready)
    usual = Path("reports") if workspace is None else Path("reports", record["corpus"]["source"])
    out, said = paths.folder_for(Path(reports) if reports else usual), made_with_said(record)
    if not notebooks:
        measured = Measured(ready)  # each figure is drawn once, for its files and for the report
        written(measured, out=out / "figures", progress=progress)
        write_report(measured, out, keep_names=keep_names, progress=progress)
    run_notebooks(
        folder, workspace=ready, out=out, names=notebooks, parameters=parameters, pages=Pages(said, _leaving(ready, keep_names)),
        progress=lambda done, of: progress("Running notebooks", done, of),
    )  # fmt: skip
    questions = {name: kind.question for name, kind in CHARTS.items()}
    write_index(out, notebooks=folder, questions=questions, made_with=said, title=record["corpus"]["title"])
    return out


def _leaving(workspace: Path, keep_names: bool) -> Callable[[Mapping[Path, str]], dict[Path, str]]:
    """Return a function that lets pages leave: names masked, quotations cut, and what was masked recorded before any is written."""

    def leave(pages: Mapping[Path, str]) -> dict[Path, str]:
        leaving = Leaving(workspace, keep_names=keep_names)
        made = {file: leaving.html(page, file) for file, page in pages.items()}
        leaving.record()
        return made

    return leave
