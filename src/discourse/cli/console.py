"""What every command needs: the application, progress on the error stream, an error in one line."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from discourse.pipeline import Progress

__all__ = ["MOST_PROBLEMS", "KeepNames", "Workspace", "app", "fail", "grouped", "progress_shown"]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Text analytics on digital-rights discourse: posts in, checkable figures out.\n\n"
    "The stages, in order: fetch, load, tag, code (plan, sheets, agree, adjudicate), measure, chart, report. From tag on each takes the "
    "workspace, a folder that `load` makes; what people code has a folder of its own. `reproduce` does all of it, notebooks included.",
)  # fmt: skip
Workspace = Annotated[Path, typer.Argument(metavar="DIR", help="The workspace, as `discourse load` made it.")]
KeepNames = Annotated[bool, typer.Option("--keep-names", help="Do not mask names of private persons in what is written.")]
MOST_PROBLEMS = 40


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Show progress on the error stream: a bar on a terminal, a line a step elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        steps: dict[str, Any] = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in steps:
                steps[what] = bar.add_task(what, total=of or None)
                if not console.is_terminal:
                    console.print(what, "…", sep="")
            bar.update(steps[what], completed=done, total=of or None)

        try:
            yield show
        except KeyboardInterrupt:  # caught here, because typer would say no more than "Aborted"
            fail("Interrupted. Files are written whole or not at all; run the same command to go on.", 130)


def fail(message: str, status: int = 1) -> None:
    """Say what went wrong in one line, and end."""
    print(f"discourse: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(status)


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which a parameter that is a NamedTuple stands for options, one a field.

    So a command with many options holds together those that go together.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if isinstance(kind, type) and issubclass(kind, tuple)}
    options = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name in groups:
            fields = get_type_hints(groups[name], include_extras=True)
            defaults = groups[name]._field_defaults
            options += [parameter.replace(name=field, default=defaults[field], annotation=kind) for field, kind in fields.items()]
        else:
            options.append(parameter.replace(annotation=hints[name]))

    @functools.wraps(command)
    def run(**given: Any) -> None:
        made = {name: kind(*(given.pop(field) for field in kind._fields)) for name, kind in groups.items()}
        command(**given, **made)

    run.__dict__["__signature__"] = inspect.Signature(options)
    run.__annotations__ = {option.name: option.annotation for option in options}
    return run
