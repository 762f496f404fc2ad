"""Code by hand: blind sheets written, read back line by line, what coders differ on, and the decisions. The doors are below.

A `Form` says what is asked of each sentence. `written` makes a sheet in its two forms, CSV and Excel, of which people fill one; `read_both`
reads it back with everything that is wrong. `dispute_rows` lays side by side what coders differ on; `adjudicated` is what holds at last.
"""

from discourse.code.both import KINDS, read_both
from discourse.code.disputes import LETTERS, adjudicated, carried, dispute_rows, disputed, neutral, outside, stale
from discourse.code.form import Answer, Form
from discourse.code.problems import Problem, problems_csv
from discourse.code.reading import Sheet, read_sheet
from discourse.code.sheets import blank_rows, dealt, written

__all__ = [
    "KINDS", "LETTERS", "Answer", "Form", "Problem", "Sheet", "adjudicated", "blank_rows", "carried", "dealt", "dispute_rows", "disputed",
    "neutral", "outside", "problems_csv", "read_both", "read_sheet", "stale", "written",
]  # fmt: skip
