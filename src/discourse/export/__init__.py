"""Export: figures and their numbers as files, graphs, the sentences behind a code, and what text passes before it leaves.

The doors are `export`, `evidence_rows` and `Filter`.
"""

from discourse.export.evidence import evidence_rows
from discourse.export.figure import SUFFIXES, Figure, export
from discourse.export.graph import to_graphml
from discourse.export.lettering import with_letters
from discourse.export.licences import is_open, licence_address
from discourse.export.names import Names, private_names
from discourse.export.numbers import marks_of, rows_as_csv, to_csv
from discourse.export.passport import IDENTIFIER, Drawn, figure_id, fits, from_json, issued, numbers_in, to_json
from discourse.export.pictures import described_in, digest, kind_of
from discourse.export.privacy import Filter

__all__ = [
    "IDENTIFIER", "SUFFIXES", "Drawn", "Figure", "Filter", "Names", "described_in", "digest", "evidence_rows", "export", "figure_id",
    "fits", "from_json", "is_open", "issued", "kind_of", "licence_address", "marks_of", "numbers_in", "private_names", "rows_as_csv",
    "to_csv", "to_graphml", "to_json", "with_letters",
]  # fmt: skip
