"""The card of a model of framings: what it is, what it was fitted on, what it is worth and where it fails, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.training import Training

__all__ = ["card", "counts_in_markdown", "scores_in_markdown"]

SHOWN = {"macro_f1": "macro-F1", "f1": "F1", "ece": "expected calibration error", "brier": "Brier score"}
TEXT = """# {title}

A model of framings for `discourse tag`, made by `discourse train` from {files}. It codes the framings of the codebook {codebook} in
sentences that {pipeline} has parsed: logistic regression over the words of a sentence, who does what to whom in it, runs of
letters inside words, and the rules of the codebook. Use it with that codebook alone.

## What it was fitted on

{counts}

`model.npz` keeps of each of these sentences its hand codes and the first eight bytes of the SHA-256 of its text, so that it is known
what the model must not be measured on. The texts are not in it; whoever has a text can tell whether it was among them.

{notes}## What it is worth

Measured on posts that the weights had not seen (five folds over posts); with 95% intervals of a bootstrap over posts. The threshold
and the curve of each framing were chosen on these same sentences, so the numbers are a little too good; sentences of `split` `measure`,
coded apart, say more: `discourse evaluate --gold FILE --split measure --model {name}`.

{scores}

## What it is bad at

- Text unlike what it was fitted on, and framings as other coders would understand them: it learnt from these coders.
- Sentences that need their neighbours to be understood: it reads each alone.
"""


def card(training: Training, files: Sequence[str]) -> str:
    """Return the card of a model.

    Parameters
    ----------
    training : the model with its tables.
    files : names of the files of hand codes.
    """
    about = training.model.about
    return TEXT.format(
        title=training.model.title, name=training.folder.name, codebook=about["codebook"], pipeline=about["pipeline"],
        files=" and ".join(f"`{file}`" for file in files), counts=counts_in_markdown(training.counts),
        notes="".join(f"{note}\n\n" for note in training.notes), scores=scores_in_markdown(training.scores.query("source == 'all'")),
    )  # fmt: skip


def counts_in_markdown(counts: pd.DataFrame) -> str:
    """Return the counts of a training as a table: a row a source."""
    rows = [[str(row[0]), *(f"{int(n):,}" for n in row[1:])] for row in counts.itertuples(index=False, name=None)]
    return _table([str(column) for column in counts.columns], rows)


def scores_in_markdown(scores: pd.DataFrame) -> str:
    """Return the plain scores of one source as a table: a row a number, with how many were coded, and the interval."""
    plain = scores[~scores["weighted"].astype(bool)]
    parts, codes = plain["part"].unique().tolist(), [*(code for code in plain["code"].unique() if code != "all"), "all"]
    ordered = plain.assign(a=plain["part"].map(parts.index), b=plain["code"].map(codes.index)).sort_values(["a", "b"], kind="stable")
    columns = ["part", "code", "measure", "n", "estimate", "low", "high"]
    rows = [
        [part, code, SHOWN.get(measure, measure), f"{n:,}", _number(estimate), _interval(low, high)]
        for part, code, measure, n, estimate, low, high in ordered[columns].itertuples(index=False, name=None)
    ]
    return _table(["part", "code", "measure", "coded", "estimate", "interval"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: Any) -> str:
    return f"{value:.3f}" if value == value else "–"  # NaN is not itself


def _interval(low: Any, high: Any) -> str:
    return f"{low:.3f} to {high:.3f}" if low == low else "–"
