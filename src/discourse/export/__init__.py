"""Export: figures and their numbers as files. The door is `export`."""

from discourse.export.figure import export, to_csv

__all__ = ["export", "to_csv"]
