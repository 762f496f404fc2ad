"""Tagging one post: its sentences, mentions and codes, each with its evidence, as a pure function of its text."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import tables
from discourse.tag.entities import Passage, mentions
from discourse.tag.framing import Sentence
from discourse.tag.holder import Holder, Quotation, holder_of
from discourse.tag.passages import language_of
from discourse.tag.sentences import split
from discourse.tag.tagger import Tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Rows", "found_in", "tag_post"]

PARAGRAPH = "\n\n"
Rows = dict[str, list[dict[str, Any]]]


class Found(NamedTuple):
    """A code found in a sentence: the cue's place in the sentence, the score, and the rule or the model that found it."""

    code: str
    start: int
    end: int
    score: float
    method: str


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Python from looking for cycles among the many small things made for a post, a tenth of the time; it looks once, behind it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uninterrupted()
def tag_post(text: str, language: str, tagger: Tagger) -> Rows:
    """Return the rows of `sentences`, `mentions` and `codings` of one post, without `post_id`.

    Parameters
    ----------
    text : `posts.text`.
    language : a post in another language than the codebook's gets sentences and the gazetteer's mentions; themes are
        coded in its sentences in the codebook's language, and in Korean ones anywhere where the codebook has Hangul terms.
    tagger : the codebook, the model of framings, the gazetteer and the pipeline.
    """
    parts = split(text)
    languages = [language_of(part["text"], language) for part in parts]
    own = [n for n, one in enumerate(languages) if one == tagger.codebook.language]
    docs = dict(zip(own, tagger.english.parse([parts[n]["text"] for n in own]), strict=True))
    passages = [Passage(part["start"], part["end"], docs.get(n)) for n, part in enumerate(parts)]
    named = mentions(text, passages, tagger.gazetteer)
    read = dict(zip(docs, tagger.reader.read(list(docs.values())), strict=True)) if language == tagger.codebook.language else {}
    readable = [n for n, one in enumerate(languages) if one in tagger.codebook.languages]
    found = {n: found_in(parts[n]["text"], docs.get(n), read.get(n), tagger) for n in readable}
    stances = _stances(found, read, tagger)
    rows: Rows = {"sentences": [], "mentions": [asdict(mention) for mention in named], "codings": []}
    links = {(m.start, m.end): m.entity for m in named if not m.entity.startswith(tables.UNLINKED)}
    state, last = Quotation(), 0
    for n, part in enumerate(parts):
        if PARAGRAPH in text[last : part["start"]]:
            state = Quotation()
        counted = {"language": languages[n], "n_words": tables.count_words(part["text"]), "score": _score(read.get(n), tagger)}
        rows["sentences"].append({"sentence": n, **part, **counted})
        here = Quotation(part["quoted"] or state.open, state.speaker)
        for one in found.get(n, ()):
            holder, modality = _held(one, docs.get(n), stances.get((n, one.code)), here)
            placed = {"start": part["start"] + one.start, "end": part["start"] + one.end}
            held = {"holder": holder.holder, "holder_text": holder.text, "holder_entity": _entity(holder, part["start"], links)}
            rows["codings"].append({"sentence": n, **one._asdict(), **placed, **held, "modality": modality})
        state.after(part["text"], docs.get(n))
        last = part["end"]
    return rows


def found_in(text: str, doc: Doc | None, read: Sentence | None, tagger: Tagger) -> list[Found]:
    """Return the codes of a sentence: framings by the model, or by rules where it was fitted to others; themes by rules."""
    book, framings = tagger.codebook, []
    if read is not None and tagger.learned:
        framings = [Found(*framed, tagger.model.title) for framed in tagger.reader.framings(read)]
    elif read is not None:
        framings = [Found(hit.code, hit.start, hit.end, 1.0, hit.rule) for hit in book.hits(text, doc, kind="framing")]
    return framings + [Found(hit.code, hit.start, hit.end, 1.0, hit.rule) for hit in book.hits(text, doc, kind="theme")]


def _score(read: Sentence | None, tagger: Tagger) -> float | None:
    """Return the highest score of any framing that the model gave a sentence, whether it carries it or not; of one not read nothing."""
    return float(read.scores.max()) if read is not None and tagger.learned and len(read.doc) else None


def _stances(found: Mapping[int, list[Found]], read: Mapping[int, Sentence], tagger: Tagger) -> dict[tuple[int, str], tuple[str, str]]:
    """Return holder and modality of each code of each sentence that was read, all at once."""
    learned = set(tagger.model.codes)
    asked = [(n, one.code) for n, some in found.items() for one in some if n in read and len(read[n].doc)]
    return dict(zip(asked, tagger.reader.stances([(read[n], code if code in learned else None) for n, code in asked]), strict=True))


def _held(one: Found, doc: Doc | None, stance: tuple[str, str] | None, here: Quotation) -> tuple[Holder, str]:
    """Return who holds a code, and how firmly; of a sentence that was not read, what its quotation tells."""
    if stance is None or doc is None:
        return Holder("other", here.speaker) if here.open else Holder("author"), "asserted"
    answer, modality = stance
    return holder_of(doc, one.start, one.end, answer=answer, quoted=here.open, speaker=here.speaker), modality


def _entity(holder: Holder, offset: int, links: Mapping[tuple[int, int], str]) -> str | None:
    """Return the entity that the words which name the other holder link to."""
    if holder.start is None or holder.end is None:
        return None
    first, last = offset + holder.start, offset + holder.end
    return next((link for (start, end), link in links.items() if first <= start and end <= last), None)
