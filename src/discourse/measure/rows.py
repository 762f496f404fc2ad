"""Rows of two runs of one corpus: how many of each table changed, and which entities are named more or less often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.measure.aligned import on_lines, spans_on_lines

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NOT_COMPARED", "entity_changes", "row_changes", "table_changes"]

Corpus = Mapping[str, "pd.DataFrame"]
NOT_COMPARED = ("sha256", "retrieved_at", "n_words")  # of the file as it came, and what follows from the text
COMPARED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table -> its key here, and what is not compared
    "posts": (("post_id",), NOT_COMPARED),
    "sources": (("source",), ()),
    "notes": (("post_id", "number", "part"), ("anchor",)),
    "comments": (("post_id", "n"), ("author",)),
    "sentences": (("line",), ("post_id", "sentence", "start", "end", "kept")),
    "mentions": (("line", "from", "to"), ("post_id",)),
    "codings": (("line", "code"), ("post_id",)),
}


def entity_changes(before: Corpus, after: Corpus, lines: pd.DataFrame) -> pd.DataFrame:
    """Return a row an entity whose mentions are not the same, the one with the most changes first.

    Columns `entity`, `name`, `label`, `n_before`, `n_after`, `n_new` and `n_gone`: a mention stays where its sentence stays, its place
    there and its entity.
    """
    import pandas as pd

    sides = [spans_on_lines(corpus, "mentions", lines, side) for corpus, side in ((before, "before"), (after, "after"))]
    names = {row.entity: (row.name, row.label) for side in sides for row in side[["entity", "name", "label"]].itertuples(index=False)}
    places = [Counter(side[["entity", "line", "from", "to"]].itertuples(index=False, name=None)) for side in sides]
    new, gone = places[1] - places[0], places[0] - places[1]
    totals = [Counter(side["entity"]) for side in sides]
    changes = [Counter(place[0] for place in some) for some in (new, gone)]
    rows = [
        (entity, *names[entity], *(total[entity] for total in totals), *(change[entity] for change in changes))
        for entity in sorted({*changes[0], *changes[1]}, key=lambda one: (-changes[0][one] - changes[1][one], one))
    ]
    return pd.DataFrame(rows, columns=["entity", "name", "label", "n_before", "n_after", "n_new", "n_gone"])


def table_changes(before: Corpus, after: Corpus, lines: pd.DataFrame) -> pd.DataFrame:
    """Return a row a table with numbers of rows: `n_before`, `n_after`, `n_new`, `n_gone` and `n_changed`.

    Rows of sentences, and what stands in them, are the same where the sentence stayed. Commenters' pseudonyms are of a workspace, and
    where a note's marker stands follows from the text: neither is compared.
    """
    import pandas as pd

    rows = []
    for name, (key, leave_out) in COMPARED.items():
        sides = [corpus[name] for corpus in (before, after)]
        if name == "sentences":
            sides = [on_lines(frame, lines, side) for frame, side in zip(sides, ("before", "after"), strict=True)]
        elif "line" in key:
            sides = [spans_on_lines(corpus, name, lines, side) for corpus, side in ((before, "before"), (after, "after"))]
        rows.append({"table": name, **row_changes(*sides, key=key, leave_out=leave_out)})
    return pd.DataFrame(rows)


def row_changes(before: pd.DataFrame, after: pd.DataFrame, *, key: Sequence[str], leave_out: Sequence[str] = ()) -> dict[str, int]:
    """Return how many rows each run has, and how many are new, gone, and changed in what is not their key.

    Parameters
    ----------
    before, after : a table of each run.
    key : the columns that name a row.
    leave_out : columns that are not compared.
    """
    sides = []
    for frame in (before, after):
        rest = [column for column in frame.columns if column not in {*key, *leave_out}]
        values = (tuple(map(_plain, row)) for row in frame[rest].itertuples(index=False, name=None))
        sides.append(dict(zip(frame[list(key)].itertuples(index=False, name=None), values, strict=True)))
    old, new = sides
    return {
        "n_before": len(old), "n_after": len(new), "n_new": len(new.keys() - old.keys()), "n_gone": len(old.keys() - new.keys()),
        "n_changed": sum(old[name] != new[name] for name in old.keys() & new.keys()),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Return a value that equals itself: a null as None, a list as a tuple, a number to nine places."""
    import pandas as pd

    if isinstance(value, list):
        return tuple(value)
    if pd.isna(value):
        return None
    return round(value, 9) if isinstance(value, float) else value
