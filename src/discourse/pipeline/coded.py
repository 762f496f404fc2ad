"""Files of sentences coded by hand: JSON Lines, a sentence a line; those coded by reference are found again by their hash.

A line has `id`, `text` (or `sha256` where the text stays with its corpus), and the codes. It may have `post_id` or `post`, `source`,
`date`, `split`, `stratum` and `p_inclusion`, the chance with which a stratified sample drew it; a line to fit on may have `weight`, how
much it counts. What is wrong is one line with file and number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse import paths, workspaces
from discourse.errors import InputError, did_you_mean
from discourse.tables import HOLDERS, MODALITIES

__all__ = [
    "CODERS", "COLUMNS", "HOLDERS", "MEASURE", "MODALITIES", "coded_sentences", "framings_coded", "is_coded", "names_coded",
    "not_over", "post_of", "taught", "write_predictions",
]  # fmt: skip

MEASURE = "measure"
COLUMNS = (
    "id", "text", "sha256", "source", "post", "post_id", "start", "end", "date", "split", "stratum", "p_inclusion", "weight", "holder",
    "modality",
)  # fmt: skip
CODERS = "coder_"
DATE = re.compile(r"\d{4}(-\d\d){0,2}([T ].*)?")
Row = dict[str, Any]


def coded_sentences(
    file: Path, coded: Callable[[Row], Row], *, split: str | None = None, apart: str | None = None, texts: Sequence[Path] = ()
) -> list[Row]:
    """Return the sentences of a file with their text.

    Parameters
    ----------
    file : JSON Lines.
    coded : returns a line as it must be, or raises ValueError, KeyError or TypeError: `names_coded`, or what `framings_coded` or `taught`
        makes.
    split : only the lines with this `split`.
    apart : no line with this `split`.
    texts : workspaces in which sentences coded by reference are found again.

    Raises
    ------
    InputError : the file cannot be read, a line is malformed, an `id` stands twice, no sentence is left, or one is in no workspace.
    """
    rows = _lines(file, coded)
    chosen = [row for row in rows if split in (None, row.get("split"))]
    if apart is not None:
        chosen = [row for row in chosen if row.get("split") != apart]
        if not chosen:
            why = f"; all {len(rows)} are of split {apart!r}, which is kept apart" if rows else ""
            raise InputError(f"{file}: no sentence to fit on{why}.")
    if not chosen:
        known = {str(row["split"]) for row in rows if row.get("split") is not None}
        hint = did_you_mean(str(split), known) if known else ""
        raise InputError(f"{file}: no sentence{f' of split {split!r}' if split else ''} to evaluate on.{hint}")
    return _with_text(chosen, texts, file)


def post_of(row: Mapping[str, Any]) -> str:
    """Return the post that a sentence is from; one that names none is a post of its own."""
    return str(row.get("post_id") or row.get("post") or row["id"])


def not_over(target: Path, file: Path) -> None:
    """Check that a file to be written is not the file of hand codes.

    Raises
    ------
    InputError : it is.
    """
    if target.resolve() == file.resolve() or (target.exists() and file.exists() and target.samefile(file)):
        raise InputError(f"{target}: this is the file of hand codes itself; write to another.")


def write_predictions(target: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write what was found, a line a sentence, whole or not at all."""
    paths.write_whole(target, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode())


def _lines(file: Path, coded: Callable[[Row], Row]) -> list[Row]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}); it must be JSON Lines in UTF-8.") from error
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            row = _line(line, coded, f"{file}, line {number}")
            first = seen.setdefault(str(row["id"]), number)
            if first != number:
                raise InputError(f"{file}, line {number}: the id {row['id']!r} stands in line {first} too; every sentence needs its own.")
            rows.append(row)
    return rows


def _line(line: str, coded: Callable[[Row], Row], where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); a line holds one sentence, as an object.") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: not an object but {_shown(row)}; a line holds one sentence, as an object.")
    try:
        return coded(_sentence(row))
    except KeyError as error:
        raise InputError(f"{where}: {error.args[0]!r} is missing.") from error
    except (ValueError, TypeError) as error:
        reason = "a character that is no text" if isinstance(error, UnicodeError) else str(error)[:200]
        raise InputError(f"{where}: not a coded sentence ({reason}).") from error


def _shown(value: Any) -> str:
    return json.dumps(value)[:60]


def _sentence(row: Row) -> Row:
    """Check what every coded sentence has."""
    if not isinstance(row["id"], str | int) or isinstance(row["id"], bool):
        raise TypeError(f"id is {_shown(row['id'])}, and must be text or a whole number")
    for key in ("text", "sha256", "source", "post", "post_id", "split", "stratum", "date"):
        if row.get(key) is None and key != "text":
            continue
        if not isinstance(row.get(key, "-"), str):
            raise TypeError(f"{key} is {_shown(row[key])}, and must be text")
        row.get(key, "-").encode()
    if "text" in row and not row["text"].strip():
        raise ValueError("text is empty")
    if "text" not in row and not row.get("sha256"):
        raise ValueError("neither text nor sha256")
    return row


