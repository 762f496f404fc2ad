"""Tables and graphs of an analysis as files in one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.pipeline.leaving import Leaving

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_tables"]


def write_tables(
    made: Mapping[str, pd.DataFrame], folder: Path | str, *, leaving: Leaving, graphs: Mapping[str, Any] | None = None
) -> list[Path]:
    """Write each table as `NAME.csv` and each graph as `NAME.graphml`, whole or not at all; return the paths.

    Dates are written as 2019-05-17. The same tables give the same bytes.

    Parameters
    ----------
    made : name -> table.
    folder : is made when missing; other files in it stay.
    leaving : what the text passes: names of private persons are masked, quotations cut.
    graphs : name -> `networkx.Graph`.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    """
    folder = Path(folder)
    files = {file: leaving.csv(_dated(table), file) for name, table in made.items() for file in [folder / f"{name}.csv"]}
    files |= {file: leaving.graphml(graph, file) for name, graph in (graphs or {}).items() for file in [folder / f"{name}.graphml"]}
    leaving.record()
    for file, data in files.items():
        paths.write_whole(file, data)
    return list(files)


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    days = table.select_dtypes("datetime").columns
    return table.assign(**{day: table[day].dt.strftime("%Y-%m-%d") for day in days})
