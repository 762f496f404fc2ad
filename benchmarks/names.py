"""Names: the gazetteer's pass beside spaCy's PhraseMatcher with the same names, in turns; and words a second of parsing and tagging.

    python benchmarks/names.py

The text is the sample's English posts. The matcher is given what the gazetteer looks for, and tokenizes; the gazetteer also checks word
boundaries and addresses. Everything runs on one thread.
"""

import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

import spacy
from results import keep
from spacy.matcher import PhraseMatcher
from threadpoolctl import threadpool_limits

import discourse
from discourse.tag import Choice, tag_post, tagger_from
from discourse.tag.entities.gazetteer import entity_forms
from discourse.tag.sentences import split

ROOT = Path(__file__).parents[1]
ROUNDS = 5
TIMES = 4


def seconds(work):
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    """Measure, print and write."""
    workspace = discourse.prepared()
    posts = discourse.table(workspace, "posts")
    texts = posts.loc[posts["language"] == "en", "text"].tolist()
    tagger = tagger_from(Choice())
    blank = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab)
    names = sorted({form for entity in tagger.gazetteer.entities for form in entity_forms(entity)})
    matcher.add("names", [blank.make_doc(name) for name in names])
    megabytes = TIMES * sum(len(text.encode()) for text in texts) / 1e6
    tagger.gazetteer.hits("")
    rounds = {"ours": [], "theirs": []}
    for _ in range(ROUNDS):
        rounds["ours"].append(seconds(lambda: [tagger.gazetteer.hits(text) for text in texts * TIMES]))
        rounds["theirs"].append(seconds(lambda: [matcher(blank.make_doc(text)) for text in texts * TIMES]))
    ours, theirs = (megabytes / statistics.median(rounds[who]) for who in ("ours", "theirs"))
    sentences = [[sentence["text"] for sentence in split(text)] for text in texts]
    words = sum(len(sentence.split()) for post in sentences for sentence in post)
    with threadpool_limits(1):
        parsing = statistics.median(seconds(lambda: [tagger.english.parse(post) for post in sentences]) for _ in range(ROUNDS))
        tagging = statistics.median(seconds(lambda: [tag_post(text, "en", tagger) for text in texts]) for _ in range(ROUNDS))
    keep("\n".join([
        "## Names, one core", "",
        f"{platform.machine()}, Python {platform.python_version()}, spaCy {version('spacy')}; medians of {ROUNDS} rounds in turns; "
        f"{len(names):,} names over {megabytes:.1f} MB. `make bench`.", "",
        "| work | discourse | PhraseMatcher, tokenizing included | ratio |", "|---|---|---|---|",
        f"| the gazetteer's names, MB/s | {ours:.1f} | {theirs:.1f} | {ours / theirs:.0f} |", "",
        f"Parsing (tags, lemmas, dependencies, names): {words / parsing:,.0f} words/s. All of `tag`, a post at a time: {words / tagging:,.0f} words/s.", "",
    ]))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
