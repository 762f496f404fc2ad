"""The command that fits a model of framings: train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from discourse.cli.console import app, grouped, progress_shown
from discourse.cli.tag import Codebook

__all__ = ["train"]


class How(NamedTuple):
    """Options of the fit and its scores."""

    name: Annotated[str | None, typer.Option(help="The model's name; else that of the folder.")] = None
    pipeline: Annotated[str, typer.Option(help="discourse_en, or an installed spaCy pipeline such as en_core_web_trf.")] = "discourse_en"
    bootstrap: Annotated[int, typer.Option(min=1, metavar="N", help="Draws of posts for the intervals.")] = 1000
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the draws.")] = 0


@app.command()
@grouped
def train(
    codes: Annotated[
        list[Path],
        typer.Option(metavar="FILE", help="Sentences coded by hand (JSON Lines): id, text, post, codes; may be given again."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the model and its card.")],
    codebook: Codebook = None,
    texts: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="A workspace that sentences coded by reference are from.")] = None,
    how: How = How(),  # noqa: B008
) -> None:
    """Fit a model of a codebook's framings to sentences coded by hand, and say what it is worth on posts that it has not seen.

    Lines are as in data/raw/sample/codes/framings.jsonl. Those of split measure are never fitted on. Holder, modality, weight and
    p_inclusion may be left out; without holder or modality the shipped model's weights serve for them.

    Example: discourse train --codes data/raw/sample/codes/framings.jsonl --out models/mine
    """
    from discourse.cli.scores import report_training
    from discourse.pipeline import Recipe, train_model

    with progress_shown() as progress:
        recipe = Recipe(pipeline=how.pipeline, bootstrap=how.bootstrap, seed=how.seed, progress=progress)
        training = train_model(codes, out=out, codebook=codebook, texts=texts or (), name=how.name, recipe=recipe)
    print("\n".join(report_training(training)))
    book = f" --codebook {codebook}" if codebook else ""
    print(f"\nNext: discourse tag DIR{book} --model {out}")
