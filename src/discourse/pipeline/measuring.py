"""From a workspace's codings to numbers: counts, and shares with their intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from discourse import paths, tables
from discourse.pipeline.tagging import TAGGED
from discourse.pipeline.workspace import commit, current

__all__ = ["measure_corpus"]


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
