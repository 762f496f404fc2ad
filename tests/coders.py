"""People who fill sheets, as the tests need them: what a spreadsheet shows, types and saves."""

import csv
import io

CODES = ["cyber_optimist", "cyber_pessimist", "rights_norm"]
PLAIN = {"cyber_optimist": 0, "cyber_pessimist": 0, "rights_norm": 0, "holder": None, "modality": None}
FRAMED = PLAIN | {"cyber_pessimist": 1, "holder": "author", "modality": "asserted"}


def rows_of(path):
    """Return the rows of a sheet as a spreadsheet has them."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def save(path, rows, *, separator=",", encoding="utf-8-sig", end="\r\n"):
    """Save rows as a spreadsheet does."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding, "replace"))
    return path


def fill(path, answers, *, default=None):
    """Type answers (line -> answer) into a sheet in CSV, and the default into all other lines."""
    rows = rows_of(path)
    for row in rows:
        given = answers.get(int(row["line"]), default) or {}
        row |= {name: "" if value is None else value for name, value in given.items()}
    return save(path, rows)
