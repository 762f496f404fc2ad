"""The commands on words: keyness, collocations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import KeepNames, Workspace, app, grouped, progress_shown
from discourse.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from discourse.pipeline import Keyness

__all__ = ["collocations", "keyness"]

ORDERS = ("g2", "pmi", "t_score", "log_dice", "n", "n_posts")
TRUST = (
    "z, which orders the words: log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008). log ratio: 1 is twice as "
    "often, 2 four times; its 95% interval and p (corrected for being many) take posts as drawn. G2 takes each use as drawn by itself, and "
    "finds differences between random halves of a blog. DP: 0 is spread evenly over the group's posts, 1 is all in few."
)
CIRCLE = "The tagger finds a framing by words, so some of these are its own evidence; --without-cues does not count them."


class Count(NamedTuple):
    """How words are counted."""

    lemmas: Annotated[bool, typer.Option("--lemmas", help="Count dictionary forms instead of words.")] = False
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Posts in this language, such as ko; else the codebook's.")] = None
    fewest: Annotated[int, typer.Option(min=1, metavar="N", help="Posts in which a word must stand.")] = 3
    stop_words: Annotated[bool, typer.Option("--stop-words", help="Show stop words and numbers too.")] = False


class Model(NamedTuple):
    """What is compared of the groups."""

    without_cues: Annotated[bool, typer.Option("--without-cues", help="Do not count the words by which the tagger knew a code.")] = False
    prior: Annotated[float | None, typer.Option(metavar="WORDS", help="What the prior is worth.  [default: a tenth of the words]")] = None


class Near(NamedTuple):
    """What is near, and how it is shown."""

    within: Annotated[str | None, typer.Option("--in", metavar="GROUP", help="Only in this group of sentences, as in keyness.")] = None
    window: Annotated[int, typer.Option(min=1, metavar="N", help="Words to either side, in the same sentence.")] = 5
    sort: Annotated[str, typer.Option(help="g2, pmi, t_score, log_dice, n or n_posts.")] = "g2"
    top: Annotated[int, typer.Option(min=1, help="So many words.")] = 30
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all words and columns as CSV to this file.")] = None
    keep_names: KeepNames = False


class Shown(NamedTuple):
    """What is shown and written."""

    top: Annotated[int, typer.Option(min=1, help="So many words of each group.")] = 20
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all words and columns as CSV to this file.")] = None
    figure: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Draw a word cloud of each group into this folder.")] = None
    size: Annotated[str, typer.Option(help="Of the words in the clouds: z (the evidence) or n (the uses).")] = "z"
    keep_names: KeepNames = False


@app.command()
@grouped
def keyness(
    workspace: Workspace,
    groups: Annotated[list[str] | None, typer.Argument(metavar="[GROUP]...", help="KEY=VALUE, one or two; see above.")] = None,
    against: Annotated[Path | None, typer.Option(metavar="DIR2", help="Compare with another workspace.")] = None,
    count: Count = Count(),  # noqa: B008
    model: Model = Model(),  # noqa: B008
    shown: Shown = Shown(),  # noqa: B008
) -> None:
    """Print the words that mark one group of sentences against another, or against all others.

    A group is KEY=VALUE, several joined by " & ": category, author, source, year, quarter, month (also a range, 2015..2018), code (a
    framing or a theme), and with a code holder and modality. A sentence in both groups is in neither.

    Example: discourse keyness data/processed/sample code=cyber_optimist code=cyber_pessimist

    Example: discourse keyness data/processed/sample "category=Privacy & year=2018.."
    """
    from discourse import pipeline

    if len(groups or ()) > 2:
        raise InputError(f"{len(groups or ())} groups; name one or two, each in quotes where it has blanks.")
    with progress_shown() as progress:
        progress("Counting words", 0, 0)
        how = pipeline.Counting(**count._asdict(), cues=not model.without_cues)
        found = pipeline.keyness(workspace, *(groups or ()), against=against, strength=model.prior, counting=how)
    print("\n".join(_key_lines(found, shown.top)))
    if found.about["codes"] and not model.without_cues:
        print(f"\n{CIRCLE}")
    if shown.out is not None:
        leaving = pipeline.Leaving(workspace, *([against] if against else []), keep_names=shown.keep_names)
        pipeline.write_table(found.table, shown.out, leaving=leaving)
        print(f"{leaving.said}\n{shown.out}")
    if shown.figure is not None:
        print("\n".join(str(path) for path in pipeline.draw_keyness(found, shown.figure, size=shown.size)))


def _key_lines(found: Keyness, top: int) -> Iterator[str]:
    from discourse.cli.scores import aligned

    about = found.about
    for k, (name, side) in enumerate(zip(about["groups"], ("first", "second"), strict=True)):
        sizes = ", ".join(f"{about[f'n_{what}'][k]:,} {what}" for what in ("posts", "sentences", "words"))
        rows = found.table[found.table["z"] > 0] if k == 0 else found.table[found.table["z"] < 0].iloc[::-1]
        yield f"{name}: {sizes}. Words that mark it: {len(rows):,}."
        other = "second" if side == "first" else "first"
        head = ["word", "posts", "uses", "per 10,000", "in the other", "z", "log ratio", "p", "G2", "DP"]
        lines = [head, *(_key_row(row, side, other) for row in rows.head(top).to_dict("records"))]
        yield from (f"  {line}" for line in aligned(lines))
        yield ""
    if about["n_sentences_in_both"]:
        yield f"Sentences in both groups, and so in neither: {about['n_sentences_in_both']:,}."
    for title, left_out in zip(about["corpora"], about["left_out"], strict=True):
        if left_out:
            yield f"Posts of {title} that do not count: {'; '.join(f'{n:,} {reason}' for reason, n in left_out.items())}."
    yield TRUST


def _key_row(row: Mapping[Any, Any], side: str, other: str) -> list[str]:
    sign = 1 if side == "first" else -1
    low, high = sorted((sign * row["low"], sign * row["high"]))
    return [
        str(row["word"]), f"{row[f'n_posts_{side}']:,}", f"{row[f'n_{side}']:,}",
        f"{10_000 * row[f'share_{side}']:10.2f}", f"{10_000 * row[f'share_{other}']:12.2f}", f"{sign * row['z']:5.1f}",
        f"{sign * row['log_ratio']:5.2f} [{low:5.2f}, {high:5.2f}]", _p(row["p_posts"]), f"{row['g2']:7.1f}",
        f"{row[f'dp_{side}']:.2f}",
    ]  # fmt: skip


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


@app.command()
@grouped
def collocations(
    workspace: Workspace,
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word, several in a row, or with --as entity a name or slug.")],
    kind: Annotated[str, typer.Option("--as", help="text, lemma or entity.")] = "text",
    near: Near = Near(),  # noqa: B008
    count: Count = Count(),  # noqa: B008
) -> None:
    """Print the words that stand near a word more often than elsewhere.

    Example: discourse collocations data/processed/sample surveillance --in "category=Privacy"
    """
    from discourse import pipeline

    if near.sort not in ORDERS:
        raise InputError(f"There is no order {near.sort!r}.{did_you_mean(near.sort, ORDERS)}")
    with progress_shown() as progress:
        progress("Counting words", 0, 0)
        how = pipeline.Counting(**count._asdict())
        found = pipeline.collocations(workspace, word, kind=kind, within=near.within, window=near.window, counting=how)
    found = found.sort_values([near.sort, "word"], ascending=[False, True]).reset_index(drop=True)
    print("\n".join(_near_lines(found, near.top)))
    if near.out is not None:
        leaving = pipeline.Leaving(workspace, keep_names=near.keep_names)
        pipeline.write_table(found, near.out, leaving=leaving)
        print(f"{leaving.said}\n{near.out}")


def _near_lines(found: pd.DataFrame, top: int) -> Iterator[str]:
    from discourse.cli.scores import aligned

    rows = [["word", "near", "expected", "anywhere", "posts", "G2", "PMI", "t", "logDice", "DP"]]
    for row in found.head(top).to_dict("records"):
        numbers = (f"{row['g2']:8.1f}", f"{row['pmi']:5.2f}", f"{row['t_score']:5.2f}", f"{row['log_dice']:7.2f}", f"{row['dp']:.2f}")
        rows.append([row["word"], f"{row['n']:,}", f"{row['expected']:8.1f}", f"{row['n_word']:,}", f"{row['n_posts']:,}", *numbers])
    yield from aligned(rows)
    if len(found) > top:
        yield f"… and {len(found) - top:,} more; --out FILE writes all."
    yield "PMI is highest for rare words: read it beside the counts. logDice does not depend on the size of the corpus (14 at most)."
