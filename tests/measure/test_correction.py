"""Corrected shares: they cover, and agree with ppi_py and statsmodels where these do the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from simulated import POSTS, SETTINGS, THEME, YEARS, by_posts, by_strata, corpus_of, sums_of, tables_of

from discourse.measure import shares
from discourse.measure.bootstrap import ratios
from discourse.measure.corrected import corrections
from discourse.measure.correction import ADDED, Population, Sample, correction, half_width, tuned
from discourse.measure.groups import group

Z = 1.959963984540054


def outcomes(both, missed, invented, neither):
    """Return hand codes and the tagger's of so many sentences of each outcome."""
    numbers = (both, missed, invented, neither)
    return np.repeat([1.0, 1, 0, 0], numbers), np.repeat([1.0, 0, 1, 0], numbers)


def alone(coded, found, rest):
    """Return population and sample where each sentence is a post of its own; of the rest, which nobody coded, the tagger finds so many and not."""
    hits = np.concatenate([found, np.repeat([1.0, 0], rest)])
    none = np.zeros(len(hits))
    return Population(none + 1, hits, none, none), Sample(np.arange(len(coded)), np.ones(len(coded)), coded, found)


# Outcomes of the hand-coded sentences (both, missed, invented, neither), what the tagger says of the others, and what ppi_py 0.2.3 says:
# ppi_mean_pointestimate and the ends of ppi_mean_ci(alpha=0.05), with lam as it stands; None is its own.
PPI = {
    "often": ((20, 4, 6, 30), (180, 260), {
        0.5: (0.387878788, 0.290001569, 0.485756007),
        1: (0.375757576, 0.263018611, 0.488496541),
        None: (0.385938401, 0.288564780, 0.483312022),
    }),
    "rare": ((14, 6, 8, 172), (190, 1610), {
        0.5: (0.097777778, 0.064372723, 0.131182832),
        1: (0.095555556, 0.056260747, 0.134850365),
        None: (0.097510848, 0.064159358, 0.130862338),
    }),
    "poor": ((6, 10, 14, 30), (120, 220), {
        0.5: (0.276470588, 0.149936403, 0.403004774),
        1: (0.286274510, 0.119225319, 0.453323701),
        None: (0.267478632, 0.155718999, 0.379238266),
    }),
    "worse than none": ((2, 12, 14, 2), (50, 50), {
        0.5: (0.450000000, 0.193930541, 0.706069459),
        1: (0.433333333, 0.086908711, 0.779757956),
        None: (0.466666667, 0.288145294, 0.645188040),
    }),
}  # fmt: skip
CASES = [(name, lam) for name, (_, _, numbers) in PPI.items() for lam in numbers]


@pytest.mark.parametrize(("name", "lam"), CASES)
def test_it_is_prediction_powered_inference_where_each_sentence_is_a_post_and_all_have_one_chance(name, lam):
    """The hand-coded are part of the population here and none of ppi_py's: with n of N coded, its lambda is t (N - n) / N."""
    coded, rest, numbers = PPI[name]
    population, sample = alone(*outcomes(*coded), rest)
    total, n = len(population.size), len(sample.post)
    factor = tuned(population, sample) if lam is None else lam * total / (total - n)
    ours = correction(population, sample, factor=factor)
    estimate, low, high = numbers[lam]
    width = 2 * Z * (ours.variance - ours.added) ** 0.5
    if lam is None:
        assert ours.estimate == pytest.approx(estimate, abs=0.02 * (high - low))
    else:
        assert ours.estimate == pytest.approx(estimate, abs=1e-9)
    assert width == pytest.approx((high - low) * (n / (n - 1)) ** 0.5, rel=0.005)  # their variances divide by n


# ppi_mean_pointestimate of ppi_py 0.2.3 with weights w, and of all 100 sentences, 40 of them hits, as its unlabelled ones: then lambda is t.
WEIGHTS = np.array([1.0, 2, 4, 1, 8, 2, 1, 1, 4, 2, 8, 8, 1, 2, 4])
WEIGHTED = {0.0: 0.36734693877551017, 0.35: 0.40734693877551015, 1.0: 0.4816326530612245}


@pytest.mark.parametrize("factor", WEIGHTED)
def test_with_unlike_chances_it_is_weighted_prediction_powered_inference(factor):
    coded, found = outcomes(4, 2, 3, 6)
    population = Population(np.full(20, 5.0), np.full(20, 2.0), np.zeros(20), np.zeros(20))
    sample = Sample(np.arange(15), WEIGHTS, coded, found)
    assert correction(population, sample, factor=factor).estimate == pytest.approx(WEIGHTED[factor], rel=1e-12)


