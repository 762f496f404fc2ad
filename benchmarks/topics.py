"""Topics: scikit-learn as `discourse topics` uses it beside tomotopy, on the same windows and words, by the same coherence and stability.

    python benchmarks/topics.py [--real DIR] [--k 12]

On the English posts of the sample, or with DIR of each of the real corpora, tagged for it. A round is one seed of each, in turns, on one thread. tomotopy is given the words that are
counted, and samples 1,000 times (Gibbs); once as its documentation shows it, once with words weighted by idf, as NMF's are.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import tomotopy
from corpora import workspaces
from results import Row, keep
from threadpoolctl import threadpool_limits

import discourse
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
OURS, PEER = ("discourse, NMF", "discourse, LDA"), "tomotopy, LDA"


def measured(workspace, k):
    """Return the documents, and of each way its topics and its seconds, one seed after another in turns."""
    posts, sentences, mentions = (discourse.table(workspace, name) for name in ("posts", "sentences", "mentions"))
    made = documents(counted(posts, language="en").posts, sentences, mentions, language="en")
    counts = made.counts().tocsr()
    runs, took = {name: [] for name in WAYS}, {name: [] for name in WAYS}
    with threadpool_limits(1):
        for seed in range(SEEDS):
            for name, way in WAYS.items():
                start = time.process_time()
                runs[name].append(way(made, counts, k, seed))
                took[name].append(time.process_time() - start)
    return made, runs, {name: statistics.median(some) for name, some in took.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with corpora/iff-archive and corpora/digitalrightswatch")
    parser.add_argument("--k", type=int, help="number of topics; else 8 of the sample, 12 of real corpora")
    given = parser.parse_args()
    k = given.k or (12 if given.real else 8)
    lines, rows, about = [], [], []
    with workspaces(given.real, tagged=True) as corpora:
        for corpus, workspace in corpora.items():
            made, runs, took = measured(workspace, k)
            about.append(
                f"{corpus}: {len(made.posts):,} posts in {made.counts().shape[0]:,} windows, {made.counts().shape[1]:,} different words"
            )
            scores = {
                name: (
                    statistics.median(float(coherences(top_words(topics), made.words.counts).mean()) for topics in found),
                    stability(found),
                )
                for name, found in runs.items()
            }
            for name, (coherent, stable) in scores.items():
                lines.append(f"| {corpus} | {name} | {coherent:.3f} | {stable:.2f} | {took[name]:.2f} | {took[PEER] / took[name]:.2g} |")
            for name in OURS:
                told = ", peer ".join(f"{scores[one][0]:.2f} / {scores[one][1]:.2f}" for one in (name, PEER))
                work = f"topics by {name.split()[-1]}, {corpus}"
                rows.append(
                    Row(work, f"{took[name]:.2f} s", PEER, f"{took[PEER]:.2f} s", took[PEER] / took[name], f"coherence / stability {told}")
                )
    keep("topics", "\n".join([
        "## Topics, one core", "",
        f"{'; '.join(about)}. {k} topics; processor time, medians of {SEEDS} seeds in turns, stability over their pairs. `python benchmarks/topics.py`.", "",
        "| corpus | way | coherence (NPMI) | stability | seconds a seed | times as fast as tomotopy's LDA |", "|---|---|---|---|---|---|", *lines, "",
    ]), rows, packages=("scikit-learn", "tomotopy"))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
