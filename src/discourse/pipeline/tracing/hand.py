"""What is behind marks of accuracy and agreement: the sentences that people coded, with what each said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.pipeline.charts.scores import codes_found, codes_given
from discourse.pipeline.tracing.rows import EVIDENCE, as_evidence, said_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline.charts import Measured

__all__ = ["RESOLVERS"]

ANSWERS = {1: "yes", 0: "no", None: "not said"}
FEWEST_CODERS = 2


def hand_codes(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the hand-coded sentences behind a score, a row a sentence and code, or those behind an agreement, a row a sentence."""
    import pandas as pd

    rows = _agreed(measured, said_of(mark, "of")) if said_of(mark, "measure") == "alpha" else _scored(measured, mark)
    return as_evidence(pd.DataFrame(rows, columns=["post_id", "place", *EVIDENCE[5:]]), measured.posts)


def _scored(measured: Measured, mark: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what people and, for its own scores, the tagger say of each sentence; of one tenth of scores only those in it."""
    import numpy as np

    from discourse.measure.calibration import bin_of

    found = measured.once("codes_found", codes_found)
    if isinstance(found, str):
        return []
    coded, told = found
    own, tenth = said_of(mark, "method") in ("", "tagger"), mark.get("bin")
    wanted = [said_of(mark, "code")] if said_of(mark, "code") else coded.codes
    rows = []
    for row, guess in zip(coded.rows, told.to_dict("records"), strict=True):
        for code in wanted:
            score = float(guess[f"{code}_score"])
            if tenth is None or tenth != tenth or bin_of(np.array([score]))[0] == int(tenth):
                by_tagger = f", by the tagger {ANSWERS[int(guess[code])]} (score {score:.2f})" if own else ""
                rows.append(_row(row, f"{measured.names[code]}: by hand {ANSWERS[row.get(code)]}{by_tagger}"))
    return rows


def _agreed(measured: Measured, of: str) -> list[dict[str, Any]]:
    """Return what each coder says of each sentence that two or more coded."""
    found = measured.once("codes_given", codes_given)
    if isinstance(found, str):
        return []
    coded, given = found
    answers = given[given[of].notna()].groupby("id", sort=False)
    said = {
        one: "; ".join(f"{coder}: {ANSWERS.get(answer, answer)}" for coder, answer in zip(rows["coder"], rows[of], strict=True))
        for one, rows in answers
        if len(rows) >= FEWEST_CODERS
    }
    return [_row(row, said[row["id"]]) for row in coded.rows if row["id"] in said]


def _row(row: Mapping[str, Any], said: str) -> dict[str, Any]:
    held = {key: row.get(key) for key in ("post_id", "text", "holder", "modality")}
    return {**held, "place": row["sentence"], "rule": "hand codes", "said": said}


RESOLVERS = {"hand codes": hand_codes}
