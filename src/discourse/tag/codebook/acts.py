"""Rules over the parse: who does what to whom, in Universal Dependencies (de Marneffe et al. 2021, https://doi.org/10.1162/coli_a_00402).

`who` is compared with the heads of a verb's subjects: of the active verb, the agent of a passive, the noun that a relative clause or a
participle describes, the subject that conjoined verbs share, and whoever is used, helped, let or allowed to do it. `whom` is compared
with the heads of its objects: of the active verb, the subject of a passive, the noun that a relative clause lacks, and the noun behind
a preposition that `does` names ("spy on"). Nouns joined to a head by "and", by apposition or as "millions of" count as heads too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from discourse.paths import resource_rows
from discourse.tag.codebook.parse import Parse, Words

__all__ = ["Acts", "objects", "subjects"]

SUBJECT = ("nsubj", "nsubj:outer")
OBJECT = ("obj", "iobj")
OBLIQUE = ("obl", "obl:agent", "obl:unmarked", "nmod", "obj")
CLAUSES = ("xcomp", "ccomp", "advcl")
NOUNS = ("acl", "acl:relcl", "advcl:relcl")
PARTICLE = ("compound:prt", "advmod", "case", "obl", "xcomp")
FINITE = ("VBD", "VBP", "VBZ")
JOINED = ("conj", "appos", "nmod:desc", "flat")
RELATIVE = ("WDT", "WP")
OF_NO_OWN = ("NUM", "PRON", "DET")
DEEPEST = 6


@dataclass(frozen=True)
class Acts:
    """Who does what to whom. `phrases` are verbs with particles or prepositions, each as its words ("shut down", "spy on")."""

    does: Words
    phrases: tuple[tuple[str, ...], ...]
    who: Words | None = None
    whom: Words | None = None

    def find(self, parse: Parse) -> tuple[int, int] | None:
        """Return the place from the verb to the head of its object, or the verb's where the object is not asked for."""
        verbs = {phrase[0] for phrase in self.phrases}
        if not self.does.may_occur(parse) and verbs.isdisjoint(parse.vocabulary):
            return None
        if not all(words.may_occur(parse) for words in (self.who, self.whom) if words):
            return None
        for verb in range(len(parse.starts)):
            if parse.pos[verb] != "VERB" and not parse.tags[verb].startswith("V"):
                continue
            for done_to in self._doing(parse, verb):
                found = [noun for noun in done_to if self.whom and self.whom.are(parse, noun)]
                if (self.whom and not found) or (self.who and not any(self.who.are(parse, s) for s in subjects(parse, verb))):
                    continue
                places = [verb, *found[:1]]
                return min(parse.starts[n] for n in places), max(parse.ends[n] for n in places)
        return None

    def _doing(self, parse: Parse, verb: int) -> Iterator[list[int]]:
        """Yield the objects of the verb, once for each way in which it is one that the rule names."""
        if self.does.are(parse, verb):
            yield objects(parse, verb)
        for first, *rest in self.phrases:
            if first not in parse.forms[verb]:
                continue
            own = [any(word in parse.forms[child] for child in parse.having(verb, *PARTICLE)) for word in rest]
            behind = [
                noun
                for word, is_own in zip(rest, own, strict=True)
                for noun in parse.having(verb, *OBLIQUE)
                if not is_own and any(word in parse.forms[case] for case in parse.having(noun, "case", "compound:prt", "advmod"))
            ]
            if all(own):
                yield objects(parse, verb)
            elif behind and sum(own) + 1 >= len(rest):
                yield _heads(parse, behind)


def subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of who does what the verb says, as far as the sentence says it."""
    if depth > DEEPEST:
        return []
    head, dep = parse.heads[verb], parse.deps[verb]
    if _is_passive(parse, verb):
        joined = [verb, *([head] if dep == "conj" else []), *parse.having(verb, "conj")]
        agents = [_agents(parse, other) for other in joined if _is_passive(parse, other)]
        return next((_heads(parse, some) for some in agents if some), [])
    if own := parse.having(verb, *SUBJECT) or _misread(parse, verb):
        return _heads(parse, [_meant(parse, noun, verb) for noun in own])
    if dep == "conj":
        return objects(parse, head, depth + 1) if _is_passive(parse, head) else subjects(parse, head, depth + 1)
    if dep in NOUNS:
        user = parse.heads[head]
        used = _is_a(parse, user, "means") and parse.deps[head] in OBJECT
        return _heads(parse, [head]) + (subjects(parse, user, depth + 1) if used else [])
    return _controllers(parse, head, dep, depth) if dep in CLAUSES else []


def objects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of what the verb is done to."""
    if depth > DEEPEST:
        return []
    head, dep = parse.heads[verb], parse.deps[verb]
    if _is_passive(parse, verb):
        if own := parse.having(verb, "nsubj:pass"):
            return _heads(parse, [_meant(parse, noun, verb) for noun in own])
        if dep == "conj":
            return objects(parse, head, depth + 1) if _is_passive(parse, head) else subjects(parse, head, depth + 1)
        if dep in NOUNS:
            return _heads(parse, [head])
        return _controllers(parse, head, dep, depth) if dep in CLAUSES else []
    if own := parse.having(verb, *OBJECT) or _bare(parse, verb):
        return _heads(parse, [_meant(parse, noun, verb) for noun in own])
    if dep == "acl:relcl" and any(parse.tags[noun] not in RELATIVE for noun in parse.having(verb, *SUBJECT)):
        return _heads(parse, [head])
    if dep == "conj" and any(noun > verb for noun in parse.having(head, *OBJECT)):
        return objects(parse, head, depth + 1)
    joined = [other for other in parse.having(verb, "conj") if not parse.having(other, *SUBJECT, "nsubj:pass")]
    return [noun for other in joined[:1] for noun in _heads(parse, parse.having(other, *OBJECT))]


def _misread(parse: Parse, verb: int) -> list[int]:
    """Return the noun before a finite verb that the parser took for a part of a compound, which no verb is."""
    return [noun for noun in parse.having(verb, "compound") if noun < verb and parse.tags[verb] in FINITE]


def _bare(parse: Parse, verb: int) -> list[int]:
    """Return the noun behind a verb and its particle that the parser took for an oblique, though it has no preposition ("shut down X")."""
    return [noun for noun in parse.having(verb, "obl") if noun > verb and not parse.having(noun, "case")][:1]


def _agents(parse: Parse, verb: int) -> list[int]:
    return [noun for noun in parse.having(verb, "obl:agent", "obl") if _has_case(parse, noun, "by")]


def _controllers(parse: Parse, head: int, dep: str, depth: int) -> list[int]:
    """Return who does what a clause without a subject says, by the verb that it depends on."""
    done_to, doer = objects(parse, head, depth + 1), subjects(parse, head, depth + 1)
    if _is_a(parse, head, "means"):
        return done_to + doer
    if _is_passive(parse, head) or dep != "advcl" or _is_a(parse, head, "enabling"):
        return done_to or doer
    return doer


def _is_passive(parse: Parse, verb: int) -> bool:
    """Return whether a verb is passive by itself, as a participle behind its noun, or joined to a passive verb."""
    if parse.having(verb, "aux:pass", "nsubj:pass", "obl:agent"):
        return True
    if parse.tags[verb] != "VBN" or parse.having(verb, "aux", *SUBJECT, *OBJECT):
        return False
    if parse.deps[verb] == "acl":
        return True
    return parse.deps[verb] == "conj" and bool(parse.having(parse.heads[verb], "aux:pass", "nsubj:pass"))


def _meant(parse: Parse, noun: int, verb: int) -> int:
    """Return the noun that a relative pronoun stands for, or the noun itself."""
    is_relative = parse.tags[noun] in RELATIVE or (parse.deps[verb] == "acl:relcl" and "that" in parse.forms[noun])
    while is_relative and parse.deps[verb] == "conj" and parse.heads[verb] != verb:
        verb = parse.heads[verb]
    return parse.heads[verb] if is_relative and parse.deps[verb] in NOUNS else noun


def _heads(parse: Parse, nouns: list[int], depth: int = 0) -> list[int]:
    """Return nouns with those that are joined to them or counted by them."""
    found = list(nouns)
    for noun in nouns if depth <= DEEPEST else ():
        counted = parse.pos[noun] in OF_NO_OWN or _is_a(parse, noun, "quantity")
        parts = [other for other in parse.having(noun, "nmod", "obl") if counted and _has_case(parse, other, "of")]
        found += _heads(parse, parse.having(noun, *JOINED) + parts, depth + 1)
    return list(dict.fromkeys(found))


def _has_case(parse: Parse, noun: int, word: str) -> bool:
    return any(word in parse.forms[case] for case in parse.having(noun, "case"))


def _is_a(parse: Parse, token: int, kind: str) -> bool:
    return not _clause_words(kind).isdisjoint(parse.forms[token])


@cache
def _clause_words(kind: str) -> frozenset[str]:
    """Return the words of one kind of `resources/cues/clause.csv`."""
    return frozenset(row["word"] for row in resource_rows("cues", "clause.csv") if row["kind"] == kind)
