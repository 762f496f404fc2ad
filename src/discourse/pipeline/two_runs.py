"""Two runs of one corpus: read, refused where they cannot be compared, and what went into each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths, workspaces
from discourse.errors import WorkspaceError
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Run", "differing_inputs", "differing_rules", "gold_note", "inputs_of", "two_runs"]

READ = ("posts", "sources", "notes", "comments", "sentences", "mentions", "codings", "estimates")
TAGGED_WITH = ("codebook", "model", "gazetteer", "pipeline", "program")


class Run(NamedTuple):
    """One workspace: its manifest, and its tables."""

    folder: Path
    record: dict[str, Any]
    corpus: dict[str, pd.DataFrame]

    @property
    def tagged(self) -> dict[str, Any]:
        """What the manifest says of the tagging."""
        return dict(self.record["tag"])

    @property
    def gold(self) -> Mapping[str, Any] | None:
        """What the manifest says of the hand codes that correct, where there are any."""
        return self.record["measure"].get("gold") or None


def two_runs(before: Path, after: Path) -> tuple[Run, Run]:
    """Read two workspaces.

    Raises
    ------
    WorkspaceError : one is not tagged, or not measured, as it is now; or they are of different blogs.
    """
    runs = _run(before), _run(after)
    _refuse_strangers(*runs)
    return runs


def _run(folder: Path) -> Run:
    """Read a workspace.

    Raises
    ------
    WorkspaceError : it was not tagged, or not measured, since it last changed.
    """
    current(folder, "tag", "posts", "tagged")
    record = current(folder, "measure", "codings", "measured")
    return Run(folder, record, {name: workspaces.read(folder, name) for name in READ})


def _refuse_strangers(before: Run, after: Run) -> None:
    sources = [run.record["corpus"]["source"] for run in (before, after)]
    shared = set(before.corpus["posts"]["post_id"]) & set(after.corpus["posts"]["post_id"])
    if sources[0] != sources[1] and not shared:
        raise WorkspaceError(
            f"{before.folder} and {after.folder}: of different blogs ({sources[0]}, {sources[1]}) with no post in common; compare two runs "
            "of one corpus (discourse load PATH --source NAME gives both the same name)."
        )


def differing_inputs(before: Run, after: Run) -> tuple[tuple[str, ...], bool]:
    """Return which inputs of tagging differ, by the manifests, and whether they name all of them.

    Those of an earlier version do not name the program and the content of the pipeline: then these are never ruled out.
    """
    tags = [run.tagged for run in (before, after)]
    if tags[0]["fingerprint"] == tags[1]["fingerprint"]:
        return (), True
    whole = all("parts" in tag for tag in tags)
    parts = [tag["parts"] if whole else _named_parts(tag) for tag in tags]
    differ = [name for name in TAGGED_WITH if parts[0].get(name) != parts[1].get(name)]
    if whole:
        return tuple(differ), True
    return (*(differ or ["pipeline"]), *([] if "program" in differ else ["program"])), False


def _named_parts(tag: Mapping[str, Any]) -> dict[str, Any]:
    model = tag.get("model") or {}
    return {
        "codebook": tag["codebook_sha256"], "model": model.get("fingerprint"), "gazetteer": tag["gazetteer_sha256"],
        "pipeline": tag.get("pipeline"), "program": tag["splitter"],
    }  # fmt: skip


def inputs_of(before: Run, after: Run, differ: Sequence[str]) -> pd.DataFrame:
    """Return a row an input: what it was in each run, to be read by people, and whether it is the same."""
    import pandas as pd

    said = [{**_said_of_tagging(run.tagged), **_said_of_measuring(run)} for run in (before, after)]
    rows = [
        (name, said[0][name], said[1][name], name not in differ if name in TAGGED_WITH else said[0][name] == said[1][name])
        for name in said[0]
    ]
    return pd.DataFrame(rows, columns=["input", "before", "after", "same"])


def _said_of_tagging(tag: Mapping[str, Any]) -> dict[str, str]:
    titles = {
        "codebook": tag["codebook"],
        "model": (tag.get("model") or {}).get("title", "none, by rules"),
        "pipeline": tag.get("pipeline"),
    }
    hashes = {name: str(value or "")[:8] for name, value in (tag.get("parts") or _named_parts(tag)).items()}
    return {name: f"{titles.get(name) or ''} {hashes[name]}".strip() for name in TAGGED_WITH}


def _said_of_measuring(run: Run) -> dict[str, str]:
    gold = run.gold
    split = f", split {gold['split']}" if gold and gold["split"] else ""
    said = f"{Path(gold['file']).name} {gold['sha256'][:8]}{split}" if gold else "none"
    return {"gold": said, "measures": run.record["measure"]["inputs"]["measured_by"]}


def differing_rules(before: Run, after: Run) -> dict[str, str]:
    """Return what became of each rule, where the codebooks differ and are still the files that they were."""
    from discourse.tag.codebook import compared_rules

    files = []
    for run in (before, after):
        own = run.record.get("chosen", {}).get("codebook")
        file = Path(own) if own else paths.resource("codebook", "digital_rights.yaml")
        if not file.is_file() or paths.sha256(file.read_bytes()) != run.tagged["codebook_sha256"]:
            return {}
        files.append(file)
    return compared_rules(*files)


def gold_note(before: Run, after: Run) -> str:
    """Return what is to be said of the gold of both runs; empty where it is the same, or neither has any."""
    said = [_said_of_measuring(run)["gold"] for run in (before, after)]
    if said[0] == said[1]:
        return ""
    if "none" in said:
        which = "first" if said[1] == "none" else "second"
        return f"Only the {which} run was measured with gold: corrected shares cannot be compared."
    return f"The gold differs ({said[0]}, {said[1]}): corrected shares may have moved because of that alone."
