"""What the framing models look at in one parsed sentence: named features in four blocks, each with the words that it stands on.

`words`
    Lemmas, and pairs of neighbours; a name counts as its label, so that what is learned of one country serves for another.
`relations`
    Who does what to whom: a word, its head and their relation, and subject, verb and object together, as lemmas and as the word classes
    that the codebook's `terms` define (people, agents, technology, …).
`letters`
    Runs of three to five letters inside a word, which tie surveil, surveils and surveillance together.
`rules`
    The rules of the codebook that hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.codebook import Codebook
from discourse.tag.framing.stances import Classes, stances

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Feature", "Features"]

RUNS = (3, 4, 5)
LONGEST_WORD = 30
SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
OBJECTS = ("obj", "obl", "iobj", "xcomp", "ccomp")
NO_RELATION = ("ROOT", "det", "case", "punct")
DENIALS = ("not", "n't", "n’t", "never", "no")


class Feature(NamedTuple):
    """A feature's name and the tokens that it stands on."""

    name: str
    tokens: tuple[int, ...]


class Features:
    """What reads the features off a sentence: a codebook's rules and word classes."""

    def __init__(self, codebook: Codebook) -> None:
        """Keep the codebook."""
        self._codebook = codebook
        self._classes = Classes(codebook.terms)

    def of(self, doc: Doc) -> dict[str, list[Feature]]:
        """Return the features of a sentence, block by block."""
        hits = self._codebook.all_hits(doc.text, doc, kind="framing")
        return {
            "words": list(_words(doc)),
            "relations": list(_relations(doc, self._classes)),
            "letters": list(_letters(doc)),
            "rules": [Feature(hit.rule, _inside(doc, hit.start, hit.end)) for hit in hits],
        }

    def stances(self, doc: Doc) -> list[str]:
        """Return the names of a sentence's features of stance, on which holder and modality hang."""
        return [name for name, _, _ in stances(doc, self._classes)]


def _inside(doc: Doc, start: int, end: int) -> tuple[int, ...]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return tuple(token.i for token in span) if span is not None else ()


def _written(token: Token) -> str:
    """Return a token as features name it: its label where it is a name, else its lemma."""
    if token.ent_type_:
        return f"_{token.ent_type_}"
    return str(token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower())


def _words(doc: Doc) -> Iterator[Feature]:
    before: Feature | None = None
    for token in doc:
        inside_name = token.ent_type_ and token.ent_iob_ != "B"
        if token.is_punct or token.is_space or inside_name:
            continue
        one = Feature(_written(token), (token.i,))
        yield one
        if before is not None:
            yield Feature(f"{before.name} {one.name}", before.tokens + one.tokens)
        before = one


def _relations(doc: Doc, classes: Classes) -> Iterator[Feature]:
    named = [(_written(token), *classes.of(token.lower_, token.lemma_.lower())) for token in doc]
    for token in doc:
        if token.is_punct or token.is_space or token.dep_ in NO_RELATION:
            continue
        head, relation = token.head, _relation(token)
        yield from (Feature(f"{a}<{relation}<{b}", (token.i, head.i)) for a in named[token.i] for b in named[head.i])
    for verb in doc:
        if verb.pos_ in ("VERB", "AUX"):
            yield from _acts(verb, named)


def _relation(token: Token) -> str:
    by = token.dep_ == "obl" and any(child.dep_ == "case" and child.lower_ == "by" for child in token.children)
    return "by" if by else str(token.dep_)


def _acts(verb: Token, named: list[tuple[str, ...]]) -> Iterator[Feature]:
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not subjects and verb.dep_ in ("conj", "xcomp", "advcl"):
        subjects = [child for child in verb.head.children if child.dep_ == "nsubj"]
    for a in subjects:
        for b in (child for child in verb.children if child.dep_ in OBJECTS):
            tokens = (a.i, verb.i, b.i)
            yield from (Feature(f"{x}>{v}>{y}", tokens) for x in named[a.i] for v in named[verb.i] for y in named[b.i])
    for child in verb.children:
        if child.lower_ in DENIALS:
            yield Feature(f"not>{verb.lemma_.lower()}", (child.i, verb.i))


def _letters(doc: Doc) -> Iterator[Feature]:
    for token in doc:
        if not token.is_space:
            yield from (Feature(run, (token.i,)) for run in _runs(token.lower_[:LONGEST_WORD]))


@lru_cache(maxsize=200_000)
def _runs(word: str) -> tuple[str, ...]:
    """Return a word's runs of letters, its ends marked.

    >>> _runs("vpn")
    ('<vp', 'vpn', 'pn>', '<vpn', 'vpn>', '<vpn>')
    """
    marked = f"<{word}>"
    return tuple(marked[i : i + n] for n in RUNS for i in range(len(marked) - n + 1))
