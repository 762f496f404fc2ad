"""The words of one workspace or two, counted once, and groups of their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import workspaces
from discourse.errors import InputError
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.measure import Words

__all__ = ["Counting", "Group", "Worded", "group_of", "worded"]

NAMES = ("sentences", "codings", "mentions", "sources")


class Counting(NamedTuple):
    """How words are counted.

    `lemmas` counts dictionary forms; `language` is of the posts that count (without it, the codebook's); `fewest` is the number of posts in
    which a word must stand; `stop_words` gives rows to stop words and numbers too. Without `cues`, words that the tagger took for evidence
    of a group's codes are not counted.
    """

    lemmas: bool = False
    language: str | None = None
    fewest: int = 3
    stop_words: bool = False
    cues: bool = True


@dataclass(frozen=True)
class Worded:
    """One workspace, or two as one: of each the tables as far as they count, its codes, title and posts left out; and the words of all."""

    parts: Sequence[Mapping[str, pd.DataFrame]]
    codes: Sequence[Mapping[str, Sequence[str]]]
    titles: Sequence[str]
    left_out: Sequence[Mapping[str, int]]
    words: Words

    def whole(self, name: str) -> pd.DataFrame:
        """Return a table of all workspaces."""
        import pandas as pd

        return pd.concat([part[name] for part in self.parts], ignore_index=True)

    def about(self) -> dict[str, Any]:
        """Return what a caption says of the corpora."""
        days = self.whole("posts")["published"].dropna()
        return {
            "corpora": list(self.titles), "left_out": [dict(reasons) for reasons in self.left_out],
            "span": " to ".join(dict.fromkeys(f"{day:%Y-%m}" for day in (days.min(), days.max()))) if len(days) else "undated",
            "n_posts_counted": len(self.whole("posts")), "n_sentences_counted": len(self.words.post),
            "notices": sorted(set(self.whole("sources")["notice"].dropna())),
        }  # fmt: skip


class Group(NamedTuple):
    """A group's name, masks over the sentences of all workspaces (see `measure.Selection`), and its codes."""

    name: str
    inside: NDArray[np.bool_]
    otherwise: NDArray[np.bool_]
    codes: tuple[str, ...] = ()


def worded(folders: Sequence[Path], counting: Counting) -> Worded:
    """Read one workspace, or two as one, and count their words.

    Raises
    ------
    WorkspaceError : the posts of one were not tagged.
    InputError : no post of one counts, or both hold the same post.
    """
    from discourse import measure

    tagged = [current(folder, "tag", "posts", "tagged") for folder in folders]
    language = counting.language or tagged[0]["tag"]["language"]
    read = [_read(folder, language) for folder in folders]
    titles = [record["corpus"]["title"] for record in tagged]
    if len(set(titles)) < len(titles):
        titles = [str(folder) for folder in folders]
    codes = [{kind: list(record["tag"][kind]) for kind in ("framings", "themes")} for record in tagged]
    parts, left_out = [part for part, _ in read], [reasons for _, reasons in read]
    shared = set.intersection(*(set(part["posts"]["post_id"]) for part in parts)) if len(parts) > 1 else set()
    if shared:
        raise InputError(f"{folders[0]} and {folders[1]} both hold the post {min(shared)!r}; compare corpora that share no post.")
    posts, sentences = (_joined(parts, name) for name in ("posts", "sentences"))
    words = measure.words_of(posts, sentences, language=language, lemmas=counting.lemmas)
    return Worded(parts, codes, titles, left_out, words)


def _read(folder: Path, language: str) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Return the tables of a workspace as far as its posts count, and how many do not, by reason."""
    from discourse import measure

    counted = measure.counted(workspaces.read(folder, "posts"), language=language)
    left_out = {reason.removesuffix(", not coded yet"): n for reason, n in counted.left_out.items()}
    if counted.posts.empty:
        others = "; ".join(f"{n:,} {reason}" for reason, n in left_out.items())
        raise InputError(f"{folder}: no post in the language {language!r} counts ({others or 'it has none'}); choose another language.")
    part = {name: workspaces.read(folder, name) for name in NAMES}
    inside = {name: rows[rows["post_id"].isin(counted.posts["post_id"])] for name, rows in part.items() if "post_id" in rows}
    return {**part, "posts": counted.posts, **{name: rows.reset_index(drop=True) for name, rows in inside.items()}}, left_out


def _joined(parts: Sequence[Mapping[str, pd.DataFrame]], name: str) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([part[name] for part in parts], ignore_index=True)


def group_of(corpus: Worded, text: str | None, *, of: int = 0) -> Group:
    """Return a group within one of the workspaces; without a text all of it.

    Parameters
    ----------
    corpus : one workspace or two.
    text : as `measure.select` reads it.
    of : which workspace, 0 or 1.

    Raises
    ------
    InputError : the group cannot be read, is unknown or empty.
    """
    import numpy as np

    from discourse import measure

    sizes = [len(part["sentences"]) for part in corpus.parts]
    here = np.repeat(np.arange(len(sizes)), sizes) == of
    name = " in ".join([*([text.strip()] if text is not None else []), *([corpus.titles[of]] if len(sizes) > 1 else [])])
    inside, otherwise = here.copy(), np.zeros_like(here)
    if text is None:
        return Group(name, inside, otherwise)
    chosen = measure.select(text, corpus.parts[of], **corpus.codes[of])
    inside[here], otherwise[here] = chosen.inside, chosen.otherwise
    return Group(name, inside, otherwise, chosen.codes)
