"""Tag: sentences, entity mentions and codes with their evidence, one post at a time.

The door is `tag`. `tag_post` is a pure function of one post, so what has been tagged is kept under the hash of what went in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.tag import cues, sentences
from discourse.tag.cache import Cache, key
from discourse.tag.codebook import Codebook, read_codebook
from discourse.tag.gazetteer import Gazetteer, read_gazetteer
from discourse.tag.holder import holder_of, quotation_open
from discourse.tag.modality import modality_of
from discourse.tag.sentences import SPLITTER, split

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SPLITTER", "Tagger", "read_codebook", "read_gazetteer", "tag", "tag_post"]

TAGGER = "rules-1"
PART = 50
PARAGRAPH = "\n\n"
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tagger:
    """What codes a post: a codebook and a gazetteer; `fingerprint` names exactly what they and the rules are."""

    codebook: Codebook
    gazetteer: Gazetteer

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that can change a coding."""
        return key(TAGGER, SPLITTER, sentences.fingerprint(), self.codebook.sha256, self.gazetteer.sha256, cues.fingerprint())


def tag_post(text: str, language: str, tagger: Tagger) -> Rows:
    """Return the rows of `sentences`, `mentions` and `codings` of one post, without `post_id`.

    Parameters
    ----------
    text : `posts.text`.
    language : a post in another language than the codebook's gets sentences and mentions, and no codes.
    tagger : the codebook and the gazetteer.
    """
    rows: Rows = {"sentences": [], "mentions": [], "codings": []}
    in_quotation, last = False, 0
    for n, sentence in enumerate(split(text)):
        start, end = sentence["start"], sentence["end"]
        if PARAGRAPH in text[last:start]:
            in_quotation = False
        quoted = sentence["quoted"] or in_quotation
        in_quotation, last = quotation_open(sentence["text"], in_quotation), end
        rows["sentences"].append({"sentence": n, **sentence, "n_words": tables.count_words(sentence["text"])})
        for a, b, entity in tagger.gazetteer.find(text, start, end):
            mention = {"start": a, "end": b, "text": text[a:b], "label": entity.label, "entity": entity.entity, "name": entity.name}
            rows["mentions"].append({"sentence": n, **mention, "method": "gazetteer"})
        if language == tagger.codebook.language:
            rows["codings"] += [{"sentence": n, **coding} for coding in _codings(sentence["text"], start, quoted, tagger.codebook)]
    return rows


def _codings(sentence: str, offset: int, quoted: bool, codebook: Codebook) -> list[dict[str, Any]]:
    rows = []
    deniable = {code.code for code in codebook.codes if code.deniable}
    for code, a, b, rule in codebook.hits(sentence):
        holder = holder_of(sentence, a, b, quoted=quoted)
        modality = modality_of(sentence, a, b, deniable=code in deniable)
        row = {"code": code, "start": offset + a, "end": offset + b, "holder": holder.holder, "holder_text": holder.text}
        rows.append({**row, "modality": modality, "score": 1.0, "method": rule})
    return rows


def tag(
    posts: pd.DataFrame, tagger: Tagger, *, cache: Path, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[dict[str, pd.DataFrame], int]:
    """Tag every post and return the tables `sentences`, `mentions` and `codings`, and how many posts were tagged anew.

    Parameters
    ----------
    posts : the table `posts`.
    tagger : the codebook and the gazetteer.
    cache : file in which tagged posts are kept, part by part.
    progress : called with the number of posts done and of all posts.

    Raises
    ------
    WorkspaceError : the cache cannot be read or written.
    """
    kept = Cache(cache)
    names = [key(tagger.fingerprint, language, text) for text, language in zip(posts["text"], posts["language"], strict=True)]
    built: Rows = {"sentences": [], "mentions": [], "codings": []}
    anew: dict[str, Rows] = {}
    n_anew = 0
    columns = (posts[column].tolist() for column in ("post_id", "text", "language"))
    for done, (name, post_id, text, language) in enumerate(zip(names, *columns, strict=True), start=1):
        rows = kept.get(name) or anew.get(name)
        if rows is None:
            rows = anew[name] = tag_post(text, language, tagger)
            n_anew += 1
        for table, content in rows.items():
            built[table] += [{"post_id": post_id, **row} for row in content]
        if len(anew) >= PART or done == len(names):
            kept.put(anew)
            anew = {}
        progress(done, len(names))
    kept.keep_only(names)
    return {table: tables.build(table, content) for table, content in built.items()}, n_anew
