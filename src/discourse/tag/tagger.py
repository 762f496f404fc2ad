"""What codes a post: a codebook, a model of its framings, a gazetteer and a pipeline, chosen by name and loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from discourse.errors import ModelError
from discourse.kept import key
from discourse.paths import program, resource, sha256
from discourse.tag import cues, entities, sentences
from discourse.tag.codebook import Codebook, read_codebook
from discourse.tag.english import SHIPPED, English, load_english, pipeline_folder
from discourse.tag.entities import GAZETTEER, Gazetteer, read_gazetteer
from discourse.tag.framing import Known, Model, Reader, none_known, read_model
from discourse.tag.sentences import SPLITTER

__all__ = ["Choice", "Tagger", "files_of", "tagger_from"]

TAGGER = "5"
KEPT = 4  # taggers that were used last


@dataclass(frozen=True)
class Tagger:
    """What codes a post; `fingerprint` names exactly what its parts are."""

    codebook: Codebook
    model: Model
    gazetteer: Gazetteer
    english: English

    @cached_property
    def reader(self) -> Reader:
        """What reads a sentence for framings, holder and modality."""
        return Reader(self.codebook, self.model)

    @property
    def learned(self) -> bool:
        """Whether the model codes the framings; it does where it was fitted to these rules, else the rules do."""
        return bool(self.model.about["codebook_sha256"] == self.codebook.framings_sha256)

    @cached_property
    def known(self) -> Known:
        """The sentences that the model which codes the framings was fitted on, with their hand codes; none where rules code them."""
        return self.model.known if self.learned else none_known(list(self.codebook.of_kind("framing")))

    @cached_property
    def parts(self) -> dict[str, str]:
        """What can change a coding, each with its hash; `program` is the package itself: how it splits, links, and finds a holder."""
        stance = "" if self.model.holder and self.model.modality else read_model().fingerprint
        return {
            "codebook": self.codebook.sha256,
            "model": self.model.fingerprint + stance,
            "gazetteer": self.gazetteer.sha256,
            "pipeline": self.english.fingerprint,
            "program": key(TAGGER, SPLITTER, sentences.fingerprint(), entities.fingerprint(), cues.fingerprint()),
        }

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that can change a coding."""
        own = self.parts
        parts = (own["codebook"], own["model"], own["gazetteer"], entities.fingerprint(), own["pipeline"])
        return key(TAGGER, SPLITTER, sentences.fingerprint(), *parts, cues.fingerprint())


@dataclass(frozen=True)
class Choice:
    """What a tagger is made of, by name: a codebook file, gazetteer files that add to the shipped one, a pipeline, a model of framings."""

    codebook: Path | None = None
    gazetteer: tuple[Path, ...] = ()
    pipeline: str = SHIPPED
    model: Path | None = None


def tagger_from(choice: Choice) -> Tagger:
    """Read and load what a choice names; files that hold what they held before give the tagger that they gave before.

    Raises
    ------
    CodebookError, ModelError, PipelineError : a file is malformed; the model is of another codebook; the pipeline is not installed.
    """
    parts = (read_codebook(choice.codebook), read_model(choice.model), read_gazetteer([GAZETTEER, *choice.gazetteer]))
    tagger = _joined(*parts, load_english(choice.pipeline))
    if choice.model is not None and not tagger.learned:
        raise ModelError(
            f"{choice.model}: this model was fitted to other framings than those of the codebook {tagger.codebook.name}; "
            "fit one with: discourse train --codes FILE --codebook CODEBOOK"
        )
    return tagger


def files_of(choice: Choice) -> str:
    """Return one SHA-256 over every file that can change a coding, the program's own too, without loading any.

    Two choices with the same one give the same tagger; two with different ones may still do.
    """
    own = [choice.codebook, *choice.gazetteer, choice.model, pipeline_folder(choice.pipeline), resource()]
    found = [sorted(path.rglob("*")) if path.is_dir() else [path] for path in own if path is not None]
    hashes = [f"{path.name} {sha256(path.read_bytes())}" for some in found for path in some if path.is_file()]
    return key(program("tag", "tables.py"), *hashes)


@lru_cache(maxsize=KEPT)
def _joined(codebook: Codebook, model: Model, gazetteer: Gazetteer, english: English) -> Tagger:
    return Tagger(codebook, model, gazetteer, english)
