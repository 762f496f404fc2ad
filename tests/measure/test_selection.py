"""Groups as people type them."""

import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.measure import select

POSTS = pd.DataFrame({
    "post_id": ["a", "b", "c"], "source": ["one", "one", "two"], "authors": [["Ann"], ["Ann", "Ben"], []],
    "published": pd.to_datetime(["2018-03-05", "2019-06-01", None]), "published_precision": ["day", "month", None],
    "categories": [["Arts & Culture"], ["Privacy", "Arts & Culture"], []],
})  # fmt: skip
SENTENCES = pd.DataFrame({"post_id": list("aabbc"), "sentence": [0, 1, 0, 1, 0]})
CODINGS = pd.DataFrame(
    [
        ["a", 0, "hope", "author", "asserted"], ["a", 1, "hope", "other", "asserted"], ["b", 0, "hope", "author", "rejected"],
        ["b", 1, "hope", "author", "hedged"], ["b", 0, "radio", "other", "rejected"], ["b", 1, "radio", "author", "asserted"],
    ],
    columns=["post_id", "sentence", "code", "holder", "modality"],
)  # fmt: skip
CORPUS = {"posts": POSTS, "sentences": SENTENCES, "codings": CODINGS}


def chosen(text):
    return select(text, CORPUS, framings=["hope"], themes=["radio"])


GROUPS = [
    ("source=two", [4], []), ("category=Privacy", [2, 3], []), ("category=Arts & Culture", [0, 1, 2, 3], []),
    ("category = Arts & Culture & year=2018", [0, 1], []), ("author=Ben", [2, 3], []), ("author=(no author)", [4], []),
    ("year=2018", [0, 1], []), ("year=2018..", [0, 1, 2, 3], []), ("year=..2018", [0, 1], []), ("month=2019-01..2019-12", [2, 3], []),
    ("quarter=2018Q1", [0, 1], []),
    ("code=hope", [0, 3], [1, 2]), ("code=hope & holder=other", [1], [0, 2, 3]), ("code=hope & modality=rejected", [2], [0, 1, 3]),
    ("code=hope & holder=author & modality=hedged", [3], [0, 1, 2]), ("code=radio", [2, 3], []), ("code=radio & holder=other", [2], [3]),
    ("code=hope & code=radio", [3], [0, 1, 2]), ("code=hope & year=2018", [0], [1, 2, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "inside", "otherwise"), GROUPS)
def test_groups(text, inside, otherwise):
    found = chosen(text)
    assert [found.inside.nonzero()[0].tolist(), found.otherwise.nonzero()[0].tolist()] == [inside, otherwise]


REFUSED = [
    ("Privacy", "'Privacy' is no group; write KEY=VALUE"),
    ("category=", "is no group"),
    ("categry=Privacy", "there is no key 'categry'. Did you mean 'category'"),
    ("category=Privcy", "There is no category 'Privcy' among the posts that count. Did you mean 'Privacy'"),
    ("code=hop", "There is no code 'hop'. Did you mean 'hope'"),
    ("code=hope & holder=me", "there is no holder 'me'. Known: author, other"),
    ("holder=other", "holder goes with a code"),
    ("code=hope & holder=other & holder=author", "give holder and modality once each"),
    ("year=2030", "There is no post of the year '2030'; posts go from 2018 to 2019"),
    ("year=2018 & source=two", "no sentence is in this group"),
    ("month=19-01", "There is no post of the month"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refusals(text, message):
    with pytest.raises(InputError, match=message):
        chosen(text)


def test_posts_without_dates_are_of_no_period():
    corpus = CORPUS | {"posts": POSTS.assign(published=pd.NaT)}
    with pytest.raises(InputError, match="no post that counts says its date so closely"):
        select("year=2018", corpus, framings=[], themes=[])
