"""Names: pipeline, gazetteer and forms of laws made one; linked across a post; the same however they are tagged."""

import json
import random

import pandas as pd
import pytest
import scores
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import tables
from discourse.errors import CodebookError, InputError, PipelineError
from discourse.paths import resource, resource_rows
from discourse.tag import Choice, tag_post, tagger_from
from discourse.tag.english import load_english
from discourse.tag.entities.definitions import definitions
from discourse.tag.entities.laws import laws, patterns
from discourse.tag.entities.linking import cluster
from discourse.tag.entities.roles import role, roles
from discourse.tag.passages import language_of
from discourse.tag.sentences import split

TAGGER = tagger_from(Choice())


def named(text, language="en"):
    return [(m["text"], m["label"], m["entity"]) for m in tag_post(text, language, TAGGER)["mentions"]]


@pytest.mark.parametrize("name", ["names_open", "names_sealed"])
def test_pairs_ask_about_what_is_there(name):
    known = {slug for entity in TAGGER.gazetteer.entities for slug in (entity.entity, entity.twin)}
    pairs = scores.lines(scores.HERE / "tag" / "pairs" / f"{name}.jsonl")
    assert len(pairs) >= 60
    for pair in pairs:
        a, b = pair["a"], pair["b"]
        assert (a["label"], a["entity"]) != (b["label"], b["entity"])
        for side in (a, b):
            assert side["text"].count(side["target"]) >= side["n"]
            assert side["entity"] is None or side["entity"] in known


@pytest.mark.parametrize("row", resource_rows("gazetteer", "laws.csv"), ids=lambda row: row["law"])
def test_every_form_of_a_law_finds_its_example_and_not_the_other(row):
    assert patterns()[row["law"]].search(row["example"])
    assert laws(row["example"])
    assert not any(name == row["law"] for _, _, name in laws(row["no_example"]))


@pytest.mark.parametrize("row", resource_rows("cues", "role.csv"), ids=lambda row: row["cue"])
def test_every_cue_of_a_role_tells_its_example_and_not_the_other(row):
    pattern = next(pattern for cue, _, pattern in roles() if cue == row["cue"])
    for text, found in ((row["example"], True), (row["no_example"], False)):
        at = text.index("Telegram")
        assert bool(pattern.search(text[:at] + "\ue000" + text[at + len("Telegram") :])) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met at Facebook, Twitter and Google.", "ORG"),
        ("They posted it on Facebook, Twitter and WhatsApp.", "PRODUCT"),
        ("They blocked WhatsApp, Facebook and Twitter for a week.", "PRODUCT"),
        ("The court ordered Twitter to remove it.", "ORG"),
    ],
)
def test_platforms_in_a_list_have_one_role(text, expected):
    found = {label for name, label, _ in named(text) if name in ("Facebook", "Twitter", "WhatsApp", "Google")}
    assert found == {expected}


@pytest.mark.parametrize(
    ("text", "label"),
    [("Apps such as Facebook, Telegram and Twitter grew.", "PRODUCT"), ("Firms such as Facebook and Twitter grew.", "ORG")],
)
def test_what_a_list_is_called_tells_its_role(text, label):
    assert {found for name, found, _ in named(text) if name in ("Facebook", "Telegram", "Twitter")} == {label}


def test_a_company_and_its_service_are_two_entities():
    slugs = {label: entity for name, label, entity in named("Twitter announced a rule. Rumours spread on Twitter.") if name == "Twitter"}
    assert slugs == {"ORG": "twitter", "PRODUCT": "twitter-service"}


def test_surnames_and_short_names_mean_what_the_post_says():
    text = "Edward Snowden spoke to the Confederation of British Industry (CBI). Later Snowden left, and the CBI wrote to Philip Snowden. Snowden answered."
    found = named(text)
    assert [entity for name, _, entity in found if name == "Snowden"] == ["edward-snowden", "unlinked/person/philip-snowden"]
    assert len({entity for name, _, entity in found if name in ("CBI", "Confederation of British Industry")}) == 1


@pytest.mark.parametrize(
    ("text", "name", "entities"),
    [
        ("Adam Israel came. Israel said it was over. Then Israel bombed it.", "Israel", [True, False]),
        ("John Modi spoke. Prime Minister Modi answered.", "Modi", [False]),
        ("The NSA listens. The Norfolk Scouts Association (NSA) camps.", "NSA", [False, True]),
        (
            "The Norfolk Scouts Association (NSA) camps. The Nordic Sailing Association (NSA) sails. The NSA wins.",
            "NSA",
            ["norfolk", "nordic", "nordic"],
        ),
        ("The Electronic Fronteir Foundation (EFF) sued. The EFF won.", "EFF", ["electronic-frontier-foundation"] * 2),
    ],
)
def test_what_a_listed_name_means_after_another_of_that_name(text, name, entities):
    told = [entity for found, _, entity in named(text) if found == name]
    for entity, expected in zip(told, entities, strict=True):
        if isinstance(expected, str):
            assert expected in entity
        else:
            assert entity.startswith("unlinked/") == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Article 19 of the Constitution is clear.", [("Article 19 of the Constitution", "LAW")]),
        ("We stand in Section B of the book.", []),
        ("They cite the 43A of the fleet and 69A.", [("43A", "LAW"), ("69A", "LAW")]),
        ("Call 12B and 20C now.", []),
    ],
)
def test_bare_numbers_are_laws_where_the_field_knows_them(text, found):
    assert [(name, label) for name, label, _ in named(text) if label == "LAW" or name == "ARTICLE 19"] == found


