"""Shares, naive and corrected: tables of small studies, and what must hold of every study."""

import numpy as np
import pytest
from hand_coded import THEME, Study, codings, drawn, every
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.measure import Gold, measures_by, shares, usual_measures
from discourse.measure.corrected import FEWEST_GOLD, FEWEST_GOLD_POSTS
from discourse.measure.measures import HELD, Measure

SIZES = [12] * 12
PLACES = every(SIZES)
THIRD = PLACES[::3]
NUMBERS = ["estimate", "low", "high"]
ENDS = ["low", "high"]


def only(rows, **where):
    """Return the one row of these values; keys that are not named are empty."""
    for name, value in {"period": "", "category": "", "author": "", "source": ""} | where:
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def naive(study, by=(), **options):
    rows = study.shares(by, **options)
    return rows[rows["estimator"] == "naive"].reset_index(drop=True)


def same(first, second, columns=(*NUMBERS, "strict", "lenient"), rel=1e-9):
    """Tell whether two tables say the same, row for row."""
    numbers = [rows[list(columns)].to_numpy(dtype=float, na_value=np.nan) for rows in (first, second)]
    return np.allclose(*numbers, rtol=rel, atol=1e-12, equal_nan=True)


# The naive share


@pytest.mark.parametrize(
    ("unit", "hits", "of"),
    [("sentence", 3, 40), ("word", 5 + 8 + 5 + 7, None), ("post", 2, 10)],
)
def test_a_share_is_of_sentences_words_or_posts(unit, hits, of):
    study = Study([4] * 10, found=[(0, 0), (0, 1), (7, 0)])
    words = study.sentences["n_words"]
    hits = {"word": int(study.at([(0, 0), (0, 1), (7, 0)])["n_words"].sum())}.get(unit, hits)
    row = naive(study, unit=unit).iloc[0]
    assert (row["n"], row["denominator"], row["unit"]) == (hits, of or words.sum(), unit)
    assert row["estimate"] == pytest.approx(hits / (of or words.sum()))
    assert row["low"] <= row["estimate"] <= row["high"]


FEW = "fewer than 5 posts or 30 sentences"
# sizes of the posts, what is found; estimate, whether there is an interval, note
SMALL = {
    "no post": ([], [], None, False, FEW),
    "one post": ([90], [(0, 0)], None, False, FEW),
    "four posts": ([20] * 4, [(0, 0)], None, False, FEW),
    "five posts, 30 sentences": ([6] * 5, [(0, 0)], 1 / 30, True, None),
    "29 sentences": ([6] * 4 + [5], [(0, 0)], None, False, FEW),
    "five posts, one of them without a sentence": ([20] * 4 + [0], [(0, 0)], None, False, FEW),
    "nothing found": ([6] * 5, [], 0.0, False, None),
    "everything found": ([6] * 5, every([6] * 5), 1.0, False, None),
    "all but one found": ([6] * 5, every([6] * 5)[1:], 29 / 30, True, None),
}


@pytest.mark.parametrize("name", SMALL)
def test_little_has_no_estimate_and_what_does_not_vary_no_interval(name):
    sizes, found, estimate, interval, note = SMALL[name]
    row = naive(Study(sizes, found=found)).iloc[0]
    assert (row["estimate"] if estimate is not None else None) == (pytest.approx(estimate) if estimate is not None else None)
    assert row[ENDS].notna().tolist() == [interval, interval]
    assert row["note"] == note if note else row["note"] is None or row["note"] != row["note"]


def test_a_post_of_two_categories_counts_in_each_and_one_of_two_authors_for_each():
    columns = {"categories": [["A", "B"]] * 6 + [["B"]] * 6, "authors": [["Ann Lee"]] * 3 + [["Ann Lee", "Bo Oh"]] * 6 + [[]] * 3}
    study = Study(SIZES, found=[(0, 0), (11, 0)], columns=columns)
    rows = naive(study, ["category"]).set_index("category")
    assert rows[["n", "denominator", "n_posts"]].to_numpy().tolist() == [[1, 72, 6], [2, 144, 12]]
    rows = naive(study, ["author"]).set_index("author")
    assert rows["n_posts"].to_dict() == {"(no author)": 3, "Ann Lee": 9, "Bo Oh": 6}
    assert rows["note"].notna().to_dict() == {"(no author)": True, "Ann Lee": False, "Bo Oh": False}


