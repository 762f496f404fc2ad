"""Who is named with whom: pairs with known answers, association equal to scipy's, and graphs that do not move."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency

from discourse.errors import InputError
from discourse.export import to_csv, to_graphml
from discourse.measure.co_mentions import co_mentions, holding, log_likelihood, npmi
from discourse.measure.named_graph import as_graph, companies

NAMES = ["bank", "court", "mill", "press"]


def posts(n):
    return pd.DataFrame({"post_id": [f"p{k:02d}" for k in range(n)], "published": pd.Timestamp("2020-05-01")})


def mentions(*rows):
    """Return mentions from (post, sentence, entity)."""
    frame = pd.DataFrame(
        [(f"p{p:02d}", s, e, e.title(), "ORG") for p, s, e in rows], columns=["post_id", "sentence", "entity", "name", "label"]
    )
    return frame.astype({"sentence": int})


def entities(named):
    grouped = named.groupby("entity", sort=True)
    return grouped.agg(name=("name", "first"), label=("label", "first"), n_posts=("post_id", "nunique")).reset_index()


FOUR = np.array(
    [[12, 5, 3, 80], [1, 9, 9, 81], [30, 0, 0, 70], [10, 10, 30, 50], [0, 10, 10, 80], [25, 25, 25, 25]]
)  # both, one, other, none


@pytest.mark.parametrize("cells", FOUR.tolist())
def test_log_likelihood_is_that_of_scipy_with_a_sign(cells):
    both, one, other, none = cells
    expected = chi2_contingency([[both, one], [other, none]], correction=False, lambda_="log-likelihood").statistic
    found = log_likelihood(*(np.array([float(n)]) for n in (both, both + one, both + other)), sum(cells))[0]
    assert abs(found) == pytest.approx(expected, abs=1e-9)
    assert found >= 0 or both < (both + one) * (both + other) / sum(cells)


@pytest.mark.parametrize("cells", FOUR.tolist())
def test_npmi_is_pointwise_information_by_its_most(cells):
    both, one, other, _ = cells
    p, a, b = (n / sum(cells) for n in (both, both + one, both + other))
    expected = -1.0 if not both else np.log(p / (a * b)) / -np.log(p)
    assert npmi(*(np.array([float(n)]) for n in (both, both + one, both + other)), sum(cells))[0] == pytest.approx(expected)


@pytest.mark.parametrize(("n", "n_a", "n_b"), [(0, 0, 5), (0, 5, 0), (10, 10, 10)])
def test_npmi_of_what_is_never_named_or_always_is_unknown(n, n_a, n_b):
    assert np.isnan(npmi(*(np.array([float(value)]) for value in (n, n_a, n_b)), 10)[0])


def test_pairs_have_their_known_answers():
    named = mentions((0, 0, "court"), (0, 0, "bank"), (0, 1, "bank"), (0, 1, "court"), (1, 0, "bank"), (1, 1, "court"), (2, 0, "mill"))
    columns = ["a", "b", "n_posts", "n_sentences", "n_both", "n_a", "n_b", "denominator", "expected"]
    in_sentences = co_mentions(posts(4), named)
    assert in_sentences[columns].values.tolist() == [["bank", "court", 1, 2, 2, 2, 2, 4, 1.0]]
    in_posts = co_mentions(posts(4), named, within="post")
    assert in_posts[columns].values.tolist() == [["bank", "court", 2, 2, 2, 2, 2, 4, 1.0]]
    assert in_posts["note"].tolist() == ["together in fewer than 5 posts"]
    assert in_posts[["log_likelihood", "npmi", "low"]].isna().all(axis=None)
    assert co_mentions(posts(4), named, within="post", fewest=3).empty


def test_a_pair_in_five_posts_has_an_association_with_its_interval():
    named = mentions(*((p, 0, e) for p in range(6) for e in ("bank", "court")), (6, 0, "bank"), (7, 0, "court"), (8, 0, "mill"))
    row = co_mentions(posts(20), named).iloc[0]
    assert row["npmi"] == pytest.approx(np.log(6 * 20 / 49) / -np.log(6 / 20))
    assert 0 < row["low"] < row["npmi"] < row["high"] <= 1
    always = co_mentions(posts(20), mentions(*((p, 0, e) for p in range(6) for e in ("bank", "court")))).iloc[0]
    assert (always["npmi"], pd.isna(always["low"])) == (pytest.approx(1), True)


def test_a_unit_that_is_not_there_is_refused():
    with pytest.raises(InputError, match=r"no unit 'sentense'\. Did you mean 'sentence'"):
        co_mentions(posts(1), mentions(), within="sentense")


ROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), st.sampled_from(NAMES)), max_size=40)


@given(ROWS, st.randoms(use_true_random=False))
def test_pairs_are_symmetric_and_do_not_hang_on_the_order_of_rows(rows, chance):
    named = mentions(*rows)
    for within in ("sentence", "post"):
        pairs = co_mentions(posts(8), named, within=within)
        shuffled = list(rows)
        chance.shuffle(shuffled)
        assert to_csv(co_mentions(posts(8), mentions(*shuffled), within=within)) == to_csv(pairs)
        swapped = dict(zip(NAMES, reversed(NAMES), strict=True))
        mirror = co_mentions(posts(8), named.assign(entity=named["entity"].map(swapped)), within=within)
        counts = {frozenset((row.a, row.b)): (row.n_posts, row.n_sentences, row.n_both) for row in pairs.itertuples()}
        again = {frozenset((swapped[row.a], swapped[row.b])): (row.n_posts, row.n_sentences, row.n_both) for row in mirror.itertuples()}
        assert counts == again
        assert (pairs["a"] < pairs["b"]).all()
        assert (pairs["n_posts"] <= pairs["n_both"]).all()
        assert (pairs["n_both"] <= pairs[["n_a", "n_b"]].min(axis=1)).all()


def two_circles():
    """Return posts in which bank and court go together, and mill and press; the two circles meet once."""
    rows = [(p, 0, e) for p in range(20) for e in (NAMES[:2] if p % 2 else NAMES[2:])]
    return posts(30), mentions(*rows, (0, 0, "bank"), (1, 1, "bank"), (25, 0, "court"), (26, 0, "press"), (27, 0, "mill"), (28, 0, "bank"))


def test_companies_are_those_named_together_beyond_chance():
    frame, named = two_circles()
    graph = as_graph(co_mentions(frame, named, within="post"), entities(named))
    found = companies(graph)
    assert found.groupby("company")["entity"].apply(list).tolist() == [["bank", "court"], ["mill", "press"]]
    assert found["n_neighbours"].tolist() == [1, 1, 1, 1]
    assert graph.edges["bank", "court"]["weight"] == 10
    assert "npmi" not in graph.edges["bank", "press"]


def test_without_a_pair_beyond_chance_there_is_no_company():
    named = mentions((0, 0, "bank"), (0, 0, "court"))
    assert companies(as_graph(co_mentions(posts(3), named), entities(named))).empty


PROGRAM = """
from test_co_mentions import as_graph, co_mentions, companies, entities, to_csv, to_graphml, two_circles
frame, named = two_circles()
pairs = co_mentions(frame, named, within="post")
graph = as_graph(pairs, entities(named))
print(repr((to_csv(pairs), to_csv(companies(graph)), to_graphml(graph))))
"""


def test_files_are_the_same_in_every_process(root):
    printed = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=root / "tests" / "measure",
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(printed) == 1
    assert "graphml" in printed.pop()


def test_graphml_holds_the_graph(tmp_path):
    import networkx as nx

    frame, named = two_circles()
    graph = as_graph(co_mentions(frame, named), entities(named.assign(name="A & <B>\x01")))
    (tmp_path / "g.graphml").write_bytes(to_graphml(graph))
    read = nx.read_graphml(tmp_path / "g.graphml")
    assert sorted(read) == NAMES
    assert read.nodes["bank"]["name"] == "A & <B>"
    assert read.edges["bank", "court"]["n_posts"] == 10


def test_a_pair_holds_where_interval_and_test_both_say_so():
    always = [(p, 0, e) for p in range(12) for e in ("bank", "court")]
    apart = [(p, 0, "mill" if p % 2 else "press") for p in range(12, 40)]
    seldom = [(p, 0, e) for p in range(5) for e in ("mill", "press")]
    pairs = co_mentions(posts(60), mentions(*always, (50, 0, "bank"), (51, 0, "court"), *apart, *seldom))
    held = holding(pairs)
    assert held[["a", "b"]].values.tolist() == [["bank", "court"]]
    assert (held["low"] > 0).all()
    few = pairs["n_posts"] < 5
    assert pairs.loc[few, "p_value"].isna().all()
    tested = pairs.loc[~few].copy()
    plain = chi2.sf(tested["log_likelihood"].abs(), 1)
    assert (tested["p_value"].to_numpy() >= plain - 1e-12).all()  # corrected for the number of pairs
