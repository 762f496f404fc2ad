"""The words that mark two groups against each other, as the charts of them take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.chart.theme import INKS, many

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ESTABLISHED", "NUMBERS", "Marking"]

ESTABLISHED = 0.05
SIDES = ("#0072b2", "#d55e00")
NUMBERS = [
    "word", "group", "marks", "unit", "n_first", "n_second", "n_posts_first", "n_posts_second", "z", "estimate", "low", "high", "p_posts",
    "n",
]  # fmt: skip


@dataclass(frozen=True)
class Marking:
    """The words that mark two groups against each other.

    `table` is as `keyness` makes it: `word`, `marks` (the name of the group), `n_first`, `n_second`, `z`, `log_ratio`, `low`, `high`,
    `p_posts`; and `private`, whether a word is the name of a private person, which is never shown. `groups` are the names of the two,
    `codes` give framings their colours, `compared` says in one line which two groups of sentences these are, as a person would type them.
    `said` is what the footer says of them, or why there are no words.
    """

    table: pd.DataFrame
    groups: tuple[str, str]
    title: str
    codes: tuple[str, ...] = ()
    compared: str = ""
    said: tuple[str, ...] = ()

    @property
    def colours(self) -> tuple[str, str]:
        """The colour of each group; two of one colour would not be told apart."""
        first, second = (INKS.get(code, side) for code, side in zip(self.codes or ("", ""), SIDES, strict=True))
        return (first, second) if first != second else SIDES

    def sides(self, *, most: int, size: str = "z") -> tuple[list[pd.DataFrame], str]:
        """Return the words of either group, the largest first, and what the footer says of names that would stand among them.

        Columns are `NUMBERS`: `n` is uses in both groups, `estimate` the binary log ratio, which `low` and `high` enclose.

        Parameters
        ----------
        most : so many words of each.
        size : `z`, the evidence, or `n`, the uses in the group.
        """
        table = self.table.rename(columns={"log_ratio": "estimate"})
        table = table.assign(group=self.compared, unit="use", n=table["n_first"] + table["n_second"])
        sides, n_private = [], 0
        for name, used in zip(self.groups, ("n_first", "n_second"), strict=True):
            own = table[table["marks"] == name]
            own = own.assign(size=own["z"].abs() if size == "z" else own[used])
            own = own.sort_values(["size", "word"], ascending=[False, True], ignore_index=True)
            shown = own[~own["private"].astype(bool)].head(most)
            n_private += int(own.loc[: shown.index.max() if len(shown) == most else len(own), "private"].sum())
            sides.append(shown.reindex(columns=[*NUMBERS, "size"]).reset_index(drop=True))
        return sides, names_left_out(n_private)


def names_left_out(n: int) -> str:
    """Return what a footer says of the words that were left out as names, or nothing.

    >>> names_left_out(1)
    'Left out as a name of people whom the gazetteer of public figures does not know: 1 word.'
    """
    if not n:
        return ""
    what = "a name" if n == 1 else "names"
    return f"Left out as {what} of people whom the gazetteer of public figures does not know: {many(n, 'word')}."
