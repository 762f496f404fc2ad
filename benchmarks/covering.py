"""Coverage: how often the 95 % intervals of corrected and of naive shares hold the true share, and how wide they are.

    python benchmarks/covering.py [--sets N]

Every data set is drawn anew (tests/simulated.py): posts, what their sentences are, the tagger's errors, and the sentences to be coded by
hand. Most go through the estimators alone; of each setting the first go through `shares` too, and the numbers must be the same.
(A program named coverage would hide the package of that name, which numba asks for.)
"""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from results import keep
from simulated import POSTS, SETTINGS, THEME, YEARS, at_random, by_posts, by_strata, corpus_of, sums_of, tables_of

from discourse.chart.theme import ACCENT, GREY, INK
from discourse.measure import shares
from discourse.measure.bootstrap import LEVEL, ratios
from discourse.measure.corrected import FEWEST_GOLD, FEWEST_GOLD_POSTS, corrections
from discourse.measure.correction import correction, half_width, tuned
from discourse.measure.groups import group

FIGURE = Path(__file__).with_name("coverage.svg")
SETS, CHECKED, SEED = 1000, 10, 20150701
NORMAL = 1.96
POSTS_DRAWN = {
    "60 posts, 5 sentences each": partial(by_posts, n_posts=60, each=5),
    "25 posts, 12 sentences each": partial(by_posts, n_posts=25, each=12),
}
ORANGE = "#d55e00"


class Intervals(NamedTuple):
    """Sets x groups: estimates, their ends, and the true shares; NaN where there is none."""

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    truth: np.ndarray

    @property
    def coverage(self):
        there = ~np.isnan(self.low)
        return float(((self.low <= self.truth) & (self.truth <= self.high))[there].mean())

    @property
    def width(self):
        return float(np.nanmean(self.high - self.low))

    @property
    def bias(self):
        """Return the mean bias of the groups without its sign, in standard errors that the interval claims."""
        error = np.nanmean(self.high - self.low, axis=0) / (2 * NORMAL)
        return float(np.mean(np.abs(np.nanmean(self.estimate - self.truth, axis=0)) / error))


def own(population, sample, inside, factor, fewest=(FEWEST_GOLD, FEWEST_GOLD_POSTS)):
    """Return estimate and ends by own gold, of each group that has enough sentences and posts of it."""
    rows = []
    for mask in inside.T:
        one = correction(population.within(mask), sample.within(mask), factor=factor)
        enough = one.n >= fewest[0] and one.n_posts >= fewest[1]
        half = half_width(one.variance, one.n_posts, level=LEVEL) if enough else np.nan
        rows.append((one.estimate, max(one.estimate - half, 0), min(one.estimate + half, 1)) if enough else (np.nan,) * 3)
    return np.array(rows).T


def naive(population, inside):
    """Return estimate and ends of what the tagger finds."""
    low, high = ratios(population.hits[:, None], population.size, inside)[:, 0]
    return np.array([(population.hits @ inside) / (population.size @ inside), low, high])


def pooled(corpus, drawn):
    """Return estimate and ends of each year that the gold of all years strengthens."""
    posts, counts, gold = tables_of(corpus, drawn)
    rows = corrections(posts, group(posts, ["year"]), [THEME], gold=gold, counts=counts, unit="sentence")
    return np.array([[row[name] if row["basis"] == "pooled gold" else np.nan for row in rows] for name in ("estimate", "low", "high")])


def check(corpus, drawn, expected):
    """Fail unless `shares` gives the same numbers; `expected` is estimator -> estimates and ends, over all and then of each year."""
    posts, counts, gold = tables_of(corpus, drawn)
    tables = [shares(posts, counts, [THEME], by=by, gold=gold) for by in ((), ("year",))]
    for name, numbers in expected.items():
        same = np.concatenate([table.loc[table["estimator"] == name, ["estimate", "low", "high"]] for table in tables]).T.astype(float)
        there = ~np.isnan(numbers)
        if not np.allclose(same[there], numbers[there], rtol=1e-9, atol=1e-12):
            raise SystemExit(f"shares and the estimators differ ({name}):\n{same}\n{numbers}")


def measured(setting, sets, seed):
    """Return the intervals of a setting by name, and the mean factors by the number of hand-coded sentences."""
    generator = np.random.default_rng(seed)
    truth = np.array([setting.truth, *setting.of_years])
    found, factors = {}, {"300": [], "100": []}
    for k in range(sets):
        corpus = corpus_of(setting, generator)
        everywhere = np.ones((POSTS, 1), dtype=bool)
        years = corpus.year_of_post[:, None] == np.arange(len(YEARS))
        inside = np.hstack([everywhere, years])
        drawn = by_strata(corpus, generator)
        population, sample = sums_of(corpus, drawn)
        few = by_strata(corpus, generator, 100)
        factor = tuned(population, sample)
        factors["300"].append(factor)
        factors["100"].append(tuned(*sums_of(corpus, few)))
        random = [sums_of(corpus, at_random(corpus, generator, n))[1] for n in (300, 100)]
        numbers = {
            "corrected": own(population, sample, inside, factor),
            "naive": naive(population, inside),
            "alone": own(population, sample, inside, 0.0),
            "random": own(population, random[0], inside, 0.0),
            "pooled": np.hstack([np.full((3, 1), np.nan), pooled(corpus, few)]),
            "alone, few": own(*sums_of(corpus, few), inside, 0.0, fewest=(2, 2)),
            "random, few": own(population, random[1], inside, 0.0, fewest=(2, 2)),
        }
        if k < CHECKED:
            check(corpus, drawn, {name: numbers[name] for name in ("corrected", "naive")})
        for name, draw in POSTS_DRAWN.items():
            two = sums_of(corpus, draw(corpus, generator))
            numbers[name] = own(*two, everywhere, tuned(*two)).repeat(len(truth), axis=1)
        for name, values in numbers.items():
            found.setdefault(name, []).append(values)
    stacked = {name: np.stack(values, axis=1) for name, values in found.items()}
    return {name: Intervals(*values, np.broadcast_to(truth, values[0].shape)) for name, values in stacked.items()}, {
        n: float(np.mean(values)) for n, values in factors.items()
    }


