"""Pooled corrections: the model of Fay and Herriot, reckoned a second time by other means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from discourse.measure.pooling import FEWEST_GROUPS, floored, pooled, variance_among

# Batting averages of 18 players after 45 at bats (Efron and Morris 1975, "Data Analysis Using Stein's Estimator and Its Generalizations").
PLAYERS = np.array([400, 378, 356, 333, 311, 311, 289, 267, 244, 244, 222, 222, 222, 222, 222, 200, 178, 156]) / 1000
OF_PLAYERS = np.full(18, PLAYERS.mean() * (1 - PLAYERS.mean()) / 45)
UNLIKE = np.array([0.12, -0.05, 0.02, 0.09, 0.2, -0.1, 0.04]), np.array([0.002, 0.001, 0.0005, 0.004, 0.01, 0.003, 0.0008])
EXAMPLES = {
    "alike": (PLAYERS, OF_PLAYERS),
    "unlike": UNLIKE,
    "far apart": (np.array([0.5, -0.4, 0.1, 0.3]), np.array([1e-4, 2e-4, 1e-4, 5e-5])),
}


def adjusted_likelihood(among, corrections, variances):
    """Return the logarithm of A times the residual likelihood, in matrices as Li and Lahiri (2010) write it."""
    of = np.diag(1 / (variances + among))
    ones = np.ones((len(corrections), 1))
    inner = ones.T @ of @ ones
    project = of - of @ ones @ np.linalg.inv(inner) @ ones.T @ of
    logs = np.linalg.slogdet(np.linalg.inv(of))[1] + np.linalg.slogdet(inner)[1]
    return np.log(among) - (logs + corrections @ project @ corrections) / 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_variance_among_groups_is_where_the_adjusted_likelihood_is_greatest(name):
    corrections, variances = EXAMPLES[name]
    found = variance_among(corrections, variances)
    grid = np.geomspace(1e-8, 1, 4000)
    best = grid[np.argmax([adjusted_likelihood(among, corrections, variances) for among in grid])]
    search = minimize(lambda x: -adjusted_likelihood(np.exp(x[0]), corrections, variances), [np.log(best)], method="Nelder-Mead", tol=1e-10)
    assert found == pytest.approx(best, rel=0.006)  # the step of the grid
    assert found == pytest.approx(float(np.exp(search.x[0])), rel=1e-4)


def test_where_all_variances_are_alike_it_is_the_root_of_a_quadratic():
    """Set the derivative to nought: (m - 3) u^2 - ((m - 1) v + S) u + S v = 0, with u = v + A and S the sum of squares."""
    v, m = OF_PLAYERS[0], len(PLAYERS)
    squares = ((PLAYERS - PLAYERS.mean()) ** 2).sum()
    root = max(np.roots([m - 3, -((m - 1) * v + squares), squares * v]))
    assert variance_among(PLAYERS, OF_PLAYERS) == pytest.approx(float(root) - v, rel=1e-4)


def test_three_groups_have_no_greatest_likelihood_and_four_do():
    assert FEWEST_GROUPS == 4
    for m, ends in ((3, True), (4, False)):
        corrections, variances = np.linspace(-0.01, 0.01, m), np.full(m, 0.01)
        likelihood = [adjusted_likelihood(among, corrections, variances) for among in np.geomspace(1e-6, 1e6, 200)]
        assert (np.argmax(likelihood) == 199) == ends


@pytest.mark.parametrize("name", EXAMPLES)
def test_corrections_and_errors_are_those_of_the_mixed_model_equations(name):
    """Henderson's equations give the prediction and its mean squared error together, from one inverse."""
    corrections, variances = EXAMPLES[name]
    found, m = pooled(corrections, variances), len(corrections)
    precise = 1 / variances
    left = np.block([[np.array([[precise.sum()]]), precise[None, :]], [precise[:, None], np.diag(precise + 1 / found.among)]])
    inverse = np.linalg.inv(left)
    mean, *apart = inverse @ np.concatenate([[(precise * corrections).sum()], precise * corrections])
    of = np.hstack([np.ones((m, 1)), np.eye(m)])
    assert found.corrections == pytest.approx(mean + np.array(apart), rel=1e-6)
    assert found.errors == pytest.approx(np.diag(of @ inverse @ of.T), rel=1e-6)


