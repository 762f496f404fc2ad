"""How many posts cite a source: known shares, the rule of few posts, and what is left out."""

import pandas as pd
import pytest

from discourse.measure.cited_shares import cited_by


def posts(n):
    return pd.DataFrame({"post_id": [f"p{k:02d}" for k in range(n)]})


def cited(*rows):
    """Return citations from (post, host)."""
    return pd.DataFrame([(f"p{p:02d}", host) for p, host in rows], columns=["post_id", "domain"]).astype(object)


MANY = cited((0, "a.org"), (0, "a.org"), (1, "a.org"), (2, "b.org"), (3, "c.org"), (4, "c.org"), (5, None))


def test_known_shares():
    table = cited_by(posts(10), MANY, what="domain")
    assert table[["domain", "n", "n_posts", "denominator"]].values.tolist() == [
        ["a.org", 3, 2, 10], ["c.org", 2, 2, 10], ["b.org", 1, 1, 10],
    ]  # fmt: skip
    assert table["estimate"].tolist() == [0.2, 0.2, 0.1]
    assert ((table["low"] <= table["estimate"]) & (table["estimate"] <= table["high"])).all()


@pytest.mark.parametrize(("options", "hosts"), [({"fewest": 2}, ["a.org", "c.org"]), ({"most": 1}, ["a.org"]), ({"fewest": 3}, [])])
def test_few_and_most(options, hosts):
    assert cited_by(posts(10), MANY, what="domain", **options)["domain"].tolist() == hosts


def test_of_few_posts_there_is_a_count_alone():
    table = cited_by(posts(3), cited((0, "a.org")), what="domain")
    assert table["n_posts"].tolist() == [1]
    assert table[["estimate", "low", "high"]].isna().all(axis=None)


def test_where_every_post_cites_there_is_no_interval():
    table = cited_by(posts(6), cited(*((k, "a.org") for k in range(6))), what="domain")
    assert (table["estimate"].tolist(), table["low"].isna().all()) == ([1.0], True)
