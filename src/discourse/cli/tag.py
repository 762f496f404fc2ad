"""The command that codes: tag."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from discourse.cli.console import Workspace, app, grouped, progress_shown
from discourse.cli.spread import Spread

__all__ = ["Codebook", "GazetteerFiles", "tag"]


Codebook = Annotated[Path | None, typer.Option(help="A codebook file (YAML); else the shipped one.")]
GazetteerFiles = Annotated[
    list[Path] | None, typer.Option("--gazetteer", help="A gazetteer file (CSV) that adds to the shipped one; may be given again.")
]
Pipeline = Annotated[str, typer.Option(help="discourse_en, or an installed spaCy pipeline such as en_core_web_trf.")]


class With(NamedTuple):
    """What to tag with."""

    codebook: Codebook = None
    gazetteer: GazetteerFiles = None
    pipeline: Pipeline = "discourse_en"
    model: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A model of framings that `discourse train` made; else the shipped one.")
    ] = None


@app.command()
@grouped
def tag(workspace: Workspace, chosen: With = With(), spread: Spread = Spread()) -> None:  # noqa: B008
    """Tag sentences, entity mentions, framings and themes, each with its evidence.

    A post that was tagged before with the same text, codebook, gazetteer, pipeline and model is not tagged again, so a stopped run goes on
    where it was.

    Example: discourse tag data/processed/sample
    """
    from discourse.pipeline import tag_corpus

    with progress_shown() as progress:
        means = {**chosen._asdict(), "gazetteer": chosen.gazetteer or ()}
        record = tag_corpus(workspace, where=spread.where(), progress=progress, **means)
    sizes = ", ".join(f"{sum(part['rows'] for part in record['parts'][name]):,} {name}" for name in ("sentences", "mentions", "codings"))
    print(f"{sizes}; {record['tagged_anew']:,} of {record['summary']['posts']:,} posts tagged anew.")
    print(f"Next: discourse measure {workspace}")
