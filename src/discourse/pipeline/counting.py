"""The counts of a workspace, part by part: they add up, so nothing that is counted has to be in memory at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import tables, workspaces
from discourse.kept import key
from discourse.pipeline.workspace import parts_before
from discourse.workspaces import Part

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["counted_posts", "counts_of", "named_in", "parts_counted"]

READ = {"sentences": ("post_id", "sentence", "n_words"), "codings": ("post_id", "sentence", "code", "holder", "modality")}


def counted_posts(workspace: Path, language: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the posts that count, without their texts, and how many do not, by reason."""
    from discourse.measure import counted

    chosen = counted(workspaces.read(workspace, "posts", columns=tables.without("posts", "text")), language=language)
    return chosen.posts, chosen.left_out


def parts_counted(workspace: Path, record: Mapping[str, Any]) -> list[Part]:
    """Write the table `counts`, a part for each part of the corpus, and return how a manifest lists it; what is as it was stays.

    Parameters
    ----------
    workspace : tagged.
    record : its manifest.
    """
    old = parts_before(record, workspace, ["counts"])
    made = []
    for made_from, parts in _together(record):
        there = old.get(made_from, {}).get("counts")
        if there is None:
            place = workspaces.place(parts["posts"])
            there = workspaces.keep(workspace, "counts", place, _count(workspace, record, parts), made_from=made_from)
        made.append(there)
    return made


def counts_of(workspace: Path, record: Mapping[str, Any]) -> pd.DataFrame:
    """Return the counts of a tagged workspace: the table where it is of these codings, else counted now."""
    import pandas as pd

    if [part["made_from"] for part in record["parts"].get("counts", ())] == [made_from for made_from, _ in _together(record)]:
        return workspaces.read(workspace, "counts")
    return pd.concat([_count(workspace, record, parts) for _, parts in _together(record)], ignore_index=True)


def named_in(workspace: Path, posts: pd.DataFrame) -> pd.Series:
    """Return how many of some posts name each entity of the gazetteer."""
    import pandas as pd

    from discourse.measure import posts_naming

    parts = workspaces.read_parts(workspace, "mentions", columns=("post_id", "entity"))
    found = pd.concat([posts_naming(posts, mentions) for _, mentions in parts])
    named: pd.Series = found.groupby(level=0, sort=True).sum()
    return named


def _together(record: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Part]]]:
    """Yield the parts of the corpus, table by table, and the hash of what their counts are made from."""
    from discourse.measure import MEASURE

    names = ("posts", "sentences", "codings")
    for parts in zip(*(record["parts"][name] for name in names), strict=True):
        made_from = key(str(MEASURE), record["tag"]["language"], *(part["sha256"] for part in parts))
        yield made_from, dict(zip(names, parts, strict=True))


def _count(workspace: Path, record: Mapping[str, Any], parts: Mapping[str, Part]) -> pd.DataFrame:
    from discourse.measure import count, counted

    columns = {"posts": tables.without("posts", "text"), **READ}
    part = {name: workspaces.read(workspace, name, columns=some, parts=[parts[name]]) for name, some in columns.items()}
    return count(counted(part["posts"], language=record["tag"]["language"]).posts, part["sentences"], part["codings"])
