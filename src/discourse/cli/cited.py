"""The command that says who is cited: cited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discourse.cli.console import KeepNames, Workspace, app, progress_shown
from discourse.cli.shown import MOST_ROWS, cut, share_cell, table

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Citations

__all__ = ["cited"]

WIDEST = 70
LINKS = (
    "Links behind words are not kept when posts are loaded: a blog that links instead of footnoting is seen only where it prints addresses."
)
VIA = {
    "cycle": "note parts that only cite one another, not followed",
    "dangling": "note parts that cite a note that is not there, not followed",
    "names no work": "note parts that name no work",
    "names a whole site": "front pages of a site, which are no work",
}


@app.command()
def cited(
    workspace: Workspace,
    by: Annotated[
        list[str] | None,
        typer.Option(help="year, quarter, month, category, author or source; may be given again.  [default: all posts together]"),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="So many works, hosts and authors.")] = 10,
    own: Annotated[list[str] | None, typer.Option(metavar="HOST", help="A host of the blog itself; may be given again.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write all rows of every table as CSV, and the graph as GraphML.")
    ] = None,
    keep_names: KeepNames = False,
) -> None:
    """Say who is cited: works, hosts and authors, the share of posts that cite anything, and the sources that posts share.

    "Ibid." and short forms count for the work that they mean. Duplicates and reprints are left out.

    Example: discourse cited data/processed/sample --by year --out reports/cited
    """
    from discourse import pipeline

    with progress_shown() as progress:
        progress("Following notes", 0, 0)
        found = pipeline.citations(workspace, by=by or (), own=own or ())
    lines = [*_heading(found.about), *(_tables(found, most) if found.about["n_citations"] else [])]
    if out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=keep_names)
        written = pipeline.write_tables(found.tables, out, leaving=leaving, graphs={"shared": found.graph})
        lines += [*map(str, written), leaving.said]
    print("\n".join(lines))


def _heading(about: dict[str, Any]) -> list[str]:
    if not about["n_citations"]:
        lines = [f"Nothing is cited in {about['corpus']}: none of {about['n_posts']:,} posts names a work in a note or prints its address."]
    else:
        lines = [
            f"{about['corpus']}: {about['n_citations']:,} citations of {about['n_works']:,} works in {about['n_posts_citing']:,} of "
            f"{about['n_posts']:,} posts; {about['n_citations'] - about['n_printed']:,} in notes, "
            f"{about['n_printed']:,} addresses printed in the text."
        ]
    followed = about["n_via"].get("Ibid. or short form", 0)
    said = [(followed, 'of them by "Ibid." or a short form, followed to the work')] + [
        (about["n_via"].get(via, 0), VIA[via]) for via in VIA
    ]
    lines += [f"  {what}: {n:,}" for n, what in said if n]
    lines += [f"  posts left out, as {reason}: {n:,}" for reason, n in about["left_out"].items()]
    if not about["own"]:
        lines.append("  the blog's own host is not known, so nothing is marked as citing itself; --own HOST names it")
    elif about["n_citations"]:
        lines.append(f"  of the blog's own ({', '.join(about['own'])}): {about['n_own']:,}")
    return [*lines, LINKS]


def _tables(found: Citations, most: int) -> list[str]:
    works: list[tuple[str, ...]] = [("work", "posts", "citations", "forms", "cited in")]
    counts = ("n_posts", "n_citations", "n_forms")
    works += [(_work(row), *(f"{row[n]:,}" for n in counts), _span(row)) for row in found.works.head(most).to_dict("records")]
    shared = int(((found.works["n_posts"] > 1) & ~found.works["own"]).sum())
    pairs: list[tuple[str, ...]] = [("post", "and post", "works that both cite", "of all works of either")]
    for row in found.pairs.head(most).to_dict("records"):
        either = row["n_a"] + row["n_b"] - row["n_shared"]
        pairs.append((cut(row["post_a"], WIDEST, end=True), cut(row["post_b"], WIDEST, end=True), f"{row['n_shared']:,}", f"{either:,}"))
    parts = [
        table(works, len(found.works)), _counts("host", found.domains, most), _counts("author", found.authors, most), _shares(found.shares),
        [f"Works that two posts or more cite: {shared:,}; pairs of posts that they tie: {len(found.pairs):,}."],
        table(pairs, len(found.pairs)),
    ]  # fmt: skip
    return [line for part in parts if part for line in ("", *part)]


def _counts(name: str, counted: pd.DataFrame, most: int) -> list[str]:
    rows: list[tuple[str, ...]] = [(name, "posts", "citations", "works")]
    for row in counted.head(most).to_dict("records"):
        who = f"{cut(row['domain' if name == 'host' else 'author'], WIDEST)}{' (own)' if row.get('own') else ''}"
        rows.append((who, *(f"{row[n]:,}" for n in ("n_posts", "n_citations", "n_works"))))
    return table(rows, len(counted))


def _shares(shares: pd.DataFrame) -> list[str]:
    """Return the share of posts that cite anything, and in notes where that is not the same."""
    any_or_note = shares.groupby("place")["n_citing"].apply(list)
    both = any(any_or_note["note"]) and any_or_note["any"] != any_or_note["note"]
    groups = [column for column in ("period", "category", "author", "source") if column in shares]
    rows: list[tuple[str, ...]] = [(*groups, *(["where"] if both else []), "posts that cite", "of", "share", "citations", "works")]
    chosen = shares if both else shares[shares["place"] == "any"]
    for row in chosen.head(MOST_ROWS).to_dict("records"):
        numbers = (
            f"{row['n_citing']:,}",
            f"{row['n_posts']:,}",
            share_cell(row, "share"),
            f"{row['n_citations']:,}",
            f"{row['n_works']:,}",
        )
        rows.append((*(row[group] for group in groups), *([row["place"]] if both else []), *numbers))
    return table(rows, len(chosen))


def _work(row: Mapping[Any, Any]) -> str:
    """Return a work as a line names it: author, title and year, or its address."""
    author, title = (value if isinstance(value, str) else "" for value in (row["author"], row["title"]))
    year = str(row["year"]).replace("<NA>", "")
    return ", ".join(part for part in (cut(author, 30), cut(title, WIDEST), year) if part) if author or title else cut(row["work"], WIDEST)


def _span(row: Mapping[Any, Any]) -> str:
    years = [str(year) for year in (row["first_year"], row["last_year"])]
    return "undated" if "<NA>" in years else "–".join(dict.fromkeys(years))
