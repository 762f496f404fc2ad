"""The names of one sentence: what the gazetteer, the forms of laws and the pipeline find, made one.

The longest name wins, and at equal length the gazetteer. An ambiguous name counts where its guard is met in the sentence or the one
before, where it counted earlier in the post, or where the pipeline sees a name of the same kind there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.english import names
from discourse.tag.entities.gazetteer import TWINS, Entity, Hit, words
from discourse.tag.entities.laws import laws
from discourse.tag.entities.roles import role

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Passage", "Span", "spans_in"]

KIN = {"ORG": "actor", "PRODUCT": "actor", "EVENT": "actor", "GPE": "place", "LOC": "place"}
OF_A_PLACE = re.compile(r"\s+of\s+(?:the\s+)?$")
LAW_HEADS = r"(?:Act|Bill|Rules|Code|Regulations?)\b"
NO_LAW = re.compile(r" of (?:this|our|the [a-z])")
ARTICLE = re.compile(r"(?:[Aa]rticle|[Ss]ection)s? [\w()]+$")
ITS_OWN = r"(?:Universal|International|UDHR|ICCPR|act|bill|code|constitution|law|rules|said|same)\b"
OF_ANOTHER = re.compile(rf" of (?:(?:the )?(?!{ITS_OWN}|the\b)[A-Z]|this|our|the (?!{ITS_OWN})[a-z])")
MOST_LISTED = 30
IN_A_YEAR = re.compile(r" in (?:19|20)\d\d$")


class Span(NamedTuple):
    """A name in a sentence; offsets in the post."""

    start: int
    end: int
    label: str
    entity: Entity | None
    method: str


class Passage(NamedTuple):
    """A sentence: its offsets in the post, and its parse, or None where the pipeline does not read its language."""

    start: int
    end: int
    doc: Doc | None


@cache
def _any_of(kind: str) -> str:
    return "|".join(sorted(map(re.escape, words(kind)), key=len, reverse=True))


def spans_in(text: str, passage: Passage, hits: Sequence[Hit], before: str, accepted: dict[str, Entity]) -> list[Span]:
    """Return the names of one sentence, apart and in order.

    Parameters
    ----------
    text : the post's text.
    passage : the sentence.
    hits : the gazetteer's names in it.
    before : the sentence before it.
    accepted : ambiguous names that counted earlier in the post; what counts here is added.
    """
    start, end, doc = passage
    sentence = text[start:end]
    seen = {} if doc is None else {(start + a, start + b): label for a, b, label in names(doc)}
    words_only = {hit[:2] for hit in hits if hit.guarded and _opens_as_a_word(passage, hit)}
    candidates = [
        Span(a, b, label, None, "pipeline")
        for (a, b), label in seen.items()
        if not _is_a_list(hits, a, b) and (a, b) not in words_only and not (label == "LAW" and NO_LAW.match(sentence, b - start))
    ]
    if doc:
        candidates += [Span(start + a, start + b, "LAW", None, f"law:{name}") for a, b, name in laws(sentence)]
        candidates += [span for hit in hits if (span := _longer(text, passage, hit, hits)) is not None]
    for hit in hits:
        if ARTICLE.match(text, hit.start, hit.end) and OF_ANOTHER.match(text, hit.end):
            continue
        row = _row(hit, text, sentence, before, accepted)
        row = _checked(row, hit, passage, seen.get((hit.start, hit.end)))
        if row is not None:
            if hit.guarded:
                accepted[text[hit.start : hit.end]] = row
            candidates.append(_of_a_place(text, Span(hit.start, hit.end, row.label, row, "gazetteer"), hits))
    chosen: list[Span] = []
    taken = bytearray(end - start)
    for span in sorted(candidates, key=lambda s: (s.start - s.end, s.start, s.method != "gazetteer", s.entity is None)):
        if not any(taken[span.start - start : span.end - start]):
            span = _tidied(text, _with_brackets(text, span), seen, hits)
            taken[span.start - start : span.end - start] = b"x" * (span.end - span.start)
            chosen.append(span)
    return _with_roles(sentence, passage, sorted(chosen, key=lambda span: span.start))


def _row(hit: Hit, text: str, sentence: str, before: str, accepted: dict[str, Entity]) -> Entity | None:
    return hit.row(sentence) or hit.row(f"{before} {sentence}") or accepted.get(text[hit.start : hit.end])


def _checked(row: Entity | None, hit: Hit, passage: Passage, label: str | None) -> Entity | None:
    """Return the row that stands, in the light of what the pipeline sees at the same place."""
    if row is None:
        fits = label is not None and not _opens_as_a_word(passage, hit)
        return next((guarded for guarded in hit.guarded if fits and label and _kin(guarded.label) == _kin(label)), None)
    if hit.guarded and (label == "PERSON" != row.label or _opens_as_a_word(passage, hit, compounds=False)):
        return None
    return None if row.label == "PERSON" and _is_a_namesake(passage, hit) else row


def _kin(label: str) -> str:
    return KIN.get(label, label)


def _is_a_list(hits: Sequence[Hit], start: int, end: int) -> bool:
    """Return whether a span runs from one listed name to another: a list taken for one name."""
    sure = [hit for hit in hits if hit.sure and start <= hit.start and hit.end <= end and (hit.start, hit.end) != (start, end)]
    first = [hit.end for hit in sure if hit.start == start]
    last = [hit.start for hit in sure if hit.end == end]
    return bool(first and last and max(last) - min(first) >= 1)


def _opens_as_a_word(passage: Passage, hit: Hit, *, compounds: bool = True) -> bool:
    """Return whether an ambiguous name opens the sentence as an ordinary word: "Zoom in", "Anonymous sources", "Ghost profiles"."""
    first = None if passage.doc is None else next((token for token in passage.doc if not token.is_punct), None)
    if first is None or passage.start + first.idx != hit.start or len(first) != hit.end - hit.start:
        return False
    if not compounds:
        return bool(first.tag_ == "JJ")
    return bool(not first.tag_.startswith("NNP") or (first.dep_ in ("compound", "amod") and first.head.text.islower()))


def _is_a_namesake(passage: Passage, hit: Hit) -> bool:
    """Return whether a lone surname stands behind another given name: "Nirav Modi" is not Modi."""
    token = next((t for t in passage.doc or () if passage.start + t.idx == hit.start), None)
    if token is None or token.i == 0 or passage.start + token.idx + len(token) < hit.end:
        return False
    given = token.nbor(-1)
    return (
        given.tag_ == "NNP"
        and given.text[:1].isupper()
        and given.ent_type_ in ("PERSON", "")
        and given.text.rstrip(".") not in words("title")
    )


def _of_a_place(text: str, span: Span, hits: Iterable[Hit]) -> Span:
    """Return an institution with the place that sets it apart from the one listed: "Supreme Court of Pakistan"."""
    if span.label not in ("ORG", "LAW") or not re.search(rf"\b(?:{_any_of('institution')})\b", text[span.start : span.end]):
        return span
    for hit in hits:
        if hit.start > span.end and hit.sure and hit.sure[0].label == "GPE" and OF_A_PLACE.fullmatch(text[span.end : hit.start]):
            return Span(span.start, hit.end, span.label, None, "gazetteer")
    return span


@cache
def _head() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what follows, and what precedes, a place or a people inside the name of an organisation."""
    heads = _any_of("head")
    behind = rf"(?: (?:of )?(?!{LAW_HEADS}|The\b)[A-Z][\w’'-]*){{0,6}}? (?:{heads})\b(?: of [A-Z]\w+)?(?: \([A-Z][a-z]+\))?"
    return re.compile(behind), re.compile(rf"(?:{heads}) of (?:the )?$")


