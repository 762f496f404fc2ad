"""Tagging: all of `tag_post` beside spaCy's own pipeline with a PhraseMatcher of the same names, on the same posts, in turns.

    python benchmarks/tagging.py [--real DIR] [--words 40000]

The peer is the shipped pipeline as spaCy loads it, `nlp.pipe` over whole posts, with spaCy's `sentencizer` to split them (its parser was trained
on single sentences and splits nothing), and the matcher on its documents. It yields sentences, tags, lemmas, dependencies, names with labels, and where the gazetteer's names stand. `tag_post` yields sentences, names
linked to entities, framings and themes, and of each who holds it and how firmly. With DIR the posts are drawn from the real corpora, else from
the sample. One thread, processor time.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import spacy
from corpora import drawn, english, title, workspaces
from names import matcher_of
from results import Row, keep
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits

import discourse
from discourse.paths import resource
from discourse.tag import SHIPPED, Choice, split_sentences, tag_post, tagger_from
from discourse.tag.entities.gazetteer import entity_forms

CODED = Path(__file__).parents[1] / "data" / "raw" / "sample" / "codes" / "entities.jsonl"
ROUNDS = 5


def peer(*, blis=True):
    """Return what runs spaCy's pipeline over texts: the documents, and how many names the matcher finds; `blis` as spaCy comes, else by numpy."""
    nlp = spacy.load(resource(SHIPPED, "meta.json").parent)
    for _, component in nlp.pipeline if not blis else ():
        for node in component.model.walk():
            node.ops = NumpyOps(use_blis=False)
    nlp.add_pipe("sentencizer", first=True)
    gazetteer = tagger_from(Choice()).gazetteer
    matcher = matcher_of(nlp, sorted({form for entity in gazetteer.entities for form in entity_forms(entity)}))

    def run(texts):
        docs = list(nlp.pipe(texts))
        return docs, sum(len(matcher(doc)) for doc in docs)

    return run


def seconds(works, rounds):
    """Return the seconds of processor time of each work, a list of rounds in turns."""
    taken = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.process_time()
            work()
            taken[name].append(time.process_time() - started)
    return taken


def starts_shared(texts, docs):
    """Return how many sentences we have, they have, and begin at the same letter in both."""
    mine = [{part["start"] for part in split_sentences(text)} for text in texts]
    theirs = [{next((token.idx for token in sent if not token.is_space), -1) for sent in doc.sents} for doc in docs]
    return sum(map(len, mine)), sum(map(len, theirs)), sum(len(a & b) for a, b in zip(mine, theirs, strict=True))


def named():
    """Return the F1 of names and labels in the sample's hand-coded sentences: all that we do, and the pipeline alone."""
    scores = discourse.evaluate_entities(CODED)
    return [float(scores.loc[(scores["means"] == means) & (scores["label"] == "all"), "f1"].iloc[0]) for means in ("all", "pipeline")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with corpora/iff-archive and corpora/digitalrightswatch")
    parser.add_argument("--words", type=int, default=40_000, help="so many words of posts, drawn at random")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with workspaces(given.real) as made:
        corpus, texts = title(made), drawn([text for workspace in made.values() for text in english(workspace)], given.words)
    words = sum(len(text.split()) for text in texts)
    tagger, run, by_numpy = tagger_from(Choice()), peer(), peer(blis=False)
    parts = [[part["text"] for part in split_sentences(text)] for text in texts]
    with threadpool_limits(1):
        tagged, (docs, matched) = [tag_post(text, "en", tagger) for text in texts], run(texts)
        taken = seconds({
            "ours": lambda: [tag_post(text, "en", tagger) for text in texts],
            "theirs": lambda: run(texts),
            "by numpy": lambda: by_numpy(texts),
            "parsing": lambda: [tagger.english.parse(post) for post in parts],
        }, given.rounds)  # fmt: skip
    ours, theirs, parsing, quicker = (words / statistics.median(taken[name]) for name in ("ours", "theirs", "parsing", "by numpy"))
    ratio = statistics.median(b / a for a, b in zip(taken["ours"], taken["theirs"], strict=True))
    n_ours, n_theirs, shared = starts_shared(texts, docs)
    mentions, codings = (sum(len(rows[name]) for rows in tagged) for name in ("mentions", "codings"))
    linked = sum(not row["entity"].startswith("unlinked/") for rows in tagged for row in rows["mentions"])
    f1 = named()
    quality = f"F1 of names {f1[0]:.3f}, pipeline alone {f1[1]:.3f}; only ours links names and codes framings, themes, holders"
    keep("tagging", "\n".join([
        "## Tagging, one core", "",
        f"{len(texts):,} posts of {corpus}, {words:,} words; processor time, medians of {given.rounds} rounds in turns, ratios within a round. "
        "`python benchmarks/tagging.py`.", "",
        "| work | words/s | yields |", "|---|---|---|",
        f"| `tag_post`, all of it | {ours:,.0f} | {n_ours:,} sentences; {mentions:,} names, {linked:,} of them linked to entities; {codings:,} codes, each "
        "with its cue, holder and modality |",
        f"| of it, parsing the sentences | {parsing:,.0f} | tags, dependencies and names inside our sentences |",
        f"| spaCy's `nlp.pipe` with its sentencizer, and PhraseMatcher | {theirs:,.0f} | {n_theirs:,} sentences; {sum(len(doc.ents) for doc in docs):,} names with labels; "
        f"{matched:,} places where the gazetteer's names stand; tags, lemmas, dependencies |",
        f"| the same, its matrix products by numpy as ours are | {quicker:,.0f} | the same |", "",
        f"`tag_post` is {ratio:.2f} times as fast. {shared / n_ours:.1%} of our sentences begin where one of the sentencizer's does, {shared / n_theirs:.1%} of its "
        "sentences where one of ours does (it does not see paragraphs, headings, abbreviations). Names with the right ends and label in the sample's sentences coded by "
        f"hand: F1 {f1[0]:.3f} by all that we do, {f1[1]:.3f} by the pipeline alone.", "",
    ]), [Row("tagging, all of it", f"{ours:,.0f} words/s", "spaCy pipeline and PhraseMatcher", f"{theirs:,.0f} words/s", ratio, quality)],
        packages=("spacy", "thinc", "numpy"))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
