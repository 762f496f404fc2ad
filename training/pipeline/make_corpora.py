"""Write what is fitted on: syntax from the treebank, names from the open sets, the coded sentences and what the gazetteer projects.

    python make_corpora.py TREEBANKS CORPUS_OUT WORKSPACE...

The treebanks' folder is described in README.md; a workspace is what `discourse load` makes of a corpus that sentences were coded from.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import spacy
from coded import document, exchanged, pool, projected, rows, with_text
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from treebanks import conllu, iob, names

from discourse.paths import sha256

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "data" / "raw"
SEED = 20
HELD_OUT = 8
TIMES_CODED = 3
TIMES_EXCHANGED = 3
ONCE = {
    "wikigold": ["wikigold/wikigold.conll.txt"],
    "wnut17": ["wnut17/wnut17train.conll"],
    "btc": [f"btc/{part}.conll" for part in "abefgh"],
}


def write(path: Path, docs: Iterable[Doc]) -> None:
    """Write documents as one file."""
    docs = list(docs)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path.name}: {len(docs)} sentences, {sum(len(doc) for doc in docs)} tokens, {sum(len(doc.ents) for doc in docs)} names")


def tagged(nlp: Language, path: Path) -> list[Doc]:
    """Return the sentences of an IOB file with our labels."""
    docs = []
    for _, words, tags in iob(path):
        docs.append(Doc(nlp.vocab, words=words, spaces=_spaces(words), ents=names(words, tags)))
    return docs


def _spaces(words: list[str]) -> list[bool]:
    """Return whether a space follows each word, as usual in English: the sets without raw text do not say."""
    closes = {".", ",", ";", ":", "!", "?", ")", "]", "'s", "n't", "'", "’s", "%", "..."}
    opens = {"(", "[", "$", "#", "@"}
    return [not (word in opens or following in closes) for word, following in zip(words, [*words[1:], ""], strict=True)]


def uner(nlp: Language, treebanks: Path, part: str) -> list[Doc]:
    """Return the treebank's sentences, spaced as in its text, with the names annotated there."""
    spaced = {name.rstrip("+"): doc for name, doc in conllu(treebanks / "ewt" / f"en_ewt-ud-{part}.conllu", nlp.vocab)}
    docs = []
    for name, words, tags in iob(treebanks / "uner" / f"en_ewt-ud-{part}.iob2"):
        known = spaced.get(name)
        spaces = [bool(token.whitespace_) for token in known] if known is not None and [t.text for t in known] == words else _spaces(words)
        docs.append(Doc(nlp.vocab, words=words, spaces=spaces, ents=names(words, tags)))
    return docs


def main() -> None:
    """Write the four files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("workspaces", type=Path, nargs="+")
    parser.add_argument("--apart", type=Path, help="a file of post names, a line each, that nothing is projected on")
    parser.add_argument("--sets", nargs="*", default=["wikigold"], choices=list(ONCE))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    for part in ("train", "dev"):
        write(
            given.out / f"syntax-{part}.spacy", (doc for _, doc in conllu(given.treebanks / "ewt" / f"en_ewt-ud-{part}.conllu", nlp.vocab))
        )
    coded = with_text(rows(CODES / "codes" / "entities_by_reference.jsonl"), given.workspaces) + rows(
        CODES / "sample" / "codes" / "entities.jsonl"
    )
    held = {post for post in {row["post_id"] for row in coded} if int(sha256(post.encode()), 16) % HELD_OUT == 0}
    fitted = [row for row in coded if row["post_id"] not in held]
    random_ = random.Random(SEED)
    some = pool(fitted)
    docs = uner(nlp, given.treebanks, "train") + [
        doc for name in given.sets for path in ONCE[name] for doc in tagged(nlp, given.treebanks / path)
    ]
    docs += [document(nlp, row["text"], row["entities"]) for row in fitted for _ in range(TIMES_CODED)]
    changed = [exchanged(row, some, random_) for row in fitted if row["entities"] for _ in range(TIMES_EXCHANGED)]
    docs += [document(nlp, row["text"], row["entities"]) for row in changed]
    apart = set(given.apart.read_text(encoding="utf-8").split()) if given.apart else set()
    apart |= {post.split("/")[-1] for post in held}
    known = {sha256(row["text"].encode()) for row in coded}
    docs += [document(nlp, row["text"], row["entities"], unsure=True) for row in projected(given.workspaces, apart, known)]
    write(given.out / "names-train.spacy", docs)
    held_out = [document(nlp, row["text"], row["entities"]) for row in coded if row["post_id"] in held]
    write(given.out / "names-dev.spacy", held_out + uner(nlp, given.treebanks, "dev"))


if __name__ == "__main__":
    main()
