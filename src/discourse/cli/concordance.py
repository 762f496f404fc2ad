"""The command that shows every use in its context: kwic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.cells import cells, left_of, right_of
from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["kwic"]

IN_A_PIPE = 40  # cells of context to either side
LEAST = 15
MORE = 8  # cells by which a use and what follows may be wider than what is before
DAY, TITLE, HOLDER = 10, 20, 6
GAP = "  "


class Only(NamedTuple):
    """Where to look."""

    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Posts since this day, month or year.")] = None
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Posts until this day, month or year, which is in.")] = None
    category: Annotated[str | None, typer.Option(help="Posts in this category.")] = None
    source: Annotated[str | None, typer.Option(help="Posts of this blog.")] = None
    holder: Annotated[str | None, typer.Option(help="With --as code: held by author or other.")] = None


class Shown(NamedTuple):
    """How lines are shown."""

    width: Annotated[
        int | None, typer.Option(min=5, metavar="N", help="Columns of context to either side.  [default: what fits, 40 in a pipe]")
    ] = None
    sort: Annotated[str, typer.Option(help="date, left (by the words before) or right (by the words after).")] = "date"
    most: Annotated[int, typer.Option(min=1, metavar="N", help="So many lines.")] = 100
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every use as CSV to this file.")] = None
    keep_names: KeepNames = False


@app.command()
@grouped
def kwic(
    workspace: Workspace,
    pattern: Annotated[str, typer.Argument(metavar="PATTERN", help="What to look for.")],
    kind: Annotated[str, typer.Option("--as", help="text, regex, lemma, code or entity.")] = "text",
    only: Only = Only(),  # noqa: B008
    shown: Shown = Shown(),  # noqa: B008
) -> None:
    """Show every use of a word, a pattern, a code or an entity in its context (keyword in context).

    Text is looked for as whole words in any case; Hangul words may carry particles. A regex is read in RE2's syntax, within a sentence. An
    entity is named by its slug or its name. Posts in every language are looked through, save those that repeat an earlier one; headings are
    not.

    Example: discourse kwic data/processed/sample surveillance --from 2018 --sort right

    Example: discourse kwic data/processed/sample cyber_optimist --as code --holder other
    """
    from discourse import pipeline

    room = shown.width or _room(code=kind == "code")
    with progress_shown() as progress:
        progress("Looking", 0, 0)
        found = pipeline.kwic(workspace, pattern, kind=kind, where=pipeline.Where(*only), sort=shown.sort, width=max(room, 60))
    if found.empty:
        print(f"Nothing found for {pattern!r} ({kind}).")
    else:
        _print(found.head(shown.most), room)
        posts, more = found["post_id"].nunique(), len(found) - shown.most
        rest = f"; shown are {shown.most:,}, --most N shows more" if more > 0 else ""
        print(f"{len(found):,} use{'s' if len(found) > 1 else ''} in {posts:,} post{'s' if posts > 1 else ''}{rest}.")
    if shown.out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=shown.keep_names)
        pipeline.write_table(found.assign(published=found["published"].dt.strftime("%Y-%m-%d")), shown.out, leaving=leaving)
        print(f"{leaving.said}\n{shown.out}")


def _room(*, code: bool) -> int:
    """Return the cells of context that fit on either side of a use on this terminal."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        return IN_A_PIPE
    before = DAY + TITLE + 2 * len(GAP) + (HOLDER + len(GAP) if code else 0)
    return max(LEAST, (console.width - before - MORE) // 2)


def _print(found: pd.DataFrame, room: int) -> None:
    """Print a line a use, which begins in one column; in colour on a terminal, unless NO_COLOR is set."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for row in found.to_dict("records"):
        hit, right = _fitted(row["hit"], room + MORE), row["right"]
        parts = ((_about(row), "dim"), right_of(row["left"], room), (hit, "bold yellow"), left_of(right, max(0, room + MORE - cells(hit))))
        line = Text.assemble(*parts)
        line.rstrip()
        console.print(line, soft_wrap=True)


def _about(row: dict[Any, Any]) -> str:
    day = "undated" if row["published"] != row["published"] else f"{row['published']:%Y-%m-%d}"  # NaT is not itself
    parts = [left_of(day, DAY), left_of(_fitted(row["title"], TITLE), TITLE)]
    return GAP.join([*parts, *([left_of(row["holder"], HOLDER)] if "holder" in row else []), ""])


def _fitted(text: str, width: int) -> str:
    return text if cells(text) <= width else left_of(text, width - 1).rstrip() + "…"
