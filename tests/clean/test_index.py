"""Posts prepared one by one, kept as JSON, and made into tables part by part are the same tables as made at once."""

import json
from dataclasses import asdict
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.clean import Index, Prepared, clean, prepared, pseudonymous
from discourse.clean.corrections import Correction
from discourse.errors import CorrectionError
from discourse.tables import RawComment, RawPost

LONG = " ".join(f"word{n}" for n in range(60))


def raw(**fields):
    return RawPost(**{"file": "posts/a.md", "sha256": "0", "body": "A body."} | fields)


def correction(line, post, field, old, new):
    return Correction(line, post, field, old, new, "typo")


@st.composite
def posts(draw):
    days = st.none() | st.dates(date(2019, 11, 1), date(2021, 2, 1))
    made = []
    for n in range(draw(st.integers(0, 8))):
        post = raw(file=draw(st.sampled_from(["one.csv", f"posts/{n}.md"])), title=draw(st.sampled_from(["", "One", "Two\u00a0"])))
        post.body = draw(st.sampled_from([LONG, f"{LONG} End.", "Short.", "It is so.\ue0001\ue001 And\u200b on.", ""]))
        post.published = draw(days)
        post.categories = draw(st.none() | st.lists(st.sampled_from(["Cyber Crime", "Cybercrime", "Law ", "law"]), max_size=3))
        post.notes = [{"number": "1", "part": 1, "text": " A\u00a0note", "year": 2016}] if "1" in post.body else []
        post.comments = [RawComment("Bea", "Yes, a@example.org", post.published)] if draw(st.booleans()) else []
        made.append(post)
    return made


def kept(post, rows=()):
    """What comes back from a disk."""
    return Prepared.from_dict(json.loads(json.dumps(prepared(pseudonymous(post, salt="x"), rows).to_dict())))


@given(posts(), st.integers(1, 4))
def test_parts_joined_are_the_tables_made_at_once(posts, at_most):
    index, store = Index("s"), {}
    for k, post in enumerate(posts):
        store[f"key {k}"] = kept(post)
        index.add(f"key {k}", store[f"key {k}"].entry)
    parts = list(index.parts(store, at_most=at_most))
    whole = clean(posts, source="s", salt="x")
    for table in whole:
        joined = [part[table] for _, part in parts]
        pd.testing.assert_frame_equal(pd.concat(joined, ignore_index=True) if joined else whole[table].iloc[:0], whole[table])
    for year, part in parts:
        assert 0 < len(part["posts"]) <= at_most
        assert part["posts"]["published"].map(lambda day: None if pd.isna(day) else day.year).isin([year]).all()


@given(posts())
def test_a_post_is_prepared_without_being_changed_and_comes_back_from_json_as_it_was(posts):
    for post in posts:
        before = asdict(post)
        hidden = pseudonymous(post, salt="x")
        made = prepared(hidden)
        assert asdict(post) == before
        assert made == kept(post) == prepared(hidden)
        assert "Bea" not in json.dumps(made.to_dict())
        assert "a@example.org" not in json.dumps(made.to_dict())


def test_a_correction_reaches_a_post_by_file_by_id_and_with_all_others_in_the_order_of_its_file():
    rows = [
        correction(2, "s/posts/a", "title", "Onne", "One"),
        correction(3, "*", "title", "One", "One and"),
        correction(4, "posts/a.md", "title", "and", "and all"),
    ]
    table = clean([raw(title="Onne"), raw(file="b.md", title="One")], source="s", corrections=rows, salt="x")["posts"]
    assert table["title"].tolist() == ["One and", "One and all"]


def test_only_posts_that_a_correction_names_by_id_are_prepared_anew():
    rows = [correction(2, "s/b", "published", "2020-01-01", "2021-01-01"), correction(3, "*", "title", "T", "U")]
    index = Index("s", rows)
    posts = {"1": raw(title="T"), "2": raw(file="b.md", title="T", published=date(2020, 1, 1))}
    for key, post in posts.items():
        index.add(key, prepared(post, index.rows(post.file)).entry)
    assert index.named() == [(1, "2", rows)]
    made = {"1": prepared(posts["1"], rows[1:]), "2": prepared(posts["2"], rows)}
    index.replace(1, made["2"].entry)
    index.check()
    assert [year for year, _ in index.parts(made)] == [2021, None]


def test_the_id_of_a_post_is_of_before_its_corrections():
    posts = [raw(title="Onne"), raw(title="Two")]
    row = correction(2, "s/posts/a#undated-onne", "title", "Onne", "One")
    table = clean(posts, source="s", corrections=[row], salt="x")["posts"].set_index("post_id")
    assert table.loc["s/posts/a#undated-onne", "title"] == "One"


def test_spellings_are_counted_after_corrections():
    posts = [
        raw(file=f"{k}.md", categories=[name]) for k, name in enumerate(["Cyber Crime", "Cyber Crime", "Cybercrime", "Cybercrime", "x"])
    ]
    rows = [correction(2, "s/4", "categories", "x", "Cybercrime")]
    table = clean(posts, source="s", corrections=rows, salt="x")["posts"]
    assert {name for names in table["categories"] for name in names} == {"Cybercrime"}


@pytest.mark.parametrize(
    ("rows", "partial", "message"),
    [
        ([("s/other", "title", "T", "U")], False, "line 2: nothing matches post 's/other'"),
        ([("s/other", "title", "T", "U")], True, None),
        ([("*", "title", "X", "U")], False, "line 2: nothing matches title 'X'"),
        ([("*", "title", "X", "U")], True, None),
        ([("posts/a.md", "title", "X", "U")], True, "line 2: nothing matches title 'X'"),
        ([("*", "title", "T", "U"), ("*", "title", "T", "V")], False, "line 3: nothing matches title 'T'"),
        ([("s/posts/b", "title", "T", "U")], False, "Did you mean 's/posts/a'"),
    ],
)
def test_a_correction_that_changes_nothing_is_an_error_unless_a_part_is_loaded(rows, partial, message):
    corrections = [correction(line, *row) for line, row in enumerate(rows, start=2)]
    if message is None:
        assert len(clean([raw(title="T")], source="s", corrections=corrections, salt="x", partial=partial)["posts"]) == 1
        return
    with pytest.raises(CorrectionError) as error:
        clean([raw(title="T")], source="s", corrections=corrections, salt="x", partial=partial)
    assert message in str(error.value)
