"""The hand-coded sentences that correct a share: what they say of each measure, and which groups they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from discourse.measure.groups import Groups, named_categories, period_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.measures import Measure

__all__ = ["UNCODED", "Coder", "Gold", "uncovered"]

KEY = ["post_id", "sentence"]
UNCODED = "nobody coded a sentence of it"
UNDATED = "(undated)"
UNLIKELY = 0.01  # so unlikely that chance alone has passed over what has no hand-coded sentence


class Coder(NamedTuple):
    """One coder's own codes: which sentences of the gold the coder had, and codings as in `Gold.coded`."""

    had: NDArray[np.bool_]
    coded: pd.DataFrame


@dataclass(frozen=True)
class Gold:
    """Hand-coded sentences of a corpus, drawn with known chances, none of which the tagger was fitted to.

    `sentences` has a row a sentence: `post_id`, `sentence`, `n_words`, `p_inclusion` (only the ratios between sentences matter). `coded`
    holds the hand codes as codings (`post_id`, `sentence`, `code`, `holder`, `modality`), `found` those of the tagger in the same
    sentences; `codes` are the codes that were looked for. `known` and `seen` are the table `counts` over the sentences that the tagger was
    fitted to: by their hand codes, which are of `known_codes`, and by the tagger's.
    """

    sentences: pd.DataFrame
    coded: pd.DataFrame
    found: pd.DataFrame
    codes: tuple[str, ...]
    known: pd.DataFrame
    seen: pd.DataFrame
    known_codes: tuple[str, ...] = ()
    coders: tuple[Coder, ...] = ()

    @cached_property
    def _index(self) -> pd.MultiIndex:
        import pandas as pd

        return pd.MultiIndex.from_frame(self.sentences[KEY])

    def of(self, codings: pd.DataFrame, measure: Measure) -> NDArray[np.float64]:
        """Return 1 for each sentence of the gold that a measure counts by these codings, else 0."""
        import numpy as np
        import pandas as pd

        places = self._index.get_indexer(pd.MultiIndex.from_frame(measure.of(codings)[KEY]))
        hits = np.zeros(len(self.sentences))
        hits[places[places >= 0]] = 1.0
        return hits

    def within(self, posts: pd.DataFrame) -> Gold:
        """Return the gold in some of the posts."""
        ids = posts["post_id"]
        inside = self.sentences["post_id"].isin(ids).to_numpy()
        return replace(
            self, sentences=self.sentences[inside].reset_index(drop=True), known=self.known[self.known["post_id"].isin(ids)],
            seen=self.seen[self.seen["post_id"].isin(ids)], coders=tuple(coder._replace(had=coder.had[inside]) for coder in self.coders),
        )  # fmt: skip

    def bounds(self, measure: Measure) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Return what all coders of a sentence say, and what any says; what fewer than two had is as in `coded`. Nothing without coders."""
        import numpy as np

        had = np.array([coder.had for coder in self.coders])
        if not len(had) or (had.sum(axis=0) < 2).all():
            return None
        own = np.array([self.of(coder.coded, measure) for coder in self.coders])
        both, agreed = had.sum(axis=0) >= 2, self.of(self.coded, measure)
        strict = np.where(both, np.where(had, own, 1.0).min(axis=0), agreed)
        return strict, np.where(both, np.where(had, own, 0.0).max(axis=0), agreed)


def uncovered(posts: pd.DataFrame, groups: Groups, sizes: NDArray[np.float64], coded: NDArray[np.int64]) -> list[str]:
    """Return for each group why it cannot be corrected, or empty text where it can: no part of it may be without a chance to be coded.

    A group needs a hand-coded sentence of its own, and so does every year and every source in it, anywhere in the corpus. Posts none of
    whose categories was coded may be in it only as far as chance alone would have passed over them.

    Parameters
    ----------
    posts : those that count.
    groups : of these posts.
    sizes : sentences of each post that the tagger was not fitted to.
    coded : the place in `posts` of each sentence of the gold.
    """
    import numpy as np

    n_coded = np.bincount(coded, minlength=len(posts))
    years = period_of(posts, by="year").fillna(UNDATED).to_numpy(dtype=object)
    sources = posts["source"].to_numpy(dtype=object)
    missing = [_without(labels, sizes, n_coded) for labels in (years, sources)]
    categories = named_categories(posts)
    reached = {name for names, n in zip(categories, n_coded, strict=True) if n for name in names}
    apart = np.array([reached.isdisjoint(names) for names in categories], dtype=bool)
    reasons = []
    for mask in groups.inside.T:
        total, n = float(sizes[mask].sum()), int(n_coded[mask].sum())
        blank = [label for labels, lost in zip((years, sources), missing, strict=True) for label in sorted(lost & set(labels[mask]))]
        share = float(sizes[mask & apart].sum()) / total if total else 0.0
        if not total:
            reasons.append("")
        elif not n:
            reasons.append(UNCODED)
        elif blank:
            reasons.append(f"nobody coded a sentence of {_listed(blank)}")
        elif share and (1 - share) ** n < UNLIKELY:
            reasons.append(f"{share:.0%} of it is in categories of which nobody coded a sentence")
        else:
            reasons.append("")
    return reasons


def _without(labels: NDArray[np.object_], sizes: NDArray[np.float64], n_coded: NDArray[np.int64]) -> set[str]:
    """Return the labels that have sentences and none that is hand-coded."""
    return set(labels[sizes > 0]) - set(labels[n_coded > 0])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
