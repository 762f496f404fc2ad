"""Why a code rises: a word planted in one year is named, what is out of the denominators stays out, and nothing is written."""

import random
import shutil

import pandas as pd
import pytest

import discourse
from discourse.errors import InputError, WorkspaceError
from discourse.pipeline import influence
from discourse.pipeline.tagging import CACHE

PLANTED = ["An internet shutdown began in the north.", "Then a mobile shutdown hit the coast.", "The network shutdown lasted for a week."]
THINGS = "bread garden bus lake kettle bridge orchard lamp fence market violin harbour blanket chimney ladder".split()
DOES = "was old,stood empty,looked green,was sold,burned down,came back,grew tall,fell over,was painted,got wet".split(",")

YEARS = ("2017", "2018", "2019")


def bodies(year, n, extra=()):
    """Return posts of a year, no two alike; sentences of `extra` go into one post each."""
    chance = random.Random(year)
    plain = [
        " ".join(f"The {chance.choice(THINGS)} near the {chance.choice(THINGS)} {chance.choice(DOES)}." for _ in range(6)) for _ in range(n)
    ]
    return [{"date": f"{year}-03-{k + 1:02d}", "body": " ".join([text, *extra[k : k + 1]])} for k, text in enumerate(plain)]


@pytest.fixture
def planted(corpus, tmp_path):
    """Return a tagged workspace in which shutdowns begin in the second year."""
    posts = [*bodies(2018, 5, ["The internet blackout was over."]), *bodies(2019, 5, PLANTED), *bodies(2021, 2)]
    discourse.load_corpus(corpus(posts), tmp_path / "w")
    discourse.tag_corpus(tmp_path / "w")
    return tmp_path / "w"


def test_a_planted_word_is_named_with_its_part_of_the_rise(planted):
    found = discourse.influence(planted, "shutdowns")
    assert found.periods[["period", "n"]].values.tolist() == [["2018", 1], ["2019", 3], ["2021", 0]]
    rise = found.change("2018", "2019").set_index("term")
    assert rise.index[2] == "shutdown"
    assert rise.loc["shutdown", ["n_before", "n_after", "part"]].tolist() == [0, 3, 1.5]
    assert rise.loc["blackout", "change"] == -1
    fall = found.change("2019", "2021").set_index("term")
    assert fall.loc["shutdown", ["change", "part"]].tolist() == [-3, 1.0]
    assert found.changes.groupby(["before", "after"]).size().index.tolist() == [("2018", "2019"), ("2019", "2021")]


def test_parts_lead_to_the_sentences(planted):
    found = discourse.influence(planted, "shutdowns")
    rows = found.parts.query("name == 'shutdown' and hangs").merge(discourse.table(planted, "sentences"), on=["post_id", "sentence"])
    assert sorted(rows["text"]) == sorted(PLANTED)


@pytest.fixture(scope="module")
def some(root, sample, tmp_path_factory):
    """Return the workspace of the sample's posts of three years, tagged and measured: each sentence is read again a dozen times here."""
    home = tmp_path_factory.mktemp("some")
    workspace = home.parent / f"{home.name}-workspace"
    for file in (root / "data" / "raw" / "sample" / "posts").glob("*.md"):
        if file.name[:4] in YEARS:
            shutil.copy(file, home)
    discourse.load_corpus(home, workspace, source="sample")
    shutil.copy(sample / CACHE, workspace)
    discourse.tag_corpus(workspace)
    discourse.measure_corpus(workspace)
    return workspace


def test_denominators_are_those_of_measure(some):
    found = discourse.influence(some, "cyber_optimist", top=5)
    estimates = discourse.table(some, "estimates").query("code == 'cyber_optimist' and measure == 'share_author' and category == ''")
    years = estimates[estimates["period"] != ""].sort_values("period")
    for column in ("period", "n", "denominator", "n_posts"):
        assert found.periods[column].tolist() == years[column].tolist(), column
    assert (found.about["headline"], found.about["n_not_found_again"]) == (True, 0)
    every = discourse.influence(some, "cyber_optimist", headline=False)
    assert every.about["n"] > found.about["n"]


