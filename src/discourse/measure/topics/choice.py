"""How many topics: stability and coherence for each k, and a rule that proposes one.

The rule: of the k whose coherence is within one standard deviation (over seeds) of the best, and whose stability is at least the median
of the table, the largest; where there is none, the most stable of the former. What is as coherent and as stable in more topics says more.
Curves are often flat, and other seeds then propose another k: on earlier posts of two blogs four sets of ten seeds proposed 16 to 20 and
8 to 10. Look at the table, and at the topics of two values of k, before you settle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from discourse.measure.topics.coherence import coherences
from discourse.measure.topics.fit import checked, fit, weighted
from discourse.measure.topics.matching import stability, top_words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics.documents import Documents

__all__ = ["proposed", "runs", "scored"]


def runs(documents: Documents, k: int, *, method: str, seeds: int, done: Callable[[], None]) -> list[NDArray[np.float64]]:
    """Return the topics of each seed, 0 and up.

    Parameters
    ----------
    documents : what is read.
    k, method : as in `fit`.
    seeds : how many.
    done : called after each.

    Raises
    ------
    InputError : k or method cannot be.
    """
    counts = documents.counts()
    checked(counts, k, method=method)
    rows = weighted(counts, counts, method=method)
    found = []
    for seed in range(seeds):
        found.append(fit(rows, k, method=method, seed=seed))
        done()
    return found


def scored(found: Sequence[NDArray[np.float64]], counts: Any) -> dict[str, float]:
    """Return a row of the table of k: stability over pairs of seeds, the mean coherence of a seed's topics and its spread over seeds.

    Parameters
    ----------
    found : topics x words of each seed.
    counts : sentences x words.
    """
    import numpy as np

    means = [float(np.nanmean(coherences(top_words(topics), counts))) for topics in found]
    return {
        "k": len(found[0]), "stability": stability(found), "coherence": float(np.mean(means)), "coherence_sd": float(np.std(means, ddof=1)),
    }  # fmt: skip


def proposed(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which k of a table the rule proposes.

    Parameters
    ----------
    table : a row a k: `k`, `stability`, `coherence`, `coherence_sd`.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"k": [5, 10, 15, 20], "stability": [0.9, 0.8, 0.8, 0.5], "coherence": [0.2, 0.21, 0.2, 0.1]})
    >>> table.loc[proposed(table.assign(coherence_sd=0.02)), "k"].tolist()
    [15]
    """
    best = table.sort_values("coherence", ascending=False, kind="stable").iloc[0]
    coherent = table[table["coherence"] >= best["coherence"] - best["coherence_sd"]]
    both = coherent[coherent["stability"] >= table["stability"].median()]
    chosen = both["k"].max() if len(both) else coherent.sort_values("stability", ascending=False, kind="stable")["k"].iloc[0]
    is_chosen: pd.Series[bool] = table["k"] == chosen
    return is_chosen
