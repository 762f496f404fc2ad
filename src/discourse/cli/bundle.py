"""The command that packs what may be passed on: bundle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown

__all__ = ["bundle"]


class More(NamedTuple):
    """What goes into it beside what always does."""

    figures: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The figures.  [default: those of --reports, or DIR/figures, drawn if missing]")
    ] = None
    reports: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Notebooks that were run, as `reproduce` leaves them.")] = None
    gold: Annotated[bool, typer.Option("--gold", help="The hand codes, with the hash of each sentence in place of its text.")] = False


class Said(NamedTuple):
    """What is said of it."""

    author: Annotated[list[str] | None, typer.Option(help="Who made it; may be given again.")] = None
    publisher: Annotated[str | None, typer.Option(help="The organisation behind it.")] = None
    licence: Annotated[str | None, typer.Option(help="Of figures and numbers.  [default: that of the posts, if it is one and open]")] = None
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it is published.  [default: of the newest post]")] = None


@app.command()
@grouped
def bundle(
    workspace: Workspace,
    out: Annotated[Path, typer.Option("--out", metavar="FILE|FOLDER", help="A file that ends in .zip, or a folder.")],
    more: More = More(),  # noqa: B008
    said: Said = Said(),  # noqa: B008
    keep_names: KeepNames = False,
) -> None:
    """Pack figures, numbers, codebook, manifest and notebooks for a journal or an archive (RO-Crate).

    Texts of posts are in it only where their licence lets them be passed on; of the others it says where they stand. Names of private
    persons are masked, and no path of this machine is named. The same workspace gives the same bytes.

    Example: discourse bundle data/processed/sample --out bundle.zip --gold
    """
    from discourse import pipeline

    published = said.date.date() if said.date else None
    contents = pipeline.Contents(
        **more._asdict(), authors=tuple(said.author or ()), publisher=said.publisher, licence=said.licence, published=published
    )
    with progress_shown() as progress:
        made = pipeline.bundle_corpus(workspace, out, contents=contents, keep_names=keep_names, progress=progress)
    for name, reason in made.left_out.items():
        print(f"Left out: the figure {name}, which {reason}; --keep-names keeps it.")
    print(f"{made.said}\n{len(made.paths):,} files in {made.out}")
