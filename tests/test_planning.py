"""Plans for coding by hand: the files, what is refused, and what the command prints."""

import json
import sys

import pandas as pd
import pytest

import discourse
from discourse.cli import main
from discourse.errors import InputError, WorkspaceError
from discourse.pipeline import Scope, plan_coding
from discourse.pipeline.tagging import tagger_of

PLACES = "harbour market orchard bridge kettle garden lamp fence violin blanket chimney ladder".split()
DENY = "The ministry blocks websites and spies on phones in the {}."
PLAIN = "The old {} was painted and then sold."


def post(k, *, year=2020, categories="Privacy", n=8, hits=2):
    """Return a Markdown post of its own words."""
    text = " ".join((DENY if s < hits else PLAIN).format(f"{PLACES[(k + s) % 12]} of street {k * 31 + s}") for s in range(n))
    date = f"date: {year}-03-{k % 28 + 1:02d}\n" if year else ""
    return f"---\ntitle: Post {k}\n{date}author: Ann Lee\ncategories: [{categories}]\n---\n{text}\n"


@pytest.fixture
def tagged(corpus, tmp_path):
    """Return a function that makes a tagged workspace of posts."""

    def make(*posts):
        discourse.load_corpus(corpus(list(posts)), tmp_path / "w")
        discourse.tag_corpus(tmp_path / "w")
        return tmp_path / "w"

    return make


def lines(folder):
    return [json.loads(line) for line in (folder / "plan.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]


def test_a_line_is_a_sentence_of_the_workspace_with_its_chance(sample, tmp_path):
    made = plan_coding(sample, out=tmp_path / "p", n=120)
    rows = lines(tmp_path / "p")
    keys = ["id", "source", "post_id", "sentence", "start", "end", "text", "date", "stratum", "p_inclusion"]
    assert all(list(row) == keys for row in rows)
    assert len({row["id"] for row in rows}) == len(rows) == 120
    posts = discourse.table(sample, "posts").set_index("post_id")
    for row in rows:
        assert posts.loc[row["post_id"], "text"][row["start"] : row["end"]] == row["text"]
        assert row["date"] == str(posts.loc[row["post_id"], "published"].date())
        assert row["stratum"].startswith(f"{row['date'][:4]} / ")
    table = pd.read_csv(tmp_path / "p" / "strata.csv")
    assert table.columns.tolist() == ["period", "category", "band", "n_sentences", "n_posts", "n_drawn", "p_post", "p_inclusion"]
    assert table["n_drawn"].sum() == 120
    chance = {f"{row.period} / {row.category} / {row.band}": row.n_drawn / row.n_sentences for row in table.itertuples()}
    assert all(row["p_inclusion"] == chance[row["stratum"]] for row in rows)
    counts = discourse.table(sample, "counts").query("code == 'all'")
    assert table["n_sentences"].sum() == counts["sentences"].sum() - made.about["n_known"] == made.about["n_sentences_in_scope"]
    assert made.about["n_known"] > 1000  # the sample's posts that the model was fitted to
    assert not (tagger_of(sample).known.find(row["text"] for row in rows) >= 0).any()
    assert made.periods["n_drawn"].sum() == 120


def test_the_plan_says_what_it_is_of(sample, tmp_path):
    plan_coding(sample, out=tmp_path / "p", n=120, seed=3, scope=Scope(2016, 2018))
    about = json.loads((tmp_path / "p" / "plan.json").read_text(encoding="utf-8"))
    manifest = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))
    assert about["tables"]["posts"] == manifest["tables"]["posts"]
    assert (about["fingerprint"], about["codebook"]) == (manifest["tag"]["fingerprint"], manifest["tag"]["codebook"])
    assert (about["seed"], about["n"], about["n_asked"]) == (3, 120, 120)
    assert about["scope"] == {"from": 2016, "to": 2018, "categories": []}
    assert about["left_out"].items() >= manifest["measure"]["left_out"].items()
    assert {"from before 2016", "from after 2018"} <= about["left_out"].keys()
    assert sum(about["left_out"].values()) + about["n_posts_in_scope"] == manifest["summary"]["posts"]
    assert {row["date"][:4] for row in lines(tmp_path / "p")} == {"2016", "2017", "2018"}


