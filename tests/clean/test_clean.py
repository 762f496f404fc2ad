"""Cleaning: text, categories, duplicates, corrections, pseudonyms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.clean import clean, read_corrections
from discourse.clean.boilerplate import strip_boilerplate
from discourse.clean.categories import fold, folded_names
from discourse.clean.corrections import Correction, correct, unmatched
from discourse.clean.language import detect
from discourse.clean.text import regular, take_anchors
from discourse.errors import CorrectionError
from discourse.paths import resource_rows
from discourse.tables import RawComment, RawPost, count_words


def raw(**fields):
    return RawPost(**{"file": "posts/a.md", "sha256": "0", "body": "A body."} | fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u00a0b\u2003c", "a b c"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u0301", "é"),
        ("ﬁ ² Ⅳ", "ﬁ ² Ⅳ"),
        ("“curly” ‘quotes’ – and — dashes…", "“curly” ‘quotes’ – and — dashes…"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("one\n\n\n\n two ", "one\n\ntwo"),
        ("&#8217;&amp;&hellip;", "’&…"),
        ("AT&T &c", "AT&T &c"),
        ("nul\x00 bell\x07", "nul bell"),
        ("क्‍ष", "क्‍ष"),
        ("관리소", "관리소"),
        ("#\n\nText", "Text"),
    ],
)
def test_text_becomes_regular(text, expected):
    assert regular(text) == expected


@given(st.text(max_size=200))
def test_regular_text_stays_as_it_is(text):
    once = regular(text)
    assert regular(once) == once or "&" in once


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), max_size=200))
def test_no_letter_is_lost(text):
    import unicodedata

    if "&" not in text:
        assert regular(text) == unicodedata.normalize("NFC", text).strip() or text[:1] in "#>-"


@given(st.lists(st.sampled_from(["One. ", "Two, ", "\ue0001\ue001", "\ue00012\ue001", "셋. "]), max_size=30))
def test_anchors_point_at_where_the_marker_stood(pieces):
    text, anchors = take_anchors("".join(pieces))
    assert "\ue000" not in text
    for number, offset in anchors.items():
        before = "".join(pieces).split(f"\ue000{number}\ue001")[0]
        assert text[:offset] == take_anchors(before)[0]


@pytest.mark.parametrize(
    ("text", "n"), [("", 0), ("One two.", 2), ("don’t re-use U.N. 3,000", 5), ("관리소는 없다", 2), ("# Head\n\n- item", 2), ("— … —", 0)]
)
def test_words(text, n):
    assert count_words(text) == n


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cyber Crime", "Cybercrime"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("articles", "Article"),
        ("Policies", "policy"),
        ("Kwan Li So", "Kwan-li-so"),
    ],
)
def test_spellings_of_one_category_fold(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("News", "New"), ("Privacy", "Private"), ("Kim Jong Un", "Kim Jong Il"), ("청년", "청년들"), ("FIFA", "FATF")]
)
def test_different_categories_do_not(one, other):
    assert fold(one) != fold(other)


def test_the_most_frequent_spelling_is_printed():
    assert folded_names(["Cyber Crime", "Cybercrime", "Cybercrime"]) == {"Cyber Crime": "Cybercrime", "Cybercrime": "Cybercrime"}


@pytest.mark.parametrize("row", resource_rows("boilerplate.csv"), ids=lambda row: row["example"])
def test_every_boilerplate_pattern_takes_its_example_out(row):
    assert strip_boilerplate(f"The ban failed.\n\n{row['example']}") == "The ban failed."


@pytest.mark.parametrize("line", ["Donors wanted the app closed.", "We support our work with facts.", "Share this burden, said the court."])
def test_sentences_that_resemble_boilerplate_stay(line):
    assert strip_boilerplate(line) == line


LONG = " ".join(f"word{n}" for n in range(60))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry has ordered every operator to cut the network during the examinations this week.", "en"),
        ("Das Ministerium hat allen Betreibern befohlen, das Netz während der Prüfungen abzuschalten.", "de"),
        ("휴대전화는 늘었지만 인터넷은 여전히 금지되어 있다. " * 4, "ko"),
        ("Yes.", "und"),
    ],
)
def test_languages(text, language):
    assert detect(text) == language


def test_posts_are_sorted_by_date_and_later_repeats_are_marked():
    posts = [
        raw(file="b.md", body=LONG, published=date(2020, 1, 1)),
        raw(file="a.md", body=LONG, published=date(2021, 1, 1)),
        raw(file="c.md", body="No date."),
    ]
    table = clean(posts, source="s", salt="x")["posts"]
    assert table["post_id"].tolist() == ["s/b", "s/a", "s/c"]
    assert table["duplicate_of"].fillna("").tolist() == ["", "s/b", ""]


def test_ids_do_not_depend_on_what_else_is_loaded():
    one = clean([raw(file="posts/a.md")], source="s", salt="x")["posts"]
    two = clean([raw(file="posts/0.md"), raw(file="posts/a.md")], source="s", salt="x")["posts"]
    assert one["post_id"].item() == "s/posts/a"
    assert "s/posts/a" in set(two["post_id"])


def test_several_posts_of_one_file_have_ids_of_their_own():
    posts = [
        raw(title="One", published=date(2020, 1, 1)),
        raw(title="Two", published=date(2020, 1, 1)),
        raw(title="Two", published=date(2020, 1, 1)),
    ]
    ids = clean(posts, source="s", salt="x")["posts"]["post_id"].tolist()
    assert ids == ["s/posts/a#2020-01-01-one", "s/posts/a#2020-01-01-two", "s/posts/a#2020-01-01-two+"]


def test_commenters_get_one_pseudonym_each_unless_names_are_kept():
    def comments(salt):
        post = raw(comments=[RawComment("Bea", "A"), RawComment("bea ", "B"), RawComment("Cy", "C")])
        return clean([post], source="s", salt=salt)["comments"]["author"].tolist()

    first, again, other = comments("salt")
    assert first == again != other
    assert "bea" not in first.lower()
    assert comments("pepper")[0] != first
    assert comments(None) == ["Bea", "bea", "Cy"]


def test_unknown_categories_stay_unknown_and_none_stays_none():
    table = clean([raw(file="a.md"), raw(file="b.md", categories=[])], source="s", salt="x")["posts"].set_index("post_id")
    assert table.loc["s/a", "categories"] is None
    assert table.loc["s/b", "categories"] == []


def apply(corrections, posts, ids):
    matched = [
        line for post, name in zip(posts, ids, strict=True) for line in correct(post, [c for c in corrections if c.post in ("*", name)])
    ]
    if told := unmatched(corrections, matched=matched, posts=["*", *ids], ids=ids):
        raise CorrectionError(told)
    return len(matched)


def correction(**fields):
    return Correction(**{"line": 2, "post": "*", "field": "categories", "old": "Privcy", "new": "Privacy", "reason": "typo"} | fields)


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ({}, "categories", ["Privacy", "Law"]),
        ({"new": ""}, "categories", ["Law"]),
        ({"old": "", "new": "Radio"}, "categories", ["Privcy", "Law", "Radio"]),
        ({"field": "text", "old": "A body", "new": "The body"}, "body", "The body."),
        ({"field": "published", "old": "2020-01-02", "new": "2020-01-03"}, "published", date(2020, 1, 3)),
        ({"field": "published", "old": "2020-01-02", "new": ""}, "published", None),
        ({"field": "url", "old": "", "new": "https://example.org"}, "url", "https://example.org"),
        ({"post": "s/posts/a", "field": "title", "old": "T", "new": "Title"}, "title", "Title"),
    ],
)
def test_corrections(row, field, expected):
    post = raw(title="T", categories=["Privcy", "Law"], published=date(2020, 1, 2))
    assert apply([correction(**row)], [post], ["s/posts/a"]) == 1
    assert getattr(post, field) == expected


def test_a_correction_reaches_across_a_note_and_keeps_it():
    post = raw(body="It is so,\ue0001\ue001 we saw.")
    apply([correction(field="text", old="so, we", new="so. We")], [post], ["s/posts/a"])
    assert post.body == "It is so. We\ue0001\ue001 saw."


def test_roles_stay_beside_their_authors():
    post = raw(authors=["Ann", "Bo", "Cy"], author_roles=["", "Editr", "Editor"])
    apply([correction(field="author_roles", old="Editr", new="Editor")], [post], ["s/posts/a"])
    assert post.author_roles == ["", "Editor", "Editor"]
    apply([correction(field="authors", old="Bo", new="")], [post], ["s/posts/a"])
    assert (post.authors, post.author_roles) == (["Ann", "Cy"], ["", "Editor"])


@pytest.mark.parametrize(
    "row", [{"old": "Nothing"}, {"post": "s/other"}, {"field": "text", "old": ""}, {"field": "published", "old": "2019-01-01"}]
)
def test_a_correction_that_matches_nothing_is_an_error(row):
    with pytest.raises(CorrectionError, match=r"line 2: nothing matches"):
        apply([correction(**row)], [raw(categories=["Privcy"])], ["s/posts/a"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("post,field,old,new\n", "the first line must be"),
        ("post,field,old,new,reason\n*,category,a,b,typo\n", "Did you mean 'categories'"),
        ("post,field,old,new,reason\n*,tags,a,b,\n", "a reason"),
        (f"post,field,old,new,reason\n*,tags,{'a' * 200_000},b,c\n", "cannot be read"),
    ],
)
def test_a_malformed_corrections_file_is_an_error(tmp_path, content, message):
    file = tmp_path / "corrections.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CorrectionError, match=message):
        read_corrections(file)
