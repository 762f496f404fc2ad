"""Who is named in sentences that carry a code: shares, and lift over all sentences, with intervals clustered by post.

Lift is the share of the code's sentences that name an entity over the share of all sentences that name it (Brin et al. 1997, "Dynamic
itemset counting and implication rules", call it interest); 1 is what chance gives. Intervals are of one entity at a time: the highest of
many is high by chance too. The tagger reads the words of a sentence, names among them, so a lift may be the tagger's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse.measure.bootstrap import LEVEL, resampled
from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["entity_lift"]

FEWEST_NAMING = 5
AT_ONCE = 2000


def entity_lift(
    posts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, coded: pd.DataFrame, entities: Sequence[str]
) -> pd.DataFrame:
    """Return one row an entity: how often sentences that carry a code name it, against all sentences.

    Parameters
    ----------
    posts : those that count.
    sentences : the table.
    mentions : those chosen.
    coded : `post_id` and `sentence` of the sentences that carry the code.
    entities : which, in the order wanted.

    Returns
    -------
    `entity`, `n` (sentences with both), `n_posts` (posts with such a sentence), `n_coded`, `n_naming` (sentences), `n_posts_naming`,
    `denominator` (sentences), `share` (n / n_coded, 0 to 1) with `low` and `high`, `share_all` (n_naming / denominator), `lift` with
    `lift_low` and `lift_high`, `level`, `note`. With fewer than 5 posts or 30 sentences that carry the code, or fewer than 5 posts that
    name the entity, there are no estimates; without a sentence with both, no intervals.
    """
    import numpy as np
    import pandas as pd

    keys, order = ["post_id", "sentence"], pd.Index(posts["post_id"])
    inside = sentences.loc[sentences["post_id"].isin(order), keys]
    coded = coded[keys].drop_duplicates().merge(inside, on=keys)
    named = mentions[[*keys, "entity"]].drop_duplicates().merge(inside, on=keys)
    both = named.merge(coded, on=keys)
    sums = np.stack([_per_post(coded, order), _per_post(inside, order)], axis=1)
    n_coded, denominator = sums.sum(axis=0).astype(int).tolist()
    few_coded = coded["post_id"].nunique() < FEWEST_POSTS or n_coded < FEWEST_SENTENCES
    rows = []
    for first in range(0, len(entities), AT_ONCE):
        some = entities[first : first + AT_ONCE]
        naming, carrying = _table(named, order, some), _table(both, order, some)
        ends = _ends(carrying, naming, sums)
        for e, entity in enumerate(some):
            n, n_naming = int(carrying[:, e].sum()), int(naming[:, e].sum())
            n_posts_naming = int((naming[:, e] > 0).sum())
            note = None
            if few_coded:
                note = f"the code in fewer than {FEWEST_POSTS} posts or {FEWEST_SENTENCES} sentences"
            elif n_posts_naming < FEWEST_NAMING:
                note = f"named in fewer than {FEWEST_NAMING} posts"
            values = [n / n_coded, n_naming / denominator, n * denominator / (n_coded * n_naming)] if note is None else [np.nan] * 3
            between = ends[:, e].tolist() if note is None and n else [np.nan] * 4
            rows.append((
                entity, n, int((carrying[:, e] > 0).sum()), n_coded, n_naming, n_posts_naming, denominator,
                values[0], *between[:2], values[1], values[2], *between[2:], LEVEL, note,
            ))  # fmt: skip
    columns = [
        "entity", "n", "n_posts", "n_coded", "n_naming", "n_posts_naming", "denominator",
        "share", "low", "high", "share_all", "lift", "lift_low", "lift_high", "level", "note",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _ends(carrying: NDArray[np.float64], naming: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return low and high ends of shares, then of lifts: 4 x entities."""
    import numpy as np

    n = carrying.shape[1]

    def statistic(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        both, named, coded, every = drawn[:, :n], drawn[:, n : 2 * n], drawn[:, 2 * n, None], drawn[:, 2 * n + 1, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.hstack([both / coded, both * every / (coded * named)])
        shares: NDArray[np.float64] = np.where(np.isfinite(found), found, np.nan)
        return shares

    low, high = resampled(np.hstack([carrying, naming, sums]), statistic)
    return np.stack([low[:n], high[:n], low[n:], high[n:]])


def _per_post(rows: pd.DataFrame, order: pd.Index) -> NDArray[np.float64]:
    counts: pd.Series = rows.groupby("post_id").size().reindex(order, fill_value=0)
    return counts.to_numpy(dtype="float64")


def _table(rows: pd.DataFrame, order: pd.Index, entities: Sequence[str]) -> NDArray[np.float64]:
    """Return posts x entities, the number of rows of each."""
    import numpy as np
    import pandas as pd

    columns = pd.Index(entities).get_indexer(pd.Index(rows["entity"]))
    found: NDArray[np.float64] = np.zeros((len(order), len(entities)))
    np.add.at(found, (order.get_indexer(pd.Index(rows["post_id"]))[columns >= 0], columns[columns >= 0]), 1)
    return found
