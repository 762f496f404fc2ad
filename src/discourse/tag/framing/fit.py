"""Fitting: from hand-coded sentences to a model of framings, and what it is worth on posts that it has not seen.

The weights are scikit-learn's logistic regression (L2, classes balanced). All choices that are made from data (scores, thresholds, the
report) are made on out-of-fold sums: the posts are parted in five, and each part is scored by a model of the other four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from discourse.errors import ModelError
from discourse.tag.framing.encoder import SUMS
from discourse.tag.framing.known import known_from
from discourse.tag.framing.model import Head, Model, Vocabulary

__all__ = ["FEWEST_POSTS", "FEWEST_YES", "Fitted", "Lesson", "fit", "stance_features"]

FOLDS = 5
FEWEST_POSTS, FEWEST_YES = 10, 20
FRAMING = {"words": 1.0, "relations": 1.0, "letters": 1.0, "rules": 1.0, "encoder": 1.0}
STANCE = {"stances": 1.0, "words": 0.2, "encoder": 1.0}
RARE = {"words": 2, "relations": 3, "letters": 3, "rules": 1, "stances": 2}
SORTS = {"rules": "present", "encoder": "numbers"}
STRENGTH = {"framing": 1.0, "holder": 2.0, "modality": 2.0}
EVEN = 0.4


@dataclass(frozen=True)
class Lesson:
    """A coded sentence to fit on: its text, its features by block, its post and its codes.

    `weight` says how much it counts in fitting; `stands_for`, how many sentences of the population it stands for (1 / p_inclusion, and 0
    for one that was written to be learned from): scores are calibrated, and thresholds chosen, on those that stand for any.
    """

    text: str
    features: Mapping[str, Sequence[Any]]
    post: str
    codes: frozenset[str]
    holder: str | None
    modality: str | None
    weight: float = 1.0
    stands_for: float = 1.0


@dataclass(frozen=True)
class Fitted:
    """A model, and for each lesson the out-of-fold sums of the framings and the out-of-fold answers of holder and modality (or null)."""

    model: Model
    sums: np.ndarray
    holders: list[str | None]
    modalities: list[str | None]


def fit(
    lessons: Sequence[Lesson],
    *,
    codes: Sequence[str],
    about: Mapping[str, Any],
    scales: Mapping[str, float] | None = None,
    stances: Collection[str] = ("holder", "modality"),
) -> Fitted:
    """Fit a model.

    Parameters
    ----------
    lessons : coded sentences of at least ten posts.
    codes : the framings.
    about : what the model file says of itself: `name`, `version`, `codebook_sha256` and whatever else.
    scales : block -> how much it counts for the framings; without it all blocks, as the shipped model has them.
    stances : which of `holder` and `modality` are learnt; the model knows the hand codes of both in any case.

    Raises
    ------
    ModelError : too few posts, or a framing with too few sentences.
    """
    posts = [lesson.post for lesson in lessons]
    if len(set(posts)) < FEWEST_POSTS:
        raise ModelError(f"{len(set(posts))} posts are too few to fit on; at least {FEWEST_POSTS} are needed.")
    for code in codes:
        yes = sum(code in lesson.codes for lesson in lessons)
        if yes < FEWEST_YES or len(lessons) - yes < FEWEST_YES:
            raise ModelError(f"{code}: {yes} of {len(lessons)} sentences carry it; at least {FEWEST_YES} must, and {FEWEST_YES} must not.")
    weights = np.array([lesson.weight for lesson in lessons])
    coded = np.array([[code in lesson.codes for code in codes] for lesson in lessons])
    folds = _folds(posts)
    sums = np.zeros(coded.shape)
    for seen, unseen in folds:
        head = _framing_head([lessons[i] for i in seen], codes, coded[seen], weights[seen], scales or FRAMING)
        sums[unseen] = head.sums([lessons[i].features for i in unseen])
    population = np.array([lesson.stands_for for lesson in lessons])
    slope, shift = _curves(sums, coded, population)
    scores = 1 / (1 + np.exp(-(sums * slope + shift)))
    chosen_on = weights * (population > 0)
    thresholds = np.array([_best_threshold(coded[:, k], scores[:, k], chosen_on) for k in range(len(codes))])
    mains = [_main(lesson, sums[i], codes) for i, lesson in enumerate(lessons)]
    unlearnt: list[str | None] = [None] * len(lessons)
    read = {what: _stance(lessons, mains, folds, what) if what in stances else (unlearnt, None) for what in ("holder", "modality")}
    (holders, holder), (modalities, modality) = read.values()
    head = _framing_head(lessons, codes, coded, weights, scales or FRAMING)
    model = Model(head, holder, modality, slope, shift, thresholds, dict(about), known_from(lessons, codes))
    return Fitted(model, sums, holders, modalities)


def stance_features(features: Mapping[str, Sequence[Any]], code: str | None) -> dict[str, Sequence[Any]]:
    """Return the features of holder and modality for one framing: those of stance, alone and together with the framing."""
    stances = list(features["stances"])
    with_code = [f"{code}*", *(f"{code}*{name}" for name in stances)] if code else []
    return {**dict(features), "stances": stances + with_code}


def _folds(posts: Sequence[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import GroupKFold

    return list(GroupKFold(FOLDS, shuffle=True, random_state=0).split(posts, groups=posts))


def _vocabulary(block: str, rows: Sequence[Sequence[Any]]) -> Vocabulary:
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    sort = SORTS.get(block, "counted")
    if sort == "numbers":
        numbers = np.asarray(rows, dtype=np.float64)
        return Vocabulary(SUMS, 1 / np.maximum(numbers.std(axis=0), 1e-6), sort)
    counter = CountVectorizer(analyzer=list, min_df=RARE[block])
    try:
        counts = counter.fit_transform(rows)
    except ValueError:  # nothing occurs often enough
        return Vocabulary((), np.zeros(0), sort)
    return Vocabulary(tuple(counter.get_feature_names_out()), TfidfTransformer().fit(counts).idf_, sort)


def _head(rows: Sequence[Mapping[str, Sequence[Any]]], scales: Mapping[str, float], answers: Sequence[str]) -> Head:
    blocks = {block: _vocabulary(block, [row[block] for row in rows]) for block in scales}
    size = sum(len(vocabulary.names) for vocabulary in blocks.values())
    return Head(tuple(answers), blocks, dict(scales), np.zeros((size, len(answers))), np.zeros(len(answers)))


def _framing_head(
    lessons: Sequence[Lesson], codes: Sequence[str], coded: np.ndarray, weights: np.ndarray, scales: Mapping[str, float]
) -> Head:
    from sklearn.linear_model import LogisticRegression

    rows = [lesson.features for lesson in lessons]
    head = _head(rows, scales, codes)
    matrix = head.matrix(rows)
    for k in range(len(codes)):
        regression = LogisticRegression(C=STRENGTH["framing"], solver="liblinear", class_weight="balanced", max_iter=500, random_state=0)
        regression.fit(matrix, coded[:, k], sample_weight=weights)
        head.weights[:, k], head.offset[k] = regression.coef_[0], regression.intercept_[0]
    return head


def _curves(sums: np.ndarray, coded: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return slope and shift of the logistic curve of each framing (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    fits = [LogisticRegression(C=1e6).fit(sums[:, [k]], coded[:, k], sample_weight=weights) for k in range(coded.shape[1])]
    return np.array([one.coef_[0, 0] for one in fits]), np.array([one.intercept_[0] for one in fits])


def _best_threshold(coded: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> float:
    """Return the score from which on a yes gives the best F1."""
    order = np.argsort(-scores, kind="stable")
    hits, said = np.cumsum((weights * coded)[order]), np.cumsum(weights[order])
    best = int(np.argmax(2 * hits / (said + (weights * coded).sum())))
    return float((scores[order[best]] + scores[order[min(best + 1, len(order) - 1)]]) / 2)


def _main(lesson: Lesson, sums: np.ndarray, codes: Sequence[str]) -> str | None:
    """Return the framing that holder and modality were coded for: of those coded, the one that the other posts make likeliest."""
    return max((code for code in codes if code in lesson.codes), key=lambda code: float(sums[codes.index(code)]), default=None)


def _stance(
    lessons: Sequence[Lesson], mains: Sequence[str | None], folds: Sequence[tuple[np.ndarray, np.ndarray]], what: str
) -> tuple[list[str | None], Head | None]:
    """Return out-of-fold answers and the head for `holder` or `modality`; none where the codes do not tell two answers apart."""
    truth: list[str | None] = [getattr(lesson, what) for lesson in lessons]
    usable = [i for i, answer in enumerate(truth) if answer is not None and mains[i] is not None]
    answers: list[str | None] = [None] * len(lessons)
    if len({truth[i] for i in usable}) < 2:
        return answers, None
    rows = {i: stance_features(lessons[i].features, mains[i]) for i in usable}
    for seen, unseen in folds:
        known, asked = [i for i in seen if i in rows], [i for i in unseen if i in rows]
        if known and asked and len({truth[i] for i in known}) > 1:
            head = _stance_head([rows[i] for i in known], [str(truth[i]) for i in known], what)
            for i, best in zip(asked, head.sums([rows[i] for i in asked]).argmax(axis=1), strict=True):
                answers[i] = head.answers[best]
    return answers, _stance_head([rows[i] for i in usable], [str(truth[i]) for i in usable], what)


def _stance_head(rows: Sequence[Mapping[str, Sequence[Any]]], truth: Sequence[str], what: str) -> Head:
    from sklearn.linear_model import LogisticRegression

    head = _head(rows, STANCE, sorted(set(truth)))
    times = Counter(truth)
    weights = {answer: (max(times.values()) / n) ** EVEN for answer, n in times.items()}  # rare answers count more, but not as much as all
    regression = LogisticRegression(C=STRENGTH[what], max_iter=1000, class_weight=weights).fit(head.matrix(rows), truth)
    two = len(head.answers) == 2  # scikit-learn then keeps the weights of the second answer alone
    head.weights[:, 1 if two else slice(None)] = regression.coef_[0] if two else regression.coef_.T
    head.offset[1 if two else slice(None)] = regression.intercept_[0] if two else regression.intercept_
    return head
