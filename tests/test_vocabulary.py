"""Vocabulary of workspaces: what marks a group, what stands near a word, every use of it; on the sample and on planted posts."""

import random

import pandas as pd
import pytest

import discourse
from discourse import measure
from discourse.errors import InputError, WorkspaceError
from discourse.measure.words import sum_of
from discourse.pipeline import Counting, Where, draw_keyness

THINGS = "bread garden bus lake kettle bridge orchard lamp fence market violin harbour blanket chimney ladder".split()
DOES = "was old,stood empty,looked green,was sold,burned down,came back,grew tall,fell over,was painted,got wet".split(",")
KOREAN = "정부는 {}를 감시한다. 시민은 {}를 지킨다. 오늘도 {}가 뉴스에 나왔다. 기자는 그 일을 길게 썼고 많은 사람이 그 글을 읽었다. 밤이 늦도록 거리에는 불이 켜져 있었고 아이들은 집으로 돌아가지 않았다."


def bodies(n, extra, *, seed):
    """Return posts, no two alike, each with a sentence of its own group."""
    chance = random.Random(seed)
    return [" ".join([*(f"The {chance.choice(THINGS)} {chance.choice(DOES)}." for _ in range(8)), extra]) for _ in range(n)]


def load(posts, folder):
    """Load and tag posts, given as category, date and body, into a workspace."""
    raw = folder / "myblog"
    raw.mkdir(parents=True)
    for n, (categories, date, body) in enumerate(posts):
        text = f"---\ntitle: Post {n}\ndate: {date}\ncategories: [{categories}]\n---\n{body}"
        (raw / f"{n:03d}.md").write_text(text, encoding="utf-8")
    discourse.load_corpus(raw, folder / "w")
    discourse.tag_corpus(folder / "w")
    return folder / "w"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return a workspace of two categories: one writes of submarines, the other of parliaments; three posts are in both."""
    posts = [("Sea", "2020-01-01", body) for body in bodies(8, "A submarine dived.", seed=1)]
    posts += [("Land", "2021-05-05", body) for body in bodies(8, "Some parliaments met again.", seed=2)]
    posts += [("Sea, Land", "2020-01-01", body) for body in bodies(3, "A giraffe stood there.", seed=3)]
    return load(posts, tmp_path_factory.mktemp("planted"))


def test_planted_words_mark_their_category(planted):
    found = discourse.keyness(planted, "category=Sea", "category=Land")
    table = found.table.set_index("word")
    assert table.loc[["submarine", "parliaments"], "marks"].tolist() == ["category=Sea", "category=Land"]
    assert (table.index[0], table.index[-1]) in {
        ("submarine", "parliaments"),
        ("dived", "met"),
        ("dived", "parliaments"),
        ("submarine", "met"),
    }
    assert "giraffe" not in table.index
    assert found.about["n_posts"] == [8, 8]
    assert found.about["n_sentences_in_both"] == 27
    assert table.loc["submarine", ["n_first", "n_second", "n_posts_first"]].tolist() == [8, 0, 8]
    assert "parliament" in set(discourse.keyness(planted, "category=Land", counting=Counting(lemmas=True)).table["word"])


def test_one_group_is_compared_with_all_others(planted):
    found = discourse.keyness(planted, "year=2021")
    assert found.about["groups"] == ["year=2021", "all other sentences"]
    assert found.about["n_posts"] == [8, 11]
    assert found.about["n_sentences_in_both"] == 0
    assert found.table.iloc[0]["word"] in {"parliaments", "met"}


def test_numbers_are_the_sums_of_the_words_that_were_counted_once(sample):
    found = discourse.keyness(sample, "code=cyber_optimist", "code=cyber_pessimist")
    posts = measure.counted(discourse.table(sample, "posts"), language="en").posts
    sentences = discourse.table(sample, "sentences")
    sentences = sentences[sentences["post_id"].isin(posts["post_id"])].reset_index(drop=True)
    words = measure.words_of(posts, sentences, language="en")
    assert len(words.tokens) == sentences["n_words"].sum()
    codings = discourse.table(sample, "codings").query("holder == 'author' and modality != 'rejected'")
    keys = pd.MultiIndex.from_frame(sentences[["post_id", "sentence"]])
    carry = [
        keys.isin(pd.MultiIndex.from_frame(codings[codings["code"] == code][["post_id", "sentence"]]))
        for code in ("cyber_optimist", "cyber_pessimist")
    ]
    uses = [sum_of(words.by_post(words.inside(one & ~other)), 0) for one, other in (carry, carry[::-1])]
    place = {word: k for k, word in enumerate(words.vocabulary)}
    for row in found.table.itertuples():
        assert (row.n_first, row.n_second) == (uses[0][place[row.word]], uses[1][place[row.word]])
    assert found.about["n_words"] == [int(use.sum()) for use in uses]


def test_without_cues_the_words_of_the_evidence_are_not_counted(sample):
    plain, without = (discourse.keyness(sample, "code=shutdowns", counting=Counting(cues=cues, fewest=1)) for cues in (True, False))
    assert {"shutdown", "cut"} <= set(plain.table.head(6)["word"])
    assert without.about["n_words"][0] < plain.about["n_words"][0]
    uses = [table.set_index("word")["n_first"].get("shutdown", 0) for table in (plain.table, without.table)]
    assert uses[0] > uses[1]


def test_what_others_hold_against_what_the_author_holds(sample):
    found = discourse.keyness(
        sample, "code=cyber_pessimist & holder=other", "code=cyber_pessimist & holder=author", counting=Counting(fewest=2)
    )
    assert found.about["codes"] == ["cyber_pessimist"]
    assert min(found.about["n_sentences"]) > 20


def test_two_corpora(planted, tmp_path):
    folder = tmp_path / "harbour"
    folder.mkdir()
    for n, body in enumerate(bodies(6, "Every walrus slept.", seed=4)):
        (folder / f"{n}.md").write_text(f"---\ntitle: {n}\ndate: 2020-01-01\n---\n{body}", encoding="utf-8")
    discourse.load_corpus(folder, tmp_path / "v")
    discourse.tag_corpus(tmp_path / "v")
    found = discourse.keyness(planted, against=tmp_path / "v")
    assert found.about["groups"] == ["myblog", "harbour"]
    assert found.about["n_posts"] == [19, 6]
    assert found.table.iloc[-1][["word", "marks"]].tolist()[1] == "harbour"
    assert {"walrus", "slept"} & set(found.table.tail(2)["word"])
    part = discourse.keyness(planted, "year=2020", against=tmp_path / "v")
    assert (part.about["groups"], part.about["n_posts"]) == (["year=2020 in myblog", "year=2020 in harbour"], [11, 6])
    with pytest.raises(InputError, match="both hold the post"):
        discourse.keyness(planted, against=planted)


REFUSED = [
    ((), {}, "Name one group or two"),
    (("category=Sea", "category=Sea"), {}, "are the same sentences"),
    (("category=Sea", "source=myblog"), {}, "Every sentence of 'category=Sea' is in 'source=myblog' too; name 'category=Sea' alone"),
    (("source=myblog",), {}, "holds every sentence that counts"),
    (("category=Se",), {}, "Did you mean 'Sea'"),
    (("code=cyber_optimst",), {}, "Did you mean 'cyber_optimist'"),
    (("code=cybercrime_cryptocurrency",), {}, "no sentence is in this group"),
    (("category=Sea",), {"strength": 0}, "The prior is worth 0 words"),
    (("category=Sea",), {"counting": Counting(language="ko")}, "no post in the language 'ko' counts .19 in English.; choose another"),
    (("category=Sea",), {"counting": Counting(fewest=50)}, "No word stands in 50 posts"),
]


@pytest.mark.parametrize(("groups", "options", "message"), REFUSED)
def test_refusals(planted, groups, options, message):
    with pytest.raises(InputError, match=message):
        discourse.keyness(planted, *groups, **options)


def test_a_group_of_one_post_and_an_untagged_workspace_are_refused(corpus, tmp_path):
    one, two = bodies(2, "The ministry blocks websites.", seed=6)
    discourse.load_corpus(corpus([{"categories": "A", "body": one}, {"categories": "B", "body": two}]), tmp_path / "w")
    with pytest.raises(WorkspaceError, match="never tagged"):
        discourse.keyness(tmp_path / "w", "category=A")
    discourse.tag_corpus(tmp_path / "w")
    with pytest.raises(InputError, match="The first group has 1 post"):
        discourse.keyness(tmp_path / "w", "category=A")


def test_korean_posts_by_word_and_by_lemma(tmp_path):
    posts = [("A", "2020-01-01", KOREAN.format(word, word, word)) for word in ("휴대전화", "라디오", "신문", "방송")]
    posts += [("B", "2020-01-01", KOREAN.replace("감시", "검열").format(word, word, word)) for word in ("편지", "전보", "책", "노래")]
    workspace = load(posts, tmp_path)
    with pytest.raises(InputError, match="8 in Korean"):
        discourse.keyness(workspace, "category=A")
    words, lemmas = (
        discourse.keyness(workspace, "category=A", "category=B", counting=Counting(language="ko", lemmas=lemmas)).table["word"]
        for lemmas in (False, True)
    )
    assert (words.iloc[0], words.iloc[-1]) == ("감시한다", "검열한다")
    assert (lemmas.iloc[0], lemmas.iloc[-1]) == ("감시하다", "검열하다")
    near = discourse.collocations(workspace, "시민", kind="lemma", counting=Counting(language="ko", fewest=2))
    assert near.iloc[0]["word"] == "지키다"
    uses = discourse.kwic(workspace, "시민")
    assert (len(uses), set(uses["hit"])) == (8, {"시민"})


def test_collocations_of_words_lemmas_and_entities(sample):
    words = discourse.collocations(sample, "surveillance")
    assert words["g2"].is_monotonic_decreasing
    assert (words["n_posts"] >= 3).all()
    assert (words["n"] > words["expected"]).all()
    assert set(discourse.collocations(sample, "phone", kind="lemma")["word"]) > {"watch"} or len(
        discourse.collocations(sample, "phone", kind="lemma")
    )
    by_name, by_slug = (
        discourse.collocations(sample, name, kind="entity", counting=Counting(fewest=1)) for name in ("Kim Jong Un", "kim-jong-un")
    )
    pd.testing.assert_frame_equal(by_name, by_slug)
    assert not {"kim", "jong"} & set(by_name["word"])
    inside = discourse.collocations(sample, "phone", within="code=cyber_pessimist", counting=Counting(fewest=1))
    assert inside["n_word"].sum() < discourse.collocations(sample, "phone", counting=Counting(fewest=1))["n_word"].sum()


@pytest.mark.parametrize(
    ("word", "options", "message"),
    [
        ("zzzz", {}, "'zzzz' does not stand in the posts that count"),
        ("phone", {"kind": "lema"}, "Did you mean 'lemma'"),
        ("Kim Jong Il Sung", {"kind": "entity"}, "No entity"),
        ("zzzz", {"within": "year=2016"}, "does not stand in 'year=2016'"),
        ("phone", {"within": "yeer=2016"}, "Did you mean 'year'"),
    ],
)
def test_refusals_of_collocations(sample, word, options, message):
    with pytest.raises(InputError, match=message):
        discourse.collocations(sample, word, **options)


def test_kwic_finds_what_the_tables_hold(sample):
    posts, codings = discourse.table(sample, "posts").set_index("post_id"), discourse.table(sample, "codings")
    uses = discourse.kwic(sample, "phone")
    assert len(uses) > 50
    for row in uses.itertuples():
        assert posts.loc[row.post_id, "text"][row.start : row.end].lower() == "phone"
    coded = discourse.kwic(sample, "cyber_optimist", kind="code", where=Where(holder="other"))
    assert len(coded) == len(codings.query("code == 'cyber_optimist' and holder == 'other'"))
    year = discourse.kwic(sample, "phone", where=Where(since="2018", until="2018"))
    assert set(year["published"].dt.year) == {2018}
    assert len(discourse.kwic(sample, "phones?", kind="regex")) >= len(uses)
    assert discourse.kwic(sample, "zzzz").empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"where": Where(holder="author")}, "goes with a code"),
        ({"kind": "code", "where": Where(holder="me")}, "There is no holder 'me'. Known: author, other"),
        ({"kind": "code"}, "There is no code 'phone'"),
        ({"where": Where(category="Nowhere")}, "There is no category 'Nowhere'"),
    ],
)
def test_refusals_of_kwic(sample, options, message):
    with pytest.raises(InputError, match=message):
        discourse.kwic(sample, "phone", **options)


def test_posts_that_repeat_an_earlier_one_are_not_looked_through(tmp_path):
    body = " ".join(bodies(4, "A zeppelin flew over.", seed=5))
    workspace = load([("A", "2020-01-01", body), ("A", "2020-01-02", body)], tmp_path)
    assert len(discourse.kwic(workspace, "zeppelin")) == 4


def test_keyness_is_drawn_by_either_size(planted, tmp_path):
    found = discourse.keyness(planted, "category=Sea", "category=Land")
    for size in ("z", "n"):
        written = draw_keyness(found, tmp_path / size, size=size)
        assert [path.name for path in written] == [f"keyness.{suffix}" for suffix in ("png", "svg", "pdf", "csv", "txt")]
    numbers = pd.read_csv(tmp_path / "n" / "keyness.csv")
    for _, group in numbers.groupby("marks"):
        side = "n_first" if group["marks"].iloc[0] == "category=Sea" else "n_second"
        assert group[side].is_monotonic_decreasing
    assert numbers.set_index("word").loc["submarine", "n_first"] == 8
    assert (tmp_path / "z" / "keyness.png").read_bytes() == draw_keyness(found, tmp_path / "again")[0].read_bytes()
    with pytest.raises(InputError, match="There is no size of words 'x'"):
        draw_keyness(found, tmp_path, size="x")
