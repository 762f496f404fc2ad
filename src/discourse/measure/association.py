"""How strongly a word belongs to one side: evidence (G2), and effect sizes. Plain formulas over arrays of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

__all__ = ["LogOdds", "g2", "g2_of_table", "log_dice", "log_odds", "log_ratio", "mutual_information", "percent_diff", "t_score"]

HALF = 0.5  # a use of a word that is not there


class LogOdds(NamedTuple):
    """The log-odds ratio of each word and its z-score; above zero it belongs to the first side."""

    delta: NDArray[np.float64]
    z: NDArray[np.float64]


def log_odds(first: Counts, second: Counts, *, strength: float) -> LogOdds:
    """Return log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", eq. 16, 20 and 22).

    The prior's mean is each word's share on both sides together, and it is worth `strength` words.

    Parameters
    ----------
    first, second : uses of every word of the vocabulary on either side.
    strength : in words, above zero.

    >>> import numpy as np
    >>> [round(float(z), 2) for z in log_odds(np.array([40.0, 60]), np.array([20.0, 80]), strength=20).z]
    [3.3, -5.21]
    """
    import numpy as np

    pooled = first + second
    prior = strength * pooled / max(pooled.sum(), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = first + prior, second + prior
        delta = np.log(one / (one.sum() - one) * (two.sum() - two) / two)
        z = delta / np.sqrt(1 / one + 1 / two)
    return LogOdds(delta, z)


def g2(first: Counts, second: Counts, n_first: float, n_second: float) -> NDArray[np.float64]:
    """Return the log-likelihood of each word (Rayson and Garside 2000, "Comparing corpora using frequency profiling"; after Dunning 1993).

    It is that of two cells, the uses on either side, against those that the lengths of the sides would give.

    Parameters
    ----------
    first, second : uses of each word.
    n_first, n_second : words on either side.

    >>> import numpy as np
    >>> float(g2(np.array([52.0]), np.array([57.0]), 50_000, 75_000)[0].round(2))
    2.65
    """
    both = (first + second) / (n_first + n_second)
    return _g2([first, second], [n_first * both, n_second * both])


def g2_of_table(together: Counts, row: float | Counts, columns: Counts, n: float) -> NDArray[np.float64]:
    """Return the log-likelihood of 2 x 2 tables, all four cells (Dunning 1993, "Accurate methods for the statistics of surprise").

    Parameters
    ----------
    together : the first cell of each table.
    row, columns : the sums of its first row (one number where all tables share it) and of its first column.
    n : the whole.

    >>> import numpy as np
    >>> float(g2_of_table(np.array([150.0]), 12_593, np.array([932.0]), 14_307_668)[0].round(2))
    1291.32
    """
    observed = [together, row - together, columns - together, n - row - columns + together]
    expected = [row * columns / n, row * (n - columns) / n, (n - row) * columns / n, (n - row) * (n - columns) / n]
    return _g2(observed, expected)


def _g2(observed: list[Counts], expected: list[Counts]) -> NDArray[np.float64]:
    import numpy as np
    from scipy.special import xlogy

    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [xlogy(o, np.where(e > 0, o / e, 1)) for o, e in zip(observed, expected, strict=True)]
    found: NDArray[np.float64] = np.maximum(2 * np.sum(terms, axis=0), 0)
    return found


def log_ratio(first: Counts, second: Counts, n_first: float, n_second: float) -> NDArray[np.float64]:
    """Return the binary log of the ratio of rates (Hardie 2014); a word that one side lacks counts there as half a use.

    >>> import numpy as np
    >>> log_ratio(np.array([40.0]), np.array([5.0]), 1000, 1000).tolist()
    [3.0]
    """
    import numpy as np

    return np.log2(np.where(first > 0, first, HALF) / n_first) - np.log2(np.where(second > 0, second, HALF) / n_second)


def percent_diff(first: Counts, second: Counts, n_first: float, n_second: float) -> NDArray[np.float64]:
    """Return by how many per cent the first side's rate is above the second's (%DIFF, Gabrielatos and Marchi 2012); NaN where that is 0.

    >>> import numpy as np
    >>> percent_diff(np.array([30.0, 1]), np.array([20.0, 0]), 1000, 1000).tolist()
    [50.0, nan]
    """
    import numpy as np

    return 100 * (first / n_first / np.where(second > 0, second / n_second, np.nan) - 1)


def mutual_information(together: Counts, expected: Counts) -> NDArray[np.float64]:
    """Return pointwise mutual information in bits (Church and Hanks 1990). Rare words get the highest: read it beside the counts."""
    import numpy as np

    return np.log2(together / expected)


def t_score(together: Counts, expected: Counts) -> NDArray[np.float64]:
    """Return the t-score (Church et al. 1991); it ranks, and is no test."""
    import numpy as np

    return (together - expected) / np.sqrt(together)


def log_dice(together: Counts, node: float, word: Counts) -> NDArray[np.float64]:
    """Return logDice (Rychly 2008): 14 where two words only stand together, one less where they do so half as often; of any corpus size.

    Parameters
    ----------
    together : uses of the word near the node.
    node, word : uses of the node, and of each word.

    >>> import numpy as np
    >>> log_dice(np.array([8.0, 4.0]), 8, np.array([8.0, 8.0])).tolist()
    [14.0, 13.0]
    """
    import numpy as np

    return 14 + np.log2(2 * together / (node + word))
