"""Tracing of names, words, topics and sources: behind every mark of every such chart stand as many things as it says."""

import pandas as pd
import pytest

import discourse
from discourse import pipeline
from discourse.errors import InputError
from discourse.pipeline.charts import CHARTS, Asked, Measured
from discourse.pipeline.tracing import resolve
from discourse.pipeline.tracing.named import COLUMNS, RESOLVERS

ASKED = {
    "entities_mentioned": [{}, {"label": "ORG", "most": 5}, {"years": (2018, 2019), "most": 5}, {"codes": ("cyber_pessimist",), "most": 5}],
    "entities_over_time": [{}, {"by": ("quarter",), "most": 3}, {"by": ("month",), "most": 3}, {"codes": ("shutdowns",), "most": 3}],
    "entity_network": [{}, {"label": "PRODUCT"}],
    "keyness": [{}, {"codes": ("shutdowns", "surveillance_interception"), "years": (2016, None), "most": 5}],
    "word_cloud_framings": [{}],
    "word_cloud": [{}, {"years": (2018, 2018), "most": 20}],
    "topics": [{}, {"k": 4, "most": 2}],
    "sources_cited": [{}, {"years": (None, 2018)}],
}
CASES = [(name, given) for name, some in ASKED.items() for given in some]


@pytest.mark.parametrize(("name", "given"), CASES)
def test_behind_every_mark_stand_as_many_things_as_it_says(sample, name, given):
    measured = Measured(sample, Asked.of(given))
    numbers = CHARTS[name].draw(measured).numbers
    assert len(numbers)
    assert numbers["mark"].is_unique
    posts = discourse.table(sample, "posts").set_index("post_id")
    for mark in numbers.to_dict("records"):
        rows = RESOLVERS[mark["behind"]](measured, mark)
        assert list(rows.columns) == COLUMNS
        assert len(rows) == mark["n"], mark["mark"]
        if mark.get("n_posts") == mark.get("n_posts") and mark.get("n_posts") is not None:
            assert rows["post_id"].nunique() == mark["n_posts"], mark["mark"]
        assert rows["published"].is_monotonic_increasing
        for row in rows.dropna(subset=["start"]).head(3).itertuples():
            assert 0 <= row.start < row.end <= len(row.text)
            assert posts.loc[row.post_id, "title"] == row.title


def test_a_category_and_a_mark_read_from_csv(sample):
    category = discourse.table(sample, "posts")["categories"].iloc[0][0]
    measured = Measured(sample, Asked(category=category, most=3))
    for name in ("entities_mentioned", "word_cloud", "word_cloud_framings"):
        for mark in CHARTS[name].draw(measured).numbers.to_dict("records"):
            text = {key: "" if value is None or value != value else str(value) for key, value in mark.items()}
            rows = RESOLVERS[mark["behind"]](measured, text)
            assert len(rows) == mark["n"]
            assert all(category in some for some in rows["categories"])


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("entities_over_time", [{}, {"years": (2018, 2019)}, {"label": "ORG"}]),
        ("word_cloud", [{"most": 9}, {"most": 9, "years": (2018, 2018)}]),
        ("sources_cited", [{}, {"years": (None, 2018)}]),
        ("topics", [{"k": 3}, {"k": 4}]),
        ("themes_over_time", [{}, {"years": (2017, 2019)}]),
        ("categories_over_time", [{}, {"years": (2017, 2019)}]),
    ],
)
def test_what_is_kept_for_one_choice_is_not_taken_for_another(sample, name, options):
    whole = Measured(sample)
    for given in (*options, *options[::-1]):
        one, alone = whole.asking(Asked.of(given)), Measured(sample, Asked.of(given))
        marks = CHARTS[name].draw(alone).numbers.to_dict("records")
        for mark in marks[::5]:
            pd.testing.assert_frame_equal(resolve(one, mark, marks), resolve(alone, mark, marks))


def test_spans_show_the_name_and_the_word(sample):
    measured = Measured(sample)
    mark = CHARTS["entities_mentioned"].draw(measured).numbers.iloc[0].to_dict()
    rows = RESOLVERS["mentions"](measured, mark)
    shown = {text[start:end] for text, start, end in rows[["text", "start", "end"]].itertuples(index=False)}
    known = discourse.table(sample, "mentions")
    assert shown <= set(known.loc[known["entity"] == mark["entity"], "text"])
    word = CHARTS["keyness"].draw(measured).numbers.iloc[0].to_dict()
    uses = RESOLVERS["word"](measured, word)
    assert {text[start:end].lower() for text, start, end in uses[["text", "start", "end"]].itertuples(index=False)} <= {
        word["word"], word["word"] + "'s",
    }  # fmt: skip
    assert (uses["said"] == "Cyber-optimist").sum() == word["n_first"]
    assert (uses["said"] == "Cyber-pessimist").sum() == word["n_second"]


def test_pairs_within_posts_and_authors_are_traced_too(sample):
    measured = Measured(sample)
    pair = pipeline.co_mentions(sample, within="post").pairs.iloc[0]
    rows = RESOLVERS["pair"](measured, {"entity": pair["a"], "other": pair["b"], "within": "post"})
    assert len(rows) == pair["n_posts"] == rows["post_id"].nunique()
    found = pipeline.citations(sample)
    own = found.citations["own"].astype(bool)
    assert not own[found.citations["author"].notna()].any()
    for author, n in found.authors.head(20)[["author", "n_citations"]].itertuples(index=False):
        assert len(RESOLVERS["notes"](measured, {"author": author})) == n
    with pytest.raises(InputError, match="names no work, host or author"):
        RESOLVERS["notes"](measured, {"mark": "m"})


def test_an_address_in_the_text_is_shown_in_its_sentence(corpus, tmp_path):
    body = "The net was mapped in a long and careful report. And so it stays, says https://example.org/earlier today."
    discourse.load_corpus(corpus([{"body": body, "title": f"{n}"} for n in range(2)]), tmp_path / "w")
    measured = Measured(pipeline.prepared(tmp_path / "w"))
    rows = RESOLVERS["notes"](measured, {"domain": "example.org"})
    row = rows.iloc[0]
    assert row["text"][row["start"] : row["end"]] == "https://example.org/earlier"
    assert row["said"] == "address in the text"


def test_nothing_is_missing_in_odd_ways(sample):
    measured = Measured(sample)
    rows = RESOLVERS["topic"](measured, {"topic": "1", "period": ""})
    assert rows["text"].str.len().gt(0).all()
    assert pd.api.types.is_integer_dtype(rows["start"])
    assert rows["holder"].isna().all()
