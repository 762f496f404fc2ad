"""What changes over time in a workspace: tests, curves, placebo, change points, events, and what may be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.counting import counted_posts, counts_of
from discourse.pipeline.events import events_of
from discourse.pipeline.gold import GoldFile, correction_said, gold_of
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.measuring import gold_before, within_years, write_table
from discourse.pipeline.passports import without_passport
from discourse.pipeline.tagging import coded_by, tagger_of
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart

__all__ = ["SEED", "Trends", "draw_trends", "trends", "trends_or_why", "write_trends"]

SEED = 20150701
UNDATED = "without a date"


@dataclass(frozen=True)
class Trends:
    """What changes over time, in tidy tables, a row a code and estimator (`naive`, `corrected`); shares are 0 to 1, slopes a year.

    `trend` has the tests, `smooth` the curves, `placebo` a row a year with the share and the band that permuted dates give, `changes` the
    candidates of change points, `events` the shares a year before and after, `claims` a sentence a code. `about` says what was counted and
    how codes are named.
    """

    trend: pd.DataFrame
    smooth: pd.DataFrame
    placebo: pd.DataFrame
    changes: pd.DataFrame
    events: pd.DataFrame
    claims: pd.DataFrame
    about: dict[str, Any]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "about"}


def trends(
    workspace: Path | str,
    *,
    codes: Sequence[str] = (),
    gold: Path | str | None = None,
    split: str | None = None,
    events: Path | str | None = None,
    years: tuple[int | None, int | None] = (None, None),
    seed: int = SEED,
) -> Trends:
    """Return what changes over time, naive and, with gold that covers three years, corrected; see `measure.trends`.

    A share is said to have risen or fallen only where the corrected one passes the trend test after Holm's correction over the codes, and
    the placebo test, both at .05.

    Parameters
    ----------
    workspace : tagged.
    codes : framings (held by the author) and themes that are tested together; without any, the framings, or the themes of a codebook that
        has none.
    gold, split : as in `measure_corpus`; without them those that the workspace was measured with last.
    events : a CSV file with `date`, `label` and `source`; without it the shipped list.
    years : only posts of these years, from the first to the last; null is no bound.
    seed : of the permutations and draws.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : there is no such code, or none at all; no post has a date, all are of one day, or fewer than three years have enough posts;
        a line of the events is malformed; the gold is malformed, of other texts, or was used to fit the tagger.
    """
    from discourse import measure

    workspace = Path(workspace)
    record = current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    names = {**tagged["framings"], **tagged["themes"]}
    for code in codes:
        if code not in names:
            raise InputError(f"There is no code {code!r}.{did_you_mean(code, names) if names else ' The codebook has none.'}")
    wanted = list(dict.fromkeys(codes)) or list(tagged["framings"] or tagged["themes"])
    dates = events_of(events)
    used = GoldFile(Path(gold), split) if gold is not None else gold_before(record)
    counting, out = counted_posts(workspace, tagged["language"])
    known = measure.dated(counting)
    posts = within_years(known.posts, *years)
    counts = counts_of(workspace, record)
    counts = counts[counts["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    by_hand, about = gold_of(workspace, posts, used, tagger_of(workspace)) if used else (None, None)
    of_kinds = ([code for code in wanted if code in tagged[kind]] for kind in ("framings", "themes"))
    measures = [one for one in measure.usual_measures(*of_kinds) if one.name in ("share_author", "share")]
    found = measure.trends(posts, counts, measures, gold=by_hand, events=dates, seed=seed)
    left_out = {**out, **({UNDATED: known.n_undated} if known.n_undated else {})}
    said = {
        "corpus": record["corpus"]["title"], "n_posts": len(posts),
        "n_sentences": int(counts.loc[counts["code"] == "all", "sentences"].sum()),
        "span": " to ".join(dict.fromkeys(day.strftime("%Y-%m") for day in (posts["published"].min(), posts["published"].max()))),
        "left_out": left_out, "notices": tuple(workspaces.read(workspace, "sources")["notice"].dropna()),
        "names": {code: names[code] for code in wanted},
        "made_with": f"{coded_by(tagged)}; {correction_said(about)}.", "seed": seed,
    }  # fmt: skip
    parts = {field.name: getattr(found, field.name) for field in fields(found)}
    return Trends(**parts, claims=measure.claims(found.trend, names), about=said)


def trends_or_why(
    workspace: Path, *, codes: Sequence[str] = (), years: tuple[int | None, int | None] = (None, None)
) -> dict[str, pd.DataFrame] | str:
    """Return the tables of a workspace's trends, as `trends` makes them, or why it has none."""
    try:
        return trends(workspace, codes=codes, years=years).tables()
    except InputError as error:
        return str(error)


def draw_trends(found: Trends) -> Chart:
    """Draw what changes over time: a panel a code."""
    from discourse import chart

    about = chart.About(**{key: value for key, value in found.about.items() if key not in ("names", "seed")})
    return chart.trends.draw(found.tables(), about, names=found.about["names"])


def write_trends(found: Trends, folder: Path | str, *, leaving: Leaving) -> list[Path]:
    """Write each table as CSV (`trends_claims.csv` …) and the figure as PNG and SVG with its numbers; return the paths.

    Parameters
    ----------
    found, folder : what, and where to.
    leaving : what the text of the tables passes.
    """
    from discourse.export import export

    folder = paths.folder_for(Path(folder))
    written = []
    for name, table in found.tables().items():
        written.append(folder / f"trends_{name}.csv")
        write_table(table, written[-1], leaving=leaving)
    return [*written, *export(without_passport(draw_trends(found)), name="trends", folder=folder)]
