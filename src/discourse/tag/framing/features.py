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
from itertools import repeat
from typing import TYPE_CHECKING

from discourse.tag.codebook import Codebook
from discourse.tag.framing.stances import Classes, stances
from discourse.tag.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Feature", "Features"]

RUNS = (3, 4, 5)
LONGEST_WORD = 30
SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
OBJECTS = ("obj", "obl", "iobj", "xcomp", "ccomp")
NO_RELATION = ("ROOT", "det", "case", "punct")
DENIALS = ("not", "n't", "n’t", "never", "no")
Feature = tuple[str, tuple[int, ...]]  # its name and the tokens that it stands on


class Features:
    """What reads the features off a sentence: a codebook's rules and word classes."""

    def __init__(self, codebook: Codebook) -> None:
        """Keep the codebook."""
        self._codebook = codebook
        self._classes = Classes(codebook.terms)

    def of(self, doc: Doc) -> dict[str, list[Feature]]:
        """Return the features of a sentence, block by block."""
        tokens = tokens_of(doc)
        hits = self._codebook.all_hits(tokens.text, doc, kind="framing")
        written = [_written(tokens, n) for n in range(len(doc))]
        return {
            "words": list(_words(tokens, written)),
            "relations": list(_relations(tokens, written, self._classes)),
            "letters": _letters(tokens),
            "rules": [(hit.rule, _inside(doc, hit.start, hit.end)) for hit in hits],
        }

    def stances(self, doc: Doc) -> list[str]:
        """Return the names of a sentence's features of stance, on which holder and modality hang."""
        return [name for name, _, _ in stances(doc, self._classes)]


def _inside(doc: Doc, start: int, end: int) -> tuple[int, ...]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return tuple(token.i for token in span) if span is not None else ()


def _written(tokens: Tokens, n: int) -> str:
    """Return a token as features name it: its label where it is a name, else its lemma."""
    if tokens.names[n]:
        return f"_{tokens.names[n]}"
    return tokens.lowers[n] if tokens.pos[n] == "PROPN" else tokens.lemmas[n]


def _words(tokens: Tokens, written: list[str]) -> Iterator[Feature]:
    before: Feature | None = None
    for n, word in enumerate(written):
        if tokens.marks[n] or tokens.goes_on[n]:
            continue
        one = (word, (n,))
        yield one
        if before is not None:
            yield f"{before[0]} {word}", (*before[1], n)
        before = one


def _relations(tokens: Tokens, written: list[str], classes: Classes) -> Iterator[Feature]:
    named = [(word, *classes.of(*forms)) for word, *forms in zip(written, tokens.lowers, tokens.lemmas, strict=True)]
    for n, head in enumerate(tokens.heads):
        if tokens.marks[n] or tokens.deps[n] in NO_RELATION:
            continue
        relation, places = _relation(tokens, n), (n, head)
        yield from ((f"{a}<{relation}<{b}", places) for a in named[n] for b in named[head])
    for verb, pos in enumerate(tokens.pos):
        if pos in ("VERB", "AUX"):
            yield from _acts(tokens, verb, named)


def _relation(tokens: Tokens, n: int) -> str:
    dep = tokens.deps[n]
    by = dep == "obl" and any(tokens.deps[child] == "case" and tokens.lowers[child] == "by" for child in tokens.children[n])
    return "by" if by else dep


def _acts(tokens: Tokens, verb: int, named: list[tuple[str, ...]]) -> Iterator[Feature]:
    children, deps = tokens.children[verb], tokens.deps
    subjects = [child for child in children if deps[child] in SUBJECTS]
    if not subjects and deps[verb] in ("conj", "xcomp", "advcl"):
        subjects = [child for child in tokens.children[tokens.heads[verb]] if deps[child] == "nsubj"]
    for a in subjects:
        for b in (child for child in children if deps[child] in OBJECTS):
            yield from ((f"{x}>{v}>{y}", (a, verb, b)) for x in named[a] for v in named[verb] for y in named[b])
    for child in children:
        if tokens.lowers[child] in DENIALS:
            yield f"not>{tokens.lemmas[verb]}", (child, verb)


def _letters(tokens: Tokens) -> list[Feature]:
    found: list[Feature] = []
    for n, word in enumerate(tokens.lowers):
        if not tokens.spaces[n]:
            found += zip(_runs(word[:LONGEST_WORD]), repeat((n,)), strict=False)
    return found


@lru_cache(maxsize=200_000)
def _runs(word: str) -> tuple[str, ...]:
    """Return a word's runs of letters, its ends marked.

    >>> _runs("vpn")
    ('<vp', 'vpn', 'pn>', '<vpn', 'vpn>', '<vpn>')
    """
    marked = f"<{word}>"
    return tuple(marked[i : i + n] for n in RUNS for i in range(len(marked) - n + 1))
