"""The one door through which text leaves a workspace: names masked, quotations cut, and a log of what was masked, which stays.

Every table, page and graph that a command writes passes it. What does not: the sheets of coders and the hand codes, for whoever codes must
read whole sentences; the workspace itself, which holds the full texts; figures, which show what their charts count; and the terminal.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, workspaces
from discourse.errors import WorkspaceError
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export import Filter

__all__ = ["LOG", "Leaving", "filter_of", "licences_of"]

LOG = "masked.csv"
SAID = 'class="masked"'  # marks the line of a page that says how much was masked
COLUMNS = ["private_name_not_to_be_passed_on", "n", "file"]


def filter_of(workspace: Path | str, *, keep_names: bool = False) -> Filter:
    """Return the filter for what leaves a workspace.

    Masked are the names that the tagger took for persons whom the gazetteer does not know, and commenters' names; `export.names` says which
    exactly. A quotation is cut where the licence of its post, or else of its blog, does not let whole texts be passed on.

    Parameters
    ----------
    workspace : tagged.
    keep_names : mask no name; then the workspace need not be tagged.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged, so that their names are not known.
    """
    from discourse.export import Filter, Names, private_names

    workspace = Path(workspace)
    record = workspaces.manifest(workspace) if keep_names else current(workspace, "tag", "posts", "tagged")
    posts = licences_of(workspace)
    opened = dict(zip(posts["post_id"], posts["is_open"], strict=True))
    if keep_names:
        return Filter(Names(), opened)
    others = {name: workspaces.read(workspace, name) for name in ("comments", "notes")}
    names = private_names(posts, workspaces.read(workspace, "mentions"), known=_spellings(record), **others)
    return Filter(names, opened)


def licences_of(workspace: Path) -> pd.DataFrame:
    """Return the posts of a workspace with `licence`, each its own or else its blog's, and whether that `is_open`."""
    from discourse.export import is_open

    posts, sources = workspaces.read(workspace, "posts"), workspaces.read(workspace, "sources").set_index("source")["licence"]
    licences = posts["licence"].fillna(posts["source"].map(sources))
    return posts.assign(licence=licences, is_open=[isinstance(licence, str) and is_open(licence) for licence in licences])


def _spellings(record: dict[str, Any]) -> set[str]:
    """Return every spelling of every entity of the gazetteers that a workspace was tagged with."""
    from discourse.tag.entities import GAZETTEER, read_gazetteer

    own = [Path(file) for file in record.get("chosen", {}).get("gazetteer", [])]
    names = [name for entity in read_gazetteer([GAZETTEER, *own]).entities for name in (entity.name, *entity.aliases)]
    return {form for name in names for form in (name, name.replace("-", " "), name.upper())}


class Leaving:
    """What leaves one workspace, or several that are compared: each thing is filtered, counted and logged.

    `csv`, `table`, `text`, `graphml` and `html` return what may be written to a file; `record` puts what was masked for these files into
    `masked.csv` of the workspace, which holds the names and so stays there. Call it before the files are written, so that nothing leaves
    unrecorded.
    """

    def __init__(self, *workspaces: Path | str, keep_names: bool = False) -> None:
        """Name the workspaces, all tagged; `keep_names` masks no name."""
        self._workspaces, self.keep_names = list(dict.fromkeys(map(Path, workspaces))), keep_names
        self._masked: dict[Path, dict[str, Counter[str]]] = {workspace: {} for workspace in self._workspaces}

    @cached_property
    def filters(self) -> dict[Path, Filter]:
        """The filter of each workspace.

        Raises
        ------
        WorkspaceError : as `filter_of`.
        """
        return {workspace: filter_of(workspace, keep_names=self.keep_names) for workspace in self._workspaces}

    def frame(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table to be shown; nothing of it is logged, as it goes into no file."""
        for through in self.filters.values():
            table = through.frame(table)
            through.taken()
        return table

    def csv(self, table: pd.DataFrame, file: Path | str) -> bytes:
        """Return a table as CSV for a file; text that a spreadsheet would run as a formula is preceded by an apostrophe."""
        from discourse.export import to_csv

        return to_csv(self.table(table, file))

    def table(self, table: pd.DataFrame, file: Path | str) -> pd.DataFrame:
        """Return a table whose cells go into a file."""
        for workspace, through in self.filters.items():
            table = through.frame(table)
            self._count(workspace, file)
        return table

    def graphml(self, graph: Any, file: Path | str) -> bytes:
        """Return a graph as GraphML for a file."""
        from discourse.export import to_graphml

        for workspace, through in self.filters.items():
            graph = through.graph(graph)
            self._count(workspace, file)
        return to_graphml(graph)

    def holds_names(self, text: str) -> bool:
        """Return whether a text holds something that would be masked; nothing is counted."""
        return any(through.masks(text) for through in self.filters.values())

    def text(self, text: str, file: Path | str) -> str:
        """Return a text for a file, names masked; it is not cut."""
        for workspace, through in self.filters.items():
            text = through.text(text)
            self._count(workspace, file)
        return text

    def html(self, page: str, file: Path | str) -> str:
        """Return an executed notebook as HTML for a file, with a line at its end that says how much was masked."""
        before = self._counted()
        for workspace, through in self.filters.items():
            page = through.html(page)
            self._count(workspace, file)
        masked, (head, end, tail) = self._counted() - before, page.rpartition("</body>")
        if not end or (SAID in page and not masked):  # it has passed before
            return page
        return f"{head}<p {SAID}>{self._sentence(masked)}</p>\n{end}{tail}"

    @property
    def said(self) -> str:
        """What was masked so far, in one sentence that names nobody."""
        return self._sentence(self._counted())

    def record(self) -> None:
        """Write what was masked into `masked.csv` of each workspace, in place of what it says of the same files.

        Raises
        ------
        WorkspaceError : the workspace cannot be written, or its `masked.csv` is not ours.
        """
        for workspace, files in self._masked.items():
            log = workspace / LOG
            rows = [row for row in _logged(log) if row[2] not in files]
            rows += [(name, n, file) for file, counts in files.items() for name, n in counts.items()]
            if rows or log.exists():
                out = io.StringIO(newline="")
                csv.writer(out, lineterminator="\n").writerows([COLUMNS, *sorted(rows, key=lambda row: (row[2], -row[1], row[0]))])
                paths.write_whole(log, out.getvalue().encode(), mode=0o600)

    def _count(self, workspace: Path, file: Path | str) -> None:
        counts = self.filters[workspace].taken()
        self._masked[workspace].setdefault(str(Path(file).resolve()), Counter()).update(counts)

    def _counted(self) -> Counter[str]:
        return sum((counts for files in self._masked.values() for counts in files.values()), Counter())

    def _sentence(self, counts: Counter[str]) -> str:
        if self.keep_names:
            return "Names of private persons were kept."
        mentions, names = (f"{n:,} {what}{'s' * (n != 1)}" for n, what in ((counts.total(), "mention"), (len(counts), "name")))
        return f"{mentions} of {names} of private persons masked; never complete."


def _logged(log: Path) -> list[tuple[str, int, str]]:
    try:
        with log.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, csv.Error) as error:
        raise WorkspaceError(f"{log}: cannot be read ({error}); move it away, and run the command again.") from error
    rows = [(line[0], int(line[1]), line[2]) for line in lines[1:] if len(line) == len(COLUMNS) and line[1].isdecimal()]
    if lines[:1] != [COLUMNS] or len(rows) != len(lines) - 1:
        raise WorkspaceError(f"{log}: this is not the log of what was masked; move it away, and run the command again.")
    return rows
