"""Compare sets of features for the framings, by cross-validation over posts: this is how those of `framings_en` were chosen.

    python training/framings/compare.py WORKSPACE WORKSPACE [--real]

Each row is fitted with some of the blocks; `rules of the codebook` is not fitted at all: a sentence carries a framing where one of its
rules holds. F1 with 95% intervals over posts, from the same draws. With `--real` the sentences of the two corpora alone are scored.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from rows import CODES, known

from discourse.cli.scores import aligned
from discourse.measure import framing_scores, score_table
from discourse.pipeline.accuracy import gold_of
from discourse.pipeline.training import lesson_rows
from discourse.tag import load_english, read_codebook
from discourse.tag.framing import Lesson, fit, lessons

SETS = {
    "words": ("words",),
    "words, rules": ("words", "rules"),
    "words, relations": ("words", "relations"),
    "words, letters": ("words", "letters"),
    "words, rules, relations, letters": ("words", "relations", "letters", "rules"),
    "encoder": ("encoder",),
    "words, rules, encoder": ("words", "rules", "encoder"),
    "all": ("words", "relations", "letters", "rules", "encoder"),
    "rules": ("rules",),
}
UNFITTED = "rules of the codebook"
NOT_REAL = ("sample", "written")


def guesses(read: list[Lesson], codes: list[str], rules: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Return what each set of features says of every sentence, by models of the other posts."""
    found = {UNFITTED: np.array([[any(rules[r] == code for r in lesson.features["rules"]) for code in codes] for lesson in read])}
    for name, blocks in SETS.items():
        fitted = fit(read, codes=codes, about={}, scales=dict.fromkeys(blocks, 1.0), stances=())
        found[name] = fitted.model.scores(fitted.sums) >= fitted.model.thresholds
        print(f"fitted: {name}", flush=True)
    return {name: pd.DataFrame(yes.astype(int), columns=codes) for name, yes in found.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workspaces", type=Path, nargs="+", metavar="WORKSPACE")
    parser.add_argument("--real", action="store_true")
    given = parser.parse_args()
    book = read_codebook()
    codes = list(book.of_kind("framing"))
    rows = lesson_rows(CODES, book, texts=given.workspaces, told=known)
    read = lessons(rows, codebook=book, english=load_english())
    found = guesses(read, codes, {rule.id: code.code for code in book.codes for rule in code.rules})
    gold = gold_of(rows, codes)
    kept = ~gold["source"].isin(NOT_REAL) if given.real else slice(None)
    shown = {name: guess.loc[kept].reset_index(drop=True) for name, guess in found.items()}
    scores = framing_scores(gold.loc[kept].reset_index(drop=True), shown, codes=codes, labels={})
    table = score_table(scores).query("not weighted").set_index(["method", "code"])
    lines = [("features", "macro-F1", *(f"F1 {code}" for code in codes))]
    for name in shown:
        cells = [table.loc[(name, code), ["f1", "low", "high"]] for code in ("all", *codes)]
        lines.append((name, *(f"{f1:.3f} [{low:.3f}, {high:.3f}]" for f1, low, high in cells)))
    print("\n".join(aligned(lines)))


if __name__ == "__main__":
    main()
