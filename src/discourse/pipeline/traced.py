"""What is behind the marks of a figure, found by its file or its identifier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError, did_you_mean
from discourse.pipeline.charts import Asked, Measured
from discourse.pipeline.finding import found
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.tracing import resolve

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Trace", "trace"]


@dataclass(frozen=True)
class Trace:
    """The marks of a figure (`marks`, as its CSV has them), and what is behind the one that was asked for (`rows`).

    `about` says which figure of which corpus it is, and which mark.
    """

    marks: pd.DataFrame
    rows: pd.DataFrame
    about: dict[str, Any]


def trace(what: str, *, mark: str | None = None, workspace: Path | str | None = None, keep_names: bool = False) -> Trace:
    """Return what is behind a mark of a figure, from the workspace as it is now; without a mark only which marks there are.

    Names of private persons are masked and quotations cut where the licence asks for it, as in all that leaves a workspace.

    Parameters
    ----------
    what : a figure's file, its CSV, its passport or its identifier, as `verify` takes it.
    mark : the name of one mark, as the CSV has it.
    workspace : as in `verify`.
    keep_names : mask no name.

    Raises
    ------
    InputError : the file carries no passport, or there is no such mark.
    WorkspaceError : no workspace is found.
    """
    import pandas as pd

    from discourse.pipeline.tracing import EVIDENCE

    this = found(what, workspace)
    if this.passport is None:
        raise InputError(f"{what}: carries no passport; give the identifier at its foot: discourse trace IDENTIFIER --in DIR")
    marks = this.marks
    if mark is not None and mark not in marks:
        raise InputError(f"The figure {this.identifier} has no mark {mark!r}.{did_you_mean(mark, marks)}")
    measured = Measured(this.workspace, Asked.of(this.passport["discourse"]["asked"]))
    rows = resolve(measured, marks[mark], marks.values()) if mark is not None else pd.DataFrame(columns=EVIDENCE)
    rows = Leaving(this.workspace, keep_names=keep_names).frame(rows)
    changed = this.passport["isBasedOn"]["version"] != measured.record["tables"]["posts"]
    about = {
        "figure": this.identifier, "title": this.passport["name"], "corpus": this.passport["isBasedOn"]["name"], "mark": mark,
        "workspace": this.workspace, "corpus_differs": changed, "fits": this.fits,
    }  # fmt: skip
    return Trace(pd.DataFrame(list(marks.values())), rows, about)
