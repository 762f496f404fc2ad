"""Which work a note means: "Ibid." and short forms followed, through chains, to the note that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CYCLE", "DANGLING", "FOLLOWED", "ITSELF", "meant"]

ITSELF, FOLLOWED, CYCLE, DANGLING = "itself", "Ibid. or short form", "cycle", "dangling"


def meant(notes: pd.DataFrame) -> pd.DataFrame:
    """Return for each note part the row of `notes` that names the work, and how it was found.

    `cites` names a note and not a part of it. The part meant is the one with the same author and title (loading copies them); else, as
    "Ibid." stands for the last work, the last part of that note, or the part before where a note cites itself.

    Parameters
    ----------
    notes : the table `notes`, in the order of the notes.

    Returns
    -------
    In the order and with the index of `notes`: `row` (an index of `notes`, null where there is no work) and `via`: `itself`, `Ibid. or
    short form`, `cycle` (notes that only cite one another) or `dangling` (the note that is cited is not there).

    >>> import pandas as pd
    >>> notes = pd.DataFrame([["p", "1", 1, None], ["p", "2", 1, "1"], ["p", "3", 1, "9"]], columns=["post_id", "number", "part", "cites"])
    >>> meant(notes.assign(author=None, title=None))["via"].tolist()
    ['itself', 'Ibid. or short form', 'dangling']
    """
    import pandas as pd

    columns = ["post_id", "number", "part", "cites", "author", "title"]
    known = {key: row for key, *row in notes[columns].itertuples(name=None)}
    places: dict[tuple[str, str], list[Any]] = {}
    for key, (post, number, part, *_) in known.items():
        places.setdefault((post, number), []).append((part, key))
    inside = {name: [key for _, key in sorted(parts, key=lambda some: some[0])] for name, parts in places.items()}
    rows = [_follow(key, known, inside) for key in known]
    return pd.DataFrame(rows, columns=["row", "via"], index=notes.index).astype({"row": "Int64"})


def _follow(key: Any, known: dict[Any, list[Any]], inside: dict[tuple[str, str], list[Any]]) -> tuple[Any, str]:
    seen, at = {key}, key
    while True:
        post, number, part, cites, *named = known[at]
        if cites is None or cites != cites:  # null, also as NaN
            return at, ITSELF if at == key else FOLLOWED
        parts = inside.get((post, cites))
        if parts is None:
            return None, DANGLING
        if cites == number:
            parts = [one for one in parts if known[one][2] < part]
        alike = [one for one in parts if any(named) and known[one][4:] == named]
        at = (alike or parts or [at])[-1]
        if at in seen:
            return None, CYCLE
        seen.add(at)
