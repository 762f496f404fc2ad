"""The command that says what a code hangs on: why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from discourse.cli.console import Workspace, app, grouped, progress_shown
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Influence

__all__ = ["why"]

WIDEST = 32
MEANING = (
    "A coding hangs on a term when the tagger would not code the sentence without it. It may hang on several, so parts overlap, and other "
    "codings may move the other way. This is what the tagger saw, no proof of a cause; no intervals are given, and no change was tested."
)


class Change(NamedTuple):
    """Two periods."""

    before: Annotated[str | None, typer.Option("--from", metavar="PERIOD", help="The change from this period, such as 2018 …")] = None
    after: Annotated[str | None, typer.Option("--to", metavar="PERIOD", help="… to this one; else each period and the next.")] = None


@app.command()
@grouped
def why(
    workspace: Workspace,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A framing or a theme, such as cyber_pessimist.")],
    periods: Change = Change(),  # noqa: B008
    by: Annotated[str, typer.Option(help="year, quarter or month.")] = "year",
    top: Annotated[int, typer.Option(min=1, help="So many terms and rules.")] = 20,
    every: Annotated[bool, typer.Option("--all", help="Count what others hold and what is rejected too.")] = False,
) -> None:
    """Say which terms and rules a code hangs on, and what part they have in its rise and fall.

    The sentences that carry the code are read again, each term and each rule left out in turn.

    Example: discourse why data/processed/sample cyber_pessimist --from 2018 --to 2019
    """
    from discourse.pipeline import influence

    if (periods.before is None) != (periods.after is None):
        raise InputError("--from and --to go together; give both, or none for each period and the next.")
    with progress_shown() as progress:
        found = influence(workspace, code, by=by, top=top, headline=not every, progress=progress)
    print(_heading(found))
    if not found.about["n"] and periods.before is None:
        return
    if periods.before is not None and periods.after is not None:
        chosen = [found.change(periods.before, periods.after)]
        _print_change(chosen[0], "term")
        _print_change(found.change(periods.before, periods.after, what="rule"), "rule")
    else:
        chosen = [change for _, change in found.changes.groupby(["before", "after"], sort=False)]
        _print_whole(found, found.terms, "term")
        _print_whole(found, found.rules, "rule")
    print()
    for change in chosen:
        print(_sentence(found, change))
    if chosen:
        print(f"\n{MEANING}")


def _heading(found: Influence) -> str:
    about = found.about
    counted = "asserted or hedged and held by the author" if about["headline"] else "whoever holds it"
    lines = [
        f"{about['name']} in {about['corpus']}: {about['n']:,} sentences in {about['n_posts']:,} of {about['n_posts_counted']:,} posts, "
        f"{counted}; coded by {about['method']}."
    ]
    if about["n_undated"]:
        lines.append(f"Left out, as their date does not tell the {about['by']}: {about['n_undated']:,} posts.")
    if about["n_not_found_again"]:
        lines.append(f"Not found again when their sentences were read alone, and said to hang on nothing: {about['n_not_found_again']:,}.")
    return "\n".join(lines)


def _print_whole(found: Influence, table: pd.DataFrame, what: str) -> None:
    """Print over the whole time, the names that most codings hang on first."""
    whole = table.groupby(what)[["n", "n_hang"]].sum().sort_values(["n_hang", "n"], ascending=False)
    print(f"\n{what:{WIDEST}} {'codings':>8} {'hang':>8} {'of all':>7}")
    for row in whole.itertuples():
        print(f"{row.Index!s:{WIDEST}.{WIDEST}} {row.n:8,} {row.n_hang:8,} {row.n_hang / found.about['n']:7.0%}")


def _print_change(change: pd.DataFrame, what: str) -> None:
    whole, *_ = rows = change.to_dict("records")
    print(f"\n{'codings that hang on ' + what:{WIDEST}} {whole['before']:>8} {whole['after']:>8} {'change':>8} {'points':>8} {'part':>7}")
    for row in rows:
        part = f"{row['share_part']:7.0%}" if whole["share_change"] else f"{'-':>7}"
        numbers = f"{row['n_before']:8,} {row['n_after']:8,} {row['change']:+8,} {100 * row['share_change']:+8.2f} {part}"
        print(f"{row[what] or 'all codings':{WIDEST}.{WIDEST}} {numbers}")


def _sentence(found: Influence, change: pd.DataFrame) -> str:
    """Return one sentence on a change: the numbers, and the term that most of it hangs on."""
    whole, nothing, *named = change.to_dict("records")
    ends = {row["period"]: row for row in found.periods.to_dict("records")}
    first, second = ends[whole["before"]], ends[whole["after"]]
    numbers = [f"{end['n']:,} of {end['denominator']:,} sentences ({end['share']:.1%})" for end in (first, second)]
    said = f"{first['period']} to {second['period']}: from {numbers[0]} to {numbers[1]}"
    few = " and ".join(end["period"] for end in (first, second) if not end["shown"])
    too_few = f" (Charts leave out {few}: too few posts or sentences.)" if few else ""
    if not whole["share_change"]:
        return f"{said}; the share did not change.{too_few}"
    moved = f"{'rise' if whole['share_change'] > 0 else 'fall'} of the share by {abs(100 * whole['share_change']):.2f} points"
    if not named or named[0]["share_part"] <= 0:
        return f"{said}; no part of the {moved} hangs on a term.{too_few}"
    row = named[0]
    part = f"{row['share_part']:.0%}" if row["share_part"] <= 1 else "more than the whole"
    hangs = f"{part} of the {moved} hangs on '{row['term']}' ({row['change']:+,} codings, of {whole['change']:+,})"
    rest = f", {abs(nothing['share_part']):.0%} on no single term" if -0.005 < nothing["share_part"] <= 1 else ""
    return f"{said}; {hangs}{rest}.{too_few}"