def test_a_theme_counts_every_sentence_as_its_share_does(sample):
    found = discourse.influence(sample, "surveillance_interception")
    years = discourse.table(sample, "estimates").query("code == 'surveillance_interception' and category == '' and period != ''")
    assert found.periods["n"].tolist() == years.sort_values("period")["n"].tolist()
    assert found.about["headline"] is False


def test_names_of_people_are_not_printed(some):
    people = discourse.table(some, "mentions").query("label == 'PERSON'")
    found = discourse.influence(some, "cyber_pessimist", headline=False).parts.query("what == 'term'")
    beside = found.merge(people[["post_id", "sentence", "text"]], on=["post_id", "sentence"])
    assert len(beside) > 100
    assert [name for name, text in zip(beside["name"], beside["text"], strict=True) if name in text.lower().split()] == []
    assert "_PERSON" in set(beside["name"])


def test_a_code_that_no_sentence_carries_has_empty_tables(corpus, tmp_path):
    discourse.load_corpus(
        corpus([{"body": "Soup is warm and good on a winter day, and bread is good with it on every other day."}]), tmp_path / "w"
    )
    discourse.tag_corpus(tmp_path / "w")
    for code in ("shutdowns", "cyber_optimist"):
        found = discourse.influence(tmp_path / "w", code)
        assert (found.about["n"], len(found.terms), len(found.rules), len(found.changes)) == (0, 0, 0, 0)
        assert "share_part" in found.changes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("shutdown", {}), "no code 'shutdown'. Did you mean 'shutdowns'"),
        (("shutdowns", {"by": "years"}), "no kind of period 'years'. Did you mean 'year'"),
    ],
)
def test_what_is_not_known_is_one_line(planted, arguments, message):
    code, options = arguments
    with pytest.raises(InputError, match=message):
        discourse.influence(planted, code, **options)


@pytest.mark.parametrize(
    ("after", "message"), [("2020", r"No sentence counts in the period '2020'\. Did you mean"), ("2018", r"'2018' twice; name two periods")]
)
def test_a_period_without_sentences_is_one_line_and_so_is_no_change(planted, after, message):
    with pytest.raises(InputError, match=message):
        discourse.influence(planted, "shutdowns").change("2018", after)


def test_a_workspace_must_be_tagged_by_the_tagger_as_it_is(corpus, tmp_path):
    book, workspace = tmp_path / "book.yaml", tmp_path / "w"
    text = (
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {code: soup, kind: framing, name: Soup, definition: d, rules: [{id: s, cue: %s}],"
        " match: [Soup.], no_match: [Bread.]}\n"
    )
    book.write_text(text % "soup", encoding="utf-8")
    discourse.load_corpus(
        corpus([{"body": "Soup is warm and good on a winter day, and bread is good with it on every other day."}]), workspace
    )
    with pytest.raises(WorkspaceError, match="never tagged; run: discourse tag"):
        influence(workspace, "soup")
    discourse.tag_corpus(workspace, codebook=book)
    found = influence(workspace, "soup")
    assert (found.about["method"], found.parts.query("hangs")["name"].tolist()) == ("rules", ["soup", "s"])
    assert found.parts["given"].isna().all()
    book.write_text(text % "soupy", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="another codebook, model or pipeline than now; run: discourse tag"):
        influence(workspace, "soup")


def test_nothing_is_written(planted):
    before = {path.name: path.read_bytes() for path in planted.iterdir() if path.is_file()}
    discourse.influence(planted, "cyber_pessimist")
    assert {path.name: path.read_bytes() for path in planted.iterdir() if path.is_file()} == before


def test_periods_may_be_quarters_and_months(planted):
    assert discourse.influence(planted, "shutdowns", by="quarter").periods["period"].tolist() == ["2018Q1", "2019Q1", "2021Q1"]
    assert discourse.influence(planted, "shutdowns", by="month").periods["period"].tolist() == ["2018-03", "2019-03", "2021-03"]


def test_the_tables_are_the_same_each_time(planted):
    first, second = (discourse.influence(planted, "shutdowns") for _ in range(2))
    pd.testing.assert_frame_equal(first.parts, second.parts)
