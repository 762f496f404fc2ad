"""The commands that count: measure, shares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["measure", "shares"]

MOST_ROWS = 200


class Gold(NamedTuple):
    """The hand codes that correct."""

    gold: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Hand-coded sentences (JSON Lines), as `discourse adjudicate` writes them.")
    ] = None
    split: Annotated[str | None, typer.Option(help="Only the lines of --gold with this split, such as measure.")] = None


class Years(NamedTuple):
    """Which posts are looked at."""

    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Only posts of this year …")] = None
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="… to this one.")] = None


class Written(NamedTuple):
    """What is written."""

    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all rows and columns as CSV to this file.")] = None
    keep_names: KeepNames = False


@app.command()
@grouped
def measure(workspace: Workspace, chosen: Gold = Gold()) -> None:  # noqa: B008
    """Count codes and estimate shares by year and category, with 95% intervals clustered by post.

    With --gold each share of a framing is also corrected for the tagger's errors, where hand-coded sentences cover it; where they do not,
    it stays uncorrected and says why. Figures show both.

    Example: discourse measure data/processed/sample --gold data/raw/sample/codes/framings.jsonl --split measure
    """
    from discourse import workspaces
    from discourse.pipeline import measure_corpus

    with progress_shown() as progress:
        progress("Measuring", 0, 0)
        record = measure_corpus(workspace, **chosen._asdict())
    estimates = workspaces.read(workspace, "estimates")
    print(f"{len(estimates):,} estimates.")
    for reason, n in record["measure"]["left_out"].items():
        print(f"  out of the denominators, as {reason}: {n:,}")
    if about := record["measure"].get("gold"):
        print("\n".join(_on_gold(about, estimates)))
    print(f"Next: discourse chart {workspace}")


def _on_gold(about: dict[str, Any], estimates: pd.DataFrame) -> list[str]:
    """Return what is said of the gold: what went in, what it corrects, and what it does not."""
    lines = [f"Corrected by {about['n']:,} hand-coded sentences of {about['n_posts']:,} posts."]
    lines += [
        f"  {what}: {about[key]:,}"
        for key, what in (
            ("n_elsewhere", "sentences of the file that are not in this corpus, or in several posts of it"),
            ("n_left_out", "sentences of posts that are out of the denominators"),
            ("n_known", "sentences of the corpus that the tagger was fitted to, and that enter with their hand codes"),
        )
        if about[key]
    ]
    if about["alike"]:
        lines.append("  every sentence counts alike: the file gives all the same chance of having been drawn")
    corrected = estimates[(estimates["estimator"] == "corrected") & ((estimates["period"] == "") | (estimates["category"] == ""))]
    refused = corrected[corrected["note"].fillna("").str.startswith("uncorrected")]
    for note, rows in refused.groupby("note", sort=False):
        groups = (rows["period"] + rows["category"]).replace("", "all time, all categories").unique()
        lines.append(f"  {note}: {', '.join(groups[:12])}{f' and {len(groups) - 12} more' if len(groups) > 12 else ''}")
    return lines


@app.command()
@grouped
def shares(
    workspace: Workspace,
    by: Annotated[
        list[str] | None,
        typer.Option(help="year, quarter, month, category, author, source, holder or modality; may be given again.  [default: year]"),
    ] = None,
    code: Annotated[list[str] | None, typer.Option(help="A framing or theme; may be given again.  [default: the framings]")] = None,
    unit: Annotated[str, typer.Option(help="sentence, word or post.")] = "sentence",
    years: Years = Years(),  # noqa: B008
    chosen: Gold = Gold(),  # noqa: B008
    written: Written = Written(),  # noqa: B008
) -> None:
    """Print shares in any grouping, naive and, with hand-coded sentences, corrected, with 95% intervals clustered by post.

    Without --gold, hand-coded sentences that the workspace was measured with are used.

    Example: discourse shares data/processed/sample --by author --by holder

    Example: discourse shares data/processed/sample --by category --from 2015 --to 2018 --gold gold.jsonl
    """
    from discourse import pipeline

    with progress_shown() as progress:
        progress("Measuring", 0, 0)
        found = pipeline.shares(
            workspace, by=by or ["year"], codes=code or (), unit=unit, years=(years.first, years.last), **chosen._asdict()
        )
    lines = _lines(found)
    if written.out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=written.keep_names)
        pipeline.write_table(found, written.out, leaving=leaving)
        lines += [leaving.said, str(written.out)]
    print("\n".join(lines))


def _lines(found: pd.DataFrame) -> list[str]:
    """Return shares as aligned lines: naive and corrected of a group side by side, and below why some have none."""
    from discourse.cli.scores import aligned

    groups = [column for column in ("holder", "modality", "period", "category", "author", "source") if (found[column] != "").any()]
    keys = ["code", "measure", *groups]
    naive = found[found["estimator"] == "naive"]
    corrected = {tuple(row[key] for key in keys): row for row in found[found["estimator"] == "corrected"].to_dict("records")}
    head = [*keys, "with", "of", "posts", "naive", *(["corrected", "coded", "by"] if corrected else [])]
    rows, notes = [], dict[str, str]()
    for row in naive.head(MOST_ROWS).to_dict("records"):
        cells = [*(str(row[key]) for key in keys), *(f"{row[n]:,}" for n in ("n", "denominator", "n_posts")), _cell(row, notes)]
        if corrected:
            other = corrected.get(tuple(row[key] for key in keys))
            cells += [_cell(other, notes), f"{other['n_gold']:,}", other["basis"]] if other else ["", "", ""]
        rows.append(cells)
    more = len(naive) - len(rows)
    below = [f"{mark} {note}" for note, mark in notes.items()]
    return [*aligned([head, *rows]), *below, *([f"… and {more:,} more; --out FILE writes all."] if more > 0 else [])]


def _cell(row: Any, notes: dict[str, str]) -> str:
    """Return a share with its interval, or the mark of the note that says why there is none."""
    if row["estimate"] != row["estimate"]:  # NaN is not itself
        return notes.setdefault(str(row["note"]), f"({len(notes) + 1})")
    ends = f" [{row['low']:.1%}, {row['high']:.1%}]" if row["low"] == row["low"] else ""
    return f"{row['estimate']:.1%}{ends}"
