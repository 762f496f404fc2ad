"""Measure: from codings to counts, and from counts to estimates with honest uncertainty. The door is `measure`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse import tables
from discourse.measure.agreement import coder_agreement, coder_confusion
from discourse.measure.bootstrap import REPLICATES
from discourse.measure.calibration import calibration_scores, reliability
from discourse.measure.claims import claims
from discourse.measure.collocations import collocations, node_of
from discourse.measure.concordance import KINDS, SORTS, concordance, posts_in, spans
from discourse.measure.corrected import CORRECTED
from discourse.measure.counts import count, counted
from discourse.measure.differences import differences, held_together
from discourse.measure.entities import entity_counts, posts_naming
from discourse.measure.framings import framing_confusion, framing_scores, score_table, unlearned
from discourse.measure.gold import Coder, Gold
from discourse.measure.groups import GROUPINGS, group
from discourse.measure.keyness import keyness
from discourse.measure.measures import ATTRIBUTES, HOLDERS, measures_by, usual_measures
from discourse.measure.names import name_scores
from discourse.measure.selection import Selection, select
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES, NAIVE, UNITS, shares
from discourse.measure.trends import dated, trend_tests, trends
from discourse.measure.words import Words, numbered, places, words_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ATTRIBUTES", "CORRECTED", "FEWEST_POSTS", "FEWEST_SENTENCES", "GROUPINGS", "HOLDERS", "KINDS", "MEASURE", "NAIVE", "REPLICATES",
    "SORTS", "UNITS", "Coder", "Gold", "Selection", "Words", "calibration_scores", "claims", "coder_agreement",
    "coder_confusion", "collocations", "concordance", "count", "counted", "dated", "differences", "framing_confusion", "framing_scores",
    "group", "held_together", "keyness", "measure", "measures_by", "name_scores", "node_of", "numbered", "places", "posts_in",
    "posts_naming", "reliability", "score_table", "select", "shares", "spans", "trend_tests", "trends", "unlearned",
    "usual_measures", "words_of",
]  # fmt: skip


MEASURE = "shares-2"
USUAL = ((), ("year",), ("category",), ("year", "category"))


def measure(
    posts: pd.DataFrame, counts: pd.DataFrame, named: pd.Series, *, framings: Sequence[str], themes: Sequence[str], gold: Gold | None = None
) -> pd.DataFrame:
    """Return shares of a tagged corpus overall, by year, by category, and by both, and which entities it names: the table `estimates`.

    Parameters
    ----------
    posts : those that count (see `counted`); their texts are not looked at.
    counts : the table `counts` of these posts, or of each part of them, one under the other.
    named : entity -> number of these posts that name it, as `posts_naming` counts, summed over parts.
    framings, themes : the codebook's codes of either kind.
    gold : hand-coded sentences that correct the shares.
    """
    import pandas as pd

    wanted = list(usual_measures(framings, themes))
    found = [shares(posts, counts, wanted, by=by, gold=gold) for by in USUAL]
    found.append(entity_counts(named, len(posts)))
    filled = [frame for frame in found if len(frame)] or found[:1]
    return tables.check("estimates", pd.concat(filled, ignore_index=True))
