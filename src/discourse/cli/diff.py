"""The command that compares two runs of one corpus: diff."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, app, grouped, progress_shown
from discourse.cli.scores import aligned

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Difference

__all__ = ["diff"]

WIDEST = 60
PARTS = ("added", "removed", "moved", "edited", "recoded")
MEANING = (
    "Points of the naive share: what posts brought that are added, removed, or moved into or out of the group, sentences that are new or\n"
    "gone in posts of both runs (edited), and recoding of the same sentences. They add up to the difference. Nothing here was tested, and\n"
    "no interval is given."
)


class Chosen(NamedTuple):
    """What to compare."""

    code: Annotated[list[str] | None, typer.Option(help="Only this framing or theme; may be given again.  [default: all]")] = None
    by: Annotated[str, typer.Option(help="year or category: whose shares, beside those over all.")] = "year"


@app.command()
@grouped
def diff(
    before: Annotated[Path, typer.Argument(metavar="DIR_A", help="The workspace of the first run, tagged and measured.")],
    after: Annotated[Path, typer.Argument(metavar="DIR_B", help="The workspace of the second.")],
    chosen: Chosen = Chosen(),  # noqa: B008
    most: Annotated[int, typer.Option(min=1, metavar="N", help="So many rows of each list.")] = 10,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write all rows as CSV, a file a table, into this folder.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="End with status 1 if anything differs; without it differences are no error.")
    ] = False,
    keep_names: KeepNames = False,
) -> None:
    """Say what changed between two runs of one corpus: posts, codings and why, and the shares that moved with them.

    A run is a workspace: another fetch, or another codebook, model, gazetteer or pipeline. The exit status is 0 whether or not they
    differ; with --check it is 1 if they do.

    Example: discourse diff data/processed/before data/processed/after --code cyber_pessimist --by category
    """
    from discourse import pipeline

    with progress_shown() as progress:
        progress("Comparing", 0, 0)
        found = pipeline.diff(before, after, codes=chosen.code or (), by=chosen.by)
    lines = _report(found, most)
    if out is not None:
        leaving = pipeline.Leaving(after, before, keep_names=keep_names)
        lines += [*map(str, pipeline.write_difference(found, out, leaving=leaving)), leaving.said]
    print("\n".join(lines))
    if check and found.differs:
        sys.exit(1)


def _report(found: Difference, most: int) -> list[str]:
    lines = [f"{found.about['corpus']}: {found.about['before']} and {found.about['after']}"]
    if not found.differs:
        return [*lines, "No difference."]
    if n := len(found.unexplained):
        lines.append(
            f"ERROR: {n:,} codings of the same sentences differ although text, codebook, model, gazetteer, pipeline and program are the "
            "same. This should not be: a table was changed by hand, or tagging is at fault. Tag both again, and report it if it stays."
        )
    inputs = found.inputs[~found.inputs["same"]]
    lines += [f"Another {row['input']}: {row['before']}; then {row['after']}." for row in inputs.to_dict("records")]
    if not found.about["causes_are_whole"]:
        lines.append("A workspace was tagged by an earlier version, so the program cannot be ruled out as a cause; tag both again to know.")
    if not (len(found.posts) or len(found.codings) or len(found.shares) or len(found.entities)):
        lines.append("No post, coding, mention or share differs.")
    return [*lines, *_posts(found.posts, most), *_codings(found, most), *_shares(found, most), *_rest(found, most)]


def _posts(posts: pd.DataFrame, most: int) -> list[str]:
    if posts.empty:
        return []
    n = posts["change"].value_counts()
    lines = ["", "Posts: " + ", ".join(f"{n.get(change, 0):,} {change}" for change in ("added", "removed", "edited")) + "."]
    rows: list[tuple[str, ...]] = [("", "post", "date", "what changed")]
    for change in ("added", "removed", "edited"):
        some = posts[posts["change"] == change]
        for row in some.head(most).to_dict("records"):
            date = f"{row['published']:%Y-%m-%d}" if row["published"] == row["published"] else "undated"
            rows.append((change, _short(row["post_id"]), date, _edited(row) if change == "edited" else _standing(row)))
        if len(some) > most:
            rows.append((change, f"… and {len(some) - most:,} more", "", ""))
    return [*lines, *aligned(rows)]


def _edited(row: Any) -> str:
    said = row["changed"]
    if "text" in said.split(", ") or row["n_new"] or row["n_gone"]:
        said += f" ({row['n_new']:,} sentences new, {row['n_gone']:,} gone, {row['n_kept']:,} kept)"
    if row["before"] != row["after"]:
        said += f"; before: {row['before']}, now: {row['after']}"
    return str(said)


def _standing(row: Any) -> str:
    standing = row["before"] or row["after"]
    said = f"{row['n_new'] + row['n_gone']:,} sentences" + ("" if standing == "counted" else f", not counted: {standing}")
    return said + (f", {row['changed']}" if row["changed"] else "")


def _codings(found: Difference, most: int) -> list[str]:
    codings = found.codings
    if codings.empty:
        return []
    n = codings["change"].value_counts()
    lines = ["", "Codings: " + ", ".join(f"{n.get(change, 0):,} {change}" for change in ("new", "gone", "changed")) + ", because of:"]
    causes = codings.groupby(["cause", "change"]).size().unstack(fill_value=0).reindex(columns=["new", "gone", "changed"], fill_value=0)
    causes = causes.iloc[(-causes.sum(axis=1)).argsort(kind="stable")]
    lines += aligned([("because of", *causes.columns), *((str(cause), *(f"{k:,}" for k in row)) for cause, *row in causes.itertuples())])
    counts = found.causes
    rows: list[tuple[str, ...]] = [("codings", "code", "change", "what", "where", "because of")]
    rows += [
        (f"{row['n']:,}", *(row[name] for name in ("code", "change", "changed", "place", "cause")))
        for row in counts.head(most).to_dict("records")
    ]
    lines += ["", *aligned(rows), *_more(counts, most)]
    ruled = codings[codings["rule"] != ""].groupby(["rule", "code", "change"]).size().rename("n").reset_index()
    ruled = ruled.sort_values("n", ascending=False, kind="stable").head(most)
    return [*lines, *(f"  {row['rule']}: {row['n']:,} codings of {row['code']} {row['change']}" for row in ruled.to_dict("records"))]


def _shares(found: Difference, most: int) -> list[str]:
    shown = found.shares[found.shares["shown"].eq(True)]  # null where only the corrected share moved
    shown = shown[shown["difference"].notna()]
    lines = []
    few = int(found.shares["shown"].eq(False).sum())
    if len(shown):
        place = [group if group else "over all" for group in shown["period"] + shown["category"]]
        shown = shown.assign(place=place, size=shown["difference"].abs()).sort_values("size", ascending=False, kind="stable")
        over_all, grouped = (shown[(shown["place"] == "over all") == whole] for whole in (True, False))
        rows: list[tuple[str, ...]] = [("code", "measure", "share", "before", "after", "points", *PARTS)]
        rows += [_share(row) for some in (over_all, grouped) for row in some.head(most).to_dict("records")]
        more = sum(max(0, len(some) - most) for some in (over_all, grouped))
        lines += ["", f"Shares that moved: {len(shown):,}.", *aligned(rows), *([f"… and {more:,} more"] if more else []), MEANING]
    if few:
        lines.append(f"Not shown: {few:,} shares of groups with too few posts or sentences in one of the runs.")
    notes = found.shares[found.shares["note"].fillna("") != ""].drop_duplicates(["code", "note"])
    lines += [f"{row['code']}: {row['note']}." for row in notes.to_dict("records")]
    return [*lines, *_corrected(found, most)]


def _share(row: Any) -> tuple[str, ...]:
    parts = (f"{100 * row[name]:+.2f}" if row[name] else "" for name in PARTS)
    return (
        row["code"],
        row["measure"],
        row["place"],
        f"{row['before']:.2%}",
        f"{row['after']:.2%}",
        f"{100 * row['difference']:+.2f}",
        *parts,
    )


def _corrected(found: Difference, most: int) -> list[str]:
    lines = ["", found.about["note"]] if found.about["note"] else []
    moved = found.shares[found.shares["corrected_difference"].notna()]
    if moved.empty:
        return lines
    moved = moved.iloc[(-moved["corrected_difference"].abs()).argsort(kind="stable")]
    rows: list[tuple[str, ...]] = [("code", "measure", "corrected share", "before", "after", "points")]
    for row in moved.head(most).to_dict("records"):
        ends = (f"{row['corrected_before']:.2%}", f"{row['corrected_after']:.2%}", f"{100 * row['corrected_difference']:+.2f}")
        rows.append((row["code"], row["measure"], row["period"] + row["category"] or "over all", *ends))
    return [*lines, "", *aligned(rows), *_more(moved, most)]


def _rest(found: Difference, most: int) -> list[str]:
    lines: list[str] = []
    if len(found.entities):
        rows: list[tuple[str, ...]] = [("entity", "mentions before", "after", "new", "gone")]
        columns = ["n_before", "n_after", "n_new", "n_gone"]
        rows += [(_short(row["entity"]), *(f"{row[c]:,}" for c in columns)) for row in found.entities.head(most).to_dict("records")]
        lines += ["", f"Entities whose mentions changed: {len(found.entities):,}.", *aligned(rows), *_more(found.entities, most)]
    columns = ["n_before", "n_after", "n_new", "n_gone", "n_changed"]
    changed = found.tables[found.tables[columns[2:]].any(axis=1)]
    if len(changed):
        rows = [("rows of", "before", "after", "new", "gone", "changed")]
        rows += [(row["table"], *(f"{row[c]:,}" for c in columns)) for row in changed.to_dict("records")]
        lines += ["", *aligned(rows)]
    return lines


def _more(rows: Sequence[Any] | pd.DataFrame, most: int) -> list[str]:
    return [f"… and {len(rows) - most:,} more; --out FOLDER writes all."] if len(rows) > most else []


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
