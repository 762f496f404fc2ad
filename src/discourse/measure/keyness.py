"""What marks one group of posts or sentences against another: its words, with evidence, effect and spread.

G2 and the z-score take every use of a word as drawn by itself. Uses in one post are not (Lijffijt et al. 2016, "Significance testing of
word frequencies in corpora"), so the interval of the log ratio is that of rates over posts, a word must stand in several posts of the group
that it marks, and its dispersion stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import InputError
from discourse.measure.association import g2, log_odds, log_ratio, percent_diff
from discourse.measure.dispersion import deviation, juilland
from discourse.measure.holm import holm
from discourse.measure.rates import over_posts
from discourse.measure.words import in_posts, sum_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.words import Words

__all__ = ["FEWEST_POSTS_OF_WORD", "keyness"]

FEWEST_POSTS_OF_WORD = 3
FEWEST_POSTS_OF_GROUP = 2
USUAL_STRENGTH = 0.1


def keyness(
    words: Words,
    first: NDArray[np.bool_],
    second: NDArray[np.bool_],
    *,
    strength: float | None = None,
    fewest: int = FEWEST_POSTS_OF_WORD,
    stop_words: bool = False,
) -> pd.DataFrame:
    """Return the words that mark either group, those of the first at the top, by the z-score of their log-odds.

    Parameters
    ----------
    words : of the whole corpus, counted once.
    first, second : which words in the text each group holds; none is in both.
    strength : what the prior is worth, in words; without it a tenth of the words of both groups. A weak one hides words that only one group
        uses, one as strong as the text draws every score towards zero.
    fewest : posts of the group that it marks in which a word must stand.
    stop_words : give stop words and numbers a row too. They are always counted in the groups' lengths.

    Returns
    -------
    A row a word: `n_first`, `n_second` uses, `share_first`, `share_second` of all words, `n_posts_first`, `n_posts_second`, `log_odds` and
    its `z` (`association.log_odds`), `g2` with `p_g2`, `log_ratio` with its 95 % interval over posts `low` to `high` and `p_posts`,
    `percent_diff`, `dp_first`, `dp_second` (`dispersion.deviation`), `juilland_first`, `juilland_second`. Both p-values are corrected for
    the number of rows (Holm).

    Raises
    ------
    InputError : a group has fewer than two posts, or no word is left.
    """
    import numpy as np
    import pandas as pd
    from scipy.special import chdtrc

    counts = [words.by_post(group) for group in (first, second)]
    n_posts = [int((sum_of(count, 1) > 0).sum()) for count in counts]
    for which, n in zip(("first", "second"), n_posts, strict=True):
        if n < FEWEST_POSTS_OF_GROUP:
            raise InputError(f"The {which} group has {_posts(n)}; words can mark a group of two posts or more. Choose a wider group.")
    uses, standing = [sum_of(count, 0) for count in counts], [in_posts(count) for count in counts]
    sizes = [float(use.sum()) for use in uses]
    scores = log_odds(uses[0], uses[1], strength=strength if strength is not None else USUAL_STRENGTH * sum(sizes))
    kept = np.where(scores.delta > 0, *standing) >= max(fewest, 1)
    if not stop_words:
        kept &= ~(words.stop_words | words.numbers)
    if not kept.any():
        raise InputError(f"No word stands in {_posts(fewest)} of the group that it marks; ask for fewer, or for wider groups.")
    compared = (uses[0], uses[1], sizes[0], sizes[1])
    evidence = g2(*compared)
    low, high, p_posts = over_posts(*counts)
    table = pd.DataFrame({
        "word": words.vocabulary, "n_first": uses[0].astype(int), "n_second": uses[1].astype(int),
        "share_first": uses[0] / sizes[0], "share_second": uses[1] / sizes[1],
        "n_posts_first": standing[0], "n_posts_second": standing[1],
        "log_odds": scores.delta, "z": scores.z, "g2": evidence, "p_g2": chdtrc(1, evidence),
        "log_ratio": log_ratio(*compared), "low": low, "high": high, "p_posts": p_posts, "percent_diff": percent_diff(*compared),
        "dp_first": deviation(counts[0]), "dp_second": deviation(counts[1]),
        "juilland_first": juilland(counts[0]), "juilland_second": juilland(counts[1]),
    })[kept]  # fmt: skip
    for column in ("p_g2", "p_posts"):
        table[column] = holm(table[column].to_numpy())
    return table.sort_values(["z", "word"], ascending=[False, True]).reset_index(drop=True)


def _posts(n: int) -> str:
    return f"{n:,} post" if n == 1 else f"{n:,} posts"
