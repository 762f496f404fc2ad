"""Fit `framings_en`, the model of framings that the package ships, and write it with its card where the package ships it.

    python training/framings/train.py WORKSPACE WORKSPACE [--gold FILE TITLE]

The workspaces are the loaded corpora that the sentences coded by reference are from. What goes in are the sample's sentences of `split`
`train`, those of the two corpora, and sentences written for the project. Sentences of the corpora that carry no framing weigh less,
because most of them are easy, and written ones weigh less, because few hands wrote them. `unseen/` holds what an encoder that was not
fitted on them says of these sentences (`finetune.py`): the models behind it must not learn from what it has seen.

The run prints what the model is worth on posts that it has not seen, keeps it in `results.json`, and fills the card from there. Two runs
on one machine write the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd
from rows import CODES, FRAMINGS, REAL_AND_PLAIN, ROOT, SAMPLE, WRITTEN, known

from discourse.cli.scores import report_training
from discourse.paths import write_whole
from discourse.pipeline import Recipe, Run, Training, evaluate_framings, train_model
from discourse.pipeline.card import counts_in_markdown, scores_in_markdown

NAME, VERSION = "framings_en", "1.0.0"
HERE = Path(__file__).resolve().parent
SHIPPED = ROOT / "src" / "discourse" / "resources" / NAME
IN_SHORT = {
    "macro-F1": ("framing", "macro_f1", "all"),
    **{f"F1 {code}": ("framing", "f1", code) for code in FRAMINGS},
    "holder, accuracy": ("holder", "accuracy", "all"),
    "F1 other": ("holder", "f1", "other"),
    "F1 hedged": ("modality", "f1", "hedged"),
    "F1 rejected": ("modality", "f1", "rejected"),
    "calibration error": ("calibration", "ece", "all"),
}


def results(training: Training, golds: Iterable[tuple[Path, str, str | None]]) -> dict[str, Any]:
    """Return what the card says the model is worth: cross-validated, and measured on sentences that nothing was fitted on.

    Parameters
    ----------
    training : the model, written.
    golds : file, title, and `split` or nothing.
    """
    cross = []
    for source, scores in training.scores.groupby("source", sort=False):
        some = training.counts.set_index("source").loc[source]
        cross.append({"on": source, "sentences": int(some["sentences"]), "posts": int(some["posts"]), **in_short(scores)})
    measured = []
    for file, title, split in golds:
        done = evaluate_framings(file, split=split, run=Run(model=training.folder))
        sizes = {"sentences": done.about["n_sentences"], "posts": done.about["n_posts"]}
        measured.append({"on": title, **sizes, **in_short(done.scores.query("method == 'tagger'"))})
    return {"version": VERSION, "cross_validated": cross, "measured": measured}


def in_short(scores: pd.DataFrame) -> dict[str, list[float | None]]:
    """Return the numbers of the card's short tables: each with the ends of its interval, if it has one."""
    plain = scores[~scores["weighted"].astype(bool)].set_index(["part", "measure", "code"])[["estimate", "low", "high"]]
    return {
        name: [None if pd.isna(value) else round(float(value), 3) for value in plain.loc[place]]
        for name, place in IN_SHORT.items()
        if place in plain.index
    }


def in_markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows of `results` as a table."""
    columns = ["on", "sentences", "posts", *IN_SHORT]
    lines = [columns, ["---"] * len(columns), *([shown(row.get(column)) for column in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: Any) -> str:
    """Return a cell.

    >>> shown([0.71, 0.64, 0.78]), shown([0.02, None, None]), shown(1949), shown(None)
    ('.710 (.640 to .780)', '.020', '1,949', '–')
    """
    if isinstance(value, list):
        estimate, low, high = ("–" if number is None else f"{number:.3f}".replace("0.", ".", 1) for number in value)
        return estimate if low == "–" else f"{estimate} ({low} to {high})"
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def main() -> None:
    """Fit, measure, print, and write the model with card and licence."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workspaces", type=Path, nargs="+", metavar="WORKSPACE")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    parser.add_argument("--gold", nargs=2, action="append", default=[], metavar=("FILE", "TITLE"), help="measure on these sentences, too")
    given = parser.parse_args()
    recipe = Recipe(version=VERSION, told=known)
    training = train_model(CODES, out=given.out, texts=given.workspaces, name=NAME, recipe=recipe)
    print("\n".join(report_training(training)))
    golds = [(SAMPLE, "sample, posts kept apart", "measure"), *((Path(file), title, None) for file, title in given.gold)]
    found = results(training, golds)
    write_whole(given.results, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    found = json.loads(given.results.read_text(encoding="utf-8"))
    card = Template((HERE / "card" / "README.md").read_text(encoding="utf-8")).substitute(
        version=VERSION, written=WRITTEN, plain=REAL_AND_PLAIN, codebook=training.model.about["codebook"],
        pipeline=training.model.about["pipeline"], counts=counts_in_markdown(training.counts), measured=in_markdown(found["measured"]),
        cross_validated=in_markdown(found["cross_validated"]), all=scores_in_markdown(training.scores.query("source == 'all'")),
    )  # fmt: skip
    write_whole(given.out / "README.md", card.encode())
    write_whole(given.out / "LICENSE", (HERE / "card" / "LICENSE").read_bytes())
    print("\n" + in_markdown(found["measured"]))
    print(f"\n{given.out}: {sum(path.stat().st_size for path in given.out.iterdir()) / 1e6:.1f} MB, {training.model.fingerprint[:12]}")


if __name__ == "__main__":
    main()
