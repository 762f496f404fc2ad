"""Topics of documents by one seed, and how much of each topic is in a text.

`nmf` factorises tf-idf vectors of unit length (Lee and Seung 1999, "Learning the parts of objects by non-negative matrix factorization")
with squared errors; `lda` is latent Dirichlet allocation by batch variational Bayes (Blei, Ng and Jordan 2003, "Latent Dirichlet
Allocation"). Both are scikit-learn's. On earlier posts of two blogs of digital rights squared errors gave topics more coherent (mean NPMI
.20 and .14) and more stable (.74 and .73) than the Kullback-Leibler divergence on counts (.12 and .07; .39 and .39) and LDA (.08 and .03;
.33 and .30). LDA also takes twenty to thirty times as long (`benchmarks/topics.py`).

A seed settles where the search begins, and for NMF that is a random start: starts that are computed from the documents, as NNDSVD, would
find the same topics every time and say nothing of how sure they are.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["METHODS", "checked", "fit", "loadings", "shares_of", "weighted"]

METHODS = {"nmf": "non-negative matrix factorisation of tf-idf, squared errors", "lda": "latent Dirichlet allocation"}
ROUNDS = {"nmf": 1000, "lda": 30}


def checked(counts: Any, k: int, *, method: str) -> None:
    """Check that so many topics can be fitted.

    Raises
    ------
    InputError : there is no such method; k is below 2, or above the number of windows or words.
    """
    if method not in METHODS:
        raise InputError(f"There is no method {method!r}.{did_you_mean(method, METHODS)}")
    if k < 2:
        raise InputError(f"k is {k}: at least 2 topics are needed to tell anything apart.")
    for n, what in zip(counts.shape, ("windows of text", "words that stand in enough posts"), strict=True):
        if k > n:
            raise InputError(f"k is {k}, and there are only {n} {what}; choose a smaller k.")


def weighted(counts: Any, like: Any, *, method: str) -> Any:
    """Return counts as a method reads them: as they are for LDA, for NMF tf-idf (1 + log tf, smoothed idf) of unit length.

    Parameters
    ----------
    counts : texts x words.
    like : documents x words, whose document frequencies are used.
    method : of METHODS.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    return counts if method == "lda" else TfidfTransformer(sublinear_tf=True).fit(like).transform(counts)


def fit(rows: Any, k: int, *, method: str, seed: int) -> NDArray[np.float64]:
    """Return topics x words: the part of each word in each topic; a topic's sum to 1.

    Parameters
    ----------
    rows : documents x words, as `weighted` gives them.
    k : number of topics.
    method : of METHODS.
    seed : where the search begins. NMF that has not settled after 1,000 rounds is taken as it is then: seeds will differ more.
    """
    import numpy as np
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.exceptions import ConvergenceWarning

    if method == "lda":
        model = LatentDirichletAllocation(k, random_state=seed, max_iter=ROUNDS[method])
    else:
        model = NMF(k, init="random", random_state=seed, max_iter=ROUNDS[method])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        topics: NDArray[np.float64] = model.fit(rows).components_
    sums = topics.sum(axis=1, keepdims=True)
    return np.where(sums > 0, topics / np.where(sums > 0, sums, 1), 1 / topics.shape[1])


def loadings(rows: Any, topics: NDArray[np.float64], *, method: str) -> NDArray[np.float64]:
    """Return texts x topics: how much of each topic is in each text, the topics held fixed.

    Squared errors for NMF; for LDA the topics' most likely mixture, found as NMF with the Kullback-Leibler divergence (Gaussier and
    Goutte 2005, "Relation between PLSA and NMF and Implications").

    Parameters
    ----------
    rows : texts x words, as `weighted` gives them.
    topics : as `fit` gives them.
    method : of METHODS.
    """
    import numpy as np
    from sklearn.decomposition import non_negative_factorization

    how: dict[str, Any] = {"solver": "mu", "beta_loss": "kullback-leibler"} if method == "lda" else {}
    found = non_negative_factorization(rows, H=topics, n_components=len(topics), update_H=False, max_iter=ROUNDS["nmf"], **how)[0]
    return np.asarray(found, dtype=float)


def shares_of(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return loadings as shares, which sum to 1 in each row; a text with no topic in it holds all alike.

    >>> import numpy as np
    >>> shares_of(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [[0.25, 0.75], [0.5, 0.5]]
    """
    import numpy as np

    sums = found.sum(axis=1, keepdims=True)
    return np.where(sums > 0, found / np.where(sums > 0, sums, 1), 1 / found.shape[1])
