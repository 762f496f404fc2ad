"""Tagging one post: its sentences, mentions and codes, each with its evidence, as a pure function of its text."""

from __future__ import annotations

from collections.abc import Mapping
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
    rows: Rows = {"sentences": [], "mentions": [asdict(mention) for mention in named], "codings": []}
    links = {(m.start, m.end): m.entity for m in named if not m.entity.startswith(tables.UNLINKED)}
    state, last = Quotation(), 0
    for n, part in enumerate(parts):
        if PARAGRAPH in text[last : part["start"]]:
            state = Quotation()
        counted = {"language": languages[n], "n_words": tables.count_words(part["text"])}
        rows["sentences"].append({"sentence": n, **part, **counted})
        if languages[n] in tagger.codebook.languages:
            quoted, speaker = part["quoted"] or state.open, state.speaker
            codings = _codings(part["text"], docs.get(n), read.get(n), tagger, quoted=quoted, speaker=speaker)
            rows["codings"] += [{"sentence": n, **_placed(coding, part["start"], links)} for coding in codings]
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


def _codings(
    text: str, doc: Doc | None, read: Sentence | None, tagger: Tagger, *, quoted: bool, speaker: str | None
) -> list[dict[str, Any]]:
    rows = []
    learned = set(tagger.model.codes)
    for code, start, end, score, method in found_in(text, doc, read, tagger):
        holder, modality = Holder("other" if quoted else "author", speaker if quoted else None), "asserted"
        if read is not None and doc is not None and len(doc):
            answer, modality = tagger.reader.stance(read, code if code in learned else None)
            holder = holder_of(doc, start, end, answer=answer, quoted=quoted, speaker=speaker)
        rows.append({"code": code, "start": start, "end": end, "holder": holder, "modality": modality, "score": score, "method": method})
    return rows


def _placed(coding: dict[str, Any], offset: int, links: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    """Return a coding with its place in the post, and with the entity that its other holder links to."""
    holder: Holder = coding["holder"]
    entity = None
    if holder.start is not None and holder.end is not None:
        a, b = offset + holder.start, offset + holder.end
        entity = next((link for (start, end), link in links.items() if a <= start and end <= b), None)
    placed = {"start": offset + coding["start"], "end": offset + coding["end"]}
    return {**coding, **placed, "holder": holder.holder, "holder_text": holder.text, "holder_entity": entity}
