"""Modality: a framing is asserted, hedged (`resources/cues/modality.csv`) or rejected (`resources/cues/denial.csv`).

A denial counts when it stands at most six words before the cue, or inside it, in the same clause. Denials inside a pessimist framing are
mostly part of it ("cannot reach the Internet"), so only words that dispute a claim reject one.
"""

from __future__ import annotations

import re

from discourse.tag.cues import cues

__all__ = ["modality_of"]

REACH = 6
CLAUSE = re.compile(r"[,;:—–(]|\b(?:but|while|although|because|which|who)\b", re.IGNORECASE)


def modality_of(sentence: str, start: int, end: int, *, deniable: bool = True) -> str:
    """Return `asserted`, `hedged` or `rejected` for the cue at `start` to `end` of the sentence.

    Parameters
    ----------
    sentence : the sentence.
    start, end : the cue.
    deniable : whether plain negation rejects the code (true of the optimist framing).

    >>> modality_of("Retention does not make us safer.", 19, 32), modality_of("Phones may free people.", 11, 22)
    ('rejected', 'hedged')
    """
    before = CLAUSE.split(sentence[:start])[-1].split()[-REACH:]
    near = " ".join([*before, sentence[start:end]])
    for cue in cues("denial"):
        if (deniable or cue.cue == "deny") and cue.pattern.search(near):
            return "rejected"
    return "hedged" if any(cue.pattern.search(sentence) for cue in cues("modality")) else "asserted"
