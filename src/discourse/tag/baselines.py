"""What the framings are compared with: one pattern of keywords a framing, and a classifier of words and pairs of words.

A method that does no better than these is not worth its complexity. The classifier is tf-idf of words 1-2 with logistic regression, the
usual first baseline of text classification (Wang and Manning 2012, "Baselines and Bigrams"); nothing of it was tuned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from discourse.tag.cues import cues

__all__ = ["by_keyword", "by_n_grams"]

FOLDS = 5


def by_keyword(sentences: Sequence[str], codes: Sequence[str]) -> list[dict[str, int]] | None:
    """Return whether a keyword of each code (`resources/cues/keywords.csv`) stands in each sentence; nothing where a code has none.

    >>> by_keyword(["The police put it under surveillance."], ["cyber_pessimist", "rights_norm"])
    [{'cyber_pessimist': 1, 'rights_norm': 0}]
    """
    patterns = {cue.kind: cue.pattern for cue in cues("keywords")}
    if not set(codes) <= set(patterns):
        return None
    return [{code: int(patterns[code].search(sentence) is not None) for code in codes} for sentence in sentences]


def by_n_grams(
    sentences: Sequence[str], posts: Sequence[str], *, train: Sequence[Mapping[str, Any]], codes: Sequence[str]
) -> list[dict[str, int]] | None:
    """Return the codes that a classifier fitted on other posts gives each sentence; nothing where a code cannot be learnt from `train`.

    A sentence of a post of `train`, told by the post or by the very text, is coded by the classifier fitted without the fold of that post
    (five folds over posts); every other by the one fitted on all.

    Parameters
    ----------
    sentences : to be coded.
    posts : the post that each is from.
    train : coded sentences with `text`, `post_id` and the codes.
    codes : what to learn.
    """
    from sklearn.model_selection import GroupKFold

    groups = [str(row["post_id"]) for row in train]
    if len(set(groups)) < FOLDS or any({row.get(code) for row in train} != {0, 1} for code in codes):
        return None
    texts = [str(row["text"]) for row in train]
    home = dict(zip(texts, groups, strict=True))
    own = [home.get(sentence, post) for sentence, post in zip(sentences, posts, strict=True)]
    folds: dict[str, int] = {}
    for fold, (_, held_out) in enumerate(GroupKFold(FOLDS).split(texts, groups=groups)):
        folds |= {groups[i]: fold for i in held_out}
    given: list[dict[str, int]] = [{} for _ in sentences]
    for fold in sorted({folds.get(post, -1) for post in own}):
        fitted_on = [i for i, post in enumerate(groups) if folds[post] != fold]
        coded = [i for i, post in enumerate(own) if folds.get(post, -1) == fold]
        answers = tuple(tuple(train[i][code] for i in fitted_on) for code in codes)
        words, models = _fitted(tuple(texts[i] for i in fitted_on), answers)
        unknown = words.transform([sentences[i] for i in coded])
        for code, model in zip(codes, models, strict=True):
            for i, answer in zip(coded, model.predict(unknown), strict=True):
                given[i][code] = int(answer)
    return given


@lru_cache(maxsize=FOLDS + 1)
def _fitted(texts: tuple[str, ...], answers: tuple[tuple[int, ...], ...]) -> tuple[Any, list[Any]]:
    """Return what counts words, and a classifier for each code; `answers` has of each code whether each text carries it."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    known = words.fit_transform(texts)
    return words, [LogisticRegression(class_weight="balanced").fit(known, np.array(answer)) for answer in answers]
