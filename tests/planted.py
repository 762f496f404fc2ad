"""A corpus with topics planted in it: posts made of the sample's words, each post of one group of words that no other group shares."""

import numpy as np
import pandas as pd

from discourse import table
from discourse.measure import counted
from discourse.measure.topics.words import words_in

GROUPS, WORDS, POSTS, SENTENCES, LENGTH = 4, 12, 20, 8, 10


def groups(sample):
    """Return groups of the sample's commonest words, parted by turns."""
    texts = counted(table(sample, "posts"), language="en").posts["text"]
    used = pd.Series([word for text in texts for word in words_in(text)]).value_counts()
    common = sorted(used.head(GROUPS * WORDS).index)
    return [common[k::GROUPS] for k in range(GROUPS)]


def planted(words, *, stray=0.1, seed=5):
    """Return posts, sentences and mentions, and the group that each post was made of; one word in ten is from any group."""
    generator = np.random.default_rng(seed)
    everything = [word for some in words for word in some]
    posts, sentences = [], []
    for n in range(GROUPS * POSTS):
        own = words[n % GROUPS]
        post_id, begins = f"planted/{n:03d}", 0
        for s in range(SENTENCES):
            drawn = [generator.choice(everything if generator.random() < stray else own) for _ in range(LENGTH)]
            text = " ".join(drawn).capitalize() + "."
            sentences.append(
                {
                    "post_id": post_id,
                    "sentence": s,
                    "start": begins,
                    "end": begins + len(text),
                    "text": text,
                    "language": "en",
                    "n_words": LENGTH,
                }
            )
            begins += len(text) + 1
        posts.append({"post_id": post_id, "title": f"Post {n}", "published": pd.Timestamp(2015 + n % 5, 1, 1), "published_precision": "day",
                      "categories": [f"group {n % GROUPS}"]})  # fmt: skip
    mentions = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in
                             {"post_id": str, "sentence": int, "start": int, "end": int, "label": str}.items()})  # fmt: skip
    return pd.DataFrame(posts), pd.DataFrame(sentences), mentions, [n % GROUPS for n in range(GROUPS * POSTS)]
