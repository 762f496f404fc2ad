"""How good the coding of framings is: measured against sentences coded by hand, beside baselines, and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.errors import CodebookError, InputError
from discourse.pipeline.coded import HOLDERS, MODALITIES, coded_sentences, framings_coded, is_coded, not_over, post_of, write_predictions
from discourse.pipeline.passports import without_passport

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export import Figure
    from discourse.tag import Tagger

__all__ = [
    "LABELS", "TAGGER", "Evaluation", "Run", "compared", "draw_accuracy", "evaluate_framings", "gold_of", "predict_framings",
    "with_calibration", "write_accuracy",
]  # fmt: skip

TAGGER = "tagger"
SAMPLE = ("data", "raw", "sample")
CODES = ("codes", "framings.jsonl")
LABELS = {"holder": HOLDERS, "modality": MODALITIES}
UNKNOWN = "(unknown)"


class Run(NamedTuple):
    """What an evaluation is run with: a model of framings and a spaCy pipeline (else the shipped ones), bootstrap draws and their seed."""

    model: Path | None = None
    pipeline: str | None = None
    bootstrap: int = 1000
    seed: int = 0


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found, in tidy tables, and on what.

    `scores` has a row a number (the columns of `framing_scores`): `part` is `framing`, `holder`, `modality` or `calibration`; `method` is
    `tagger` or a baseline. `calibration` is the table of `reliability`, `confusion` that of `framing_confusion`.
    """

    scores: pd.DataFrame
    calibration: pd.DataFrame
    confusion: pd.DataFrame
    names: dict[str, str]
    file: Path
    about: dict[str, Any]

    @cached_property
    def table(self) -> pd.DataFrame:
        """The scores side by side: a row a method, part, weighting and code."""
        from discourse.measure import score_table

        return score_table(self.scores[self.scores["part"] != "calibration"])


def evaluate_framings(
    file: Path | str | None = None,
    *,
    split: str | None = None,
    texts: Sequence[Path] = (),
    predictions: Path | None = None,
    codebook: Path | None = None,
    run: Run | None = None,
) -> Evaluation:
    """Return how well framings, holder and modality are coded in the sentences of a file, each read alone, beside baselines.

    The baselines code the same sentences: `majority` (the more frequent answer), `everything` (always yes), `keyword` (one pattern a
    framing) and `n-gram` (words and pairs of words, fitted on other posts of the sample's `train` split, never on the file). One that does
    not know every framing of the codebook is left out.

    Parameters
    ----------
    file : JSON Lines with `id`, `text`, each framing of the codebook (0 or 1), `holder`, `modality`, a sentence a line; `source`, `post` or
        `post_id`, `date` and `p_inclusion` where they are known. Without it, the sentences of the sample.
    split : only the lines with this `split`.
    texts : workspaces in which sentences coded by reference (`sha256` and no `text`) are found again.
    predictions : a file to write what was found to, a line a sentence: `id`, codes and scores, `holder`, `modality`.
    codebook : as in `tag_corpus`.
    run : the model, the pipeline, the number of bootstrap draws and the seed, where they are not the usual ones.

    Raises
    ------
    InputError : the file cannot be read, a line is malformed, or a sentence is in none of the workspaces.
    CodebookError : the codebook is malformed, or has no framing.
    """
    from discourse.tag import SHIPPED, Choice, framings_alone, tagger_from

    run = run or Run()
    file = Path(file) if file is not None else paths.project(*SAMPLE).joinpath(*CODES)
    if predictions is not None:
        not_over(predictions, file)
    if run.bootstrap < 1:
        raise InputError(f"{run.bootstrap} bootstrap draws give no interval; say 1 or more, 1000 as a rule.")
    tagger = tagger_from(Choice(codebook, pipeline=run.pipeline or SHIPPED, model=run.model))
    names = tagger.codebook.of_kind("framing")
    if not names:
        raise CodebookError(f"{codebook}: has no code of kind framing; there is nothing to evaluate.")
    rows = coded_sentences(file, framings_coded(list(names)), split=split, texts=texts)
    found = framings_alone([row["text"] for row in rows], tagger)
    if predictions is not None:
        write_predictions(predictions, ({"id": row["id"], **one} for row, one in zip(rows, found, strict=True)))
    return Evaluation(
        **compared(rows, found, codes=list(names), run=run), names=names, file=file, about=_about(rows, file, split, tagger)
    )  # fmt: skip


def compared(
    rows: Sequence[dict[str, Any]], found: Sequence[Mapping[Any, Any]], *, codes: Sequence[str], run: Run
) -> dict[str, pd.DataFrame]:
    """Return the tables `scores`, `calibration` and `confusion` of an `Evaluation`.

    Parameters
    ----------
    rows : coded sentences.
    found : what the tagger says of each, as of `framings_alone`.
    codes : the framings.
    run : says how many draws, from which seed.
    """
    from discourse.measure import calibration_scores, framing_confusion, framing_scores, reliability

    draws = {"replicates": run.bootstrap, "seed": run.seed}
    gold, guesses = gold_of(rows, codes), _guesses(rows, found, codes)
    scores = framing_scores(gold, guesses, codes=codes, labels=LABELS, **draws)
    return {
        "scores": with_calibration(scores, calibration_scores(gold, guesses[TAGGER], codes=codes, **draws)),
        "calibration": reliability(gold, guesses[TAGGER], codes=codes, **draws),
        "confusion": framing_confusion(gold, guesses[TAGGER], codes=codes, by=["source", "year"]),
    }


