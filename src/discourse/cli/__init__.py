"""The command line: a thin layer over `discourse.pipeline`; every error is one line."""

from __future__ import annotations

import io
import sys

from discourse.cli import (  # in the order of --help
    bring, tag, plan, code, measure, trends, named, cited, concordance, vocabulary, topics, figures, report, bundle, show, why, diff,
    evaluation, training, codebook,
)  # fmt: skip
from discourse.cli.console import app, fail
from discourse.errors import DiscourseError, WorkspaceError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; an error that a user can meet ends in one line and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows its code and does not stop the run
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except DiscourseError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        fail(str(WorkspaceError(f"{error.filename or 'a file'}: {error.strerror or error}; nothing half-written was left.")))
