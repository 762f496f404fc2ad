"""Corpora drawn anew whose true share moves by so many points over six years, coded by a tagger whose errors move too, and coded by hand.

200 posts of 8 to 40 sentences on days of 2016 to 2021. A post's own share differs from that of its day. The tagger finds more and more: it
misses early and invents late, so that its share rises where the true one stands still. Sentences are drawn to be coded by hand in strata of
the year and of what the tagger says, with known chances, twice as often among those that it codes.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.measure import Gold
from discourse.measure.measures import Measure

FIRST, N_YEARS, POSTS = 2016, 6, 200
THEME = Measure("share", "theme")
HIT_DRAWN = 2.0


class Setting(NamedTuple):
    """The share in the middle, how many points it moves over the six years, how often the tagger is right, how alike sentences of a post are."""

    share: float = 0.25
    points: float = 0.0
    accuracy: float = 0.9
    alike: float = 12.0
    n_gold: int = 300
    drift: float = 0.5


def corpus_of(setting, generator):
    """Return the tables `posts` and `counts`, and the gold."""
    day = np.sort(generator.integers(0, 365 * N_YEARS, POSTS))
    part = day / (365 * N_YEARS) - 0.5
    post = np.repeat(np.arange(POSTS), generator.integers(8, 41, POSTS))
    shares = setting.share + setting.points * part
    coded = generator.random(len(post)) < generator.beta(shares * setting.alike, (1 - shares) * setting.alike)[post]
    wrong = 1 - setting.accuracy
    missed = wrong * (0.5 - setting.drift * part) / shares
    invented = wrong * (0.5 + setting.drift * part) / (1 - shares)
    found = coded ^ (generator.random(len(post)) < np.where(coded, missed[post], invented[post]))
    return _tables(day, post, coded, found, _drawn(day[post] // 365, found, setting.n_gold, generator))


def shuffled(posts, generator):
    """Return the posts with their dates dealt out anew."""
    return posts.assign(published=generator.permutation(posts["published"].to_numpy()))


def _drawn(year, found, n, generator):
    """Return the places of the sentences that are coded by hand, and the chance of each."""
    stratum = year * 2 + found
    sizes = np.bincount(stratum, minlength=2 * N_YEARS).reshape(-1, 2)
    often = sizes * np.array([1.0, HIT_DRAWN])
    wanted = often / often.sum(axis=1, keepdims=True) * n * sizes.sum(axis=1, keepdims=True) / sizes.sum()
    wanted = np.minimum(np.maximum(np.round(wanted), 2), sizes).astype(int).ravel()
    places = np.concatenate([generator.choice(np.flatnonzero(stratum == h), k, replace=False) for h, k in enumerate(wanted)])
    return places, (wanted / np.maximum(sizes.ravel(), 1))[stratum[places]]


def _tables(day, post, coded, found, drawn):
    places, chance = drawn
    names = np.array([f"p{k:03d}" for k in range(POSTS)])
    posts = pd.DataFrame({"post_id": names, "source": "blog", "published_precision": "day"})
    posts["published"] = pd.Timestamp(f"{FIRST}-01-01") + pd.to_timedelta(day, unit="D")
    posts["categories"], posts["authors"] = [["Privacy"], ["Speech"]] * (POSTS // 2), [["Ann Lee"]] * POSTS
    size, hits = np.bincount(post, minlength=POSTS), np.bincount(post, found, minlength=POSTS).astype(int)
    counts = pd.concat([
        pd.DataFrame({"post_id": names, "code": "all", "holder": "all", "modality": "all", "sentences": size, "words": 10 * size}),
        pd.DataFrame({"post_id": names, "code": "theme", "holder": "author", "modality": "asserted", "sentences": hits, "words": 10 * hits}),
    ])  # fmt: skip
    counts = counts[counts["sentences"] > 0].reset_index(drop=True)
    sentences = pd.DataFrame({"post_id": names[post[places]], "sentence": places})
    codings = sentences.assign(code="theme", holder="author", modality="asserted")
    gold = Gold(
        sentences.assign(n_words=10, p_inclusion=chance), *(codings[codes[places]] for codes in (coded, found)), codes=("theme",),
        known=counts.iloc[:0], seen=counts.iloc[:0],
    )  # fmt: skip
    return posts, counts, gold
