"""What marks one group of sentences against another, and what stands near a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError, did_you_mean
from discourse.pipeline.wording import Counting, Group, Worded, group_of, worded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Compared", "Keyness", "collocations", "compared", "keyness"]

REST = "all other sentences"
NODES = ("text", "lemma", "entity")


@dataclass(frozen=True)
class Keyness:
    """The words that mark either group (`measure.keyness`; `marks` says which), and what was compared.

    `about` names the `groups` and their `codes`, and says how many posts, sentences and words each has, how many sentences were in both and
    so are in neither, and what captions say of the corpora. `private` are the words of the table that are names of people whom the
    gazetteer does not know (`measure.private_names`).
    """

    table: pd.DataFrame
    about: dict[str, Any]
    private: frozenset[str] = frozenset()


class Compared(NamedTuple):
    """Two groups of sentences: the corpora, the groups, which sentences are of one alone, and which words in the text count."""

    corpus: Worded
    groups: tuple[Group, Group]
    sentences: Sequence[NDArray[np.bool_]]
    words: Sequence[NDArray[np.bool_]]


def keyness(
    workspace: Path | str,
    first: str | None = None,
    second: str | None = None,
    *,
    against: Path | str | None = None,
    strength: float | None = None,
    counting: Counting = Counting(),  # noqa: B008
) -> Keyness:
    """Return the words that mark one group of sentences against another; a sentence that is in both is in neither.

    Parameters
    ----------
    workspace : tagged.
    first, second : groups, such as `category=Privacy` or `code=cyber_optimist & year=2019` (`measure.select`). Without the second, the
        first against all other sentences, save those that carry its code in another way (another's, rejected).
    against : another workspace, which the second group is of. Without the second, the first group in both; without either, all posts.
    strength : what the prior of the log-odds is worth, in words; without it, a tenth of the words of both groups.
    counting : how words are counted.

    Raises
    ------
    WorkspaceError : the posts were not tagged.
    InputError : a group cannot be read, is unknown, has fewer than two posts, or is the other; or no word is left.
    """
    from discourse import measure
    from discourse.measure.private_names import private_names

    if strength is not None and not strength > 0:
        raise InputError(f"The prior is worth {strength:g} words; it must be worth more than none.")
    found = compared([Path(folder) for folder in (workspace, against) if folder is not None], first, second, counting=counting)
    corpus, groups, words = found.corpus, found.groups, found.corpus.words
    table = measure.keyness(words, *found.words, strength=strength, fewest=counting.fewest, stop_words=counting.stop_words)
    names = [group.name for group in groups]
    table.insert(1, "marks", table["z"].gt(0).map({True: names[0], False: names[1]}))
    about = corpus.about() | {
        "groups": names, "codes": sorted({code for group in groups for code in group.codes}),
        "n_posts": [len(set(words.post[mask].tolist())) for mask in found.sentences],
        "n_sentences": [int(mask.sum()) for mask in found.sentences], "n_words": [int(of.sum()) for of in found.words],
        "n_sentences_in_both": int((groups[0].inside & groups[1].inside).sum()), "counting": counting,
    }  # fmt: skip
    private = words.vocabulary[private_names(words, corpus.whole("sentences"), corpus.whole("mentions"))]
    return Keyness(table, about, frozenset(private) & frozenset(table["word"]))


def compared(folders: Sequence[Path], first: str | None, second: str | None, *, counting: Counting) -> Compared:
    """Return two groups of sentences of one workspace or two, and the words that count in them.

    Parameters
    ----------
    folders : one workspace, or two.
    first, second, counting : as in `keyness`.

    Raises
    ------
    WorkspaceError : the posts were not tagged.
    InputError : a group cannot be read, is unknown, or is the other.
    """
    from discourse import measure

    corpus = worded(folders, counting)
    words, groups = corpus.words, _groups(corpus, first, second)
    both = groups[0].inside & groups[1].inside
    masks = [group.inside & ~both for group in groups]
    _refuse_alike(groups, masks)
    chosen = [words.inside(mask) for mask in masks]
    if not counting.cues:
        codings = corpus.whole("codings")
        cues = codings[codings["code"].isin([code for group in groups for code in group.codes])]
        counted = ~measure.places(words, corpus.whole("sentences"), cues)
        chosen = [of & counted for of in chosen]
    return Compared(corpus, groups, masks, chosen)


def collocations(
    workspace: Path | str,
    word: str,
    *,
    kind: str = "text",
    within: str | None = None,
    window: int = 5,
    counting: Counting = Counting(),  # noqa: B008
) -> pd.DataFrame:
    """Return the words that stand near a word, or an entity, more often than elsewhere (`measure.collocations`).

    Parameters
    ----------
    workspace : tagged.
    word : one or several in a row; of an entity its slug or name.
    kind : `text`; `lemma`, whatever form it has (near words are lemmas then, too); or `entity`.
    within : only in this group of sentences, as in `keyness`.
    window : words to either side, in the same sentence.
    counting : how words are counted.

    Raises
    ------
    WorkspaceError : the posts were not tagged.
    InputError : the word is not there, or nothing stands near it often enough; there is no such kind, group or entity.
    """
    from discourse import measure
    from discourse.measure.lemmas import lemmas_of
    from discourse.measure.words import folded
    from discourse.tables import WORD

    if kind not in NODES:
        raise InputError(f"There is no kind of node {kind!r}.{did_you_mean(kind, NODES)}")
    counting = counting._replace(lemmas=counting.lemmas or kind == "lemma")
    corpus = worded([Path(workspace)], counting)
    words, (parts,) = corpus.words, corpus.parts
    if kind == "entity":
        found = measure.spans(word, parts, kind="entity", language=words.language)
        node = measure.places(words, parts["sentences"], found)
    else:
        sought = [folded(form) for form in WORD.findall(word)]
        node = measure.node_of(words, lemmas_of(sought, language=words.language) if counting.lemmas else sought)
    inside = words.inside(group_of(corpus, within).inside) if within is not None else None
    if not (node if inside is None else node & inside).any():
        where = f" in {within!r}" if within is not None else ""
        raise InputError(f"{word!r} does not stand{where} in the posts that count; discourse kwic {workspace} looks in all posts.")
    return measure.collocations(words, node, within=inside, window=window, fewest=counting.fewest, stop_words=counting.stop_words)


def _groups(corpus: Worded, first: str | None, second: str | None) -> tuple[Group, Group]:
    """Return the two groups; of two workspaces, one of each."""
    import numpy as np

    if len(corpus.parts) > 1:
        return group_of(corpus, first, of=0), group_of(corpus, second if second is not None else first, of=1)
    if first is None:
        raise InputError("Name one group or two, such as category=Privacy, or another workspace to compare with (--against DIR).")
    one = group_of(corpus, first)
    if second is not None:
        return one, group_of(corpus, second)
    return one, Group(REST, ~(one.inside | one.otherwise), np.zeros_like(one.inside))


def _refuse_alike(groups: Sequence[Group], masks: Sequence[NDArray[np.bool_]]) -> None:
    """Say so where a group has nothing of its own."""
    one, two = (group.name for group in groups)
    mine = [bool(mask.any()) for mask in masks]
    if not any(mine):
        raise InputError(f"{one!r} and {two!r} are the same sentences; choose two groups that differ.")
    if two == REST and not mine[1]:
        raise InputError(f"{one!r} holds every sentence that counts, so there is nothing to compare it with; choose a smaller group.")
    if not all(mine):
        part, whole = (one, two) if not mine[0] else (two, one)
        raise InputError(f"Every sentence of {part!r} is in {whole!r} too; name {part!r} alone, and it is compared with all others.")
