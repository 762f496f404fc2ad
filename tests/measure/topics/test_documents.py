"""What a topic model reads, and what it leaves out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import groups, planted

from discourse.errors import InputError
from discourse.measure.topics.documents import documents, windows


@given(st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=30), min_size=1, max_size=8), st.integers(20, 200))
def test_windows_are_runs_of_sentences_of_one_post_of_about_the_size_asked(posts, size):
    post = np.repeat(np.arange(len(posts)), [len(some) for some in posts])
    n_words = np.concatenate(posts).astype(float)
    found = windows(post, n_words, words=size)
    assert found[0] == 0
    assert set(np.diff(found)) <= {0, 1}
    assert all(len(set(post[found == k])) == 1 for k in set(found.tolist()))
    totals, longest = np.bincount(found, weights=n_words), n_words.max()
    assert totals.max() <= 1.5 * size + longest
    assert windows(post, n_words, words=None).tolist() == post.tolist()


def test_the_order_of_the_tables_does_not_matter(sample):
    posts, sentences, mentions, _ = planted(groups(sample))
    first = documents(posts, sentences, mentions, language="en")
    again = documents(posts.sample(frac=1, random_state=1), sentences.sample(frac=1, random_state=2), mentions, language="en")
    assert first.posts == again.posts
    assert (first.window == again.window).all()
    assert (first.words.counts != again.words.counts).nnz == 0


def test_counts_of_windows_add_up_to_those_of_sentences(sample):
    made = documents(*planted(groups(sample))[:3], language="en", window=40)
    assert (made.counts().sum(axis=0) == made.words.counts.sum(axis=0)).all()
    assert made.counts().shape[0] == 2 * len(made.posts)
    assert made.post_of()[made.window].tolist() == made.post.tolist()
    assert made.sizes().sum() == made.sentences["n_words"].sum()


def test_names_of_people_repeated_sentences_and_other_languages_are_left_out(sample):
    posts, sentences, mentions, _ = planted(groups(sample))
    sentences.loc[sentences["sentence"] == 0, "text"] = [f"Donate Today {n} to the Wall." for n in range(80)]
    other = sentences["sentence"] == 1
    sentences.loc[other, ["text", "language"]] = ["휴대전화 wall", "ko"]
    named = sentences.loc[sentences["sentence"] == 2].copy()
    sentences.loc[named.index, "text"] = [f"Zelda{n % 7} met the {text}" for n, text in enumerate(named["text"])]
    people = named[["post_id", "sentence", "start"]].assign(end=named["start"] + 6, label="PERSON")
    seen = documents(posts, sentences, mentions, language="en")
    made = documents(posts, sentences, people, language="en")
    assert "zelda0" in seen.words.names
    assert not {word for word in made.words.names if word.startswith(("zelda", "donate", "휴대"))}
    assert made.left_out == {"sentences in another language": 80, "sentences that stand in 3 posts or more": 80}
    assert made.sentences["text"].str.startswith("Zelda").any()


@pytest.mark.parametrize("n", [0, 1, 19])
def test_few_posts_are_refused(sample, n):
    posts, sentences, mentions, _ = planted(groups(sample))
    with pytest.raises(InputError, match=f"Topics need at least 20 posts that count, and here are {n}"):
        documents(posts.head(n), sentences, mentions, language="en")


def test_a_post_without_a_word_of_the_vocabulary_is_counted(sample):
    posts, sentences, mentions, _ = planted(groups(sample))
    alone = posts.iloc[[0]].assign(post_id="planted/zzz")
    said = sentences.iloc[[0]].assign(post_id="planted/zzz", text="Unheard-of.")
    made = documents(pd.concat([posts, alone]), pd.concat([sentences, said]), mentions, language="en")
    assert made.left_out == {"sentences without a word of the vocabulary": 1, "posts without a word of the vocabulary": 1}
    assert len(made.posts) == len(posts)


@pytest.mark.parametrize("text", ["It was {}.", "Everybody reads {}."])
def test_posts_without_words_in_common_or_with_all_in_common_are_refused(sample, text):
    posts, sentences, mentions, _ = planted(groups(sample))
    said = [text.format(f"{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{chr(97 + n // 676)}zz") for n in range(len(sentences))]
    with pytest.raises(InputError, match="No word stands in 5 posts or more and in 50% of the"):
        documents(posts, sentences.assign(text=said), mentions, language="en")
