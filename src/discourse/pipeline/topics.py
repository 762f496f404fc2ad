"""Topics of a workspace: how many, which, how sure, how common, and how they stand to the codebook's themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import workspaces
from discourse.errors import InputError
from discourse.pipeline.leaving import Leaving
from discourse.pipeline.measuring import write_table
from discourse.pipeline.workspace import Progress, current, quiet

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure.topics import Documents

__all__ = ["SCAN", "Topics", "topics", "write_topics"]

SCAN = (5, 25)
FEWEST_SEEDS = 2
TABLES = ("scan", "topics", "words", "prevalence", "sentences", "themes", "foreseen", "posts")


@dataclass(frozen=True)
class Topics:
    """Topics in tidy tables; `topic` numbers them from 1, the commonest first.

    `scan` has a row a number of topics k: `stability`, `coherence`, `coherence_sd`, whether the rule `proposed` it, whether it was `used`.
    `topics` has a row a topic: leading words, stability over seeds, coherence, share of the posts with its interval, and by how many posts
    it is carried. `words`, `prevalence` (by category and by year), `sentences`, `themes`, `foreseen` and `posts` say more of each
    (`discourse.measure.topics.described`). `about` says what was read, what was left out, and how.
    """

    scan: pd.DataFrame
    topics: pd.DataFrame
    words: pd.DataFrame
    prevalence: pd.DataFrame
    sentences: pd.DataFrame
    themes: pd.DataFrame
    foreseen: pd.DataFrame
    posts: pd.DataFrame
    about: dict[str, Any]


def topics(
    workspace: Path | str,
    *,
    k: int | None = None,
    scan: tuple[int, int] | None = None,
    seeds: int = 10,
    method: str = "nmf",
    progress: Progress = quiet,
) -> Topics:
    """Return the topics that several seeds agree on in the posts of a tagged workspace.

    Runs on one thread, posts sorted, seeds 0 and up: the same workspace gives the same tables, byte for byte on one machine.

    Parameters
    ----------
    workspace : tagged.
    k : number of topics; without it the one that the rule proposes (`discourse.measure.topics.choice`).
    scan : the smallest and the largest k to look at; without it and without `k` 5 to 25, or fewer where the corpus is small.
    seeds : runs to compare.
    method : `nmf` or `lda`.
    progress : called with what is done, how many runs are done, and of how many.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : there are fewer than 20 posts that count, no word is left, k or a seed is too few or too many, there is no such method.
    """
    from threadpoolctl import threadpool_limits

    from discourse import measure
    from discourse.measure import topics as model

    workspace = Path(workspace)
    record = current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    if seeds < FEWEST_SEEDS:
        raise InputError(f"{seeds} seed{'s' * (seeds != 1)}: stability compares seeds; at least {FEWEST_SEEDS} are needed, 10 are usual.")
    corpus = {name: workspaces.read(workspace, name) for name in ("posts", "sentences", "mentions", "codings")}
    chosen = measure.counted(corpus["posts"], language=tagged["language"])
    documents = model.documents(chosen.posts, corpus["sentences"], corpus["mentions"], language=tagged["language"])
    with threadpool_limits(limits=1):
        looked, best = _looked(documents, _range(documents, k, scan, method), k, seeds=seeds, method=method, progress=progress)
        found = model.read(documents, model.consensus(best), method=method)
        made = model.described(documents, found, posts=chosen.posts, codings=corpus["codings"], themes=list(tagged["themes"]))
    about = {
        "corpus": record["corpus"]["title"], "method": method, "described": model.METHODS[method], "k": len(best[0]), "seeds": seeds,
        "n_posts": len(documents.posts), "n_windows": int(documents.window.max()) + 1, "window": model.WINDOW,
        "n_sentences": len(documents.sentences), "n_words": len(documents.words.names), "themes": tagged["themes"],
        "left_out": {**{f"posts {reason}": n for reason, n in chosen.left_out.items()}, **documents.left_out},
    }  # fmt: skip
    return Topics(looked, **made, about=about)


def write_topics(found: Topics, folder: Path | str, *, leaving: Leaving) -> list[Path]:
    """Write each table as `topics_NAME.csv` into a folder and return the paths; text passes `leaving` first."""
    written = []
    for name in TABLES:
        file = Path(folder) / ("topics.csv" if name == "topics" else f"topics_{name}.csv")
        write_table(getattr(found, name), file, leaving=leaving)
        written.append(file)
    return written


def _range(documents: Documents, k: int | None, scan: tuple[int, int] | None, method: str) -> list[int]:
    """Return the numbers of topics to look at, after checking the smallest and the largest."""
    from discourse.measure.topics import checked

    counts = documents.counts()
    low, high = scan or ((k, k) if k is not None else (SCAN[0], max(SCAN[0], min(SCAN[1], *counts.shape))))
    if low > high:
        raise InputError(f"From {low} to {high} topics: the first number must not be above the second.")
    ks = sorted({*range(low, high + 1), *([k] if k is not None else [])})
    for some in (ks[0], ks[-1]):
        checked(counts, some, method=method)
    return ks


def _looked(
    documents: Documents, ks: Sequence[int], k: int | None, *, seeds: int, method: str, progress: Progress
) -> tuple[pd.DataFrame, list[NDArray[np.float64]]]:
    """Return the table of k, and the topics of each seed at the k that is used."""
    import pandas as pd

    from discourse.measure import topics as model

    done, of = 0, len(ks) * seeds

    def one() -> None:
        nonlocal done
        done += 1
        progress("Fitting topics", done, of)

    progress("Fitting topics", 0, of)
    rows, kept = [], {}
    for some in ks:
        kept[some] = model.runs(documents, some, method=method, seeds=seeds, done=one)
        rows.append(model.scored(kept[some], documents.words.counts))
    table = pd.DataFrame(rows)
    table["proposed"] = model.proposed(table)
    used = k if k is not None else int(table.loc[table["proposed"], "k"].iloc[0])
    table["used"] = table["k"] == used
    return table, kept[used]
