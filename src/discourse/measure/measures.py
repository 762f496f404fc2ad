"""What is counted of a code: by whom it is held and how firmly.

The headline share of a framing (`share_author`) is asserted or hedged and held by the author; `share_other` is held by others;
`share_rejected` stands apart and is never added. A theme's share (`share`) counts every sentence that carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.tables import HOLDERS, MODALITIES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ATTRIBUTES", "HELD", "HOLDERS", "MODALITIES", "Measure", "headline", "measures_by", "usual_measures"]

HELD = ("asserted", "hedged")
ATTRIBUTES = ("holder", "modality")


class Measure(NamedTuple):
    """One thing to count: the codings of `code` by these holders in these modalities; `holder` and `modality` name a single one."""

    name: str
    code: str
    holders: tuple[str, ...] = HOLDERS
    modalities: tuple[str, ...] = MODALITIES
    holder: str = ""
    modality: str = ""

    def of(self, codings: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of `codings`, or of `counts`, that it counts."""
        inside = (codings["code"] == self.code) & codings["holder"].isin(self.holders) & codings["modality"].isin(self.modalities)
        return codings[inside]


def usual_measures(framings: Sequence[str], themes: Sequence[str]) -> Iterator[Measure]:
    """Yield what is always counted: three measures a framing, one a theme.

    >>> [measure.name for measure in usual_measures(["cyber_optimist"], ["radio"])]
    ['share_author', 'share_other', 'share_rejected', 'share']
    """
    for code in framings:
        yield Measure("share_author", code, ("author",), HELD)
        yield Measure("share_other", code, ("other",), HELD)
        yield Measure("share_rejected", code, HOLDERS, ("rejected",))
    for code in themes:
        yield Measure("share", code)


def measures_by(codes: Sequence[str], by: Sequence[str]) -> Iterator[Measure]:
    """Yield what is counted where codes are set apart by holder, by modality, or by both.

    By holder alone (`share_held`) what is rejected is not counted; by modality alone, whoever holds it.

    >>> [(m.name, m.holder, m.modality) for m in measures_by(["cyber_optimist"], ["holder"])]
    [('share_held', 'author', ''), ('share_held', 'other', '')]
    """
    for code in codes:
        for holder in HOLDERS if "holder" in by else ("",):
            for modality in MODALITIES if "modality" in by else ("",):
                held = (holder,) if holder else HOLDERS
                modalities = (modality,) if modality else HELD
                yield Measure("share" if modality else "share_held", code, held, modalities, holder, modality)


def headline(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that a framing's headline share counts: asserted or hedged, and held by the author."""
    return codings[(codings["holder"] == "author") & codings["modality"].isin(HELD)]
