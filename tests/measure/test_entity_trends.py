"""Who is named when, and in sentences that carry a code: known answers, the rule of few posts, and counts that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.export import to_csv
from discourse.measure.entity_framings import entity_lift
from discourse.measure.entity_trends import entities_named, entity_shares, mention_counts, naming

COLUMNS = ["post_id", "sentence", "start", "entity", "name", "label"]
NAMES = {"navalia": ("Navalia", "GPE"), "court": ("High Court", "ORG"), "unlinked/org/soup club": ("Soup Club", "ORG")}


def posts(*years):
    """Return posts, one a year given; None is undated."""
    days = pd.to_datetime([None if year is None else f"{year}-05-01" for year in years])
    return pd.DataFrame(
        {
            "post_id": [f"p{k:02d}" for k in range(len(years))], "published": days, "published_precision": "day", "source": "s",
            "categories": [["Law"] if k % 2 else ["Law", "Privacy"] for k in range(len(years))], "authors": [["Ann Lee"]] * len(years),
        }
    )  # fmt: skip


def mentions(*rows):
    """Return mentions from (post, sentence, entity)."""
    return pd.DataFrame([(f"p{p:02d}", s, k, entity, *NAMES[entity]) for k, (p, s, entity) in enumerate(rows)], columns=COLUMNS)


def sentences(n_posts, per_post):
    return pd.DataFrame([(f"p{p:02d}", s) for p in range(n_posts) for s in range(per_post)], columns=["post_id", "sentence"])


def test_entities_are_counted_by_posts_sentences_and_mentions():
    named = mentions((0, 0, "navalia"), (0, 0, "navalia"), (1, 0, "navalia"), (1, 2, "court"), (1, 3, "unlinked/org/soup club"))
    table = entities_named(named, posts(2019, 2020))
    columns = ["entity", "name", "label", "linked", "n_posts", "n_sentences", "n_mentions"]
    assert table[columns].values.tolist() == [
        ["navalia", "Navalia", "GPE", True, 2, 2, 3],
        ["court", "High Court", "ORG", True, 1, 1, 1],
        ["unlinked/org/soup club", "Soup Club", "ORG", False, 1, 1, 1],
    ]
    assert [day.year for day in table.loc[0, ["first", "last"]]] == [2019, 2020]


def test_the_usual_name_and_label_are_shown():
    named = mentions((0, 0, "court"), (0, 1, "court"), (1, 0, "court")).assign(name=["The Court", "High Court", "High Court"])
    assert entities_named(named, posts(2019, 2019)).loc[0, "name"] == "High Court"


def test_shares_by_year_and_the_rule_of_few_posts():
    frame = posts(*[2019] * 6, *[2020] * 4, None)
    named = mentions((0, 0, "navalia"), (0, 1, "navalia"), (3, 0, "navalia"), (7, 0, "navalia"), (10, 0, "navalia"))
    shares = entity_shares(frame, named, ["navalia"], by=["year"])
    assert shares[["period", "n", "denominator"]].values.tolist() == [["2019", 2, 6], ["2020", 1, 4]]
    first, last = shares.to_dict("records")
    assert first["estimate"] == pytest.approx(1 / 3)
    assert first["low"] < 1 / 3 < first["high"]
    assert (pd.isna(last["estimate"]), last["note"]) == (True, "fewer than 5 posts")
    whole = entity_shares(frame, named, ["navalia", "court"])
    assert whole["n"].tolist() == [4, 0]
    assert whole["low"].isna().tolist() == [False, True]


def test_nobody_named_is_an_empty_table():
    empty = mentions().astype(str)
    assert len(entities_named(empty, posts(2019))) == 0
    assert len(entity_shares(posts(2019), empty, [])) == 0


ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from(list(NAMES))), min_size=1, max_size=25)


@given(ROWS, st.permutations(range(10)))
def test_counts_add_up_over_years_and_do_not_hang_on_the_order_of_rows(rows, order):
    frame, named = posts(*[2018, 2019] * 5), mentions(*rows)
    entities = entities_named(named, frame)["entity"].tolist()
    by_year, whole = entity_shares(frame, named, entities, by=["year"]), entity_shares(frame, named, entities)
    assert by_year.groupby("code")["n"].sum().to_dict() == whole.set_index("code")["n"].to_dict()
    assert whole["n"].tolist() == naming(named, frame, entities).sum(axis=0).tolist()
    again = entities_named(named.iloc[::-1], frame.iloc[list(order)].reset_index(drop=True))
    assert to_csv(again) == to_csv(entities_named(named, frame))


def lifts(rows, coded, n_posts=6, per_post=10, entities=("navalia", "court")):
    marked = pd.DataFrame([(f"p{p:02d}", s) for p, s in coded], columns=["post_id", "sentence"])
    return entity_lift(posts(*[2019] * n_posts), sentences(n_posts, per_post), mentions(*rows), marked, entities).set_index("entity")


CODED = [(p, s) for p in range(6) for s in range(5)]  # 30 of 60 sentences


def test_lift_is_the_share_in_the_codes_sentences_by_the_share_in_all():
    rows = [*((p, 0, "navalia") for p in range(6)), *((p, 9, "navalia") for p in range(3)), *((p, 0, "court") for p in range(6))]
    found = lifts([*rows, (0, 0, "navalia")], CODED)
    columns = ["n", "n_posts", "n_coded", "n_naming", "n_posts_naming", "denominator"]
    assert found.loc["navalia", columns].tolist() == [6, 6, 30, 9, 6, 60]
    assert found.loc["navalia", ["share", "share_all", "lift"]].tolist() == pytest.approx([6 / 30, 9 / 60, 4 / 3])
    assert found.loc["court", "lift"] == pytest.approx(2)
    assert found.loc["navalia", "lift_low"] < 4 / 3 < found.loc["navalia", "lift_high"]


@pytest.mark.parametrize(
    ("rows", "coded", "note"),
    [
        ([(p, 0, "navalia") for p in range(6)], CODED[:29], "the code in fewer than 5 posts or 30 sentences"),
        (
            [(p, 0, "navalia") for p in range(6)],
            [(p, s) for p in range(4) for s in range(10)],
            "the code in fewer than 5 posts or 30 sentences",
        ),
        ([(p, 0, "navalia") for p in range(4)], CODED, "named in fewer than 5 posts"),
        ([], CODED, "named in fewer than 5 posts"),
    ],
)
def test_too_little_has_counts_and_no_estimate(rows, coded, note):
    found = lifts(rows, coded).loc["navalia"]
    assert found["note"] == note
    assert found[["share", "low", "lift", "lift_low"]].isna().all()


def test_never_in_the_codes_sentences_is_a_lift_of_nothing_without_an_interval():
    found = lifts([(p, 9, "court") for p in range(6)], CODED).loc["court"]
    assert (found["n"], found["lift"], pd.isna(found["lift_high"])) == (0, 0, True)


def test_what_has_nothing_to_do_with_the_code_has_a_lift_of_about_one():
    chance = np.random.default_rng(4)
    n_posts, per_post = 60, 20
    coded = [(p, s) for p in range(n_posts) for s in range(per_post) if chance.random() < 0.3]
    rows = [(p, s, "navalia") for p in range(n_posts) for s in range(per_post) if chance.random() < 0.2]
    found = lifts(rows, coded, n_posts, per_post).loc["navalia"]
    assert found["lift_low"] < 1 < found["lift_high"]


def test_mentions_are_counted_in_the_order_of_the_shares():
    frame = posts(*[2019] * 6, *[2020] * 6, None)
    named = mentions((0, 0, "navalia"), (0, 1, "navalia"), (7, 0, "navalia"), (8, 0, "court"), (12, 0, "court"))
    shares = entity_shares(frame, named, ["court", "navalia"], by=["year"])
    counts = mention_counts(frame, named, ["court", "navalia"], by=["year"])
    assert list(zip(shares["code"], shares["period"], counts, strict=True)) == [
        ("court", "2019", 0), ("court", "2020", 1), ("navalia", "2019", 2), ("navalia", "2020", 1),
    ]  # fmt: skip
    assert mention_counts(frame, named, ["court"]) == [2]
