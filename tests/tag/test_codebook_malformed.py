"""Codebooks that are wrong: one line that says what and where, whatever the file holds."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import CodebookError
from discourse.tag import read_codebook

HEAD = "codebook: m\nversion: 1\nlanguage: en\n"
CODE = "codes:\n- {{code: a, kind: theme, name: N, definition: d, rules: [{rule}], match: [x], no_match: [y]}}\n"


def ruled(rule, head=HEAD):
    return head + CODE.format(rule=rule)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{cue: x}", "a rule needs `id` and one of `cue`, `terms`, `lemmas`, `acts`"),
        ("x", "a rule needs `id`"),
        ("{id: r}", "exactly one of `cue`, `terms`, `lemmas`, `acts`; it has none"),
        ("{id: r, cue: a, terms: [b]}", "it has cue and terms"),
        ("{id: r, cue: a, unles: b}", "code a, rule r: there is no key 'unles'. Did you mean 'unless'?"),
        ("{id: r, cue: [a]}", "code a, rule r: `cue` must be text, not a list"),
        ("{id: r, cue: a, with: {a: b}}", "`with`: must be a list of texts, not a mapping"),
        ("{id: r, cue: a, unless: [[a]]}", "`unless`: number 1 must be text, not a list"),
        ("{id: r, cue: '(a'}", "is wrong (missing )"),
        ("{id: r, cue: 'a*'}", "matches nothing at all, and so every sentence"),
        ("{id: r, cue: '(a+)+b'}", "repeats a group that itself repeats without end"),
        (r"{id: r, cue: '(?:x(?:\w+ )*){5,}'}", "repeats a group that itself repeats without end"),
        (r"{id: r, cue: '(?:[a)]\w*){2,90}'}", "repeats a group that itself repeats without end"),
        ("{id: r, cue: '" + "a|" * 20_000 + "b'}", "a pattern of 40,001 characters; 20,000 are the most"),
        ("{id: r, cue: '" + "(" * 9_000 + ")" * 9_000 + "'}", "is wrong (maximum recursion depth exceeded"),
        ("{id: r, cue: 'a{99999999999999999999}'}", "the repetition number is too large"),
        ("{id: r, cue: '[[a]b]'}", "is wrong (Possible nested set"),
        ("{id: r, cue: '{tool}'}", "there is no term {tool}. The codebook has no `terms`."),
        ("{id: r, terms: ['*phone']}", "the term '*phone' is no word or phrase"),
        ("{id: r, terms: ['{tool} x']}", "a {name} by itself"),
        ("{id: r, terms: []}", "`terms`: must be a list of texts, not an empty list"),
        ("{id: r, terms: [a, null]}", "`terms`: number 2 must be text, not nothing"),
        ("{id: r, lemmas: []}", "`lemmas` must be a list of 1 to 12 places"),
        ("{id: r, lemmas: phone}", "`lemmas` must be a list"),
        ("{id: r, lemmas: [a, ..., ..., b]}", "... must stand between two other places"),
        ("{id: r, lemmas: [..., a]}", "... must stand between two other places"),
        ("{id: r, lemmas: [a, {people}]}", "or, in quotes, '{term}'"),
        ("{id: r, lemmas: [a, '{people}']}", "there is no term {people}"),
        ("{id: r, acts: ring}", "`acts` must have `does`"),
        ("{id: r, acts: {who: a}}", "`acts` must have `does`"),
        ("{id: r, acts: {does: a, whon: b}}", "`acts` has no key 'whon'. Did you mean 'who'?"),
        ("{id: r, acts: {does: []}}", "`does`: each place must be a word"),
    ],
)
def test_a_wrong_rule_is_one_line_that_names_it(tmp_path, rule, message):
    assert message in complaint(tmp_path, ruled(rule))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a", "needs the keys `codebook`, `version`, `language` and a list `codes`"),
        (ruled("{id: r, cue: x}", "version: 1\nlanguage: en\n"), "`codebook` must be text, not nothing"),
        (ruled("{id: r, cue: x}", HEAD + "colour: red\n"), "there is no key 'colour'"),
        (ruled("{id: r, cue: x}", HEAD + "terms: [a]\n"), "`terms` must be a mapping of names"),
        (ruled("{id: r, cue: x}", HEAD + "terms: {Tool: a}\n"), "the name of a term is small letters"),
        (ruled("{id: r, cue: x}", HEAD + "terms: {tool: '('}\n"), "term tool: the pattern '(' is wrong"),
        (ruled("{id: r, cue: x}", HEAD + "groups: {a: A}\n"), "must have names of their own; twice: a"),
        (ruled("{id: r, cue: x}", HEAD + "groups: {g: [A]}\n"), "`g` must be text, not a list"),
        (ruled("{id: r, cue: x}", HEAD + "version: 2\n"), "the key 'version' is given twice"),
        (ruled("{id: r, lemmas: [x]}", HEAD.replace("en", "ko")), "read parsed English; this codebook's language is 'ko'"),
        (ruled("{id: r, cue: x}").replace("theme", "topic"), "`kind` must be one of framing, theme, not 'topic'"),
        (ruled("{id: r, cue: x}").replace("code: a", "code: a b"), "a code is one word"),
        (ruled("{id: r, cue: x}").replace("match: [x]", "match: [it says: no]"), "put it in quotes if it has a colon"),
        (ruled("{id: r, cue: x}").replace("rules: [", "deniable: 1, rules: ["), "`deniable` must be true or false"),
        (HEAD + "codes:\n- &a {code: a}\n- *a\n", "an alias, *a; write out what it stands for"),
        ("a: &a [x]\nb: &b [*a, *a]\ncodes: [*b, *b]\n", "an alias"),
        ("[" * 100_000, "nested too deeply"),
        ("a: " + "x" * 2_100_000, "a codebook has 2,000,000 at most"),
        ('a: "\\ud800"', "half of a character"),
        ("a: \x00", "cannot be read"),
        (b"\xff\xfe\xff", "cannot be read"),
        ("? [a]\n: b\n", "a key that is no word"),
        ("!!python/object:os.system x", "needs the keys"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path, content, message):
    assert message in complaint(tmp_path, content)


def complaint(folder, content):
    """Return what is said of a file, which must be one line, or nothing."""
    file = folder / "book.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    try:
        read_codebook(file)
    except CodebookError as error:
        said = str(error)
    else:
        return ""
    assert "\n" not in said
    assert said.startswith(f"{file}: ")
    return said


def test_words_and_numbers_are_as_they_are_written(tmp_path):
    (tmp_path / "b.yaml").write_text(ruled("{id: r, terms: [no, 1984, 1.10]}", "codebook: m\nversion: 1.10\nlanguage: no\n"))
    codebook = read_codebook(tmp_path / "b.yaml")
    assert (codebook.version, codebook.language) == ("1.10", "no")
    assert [bool(codebook.hits(text)) for text in ("It says no.", "In 1984.", "Version 1.10 is out.", "False.")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("pattern", [r"(?:\w+ ){0,6}x", r"(?:[^\w;:]+\w+){0,8}?y", r"[(+*]+", r"\(\w+\)+", "(?:a|b)+", "(?:a+b)?c+"])
def test_repeats_that_end_are_read(tmp_path, pattern):
    assert complaint(tmp_path, ruled(json.dumps({"id": "r", "cue": pattern}))) == ""


def test_long_sentences_of_what_a_rule_asks_for_are_read_in_time(tmp_path):
    (tmp_path / "b.yaml").write_text(
        ruled("{id: r, lemmas: [a, ..., a, ..., a, ..., a, ..., a, ..., b]}, {id: s, acts: {does: a, who: b}}")
    )
    codebook = read_codebook(tmp_path / "b.yaml")
    from discourse.tag.english import load_english

    sentence = "a " * 2000
    (doc,) = load_english().parse([sentence])
    began = time.monotonic()
    assert codebook.hits(sentence, doc) == []
    assert time.monotonic() - began < 5


GOOD = {
    "codebook": "m", "version": "1", "language": "en", "groups": {"g": "G"}, "terms": {"tool": ["phone", "radio"], "other": "a|b"},
    "codes": [{
        "code": "a", "kind": "theme", "name": "N", "parent": "g", "definition": "d", "includes": "i", "excludes": "e", "deniable": True,
        "rules": [
            {"id": "r1", "cue": "{tool}", "with": ["x"], "unless": "y"}, {"id": "r2", "terms": ["phone*", "{other}"]},
            {"id": "r3", "lemmas": ["a", "...", ["b", "c d"]]}, {"id": "r4", "acts": {"who": "{tool}", "does": ["a", "b on"], "whom": "c"}},
        ],
        "match": ["x", "y"], "no_match": ["z"],
    }],
}  # fmt: skip
ODD_TEXT = st.one_of(
    st.text(max_size=20), st.sampled_from(["(", "[", "{tool}", "{no}", "*", "a*", "...", "(a*)*", "\\", " ", "", "|", "(?i)", "a{,"])
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ODD_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3),
    max_leaves=8,
)


def places(value, path=()):
    """Yield the way to everything in a document."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def with_odd(value, path, odd):
    if not path:
        return odd
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = with_odd(value[path[0]], path[1:], odd)
    return changed


@given(path=st.sampled_from(list(places(GOOD))), odd=ODD)
def test_anything_anywhere_is_read_or_one_line(tmp_path_factory, path, odd):
    complaint(tmp_path_factory.getbasetemp(), json.dumps(with_odd(GOOD, path, odd), ensure_ascii=True))


@given(content=st.binary(max_size=200) | st.text(max_size=200), at=st.integers(0, 400))
def test_any_bytes_are_read_or_one_line(tmp_path_factory, content, at):
    good = json.dumps(GOOD).encode()
    odd = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    complaint(tmp_path_factory.getbasetemp(), good[:at] + odd + good[at:])


def test_the_good_one_is_good(tmp_path):
    assert complaint(tmp_path, json.dumps(GOOD)) == ""