some = st.integers(4, 12).flatmap(
    lambda m: st.tuples(st.lists(st.floats(-0.5, 0.5), min_size=m, max_size=m), st.lists(st.floats(1e-4, 0.2), min_size=m, max_size=m))
)


@given(some)
def test_pooling_never_makes_a_correction_less_sure_and_keeps_it_between_its_own_and_the_mean(given_):
    corrections, variances = map(np.array, given_)
    found = pooled(corrections, variances)
    mean = (found.weights * corrections).sum()
    assert (found.errors <= variances * (1 + 1e-9)).all()
    assert (found.errors > 0).all()
    assert ((found.own > 0) & (found.own < 1)).all()
    assert found.weights.sum() == pytest.approx(1)
    low, high = np.minimum(corrections, mean), np.maximum(corrections, mean)
    assert ((low - 1e-12 <= found.corrections) & (found.corrections <= high + 1e-12)).all()


@given(some, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_does_not_matter(given_, random):
    corrections, variances = map(np.array, given_)
    order = np.array(random.sample(range(len(corrections)), len(corrections)))
    found, again = pooled(corrections, variances), pooled(corrections[order], variances[order])
    assert again.corrections == pytest.approx(found.corrections[order], rel=1e-3, abs=1e-6)
    assert again.errors == pytest.approx(found.errors[order], rel=1e-3)


@given(some, st.lists(st.booleans(), min_size=12, max_size=12))
def test_other_codes_are_pooled_with_the_same_weights_so_more_is_never_less(given_, more):
    corrections, variances = map(np.array, given_)
    found = pooled(corrections, variances)
    assert found.of(corrections) == pytest.approx(found.corrections)
    raised = corrections + 0.1 * np.array(more[: len(corrections)])
    assert (found.of(raised) >= found.corrections - 1e-12).all()


def test_groups_that_are_alike_stay_as_they_are():
    found = pooled(np.full(5, 0.1), np.full(5, 0.01))
    assert found.corrections == pytest.approx(np.full(5, 0.1))
    assert (found.errors < 0.01).all()


def test_a_group_that_is_sure_keeps_its_own_and_one_that_is_not_takes_that_of_the_others():
    corrections, variances = np.array([0.3, 0.1, 0.12, 0.08, 0.11, -0.4]), np.array([1e-8, 0.001, 0.001, 0.001, 0.001, 0.9])
    found = pooled(corrections, variances)
    assert found.corrections[0] == pytest.approx(0.3, abs=1e-4)
    assert 0.05 < found.corrections[5] < 0.2


FLOORS = {
    "alike": ([0.02, 0.02], [10, 10], [5, 5], 0, [0.02, 0.02]),
    "one post says nothing of itself": ([0.0, 0.02, 0.02], [10, 10, 20], [1, 4, 4], 0, [0.03, 0.03, 0.02]),
    "of one mind by chance": ([0.0, 0.04], [10, 10], [3, 3], 0, [0.02, 0.04]),
    "few sentences": ([0.01, 0.01], [10, 40], [3, 3], 0, [0.025, 0.01]),
    "added to a sentence": ([0.0, 0.0], [10, 20], [4, 4], 0.1, [0.01, 0.005]),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOORS)
def test_no_variance_is_below_what_all_groups_say(name):
    variances, n, posts, added, expected = FLOORS[name]
    assert floored(np.array(variances), np.array(n, dtype=float), np.array(posts), added=added).tolist() == pytest.approx(expected)
