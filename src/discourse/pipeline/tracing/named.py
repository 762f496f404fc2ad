"""What is behind marks of names, words, topics and sources: each mention, sentence, use, post or note, one row each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import InputError
from discourse.pipeline.charts.words import SEEDS, K, topics_of, words_in_common
from discourse.pipeline.citing import citations
from discourse.pipeline.clouds import AGAINST, COUNTING
from discourse.pipeline.naming import narrowed
from discourse.pipeline.tracing.rows import Behind, behind, in_period
from discourse.pipeline.vocabulary import compared

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from discourse.pipeline.charts.measured import Measured

__all__ = ["COLUMNS", "RESOLVERS", "mentions", "notes", "pairs", "topics", "words"]

COLUMNS = ["post_id", "published", "title", "categories", "url", "text", "start", "end", "holder", "modality", "rule", "said"]
SAID = {"holder": "holder", "modality": "modality", "rule": "method", "said": "said"}  # and the column of a span that says it
OF_POST = ["post_id", "published", "title", "categories", "url"]


class Named(NamedTuple):
    """Things that marks name: a row a thing, and of each name the rows that bear it, in order."""

    rows: pd.DataFrame
    bearing: Mapping[str, Sequence[int]]

    def of(self, name: str) -> pd.DataFrame:
        """Return the rows that bear a name."""
        return self.rows.iloc[list(self.bearing.get(name, ()))]


def mentions(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a mention of an entity: its sentence, and the name in it.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : `entity`, and where they are restricted to one, `period`, `category`, `code`.
    """
    return _in_sentences(measured, _of_period(measured, _mentioned(measured, mark).of(str(mark["entity"])), mark))


