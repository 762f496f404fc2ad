"""Small studies: posts with a few sentences, what the tagger found in them, what was coded by hand, and the shares of that."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.measure import Coder, Gold, shares
from discourse.measure.counts import count
from discourse.measure.measures import Measure

THEME = Measure("share", "theme")
COLUMNS = ["post_id", "sentence", "code", "holder", "modality"]


def codings(rows):
    """Return a table of codings from (post, sentence), or those with code, holder and modality."""
    usual = ("theme", "author", "asserted")
    full = [(f"p{row[0]:03d}", row[1], *row[2:], *usual[len(row) - 2 :]) for row in rows]
    return pd.DataFrame(full, columns=COLUMNS).astype({"sentence": "int64"})


@dataclass
class Study:
    """`sizes` is the number of sentences of each post; the rest are places, as (post, sentence), or codings, as `codings` takes them.

    `columns` are those of the table `posts`, as they differ from one dated post of one category, author and source.
    """

    sizes: list
    found: list = ()
    coded: list = ()
    gold: list = ()
    known: list = ()
    chances: list = ()
    coders: list = ()
    codes: tuple = ("theme",)
    columns: dict = None

    def __post_init__(self):
        n = len(self.sizes)
        usual = {"source": ["blog"] * n, "published": ["2020-05-01"] * n, "published_precision": ["day"] * n,
                 "categories": [["Privacy"]] * n, "authors": [["Ann Lee"]] * n}  # fmt: skip
        columns = usual | (self.columns or {})
        self.posts = pd.DataFrame({"post_id": [f"p{k:03d}" for k in range(n)]})
        for name, values in columns.items():
            self.posts[name] = pd.to_datetime(pd.Series(values)) if name == "published" else pd.Series(values, dtype=object)
        places = [(f"p{post:03d}", s, 5 + (post + 3 * s) % 7) for post, size in enumerate(self.sizes) for s in range(size)]
        self.sentences = pd.DataFrame(places, columns=["post_id", "sentence", "n_words"])
        self.counts = self.counted(self.sentences, self.found)

    def counted(self, sentences, rows):
        return count(self.posts, sentences, codings(rows))

    def at(self, places):
        """Return the rows of `sentences` at these places, in their order."""
        keys = pd.DataFrame([(f"p{post:03d}", s) for post, s in places], columns=["post_id", "sentence"]).astype({"sentence": "int64"})
        return keys.merge(self.sentences, on=["post_id", "sentence"], how="left")

    @property
    def given(self):
        """Return the hand codes as `shares` takes them; by their hand codes, the known sentences carry `coded` too."""
        sentences = self.at(self.gold).assign(p_inclusion=list(self.chances) or 0.5)
        known = self.at(self.known)
        coders = tuple(Coder(np.array([place in had for place in self.gold]), codings(rows)) for had, rows in self.coders)
        return Gold(
            sentences, codings(self.coded), codings(self.found), self.codes, self.counted(known, self.coded), self.counted(known, self.found),
            known_codes=self.codes if len(known) else (), coders=coders,
        )  # fmt: skip

    def shares(self, by=(), *, unit="sentence", measures=(THEME,)):
        """Return all rows."""
        return shares(self.posts, self.counts, measures, by=by, unit=unit, gold=self.given if self.gold or self.known else None)

    def corrected(self, by=(), **options):
        """Return the corrected rows."""
        rows = self.shares(by, **options)
        return rows[rows["estimator"] == "corrected"].reset_index(drop=True)


def every(sizes):
    """Return all places of posts of these sizes."""
    return [(post, s) for post, size in enumerate(sizes) for s in range(size)]


def drawn(places, share, seed=0):
    """Return a part of some places, at random."""
    generator = np.random.default_rng(seed)
    return [place for place, chosen in zip(places, generator.random(len(places)) < share, strict=True) if chosen]
