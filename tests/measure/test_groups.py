"""Groups of posts: which post is in which, and what is no grouping."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.measure.groups import GROUPINGS, KEYS, group, period_of

POSTS = pd.DataFrame(
    [
        ("2019-02-03", "day", ["Privacy"], ["Ann Lee"], "a"),
        ("2019-04-01", "month", ["Privacy", "Access"], ["Ann Lee", "Bo Oh"], "a"),
        ("2019-01-01", "year", [], [], "b"),
        ("2020-12-31", "day", None, ["Bo Oh"], "b"),
        (None, None, ["Access"], ["Ann Lee"], "b"),
    ],
    columns=["published", "published_precision", "categories", "authors", "source"],
).astype({"published": "datetime64[ns]"})

# by -> the keys that are filled, and the places of the posts inside
EXPECTED = {
    (): {(): [0, 1, 2, 3, 4]},
    ("year",): {("2019",): [0, 1, 2], ("2020",): [3]},
    ("quarter",): {("2019Q1",): [0], ("2019Q2",): [1], ("2020Q4",): [3]},
    ("month",): {("2019-02",): [0], ("2019-04",): [1], ("2020-12",): [3]},
    ("category",): {("(category unknown)",): [3], ("(no category)",): [2], ("Access",): [1, 4], ("Privacy",): [0, 1]},
    ("author",): {("(no author)",): [2], ("Ann Lee",): [0, 1, 4], ("Bo Oh",): [1, 3]},
    ("source",): {("a",): [0, 1], ("b",): [2, 3, 4]},
    ("year", "source"): {("2019", "a"): [0, 1], ("2019", "b"): [2], ("2020", "b"): [3]},
    ("year", "category"): {("2019", "(no category)"): [2], ("2019", "Access"): [1], ("2019", "Privacy"): [0, 1], ("2020", "(category unknown)"): [3]},
    ("author", "category", "quarter"): {("2019Q1", "Privacy", "Ann Lee"): [0], ("2019Q2", "Access", "Ann Lee"): [1], ("2019Q2", "Privacy", "Ann Lee"): [1],
        ("2019Q2", "Access", "Bo Oh"): [1], ("2019Q2", "Privacy", "Bo Oh"): [1], ("2020Q4", "(category unknown)", "Bo Oh"): [3]},
}  # fmt: skip


def shown(found):
    return {
        tuple(value for value in row if value): [k for k, inside in enumerate(found.inside[:, place]) if inside]
        for place, row in enumerate(found.keys.itertuples(index=False, name=None))
    }


@pytest.mark.parametrize("by", EXPECTED)
def test_each_post_is_in_the_groups_that_it_belongs_to(by):
    found = group(POSTS, by)
    assert found.keys.columns.tolist() == list(KEYS)
    assert shown(found) == EXPECTED[by]


def test_only_what_is_asked_for_is_named():
    found = group(POSTS, ["category"])
    assert (found.keys[["period", "author", "source"]] == "").all(axis=None)


@pytest.mark.parametrize("by", ["year", "quarter", "month"])
def test_a_date_that_does_not_say_is_in_no_period(by):
    periods = period_of(POSTS, by=by)
    assert periods.isna().tolist() == [False, False, by != "year", False, True]


WRONG = {
    "unknown": (["years"], r"There is no grouping 'years'\. Did you mean 'year'\?"),
    "a code": (["radio"], r"There is no grouping 'radio'"),
    "twice": (["source", "source"], r"by source, source: name each grouping once"),
    "two periods": (["year", "month"], r"by year, month: name each grouping once, and one of year, quarter, month at most"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_grouping_is_refused(name):
    by, message = WRONG[name]
    with pytest.raises(InputError, match=message):
        group(POSTS, by)


@pytest.mark.parametrize(("by", "groups"), [((), 1), (("year",), 0), (("category", "author"), 0)])
def test_without_posts_there_is_one_empty_group_or_none(by, groups):
    found = group(POSTS.iloc[:0], by)
    assert found.inside.shape == (0, groups)
    assert len(found.keys) == groups


labels = st.lists(st.sampled_from(["x", "y", "z"]), unique=True)


@given(
    st.lists(st.tuples(labels, labels, st.sampled_from(["a", "b"])), min_size=1, max_size=12),
    st.permutations(["category", "author", "source"]),
)
def test_groups_along_several_axes_are_what_those_of_one_share(rows, by):
    posts = pd.DataFrame(rows, columns=["categories", "authors", "source"])
    found = group(posts, by)
    assert found.inside.any(axis=0).all()
    assert not found.keys.duplicated().any()
    assert found.inside.sum(axis=1).tolist() == [max(len(c), 1) * max(len(a), 1) for c, a, _ in rows]
    one = {name: group(posts, [name]) for name in by}
    for place, row in enumerate(found.keys.to_dict("records")):
        inside = [alone.inside[:, (alone.keys[name] == row[name]).to_numpy()][:, 0] for name, alone in one.items()]
        assert (found.inside[:, place] == inside[0] & inside[1] & inside[2]).all()


def test_every_grouping_that_is_offered_can_be_made():
    for by in GROUPINGS:
        assert len(group(POSTS, [by]).keys)
