"""Tagging: gazetteer, codebook, holder, modality, and posts as pure functions of their text."""

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import table
from discourse.errors import CodebookError, ModelError, WorkerError
from discourse.paths import resource
from discourse.tag import Choice, Tagger, corpus, framings_alone, read_codebook, read_gazetteer, tag_post, tagger_from
from discourse.tag.codebook import problems
from discourse.tag.entities.gazetteer import GAZETTEER, entity_forms
from discourse.tag.holder import quotation_open

SHIPPED = tagger_from(Choice())
ENTITIES = SHIPPED.gazetteer.entities


def named(text, gazetteer=SHIPPED.gazetteer):
    return [entity.entity for _, _, entity in gazetteer.find(text, 0, len(text))]


def test_gazetteer_rows_are_unique():
    names = {}
    for entity in ENTITIES:
        for form in entity_forms(entity):
            if form not in entity.ambiguous:
                assert names.setdefault(form, entity.entity) == entity.entity, form
    slugs = [slug for entity in ENTITIES for slug in (entity.entity, entity.twin) if slug]
    assert len(set(slugs)) == len(slugs)
    assert len(ENTITIES) >= 800


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: e.entity)
def test_every_name_can_match(entity):
    for alias in (entity.name, *entity.aliases):
        if alias not in entity.ambiguous:
            assert entity.entity in named(f"We saw {alias} there."), alias


@pytest.mark.parametrize("entity", [e for e in ENTITIES if e.needs is not None], ids=lambda e: e.entity)
def test_every_guard_holds_for_its_examples(entity):
    assert entity.entity in named(entity.match)
    assert entity.entity not in named(entity.no_match)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Jong-un and Kim Jong Un and 김정은 are one.", ["kim-jong-un"] * 3),
        ("North Korea's phones", ["north-korea"]),
        ("the North Korean state", ["north-korean"]),
        ("Northkorea", []),
        ("북한은 전화를 감시한다.", ["north-korea"]),
        ("signal strength", []),
    ],
)
def test_names_meet_at_word_boundaries_and_the_longest_wins(text, expected):
    assert named(text) == expected


@given(st.text(alphabet="NorthKea jonguKim-북한 .'", max_size=80))
def test_mentions_never_overlap_and_lie_inside(text):
    end = 0
    for a, b, _ in SHIPPED.gazetteer.find(text, 0, len(text)):
        assert end <= a < b <= len(text)
        end = b