def test_the_same_plan_twice_is_the_same_bytes_and_no_other_is_written_over(sample, tmp_path):
    out = tmp_path / "p"
    plan_coding(sample, out=out, n=100, seed=1)
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    plan_coding(sample, out=tmp_path / "again", n=100, seed=1)
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == first
    (out / "ann.csv").write_text("her codes", encoding="utf-8")
    (out / "strata.csv").unlink()
    plan_coding(sample, out=out, n=100, seed=1)
    with pytest.raises(
        WorkspaceError, match=r"holds another plan \(plan.jsonl differs\), and its sheets may be in work; choose a new folder"
    ):
        plan_coding(sample, out=out, n=100, seed=2)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {**first, "ann.csv": b"her codes"}


def test_where_a_plan_may_not_stand(sample, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    before = {path.name for path in sample.iterdir()}
    for out, message in (
        (sample / "study", "lies in the workspace"),
        (sample, "lies in the workspace"),
        (tmp_path / "mine", "holds other files"),
        (tmp_path / "file", "could not be written"),
    ):
        with pytest.raises(WorkspaceError, match=message):
            plan_coding(sample, out=out, n=100)
    assert {path.name for path in sample.iterdir()} == before


def test_with_posts_drawn_first_fewer_posts_are_read(sample, tmp_path):
    made = plan_coding(sample, out=tmp_path / "p", n=200, n_posts=30)
    rows = lines(tmp_path / "p")
    assert len({row["post_id"] for row in rows}) <= 30
    assert made.periods["n_posts_drawn"].min() >= 1
    assert (made.strata["p_post"] < 1).any()
    one = plan_coding(sample, out=tmp_path / "q", n=200)
    assert one.about["n_posts"] > made.about["n_posts"]


def test_in_scope_are_the_posts_of_a_category(sample, tmp_path):
    posts = discourse.table(sample, "posts").set_index("post_id")
    named = posts["categories"].dropna().explode().value_counts().index[:2].tolist()
    plan_coding(sample, out=tmp_path / "p", n=100, scope=Scope(categories=tuple(named)))
    assert all(set(named) & set(posts.loc[row["post_id"], "categories"]) for row in lines(tmp_path / "p"))
    table = pd.read_csv(tmp_path / "p" / "strata.csv")
    assert set(table["category"]) <= {*named, "(other categories)", "(all categories)"}


def test_codes_say_what_a_hit_is(sample, tmp_path):
    made = plan_coding(sample, out=tmp_path / "p", n=100, codes=["surveillance_interception", "cyber_optimist"])
    assert made.widths["code"].unique().tolist() == ["surveillance_interception", "cyber_optimist"]
    assert made.about["by_rule"] == ["surveillance_interception"]
    codings = discourse.table(sample, "codings").query("code in ['surveillance_interception', 'cyber_optimist']")
    hits = set(codings[["post_id", "sentence"]].itertuples(index=False, name=None))
    plain = [row for row in lines(tmp_path / "p") if row["stratum"].rsplit(" / ", 1)[1] in ("hit", "near", "far")]
    assert plain
    assert all(((row["post_id"], row["sentence"]) in hits) == row["stratum"].endswith("/ hit") for row in plain)


def test_widths_shrink_with_sentences(sample, tmp_path):
    made = plan_coding(sample, out=tmp_path / "p", n=100)
    assert sorted(made.widths["n"].unique().tolist()) == [50, 100, 200, 400, made.about["n_sentences_in_scope"]]
    for _, rows in made.widths.query("over == 'all'").groupby("code"):
        assert rows.sort_values("n")["half_width"].is_monotonic_decreasing
    assert (made.widths.groupby("over")["half_width"].mean().reindex(["all", "year"]).diff().iloc[1]) > 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"codes": ["cyber_pesimist"]}, "The codebook digital_rights 1 has no code 'cyber_pesimist'. Did you mean 'cyber_pessimist'?"),
        (
            {"scope": Scope(categories=("Surveilance",))},
            "No post that counts is in the category 'Surveilance'. Did you mean 'Surveillance'?",
        ),
        ({"scope": Scope(2051)}, "No post that counts is from 2051 or later. Did you mean '2021'?"),
        (
            {"scope": Scope(None, 1999)},
            "No post that counts is from 1999 or earlier. Known: 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022.",
        ),
        ({"scope": Scope(2019, 2016)}, "--from 2019 is later than --to 2016; turn them round."),
        ({"n": 12}, "12 sentences do not reach two in each period (8 periods); draw 16 or more, or choose years with --from and --to."),
        ({"n_posts": 3}, "3 posts do not reach two in each period (8 periods); draw 15 or more, or choose years with --from and --to."),
    ],
)
def test_what_is_refused(sample, tmp_path, asked, message):
    with pytest.raises(InputError) as caught:
        plan_coding(sample, out=tmp_path / "p", **asked)
    assert str(caught.value) == message
    assert not (tmp_path / "p").exists()


