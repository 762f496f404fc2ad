"""The additive counts: sentences and words by post, code, holder and modality. Every share, interval and chart derives from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse import tables

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["ALL", "Counted", "by_post", "count", "counted", "why_not_counted"]

ALL = "all"
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True)
class Counted:
    """The posts that are in the denominators, and how many are not, by reason."""

    posts: pd.DataFrame
    left_out: dict[str, int]


def counted(posts: pd.DataFrame, *, language: str) -> Counted:
    """Return the posts that count: originals in the language that was coded, with text.

    Parameters
    ----------
    posts : the table `posts`.
    language : the codebook's language (ISO 639-1).

    >>> import pandas as pd
    >>> columns = ["n_words", "duplicate_of", "reprinted_from", "language"]
    >>> counted(pd.DataFrame([[9, None, None, "en"], [9, None, None, "ko"]], columns=columns), language="en").left_out
    {'in Korean, not coded yet': 1}
    """
    why = why_not_counted(posts, language=language)
    left_out = {reason: int((why == reason).sum()) for reason in _reasons(posts, language)}
    return Counted(posts[why.isna()].reset_index(drop=True), {reason: n for reason, n in left_out.items() if n})


def why_not_counted(posts: pd.DataFrame, *, language: str) -> pd.Series:
    """Return for each post the first reason why it does not count; null where it counts.

    Parameters
    ----------
    posts, language : as in `counted`.
    """
    import pandas as pd

    why = pd.Series(None, index=posts.index, dtype=object)
    for reason, applies in _reasons(posts, language).items():
        why[why.isna() & applies] = reason
    return why


def _reasons(posts: pd.DataFrame, language: str) -> dict[str, pd.Series]:
    """Return each reason with the posts to which it applies, the first that counts first."""
    return {
        "without text": posts["n_words"] == 0,
        "repeating an earlier post": posts["duplicate_of"].notna(),
        "reprinted from elsewhere": posts["reprinted_from"].notna(),
        "of unknown language (too short)": posts["language"] == UNKNOWN_LANGUAGE,
        **{f"in {_name(other)}, not coded yet": posts["language"] == other for other in sorted(set(posts["language"]) - {language})},
    }


def _name(language: str) -> str:
    """Return a language's English name."""
    from babel import Locale

    return str(Locale("en").languages.get(language, f"the language {language}"))


def count(posts: pd.DataFrame, sentences: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return the table `counts` over the given posts.

    Parameters
    ----------
    posts : those that count (see `counted`).
    sentences, codings : of the workspace.
    """
    import pandas as pd

    sentences = sentences[sentences["post_id"].isin(posts["post_id"])]
    coded = codings.merge(sentences[["post_id", "sentence", "n_words"]], on=["post_id", "sentence"])
    denominators = sentences.assign(code=ALL, holder=ALL, modality=ALL)
    columns = ["post_id", "code", "holder", "modality"]
    both = pd.concat([denominators[[*columns, "n_words"]], coded[[*columns, "n_words"]]], ignore_index=True)
    grouped = both.groupby(columns, sort=True)["n_words"].agg(sentences="size", words="sum").reset_index()
    return tables.check("counts", grouped)


def by_post(posts: pd.DataFrame, counts: pd.DataFrame, unit: str) -> NDArray[np.float64]:
    """Return the number of sentences, words or posts (0 or 1) for each post, in the order of `posts`.

    Parameters
    ----------
    posts : those that count.
    counts : rows of the table `counts`.
    unit : `sentence`, `word` or `post`.
    """
    sums = counts.groupby("post_id")["words" if unit == "word" else "sentences"].sum()
    found = posts["post_id"].map(sums).fillna(0).to_numpy(dtype=float)
    return (found > 0).astype(float) if unit == "post" else found
