"""Near-duplicates: a later post that repeats an earlier one is marked, never dropped.

Candidates come from MinHash with locality-sensitive hashing over runs of five words (Broder 1997); each is then confirmed by its exact
Jaccard similarity, so nothing is marked by chance. A pair just above the threshold is missed rarely: of those at .8 one in 20,000.

Permutations and bands are those of datasketch 2 for 128 permutations and a threshold of .5, and a test holds them to it. They are worked
out here, as datasketch makes its permutations anew for every text, keeps an index of several kB a text, and takes longer to import.

What is kept of a text is its `sketch`, 232 bytes at most. Texts that share a band are candidates. Those whose sketches alone show
that they are not alike are let go; for the others the texts are fetched.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["duplicates", "sketch"]

RUN = 5
SIMILAR = 0.8
FEWEST_RUNS = 20
PERMUTATIONS, BANDS, ROWS = 128, 25, 5
SEED = 1
AT_ONCE = 4096  # runs put through the permutations together, which take 2 MB
SEEN_ALIKE = 64  # of 128 permutations; at a similarity of .8 fewer agree once in a million million
MOST_IN_BAND, MOST_CONFIRMED = 1000, 32
KEPT_RUNS = 64  # texts whose runs are at hand, which take some 10 MB
WORD = re.compile(r"\w+")
MIX = (16, 0x85EBCA6B, 13, 0xC2B2AE35, 16)  # the finaliser of MurmurHash3


def sketch(text: str) -> bytes:
    """Return what is kept of a text to find its near-duplicates; texts that differ in case and punctuation alone have the same.

    Nothing for a text without a word; a digest of 16 bytes for one of fewer than 20 runs, which is compared as a whole; else
    the number of its runs, a hash of each of 25 bands, and a byte of each of 128 minima.

    >>> len(sketch("…")), len(sketch("One two.")), len(sketch(" ".join(f"word{n}" for n in range(60))))
    (0, 16, 232)
    """
    import numpy as np

    words, runs = _runs(text)
    if len(runs) < FEWEST_RUNS:
        return blake2b(words, digest_size=16).digest() if words else b""
    minima = _minima(np.fromiter(map(zlib.crc32, runs), np.uint32, len(runs)))
    bands = minima[: BANDS * ROWS].astype("<u4").tobytes()
    width = 4 * ROWS
    hashes = [zlib.crc32(bands[k : k + width]).to_bytes(4, "little") for k in range(0, len(bands), width)]
    return len(runs).to_bytes(4, "little") + b"".join(hashes) + minima.astype(np.uint8).tobytes()


def duplicates(sketches: Iterable[bytes], text_of: Callable[[int], str]) -> list[int | None]:
    """Return for each text the index of the first earlier text, not itself marked, with a Jaccard similarity of at least .8, or None.

    Texts of fewer than 24 words are compared as wholes. A frame that a blog puts around all its posts makes many candidates and no
    duplicate, so the work on a text is bounded: of each band only the first 1,000 texts are candidates (two that are alike share eight
    bands of 25 on average, and meet in another), and of all candidates the 32 that look most alike are compared.

    Parameters
    ----------
    sketches : of each text, in order.
    text_of : gives a text by its index; called only for texts that may be near-duplicates.

    >>> long = " ".join(f"word{n}" for n in range(60))
    >>> texts = [long, "other", long + " end", "other"]
    >>> duplicates(map(sketch, texts), texts.__getitem__)
    [None, None, 0, 1]
    """
    import numpy as np

    found: list[int | None] = []
    whole: dict[bytes, int] = {}
    long, places = bytearray(), []
    for i, made in enumerate(sketches):
        first = whole.setdefault(made, i) if 0 < len(made) <= 16 else i
        found.append(first if first != i else None)
        if len(made) > 16:
            long += made
            places.append(i)
    if len(places) < 2:
        return found
    sizes, bands, minima = _columns(np.frombuffer(long, np.uint8).reshape(len(places), -1))

    @lru_cache(maxsize=KEPT_RUNS)
    def runs_of(k: int) -> frozenset[bytes]:
        return _runs(text_of(places[k]))[1]

    def alike(k: int, earlier: Array) -> int | None:
        """Return the first of some texts that is a near-duplicate of one."""
        small, large = np.minimum(sizes[earlier], sizes[k]), np.maximum(sizes[earlier], sizes[k])
        earlier = earlier[small >= SIMILAR * large - 1]
        agreeing = (minima[earlier] == minima[k]).sum(axis=1)
        likeliest = np.sort(np.argsort(-agreeing, kind="stable")[:MOST_CONFIRMED])
        earlier = earlier[likeliest[agreeing[likeliest] >= SEEN_ALIKE]]
        return next((int(e) for e in earlier if _jaccard(runs_of(k), runs_of(int(e))) >= SIMILAR), None)

    for k, first in _matched(bands, alike):
        found[places[k]] = places[first]
    return found


def _columns(table: Array) -> tuple[Array, Array, Array]:
    """Return the number of runs, the hashes of bands, and the bytes of minima of sketches, one a row."""
    import numpy as np

    ends = 4 * (1 + BANDS)
    numbers = np.ascontiguousarray(table[:, :ends]).view("<u4")
    return numbers[:, 0].astype(np.float64), numbers[:, 1:], table[:, ends:]


def _matched(bands: Array, alike: Callable[[int, Array], int | None]) -> Iterator[tuple[int, int]]:
    """Yield each row that is a near-duplicate with the first that it repeats.

    Each band is sorted, and what stands alone in it is let go. Rows are then gone through in order; one that is no near-duplicate takes
    its place in the buckets of its bands.
    """
    import numpy as np

    rows, buckets, n_buckets = _shared(bands)
    starts = np.searchsorted(buckets, np.arange(n_buckets))
    filled = np.zeros(n_buckets, np.int64)
    members = np.empty(len(rows), np.int32)
    order = np.argsort(rows, kind="stable")
    begins = np.flatnonzero(np.diff(rows[order], prepend=-1))
    for begin, end in zip(begins, [*begins[1:], len(rows)], strict=False):
        row, mine = int(rows[order[begin]]), buckets[order[begin:end]]
        held = [members[s : s + n] for s, n in zip(starts[mine], filled[mine], strict=True) if n]
        first = alike(row, np.unique(np.concatenate(held))) if held else None
        if first is not None:
            yield row, first
            continue
        mine = mine[filled[mine] < MOST_IN_BAND]
        members[starts[mine] + filled[mine]] = row
        filled[mine] += 1


def _shared(bands: Array) -> tuple[Array, Array, int]:
    """Return row and bucket of each place in a band that is not alone in it, sorted by bucket, and the number of buckets."""
    import numpy as np

    rows, buckets, n_buckets = [np.empty(0, np.int32)], [np.empty(0, np.int32)], 0
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        repeats = np.concatenate([[False], band[order[1:]] == band[order[:-1]], [False]])
        kept = repeats[1:] | repeats[:-1]
        opens = ~repeats[:-1][kept]
        rows.append(order[kept].astype(np.int32))
        buckets.append((np.cumsum(opens) - 1 + n_buckets).astype(np.int32))
        n_buckets += int(opens.sum())
    return np.concatenate(rows), np.concatenate(buckets), n_buckets


def _runs(text: str) -> tuple[bytes, frozenset[bytes]]:
    """Return the words of a text, and each run of five of them once."""
    words = [word.encode() for word in WORD.findall(text.casefold())]
    joined = b" ".join(words)
    starts = [0, *accumulate(len(word) + 1 for word in words)]  # of each word, and of one that might follow
    return joined, frozenset(joined[start : end - 1] for start, end in zip(starts, starts[RUN:], strict=False))


def _minima(hashes: Array) -> Array:
    """Return the least value of each permutation over the hashes of a text's runs."""
    import numpy as np

    a, b = _permutations()
    for shift, times in zip(MIX[::2], [*MIX[1::2], 1], strict=True):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(times)
    pieces = [hashes[k : k + AT_ONCE] for k in range(0, len(hashes), AT_ONCE)]
    least: Array = np.min([(a * piece + b).min(axis=1) for piece in pieces], axis=0)
    return least


@cache
def _permutations() -> tuple[Array, Array]:
    """Return a and b of the permutations h -> a h + b modulo 2^32, each a column."""
    import numpy as np

    random = np.random.RandomState(SEED)
    a = random.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = random.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)
    return a[:, None], b[:, None]


def _jaccard(a: frozenset[bytes], b: frozenset[bytes]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
