"""Measure: from codings to counts, and from counts to estimates with honest uncertainty. The door is `measure`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse import tables
from discourse.measure.bootstrap import REPLICATES
from discourse.measure.calibration import calibration_scores, reliability
from discourse.measure.counts import count, counted
from discourse.measure.entities import entity_counts
from discourse.measure.framings import framing_confusion, framing_scores, score_table, unlearned
from discourse.measure.names import name_scores
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES, shares

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "FEWEST_POSTS", "FEWEST_SENTENCES", "MEASURE", "REPLICATES", "Measured", "calibration_scores", "counted", "framing_confusion",
    "framing_scores", "measure", "name_scores", "reliability", "score_table", "unlearned",
]  # fmt: skip


MEASURE = "shares-1"


@dataclass(frozen=True)
class Measured:
    """The tables `counts` and `estimates`, and how many posts are out of the denominators, by reason."""

    counts: pd.DataFrame
    estimates: pd.DataFrame
    left_out: dict[str, int]


def measure(corpus: Mapping[str, pd.DataFrame], *, framings: list[str], themes: list[str], language: str) -> Measured:
    """Return counts and estimates of a tagged corpus.

    Parameters
    ----------
    corpus : the tables `posts`, `sentences`, `codings` and `mentions`.
    framings, themes : the codebook's codes of either kind.
    language : the codebook's language; posts in others are out of the denominators.
    """
    import pandas as pd

    chosen = counted(corpus["posts"], language=language)
    counts = count(chosen.posts, corpus["sentences"], corpus["codings"])
    found = [shares(chosen.posts, counts, framings=framings, themes=themes), entity_counts(chosen.posts, corpus["mentions"])]
    filled = [frame for frame in found if len(frame)] or found[:1]
    estimates = tables.check("estimates", pd.concat(filled, ignore_index=True))
    return Measured(counts, estimates, chosen.left_out)