def test_undated_posts_count_over_all_and_in_no_period():
    columns = {
        "published": ["2019-03-01"] * 5 + [None] * 2 + ["2020-03-01"] * 5,
        "published_precision": ["day"] * 5 + [None] * 2 + ["year"] * 5,
    }
    study = Study(SIZES, found=[(5, 0), (0, 0)], columns=columns)
    assert naive(study)["n"].tolist() == [2]
    assert naive(study, ["year"])[["period", "n", "n_posts"]].to_numpy().tolist() == [["2019", 1, 5], ["2020", 0, 5]]
    assert naive(study, ["month"])["period"].tolist() == ["2019-03"]


def test_holder_and_modality_are_set_apart():
    found = [
        (0, 0, "hope", "author", "asserted"),
        (1, 0, "hope", "author", "rejected"),
        (2, 0, "hope", "other", "hedged"),
        (3, 0, "hope", "author", "hedged"),
    ]
    study = Study(SIZES, found=found)

    def told(by):
        return {
            (row.measure, row.holder, row.modality): row.n
            for row in naive(study, by, measures=list(measures_by(["hope"], by))).itertuples()
        }

    assert told(["holder"]) == {("share_held", "author", ""): 2, ("share_held", "other", ""): 1}
    assert told(["modality"]) == {("share", "", "asserted"): 1, ("share", "", "hedged"): 2, ("share", "", "rejected"): 1}
    both = told(["holder", "modality"])
    assert len(both) == 6
    assert sum(both.values()) == 4
    usual = naive(study, measures=list(usual_measures(["hope"], ["radio"])))
    assert dict(zip(usual["measure"], usual["n"], strict=True)) == {"share_author": 2, "share_other": 1, "share_rejected": 1, "share": 0}


def test_a_sentence_counts_once_in_a_measure_and_what_is_rejected_is_never_added():
    study = Study(SIZES, found=[(p, 0, "hope", "author", m) for p, m in enumerate(["asserted", "hedged", "rejected"] * 4)])
    author, other, rejected = naive(study, measures=list(usual_measures(["hope"], [])))["n"]
    assert (author, other, rejected) == (8, 0, 4)


def test_without_a_measure_there_is_no_row():
    assert len(Study(SIZES, gold=THIRD).shares(measures=[])) == 0


def test_there_is_no_such_unit():
    with pytest.raises(InputError, match=r"There is no unit 'sentences'\. Did you mean 'sentence'\?"):
        Study(SIZES).shares(unit="sentences")


# The corrected share


def test_of_gold_in_proportion_it_is_the_share_of_the_hand_codes_where_the_tagger_is_worth_nothing():
    study = Study(SIZES, coded=THIRD[::4], gold=THIRD)
    row = study.corrected().iloc[0]
    assert row["estimate"] == pytest.approx(12 / 48)
    assert (row["n"], row["denominator"], row["n_gold"], row["basis"]) == (0, 144, 48, "own gold")
    assert 0 < row["low"] < 0.25 < row["high"] < 1


@pytest.mark.parametrize("unit", ["sentence", "word"])
def test_where_everything_is_hand_coded_it_is_their_share(unit):
    coded = drawn(PLACES, 0.3, seed=1)
    study = Study(SIZES, found=drawn(PLACES, 0.5), coded=coded, gold=PLACES, chances=[1.0] * 144)
    words = study.sentences["n_words"].sum(), study.at(coded)["n_words"].sum()
    share = len(coded) / 144 if unit == "sentence" else words[1] / words[0]
    assert study.corrected(unit=unit)["estimate"].tolist() == pytest.approx([share])


