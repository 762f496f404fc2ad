"""Tables and graphs of an analysis as files in one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_tables"]


def write_tables(made: Mapping[str, pd.DataFrame], folder: Path | str, *, graphs: Mapping[str, Any] | None = None) -> list[Path]:
    """Write each table as `NAME.csv` and each graph as `NAME.graphml`, whole or not at all; return the paths.

    Dates are written as 2019-05-17. The same tables give the same bytes.

    Parameters
    ----------
    made : name -> table.
    folder : is made when missing; other files in it stay.
    graphs : name -> `networkx.Graph`.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    """
    from discourse.export import to_csv, to_graphml

    files = {f"{name}.csv": to_csv(_dated(table)) for name, table in made.items()}
    files |= {f"{name}.graphml": to_graphml(graph) for name, graph in (graphs or {}).items()}
    written = [Path(folder) / name for name in files]
    for path in written:
        paths.write_whole(path, files[path.name])
    return written


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    days = table.select_dtypes("datetime").columns
    return table.assign(**{day: table[day].dt.strftime("%Y-%m-%d") for day in days})
