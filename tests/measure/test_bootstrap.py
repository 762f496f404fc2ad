"""Bootstrap intervals: what a plain loop says exactly, and SciPy's within what chance allows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap

from discourse.measure import bootstrap as module
from discourse.measure.bootstrap import SEED, intervals, ratios

GENERATOR = np.random.default_rng(8)
SIZE = GENERATOR.integers(5, 40, 50).astype(float)
HITS = GENERATOR.binomial(SIZE[:, None].astype(int), GENERATOR.beta(2, 8, (50, 3))).astype(float)
GROUPS = np.column_stack([np.ones(50), np.arange(50) % 2, np.arange(50) < 2, np.zeros(50)]).astype(bool)


def by_loop(hits, size, inside, replicates):
    """Return the ends, post by post and draw by draw."""
    posts, measures = hits.shape
    generator = np.random.default_rng(SEED)
    drawn = np.full((replicates, measures, inside.shape[1]), np.nan)
    for draw in range(replicates):
        times = generator.multinomial(posts, [1 / posts] * posts)
        for group in range(inside.shape[1]):
            of = sum(times[post] * size[post] for post in range(posts) if inside[post, group])
            for measure in range(measures):
                if of:
                    drawn[draw, measure, group] = (
                        sum(times[post] * hits[post, measure] for post in range(posts) if inside[post, group]) / of
                    )
    ends = np.full((2, measures, inside.shape[1]), np.nan)
    for measure in range(measures):
        for group in range(inside.shape[1]):
            values = drawn[:, measure, group]
            if not np.isnan(values).all():
                ends[:, measure, group] = np.quantile(values[~np.isnan(values)], [0.025, 0.975])
    return ends


@pytest.mark.parametrize("at_once", [2e7, 100.0], ids=["all measures at once", "one after the other"])
def test_shares_of_groups_are_those_of_a_plain_loop(at_once, monkeypatch):
    monkeypatch.setattr(module, "MOST_DRAWN", at_once)
    found = ratios(HITS, SIZE, GROUPS, replicates=130)
    assert found.shape == (2, 3, 4)
    assert np.array_equal(found, by_loop(HITS, SIZE, GROUPS, 130), equal_nan=True)
    assert np.isnan(found[:, :, 3]).all()
    assert not np.isnan(found[:, :, :3]).any()


@settings(max_examples=25)
@given(st.integers(1, 12), st.integers(0, 2), st.integers(0, 4), st.integers(0, 99))
def test_whatever_the_posts_measures_and_groups(posts, measures, groups, seed):
    generator = np.random.default_rng(seed)
    size = generator.integers(0, 5, posts).astype(float)
    hits, inside = generator.integers(0, 3, (posts, measures)).astype(float), generator.random((posts, groups)) < 0.5
    assert ratios(hits, size, inside, replicates=20) == pytest.approx(by_loop(hits, size, inside, 20), rel=1e-13, nan_ok=True)


@pytest.mark.parametrize("group", [0, 1])
def test_ends_are_those_of_scipy(group):
    """SciPy draws posts by their place; the ends of two runs of 4,000 draws differ by a twentieth of a standard error or so."""
    inside = GROUPS[:, group]

    def share(places, axis):
        return (HITS[places, 0] * inside[places]).sum(axis=axis) / (SIZE[places] * inside[places]).sum(axis=axis)

    theirs = bootstrap((np.arange(50),), share, method="percentile", n_resamples=4000, rng=np.random.default_rng(1))
    low, high = theirs.confidence_interval
    found = ratios(HITS[:, :1], SIZE, inside[:, None], replicates=4000)[:, 0, 0]
    assert found == pytest.approx([low, high], abs=0.2 * theirs.standard_error)
    top, bottom = ((values * inside)[:, None] for values in (HITS[:, 0], SIZE))
    assert intervals(top, bottom, replicates=4000)[:, 0].tolist() == found.tolist()


def test_without_posts_or_groups_there_is_nothing():
    assert ratios(np.zeros((0, 2)), np.zeros(0), np.zeros((0, 1), dtype=bool)).shape == (2, 2, 1)
    assert np.isnan(ratios(np.zeros((3, 2)), np.ones(3), np.zeros((3, 1), dtype=bool))).all()
