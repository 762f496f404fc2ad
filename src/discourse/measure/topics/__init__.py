"""Topics: what posts are about, found without a codebook, and how sure that is.

In order: `documents`, `runs` of several seeds, `scored` and `proposed`, their `consensus`, `read` with it, `described` in tables.
"""

from __future__ import annotations

from discourse.measure.topics.choice import proposed, runs, scored
from discourse.measure.topics.described import Read, described, read
from discourse.measure.topics.documents import FEWEST_POSTS, WINDOW, Documents, documents
from discourse.measure.topics.fit import METHODS, checked
from discourse.measure.topics.matching import TOP, Consensus, consensus

__all__ = [
    "FEWEST_POSTS", "METHODS", "TOP", "WINDOW", "Consensus", "Documents", "Read", "checked", "consensus", "described", "documents",
    "proposed", "read", "runs", "scored",
]  # fmt: skip