def part(intervals, *, years):
    """Return the intervals of the years, or those over all."""
    chosen = slice(1, None) if years else slice(0, 1)
    return Intervals(*(values[:, chosen] for values in intervals))


HEAD = [
    "| prevalence | accuracy | factor | corrected covers | naive covers | bias of the naive, standard errors | corrected, width | hand codes alone, same sample | hand codes alone, random sample | naive, width |",
    "|---|---|---|---|---|---|---|---|---|---|",
]


def table(results, names, *, years, n="300"):
    """Return lines of Markdown: one a setting."""
    lines = list(HEAD)
    for setting, (found, factors) in results.items():
        corrected, alone, random = (part(found[name], years=years) for name in names)
        plain = part(found["naive"], years=years)
        widths = [f"{one.width:.3f}" for one in (corrected, alone, random, plain)]
        lines.append(
            f"| {setting.prevalence:.2f} | {setting.accuracy:.2f} | {factors[n]:.2f} | {corrected.coverage:.1%} | {plain.coverage:.1%} | "
            f"{plain.bias:.1f} | {' | '.join(widths)} |"
        )
    return lines


def by_posts_table(results):
    """Return lines of Markdown: what covers where posts are drawn first."""
    lines = [
        "| prevalence | accuracy | " + " | ".join(f"{name}: covers | width" for name in POSTS_DRAWN) + " |",
        "|---|---|" + "---|---|" * len(POSTS_DRAWN),
    ]
    for setting, (found, _) in results.items():
        chosen = [part(found[name], years=False) for name in POSTS_DRAWN]
        lines.append(
            f"| {setting.prevalence:.2f} | {setting.accuracy:.2f} | "
            + " | ".join(f"{one.coverage:.1%} | {one.width:.3f}" for one in chosen)
            + " |"
        )
    return lines


def draw(results):
    """Draw coverage over all and by year, and widths over all, a row a setting; the same numbers give the same file."""
    mpl.rcParams.update({"svg.hashsalt": "coverage", "svg.fonttype": "none"})
    figure = Figure(figsize=(12, 4.2), layout="constrained")
    everywhere, by_year, widths = figure.subplots(1, 3, sharey=True)
    rows = np.arange(len(results))[::-1]
    marks = {
        "corrected": ("o", ACCENT, "corrected"), "naive": ("x", ORANGE, "naive"), "alone": ("s", GREY, "hand codes alone, same sample"),
        "random": ("D", INK, "hand codes alone, random sample"),
    }  # fmt: skip
    for name, (mark, colour, label) in marks.items():
        chosen = {
            axes: [part(found[name], years=axes is by_year) for found, _ in results.values()] for axes in (everywhere, by_year, widths)
        }
        look = {"color": colour, "linestyle": "none", "fillstyle": "none" if name == "random" else "full"}
        for axes in (everywhere, by_year) if name in ("corrected", "naive") else ():
            axes.plot([one.coverage for one in chosen[axes]], rows, mark, markersize=7, **look)
        widths.plot([one.width for one in chosen[widths]], rows, mark, label=label, **look)
    for axes, where in ((everywhere, "over all"), (by_year, "by year")):
        axes.axvspan(0.93, 0.97, color=ACCENT, alpha=0.12, linewidth=0)
        axes.axvline(LEVEL, color=INK, linewidth=0.8)
        axes.set(xlim=(-0.03, 1.03), title=f"Coverage of 95 % intervals, {where}")
    names = [f"prevalence {setting.prevalence:.2f}, accuracy {setting.accuracy:.2f}" for setting in results]
    everywhere.set(yticks=rows, yticklabels=names)
    widths.set(xlim=(0, None), title="Mean width, over all")
    for axes in (everywhere, by_year, widths):
        axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=len(marks), frameon=False)
    figure.savefig(FIGURE, metadata={"Date": None, "Creator": None})


def main():
    """Measure, print, write and draw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", type=int, default=SETS)
    sets = parser.parse_args().sets
    results = {setting: measured(setting, sets, SEED + k) for k, setting in enumerate(SETTINGS)}
    keep("coverage", "\n".join([
        "## Coverage of corrected shares", "",
        f"{sets:,} data sets a setting, all drawn anew: 200 posts of 8 to 40 sentences in five years, a tagger that misses in early years, finds too "
        "much in late ones, and errs more in some posts than in others (`tests/simulated.py`). The sentences coded by hand are drawn in strata of year "
        "and band, hits three times as often as what is far. Intervals are to cover 95 %; by chance the coverage over all is off by up to 1.4 points. `make bench`.", "",
        "![coverage and widths](coverage.svg)", "",
        "Over all, 300 hand-coded sentences:", "", *table(results, ("corrected", "alone", "random"), years=False), "",
        "By year, about 60 hand-coded sentences in each (own gold):", "", *table(results, ("corrected", "alone", "random"), years=True), "",
        "By year, 100 hand-coded sentences in all, about 20 in each (pooled gold):", "",
        *table(results, ("pooled", "alone, few", "random, few"), years=True, n="100"), "",
        "Over all, posts drawn first:", "", *by_posts_table(results), "",
    ]))  # fmt: skip
    draw(results)


if __name__ == "__main__":
    sys.exit(main())
