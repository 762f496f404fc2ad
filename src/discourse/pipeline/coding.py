"""From a workspace's posts to codes and numbers: tag, measure, and the sentences behind a code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, tables
from discourse.pipeline.workspace import Progress, commit, current, quiet, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["evidence", "measure_corpus", "tag_corpus"]

CACHE = "tagged.sqlite"
TAGGED = ("sentences", "mentions", "codings")


def tag_corpus(
    workspace: Path | str,
    *,
    codebook: Path | None = None,
    gazetteer: Sequence[Path] = (),
    pipeline: str | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> dict[str, Any]:
    """Tag every post of a workspace and return its manifest; posts that were tagged alike before are not tagged again.

    Parameters
    ----------
    workspace : made by `load_corpus`.
    codebook : a codebook file; without it the shipped one.
    gazetteer : gazetteer files that add to the shipped one.
    pipeline : an installed spaCy pipeline; without it the shipped one.
    jobs : number of processes; the tables do not depend on it.
    progress : called with what is done, how many posts are done, and of how many.
    """
    from discourse.tag import SHIPPED, SPLITTER, Choice, tag, tagger_from

    workspace = Path(workspace)
    record = paths.manifest(workspace)
    pipeline = SHIPPED if pipeline is None else pipeline
    choice = Choice(codebook, tuple(gazetteer), str(Path(pipeline).resolve()) if Path(pipeline).is_dir() and pipeline else pipeline)
    tagger = tagger_from(choice)
    before = record.get("tag", {})
    alike = before.get("posts") == record["tables"]["posts"] and before.get("fingerprint") == tagger.fingerprint
    if alike and paths.holds(workspace, record, TAGGED):
        return record | {"tagged_anew": 0}
    posts = tables.read(workspace, "posts")
    made, anew = tag(posts, choice, cache_file=workspace / CACHE, jobs=jobs, progress=lambda done, of: progress("Tagging posts", done, of))
    book = tagger.codebook
    record["tag"] = {
        "posts": record["tables"]["posts"], "fingerprint": tagger.fingerprint, "splitter": SPLITTER, "language": book.language,
        "codebook": f"{book.name} {book.version}", "codebook_sha256": book.sha256, "gazetteer_sha256": tagger.gazetteer.sha256,
        "pipeline": tagger.english.name,
        "framings": book.of_kind("framing"), "themes": book.of_kind("theme"),
    }  # fmt: skip
    record["chosen"] = {
        "codebook": str(choice.codebook.resolve()) if choice.codebook else None,
        "gazetteer": [str(path.resolve()) for path in choice.gazetteer],
        "pipeline": choice.pipeline,
    }
    return commit(workspace, made, record) | {"tagged_anew": anew}


def measure_corpus(workspace: Path | str) -> dict[str, Any]:
    """Count and estimate, and return the workspace's manifest.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    """
    from discourse.measure import MEASURE, measure

    workspace = Path(workspace)
    record = current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    inputs = {name: record["tables"][name] for name in ("posts", *TAGGED)} | {"measured_by": MEASURE, "tagger": tagged["fingerprint"]}
    if record.get("measure", {}).get("inputs") == inputs and paths.holds(workspace, record, ("counts", "estimates")):
        return record
    corpus = {name: tables.read(workspace, name) for name in ("posts", "sentences", "mentions", "codings")}
    done = measure(corpus, framings=list(tagged["framings"]), themes=list(tagged["themes"]), language=tagged["language"])
    record["measure"] = {"codings": record["tables"]["codings"], "inputs": inputs, "left_out": done.left_out}
    return commit(workspace, {"counts": done.counts, "estimates": done.estimates}, record)


def evidence(workspace: Path | str, code: str, *, holder: str | None = None, most: int = 20) -> pd.DataFrame:
    """Return the sentences that carry a code, one row each: date, title, holder, modality, cue, sentence, rule and `post_id`.

    Parameters
    ----------
    workspace : tagged.
    code : a framing or a theme.
    holder : `author` or `other`; without it both.
    most : so many at most, spread evenly over the time that they span.
    """
    from discourse.export import evidence_rows

    posts, sentences, codings = (table(workspace, name) for name in ("posts", "sentences", "codings"))
    return evidence_rows(posts, sentences, codings, code=code, holder=holder, most=most)
