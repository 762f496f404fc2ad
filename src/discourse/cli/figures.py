"""The commands of figures: chart, verify, trace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, app, grouped, progress_shown
from discourse.cli.measure import Years
from discourse.cli.scores import aligned

if TYPE_CHECKING:
    pass

__all__ = ["chart", "trace", "verify"]

In = Annotated[
    Path | None, typer.Option("--in", metavar="DIR", help="The workspace of the corpus.  [default: the one in data/processed that fits]")
]
MOST = 20


class Options(NamedTuple):
    """What may be asked of a chart; each takes some of it."""

    by: Annotated[list[str] | None, typer.Option(help="Grouping: year, quarter, month, category, author, source, holder, modality.")] = None
    code: Annotated[list[str] | None, typer.Option(help="A framing or theme; may be given again.")] = None
    category: Annotated[str | None, typer.Option(help="Only posts in this category.")] = None
    label: Annotated[str | None, typer.Option(help="Only names of this kind, such as ORG.")] = None
    most: Annotated[int | None, typer.Option(min=1, help="So many groups, names or words at most.")] = None
    k: Annotated[int | None, typer.Option(min=2, help="Number of topics.")] = None


@app.command()
@grouped
def chart(
    workspace: Annotated[Path | None, typer.Argument(metavar="DIR", help="The workspace, as `discourse load` made it.")] = None,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Charts to draw; else all. See --list.")] = None,
    options: Options = Options(),  # noqa: B008
    years: Years = Years(),  # noqa: B008
    out: Annotated[Path | None, typer.Option(help="Folder for the files; else DIR/figures.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the charts, the question of each, and the options that it takes.")] = False,
) -> None:
    """Draw figures as PNG, SVG and PDF, each with the CSV of its numbers, its alt text and its passport.

    Options narrow what is drawn; a chart that does not take one says so. Files of narrowed charts have the figure's identifier in their
    names.

    Example: discourse chart data/processed/sample framings_over_time --by category --from 2018
    """
    if show:
        print("\n".join(aligned([("chart", "question", "options"), *_listed()])))
        return
    if workspace is None:
        raise typer.BadParameter("a workspace is needed, unless --list is given", param_hint="DIR")
    from discourse.pipeline import chart_corpus

    asked: dict[str, Any] = {
        "by": tuple(options.by or ()), "codes": tuple(options.code or ()), "years": (years.first, years.last),
        "category": options.category, "label": options.label, "most": options.most, "k": options.k,
    }  # fmt: skip
    with progress_shown() as progress:
        written = chart_corpus(workspace, names or (), out=out, progress=progress, **asked)
    for path in written:
        print(path)


def _listed() -> list[tuple[str, ...]]:
    from discourse.pipeline import CHARTS

    options = {"codes": "--code", "years": "--from --to"}
    return [(name, kind.question, " ".join(options.get(one, f"--{one}") for one in kind.takes)) for name, kind in CHARTS.items()]


@app.command()
def verify(
    what: Annotated[
        list[str],
        typer.Argument(metavar="FILE|ID...", help="A figure (PNG, SVG, PDF), its CSV or passport, or its identifier."),
    ],
    workspace: In = None,
) -> None:
    """Say whether figures still hold: same, numbers moved, corpus differs, picture altered, no passport; and why.

    The numbers are made anew from the workspace and compared with those in the figure's passport. Ends with status 1 unless all are
    the same.

    Example: discourse verify reports/figures/framings_over_time.png
    """
    from discourse import pipeline

    same = True
    for one in what:
        found = pipeline.verify(one, workspace=workspace)
        same = same and found.verdict == "same"
        name = f" (figure {found.figure})" if found.figure and found.figure != one else ""
        print(f"{one}{name}: {', '.join(found.all)}")
        for line in found.said:
            print(f"  {line}")
    if not same:
        raise typer.Exit(1)


@app.command()
def trace(
    what: Annotated[str, typer.Argument(metavar="FILE|ID", help="A figure (PNG, SVG, PDF), its CSV or passport, or its identifier.")],
    mark: Annotated[str | None, typer.Option(help="A mark, as the CSV names it; without it the marks are listed.")] = None,
    most: Annotated[int, typer.Option(min=1, help="So many rows at most; --out writes all.")] = MOST,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all of it as CSV.")] = None,
    workspace: In = None,
    keep_names: KeepNames = False,
) -> None:
    """Say what is behind a mark of a figure: sentences with their cues, posts, notes, hand codes, or the points of a line.

    Example: discourse trace reports/figures/framings_over_time.png --mark cyber_optimist/share_author/2018/naive
    """
    from discourse import pipeline

    found = pipeline.trace(what, mark=mark, workspace=workspace, keep_names=keep_names)
    print(f"{found.about['title']} ({found.about['corpus']}), figure {found.about['figure']}")
    if found.about["corpus_differs"]:
        print("The corpus has changed since: this is what is behind the mark now. discourse verify says what moved.")
    if mark is None:
        shown = found.marks[[name for name in ("mark", "behind", "estimate", "low", "high", "n") if name in found.marks]]
        print("\n".join(aligned([tuple(shown.columns), *(tuple(_cell(cell) for cell in row) for row in shown.to_numpy())])))
        return
    print(f"{mark}: {len(found.rows):,} behind it{f', the first {most} shown' if len(found.rows) > most else ''}")
    for row in found.rows.head(most).to_dict("records"):
        print("\n".join(_lines(row)))
    if out is not None:
        leaving = pipeline.Leaving(found.about["workspace"], keep_names=keep_names)
        pipeline.write_table(found.rows, out, leaving=leaving)
        print(out)


def _cell(value: Any) -> str:
    return "" if value is None or value != value else f"{value:.4g}" if isinstance(value, float) else str(value)


def _lines(row: Mapping[Any, Any]) -> list[str]:
    """Return a row of evidence as lines: post, sentence with its cue between brackets, who holds it, and where it stands."""
    import pandas as pd

    known = {name: value for name, value in row.items() if isinstance(value, list) or not pd.isna(value)}
    day = f"{known['published']:%Y-%m-%d}  " if "published" in known else ""
    lines = [f"\n{day}{known.get('title') or known.get('post_id', '')}"]
    if text := known.get("text"):
        start, end = int(known.get("start", 0)), int(known.get("end", 0))
        marked = f"{text[:start]}[{text[start:end]}]{text[end:]}" if end > start else text
        lines.append(f"  {' '.join(marked.split())}")
    said = [str(known[name]) for name in ("holder", "modality", "rule", "said") if known.get(name)]
    where = known.get("url") or known.get("post_id", "")
    return [*lines, *([f"  {' · '.join(said)}"] if said else []), *([f"  {where}"] if where else [])]
