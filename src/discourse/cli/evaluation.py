"""The command that says how good the coding is: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import app, grouped
from discourse.cli.tag import Codebook, GazetteerFiles
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["evaluate"]


class Given(NamedTuple):
    """Options of either kind of evaluation."""

    predictions: Annotated[Path | None, typer.Option(metavar="OUT", help="Write what was found, a sentence a line (JSON Lines).")] = None
    split: Annotated[str | None, typer.Option(help="Only the lines of this split, such as measure.")] = None
    texts: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="A tagged workspace that sentences coded by reference are from.")
    ] = None
    pipeline: Annotated[str | None, typer.Option(help="discourse_en, or an installed spaCy pipeline such as en_core_web_trf.")] = None


class OfFramings(NamedTuple):
    """Options that go with --gold."""

    codebook: Codebook = None
    model: Annotated[Path | None, typer.Option(metavar="PATH", help="A model of framings; else the shipped one.")] = None
    bootstrap: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Draws of posts for the intervals of framings.  [default: 1000]")
    ] = None
    seed: Annotated[int | None, typer.Option(min=0, metavar="N", help="Seed of the draws.  [default: 0]")] = None
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write tables (CSV) and figure of framings to this folder.")] = None


@app.command()
@grouped
def evaluate(
    gold: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sentences coded with framings (JSON Lines): id, text, codes, holder, modality.")
    ] = None,
    entities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sentences coded with names (JSON Lines): id, text, entities.")
    ] = None,
    given: Given = Given(),  # noqa: B008
    gazetteer: GazetteerFiles = None,
    framings: OfFramings = OfFramings(),  # noqa: B008
) -> None:
    """Measure how well framings (--gold) or names (--entities) are found in sentences coded by hand, each read alone.

    Framings: precision, recall and F1, plain and weighted by 1/p_inclusion, holder and modality, calibration, baselines on the same
    sentences, and the four outcomes by source and year. Names: exact span and label. Intervals are 95%, clustered by post.

    Example: discourse evaluate --gold data/raw/sample/codes/framings.jsonl --split measure

    Example: discourse evaluate --entities data/raw/sample/codes/entities.jsonl --split measure
    """
    shared: dict[str, Any] = {"split": given.split, "texts": given.texts or (), "predictions": given.predictions}
    if gold is not None and entities is None:
        _refuse({"gazetteer": gazetteer}, "--entities")
        _framings(gold, given.pipeline, framings, shared)
    elif entities is not None and gold is None:
        _refuse(framings._asdict(), "--gold")
        from discourse.pipeline import evaluate_entities

        _print_names(evaluate_entities(entities, gazetteer=gazetteer or (), pipeline=given.pipeline, **shared))
    else:
        raise InputError("evaluate needs one of --gold FILE (framings) and --entities FILE (names), and not both.")


def _framings(gold: Path, pipeline: str | None, options: OfFramings, shared: dict[str, Any]) -> None:
    from discourse.cli.scores import report
    from discourse.pipeline import Run, evaluate_framings, predict_framings, write_accuracy

    chosen = {"model": options.model, "pipeline": pipeline, "bootstrap": options.bootstrap, "seed": options.seed}
    run = Run(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]
    n = predict_framings(gold, codebook=options.codebook, run=run, **shared) if shared["predictions"] is not None else None
    if n is not None:
        print(f"{gold}: no line is coded, so there is nothing to score; {n:,} sentences written to {shared['predictions']}.")
        return
    evaluation = evaluate_framings(gold, codebook=options.codebook, run=run, **shared)
    print("\n".join(report(evaluation)))
    for path in write_accuracy(evaluation, options.out) if options.out else ():
        print(path)


def _refuse(options: dict[str, Any], needed: str) -> None:
    if given := [f"--{name}" for name, value in options.items() if value is not None]:
        raise InputError(f"{' and '.join(given)}: only with {needed}; leave it out.")


def _print_names(scores: pd.DataFrame) -> None:
    print(f"{'means':10} {'label':22} {'coded':>6} {'found':>6} {'P':>5} {'R':>5} {'F1':>5}  95% interval")
    for row in scores.itertuples():
        numbers = f"{row.n:6.0f} {row.n_found:6.0f} {row.precision:5.3f} {row.recall:5.3f} {row.f1:5.3f}  {row.low:.3f} to {row.high:.3f}"
        print(f"{row.means:10} {row.label:22} {numbers}")
