"""The tokens of a parsed sentence in parallel lists, read once: asking spaCy's document for each token again and again takes most time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tokens", "tokens_of"]

KEPT = "tokens"


@dataclass(frozen=True)
class Tokens:
    """What is asked of every token.

    `text` is the sentence, and `starts` says where in it each token begins. `lemmas` are in small letters. `heads` are places of tokens,
    `children` for each token those that have it for a head, in order. `names` are labels of names, or empty; `goes_on` says where a name
    does not begin. `spaces` is what is white space, `marks` that and punctuation.
    """

    text: str
    starts: list[int]
    texts: list[str]
    lowers: list[str]
    lemmas: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    names: list[str]
    goes_on: list[bool]
    spaces: list[bool]
    marks: list[bool]


def tokens_of(doc: Doc) -> Tokens:
    """Return the tokens of a document; what was read once is kept with it."""
    if KEPT not in doc.user_data:
        doc.user_data[KEPT] = _tokens(doc)
    kept: Tokens = doc.user_data[KEPT]
    return kept


def _tokens(doc: Doc) -> Tokens:
    tokens = list(doc)
    heads = [token.head.i for token in tokens]
    children: list[list[int]] = [[] for _ in tokens]
    for n, head in enumerate(heads):
        if head != n:
            children[head].append(n)
    names = [token.ent_type_ for token in tokens]
    spaces = [token.is_space for token in tokens]
    return Tokens(
        text="".join([token.text_with_ws for token in tokens]),
        starts=[token.idx for token in tokens],
        texts=[token.text for token in tokens],
        lowers=[token.lower_ for token in tokens],
        lemmas=[token.lemma_.lower() for token in tokens],
        pos=[token.pos_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        heads=heads,
        children=children,
        names=names,
        goes_on=[bool(name) and token.ent_iob_ != "B" for name, token in zip(names, tokens, strict=True)],
        spaces=spaces,
        marks=[space or token.is_punct for space, token in zip(spaces, tokens, strict=True)],
    )
