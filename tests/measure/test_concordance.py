"""Concordance: where words, patterns and lemmas are found, and what stands around them."""

import time

import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.measure import concordance, posts_in, spans
from discourse.measure.patterns import of_lemmas, of_regex, of_text

TEXTS = [
    "The net caught nets; the NET-work’s net.",
    "Spied on, they spy: don’t spy.",
    "인터넷 감시를 멈추라. SMS를 지켜라.",
    "Café, cafe and CAFÉS 2019.",
]


def shown(found):
    return [TEXTS[row][start:end] for row, start, end in found]


TEXT = [
    ("net", ["net", "NET", "net"]), ("the net", ["The net", "the NET"]), ("net caught", ["net caught"]), ("don't spy", ["don’t spy"]),
    ("감시", ["감시"]), ("sms", ["SMS"]), ("cafe", ["cafe"]), ("(", []), ("net.", ["net."]), ("network", []), ("net‑work", ["NET-work"]),
]  # fmt: skip


@pytest.mark.parametrize(("sought", "expected"), TEXT)
def test_text_is_found_as_whole_words(sought, expected):
    assert shown(of_text(TEXTS, sought)) == expected


REGEX = [
    (r"nets?", ["net", "nets", "NET", "net"]), (r"(?-i)net\b", ["net", "net"]), (r"\bsp\w+", ["Spied", "spy", "spy"]),
    (r"감시\w", ["감시를"]), (r"caf\w+", ["Café", "cafe", "CAFÉS"]), (r"[\w’]+ spy", ["they spy", "don’t spy"]), (r"\d+", ["2019"]), ("x*", []),
    (r"[[:alpha:]]{3}, ", []), (r"\W감시", [" 감시"]), (r"\pL+라", ["멈추라", "지켜라"]), (r"^the", ["The"]), (r"\C감", [" 감"]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "expected"), REGEX)
def test_patterns(pattern, expected):
    assert shown(of_regex(TEXTS, pattern)) == expected


@pytest.mark.parametrize("pattern", ["(a", "a**", "[", r"(a)\1", "a(?=b)", r"(x{1000}){1000}", "a\\", "(?P<n>a"])
def test_what_is_no_regular_expression_is_refused_in_one_line(pattern):
    with pytest.raises(InputError, match="is no regular expression") as caught:
        list(of_regex(TEXTS, pattern))
    assert "\n" not in str(caught.value)
    assert "(?i)" not in str(caught.value)


def test_a_word_boundary_beside_letters_that_it_does_not_know_is_refused():
    with pytest.raises(InputError, match="knows ASCII letters alone"):
        list(of_regex(TEXTS, r"\b감시"))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a|a?)+b", r"(\w+\s*)+:", "(.*)*x"])
def test_no_pattern_hangs(pattern):
    started = time.perf_counter()
    list(of_regex(["a" * 4000 + "!"] * 20, pattern))
    assert time.perf_counter() - started < 5


LEMMA = [
    ("spies", "en", ["Spied", "spy", "spy"]), ("nets catch", "en", ["net caught"]), ("catch net", "en", ["caught nets"]), ("spy net", "en", []), ("unheard", "en", []),
    ("감시", "ko", ["감시를"]), ("멈추다", "ko", ["멈추라"]),
]  # fmt: skip


@pytest.mark.parametrize(("sought", "language", "expected"), LEMMA)
def test_lemmas_find_every_form(sought, language, expected):
    assert shown(of_lemmas(TEXTS, sought, language=language)) == expected


POSTS = pd.DataFrame({
    "post_id": ["a", "b", "c", "d"], "source": ["one", "one", "two", "two"], "url": None, "title": ["First", "Second\tpost", "Third", "Fourth"],
    "published": pd.to_datetime(["2018-03-05", "2019-01-01", "2019-06-01", None]), "published_precision": ["day", "year", "month", None],
    "categories": [["Privacy"], [], None, ["Privacy", "Tools"]],
    "text": ["Old phones ring.\n\n# Head\n\nNew phones\u200b are watched.", "A phone.", "The phones (all) speak.", "No."],
})  # fmt: skip
SENTENCES = pd.DataFrame(
    [
        ["a", 0, 0, "Old phones ring."],
        ["a", 1, 26, "New phones\u200b are watched."],
        ["b", 0, 0, "A phone."],
        ["c", 0, 0, "The phones (all) speak."],
    ],
    columns=["post_id", "sentence", "start", "text"],
)
MENTIONS = pd.DataFrame(
    [
        ["a", 0, 0, 3, "Old", "old-firm", "The Old Firm"],
        ["c", 0, 0, 3, "The", "old-firm", "The Old Firm"],
        ["c", 0, 4, 10, "phones", "unlinked/phones", "phones"],
    ],
    columns=["post_id", "sentence", "start", "end", "text", "entity", "name"],
)
CODINGS = pd.DataFrame(
    [["a", 1, 30, 36, "watching", "other", "asserted"]], columns=["post_id", "sentence", "start", "end", "code", "holder", "modality"]
)
CORPUS = {"sentences": SENTENCES, "mentions": MENTIONS, "codings": CODINGS}


