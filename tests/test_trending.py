"""Trends of a workspace: the tables and the figure, the command, the shipped events, and what is refused."""

import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from discourse import pipeline, workspaces
from discourse.cli import app
from discourse.errors import InputError
from discourse.pipeline.events import events_of

FRAMINGS = ["cyber_optimist", "cyber_pessimist", "rights_norm"]


@pytest.fixture(scope="module")
def codes(root):
    return root / "data" / "raw" / "sample" / "codes" / "framings.jsonl"


@pytest.fixture(scope="module")
def found(sample, codes):
    return pipeline.trends(sample, gold=codes, split="measure")


def test_shares_of_years_are_those_of_discourse_shares(found, sample, codes):
    years = found.placebo.set_index(["code", "estimator", "period"])["share"]
    estimates = pipeline.shares(sample, by=["year"], gold=codes, split="measure").query("measure == 'share_author'")
    compared = 0
    for row in estimates.dropna(subset=["estimate"]).itertuples():
        if row.estimator == "naive" or row.basis == "own gold":
            assert years[row.code, row.estimator, row.period] == pytest.approx(row.estimate, abs=1e-12)
            compared += 1
    assert compared > len(FRAMINGS)


def test_every_code_has_a_claim_and_every_table_its_rows(found):
    assert found.claims["code"].tolist() == FRAMINGS
    assert found.trend.groupby("code")["estimator"].apply(list).tolist() == [["naive", "corrected"]] * 3
    shown = found.trend[found.trend["per_year"].notna()]
    assert (shown["low"] <= shown["per_year"]).all()
    assert (shown["p_holm"] >= shown["p_value"]).all()
    claimed = found.claims.set_index("code")["claim"]
    for row in shown[shown["estimator"] == "corrected"].itertuples():
        assert (claimed[row.code] != "") == (row.p_holm < 0.05 and row.p_placebo < 0.05)


def test_without_gold_nothing_is_said_to_rise_or_fall(sample):
    plain = pipeline.trends(sample)
    assert (plain.claims["claim"] == "").all()
    assert plain.claims["sentence"].str.contains("tagger only, change not established").all()
    assert set(plain.trend["estimator"]) == {"naive"}


def test_the_command_prints_and_writes_all(sample, codes, tmp_path):
    out = tmp_path / "trends"
    args = ["trends", str(sample), "--gold", str(codes), "--split", "measure", "--code", "rights_norm", "--out", str(out)]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 0, done.output
    assert "Rights norm framings held by authors" in done.output
    assert "points a year" in done.output
    names = {path.name for path in out.iterdir()}
    assert names == {
        *(f"trends_{name}.csv" for name in ("trend", "smooth", "placebo", "changes", "events", "claims")),
        "trends.png",
        "trends.pdf",
        "trends.txt",
        "trends.svg",
        "trends.csv",
    }
    assert pd.read_csv(out / "trends_trend.csv")["code"].unique().tolist() == ["rights_norm"]
    before = (out / "trends.svg").read_bytes()
    assert CliRunner().invoke(app, args).exit_code == 0
    assert (out / "trends.svg").read_bytes() == before


def test_years_and_seed_are_heeded(sample):
    some = pipeline.trends(sample, codes=["rights_norm"], years=(2015, 2018))
    assert some.trend[["first_year", "last_year"]].iloc[0].tolist() == [2015, 2018]
    other = pipeline.trends(sample, codes=["rights_norm"], years=(2015, 2018), seed=1)
    assert not other.placebo["low"].equals(some.placebo["low"])


def test_undated_posts_are_left_out_and_counted(sample, tmp_path):
    from discourse.pipeline.workspace import commit

    workspace = tmp_path / "w"
    shutil.copytree(sample, workspace)
    parts, record = [], workspaces.manifest(workspace)
    for part, posts in workspaces.read_parts(workspace, "posts"):
        known = (posts["language"] != "en") | (posts["published"].dt.month > 1)
        parts.append(workspaces.keep(workspace, "posts", workspaces.place(part), posts.assign(published=posts["published"].where(known))))
    record["tag"]["posts"] = workspaces.fingerprint(parts)
    commit(workspace, {"posts": parts}, record)
    assert pipeline.trends(workspace, codes=["rights_norm"]).about["left_out"]["without a date"] > 0


