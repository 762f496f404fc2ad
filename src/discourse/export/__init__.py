"""Export: figures and their numbers as files, graphs, and the sentences behind a code. The doors are `export` and `evidence_rows`."""

from discourse.export.evidence import evidence_rows
from discourse.export.figure import export, to_csv
from discourse.export.graph import to_graphml

__all__ = ["evidence_rows", "export", "to_csv", "to_graphml"]
