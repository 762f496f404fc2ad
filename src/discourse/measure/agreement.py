"""How far coders agree: Krippendorff's alpha with intervals over posts, and which answers meet which.

Alpha is 1 - observed disagreement / disagreement expected by chance (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"); here
of nominal data, for any number of coders, each of whom may lack any sentence. It follows from the coincidence matrix, in which a sentence
that m coders coded puts each ordered pair of its codes with weight 1 / (m - 1). The matrix is a sum over sentences; so is its share of a
post, and a bootstrap over posts (see `bootstrap`) needs no more than these sums. Where one value alone occurs, chance leaves nothing to
disagree about: alpha is not defined, and never 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.measure.bootstrap import LEVEL, REPLICATES, SEED, per_post, resampled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["coder_agreement", "coder_confusion", "coincidences"]

CODES = (0, 1)
SMALLEST = 1e-9  # sums of thirds are not exact


class _Tally(NamedTuple):
    """How many coders gave each value to each sentence (sentences x values), and the posts of the sentences."""

    values: Sequence[Any]
    counts: NDArray[np.float64]
    posts: list[str]


def coder_agreement(
    coded: pd.DataFrame, *, codes: Sequence[str], labels: Mapping[str, Sequence[str]], replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """Return how far coders agree on each code and each label.

    Only sentences that two or more coded count; of a label those in which two or more saw a framing, and so gave it a value.

    Parameters
    ----------
    coded : a row a sentence and coder: `id`, `post`, `coder`, each code (0, 1 or missing), and the columns of `labels` (missing without a
        framing).
    codes : columns of codes.
    labels : column -> its values, such as `holder` -> `author`, `other`.
    replicates, seed : of the bootstrap over posts.

    Returns
    -------
    A row a code or label: `code`, `alpha` (-1 to 1; NaN where it is not defined), `low` and `high` (of its interval; NaN where no sentence
    is disagreed on, for then there is nothing to vary), `level`, `agreement` (the share of pairs of coders who agree, mean over sentences),
    `n` (sentences), `n_posts`, `prevalence` (share of yes among the codes given to these sentences), `yes_<coder>` (to how many of these
    sentences a coder gave the code; both missing for labels), and `why` (alpha is not defined).
    """
    import numpy as np
    import pandas as pd

    values: dict[str, Sequence[Any]] = {**dict.fromkeys(codes, CODES), **labels}
    tallies = {name: _tally(coded, name, domain) for name, domain in values.items()}
    posts = list(dict.fromkeys(coded["post"]))
    sums = [_of_posts(tally, posts) for tally in tallies.values()]
    cuts = np.cumsum([part.shape[1] for part in sums])[:-1]

    def alphas(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([_alpha(part) for part in np.split(drawn, cuts, axis=1)], axis=1)

    low, high = resampled(np.hstack(sums), alphas, replicates=replicates, seed=seed)
    coders = list(dict.fromkeys(coded["coder"]))
    rows = []
    for k, (name, tally) in enumerate(tallies.items()):
        row = _agreement(name, tally)
        if row["agreement"] < 1 and row["alpha"] == row["alpha"]:
            row |= {"low": float(low[k]), "high": float(high[k])}
        rows.append({**row, **(_yes(coded, name, coders) if name in codes else {})})
    columns = ["code", "alpha", "low", "high", "level", "agreement", "n", "n_posts", "prevalence", *(f"yes_{c}" for c in coders), "why"]
    return pd.DataFrame(rows).reindex(columns=columns)


def _tally(coded: pd.DataFrame, name: str, values: Sequence[Any]) -> _Tally:
    """Return the counts of the sentences to which two or more coders gave a value."""
    import numpy as np

    given = coded[coded[name].notna()]
    post_of = dict(zip(given["id"], given["post"], strict=True))
    place, domain = {id_: k for k, id_ in enumerate(post_of)}, list(values)
    counts = np.zeros((len(post_of), len(domain)))
    np.add.at(counts, ([place[id_] for id_ in given["id"]], [domain.index(value) for value in given[name]]), 1)
    twice = counts.sum(axis=1) >= 2
    return _Tally(values, counts[twice], [post for post, kept in zip(post_of.values(), twice, strict=True) if kept])


def coincidences(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the coincidence matrix of each sentence.

    Parameters
    ----------
    counts : sentences x values: how many coders gave each; at least two a sentence.

    Returns
    -------
    Sentences x values x values.

    >>> import numpy as np
    >>> coincidences(np.array([[2.0, 1.0]])).tolist()
    [[[1.0, 1.0], [1.0, 0.0]]]
    """
    import numpy as np

    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    matrices: NDArray[np.float64] = pairs / (counts.sum(axis=1) - 1)[:, None, None]
    return matrices


