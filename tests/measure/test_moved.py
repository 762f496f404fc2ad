"""Shares that moved between two runs: the parts are what they are called, add up, and turn round with the runs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.measure.aligned import align
from discourse.measure.measures import Measure
from discourse.measure.moved import PARTS, Side, moved_shares, parts_of_difference

SOUP = Measure("share", "soup")


def corpus(posts):
    """Return a run from post -> (year, category, sentences); a sentence with a capital carries the code, and its text is in small letters."""
    rows = [(post, n, text.lower(), text.isupper()) for post, (_, _, texts) in sorted(posts.items()) for n, text in enumerate(texts)]
    sentences = pd.DataFrame(rows, columns=["post_id", "sentence", "text", "coded"]).astype({"sentence": "int64", "coded": bool})
    table = pd.DataFrame(
        [(post, pd.Timestamp(year, 1, 1), "day", [category], "b", []) for post, (year, category, _) in sorted(posts.items())],
        columns=["post_id", "published", "published_precision", "categories", "source", "authors"],
    ).astype({"published": "datetime64[ms]"})
    codings = sentences.loc[sentences["coded"], ["post_id", "sentence"]].assign(code="soup", holder="author", modality="asserted")
    return Side(table, sentences.drop(columns="coded"), codings, frozenset(posts), (SOUP,))


def moved(before, after, by=()):
    return moved_shares(before, after, align(before.sentences, after.sentences), by=by)


def posts_of(years=(2019, 2020)):
    one = st.tuples(st.sampled_from(years), st.sampled_from(["x", "y"]), st.lists(st.sampled_from("abcABC"), max_size=5))
    return st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), one, min_size=1)


FIRST = {"p": (2019, "x", "Abc"), "q": (2019, "x", "aB"), "r": (2020, "y", "abcD")}


@pytest.mark.parametrize(
    ("change", "part", "year"),
    [
        ({"s": (2019, "x", "D")}, "added", "2019"),
        ({"q": None}, "removed", "2019"),
        ({"r": (2019, "y", "abcD")}, "moved", "2019"),
        ({"r": (2019, "y", "abcD")}, "moved", ""),
        ({"p": (2019, "x", "Abcd")}, "edited", "2019"),
        ({"p": (2019, "x", "ABC")}, "recoded", "2019"),
    ],
)
def test_a_part_is_what_it_is_called(change, part, year):
    second = {post: row for post, row in {**FIRST, **change}.items() if row}
    found = pd.concat([moved(corpus(FIRST), corpus(second), by) for by in ((), ("year",))]).set_index("period")
    if (part, year) == ("moved", ""):
        assert "" not in found.index  # over all, no post has moved
        return
    row = found.loc[year]
    assert row[part] == pytest.approx(row["difference"])
    assert row[[name for name in PARTS if name != part]].eq(0).all()
    assert row["difference"] != 0


def test_parts_that_cancel_each_other_are_told():
    second = {post: row for post, row in FIRST.items() if post != "q"} | {"s": (2019, "x", "Cd")}
    (row,) = moved(corpus(FIRST), corpus(second)).to_dict("records")
    assert row["difference"] == 0
    assert row["added"] == -row["removed"] != 0


def test_a_group_of_one_run_has_no_difference():
    found = moved(corpus(FIRST), corpus(FIRST | {"s": (2021, "x", "Ab")}), ("year",)).set_index("period")
    assert found.loc["2021", ["n_after", "denominator_before", "denominator_after"]].tolist() == [1, 0, 2]
    assert found.loc["2021", ["before", "difference", *PARTS]].isna().all()


def test_a_code_of_one_codebook_has_no_share_in_the_other_run():
    first = corpus(FIRST)._replace(measures=(), codings=corpus(FIRST).codings.iloc[:0])
    (row,) = moved(first, corpus(FIRST)).to_dict("records")
    assert (row["n_after"], row["after"], row["note"]) == (3, 3 / 9, "new: the first run has no such code")
    assert pd.isna(row["n_before"])
    assert np.isnan([row["before"], row["difference"], row["added"]]).all()


@given(posts_of(), posts_of(), st.sampled_from([(), ("year",), ("category",)]))
def test_shares_are_plain_shares_and_the_parts_add_up(first, second, by):
    before, after = corpus(first), corpus(second)
    found = moved(before, after, by)
    both = found[found["difference"].notna()]
    np.testing.assert_allclose(both[list(PARTS)].sum(axis=1), both["difference"], atol=1e-12)
    for row in found.to_dict("records"):
        for posts, side in ((first, "before"), (second, "after")):
            inside = [
                texts for year, category, texts in posts.values() if row["period"] in ("", str(year)) and row["category"] in ("", category)
            ]
            texts = [text for some in inside for text in some]
            assert (row[f"n_{side}"], row[f"denominator_{side}"]) == (sum(text.isupper() for text in texts), len(texts))


@given(posts_of(), posts_of())
def test_runs_turned_round_turn_the_signs(first, second):
    before, after = corpus(first), corpus(second)
    one, other = moved(before, after, ("year",)), moved(after, before, ("year",))
    assert one["period"].tolist() == other["period"].tolist()
    np.testing.assert_allclose(one["difference"], -other["difference"], atol=1e-12)
    turned = ["removed", "added", "moved", "edited", "recoded"]
    np.testing.assert_allclose(one[list(PARTS)], -other[turned].to_numpy(), atol=1e-12)


@given(posts_of())
def test_a_run_beside_itself_has_not_moved(posts):
    assert moved(corpus(posts), corpus(posts), ("year",)).empty


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=5), st.integers(1, 100), st.integers(0, 100))
def test_parts_add_up_for_any_numbers(changes, sentences, hits):
    n, d = (np.array([change[k] for change in changes], dtype=float) for k in (0, 1))
    parts = parts_of_difference(n, d, (np.array(float(hits)), np.array(float(sentences))))
    whole = (hits + n.sum()) / (sentences + d.sum()) - hits / sentences
    assert parts.sum() == pytest.approx(whole, abs=1e-12)