def _longer(text: str, passage: Passage, hit: Hit, hits: Sequence[Hit]) -> Span | None:
    """Return the organisation whose name a place or a people begins or ends: "Japanese Lawyers Association", "Government of Kerala".

    Where what follows is listed by itself, the place is a name apart: "American", "National Security Agency".
    """
    if not hit.sure or hit.sure[0].label not in ("GPE", "NORP", "LOC"):
        return None
    behind, before = _head()
    if match := behind.match(text, hit.end, passage.end):
        listed = any(other.end == match.end() and other.start > hit.start and other.sure for other in hits)
        return None if listed else Span(hit.start, match.end(), "ORG", None, "form")
    if match := before.search(text[passage.start : hit.start]):
        return Span(passage.start + match.start(), hit.end, "ORG", None, "form")
    return None


def _with_brackets(text: str, span: Span) -> Span:
    """Return a span without the bracket that is opened or closed outside it."""
    name = text[span.start : span.end]
    if span.entity is not None or name.count("(") == name.count(")"):
        return span
    inside = max(re.split(r"\s*[()]\s*", name), key=len)
    start = span.start + name.index(inside)
    return span._replace(start=start, end=start + len(inside)) if inside else span


def _tidied(text: str, span: Span, seen: dict[tuple[int, int], str], hits: Sequence[Hit]) -> Span:
    """Return a person without title, a law without the year of its signing, a platform under the label that the pipeline sees."""
    if span.entity is not None:
        label = seen.get((span.start, span.end), span.label)
        return span._replace(label=label) if span.entity.twin and label in (span.entity.label, TWINS[span.entity.label]) else span
    title = re.compile(rf"(?:(?:{_any_of('title')})\.?\s+)+").match(text, span.start, span.end)
    year = IN_A_YEAR.search(text[span.start : span.end])
    start = title.end() if span.label == "PERSON" and title and title.end() < span.end else span.start
    end = span.start + year.start() if year else span.end
    listed = next((hit.sure[0] for hit in hits if hit[:2] == (start, end) and hit.sure), None)
    return Span(start, end, listed.label, listed, "gazetteer") if listed else span._replace(start=start, end=end)


def _with_roles(sentence: str, passage: Passage, spans: list[Span]) -> list[Span]:
    """Return the spans with platforms and campaigns labelled as what they are here: the actor, or the means or the event."""
    places = {n: (s.start - passage.start, s.end - passage.start) for n, s in enumerate(spans) if s.entity is not None and s.entity.twin}
    out = list(spans)
    for n, place in places.items():
        others = [other for other in (places.get(m) for m in range(n - MOST_LISTED, n + MOST_LISTED + 1)) if other not in (None, place)]
        told = role(sentence, *place, others) or _acts(passage.doc, *place)
        entity = spans[n].entity
        if entity is not None and told in (entity.label, TWINS[entity.label]):
            out[n] = spans[n]._replace(label=told)
    return out


def _acts(doc: Doc | None, start: int, end: int) -> str | None:
    """Return ORG where a name is the subject of an active verb, else None."""
    span = None if doc is None else doc.char_span(start, end)
    return "ORG" if span is not None and span.root.dep_ == "nsubj" and span.root.head.pos_ == "VERB" else None
