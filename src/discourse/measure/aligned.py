"""The sentences of two runs side by side: which stayed, which are new, which are gone, post by post."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["align", "on_lines", "spans_on_lines"]

Place = tuple[int | None, int | None]


def align(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return a row a sentence of either run; a sentence that stayed, by its text and in its order, has one row for both.

    Parameters
    ----------
    before, after : the table `sentences` of each run.

    Returns
    -------
    `post_id`, `before` and `after` (the sentence's number in each run, null where it is not there), `text`, and `line`, which numbers
    the rows.
    """
    import pandas as pd

    rows = []
    sides = [_by_post(side) for side in (before, after)]
    for post in sorted({*sides[0], *sides[1]}):
        (numbers, texts), (other_numbers, other_texts) = (side.get(post, ((), ())) for side in sides)
        for i, j in _places(texts, other_texts):
            text = texts[i] if i is not None else other_texts[j]  # type: ignore[index]
            rows.append((post, None if i is None else numbers[i], None if j is None else other_numbers[j], text))
    made = pd.DataFrame(rows, columns=["post_id", "before", "after", "text"]).astype({"before": "Int64", "after": "Int64"})
    return made.assign(line=range(len(made)))


def on_lines(rows: pd.DataFrame, lines: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return rows of one run with the `line` of their sentence, and whether that sentence stayed (`as_json`).

    Parameters
    ----------
    rows : of a table that has `post_id` and `sentence`.
    lines : as `align` returns them.
    side : `before` or `after`, the run that the rows are of.
    """
    there = lines[lines[side].notna()]
    keyed = there[["post_id", "line"]].assign(sentence=there[side].astype("int64"), kept=there[["before", "after"]].notna().all(axis=1))
    return rows.merge(keyed, on=["post_id", "sentence"])


def spans_on_lines(corpus: Mapping[str, pd.DataFrame], name: str, lines: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return a table of spans with `line` and the offsets in the sentence, `from` and `to`, in place of those in the post.

    Parameters
    ----------
    corpus : the tables of one run.
    name : of a table that has `post_id`, `sentence`, `start` and `end`.
    lines, side : as in `on_lines`.
    """
    begins = corpus["sentences"][["post_id", "sentence", "start"]].rename(columns={"start": "begins"})
    rows = on_lines(corpus[name].merge(begins, on=["post_id", "sentence"]), lines, side)
    rows = rows.assign(**{"from": rows["start"] - rows["begins"], "to": rows["end"] - rows["begins"]})
    return rows.drop(columns=["sentence", "start", "end", "begins", "kept"])


def _by_post(sentences: pd.DataFrame) -> dict[str, tuple[list[int], list[str]]]:
    ordered = sentences.sort_values(["post_id", "sentence"])
    return {
        str(post): (group["sentence"].tolist(), group["text"].tolist())
        for post, group in ordered.groupby("post_id", sort=False, observed=True)
    }


def _places(before: Sequence[str], after: Sequence[str]) -> Iterator[Place]:
    """Yield the places of each sentence in two lists, null where one lacks it.

    difflib prefers what stands early in its first list; the lists are put in one order of their own, so that turning them round turns
    the answer round and no more.

    >>> list(_places(["a", "b"], ["b", "c"]))
    [(0, None), (1, 0), (None, 1)]
    """
    if list(before) == list(after):
        yield from ((k, k) for k in range(len(before)))
        return
    turned = list(after) < list(before)
    first, second = (after, before) if turned else (before, after)
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((b, a) if turned else (a, b) for a, b in zip(range(i, i_end), range(j, j_end), strict=True))
            continue
        old, new = ((j, j_end), (i, i_end)) if turned else ((i, i_end), (j, j_end))
        yield from ((k, None) for k in range(*old))
        yield from ((None, k) for k in range(*new))
