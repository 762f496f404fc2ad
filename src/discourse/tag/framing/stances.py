"""How a claim is put, and by whom: named features of the words of saying, the hedges and the denials of a sentence, with their scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from discourse.tag.cues import cues, found_cues
from discourse.tag.framing.attributions import Attribution, attributions, clause_of, quotations, token_at
from discourse.tag.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Classes", "stances"]

MUCH, MOST = 0.2, 0.5
WIDE = 2
SUBJECTS = ("nsubj", "nsubj:pass")
UNNAMED = ("none", "first", "it", "which", "that", "this", "you")
COMPLEMENTS = ("ccomp", "parataxis", "xcomp", "obj", "advcl")
Stance = tuple[str, int, int]


class Classes:
    """The word classes of a codebook: which of its `terms` a single word belongs to."""

    def __init__(self, terms: Mapping[str, re.Pattern[str]]) -> None:
        """Keep the patterns, each matched against whole words."""
        self._terms = dict(terms)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str, lemma: str) -> tuple[str, ...]:
        return tuple(name for name, pattern in self._terms.items() if pattern.fullmatch(word) or pattern.fullmatch(lemma))


def stances(doc: Doc, classes: Classes) -> Iterator[Stance]:
    """Yield name, start and end of every feature of stance.

    Parameters
    ----------
    doc : the parsed sentence.
    classes : the codebook's word classes: who is denied what differs by them (people cannot read, the police cannot read).
    """
    if not len(doc):
        return
    text = tokens_of(doc).text
    yield from _quoted(text)
    for attribution in attributions(doc):
        yield from _said(attribution)
    for kind in ("modality", "denial", "voice"):
        for cue, match in found_cues(kind, text):
            token = token_at(doc, *match.span())
            if token is not None:
                written = re.sub(r"\s+", " ", match[0].lower())
                yield from ((name, *match.span()) for name in _scope(kind, cue.cue, token, written, classes))
    yield from _main_clause(doc)


def _quoted(text: str) -> Iterator[Stance]:
    places = quotations(text)
    share = sum(end - start for start, end in places) / max(1, len(text))
    marks = [name for name, at_least in (("quoted", 0.0), ("quoted much", MUCH), ("quoted most", MOST)) if share > at_least]
    if text[:1] in '“"':
        marks.append("quoted first")
    if text.rstrip(".").endswith(("”", '"')):
        marks.append("quoted last")
    if "”" in text and "“" not in text:
        marks.append("quotation ends")
    where = places[0] if places else (0, 1)
    yield from ((name, *where) for name in marks)


def _said(said: Attribution) -> Iterator[Stance]:
    token, who = said.token, said.speaker
    verb = token.lemma_.lower()
    complements = [child for child in token.children if child.dep_ in COMPLEMENTS]
    behind = "+".join(sorted({child.dep_ for child in complements}))
    length = sum(child.right_edge.i - child.left_edge.i + 1 for child in complements if child.dep_ in ("ccomp", "parataxis"))
    if token.dep_ == "parataxis":
        length = len(token.doc) - (token.right_edge.i - token.left_edge.i + 1)
    reach = "wide" if WIDE * length > len(token.doc) else "narrow" if length else "bare"
    aside = token.i > 0 and said.start < token.idx and token.nbor().text == "," if token.i + 1 < len(token.doc) else False
    start, end = min(said.start, token.idx), max(said.end, token.idx + len(token))
    told = (who, f"{who}:{verb}", verb, f"{who}:{token.dep_}", f"{who}:{behind}", f"{said.cue}:{who}", f"{who}:{reach}", f"{verb}:{reach}")
    names = [f"says:{what}" for what in told]
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in token.children):
        names += ["says passive", f"says passive:{verb}"]
    if who not in UNNAMED:
        names += ["somebody says", f"somebody:{said.cue}", f"somebody says:{token.dep_}", f"somebody says:{reach}"]
        names += ["somebody says, aside"] if aside else []
    yield from ((name, start, end) for name in names)


def _scope(kind: str, cue: str, token: Token, written: str, classes: Classes) -> Iterator[str]:
    clause, head, word = clause_of(token), token.head, f"{kind}={written}"
    yield from (kind, f"{kind}:{cue}", f"{kind}>{head.pos_}", f"{kind}@{clause.dep_}", f"{kind}@{clause.lemma_.lower()}")
    yield from (word, f"{word}:{token.dep_}", f"{word}>{head.lemma_.lower()}", f"{word}@{clause.dep_}")
    reach = "wide" if WIDE * (clause.right_edge.i - clause.left_edge.i + 1) > len(token.doc) else "narrow"
    yield from (f"{kind}:{cue}:{reach}", f"{word}:{reach}")
    subjects = [child for child in clause.children if child.dep_ in SUBJECTS]
    for which, other in (("of", head), ("in", clause), *(("by", child) for child in subjects)):
        for name in classes.of(other.lower_, other.lemma_.lower()):
            yield from (f"{kind} {which} {name}", f"{kind}:{cue} {which} {name}")
    weal = _weal_of(clause, head)
    who = next((name for child in subjects for name in classes.of(child.lower_, child.lemma_.lower())), "")
    yield from (f"{kind} of {weal}", f"{kind}:{cue} of {weal}", f"{kind} of {weal}:{reach}", f"{kind} of {weal} by {who}")


def _weal_of(clause: Token, head: Token) -> str:
    """Return whether a clause does somebody harm or good, by its verb, else by what depends on it: `harm`, `good` or nothing."""
    near = [clause, head, *(child for child in clause.children if child.dep_ in ("xcomp", "ccomp", "obj", "obl", "nsubj", "nsubj:pass"))]
    return next((weal for token in near if (weal := _weal(token.lower_))), "")


@lru_cache(maxsize=50_000)
def _weal(word: str) -> str:
    return next((cue.kind for cue in cues("weal") if cue.pattern.fullmatch(word)), "")


def _main_clause(doc: Doc) -> Iterator[Stance]:
    for root in (doc[n] for n, dep in enumerate(tokens_of(doc).deps) if dep == "ROOT"):
        where = (root.idx, root.idx + len(root))
        yield f"main:{root.lemma_.lower()}", *where
        for child in root.children:
            if child.dep_ in ("nsubj", "nsubj:pass"):
                yield (
                    f"main subject:{'_' + child.ent_type_ if child.ent_type_ else child.lemma_.lower()}",
                    child.idx,
                    child.idx + len(child),
                )
            if child.dep_ in ("aux", "cop"):
                yield f"main {child.dep_}:{child.lemma_.lower()}", child.idx, child.idx + len(child)