@pytest.mark.parametrize(
    "text",
    [
        "A " * 20000,
        "Aaa " * 20000,
        "Aaa of " * 10000,
        "Aa (AB) " * 8000,
        "Section 1, 2, " * 8000,
        "/" * 50000,
        "x" * 1_100_000,
        "(" * 50000,
    ],
)
def test_endless_sentences_are_tagged(text):
    assert tag_post(f"North Korea jams. {text}", "en", TAGGER)["mentions"][0]["entity"] == "north-korea"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("unlinked/org/x,ORG,Xyz,,,,", "unlinked/"),
        ("xyz,ORG,Xyz,a|?,,,", "alias"),
        ("xyz,ORG,Xyz,,,,,,more", "too many cells"),
        ('xyz,ORG,"Xyz"z,,,,', "mine.csv"),
    ],
)
def test_a_bad_row_of_a_gazetteer_is_one_line(tmp_path, row, message):
    (tmp_path / "mine.csv").write_text(f"entity,label,name,aliases,needs,match,no_match\n{row}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        tagger_from(Choice(gazetteer=(tmp_path / "mine.csv",)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Internet Freedom Foundation (IFF) sued.", [("IFF", "Internet Freedom Foundation")]),
        ("A solid-state drive (SSD) forgets.", [("SSD", "solid-state drive")]),
        ("the Department of Telecommunications (“DoT”) said", [("DoT", "Department of Telecommunications")]),
        ("He said so (in June) twice (NB).", []),
        ("It came late (USA).", []),
    ],
)
def test_definitions(text, expected):
    assert [(d.short, text[d.long_start : d.long_end]) for d in definitions(text)] == expected


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("북한은 전화를 감시한다.", ["north-korea"]),
        ("김정은의 연설을 북한에서 들었다.", ["kim-jong-un", "north-korea"]),
        ("조선산업을 보았다.", []),
        ("조선일보를 읽었다.", ["chosun-ilbo"]),
        ("DPRK and North Korea", ["north-korea"] * 2),
        ("KIM JONG UN spoke; Kim Jong-eun spoke.", ["kim-jong-un"] * 2),
    ],
)
def test_hangul_and_latin_names_meet_in_one_entity(text, entities):
    language = "ko" if text[-2] == "다" else "en"
    assert [entity for _, _, entity in named(text, language) if not entity.startswith("unlinked/")] == entities


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("관리소는 없다고 그들은 말한다.", "en", "ko"),
        ("The camps exist.", "ko", "en"),
        ("Les camps existent.", "fr", "fr"),
        ("Вони слухають нас.", "uk", "uk"),
        ("これは漢字です", "ja", "ja"),
        ("OK.", "ko", "ko"),
    ],
)
def test_a_passage_in_another_script_is_in_another_language(sentence, language, expected):
    assert language_of(sentence, language) == expected


def test_unlinked_names_are_one_by_letters_and_label():
    assert cluster("Jérôme Le-Blanc’s", "PERSON") == cluster("jerome le blanc", "PERSON") != cluster("Jerome Leblanc", "PERSON")


@settings(max_examples=60)
@given(st.text(alphabet="NorthKea ()JonguKim-북한 .'’“”\n#Section 69A of the v. Act, 2000 @www", max_size=160))
def test_mentions_of_any_text_lie_inside_their_sentences_and_apart(text):
    rows = tag_post(text, "en", TAGGER)
    spans = {s["sentence"]: (s["start"], s["end"]) for s in rows["sentences"]}
    last = 0
    for mention in rows["mentions"]:
        start, end = spans[mention["sentence"]]
        assert last <= mention["start"] < mention["end"] <= end
        assert start <= mention["start"]
        assert text[mention["start"] : mention["end"]] == mention["text"]
        last = mention["end"]


def test_the_pipeline_moves_no_boundary(sample):
    sentences = discourse.table(sample, "sentences").head(200)
    for doc, text in zip(TAGGER.english.parse(list(sentences["text"])), sentences["text"], strict=True):
        assert doc.text == text
        assert len(list(doc.sents)) == 1


def frames(tagged):
    return {name: tables.to_pandas(table) for name, table in tagged.items()}