@pytest.mark.parametrize("unit", ["sentence", "word"])
def test_where_the_tagger_was_fitted_to_everything_it_is_the_share_of_those_hand_codes(unit):
    coded = drawn(PLACES, 0.3, seed=1)
    study = Study(SIZES, found=drawn(PLACES, 0.5), coded=coded, known=PLACES)
    row = study.corrected(unit=unit).iloc[0]
    words = study.sentences["n_words"].sum(), study.at(coded)["n_words"].sum()
    assert row["estimate"] == pytest.approx(len(coded) / 144 if unit == "sentence" else words[1] / words[0])
    assert (row["basis"], row["n_gold"]) == ("all hand-coded", 0)
    assert row["low"] < row["estimate"] < row["high"]


@pytest.mark.parametrize("coded", [[], PLACES], ids=["none of it", "all of it"])
def test_where_everything_is_known_and_alike_there_is_no_interval_of_no_width(coded):
    row = Study(SIZES, found=drawn(PLACES, 0.5), coded=coded, known=PLACES).corrected().iloc[0]
    assert row["estimate"] == bool(coded)
    assert row[ENDS].isna().all()


def test_known_sentences_enter_with_their_hand_codes_and_the_others_by_the_gold():
    known, rest = PLACES[:72], PLACES[72:]
    gold = rest[::2]
    found = drawn(PLACES, 0.5)
    study = Study(SIZES, found=found, coded=[*known[:20], *gold[:9]], gold=gold, known=known)
    inside = [place for place in gold if place in found]
    row = study.corrected().iloc[0]
    # (K + t F + U r) / N, with r the mean of y - t f in the gold; solved for t from the estimate, which must lie between 0 and 1
    of_rest = len([place for place in rest if place in found])
    plain = (20 + 72 * 9 / 36) / 144
    factor = (row["estimate"] - plain) * 144 / (of_rest - 72 * len(inside) / 36)
    assert 0 <= factor <= 1
    assert row["n"] == len(found)


def test_a_code_that_the_tagger_was_told_nothing_of_is_not_known():
    known = PLACES[:72]
    study = Study(SIZES, coded=known, gold=PLACES[72::2], known=known)
    told, untold = study.given, Gold(**{**vars_of(study.given), "known_codes": ()})
    rows = [shares(study.posts, study.counts, [THEME], gold=gold).iloc[1] for gold in (told, untold)]
    assert rows[0]["estimate"] == pytest.approx(0.5)
    assert rows[1]["estimate"] == pytest.approx(0)


def vars_of(gold):
    return {name: getattr(gold, name) for name in Gold.__dataclass_fields__}


def test_a_perfect_tagger_leaves_the_naive_share():
    found = drawn(PLACES, 0.4)
    study = Study(SIZES, found=found, coded=[place for place in THIRD if place in found], gold=THIRD)
    row, plain = study.corrected().iloc[0], naive(study).iloc[0]
    assert abs(row["estimate"] - plain["estimate"]) < 0.02 * (row["high"] - row["low"])
    assert row["low"] < plain["estimate"] < row["high"]


def test_a_theme_that_nobody_looked_for_has_no_corrected_row():
    study = Study(SIZES, found=[(0, 0), (1, 0, "radio", "author", "asserted")], gold=THIRD)
    rows = study.shares(measures=[THEME, Measure("share", "radio")])
    assert rows[["code", "estimator"]].to_numpy().tolist() == [["theme", "naive"], ["radio", "naive"], ["theme", "corrected"]]


@pytest.mark.parametrize("by", [["holder"], ["modality"], ["holder", "modality"]])
def test_hand_codes_of_another_holder_or_modality_correct_another_share(by):
    coded = [(p, s, "hope", "author" if p % 2 else "other", "asserted" if p % 3 else "rejected") for p, s in THIRD[::2]]
    study = Study(SIZES, coded=coded, gold=THIRD, codes=("hope",))
    rows = study.corrected(by, measures=list(measures_by(["hope"], by)))
    for row in rows.itertuples():
        hits = [
            c
            for c in coded
            if c[3] in ((row.holder,) if row.holder else ("author", "other")) and c[4] in ((row.modality,) if row.modality else HELD)
        ]
        assert row.estimate == pytest.approx(len(hits) / 48)


