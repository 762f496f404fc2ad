"""Near-duplicates: a later post that repeats an earlier one is marked, never dropped.

Candidates come from MinHash with locality-sensitive hashing (Broder 1997) over runs of five words, by datasketch; each
is then confirmed by its exact Jaccard similarity, so nothing is marked by chance; a pair just above the threshold is missed rarely.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

__all__ = ["duplicates"]

RUN = 5
SIMILAR = 0.8
PERMUTATIONS = 128
FEWEST_RUNS = 20


def duplicates(texts: Sequence[str]) -> list[int | None]:
    """Return for each text the index of the first earlier text with a Jaccard similarity of at least .8, or None.

    Texts of fewer than 24 words are compared as wholes.

    >>> long = " ".join(f"word{n}" for n in range(60))
    >>> duplicates([long, "other", long + " end", "other"])
    [None, None, 0, 1]
    """
    from datasketch import MinHash, MinHashLSH

    index: Any = MinHashLSH(threshold=SIMILAR - 0.3, num_perm=PERMUTATIONS)
    runs: list[frozenset[bytes]] = []
    whole: dict[str, int] = {}
    found: list[int | None] = []
    for i, text in enumerate(texts):
        words = re.findall(r"\w+", text.casefold())
        runs.append(frozenset(" ".join(words[k : k + RUN]).encode() for k in range(len(words) - RUN + 1)))
        if len(runs[i]) < FEWEST_RUNS:
            first = whole.setdefault(" ".join(words), i)
            found.append(first if words and first != i else None)
            continue
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=zlib.crc32)
        sketch.update_batch(sorted(runs[i]))
        near = [k for k in sorted(index.query(sketch)) if _jaccard(runs[i], runs[k]) >= SIMILAR]
        found.append(near[0] if near else None)
        if not near:
            index.insert(i, sketch)
    return found


def _jaccard(a: frozenset[bytes], b: frozenset[bytes]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
