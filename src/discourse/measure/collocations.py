"""What stands near a word: its collocates within a window, inside one sentence (surface co-occurrence; Evert 2008).

Each word in the text that lies in the window of some use of the node counts once, however many uses it is near; the node's own words count
nowhere. So the words of the corpus fall into near and far, and each collocate has a 2 x 2 table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.measure.association import g2_of_table, log_dice, mutual_information, t_score
from discourse.measure.dispersion import deviation
from discourse.measure.words import in_posts, sum_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.words import Words

__all__ = ["WINDOW", "collocations", "near", "node_of"]

WINDOW = 5


def node_of(words: Words, sought: Sequence[str]) -> NDArray[np.bool_]:
    """Return which words in the text belong to a use of a word, or of several in a row.

    Parameters
    ----------
    words : of the corpus.
    sought : as they stand in the vocabulary; empty where a word is not in it.
    """
    import numpy as np

    place = {word: k for k, word in enumerate(words.vocabulary)}
    wanted = [place.get(word, -1) for word in sought]
    n = len(words.tokens)
    starts = np.full(n, 0 < len(wanted) <= n)
    for k, kind in enumerate(wanted[:n]):
        shifted = np.zeros(n, dtype=bool)
        shifted[: n - k] = (words.tokens[k:] == kind) & (words.sentence[k:] == words.sentence[: n - k])
        starts &= shifted
    node = np.zeros(n, dtype=bool)
    for k in range(min(len(wanted), n)):
        node[k:] |= starts[: n - k]
    return node


def near(words: Words, node: NDArray[np.bool_], window: int) -> NDArray[np.bool_]:
    """Return which words in the text stand within so many words of the node, in its sentence, and are not of the node themselves."""
    import numpy as np

    found = np.zeros(len(node), dtype=bool)
    for k in range(1, window + 1):
        alike = words.sentence[k:] == words.sentence[:-k]
        found[k:] |= node[:-k] & alike
        found[:-k] |= node[k:] & alike
    return found & ~node


def collocations(
    words: Words,
    node: NDArray[np.bool_],
    *,
    within: NDArray[np.bool_] | None = None,
    window: int = WINDOW,
    fewest: int = 3,
    stop_words: bool = False,
) -> pd.DataFrame:
    """Return the words that stand near a node more often than elsewhere, the strongest by log-likelihood first.

    Parameters
    ----------
    words : of the corpus, counted once.
    node : which words in the text are the node; those in a row are one use.
    within : which words in the text count; without it all.
    window : words to either side.
    fewest : posts in which a word must stand near the node.
    stop_words : give stop words and numbers a row too; they always take up room in the window.

    Returns
    -------
    A row a word: `n` uses near the node, `expected` were it spread evenly, `n_word` uses anywhere, `n_posts` in which it stands near the
    node, `g2` (all four cells), `pmi`, `t_score`, `log_dice`, and `dp`, the dispersion over posts of its uses near the node.

    Raises
    ------
    InputError : the node does not stand in the text, or in too few posts, or nothing stands near it often enough.
    """
    import numpy as np
    import pandas as pd

    counted = np.ones(len(node), dtype=bool) if within is None else within
    node = node & counted
    n_node = _uses(words, node)
    beside, others = near(words, node, window) & counted, counted & ~node
    cells = words.by_post(beside)
    together, anywhere = sum_of(cells, 0), sum_of(words.by_post(others), 0)
    n_near, n_all = float(beside.sum()), float(others.sum())
    expected = anywhere * n_near / max(n_all, 1)
    n_posts = in_posts(cells)
    kept = (n_posts >= max(fewest, 1)) & (together > expected)
    if not stop_words:
        kept &= ~(words.stop_words | words.numbers)
    if not kept.any():
        where = "in one post" if fewest == 1 else f"in {fewest:,} posts"
        raise InputError(f"Nothing stands near it {where} and more often than elsewhere (it has {n_node:,} uses); ask for fewer posts.")
    with np.errstate(divide="ignore", invalid="ignore"):
        table = pd.DataFrame({
            "word": words.vocabulary, "n": together.astype(int), "expected": expected, "n_word": anywhere.astype(int), "n_posts": n_posts,
            "g2": g2_of_table(together, n_near, anywhere, n_all), "pmi": mutual_information(together, expected),
            "t_score": t_score(together, expected), "log_dice": log_dice(together, n_node, anywhere), "dp": deviation(cells),
        })[kept]  # fmt: skip
    return table.sort_values(["g2", "word"], ascending=[False, True]).reset_index(drop=True)


def _uses(words: Words, node: NDArray[np.bool_]) -> int:
    """Return the number of uses of the node: runs of its words within a sentence."""
    begins = node.copy()
    begins[1:] &= ~(node[:-1] & (words.sentence[1:] == words.sentence[:-1]))
    return int(begins.sum())
