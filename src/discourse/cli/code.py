"""The commands that code and count: tag, measure, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.console import Workspace, app, progress_shown

__all__ = ["evaluate", "measure", "tag"]


Codebook = Annotated[Path | None, typer.Option(help="A codebook file (YAML); else the shipped one.")]
GazetteerFiles = Annotated[
    list[Path] | None, typer.Option("--gazetteer", help="A gazetteer file (CSV) that adds to the shipped one; may be given again.")
]
Pipeline = Annotated[str, typer.Option(help="discourse_en, or an installed spaCy pipeline such as en_core_web_trf.")]
Jobs = Annotated[int, typer.Option(min=1, help="Number of processes; the result does not depend on it.")]


@app.command()
def tag(
    workspace: Workspace, codebook: Codebook = None, gazetteer: GazetteerFiles = None, pipeline: Pipeline = "discourse_en", jobs: Jobs = 1
) -> None:
    """Tag sentences, entity mentions, framings and themes, each with its evidence.

    A post that was tagged before with the same text, codebook, gazetteer and pipeline is not tagged again, so a stopped run goes on
    where it was.

    Example: discourse tag data/processed/sample
    """
    from discourse import tables
    from discourse.pipeline import tag_corpus

    with progress_shown() as progress:
        record = tag_corpus(workspace, codebook=codebook, gazetteer=gazetteer or (), pipeline=pipeline, jobs=jobs, progress=progress)
    sizes = ", ".join(f"{len(tables.read(workspace, name)):,} {name}" for name in ("sentences", "mentions", "codings"))
    print(f"{sizes}; {record['tagged_anew']:,} of {record['summary']['posts']:,} posts tagged anew.")
    print(f"Next: discourse measure {workspace}")


@app.command()
def measure(workspace: Workspace) -> None:
    """Count codes and estimate shares by year and category, with 95% intervals clustered by post.

    Example: discourse measure data/processed/sample
    """
    from discourse import tables
    from discourse.pipeline import measure_corpus

    with progress_shown() as progress:
        progress("Measuring", 0, 0)
        record = measure_corpus(workspace)
    print(f"{len(tables.read(workspace, 'estimates')):,} estimates.")
    for reason, n in record["measure"]["left_out"].items():
        print(f"  out of the denominators, as {reason}: {n:,}")
    print(f"Next: discourse chart {workspace}")


@app.command()
def evaluate(
    entities: Annotated[Path, typer.Option(metavar="FILE", help="Coded sentences (JSON Lines): id, text, entities.")],
    predictions: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write what was found: id and entities, a sentence a line.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Only the lines of this split, such as measure.")] = None,
    texts: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="A tagged workspace that sentences coded by reference are from.")
    ] = None,
    gazetteer: GazetteerFiles = None,
    pipeline: Pipeline = "discourse_en",
) -> None:
    """Measure how well names are found: precision, recall and F1 of exact span and label, with 95% intervals clustered by post.

    Example: discourse evaluate --entities data/raw/sample/codes/entities.jsonl --split measure
    """
    from discourse.pipeline import evaluate_entities

    scores = evaluate_entities(
        entities, split=split, texts=texts or (), predictions=predictions, gazetteer=gazetteer or (), pipeline=pipeline
    )
    print(f"{'means':10} {'label':22} {'coded':>6} {'found':>6} {'P':>5} {'R':>5} {'F1':>5}  95% interval")
    for row in scores.itertuples():
        numbers = f"{row.n:6.0f} {row.n_found:6.0f} {row.precision:5.3f} {row.recall:5.3f} {row.f1:5.3f}  {row.low:.3f} to {row.high:.3f}"
        print(f"{row.means:10} {row.label:22} {numbers}")
