"""Evidence and effect sizes: each against published numbers, another library, or plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import power_divergence
from statsmodels.stats.multitest import multipletests

from discourse.measure.association import (
    g2,
    g2_of_table,
    log_dice,
    log_odds,
    log_ratio,
    mutual_information,
    percent_diff,
    t_score,
)
from discourse.measure.dispersion import deviation, juilland
from discourse.measure.holm import holm

MILLION = 1_000_000
RAYSON = [
    # Paul Rayson on the Corpora list, 18 January 2002: forms of KEEP in two corpora taken as a million words each, rounded
    (348, 99, MILLION, MILLION, 147, 0),
    (15, 14, MILLION, MILLION, 0, 0),
    (9, 32, MILLION, MILLION, 14, 0),
    (21, 25, MILLION, MILLION, 0, 0),
    (392, 170, MILLION, MILLION, 90, 0),
    # the example beside Lancaster's log-likelihood calculator
    (52, 57, 50_000, 75_000, 2.65, 2),
]


@pytest.mark.parametrize(("a", "b", "n_a", "n_b", "expected", "digits"), RAYSON)
def test_g2_is_that_of_the_log_likelihood_calculator(a, b, n_a, n_b, expected, digits):
    assert round(float(g2(np.array([a]), np.array([b]), n_a, n_b)[0]), digits) == expected


counts = st.integers(1, 5000)


@given(counts, counts, st.integers(5001, 10**6), st.integers(5001, 10**6))
def test_g2_is_scipys(a, b, n_a, n_b):
    both = (a + b) / (n_a + n_b)
    expected = power_divergence([a, b], [n_a * both, n_b * both], lambda_="log-likelihood").statistic
    assert float(g2(np.array([a]), np.array([b]), n_a, n_b)[0]) == pytest.approx(max(expected, 0), abs=1e-6)


@given(st.integers(0, 50), st.integers(1, 500), st.integers(1, 500), st.integers(2000, 10**6))
def test_g2_of_a_table_is_scipys(together, row, column, n):
    together = min(together, row, column)
    table = np.array([[together, row - together], [column - together, n - row - column + together]])
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    found = power_divergence(table.ravel(), expected.ravel(), lambda_="log-likelihood").statistic
    assert float(g2_of_table(np.array([together]), row, np.array([column]), n)[0]) == pytest.approx(max(found, 0), abs=1e-6)


# Manning and Schuetze (1999), Foundations of Statistical Natural Language Processing, ch. 5: the New York Times, 14,307,668 words
NYT = 14_307_668


POWERFUL = [
    (12_593, 932, 150, 1291.42), (379, 932, 10, 99.31), (932, 934, 10, 82.96), (932, 3_424, 13, 80.39), (932, 291, 6, 57.27),
    (171, 932, 5, 51.52), (4_458, 932, 10, 50.83), (932, 591, 6, 48.78), (932, 16, 3, 43.23),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "together", "expected"), POWERFUL)
def test_likelihood_ratios_of_manning_and_schuetze(row, column, together, expected):
    found = float(g2_of_table(np.array([float(together)]), row, np.array([float(column)]), NYT)[0])
    assert found == pytest.approx(expected, rel=0.02)  # table 5.12; printed there from probabilities that were rounded


def test_mutual_information_of_manning_and_schuetze():
    together = np.array([20.0, 20, 20, 20, 20])  # Ayatollah Ruhollah … time last (table 5.14)
    expected = np.array([42 * 20, 41 * 27, 30 * 117, 77 * 59, 15_019 * 15_629]) / NYT
    assert mutual_information(together, expected).round(2).tolist() == [18.38, 17.98, 16.31, 15.94, 0.29]


def test_t_score_of_manning_and_schuetze():
    together, expected = np.array([20.0, 20, 20, 8]), np.array([42 * 20, 41 * 27, 15_019 * 15_629, 15_828 * 4_675]) / NYT
    assert t_score(together, expected).round(4).tolist() == [4.4721, 4.4721, 0.8036, 1.0 - 0.0001]  # tables 5.6; new companies


def looped(first, second, strength):
    """Return delta and z of Monroe, Colaresi and Quinn (2008), eq. 16, 20 and 22, word by word."""
    pooled = [a + b for a, b in zip(first, second, strict=True)]
    n_first, n_second, n = sum(first), sum(second), sum(pooled)
    found = []
    for a, b, both in zip(first, second, pooled, strict=True):
        prior = strength * both / n
        odds = [math.log((y + prior) / (size + strength - y - prior)) for y, size in ((a, n_first), (b, n_second))]
        delta = odds[0] - odds[1]
        found.append((delta, delta / math.sqrt(1 / (a + prior) + 1 / (b + prior))))
    return found


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)).filter(any), min_size=2, max_size=8), st.floats(1, 5000))
def test_log_odds_are_those_of_a_plain_loop(pairs, strength):
    first, second = zip(*pairs, strict=True)
    found = log_odds(np.array(first, dtype=float), np.array(second, dtype=float), strength=strength)
    for expected, got in zip(zip(*looped(first, second, strength), strict=True), found, strict=True):
        assert got == pytest.approx(expected, abs=1e-9)


def test_the_prior_draws_towards_no_difference_and_holds_rare_words_back():
    first, second = np.array([4.0, 400, 9596]), np.array([1.0, 100, 9899])
    weak, strong = (log_odds(first, second, strength=strength) for strength in (10, 100_000))
    assert abs(strong.delta[0]) < abs(weak.delta[0])
    assert weak.z[1] > 5 > weak.z[0]
    assert log_odds(first, first, strength=10).delta.tolist() == [0, 0, 0]


def test_effect_sizes():
    first, second = np.array([30.0, 0, 5]), np.array([15.0, 8, 0])
    assert log_ratio(first, second, 1000, 2000).tolist() == [2.0, -3.0, pytest.approx(math.log2(5 / 0.25))]
    assert percent_diff(first, second, 1000, 2000).tolist() == pytest.approx([300, -100, math.nan], nan_ok=True)


def test_log_dice_is_14_for_words_that_only_stand_together_and_knows_no_corpus_size():
    assert log_dice(np.array([7.0]), 7, np.array([7.0]))[0] == 14
    assert log_dice(np.array([10.0]), 40, np.array([40.0]))[0] == 12
    assert log_dice(np.array([1.0]), 16_000, np.array([16_000.0]))[0] == pytest.approx(0, abs=0.05)  # Rychly: 0 is one in 16,000


def test_holm_is_that_of_statsmodels():
    p_values = np.random.default_rng(0).beta(0.2, 1, size=500)
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])


# Gries (2008), "Dispersions and adjusted frequencies in corpora", his five-part corpus of letters
PARTS = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]


def letters(parts):
    alphabet = sorted(set("".join(parts)))
    return alphabet, csr_array(np.array([[part.count(letter) for letter in alphabet] for part in parts], dtype=float))


def test_dispersion_of_gries():
    alphabet, table = letters(PARTS)
    assert deviation(table)[alphabet.index("a")] * (1 - 9 / 50) == pytest.approx(0.18, abs=0.001)
    assert juilland(table)[alphabet.index("a")] == pytest.approx(0.785, abs=0.001)


@pytest.mark.parametrize(
    ("parts", "dp", "d"),
    [
        (["ab", "ab", "ab"], 0, 1),
        (["aa", "bb"], 1, 0),
        (["ab", "ab", "", "ab"], 0, 1),
        (["ab"], math.nan, math.nan),
        (["bb", "bb"], math.nan, math.nan),
    ],
)
def test_dispersion_at_its_ends(parts, dp, d):
    alphabet, table = letters([*parts, ""])
    k = alphabet.index("a") if "a" in alphabet else None
    found = (deviation(table)[k], juilland(table)[k]) if k is not None else (math.nan, math.nan)
    assert found == pytest.approx((dp, d), nan_ok=True)


@given(st.lists(st.text("abc", max_size=6), min_size=2, max_size=6))
def test_dispersion_is_that_of_a_plain_loop(parts):
    alphabet, table = letters(parts)
    filled = [part for part in parts if part]
    sizes = [len(part) / len("".join(filled)) for part in filled] if filled else []
    for k, letter in enumerate(alphabet):
        uses = [part.count(letter) / "".join(filled).count(letter) for part in filled]
        expected = sum(abs(s - v) for s, v in zip(sizes, uses, strict=True)) / 2 / (1 - min(sizes)) if len(filled) > 1 else math.nan
        rates = [part.count(letter) / len(part) for part in filled]
        mean = sum(rates) / len(rates)
        spread = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates)) / mean
        assert deviation(table)[k] == pytest.approx(min(expected, 1), nan_ok=True)
        assert juilland(table)[k] == pytest.approx(
            1 - spread / math.sqrt(len(rates) - 1) if len(rates) > 1 else math.nan, nan_ok=True, abs=1e-6
        )
