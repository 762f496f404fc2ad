"""Codebooks: the four sorts of rules, parents, and what a codebook proves of itself."""

import json

import pytest

from discourse.errors import CodebookError
from discourse.paths import resource_rows
from discourse.tag import Choice, read_codebook, tag_post, tagger_from
from discourse.tag.codebook import Overlap, printed, problems, proof
from discourse.tag.english import load_english

TERMS = {"people": ["people", "citizen*", "villager", "journalist", "user"], "tool": "phones?|radios?|social media"}


def code(name="frees", **changes):
    return {
        "code": name, "kind": "framing", "name": f"It {name}", "definition": f"A tool {name}.", "rules": [{"id": f"{name}-1", "cue": "frees"}],
        "match": ["A phone frees."], "no_match": ["A phone rings."],
    } | changes  # fmt: skip


def book(tmp_path, *codes, **changes):
    content = {"codebook": "mine", "version": 1, "language": "en", "terms": TERMS, "codes": list(codes)} | changes
    file = tmp_path / "book.yaml"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return read_codebook(file)


def cue_in(tmp_path, rule, sentence, parse=True):
    """Return what of the sentence a rule takes for its cue, or None."""
    codebook = book(tmp_path, code(rules=[{"id": "r", **rule}]))
    doc = load_english().parse([sentence])[0] if parse and codebook.needs_doc else None
    hits = codebook.hits(sentence, doc)
    return sentence[hits[0].start : hits[0].end] if hits else None


@pytest.mark.parametrize(
    ("terms", "sentence", "cue"),
    [
        (["phone"], "The PHONE rings.", "PHONE"),
        (["phone"], "The phones ring.", None),
        (["phone*"], "The phones ring.", "phones"),
        (["phone*"], "A microphone hums.", None),
        (["Signal"], "Use Signal today.", "Signal"),
        (["Signal"], "A signal fades.", None),
        (["Signal"], "SIGNAL fades.", None),
        (["social media"], "Social  media works.", "Social  media"),
        (["social media"], "The social-media firm.", "social-media"),
        (["cut* off"], "They are cutting off towns.", "cutting off"),
        (["self-censorship"], "Self‑censorship grows.", "Self‑censorship"),
        (["don't"], "They don’t say.", "don’t"),
        (["app", "app store"], "The app store closed.", "app store"),
        (["C++", "a.b"], "Written in C++ by hand.", "C++"),
        (["a.b"], "An axb file.", None),
        (["인터넷"], "북한의 인터넷은 막혀 있다.", "인터넷은"),
        (["인터넷"], "인터넷카페가 있다.", None),
        (["삭제 요청"], "삭제 요청이 왔다.", "삭제 요청이"),
        (["café*"], "CAFÉS close.", "CAFÉS"),
        (["{people}"], "The villager waits.", "villager"),
        (["dog", "{tool}"], "The radio plays.", "radio"),
        ("phone", "A phone.", "phone"),
    ],
)
def test_terms_are_plain_words_and_phrases(tmp_path, terms, sentence, cue):
    assert cue_in(tmp_path, {"terms": terms}, sentence) == cue


@pytest.mark.parametrize(
    ("lemmas", "sentence", "cue"),
    [
        (["monitor", "call"], "The police are monitoring calls.", "monitoring calls"),
        (["monitor", "call"], "The police are monitoring their calls.", None),
        (["monitor", "...", "call"], "The police are monitoring all of their calls.", "monitoring all of their calls"),
        (["monitor", "...", "call"], "They are monitoring all of their long calls.", None),
        (["monitor", "...", "call"], "They are monitoring, often, calls.", "monitoring, often, calls"),
        (["monitor", "...", "call"], "They are monitoring; nobody calls.", None),
        (["{tool}", "...", ["free", "help"], "{people}"], "Social media have helped people.", "Social media have helped people"),
        (["{tool}", "...", ["free", "help"], "{people}"], "Phones helped journalists.", "Phones helped journalists"),
        ([["radio", "phone"], "ring*"], "The phones ring.", "phones ring"),
        (["Signal"], "Send it by Signal.", "Signal"),
        (["Signal"], "The signal fades.", None),
        (["state", "own"], "A state-owned firm.", "state-owned"),
        (["call", "...", "call"], "They call.", None),
    ],
)
def test_lemmas_are_words_in_a_row_in_any_of_their_forms(tmp_path, lemmas, sentence, cue):
    assert cue_in(tmp_path, {"lemmas": lemmas}, sentence) == cue


HELPS = {"who": ["encryption", "{tool}"], "does": ["protect", "encrypt"], "whom": ["source", "message"]}
WATCHES = {"who": ["police", "army", "ministry"], "does": ["monitor", "read", "spy on", "block", "shut down"]}
ON_PEOPLE = WATCHES | {"whom": ["{people}", "phone", "message", "website", "internet", "reporter"]}


