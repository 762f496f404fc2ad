"""A parsed sentence as rules need it, read once from spaCy's document, and the words that a rule asks of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Found", "Parse", "Phrases", "Words", "parsed"]

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
    _found: dict[Phrases, Found] = field(default_factory=dict)

    def found(self, phrases: Phrases) -> Found:
        """Return where phrases are, looked for once."""
        if phrases not in self._found:
            self._found[phrases] = phrases.find(self)
        return self._found[phrases]

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


class Found(NamedTuple):
    """Where phrases are in a sentence: the tokens behind them by the token that they begin at, and every token inside one."""

    ends: dict[int, list[int]]
    inside: set[int]


@dataclass(frozen=True, eq=False)
class Phrases:
    """A pattern of words and phrases, compared with the text and with the forms of single tokens. Rules that write the same share it."""

    pattern: re.Pattern[str]
    _seen: dict[frozenset[str], bool] = field(default_factory=dict)

    def find(self, parse: Parse) -> Found:
        """Return where they are in a parsed sentence."""
        ends = {token: [token + 1] for token, forms in enumerate(parse.forms) if self._is(forms)}
        inside = set(ends)
        for start, end in (match.span() for match in self.pattern.finditer(parse.text)):
            first, behind = bisect_left(parse.starts, start), bisect_left(parse.ends, end) + 1
            if first < len(parse.starts) and parse.starts[first] == start and behind - 1 < len(parse.ends):
                ends.setdefault(first, []).insert(0, behind)
            inside.update(token for token in range(first, behind) if token < len(parse.ends) and parse.ends[token] <= end)
        return Found(ends, inside)

    def _is(self, forms: frozenset[str]) -> bool:
        if forms not in self._seen:
            if len(self._seen) >= MOST_KEPT:
                self._seen.clear()
            self._seen[forms] = any(self.pattern.fullmatch(form) for form in forms)
        return self._seen[forms]


@dataclass(frozen=True, eq=False)
class Words:
    """What one place of a rule may hold: single words, compared with the forms of tokens, and phrases."""

    single: frozenset[str]
    phrases: tuple[Phrases, ...] = ()

    def may_occur(self, parse: Parse) -> bool:
        """Return whether any of the words is in the sentence."""
        return not self.single.isdisjoint(parse.vocabulary) or any(parse.found(some).inside for some in self.phrases)

    def are(self, parse: Parse, token: int) -> bool:
        """Return whether the token is one of the words or lies inside a phrase."""
        return not self.single.isdisjoint(parse.forms[token]) or any(token in parse.found(some).inside for some in self.phrases)

    def ends_from(self, parse: Parse, token: int) -> list[int]:
        """Return the tokens behind the words where they begin at the token: one for a word, further ones for phrases."""
        ends = [end for some in self.phrases for end in parse.found(some).ends.get(token, ())]
        return ends if self.single.isdisjoint(parse.forms[token]) else [*ends, token + 1]
