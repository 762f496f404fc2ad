"""The parts of a rise or fall: exact on small tables, and honest where there is nothing to part."""

import numpy as np
import pandas as pd
import pytest

from discourse.measure.groups import period_of
from discourse.measure.influence import by_period, change, period_table


def tables(rows, sizes):
    """Return parts and periods: rows of (period, sentence, term, hangs), and the number of sentences a period."""
    parts = pd.DataFrame(rows, columns=["period", "sentence", "name", "hangs"]).assign(post_id="p", what="term", given=1.0)
    coded = parts.drop_duplicates(["period", "sentence"])[["period"]]
    counted = pd.DataFrame({"period": list(sizes), "sentences": list(sizes.values())})
    return parts, period_table(counted, coded)


ROWS = [
    ("2018", 0, "watch", True),
    ("2019", 1, "shutdown", True),
    ("2019", 2, "shutdown", True),
    ("2019", 2, "internet", True),
    ("2019", 3, "watch", False),
]
SIZES = {"2018": 10, "2019": 10, "2020": 5}


def test_each_term_has_its_part_of_a_rise_and_parts_overlap():
    found = change(*tables(ROWS, SIZES), before="2018", after="2019", what="term").set_index("term")
    assert list(found.index) == ["", "(no single term)", "shutdown", "internet", "watch"]
    assert found["n_before"].tolist() == [1, 0, 0, 0, 1]
    assert found["n_after"].tolist() == [3, 1, 2, 1, 0]
    assert found["part"].tolist() == [1, 0.5, 1, 0.5, -0.5]
    np.testing.assert_allclose(found["share_part"], found["part"])
    np.testing.assert_allclose(found["share_change"], [0.2, 0.1, 0.2, 0.1, -0.1])


def test_a_fall_to_nothing_is_parted_like_a_rise():
    found = change(*tables(ROWS, SIZES), before="2019", after="2020", what="term").set_index("term")
    assert found["n_after"].tolist() == [0] * len(found)
    assert list(found.index[2:4]) == ["shutdown", "internet"]
    assert found.loc["shutdown", "part"] == pytest.approx(2 / 3)


def test_denominators_decide_the_share_and_not_the_number():
    found = change(*tables(ROWS, SIZES | {"2019": 100}), before="2018", after="2019", what="term").iloc[0]
    assert (found["change"], round(found["share_change"], 6)) == (2, -0.07)


def test_where_nothing_changed_there_are_no_parts():
    same = [*ROWS, ("2020", 4, "watch", True)]
    found = change(*tables(same, SIZES | {"2020": 10}), before="2018", after="2020", what="term")
    assert found[["part", "share_part"]].isna().all(axis=None)


def test_the_whole_is_what_hangs_on_one_term_or_on_none_where_terms_do_not_overlap():
    parts, periods = tables([row for row in ROWS if row[2] != "internet"], SIZES)
    found = change(parts, periods, before="2018", after="2019", what="term")
    assert found["part"].iloc[1:].sum() == pytest.approx(1)


def test_terms_by_period_are_those_that_most_hangs_on():
    found = by_period(*tables(ROWS, SIZES), what="term", top=2)
    assert found.values.tolist() == [
        ["2018", "watch", 1, 1, 1.0, 1.0],
        ["2019", "shutdown", 2, 2, 2 / 3, 1.0],
        ["2019", "watch", 1, 0, 0.0, 1.0],
    ]


@pytest.mark.parametrize(
    ("by", "expected"), [("year", ["2019", "2019", None]), ("quarter", ["2019Q2", None, None]), ("month", ["2019-05", None, None])]
)
def test_periods_are_those_that_a_date_tells(by, expected):
    posts = pd.DataFrame({"published": pd.to_datetime(["2019-05-31", "2019-01-01", None]), "published_precision": ["day", "year", None]})
    found = period_of(posts, by=by)
    assert [None if pd.isna(one) else one for one in found] == expected


def test_a_period_without_enough_posts_is_marked():
    counted = pd.DataFrame({"period": ["a"] * 5 + ["b"] * 4, "sentences": [6] * 9})
    assert period_table(counted, pd.DataFrame({"period": ["a"]})).values.tolist() == [
        ["a", 1, 30, 1 / 30, 5, True],
        ["b", 0, 24, 0.0, 4, False],
    ]