@pytest.mark.parametrize(
    ("acts", "sentence", "cue"),
    [
        (ON_PEOPLE, "The ministry blocks the websites of its critics.", "blocks the websites"),
        (ON_PEOPLE, "Websites block the ministry.", None),
        (ON_PEOPLE, "Phones are monitored by the police.", "Phones are monitored"),
        (ON_PEOPLE, "The police are monitored by citizens.", None),
        (ON_PEOPLE, "The websites that the ministry blocked are back.", "websites that the ministry blocked"),
        (ON_PEOPLE, "The army, which blocks websites, is large.", "blocks websites"),
        (ON_PEOPLE, "The police want to read messages.", "read messages"),
        (ON_PEOPLE, "The police spied on reporters.", "spied on reporters"),
        (ON_PEOPLE, "Reporters were spied on by the police.", "Reporters were spied"),
        (ON_PEOPLE, "The ministry shut down the internet.", "shut down the internet"),
        (ON_PEOPLE, "The ministry shut the internet down.", "shut the internet"),
        (ON_PEOPLE, "The ministry shut the door.", None),
        (WATCHES, "The police read on.", "read"),
        ({"does": "block"}, "Websites were blocked.", "blocked"),
        ({"does": ["seize"], "who": ["soldier"], "whom": ["phone"]}, "Phones were seized and searched by soldiers.", "Phones were seized"),
        ({"does": ["search"], "who": ["soldier"], "whom": ["phone"]}, "Phones were seized and searched by soldiers.",
         "Phones were seized and searched"),
        ({"does": ["collect"], "who": ["company"], "whom": ["data"]}, "Data collected by companies is sold.", "Data collected"),
        ({"does": ["expose"], "who": ["Facebook"], "whom": "corruption"}, "Citizens use Facebook to expose corruption.", "expose corruption"),
        ({"does": ["expose"], "who": "{people}", "whom": "corruption"}, "Citizens use Facebook to expose corruption.", "expose corruption"),
        ({"does": ["protect"], "who": "{people}", "whom": "source"}, "Encryption helps journalists protect their sources.",
         "protect their sources"),
        (HELPS, "Encryption helps journalists protect their sources.", None),
        ({"does": ["speak to"], "who": "{people}", "whom": "world"}, "The internet allows people to speak to the world.",
         "speak to the world"),
        ({"does": ["organise"], "who": ["activist"], "whom": "protest"}, "Social media let activists organise protests.",
         "organise protests"),
        ({"does": ["monitor"], "who": ["phone"]}, "Phones are used to monitor citizens.", "monitor"),
        ({"does": ["share"], "who": ["activist"], "whom": "video"}, "Activists were able to share videos.", "share videos"),
        ({"does": ["read"], "who": "{people}", "whom": "blog"}, "Millions of people read the blog.", "read the blog"),
        ({"does": ["let"], "who": "social media"}, "Social media let activists organise protests.", "let"),
    ],
)  # fmt: skip
def test_acts_are_who_does_what_to_whom(tmp_path, acts, sentence, cue):
    assert cue_in(tmp_path, {"acts": acts}, sentence) == cue


@pytest.mark.parametrize("row", resource_rows("cues", "clause.csv"), ids=lambda row: row["word"])
def test_every_word_that_says_who_acts_holds_for_its_example(tmp_path, row):
    rule = {"acts": {"who": row["who"], "does": "expose", "whom": "crime"}}
    assert cue_in(tmp_path, rule, row["example"]) == "expose crimes"
    assert cue_in(tmp_path, rule, row["no_example"]) is None


@pytest.mark.parametrize("rule", [{"lemmas": ["phone"]}, {"acts": {"does": "sleep"}}])
def test_rules_that_need_a_parse_do_not_hold_without_one(tmp_path, rule):
    assert cue_in(tmp_path, rule, "The phone slept.", parse=True)
    assert cue_in(tmp_path, rule, "The phone slept.", parse=False) is None
    assert cue_in(tmp_path, rule, "The phone slept" + " on" * 2500 + ".") is None  # longer than the pipeline reads


@pytest.mark.parametrize("sort", [{"terms": ["phone"]}, {"cue": "phone"}, {"lemmas": ["phone"]}, {"acts": {"does": "ring"}}])
def test_companions_and_exceptions_go_with_rules_of_every_sort(tmp_path, sort):
    rule = sort | {"with": ["loud(?:ly)?", "{tool}"], "unless": "toy"}
    assert cue_in(tmp_path, rule, "The phone rang loudly.")
    assert cue_in(tmp_path, rule, "The phone rang.") is None
    assert cue_in(tmp_path, rule, "The toy phone rang loudly.") is None