def pairs(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a sentence that names two entities, with the first name in it; within posts, a row a post.

    Parameters
    ----------
    measured : the workspace, narrowed as the figure's options say.
    mark : `entity`, `other`, `within` (`sentence` or `post`), and `period`, `category`, `code` as in `mentions`.
    """
    found, unit = _mentioned(measured, mark), ["post_id"] if mark.get("within") == "post" else ["post_id", "sentence"]
    one, other = (_of_period(measured, found.of(str(mark[which])), mark).drop_duplicates(unit) for which in ("entity", "other"))
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
        return _in_sentences(measured, measured.once("words in common", words_in_common).uses(word))
    from discourse.measure.words import uses_of

    groups = group.split(AGAINST)
    found = measured.shared(("compared", *groups), lambda workspace: compared([workspace.workspace], *groups, counting=COUNTING))
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
    number, period = int(mark["topic"]), _given(mark, "period")
    every = measured.shared(("topic", measured.asked.k or K, number), partial(_held, topic=number))
    return every.rows.copy() if period is None else every.of(in_period(measured, period))


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
    what = next((key for key in ("work", "domain", "author") if _given(mark, key) is not None), None)
    if what is None:
        raise InputError(f"The mark {mark.get('mark', '')!r} names no work, host or author.")
    found = measured.shared(("cited", what, measured.asked.years), partial(_cited, what=what))
    return found.of(str(mark[what])).reset_index(drop=True)


RESOLVERS: dict[str, Callable[[Measured, Mapping[str, Any]], pd.DataFrame]] = {
    "mentions": mentions, "pair": pairs, "word": words, "topic": topics, "notes": notes,
}  # fmt: skip


def _given(mark: Mapping[str, Any], key: str) -> str | None:
    """Return what a mark is restricted to, or nothing."""
    value = mark.get(key)
    return None if value is None or value != value or value == "" else str(value)


def _mentioned(measured: Measured, mark: Mapping[str, Any]) -> Named:
    """Return the mentions among which a mark counts, by entity."""
    asked, code = measured.asked, _given(mark, "code")
    category = _given(mark, "category") or asked.category

    def made(workspace: Measured) -> Named:
        found = narrowed(workspace.workspace, category=category, label=asked.label, code=code, years=asked.years).in_code()
        return Named(found, _bearing(found["entity"]))

    return measured.shared(("mentions", category, asked.label, code, asked.years), made)


def _bearing(names: pd.Series) -> dict[str, Sequence[int]]:
    """Return name -> the places of the rows that bear it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        found[name].append(place)
    return dict(found)


def _of_period(measured: Measured, rows: pd.DataFrame, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows of posts of the mark's period, all where it has none."""
    period = _given(mark, "period")
    return rows if period is None else rows[rows["post_id"].isin(measured.posts.loc[in_period(measured, period), "post_id"])]


def _held(measured: Measured, *, topic: int) -> Behind:
    """Return the posts that hold some of a topic."""
    found = topics_of(measured)
    held = found.posts[(found.posts["topic"] == topic) & (found.posts["share"] > 0)]
    examples = found.sentences[found.sentences["topic"] == topic]
    first = measured.table("sentences").drop_duplicates("post_id")
    text = {**dict(zip(first["post_id"], first["text"], strict=True)), **dict(zip(examples["post_id"], examples["text"], strict=True))}
    rows = held.assign(
        text=held["post_id"].map(text).fillna(""), said=[f"{share:.1%} of the post" for share in held["share"]],
        rule=f"{found.about['method']}, {found.about['k']} topics, {SEEDS} seeds",
    )  # fmt: skip
    return behind(_rows(measured, rows), measured)


def _cited(measured: Measured, *, what: str) -> Named:
    """Return every citation that names a work, a host or an author, by what it names."""
    from discourse.measure.citations import by_author

    cited = measured.shared(("cited", measured.asked.years), lambda one: citations(one.workspace, years=one.asked.years).citations)
    cited = cited[~cited["own"].astype(bool)]
    cited = (by_author(cited) if what == "author" else cited).reset_index(drop=True)
    sentences = measured.table("sentences")
    printing = sentences[sentences["post_id"].isin(cited.loc[cited["place"] == "text", "post_id"])]
    printed = {post: list(texts) for post, texts in printing.groupby("post_id", sort=False)["text"]}
    texts: list[Any] = []
    spans: list[tuple[Any, Any]] = []
    for post, place, url, text in cited[["post_id", "place", "url", "text"]].itertuples(index=False, name=None):
        shown = next((one for one in printed.get(post, ()) if url in one), url) if place == "text" else text
        at = shown.find(url) if isinstance(url, str) and isinstance(shown, str) else -1
        texts.append(shown)
        spans.append((at, at + len(url)) if at >= 0 else (None, None))
    said = [
        f"note {number}" if place == "note" else "address in the text"
        for place, number in cited[["place", "number"]].itertuples(index=False)
    ]
    rows = cited.assign(text=texts, start=[a for a, _ in spans], end=[b for _, b in spans], said=said, rule=cited["via"], names=cited[what])
    made = _rows(measured, rows.drop(columns=["title", "url", "published"]), beside=["names"])
    return Named(made[COLUMNS], _bearing(made["names"]))


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _in_sentences(measured: Measured, spans: pd.DataFrame) -> pd.DataFrame:
    """Return evidence of spans with `post_id`, `sentence`, `start` and `end` in the post: the sentence, and the place in it."""
    import numpy as np

    told, begins, places = measured.shared("sentences in order", _told)
    keys = zip(spans["post_id"], spans["sentence"], strict=True)
    place = np.fromiter((places.get(key, -1) for key in keys), dtype=np.int64, count=len(spans))
    order = np.lexsort((spans["start"], place))
    order = order[place[order] >= 0]
    spans, place = spans.iloc[order].reset_index(drop=True), place[order]
    found = told.iloc[place].reset_index(drop=True)
    inside = {name: (spans[name] - begins[place]).astype("Int64") for name in ("start", "end")}
    return found.assign(**inside, **{name: _or_nothing(spans.get(of), found) for name, of in SAID.items()})[COLUMNS]


def _told(measured: Measured) -> tuple[pd.DataFrame, NDArray[np.int64], dict[tuple[str, int], int]]:
    """Return the sentences with what is said of their posts, in order of time, where each begins, and the place of each."""
    sentences = measured.table("sentences")[["post_id", "sentence", "start", "text"]]
    told = sentences.merge(measured.posts[OF_POST], on="post_id", how="left")
    told = told.sort_values(["published", "post_id", "sentence"], kind="stable", na_position="last", ignore_index=True)
    told = told.assign(url=_or_nothing(told["url"], told))
    places = {key: n for n, key in enumerate(zip(told["post_id"], told["sentence"], strict=True))}
    return told, told["start"].to_numpy(), places


def _rows(measured: Measured, rows: pd.DataFrame, *, beside: Sequence[str] = ()) -> pd.DataFrame:
    """Return evidence of posts in order of time, and what stands beside it."""
    found = rows.merge(measured.posts[OF_POST], on="post_id", how="left")
    found = found.sort_values(["published", "post_id"], kind="stable", na_position="last", ignore_index=True)
    found = found.reindex(columns=[*COLUMNS, *beside]).astype({"start": "Int64", "end": "Int64"})
    return found.assign(**{name: _or_nothing(found[name], found) for name in ("url", *SAID)})


def _or_nothing(values: pd.Series | None, rows: pd.DataFrame) -> pd.Series:
    """Return text, or None where there is none, for each row."""
    import pandas as pd

    return pd.Series(None, index=rows.index, dtype=object) if values is None else values.astype(object).where(values.notna(), None)
