"""From a workspace's posts to codes: tag, and the sentences behind a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from discourse import paths, workspaces
from discourse.errors import WorkspaceError
from discourse.kept import Kept, kept_in, key
from discourse.pipeline.workspace import Progress, commit, parts_before, quiet, table
from discourse.workers import HERE, Run, Where, workers
from discourse.workspaces import Part

if TYPE_CHECKING:
    import pandas as pd

    from discourse.tag import Choice, Tagger

__all__ = ["TAGGED", "Chosen", "chosen_before", "coded_by", "evidence", "tag_corpus", "tagger_of"]

CACHE = "tagged.sqlite"
TAGGED = ("sentences", "mentions", "codings")


class Chosen(TypedDict, total=False):
    """What a corpus is tagged with, where it is not what is shipped."""

    codebook: Path | None
    gazetteer: Sequence[Path]
    pipeline: str | None
    model: Path | None


def tag_corpus(
    workspace: Path | str, *, where: Where = HERE, progress: Progress = quiet, wait: bool = False, **chosen: Unpack[Chosen]
) -> dict[str, Any]:
    """Tag every post of a workspace and return its manifest; posts that were tagged alike before are not tagged again.

    Parameters
    ----------
    workspace : made by `load_corpus`.
    where : number of processes, or the address of a Dask cluster; the tables do not depend on it.
    progress : called with what is done, how many posts are done, and of how many.
    wait : for another run that is at work on the workspace; without it that is an error.
    chosen : any of `codebook` (a file; without it the shipped one), `gazetteer` (files that add to the shipped one), `pipeline` (an
        installed spaCy pipeline; without it the shipped one) and `model` (of framings, made by `train_model`; without it the shipped one
        where the codebook has its framings, else rules alone).

    Raises
    ------
    CodebookError, ModelError, PipelineError : what is chosen is malformed, does not fit, or is not there.
    WorkerError : there are no such processes, or no such cluster.
    WorkspaceError : another run is at work on the workspace, or it cannot be written.
    """
    from discourse.tag import files_of

    workspace, choice = Path(workspace), _choice(**chosen)
    if (record := _current(workspace, choice)) is not None:
        return record | {"tagged_anew": 0}
    with workspaces.locked(workspace, wait=wait):
        if (record := _current(workspace, choice)) is not None:  # another run has done it meanwhile
            return record | {"tagged_anew": 0}
        record = workspaces.manifest(workspace)
        about = _about(choice) | {"posts": record["tables"]["posts"], "files": files_of(choice)}
        with kept_in(workspace / CACHE) as kept, workers(where) as run:
            made, anew = _tagged(workspace, record, choice, kept=kept, run=run, progress=progress)
            record = commit(workspace, made, record | {"tag": about, "chosen": _record(choice)})
            kept.forget_unused()
        return record | {"tagged_anew": anew}


def _current(workspace: Path, choice: Choice) -> dict[str, Any] | None:
    """Return the manifest where the tables are those of these posts and of this choice, else nothing; nothing is loaded for that."""
    from discourse.tag import files_of

    record = workspaces.manifest(workspace)
    before = record.get("tag", {})
    alike = before.get("posts") == record["tables"]["posts"] and record.get("chosen") == _record(choice)
    alike = alike and before.get("files") == files_of(choice)
    return record if alike and workspaces.holds(workspace, record, TAGGED) else None


def _tagged(
    workspace: Path, record: Mapping[str, Any], choice: Choice, *, kept: Kept, run: Run, progress: Progress
) -> tuple[dict[str, list[Part]], int]:
    """Tag what is not kept yet, and write the parts of the tables whose posts or tagger have changed."""
    from discourse.tag import READ, tag, tagged, tagger_from

    def posts() -> Iterator[tuple[Part, pd.DataFrame]]:
        return workspaces.read_parts(workspace, "posts", columns=READ)

    n = sum(part["rows"] for part in record["parts"]["posts"])
    anew = tag((frame for _, frame in posts()), choice, kept=kept, run=run, progress=lambda done: progress("Tagging posts", done, n))
    fingerprint, old = tagger_from(choice).fingerprint, parts_before(record, workspace, TAGGED)
    made: dict[str, list[Part]] = {name: [] for name in TAGGED}
    for part, frame in posts():
        made_from = key(part["sha256"], fingerprint)
        there = old.get(made_from)
        if there is None:
            built, place = tagged(frame, fingerprint, kept), workspaces.place(part)
            there = {name: workspaces.keep(workspace, name, place, built[name], made_from=made_from) for name in TAGGED}
        for name in TAGGED:
            made[name].append(there[name])
    return made, anew


def _about(choice: Choice) -> dict[str, Any]:
    """Return what the manifest says of a tagger."""
    from discourse.tag import SPLITTER, tagger_from
    from discourse.tag.codebook import rule_hashes

    tagger = tagger_from(choice)
    book = tagger.codebook
    return {
        "fingerprint": tagger.fingerprint, "parts": tagger.parts, "splitter": SPLITTER, "language": book.language,
        "codebook": f"{book.name} {book.version}", "codebook_sha256": book.sha256, "gazetteer_sha256": tagger.gazetteer.sha256,
        "pipeline": tagger.english.name, "model": _model(tagger, choice.model),
        "framings": book.of_kind("framing"), "themes": book.of_kind("theme"),
        "rules": rule_hashes(choice.codebook or paths.resource("codebook", "digital_rights.yaml")),
    }  # fmt: skip


def _choice(
    *, codebook: Path | None = None, gazetteer: Sequence[Path] = (), pipeline: str | None = None, model: Path | None = None
) -> Choice:
    from discourse.tag import SHIPPED, Choice

    pipeline = SHIPPED if pipeline is None else pipeline
    pipeline = str(Path(pipeline).resolve()) if pipeline and Path(pipeline).is_dir() else pipeline
    return Choice(codebook, tuple(gazetteer), pipeline, model)


def _record(choice: Choice) -> dict[str, Any]:
    """Return what the manifest remembers of a choice, so that the next tagging can make the same."""
    files = {"codebook": choice.codebook, "model": choice.model}
    return {
        **{key: str(Path(file).resolve()) if file else None for key, file in files.items()},
        "gazetteer": [str(path.resolve()) for path in choice.gazetteer],
        "pipeline": choice.pipeline,
    }


def _model(tagger: Tagger, own: Path | None) -> dict[str, Any] | None:
    """Return what the manifest says of the model that codes the framings, or nothing where rules do."""
    if not tagger.learned:
        return None
    return {"title": tagger.model.title, "fingerprint": tagger.model.fingerprint, "own": own is not None}


def coded_by(tagged: Mapping[str, Any]) -> str:
    """Return who coded what, as a caption says it, from a manifest's entry `tag`.

    >>> coded_by({"codebook": "soups 1", "model": None, "framings": {"soup": "Soup"}, "themes": {}})
    'Framings coded by rules of the codebook soups 1'
    """
    rules, model = f"by rules of the codebook {tagged['codebook']}", tagged.get("model")
    kinds = [kind for kind in ("framings", "themes") if tagged[kind]]
    if model is None or not tagged["framings"]:
        return f"{' and '.join(kinds).capitalize()} coded {rules}"
    which = f"by the study's own model {model['title']} ({model['fingerprint'][:8]})" if model["own"] else f"by the model {model['title']}"
    return f"Framings coded {which}" + (f", themes {rules}" if tagged["themes"] else f", codebook {tagged['codebook']}")


def chosen_before(record: Mapping[str, Any]) -> Chosen:
    """Return what a workspace was tagged with last, from its manifest."""
    chosen = record.get("chosen", {})
    file = {key: Path(chosen[key]) if chosen.get(key) else None for key in ("codebook", "model")}
    gazetteer = [Path(path) for path in chosen.get("gazetteer", [])]
    return {"codebook": file["codebook"], "gazetteer": gazetteer, "pipeline": chosen.get("pipeline"), "model": file["model"]}


def tagger_of(workspace: Path) -> Tagger:
    """Return the tagger that tagged a workspace.

    Raises
    ------
    WorkspaceError : it has changed since.
    """
    from discourse.tag import Choice, tagger_from

    record = workspaces.manifest(workspace)
    chosen = record.get("chosen", {})
    given: dict[str, Any] = {key: Path(chosen[key]) for key in ("codebook", "model") if chosen.get(key)}
    given |= {"pipeline": chosen["pipeline"]} if chosen.get("pipeline") else {}
    tagger = tagger_from(Choice(gazetteer=tuple(Path(file) for file in chosen.get("gazetteer", [])), **given))
    if tagger.fingerprint != record["tag"]["fingerprint"]:
        raise WorkspaceError(f"{workspace}: tagged with another codebook, model or pipeline than now; run: discourse tag {workspace}")
    return tagger


def evidence(
    workspace: Path | str,
    code: str,
    *,
    holder: str | None = None,
    years: tuple[int | None, int | None] = (None, None),
    category: str | None = None,
    most: int = 20,
) -> pd.DataFrame:
    """Return the sentences that carry a code, one row each: date, title, holder, modality, cue, sentence, rule and `post_id`.

    Parameters
    ----------
    workspace : tagged.
    code : a framing or a theme.
    holder : `author` or `other`; without it both.
    years : only of posts of these years, from the first to the last; null is no bound.
    category : only of posts in it.
    most : so many at most, spread evenly over the time that they span.
    """
    from discourse.export import evidence_rows

    posts, sentences, codings = (table(workspace, name) for name in ("posts", "sentences", "codings"))
    first, last = years
    if first is not None:
        posts = posts[posts["published"].dt.year >= first]
    if last is not None:
        posts = posts[posts["published"].dt.year <= last]
    if category is not None:
        posts = posts[[category in (some if some is not None else ()) for some in posts["categories"]]]
    return evidence_rows(posts, sentences, codings, code=code, holder=holder, most=most)