def lines(sought, kind="text", **options):
    found = spans(sought, CORPUS, kind=kind, language="en", codes=["watching"])
    return concordance(POSTS, found, **options)


def test_context_is_the_posts_text_in_one_line_and_offsets_are_the_posts():
    table = lines("phones", width=12)
    expected = [["Old ", " ring. # Hea"], [" # Head New ", " are watched"], ["The ", " (all) speak"]]
    assert table[["left", "right"]].values.tolist() == expected
    assert set(table["hit"]) == {"phones"}
    assert [POSTS["text"][0][row.start : row.end] for row in table.itertuples() if row.post_id == "a"] == ["phones", "phones"]
    assert "holder" not in table


def test_control_characters_never_reach_a_terminal():
    text = "A \x1b[31mred\x1b[0m phone\u202e\u00ad rings."
    posts = POSTS.head(1).assign(text=text, title="T\x1b[0m")
    found = concordance(
        posts, pd.DataFrame({"post_id": ["a"], "sentence": [0], "start": [text.index("phone")], "end": [text.index("phone") + 5]})
    )
    assert all(letter.isprintable() for letter in "".join(found.loc[0, ["title", "left", "hit", "right"]]))


ORDERS = [("date", ["a", "a", "c"]), ("left", ["a", "a", "c"]), ("right", ["c", "a", "a"])]


@pytest.mark.parametrize(("sort", "expected"), ORDERS)
def test_orders(sort, expected):
    assert lines("phones", sort=sort)["post_id"].tolist() == expected


def test_a_code_shows_cue_holder_and_modality():
    assert lines("watching", "code")[["hit", "holder", "modality"]].values.tolist() == [["phones", "other", "asserted"]]


@pytest.mark.parametrize(("sought", "n"), [("old-firm", 2), ("the old firm", 2), ("OLD", 2), ("the old-firm", 2), ("phones", 1)])
def test_an_entity_is_found_by_slug_name_or_what_it_is_called(sought, n):
    assert len(lines(sought, "entity")) == n


WHERE = [
    ({"since": "2018", "until": "2018"}, "a"), ({"since": "2018-03-06"}, "bc"), ({"until": "2019"}, "abc"), ({"since": "2019-06", "until": "2019-06-30"}, "bc"),
    ({"since": "2018-03-05", "until": "2018-03-05"}, "a"), ({"category": "Privacy"}, "ad"), ({"category": "(no category)"}, "b"),
    ({"source": "two"}, "cd"), ({"source": "two", "since": "2019"}, "c"), ({}, "abcd"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "expected"), WHERE)
def test_posts_are_chosen_by_time_category_and_source(where, expected):
    assert "".join(posts_in(POSTS, **where)["post_id"]) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: posts_in(POSTS, since="20x"), "'20x' is no date; write 2019"),
        (lambda: posts_in(POSTS, category="Privcy"), "Did you mean 'Privacy'"),
        (lambda: posts_in(POSTS, source="three"), "There is no source 'three'"),
        (lambda: lines("watchin", "code"), "There is no code 'watchin'. Did you mean 'watching'"),
        (lambda: lines("Old Frim", "entity"), "Did you mean"),
        (lambda: lines("zzzzz", "entity"), r"No entity 'zzzzz' is mentioned in these posts\.$"),
        (lambda: lines("x", "txt"), "There is no way to look 'txt'. Did you mean 'text'"),
        (lambda: lines("phones", sort="dat"), "There is no order 'dat'. Did you mean 'date'"),
        (lambda: lines("  "), "Nothing is sought"),
        (lambda: lines("!", "lemma"), "Nothing is sought"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_nothing_found_is_an_empty_table():
    assert lines("soup").empty
    assert lines("soup", "lemma").empty
    assert lines("soup", "regex").empty
