"""The command that draws sentences to be coded by hand: plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from discourse.cli.console import Workspace, app, grouped, progress_shown

if TYPE_CHECKING:
    from discourse.pipeline import Plan

__all__ = ["plan"]

WIDEST = 24
MEANING = (
    "This is an expectation, before anything is coded: it takes the tagger's scores to be right on average, and supposes that it misses as "
    "many sentences as it codes wrongly.\nThe last column is every sentence of the posts: what is left there, more coding cannot narrow."
)
BY_RULE = "Coded by rules, which give no such score; a precision and recall of {:.2f} is supposed: {}."
UNTOLD = "–: cannot be told, as the tagger coded it nowhere, there is one post, or no year has {} posts and {} sentences."


class Drawing(NamedTuple):
    """What to draw."""

    n: Annotated[int, typer.Option("--n", min=1, help="Number of sentences.")] = 300
    posts: Annotated[int | None, typer.Option(min=1, metavar="N", help="Draw so many posts first, and sentences of these alone.")] = None
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the draw; the same gives the same plan.")] = 0


class From(NamedTuple):
    """What to draw from."""

    since: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Only posts from this year on …")] = None
    until: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="… to this one, included.")] = None
    category: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only posts in this category; may be given again.")] = None
    code: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="A framing or theme to plan for, else the framings; may be given again.")
    ] = None


@app.command()
@grouped
def plan(
    workspace: Workspace,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="A folder for the study, outside the workspace; never written over.")],
    drawing: Drawing = Drawing(),  # noqa: B008
    chosen: From = From(),  # noqa: B008
) -> None:
    """Draw sentences to be coded by hand, and say how wide the intervals of corrected shares will be.

    Sentences are drawn by year, by the post's first category, and by whether the tagger coded them; each line of FOLDER/plan.jsonl has the
    chance with which it was drawn. FOLDER/strata.csv has the strata.

    Example: discourse plan data/processed/sample --out studies/sample --n 300
    """
    from discourse.pipeline import Scope, plan_coding

    scope = Scope(chosen.since, chosen.until, tuple(chosen.category or ()))
    with progress_shown() as progress:
        progress("Drawing sentences", 0, 0)
        made = plan_coding(
            workspace, out=out, n=drawing.n, n_posts=drawing.posts, scope=scope, codes=tuple(chosen.code or ()), seed=drawing.seed
        )
    _print_periods(made)
    print()
    _print_widths(made)
    print(f"\nNext: discourse sheets {out} --coder NAME --coder NAME")


def _print_periods(made: Plan) -> None:
    about = made.about
    print(
        f"{about['corpus']}: {about['n']:,} of {about['n_sentences_in_scope']:,} sentences to code, in {about['n_posts']:,} of "
        f"{about['n_posts_in_scope']:,} posts; {len(made.strata)} strata; seed {about['seed']}."
    )
    if about["n"] == about["n_sentences_in_scope"]:
        print("Every sentence is to be coded, each with p_inclusion 1.")
    elif about["n"] < about["n_asked"]:
        print(f"Fewer than the {about['n_asked']:,} asked for: every sentence of the posts drawn is to be coded.")
    for reason, n in about["left_out"].items():
        print(f"  posts left out, as {reason}: {n:,}")
    if about["n_known"]:
        print(f"  sentences not drawn, as the tagger was fitted to them and their hand codes enter as they are: {about['n_known']:,}")
    print(f"\n{'period':10} {'posts':>7} {'sentences':>10} {'to code':>8} {'in posts':>9}")
    for row in made.periods.itertuples():
        print(f"{row.period:10} {row.n_posts:7,} {row.n_sentences:10,} {row.n_drawn:8,} {row.n_posts_drawn:9,}")


def _print_widths(made: Plan) -> None:
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES
    from discourse.measure.widths import PRECISION

    print("The 95% interval of a corrected share to expect, plus or minus so many points, by sentences coded:")
    for over, title in (("all", "over all"), ("year", "in a typical year")):
        rows = made.widths[made.widths["over"] == over].pivot(index="code", columns="n", values="half_width")
        print(f"{title:{WIDEST}} {''.join(f'{n:9,}' for n in rows.columns)}")
        for code in made.about["codes"]:
            points = [f"{100 * width:9.1f}" if width == width else f"{'–':>9}" for width in rows.loc[code]]
            print(f"  {code:{WIDEST - 2}.{WIDEST - 2}} {''.join(points)}")
    print(f"\n{MEANING}")
    if made.about["by_rule"]:
        print(BY_RULE.format(PRECISION, ", ".join(made.about["by_rule"])))
    if made.widths["half_width"].isna().any():
        print(UNTOLD.format(FEWEST_POSTS, FEWEST_SENTENCES))