def test_a_researchers_own_gazetteer_adds_to_none_of_the_package(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(
        "entity,label,name,aliases,needs,match,no_match\nopen-lines,ORG,Open Lines,OL,radio,OL radio rang.,OL rang.\n", encoding="utf-8"
    )
    mine = read_gazetteer([file])
    assert (named("Open Lines on radio", mine), named("OL is short", mine)) == (["open-lines"], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("entity,label\n", "the first line must be"),
        ("entity,label,name,aliases,needs,match,no_match\na,THING,A,,,,\n", "line 2: a row needs"),
        ("entity,label,name,aliases,needs,match,no_match\na,ORG,A,,radio,,\n", "needs examples"),
    ],
)
def test_a_malformed_gazetteer_is_one_line(tmp_path, content, message):
    (tmp_path / "g.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        read_gazetteer([tmp_path / "g.csv"])


def test_the_shipped_codebook_proves_itself():
    assert problems(SHIPPED.codebook, fewest=12) == []


def test_the_shipped_codebook_has_the_framings_and_fifteen_themes():
    assert list(SHIPPED.codebook.of_kind("framing")) == ["cyber_optimist", "cyber_pessimist", "rights_norm"]
    assert len(SHIPPED.codebook.of_kind("theme")) == 15


BOOK = """
codebook: mine
version: 1
language: en
terms: {{tool: "phone|radio"}}
codes:
  - code: frees
    kind: framing
    name: Frees
    definition: A tool frees.
    rules:
      - {{id: r1, cue: "{cue}", with: ["frees"], unless: ["{unless}"]}}
    match: ["{match}"]
    no_match: ["The phone rings."]
"""


def book(tmp_path, cue="{tool}", unless="toy", match="The radio frees."):
    file = tmp_path / "book.yaml"
    file.write_text(BOOK.format(cue=cue, unless=unless, match=match), encoding="utf-8")
    return read_codebook(file)


def test_rules_have_a_cue_companions_and_exceptions(tmp_path):
    code = book(tmp_path).codes[0]
    assert code.find("The RADIO frees.")[1:3] == (4, 9)
    assert code.find("The radios free.") is None
    assert code.find("The toy radio frees.") is None


def test_a_codebook_that_does_not_prove_itself_says_so(tmp_path):
    assert problems(book(tmp_path, match="The radio plays."), fewest=1) == [
        "frees: must match and does not: The radio plays.",
        "frees: no example needs rule r1",
    ]


@pytest.mark.parametrize(("cue", "message"), [("{toool}", "no term {toool}"), ("(", "is wrong")])
def test_a_wrong_pattern_is_one_line(tmp_path, cue, message):
    with pytest.raises(CodebookError, match=message):
        book(tmp_path, cue=cue)


@pytest.mark.parametrize("content", ["", "- a", "codes: []", "codes: [1]", "codes:\n  - {code: a}", "codes: [\n"])
def test_a_malformed_codebook_is_one_line(tmp_path, content):
    (tmp_path / "book.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        read_codebook(tmp_path / "book.yaml")
    assert "\n" not in str(caught.value)


def test_a_quotation_is_carried_to_the_sentence_that_closes_it():
    states = []
    state = False
    for sentence in ("She said “It is so.", "It was so.", "It will be.” We left."):
        states.append(state)
        state = quotation_open(sentence, state)
    assert [*states, state] == [False, True, True, False]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_a_quotation_of_three_sentences_is_held_by_who_says_it(opening, closing):
    text = f"A lawyer told me: {opening}They came. The ministry blocks websites and watches every phone in the city. It is so.{closing} The ministry blocks websites and watches every phone in the city."
    held = [(r["sentence"], r["holder"]) for r in tag_post(text, "en", SHIPPED)["codings"] if r["code"] == "cyber_pessimist"]
    assert held == [(1, "other"), (3, "author")]


def test_evidence_lies_where_it_says(sample):
    text = table(sample, "posts").set_index("post_id")["text"]
    sentences = table(sample, "sentences").set_index(["post_id", "sentence"])
    for row in table(sample, "mentions").itertuples():
        assert text[row.post_id][row.start : row.end] == row.text
    for row in table(sample, "codings").itertuples():
        home = sentences.loc[(row.post_id, row.sentence)]
        assert home["start"] <= row.start < row.end <= home["end"]


def test_tagging_is_a_function_of_the_post_alone(sample):
    post = table(sample, "posts").iloc[3]
    assert tag_post(post["text"], post["language"], SHIPPED) == tag_post(post["text"], post["language"], tagger_from(Choice()))


def test_a_tagger_keeps_nothing_of_what_it_tagged(sample, tmp_path):
    (tmp_path / "book.yaml").write_bytes(resource("codebook", "digital_rights.yaml").read_bytes())
    posts = table(sample, "posts").head(3)[["text", "language"]].to_numpy().tolist()
    (tmp_path / "names.csv").write_bytes(GAZETTEER.read_bytes())
    two = Tagger(read_codebook(tmp_path / "book.yaml"), SHIPPED.model, read_gazetteer([tmp_path / "names.csv"]), SHIPPED.english)
    assert two.codebook is not SHIPPED.codebook
    assert two.gazetteer is not SHIPPED.gazetteer
    first, again, backwards = ([tag_post(*post, SHIPPED) for post in some] for some in (posts, posts, posts[::-1]))
    assert first == again == backwards[::-1] == [tag_post(*post, two) for post in posts]


def test_files_that_hold_the_same_give_the_same_tagger_and_others_never(tmp_path):
    book, names, model = tmp_path / "book.yaml", tmp_path / "names.csv", tmp_path / "model"
    header = "entity,label,name,aliases,needs,match,no_match\n"
    choice = Choice(codebook=book, gazetteer=(names,), model=model)
    whole, weights = (resource(*path).read_bytes() for path in (("codebook", "digital_rights.yaml"), ("framings_en", "model.npz")))

    def having(file, content):
        before = file.stat() if file.exists() else None
        file.write_bytes(content)
        if before is not None:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # as an edit within one tick of the clock
        return tagger_from(choice)

    model.write_bytes(weights)
    names.write_text(header + "one,ORG,Ones,,,,\n", encoding="utf-8")
    first = having(book, whole)
    assert tagger_from(choice) is first
    edited = having(book, whole.replace(b"version: '1'", b"version: '2'", 1))
    assert edited.codebook.sha256 != first.codebook.sha256
    assert edited.fingerprint != first.fingerprint
    assert having(book, whole) is first
    other = having(names, (header + "two,ORG,Twos,,,,\n").encode())
    assert {entity.entity for entity in other.gazetteer.entities} >= {"two"}
    assert "one" not in {entity.entity for entity in other.gazetteer.entities}
    with pytest.raises(ModelError, match="no model of framings"):
        having(model, weights[:100] + bytes(len(weights) - 100))


def test_another_language_gets_sentences_names_and_themes_and_no_framings(sample):
    posts = table(sample, "posts")
    korean = set(posts.loc[posts["language"] == "ko", "post_id"])
    assert korean
    assert korean <= set(table(sample, "sentences")["post_id"])
    assert korean & set(table(sample, "mentions")["post_id"])
    codings = table(sample, "codings")
    assert korean & set(codings["post_id"])
    assert not korean & set(codings.loc[codings["code"].isin(SHIPPED.codebook.of_kind("framing")), "post_id"])


def test_every_sentence_that_the_model_reads_has_its_highest_score(sample):
    posts, sentences, codings = (table(sample, name) for name in ("posts", "sentences", "codings"))
    read = sentences["post_id"].isin(posts.loc[posts["language"] == "en", "post_id"]) & (sentences["language"] == "en")
    assert sentences["score"].notna().tolist() == read.tolist()
    assert sentences["score"].dropna().between(0, 1).all()
    framed = codings[codings["code"].isin(SHIPPED.codebook.of_kind("framing"))].merge(sentences, on=["post_id", "sentence"])
    assert len(framed)
    assert (framed["score_x"] <= framed["score_y"]).all()


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The law lets agencies read every message without a warrant.", "en"),
        ("The bill was tabled on Tuesday.", "en"),
        ("앱은 모든 것을 감시한다.", "ko"),
        ("앱은 모든 것을 감시한다.", "en"),
        ("The camps exist and the phones are watched.", "ko"),
        ("no end " * 1000, "en"),
    ],
)
def test_the_score_of_a_sentence_is_that_of_the_framing_which_scores_highest(sentence, language):
    (row,) = tag_post(sentence, language, SHIPPED)["sentences"]
    (alone,) = framings_alone([sentence], SHIPPED)
    scored = language == row["language"] == "en" and len(sentence) <= 5000
    assert row["score"] == (max(alone[f"{code}_score"] for code in SHIPPED.model.codes) if scored else None)


def test_where_rules_code_the_framings_no_sentence_has_a_score(tmp_path):
    rows = tag_post("The radio frees people.", "en", replace(SHIPPED, codebook=book(tmp_path)))
    assert [row["code"] for row in rows["codings"]] == ["frees"]
    assert [row["score"] for row in rows["sentences"]] == [None]


def test_a_worker_with_other_files_is_refused():
    with pytest.raises(WorkerError, match="give all machines the same files"):
        corpus._tag({}, choice=Choice(), fingerprint="another")
