"""Dated events, from a CSV file: `date` (2019-08-05), `label`, and `source`, which says where the date is from."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from discourse import paths
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "events_of"]

COLUMNS = ("date", "label", "source")


def events_of(file: Path | str | None = None) -> pd.DataFrame:
    """Return events in the order of their dates.

    Parameters
    ----------
    file : of one's own; without it the shipped list, `resources/events/digital_rights.csv`.

    Raises
    ------
    InputError : it cannot be read, or a line of it is malformed.
    """
    import pandas as pd

    file = Path(file) if file is not None else paths.resource("events", "digital_rights.csv")
    rows = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise InputError(f"{file}: line 1 names no column {', '.join(missing)}; events need the columns {', '.join(COLUMNS)}.")
            rows = [_event(row, f"{file}: line {reader.line_num}") for row in reader]
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}; --events takes a CSV file with the columns {', '.join(COLUMNS)}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 (byte {error.start}); save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{file}: line {reader.line_num + 1} is no CSV ({error}).") from error
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    return made.assign(date=pd.to_datetime(made["date"])).sort_values("date", kind="stable", ignore_index=True)


def _event(row: dict[str, str | None], where: str) -> tuple[date, str, str]:
    day, label, source = ((row[name] or "").strip() for name in COLUMNS)
    try:
        found = date.fromisoformat(day)
    except ValueError as error:
        raise InputError(f"{where}: {day!r} is no date; write it as 2019-08-05.") from error
    if not label or not source:
        raise InputError(f"{where}: the {'source' if label else 'label'} is empty; say what happened, and where the date is from.")
    return found, label, source
