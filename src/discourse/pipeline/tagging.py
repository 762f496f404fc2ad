"""From a workspace's posts to codes: tag, and the sentences behind a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from discourse import paths, tables
from discourse.errors import WorkspaceError
from discourse.pipeline.workspace import Progress, commit, quiet, table

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


def tag_corpus(workspace: Path | str, *, jobs: int = 1, progress: Progress = quiet, **chosen: Unpack[Chosen]) -> dict[str, Any]:
    """Tag every post of a workspace and return its manifest; posts that were tagged alike before are not tagged again.

    Parameters
    ----------
    workspace : made by `load_corpus`.
    jobs : number of processes; the tables do not depend on it.
    progress : called with what is done, how many posts are done, and of how many.
    chosen : any of `codebook` (a file; without it the shipped one), `gazetteer` (files that add to the shipped one), `pipeline` (an
        installed spaCy pipeline; without it the shipped one) and `model` (of framings, made by `train_model`; without it the shipped one
        where the codebook has its framings, else rules alone).

    Raises
    ------
    CodebookError, ModelError, PipelineError : what is chosen is malformed, does not fit, or is not there.
    """
    from discourse.tag import SPLITTER, tag, tagger_from
    from discourse.tag.codebook import rule_hashes

    workspace = Path(workspace)
    record = paths.manifest(workspace)
    choice = _choice(**chosen)
    tagger = tagger_from(choice)
    before, chose = record.get("tag", {}), _record(choice)
    alike = before.get("posts") == record["tables"]["posts"] and before.get("fingerprint") == tagger.fingerprint
    alike = alike and record.get("chosen") == chose and before.get("parts") == tagger.parts and "rules" in before
    if alike and paths.holds(workspace, record, TAGGED):
        return record | {"tagged_anew": 0}
    posts = tables.read(workspace, "posts")
    made, anew = tag(posts, choice, cache_file=workspace / CACHE, jobs=jobs, progress=lambda done, of: progress("Tagging posts", done, of))
    book = tagger.codebook
    record["tag"] = {
        "posts": record["tables"]["posts"], "fingerprint": tagger.fingerprint, "parts": tagger.parts, "splitter": SPLITTER,
        "language": book.language,
        "codebook": f"{book.name} {book.version}", "codebook_sha256": book.sha256, "gazetteer_sha256": tagger.gazetteer.sha256,
        "pipeline": tagger.english.name, "model": _model(tagger, choice.model),
        "framings": book.of_kind("framing"), "themes": book.of_kind("theme"),
        "rules": rule_hashes(choice.codebook or paths.resource("codebook", "digital_rights.yaml")),
    }  # fmt: skip
    record["chosen"] = chose
    return commit(workspace, made, record) | {"tagged_anew": anew}


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

    record = paths.manifest(workspace)
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
