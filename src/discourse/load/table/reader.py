"""Tables of posts, a row each: CSV and its kin, JSON Lines, a JSON list of objects, Parquet, Excel (see `table_rows`).

Fields: `title`, `text`, `published`, `authors`, `author_roles`, `author_note`, `editors`, `translators`, `url`, `categories`, `tags`,
`language`, `series`, `reprinted_from`, `licence`; `post_id` only names rows in messages. A column is found by the name in
`resources/columns.csv`, whatever its case, spaces and hyphens, or by `--column FIELD=NAME`.

Quirks:

- A table of posts has a text and a title. A table with a text alone may hold codes, comments or sentences: it is left out unless its
  columns are named.
- Cells that list: a list (JSON, Parquet), JSON in a cell, a list as Python prints it, or text set apart by `;`, `|` or line breaks.
  Categories and tags are also split at commas when none of these is there; authors never, for "Lee, Ann" is one person. `Ann Lee and
  Bo Kim` are two when each has a first and a last name.
- Text with tags of HTML becomes blocks; else blank lines part paragraphs, and where there are none each line is one.
- Dates: dates of Excel and Parquet as they are; numbers as years, or seconds or milliseconds since 1970; text as `dates` reads it;
  numbers apart such as 3/4/2021 wait for the whole table.
- A row without title and text is skipped with its number; rows with a title alone are kept and said to hold no text.
- Columns of e-mail addresses are never read, not even when named; an address in another cell of people is dropped.
- A row with more filled cells than there are columns has a cell with an unquoted delimiter: it is kept, and said.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from typing import Any

from discourse.errors import InputError, did_you_mean
from discourse.load.body.article import compose
from discourse.load.body.blocks import link_notes, to_blocks
from discourse.load.body.bylines import read_byline
from discourse.load.body.dates import read_date
from discourse.load.body.fragment import line_of_html, parse_fragment
from discourse.load.body.json_file import plain
from discourse.load.body.notes import RawNote
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.load.table.rows import rows_of
from discourse.paths import resource_rows
from discourse.tables import RawPost

__all__ = ["read"]

EMAIL_COLUMN = re.compile(r"e-?mail|correo|courriel|이메일|邮箱|メール", re.IGNORECASE)
EMAIL = re.compile(r"\s*[<(\[]?[^\s<>()\[\];|,]+@[^\s<>()\[\];|,]+[>)\]]?")
MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|a|em|strong|b|i|span|img|article|section|figure|table)\b[^<>]*>", re.IGNORECASE
)
NUMBERS = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:[ ,T].*)?")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*")
LISTS = ("authors", "author_roles", "editors", "translators", "categories", "tags")
LINES = ("author_note", "series", "reprinted_from", "licence")
FIELDS = ("title", "text", "published", "url", "language", "post_id", *LISTS, *LINES)
LONGEST_LITERAL = 10_000
MILLISECONDS, SECONDS, LAST_YEAR = 100_000_000_000, 100_000_000, 2100


def read(document: Document, hints: Hints) -> Page:
    """Read one table.

    Raises
    ------
    LeftOut : it is no table of posts.
    InputError : it is damaged, or a column that `hints.columns` names is not there.
    """
    names, rows = rows_of(document, lambda found: len(_columns(found, {})))
    columns = _columns(names, _checked(hints.columns, names))
    if "text" not in columns or ("title" not in columns and "text" not in hints.columns):
        shown = ", ".join(_shown(names)[:20]) or "none"
        raise LeftOut(f"a table without columns of a title and a text (columns: {shown}); name them with --column text=NAME")
    page = Page()
    for number, row in rows:
        cells = {field: row[place] for field, place in columns.items() if place < len(row)}
        title, text = _line(cells.get("title")), _cell(cells.get("text"))
        if not title and not text.strip():
            known = _line(cells.get("post_id"))
            page.skipped.append((f"row {number}" + (f" ({known})" if known else ""), "neither title nor text"))
            continue
        post = RawPost(file=document.name, sha256=document.sha256, body="", title=title, retrieved_at=document.retrieved_at)
        post.problems += document.problems
        if any(_cell(value).strip() for value in row[len(names) :]):
            post.problems.append(f"row {number} has more cells than there are columns; quote cells that hold the delimiter.")
        _fill(post, cells)
        _date(post, cells.get("published"), page, _body(post, text))
        page.posts.append(post)
    return page


def _checked(asked: Mapping[str, str], names: Sequence[str]) -> Mapping[str, str]:
    """Return the columns asked for, after a look whether they are there."""
    for field, name in asked.items():
        if field not in FIELDS:
            raise InputError(f"There is no field {field!r} of a post.{did_you_mean(field, FIELDS)}")
        if name not in names:
            near = did_you_mean(name, _shown(names))
            raise InputError(
                f"there is no column {name!r} for {field}.{near}" + (f" Columns: {', '.join(_shown(names))}." if "?" in near else "")
            )
        if EMAIL_COLUMN.search(name):
            raise InputError(f"the column {name!r} holds e-mail addresses, which are never read; name another for {field}.")
    return asked


def _shown(names: Sequence[str]) -> list[str]:
    """Return names of columns for a message: on one line, and short."""
    return list(dict.fromkeys(" ".join(name.split())[:40] for name in names[:50] if name.strip()))


def _columns(names: Sequence[str], asked: Mapping[str, str]) -> dict[str, int]:
    """Return field -> the place of its column: as asked, else the first of the known names that is there."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if not EMAIL_COLUMN.search(name):
            places.setdefault(_folded(name), place)
    found = {field: list(names).index(name) for field, name in asked.items()}
    for field, name in _known():
        if field not in found and name in places and places[name] not in found.values():
            found[field] = places[name]
    return found


