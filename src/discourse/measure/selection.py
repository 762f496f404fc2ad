"""A group as people type it, `category=Privacy` or `code=cyber_optimist & year=2019..2021`, and the sentences that it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from discourse.errors import InputError, did_you_mean
from discourse.measure.groups import GROUPINGS, PERIODS, group, period_of
from discourse.measure.measures import ATTRIBUTES, HELD, HOLDERS, MODALITIES, Measure

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Selection", "select"]

KEYS = (*GROUPINGS, "code", *ATTRIBUTES)
TERM = re.compile(r"\s*&\s*(?=\w+\s*=)")
ALLOWED = {"holder": HOLDERS, "modality": MODALITIES}
RANGE = ".."


class Selection(NamedTuple):
    """Which sentences are of a group, which carry a code of it in another way (another's, rejected), and these codes."""

    inside: NDArray[np.bool_]
    otherwise: NDArray[np.bool_]
    codes: tuple[str, ...]


def select(text: str, corpus: Mapping[str, pd.DataFrame], *, framings: Sequence[str], themes: Sequence[str]) -> Selection:
    """Return the sentences that a group holds.

    Parameters
    ----------
    text : `KEY=VALUE`, several set apart by `&`. A key is `year`, `quarter`, `month` (each also a range, `2015..2018`, which may be open
        at an end), `category`, `author`, `source`, `code`, `holder` or `modality`. A framing alone means what its headline share counts,
        asserted or hedged and held by the author; a theme every sentence that carries it.
    corpus : `posts` that count, their `sentences`, and `codings`.
    framings, themes : the codebook's codes.

    Raises
    ------
    InputError : the text cannot be read, a key or a value is not known, or nothing is in the group.
    """
    import numpy as np

    terms = _terms(text)
    posts, sentences = corpus["posts"], corpus["sentences"]
    chosen = np.ones(len(posts), dtype=bool)
    for key, value in terms:
        if key in PERIODS:
            chosen = chosen & _in_period(posts, key, value)
        elif key in GROUPINGS:
            chosen = chosen & _in_group(posts, key, value)
    inside = sentences["post_id"].isin(posts.loc[chosen, "post_id"]).to_numpy(dtype=bool)
    otherwise = np.zeros(len(sentences), dtype=bool)
    how = {key: value for key, value in terms if key in ATTRIBUTES}
    codes = [value for key, value in terms if key == "code"]
    if how and not codes:
        raise InputError(f"{text!r}: {' and '.join(how)} goes with a code; add it, such as: code=NAME & {next(iter(how))}=…")
    for code in codes:
        carried, anyhow = _carrying(corpus, code, how, framings=framings, themes=themes)
        inside = inside & carried
        otherwise = otherwise | anyhow
    if not inside.any():
        raise InputError(f"{text!r}: no sentence is in this group.")
    return Selection(inside, otherwise & ~inside, tuple(codes))


def _terms(text: str) -> list[tuple[str, str]]:
    terms = [tuple(part.strip() for part in term.partition("=")[::2]) for term in TERM.split(text)]
    for key, value in terms:
        if not value:
            raise InputError(f"{text!r} is no group; write KEY=VALUE, such as category=Privacy or code=cyber_optimist.")
        if key not in KEYS:
            raise InputError(f"{text!r}: there is no key {key!r}.{did_you_mean(key, KEYS)}")
        if value not in ALLOWED.get(key, (value,)):
            raise InputError(f"{text!r}: there is no {key} {value!r}.{did_you_mean(value, ALLOWED[key])}")
    if len({key for key, _ in terms if key in ATTRIBUTES}) < sum(key in ATTRIBUTES for key, _ in terms):
        raise InputError(f"{text!r}: give holder and modality once each.")
    return [(key, value) for key, value in terms]


def _in_period(posts: pd.DataFrame, key: str, value: str) -> NDArray[np.bool_]:
    """Return which posts are of a period, or of those from one to another; an undated post is of none."""
    periods = period_of(posts, by=key)
    first, _, last = value.partition(RANGE) if RANGE in value else (value, "", value)
    known = periods.dropna()
    if not known.between(first, last or "9").any():
        ends = f"posts go from {known.min()} to {known.max()}" if len(known) else "no post that counts says its date so closely"
        raise InputError(f"There is no post of the {key} {value!r}; {ends}.")
    chosen: NDArray[np.bool_] = periods.between(first, last or "9").fillna(False).to_numpy(dtype=bool)  # "9" is after every year
    return chosen


def _in_group(posts: pd.DataFrame, key: str, value: str) -> NDArray[np.bool_]:
    groups = group(posts, [key])
    known = groups.keys[key].tolist()
    if value not in known:
        raise InputError(f"There is no {key} {value!r} among the posts that count.{did_you_mean(value, known)}")
    chosen: NDArray[np.bool_] = groups.inside[:, known.index(value)]
    return chosen


def _carrying(
    corpus: Mapping[str, pd.DataFrame], code: str, how: Mapping[str, str], *, framings: Sequence[str], themes: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which sentences carry a code in the way that is asked for, and which carry it in any."""
    known = [*framings, *themes]
    if code not in known:
        raise InputError(f"There is no code {code!r}.{did_you_mean(code, known)}")
    usual = {"holder": "author"} if code in framings and not how else {}
    holder, modality = ({**usual, **how}.get(key, "") for key in ATTRIBUTES)
    modalities = (modality,) if modality else HELD if code in framings else MODALITIES
    wanted = Measure("", code, (holder,) if holder else HOLDERS, modalities).of(corpus["codings"])
    every = corpus["codings"][corpus["codings"]["code"] == code]
    return _rows(corpus["sentences"], wanted), _rows(corpus["sentences"], every)


def _rows(sentences: pd.DataFrame, codings: pd.DataFrame) -> NDArray[np.bool_]:
    import pandas as pd

    keys = ["post_id", "sentence"]
    found: NDArray[np.bool_] = pd.MultiIndex.from_frame(sentences[keys]).isin(pd.MultiIndex.from_frame(codings[keys]))
    return found
