"""The command that finds topics: topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Topics

__all__ = ["topics"]

SENTENCES = 3
THEMES = 3
WEAK = 0.5
RULE = (
    "Proposed: the largest k whose coherence is within its spread of the best, and whose stability is at least the median of the table "
    "(if there is none, the most stable of the former). Where the columns are flat, other seeds may propose another k."
)
MEANING = (
    "Stability: how well the leading words of the seeds agree, 0 to 1. Coherence: mean NPMI of leading words in sentences, -1 to 1, "
    "comparable within one corpus only. Shares: mean over posts [95% intervals: posts drawn again, topics as given]. 'Most in' names the "
    "category with the highest lower end. Themes: how many times the topic's share in all sentences it is in theirs."
)


class Number(NamedTuple):
    """How many topics."""

    k: Annotated[int | None, typer.Option("--k", help="So many topics.  [default: what the rule proposes]")] = None
    low: Annotated[int | None, typer.Option("--k-from", metavar="N", help="Look at each number from this …  [default: 5]")] = None
    high: Annotated[int | None, typer.Option("--k-to", metavar="N", help="… to this.  [default: 25]")] = None


@app.command()
@grouped
def topics(
    workspace: Workspace,
    number: Number = Number(),  # noqa: B008
    method: Annotated[str, typer.Option(help="nmf or lda.")] = "nmf",
    seeds: Annotated[int, typer.Option(help="Runs from different starts to compare.")] = 10,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write all tables as CSV into this folder.")] = None,
    keep_names: KeepNames = False,
) -> None:
    """Find the topics that several seeds agree on: words, shares by category and year, sentences, and the nearest themes.

    Without --k each number from --k-from to --k-to is looked at, and the table shows stability and coherence of each.

    Example: discourse topics data/processed/sample --k 8
    """
    from discourse import pipeline

    given = (number.low, number.high)
    if (number.low is None) != (number.high is None):
        raise InputError("--k-from and --k-to go together; give both, or none.")
    scan = None if None in given else given
    with progress_shown() as progress:
        found = pipeline.topics(workspace, k=number.k, scan=scan, seeds=seeds, method=method, progress=progress)  # type: ignore[arg-type]
    print("\n".join(_lines(found)))
    if out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=keep_names)
        print("\n".join([*map(str, pipeline.write_topics(found, out, leaving=leaving)), leaving.said]))


def _lines(found: Topics) -> Iterator[str]:
    """Yield what is printed: what was read, the table of k, and each topic."""
    about = found.about
    yield (
        f"{about['corpus']}: {about['k']} topics of {about['n_posts']:,} posts in {about['n_windows']:,} windows of about "
        f"{about['window']} words ({about['n_sentences']:,} sentences, {about['n_words']:,} different words) "
        f"by {about['described']}, {about['seeds']} seeds."
    )
    for reason, n in about["left_out"].items():
        yield f"  left out, {reason}: {n:,}"
    yield ""
    yield from _scan(found.scan)
    yield ""
    if len(found.scan) > 1:
        yield RULE
        if found.scan["proposed"].iloc[-1]:
            yield f"The proposed k is the last one looked at: look further with --k-to {2 * found.scan['k'].iloc[-1]}."
    yield MEANING
    for row in found.topics.to_dict("records"):
        yield ""
        yield from _topic(found, row)
    yield ""
    yield from _foreseen(found)


def _scan(scan: pd.DataFrame) -> Iterator[str]:
    from discourse.cli.scores import aligned

    rows = [("k", "stability", "coherence", "spread over seeds", "")]
    for row in scan.to_dict("records"):
        marks = [mark for mark in ("proposed", "used") if row[mark] and len(scan) > 1]
        rows.append((str(row["k"]), f"{row['stability']:.2f}", f"{row['coherence']:.3f}", f"{row['coherence_sd']:.3f}", ", ".join(marks)))
    yield from aligned(rows)


def _topic(found: Topics, row: Mapping[Any, Any]) -> Iterator[str]:
    """Yield the lines of one topic."""
    weak = "; the seeds do not agree on it" if row["stability"] < WEAK else ""
    yield f"Topic {row['topic']}: {row['words']}"
    yield (
        f"  {_share(row, 'share')} of {row['n_posts']:,} posts, carried by about {row['carried_by']:,.0f}; "
        f"stability {row['stability']:.2f}, coherence {row['coherence']:.2f}{weak}"
    )
    groups = found.prevalence[(found.prevalence["topic"] == row["topic"]) & found.prevalence["estimate"].notna()]
    named = groups[(groups["category"] != "") & ~groups["category"].str.startswith("(")]  # "(no category)" is none
    for best in named.sort_values("low", ascending=False, kind="stable").head(1).to_dict("records"):
        yield f"  most in {best['category']}: {_share(best)} of {best['n_posts']:,} posts, {best['lift']:.1f} times its share"
    years = groups[groups["period"] != ""].sort_values("period")
    if len(years):
        yield "  by year: " + ", ".join(f"{year} {share:.0%}" for year, share in zip(years["period"], years["estimate"], strict=True))
    near = found.themes[(found.themes["topic"] == row["topic"]) & (found.themes["low"] > 1)].head(THEMES)
    if len(near):
        names = found.about["themes"]
        yield "  themes: " + "; ".join(
            f"{names[some['theme']]} {some['lift']:.1f} times [{some['low']:.1f}, {some['high']:.1f}] (of {some['n']:,} sentences)"
            for some in near.to_dict("records")
        )
    for some in found.sentences[found.sentences["topic"] == row["topic"]].head(SENTENCES).to_dict("records"):
        day = f"{some['published']:%Y-%m-%d}" if some["published"] == some["published"] else "undated"
        yield f"  - {' '.join(some['text'].split())} ({day}, {some['title'] or some['post_id']})"


def _foreseen(found: Topics) -> Iterator[str]:
    from discourse.cli.scores import aligned

    names = found.about["themes"]
    rows = [("theme", "sentences", "posts", "variance among posts that the topics foresee (R squared)")]
    for row in found.foreseen.sort_values("r2", ascending=False, kind="stable").to_dict("records"):
        cell = f"{row['r2']:.2f} [{row['low']:.2f}, {row['high']:.2f}]" if row["r2"] == row["r2"] else "too few"
        rows.append((names[row["theme"]], f"{row['n']:,}", f"{row['n_posts']:,}", cell))
    yield from aligned(rows) if len(rows) > 1 else ()


def _share(row: Mapping[Any, Any], name: str = "estimate") -> str:
    return f"{row[name]:.1%} [{row['low']:.1%}, {row['high']:.1%}]"
