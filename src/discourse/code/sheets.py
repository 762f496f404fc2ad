"""Blind sheets: who codes which sentence, and each coder's sheet as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discourse.code.form import Answer, Form
from discourse.code.tabular import to_csv
from discourse.code.workbook import workbook

__all__ = ["blank_rows", "dealt", "written"]


def dealt(ids: Sequence[str], coders: Sequence[str], *, shared: int | None = None, seed: int = 0) -> dict[str, list[str]]:
    """Return coder -> the sentences to code, each list in the order of `ids`.

    Parameters
    ----------
    ids : all sentences.
    coders : names.
    shared : how many of them everybody codes, a simple random sample; the others are dealt out at random and evenly. Without it, all.
    seed : of the drawing.

    >>> {coder: len(own) for coder, own in dealt(list("abcdefg"), ["ann", "ben"], shared=2).items()}
    {'ann': 5, 'ben': 4}
    """
    import numpy as np

    if shared is None:
        return {coder: list(ids) for coder in coders}
    order = [ids[k] for k in np.random.default_rng(seed).permutation(len(ids))]
    both, rest = set(order[:shared]), order[shared:]
    own = {coder: both | set(rest[k :: len(coders)]) for k, coder in enumerate(coders)}
    return {coder: [id_ for id_ in ids if id_ in own[coder]] for coder in coders}


def blank_rows(texts: Mapping[str, str]) -> list[dict[str, Answer]]:
    """Return the rows of a blank sheet: line, id and text, and nothing that could sway a coder."""
    return [{"line": number, "id": id_, "text": text} for number, (id_, text) in enumerate(texts.items(), start=1)]


def written(form: Form, rows: Sequence[Mapping[str, Answer]], instructions: Sequence[str], *, name: str) -> dict[str, bytes]:
    """Return a sheet in its two forms, by the ending of the file.

    Parameters
    ----------
    form, rows, instructions, name : as in `workbook`.
    """
    cells = [[row.get(column) for column in form.columns] for row in rows]
    return {"xlsx": workbook(form, rows, instructions, name=name), "csv": to_csv([form.columns, *cells])}
