"""Pages as they may leave: what a notebook put out is masked, long cells of its tables are cut; prose, code, markup and pictures stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from discourse.export.frames import filtered_row

if TYPE_CHECKING:
    from discourse.export.privacy import Filter

__all__ = ["OUTPUTS", "filtered"]

OUTPUTS = ".jp-Cell-outputWrapper, .output_wrapper"  # of nbconvert's templates, lab and classic
NO_TEXT = ("script", "style", "svg", "math", "template", "title")
TEXT = "-text"


def filtered(page: str, through: Filter, *, within: str = OUTPUTS) -> str:
    """Return a page of HTML as it may leave.

    Parameters
    ----------
    page : a whole document, such as nbconvert writes it from an executed notebook.
    through : the filter.
    within : CSS selector of the elements whose text is filtered; without it the outputs of a notebook.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    for output in tree.css(within):
        done = {cell.mem_id for table in output.css("table") for cell in _cells(table, through)}
        for node in list(_texts(output, done)):
            if (text := through.text(node.text_content)) != node.text_content:
                node.replace_with(text)
    return str(tree.html)


def _cells(table: Any, through: Filter) -> Iterator[Any]:
    """Filter the rows of a table by the names of their columns, and yield the cells that are done."""
    headings = [cell.text().strip() for row in table.css("thead tr")[-1:] for cell in row.css("th, td")]
    for row in table.css("tbody tr"):
        cells = row.css("th, td")
        names = headings if len(headings) == len(cells) else [""] * len(cells)
        keys = [name or f"column {k}" for k, name in enumerate(names)]
        before = dict(zip(keys, (cell.text() for cell in cells), strict=True))
        after = filtered_row(before, through)
        for key, cell in zip(keys, cells, strict=True):
            if after[key] != before[key]:
                for child in list(cell.iter(include_text=True)):
                    child.decompose()
                cell.insert_child(after[key])
            yield cell


def _texts(node: Any, done: set[int]) -> Iterator[Any]:
    """Yield the pieces of text below an element that are seen on the page, cells that are done left out."""
    for child in node.iter(include_text=True):
        if child.tag == TEXT:
            yield child
        elif child.tag not in NO_TEXT and child.mem_id not in done:
            yield from _texts(child, done)