SIX = {"published": ["2019-05-01"] * 6 + ["2020-05-01"] * 6}
# what differs from a study with a third of everything coded by hand; by; unit; the note of each group's corrected row
REFUSED = {
    "a year": ({"columns": SIX, "gold": PLACES[:72]}, (), "sentence", ["uncorrected: nobody coded a sentence of 2020"]),
    "one of two years": ({"columns": SIX, "gold": PLACES[:72]}, ("year",), "sentence", [None, "uncorrected: nobody coded a sentence of it"]),
    "undated posts": (
        {"columns": {"published": ["2020-05-01"] * 6 + [None] * 6}, "gold": PLACES[:72]}, (), "sentence",
        ["uncorrected: nobody coded a sentence of (undated)"],
    ),
    "a source": ({"columns": {"source": ["a"] * 6 + ["b"] * 6}, "gold": PLACES[:72]}, (), "sentence", ["uncorrected: nobody coded a sentence of b"]),
    "a category": (
        {"columns": {"categories": [["A"]] * 6 + [["B"]] * 6}, "gold": PLACES[:72]}, (), "sentence",
        ["uncorrected: 50% of it is in categories of which nobody coded a sentence"],
    ),
    "a share of posts": ({}, (), "post", ["uncorrected: a share of posts cannot be corrected by sentences"]),
    "29 sentences": (
        {"gold": PLACES[::5]}, (), "sentence",
        ["uncorrected: only 29 hand-coded sentences of 12 posts; 30 of 5 posts are needed, or 4 groups with 30 in all and 4 posts more than groups"],
    ),
    "four posts": (
        {"gold": PLACES[:48]}, (), "sentence",
        ["uncorrected: only 48 hand-coded sentences of 4 posts; 30 of 5 posts are needed, or 4 groups with 30 in all and 4 posts more than groups"],
    ),
    "three groups": (
        {"sizes": [12] * 15, "columns": {"source": list("aaaaabbbbbccccc")}, "gold": every([12] * 15)[::6]}, ("source",), "sentence",
        ["uncorrected: only 10 hand-coded sentences of 5 posts; 30 of 5 posts are needed, or 4 groups with 30 in all and 4 posts more than groups"] * 3,
    ),
    "few posts of a group": ({"columns": {"source": list("aaaaaaaabbbb")}}, ("source",), "sentence", [None, FEW]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_corrected_has_an_empty_row_that_says_why(name):
    changed, by, unit, notes = REFUSED[name]
    study = Study(**{"sizes": SIZES, "found": drawn(PLACES, 0.3), "coded": drawn(THIRD, 0.5), "gold": THIRD} | changed)
    rows = study.corrected(by, unit=unit)
    assert [None if row != row else row for row in rows["note"]] == notes
    refused = rows[rows["note"].notna()]
    assert refused[["estimate", "low", "high", "strict", "lenient"]].isna().all(axis=None)
    assert (refused["basis"] == "").all()
    assert rows.loc[rows["note"].isna(), "estimate"].notna().all()


def test_gold_of_posts_that_do_not_count_is_refused():
    study = Study(SIZES, gold=THIRD)
    with pytest.raises(InputError, match=r"The gold has sentences of 'p006', which is none of the posts that count; leave them out\."):
        shares(study.posts.iloc[:6], study.counts, [THEME], gold=study.given)


def test_groups_with_too_little_of_their_own_are_pooled():
    study = Study([12] * 40, found=drawn(every([12] * 40), 0.3), gold=every([12] * 40)[::5], coded=drawn(every([12] * 40)[::5], 0.4),
                  columns={"source": [f"s{k % 8}" for k in range(40)]})  # fmt: skip
    rows = study.corrected(["source"])
    assert (rows["n_gold"] < FEWEST_GOLD).all()
    assert (rows["basis"] == "pooled gold").all()
    assert rows["method"].str.contains("pooled over groups").all()
    assert (rows["low"] <= rows["estimate"]).all()
    assert (rows["estimate"] <= rows["high"]).all()


def test_a_group_of_one_post_does_not_blank_the_others():
    columns = {"source": ["lonely", *(f"s{k % 5}" for k in range(40))]}
    places = every([12] * 41)
    study = Study([12] * 41, found=drawn(places, 0.3), gold=places[::6], coded=drawn(places[::6], 0.4), columns=columns)
    rows = study.corrected(["source"]).set_index("source")
    assert rows.loc["lonely", "note"] == FEW
    assert rows.drop("lonely")[NUMBERS].notna().all(axis=None)


def test_a_group_without_a_sentence_is_passed_over():
    study = Study([12] * 12 + [0] * 5, gold=THIRD, coded=THIRD[:9], found=THIRD[:12], columns={"source": ["a"] * 12 + ["empty"] * 5})
    rows = study.corrected(["source"]).set_index("source")
    assert rows.loc["empty", "note"] == FEW
    assert rows.loc["a", "estimate"] > 0
    assert len(Study([], gold=[], known=[]).shares()) == 1


# What must hold of every study


@st.composite
def studies(draw, groups=1):
    """Return studies of 10 to 16 posts a group, coded by two people whose codes nest: what is agreed lies between what both and what any said."""
    n = draw(st.integers(10, 16)) * groups
    sizes = draw(st.lists(st.integers(4, 8), min_size=n, max_size=n))
    places = every(sizes)
    seed = draw(st.integers(0, 2**16))
    generator = np.random.default_rng(seed)
    truth = generator.random(len(places)) < draw(st.floats(0, 1))
    found = truth ^ (generator.random(len(places)) < draw(st.floats(0, 0.5)))
    inside = generator.random(len(places)) < draw(st.floats(0.1, 0.9))
    last = {post: k for k, (post, _) in enumerate(places)}
    inside[list(last.values())] = True
    doubt = generator.random((2, len(places))) < 0.1
    pick = lambda *masks: [place for place, *chosen in zip(places, *masks, strict=True) if all(chosen)]  # noqa: E731
    gold = pick(inside)
    coders = [(gold, pick(inside, truth & ~doubt[0])), (gold, pick(inside, truth | doubt[1]))]
    return Study(
        sizes, found=pick(found), gold=gold, coded=pick(inside, truth), coders=coders, chances=generator.uniform(0.05, 1, len(gold)).tolist(),
        columns={"source": [f"s{k % groups}" for k in range(n)]},
    )  # fmt: skip


KINDS = st.one_of(
    st.tuples(studies(1), st.just(())), st.tuples(studies(2), st.just(("source",))), st.tuples(studies(5), st.just(("source",)))
)


@settings(max_examples=60)
@given(KINDS, st.sampled_from(["sentence", "word"]))
def test_estimates_and_their_ends_are_shares_and_strict_and_lenient_bound_them(given_, unit):
    study, by = given_
    rows = study.corrected(by, unit=unit)
    numbers = rows[["low", "estimate", "high", "strict", "lenient"]].astype(float)
    shown = numbers.dropna()
    assert ((shown >= 0) & (shown <= 1)).all(axis=None)
    assert (shown["low"] <= shown["estimate"]).all()
    assert (shown["estimate"] <= shown["high"]).all()
    assert (shown["strict"] <= shown["estimate"] + 1e-12).all()
    assert (shown["estimate"] <= shown["lenient"] + 1e-12).all()
    assert (numbers["estimate"].notna() == rows["note"].isna()).all()


@settings(max_examples=20)
@given(KINDS, st.floats(0.02, 1))
def test_only_the_ratios_between_chances_matter(given_, scale):
    study, by = given_
    first = study.corrected(by)
    study.chances = [scale * chance for chance in study.chances]
    assert same(first, study.corrected(by), rel=1e-4)


@settings(max_examples=20)
@given(KINDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(given_, random):
    study, by = given_
    gold, posts, counts = study.given, study.posts, study.counts
    order = random.sample(range(len(gold.sentences)), len(gold.sentences))
    again = Gold(
        gold.sentences.iloc[order].reset_index(drop=True), gold.coded.sample(frac=1, random_state=1), gold.found.sample(frac=1, random_state=2),
        gold.codes, gold.known, gold.seen, coders=tuple(one._replace(had=one.had[order]) for one in gold.coders),
    )  # fmt: skip
    first = shares(posts, counts, [THEME], by=by, gold=gold)
    second = shares(posts, counts.sample(frac=1, random_state=3), [THEME], by=by, gold=again)
    assert same(first, second, rel=1e-4)
    shuffled = shares(posts.sample(frac=1, random_state=4).reset_index(drop=True), counts, [THEME], by=by, gold=gold)
    assert same(first, shuffled, columns=["estimate"], rel=1e-4)  # the draws of the naive interval go by the order of posts
    corrected = first["estimator"] == "corrected"
    assert same(first[corrected], shuffled[corrected], rel=1e-4)


@settings(max_examples=20)
@given(studies(1))
def test_two_sources_that_are_the_same_say_together_what_one_says(study):
    n = len(study.sizes)

    def both_of(places):
        return [(post + k * n, s) for k in (0, 1) for post, s in places]

    twice = Study(
        study.sizes * 2, *(both_of(places) for places in (study.found, study.coded, study.gold)), chances=study.chances * 2,
        coders=[tuple(map(both_of, coder)) for coder in study.coders], columns={"source": ["a"] * n + ["b"] * n},
    )  # fmt: skip
    one, each, both = study.corrected(), twice.corrected(["source"]), twice.corrected()
    assert same(each.iloc[:1], each.iloc[1:])
    if one["note"].isna().all():
        assert same(one, each.iloc[:1])
        assert same(one, both, columns=["estimate", "strict", "lenient"])
        assert (both["high"] - both["low"] <= one["high"] - one["low"] + 1e-12).all()


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(0.1, 0.9))
def test_hand_codes_of_everything_leave_nothing_to_correct(seed, share):
    coded = drawn(PLACES, share, seed)
    study = Study(
        SIZES,
        found=drawn(PLACES, 0.5, seed + 1),
        coded=coded,
        gold=PLACES,
        chances=[1.0] * len(PLACES),
        columns={"source": list("aaaaaabbbbbb")},
    )
    for by, groups in (((), [range(12)]), (("source",), [range(6), range(6, 12)])):
        expected = [sum(post in inside for post, _ in coded) / (12 * len(inside)) for inside in groups]
        assert study.corrected(by)["estimate"].tolist() == pytest.approx(expected)


def test_the_least_that_is_asked_for_is_the_least_that_is_shown():
    places = every([6] * FEWEST_GOLD_POSTS)
    assert len(places) == FEWEST_GOLD
    study = Study([12] * 12, found=drawn(PLACES, 0.3), gold=places, coded=places[::4])
    assert study.corrected()["basis"].tolist() == ["own gold"]
    assert Study([12] * 12, gold=places[1:], coded=places[4::4]).corrected()["estimate"].isna().all()


def test_codings_outside_the_gold_change_nothing():
    study = Study(SIZES, found=drawn(PLACES, 0.3), gold=THIRD, coded=THIRD[:9])
    first = study.corrected()
    gold = study.given
    more = Gold(**{**vars_of(gold), "coded": codings([*THIRD[:9], *PLACES[1::3]])})
    rows = shares(study.posts, study.counts, [THEME], gold=more)
    assert same(first, rows[rows["estimator"] == "corrected"])
