"""Which words are names of people whom the gazetteer of public figures does not know: figures of words leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse import tables
from discourse.measure.words import Split, Words, places, word_spans

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MOSTLY", "private_names"]

MOSTLY = 0.5  # of its uses, from which on a word counts as a name


def private_names(words: Words, sentences: pd.DataFrame, mentions: pd.DataFrame, *, split: Split = word_spans) -> NDArray[np.bool_]:
    """Return which words of the vocabulary are, in half or more of their uses, part of the name of a person outside the gazetteer.

    A name that was not found, and one that is mostly another word (`Rose`), is not seen.

    Parameters
    ----------
    words : of these sentences.
    sentences : with `post_id`, `sentence`, `start` and `text`.
    mentions : the table.
    split : how the words were taken apart.
    """
    import numpy as np

    people = mentions[(mentions["label"] == "PERSON") & mentions["entity"].astype(str).str.startswith(tables.UNLINKED)]
    named = words.tokens[places(words, sentences, people, split=split)]
    n, n_named = (np.bincount(some, minlength=len(words.vocabulary)) for some in (words.tokens, named))
    mostly: NDArray[np.bool_] = (n_named > 0) & (n_named >= MOSTLY * n)
    return mostly