def test_one_hit_a_code_or_one_for_every_rule_that_holds(tmp_path):
    rules = [{"id": name, "terms": [word]} for name, word in (("r1", "dog"), ("r2", "phone"), ("r3", "frees"))]
    codebook = book(tmp_path, code(rules=rules), code("rings", kind="theme"))
    assert codebook.hits("A phone frees.") == [("frees", 2, 7, "r2"), ("rings", 8, 13, "rings-1")]
    assert [hit.rule for hit in codebook.all_hits("A phone frees.")] == ["r2", "r3", "rings-1"]
    assert [hit.rule for hit in codebook.all_hits("A phone frees.", kind="theme")] == ["rings-1"]
    assert codebook.codes[0].find("A phone frees.").rule == "r2"


def test_korean_is_read_for_themes_that_have_hangul(tmp_path):
    rules = [{"id": "k", "terms": ["인터넷"]}]
    both = code("f", rules=rules), code("t", rules=[rules[0] | {"id": "k2"}], kind="theme")
    assert book(tmp_path, both[0]).languages == {"en"}
    assert book(tmp_path, *both).languages == {"en", "ko"}
    tagger = tagger_from(Choice(tmp_path / "book.yaml"))
    korean, english = "북한에는 인터넷이 없다고 그들은 말한다.", "They say 인터넷 where others say Internet."
    coded = {(text, language): [c["code"] for c in tag_post(text, language, tagger)["codings"]]
             for text, language in ((korean, "ko"), (korean, "en"), (english, "en"), (english, "ko"), (english, "fr"))}  # fmt: skip
    assert list(coded.values()) == [["t"], ["t"], ["f", "t"], ["t"], []]


def test_a_code_may_belong_to_a_group_or_another_code(tmp_path):
    codebook = book(tmp_path, code("a", parent="g"), code("b", parent="a"), code("c"), groups={"g": "Group"})
    assert [one.parent for one in codebook.codes] == ["g", "a", None]
    assert codebook.groups == {"g": "Group"}
    assert "  Belongs to: It a, in Group\n" in printed(codebook, code="b")


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ({"a": "grop"}, "code a: its parent 'grop' is no group and no code. Did you mean 'group'"),
        ({"a": "a"}, "code a: it is its own parent"),
        ({"a": "b", "b": "c", "c": "a"}, "its own parent, by way of"),
    ],
)
def test_a_wrong_parent_is_one_line(tmp_path, parents, message):
    with pytest.raises(CodebookError, match=message):
        book(tmp_path, *(code(name, parent=parents.get(name)) for name in "abc"), groups={"group": "Group"})


def test_a_codebook_says_what_it_fails_to_prove(tmp_path):
    rules = [{"id": "r1", "terms": ["frees"]}, {"id": "r2", "acts": {"does": "sleep"}}, {"id": "r3", "lemmas": ["dog"]}]
    examples = ["A phone frees.", "The phone slept.", "It waits.", "It waits."]
    codebook = book(tmp_path, code(rules=rules, match=examples, no_match=["It frees.", "It waits."]))
    done = proof(codebook, load_english().parse)
    assert done.problems == (
        "frees: 2 sentences in `no_match`; at least 3 are needed.",
        "frees: must match and does not: It waits.",
        "frees: must match and does not: It waits.",
        "frees: must not match and does (rule r1): It frees.",
        "frees: stands in `match` and in `no_match`: It waits.",
        "frees: twice in `match`: It waits.",
        "frees: no example needs rule r3",
    )
    assert done.warnings == ("frees: 4 sentences in `match`; at least 12 are needed.",)
    assert problems(codebook, load_english().parse, fewest=1) == list(done.problems[1:])


def test_codes_that_overlap_are_told_by_their_examples(tmp_path):
    other = code(
        "rings", rules=[{"id": "x", "terms": ["rings", "phone"]}], match=["It rings.", "A phone frees it."], no_match=["It frees."]
    )
    (one,) = proof(book(tmp_path, code(), other, code("sleeps", rules=[{"id": "s", "cue": "sleeps"}]))).overlaps
    assert one == Overlap("frees", "rings", 1, 1, 2 / 5)


def test_a_codebook_is_printed_for_coders(tmp_path):
    codebook = book(tmp_path, code(includes="Radios.", excludes="Toys."), code("rings", match=["*It* rings <b>."]))
    assert printed(codebook).splitlines()[:10] == [
        "mine 1 (en)", "", "It frees (frees)", "  Kind: framing", "  Definition: A tool frees.", "  In: Radios.", "  Out: Toys.",
        "  Examples:", "    - A phone frees.", "  No examples:",
    ]  # fmt: skip
    assert printed(codebook, code="rings", form="md").startswith(
        "## It rings (`rings`)\n\n**Kind:** framing\n\n**Definition:** A tool rings."
    )
    assert r"- \*It\* rings \<b\>." in printed(codebook, form="md")
    for wrong in ({"code": "ring"}, {"form": "mdd"}):
        with pytest.raises(CodebookError, match=r"Did you mean '(?:rings|md)'"):
            printed(codebook, **wrong)
