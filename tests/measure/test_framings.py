"""How far found framings agree with coded ones: what scikit-learn says, with intervals over posts."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from discourse.measure import framing_confusion, framing_scores, score_table, unlearned

CODES = ["hope", "fear"]
LABELS = {"holder": ("author", "other"), "modality": ("asserted", "hedged", "rejected")}


def coded(n=200, posts=20, seed=5):
    """Return a gold and what a method found of it, half of the answers by chance."""
    generator = np.random.default_rng(seed)
    gold = pd.DataFrame({code: generator.integers(0, 2, n) for code in CODES})
    gold["post"], gold["weight"] = [f"p{k % posts}" for k in range(n)], generator.uniform(1, 20, n)
    gold["source"], gold["year"] = np.where(np.arange(n) % 2, "a", "b"), np.where(np.arange(n) % 3, "2019", "2020")
    framed = gold[CODES].any(axis=1)
    found = pd.DataFrame(index=gold.index)
    chance = generator.random(n) < 0.5
    for code in CODES:
        found[code] = np.where(chance, gold[code], generator.integers(0, 2, n))
    for part, values in LABELS.items():
        drawn = generator.choice(values, n)
        gold[part] = pd.Series(drawn, dtype=object).where(framed, None)
        found[part] = np.where(chance, drawn, generator.choice(values, n))
    return gold, found


GOLD, FOUND = coded()
SCORES = framing_scores(GOLD, {"tagger": FOUND, **unlearned(GOLD, CODES)}, codes=CODES, labels=LABELS, replicates=200)


def score(scores, **where):
    chosen = scores.query(" and ".join(f"{column} == {value!r}" for column, value in where.items()))
    assert len(chosen) == 1
    return chosen.iloc[0]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_framings_are_scored_as_scikit_learn_does(code, weighted):
    weight = GOLD["weight"] if weighted else None
    expected = precision_recall_fscore_support(GOLD[code], FOUND[code], average="binary", sample_weight=weight)[:3]
    for measure, value in zip(("precision", "recall", "f1"), expected, strict=True):
        row = score(SCORES, method="tagger", part="framing", measure=measure, code=code, weighted=weighted)
        assert row["estimate"] == pytest.approx(value)
        assert row["low"] < value < row["high"]
        assert (row["n"], row["n_found"], row["denominator"], row["n_posts"]) == (GOLD[code].sum(), FOUND[code].sum(), 200, 20)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("part", LABELS)
def test_holder_and_modality_are_scored_where_the_gold_has_a_framing(part, weighted):
    framed = GOLD[CODES].any(axis=1)
    truth, found, weight = GOLD.loc[framed, part], FOUND.loc[framed, part], GOLD.loc[framed, "weight"] if weighted else None
    each = precision_recall_fscore_support(truth, found, labels=list(LABELS[part]), sample_weight=weight)[:3]
    for measure, values in zip(("precision", "recall", "f1"), each, strict=True):
        for label, value in zip(LABELS[part], values, strict=True):
            row = score(SCORES, method="tagger", part=part, measure=measure, code=label, weighted=weighted)
            assert row["estimate"] == pytest.approx(value)
            assert row["denominator"] == framed.sum()
    right = score(SCORES, method="tagger", part=part, measure="accuracy", code="all", weighted=weighted)["estimate"]
    assert right == pytest.approx(accuracy_score(truth, found, sample_weight=weight))
    macro = score(SCORES, method="tagger", part=part, measure="macro_f1", code="all", weighted=weighted)["estimate"]
    assert macro == pytest.approx(f1_score(truth, found, average="macro", sample_weight=weight))


@pytest.mark.parametrize("weighted", [False, True])
def test_macro_f1_is_the_mean_of_the_framings(weighted):
    expected = f1_score(GOLD[CODES], FOUND[CODES], average="macro", sample_weight=GOLD["weight"] if weighted else None)
    assert score(SCORES, method="tagger", part="framing", measure="macro_f1", code="all", weighted=weighted)["estimate"] == pytest.approx(
        expected
    )


def test_weights_of_one_change_nothing_and_whole_weights_repeat_the_sentence():
    plain = framing_scores(GOLD.assign(weight=1), {"m": FOUND}, codes=CODES, labels={}, replicates=50)
    halves = [plain[plain["weighted"] == weighted].drop(columns="weighted").reset_index(drop=True) for weighted in (False, True)]
    pd.testing.assert_frame_equal(*halves)
    times = np.arange(len(GOLD)) % 3 + 1
    repeated = [frame.loc[np.repeat(GOLD.index, times)].reset_index(drop=True) for frame in (GOLD, FOUND)]
    weighted = framing_scores(GOLD.assign(weight=times), {"m": FOUND}, codes=CODES, labels={}, replicates=50).query("weighted")
    again = framing_scores(repeated[0], {"m": repeated[1]}, codes=CODES, labels={}, replicates=50).query("not weighted")
    for column in ("estimate", "low", "high"):
        assert weighted[column].tolist() == pytest.approx(again[column].tolist())


def test_sentences_of_one_mind_make_wider_intervals():
    gold = pd.DataFrame({"hope": [1] * 40, "weight": 1.0})
    found = pd.DataFrame({"hope": [int(k % 4 > 0) for k in range(40)]})
    widths = []
    for posts in (40, 4):
        row = score(
            framing_scores(gold.assign(post=[str(k % posts) for k in range(40)]), {"m": found}, codes=["hope"], labels={}),
            measure="f1", code="hope", weighted=False,
        )  # fmt: skip
        widths.append(row["high"] - row["low"])
    assert widths[0] < widths[1]


def test_draws_are_those_of_the_seed():
    def once(seed):
        return framing_scores(GOLD, {"m": FOUND}, codes=CODES, labels=LABELS, replicates=40, seed=seed)["low"].tolist()

    assert once(0) == once(0) != once(1)


def test_what_is_neither_coded_nor_found_is_out_of_the_mean():
    gold = pd.DataFrame({"hope": [1, 0], "fear": [0, 0], "post": ["a", "b"], "weight": 1.0, "holder": ["author", None]})
    found = pd.DataFrame({"hope": [1, 0], "fear": [0, 0], "holder": ["author", "author"]})
    scores = framing_scores(gold, {"m": found}, codes=CODES, labels={"holder": LABELS["holder"]}, replicates=20)
    assert np.isnan(score(scores, part="framing", measure="f1", code="fear", weighted=False)["estimate"])
    assert score(scores, part="framing", measure="macro_f1", code="all", weighted=False)["estimate"] == 1
    assert score(scores, part="holder", measure="accuracy", code="all", weighted=False)["denominator"] == 1


def test_a_file_without_any_framing_has_no_score_and_no_warning():
    gold = pd.DataFrame({"hope": [0], "post": ["a"], "weight": 1.0, "holder": [None]})
    found = pd.DataFrame({"hope": [0], "holder": ["author"]})
    scores = framing_scores(gold, {"m": found}, codes=["hope"], labels={"holder": LABELS["holder"]}, replicates=5)
    assert scores["estimate"].isna().all()


def test_a_method_that_reads_nothing():
    often = GOLD.assign(hope=[1] * 150 + [0] * 50, fear=0)
    answers = unlearned(often, CODES)
    assert answers["majority"].drop_duplicates().values.tolist() == [[1, 0]]
    assert answers["everything"].drop_duplicates().values.tolist() == [[1, 1]]


def test_the_table_side_by_side_holds_the_same_numbers():
    table = score_table(SCORES)
    assert len(table) == 2 * (3 * 3 + 3 + 4)
    row = score(table, method="tagger", part="modality", code="hedged", weighted=True)
    for measure in ("precision", "recall", "f1"):
        assert row[measure] == score(SCORES, method="tagger", part="modality", measure=measure, code="hedged", weighted=True)["estimate"]
    assert score(table, method="tagger", part="framing", code="all", weighted=False)["f1"] == pytest.approx(
        f1_score(GOLD[CODES], FOUND[CODES], average="macro")
    )


def test_outcomes_add_up_in_each_source_and_year():
    table = framing_confusion(GOLD, FOUND, codes=CODES, by=["source", "year"])
    assert table["group"].unique().tolist() == ["a", "b", "2019", "2020"]
    for by in ("source", "year"):
        sums = table[table["by"] == by].groupby("code")[["tp", "fp", "fn", "n"]].sum()
        for code in CODES:
            assert sums.loc[code, "tp"] == (GOLD[code] & FOUND[code]).sum()
            assert sums.loc[code, "tp"] + sums.loc[code, "fn"] == GOLD[code].sum()
            assert sums.loc[code, "n"] == len(GOLD)
    year = GOLD["year"] == "2020"
    assert score(table, group="2020", code="fear")["f1"] == pytest.approx(f1_score(GOLD.loc[year, "fear"], FOUND.loc[year, "fear"]))
