"""Tag: sentences, entity mentions and codes with their evidence, one post at a time.

The door is `tag`. `tag_post` is a pure function of one post, so what has been tagged is kept under the hash of what went in.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.errors import PipelineError
from discourse.tag import cues, entities, sentences
from discourse.tag.alone import framings_alone
from discourse.tag.baselines import by_keyword, by_n_grams
from discourse.tag.cache import Cache, key
from discourse.tag.codebook import Codebook, Hit, read_codebook
from discourse.tag.english import SHIPPED, English, load_english, names
from discourse.tag.entities import GAZETTEER, LABELS, Gazetteer, Passage, mentions, read_gazetteer
from discourse.tag.holder import holder_of, quotation_open
from discourse.tag.modality import modality_of
from discourse.tag.passages import language_of
from discourse.tag.sentences import SPLITTER, split

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LABELS", "SHIPPED", "SPLITTER", "Choice", "Tagger", "by_keyword", "by_n_grams", "framings_alone", "load_english", "names_in",
    "read_codebook", "read_gazetteer", "tag", "tag_post", "tagger_from",
]  # fmt: skip

TAGGER = "rules-4"
PART = 50
PARAGRAPH = "\n\n"
FEWEST_FOR_JOBS = 100
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tagger:
    """What codes a post: a codebook, a gazetteer and a pipeline; `fingerprint` names exactly what they and the rules are."""

    codebook: Codebook
    gazetteer: Gazetteer
    english: English

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that can change a coding."""
        parts = (self.codebook.sha256, self.gazetteer.sha256, entities.fingerprint(), self.english.fingerprint)
        return key(TAGGER, SPLITTER, sentences.fingerprint(), *parts, cues.fingerprint())


@dataclass(frozen=True)
class Choice:
    """What a tagger is made of, by name: a codebook file, gazetteer files that add to the shipped one, a pipeline, a model of framings."""

    codebook: Path | None = None
    gazetteer: tuple[Path, ...] = ()
    pipeline: str = SHIPPED
    model: Path | None = None


def tagger_from(choice: Choice) -> Tagger:
    """Read and load what a choice names.

    Raises
    ------
    CodebookError, PipelineError : a file is malformed; the pipeline is not installed.
    """
    return Tagger(read_codebook(choice.codebook), read_gazetteer([GAZETTEER, *choice.gazetteer]), load_english(choice.pipeline))


def tag_post(text: str, language: str, tagger: Tagger) -> Rows:
    """Return the rows of `sentences`, `mentions` and `codings` of one post, without `post_id`.

    Parameters
    ----------
    text : `posts.text`.
    language : a post in another language than the codebook's gets sentences and the gazetteer's mentions; themes are
        coded in its sentences in the codebook's language, and in Korean ones anywhere where the codebook has Hangul terms.
    tagger : the codebook, the gazetteer and the pipeline.
    """
    rows: Rows = {"sentences": [], "mentions": [], "codings": []}
    parts = split(text)
    languages = [language_of(sentence["text"], language) for sentence in parts]
    read = [n for n, one in enumerate(languages) if one == tagger.codebook.language]
    docs = dict(zip(read, tagger.english.parse([parts[n]["text"] for n in read]), strict=True))
    in_quotation, last = False, 0
    for n, sentence in enumerate(parts):
        start, end = sentence["start"], sentence["end"]
        if PARAGRAPH in text[last:start]:
            in_quotation = False
        quoted = sentence["quoted"] or in_quotation
        in_quotation, last = quotation_open(sentence["text"], in_quotation), end
        counted = {"language": languages[n], "n_words": tables.count_words(sentence["text"])}
        rows["sentences"].append({"sentence": n, **sentence, **counted})
        if languages[n] in tagger.codebook.languages:
            kind = None if language == languages[n] == tagger.codebook.language else "theme"
            hits = tagger.codebook.hits(sentence["text"], docs.get(n), kind=kind)
            rows["codings"] += [{"sentence": n, **coding} for coding in _codings(sentence["text"], start, quoted, tagger.codebook, hits)]
    passages = [Passage(sentence["start"], sentence["end"], docs.get(n)) for n, sentence in enumerate(parts)]
    rows["mentions"] = [asdict(m) for m in mentions(text, passages, tagger.gazetteer)]
    return rows


