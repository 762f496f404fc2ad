"""Keyword in context: each use of what is sought, with what stands before and after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse.errors import InputError, did_you_mean
from discourse.measure.groups import group
from discourse.measure.patterns import HANGUL, of_lemmas, of_regex, of_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["KINDS", "SORTS", "concordance", "posts_in", "spans"]

KINDS = ("text", "regex", "lemma", "code", "entity")
SORTS = ("date", "left", "right")
COLUMNS = ("published", "title", "left", "hit", "right", "post_id", "source", "url", "sentence", "start", "end", "holder", "modality")
DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
KNOWN_TO = {"year": 4, "month": 7}


def posts_in(
    posts: pd.DataFrame,
    *,
    since: str | None = None,
    until: str | None = None,
    category: str | None = None,
    source: str | None = None,
) -> pd.DataFrame:
    """Return the posts of a time, a category and a source; a date known to the year or the month is in when it may be.

    Parameters
    ----------
    posts : the table `posts`.
    since, until : a day, month or year, such as `2019` or `2019-03`; both are in.
    category, source : as they stand in the table.

    Raises
    ------
    InputError : a date cannot be read, or there is no such category or source.
    """
    for day in (since, until):
        if day is not None and not DAY.fullmatch(day):
            raise InputError(f"{day!r} is no date; write 2019, 2019-03 or 2019-03-01.")
    if since or until:
        first, last = since or "", until or "9"  # "9" is after every year
        dates = [
            (f"{day:%Y-%m-%d}"[: KNOWN_TO.get(precision)] if day == day else "")  # NaT is not itself
            for day, precision in zip(posts["published"], posts["published_precision"], strict=True)
        ]
        posts = posts[[bool(day) and day[: len(first)] >= first[: len(day)] and day[: len(last)] <= last[: len(day)] for day in dates]]
    for key, value in (("category", category), ("source", source)):
        if value is not None:
            groups = group(posts, [key])
            known = groups.keys[key].tolist()
            if value not in known:
                raise InputError(f"There is no {key} {value!r} among these posts.{did_you_mean(value, known) if known else ''}")
            posts = posts[groups.inside[:, known.index(value)]]
    return posts.reset_index(drop=True)


def spans(sought: str, corpus: Mapping[str, pd.DataFrame], *, kind: str, language: str, codes: Sequence[str] = ()) -> pd.DataFrame:
    """Return where something stands: `post_id`, `sentence`, `start`, `end` (in the post's text), and of a code `holder` and `modality`.

    Parameters
    ----------
    sought : words, a pattern, a code, or an entity's slug or name.
    corpus : `sentences`, `mentions` and `codings`.
    kind : `text`, `regex`, `lemma`, `code` or `entity`.
    language : of lemmas; of Hangul it is Korean.
    codes : of the codebook.

    Raises
    ------
    InputError : nothing is sought, there is no such kind, code or entity, or the pattern is no regular expression.
    """
    import pandas as pd

    if kind not in KINDS:
        raise InputError(f"There is no way to look {kind!r}.{did_you_mean(kind, KINDS)}")
    if not sought.strip():
        raise InputError("Nothing is sought; name a word.")
    if kind == "code":
        if sought not in codes:
            raise InputError(f"There is no code {sought!r}.{did_you_mean(sought, codes)}")
        return corpus["codings"][corpus["codings"]["code"] == sought]
    if kind == "entity":
        return _mentions(corpus["mentions"], sought)
    sentences = corpus["sentences"]
    texts = sentences["text"].tolist()
    if kind == "lemma":
        found = list(of_lemmas(texts, sought, language="ko" if HANGUL.search(sought) else language))
    else:
        found = list((of_regex if kind == "regex" else of_text)(texts, sought))
    hits = pd.DataFrame(found, columns=["row", "start", "end"], dtype="int64")
    rows = sentences.iloc[hits["row"]].reset_index(drop=True)
    return rows[["post_id", "sentence"]].assign(start=rows["start"] + hits["start"], end=rows["start"] + hits["end"])


def _mentions(mentions: pd.DataFrame, sought: str) -> pd.DataFrame:
    """Return the mentions of what has this slug or name, or is called so in the posts, in whatever case and with or without hyphens."""
    for column in ("entity", "name", "text"):
        called = mentions[column].map(_letters, na_action="ignore") == _letters(sought)
        if called.any():
            return mentions[mentions["entity"].isin(mentions.loc[called, "entity"])]
    near = did_you_mean(sought, set(mentions["entity"]) | set(mentions["name"].dropna()))
    raise InputError(f"No entity {sought!r} is mentioned in these posts.{near if near.startswith(' Did') else ''}")


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def concordance(posts: pd.DataFrame, found: pd.DataFrame, *, sort: str = "date", width: int = 60) -> pd.DataFrame:
    """Return a row a use: date, title, what stands before, the use, what stands after, where it is, and who holds a code.

    Parameters
    ----------
    posts : that are looked through.
    found : as `spans` returns it.
    sort : `date`, `left` (by the words before, the nearest first) or `right` (by the words after).
    width : characters of the post's text before and after.

    Raises
    ------
    InputError : there is no such order.
    """
    import pandas as pd

    if sort not in SORTS:
        raise InputError(f"There is no order {sort!r}.{did_you_mean(sort, SORTS)}")
    rows = found.merge(posts[["post_id", "published", "title", "source", "url"]], on="post_id")
    texts = dict(zip(posts["post_id"], posts["text"], strict=True))  # looked up, since a merge would copy a text for each use in it
    places = list(rows[["post_id", "start", "end"]].itertuples(index=False))
    for name, cut in (
        ("left", lambda text, start, _: _plain(text[max(0, start - 2 * width) : start])[-width:]),
        ("hit", lambda text, start, end: _plain(text[start:end])),
        ("right", lambda text, _, end: _plain(text[end : end + 2 * width])[:width]),
    ):
        rows[name] = pd.Series([cut(texts[post], *ends) for post, *ends in places], dtype=object)
    rows["title"] = rows["title"].map(_plain)
    order = ["published", "post_id", "start", "end"]
    if sort != "date":
        rows["_order"] = pd.Series([_key(text, sort) for text in rows[sort]], dtype=object)
        order = ["_order", *order]
    rows = rows.sort_values(order, na_position="last").reset_index(drop=True)
    return rows.reindex(columns=list(COLUMNS) if "holder" in found else list(COLUMNS[:-2]))


def _key(text: str, sort: str) -> tuple[str, ...]:
    words = tuple(re.findall(r"\w+", text.casefold()))
    return words[::-1] if sort == "left" else words


def _plain(text: str) -> str:
    """Return a text in one line that a terminal shows as it is: white space is one blank, and no control or format character is left."""
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    return re.sub(r"\s+", " ", "".join(" " if kind in ("Cc", "Zl", "Zp") else letter for letter, kind in kinds if kind not in ("Cf", "Co")))