def test_tagging_depends_on_neither_order_nor_company_nor_processes(sample, tmp_path):
    from discourse.kept import kept_in
    from discourse.tag import tag, tagged
    from discourse.workers import Where, workers

    posts = discourse.table(sample, "posts")
    posts = pd.concat([posts.assign(post_id=posts["post_id"] + "/1"), posts.assign(text="Also: " + posts["text"])], ignore_index=True).head(
        110
    )
    posts["text"] = [f"{text}\n\nPost {n}." for n, text in enumerate(posts["text"].str.slice(0, 250))]
    with kept_in(tmp_path / "one") as kept, workers() as run:
        assert tag([posts], Choice(), kept=kept, run=run) == 110
        one = frames(tagged(posts, TAGGER.fingerprint, kept))
    shuffled = posts.sample(frac=1, random_state=5)
    with kept_in(tmp_path / "many") as kept, workers(Where(2)) as run:
        assert tag([shuffled[:7], shuffled[7:60], shuffled[60:]], Choice(), kept=kept, run=run) == 110
        many = frames(tagged(shuffled, TAGGER.fingerprint, kept))
    for name, table in one.items():
        keys = ["post_id", "start"] if name != "codings" else ["post_id", "sentence", "code"]
        a, b = (t.sort_values(keys, ignore_index=True) for t in (table, many[name]))
        pd.testing.assert_frame_equal(a, b)
    texts = [s["text"] for s in split(posts["text"].iloc[0])]
    random.Random(1).shuffle(texts)
    alone = [[(e.start, e.end, e.label_) for e in TAGGER.english.parse([t])[0].ents] for t in texts]
    assert alone == [[(e.start, e.end, e.label_) for e in doc.ents] for doc in TAGGER.english.parse(texts)]


def test_the_shipped_pipeline_is_small_and_says_what_it_is():
    folder = resource("discourse_en")
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 20_000_000
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in card
    assert "CC BY-SA 4.0" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert {"tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"} <= set(TAGGER.english.nlp.pipe_names)


def test_a_pipeline_that_is_not_there_is_one_line():
    with pytest.raises(PipelineError, match="spacy download en_core_web_trf"):
        load_english("en_core_web_trf")


def test_a_pipeline_without_names_is_one_line(tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="no tagger, parser, ner"):
        load_english(str(tmp_path / "blank"))


def test_another_pipeline_takes_the_place_of_the_shipped_one(tmp_path):
    TAGGER.english.nlp.to_disk(tmp_path / "other")
    other = tagger_from(Choice(pipeline=str(tmp_path / "other")))
    assert other.fingerprint != TAGGER.fingerprint
    lists = tmp_path / "other" / "vocab" / "strings.json"
    lists.write_text(lists.read_text(encoding="utf-8") + " ", encoding="utf-8")
    load_english.cache_clear()
    assert tagger_from(Choice(pipeline=str(tmp_path / "other"))).fingerprint != other.fingerprint
    text = "Apar Gupta of the Internet Freedom Foundation spoke in Delhi."
    assert tag_post(text, "en", other) == tag_post(text, "en", TAGGER)


def test_predictions_are_written_by_id(tmp_path):
    coded = tmp_path / "coded.jsonl"
    rows = [
        {"id": "a", "text": "North Korea blocks Telegram.", "entities": [{"start": 0, "end": 11, "label": "GPE"}]},
        {"id": "b", "text": "Why?", "entities": []},
    ]
    coded.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = discourse.evaluate_entities(coded, predictions=tmp_path / "out.jsonl")
    assert found.loc[(found["means"] == "all") & (found["label"] == "GPE"), "f1"].item() == 1
    with pytest.raises(InputError, match="hand codes"):
        discourse.evaluate_entities(coded, predictions=coded)
    written = scores.lines(tmp_path / "out.jsonl")
    assert [row["id"] for row in written] == ["a", "b"]
    assert written[0]["entities"][0] == {"start": 0, "end": 11, "label": "GPE", "entity": "north-korea"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense", "line 1"),
        ('{"id": 1}', "line 1"),
        ("", "no sentence"),
        ('{"id": 1, "entities": [], "sha256": "x"}', "--texts"),
        ('{"id": 1, "text": null, "entities": []}', "line 1"),
        ('{"id": 1, "text": "ab", "entities": [{"start": 0, "end": 9, "label": "ORG"}]}', "0 to 9"),
        ('{"id": 1, "text": "ab", "entities": [{"start": 0, "end": 2, "label": "org"}]}', "label"),
        ("[" * 100000, "line 1"),
    ],
)
def test_a_file_that_is_not_coded_sentences_is_one_line(tmp_path, content, message):
    (tmp_path / "c.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        discourse.evaluate_entities(tmp_path / "c.jsonl")


def test_role_reads_the_patterns_in_their_order():
    assert role("Telegram users left.", 0, 8, []) == "PRODUCT"
    assert role("Telegram left.", 0, 8, []) is None
