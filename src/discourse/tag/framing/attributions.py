"""Who is named as saying something in a sentence: quotation marks, verbs of saying with their subjects, "according to".

The words are data (`resources/cues/holder.csv`); who is meant is read off the parse (subject, passive agent, relative clause).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.cues import found_cues
from discourse.tag.tokens import tokens_of

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
KEPT = "attributions"
SCARE = 6
MARKS = ("”", '"')
FINITE = ("VBD", "VBZ", "VBP")


class Attribution(NamedTuple):
    """A word of saying: its row in the cue file, its token, what kind of speaker it has, and the speaker's place.

    `reach` is the column `speaker` of the file: the speaker stands `before` the word or `after` it, or the `whole` sentence is attributed.
    """

    cue: str
    reach: str
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
    """Return the first token that begins inside a span of characters, else the one that the span lies in."""
    starts = tokens_of(doc).starts
    first = bisect_left(starts, start)
    if first < len(starts) and starts[first] < end:
        return doc[first]
    return doc[first - 1] if first else None


def clause_of(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    for _ in range(DEEPEST):
        if token.dep_ in CLAUSES or token.head is token:
            break
        token = token.head
    return token


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    """Return every word of saying with its speaker; `speaker` is `none`, `first`, a pronoun, a label of a name, or `noun`.

    What was found once is kept with the document.
    """
    if KEPT not in doc.user_data:
        doc.user_data[KEPT] = tuple(_attributions(doc))
    found: tuple[Attribution, ...] = doc.user_data[KEPT]
    return found


def _attributions(doc: Doc) -> Iterator[Attribution]:
    for cue, match in found_cues("holder", tokens_of(doc).text):
        token = token_at(doc, *match.span())
        if token is None:
            continue
        if cue.kind != "before":
            first = any(word.lower() in FIRST_PERSON for word in re.findall(r"\w+", match["who"]))
            yield Attribution(cue.cue, cue.kind, token, "first" if first else "noun", *match.span("who"))
            continue
        subject = _subject(token, quoted=" as " in match[0])
        place = _extent(subject, token) if subject is not None else (token.idx, token.idx)
        yield Attribution(cue.cue, cue.kind, token, _kind(subject), *place)


def _subject(verb: Token, *, quoted: bool = False) -> Token | None:
    """Return the subject of a verb, or of the verb that it is joined to, or the noun that its clause describes; or who is quoted."""
    if behind := _behind(verb):
        return behind
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        agents = (c for c in verb.children if c.dep_ == "obl" and any(g.dep_ == "case" and g.lower_ == "by" for g in c.children))
        return next(agents, next((c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass")), None) if quoted else None)
    own = [child for child in verb.children if child.dep_ in ("nsubj", "csubj") and child.i < verb.i]
    if not own and verb.dep_ in ("conj", "xcomp", "advcl"):
        own = [child for child in verb.head.children if child.dep_ == "nsubj"]
    if not own and verb.pos_ == "NOUN":
        own = [child for child in verb.children if child.dep_ == "nmod:poss"]
    if verb.dep_ == "acl:relcl" and (not own or own[-1].lower_ in ("who", "which", "that")):
        return verb.head
    return own[-1] if own else _before(verb)


def _before(verb: Token) -> Token | None:
    """Return the noun right before a finite verb to which the parse gives no subject, marks and adverbs between them."""
    if verb.tag_ in FINITE or _is_scare(verb):
        for token in reversed(verb.doc[max(0, verb.i - NEAR) : verb.i]):
            if token.pos_ in ("NOUN", "PROPN", "PRON"):
                return token
            if not (token.is_punct and token.text not in ".;:") and token.pos_ not in ("ADV", "AUX"):
                break
    return None


def _is_scare(verb: Token) -> bool:
    """Return whether a verb follows a word or two in quotation marks, which are no quotation: “cyber-optimists” regard …"""
    before = [token.text for token in verb.doc[max(0, verb.i - SCARE) : verb.i]]
    return bool(before) and before[-1] in MARKS and any(mark in MARKS or mark == "“" for mark in before[:-1])


def _behind(verb: Token) -> Token | None:
    """Return the noun right behind a verb of saying that follows a quotation or a comma: ", says the minister,"."""
    if verb.i == 0 or verb.nbor(-1).text not in CLOSERS or _is_scare(verb):
        return None
    following = list(verb.doc[verb.i + 1 : verb.i + 1 + NEAR])
    while following and following[0].pos_ == "DET":
        following = following[1:]
    if not following or following[0].pos_ not in ("NOUN", "PROPN", "PRON"):
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


def _extent(subject: Token, verb: Token) -> tuple[int, int]:
    """Return the characters of a speaker: the noun with what belongs to it on its side of the verb, without clauses after it."""
    kept = [subject]
    for child in subject.children:
        if child.dep_ in ("amod", "compound", "nmod", "nmod:poss", "flat", "nummod", "case", "det", "conj"):
            kept += list(child.subtree) if child.dep_ != "conj" else [child]
    words = sorted((t for t in kept if (t.i < verb.i) == (subject.i < verb.i) and t.i != verb.i), key=lambda token: token.i) or [subject]
    while len(words) > 1 and (words[0].dep_ in ("det", "case") or words[0].is_punct):
        words = words[1:]
    while len(words) > 1 and words[-1].is_punct:
        words = words[:-1]
    return words[0].idx, words[-1].idx + len(words[-1])
