"""An executed notebook as a page: it shows the values that it ran with, needs no network, and says at its foot what it was made with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.report.parameters import TAG, filled_in, shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Opening", "as_page", "opening_of"]

TEMPLATE = "page"
INJECTED = "injected-parameters"  # papermill's cell, which holds a path of this machine
TITLE = re.compile(r"^# (.+)$", flags=re.MULTILINE)
QUESTION = re.compile(r"\*\*(.+?\?)\*\*", flags=re.DOTALL)
UNSAID = ("workspace",)  # what it is, the page says as corpus and snapshot


class Opening(NamedTuple):
    """What the first cell of a notebook says: its title, and the question that it answers."""

    title: str
    question: str


def opening_of(notebook: NotebookNode, name: str) -> Opening:
    """Return title and question of a notebook; without a title, its name.

    >>> import nbformat
    >>> cell = nbformat.v4.new_markdown_cell("# 2 · Entities\\n\\n**Who is named?** In: a workspace.")
    >>> opening_of(nbformat.v4.new_notebook(cells=[cell]), "02_entities")
    Opening(title='2 · Entities', question='Who is named?')
    """
    source = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    title, question = TITLE.search(source), QUESTION.search(source)
    return Opening(title[1].strip() if title else name, " ".join(question[1].split()) if question else "")


def as_page(executed: Path, *, values: Mapping[str, Any], made_with: Mapping[str, str]) -> str:
    """Return an executed notebook as HTML.

    Parameters
    ----------
    executed : the notebook that papermill wrote.
    values : of its parameters, as it ran; of a path only the last part is shown.
    made_with : what to say at the foot, title -> text.
    """
    import nbformat
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    notebook = nbformat.read(executed, as_version=4)
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            cell.source = filled_in(cell.source, {name: value for name, value in values.items() if name not in UNSAID})
    set_ = ", ".join(f"{name} = {shown(value)}" for name, value in values.items() if name not in UNSAID) or "as in the notebook"
    hidden = {"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": [INJECTED]}}
    exporter = HTMLExporter(
        config=Config(hidden), template_name=TEMPLATE, extra_template_basedirs=[str(paths.resource())],
        exclude_input_prompt=True, exclude_output_prompt=True,
    )  # fmt: skip
    title = opening_of(notebook, executed.stem).title
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}, "stamp": {**made_with, "Parameters": set_}})
    return str(page)
