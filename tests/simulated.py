"""Corpora drawn anew, with a tagger whose errors are known: what the corrected shares are measured on.

200 posts of 8 to 40 sentences in five years. The share of a code rises from year to year and differs from post to post. The tagger's errors
move with the year: early ones it misses, late ones it finds too often; they differ from post to post too, so they stand in clusters. The
true shares are those of the process that makes the corpora, not of one corpus. Sentences to code by hand are drawn in strata of year and
band (`hit`, `near`, `far`) with known chances, three times as often among hits as among what is far.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.measure import Gold
from discourse.measure.correction import Population, Sample
from discourse.measure.measures import Measure

YEARS = (2015, 2016, 2017, 2018, 2019)
POSTS = 200
ALIKE = 12  # of the beta distribution of a post's own share
TILT = 0.4  # how much a post's errors differ from those of its year, as the deviation of a logarithm
MOST_MISSED = 0.6
BANDS = (3.0, 2.0, 1.0)  # how often a hit, what is near, and what is far are drawn
THEME = Measure("share", "theme")


@dataclass(frozen=True)
class Setting:
    """How frequent a code is, and how often the tagger is right."""

    prevalence: float
    accuracy: float

    @cached_property
    def of_years(self):
        """Return the true share of each year."""
        return self.prevalence * (1 + 0.2 * (np.arange(len(YEARS)) - 2))

    @property
    def truth(self):
        return float(self.of_years.mean())

    @cached_property
    def errors(self):
        """Return how often the tagger misses, and how often it finds what is not there, in each year."""
        wrong = 1 - self.accuracy
        missed = np.minimum(wrong * np.linspace(0.75, 0.25, len(YEARS)) / self.of_years, MOST_MISSED)
        return missed, (wrong - missed * self.of_years) / (1 - self.of_years)


SETTINGS = tuple(Setting(prevalence, accuracy) for prevalence in (0.12, 0.40) for accuracy in (0.80, 0.90, 0.95))


class Corpus(NamedTuple):
    """A sentence a place: its post, its year (a place in YEARS), what it is, what the tagger says, and its band; and the year of each post."""

    post: np.ndarray
    year: np.ndarray
    coded: np.ndarray
    found: np.ndarray
    band: np.ndarray
    year_of_post: np.ndarray


class Drawn(NamedTuple):
    """The places of the sentences that are coded by hand, and the chance with which each was drawn."""

    places: np.ndarray
    chance: np.ndarray


def corpus_of(setting, generator):
    """Return a corpus: its posts, what their sentences are, and what the tagger makes of them."""
    year_of_post = generator.integers(0, len(YEARS), POSTS)
    post = np.repeat(np.arange(POSTS), generator.integers(8, 41, POSTS))
    year, n = year_of_post[post], len(post)
    shares = setting.of_years[year_of_post]
    coded = generator.random(n) < generator.beta(shares * ALIKE, (1 - shares) * ALIKE)[post]
    missed, invented = setting.errors
    tilt = np.exp(generator.normal(-(TILT**2) / 2, TILT, POSTS))
    wrong = generator.random(n) < np.minimum(np.where(coded, missed[year], invented[year]) * tilt[post], 0.95)
    found = coded ^ wrong
    score = found + 0.3 * coded + generator.normal(0, 0.3, n)
    band = np.where(found, 0, np.where(score > 0.35, 1, 2))
    return Corpus(post, year, coded.astype(float), found.astype(float), band, year_of_post)


def by_strata(corpus, generator, n=300):
    """Draw n sentences in strata of year and band: as many of a year as it has, at least two of a stratum."""
    stratum = corpus.year * len(BANDS) + corpus.band
    sizes = np.bincount(stratum, minlength=len(YEARS) * len(BANDS)).reshape(-1, len(BANDS))
    wanted = sizes * BANDS / (sizes @ BANDS)[:, None] * n * sizes.sum(axis=1, keepdims=True) / sizes.sum()
    wanted = np.minimum(np.maximum(np.round(wanted), 2), sizes).astype(int).ravel()
    places = np.concatenate([generator.choice(np.flatnonzero(stratum == h), k, replace=False) for h, k in enumerate(wanted)])
    return Drawn(places, (wanted / np.maximum(sizes.ravel(), 1))[stratum[places]])


def by_posts(corpus, generator, n_posts=60, each=5):
    """Draw posts, and of each so many sentences."""
    places, chance = [], []
    for post in generator.choice(POSTS, n_posts, replace=False):
        own = np.flatnonzero(corpus.post == post)
        places.append(generator.choice(own, min(each, len(own)), replace=False))
        chance.append(np.full(len(places[-1]), n_posts / POSTS * len(places[-1]) / len(own)))
    return Drawn(np.concatenate(places), np.concatenate(chance))


def at_random(corpus, generator, n=300):
    """Draw n sentences, all with one chance."""
    return Drawn(generator.choice(len(corpus.post), n, replace=False), np.full(n, n / len(corpus.post)))


def sums_of(corpus, drawn):
    """Return what the estimators take: the sums of each post, and the sample."""
    size, hits = (np.bincount(corpus.post, weights, minlength=POSTS) for weights in (None, corpus.found))
    none = np.zeros(POSTS)
    sample = Sample(corpus.post[drawn.places], 1 / drawn.chance, corpus.coded[drawn.places], corpus.found[drawn.places])
    return Population(size.astype(float), hits, none, none), sample


def tables_of(corpus, drawn):
    """Return what `shares` takes: the tables `posts` and `counts`, and the gold."""
    names = np.array([f"p{k:03d}" for k in range(POSTS)])
    posts = pd.DataFrame({"post_id": names, "source": "blog", "published_precision": "day"})
    posts["published"] = pd.to_datetime([f"{YEARS[year]}-05-01" for year in corpus.year_of_post])
    posts["categories"], posts["authors"] = [[["Privacy"]] * POSTS, [["Ann Lee"]] * POSTS]
    size, hits = np.bincount(corpus.post), np.bincount(corpus.post, corpus.found, minlength=POSTS).astype(int)
    alike = pd.concat([
        pd.DataFrame({"post_id": names, "code": "all", "holder": "all", "modality": "all", "sentences": size, "words": 10 * size}),
        pd.DataFrame({"post_id": names, "code": "theme", "holder": "author", "modality": "asserted", "sentences": hits, "words": 10 * hits}),
    ])  # fmt: skip
    counts = alike[alike["sentences"] > 0].reset_index(drop=True)
    sentences = pd.DataFrame({"post_id": names[corpus.post[drawn.places]], "sentence": drawn.places})
    codings = sentences.assign(code="theme", holder="author", modality="asserted")
    gold = Gold(
        sentences.assign(n_words=10, p_inclusion=drawn.chance),
        *(codings[codes[drawn.places] == 1] for codes in (corpus.coded, corpus.found)),
        codes=("theme",), known=counts.iloc[:0], seen=counts.iloc[:0],
    )  # fmt: skip
    return posts, counts, gold
