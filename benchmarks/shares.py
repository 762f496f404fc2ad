"""Shares: counting, and 1,000 draws of posts for 40 groups over a million codings, beside pandas and SciPy.

    python benchmarks/shares.py

40 groups are four categories in ten years. The peers are what one would write first: posts drawn by their place, summed by `groupby`, and
`scipy.stats.bootstrap`, one group after the other. They run a part of the draws, and their time is reckoned up. They draw places
(integers), which is quicker than the multinomial draws here; those stay because every interval so far was drawn with them. All runs on one thread.
"""

import statistics
import sys
import time

import numpy as np
import pandas as pd
from results import Row, keep
from scipy.stats import bootstrap
from threadpoolctl import threadpool_limits

from discourse.measure import count, shares
from discourse.measure.bootstrap import REPLICATES, ratios
from discourse.measure.measures import Measure

ROUNDS = 3
MOST = 5.0
THEME = Measure("share", "theme")
CORPORA = ((20_000, 50), (50_000, 20))
YEARS, CATEGORIES = 10, 4
BY_PANDAS, BY_SCIPY = 20, 10  # draws of the peers


def seconds(work):
    """Return how much time of the processor a call takes; other work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def corpus_of(n_posts, each):
    """Return posts, sentences and codings: two sentences a coding."""
    generator = np.random.default_rng(1)
    names = np.array([f"p{k:05d}" for k in range(n_posts)])
    year, category = generator.integers(0, YEARS, n_posts), generator.integers(0, CATEGORIES, n_posts)
    posts = pd.DataFrame({"post_id": names, "source": "blog", "published_precision": "day"})
    posts["published"] = pd.to_datetime([f"{2010 + y}-05-01" for y in year])
    posts["categories"], posts["authors"] = [[f"c{c}"] for c in category], [["Ann Lee"]] * n_posts
    sentences = pd.DataFrame({"post_id": names.repeat(2 * each), "sentence": np.tile(np.arange(2 * each), n_posts), "n_words": 20})
    coded = sentences.iloc[::2][["post_id", "sentence"]].reset_index(drop=True)
    kinds = generator.choice(["theme", "other"], len(coded)), generator.choice(["author", "other"], len(coded))
    return posts, sentences, coded.assign(code=kinds[0], holder=kinds[1], modality="asserted"), year * CATEGORIES + category


def by_pandas(hits, size, group):
    """Draw posts and sum them by group."""
    table = pd.DataFrame({"hits": hits, "size": size, "group": group})
    generator = np.random.default_rng(1)
    drawn = []
    for _ in range(BY_PANDAS):
        sums = table.iloc[generator.integers(0, len(table), len(table))].groupby("group")[["hits", "size"]].sum()
        drawn.append((sums["hits"] / sums["size"]).to_numpy())
    return np.quantile(drawn, [0.025, 0.975], axis=0)


def by_scipy(hits, size, group):
    """Let SciPy draw all posts, for one group."""
    inside = group == 0

    def share(places, axis):
        return (hits * inside)[places].sum(axis=axis) / (size * inside)[places].sum(axis=axis)

    return bootstrap((np.arange(len(hits)),), share, method="percentile", n_resamples=BY_SCIPY, batch=1, rng=np.random.default_rng(1))


def measured(n_posts, each):
    """Return medians of the seconds that each part takes."""
    posts, sentences, codings, group = corpus_of(n_posts, each)
    counts = count(posts, sentences, codings)
    size = np.full(n_posts, 2.0 * each)
    hits = codings[codings["code"] == "theme"].groupby("post_id").size().reindex(posts["post_id"], fill_value=0).to_numpy(dtype=float)
    inside = group[:, None] == np.arange(YEARS * CATEGORIES)
    work = {
        "counting": lambda: count(posts, sentences, codings),
        "draws": lambda: ratios(hits[:, None], size, inside),
        "shares": lambda: shares(posts, counts, [THEME], by=("year", "category")),
        "pandas": lambda: by_pandas(hits, size, group),
        "scipy": lambda: by_scipy(hits, size, group),
    }
    rounds = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, call in work.items():
            rounds[name].append(seconds(call))
    medians = {name: statistics.median(values) for name, values in rounds.items()}
    medians["pandas"] *= REPLICATES / BY_PANDAS
    medians["scipy"] *= inside.shape[1] * REPLICATES / BY_SCIPY
    return medians


def main():
    """Measure, print and write; fail where the draws take too long."""
    lines, rows = [], []
    slow = 0.0
    with threadpool_limits(1):
        for n_posts, each in CORPORA:
            took = measured(n_posts, each)
            slow = max(slow, took["draws"])
            lines.append(
                f"| {n_posts:,} posts, {each} codings each | {took['counting']:.1f} | {took['draws']:.1f} | {took['shares']:.1f} | "
                f"{took['counting'] + took['shares']:.1f} | {took['pandas']:.1f} | {took['pandas'] / took['draws']:.1f} | "
                f"{took['scipy']:.0f} | {took['scipy'] / took['draws']:.0f} |"
            )
            work = f"shares, draws over {n_posts // 1000},000 posts"
            for peer, name in (("pandas groupby", "pandas"), ("scipy.stats.bootstrap", "scipy")):
                rows.append(
                    Row(
                        work,
                        f"{took['draws']:.1f} s",
                        peer,
                        f"{took[name]:.1f} s",
                        took[name] / took["draws"],
                        "percentile intervals of the same kind",
                    )
                )
    keep("shares", "\n".join([
        "## Shares with intervals, one core", "",
        f"Seconds of the processor, medians of {ROUNDS} rounds in turns. A million codings in two million sentences; {REPLICATES:,} draws of posts, {YEARS * CATEGORIES} groups. The peers "
        f"make {BY_PANDAS} draws (pandas) and {BY_SCIPY} draws of one group (SciPy), reckoned up. `make bench`.", "",
        "| corpus | counting, s | the draws, s | `shares` with the draws, s | counting and `shares`, s | pandas `groupby`, s | ratio | `scipy.stats.bootstrap`, s | ratio |",
        "|---|---|---|---|---|---|---|---|---|", *lines, "",
    ]), rows, packages=("numpy", "pandas", "scipy"))  # fmt: skip
    if slow > MOST:
        raise SystemExit(f"The draws took {slow:.1f} s; they are to take {MOST:.0f} s at most.")


if __name__ == "__main__":
    sys.exit(main())
