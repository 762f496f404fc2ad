"""Who is named, from posts to printed lines: over time, with whom, in a code's sentences, and every refusal."""

import pytest
from test_cli import run

import discourse
from discourse import pipeline
from discourse.errors import InputError, WorkspaceError


@pytest.fixture
def named(capsys, monkeypatch):
    return lambda *arguments: run("named", *arguments, capsys=capsys, monkeypatch=monkeypatch)


@pytest.fixture
def one_post(corpus, tmp_path):
    discourse.load_corpus(
        corpus([{"body": "Facebook met the United Nations in Geneva, and both said that they would write a long report about it."}]),
        tmp_path / "w",
    )
    return tmp_path / "w"


def test_counts_over_the_years_add_up_and_are_those_of_measure(sample):
    whole, by_year = pipeline.entities_over_time(sample, by=()), pipeline.entities_over_time(sample)
    sums = by_year.shares.groupby("code")["n"].sum()
    assert by_year.about["n_undated"] == 0
    assert whole.shares.set_index("code")["n"].to_dict() == sums.to_dict()
    known = (
        discourse.table(sample, "estimates").query("measure == 'posts_naming' and period == '' and category == ''").set_index("code")["n"]
    )
    assert known.to_dict() == sums.to_dict()


def test_what_the_gazetteer_does_not_know_is_counted_and_shown_on_request(sample):
    found, more = pipeline.entities_over_time(sample, by=()), pipeline.entities_over_time(sample, by=(), unlinked=True)
    assert found.entities["linked"].all()
    assert len(more.entities) == found.about["n_entities"] == len(found.entities) + found.about["n_unlinked"]


def test_label_category_and_code_narrow(sample):
    found = pipeline.entities_over_time(sample, by=())
    orgs = pipeline.entities_over_time(sample, by=(), label="ORG")
    coded = pipeline.entities_over_time(sample, by=(), code="cyber_pessimist")
    assert set(orgs.entities["label"]) == {"ORG"}
    assert coded.entities["n_mentions"].sum() < found.entities["n_mentions"].sum()
    category = discourse.table(sample, "posts")["categories"].iloc[0][0]
    assert pipeline.entities_over_time(sample, by=(), category=category).about["n_posts"] < found.about["n_posts"]


def test_years_narrow_posts_and_chance(sample):
    found, some = (pipeline.entities_over_time(sample, by=(), years=years) for years in ((None, None), (2018, 2019)))
    posts = discourse.table(sample, "posts")
    inside = posts["published"].dt.year.between(2018, 2019) & posts["post_id"].isin(discourse.table(sample, "counts")["post_id"])
    assert some.about["n_posts"] == inside.sum() < found.about["n_posts"]
    assert set(pipeline.co_mentions(sample, years=(2018, 2019)).pairs["denominator"]) == {inside.sum()}
    with pytest.raises(InputError, match="No post that counts is from 1990 to 1991"):
        pipeline.entities_over_time(sample, years=(1990, 1991))


def test_a_code_is_compared_with_all_sentences(sample):
    found = pipeline.entities_by_code(sample, "cyber_pessimist")
    codings = discourse.table(sample, "codings").query("code == 'cyber_pessimist' and holder == 'author' and modality != 'rejected'")
    counted = set(discourse.table(sample, "counts")["post_id"])
    assert found.about["n_coded"] == codings["post_id"].isin(counted).sum() == found.shares["n_coded"].iloc[0]
    assert (found.shares["n"] <= found.shares["n_naming"]).all()
    assert found.shares["n"].is_monotonic_decreasing


def test_pairs_within_a_sentence_are_pairs_within_a_post(sample):
    near, far = (pipeline.co_mentions(sample, within=within).pairs for within in ("sentence", "post"))
    assert set(zip(near["a"], near["b"], strict=True)) < set(zip(far["a"], far["b"], strict=True))


def test_with_a_code_chance_is_taken_among_the_posts_that_carry_it(sample):
    codings = discourse.table(sample, "codings").query("code == 'cyber_pessimist' and holder == 'author' and modality != 'rejected'")
    inside = set(codings["post_id"]) & set(discourse.table(sample, "counts")["post_id"])
    assert set(pipeline.co_mentions(sample, code="cyber_pessimist").pairs["denominator"]) == {len(inside)}


PRINTED = [
    ((), ["entities in 99 posts that count.", "not shown without --unlinked", "posts that name it"]),
    (("--by", "year", "--label", "ORG", "--most", "2"), ["label ORG", "period", "2015"]),
    (("--code", "cyber_pessimist"), ["sentences that carry Cyber-pessimist:", "lift", "a lift may be its own"]),
    (("--together", "--within", "post"), ["posts in one post", "by chance", "NPMI", "more; --out FOLDER writes all."]),
    (("--together", "--label", "EVENT", "--code", "cyber_optimist"), ["None are named."]),
]


@pytest.mark.parametrize(("options", "lines"), PRINTED)
def test_what_is_printed(named, sample, options, lines):
    status, out, _ = named(sample, *options)
    assert status == 0
    for line in lines:
        assert line in out


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ((), ["entities.csv", "shares.csv"]),
        (("--code", "cyber_pessimist"), ["by_code.csv", "entities.csv"]),
        (("--together",), ["companies.csv", "entities.csv", "pairs.csv", "pairs.graphml"]),
    ],
)
def test_files_are_written_and_the_same_again(named, sample, tmp_path, options, files):
    for folder in ("a", "b"):
        assert named(sample, *options, "--out", tmp_path / folder)[0] == 0
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == files
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


REFUSED = [
    (("--label", "OGR"), "There is no label 'OGR'. Did you mean 'ORG'?"),
    (("--code", "cyber_optimst"), "There is no code 'cyber_optimst'. Did you mean 'cyber_optimist'?"),
    (("--category", "soup"), "There is no category 'soup'. Known:"),
    (("--by", "yaer"), "There is no grouping 'yaer'. Did you mean 'year'?"),
    (("--together", "--within", "sentense"), "There is no unit 'sentense'. Did you mean 'sentence'?"),
    (("--together", "--by", "year"), "leave --by out"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_refusals_are_one_line(named, sample, options, said):
    status, _, err = named(sample, *options)
    assert (status, said in err, err.strip().splitlines()[-1].startswith("discourse: ")) == (1, True, True)


def test_an_untagged_workspace_is_refused(one_post):
    for ask in (pipeline.entities_over_time, pipeline.co_mentions, lambda workspace: pipeline.entities_by_code(workspace, "radio")):
        with pytest.raises(WorkspaceError, match="posts were never tagged; run: discourse tag"):
            ask(one_post)


def test_one_post_has_counts_and_no_pairs(one_post):
    discourse.tag_corpus(one_post)
    found = pipeline.entities_over_time(one_post)
    assert set(found.shares["note"]) == {"fewer than 5 posts"}
    with pytest.raises(InputError, match="no two posts count; who is named with whom, against chance, takes several"):
        pipeline.co_mentions(one_post)