# events


def test_the_shipped_events_are_sorted_and_sourced(root):
    file = root / "src" / "discourse" / "resources" / "events" / "digital_rights.csv"
    rows = pd.read_csv(file)
    assert len(rows) >= 12
    assert rows["date"].is_monotonic_increasing
    assert pd.to_datetime(rows["date"], format="%Y-%m-%d").between("2013-01-01", "2024-12-31").all()
    assert rows.notna().all(axis=None)
    assert not rows["label"].duplicated().any()
    assert events_of()["label"].tolist() == rows["label"].tolist()


BAD = [
    (b"date,label\n2019-01-01,a\n", "line 1 names no column source"),
    (b"date,label,source\n2019-01-01,a,b\n5 Aug 2019,a,b\n", "line 3: '5 Aug 2019' is no date; write it as 2019-08-05"),
    (b"date,label,source\n2019-02-30,a,b\n", "line 2: '2019-02-30' is no date"),
    (b"date,label,source\n2019-01-01,,b\n", "line 2: the label is empty"),
    (b"date,label,source\n2019-01-01,a\n", "line 2: the source is empty"),
    (b'date,label,source\n2019-01-01,"a,b\n', "line 2 is no CSV"),
    (b"date,label,source\n2019-01-01,\xff,b\n", "not UTF-8"),
    (b"", "line 1 names no column date, label, source"),
]


@pytest.mark.parametrize(("content", "why"), BAD)
def test_a_bad_file_of_events_is_refused_with_its_line(tmp_path, content, why):
    file = tmp_path / "events.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=why):
        events_of(file)


def test_no_file_of_events_is_refused_and_events_are_put_in_order(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        events_of(tmp_path / "none.csv")
    file = tmp_path / "events.csv"
    file.write_text("source,date,label\nx,2019-01-02,later\ny,2019-01-01,earlier\n", encoding="utf-8-sig")
    assert events_of(file)["label"].tolist() == ["earlier", "later"]


# refusals


def made(corpus, tmp_path, posts):
    pipeline.load_corpus(corpus(posts), tmp_path / "w")
    pipeline.tag_corpus(tmp_path / "w")
    return tmp_path / "w"


LONG = "The ministry blocks websites and watches every phone in the city, and people are afraid of it."
REFUSED = [
    ([{"date": "2020-01-01"}] * 2, "of one day, 2020-01-01"),
    ([f"---\ntitle: A\n---\n{LONG}"], "None of the 1 posts that count has a date"),
    ([{"date": f"{2018 + n % 2}-01-01", "body": f"The ministry blocks websites {n}. " * 9} for n in range(12)], "Trends need 3 years"),
]


def test_no_post_that_counts_is_refused(corpus, tmp_path):
    with pytest.raises(InputError, match="No post counts"):
        pipeline.trends(made(corpus, tmp_path, [{"body": "Soup is warm."}]))


@pytest.mark.parametrize(("posts", "why"), REFUSED)
def test_too_little_is_refused(corpus, tmp_path, posts, why):
    posts = [
        p if isinstance(p, str) else {"title": f"Post {n}", "body": f"{LONG} Soup number {n} is warm and good."} | p
        for n, p in enumerate(posts)
    ]
    workspace = made(corpus, tmp_path, posts)
    with pytest.raises(InputError, match=why):
        pipeline.trends(workspace)


def test_an_unknown_code_suggests_the_nearest(sample):
    with pytest.raises(InputError, match=r"no code 'right_norm'\. Did you mean 'rights_norm'"):
        pipeline.trends(sample, codes=["right_norm"])
