"""Charts of words: those of the corpus, those that mark one group against another, and topics."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from discourse import workspaces
from discourse.errors import InputError, PipelineError
from discourse.pipeline.clouds import codes_marked
from discourse.pipeline.topics import topics as fitted

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart
    from discourse.measure.common_words import CommonWords
    from discourse.pipeline.charts.measured import Measured
    from discourse.pipeline.topics import Topics


__all__ = ["SEEDS", "K", "cloud", "cloud_of_codes", "keyness", "topics", "topics_of", "words_in_common"]

FEWEST_POSTS = 20  # below, words are told apart by uses, as most stand in as many posts
K, SEEDS = 8, 10


def cloud(measured: Measured) -> Chart:
    """Draw the words that most posts use."""
    from discourse.chart import word_cloud as chart

    try:
        found = measured.once("words in common", words_in_common)
    except PipelineError as error:  # the other charts need no extra: this one says what it needs
        return chart.draw(measured.counted.iloc[:0], measured.about, why=str(error))
    table, unit = found.table, "post" if found.words.n_posts >= FEWEST_POSTS else "use"
    if unit == "use":
        table = table.sort_values(["n", "word"], ascending=[False, True], ignore_index=True)
    most = measured.asked.most or chart.MOST
    shown = table[~table["private"]].head(most)
    n_private = int(table.loc[: shown.index.max() if len(shown) == most else len(table), "private"].sum())
    shown = shown[["word", "n", "n_posts"]].reset_index(drop=True).assign(category=measured.asked.category or "")
    return chart.draw(shown, measured.about, unit=unit, n_private=n_private)


def words_in_common(measured: Measured) -> CommonWords:
    """Return the words of the posts that count, of several languages the commonest; of all posts where none counts and none is chosen.

    Raises
    ------
    PipelineError : the posts are Korean and the extra `korean` is not installed.
    """
    from discourse.measure.common_words import common_words

    posts = measured.counted
    if posts.empty and measured.asked.category is None:
        posts = measured.posts
    language = str(posts["language"].mode().iloc[0]) if len(posts) else "en"
    posts = posts[posts["language"] == language].reset_index(drop=True)
    return common_words(posts, measured.table("sentences"), measured.table("mentions"), language=language)


def cloud_of_codes(measured: Measured) -> Chart:
    """Draw clouds of the words that mark two codes against each other."""
    from discourse.chart import word_cloud as chart

    return chart.draw_groups(codes_marked(measured), measured.about, most=measured.asked.most or chart.MOST // 2)


def keyness(measured: Measured) -> Chart:
    """Draw the words that mark two codes against each other, with how sure that is."""
    from discourse.chart import keyness as chart

    return chart.draw(codes_marked(measured), measured.about, most=measured.asked.most or chart.MOST)


def topics(measured: Measured) -> Chart:
    """Draw the topics that several seeds agree on."""
    from discourse.chart import topics as chart
    from discourse.chart.nothing import nothing

    try:
        found = topics_of(measured)
    except InputError as error:
        if measured.asked.k is not None:
            raise
        return nothing(chart.TITLE, str(error), measured.about)
    rows, n_private = _topic_rows(found, measured, words=chart.WORDS)
    rows = rows[rows["topic"] <= (measured.asked.most or len(found.topics))]
    return chart.draw(rows, measured.about, fitted=found.about | {"chosen": measured.asked.k is not None}, n_private=n_private)


def topics_of(measured: Measured) -> Topics:
    """Return topics, so many as are asked for, else 8: the same tables give the same ones, and they are fitted once."""
    record = workspaces.manifest(measured.workspace)["tables"]
    return _fitted(str(measured.workspace), tuple(sorted(record.items())), measured.asked.k or K)


@lru_cache(maxsize=2)
def _fitted(workspace: str, tables: tuple[tuple[str, str], ...], k: int) -> Topics:
    return fitted(workspace, k=k, seeds=SEEDS)


def _topic_rows(found: Topics, measured: Measured, *, words: int) -> tuple[pd.DataFrame, int]:
    """Return a row a topic over all posts and a row a topic and year, and how many leading words were passed over as private names."""
    import pandas as pd

    from discourse.measure.groups import period_of

    private = _private(measured)
    leading = found.words.sort_values(["topic", "rank"])
    is_private = leading["word"].isin(private)
    shown = leading[~is_private].groupby("topic").head(words)
    last = shown.groupby("topic")["rank"].max()
    n_private = int((is_private & (leading["rank"] < leading["topic"].map(last))).sum())
    held = found.posts[found.posts["share"] > 0].merge(measured.posts, on="post_id")
    counts = pd.concat([held.assign(period=""), held.assign(period=period_of(held, by="year"))]).groupby(["topic", "period"]).size()
    rows = (
        found.prevalence[found.prevalence["category"] == ""].rename(columns={"n_posts": "denominator"}).drop(columns=["category", "lift"])
    )
    rows = rows.join(shown.groupby("topic")["word"].agg(" ".join).rename("words"), on="topic")
    rows = rows.join(found.topics.set_index("topic")["stability"], on="topic").join(counts.rename("n"), on=["topic", "period"])
    return rows.assign(n=rows["n"].fillna(0).astype(int)), n_private


def _private(measured: Measured) -> frozenset[str]:
    """Return the words of the posts that count that are names of people whom the gazetteer does not know."""
    from discourse.measure import words_of
    from discourse.measure.private_names import private_names

    posts = measured.counted
    sentences = measured.table("sentences")
    sentences = sentences[sentences["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    words = words_of(posts, sentences, language=measured.record["tag"]["language"])
    return frozenset(words.vocabulary[private_names(words, sentences, measured.table("mentions"))])
