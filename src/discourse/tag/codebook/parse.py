"""A parsed sentence as rules need it, read once from spaCy's document, and the words that a rule asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Parse", "Words", "parsed"]

PLURAL = ("NNS", "NNPS")
SHORTEST_PLURAL = 4
MOST_KEPT = 100_000


@dataclass(frozen=True)
class Parse:
    """Tokens of one sentence in parallel lists; `forms` are the spellings that a word of a rule may have to match a token."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[frozenset[str]]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    vocabulary: frozenset[str]
    _spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def spans(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Return where a pattern matches the text, found once; kept by identity, since to hash a pattern takes longer than to match it."""
        if id(pattern) not in self._spans:
            self._spans[id(pattern)] = [match.span() for match in pattern.finditer(self.text)]
        return self._spans[id(pattern)]

    def having(self, token: int, *deps: str) -> list[int]:
        """Return a token's children with one of these labels."""
        return [child for child in self.children[token] if self.deps[child] in deps]


def parsed(doc: Doc) -> Parse:
    """Return what rules need of a document."""
    tokens = list(doc)
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head.i != token.i:
            children[token.head.i].append(token.i)
    forms = [_forms(token.text, token.lemma_, token.tag_) for token in tokens]
    return Parse(
        doc.text,
        starts=[token.idx for token in tokens],
        ends=[token.idx + len(token.text) for token in tokens],
        forms=forms,
        pos=[token.pos_ for token in tokens],
        tags=[token.tag_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        heads=[token.head.i for token in tokens],
        children=children,
        vocabulary=frozenset().union(*forms),
    )


@lru_cache(maxsize=100_000)
def _forms(text: str, lemma: str, tag: str) -> frozenset[str]:
    """Return a token as written, in small letters, its lemma, and without a plural's s: lemmas of capitalised words are often plurals."""
    lower = text.lower()
    plural = tag in PLURAL and len(text) >= SHORTEST_PLURAL and lower.endswith("s") and not lower.endswith("ss")
    return frozenset((text, lower, lemma, lemma.lower(), lower[:-1] if plural else lower))


@dataclass(frozen=True, eq=False)
class Words:
    """What one place of a rule may hold: single words, compared with a token's forms, and patterns, compared with text and forms."""

    single: frozenset[str]
    patterns: tuple[re.Pattern[str], ...] = ()
    _seen: dict[str, bool] = field(default_factory=dict)

    def may_occur(self, parse: Parse) -> bool:
        """Return whether it is worth looking further: cheap, and never wrongly false."""
        return bool(self.patterns) or not self.single.isdisjoint(parse.vocabulary)

    def are(self, parse: Parse, token: int) -> bool:
        """Return whether the token is one of the words or lies in a phrase that a pattern finds."""
        forms, start, end = parse.forms[token], parse.starts[token], parse.ends[token]
        if not self.single.isdisjoint(forms):
            return True
        return any(a <= start and end <= b for p in self.patterns for a, b in parse.spans(p)) or self._match(forms)

    def ends_from(self, parse: Parse, token: int) -> list[int]:
        """Return the tokens behind the words when they begin at the token: one for a word, further ones for phrases."""
        found = []
        if not self.single.isdisjoint(parse.forms[token]) or self._match(parse.forms[token]):
            found.append(token + 1)
        ends = [b for p in self.patterns for a, b in parse.spans(p) if a == parse.starts[token]]
        found += [next((n for n in range(token, len(parse.ends)) if parse.ends[n] >= end), token) + 1 for end in ends]
        return sorted(set(found), reverse=True)

    def _match(self, forms: Iterable[str]) -> bool:
        return bool(self.patterns) and any(self._is(form) for form in forms)

    def _is(self, form: str) -> bool:
        if form not in self._seen:
            if len(self._seen) >= MOST_KEPT:
                self._seen.clear()
            self._seen[form] = any(pattern.fullmatch(form) for pattern in self.patterns)
        return self._seen[form]
