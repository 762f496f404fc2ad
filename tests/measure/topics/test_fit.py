"""Topics that were planted are found again, whatever the method and the order of the posts."""

import numpy as np
import pytest
from planted import GROUPS, groups, planted

from discourse.errors import InputError
from discourse.measure.topics import consensus, documents, read, runs
from discourse.measure.topics.fit import METHODS, checked, fit, loadings, shares_of, weighted
from discourse.measure.topics.matching import matched, stability, top_words


@pytest.fixture(scope="module")
def corpus(sample):
    words = groups(sample)
    posts, sentences, mentions, truth = planted(words)
    return words, documents(posts, sentences, mentions, language="en"), truth


@pytest.mark.parametrize("method", METHODS)
def test_planted_topics_are_recovered(corpus, method):
    words, made, truth = corpus
    found = runs(made, GROUPS, method=method, seeds=4, done=lambda: None)
    assert stability(found) > 0.7  # twelve words of equal part are in no sure order
    seen = read(made, consensus(found), method=method)
    leading = [{made.words.names[word] for word in some} for some in top_words(seen.topics)]
    group_of = [max(range(GROUPS), key=lambda g, some=some: len(some & set(words[g]))) for some in leading]
    assert sorted(group_of) == list(range(GROUPS))
    assert all(len(some & set(words[g])) == len(some) for some, g in zip(leading, group_of, strict=True))
    assert [group_of[k] for k in seen.posts.argmax(axis=1)] == truth


@pytest.mark.parametrize("method", METHODS)
def test_rows_of_weights_sum_to_1_and_so_do_topics(corpus, method):
    made = corpus[1]
    seen = read(made, consensus(runs(made, 3, method=method, seeds=2, done=lambda: None)), method=method)
    for rows in (seen.posts, seen.windows, seen.topics):
        assert rows.sum(axis=1) == pytest.approx(1)
        assert (rows >= 0).all()
    assert (np.diff(seen.posts.mean(axis=0)) <= 0).all()


@pytest.mark.parametrize("method", METHODS)
def test_permuting_texts_permutes_their_weights(corpus, method):
    counts = corpus[1].counts()
    rows = weighted(counts, counts, method=method)
    topics = fit(rows, GROUPS, method=method, seed=0)
    order = np.random.default_rng(0).permutation(rows.shape[0])
    assert loadings(rows[order], topics, method=method) == pytest.approx(loadings(rows, topics, method=method)[order], abs=1e-6)


def test_a_seed_gives_the_same_topics_and_another_the_same_in_another_order(corpus):
    counts = corpus[1].counts()
    rows = weighted(counts, counts, method="nmf")
    first, again, other = (fit(rows, GROUPS, method="nmf", seed=seed) for seed in (0, 0, 1))
    assert (first == again).all()
    assert other[matched(first, other)] == pytest.approx(first, abs=0.01)


def test_a_text_without_a_word_holds_all_topics_alike():
    assert shares_of(np.zeros((1, 4))).tolist() == [[0.25] * 4]


@pytest.mark.parametrize(
    ("k", "method", "message"),
    [
        (1, "nmf", "k is 1: at least 2 topics"),
        (4, "nmf", "k is 4, and there are only 3 windows of text"),
        (3, "lda", "k is 3, and there are only 2 words that stand in enough posts"),
        (2, "nfm", "There is no method 'nfm'. Did you mean 'nmf'?"),
    ],
)
def test_what_cannot_be_fitted_is_refused(k, method, message):
    with pytest.raises(InputError, match=message):
        checked(np.zeros((3, 2)), k, method=method)