def _of_posts(tally: _Tally, posts: Sequence[str]) -> NDArray[np.float64]:
    """Return the coincidences of each post: posts x values²."""
    import numpy as np

    size = len(tally.values) ** 2
    flat = coincidences(tally.counts).reshape(-1, size)
    return per_post(np.vstack([np.zeros((len(posts), size)), flat]), [*posts, *tally.posts])


def _alpha(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha from sums of coincidences: draws x values² to draws; NaN where it is not defined."""
    import numpy as np

    side = round(sums.shape[1] ** 0.5)
    matrix = sums.reshape(-1, side, side)
    each = matrix.sum(axis=2)
    total = each.sum(axis=1)
    observed = total - np.trace(matrix, axis1=1, axis2=2)
    by_chance = total**2 - (each**2).sum(axis=1)
    ratio = np.divide((total - 1) * observed, by_chance, out=np.full_like(total, np.nan), where=by_chance > SMALLEST)
    alphas: NDArray[np.float64] = 1 - ratio
    return alphas


def _agreement(name: str, tally: _Tally) -> dict[str, Any]:
    """Return alpha and what goes with it, without interval."""
    import krippendorff

    counts = tally.counts
    row: dict[str, Any] = {"code": name, "level": LEVEL, "n": len(counts), "n_posts": len(set(tally.posts)), "why": ""}
    occurring = [value for value, n in zip(tally.values, counts.sum(axis=0), strict=True) if n]
    m = counts.sum(axis=1)
    row["agreement"] = float(((counts * (counts - 1)).sum(axis=1) / (m * (m - 1))).mean()) if len(counts) else float("nan")
    if len(occurring) < 2:
        kind = "code" if tally.values == CODES else name
        row["why"] = f"every {kind} is {occurring[0]}" if occurring else "no sentence was coded twice"
        return {**row, "alpha": float("nan")}
    return {**row, "alpha": float(krippendorff.alpha(value_counts=counts.astype(int), level_of_measurement="nominal"))}


def _yes(coded: pd.DataFrame, code: str, coders: Sequence[str]) -> dict[str, Any]:
    """Return how many of the sentences coded by two or more each coder gave a code, and its share."""
    given = coded[coded[code].notna()]
    twice = given[given.groupby("id")["id"].transform("size") >= 2]
    of_coder = twice.groupby("coder")[code].sum()
    share = float(twice[code].mean()) if len(twice) else float("nan")
    return {"prevalence": share, **{f"yes_{coder}": int(of_coder.get(coder, 0)) for coder in coders}}


def coder_confusion(coded: pd.DataFrame, *, codes: Sequence[str], labels: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return which answers of two coders meet, for each pair of coders.

    Parameters
    ----------
    coded, codes, labels : as in `coder_agreement`.

    Returns
    -------
    A row a pair of answers: `code`, `first` and `second` (coders), `first_value`, `second_value`, `n` (sentences that both coded; of a
    label, in which both saw a framing).
    """
    import pandas as pd

    rows = []
    for name, values in {**dict.fromkeys(codes, CODES), **labels}.items():
        wide = coded[coded[name].notna()].set_index(["id", "coder"])[name].unstack("coder")
        wide = wide.reindex(columns=list(dict.fromkeys(coded["coder"])))
        for first, second in combinations(wide.columns, 2):
            for one in values:
                for other in values:
                    n = int(((wide[first] == one) & (wide[second] == other)).sum())
                    rows.append((name, first, second, str(one), str(other), n))
    return pd.DataFrame(rows, columns=["code", "first", "second", "first_value", "second_value", "n"])
