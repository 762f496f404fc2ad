"""Whether scores mean what they say: expected calibration error by hand, Brier score and curve as scikit-learn has them."""

import numpy as np
import pandas as pd
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from discourse.measure import calibration_scores, reliability
from discourse.measure.calibration import bin_of

CODES = ["hope", "fear"]


def scored(n=300, seed=2):
    generator = np.random.default_rng(seed)
    scores = pd.DataFrame({f"{code}_score": generator.random(n) for code in CODES})
    gold = pd.DataFrame({code: (generator.random(n) < scores[f"{code}_score"] ** 2).astype(int) for code in CODES})
    return gold.assign(post=[f"p{k % 30}" for k in range(n)], weight=generator.uniform(1, 9, n)), scores


GOLD, SCORES = scored()
NUMBERS = calibration_scores(GOLD, SCORES, codes=CODES, replicates=200).set_index(["measure", "code", "weighted"])
TABLE = reliability(GOLD, SCORES, codes=CODES, replicates=200)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("code", ["all", *CODES])
def test_the_brier_score_is_scikit_learns(code, weighted):
    some = CODES if code == "all" else [code]
    truth, score = (np.concatenate([frame[f"{c}{end}"] for c in some]) for frame, end in ((GOLD, ""), (SCORES, "_score")))
    expected = brier_score_loss(truth, score, sample_weight=np.tile(GOLD["weight"], len(some)) if weighted else None)
    row = NUMBERS.loc[("brier", code, weighted)]
    assert row["estimate"] == pytest.approx(expected)
    assert row["low"] < expected < row["high"]
    assert (row["n"], row["denominator"], row["n_posts"]) == (truth.sum(), len(truth), 30)


@pytest.mark.parametrize("code", CODES)
def test_the_curve_is_scikit_learns(code):
    share, mean = calibration_curve(GOLD[code], SCORES[f"{code}_score"], n_bins=10)
    rows = TABLE[(TABLE["code"] == code) & ~TABLE["weighted"]]
    assert rows["share"].tolist() == pytest.approx(share.tolist())
    assert rows["mean_score"].tolist() == pytest.approx(mean.tolist())
    assert rows["n"].sum() == len(GOLD)
    assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()


@pytest.mark.parametrize("weighted", [False, True])
def test_the_expected_error_is_the_mean_distance_over_the_bins(weighted):
    weight = np.tile(GOLD["weight"], 2) if weighted else np.ones(2 * len(GOLD))
    truth, score = np.concatenate([GOLD[c] for c in CODES]), np.concatenate([SCORES[f"{c}_score"] for c in CODES])
    error = 0.0
    for tenth in range(10):
        inside = (score > tenth / 10) & (score <= (tenth + 1) / 10)
        distance = abs(np.average(score[inside], weights=weight[inside]) - np.average(truth[inside], weights=weight[inside]))
        error += distance * weight[inside].sum() / weight.sum()
    row = NUMBERS.loc[("ece", "all", weighted)]
    assert row["estimate"] == pytest.approx(error)
    assert np.isnan(row["low"])


@pytest.mark.parametrize(
    ("scores", "coded", "ece", "brier"),
    [
        ([1.0, 0.0], [1, 0], 0, 0),
        ([1.0, 0.0], [0, 1], 1, 1),
        ([0.5, 0.5], [1, 0], 0, 0.25),
        ([0.8] * 10, [1] * 8 + [0] * 2, 0, 0.16),
        ([0.8] * 10, [1] * 6 + [0] * 4, 0.2, 0.28),
    ],
)
def test_scores_that_one_can_check_by_hand(scores, coded, ece, brier):
    gold = pd.DataFrame({"hope": coded, "post": [str(k) for k in range(len(coded))], "weight": 1.0})
    numbers = calibration_scores(gold, pd.DataFrame({"hope_score": scores}), codes=["hope"], replicates=10)
    assert numbers.query("code == 'hope' and not weighted").set_index("measure")["estimate"].to_dict() == pytest.approx(
        {"ece": ece, "brier": brier}
    )


def test_a_bin_holds_its_upper_edge():
    edges = np.array([k / 10 for k in range(11)])
    assert bin_of(edges).tolist() == [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
