"""Codes and their rules, and the hits that they give in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.codebook.acts import Acts
from discourse.tag.codebook.lemmas import Lemmas
from discourse.tag.codebook.parse import Parse, parsed
from discourse.tag.literals import Possible

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FRAMING", "THEME", "Code", "Codebook", "Hit", "Reading", "Rule"]

FRAMING, THEME = "framing", "theme"
KOREAN = "ko"


class Hit(NamedTuple):
    """A rule that matched a sentence: the code, the cue's place in the sentence, and the rule."""

    code: str
    start: int
    end: int
    rule: str


@dataclass
class Reading:
    """One sentence while the rules read it: each companion is searched for once, and the parse is read when the first rule needs it."""

    text: str
    doc: Doc | None = None
    _has: dict[int, bool] = field(default_factory=dict)

    @cached_property
    def parse(self) -> Parse | None:
        """The parse, or None where there is none."""
        return parsed(self.doc) if self.doc is not None and len(self.doc) else None

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the sentence has a pattern."""
        if id(pattern) not in self._has:
            self._has[id(pattern)] = pattern.search(self.text) is not None
        return self._has[id(pattern)]


@dataclass(frozen=True, eq=False)
class Rule:
    """A compiled rule of one of four sorts: `cue`, `terms`, `lemmas`, `acts`."""

    id: str
    sort: str
    cue: re.Pattern[str] | Lemmas | Acts
    with_: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    has_hangul: bool = False

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """The pattern of a rule of the sorts `cue` and `terms`."""
        return self.cue if isinstance(self.cue, re.Pattern) else None

    @property
    def needs_doc(self) -> bool:
        """Whether the rule holds only in a sentence that is parsed."""
        return self.pattern is None

    def find(self, reading: Reading) -> tuple[int, int] | None:
        """Return where the cue is, where the rule holds for the sentence."""
        place = self._place(reading)
        if place is None or not all(reading.has(pattern) for pattern in self.with_):
            return None
        return None if any(reading.has(pattern) for pattern in self.unless) else place

    def _place(self, reading: Reading) -> tuple[int, int] | None:
        if isinstance(self.cue, re.Pattern):
            match = self.cue.search(reading.text)
            return match.span() if match and match.end() > match.start() else None
        return self.cue.find(reading.parse) if reading.parse else None


@dataclass(frozen=True)
class Code:
    """One code with its rules and the sentences that prove them. `parent` is a group of the codebook or another code."""

    code: str
    kind: str
    name: str
    definition: str
    deniable: bool
    includes: str
    excludes: str
    rules: tuple[Rule, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    parent: str | None = None

    def find(self, sentence: str, doc: Doc | None = None) -> Hit | None:
        """Return the first rule that holds for the sentence, with its cue."""
        return next(self.all_in(Reading(sentence, doc)), None)

    def all_in(self, reading: Reading) -> Iterator[Hit]:
        """Yield every rule that holds, in the order of the codebook."""
        for rule in self.rules:
            if place := rule.find(reading):
                yield Hit(self.code, *place, rule.id)


@dataclass(frozen=True, eq=False)
class Codebook:
    """A codebook with the SHA-256 of its file, by which every coding can be traced; `groups` are parents of codes, with names to print.

    `terms` are the patterns that rules use by name; `framings_sha256` changes with the rules of the framings and the terms alone.
    """

    name: str
    version: str
    language: str
    codes: tuple[Code, ...]
    sha256: str
    groups: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    framings_sha256: str = ""

    def hits(self, sentence: str, doc: Doc | None = None, *, kind: str | None = None) -> list[Hit]:
        """Return one hit for each code that the sentence carries: the first of its rules that holds.

        Parameters
        ----------
        sentence : the sentence.
        doc : the sentence parsed; without it, rules of the sorts `lemmas` and `acts` do not hold.
        kind : `framing` or `theme`: only these codes. A sentence in another language than the codebook's is read for themes alone.
        """
        firsts: dict[str, Hit] = {}
        for code, rule, reading in self._possible(sentence, doc, kind):
            if code.code not in firsts and (place := rule.find(reading)):
                firsts[code.code] = Hit(code.code, *place, rule.id)
        return list(firsts.values())

    def all_hits(self, sentence: str, doc: Doc | None = None, *, kind: str | None = None) -> list[Hit]:
        """Return a hit for every rule that holds, in the order of the codebook; parameters as of `hits`."""
        possible = self._possible(sentence, doc, kind)
        return [Hit(code.code, *place, rule.id) for code, rule, reading in possible if (place := rule.find(reading))]

    def _possible(self, sentence: str, doc: Doc | None, kind: str | None) -> Iterator[tuple[Code, Rule, Reading]]:
        """Yield the rules that may hold, in the order of the codebook: those of whose words the sentence has any."""
        reading = Reading(sentence, doc)
        rules, possible = self._rules[kind]
        yield from ((*rules[n], reading) for n in possible.within(sentence))

    @cached_property
    def _rules(self) -> dict[str | None, tuple[list[tuple[Code, Rule]], Possible]]:
        """The rules of each kind, and of all, and what tells which of them may hold."""
        rules = {kind: [(code, rule) for code in self._of(kind) for rule in code.rules] for kind in (FRAMING, THEME, None)}
        return {kind: (some, Possible([rule.pattern for _, rule in some])) for kind, some in rules.items()}

    def _of(self, kind: str | None) -> tuple[Code, ...]:
        return self.codes if kind is None else tuple(code for code in self.codes if code.kind == kind)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages whose sentences the codebook can read: its own and, for themes, Korean where their rules have Hangul."""
        korean = any(rule.has_hangul for code in self._of(THEME) for rule in code.rules)
        return frozenset((self.language, KOREAN) if korean else (self.language,))

    @property
    def needs_doc(self) -> bool:
        """Whether any rule holds only in a sentence that is parsed."""
        return any(rule.needs_doc for code in self.codes for rule in code.rules)

    def of_kind(self, kind: str) -> dict[str, str]:
        """Return code -> name to print, for the framings or the themes."""
        return {code.code: code.name for code in self.codes if code.kind == kind}
