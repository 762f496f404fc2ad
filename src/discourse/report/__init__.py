"""Report: the pages that are read. `rendered` is the report, `printed` prints it, `slides` makes a talk of it; `run_notebooks` makes pages
of notebooks, `write_index` lists it all.

`given_to` says beforehand which notebook gets which parameters.
"""

from discourse.report.document import Chapter, Document, Evidence, Plate, Post, Row, Summary, rendered, web_address
from discourse.report.index import write_index
from discourse.report.notebooks import Pages, given_to, run_notebooks
from discourse.report.printing import browser, printed

__all__ = [
    "Chapter", "Document", "Evidence", "Pages", "Plate", "Post", "Row", "Summary", "browser", "given_to", "printed", "rendered",
    "run_notebooks", "web_address", "write_index",
]  # fmt: skip
