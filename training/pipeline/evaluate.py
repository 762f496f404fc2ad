"""Score a pipeline on the treebank's test set from raw text, over the sentences of the package's own splitter, and its names on UNER.

    python evaluate.py TREEBANKS PIPELINE

Scores are spaCy's: accuracy and attachment over the tokens that line up (punctuation left out of attachment), F1 of exact spans.
"""

from __future__ import annotations

import argparse
import json
from itertools import groupby
from pathlib import Path

import spacy
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from treebanks import conllu, iob

from discourse.tag.english import English, names
from discourse.tag.sentences import split

UNER = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}


def paragraphs(docs: list[tuple[str, Doc]]) -> list[list[tuple[str, Doc]]]:
    """Return sentences grouped by the paragraphs of the treebank's texts."""
    numbered, n = [], 0
    for name, doc in docs:
        n += name.endswith("+")
        numbered.append((n, name.rstrip("+"), doc))
    return [[(name, doc) for _, name, doc in group] for _, group in groupby(numbered, key=lambda row: row[0])]


def parsed(text: str, english: English) -> Doc:
    """Return a paragraph read as the package reads a post: each sentence parsed alone; list marks stay, as unparsed tokens."""
    sentences = split(text)
    docs = english.parse([sentence["text"] for sentence in sentences])
    for doc in docs:
        doc.ents = [span for a, b, label in names(doc) if label in UNER and (span := doc.char_span(a, b, label=UNER[label])) is not None]
    pieces, last = [], 0
    for sentence, doc in zip(sentences, docs, strict=True):
        pieces += [english.nlp.make_doc(text[last : sentence["start"]].strip()), doc]
        last = sentence["end"]
    pieces.append(english.nlp.make_doc(text[last:].strip()))
    pieces = [doc for doc in pieces if len(doc)]
    return Doc.from_docs(pieces, ensure_whitespace=True, exclude=["tensor"]) if pieces else Doc(english.nlp.vocab)


def main() -> None:
    """Print the scores as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("--part", default="test")
    given = parser.parse_args()
    nlp = spacy.load(given.pipeline)
    english = English(nlp, given.pipeline.name, "")
    tagged = {name: tags for name, _, tags in iob(given.treebanks / "uner" / f"en_ewt-ud-{given.part}.iob2")}
    examples = []
    for paragraph in paragraphs(list(conllu(given.treebanks / "ewt" / f"en_ewt-ud-{given.part}.conllu", nlp.vocab))):
        for name, doc in paragraph:
            doc.ents = [] if name not in tagged else _ents(doc, tagged[name])
        gold = Doc.from_docs([doc for _, doc in paragraph], ensure_whitespace=True)
        guess = parsed(gold.text, english)
        if "".join(gold.text.split()) != "".join(guess.text.split()):
            raise SystemExit(f"A paragraph lost letters: {gold.text[:80]!r}")
        examples.append(Example(guess, gold))
    scorer = Scorer(nlp)
    attached = scorer.score_deps(examples, "dep", getter=lambda token, name: getattr(token, f"{name}_"), ignore_labels=("p", "punct"))
    scores = {
        "tag": scorer.score_token_attr(examples, "tag")["tag_acc"],
        "lemma": scorer.score_token_attr(examples, "lemma", getter=lambda token, _: token.lemma_)["lemma_acc"],
        "uas": attached["dep_uas"],
        "las": attached["dep_las"],
        **{k: v for k, v in scorer.score_spans(examples, "ents").items() if k.startswith("ents_")},
        "sentences": scorer.score_spans(examples, "sents")["sents_f"],
    }
    print(json.dumps(scores, indent=1))


def _ents(doc: Doc, tags: list[str]) -> list[Span]:
    """Return PER, ORG and LOC of a sentence's IOB tags."""
    spans, start = [], None
    for n, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            spans.append(Span(doc, start, n, label=tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = n
    return [span for span in spans if span.label_ in ("PER", "ORG", "LOC")]


if __name__ == "__main__":
    main()
