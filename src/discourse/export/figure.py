"""Figures as files: PNG, SVG (text as text) and the CSV of the numbers drawn; the same chart gives the same bytes."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from discourse.paths import write_whole

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Drawn", "export", "to_csv"]

DPI = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")
METADATA: dict[str, dict[str, Any]] = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}


class Drawn(Protocol):
    """What is exported: a figure, its numbers, its title, and what it shows in words."""

    @property
    def figure(self) -> Figure: ...  # noqa: D102
    @property
    def numbers(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def alt(self) -> str: ...  # noqa: D102


def export(chart: Drawn, *, name: str, folder: Path) -> list[Path]:
    """Write `name.png`, `name.svg` and `name.csv` into a folder, each whole or not at all, and return the paths.

    Parameters
    ----------
    chart : a figure drawn within the house style, and its numbers, a row a mark.
    name, folder : where to.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    """
    import matplotlib as mpl

    written = []
    for kind, metadata in METADATA.items():
        out = io.BytesIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
            chart.figure.savefig(out, format=kind, dpi=DPI, metadata=metadata)
        written.append(folder / f"{name}.{kind}")
        write_whole(written[-1], out.getvalue())
    written.append(folder / f"{name}.csv")
    write_whole(written[-1], to_csv(chart.numbers))
    return written


def to_csv(numbers: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8; text that a spreadsheet would run as a formula is preceded by an apostrophe.

    >>> import pandas as pd
    >>> to_csv(pd.DataFrame({"word": ["=1+1", "net"], "share": [0.1, None]}))
    b"word,share\\r\\n'=1+1,0.1\\r\\nnet,\\r\\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(numbers.columns)
    writer.writerows([_cell(value) for value in row] for row in numbers.astype(object).where(numbers.notna(), None).itertuples(index=False))
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return f"{value:.6g}" if isinstance(value, float) else value
