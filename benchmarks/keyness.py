"""Keyness beside scattertext: the log-odds of every word between two groups of posts, from the same tokens, in turns.

    python benchmarks/keyness.py [--real DIR]

Three works: from tokens to z-scores (Monroe, Colaresi and Quinn 2008, the pooled counts as prior); once counted, z-scores for other groups of the
same posts; and all that `discourse keyness` tells besides (G2, log ratio with intervals over posts, dispersion), which scattertext does not.
scattertext counts by its `CorpusFromFeatureDict`, the quickest of its ways from tokens, and takes other groups by `recategorize`.
DIR holds corpora/iff-archive and corpora/digitalrightswatch; without it the groups are the two halves of the sample's English posts.
"""

import argparse
import statistics
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from corpora import english, title, workspaces
from results import Row, keep
from scipy.stats import spearmanr

from discourse.measure import keyness, numbered
from discourse.measure.association import log_odds
from discourse.measure.words import folded, sum_of
from discourse.tables import WORD

warnings.simplefilter("ignore")
import scattertext as peer  # noqa: E402

ROUNDS = 5
TIMES = 10
STRENGTH = 1_000.0


def texts_of(real):
    """Return the words of each post in English, which posts are of the first group, and the name of the corpora."""
    with workspaces(real) as made:
        parts = [english(workspace) for workspace in made.values()]
        corpus = title(made)
    texts = [text for part in parts for text in part]
    first = np.arange(len(texts)) < (len(parts[0]) if len(parts) > 1 else len(texts) // 2)
    return [[folded(word) for word in WORD.findall(text)] for text in texts], first, corpus


def counted(texts):
    return numbered(texts, range(len(texts))).by_post()


def scores(counts, all_uses, first):
    """Return the z-score of every word, from counts: what is not of the first group is of the second."""
    uses = first.astype(float) @ counts
    return log_odds(uses, all_uses - uses, strength=STRENGTH).z


def scores_from_tokens(texts, first):
    counts = counted(texts)
    return scores(counts, sum_of(counts, 0), first)


def counted_by_peer(frame):
    frame = frame.assign(counts=frame["tokens"].map(Counter))
    return peer.CorpusFromFeatureDict(frame, category_col="group", text_col="text", feature_col="counts").build()


def scores_by_peer(corpus):
    uses = corpus.get_term_freq_df()
    prior = peer.LogOddsRatioInformativeDirichletPrior(uses.sum(axis=1).to_numpy(dtype=float), sigma=STRENGTH, scale_type="word")
    return pd.Series(prior.get_zeta_i_j_given_separate_counts(uses["a freq"].to_numpy(), uses["b freq"].to_numpy()), index=uses.index)


def seconds(works, times):
    """Return the median seconds of processor time of each work, all in turns, each so many times in a row."""
    taken = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.process_time()
            for _ in range(times):
                work()
            taken[name].append((time.process_time() - started) / times)
    return {name: statistics.median(some) for name, some in taken.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with corpora/iff-archive and corpora/digitalrightswatch")
    texts, first, name = texts_of(parser.parse_args().real)
    frame = pd.DataFrame({"group": np.where(first, "a", "b"), "text": [" ".join(words) for words in texts], "tokens": texts})
    others = np.arange(len(texts)) % 2 == 0
    words, counts, corpus = numbered(texts, range(len(texts))), counted(texts), counted_by_peer(frame)
    all_uses = sum_of(counts, 0)
    here, there = words.inside(first), words.inside(~first)
    keyness(words, here, there)
    found = seconds(
        {
            "again": lambda: scores(counts, all_uses, others),
            "again, peer": lambda: scores_by_peer(corpus.recategorize(np.where(others, "a", "b"))),
            "scaled F, peer": lambda: corpus.recategorize(np.where(others, "a", "b")).get_scaled_f_scores("a"),
            "all": lambda: keyness(words, here, there),
        },
        TIMES,
    ) | seconds(
        {"tokens": lambda: scores_from_tokens(texts, first), "tokens, peer": lambda: scores_by_peer(counted_by_peer(frame))},
        1,
    )
    both = pd.concat([pd.Series(scores(counts, all_uses, first), index=words.vocabulary), scores_by_peer(corpus)], axis=1).dropna()
    agree = spearmanr(both[0], both[1]).statistic
    rows = [
        f"| {what} | {1000 * found[ours]:,.1f} | {1000 * found[theirs]:,.1f} | {found[theirs] / found[ours]:.1f} |"
        for what, ours, theirs in (
            ("z-scores of all words, from tokens", "tokens", "tokens, peer"),
            ("z-scores for other groups, once counted", "again", "again, peer"),
            ("the same beside its scaled F-scores", "again", "scaled F, peer"),
        )
    ]
    summed = [
        Row(f"keyness, {what}", f"{1000 * found[ours]:,.1f} ms", "scattertext", f"{1000 * found[theirs]:,.1f} ms", found[theirs] / found[ours],
            f"z-scores agree in rank: {agree:.3f}")
        for what, ours, theirs in (("from tokens", "tokens", "tokens, peer"), ("once counted", "again", "again, peer"))
    ]  # fmt: skip
    keep("keyness", "\n".join([
        "## Keyness, one core", "",
        f"Medians of {ROUNDS} rounds in turns, processor time; {name}: {len(texts):,} posts, {len(words.tokens):,} words, {len(words.vocabulary):,} different. `python benchmarks/keyness.py`.", "",
        "| work | discourse, ms | scattertext, ms | ratio |", "|---|---|---|---|", *rows, "",
        f"The z-scores agree in rank ({agree:.3f}); scattertext adds two small terms to the variance. All of `keyness` once counted (G2, log ratio with "
        f"intervals over posts, dispersion): {1000 * found['all']:,.0f} ms.", "",
    ]), summed, packages=("scattertext", "scipy"))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
