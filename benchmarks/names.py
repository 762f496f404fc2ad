"""Names: the gazetteer's pass beside spaCy's PhraseMatcher with the same names, in turns; which hits both find, and what each finds alone.

    python benchmarks/names.py [--real DIR]

The text is the sample's English posts, or with DIR those of the real corpora. The matcher is given every spelling that the gazetteer looks
for, and tokenizes; the gazetteer also leaves out what stands inside addresses and words. One thread, processor time.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import spacy
from corpora import english, title, workspaces
from results import Row, keep
from spacy.matcher import PhraseMatcher

from discourse.tag import read_gazetteer
from discourse.tag.entities.gazetteer import entity_forms

ROUNDS = 5
LETTERS = 1_000_000


def matcher_of(blank, names):
    """Return spaCy's matcher of names."""
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("names", [blank.make_doc(name) for name in names])
    return matcher


def placed(matches, doc):
    """Return start and end, in letters, of what a matcher found."""
    return {(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for _, start, end in matches}


def seconds(works):
    """Return the median seconds of processor time of each work, in turns."""
    taken = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.process_time()
            work()
            taken[name].append(time.process_time() - started)
    return {name: statistics.median(some) for name, some in taken.items()}


def alone(texts, gazetteer, blank, matcher, names):
    """Return how many hits both find, and what each finds alone, by the reason."""
    found = dict.fromkeys(("both", "other case", "inside a token", "refused"), 0)
    written = frozenset(names)
    for text in texts:
        ours = {(hit.start, hit.end) for hit in gazetteer.hits(text)}
        doc = blank.make_doc(text)
        theirs = placed(matcher(doc), doc)
        found["both"] += len(ours & theirs)
        found["refused"] += len(theirs - ours)
        for start, end in ours - theirs:
            found["inside a token" if text[start:end] in written else "other case"] += 1
    return found


def main():
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with corpora/iff-archive and corpora/digitalrightswatch")
    with workspaces(parser.parse_args().real) as made:
        corpus, texts = title(made), [text for workspace in made.values() for text in english(workspace)]
    gazetteer, blank = read_gazetteer(), spacy.blank("en")
    names = sorted({form for entity in gazetteer.entities for form in entity_forms(entity)})
    matcher = matcher_of(blank, names)
    found = alone(texts, gazetteer, blank, matcher, names)
    times = max(1, round(LETTERS / sum(map(len, texts))))
    megabytes = times * sum(len(text.encode()) for text in texts) / 1e6
    took = seconds({
        "ours": lambda: [gazetteer.hits(text) for text in texts * times],
        "theirs": lambda: [matcher(blank.make_doc(text)) for text in texts * times],
        "tokenizing": lambda: [blank.make_doc(text) for text in texts * times],
    })  # fmt: skip
    ours, theirs = megabytes / took["ours"], megabytes / took["theirs"]
    own = found["other case"] + found["inside a token"]
    quality = f"{found['both']:,} hits of both; {own:,} of ours alone, {found['refused']:,} of the peer alone"
    keep("names", "\n".join([
        "## Names, one core", "",
        f"{len(names):,} names over {megabytes:.1f} MB of {corpus}; processor time, medians of {ROUNDS} rounds in turns. `python benchmarks/names.py`.", "",
        "| work | discourse | PhraseMatcher, tokenizing included | ratio |", "|---|---|---|---|",
        f"| the gazetteer's names, MB/s | {ours:.1f} | {theirs:.1f} | {ours / theirs:.1f} |", "",
        f"Of the peer's time {min(1, took['tokenizing'] / took['theirs']):.0%} is tokenizing. Hits, each text once: {found['both']:,} of both; ours alone "
        f"{found['other case']:,} in capitals or small letters, which the matcher was not given, and {found['inside a token']:,} that begin or end "
        f"inside a token of spaCy's; the matcher alone {found['refused']:,}, inside addresses, reference numbers and longer words.", "",
    ]), [Row("names, a dictionary's pass", f"{ours:.1f} MB/s", "spaCy PhraseMatcher", f"{theirs:.1f} MB/s", ours / theirs, quality)],
        packages=("spacy", "ahocorasick-rs"))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
