"""Notebooks run on a workspace and kept as pages beside the figures."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from discourse.errors import InputError, WorkspaceError
from discourse.paths import write_whole

__all__ = ["run_notebooks"]

QUIET_KERNEL = ["--log-level=ERROR"]  # it would warn that it speaks plain TCP, which it does on this machine alone


def run_notebooks(folder: Path, *, workspace: Path, out: Path, progress: Callable[[int, int], None] = lambda done, of: None) -> list[Path]:
    """Run every notebook of a folder on a fresh kernel, in order, and write each as HTML; return the pages.

    Parameters
    ----------
    folder : holds the notebooks; they are not changed.
    workspace : passed to each as the parameter `workspace`.
    out : folder for the pages.
    progress : called with the number of notebooks done and of all.

    Raises
    ------
    InputError : there are no notebooks.
    WorkspaceError : a cell failed; the message names notebook, error and what it said.
    """
    import papermill
    from nbconvert import HTMLExporter
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    notebooks = sorted(folder.glob("*.ipynb"))
    if not notebooks:
        raise InputError(f"{folder}: no notebooks here; run in the project's folder, or reinstall.")
    hidden = {"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": ["injected-parameters"]}}  # it holds a path of this machine
    exporter = HTMLExporter(config=Config(hidden), exclude_input_prompt=True, exclude_output_prompt=True)
    pages = []
    progress(0, len(notebooks))
    for done, notebook in enumerate(notebooks, start=1):
        with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries between papermill and the kernel; the notebook's own are in its page
            executed = Path(scratch) / notebook.name
            try:
                papermill.execute_notebook(
                    str(notebook), str(executed), {"workspace": str(workspace.resolve())},
                    progress_bar=False, kernel_name="python3", extra_arguments=QUIET_KERNEL,
                )  # fmt: skip
            except PapermillExecutionError as error:
                raise WorkspaceError(f"{notebook.name}, cell {error.exec_count}: {error.ename}: {error.evalue}") from error
            page, _ = exporter.from_filename(str(executed))
        pages.append(out / f"{notebook.stem}.html")
        write_whole(pages[-1], page.encode())
        progress(done, len(notebooks))
    return pages
