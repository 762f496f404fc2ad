"""The tables that the stages share: what a row is, what its columns hold, and the door that every table passes.

A kind ends in `?` where null is allowed. Text offsets count characters (Unicode code points) of `posts.text`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from discourse.errors import TableError
from discourse.paths import resource

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "EMAIL",
    "HOLDERS",
    "MODALITIES",
    "UNLINKED",
    "RawComment",
    "RawPost",
    "Table",
    "build",
    "check",
    "count_words",
    "dictionary",
    "from_columns",
    "schema",
    "tables",
    "to_bytes",
    "to_pandas",
    "without",
]


HOLDERS = ("author", "other")  # what `codings.holder` may be
MODALITIES = ("asserted", "hedged", "rejected")  # what `codings.modality` may be
UNLINKED = "unlinked/"  # begins `mentions.entity` where the gazetteer does not know the name
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")  # of commenters: never kept
WORD = re.compile(r"[^\W_]+(?:['’.\-‐‑][^\W_]+)*")


@dataclass(frozen=True)
class Table:
    """One kind of table: what a row is, the columns that identify it, and column -> (kind, meaning)."""

    row: str
    key: tuple[str, ...]
    columns: Mapping[str, tuple[str, str]]


@cache
def tables() -> dict[str, Table]:
    """Return every table by name, as `resources/tables.toml` declares them."""
    import tomllib

    declared = tomllib.loads(resource("tables.toml").read_text(encoding="utf-8"))
    return {
        name: Table(entry["row"], tuple(entry["key"]), {c: (kind, meaning) for c, (kind, meaning) in entry["columns"].items()})
        for name, entry in declared.items()
    }


@dataclass
class RawComment:
    """A reader's comment on its way in; never an e-mail or an address. `printed` is as in `RawPost`."""

    author: str
    text: str
    published: date | None = None
    reply_to: int | None = None
    printed: str = ""


@dataclass
class RawPost:
    """A post as a loader read it, before cleaning.

    `body` is text in blocks, as in `posts.text`; a note's marker is its number between U+E000 and U+E001. `notes` holds rows of
    the table `notes` without `post_id` and `anchor`. `printed` is a date in numbers whose order the page alone does not tell; `address`
    names a post of the web, so that the pages that show it meet; `cut` says that the body goes on elsewhere,
    `secondhand` that a feed or a list shows the post and not a page of its own.
    """

    file: str
    sha256: str
    body: str
    title: str = ""
    url: str | None = None
    authors: list[str] = field(default_factory=list)
    author_roles: list[str] = field(default_factory=list)
    author_note: str | None = None
    editors: list[str] = field(default_factory=list)
    translators: list[str] = field(default_factory=list)
    published: date | None = None
    published_precision: str | None = None
    categories: list[str] | None = None
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    series: str | None = None
    reprinted_from: str | None = None
    licence: str | None = None
    retrieved_at: str | None = None
    notes: list[dict[str, Any]] = field(default_factory=list)
    comments: list[RawComment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    printed: str = ""
    address: str | None = None
    cut: bool = False
    secondhand: bool = False


@cache
def schema(name: str) -> pa.Schema:
    """Return a table's columns as Parquet files hold them."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    columns = tables()[name].columns.items()
    return pa.schema([pa.field(c, types[kind.rstrip("?")], nullable=kind.endswith("?")) for c, (kind, _) in columns])


def build(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a checked table from rows; columns that a row lacks are null."""
    import pandas as pd

    columns = list(tables()[name].columns)
    return check(name, pd.DataFrame([[row.get(c) for c in columns] for row in rows], columns=columns))


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its columns in order and its types settled.

    Raises
    ------
    TableError : a column is missing or unknown, has the wrong type or a null where none may be, or a key repeats.

    >>> import pandas as pd
    >>> check("comments", pd.DataFrame({"post_id": ["a"]}))
    Traceback (most recent call last):
    discourse.errors.TableError: comments: columns missing: n, parent, author, published, text.
    """
    return to_pandas(_arrow(name, frame))


def _arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a table as Parquet files hold it, once it has passed."""
    import pyarrow as pa

    table = tables()[name]
    missing = [c for c in table.columns if c not in frame.columns]
    unknown = [c for c in frame.columns if c not in table.columns]
    if missing or unknown:
        word, columns = ("missing", missing) if missing else ("not known", unknown)
        raise TableError(f"{name}: columns {word}: {', '.join(map(str, columns))}.")
    for column, (kind, _) in table.columns.items():
        if not kind.endswith("?") and frame[column].isna().any():
            raise TableError(f"{name}: column {column!r} holds a null, and may not.")
    try:
        return _passed(name, pa.Table.from_pandas(frame[list(table.columns)], schema=schema(name), preserve_index=False))
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
        raise TableError(f"{name}: {error}") from error


def from_columns(name: str, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Make a checked table, as Parquet files hold it, from the values of each of its columns.

    Raises
    ------
    TableError : as `check` does.
    """
    import pyarrow as pa

    try:
        return _passed(name, pa.Table.from_pydict(columns, schema=schema(name)))
    except (pa.ArrowInvalid, pa.ArrowTypeError, KeyError, ValueError) as error:
        raise TableError(f"{name}: {error}") from error


def _passed(name: str, arrow: pa.Table) -> pa.Table:
    """Return a table that holds no null where none may be, and no key twice."""
    for column in arrow.schema:
        if not column.nullable and arrow[column.name].null_count:
            raise TableError(f"{name}: column {column.name!r} holds a null, and may not.")
    keys = arrow.select(list(tables()[name].key)).to_pandas()
    repeated = keys[keys.duplicated()]
    if len(repeated):
        raise TableError(f"{name}: the key ({', '.join(keys.columns)}) = {repeated.iloc[0].tolist()} stands twice.")
    return arrow.replace_schema_metadata(None)


def to_pandas(arrow: pa.Table) -> pd.DataFrame:
    """Return a data frame whose integers stay integers where some are null, and whose lists are lists."""
    import pandas as pd
    import pyarrow as pa

    frame: pd.DataFrame = arrow.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get, date_as_object=False)
    for column in arrow.schema:
        if pa.types.is_list(column.type):
            frame[column.name] = pd.Series(arrow.column(column.name).to_pylist(), dtype=object, index=frame.index)
        elif column.type == pa.int64() and not column.nullable:
            frame[column.name] = frame[column.name].astype("int64")
    return frame


def to_bytes(name: str, table: pd.DataFrame | pa.Table) -> bytes:
    """Return a table, which is checked where it is a data frame, as a Parquet file; the same table gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else _arrow(name, table), out, compression="zstd")
    return out.getvalue()


def without(name: str, column: str) -> list[str]:
    """Return the columns of a table without one, such as `posts` without the texts, which are most of it."""
    return [other for other in tables()[name].columns if other != column]


def count_words(text: str) -> int:
    """Return the number of words: runs of letters or digits, joined by apostrophes, points or hyphens, in any script.

    >>> count_words("# The DPRK's U.N. seat"), count_words("관리소는 없다.")
    (4, 2)
    """
    return len(WORD.findall(text))


def dictionary() -> str:
    """Return the data dictionary: every table and column with kind and meaning, as Markdown."""
    parts = []
    for name, table in tables().items():
        lines = [f"### `{name}`", "", f"A row is {table.row}. Key: {', '.join(f'`{c}`' for c in table.key)}.", ""]
        lines += ["| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{c}` | {kind.replace('?', ' or null')} | {meaning} |" for c, (kind, meaning) in table.columns.items()]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
