"""Trends: pseudo-outcomes that sum to corrected shares, lines, permutations, change points, curves and claims against independent numbers."""

import numpy as np
import pandas as pd
import pytest
from drifting import THEME, Setting, corpus_of, shuffled

from discourse.errors import InputError
from discourse.measure import shares
from discourse.measure.change_points import best_gains, change_points, penalty
from discourse.measure.claims import claims
from discourse.measure.correction import Population, Sample, correction
from discourse.measure.events import before_and_after
from discourse.measure.groups import group
from discourse.measure.holm import holm
from discourse.measure.lines import fitted, pooled_strata
from discourse.measure.outcomes import Outcome, corrected_outcome, naive_outcome, outcome_of
from discourse.measure.placebo import permuted, placebo_p, shares_of_periods, t_statistics
from discourse.measure.smooth import bandwidth, smooth
from discourse.measure.times import decimal_years
from discourse.measure.trends import dated, trend_tests, trends

ENOUGH = (5, 30)


@pytest.fixture(scope="module")
def rising():
    return corpus_of(Setting(0.15, 0.1, 0.98, 30.0), np.random.default_rng(5))


def outcome(total, size):
    return Outcome(THEME, "naive", np.array(size, dtype=float), np.array(total, dtype=float))


def at_random(n, seed=1):
    generator = np.random.default_rng(seed)
    size = generator.integers(5, 40, n)
    return outcome(generator.binomial(size, 0.3), size), np.sort(generator.uniform(2015, 2021, n))


# pseudo-outcomes


def test_sums_of_a_year_are_its_corrected_share(rising):
    posts, counts, gold = rising
    found = corrected_outcome(posts, counts, THEME, gold=gold)
    by_year = shares(posts, counts, [THEME], by=["year"], gold=gold).query("estimator == 'corrected'")
    assert (by_year["basis"] == "own gold").all()
    years = group(posts, ["year"]).inside
    assert (found.total @ years / (found.size @ years)).tolist() == pytest.approx(by_year["estimate"].tolist(), abs=1e-12)


def test_the_sentences_that_the_tagger_was_fitted_to_enter_with_their_hand_codes():
    generator = np.random.default_rng(2)
    posts = pd.DataFrame({"published": pd.to_datetime([f"{2015 + k % 3}-03-01" for k in range(30)])})
    years = group(posts, ["year"])
    size, known = generator.integers(5, 30, (2, 30)).astype(float)
    population = Population(size, generator.binomial(size.astype(int), 0.4).astype(float), known, np.floor(known / 3))
    at = generator.integers(0, 30, 120)
    sample = Sample(at, generator.uniform(1, 9, 120), *(generator.random((2, 120)) < 0.4).astype(float))
    found = outcome_of(population, sample, years, measure=THEME)
    for inside in years.inside.T:
        one = correction(population.within(inside), sample.within(inside), factor=found.coded.factor)
        assert found.within(inside).share == pytest.approx(one.estimate, abs=1e-12)
        assert found.coded.weight[inside[at]].sum() == pytest.approx(population.size[inside].sum())


@pytest.mark.parametrize(
    ("kept", "why"), [([2016, 2017], r"cover fewer than 3 years \(2016, 2017\)"), ([2019], r"fewer than 3 years \(2019\)")]
)
def test_gold_of_two_years_corrects_no_trend(rising, kept, why):
    posts, counts, gold = rising
    year = gold.sentences["post_id"].map(posts.set_index("post_id")["published"].dt.year)
    few = type(gold)(gold.sentences[year.isin(kept)].reset_index(drop=True), gold.coded, gold.found, gold.codes, gold.known, gold.seen)
    tests = trend_tests(posts, counts, [THEME], gold=few)
    assert tests["estimator"].tolist() == ["naive", "corrected"]
    assert pd.Series(tests["note"].iloc[1]).str.contains(why).all()
    said = claims(tests, {"theme": "Radio"})
    assert said["claim"].tolist() == [""]
    assert "tagger only, change not established" in said["sentence"].iloc[0]


