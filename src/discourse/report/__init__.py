"""Report: the pages that are read. The door is `run_notebooks`."""

from discourse.report.notebooks import run_notebooks

__all__ = ["run_notebooks"]
