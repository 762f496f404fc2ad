"""Hand-coded sentences: what they say of a measure, and which groups they cover."""

import numpy as np
import pytest
from hand_coded import THEME, Study, codings, drawn, every
from hypothesis import given
from hypothesis import strategies as st

from discourse.measure.gold import uncovered
from discourse.measure.groups import group
from discourse.measure.measures import HELD, Measure

HEADLINE = Measure("share_author", "hope", ("author",), HELD)
ROWS = [
    (0, 0, "hope", "author", "asserted"), (0, 1, "hope", "author", "hedged"), (0, 2, "hope", "author", "rejected"),
    (0, 3, "hope", "other", "asserted"), (1, 0, "fear", "author", "asserted"), (1, 1, "hope", "other", "rejected"),
]  # fmt: skip
PLACES = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]
MEASURES = {
    HEADLINE: [1, 1, 0, 0, 0, 0],
    Measure("share_other", "hope", ("other",), HELD): [0, 0, 0, 1, 0, 0],
    Measure("share_rejected", "hope", modalities=("rejected",)): [0, 0, 1, 0, 0, 1],
    Measure("share", "hope"): [1, 1, 1, 1, 0, 1],
    Measure("share", "fear"): [0, 0, 0, 0, 1, 0],
    Measure("share", "radio"): [0, 0, 0, 0, 0, 0],
}


@pytest.mark.parametrize("measure", MEASURES)
def test_a_sentence_counts_that_carries_the_code_by_that_holder_in_that_modality(measure):
    gold = Study([4, 2], gold=PLACES).given
    assert gold.of(codings(ROWS), measure).tolist() == MEASURES[measure]


def test_sentences_outside_the_gold_are_passed_over():
    gold = Study([4, 2], gold=[(1, 1), (0, 3)]).given
    assert gold.of(codings(ROWS), Measure("share", "hope")).tolist() == [1, 1]


