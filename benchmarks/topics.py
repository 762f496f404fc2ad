"""Topics: scikit-learn as `discourse topics` uses it beside tomotopy, on the same windows and words, by the same coherence and stability.

    python benchmarks/topics.py [WORKSPACE] [--k 8]

Without a workspace on the sample's English posts. A round is one seed of each, in turns, on one thread. tomotopy is given the words that are
counted, and samples 1,000 times (Gibbs); once as its documentation shows it, once with words weighted by idf, as NMF's are.
"""

import argparse
import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import tomotopy
from results import keep
from threadpoolctl import threadpool_limits

import discourse
from discourse import paths
from discourse.measure import counted
from discourse.measure.topics import documents
from discourse.measure.topics.coherence import coherences
from discourse.measure.topics.fit import fit, weighted
from discourse.measure.topics.matching import stability, top_words

SEEDS = 5
ROUNDS = 1000


def theirs(weight):
    """Return what fits tomotopy's LDA to windows and returns topics x words, in the order of our words."""

    def fitted(made, counts, k, seed):
        model = tomotopy.LDAModel(tw=weight, k=k, seed=seed)
        for row in counts:
            model.add_doc([made.words.names[word] for word, n in zip(row.indices, row.data, strict=True) for _ in range(int(n))])
        model.train(ROUNDS, workers=1)
        place = {word: n for n, word in enumerate(made.words.names)}
        topics = np.zeros((k, len(place)))
        topics[:, [place[word] for word in model.used_vocabs]] = [model.get_topic_word_dist(topic) for topic in range(k)]
        return topics

    return fitted


def ours(method):
    return lambda _made, counts, k, seed: fit(weighted(counts, counts, method=method), k, method=method, seed=seed)


WAYS = {
    "discourse, NMF": ours("nmf"),
    "discourse, LDA": ours("lda"),
    "tomotopy, LDA": theirs(tomotopy.TermWeight.ONE),
    "tomotopy, LDA, idf": theirs(tomotopy.TermWeight.IDF),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path, nargs="?", help="a tagged workspace; else the sample")
    parser.add_argument("--k", type=int, default=8, help="number of topics")
    given = parser.parse_args()
    workspace = given.workspace or discourse.prepared()
    title = paths.manifest(workspace)["corpus"]["title"]
    posts, sentences, mentions = (discourse.table(workspace, name) for name in ("posts", "sentences", "mentions"))
    made = documents(counted(posts, language="en").posts, sentences, mentions, language="en")
    counts = made.counts().tocsr()
    runs, took = {name: [] for name in WAYS}, {name: [] for name in WAYS}
    with threadpool_limits(1):
        for seed in range(SEEDS):
            for name, way in WAYS.items():
                start = time.perf_counter()
                runs[name].append(way(made, counts, given.k, seed))
                took[name].append(time.perf_counter() - start)
    peer = statistics.median(took["tomotopy, LDA"])
    rows = []
    for name, found in runs.items():
        coherence = statistics.median(float(coherences(top_words(topics), made.words.counts).mean()) for topics in found)
        seconds = statistics.median(took[name])
        rows.append(f"| {name} | {coherence:.3f} | {stability(found):.2f} | {seconds:.2f} | {seconds / peer:.2f} |")
    keep("\n".join([
        f"## Topics of {title}, one core", "",
        f"{platform.machine()}, Python {platform.python_version()}, scikit-learn {version('scikit-learn')}, tomotopy {version('tomotopy')}; "
        f"{len(made.posts):,} posts in {counts.shape[0]:,} windows, {counts.shape[1]:,} different words, {given.k} topics; medians of {SEEDS} seeds in turns, "
        "stability over their pairs. `make bench`.", "",
        "| way | coherence (NPMI) | stability | seconds a seed | time beside tomotopy's |", "|---|---|---|---|---|", *rows, "",
    ]))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