def test_a_year_without_hand_codes_takes_no_part(rising):
    posts, counts, gold = rising
    year = gold.sentences["post_id"].map(posts.set_index("post_id")["published"].dt.year)
    some = type(gold)(gold.sentences[year < 2021].reset_index(drop=True), gold.coded, gold.found, gold.codes, gold.known, gold.seen)
    row = trend_tests(posts, counts, [THEME], gold=some).iloc[1]
    assert (row["first_year"], row["last_year"], row["n_posts"]) == (2016, 2020, (posts["published"].dt.year < 2021).sum())


# lines


def sandwich(share, size, columns):
    """Return coefficients and HC3 errors, from the textbook."""
    x, w = np.column_stack(columns), np.diag(size)
    inverse = np.linalg.inv(x.T @ w @ x)
    beta = inverse @ x.T @ w @ share
    left_out = (share - x @ beta) / (1 - size * np.einsum("ij,jk,ik->i", x, inverse, x))
    return beta, np.sqrt(np.diag(inverse @ x.T @ np.diag((size * left_out) ** 2) @ x @ inverse))


def test_a_line_is_that_of_the_textbook():
    found, x = at_random(60)
    line = fitted(found, x - x.mean())
    beta, errors = sandwich(found.total / found.size, found.size, [np.ones(60), x - x.mean()])
    assert (line.level, line.slope, line.error) == pytest.approx((*beta, errors[1]))
    strata = ["a", "b", "c"] * 20
    dummies = [np.array([s == one for s in strata], dtype=float) for one in "bc"]
    beta, errors = sandwich(found.total / found.size, found.size, [np.ones(60), x, *dummies])
    within = fitted(found, x, strata=strata)
    assert (within.slope, within.error) == pytest.approx((beta[1], errors[1]))


def test_its_interval_and_p_value_are_those_of_scipy():
    from scipy import stats

    found, x = at_random(40)
    found = found._replace(size=np.full(40, 10.0))
    line = fitted(found, x)
    assert line.slope == pytest.approx(stats.linregress(x, found.total / 10).slope)
    assert line.p_value == pytest.approx(2 * stats.t(38).sf(abs(line.slope / line.error)))
    assert (line.low, line.high) == pytest.approx(stats.t(38, line.slope, line.error).interval(0.95))


def test_errors_are_clustered_by_post_and_not_by_sentence():
    from statsmodels.regression.linear_model import OLS

    found, x = at_random(60)
    hits, sizes = found.total.astype(int), found.size.astype(int)
    coded = np.concatenate([np.arange(n) < hit for hit, n in zip(hits, sizes, strict=True)]).astype(float)
    columns = np.column_stack([np.ones(sizes.sum()), x.repeat(sizes) - x.mean()])
    by_sentence = OLS(coded, columns).fit(cov_type="cluster", cov_kwds={"groups": np.arange(60).repeat(sizes)})
    line = fitted(found, x - x.mean())
    assert line.slope == pytest.approx(by_sentence.params[1])
    assert line.error == pytest.approx(by_sentence.bse[1], rel=0.08)  # of small samples: HC3 against HC1


def test_where_hand_codes_show_no_error_the_slope_is_not_sure_for_all_that():
    posts = pd.DataFrame({"published": pd.to_datetime([f"{2015 + k % 4}-03-01" for k in range(40)])})
    ones, none = np.ones(40), np.zeros(40)
    sample = Sample(np.arange(40), 10 * ones, none, none)
    found = outcome_of(Population(10 * ones, none, none, none), sample, group(posts, ["year"]), measure=THEME)
    line = fitted(found, posts["published"].dt.year.to_numpy(dtype=float))
    assert line.slope == pytest.approx(0, abs=1e-12)
    assert line.error > 0.005


@pytest.mark.parametrize(
    ("strata", "pooled"),
    [
        ("aaaaa", "aaaaa"),
        ("aaaaabbbccdd", ["a"] * 5 + ["(others)"] * 7),
        ("aaaaabbbbbbc", ["a"] * 5 + ["b"] * 7),
        ("abc", "ccc"),
    ],
)
def test_small_categories_are_put_together(strata, pooled):
    assert len(set(pooled_strata(list(strata)))) == len(set(pooled))
    if set(pooled) != {"c"}:
        assert pooled_strata(list(strata)) == list(pooled)


# placebo


