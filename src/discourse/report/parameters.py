"""What may be set in a notebook: the names in its cell tagged `parameters`, with their kinds, and the values that are given to them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["TAG", "Parameter", "chosen", "filled_in", "parameters_of", "shown"]

TAG = "parameters"
KINDS: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
SAID = {str: "a text", int: "a whole number", float: "a number", bool: "yes or no"}
ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
NOTHING = "none"


class Parameter(NamedTuple):
    """One parameter: its name, the kinds of value that it takes (without any, every kind), whether it may be None, and its default."""

    name: str
    kinds: tuple[type, ...]
    optional: bool
    default: Any

    def fitting(self, value: Any, where: str) -> Any:
        """Return a value as the parameter takes it; text is read as a number, as yes or no, or as None where that is what it takes.

        Raises
        ------
        InputError : it is of another kind.

        >>> Parameter("most", (int,), True, None).fitting("12", "")
        12
        """
        if isinstance(value, Path):
            value = str(value)
        if value is None or (isinstance(value, str) and value.casefold() == NOTHING):
            if self.optional:
                return None
        elif not self.kinds or (type(value) in self.kinds):
            return value
        elif isinstance(value, str | int) and not isinstance(value, bool):
            for kind in self.kinds:
                if (read := _read(value, kind)) is not None:
                    return read
        wanted = " or ".join([*(SAID[kind] for kind in self.kinds), *(["none"] if self.optional else [])])
        raise InputError(f"{where}: {self.name} is {str(value)[:60]!r}, and must be {wanted}.")


def _read(value: str | int, kind: type) -> Any:
    """Return what a text says, or nothing where it does not say this kind."""
    if kind is bool:
        return ANSWERS.get(str(value).casefold())
    try:
        return kind(value)
    except ValueError:
        return None


def parameters_of(notebook: NotebookNode) -> dict[str, Parameter]:
    """Return the parameters of a notebook by name.

    >>> import nbformat
    >>> cell = nbformat.v4.new_code_cell("most: int | None = 5", metadata={"tags": ["parameters"]})
    >>> parameters_of(nbformat.v4.new_notebook(cells=[cell]))["most"]
    Parameter(name='most', kinds=(<class 'int'>,), optional=True, default=5)
    """
    found = {}
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            for name, annotation, value in _assigned(cell.source):
                default = ast.literal_eval(value)
                said = {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)} if annotation else set()
                kinds = tuple(kind for key, kind in KINDS.items() if key in said)
                empty = annotation is not None and any(isinstance(one, ast.Constant) and one.value is None for one in ast.walk(annotation))
                if not kinds and default is not None:
                    kinds = (type(default),)
                found[name] = Parameter(name, kinds, empty or default is None, default)
    return found


def _assigned(source: str) -> list[tuple[str, ast.expr | None, ast.expr]]:
    """Return name, annotation and value of each assignment."""
    rows: list[tuple[str, ast.expr | None, ast.expr]] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            rows.append((node.target.id, node.annotation, node.value))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            rows.append((node.targets[0].id, None, node.value))
    return rows


def chosen(given: Mapping[str, Any], known: Mapping[str, Mapping[str, Parameter]]) -> dict[str, dict[str, Any]]:
    """Return which notebook gets which values.

    Parameters
    ----------
    given : name -> value; text stands for what it says.
    known : notebook -> its parameters.

    Raises
    ------
    InputError : no notebook has such a parameter, or a value is of the wrong kind.
    """
    names = {name for some in known.values() for name in some}
    for name in given:
        if name not in names:
            which = f"The notebook {next(iter(known))} has" if len(known) == 1 else "These notebooks have"
            raise InputError(f"{which} no parameter {name!r}.{did_you_mean(name, names)}")
    return {
        notebook: {name: some[name].fitting(value, notebook) for name, value in given.items() if name in some}
        for notebook, some in known.items()
    }


def shown(value: Any) -> str:
    """Return a value as a page shows it: of a path that begins at the root its last part alone, which says nothing of the machine.

    >>> shown("/home/ann/posts"), shown("Net freedom"), shown(None)
    ("'posts'", "'Net freedom'", 'None')
    """
    if isinstance(value, str) and (Path(value).is_absolute() or "\\" in value):
        value = value.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return repr(value)


def filled_in(source: str, values: Mapping[str, Any]) -> str:
    """Return the source of a cell of parameters with these values in place of its own; comments stay.

    >>> filled_in("most = 5  # words", {"most": 12})
    'most = 12  # words'
    """
    lines = source.split("\n")
    for name, _, value in _assigned(source):
        if name in values and value.lineno == value.end_lineno:
            line = lines[value.lineno - 1].encode()
            lines[value.lineno - 1] = (line[: value.col_offset] + shown(values[name]).encode() + line[value.end_col_offset :]).decode()
    return "\n".join(lines)