def predict_framings(
    file: Path | str,
    predictions: Path,
    *,
    split: str | None = None,
    texts: Sequence[Path] = (),
    codebook: Path | None = None,
    run: Run | None = None,
) -> int | None:
    """Write what framings are found in the sentences of a file that nobody has coded; return how many they are, of a coded one nothing.

    Parameters
    ----------
    file : JSON Lines with `id` and `text`, as in `evaluate_framings`, without codes.
    predictions, split, texts, codebook, run : as there.

    Raises
    ------
    InputError, CodebookError : as there.
    """
    from discourse.tag import SHIPPED, Choice, framings_alone, tagger_from

    run, file = run or Run(), Path(file)
    tagger = tagger_from(Choice(codebook, pipeline=run.pipeline or SHIPPED, model=run.model))
    if is_coded(file, list(tagger.codebook.of_kind("framing"))):
        return None
    not_over(predictions, file)
    rows = coded_sentences(file, framings_coded(()), split=split, texts=texts)
    found = framings_alone([row["text"] for row in rows], tagger)
    write_predictions(predictions, ({"id": row["id"], **one} for row, one in zip(rows, found, strict=True)))
    return len(rows)


def gold_of(rows: Sequence[dict[str, Any]], codes: Sequence[str]) -> pd.DataFrame:
    """Return the codes of sentences as `framing_scores` reads them, with post, weight, source and year."""
    import pandas as pd

    frame = pd.DataFrame(rows).reindex(columns=[*codes, *LABELS])
    return frame.assign(
        post=[post_of(row) for row in rows], weight=[1 / row["p_inclusion"] for row in rows],
        source=[row.get("source") or UNKNOWN for row in rows], year=[row["date"][:4] if row.get("date") else UNKNOWN for row in rows],
    )  # fmt: skip


def _guesses(rows: Sequence[dict[str, Any]], found: Sequence[Mapping[Any, Any]], codes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return what the tagger and each baseline that knows these codes say of the sentences."""
    import pandas as pd

    from discourse.measure import unlearned
    from discourse.tag import by_keyword, by_n_grams

    sentences, posts = [row["text"] for row in rows], [post_of(row) for row in rows]
    sample = paths.project(*SAMPLE).joinpath(*CODES)
    train = coded_sentences(sample, framings_coded(()), split="train")
    learned = {"keyword": by_keyword(sentences, codes), "n-gram": by_n_grams(sentences, posts, train=train, codes=codes)}
    given = {method: pd.DataFrame(answers) for method, answers in learned.items() if answers is not None}
    return {TAGGER: pd.DataFrame(found), **unlearned(pd.DataFrame(rows), codes), **given}


def with_calibration(scores: pd.DataFrame, calibration: pd.DataFrame) -> pd.DataFrame:
    """Return the scores with those of the calibration of `tagger` behind them, in the same columns."""
    import pandas as pd

    own = scores.query("method == @TAGGER and part == 'framing' and weighted == False and measure in ['f1', 'macro_f1']")
    n_found = calibration["code"].map(own.set_index("code")["n_found"])
    return pd.concat([scores, calibration.assign(method=TAGGER, part="calibration", n_found=n_found)[scores.columns]], ignore_index=True)


def _about(rows: Sequence[dict[str, Any]], file: Path, split: str | None, tagger: Tagger) -> dict[str, Any]:
    """Return what the footer of a figure says."""
    from discourse.load import declared

    dates = sorted(row["date"][:7] for row in rows if row.get("date"))
    folder = file.resolve().parent
    known = declared(folder, folder.name)
    return {
        "corpus": f"{known.get('title', file.name)}{f', split {split}' if split else ''}",
        "span": " to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else "undated",
        "n_posts": len({post_of(row) for row in rows}),
        "n_sentences": len(rows),
        "notices": (known["notice"],) if known.get("notice") else (),
        "made_with": f"Coded by {f'the model {tagger.model.title} and ' if tagger.learned else ''}the codebook "
        f"{tagger.codebook.name} {tagger.codebook.version}; each sentence read alone.",
    }


def draw_accuracy(evaluation: Evaluation) -> Figure:
    """Draw F1 of the tagger and the baselines with intervals, and how far scores mean what they say."""
    from discourse.chart import About, accuracy

    return without_passport(accuracy.draw((evaluation.scores, evaluation.calibration), About(**evaluation.about), names=evaluation.names))


def write_accuracy(evaluation: Evaluation, folder: Path | str) -> list[Path]:
    """Write the tables as `framings_accuracy.csv`, `framings_calibration.csv`, `framings_confusion.csv`, and the figure; return the paths.

    Parameters
    ----------
    evaluation : made by `evaluate_framings`.
    folder : where to; the figure is `accuracy.png`, `.svg` and `.pdf`, with its numbers as `.csv` and what it shows as `.txt`.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    InputError : one of the files is the file of hand codes itself.
    """
    from discourse.export import export, to_csv

    tables = {"accuracy": evaluation.scores, "calibration": evaluation.calibration, "confusion": evaluation.confusion}
    targets = {Path(folder) / f"framings_{name}.csv": table for name, table in tables.items()}
    for target in (*targets, *(Path(folder) / f"accuracy.{kind}" for kind in ("png", "svg", "pdf", "csv", "txt"))):
        not_over(target, evaluation.file)
    for target, table in targets.items():
        paths.write_whole(target, to_csv(table))
    return [*targets, *export(draw_accuracy(evaluation), name="accuracy", folder=Path(folder))]