@cache
def _known() -> list[tuple[str, str]]:
    return [(row["field"], _folded(row["name"])) for row in resource_rows("columns.csv")]


def _folded(name: str) -> str:
    """Return a name under which `Post Title`, `post_title` and `PostTitle` meet."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _cell(value: Any) -> str:
    """Return a cell as text: numbers without a needless fraction, null as nothing."""
    if value is None or isinstance(value, list | dict | tuple | bytes) or value != value:  # NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(value) if isinstance(value, str) else str(value)


def _line(value: Any) -> str:
    """Return a cell as one line of plain text."""
    text = _cell(value)
    if "<" in text and MARKUP.search(text):
        text = line_of_html(text)
    elif "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def _items(value: Any, *, comma: bool = False) -> list[str]:
    """Return what a cell lists; objects are known by their `name`."""
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list | tuple):
        inner = [item.get("name") if isinstance(item, dict) else item for item in value]
        return [_line(item) for item in inner]
    text = _cell(value).strip()
    if text.startswith("[") and isinstance(literal := _literal(text), list):
        return _items(literal)
    pieces = re.split(r"\s*[;|\n]\s*", unescape(text))
    if comma and len(pieces) == 1:
        pieces = text.split(",")
    return [_line(piece) for piece in pieces if piece.strip()]


def _literal(text: str) -> Any:
    """Return a list that a cell holds as JSON or as Python prints it, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text) if len(text) <= LONGEST_LITERAL else None
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _people(value: Any) -> tuple[list[str], list[str]]:
    """Return names and roles; addresses are dropped, and two full names joined by `and` are two people."""
    names: list[str] = []
    roles: list[str] = []
    for item in filter(None, (EMAIL.sub("", item).strip(" ,") for item in _items(value))):
        joined = (
            item if re.match(r"(?:written )?by\b", item, re.IGNORECASE) else f"By {item}" if " and " in item and "," not in item else ""
        )
        byline = read_byline(joined) if joined else None
        if byline and all(len(name.split()) > 1 for name in byline.authors):
            names += byline.authors
            roles += byline.roles
        else:
            names.append(item)
            roles.append("")
    return names, roles


def _fill(post: RawPost, cells: Mapping[str, Any]) -> None:
    """Set everything but date and body."""
    post.authors, roles = _people(cells.get("authors"))
    given = _items(cells.get("author_roles"))
    post.author_roles = given if len(given) == len(post.authors) else roles
    post.editors, post.translators = _people(cells.get("editors"))[0], _people(cells.get("translators"))[0]
    listed = list(filter(None, _items(cells.get("categories"), comma=True)))
    post.categories = list(dict.fromkeys(listed)) if "categories" in cells else None
    post.tags = list(dict.fromkeys(filter(None, _items(cells.get("tags"), comma=True))))
    for name in LINES:
        setattr(post, name, _line(cells.get(name)) or None)
    url = _cell(cells.get("url")).strip()
    post.address = address(url) if url.startswith(("http://", "https://")) else None
    post.url = url if post.address else None
    language = LANGUAGE.fullmatch(_line(cells.get("language")).lower())
    post.language = language[1] if language and language[1] != "und" else None


def _body(post: RawPost, text: str) -> str:
    """Set the body, and return the day of its dateline."""
    notes: list[RawNote] = []
    if MARKUP.search(text):
        root = parse_fragment(text, post.problems)
        notes = [RawNote(number, note) for number, note in link_notes(root)] if root is not None else []
        blocks = to_blocks(root) if root is not None else ""
    else:
        lines = [" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", unescape(text))]
        parted = any(not line for line in lines[1:-1])
        blocks = re.sub(r"\n{3,}", "\n\n", ("\n" if parted else "\n\n").join(lines)).strip()
    dateline = compose(post, blocks, notes=notes)
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    return dateline


def _date(post: RawPost, value: Any, page: Page, dateline: str) -> None:
    """Set the date of a row; numbers apart wait until the order of the whole table is known."""
    text = _cell(value).strip()
    if post.published is not None and not text:
        return
    if found := read_date(_moment(value)):
        post.published, post.published_precision = found
    elif numbers := NUMBERS.fullmatch(text):
        post.printed, post.published, post.published_precision = numbers[1], None, None
    elif post.published is None:
        why = f"the date {text[:60]!r} cannot be read" if text else "no date"
        post.problems.append(f"{why}; kept without one, so in no chart over time.")
    if numbers := NUMBERS.fullmatch(text):
        page.dates.append((numbers[1], dateline))


def _moment(value: Any) -> Any:
    """Return a cell as something that `read_date` reads: numbers as a year or the day of a moment in UTC."""
    if isinstance(value, datetime | date):
        return value
    text = _cell(value).strip()
    number = float(text) if re.fullmatch(r"-?\d{1,16}(?:\.\d{1,9})?", text) else 0.0
    if number <= LAST_YEAR or number < SECONDS:
        return NUMBERS.sub(r"\1", text)
    try:
        return datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