def test_a_tagger_worse_than_none_is_not_used():
    coded, rest, _ = PPI["worse than none"]
    population, sample = alone(*outcomes(*coded), rest)
    assert tuned(population, sample) == 0
    assert correction(population, sample, factor=0.0).estimate == pytest.approx(14 / 30)


# A hand-coded sample of six posts. By statsmodels 0.15.0, WLS(coded, 1, weights).fit(cov_type="cluster", groups=post): mean and variance.
POST = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 4, 4, 5, 5, 5])
CODED = np.array([1.0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0])
WEIGHT = np.array([2.0, 2, 4, 4, 1, 1, 1, 2, 8, 8, 4, 4, 2, 2, 1])
STATSMODELS = [(WEIGHT, 0.3695652173913046, 0.0369247179648444), (np.ones(15), 0.39999999999999997, 0.021760000000000012)]


@pytest.mark.parametrize(("weight", "mean", "variance"), STATSMODELS)
def test_hand_codes_alone_have_the_cluster_robust_variance_of_statsmodels(weight, mean, variance):
    size = np.full(6, 9.0)
    population = Population(size, size / 3, size * 0, size * 0)
    found = correction(population, Sample(POST, weight, CODED, CODED * 0), factor=0.0)
    assert found.estimate == pytest.approx(mean, rel=1e-12)
    assert found.variance - found.added == pytest.approx(variance, rel=1e-12)
    assert found.residual_variance == pytest.approx(variance, rel=1e-12)


def test_what_the_tagger_finds_has_the_cluster_robust_variance_of_statsmodels():
    """By statsmodels 0.15.0, OLS of a 0 or 1 a sentence, clustered by post."""
    size, hits = np.array([8.0, 3, 12, 5, 9, 4]), np.array([2.0, 3, 1, 0, 4, 2])
    none = np.array([], dtype=int)
    found = correction(Population(size, hits, size * 0, size * 0), Sample(none, none * 1.0, none * 1.0, none * 1.0), factor=1.0)
    assert (found.base, found.base_variance) == pytest.approx((0.29268292682926833, 0.011154234204520476), rel=1e-12)


# Each: size, hits, known_size, known_hits of three posts; place, weight, coded, found of the sample; the factor; the share.
BY_HAND = {
    "hand codes alone": (((10, 10, 10), (5, 0, 1), 0, 0), ((0, 1, 1, 2), 1, (1, 0, 0, 1), (1, 0, 0, 0)), 0.0, 1 / 2),
    "all of the tagger, and what it missed": (((10, 10, 10), (5, 0, 1), 0, 0), ((0, 1, 1, 2), 1, (1, 0, 0, 1), (1, 0, 0, 0)), 1.0, 6 / 30 + 1 / 4),
    "half of the tagger": (((10, 10, 10), (5, 0, 1), 0, 0), ((0, 1, 1, 2), 1, (1, 0, 0, 1), (1, 0, 0, 0)), 0.5, 3 / 30 + 1.5 / 4),
    "weights": (((10, 10, 10), (5, 0, 1), 0, 0), ((0, 1, 1, 2), (1, 2, 2, 5), (1, 0, 0, 1), (1, 0, 0, 0)), 1.0, 6 / 30 + 5 / 10),
    "a part is known": (((10, 10, 10), (5, 0, 1), (0, 6, 4), (0, 3, 0)), ((0, 1, 1, 2), 1, (1, 0, 0, 1), (1, 0, 0, 0)), 1.0, (3 + 6 + 30 / 4) / 40),
    "all is known": ((0, 0, (5, 6, 4), (1, 3, 0)), ((), 1, (), ()), 1.0, 4 / 15),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_the_share_is_the_one_reckoned_by_hand(name):
    sums, (place, weight, coded, found), factor, share = BY_HAND[name]
    population = Population(*(np.zeros(3) + np.array(values, dtype=float) for values in sums))
    sample = Sample(np.array(place, dtype=int), np.zeros(len(place)) + weight, np.array(coded, dtype=float), np.array(found, dtype=float))
    assert correction(population, sample, factor=factor).estimate == pytest.approx(share, rel=1e-12)


def test_a_sample_without_errors_is_not_taken_for_certainty():
    coded, found = outcomes(5, 0, 0, 45)
    population, sample = alone(coded, found, (95, 855))
    certain = correction(population, sample, factor=1.0)
    assert certain.residual_variance == 0
    assert certain.added == pytest.approx(ADDED * 2 / 50**2)
    assert half_width(certain.variance, 50, level=0.95) > half_width(certain.base_variance, 50, level=0.95)


def test_sentences_of_one_post_count_as_one_where_they_are_of_one_mind():
    coded = np.repeat([1.0, 0], 20)
    population = Population(np.full(40, 9.0), np.zeros(40), np.zeros(40), np.zeros(40))
    apart, together = (Sample(post, np.ones(40), coded, coded * 0) for post in (np.arange(40), np.repeat(np.arange(8), 5)))
    variances = [correction(population, sample, factor=0.0).residual_variance for sample in (apart, together)]
    assert variances[1] == pytest.approx(5 * variances[0] * (8 / 7) / (40 / 39))


def test_two_degrees_of_freedom_and_none_are_those_of_student():
    assert half_width(1.0, 3, level=0.95) == pytest.approx(4.302652729911275)
    assert half_width(4.0, 1, level=0.95) == half_width(4.0, 2, level=0.95) == pytest.approx(2 * 12.706204736432095)


places = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 9), st.booleans(), st.booleans()), min_size=1, max_size=30,
)  # fmt: skip
sums = st.lists(st.tuples(st.integers(5, 9), st.integers(0, 5), st.integers(0, 3)), min_size=6, max_size=6)


