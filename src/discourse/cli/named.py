"""The command that says who is named: named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown
from discourse.cli.shown import MOST_ROWS, cut, share_cell, table
from discourse.errors import InputError

if TYPE_CHECKING:
    from discourse.pipeline import CoMentions, Named

__all__ = ["named"]

MOST = 20
WIDEST = 48
MEANING = (
    "Lift is the share in the code's sentences by the share in all; 1 is chance. Intervals are of one entity at a time, so the highest of "
    "many is high by chance too; the tagger reads names like other words, so a lift may be its own."
)
CHANCE = "By chance is as if names fell on all posts alike; long posts name more of everything, so most pairs stand a little above it."


class Chosen(NamedTuple):
    """Which posts and names are looked at."""

    category: Annotated[str | None, typer.Option(help="Only posts in this category.")] = None
    code: Annotated[
        str | None,
        typer.Option(help="Only in sentences that carry this framing, held by the author, or theme; alone it compares them with all."),
    ] = None
    label: Annotated[str | None, typer.Option(help="Only PERSON, ORG, GPE, LOC, NORP, LAW, PRODUCT or EVENT.")] = None
    unlinked: Annotated[bool, typer.Option("--unlinked", help="Also names that the gazetteer does not know.")] = False


class Pairs(NamedTuple):
    """Whether pairs are looked at."""

    together: Annotated[bool, typer.Option("--together", help="Who is named with whom.")] = False
    within: Annotated[str, typer.Option(help="With --together: in one sentence, or in one post.")] = "sentence"


@app.command()
@grouped
def named(
    workspace: Workspace,
    by: Annotated[
        list[str] | None, typer.Option(help="year, quarter, month, category, author or source; may be given again.  [default: over all]")
    ] = None,
    chosen: Chosen = Chosen(),  # noqa: B008
    pairs: Pairs = Pairs(),  # noqa: B008
    most: Annotated[int | None, typer.Option(min=1, help="So many entities or pairs.  [default: 20 printed, all written]")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the tables as CSV, and with --together the graph as GraphML.")
    ] = None,
    keep_names: KeepNames = False,
) -> None:
    """Say who is named when, with whom, and in sentences that carry which code, with 95% intervals over posts.

    Shares are of posts; names that were not found are not in them.

    Example: discourse named data/processed/sample --by year --label ORG --most 5
    """
    from discourse import pipeline

    if pairs.together and by:
        raise InputError("--together counts pairs over all posts; leave --by out, or choose posts with --category.")
    with progress_shown() as progress:
        progress("Measuring", 0, 0)
        shown = most or (MOST if out is None else None)
        which: Any = chosen._asdict()
        if pairs.together:
            found = pipeline.co_mentions(workspace, within=pairs.within, **which)
            lines, tables = _together(found, most or MOST), {"entities": found.entities, "pairs": found.pairs, "companies": found.companies}
        elif chosen.code is not None and not by:
            code = which.pop("code")
            one = pipeline.entities_by_code(workspace, code, most=shown, **which)
            lines, tables = _by_code(one, most or MOST), {"entities": one.entities, "by_code": one.shares}
        else:
            one = pipeline.entities_over_time(workspace, by=by or (), most=shown, **which)
            lines, tables = _over_time(one, most or MOST), {"entities": one.entities, "shares": one.shares}
    if out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=keep_names)
        graphs = {"pairs": found.graph} if pairs.together else None
        lines += [*map(str, pipeline.write_tables(tables, out, leaving=leaving, graphs=graphs)), leaving.said]
    print("\n".join(lines))


def _heading(about: dict[str, Any]) -> list[str]:
    where = "".join(f", {what} {about[key]}" for key, what in (("category", "category"), ("label", "label")) if about[key])
    lines = [
        f"{about['corpus']}{where}: {about['n_mentions']:,} mentions of {about['n_entities']:,} entities in "
        f"{about['n_posts']:,} posts that count."
    ]
    if about["n_unlinked"]:
        kept = "" if about["unlinked"] else ", not shown without --unlinked"
        lines.append(f"  not known to the gazetteer: {about['n_unlinked']:,} entities, {about['n_unlinked_mentions']:,} mentions{kept}")
    if about["code"]:
        lines.append(f"  sentences that carry {about['code_name']}: {about['n_coded']:,}")
    lines += [f"  posts left out, as {reason}: {n:,}" for reason, n in about["left_out"].items()]
    if about["n_undated"] and {"year", "quarter", "month"} & set(about.get("by", ())):
        lines.append(f"  posts without a date, in no period: {about['n_undated']:,}")
    return lines


def _over_time(found: Named, most: int) -> list[str]:
    shares, about = found.shares, found.entities.set_index("entity")
    chosen = shares[shares["code"].isin(found.entities["entity"].head(most))]
    groups = [column for column in ("period", "category", "author", "source") if (shares[column] != "").any()]
    rows: list[tuple[Any, ...]] = [("entity", "label", *groups, "posts that name it", "of", "share")]
    for row in chosen.head(MOST_ROWS).to_dict("records"):
        who = about.loc[row["code"]]
        rows.append(
            (cut(who["name"], WIDEST), who["label"], *(row[g] for g in groups), f"{row['n']:,}", f"{row['denominator']:,}", share_cell(row))
        )
    return [*_heading(found.about), *_listed(rows, len(chosen))]


def _by_code(found: Named, most: int) -> list[str]:
    about = found.entities.set_index("entity")
    chosen = found.shares[found.shares["n"] > 0]
    rows: list[tuple[Any, ...]] = [("entity", "label", "sentences with both", "posts", "share of the code's", "of all", "lift")]
    for row in chosen.head(most).to_dict("records"):
        who = about.loc[row["entity"]]
        lift = f"{row['lift']:.2f} [{row['lift_low']:.2f}, {row['lift_high']:.2f}]" if row["lift"] == row["lift"] else ""
        of_all = f"{row['share_all']:.1%}" if row["share_all"] == row["share_all"] else ""
        numbers = (f"{row['n']:,}", f"{row['n_posts']:,}", share_cell(row, "share"), of_all, lift)
        rows.append((cut(who["name"], WIDEST), who["label"], *numbers))
    return [*_heading(found.about), *_listed(rows, len(chosen)), *(["", MEANING] if len(rows) > 1 else [])]


def _together(found: CoMentions, most: int) -> list[str]:
    names = found.entities.set_index("entity")["name"]
    within = found.about["within"]
    rows: list[tuple[Any, ...]] = [("entity", "with", f"posts in one {within}", "posts", "by chance", "log-likelihood", "NPMI")]
    for row in found.pairs.head(most).to_dict("records"):
        ends = f" [{row['low']:.2f}, {row['high']:.2f}]" if row["low"] == row["low"] else ""
        association = (f"{row['log_likelihood']:.1f}", f"{row['npmi']:.2f}{ends}") if row["npmi"] == row["npmi"] else ("", row["note"])
        rows.append(
            (
                cut(names[row["a"]], WIDEST),
                cut(names[row["b"]], WIDEST),
                f"{row['n_posts']:,}",
                f"{row['n_both']:,}",
                f"{row['expected']:.1f}",
                *association,
            )
        )
    lines = [*_heading(found.about), *_listed(rows, len(found.pairs))]
    if len(rows) > 1:
        lines += ["", CHANCE]
    if len(found.companies):
        lines += ["", "named together beyond chance:"]
    for company, members in found.companies.groupby("company"):
        more = f" and {len(members) - 6} more" if len(members) > 6 else ""
        lines.append(f"  {company}: {', '.join(members['name'].head(6))}{more}")
    return lines


def _listed(rows: list[tuple[str, ...]], n: int) -> list[str]:
    return ["", *table(rows, n)] if len(rows) > 1 else ["None are named."]
