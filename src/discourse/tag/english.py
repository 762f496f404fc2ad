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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import PipelineError, did_you_mean
from discourse.paths import resource, sha256

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SHIPPED", "English", "load_english"]

SHIPPED = "discourse_en"
LONGEST = 5000
BATCH = 64
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
            parsed = iter(list(self.nlp.pipe(filled, batch_size=BATCH)))
        return [next(parsed) if len(doc) else doc for doc in docs]


@cache
def _threads() -> Any:
    """Return what keeps matrix products on one thread: the same sums in the same order wherever a post is parsed."""
    import numpy  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _with_numpy(nlp: Any) -> Any:
    """Return a pipeline whose matrix products are numpy's, 1.6 times as fast here as those it comes with."""
    from thinc.api import NumpyOps

    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if isinstance(node.ops, NumpyOps):
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