def arrays(sizes, sample):
    size, hits, known = np.array(sizes, dtype=float).T
    post, weight, coded, found = np.array(sample, dtype=float).T
    return Population(size, hits, known, known // 2), Sample(post.astype(int), weight, coded, found)


@given(sums, places)
def test_the_factor_is_between_0_and_1_and_the_best_of_those(sizes, sample):
    population, sample = arrays(sizes, sample)
    population = population._replace(known_size=population.known_size * 0, known_hits=population.known_hits * 0)
    factor = tuned(population, sample)
    assert 0 <= factor <= 1
    best, *others = (correction(population, sample, factor=t) for t in (factor, 0.0, 0.3, 0.7, 1.0))
    # the factor makes the plain sum of squares over posts least; each half of it is then multiplied for its own few posts
    few = max(len(sizes) / (len(sizes) - 1), best.n_posts / max(best.n_posts - 1, 1))
    for other in others:
        assert best.variance - best.added <= few * (other.variance - other.added) + 1e-12


@given(sums, places, st.floats(0.01, 100), st.randoms(use_true_random=False))
def test_neither_the_scale_of_the_chances_nor_the_order_of_sentences_matters(sizes, sample, scale, random):
    shuffled = random.sample(sample, len(sample))
    population, first = arrays(sizes, sample)
    again = arrays(sizes, shuffled)[1]
    again = again._replace(weight=again.weight * scale)
    numbers = []
    for one in (first, again):
        factor = tuned(population, one)
        numbers.append((factor, *correction(population, one, factor=factor)))
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-6, abs=1e-9)


@given(sums, places)
def test_two_groups_that_are_the_same_say_together_what_each_says_alone(sizes, sample):
    population, one = arrays(sizes, sample)
    both = Population(*(np.tile(values, 2) for values in population))
    twice = Sample(np.concatenate([one.post, one.post + len(sizes)]), *(np.tile(values, 2) for values in one[1:]))
    single, double = tuned(population, one), tuned(both, twice)
    assert double == pytest.approx(single, abs=1e-9)
    alone_, together = correction(population, one, factor=single), correction(both, twice, factor=single)
    assert together.estimate == pytest.approx(alone_.estimate)
    assert together.variance <= alone_.variance / 2 + 1e-12


@given(sums, places)
def test_a_perfect_tagger_taken_whole_leaves_the_naive_share(sizes, sample):
    population, sample = arrays(sizes, [(post, weight, found, found) for post, weight, _, found in sample])
    population = population._replace(known_size=population.known_size * 0, known_hits=population.known_hits * 0)
    found = correction(population, sample, factor=1.0)
    assert found.estimate == pytest.approx(population.hits.sum() / population.size.sum())
    assert found.residual == 0


@given(sums, st.data())
def test_where_everything_is_hand_coded_the_share_is_that_of_the_hand_codes(sizes, data):
    post = np.repeat(np.arange(6), [size for size, _, _ in sizes])
    coded, found = (np.array(data.draw(st.lists(st.booleans(), min_size=len(post), max_size=len(post))), dtype=float) for _ in range(2))
    none = np.zeros(6)
    population = Population(np.bincount(post).astype(float), np.bincount(post, found), none, none)
    sample = Sample(post, np.ones(len(post)), coded, found)
    for factor in (tuned(population, sample), 0.0, 1.0):
        assert correction(population, sample, factor=factor).estimate == pytest.approx(coded.mean())


