"""Report: the pages that are read. `run_notebooks` makes them, `write_index` lists them with the figures.

`given_to` says beforehand which notebook gets which parameters.
"""

from discourse.report.index import write_index
from discourse.report.notebooks import Pages, given_to, run_notebooks

__all__ = ["Pages", "given_to", "run_notebooks", "write_index"]
