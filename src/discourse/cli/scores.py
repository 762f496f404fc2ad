"""Scores of framings, and agreement of coders, as aligned lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discourse.cli.cells import cells, left_of, right_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Agreement, Evaluation, Training

__all__ = ["aligned", "report", "report_agreement", "report_training"]

EACH = ("precision", "recall", "f1")


def report(evaluation: Evaluation) -> list[str]:
    """Return the tables: framings, holder and modality, calibration, baselines, outcomes by source and year."""
    about, scores = evaluation.about, evaluation.scores
    own = scores[scores["method"] == "tagger"]
    pool = evaluation.calibration[evaluation.calibration["code"] == "all"]
    lines = [f"{about['corpus']}: {about['n_sentences']:,} sentences of {about['n_posts']:,} posts; [95% intervals over posts]"]
    tables = [
        *_parts(own),
        [("score, all codes", "weighted", "codes", "mean score", "share coded yes"), *_bins(pool)],
        _baselines(scores[(scores["part"] == "framing") & scores["measure"].isin(["f1", "macro_f1"])]),
        *(_outcomes(str(by), rows) for by, rows in evaluation.confusion.groupby("by", sort=False)),
    ]
    return _under(lines, tables)


def report_training(training: Training) -> list[str]:
    """Return the tables of a training: framings, holder, modality and calibration on posts not seen, and F1 by source."""
    about, scores = training.model.about, training.scores
    lines = [
        f"{training.model.title}: {about['n_sentences']:,} sentences of {about['n_posts']:,} posts; "
        "scores on posts that the weights had not seen [95% intervals over posts]",
        *training.notes,
    ]
    tables = _parts(scores[scores["source"] == "all"])
    if scores["source"].nunique() > 1:
        tables.append(_by_source(scores))
    return _under(lines, tables)


def report_agreement(agreement: Agreement) -> list[str]:
    """Return the tables: alpha and agreement of each code, holder and modality; then which answers meet, for each pair of coders."""
    heads, table = agreement.heads, agreement.table
    lines = ["; ".join(f"{head} is {name}" for name, head in heads.items()) + "; alpha [95% intervals over posts]"]
    lines += [f"{name}: {n:,} of {of:,} lines are complete" for name, (n, of) in agreement.complete.items() if n < of]
    rows = [("code", "sentences", "posts", "alpha", "agree", "yes", *(f"yes of {head}" for head in heads.values()))]
    for row in table.to_dict("records"):
        alpha = f"not defined: {row['why']}" if row["why"] else _cell(row["alpha"], row["low"], row["high"])
        yes = [f"{n:.0f}" if n == n else "" for n in (row[f"yes_{head}"] for head in heads.values())]
        share = f"{row['prevalence']:.3f}" if row["prevalence"] == row["prevalence"] else ""
        rows.append((row["code"], f"{row['n']:,}", f"{row['n_posts']:,}", alpha, _number(row["agreement"]), share, *yes))
    return _under(lines, [rows, *_meetings(agreement.confusion)])


def _meetings(confusion: pd.DataFrame) -> list[list[tuple[str, ...]]]:
    """Return a table of the codes, then one of each label, a row a pair of coders and an answer of the first."""
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key, some in confusion.groupby(["code", "first", "second", "first_value"], sort=False):
        code, *cells = map(str, key)
        answers = tuple(some["second_value"])
        top = ("code" if answers == ("0", "1") else code, "first", "second", "first says", *(f"second says {answer}" for answer in answers))
        tables.setdefault(top, [top]).append((code, *cells, *(f"{n:,}" for n in some["n"])))
    return list(tables.values())


def _under(lines: list[str], tables: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    return [*lines, *(line for table in tables for line in ("", *aligned(table)))]


def _parts(own: pd.DataFrame) -> list[list[tuple[str, ...]]]:
    """Return the tables of one method: framings, holder and modality as far as they are there, calibration."""
    parts = {str(part): rows for part, rows in own.groupby("part", sort=False)}
    calibration = parts.pop("calibration")
    return [
        *([(part, "weighted", "coded", "found", "P", "R", "F1"), *_agreement(rows)] for part, rows in parts.items()),
        [("calibration", "weighted", "codes", "yes", "expected error", "Brier score"), *_calibration(calibration)],
    ]


def _by_source(scores: pd.DataFrame) -> list[tuple[str, ...]]:
    plain = scores[(scores["part"] == "framing") & scores["measure"].isin(["f1", "macro_f1"]) & (scores["weighted"] == False)]  # noqa: E712
    codes = [code for code in plain["code"].unique() if code != "all"]
    lines = [("source", "sentences", "posts", "macro-F1", *(f"F1 {code}" for code in codes))]
    for source, some in plain.groupby("source", sort=False):
        ends, first = some.set_index("code")[["estimate", "low", "high"]], some.iloc[0]
        cells = (_cell(*ends.loc[code]) for code in ("all", *codes))
        lines.append((str(source), f"{first['denominator']:,}", f"{first['n_posts']:,}", *cells))
    return lines


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with columns of one width on a terminal, counts to the right.

    >>> aligned([("code", "n", "F1"), ("soup", "12", "0.5")])
    ['code   n  F1', 'soup  12  0.5']
    """
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    right = [all(row[k].replace(",", "").isdigit() for row in rows[1:]) for k in range(len(widths))]
    right[0] = False
    padded = [[right_of(c, w) if r else left_of(c, w) for c, w, r in zip(row, widths, right, strict=True)] for row in rows]
    return ["  ".join(row).rstrip() for row in padded]


