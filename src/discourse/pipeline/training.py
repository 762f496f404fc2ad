"""Fitting a model of framings to sentences coded by hand, and what it is worth on posts that it has not seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.errors import CodebookError, InputError, ModelError
from discourse.pipeline.accuracy import LABELS, TAGGER, gold_of, with_calibration
from discourse.pipeline.card import card
from discourse.pipeline.coded import MEASURE, coded_sentences, post_of, taught
from discourse.pipeline.workspace import Progress, quiet

if TYPE_CHECKING:
    import pandas as pd

    from discourse.tag.codebook import Codebook
    from discourse.tag.english import English
    from discourse.tag.framing import Fitted, Model

__all__ = ["Recipe", "Training", "cross_validated", "lesson_rows", "train_model"]

ALL = "all"
CARD = "README.md"
BESIDE = ("LICENSE", "encoder.onnx", "pieces.txt")
FEWEST_SPREAD = 5
FEWEST_OF_SOURCE = 10
NAME = re.compile(r"\w[\w .+-]{0,59}")


Told = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def as_it_is(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return nothing to add to a row: it counts as much as its own `weight` says, else 1."""
    return {}


class Recipe(NamedTuple):
    """How a model is made: its version, the spaCy pipeline (else the shipped one), draws of intervals and their seed.

    `told` returns what is to be known of a row beside what stands in its file, such as its `weight`.
    """

    version: str = "1"
    told: Told = as_it_is
    pipeline: str | None = None
    bootstrap: int = 1000
    seed: int = 0
    progress: Progress = quiet


@dataclass(frozen=True)
class Training:
    """A fitted model, what it was fitted on, and what it is worth.

    `scores` has a row a number: the columns of `framing_scores` after `source` (`all`, and each source with at least ten posts); `part` is
    `framing`, `holder`, `modality` or `calibration`. `reliability` is the table of that name. `counts` has a row a source: `sentences`,
    `posts`, and how many sentences carry each framing. All scores are of sentences of posts that the weights have not seen (five folds
    over posts); each framing's threshold and curve, three numbers, were chosen on these same scores, which makes them a little too good.
    """

    model: Model
    scores: pd.DataFrame
    reliability: pd.DataFrame
    counts: pd.DataFrame
    notes: tuple[str, ...]
    folder: Path


def train_model(
    codes: Sequence[Path | str] | Path | str,
    *,
    out: Path | str,
    codebook: Path | None = None,
    texts: Sequence[Path] = (),
    name: str | None = None,
    recipe: Recipe | None = None,
) -> Training:
    """Fit a model of a codebook's framings to sentences coded by hand, and write it with its card to a folder.

    Parameters
    ----------
    codes : one or several files of JSON Lines with `id`, `text`, `post` (or `post_id`), each framing of the codebook (0 or 1), a sentence a
        line; `holder`, `modality`, `source`, `split`, `p_inclusion` and `weight` where they are known. Lines of `split` `measure` are never
        fitted on. Where holder or modality is not coded, the shipped model's weights serve.
    out : a folder for `model.npz` and `README.md`, new, empty, or with an earlier model.
    codebook : a codebook file; without it the shipped one.
    texts : workspaces in which sentences coded by reference (`sha256` and no `text`) are found again.
    name : of the model; without it the name of the folder.
    recipe : version, weights, pipeline, bootstrap draws and seed, where they are not the usual ones.

    Raises
    ------
    InputError : a file cannot be read, a line is malformed or of another codebook, or a sentence is in none of the workspaces.
    CodebookError : the codebook is malformed, or has no framing.
    ModelError : too few posts, or a framing with too few sentences; or the name cannot be one.
    WorkspaceError : the folder cannot be written, or holds other files.
    """
    from discourse.tag import SHIPPED, load_english, read_codebook
    from discourse.tag.framing import read_model, written
    from discourse.tag.framing.model import FILE

    recipe, out = recipe or Recipe(), Path(out)
    files = [Path(codes)] if isinstance(codes, str | Path) else [Path(file) for file in codes]
    if len({file.resolve() for file in files}) < len(files):
        raise InputError(f"{files[0]}: the same file twice among the codes; its sentences would count double.")
    name = out.resolve().name if name is None else name
    if not NAME.fullmatch(name):
        raise ModelError(f"{name[:80]!r} is no name for a model; say one of letters, digits, spaces, points and hyphens with --name.")
    if recipe.bootstrap < 1:
        raise InputError(f"{recipe.bootstrap} bootstrap draws give no interval; say 1 or more, 1000 as a rule.")
    book = read_codebook(codebook)
    with paths.filled(out, (FILE, CARD, *BESIDE)) as folder:
        rows = lesson_rows(files, book, texts=texts, told=recipe.told)
        stances, notes = _learnable(rows, list(book.of_kind("framing")))
        english = load_english(recipe.pipeline or SHIPPED)
        counts = _counts(rows, list(book.of_kind("framing")))
        about = {
            "name": name, "version": recipe.version, "codebook": f"{book.name} {book.version}", "codebook_sha256": book.framings_sha256,
            "pipeline": english.name, "n_sentences": len(rows), "n_posts": len({row["post"] for row in rows}),
        }  # fmt: skip
        fitted = _fitted(rows, book, english, about, stances=stances, progress=recipe.progress)
        scores, bins = cross_validated(rows, fitted, recipe)
        model = replace(fitted.model, about={**about, "cross_validated": _in_short(scores)})
        training = Training(model, scores, bins, counts, notes, out)
        written(model, folder)
        paths.write_whole(folder / CARD, card(training, [file.name for file in files]).encode())
    return replace(training, model=read_model(out))


