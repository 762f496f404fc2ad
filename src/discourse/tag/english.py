"""The English pipeline: tags, lemmas, dependencies and names of sentences, by spaCy.

`discourse_en` is shipped with the package (`resources/discourse_en`, with its model card and licence) and trained in `training/pipeline`.
Any installed spaCy pipeline that has a tagger, a parser and an entity recogniser can take its place. It is given sentences and never
moves their boundaries; each post is parsed by itself, so that nothing depends on what is parsed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import PipelineError, did_you_mean
from discourse.paths import resource, sha256

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SHIPPED", "English", "load_english", "pipeline_folder"]

SHIPPED = "discourse_en"
LONGEST = 5000
BATCH, PART = 64, 16
LABELS = {"FAC": "LOC", "PER": "PERSON", "GPE": "GPE"}
OURS = frozenset(("PERSON", "ORG", "GPE", "LOC", "NORP", "LAW", "PRODUCT", "EVENT"))


@dataclass(frozen=True)
class English:
    """A loaded pipeline; `fingerprint` names exactly what it is."""

    nlp: Any
    name: str
    fingerprint: str

    def parse(self, sentences: Sequence[str]) -> list[Doc]:
        """Return one document a sentence, each of a single sentence; of what is longer than 5,000 letters an empty one."""
        docs = [self.nlp.make_doc(sentence if len(sentence) <= LONGEST else "") for sentence in sentences]
        for doc in docs:
            for token in doc[1:]:
                token.is_sent_start = False
        filled = [doc for doc in docs if len(doc)]
        with _threads().limit(limits=1, user_api="blas"):
            for _, component in self.nlp.pipeline:
                filled = _annotated(component, filled)
        parsed = iter(filled)
        return [next(parsed) if len(doc) else doc for doc in docs]


def _annotated(component: Any, docs: list[Doc]) -> list[Doc]:
    """Return documents with what one component of a pipeline finds in them."""
    from spacy.pipeline.transition_parser import Parser

    if not hasattr(component, "pipe"):
        return [component(doc) for doc in docs]
    if not isinstance(component, Parser) or component.cfg["beam_width"] > 1 or not _is_plain(component.model):
        return list(component.pipe(docs, batch_size=BATCH))
    for first in range(0, len(docs), BATCH):
        by_length = sorted(docs[first : first + BATCH], key=len)
        for part in (by_length[n : n + PART] for n in range(0, len(by_length), PART)):
            component.set_annotations(part, _states(component, part))
    return docs


def _is_plain(model: Any) -> bool:
    """Return whether a parser's model is the usual one: two layers over the vectors, every label seen in training."""
    return bool(model.attrs.get("has_upper")) and not model.attrs.get("unseen_classes")


def _states(parser: Any, docs: list[Doc]) -> Any:
    """Return for each document the state in which a parser, or what finds names, ends that always takes the best step.

    This is `parser.predict`, with the same sums in the same order. That one asks for Python's lock at each of the many vectors that it adds
    up; here the lock is held throughout, and the two components take half the time.
    """
    model = parser.model.predict(docs)
    states = parser.moves.init_batch(docs)
    going = [state for state in states if not state.is_final()]
    while going:
        hidden = model.state2vec.predict(model.get_token_ids(going))
        going = parser.transition_states(going, model.vec2scores.predict(hidden))
    model.clear_memory()
    return states


@cache
def _threads() -> Any:
    """Return what keeps matrix products on one thread: the same sums in the same order wherever a post is parsed."""
    import numpy  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _with_numpy(nlp: Any) -> Any:
    """Return a pipeline whose matrix products are numpy's, 1.6 times as fast here as those it comes with.

    What scores the steps of a parser stays as it is: spaCy makes these products itself.
    """
    from thinc.api import NumpyOps

    models = [component.model for _, component in nlp.pipeline if hasattr(component, "model")]
    uppers = [model.get_ref("upper") for model in models if model.has_ref("upper")]
    for node in (node for model in models for node in model.walk()):
        if isinstance(node.ops, NumpyOps) and node not in uppers:
            node.ops = NumpyOps(use_blis=False)
    return nlp


def names(doc: Doc) -> list[tuple[int, int, str]]:
    """Return start, end and label of the names in a document, in the labels of the coding instructions, without articles and possessives.

    Labels that the instructions do not know (dates, quantities) are left out; a building is a LOC.
    """
    found = []
    for span in doc.ents:
        label = LABELS.get(span.label_, span.label_)
        while len(span) and (span[0].lower_ in ("the", "a", "an") or span[0].is_space):
            span = span[1:]
        while len(span) and not any(letter.isupper() or letter.isdigit() or letter in ")!" for letter in span[-1].text):
            span = span[:-1]
        if label in OURS and len(span):
            stop = span.end == len(doc) and re.fullmatch(r"[^.]{3,}\.", span[-1].text)
            found.append((span.start_char, span.end_char - bool(stop), label))
    return found


def pipeline_folder(name: str) -> Path | None:
    """Return where the files of a pipeline lie, without loading it; null where it is not installed."""
    if name == SHIPPED:
        return resource(SHIPPED)
    found = find_spec(name) if name.isidentifier() else None
    return Path(found.origin).parent if found and found.origin else Path(name) if Path(name).is_dir() else None


@cache
def load_english(name: str = SHIPPED) -> English:
    """Load the shipped pipeline, or an installed one by its name or folder.

    Raises
    ------
    PipelineError : no such pipeline is installed, or it lacks a component.
    """
    import spacy

    try:
        nlp = spacy.load(resource(SHIPPED, "meta.json").parent if name == SHIPPED else name)
    except (OSError, ValueError) as error:
        if name and Path(name).exists():
            raise PipelineError(f"{name}: this folder holds no spaCy pipeline ({' '.join(str(error).split())[:120]}).") from error
        hint = did_you_mean(name, [SHIPPED, *spacy.util.get_installed_models()])
        raise PipelineError(f"No pipeline {name!r} is installed.{hint} Get it with: python -m spacy download {name}") from error
    lacking = [component for component in ("tagger", "parser", "ner") if component not in nlp.pipe_names]
    if lacking:
        raise PipelineError(f"The pipeline {name!r} has no {', '.join(lacking)}; names and framings need them.")
    files = sorted(path for path in Path(nlp.path).rglob("*") if path.is_file() and path.suffix != ".md")
    digest = sha256("".join(sha256(path.read_bytes()) for path in files).encode())
    title = SHIPPED if name == SHIPPED else f"{nlp.meta['lang']}_{nlp.meta['name']}"
    return English(_with_numpy(nlp), f"{title} {nlp.meta['version']}", digest)
