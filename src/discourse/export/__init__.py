"""Export: figures and their numbers as files, with a passport in each; graphs; and the sentences behind a code."""

from discourse.export.evidence import evidence_rows
from discourse.export.figure import SUFFIXES, Figure, export
from discourse.export.graph import to_graphml
from discourse.export.numbers import marks_of, rows_as_csv, to_csv
from discourse.export.passport import IDENTIFIER, Drawn, figure_id, fits, from_json, issued, numbers_in, to_json
from discourse.export.pictures import described_in, digest, kind_of

__all__ = [
    "IDENTIFIER", "SUFFIXES", "Drawn", "Figure", "described_in", "digest", "evidence_rows", "export", "figure_id", "fits", "from_json",
    "issued", "kind_of", "marks_of", "numbers_in", "rows_as_csv", "to_csv", "to_graphml", "to_json",
]  # fmt: skip