# Coverage. A small version of benchmarks/covering.py: an estimator whose 95 % intervals cover 90 % of the time or less fails 19 times in 20.
SETS = 200
HARD = (SETTINGS[0], SETTINGS[2], SETTINGS[4])


def enough(n):
    """Return how many of n intervals must cover."""
    return int(binom.ppf(0.95, n, 0.90))


def covered(setting, draw, interval, *, sets=SETS):
    """Return how many of the sets' intervals hold the true share over all."""
    generator = np.random.default_rng(11)
    held = 0
    for _ in range(sets):
        corpus = corpus_of(setting, generator)
        low, high = interval(*sums_of(corpus, draw(corpus, generator)))
        held += low <= setting.truth <= high
    return held


def by_gold(population, sample):
    found = correction(population, sample, factor=tuned(population, sample))
    half = half_width(found.variance, found.n_posts, level=0.95)
    return found.estimate - half, found.estimate + half


def by_the_tagger(population, sample):
    return ratios(population.hits[:, None], population.size, np.ones((POSTS, 1), dtype=bool), replicates=100)[:, 0, 0]


def without_chances(population, sample):
    return by_gold(population, sample._replace(weight=np.ones(len(sample.post)), found=sample.found * 0))


def as_if_sentences_were_posts(population, sample):
    found = correction(population, sample, factor=tuned(population, sample))
    rest = sample.coded - tuned(population, sample) * sample.found
    half = Z * (np.average((rest - found.residual) ** 2, weights=sample.weight) / len(rest)) ** 0.5
    return found.estimate - half, found.estimate + half


@pytest.mark.parametrize("draw", [by_strata, by_posts])
def test_corrected_intervals_cover(draw):
    assert sum(covered(setting, draw, by_gold) for setting in HARD) >= enough(SETS * len(HARD))


@pytest.mark.parametrize(
    ("setting", "draw", "interval"),
    [
        (SETTINGS[0], by_strata, by_the_tagger),
        (SETTINGS[1], by_strata, by_the_tagger),
        (SETTINGS[0], by_strata, without_chances),
        (SETTINGS[3], lambda corpus, generator: by_posts(corpus, generator, 25, 12), as_if_sentences_were_posts),
    ],
    ids=["the tagger alone, right 80 %", "the tagger alone, right 90 %", "the chances forgotten", "sentences taken for posts"],
)
def test_what_forgets_something_does_not_cover(setting, draw, interval):
    assert covered(setting, draw, interval, sets=100) < enough(100)


@pytest.mark.parametrize("setting", [SETTINGS[0], SETTINGS[5]], ids=["rare, right 80 %", "often, right 95 %"])
@pytest.mark.parametrize(
    "draw", [lambda corpus, g: by_strata(corpus, g, 100), lambda corpus, g: by_posts(corpus, g, 20, 8)], ids=["of sentences", "of 20 posts"]
)
def test_pooled_intervals_of_the_years_cover(setting, draw):
    generator = np.random.default_rng(12)
    held, n = 0, 0
    for _ in range(40):
        corpus = corpus_of(setting, generator)
        posts, counts, gold = tables_of(corpus, draw(corpus, generator))
        rows = corrections(posts, group(posts, ["year"]), [THEME], gold=gold, counts=counts, unit="sentence")
        for truth, row in zip(setting.of_years, rows, strict=True):
            if row["basis"] == "pooled gold":
                held, n = held + (row["low"] <= truth <= row["high"]), n + 1
    assert n >= 60
    assert held >= enough(n)


def test_shares_are_what_the_estimators_say():
    corpus = corpus_of(SETTINGS[1], np.random.default_rng(4))
    drawn = by_strata(corpus, np.random.default_rng(5))
    population, sample = sums_of(corpus, drawn)
    posts, counts, gold = tables_of(corpus, drawn)
    factor = tuned(population, sample)
    masks = {(): [np.ones(POSTS, dtype=bool)], ("year",): [corpus.year_of_post == year for year in range(len(YEARS))]}
    for by, inside in masks.items():
        rows = shares(posts, counts, [THEME], by=by, gold=gold)
        rows = rows[rows["estimator"] == "corrected"]
        assert rows["basis"].tolist() == ["own gold"] * len(inside)
        for mask, row in zip(inside, rows.itertuples(), strict=True):
            one = correction(population.within(mask), sample.within(mask), factor=factor)
            half = half_width(one.variance, one.n_posts, level=0.95)
            assert (row.estimate, row.low, row.high) == pytest.approx((one.estimate, max(one.estimate - half, 0), one.estimate + half))
            assert (row.n_gold, row.denominator) == (one.n, population.size[mask].sum())
