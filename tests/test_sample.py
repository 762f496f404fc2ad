"""The embedded sample: what it holds, and a quality gate that templates, paraphrase mills and near-copies would not pass."""

import re
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from discourse import table
from discourse.tag.sentences import split

WORD = re.compile(r"[^\W_]+(?:['’.\-‐‑][^\W_]+)*")
WINDOW = 500
RUN = 12
# 10th and 90th percentile of 325 posts of 200 to 700 words of two real blogs, the Internet Freedom Foundation's archive and Digital
# Rights Watch (November 2026). Posts of like length, because a text shorter than the window has a type-token ratio that falls with length.
REAL = {"mattr_500": (0.4777, 0.6209), "sentence_length_sd": (6.85, 14.05), "sentence_length_mean": (16.17, 28.18)}


def words(text):
    return [word.lower() for word in WORD.findall(text)]


def mattr(tokens, window=WINDOW):
    """Moving-average type-token ratio (Covington and McFall 2010); of the whole where it is shorter than the window."""
    if len(tokens) <= window:
        return len(set(tokens)) / len(tokens)
    return np.mean([len(set(tokens[i : i + window])) / window for i in range(len(tokens) - window + 1)])


@pytest.fixture(scope="module")
def posts(sample):
    return table(sample, "posts")


@pytest.fixture(scope="module")
def english(posts):
    return posts[posts["language"] == "en"]


def test_its_size_and_span(posts):
    assert len(posts) >= 96
    assert posts["n_words"].sum() >= 30_000
    assert posts["n_words"].between(200, 700).all()
    assert str(posts["published"].min())[:7] == "2015-07"
    assert str(posts["published"].max())[:7] == "2022-07"
    assert set(posts["published"].dt.year) == set(range(2015, 2023))


def test_its_apparatus(sample, posts):
    assert posts["authors"].map(tuple).nunique() >= 6
    assert (posts["language"] == "ko").sum() == 3
    assert posts["author_note"].notna().sum() >= 20
    assert posts["reprinted_from"].notna().sum() == 2
    assert posts["translators"].map(len).sum() >= 1
    assert posts["series"].nunique() >= 2
    notes = table(sample, "notes")
    assert set(notes["post_id"]) == set(posts["post_id"])
    assert notes["anchor"].notna().all()
    assert notes["cites"].notna().sum() >= 40
    assert len(table(sample, "comments")) >= 30
    assert posts["text"].str.contains("관리소").any()


def test_every_author_is_a_pen_name_listed_in_the_readme(root, posts):
    readme = (root / "data" / "raw" / "sample" / "README.md").read_text(encoding="utf-8")
    for column in ("authors", "editors", "translators"):
        for names in posts[column]:
            assert all(name in readme for name in names)


def test_its_categories_have_the_near_duplicates_of_real_blogs(posts):
    folded = {name for names in posts["categories"] for name in names}
    raw = {name for names in posts["categories_raw"] for name in names}
    assert 15 <= len(folded) <= 25
    assert {"Cybercrime", "Cyber Crime", "Kim Jong Un", "Kim Jong-un"} <= raw
    assert sum(len(names) > 1 for names in posts["categories"]) > len(posts) / 2


def test_months_are_uneven(posts):
    per_month = posts["published"].dt.to_period("M").value_counts()
    assert per_month.max() >= 3
    assert len(per_month) < 85  # of the 85 months from July 2015 to July 2022


def test_no_note_names_a_work_later_than_its_post(sample, posts):
    year = posts.set_index("post_id")["published"].dt.year
    notes = table(sample, "notes").dropna(subset=["year"])
    assert (notes["year"].to_numpy() <= notes["post_id"].map(year).to_numpy()).all()


def test_no_two_posts_share_a_run_of_twelve_words(posts):
    seen = {}
    for post_id, text in zip(posts["post_id"], posts["text"], strict=True):
        tokens = words(text)
        for run in {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}:
            assert seen.setdefault(run, post_id) == post_id, " ".join(run)


def test_no_two_posts_begin_or_end_alike(posts):
    for ends in ([tuple(words(t)[:5]) for t in posts["text"]], [tuple(words(t)[-5:]) for t in posts["text"]]):
        assert Counter(ends).most_common(1)[0][1] == 1


def test_no_two_posts_share_their_vocabulary_as_paraphrases_do(posts):
    """The closest two posts share fewer than half of their words, counted as Jaccard similarity of word sets."""
    sets = [set(words(text)) for text in posts["text"]]
    assert max(len(a & b) / len(a | b) for a, b in combinations(sets, 2)) < 0.5


@pytest.mark.parametrize("measure", REAL)
def test_the_median_post_reads_like_a_real_one(english, measure):
    values = []
    for text in english["text"]:
        lengths = [len(words(s["text"])) for s in split(text)]
        values.append(
            {"mattr_500": mattr(words(text)), "sentence_length_sd": np.std(lengths), "sentence_length_mean": np.mean(lengths)}[measure]
        )
    low, high = REAL[measure]
    assert low <= np.median(values) <= high


def test_the_gate_would_stop_a_template():
    template = "The {} is a tool of control and the {} is a tool of freedom. "
    text = "".join(template.format(a, b) for a, b in zip("abcdefghij" * 5, "klmnopqrst" * 5, strict=True))
    assert mattr(words(text)) < REAL["mattr_500"][0]
