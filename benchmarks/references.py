"""References: corrected shares and intervals beside libraries that do a part of the same, on cases drawn at random.

    python benchmarks/references.py

ppi_py corrects means of single observations by a sample of one chance that is no part of the population; statsmodels has the variance of a
weighted mean with clusters; SciPy the bootstrap. Where they do the same the numbers must agree, and the script fails where they do not.
"""

import sys

import numpy as np
import statsmodels.api as sm
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from results import keep
from scipy.stats import bootstrap

from discourse.measure.bootstrap import ratios
from discourse.measure.correction import Population, Sample, correction, tuned

CASES = 200
NORMAL = 1.959963984540054
EXACT, NEAR, LIKE = 1e-9, 0.05, 0.02
N, CODED = 5000, 300


def sentences(generator):
    """Return hand codes and the tagger's of N sentences, each a post of its own, by a tagger of some accuracy."""
    coded = generator.random(N) < generator.uniform(0.1, 0.5)
    found = coded ^ (generator.random(N) < generator.uniform(0.02, 0.3))
    return coded.astype(float), found.astype(float)


def sums_of(found):
    """Return the population that a tagger found so much in."""
    none = np.zeros(len(found))
    return Population(none + 1, found, none, none)


def beside_ppi(generator):
    """Return differences: of estimates with one lambda and with weights; of tuned estimates, in widths; and the ratio of tuned widths."""
    coded, found = sentences(generator)
    first = slice(0, CODED)
    sample = Sample(np.arange(CODED), np.ones(CODED), coded[first], found[first])
    population, lam = sums_of(found), generator.uniform()
    fixed = correction(population, sample, factor=lam * N / (N - CODED)).estimate - float(
        np.squeeze(ppi_mean_pointestimate(coded[first], found[first], found[CODED:], lam=lam))
    )
    weights = generator.uniform(1, 20, CODED)
    weighted = correction(population, sample._replace(weight=weights), factor=lam).estimate - float(
        np.squeeze(ppi_mean_pointestimate(coded[first], found[first], found, lam=lam, w=weights))
    )
    ours = correction(population, sample, factor=tuned(population, sample))
    theirs = float(np.squeeze(ppi_mean_pointestimate(coded[first], found[first], found[CODED:])))
    low, high = (float(np.squeeze(end)) for end in ppi_mean_ci(coded[first], found[first], found[CODED:], alpha=0.05))
    width = 2 * NORMAL * (ours.variance - ours.added) ** 0.5
    return abs(fixed), abs(weighted), abs(ours.estimate - theirs) / (high - low), abs(width / (high - low) - 1)


def beside_statsmodels(generator):
    """Return the relative difference of the variance of hand codes alone, clustered by post."""
    coded, _ = sentences(generator)
    posts = int(generator.integers(5, 60))
    post, weight = generator.integers(0, posts, CODED), generator.uniform(1, 20, CODED)
    size = np.full(posts, 50.0)
    ours = correction(Population(size, size * 0, size * 0, size * 0), Sample(post, weight, coded[:CODED], np.zeros(CODED)), factor=0.0)
    fit = sm.WLS(coded[:CODED], np.ones(CODED), weights=weight).fit(cov_type="cluster", cov_kwds={"groups": post})
    return (abs(ours.residual_variance / float(fit.cov_params()[0, 0]) - 1),)


def beside_scipy(generator):
    """Return the difference of the ends of bootstrap intervals, in standard errors."""
    size = generator.integers(5, 40, 60).astype(float)
    hits = generator.binomial(size.astype(int), generator.beta(2, 8, 60)).astype(float)
    ours = ratios(hits[:, None], size, np.ones((60, 1), dtype=bool), replicates=4000)[:, 0, 0]
    theirs = bootstrap(
        (np.arange(60),),
        lambda places, axis: hits[places].sum(axis=axis) / size[places].sum(axis=axis),
        method="percentile",
        n_resamples=4000,
        rng=generator,
    )
    return (float(np.abs(ours - theirs.confidence_interval).max() / theirs.standard_error),)


WORK = {
    beside_ppi: (
        ("ppi_py", "estimate, lambda given, difference", EXACT),
        ("ppi_py", "estimate, lambda and weights given, difference", EXACT),
        ("ppi_py", "estimate, each with its own factor, difference in widths of the interval", NEAR),
        ("ppi_py", "width, each with its own factor, without what is added for few errors, difference", LIKE),
    ),
    beside_statsmodels: (("statsmodels", "variance of hand codes alone, clustered by post, relative difference", EXACT),),
    beside_scipy: (("SciPy", "ends of bootstrap intervals, 4,000 draws, difference in standard errors", 0.25),),
}


def main():
    """Compare, print and write; fail where the numbers differ."""
    lines, wrong = [], []
    for call, shown in WORK.items():
        generator = np.random.default_rng(20150701)
        cases = CASES if call is not beside_scipy else CASES // 10
        found = np.array([call(generator) for _ in range(cases)])
        for (library, what, most), values in zip(shown, found.T, strict=True):
            usual = float(np.quantile(values, 0.95))
            lines.append(f"| {library} | {what} | {cases} | {np.median(values):.1g} | {usual:.1g} | {values.max():.1g} | {most:g} |")
            if usual > most:
                wrong.append(f"{library}: {what}: {usual:.1e}")
    keep("references", "\n".join([
        "## Corrected shares beside other libraries", "",
        f"Cases drawn at random: {N:,} sentences, {CODED} of them coded by hand. In ppi_py's "
        "terms, with n of N sentences coded, lambda is t (N - n) / N. Its own factor divides by the tagger's variance in all sentences, ours by that in the coded ones. `make bench`.", "",
        "| library | number | cases | median | 19 of 20 below | most | allowed of 19 in 20 |", "|---|---|---|---|---|---|---|", *lines, "",
    ]), packages=("ppi-python", "statsmodels", "scipy"))  # fmt: skip
    if wrong:
        raise SystemExit("These differ: " + "; ".join(wrong))


if __name__ == "__main__":
    sys.exit(main())
