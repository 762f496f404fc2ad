"""Who is named as saying something in a sentence: quotation marks, verbs of saying with their subjects, "according to".

The words are data (`resources/cues/holder.csv`); who is meant is read off the parse (subject, passive agent, relative clause).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.cues import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Attribution", "attributions", "clause_of", "quotations", "token_at"]

QUOTED = re.compile(r"[“\"](?P<inside>[^”\"]*)(?:[”\"]|$)")
FEWEST_QUOTED_WORDS = 4
FIRST_PERSON = frozenset(("we", "i", "us", "our", "my", "me", "ours"))
CLAUSES = ("ROOT", "ccomp", "advcl", "acl", "acl:relcl", "xcomp", "conj", "parataxis")
DEEPEST = 40
CLOSERS = (",", "”", '"', "—", "–")
NEAR = 4


class Attribution(NamedTuple):
    """A word of saying: its row in the cue file, its token, what kind of speaker it has, and the speaker's place."""

    cue: str
    token: Token
    speaker: str
    start: int
    end: int


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the places of quoted passages of at least four words, their marks left out.

    >>> quotations("He called it “a map of everything that we do” in May.")
    [(14, 44)]
    """
    found = (match.span("inside") for match in QUOTED.finditer(text))
    return [(start, end) for start, end in found if len(text[start:end].split()) >= FEWEST_QUOTED_WORDS]


def token_at(doc: Doc, start: int, end: int) -> Token | None:
    """Return the first token that begins inside a span of characters."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return next((token for token in span or () if token.idx >= start), span[0] if span else None)


def clause_of(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    for _ in range(DEEPEST):
        if token.dep_ in CLAUSES or token.head is token:
            break
        token = token.head
    return token


def attributions(doc: Doc) -> Iterator[Attribution]:
    """Yield every word of saying with its speaker; `speaker` is `none`, `first`, a pronoun, a label of a name, or `noun`."""
    text = doc.text
    for cue in cues("holder"):
        for match in cue.pattern.finditer(text):
            token = token_at(doc, *match.span())
            if token is None:
                continue
            if cue.kind == "after":
                first = any(word.lower() in FIRST_PERSON for word in re.findall(r"\w+", match["who"]))
                yield Attribution(cue.cue, token, "first" if first else "noun", *match.span("who"))
                continue
            subject = _subject(token)
            yield Attribution(cue.cue, token, _kind(subject), *(_extent(subject) if subject is not None else (token.idx, token.idx)))


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, or of the verb that it is joined to, or the noun that its clause describes."""
    if behind := _behind(verb):
        return behind
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        agents = (c for c in verb.children if c.dep_ == "obl" and any(g.dep_ == "case" and g.lower_ == "by" for g in c.children))
        return next(agents, None)
    own = [child for child in verb.children if child.dep_ in ("nsubj", "csubj")]
    if not own and verb.dep_ in ("conj", "xcomp", "advcl"):
        own = [child for child in verb.head.children if child.dep_ == "nsubj"]
    if not own and verb.pos_ == "NOUN":
        own = [child for child in verb.children if child.dep_ == "nmod:poss"]
    if verb.dep_ == "acl:relcl" and (not own or own[0].lower_ in ("who", "which", "that")):
        return verb.head
    return own[0] if own else None


def _behind(verb: Token) -> Token | None:
    """Return the noun right behind a verb of saying that follows a quotation or a comma: ", says the minister,"."""
    if verb.i == 0 or verb.nbor(-1).text not in CLOSERS:
        return None
    following = list(verb.doc[verb.i + 1 : verb.i + 1 + NEAR])
    while following and following[0].pos_ == "DET":
        following = following[1:]
    if not following or following[0].pos_ not in ("NOUN", "PROPN", "PRON") or following[0].dep_ == "obj":
        return None
    head = following[0]
    while head.dep_ in ("compound", "flat", "amod") and head.head.i > verb.i:
        head = head.head
    return head


def _kind(subject: Token | None) -> str:
    if subject is None:
        return "none"
    if subject.lower_ in FIRST_PERSON or any(child.lower_ in FIRST_PERSON for child in subject.children):
        return "first"
    if subject.ent_type_:
        return str(subject.ent_type_)
    return str(subject.lower_) if subject.pos_ in ("PRON", "DET") else "noun"


def _extent(subject: Token) -> tuple[int, int]:
    """Return the characters of a speaker: the noun with what belongs to it, without clauses and appositions after it."""
    kept = [subject]
    for child in subject.children:
        if child.dep_ in ("amod", "compound", "nmod", "nmod:poss", "flat", "nummod", "case", "det", "conj"):
            kept += list(child.subtree) if child.dep_ != "conj" else [child]
    words = sorted(kept, key=lambda token: token.i)
    while len(words) > 1 and (words[0].dep_ in ("det", "case") or words[0].is_punct):
        words = words[1:]
    return words[0].idx, words[-1].idx + len(words[-1])
