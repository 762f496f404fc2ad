"""Tables as they may leave: every text cell masked, quotations cut where the licence asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.export.quoting import Quotation

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export.privacy import Filter

__all__ = ["IDS", "OURS", "POST", "filtered", "filtered_row"]

POST = "post_id"
IDS = frozenset((POST, "post_a", "post_b", "duplicate_of", "url", "domain", "sha256", "file"))  # columns that are left as they are
OURS = frozenset(("method", "note", "basis", "sentence", "said", "definition", "reason"))  # columns that quote nothing
Row = Mapping[str, Any]


class _Shape(NamedTuple):
    """Columns that hold a quotation together: how it is read from a row, nothing where the row does not fit, and written into one."""

    columns: tuple[str, ...]
    read: Callable[[Row], Quotation | None]
    write: Callable[[Quotation], Row]


def _spanned(row: Row) -> Quotation | None:
    text, start, end = row["text"], *(_offset(row[name]) for name in ("start", "end"))
    fits = isinstance(text, str) and start is not None and end is not None and 0 <= start <= end <= len(text)
    return Quotation(text, start or 0, end or 0) if fits else None


def _in_context(row: Row) -> Quotation | None:
    parts = [row[name] for name in ("left", "hit", "right")]
    start = len(parts[0]) if isinstance(parts[0], str) else 0
    return Quotation("".join(parts), start, start + len(parts[1])) if all(isinstance(part, str) for part in parts) else None


def _cued(row: Row) -> Quotation | None:
    text, cue = row["sentence_text"], row["cue"]
    if not (isinstance(text, str) and isinstance(cue, str) and cue in text):
        return None
    return Quotation(text, text.index(cue), text.index(cue) + len(cue))


SHAPES = (
    _Shape(("text", "start", "end"), _spanned, Quotation._asdict),
    _Shape(
        ("left", "hit", "right"),
        _in_context,
        lambda made: {"left": made.text[: made.start], "hit": made.text[made.start : made.end], "right": made.text[made.end :]},
    ),
    _Shape(("sentence_text", "cue"), _cued, lambda made: {"sentence_text": made.text, "cue": made.text[made.start : made.end]}),
)


def filtered(frame: pd.DataFrame, through: Filter) -> pd.DataFrame:
    """Return a table as it may leave; ids and addresses stand as they are.

    A cell of more than 30 words is cut unless the licence of the row's post (`post_id`) is open; without a post, unless every post's is. In
    rows of `text`, `start` and `end` (offsets in that text) the words around the span stay, in those of `left`, `hit` and `right` the words
    around the hit, in those of `sentence_text` and `cue` the words around the cue; else the beginning. Columns that are our own words, such
    as `note`, are not cut.

    Parameters
    ----------
    frame : any table.
    through : the filter.
    """
    import pandas as pd

    texts = [column for column in frame.columns if not pd.api.types.is_any_real_numeric_dtype(frame[column].dtype)]
    spans = [column for column in ("start", "end") if column in frame.columns and "text" in texts]
    columns = list(dict.fromkeys([*texts, *spans]))
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*(frame[column] for column in columns), strict=True)]
    if not all(_spanned(row) or _is_null(row["start"]) for row in rows if spans):  # offsets in the post, not in this text
        rows = [{column: value for column, value in row.items() if column not in spans} for row in rows]
    passed = [filtered_row(row, through) for row in rows]
    made = frame.copy()
    for column in rows[0] if rows else ():
        if any(row[column] is not old[column] for row, old in zip(passed, rows, strict=True)):
            kind = "object" if isinstance(frame[column].dtype, pd.CategoricalDtype) else frame[column].dtype
            made[column] = pd.Series([row[column] for row in passed], index=frame.index, dtype=kind)
    return made


def filtered_row(row: Row, through: Filter) -> dict[str, Any]:
    """Return one row of a table, column -> value, as it may leave."""
    post = row.get(POST)
    made: dict[str, Any] = {}
    for shape in SHAPES:
        if set(shape.columns) <= set(row) and (quotation := shape.read(row)):
            text, start, end = quotation
            made |= shape.write(through.quotation(text, start=start, end=end, post_id=post))
    for column, value in row.items():
        if column not in made:
            made[column] = value if column in IDS else _cell(value, post, through, is_ours=column in OURS)
    return made


def _cell(value: Any, post: str | None, through: Filter, *, is_ours: bool) -> Any:
    if isinstance(value, str):
        return through.text(value) if is_ours else through.quotation(value, post_id=post).text
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_cell(one, post, through, is_ours=is_ours) for one in value)
    return value


def _offset(value: Any) -> int | None:
    """Return an offset in a text, also one that is printed, or nothing where there is none."""
    if isinstance(value, str):
        return int(value) if value.isdecimal() else None
    return None if _is_null(value) else int(value)


def _is_null(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))