# Which sentences each coder had and which of them the coder says carry the theme; what was agreed; what all say, and what any says.
BOUNDS = {
    "alike": ([({0, 1}, {0}), ({0, 1}, {0})], {0}, [1, 0], [1, 0]),
    "unlike": ([({0, 1}, {0, 1}), ({0, 1}, {0})], {0}, [1, 0], [1, 1]),
    "three coders": ([({0, 1}, {0, 1}), ({0, 1}, {0}), ({0, 1}, set())], {0}, [0, 0], [1, 1]),
    "one had it alone: as agreed": ([({0, 1}, {0, 1}), ({0}, set())], {0}, [0, 0], [1, 0]),
    "nobody had it: as agreed": ([({0}, {0}), ({0}, set())], {1}, [0, 1], [1, 1]),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_strict_is_what_all_coders_say_and_lenient_what_any_says(name):
    coders, agreed, strict, lenient = BOUNDS[name]
    study = Study(
        [2],
        gold=[(0, 0), (0, 1)],
        coded=[(0, s) for s in agreed],
        coders=[([(0, s) for s in had], [(0, s) for s in own]) for had, own in coders],
    )
    bounds = study.given.bounds(THEME)
    assert [values.tolist() for values in bounds] == [strict, lenient]


@pytest.mark.parametrize("coders", [[], [([(0, 0)], [])], [([(0, 0)], []), ([(0, 1)], [(0, 1)])]], ids=["none", "one", "each apart"])
def test_without_two_coders_of_one_sentence_there_are_no_bounds(coders):
    assert Study([2], gold=[(0, 0), (0, 1)], coders=coders).given.bounds(THEME) is None


YEARS = {"published": ["2019-05-01", "2019-05-01", "2020-05-01", None], "published_precision": ["day", "year", "day", None]}
BLOGS = {"source": ["a", "a", "b", "b"]}
TOPICS = {"categories": [["A"], ["A", "B"], ["B"], ["C"]]}
NONE = {"categories": [["A"], [], None, ["A"]]}
NOBODY = "nobody coded a sentence of it"
# columns, by, the posts coded, and why each group is not covered
COVER = {
    "everything": (YEARS, (), (0, 2, 3), {"": ""}),
    "a year without": (YEARS, (), (0, 3), {"": "nobody coded a sentence of 2020"}),
    "undated posts without": (YEARS, (), (0, 2), {"": "nobody coded a sentence of (undated)"}),
    "several": (YEARS, (), (2,), {"": "nobody coded a sentence of (undated), 2019"}),
    "by year, one without": (YEARS, ("year",), (0, 3), {"2019": "", "2020": NOBODY}),
    "by year, undated are in none": (YEARS, ("year",), (1, 2), {"2019": "", "2020": ""}),
    "a blog without": (BLOGS, (), (0, 1), {"": "nobody coded a sentence of b"}),
    "by blog": (BLOGS, ("source",), (0, 1), {"a": "", "b": NOBODY}),
    "nothing at all": ({}, (), (), {"": NOBODY}),
    "by category, through a post of two": (TOPICS, ("category",), (1, 3), {"A": "", "B": "", "C": ""}),
    "by category, one without": (TOPICS, ("category",), (0, 2), {"A": "", "B": "", "C": NOBODY}),
    "no category and unknown are categories": (NONE, ("category",), (0,), {"(category unknown)": NOBODY, "(no category)": NOBODY, "A": ""}),
}  # fmt: skip


@pytest.mark.parametrize("name", COVER)
def test_a_group_is_covered_where_no_part_of_it_was_without_a_chance(name):
    columns, by, coded, expected = COVER[name]
    study = Study([9, 9, 9, 9], columns=columns)
    groups = group(study.posts, by)
    reasons = uncovered(study.posts, groups, np.full(4, 9.0), np.array(coded, dtype=int))
    keys = groups.keys.apply("".join, axis=1) if len(groups.keys) else []
    assert dict(zip(keys, reasons, strict=True)) == expected


@pytest.mark.parametrize(
    ("n", "reason"),
    [(6, ""), (7, "50% of it is in categories of which nobody coded a sentence")],
    ids=["by chance, 1 in 64", "hardly by chance, 1 in 128"],
)
def test_a_category_without_gold_is_passed_over_only_as_chance_may_have_done(n, reason):
    study = Study([50, 50], columns={"categories": [["A"], ["B"]]})
    assert uncovered(study.posts, group(study.posts, ()), np.full(2, 50.0), np.zeros(n, dtype=int)) == [reason]


def test_posts_whose_sentences_the_tagger_has_all_seen_need_no_gold():
    study = Study([9, 9, 9, 9], columns=YEARS)
    assert uncovered(study.posts, group(study.posts, ()), np.array([9.0, 0, 0, 0]), np.array([0])) == [""]
    assert uncovered(study.posts, group(study.posts, ()), np.zeros(4), np.array([], dtype=int)) == [""]


def test_many_names_are_cut():
    study = Study([9] * 9, columns={"source": list("abcdefghi")})
    reasons = uncovered(study.posts, group(study.posts, ()), np.full(9, 9.0), np.array([8]))
    assert reasons == ["nobody coded a sentence of a, b, c, d, e, f and 2 more"]


@given(st.sets(st.integers(0, 3), min_size=1), st.sets(st.integers(0, 3)))
def test_more_gold_never_uncovers_a_group(coded, more):
    study = Study([9, 9, 9, 9], columns=YEARS | BLOGS)
    groups = group(study.posts, ["source"])
    before, after = (uncovered(study.posts, groups, np.full(4, 9.0), np.array(sorted(some))) for some in (coded, coded | more))
    for first, second in zip(before, after, strict=True):
        assert first or not second


def test_the_rows_of_the_gold_keep_their_order():
    places = drawn(every([9, 9]), 0.5)[::-1]
    gold = Study([9, 9], gold=places, coded=places[:3]).given
    assert gold.of(gold.coded, THEME).tolist() == [1] * 3 + [0] * (len(places) - 3)
