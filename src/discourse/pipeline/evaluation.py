"""How well names are found: measured against sentences coded by hand, in the one format of hand codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from discourse.pipeline.coded import coded_sentences, names_coded, not_over, post_of, write_predictions

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["evaluate_entities"]


def evaluate_entities(
    file: Path | str,
    *,
    split: str | None = None,
    texts: Sequence[Path] = (),
    predictions: Path | None = None,
    gazetteer: Sequence[Path] = (),
    pipeline: str | None = None,
) -> pd.DataFrame:
    """Return how well names are found in the sentences of a file: by all means together, the gazetteer alone, the pipeline alone.

    Parameters
    ----------
    file : JSON Lines with `id`, `text`, `entities` (`start`, `end`, `label`), a sentence a line; `post` or `post_id` where it is known.
    split : only the lines with this `split`.
    texts : workspaces in which sentences coded by reference (`sha256` and no `text`) are found again.
    predictions : a file to write what was found to, a line a sentence: `id` and `entities` with `start`, `end`, `label`, `entity`.
    gazetteer, pipeline : as in `tag_corpus`.

    Returns
    -------
    The columns of `name_scores`, after `means`: `all`, `gazetteer` or `pipeline`.

    Raises
    ------
    InputError : the file cannot be read, a line is malformed, or a sentence is in none of the workspaces.
    """
    import pandas as pd

    from discourse.measure import name_scores
    from discourse.tag import LABELS, SHIPPED, Choice, names_in, tagger_from

    file = Path(file)
    if predictions is not None:
        not_over(predictions, file)
    rows = coded_sentences(file, names_coded, split=split, texts=texts)
    tagger = tagger_from(Choice(None, tuple(gazetteer), pipeline or SHIPPED))
    found = [names_in(row["text"], tagger) for row in rows]
    if predictions is not None:
        write_predictions(predictions, ({"id": row["id"], "entities": named["all"]} for row, named in zip(rows, found, strict=True)))
    coded = [{(e["start"], e["end"], e["label"]) for e in row["entities"]} for row in rows]
    posts = [post_of(row) for row in rows]
    scores = []
    for means in ("all", "gazetteer", "pipeline"):
        guesses = [{(e["start"], e["end"], e["label"]) for e in named[means]} for named in found]
        scores.append(name_scores(coded, guesses, posts, labels=LABELS).assign(means=means))
    return pd.concat(scores, ignore_index=True)
