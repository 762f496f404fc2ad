"""How good the tagging is: measured against sentences coded by hand, in the one format of hand codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, tables
from discourse.errors import InputError

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
    InputError : the file cannot be read, a line lacks something, or a sentence is in none of the workspaces.
    """
    import pandas as pd

    from discourse.measure import name_scores
    from discourse.tag import LABELS, SHIPPED, Choice, names_in, tagger_from

    file = Path(file)
    if predictions is not None and predictions.resolve() == file.resolve():
        raise InputError(f"{predictions}: this is the file of hand codes itself; write the predictions to another.")

    rows = _with_text([row for row in _lines(file) if split in (None, row.get("split"))], texts, file)
    if not rows:
        raise InputError(f"{file}: no sentence{f' of split {split!r}' if split else ''} to evaluate on.")
    tagger = tagger_from(Choice(None, tuple(gazetteer), pipeline or SHIPPED))
    found = [names_in(row["text"], tagger) for row in rows]
    if predictions is not None:
        lines = (
            json.dumps({"id": row["id"], "entities": named["all"]}, ensure_ascii=False) for row, named in zip(rows, found, strict=True)
        )
        paths.write_whole(predictions, "".join(f"{line}\n" for line in lines).encode())
    coded = [{(e["start"], e["end"], e["label"]) for e in row["entities"]} for row in rows]
    posts = [str(row.get("post_id") or row.get("post") or row["id"]) for row in rows]
    scores = []
    for means in ("all", "gazetteer", "pipeline"):
        guesses = [{(e["start"], e["end"], e["label"]) for e in named[means]} for named in found]
        scores.append(name_scores(coded, guesses, posts, labels=LABELS).assign(means=means))
    return pd.concat(scores, ignore_index=True)


def _lines(file: Path) -> list[dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}); it must be JSON Lines in UTF-8.") from error
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                rows.append(_coded(json.loads(line)))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                reason = f"{type(error).__name__}: {error}"[:120]
                raise InputError(f"{file}, line {number}: not a coded sentence ({reason}); it needs id, text and entities.") from error
    return rows


def _coded(row: dict[str, Any]) -> dict[str, Any]:
    """Return a line as it must be.

    Raises
    ------
    ValueError, KeyError, TypeError : it is not.
    """
    from discourse.tag import LABELS

    if not isinstance(row["id"], str | int) or not isinstance(row.get("text", ""), str) or not isinstance(row.get("sha256", ""), str):
        raise TypeError("id, text or sha256 of a wrong kind")
    row.get("text", "").encode()
    length = len(row["text"]) if "text" in row else row.get("end", 0) - row.get("start", 0)
    entities = [{key: entity[key] for key in ("start", "end", "label")} for entity in row["entities"]]
    for entity in entities:
        if not (isinstance(entity["start"], int) and isinstance(entity["end"], int) and 0 <= entity["start"] < entity["end"] <= length):
            raise ValueError(f"a name from {entity['start']!r} to {entity['end']!r} in {length} characters")
        if entity["label"] not in LABELS:
            raise ValueError(f"label {entity['label']!r}")
    return {**row, "entities": entities}


def _with_text(rows: list[dict[str, Any]], workspaces: Sequence[Path], file: Path) -> list[dict[str, Any]]:
    """Return the rows with their sentences, those coded by reference found by their hash."""
    if all("text" in row for row in rows):
        return rows
    known = {paths.sha256(text.encode()): text for workspace in workspaces for text in _sentences(workspace)}
    lost = [row["id"] for row in rows if "text" not in row and row.get("sha256") not in known]
    if lost:
        where = " or ".join(map(str, workspaces)) or "no workspace"
        raise InputError(
            f"{file}: {len(lost)} sentences coded by reference are in {where} not to be found, the first is {lost[0]}; name the tagged "
            "workspaces of their corpora with --texts."
        )
    return [{"text": known.get(str(row.get("sha256")), ""), **row} for row in rows]


def _sentences(workspace: Path) -> list[str]:
    return [str(text) for text in tables.read(workspace, "sentences")["text"]]
