"""How evenly words are spread over posts: what stands in one post alone is the mark of that post, not of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.words import sum_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = ["deviation", "juilland"]


def deviation(counts: csr_array) -> NDArray[np.float64]:
    """Return Gries' deviation of proportions of each word, normalised: 0 is spread as the posts are long, 1 as uneven as can be.

    DP is half the sum of the differences between each post's part of the words and its part of the uses (Gries 2008, "Dispersions and
    adjusted frequencies in corpora"); it is divided by 1 less the part of the shortest post (Lijffijt and Gries 2012).

    Parameters
    ----------
    counts : posts x words; posts without a word are no parts.

    Returns
    -------
    One number a word; NaN where a word does not occur, or there is one post alone.
    """
    import numpy as np

    sizes, uses = sum_of(counts, 1), sum_of(counts, 0)
    parts = sizes / max(sizes.sum(), 1)
    cells = counts.tocoo()
    expected, observed = parts[cells.row], cells.data / uses[cells.col]
    n_words = counts.shape[1]
    apart = np.bincount(cells.col, np.abs(expected - observed), n_words) + 1 - np.bincount(cells.col, expected, n_words)
    most = 1 - parts[parts > 0].min(initial=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[np.float64] = np.where(uses > 0, apart / 2 / most, np.nan) if most > 0 else np.full(n_words, np.nan)
    return found.clip(0, 1)


def juilland(counts: csr_array) -> NDArray[np.float64]:
    """Return Juilland's D of each word over posts of unequal length: 1 is the same rate in every post, 0 all in one.

    1 - V / sqrt(n - 1), where V is the coefficient of variation of the word's rates in the n posts (Juilland et al. 1970, as Gries 2008
    gives it for parts of unequal size).

    Parameters
    ----------
    counts : posts x words; posts without a word are no parts.

    Returns
    -------
    One number a word; NaN where a word does not occur, or there is one post alone.
    """
    import numpy as np

    sizes = sum_of(counts, 1)
    n = int((sizes > 0).sum())
    cells = counts.tocoo()
    rates = cells.data / sizes[cells.row]
    n_words = counts.shape[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(cells.col, rates, n_words) / n
        variance = (np.bincount(cells.col, rates**2, n_words) / n - mean**2).clip(0)
        found: NDArray[np.float64] = np.where(mean > 0, 1 - np.sqrt(variance) / mean / np.sqrt(n - 1), np.nan)
    return found if n > 1 else np.full(n_words, np.nan)
