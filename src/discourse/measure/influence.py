"""How much of a code, and of its rise or fall, hangs on single terms and rules.

A coding hangs on a term when it falls without it. Had the term told nothing, the codings that hang on it would be missing: what they add
to a period, and to the change between two, is that term's part. A coding can hang on several terms, so parts overlap and add up to nothing;
one that hangs on no single term is in the row `(no single term)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.measure.shares import FEWEST_POSTS, FEWEST_SENTENCES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHANGE", "NOTHING", "by_period", "change", "period_table"]

CHANGE = ("before", "after", "n_before", "n_after", "change", "part", "share_change", "share_part")
NOTHING = {"term": "(no single term)", "rule": "(no single rule)"}


def period_table(counted: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Return a row a period with sentences: `n` that carry the code, `denominator`, `share`, `n_posts`, and whether charts show it.

    Parameters
    ----------
    counted : `period` and number of `sentences`, a row a post that counts.
    coded : `period`, a row a sentence that carries the code.
    """
    table = counted.groupby("period").agg(denominator=("sentences", "sum"), n_posts=("sentences", "size"))
    table["n"] = coded.groupby("period").size().reindex(table.index, fill_value=0)
    table["share"] = table["n"] / table["denominator"]
    table["shown"] = (table["n_posts"] >= FEWEST_POSTS) & (table["denominator"] >= FEWEST_SENTENCES)
    return table.reset_index()[["period", "n", "denominator", "share", "n_posts", "shown"]]


def by_period(parts: pd.DataFrame, periods: pd.DataFrame, *, what: str, top: int) -> pd.DataFrame:
    """Return a row a period and term (or rule), for those that most codings hang on over the whole time.

    `n` codings have it, `n_hang` hang on it, which is `share_hang` of the period's codings; `given` is what it gives to the model's sum, on
    average.

    Parameters
    ----------
    parts : `period`, `post_id`, `sentence`, `what`, `name`, `given`, `hangs`: a row a coding and term or rule.
    periods : as `period_table` returns them.
    what : `term` or `rule`.
    top : so many names.
    """
    chosen = parts[parts["what"] == what]
    order = chosen.groupby("name").agg(hang=("hangs", "sum"), n=("hangs", "size")).reset_index()
    names = order.sort_values(["hang", "n", "name"], ascending=[False, False, True])["name"].head(top).tolist()
    chosen = chosen[chosen["name"].isin(names)]
    table = chosen.groupby(["period", "name"]).agg(n=("hangs", "size"), n_hang=("hangs", "sum"), given=("given", "mean")).reset_index()
    table["share_hang"] = table["n_hang"] / table["period"].map(periods.set_index("period")["n"])
    table["_order"] = table["name"].map({name: place for place, name in enumerate(names)})
    table = table.sort_values(["period", "_order"]).rename(columns={"name": what})
    return table[["period", what, "n", "n_hang", "share_hang", "given"]].reset_index(drop=True)


def change(parts: pd.DataFrame, periods: pd.DataFrame, *, before: str, after: str, what: str) -> pd.DataFrame:
    """Return what of the change between two periods is due to codings that hang on each term, the largest part of the share first.

    `change` is by how many codings that hang on the term became more or fewer, `part` that number as a part of the whole change of the
    number of codings; `share_change` and `share_part` are the same for the share of sentences. A part above 1 or below 0 means that other
    codings moved the other way. It is null where nothing changed. A row without a name is the whole.

    Parameters
    ----------
    parts, periods, what : as in `by_period`.
    before, after : two of the periods.
    """
    import pandas as pd

    inside = parts[(parts["what"] == what) & parts["period"].isin([before, after])]
    hangs = inside[inside["hangs"]]
    tally = hangs.groupby(["name", "period"]).size().unstack(fill_value=0).reindex(columns=[before, after], fill_value=0)
    some = hangs.drop_duplicates(["post_id", "sentence"]).groupby("period").size().to_dict()
    n, of = (dict(zip(periods["period"], periods[column].tolist(), strict=True)) for column in ("n", "denominator"))
    names = ["", NOTHING[what], *tally.index]
    first, second = ([n[p], n[p] - some.get(p, 0), *tally[p].tolist()] for p in (before, after))
    table = pd.DataFrame({"before": before, "after": after, what: names, "n_before": first, "n_after": second})
    table["change"] = table["n_after"] - table["n_before"]
    table["part"] = _part(table["change"])
    table["share_change"] = table["n_after"] / of[after] - table["n_before"] / of[before]
    table["share_part"] = _part(table["share_change"])
    largest = table["share_change"] * (1 if table["share_change"].iloc[0] >= 0 else -1)
    largest.iloc[:2] = [float("inf")] * 2
    order = pd.DataFrame({"largest": largest, "name": table[what]}).sort_values(["largest", "name"], ascending=[False, True]).index
    return table.loc[order].reset_index(drop=True)


def _part(changes: pd.Series) -> pd.Series:
    """Return each change as a part of the first; null where that is none."""
    whole = float(changes.iloc[0])
    return changes / whole if whole else changes * float("nan")
