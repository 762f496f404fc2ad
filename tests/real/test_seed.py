"""The page that the project began with, point by point."""

import re

import pandas as pd
import pytest

import discourse


@pytest.fixture(scope="module")
def seed(workspaces):
    return workspaces["seed"]


@pytest.fixture(scope="module")
def post(seed):
    posts = discourse.table(seed, "posts")
    assert len(posts) == 1
    return posts.iloc[0]


def test_the_post(post):
    assert post["title"] == "protecting digital rights in north korea"
    assert post["published"] == pd.Timestamp("2022-02-22")
    assert (post["authors"], post["author_roles"]) == (["Diletta De Luca"], ["HRNK Research Intern"])
    assert post["editors"] == ["Raymond Ha"]
    assert post["categories"] is None
    assert post["author_note"].startswith("Diletta De Luca is a graduate student")
    assert 680 <= post["n_words"] <= 700


def test_the_blogs_categories_are_kept_once(seed):
    (categories,) = discourse.table(seed, "sources")["categories"]
    assert len(categories) == len(set(categories)) == 94


def test_the_notes(seed, post):
    notes = discourse.table(seed, "notes")
    assert notes["number"].nunique() == 14
    stands_for = {(row.number, row.part): row.cites for row in notes.itertuples() if isinstance(row.cites, str)}
    assert stands_for == {("5", 1): "4", ("7", 1): "4", ("9", 1): "2", ("14", 1): "1"}
    assert notes.query("number == '5' and part == 2")["author"].item() == "Kris Ruijgrok"
    assert notes.query("number == '10'")[["year", "domain"]].values.tolist() == [[2022, "apnews.com"]]
    for row in notes.query("part == 1").itertuples():
        assert post["text"][row.anchor - 1] in ".,;", row.number


def test_the_comment_is_pseudonymous(seed):
    comments = discourse.table(seed, "comments")
    assert comments["text"].tolist() == ["Brilliant"]
    assert re.fullmatch(r"reader-[0-9a-f]{8}", comments["author"].item())


def test_the_sections_and_sentences(seed):
    sentences = discourse.table(seed, "sentences")
    assert sentences["section"].dropna().unique().tolist() == [
        "Digital Tools & Authoritarian Regimes",
        "Digitalization Developments in North Korea",
        "Implications for Human Rights in North Korea",
    ]
    assert len(sentences) == 26


def test_nothing_of_the_page_around_it_is_in_the_text(post):
    for stranger in (
        "Dedication",
        "dedicate this program",
        "Leave a Reply",
        "Archives",
        "July 2022",
        "Bithumb",
        "RSS",
        "DONATE",
        "NKHIDDENGULAG",
        "Picture",
        "Edited by",
        "[",
    ):
        assert stranger not in post["text"], stranger