def test_an_untagged_workspace_is_refused(corpus, tmp_path):
    discourse.load_corpus(corpus([post(0)]), tmp_path / "w")
    with pytest.raises(WorkspaceError, match="never tagged; run: discourse tag"):
        plan_coding(tmp_path / "w", out=tmp_path / "p")


def test_nothing_in_scope_is_refused(tagged, tmp_path):
    workspace = tagged("---\ntitle: A\ndate: 2020-01-01\n---\n# Only a heading in this post of today\n\n# And another heading of the day\n")
    with pytest.raises(InputError, match="no sentence in scope; posts left out: 1 "):
        plan_coding(workspace, out=tmp_path / "p")


def test_more_than_there_are_draws_all(tagged, tmp_path):
    made = plan_coding(tagged(*[post(k) for k in range(6)]), out=tmp_path / "p", n=300)
    assert (made.about["n"], made.about["n_asked"]) == (48, 300)
    assert {row["p_inclusion"] for row in lines(tmp_path / "p")} == {1.0}
    assert made.widths["n"].unique().tolist() == [48]


def test_one_post_has_a_plan_and_no_widths(tagged, tmp_path):
    made = plan_coding(tagged(post(0)), out=tmp_path / "p", n=4)
    assert made.about["n"] == 4
    assert made.widths["half_width"].isna().all()


def test_undated_posts_are_a_period(tagged, tmp_path):
    workspace = tagged(*[post(k, year=None, categories="") for k in range(6)])
    made = plan_coding(workspace, out=tmp_path / "p", n=10)
    assert made.periods["period"].tolist() == ["undated"]
    assert {row["date"] for row in lines(tmp_path / "p")} == {None}
    assert {row["stratum"].rsplit(" / ", 1)[0] for row in lines(tmp_path / "p")} == {"undated / (no category)"}
    with pytest.raises(InputError, match="No post that counts has a date; leave out --from and --to"):
        plan_coding(workspace, out=tmp_path / "q", scope=Scope(2020))


def test_undated_posts_are_out_of_a_scope_of_years(tagged, tmp_path):
    workspace = tagged(*[post(k, year=2020) for k in range(3)], post(3, year=None))
    made = plan_coding(workspace, out=tmp_path / "p", n=10, scope=Scope(2020))
    assert made.about["left_out"] == {"undated, while years are asked for": 1}


def test_no_hit_at_all_has_a_plan_and_no_widths(tagged, tmp_path):
    made = plan_coding(tagged(*[post(k, hits=0) for k in range(6)]), out=tmp_path / "p", n=10, codes=["shutdowns"])
    assert made.strata["band"].tolist() == ["far"]
    assert made.widths["half_width"].isna().all()
    assert made.about["by_rule"] == []
    assert json.loads((tmp_path / "p" / "plan.json").read_text(encoding="utf-8"))["expected"][0]["half_width"] is None


@pytest.fixture
def command(capsys, monkeypatch):
    """Return a function that runs the command line and returns status, output and error text."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code or 0, *capsys.readouterr()

    return run


def test_the_command_says_what_was_drawn_how_wide_and_what_is_next(command, sample, tmp_path):
    status, out, _ = command("plan", sample, "--out", tmp_path / "p", "--n", 120, "--from", 2016, "--code", "cyber_optimist")
    assert status == 0
    assert "120 of" in out
    assert "posts left out, as from before 2016:" in out
    assert [line.split()[0] for line in out.splitlines() if line[:2] == "20"] == [str(year) for year in range(2016, 2023)]
    assert "over all                        60      120      240      480" in out
    assert "This is an expectation, before anything is coded" in out
    assert out.endswith(f"Next: discourse sheets {tmp_path / 'p'} --coder NAME --coder NAME\n")


def test_the_command_says_when_all_is_drawn_and_what_cannot_be_told(command, tagged, tmp_path):
    status, out, _ = command("plan", tagged(post(0)), "--out", tmp_path / "p", "--code", "censorship_blocking")
    assert status == 0
    assert "Every sentence is to be coded, each with p_inclusion 1." in out
    assert "–: cannot be told" in out


def test_an_error_of_the_command_is_one_line(command, sample, tmp_path):
    status, out, error = command("plan", sample, "--out", tmp_path / "p", "--n", 3)
    assert (status, out) == (1, "")
    assert error.splitlines()[-1].startswith("discourse: 3 sentences do not reach two in each period")