def names_coded(row: Row) -> Row:
    """Return a line with named entities as it must be.

    Raises
    ------
    ValueError, KeyError, TypeError : it is not.
    """
    from discourse.tag import LABELS

    length = len(row["text"]) if "text" in row else row.get("end", 0) - row.get("start", 0)
    entities = [{key: entity[key] for key in ("start", "end", "label")} for entity in row["entities"]]
    for entity in entities:
        if not (isinstance(entity["start"], int) and isinstance(entity["end"], int) and 0 <= entity["start"] < entity["end"] <= length):
            raise ValueError(f"a name from {entity['start']!r} to {entity['end']!r} in {length} characters")
        if entity["label"] not in LABELS:
            raise ValueError(f"label {entity['label']!r}")
    return {**row, "entities": entities}


def is_coded(file: Path, codes: Sequence[str]) -> bool:
    """Return whether any line of a file has a framing's code; a file that cannot be read or parsed counts as coded, and fails there."""
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except (OSError, ValueError, RecursionError):
        return True
    return not rows or any(not isinstance(row, dict) or any(row.get(code) is not None for code in codes) for row in rows)


def framings_coded(codes: Sequence[str], *, stance: bool = True) -> Callable[[Row], Row]:
    """Return the check of a line with framings: codes 0 or 1, `holder` and `modality` where there is one, `p_inclusion` and `date` sound.

    Without `stance`, holder and modality may be missing.

    >>> framings_coded(["soup"])({"id": "a", "text": "Soup.", "soup": 1, "holder": "author", "modality": "asserted"})["p_inclusion"]
    1.0
    """

    def coded(row: Row) -> Row:
        for code in codes:
            if type(row[code]) is not int or row[code] not in (0, 1):
                raise ValueError(f"{code} is {_shown(row[code])}, and must be 0 or 1")
        framed = any(row[code] for code in codes)
        for key, values in (("holder", HOLDERS), ("modality", MODALITIES)):
            needed = framed and stance
            value = row[key] if needed else row.get(key)
            if value not in values and (needed or value is not None):
                raise ValueError(f"{key} is {_shown(value)}, and must be {' or '.join(values)}{'' if needed else ', or null'}")
        chance = 1.0 if row.get("p_inclusion") is None else row["p_inclusion"]
        if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 < chance <= 1:
            raise ValueError(f"p_inclusion is {_shown(chance)}, and must be above 0 and at most 1")
        if row.get("date") and not DATE.fullmatch(row["date"]):
            raise ValueError(f"date is {_shown(row['date'])}, and must be like 2019-05-31")
        return {**row, "p_inclusion": float(chance)}

    return coded


def taught(codes: Sequence[str], *, codebook: str, others: Sequence[str] = ()) -> Callable[[Row], Row]:
    """Return the check of a line to fit on: as `framings_coded` without stance, but the post is named, and no column is unknown.

    Parameters
    ----------
    codes : the framings of the codebook.
    codebook : its name, for the message.
    others : its other codes, which may be there.
    """
    framed = framings_coded(codes, stance=False)
    known = {*COLUMNS, *codes, *others}

    def coded(row: Row) -> Row:
        for key in row:
            if key not in known and not key.startswith(CODERS):
                if row[key] in (0, 1) and any(code not in row for code in codes):
                    raise ValueError(
                        f"{key[:60]!r} is no code of the codebook {codebook}; name the codebook of these codes with --codebook"
                    )
                raise ValueError(f"the column {key[:60]!r} is not known.{did_you_mean(key[:60], known)}")
        if not (row.get("post_id") or row.get("post")):
            raise ValueError("post is missing; scores need to know which sentences are from one post: name it, or a name of its own each")
        weight = row.get("weight", 1)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight < float("inf"):
            raise ValueError(f"weight is {_shown(weight)}, and must be a number above 0")
        return framed(row)

    return coded


def _with_text(rows: list[Row], workspaces: Sequence[Path], file: Path) -> list[Row]:
    """Return the rows with their sentences, those coded by reference found by their hash."""
    if all("text" in row for row in rows):
        return rows
    known = {paths.sha256(text.encode()): text for workspace in workspaces for text in _sentences(workspace)}
    lost = [row["id"] for row in rows if "text" not in row and row.get("sha256") not in known]
    if lost:
        where = " or ".join(map(str, workspaces)) or "no workspace"
        raise InputError(
            f"{file}: {len(lost)} sentences coded by reference are in {where} not to be found, the first is {lost[0]}; name the "
            "workspaces of their corpora with --texts."
        )
    return [{"text": known.get(str(row.get("sha256")), ""), **row} for row in rows]


def _sentences(workspace: Path) -> list[str]:
    """Return every sentence of a workspace, tagged or only loaded."""
    from discourse.tag import split_sentences

    workspaces.manifest(workspace)
    return [sentence["text"] for text in workspaces.read(workspace, "posts")["text"] for sentence in split_sentences(text)]