def test_t_statistics_are_those_of_statsmodels():
    from statsmodels.regression.linear_model import WLS

    found, x = at_random(50)
    sets = np.stack([x, x[::-1], np.roll(x, 7)])
    direct = [WLS(found.total / found.size, np.column_stack([np.ones(50), one]), weights=found.size).fit(cov_type="HC0").tvalues[1] for one in sets]  # fmt: skip
    assert t_statistics(found, sets).tolist() == pytest.approx(direct)


def test_the_placebo_p_is_that_of_all_permutations():
    from scipy import stats

    found, x = at_random(7, seed=3)
    x = x + np.arange(7)
    exact = stats.permutation_test((x,), lambda t: t_statistics(found, t[None])[0], permutation_type="pairings", n_resamples=9999).pvalue
    order = permuted(["a"] * 7, permutations=9999, seed=1)
    assert placebo_p(t_statistics(found, x[None])[0], t_statistics(found, x[order])) == pytest.approx(exact, abs=0.02)


def test_dates_stay_within_their_category_and_move_with_the_seed():
    strata = ["a", "b"] * 20
    order = permuted(strata, permutations=99, seed=1)
    assert (np.array(strata, dtype=object)[order] == np.array(strata, dtype=object)).all()
    assert (np.sort(order, axis=1) == np.arange(40)).all()
    assert (order == permuted(strata, permutations=99, seed=1)).all()
    assert (order != permuted(strata, permutations=99, seed=2)).any()


def test_shares_of_periods_in_a_case_worked_by_hand():
    found = outcome([1, 2, 3], [10, 20, 10])
    totals, sizes = shares_of_periods(found, np.array([0, 1, 1]), np.array([[0, 1, 2], [2, 1, 0]]), n_periods=2)
    assert (totals.tolist(), sizes.tolist()) == ([[1, 5], [3, 3]], [[10, 30], [10, 30]])


def test_a_trend_that_only_categories_make_is_no_trend_by_permuted_dates():
    generator = np.random.default_rng(4)
    x = np.concatenate([generator.uniform(2015, 2018, 100), generator.uniform(2017, 2021, 100)])
    found = outcome(generator.binomial(20, np.repeat([0.1, 0.4], 100)), np.full(200, 20))
    strata = ["early"] * 100 + ["late"] * 100
    order = permuted(strata, seed=1)
    assert fitted(found, x).p_value < 1e-6
    assert fitted(found, x, strata=strata).p_value > 0.05
    assert placebo_p(t_statistics(found, x[None])[0], t_statistics(found, x[order])) > 0.05


# change points


def test_change_points_are_those_of_ruptures_where_all_periods_weigh_alike():
    import ruptures

    generator = np.random.default_rng(6)
    level = np.concatenate([np.full(8, 0.1), np.full(6, 0.4), np.full(9, 0.2)]) + generator.normal(0, 0.02, 23)
    sizes = np.full(23, 50.0)
    direct = ruptures.Pelt(model="l2", min_size=2, jump=1).fit(level).predict(pen=penalty(level * sizes, sizes) / 50)
    assert [row["place"] for row in change_points(level * sizes, sizes)] == direct[:-1] == [8, 14]


def test_a_jump_worked_by_hand():
    sizes = np.array([10.0, 30, 20, 20, 30, 10])
    share = np.array([0.1, 0.1, 0.1, 0.5, 0.5, 0.5])
    (row,) = change_points(share * sizes, sizes)
    assert (row["place"], row["before"], row["after"]) == pytest.approx((3, 0.1, 0.5))
    assert row["gain"] == pytest.approx(60 * 60 / 120 * 0.4**2)
    assert penalty(share * sizes, sizes) == pytest.approx(2 * np.log(6) * (0.4**2 / (1 / 20 + 1 / 20)) / 5)
    assert best_gains((share * sizes)[None], sizes[None]).tolist() == pytest.approx([row["gain"]])


def test_a_level_that_does_not_move_has_no_candidate():
    assert change_points(np.full(9, 5.0), np.full(9, 50.0)) == []
    assert change_points(np.array([1.0, 9, 1]), np.full(3, 10.0)) == []


# curves


