"""The errors a user can meet: each is one line that says what was wrong, where, and what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

__all__ = [
    "CodebookError",
    "CodingError",
    "CorrectionError",
    "DiscourseError",
    "FetchError",
    "InputError",
    "ModelError",
    "PipelineError",
    "ReportError",
    "TableError",
    "WorkerError",
    "WorkspaceError",
    "did_you_mean",
]


class DiscourseError(Exception):
    """The base of every error that the package raises on purpose."""


class InputError(DiscourseError):
    """Posts that cannot be read: a missing path, an empty folder, an unknown format."""


class CorrectionError(DiscourseError):
    """A row of `corrections.csv` that is malformed or matches nothing."""


class TableError(DiscourseError):
    """A table that breaks its own rules: a missing column, a wrong type, a repeated key."""


class WorkspaceError(DiscourseError):
    """A folder that is no workspace, lacks a table that the command needs, or cannot be written."""


class FetchError(DiscourseError):
    """A crawl that cannot begin: no address, nobody named as contact, a folder that is in use."""


class CodebookError(DiscourseError):
    """A codebook, gazetteer or cue file that is malformed."""


class CodingError(DiscourseError):
    """Sheets of codes by hand that are incomplete or contradict each other; `problems` has a line for each."""

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ModelError(DiscourseError):
    """A model of framings that is malformed or does not fit its codebook, or codes that none can be fitted to."""


class PipelineError(DiscourseError):
    """A language pipeline that is not installed, or lacks a component."""


class ReportError(DiscourseError):
    """A report that cannot be made: what its form needs is not installed."""


class WorkerError(DiscourseError):
    """Processes or a cluster that cannot be worked with: not installed, not there, of another version, or lost again and again."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest known word, or the list of known words.

    >>> did_you_mean("framing", ["framings", "themes"])
    " Did you mean 'framings'?"
    >>> did_you_mean("zzz", ["b", "a"])
    ' Known: a, b.'
    """
    options = sorted(known)
    near = difflib.get_close_matches(word, options, n=1)
    return f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(options)}."
