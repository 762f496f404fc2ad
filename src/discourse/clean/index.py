"""What is global in a corpus, a few hundred bytes a post: names, order, spellings of categories, near-duplicates, and corrections that hit.

Texts stay where they are kept. They are fetched one by one where two may be alike, and part by part when the tables are made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.clean.categories import folded_names
from discourse.clean.corrections import Correction, unmatched
from discourse.clean.duplicates import duplicates
from discourse.clean.prepared import Entry, Prepared
from discourse.errors import CorrectionError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Index"]

ENDING = re.compile(r"(?:/index)?([.][a-z]{2}(?:-[a-z]{2,4})?)?[.][^./?#]+$")  # `a/index.de.md` is `a.de`
AT_MOST = 500
UNDATED = "~"  # comes after every date


class Index:
    """The posts of one source, in the order in which they were loaded.

    `add` each post, then `replace` those that `named` gives, then `check`, then take the `parts`.

    Parameters
    ----------
    source : short name of the blog; the first part of every `post_id`.
    corrections : rows of the corpus's `corrections.csv`.
    """

    def __init__(self, source: str, corrections: Sequence[Correction] = ()) -> None:
        self.source = source
        self._corrections: dict[str, list[Correction]] = {}
        for row in corrections:
            self._corrections.setdefault(row.post, []).append(row)
        self._keys: list[str] = []
        self._files: list[str] = []
        self._named: list[tuple[str, str]] = []  # address and name, until the ids are made of them
        self._published: list[str | None] = []
        self._categories: list[tuple[str, ...]] = []
        self._sketches: list[bytes] = []
        self._lines: dict[int, list[int]] = {}
        self._seen: dict[Any, Any] = {}  # one object for what many posts share

    def rows(self, *names: str) -> list[Correction]:
        """Return the corrections of all posts and of one, by its file or `post_id`, in the order of their file."""
        return sorted((row for name in ("*", *names) for row in self._corrections.get(name, ())), key=lambda row: row.line)

    def add(self, key: str, entry: Entry) -> None:
        """Take in a post that was prepared with the corrections that `rows` gives for its file; `key` is that of the prepared post."""
        self._keys.append(key)
        same = bool(self._files) and self._files[-1] == entry.file
        self._files.append(self._files[-1] if same else entry.file)
        self._named.append((entry.address or "", "" if entry.address else entry.name))
        self._published.append(None)
        self._categories.append(())
        self._sketches.append(b"")
        self._put(len(self._keys) - 1, entry)

    def named(self) -> list[tuple[int, str, list[Correction]]]:
        """Return place and key of each post that a correction names by `post_id`, with the corrections with which to prepare it anew."""
        wanted = {name for name in self._corrections if name.startswith(f"{self.source}/")}
        found = [(k, self._keys[k], name) for k, name in enumerate(self.ids) if name in wanted] if wanted else []
        return [(k, key, self.rows(*dict.fromkeys((self._files[k], name)))) for k, key, name in found]

    def replace(self, place: int, entry: Entry) -> None:
        """Take in a post prepared anew in the place of one that `named` gave; its `post_id` stays."""
        self._put(place, entry)

    def check(self, *, partial: bool = False) -> None:
        """Settle whether every correction has changed something.

        Parameters
        ----------
        partial : only a part of the corpus was loaded, so corrections of other posts are no error.

        Raises
        ------
        CorrectionError : a row matches nothing.
        """
        if not self._corrections:
            return
        posts = {*self.ids, *self._files, *(["*"] if self._keys else [])}
        matched = {line for lines in self._lines.values() for line in lines}
        rows = sorted((row for rows in self._corrections.values() for row in rows), key=lambda row: row.line)
        if told := unmatched(rows, matched=matched, posts=posts, ids=self.ids, partial=partial):
            raise CorrectionError(told)

    def parts(
        self, prepared: Mapping[str, Prepared], *, licence: str | None = None, at_most: int = AT_MOST
    ) -> Iterator[tuple[int | None, dict[str, pd.DataFrame]]]:
        """Yield the year and the tables `posts`, `notes` and `comments` of each part, in the order of dates; undated posts come last.

        Parameters
        ----------
        prepared : the posts by their keys; a text is fetched where it may repeat another, then each post once, in the order of dates.
        licence : licence of posts that name none themselves.
        at_most : posts of a part, all of which are of one year.
        """
        order = sorted(range(len(self._keys)), key=lambda k: (self._published[k] or UNDATED, self.ids[k]))
        repeats = duplicates((self._sketches[k] for k in order), lambda n: str(prepared[self._keys[order[n]]].row["text"]))
        folded = folded_names(name for names in self._categories for name in names)
        for year, part in _parts([(self._published[k] or "")[:4] for k in order], at_most):
            rows: dict[str, list[dict[str, Any]]] = {"posts": [], "notes": [], "comments": []}
            for n in part:
                repeat, known = repeats[n], {"post_id": self.ids[order[n]]}
                made = prepared[self._keys[order[n]]]
                first = None if repeat is None else self.ids[order[repeat]]
                rows["posts"].append(known | {"source": self.source, "duplicate_of": first} | _post(made.row, folded, licence))
                rows["notes"] += [note | known for note in made.notes]
                rows["comments"] += [comment | known | {"published": _day(comment["published"])} for comment in made.comments]
            yield int(year) if year else None, {table: tables.build(table, content) for table, content in rows.items()}

    @cached_property
    def ids(self) -> list[str]:
        """`source/path` of each post's address or else of its file, without its ending; `#title` where one file holds several posts."""
        shared = Counter(self._files)
        ids: list[str] = []
        taken: set[str] = set()
        for file, (address, title) in zip(self._files, self._named, strict=True):
            host, _, path = address.partition("/")
            name = f"{self.source}/" + ENDING.sub(r"\1", path or host or file)
            if not address and shared[file] > 1:
                name += f"#{title}"
            while name in taken:
                name += "+"
            taken.add(name)
            ids.append(name)
        self._named.clear()
        return ids

    def _put(self, place: int, entry: Entry) -> None:
        self._published[place] = self._once(entry.published)
        self._categories[place] = self._once(tuple(self._once(name) for name in entry.categories))
        self._sketches[place] = entry.sketch
        if entry.lines or place in self._lines:
            self._lines[place] = entry.lines

    def _once(self, value: Any) -> Any:
        return self._seen.setdefault(value, value)


def _parts(years: Sequence[str], at_most: int) -> Iterator[tuple[str, range]]:
    """Yield year and places of each part: runs of one year, cut where they grow too long."""
    begin = 0
    for year, run in groupby(years):
        end = begin + sum(1 for _ in run)
        yield from ((year, range(k, min(k + at_most, end))) for k in range(begin, end, at_most))
        begin = end


def _post(row: Mapping[str, Any], folded: Mapping[str, str], licence: str | None) -> dict[str, Any]:
    raw = row["categories_raw"]
    categories = None if raw is None else list(dict.fromkeys(folded[name] for name in raw))
    return {**row, "categories": categories, "published": _day(row["published"]), "licence": row["licence"] or licence}


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
