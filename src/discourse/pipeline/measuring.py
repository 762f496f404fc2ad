"""From a workspace's codings to numbers: counts, and shares with their intervals, naive and corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.counting import counted_posts, counts_of, named_in, parts_counted
from discourse.pipeline.gold import GoldFile, gold_of
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.tagging import TAGGED, tagger_of
from discourse.pipeline.workspace import commit, current

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure import Gold

__all__ = ["balance", "gold_before", "measure_corpus", "shares", "within_years", "write_table"]


def measure_corpus(
    workspace: Path | str, *, gold: Path | str | None = None, split: str | None = None, wait: bool = False
) -> dict[str, Any]:
    """Count and estimate, and return the workspace's manifest.

    Parameters
    ----------
    workspace : tagged.
    gold : a file of hand-coded sentences (JSON Lines, as `adjudicate` writes it) that correct the shares of the codes in it; `p_inclusion`
        is the chance with which each was drawn. Sentences of other corpora are passed over.
    split : only the lines of `gold` with this `split`.
    wait : for another run that is at work on the workspace; without it that is an error.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : the gold is malformed, of other texts, or was used to fit the tagger.
    """
    from discourse.measure import measure

    workspace = Path(workspace)
    chosen = GoldFile(Path(gold), split) if gold is not None else None
    if (record := _current(workspace, chosen)) is not None:
        return record
    with workspaces.locked(workspace, wait=wait):
        if (record := _current(workspace, chosen)) is not None:  # another run has done it meanwhile
            return record
        record = current(workspace, "tag", "posts", "tagged")
        tagged = record["tag"]
        posts, left_out = counted_posts(workspace, tagged["language"])
        parts = {"counts": parts_counted(workspace, record)}
        counts = workspaces.read(workspace, "counts", parts=parts["counts"])
        coded, about = gold_of(workspace, posts, chosen, tagger_of(workspace)) if chosen is not None else (None, None)
        codes = {kind: list(tagged[kind]) for kind in ("framings", "themes")}
        estimates = measure(posts, counts, named_in(workspace, posts), **codes, gold=coded)
        parts["estimates"] = [workspaces.keep(workspace, "estimates", "0000", estimates)]
        record["measure"] = {"codings": record["tables"]["codings"], "inputs": _inputs(record, chosen), "left_out": left_out, "gold": about}
        return commit(workspace, parts, record)


def _current(workspace: Path, chosen: GoldFile | None) -> dict[str, Any] | None:
    """Return the manifest where the numbers are of these codings and this gold, else nothing."""
    record = current(workspace, "tag", "posts", "tagged")
    alike = record.get("measure", {}).get("inputs") == _inputs(record, chosen)
    return record if alike and workspaces.holds(workspace, record, ("counts", "estimates")) else None


def _inputs(record: Mapping[str, Any], chosen: GoldFile | None) -> dict[str, Any]:
    """Return what the numbers are made from."""
    from discourse.measure import MEASURE

    inputs = {name: record["tables"][name] for name in ("posts", *TAGGED)} | {
        "measured_by": MEASURE,
        "tagger": record["tag"]["fingerprint"],
    }
    return inputs | ({"gold": _hash(chosen.file), "split": chosen.split} if chosen is not None else {})


def gold_before(record: Mapping[str, Any]) -> GoldFile | None:
    """Return the gold that a workspace was measured with last, from its manifest."""
    about = record.get("measure", {}).get("gold")
    return GoldFile(Path(about["file"]), about["split"]) if about else None


def shares(
    workspace: Path | str,
    *,
    by: Sequence[str] = (),
    codes: Sequence[str] = (),
    unit: str = "sentence",
    years: tuple[int | None, int | None] = (None, None),
    gold: Path | str | None = None,
    split: str | None = None,
) -> pd.DataFrame:
    """Return shares of a tagged workspace in any grouping, as rows of `estimates`, naive and, with gold, corrected.

    Parameters
    ----------
    workspace : tagged.
    by : any of `year`, `quarter`, `month` (one of the three), `category`, `author`, `source`, `holder`, `modality`; without any, over all.
    codes : framings and themes; without any, the framings, or the themes of a codebook that has none.
    unit : `sentence`, `word` or `post` (a post counts that has at least one such sentence).
    years : only posts of these years, from the first to the last; null is no bound.
    gold, split : as in `measure_corpus`; without them those that the workspace was measured with last.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : there is no such grouping, code or unit; the gold is malformed, of other texts, or was used to fit the tagger.
    """
    from discourse import measure

    workspace = Path(workspace)
    record = current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    known = {**tagged["framings"], **tagged["themes"]}
    groupings = (*measure.GROUPINGS, *measure.ATTRIBUTES)
    for value, names, kind in (*((code, known, "code") for code in codes), *((name, groupings, "grouping") for name in by)):
        if value not in names:
            raise InputError(f"There is no {kind} {value!r}.{did_you_mean(value, names)}")
    wanted = list(codes) or list(tagged["framings"] or tagged["themes"])
    used = GoldFile(Path(gold), split) if gold is not None else gold_before(record)
    posts, counts, coded = _material(workspace, record, used, years)
    if set(by) & set(measure.ATTRIBUTES):
        measures = list(measure.measures_by(wanted, by))
    else:
        measures = list(measure.usual_measures(*([code for code in wanted if code in tagged[kind]] for kind in ("framings", "themes"))))
    return measure.shares(posts, counts, measures, by=by, unit=unit, gold=coded)


def balance(
    workspace: Path | str, codes: tuple[str, str], *, by: Sequence[str] = (), years: tuple[int | None, int | None] = (None, None)
) -> pd.DataFrame:
    """Return by how much the headline share of one framing is above that of another, as `measure.differences` does.

    Parameters
    ----------
    workspace : tagged; the gold is that with which it was measured last.
    codes : two framings.
    by, years : as in `shares`.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : there is no such grouping.
    """
    from discourse import measure

    workspace = Path(workspace)
    record = current(workspace, "tag", "posts", "tagged")
    posts, counts, coded = _material(workspace, record, gold_before(record), years)
    held = [one for one in measure.usual_measures(codes, ()) if one.name == "share_author"]
    return measure.differences(posts, counts, (held[0], held[1]), by=by, gold=coded)


def _material(
    workspace: Path, record: Mapping[str, Any], used: GoldFile | None, years: tuple[int | None, int | None]
) -> tuple[pd.DataFrame, pd.DataFrame, Gold | None]:
    """Return the posts that count, of some years, their counts, and the gold in them."""
    posts = within_years(counted_posts(workspace, record["tag"]["language"])[0], *years)
    counts = counts_of(workspace, record)
    counts = counts[counts["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    return posts, counts, gold_of(workspace, posts, used, tagger_of(workspace))[0] if used else None


def within_years(posts: pd.DataFrame, first: int | None, last: int | None) -> pd.DataFrame:
    """Return the posts of some years; without bounds all, undated ones too.

    Raises
    ------
    InputError : there is none.
    """
    if first is None and last is None:
        return posts
    year = posts["published"].dt.year
    inside: pd.DataFrame = posts[(year >= (first or year.min())) & (year <= (last or year.max()))].reset_index(drop=True)
    if inside.empty:
        raise InputError(f"No post that counts is from {first or 'the beginning'} to {last or 'the end'}; {_span(posts)}.")
    return inside


def _span(posts: pd.DataFrame) -> str:
    year = posts["published"].dt.year.dropna()
    return f"they are from {year.min():.0f} to {year.max():.0f}" if len(year) else "none has a date"


def write_table(table: pd.DataFrame, file: Path | str, *, leaving: Leaving) -> None:
    """Write a table as CSV, whole or not at all.

    Parameters
    ----------
    table, file : what, and where to.
    leaving : what the text passes: names of private persons are masked, quotations cut.
    """
    data = leaving.csv(table, file)
    leaving.record()
    paths.write_whole(Path(file), data)


def _hash(file: Path) -> str | None:
    """Return the hash of a file, or nothing where it cannot be read; reading it then says so."""
    try:
        return paths.sha256(file.read_bytes())
    except OSError:
        return None
