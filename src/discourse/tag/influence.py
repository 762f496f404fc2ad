"""Why sentences carry a code: the terms and the rules that it hangs on, for framings of the model and for codes of rules alone.

A term is a lemma; a name is one term, in small letters, however many words it has; names of people are all `_PERSON`. Articles,
prepositions, conjunctions and auxiliaries are none, save modals and words that deny ("must", "without").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from discourse.errors import CodebookError, did_you_mean
from discourse.tag.codebook.rules import Code, Reading
from discourse.tag.codebook.without import standing
from discourse.tag.cues import cues
from discourse.tag.english import LABELS
from discourse.tag.framing import Sentence
from discourse.tag.framing.influence import Part, rules, terms
from discourse.tag.tagger import Tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["PERSON", "Carrier", "Why", "influences", "why", "words"]

PERSON = "_PERSON"
BATCH = 256
WORD = re.compile(r"\w+")
ARTICLES = ("the", "a", "an")
EMPTY = ("CC", "DT", "EX", "IN", "PDT", "POS", "TO", "WDT")
PLURAL = ("NNS", "NNPS")
Place = tuple[int, int]


class Carrier(NamedTuple):
    """A sentence that carries a code: its text, its language, and the places of people's names in it."""

    text: str
    language: str
    people: tuple[Place, ...] = ()


class Why(NamedTuple):
    """What a code in a sentence hangs on, by term and by rule; `carried` is false where the sentence, read alone, lacks the code."""

    terms: dict[str, Part]
    rules: dict[str, Part]
    carried: bool


def influences(carriers: Sequence[Carrier], tagger: Tagger, *, code: str) -> Iterator[Why]:
    """Yield, sentence by sentence, what a code hangs on.

    Parameters
    ----------
    carriers : sentences of posts in the codebook's language.
    tagger : that coded them.
    code : a framing or a theme.

    Raises
    ------
    CodebookError : the codebook has no such code.
    """
    known = {one.code: one for one in tagger.codebook.codes}
    if code not in known:
        raise CodebookError(f"{tagger.codebook.name}: there is no code {code!r}.{did_you_mean(code, known)}")
    rest = iter(carriers)
    while part := list(islice(rest, BATCH)):
        own = [one.text if one.language == tagger.codebook.language else "" for one in part]
        docs = tagger.english.parse(own)
        modelled = tagger.learned and code in tagger.model.codes
        read: Sequence[Sentence | None] = tagger.reader.read(docs) if modelled else [None] * len(docs)
        yield from (why(*one, tagger, code=known[code]) for one in zip(part, docs, read, strict=True))


def why(carrier: Carrier, doc: Doc, read: Sentence | None, tagger: Tagger, *, code: Code) -> Why:
    """Return what a code in one sentence hangs on.

    Parameters
    ----------
    carrier : the sentence.
    doc : its parse; empty where it is not in the codebook's language.
    read : the sentence as the model's reader returned it; null where rules alone decide.
    tagger : that coded it.
    code : of the codebook.
    """
    named = {term: tokens for term, tokens in words(doc, carrier.people).items() if any(_tells(doc[token]) for token in tokens)}
    if read is not None and len(doc):
        answer = tagger.model.codes.index(code.code)
        carried = bool(read.scores[answer] >= tagger.model.thresholds[answer])
        return Why(terms(tagger.reader, read, code.code, named), rules(tagger.reader, read, code.code), carried)
    reading = Reading(carrier.text, doc if len(doc) else None)
    held = [rule for rule in code.rules if rule.find(reading)]
    places = {term: [(doc[n].idx, doc[n].idx + len(doc[n])) for n in tokens] for term, tokens in named.items()}
    by_term = {
        term: Part(None, bool(held) and not standing(held, reading, spans))
        for term, spans in (places if len(doc) else _plain_words(carrier)).items()
    }
    return Why(by_term, {rule.id: Part(None, len(held) == 1) for rule in held}, bool(held))


def words(doc: Doc, people: Sequence[Place] = ()) -> dict[str, list[int]]:
    """Return term -> its tokens in a parsed sentence; every token is in one term, marks and spaces too.

    Parameters
    ----------
    doc : the sentence.
    people : places of people's names besides those that the parse knows.
    """
    found: dict[str, list[int]] = {}
    inside: dict[int, str] = {}
    for name in doc.ents:
        inside |= dict.fromkeys((token.i for token in name), _name(name, people))
    for token in doc:
        term = inside.get(token.i) or (PERSON if _meets(token, people) else _lemma(token))
        found.setdefault(term, []).append(token.i)
    return found


def _name(name: Span, people: Sequence[Place]) -> str:
    if LABELS.get(name.label_, name.label_) == "PERSON" or any(_meets(token, people) for token in name):
        return PERSON
    kept = [token for token in name if token.tag_ != "POS"]
    while len(kept) > 1 and kept[0].lower_ in ARTICLES:
        kept = kept[1:]
    return _lemma(kept[0]) if len(kept) == 1 else "".join(token.text_with_ws for token in kept).strip().lower()


def _lemma(token: Token) -> str:
    """Return a token's lemma in small letters; of a plural that the lemmatiser left as it was ("Phones", at the beginning) the singular."""
    lemma = str(token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower() or token.lower_)
    plural = token.tag_ in PLURAL and lemma == token.lower_ and lemma.endswith("s") and not lemma.endswith("ss")
    return lemma[:-1] if plural and len(lemma) > len("its") else lemma


def _tells(token: Token) -> bool:
    """Return whether a token may be a term."""
    if token.is_punct or token.is_space:
        return False
    if token.ent_type_ or any(cue.pattern.fullmatch(token.text) for cue in cues("denial")):
        return True
    return token.tag_ not in EMPTY and (token.pos_ != "AUX" or token.tag_ == "MD")


def _meets(token: Token, people: Sequence[Place]) -> bool:
    return any(token.idx < end and start < token.idx + len(token) for start, end in people)


def _plain_words(carrier: Carrier) -> dict[str, list[Place]]:
    """Return the words of a sentence that is not parsed, in small letters."""
    found: dict[str, list[Place]] = {}
    for start, end in (match.span() for match in WORD.finditer(carrier.text)):
        named = any(start < b and a < end for a, b in carrier.people)
        found.setdefault(PERSON if named else carrier.text[start:end].lower(), []).append((start, end))
    return found