def test_the_curve_is_the_local_line_of_statsmodels():
    from statsmodels.regression.linear_model import WLS

    found, x = at_random(80)
    curve = smooth(found, x, replicates=20)
    for row in curve.iloc[[0, 13, 40]].itertuples():
        near = np.clip(1 - np.abs((x - row.time) / bandwidth(x)) ** 3, 0, None) ** 3
        direct = WLS(found.total / found.size, np.column_stack([np.ones(80), x - row.time]), weights=near * found.size).fit()
        assert row.estimate == pytest.approx(direct.params[0])


def test_a_straight_line_stays_straight_and_its_band_holds_it():
    x = np.linspace(2015, 2021, 120)
    found = outcome(20 * (0.1 + 0.05 * (x - 2015)), np.full(120, 20))
    curve = smooth(found, x, replicates=50)
    assert curve["estimate"].to_numpy() == pytest.approx(0.1 + 0.05 * (curve["time"].to_numpy() - 2015))
    assert (curve["low"] <= curve["estimate"] + 1e-9).all()
    assert smooth(found, x, replicates=50).equals(curve)


def test_dates_of_less_than_a_day_stand_in_the_middle():
    posts = pd.DataFrame({"published": pd.to_datetime(["2020-12-31", "2019-02-01", "2019-01-01", None])})
    posts["published_precision"] = ["day", "month", "year", None]
    assert decimal_years(posts)[:3].tolist() == pytest.approx([2021 - 0.5 / 366, 2019 + 45 / 365, 2019.5])
    assert np.isnan(decimal_years(posts)[3])


# events


def test_an_event_compares_two_shares_worked_by_hand():
    days = pd.to_datetime([f"2019-{month:02d}-10" for month in range(1, 11)] + ["2015-01-01"])
    posts = pd.DataFrame({"published": days, "published_precision": ["day"] * 11})
    found = outcome([1, 0, 1, 0, 1, 4, 5, 4, 5, 4, 9], [10] * 11)
    made = before_and_after(found, posts, pd.Timestamp("2019-06-10"), fewest=ENOUGH)
    assert (made["before"], made["after"], made["change"]) == pytest.approx((3 / 50, 22 / 50, 19 / 50))
    assert (made["n_posts_before"], made["n_posts_after"], made["note"]) == (5, 5, "")
    assert made["low"] < 19 / 50 < made["high"]
    assert before_and_after(found, posts, pd.Timestamp("2015-06-10"), fewest=ENOUGH)["note"] == "fewer than 5 posts or 30 sentences before"


# all of it


def test_a_trend_that_was_put_in_is_found_and_what_stands_still_is_not():
    setting = Setting(0.12, 0.1, 0.99, 30.0)
    found = still = 0
    for k in range(12):
        generator = np.random.default_rng(k)
        posts, counts, gold = corpus_of(setting, generator)
        names = {"theme": "Radio"}
        found += (claims(trend_tests(posts, counts, [THEME], gold=gold), names)["claim"] == "rose").sum()
        still += (claims(trend_tests(shuffled(posts, generator), counts, [THEME], gold=gold), names)["claim"] != "").sum()
    assert found >= 10
    assert still <= 1


def test_codes_are_held_to_holm_together(rising):
    posts, counts, _ = rising
    more = pd.concat(
        [counts, *(counts[counts["code"] == "theme"].assign(code=code).sample(90, random_state=k) for k, code in enumerate("xy"))]
    )
    measures = [THEME, THEME._replace(code="x"), THEME._replace(code="y")]
    tests = trend_tests(posts, more, measures)
    ranked = tests["p_value"].sort_values()
    by_hand = (ranked * [3, 2, 1]).cummax().clip(upper=1)
    assert tests["p_holm"].to_dict() == pytest.approx(by_hand.to_dict())


@pytest.mark.parametrize("p_values", [[0.2], [0.01, 0.04, 0.03], [0.5, 0.5, 0.001, 0.02], [1.0, 0.9]])
def test_holm_is_that_of_statsmodels(p_values):
    from statsmodels.stats.multitest import multipletests

    assert holm(np.array(p_values)).tolist() == pytest.approx(multipletests(p_values, method="holm")[1].tolist())


def test_all_tables_are_the_same_again(rising):
    posts, counts, gold = rising
    events = pd.DataFrame({"date": pd.to_datetime(["2013-01-01", "2018-06-01"]), "label": ["early", "amid"], "source": "paper"})
    once, again = (trends(posts, counts, [THEME], gold=gold, events=events) for _ in range(2))
    for name in ("trend", "smooth", "placebo", "changes", "events"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(again, name))
    assert once.events["label"].tolist() == ["amid", "amid"]
    assert (once.placebo["low"] <= once.placebo["high"]).all()
    assert len(once.smooth) == 2 * 41


