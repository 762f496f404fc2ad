"""The names of one post, each linked to one entity.

Across a post a surname stands for the last person named in full, a short name for what it was defined as, and "2021 Rules" for the rules
of that year. What links to nothing keeps the pipeline's label and is clustered: alike are the same label and the same letters, without
case, accents, hyphens and possessives.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from discourse.tables import UNLINKED
from discourse.tag.entities.definitions import definitions
from discourse.tag.entities.gazetteer import Entity, Gazetteer, words
from discourse.tag.entities.naming import Passage, Span, spans_in
from discourse.tag.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Mention", "cluster", "mentions"]

POSSESSIVE = re.compile(r"['’]s?$")
LETTERS = re.compile(r"[^\W_]+")
SHORT_LAW = re.compile(r"(?P<year>(?:19|20)\d\d) (?P<kind>\w+)")
SURNAME = "surname"
GAZETTEER = "gazetteer"
MUCH_ALIKE = 0.85
TITLE_ENDS = frozenset(("President", "Minister", "Justice", "Judge", "Senator", "Chairman"))


@dataclass(frozen=True)
class Mention:
    """One mention: its sentence, offsets in the post, label, the slug of what is named, its name to print, and what found it."""

    sentence: int
    start: int
    end: int
    text: str
    label: str
    entity: str
    name: str
    method: str


def mentions(text: str, passages: Sequence[Passage], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of a post, in order and apart.

    Parameters
    ----------
    text : the post's text.
    passages : its sentences, in order.
    gazetteer : the names that are known.
    """
    hits = gazetteer.hits(text)
    accepted: dict[str, Entity] = {}
    found: list[Mention] = []
    before, at = "", 0
    for n, passage in enumerate(passages):
        while at < len(hits) and hits[at].start < passage.start:
            at += 1
        stop = at
        while stop < len(hits) and hits[stop].start < passage.end:
            stop += 1
        inside = [hit for hit in hits[at:stop] if hit.end <= passage.end]
        found += [_mention(text, n, span) for span in spans_in(text, passage, inside, before, accepted)]
        before, at = text[passage.start : passage.end], stop
    return list(_across(text, passages, found))


def cluster(name: str, label: str) -> str:
    """Return the slug under which unlinked mentions are one: `unlinked/`, the label, and the name's letters and digits.

    >>> cluster("Jérôme Le-Blanc’s", "PERSON")
    'unlinked/person/jerome-le-blanc'
    """
    plain = unicodedata.normalize("NFKD", POSSESSIVE.sub("", name)).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return f"{UNLINKED}{label.lower()}/{'-'.join(LETTERS.findall(plain))}"


def _mention(text: str, n: int, span: Span) -> Mention:
    surface = text[span.start : span.end]
    entity, name = (
        (cluster(surface, span.label), surface) if span.entity is None else (span.entity.slug(span.label), span.entity.title(span.label))
    )
    return Mention(n, span.start, span.end, surface, span.label, entity, name, span.method)


