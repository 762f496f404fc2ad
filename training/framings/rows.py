"""The hand codes that `framings_en` is fitted on, and how much each sentence counts.

    python training/framings/rows.py WORKSPACE WORKSPACE OUT.jsonl

writes them with their text, a sentence a line: what `finetune.py` reads. The workspaces are the loaded corpora that the sentences coded by
reference are from. The file holds text of these corpora; it is no part of the project.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from discourse.paths import write_whole
from discourse.pipeline.training import lesson_rows
from discourse.tag import read_codebook

__all__ = ["CODES", "FRAMINGS", "REAL_AND_PLAIN", "ROOT", "SAMPLE", "WRITTEN", "known", "weight"]

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample" / "codes" / "framings.jsonl"
CODES = (SAMPLE, ROOT / "data" / "raw" / "codes" / "by_reference.jsonl", ROOT / "data" / "raw" / "codes" / "written.jsonl")
FRAMINGS = ("cyber_optimist", "cyber_pessimist", "rights_norm")
WRITTEN, REAL_AND_PLAIN = 0.6, 0.3
UNSEEN = Path(__file__).resolve().parent / "unseen"


def weight(row: Mapping[str, Any]) -> float:
    """Return how much a sentence counts.

    Most real sentences without a framing are easy, so each counts less; written ones are of few hands, and count less, too.

    >>> weight({"source": "written", "cyber_optimist": 1, "cyber_pessimist": 0, "rights_norm": 0})
    0.6
    """
    if row["source"] == "written":
        return WRITTEN
    return 1.0 if row["source"] == "sample" or any(row[code] for code in FRAMINGS) else REAL_AND_PLAIN


def known(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a row: a name that no row of another file has, its weight, and what an encoder that has not seen it says.

    Written sentences stand for none of a population.
    """
    name = f"{row['source']}/{row['id']}"
    facts: dict[str, Any] = {"id": name, "weight": weight(row), "stands_for": float(row["source"] != "written")}
    return facts | ({"features": {"encoder": unseen()[name]}} if name in unseen() else {})


@cache
def unseen() -> dict[str, list[float]]:
    """Return name -> the sums of an encoder that was fitted on other posts, of all sentences that `finetune.py` wrote down."""
    found: dict[str, list[float]] = {}
    for file in sorted(UNSEEN.glob("unseen_*.npz")):
        with np.load(file) as arrays:
            found |= dict(zip(arrays["ids"].tolist(), arrays["sums"].astype(float).tolist(), strict=True))
    return found


def main() -> None:
    """Write the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workspaces", type=Path, nargs="+", metavar="WORKSPACE")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    rows = lesson_rows(CODES, read_codebook(), texts=given.workspaces, told=known)
    columns = ("id", "post_id", "text", *FRAMINGS, "holder", "modality", "weight")
    lines = (json.dumps({column: row[column] for column in columns}, ensure_ascii=False) for row in rows)
    write_whole(given.out, "".join(f"{line}\n" for line in lines).encode())
    print(f"{given.out}: {len(rows):,} sentences")


if __name__ == "__main__":
    main()