def row(**changed):
    usual = {
        "code": "cyber_optimist", "measure": "share_author", "estimator": "corrected", "first_year": 2016, "last_year": 2021, "share_first": 0.31,
        "share_last": 0.12, "per_year": -0.038, "low": -0.051, "high": -0.025, "p_holm": 0.001, "p_placebo": 0.002, "n_gold": 240,
        "within_per_year": -0.03, "within_low": -0.04, "within_high": -0.02, "agrees": True, "note": "",
    }  # fmt: skip
    return usual | changed


NUMBERS = "(−3.8 points a year, 95% interval −5.1 to −2.5; 240 hand-coded sentences)"
FRAMING = "Cyber-optimist framings held by authors"
SAID = [
    ([row()], "fell", f"{FRAMING} fell from 31% in 2016 to 12% in 2021 {NUMBERS}"),
    ([row(p_holm=0.06)], "", f"{FRAMING}: no change established, 31% in 2016 and 12% in 2021 {NUMBERS}"),
    ([row(p_placebo=0.06)], "", f"{FRAMING}: no change established, 31% in 2016 and 12% in 2021 {NUMBERS}"),
    ([row(share_last=0.32)], "fell", f"{FRAMING} fell over the whole span, with 31% in 2016 and 32% in 2021 {NUMBERS}"),
    (
        [row(agrees=False)], "fell",
        f"{FRAMING} fell from 31% in 2016 to 12% in 2021 {NUMBERS[:-1]}; within categories −3.0 points a year, 95% interval −4.0 to −2.0: not "
        "established)",
    ),
    (
        [row(per_year=0.02, low=0.004, high=0.036, share_first=0.004, share_last=0.11, measure="share")], "rose",
        "Sentences on Cyber-optimist rose from 0.4% in 2016 to 11% in 2021 (+2.0 points a year, 95% interval 0.4 to 3.6; 240 hand-coded "
        "sentences)",
    ),
    (
        [row(estimator="naive")], "",
        f"{FRAMING}: tagger only, change not established (−3.8 points a year, 95% interval −5.1 to −2.5, by the tagger)",
    ),
    (
        [row(estimator="naive"), row(per_year=float("nan"), note="uncorrected: nobody coded it by hand")], "",
        f"{FRAMING}: tagger only, change not established (−3.8 points a year, 95% interval −5.1 to −2.5, by the tagger; uncorrected: nobody "
        "coded it by hand)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "claim", "sentence"), SAID)
def test_claims(rows, claim, sentence):
    made = claims(pd.DataFrame(rows), {"cyber_optimist": "Cyber-optimist"})
    assert made.iloc[0].tolist() == ["cyber_optimist", claim, sentence]


# refusals


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ([None] * 9, "None of the 9 posts that count has a date"),
        (["2020-05-01"] * 9, "All 9 posts with a date are of one day, 2020-05-01"),
    ],
)
def test_posts_without_days_are_refused(days, why):
    with pytest.raises(InputError, match=why):
        dated(pd.DataFrame({"published": pd.to_datetime(days)}))


def test_fewer_than_three_years_and_no_code_are_refused(rising):
    posts, counts, _ = rising
    some = posts[posts["published"].dt.year < 2018].reset_index(drop=True)
    kept = counts[counts["post_id"].isin(some["post_id"])]
    with pytest.raises(InputError, match="Trends need 3 years: only 2016, 2017 have at least 5 posts and 30 sentences"):
        trend_tests(some, kept, [THEME])
    with pytest.raises(InputError, match="There is no code"):
        trends(posts, counts, [])


def test_a_code_that_nothing_carries_has_a_flat_trend(rising):
    posts, counts, _ = rising
    found = trends(posts, counts, [THEME._replace(code="nothing")])
    assert found.trend["per_year"].tolist() == [0]
    assert found.trend["p_value"].tolist() == [1]
    assert naive_outcome(posts, counts, THEME._replace(code="nothing")).share == 0
    assert found.changes.empty
