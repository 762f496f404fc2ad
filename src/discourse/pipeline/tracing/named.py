"""What is behind marks of names, words, topics and sources: each mention, sentence, use, post or note, one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.errors import InputError
from discourse.pipeline.charts.words import SEEDS, topics_of, words_in_common
from discourse.pipeline.citing import citations
from discourse.pipeline.clouds import AGAINST, COUNTING
from discourse.pipeline.naming import Material, narrowed
from discourse.pipeline.vocabulary import Compared, compared

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure.common_words import CommonWords
    from discourse.pipeline.charts.measured import Measured

__all__ = ["COLUMNS", "RESOLVERS", "mentions", "notes", "pairs", "topics", "words"]

COLUMNS = ["post_id", "published", "title", "categories", "url", "text", "start", "end", "holder", "modality", "rule", "said"]
PERIODS = {4: "year", 6: "quarter", 7: "month"}  # by the length of a period's name


def mentions(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a mention of an entity: its sentence, and the name in it.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : `entity`, and where they are restricted to one, `period`, `category`, `code`.
    """
    material = _material(measured, mark)
    found = material.in_code()
    return _in_sentences(measured, _of_period(found[found["entity"] == mark["entity"]], material.posts, mark))


def pairs(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a sentence that names two entities, with the first name in it; within posts, a row a post.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : `entity`, `other`, `within` (`sentence` or `post`), and `period`, `category`, `code` as in `mentions`.
    """
    material = _material(measured, mark)
    found = _of_period(material.in_code(), material.posts, mark)
    unit = ["post_id"] if mark.get("within") == "post" else ["post_id", "sentence"]
    one, other = (found[found["entity"] == mark[which]].drop_duplicates(unit) for which in ("entity", "other"))
    both = one.merge(other[[*unit, "text"]], on=unit, suffixes=("", "_other"))
    return _in_sentences(measured, both.assign(said="with " + both["text_other"].astype(str)))


def words(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a use of a word: its sentence, and the word in it.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : `word`, and `group`: nothing (all posts), or two groups of sentences, `FIRST against SECOND`, as a person would type them; uses
        in both are given, and said of which they are.
    """
    word, group = str(mark["word"]), _given(mark, "group")
    if group is None:
        return _in_sentences(measured, _in_common(measured).uses(word))
    from discourse.measure.words import uses_of

    found = _compared(str(measured.workspace), _state(measured), *group.split(AGAINST))
    counted, sentences = found.corpus.words, found.corpus.whole("sentences")
    here = counted.tokens == counted.place_of(word)
    parts = [
        uses_of(counted, sentences, here & of).assign(said=measured.names.get("".join(one.codes), one.name))
        for one, of in zip(found.groups, found.words, strict=True)
    ]
    return _in_sentences(measured, _together(parts))


def topics(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a post that holds some of a topic, with how much, and the sentence that stands for it where one was chosen.

    Parameters
    ----------
    measured : the workspace; topics are fitted again, as the figure's options say.
    mark : `topic` (its number), and `period` where it is restricted to one.
    """
    found = topics_of(measured)
    held = found.posts[(found.posts["topic"] == int(mark["topic"])) & (found.posts["share"] > 0)]
    held = _of_period(held, measured.posts, mark)
    examples = found.sentences[found.sentences["topic"] == int(mark["topic"])]
    first = measured.table("sentences").drop_duplicates("post_id")
    text = {**dict(zip(first["post_id"], first["text"], strict=True)), **dict(zip(examples["post_id"], examples["text"], strict=True))}
    rows = held.assign(
        text=held["post_id"].map(text).fillna(""), said=[f"{share:.1%} of the post" for share in held["share"]],
        rule=f"{found.about['method']}, {found.about['k']} topics, {SEEDS} seeds",
    )  # fmt: skip
    return _rows(measured, rows, order=["published", "post_id"])


def notes(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a citation: the note, or the sentence that prints the address.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : one of `work`, `domain` and `author`.

    Raises
    ------
    InputError : it says none of them.
    """
    from discourse.measure.citations import by_author

    what = next((key for key in ("work", "domain", "author") if _given(mark, key) is not None), None)
    if what is None:
        raise InputError(f"The mark {mark.get('mark', '')!r} names no work, host or author.")
    cited = citations(measured.workspace, years=measured.asked.years).citations
    cited = cited[~cited["own"].astype(bool)]
    cited = by_author(cited) if what == "author" else cited
    cited = cited[cited[what] == mark[what]]
    sentences = measured.table("sentences")
    texts, spans = [], []
    for post, place, url, text in cited[["post_id", "place", "url", "text"]].itertuples(index=False, name=None):
        own = sentences.loc[sentences["post_id"] == post, "text"] if place == "text" else None
        shown = text if own is None else next((one for one in own if url in one), url)
        at = shown.find(url) if isinstance(url, str) and isinstance(shown, str) else -1
        texts.append(shown)
        spans.append((at, at + len(url)) if at >= 0 else (None, None))
    said = [
        f"note {number}" if place == "note" else "address in the text"
        for place, number in cited[["place", "number"]].itertuples(index=False)
    ]
    rows = cited.assign(text=texts, start=[a for a, _ in spans], end=[b for _, b in spans], said=said, rule=cited["via"])
    return _rows(measured, rows.drop(columns=["title", "url", "published"]), order=["published", "post_id"])


RESOLVERS: dict[str, Callable[[Measured, Mapping[str, Any]], pd.DataFrame]] = {
    "mentions": mentions, "pair": pairs, "word": words, "topic": topics, "notes": notes,
}  # fmt: skip


def _given(mark: Mapping[str, Any], key: str) -> str | None:
    """Return what a mark is restricted to, or nothing."""
    value = mark.get(key)
    return None if value is None or value != value or value == "" else str(value)


def _material(measured: Measured, mark: Mapping[str, Any]) -> Material:
    asked = measured.asked
    category = _given(mark, "category") or asked.category
    return narrowed(Path(measured.workspace), category=category, label=asked.label, code=_given(mark, "code"), years=asked.years)


def _of_period(rows: pd.DataFrame, posts: pd.DataFrame, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows of posts of the mark's period, all where it has none."""
    from discourse.measure.groups import period_of

    period = _given(mark, "period")
    if period is None:
        return rows
    inside = posts.loc[period_of(posts, by=PERIODS[len(period)]) == period, "post_id"]
    return rows[rows["post_id"].isin(inside)]


def _state(measured: Measured) -> tuple[tuple[str, str], ...]:
    """Return the hashes of the workspace's tables, so that what was made of others is not taken."""
    return tuple(sorted(paths.manifest(measured.workspace)["tables"].items()))


@lru_cache(maxsize=1)
def _in_common(measured: Measured) -> CommonWords:
    return words_in_common(measured)


@lru_cache(maxsize=1)
def _compared(workspace: str, state: tuple[tuple[str, str], ...], first: str, second: str) -> Compared:
    return compared([Path(workspace)], first, second, counting=COUNTING)


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _in_sentences(measured: Measured, spans: pd.DataFrame) -> pd.DataFrame:
    """Return evidence of spans with `post_id`, `sentence`, `start` and `end` in the post: the sentence, and the place in it."""
    sentences = measured.table("sentences")[["post_id", "sentence", "start", "text"]].rename(columns={"start": "begins", "text": "whole"})
    rows = spans.merge(sentences, on=["post_id", "sentence"], how="left")
    rows = rows.assign(text=rows["whole"], start=rows["start"] - rows["begins"], end=rows["end"] - rows["begins"], rule=rows.get("method"))
    return _rows(measured, rows, order=["published", "post_id", "sentence", "start"])


def _rows(measured: Measured, rows: pd.DataFrame, *, order: list[str]) -> pd.DataFrame:
    posts = measured.posts[["post_id", "published", "title", "categories", "url"]]
    found = rows.merge(posts, on="post_id", how="left").sort_values(order, kind="stable", na_position="last", ignore_index=True)
    found = found.reindex(columns=COLUMNS).astype({"start": "Int64", "end": "Int64"})
    blank = {name: found[name].astype(object).where(found[name].notna(), None) for name in ("url", "holder", "modality", "rule", "said")}
    return found.assign(**blank)