def _agreement(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a row a code and weighting, then macro-F1 and accuracy."""
    lines: list[tuple[str, ...]] = []
    overall = rows["code"] == "all"
    for _, some in rows[~overall].groupby(["weighted", "code"], sort=False):
        lines.append((*_head(some, str(some["code"].iloc[0]), ("n", "n_found")), *_cells(some, EACH)))
    for _, some in rows[overall].groupby(["measure", "weighted"], sort=False):
        measure = str(some["measure"].iloc[0])
        name = "macro-F1" if measure == "macro_f1" else measure
        lines.append((*_head(some, name, ("n", "n_found")), "", "", *_cells(some, [measure])))
    return lines


def _calibration(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    groups = (some for _, some in rows.groupby(["code", "weighted"], sort=False))
    return [(*_head(some, str(some["code"].iloc[0]), ("denominator", "n")), *_cells(some, ("ece", "brier"))) for some in groups]


def _bins(pool: pd.DataFrame) -> list[tuple[str, ...]]:
    columns = ["left", "right", "weighted", "n", "mean_score", "share", "low", "high"]
    return [
        (f"{left:.1f} to {right:.1f}", _yes(weighted), f"{n:,}", f"{mean:.3f}", _cell(*share))
        for left, right, weighted, n, mean, *share in pool[columns].itertuples(index=False, name=None)
    ]


def _baselines(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    codes = ["all", *(code for code in rows["code"].unique() if code != "all")]
    lines = [("method", "weighted", "macro-F1", *(f"F1 {code}" for code in codes[1:]))]
    for _, some in rows.groupby(["weighted", "method"], sort=False):
        ends = some.set_index("code")[["estimate", "low", "high"]]
        lines.append((str(some["method"].iloc[0]), _yes(some["weighted"].iloc[0]), *(_cell(*ends.loc[code]) for code in codes)))
    return lines


def _outcomes(by: str, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    columns = ["group", "code", "tp", "fp", "fn", "tn", "f1"]
    values = rows[columns].itertuples(index=False, name=None)
    return [
        (by, "framing", *columns[2:6], "F1"),
        *((group, code, *(f"{n:,}" for n in four), _number(f1)) for group, code, *four, f1 in values),
    ]


def _head(rows: pd.DataFrame, name: str, counts: Sequence[str]) -> tuple[str, ...]:
    row = rows.iloc[0]
    return (name, _yes(row["weighted"]), *(f"{row[count]:,}" for count in counts))


def _cells(rows: pd.DataFrame, measures: Sequence[str]) -> list[str]:
    named = rows.set_index("measure")[["estimate", "low", "high"]]
    return [_cell(*named.loc[measure]) for measure in measures]


def _cell(estimate: Any, low: Any, high: Any) -> str:
    return f"{_number(estimate)} [{low:.3f}, {high:.3f}]" if low == low else _number(estimate)  # NaN is not itself


def _number(value: Any) -> str:
    return f"{value:.3f}" if value == value else "–"


def _yes(weighted: Any) -> str:
    return "yes" if weighted else "no"
