"""How well the leading words of a topic go together in the corpus itself.

Coherence of a topic is the mean, over all pairs of its ten leading words, of their normalised pointwise mutual information

    NPMI(a, b) = log(p(a, b) / (p(a) p(b))) / -log p(a, b)

which is -1 for words that never meet, 0 for words that meet as often as chance has it, and 1 for words that only stand together (Bouma
2009; Lau, Newman and Baldwin 2014, "Machine Reading Tea Leaves"; Röder, Both and Hinneburg 2015, "Exploring the Space of Topic Coherence
Measures"). p is the share of sentences that use a word, or both: a sentence is about as long as the windows of 20 words of Lau et al.
Measured on the corpus that the topics were made from, it compares topics and values of k on one corpus, and says nothing between corpora.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["coherences"]


def coherences(topics: Sequence[Sequence[int]], counts: Any) -> NDArray[np.float64]:
    """Return the coherence of each topic, -1 to 1; NaN for a topic of a single word.

    Parameters
    ----------
    topics : the numbers of the leading words of each.
    counts : sentences x words.

    >>> import numpy as np
    >>> from scipy.sparse import csr_matrix
    >>> sentences = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]]))
    >>> coherences([[0, 1], [0, 2]], sentences).tolist()
    [1.0, -1.0]
    """
    import numpy as np

    used = sorted({word for words in topics for word in words})
    place = {word: k for k, word in enumerate(used)}
    has = (counts[:, used] > 0).astype(float)
    share = np.asarray((has.T @ has).todense()) / counts.shape[0]
    return np.array([_mean([_npmi(share, place[a], place[b]) for a, b in combinations(words, 2)]) for words in topics])


def _npmi(share: NDArray[np.float64], a: int, b: int) -> float:
    from math import log

    both = float(share[a, b])
    if both in (0.0, 1.0):
        return 2 * both - 1
    return log(both / float(share[a, a] * share[b, b])) / -log(both)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