def names_in(sentence: str, tagger: Tagger) -> dict[str, list[dict[str, Any]]]:
    """Return what is named in one sentence read alone: by all means together, by the `gazetteer` alone, by the `pipeline` alone.

    Each is a list of `start`, `end`, `label` and `entity` (null for what links to nothing).
    """
    (doc,) = tagger.english.parse([sentence])
    together = mentions(sentence, [Passage(0, len(sentence), doc)], tagger.gazetteer)
    listed = tagger.gazetteer.find(sentence, 0, len(sentence))
    columns = ("start", "end", "label", "entity")
    found: dict[str, list[tuple[int, int, str, str | None]]] = {
        "all": [(m.start, m.end, m.label, None if m.entity.startswith(tables.UNLINKED) else m.entity) for m in together],
        "gazetteer": [(start, end, entity.label, entity.entity) for start, end, entity in listed],
        "pipeline": [(start, end, label, None) for start, end, label in names(doc)],
    }
    return {means: [dict(zip(columns, row, strict=True)) for row in rows] for means, rows in found.items()}


def _codings(sentence: str, offset: int, quoted: bool, codebook: Codebook, hits: list[Hit]) -> list[dict[str, Any]]:
    rows = []
    deniable = {code.code for code in codebook.codes if code.deniable}
    for code, a, b, rule in hits:
        holder = holder_of(sentence, a, b, quoted=quoted)
        modality = modality_of(sentence, a, b, deniable=code in deniable)
        row = {"code": code, "start": offset + a, "end": offset + b, "holder": holder.holder, "holder_text": holder.text}
        rows.append({**row, "modality": modality, "score": 1.0, "method": rule})
    return rows


def tag(
    posts: pd.DataFrame, choice: Choice, *, cache_file: Path, jobs: int = 1, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[dict[str, pd.DataFrame], int]:
    """Tag every post and return the tables `sentences`, `mentions` and `codings`, and how many posts were tagged anew.

    Each post is tagged by itself, so the tables depend neither on the order of posts nor on the number of processes.

    Parameters
    ----------
    posts : the table `posts`.
    choice : what to tag with.
    cache_file : in which tagged posts are kept, part by part.
    jobs : number of processes; a small corpus is tagged in one.
    progress : called with the number of posts done and of all posts.

    Raises
    ------
    WorkspaceError : the cache cannot be read or written.
    """
    fingerprint = tagger_from(choice).fingerprint
    kept = Cache(cache_file)
    inputs = list(zip(posts["text"], posts["language"], strict=True))
    names = [key(fingerprint, language, text) for text, language in inputs]
    missing = {name: given for name, given in zip(names, inputs, strict=True) if not kept.has(name)}
    part: dict[str, Rows] = {}
    for done, (name, rows) in enumerate(_tagged(missing, choice, jobs), start=len(set(names)) - len(missing) + 1):
        part[name] = rows
        if len(part) >= PART or done == len(set(names)):
            kept.put(part)
            part = {}
        progress(done, len(set(names)))
    built: Rows = {"sentences": [], "mentions": [], "codings": []}
    for name, post_id in zip(names, posts["post_id"], strict=True):
        for table, content in kept.get(name).items():
            built[table] += [{"post_id": post_id, **row} for row in content]
    kept.keep_only(names)
    return {table: tables.build(table, content) for table, content in built.items()}, len(missing)


def _tagged(missing: dict[str, tuple[str, str]], choice: Choice, jobs: int) -> Iterator[tuple[str, Rows]]:
    """Yield the key and the rows of each post, in order, from one process or several."""
    if jobs <= 1 or len(missing) < FEWEST_FOR_JOBS:
        tagger = tagger_from(choice)
        yield from ((name, tag_post(text, language, tagger)) for name, (text, language) in missing.items())
        return
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
            yield from zip(missing, pool.map(_tag_one, *zip(*missing.values(), strict=True), repeat(choice), chunksize=8), strict=True)
    except BrokenProcessPool as error:
        raise PipelineError(
            "A process was ended, perhaps for lack of memory; run the same command again to go on, with --jobs 1."
        ) from error


def _end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=[parent], daemon=True).start()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


@functools.cache
def _own_tagger(choice: Choice) -> Tagger:
    """Return this process's tagger, loaded once."""
    return tagger_from(choice)


def _tag_one(text: str, language: str, choice: Choice) -> Rows:
    return tag_post(text, language, _own_tagger(choice))