def lesson_rows(files: Sequence[Path], codebook: Codebook, *, texts: Sequence[Path] = (), told: Told = as_it_is) -> list[dict[str, Any]]:
    """Return the sentences to fit on, as `lessons` reads them.

    Parameters
    ----------
    files, codebook, texts : as in `train_model`.
    told : as in `Recipe`.

    Raises
    ------
    InputError, CodebookError, ModelError : as in `train_model`.
    """
    codes = list(codebook.of_kind("framing"))
    if not codes:
        raise CodebookError(f"the codebook {codebook.name} has no code of kind framing; there is nothing to learn.")
    check = taught(codes, codebook=f"{codebook.name} {codebook.version}", others=list(codebook.of_kind("theme")))
    rows = [row for file in files for row in coded_sentences(file, check, apart=MEASURE, texts=texts)]
    rows = [{**row, "post": post_of(row), "stands_for": 1 / row["p_inclusion"], **told(row)} for row in rows]
    for code in codes:
        for answer, verb in ((1, "carry"), (0, "do not carry")):
            posts = {row["post"] for row in rows if row[code] == answer}
            if 0 < len(posts) < FEWEST_SPREAD:
                raise ModelError(
                    f"{code}: the sentences that {verb} it are from {len(posts)} posts; at least {FEWEST_SPREAD} must have some."
                )
    return rows


def _learnable(rows: Sequence[Mapping[str, Any]], codes: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return which of holder and modality are coded often enough to be learnt, and a note on each that is not."""
    from discourse.tag.framing.fit import FEWEST_YES

    stances, notes = list(LABELS), []
    for what in LABELS:
        answers = Counter(row[what] for row in rows if row.get(what) is not None and any(row[code] for code in codes))
        rarer = answers.total() - max(answers.values(), default=0)
        if rarer < FEWEST_YES:
            stances.remove(what)
            why = f"{rarer} sentences differ from the most frequent answer, at least {FEWEST_YES} must" if answers else "it is not coded"
            notes.append(f"{what}: {why}; the shipped model's weights serve for it.")
    return stances, tuple(notes)


def _fitted(
    rows: Sequence[dict[str, Any]],
    book: Codebook,
    english: English,
    about: Mapping[str, Any],
    *,
    stances: Sequence[str],
    progress: Progress,
) -> Fitted:
    from discourse.tag.framing import fit, lessons

    read = lessons(rows, codebook=book, english=english, progress=partial(progress, "Reading sentences"))
    progress("Fitting", 0, 0)
    try:
        return fit(read, codes=list(book.of_kind("framing")), about=about, stances=stances)
    except ValueError as error:  # scikit-learn's word for data without a way to learn
        raise ModelError(f"no model can be fitted to these {len(rows)} sentences ({' '.join(str(error).split())[:150]}).") from error


def cross_validated(rows: Sequence[dict[str, Any]], fitted: Fitted, recipe: Recipe) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `scores` and `reliability` of a `Training`.

    Parameters
    ----------
    rows : what the lessons were made of, in their order.
    fitted : to these lessons.
    recipe : draws and seed of the bootstrap over posts.
    """
    import pandas as pd

    from discourse.measure import calibration_scores, framing_scores, reliability

    model, draws = fitted.model, {"replicates": recipe.bootstrap, "seed": recipe.seed}
    gold, guess = gold_of(rows, model.codes), _guess(fitted)
    posts_of = gold.groupby("source")["post"].nunique()
    sources = [str(source) for source, n in posts_of.items() if n >= FEWEST_OF_SOURCE] if len(posts_of) > 1 else []
    parts = []
    for source in (ALL, *sources):
        some = slice(None) if source == ALL else gold["source"] == source
        truth, answers = gold.loc[some].reset_index(drop=True), guess.loc[some].reset_index(drop=True)
        scores = framing_scores(truth, {TAGGER: answers}, codes=model.codes, labels=LABELS, **draws)
        calibration = calibration_scores(truth, answers, codes=model.codes, **draws)
        parts.append(with_calibration(scores, calibration).assign(source=source))
    table = pd.concat(parts, ignore_index=True).drop(columns="method")
    return table[["source", *table.columns.drop("source")]], reliability(gold, guess, codes=model.codes, **draws)


def _guess(fitted: Fitted) -> pd.DataFrame:
    """Return what the models of the other posts say of each sentence, as `framing_scores` reads it."""
    import pandas as pd

    model = fitted.model
    scores = model.scores(fitted.sums)
    found = scores >= model.thresholds
    guess = pd.DataFrame({code: found[:, k].astype(int) for k, code in enumerate(model.codes)})
    for k, code in enumerate(model.codes):
        guess[f"{code}_score"] = scores[:, k]
    for what, head, answers in (("holder", model.holder, fitted.holders), ("modality", model.modality, fitted.modalities)):
        if head is not None:
            guess[what] = answers
    return guess


def _counts(rows: Sequence[dict[str, Any]], codes: Sequence[str]) -> pd.DataFrame:
    gold = gold_of(rows, codes)
    groups = gold.groupby("source", sort=False)
    counts = groups.agg(sentences=("post", "size"), posts=("post", "nunique")).join(groups[list(codes)].sum()).reset_index()
    counts.loc[len(counts)] = {"source": ALL, "sentences": len(gold), "posts": gold["post"].nunique(), **gold[list(codes)].sum()}
    return counts


def _in_short(scores: pd.DataFrame) -> dict[str, float]:
    """Return what the model file says that the model is worth: plain F1 of each framing, and macro-F1."""
    own = scores.query("source == @ALL and part == 'framing' and weighted == False and measure in ['f1', 'macro_f1']")
    return {str(code): round(float(f1), 4) for code, f1 in zip(own["code"], own["estimate"], strict=True)}
