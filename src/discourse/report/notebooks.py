"""Notebooks run on a workspace and kept as pages beside the figures."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import InputError, WorkspaceError, did_you_mean
from discourse.paths import write_whole
from discourse.report.page import as_page
from discourse.report.parameters import Parameter, chosen, parameters_of

__all__ = ["Pages", "given_to", "notebooks_in", "run_notebooks"]

QUIET_KERNEL = ["--log-level=CRITICAL"]  # it would warn of plain TCP, which it speaks on this machine alone; errors are in the notebook
AT_ONCE = 2  # kernels
WORKSPACE = "workspace"  # the parameter that is given by itself
OF_ANY = ("Program",)  # what holds for a page too that opens no workspace


def unfiltered(pages: Mapping[Path, str]) -> Mapping[Path, str]:
    """Return pages as they are."""
    return pages


class Pages(NamedTuple):
    """What becomes of executed notebooks: `made_with` stands at the foot of each page, title -> text; `filtered` lets pages leave."""

    made_with: Mapping[str, str] = {}
    filtered: Callable[[Mapping[Path, str]], Mapping[Path, str]] = unfiltered


def run_notebooks(
    folder: Path,
    *,
    workspace: Path,
    out: Path,
    names: Sequence[str] = (),
    parameters: Mapping[str, Any] | None = None,
    pages: Pages = Pages(),  # noqa: B008
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Path]:
    """Run notebooks of a folder, each on a fresh kernel and two at a time, write them as HTML, and return the pages in reading order.

    Nothing is written unless all of them run.

    Parameters
    ----------
    folder : holds the notebooks; they are not changed.
    workspace : tagged and measured, for two open it at once; given to each that has the parameter `workspace`.
    out : folder for the pages.
    names : of notebooks, such as `04_framings`; without them all.
    parameters : name -> value; each notebook gets those that its cell of parameters has.
    pages : what stands at the foot of each page, and the filter that each passes before it is written.
    progress : called with the number of notebooks done and of all.

    Raises
    ------
    InputError : there are no notebooks, or none of such a name; none of them has a parameter, or a value is of the wrong kind.
    WorkspaceError : a cell failed; the message names notebook, error and what it said.
    """
    given = given_to(folder, names, parameters or {})
    notebooks = notebooks_in(folder, names)
    opened = {WORKSPACE: str(workspace.resolve())}
    progress(0, len(notebooks))
    with tempfile.TemporaryDirectory() as scratch, _quiet(), ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(_run, file, Path(scratch), given[name], opened, pages.made_with) for name, file in notebooks.items()]
        waiting = set(running)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            if any(one.exception() for one in done):
                pool.shutdown(cancel_futures=True)
                break
            progress(len(notebooks) - len(waiting), len(notebooks))
        failed = next((one for one in running if not one.cancelled() and one.exception()), None)
        made = {} if failed else {out / f"{name}.html": one.result() for name, one in zip(notebooks, running, strict=True)}
    if failed:
        failed.result()
    for target, page in pages.filtered(made).items():
        write_whole(target, page.encode())
    return list(made)


def notebooks_in(folder: Path, names: Sequence[str] = ()) -> dict[str, Path]:
    """Return the notebooks of a folder by name, in reading order; only some where they are named.

    Raises
    ------
    InputError : there are none, or none of such a name.
    """
    found = {file.stem: file for file in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise InputError(f"{folder}: no notebooks here; run in the project's folder, or reinstall.")
    for name in names:
        if name.removesuffix(".ipynb") not in found:
            raise InputError(f"There is no notebook {name!r}.{did_you_mean(name, found)}")
    wanted = {name.removesuffix(".ipynb") for name in names} or set(found)
    return {name: file for name, file in found.items() if name in wanted}


def given_to(folder: Path, names: Sequence[str], parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return notebook -> the parameters that it gets.

    Parameters
    ----------
    folder, names : as in `run_notebooks`.
    parameters : name -> value; text is read as what a parameter takes.

    Raises
    ------
    InputError : as `run_notebooks`.
    """
    known = {name: _parameters(file) for name, file in notebooks_in(folder, names).items()}
    free = {name: {key: one for key, one in some.items() if key != WORKSPACE} for name, some in known.items()}
    return chosen(parameters, free)


def _parameters(file: Path) -> dict[str, Parameter]:
    import nbformat

    return parameters_of(nbformat.read(file, as_version=4))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libraries between papermill and the kernel say to themselves; a notebook's own warnings are in its page."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _run(file: Path, scratch: Path, given: Mapping[str, Any], opened: Mapping[str, str], made_with: Mapping[str, str]) -> str:
    """Run one notebook and return its page; one that opens no workspace says itself what it was made from."""
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    executed = scratch / file.name
    opens = WORKSPACE in _parameters(file)
    values = {**(opened if opens else {}), **given}
    try:
        papermill.execute_notebook(
            str(file), str(executed), values, progress_bar=False, kernel_name="python3", extra_arguments=QUIET_KERNEL
        )
    except PapermillExecutionError as error:
        raise WorkspaceError(f"{file.name}, cell {error.exec_count}: {error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        raise WorkspaceError(
            f"{file.name}: its kernel died, perhaps for want of memory; run it alone: discourse reproduce DIR --notebook {file.stem}"
        ) from error
    finally:
        _close_loop()
    return as_page(executed, values=values, made_with={key: said for key, said in made_with.items() if opens or key in OF_ANY})


def _close_loop() -> None:
    """Close the loop that nbclient made for this thread and leaves open, with what still waits in it."""
    with suppress(RuntimeError):
        loop = asyncio.get_event_loop()
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
        loop.close()
