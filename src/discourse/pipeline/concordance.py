"""Every use of a word, a pattern, a code or an entity in its context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from discourse import workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Where", "kwic"]


class Where(NamedTuple):
    """Where to look: since and until a day, month or year (`2019`, `2019-03`), in a category or source, for a code of one holder."""

    since: str | None = None
    until: str | None = None
    category: str | None = None
    source: str | None = None
    holder: str | None = None


def kwic(
    workspace: Path | str,
    sought: str,
    *,
    kind: str = "text",
    where: Where = Where(),  # noqa: B008
    sort: str = "date",
    width: int = 60,
) -> pd.DataFrame:
    """Return every use of what is sought in context, one row each; posts in every language, save those that repeat an earlier one.

    Parameters
    ----------
    workspace : tagged. Headings and titles are no sentences, and are not looked through.
    sought : words, a pattern, a code, or an entity's slug or name.
    kind : `text`, `regex`, `lemma`, `code` or `entity`.
    where : a time, a category, a source, and the holder of a code.
    sort : `date`, `left` or `right`.
    width : characters of context before and after.

    Raises
    ------
    WorkspaceError : the posts were not tagged.
    InputError : there is no such kind, order, code, entity, category or source; a date or the pattern cannot be read.
    """
    from discourse import measure

    workspace = Path(workspace)
    tagged = current(workspace, "tag", "posts", "tagged")["tag"]
    if where.holder is not None and kind != "code":
        raise InputError(f"A holder ({where.holder!r}) goes with a code; look for a code (--as code), or leave the holder out.")
    if where.holder is not None and where.holder not in measure.HOLDERS:
        raise InputError(f"There is no holder {where.holder!r}.{did_you_mean(where.holder, measure.HOLDERS)}")
    posts = workspaces.read(workspace, "posts")
    wanted = {key: value for key, value in where._asdict().items() if key != "holder"}
    posts = measure.posts_in(posts[posts["duplicate_of"].isna()], **wanted)
    parts = {name: workspaces.read(workspace, name) for name in ("sentences", "mentions", "codings")}
    parts = {name: part[part["post_id"].isin(posts["post_id"])].reset_index(drop=True) for name, part in parts.items()}
    found = measure.spans(sought, parts, kind=kind, language=tagged["language"], codes=[*tagged["framings"], *tagged["themes"]])
    if where.holder is not None:
        found = found[found["holder"] == where.holder]
    return measure.concordance(posts, found, sort=sort, width=width)