def _across(text: str, passages: Sequence[Passage], found: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions with short names and surnames bound to what they stand for from where the post says so."""
    defined = _defined(text, found)
    surnames: dict[str, Mention] = {}
    laws: dict[tuple[str, str], Mention] = {}
    for mention in _with_missed(passages, found, set(defined)):
        name = POSSESSIVE.sub("", mention.text)
        short_law = SHORT_LAW.fullmatch(name)
        said = [of for place, of in defined.get(name, ()) if place <= mention.start]
        if said:
            if said[-1] is not None:
                yield _bound(mention, said[-1], "defined")
        elif name in surnames and _may_be_surname(text, passages[mention.sentence], mention, surnames[name]):
            yield _bound(mention, surnames[name], SURNAME)
        elif short_law and (short_law["year"], short_law["kind"]) in laws:
            yield _bound(mention, laws[short_law["year"], short_law["kind"]], "defined")
        elif mention.method != SURNAME:
            yield mention
            if mention.label == "PERSON" and (surname := _surname(mention.text)):
                surnames[surname] = mention
            if mention.label == "LAW" and (year := re.search(r"(\w+),? (?:of )?((?:19|20)\d\d)$", mention.text)):
                laws[year[2], year[1]] = mention


def _may_be_surname(text: str, passage: Passage, mention: Mention, of: Mention) -> bool:
    """Return whether a mention can stand for a person named before.

    A listed person does where no title points to the listed one; what is listed as something else only as a subject,
    of any verb right after the full name, of a verb of speech from then on: "Israel said".
    """
    if mention.method != GAZETTEER:
        return mention.label in ("PERSON", "GPE", "ORG", "PRODUCT")
    if mention.label == "PERSON":
        before = text[max(0, mention.start - 30) : mention.start].split()
        return not (before and before[-1].rstrip(".") in TITLE_ENDS)
    span = passage.doc.char_span(mention.start - passage.start, mention.end - passage.start) if passage.doc else None
    if span is None or span.root.dep_ != "nsubj":
        return False
    return mention.sentence - of.sentence <= 1 or span.root.head.lemma_ in words("speech")


def _bound(mention: Mention, of: Mention, how: str) -> Mention:
    return replace(mention, label=of.label, entity=of.entity, name=of.name, method=f"{of.method.partition(',')[0]}, {how}")


def _surname(name: str) -> str | None:
    """Return the surname of a full name: the last word, or the first of a Korean name; None of a single word."""
    parts = name.split()
    while parts and (parts[-1].rstrip(".") in ("Jr", "Sr", "II", "III") or len(parts[-1].rstrip(".")) == 1):
        parts.pop()
    if len(parts) < 2:
        return None
    return parts[0] if parts[0] in words("korean_surname") else parts[-1]


def _defined(text: str, found: Sequence[Mention]) -> dict[str, list[tuple[int, Mention | None]]]:
    """Return short name -> where it is defined and the mention that defines it there, None where that is no name.

    Where the short name is listed and the long one is not, but reads much like the listed name, the list is right: it is misspelt.
    """
    ends = {mention.end: mention for mention in found}
    starts = {mention.start: mention for mention in found}
    bound: dict[str, list[tuple[int, Mention | None]]] = {}
    for definition in definitions(text):
        long, short = ends.get(definition.long_end), starts.get(definition.start)
        if long is not None and abs(long.start - definition.long_start) <= len("the "):
            if short is not None and short.method == GAZETTEER and long.method != GAZETTEER and _alike(short.name, long.text):
                long = replace(long, label=short.label, entity=short.entity, name=short.name)
            bound.setdefault(definition.short, []).append((definition.start, long))
        elif not any(m.start < definition.long_end and m.end > definition.long_start for m in found):
            spelt = re.findall(r"[^\W\d_]+", text[definition.long_start : definition.long_end])
            if sum(word[0].islower() for word in spelt) > len(spelt) / 2:
                bound.setdefault(definition.short, []).append((definition.start, None))
    return bound


def _alike(name: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= MUCH_ALIKE


def _with_missed(passages: Sequence[Passage], found: list[Mention], short: set[str]) -> list[Mention]:
    """Return the mentions in order, and between them, as candidates, the surnames and short names that nothing has found."""
    surnames = {surname for m in found if m.label == "PERSON" and (surname := _surname(m.text)) and surname[0].isupper()}
    if not surnames | short:
        return found
    covered = {place for m in found for place in range(m.start, m.end)}
    out = list(found)
    for n, passage in enumerate(passages):
        if passage.doc is None or (surnames | short).isdisjoint(tokens_of(passage.doc).texts):
            continue
        for token in passage.doc:
            start = passage.start + token.idx
            if start not in covered and (token.text in short or (token.text in surnames and _is_a_person(token))):
                out.append(Mention(n, start, start + len(token), token.text, "PERSON", "", token.text, SURNAME))
    return sorted(out, key=lambda m: m.start)


def _is_a_person(token: Token) -> bool:
    """Return whether a surname that the pipeline did not mark is one here: a proper noun, alone, and no month."""
    before = token.nbor(-1).text.lower() if token.i else ""
    if token.text in words("month") and (before in words("before_month") or before.isdigit()):
        return False
    alone = token.i + 1 == len(token.doc) or not token.nbor(1).text[:1].isupper()
    return token.tag_ == "NNP" and alone and (token.i > 0 or token.dep_.startswith(("nsubj", "nmod:poss")))
