"""The command trends: what changes over time, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown
from discourse.cli.measure import Gold, Years
from discourse.cli.scores import aligned

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Trends

__all__ = ["trends"]

SEED = 20150701
Row = tuple[str, ...]


class Written(NamedTuple):
    """What is written."""

    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the tables as CSV, and the figure, into this folder.")] = None
    keep_names: KeepNames = False


@app.command()
@grouped
def trends(
    workspace: Workspace,
    code: Annotated[list[str] | None, typer.Option(help="A framing or theme; may be given again.  [default: the framings]")] = None,
    years: Years = Years(),  # noqa: B008
    chosen: Gold = Gold(),  # noqa: B008
    events: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV with date, label, source.  [default: events that are well known]")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the permuted dates and drawn posts.")] = SEED,
    written: Written = Written(),  # noqa: B008
) -> None:
    """Say what changes over time: trends, change points and events of each share, and which of them is established.

    A share is said to have risen or fallen only where hand-coded sentences correct it, its trend passes a test held to all codes looked at
    together (Holm), and dates permuted among the posts of one category seldom give the like. Without --gold, hand-coded sentences that the
    workspace was measured with are used.

    Example: discourse trends data/processed/sample --gold data/raw/sample/codes/framings.jsonl --split measure --out reports/trends
    """
    from discourse import pipeline

    with progress_shown() as progress:
        progress("Looking for trends", 0, 0)
        found = pipeline.trends(workspace, codes=code or (), events=events, years=(years.first, years.last), seed=seed, **chosen._asdict())
    print("\n".join(_lines(found)))
    if written.out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=written.keep_names)
        print("\n".join([*map(str, pipeline.write_trends(found, written.out, leaving=leaving)), leaving.said]))


def _lines(found: Trends) -> list[str]:
    about = found.about
    lines = [f"{about['corpus']}, {about['span']}: {about['n_posts']:,} posts with {about['n_sentences']:,} sentences."]
    lines += [f"  out of the denominators, as {reason}: {n:,}" for reason, n in about["left_out"].items()]
    notes = found.trend.loc[found.trend["note"] != "", ["code", "note"]]
    lines += [f"  {note}: {', '.join(rows['code'])}" for note, rows in notes.groupby("note", sort=False)]
    for table in (_trend(found.trend), _changes(found.changes), _events(found.events)):
        lines += ["", *aligned(list(table))]
    return [*lines, "", *found.claims["sentence"]]


def _trend(trend: pd.DataFrame) -> Iterator[Row]:
    yield (
        "code",
        "share",
        "years",
        "posts",
        "coded",
        "points a year",
        "over the span",
        "p",
        "Holm",
        "placebo",
        "within categories",
        "Holm within",
    )
    for row in trend[trend["per_year"].notna()].to_dict("records"):
        counts = f"{row['n_posts']:,.0f}", f"{row['n_gold']:,.0f}"
        slope, span, within = (
            _interval(row[a], row[b], row[c])
            for a, b, c in (
                ("per_year", "low", "high"), ("over_span", "over_span_low", "over_span_high"),
                ("within_per_year", "within_low", "within_high"),
            )
        )  # fmt: skip
        mark = "" if row["agrees"] else " (disagrees)"
        tests = (f"{row[p]:.3f}" for p in ("p_value", "p_holm", "p_placebo"))
        years = f"{row['first_year']:.0f}-{row['last_year']:.0f}"
        yield row["code"], row["estimator"], years, *counts, slope, span, *tests, within + mark, f"{row['within_p_holm']:.3f}"


def _changes(changes: pd.DataFrame) -> Iterator[Row]:
    yield "change point", "share", "new level from", "before", "after", "p", "Holm", "test"
    for row in changes.to_dict("records"):
        passed = "not established" if not row["is_change"] else "passes" if row["estimator"] == "corrected" else "passes, tagger only"
        levels = f"{row['before']:.1%}", f"{row['after']:.1%}"
        yield row["code"], row["estimator"], row["period"], *levels, f"{row['p_value']:.3f}", f"{row['p_holm']:.3f}", passed


def _events(events: pd.DataFrame) -> Iterator[Row]:
    yield "event", "date", "code", "share", "year before", "year after", "points"
    shown = events[events["note"] == ""].drop_duplicates(["date", "label", "code"], keep="last")  # corrected where there is both
    for row in shown.sort_values(["date", "label"], kind="stable").to_dict("records"):
        keys = row["label"], f"{row['date']:%Y-%m-%d}", row["code"], row["estimator"]
        yield *keys, f"{row['before']:.1%}", f"{row['after']:.1%}", _interval(row["change"], row["low"], row["high"])


def _interval(*ends: float) -> str:
    """Return a difference of shares in points, with its interval."""
    estimate, low, high = (100 * end for end in ends)
    return f"{estimate:+.2f} [{low:+.2f}, {high:+.2f}]"
