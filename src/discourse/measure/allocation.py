"""How many sentences each stratum of a sample gets, and which strata are folded because there are too few to go round.

A cell is a category in a period; its sentences are parted into bands by what the tagger says of them. Cells get numbers in proportion to
their sentences, bands within a cell by Neyman's rule: in proportion to sentences times standard deviation (Neyman 1934, "On the Two
Different Aspects of the Representative Method"; Cochran 1977, *Sampling Techniques*, ch. 5). Every stratum gets two or more, so that its
variance can be estimated.

A stratum that deserves less than one by these rules is folded into another, bands before categories; periods are never folded. On posts of
the sample coded by hand, and on codes simulated for two real blogs, intervals were wider with less folding, and much the same with more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["BANDS", "CELL", "LEAST", "OTHER", "WHOLE", "allot", "fold_bands", "fold_categories", "least"]

BANDS = ("hit", "near", "far")
CELL = ["period", "category"]
LEAST = 2
FLOOR = 1.0
OTHER, WHOLE = "(other categories)", "(all categories)"
EVERY = "all"


def least(sizes: pd.Series) -> pd.Series:
    """Return the fewest that strata of these sizes must get: two, or all where they hold fewer."""
    return sizes.clip(upper=LEAST)


def allot(strata: pd.DataFrame, *, n: int) -> NDArray[np.int64]:
    """Return how many of `n` each stratum gets, in the order of the rows: two or more, never more than it holds, `n` in all.

    Parameters
    ----------
    strata : a row a stratum: `period` and `category` (its cell), `size` (what can be drawn), `sentences` (cells are served in proportion to
        their sum), `want` (bands of a cell are served in proportion to it).
    n : from the sum of what strata must get to the sum of what they hold.

    >>> import pandas as pd
    >>> rows = [("2020", "A", 10, 10, 5.0), ("2020", "A", 90, 90, 15.0), ("2021", "A", 50, 50, 25.0)]
    >>> allot(pd.DataFrame(rows, columns=["period", "category", "size", "sentences", "want"]), n=30).tolist()
    [5, 15, 10]
    """
    import numpy as np

    want, low, high = (some.to_numpy(dtype=float) for some in (strata["want"], least(strata["size"]), strata["size"]))
    cell = strata.groupby(CELL, sort=False).ngroup().to_numpy()
    served = [np.bincount(cell, weights=some).astype(float) for some in (strata["sentences"], low, high)]
    share = np.zeros(len(strata))
    for k, quota in enumerate(_filled(n, served[0], served[1], served[2]).tolist()):
        inside = cell == k
        share[inside] = _filled(quota, want[inside], low[inside], high[inside])
    return _whole(share, n, high)


def _filled(total: float, want: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers that sum to the total, in proportion to what is wanted as far as their bounds allow."""
    import math

    import numpy as np

    under, over = 0.0, float((high / want).max())
    for _ in range(100):
        middle = (under + over) / 2
        if math.fsum(np.clip(middle * want, low, high)) < total:
            under = middle
        else:
            over = middle
    return np.clip(over * want, low, high)


def _whole(share: NDArray[np.float64], total: int, high: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole numbers that sum to the total: each rounded down, and one more where the largest remainders are."""
    import numpy as np

    down = np.floor(share + 1e-9)
    rest = np.where(down < high, np.round(share - down, 9), -1.0)
    order = np.lexsort((np.arange(len(rest)), -rest))
    down[order[: total - int(down.sum())]] += 1
    return down.astype(np.int64)


def fold_categories(cells: pd.DataFrame, *, n: int) -> pd.Series:
    """Return the new category of each cell; one that deserves less than one joins the other small ones of its period.

    Where the cells together must still get more than `n`, the floor of what they must deserve is doubled, until one a period is left.

    Parameters
    ----------
    cells : `period`, `category`, `sentences` and `size` (what can be drawn: sentences or posts), a row a cell.
    n : how many there are to go round, in proportion to sentences.
    """
    deserved = cells["sentences"] * n / cells["sentences"].sum()
    return _folded(cells.assign(deserved=deserved), CELL[:1], "category", _joined, n)


def fold_bands(strata: pd.DataFrame, *, n: int) -> pd.Series:
    """Return the new band of each stratum; one that deserves less than one joins the next of its cell, and so on as above.

    Parameters
    ----------
    strata : `period`, `category`, `band`, `size`, `sentences` and `want` as in `allot`, a row a stratum.
    n : how many there are to go round.
    """
    cells = strata.groupby(CELL)
    deserved = cells["sentences"].transform("sum") * n / strata["sentences"].sum() * strata["want"] / cells["want"].transform("sum")
    return _folded(strata.assign(deserved=deserved), CELL, "band", _neighbours, n)


def _folded(
    table: pd.DataFrame, within: list[str], what: str, merge: Callable[[dict[str, float], float], dict[str, str]], n: int
) -> pd.Series:
    """Return the new names in a column, merged within groups at the lowest floor at which what must be given is no more than `n`."""
    floor = FLOOR
    while True:
        new = table[what].copy()
        for _, rows in table.groupby(within):
            new[rows.index] = rows[what].map(merge(dict(zip(rows[what], rows["deserved"], strict=True)), floor))
        needed = least(table["size"].groupby([*(table[key] for key in within), new]).sum()).sum()
        if needed <= n or floor > n:
            return new
        floor *= 2


def _joined(deserved: dict[str, float], floor: float) -> dict[str, str]:
    """Return category -> new name in one period: the least deserving go together until none deserves less than the floor."""
    parts = {name: ([name], amount) for name, amount in deserved.items()}
    while len(parts) > 1 and min(amount for _, amount in parts.values()) < floor:
        small, second = sorted(parts, key=lambda name: (parts[name][1], name))[:2]
        if OTHER in parts and small != OTHER:
            second = OTHER
        (some, first), (others, rest) = parts.pop(small), parts.pop(second)
        parts[OTHER if parts else WHOLE] = (some + others, first + rest)
    return {member: name for name, (members, _) in parts.items() for member in members}


def _neighbours(deserved: dict[str, float], floor: float) -> dict[str, str]:
    """Return band -> new name in one cell: the least deserving joins the lesser of its neighbours until none deserves less than the floor.

    >>> _neighbours({"hit": 5.0, "near": 0.4, "far": 2.0}, 1.0)
    {'hit': 'hit', 'near': 'near+far', 'far': 'near+far'}
    """
    parts = [([band], deserved[band]) for band in BANDS if band in deserved]
    while len(parts) > 1 and min(amount for _, amount in parts) < floor:
        k = min(range(len(parts)), key=lambda at: parts[at][1])
        beside = min((at for at in (k - 1, k + 1) if 0 <= at < len(parts)), key=lambda at: parts[at][1])
        first, second = sorted((k, beside))
        parts[first : second + 1] = [(parts[first][0] + parts[second][0], parts[first][1] + parts[second][1])]
    alone = len(parts) == 1 and len(deserved) > 1
    return {band: EVERY if alone else "+".join(members) for members, _ in parts for band in members}
