"""What changed between two runs of one corpus, and why: posts, codings, shares, and the rest in brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.two_runs import Run, differing_inputs, differing_rules, gold_note, inputs_of, two_runs

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure.moved import Side

__all__ = ["Difference", "diff", "write_difference"]

GROUPED = ("year", "category")
CORRECTED = ("corrected_before", "corrected_after", "corrected_difference")
SHARE = ["measure", "code", "period", "category"]


@dataclass(frozen=True)
class Difference:
    """What is not the same in two runs, in tidy tables whose order does not depend on chance; empty ones where nothing changed.

    `inputs` has a row an input of tagging and measuring, with what it was and whether it is the `same`. `posts` has those added, removed
    and edited; `codings` those new, gone and changed, each with its `cause`; `causes` counts them. `shares` has each naive share that
    moved, with the five parts of its difference, and the corrected shares beside it. `entities` has those whose mentions changed;
    `tables` a row a table, with numbers of rows. `about` says which workspaces, and what to know of them.
    """

    inputs: pd.DataFrame
    posts: pd.DataFrame
    codings: pd.DataFrame
    causes: pd.DataFrame
    shares: pd.DataFrame
    entities: pd.DataFrame
    tables: pd.DataFrame
    about: dict[str, Any]

    @property
    def differs(self) -> bool:
        """Whether anything does, an input from which nothing came included."""
        moved = self.tables[["n_new", "n_gone", "n_changed"]].to_numpy().any()
        return bool(moved or not self.inputs["same"].all() or len(self.posts) or len(self.codings) or len(self.shares))

    @property
    def unexplained(self) -> pd.DataFrame:
        """The codings that changed although nothing that they follow from did: an error, of the program or of a table changed by hand."""
        from discourse.measure.changes import UNEXPLAINED

        found: pd.DataFrame = self.codings[self.codings["cause"] == UNEXPLAINED]
        return found

    def named(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        names = ("inputs", "posts", "codings", "causes", "shares", "entities", "tables")
        return {name: getattr(self, name) for name in names}


def diff(before: Path | str, after: Path | str, *, codes: Sequence[str] = (), by: str = "year") -> Difference:
    """Return what changed from one run of a corpus to another.

    A coding follows from the text and the language of its post and from what tagged it; the manifests of the workspaces name that, and so
    say why it changed. The parts of a moved share are those of `moved_shares` and add up to its difference.

    Parameters
    ----------
    before, after : workspaces of one corpus, both tagged and measured.
    codes : framings and themes; without any, all of both codebooks. Tables other than `codings`, `causes` and `shares` do not depend on it.
    by : `year` or `category`: beside the shares over all, those of each.

    Raises
    ------
    WorkspaceError : a workspace is not tagged, or not measured, as it is now; or they are of different blogs.
    InputError : there is no such code or grouping.
    """
    from discourse.measure.aligned import align
    from discourse.measure.changes import Tagging, cause_counts, coding_changes, post_changes
    from discourse.measure.rows import entity_changes, table_changes

    runs = two_runs(Path(before), Path(after))
    known = {code: name for run in runs for kind in ("framings", "themes") for code, name in run.tagged[kind].items()}
    for value, names, what in (*((code, known, "code") for code in codes), (by, GROUPED, "grouping")):
        if value not in names:
            raise InputError(f"There is no {what} {value!r}.{did_you_mean(value, names)}")
    wanted = set(codes) or set(known)
    first, second = (run.corpus for run in runs)
    lines = align(first["sentences"], second["sentences"])
    differ, is_whole = differing_inputs(*runs)
    languages = (runs[0].tagged["language"], runs[1].tagged["language"])
    some = [{**run.corpus, "codings": run.corpus["codings"][run.corpus["codings"]["code"].isin(wanted)]} for run in runs]
    codings = coding_changes(some[0], some[1], lines, tagging=Tagging(differ, differing_rules(*runs)))
    return Difference(
        inputs=inputs_of(*runs, differ),
        posts=post_changes(first, second, lines, languages=languages),
        codings=codings,
        causes=cause_counts(codings),
        shares=_shares(*runs, lines, [code for code in known if code in wanted], by),
        entities=entity_changes(first, second, lines),
        tables=table_changes(first, second, lines),
        about={
            "corpus": runs[1].record["corpus"]["title"], "before": str(before), "after": str(after), "by": by,
            "n_posts": tuple(len(run.corpus["posts"]) for run in runs), "causes_are_whole": is_whole, "note": gold_note(*runs),
        },
    )  # fmt: skip


def _shares(before: Run, after: Run, lines: pd.DataFrame, codes: Sequence[str], by: str) -> pd.DataFrame:
    """Return the shares that moved over all and in each group, with the corrected ones that did, those over all first."""
    import pandas as pd

    from discourse.measure.moved import moved_shares

    sides = _side(before, codes), _side(after, codes)
    order = {(one.name, one.code): k for k, one in enumerate(one for side in sides for one in side.measures)}
    found = [moved_shares(*sides, lines, by=grouping) for grouping in ((), (by,))]
    moved = pd.concat([rows for rows in found if len(rows)] or found[:1], ignore_index=True)
    corrected = _corrected(before, after, codes, "category" if by == "year" else "period")
    table = moved.merge(corrected, on=SHARE, how="outer" if len(corrected) else "left")
    table["_order"] = [order.get(pair, len(order)) for pair in zip(table["measure"], table["code"], strict=True)]
    table["_over_all"] = (table["period"] + table["category"]) != ""
    table = table.sort_values(["_over_all", "_order", "period", "category"], ignore_index=True)
    return table.drop(columns=["_order", "_over_all", "author", "source"])


def _side(run: Run, codes: Sequence[str]) -> Side:
    from discourse.measure import counted, usual_measures
    from discourse.measure.moved import Side

    kinds = [[code for code in codes if code in run.tagged[kind]] for kind in ("framings", "themes")]
    posts = run.corpus["posts"]
    chosen = counted(posts, language=run.tagged["language"]).posts
    return Side(chosen, run.corpus["sentences"], run.corpus["codings"], frozenset(posts["post_id"]), tuple(usual_measures(*kinds)))


def _corrected(before: Run, after: Run, codes: Sequence[str], empty: str) -> pd.DataFrame:
    """Return the corrected shares of both runs that are not the same, where both were measured with gold; else none."""
    import pandas as pd

    sides = []
    for run, name in ((before, CORRECTED[0]), (after, CORRECTED[1])):
        rows = run.corpus["estimates"]
        rows = rows[(rows["estimator"] == "corrected") & rows["code"].isin(codes) & (rows[empty] == "")]
        sides.append(rows[[*SHARE, "estimate"]].rename(columns={"estimate": name}))
    if before.gold is None or after.gold is None:
        return pd.DataFrame(columns=[*SHARE, *CORRECTED]).astype(dict.fromkeys(SHARE, "object") | dict.fromkeys(CORRECTED, "float64"))
    both = sides[0].merge(sides[1], on=SHARE, how="outer")
    old, new = both[CORRECTED[0]], both[CORRECTED[1]]
    both[CORRECTED[2]] = new - old
    return both[old.ne(new) & ~(old.isna() & new.isna())]


def write_difference(found: Difference, folder: Path | str, *, leaving: Leaving) -> list[Path]:
    """Write the tables as CSV, one file each, into a folder that holds nothing else; return the paths.

    Parameters
    ----------
    found, folder : what, and where to.
    leaving : of both workspaces; what the text passes.

    Raises
    ------
    WorkspaceError : the folder holds other files, or cannot be written.
    """
    folder = Path(folder)
    files = {f"{name}.csv": leaving.csv(table, folder / f"{name}.csv") for name, table in found.named().items()}
    leaving.record()
    with paths.filled(folder, files) as pending:
        for name, data in files.items():
            (pending / name).write_bytes(data)
    return [folder / name for name in files]
