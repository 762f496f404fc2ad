"""Two runs of one corpus: what changed, why, and what moved; nothing where nothing did."""

import json
import shutil
import sys

import numpy as np
import pandas as pd
import pytest

import discourse
from discourse import workspaces
from discourse.cli import main
from discourse.errors import InputError, WorkspaceError
from discourse.measure.changes import UNEXPLAINED
from discourse.pipeline import Leaving, diff, write_difference
from discourse.pipeline.workspace import commit

BOOK = """codebook: mine
version: 1
language: en
terms: {{hot: [hot, warm]}}
codes:
- {{code: soup, kind: framing, name: Soup, definition: d, rules: [{{id: s, cue: soup}}], match: [Soup.], no_match: [Bread.]}}
- {{code: bread, kind: theme, name: Bread, definition: d, rules: [{rules}], match: [Bread.], no_match: [Soup.]}}
"""
LOAF, ROLL = "{id: b, cue: 'bread|loaf'}", "{id: r, cue: '{hot} rolls?'}"
POSTS = [
    {"title": "One", "date": "2019-03-01", "body": "The soup is good. The bread is on the old table. We walked home in the rain because the last bus had gone."},
    {"title": "Two", "date": "2019-05-01", "body": "A loaf was sold at the market. Nobody wanted the warm rolls of the baker. The cook went home."},
    {"title": "Three", "date": "2020-03-01", "categories": "Food", "body": "Soup again for all the guests. Then the harbour froze over."},
    {"title": "Four", "date": "2020-04-01", "categories": "Food", "body": "Three ships came into the harbour. Their bread was wet and their soup was cold."},
]  # fmt: skip


@pytest.fixture
def book(tmp_path):
    def write(*rules, name="book"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(BOOK.format(rules=", ".join(rules or (LOAF,))), encoding="utf-8")
        return file

    return write


@pytest.fixture
def run(corpus, tmp_path, book):
    """Return a function that writes posts, then loads, tags and measures them into a workspace."""

    def make(name, posts=POSTS, **chosen):
        shutil.rmtree(tmp_path / "myblog", ignore_errors=True)
        discourse.load_corpus(corpus(posts), tmp_path / name)
        discourse.tag_corpus(tmp_path / name, **{"codebook": book(), **chosen})
        discourse.measure_corpus(tmp_path / name)
        return tmp_path / name

    return make


def changed(n, **fields):
    return [post | fields if k == n else post for k, post in enumerate(POSTS)]


def replaced(n, old, new):
    return changed(n, body=POSTS[n]["body"].replace(old, new))


def test_the_same_run_twice_does_not_differ(run):
    found = diff(run("a"), run("b"))
    assert not found.differs
    assert all(table.empty for name, table in found.named().items() if name not in ("inputs", "tables"))
    assert found.inputs["same"].all()


@pytest.mark.parametrize(
    ("posts", "change", "what", "sentences"),
    [
        (replaced(0, "The bread is on", "No bread is on"), "edited", "text", (1, 1, 2)),
        (replaced(0, "The soup is good. ", ""), "edited", "text", (0, 1, 2)),
        (changed(0, title="First"), "edited", "title", (0, 0, 3)),
        (changed(0, date="2019-03-02"), "edited", "date", (0, 0, 3)),
        (changed(0, categories="Food"), "edited", "categories", (0, 0, 3)),
        (POSTS[:3], "removed", "", (0, 2, 0)),
        ([*POSTS, {"title": "Five", "date": "2021-01-01", "body": "The cold soup stood on the table."}], "added", "", (1, 0, 0)),
    ],
    ids=["edited", "shortened", "retitled", "redated", "recategorised", "removed", "added"],
)
def test_posts_added_removed_and_edited(run, posts, change, what, sentences):
    found = diff(run("a"), run("b", posts))
    (row,) = found.posts.to_dict("records")
    assert (row["change"], row["changed"]) == (change, what)
    assert (row["n_new"], row["n_gone"], row["n_kept"]) == sentences
    assert (row["sha256_before"] != row["sha256_after"]) == (what == "text" or not what)
    assert set(found.codings["cause"]) <= {"text"}
    assert found.unexplained.empty
    moved = found.shares[found.shares["difference"].notna()]
    parts = moved[["added", "removed", "moved", "edited", "recoded"]]
    np.testing.assert_allclose(parts.sum(axis=1), moved["difference"], atol=1e-12)


def test_a_post_that_is_no_longer_counted_says_why(run):
    long = " ".join(
        f"The {thing} of the harbour is old and was painted by the guests." for thing in ("bridge", "lamp", "fence", "ship", "bell")
    )
    posts = [*POSTS, {"title": "Five", "date": "2021-01-01", "body": long}]
    repeated = [*POSTS[:3], POSTS[3] | {"body": long}, posts[4]]
    found = diff(run("a", posts), run("b", repeated)).posts.set_index("title")
    assert found.loc["Five", ["before", "after"]].tolist() == ["counted", "repeating an earlier post"]
    assert "duplicate_of" in found.loc["Five", "changed"]
    assert found.loc["Four", "changed"] == "text"


def test_a_post_under_another_name_is_told(run, corpus, tmp_path):
    first, second = run("a"), run("b")
    (tmp_path / "myblog" / "post-000.md").rename(tmp_path / "myblog" / "renamed.md")
    discourse.load_corpus(tmp_path / "myblog", second)
    discourse.tag_corpus(second, codebook=tmp_path / "book.yaml")
    discourse.measure_corpus(second)
    found = diff(first, second).posts
    assert found[["post_id", "change", "changed"]].to_numpy().tolist() == [
        ["myblog/post-000", "removed", "text of myblog/renamed"],
        ["myblog/renamed", "added", "text of myblog/post-000"],
    ]


def test_codings_of_an_edited_post(run):
    found = diff(run("a"), run("b", replaced(0, "The soup is good.", "The bread is good.")))
    assert found.codings[["code", "change", "place", "cause"]].to_numpy().tolist() == [
        ["soup", "gone", "gone sentence, edited post", "text"],
        ["bread", "new", "new sentence, edited post", "text"],
    ]


@pytest.mark.parametrize(
    ("rules", "change", "rule"),
    [
        ((LOAF, ROLL), "new", "r is new"),
        (("{id: b, cue: bread}",), "gone", "b is changed"),
        (("{id: c, cue: 'bread|loaf'}",), "changed", "b is gone; c is new"),
    ],
)
def test_another_codebook_is_the_cause_and_the_rule_is_named(run, book, rules, change, rule):
    first = run("a")
    found = diff(first, run("b", codebook=book(*rules, name="other")))
    assert found.inputs.loc[~found.inputs["same"], "input"].tolist() == ["codebook"]
    assert set(found.codings["cause"]) == {"codebook"}
    assert set(found.codings["change"]) == {change}
    assert set(found.codings["rule"]) == {rule}
    assert found.posts.empty
    np.testing.assert_allclose(found.shares["recoded"], found.shares["difference"])


def test_rules_are_not_told_of_a_codebook_that_is_gone(run, book):
    first, second = run("a"), run("b", codebook=book(LOAF, ROLL, name="other"))
    book(LOAF, name="other")
    found = diff(first, second)
    assert set(found.codings["cause"]) == {"codebook"}
    assert set(found.codings["rule"]) == {""}


def test_another_gazetteer_changes_names(run, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("entity,label,name,aliases,needs,match,no_match\nold-harbour,LOC,harbour,,,,\n", encoding="utf-8")
    found = diff(run("a"), run("b", gazetteer=[mine]))
    assert found.inputs.loc[~found.inputs["same"], "input"].tolist() == ["gazetteer"]
    assert found.entities.set_index("entity").loc["old-harbour", ["n_before", "n_after", "n_new", "n_gone"]].tolist() == [0, 2, 2, 0]
    assert found.tables.set_index("table").loc["mentions", "n_new"] == 2
    assert found.differs


def tampered(workspace, parts):
    """Take a coding from a workspace, and give its manifest other parts of the tagger."""
    record = workspaces.manifest(workspace)
    codings = workspaces.read(workspace, "codings").iloc[1:].reset_index(drop=True)
    record["tag"]["parts"] |= parts
    record["tag"]["fingerprint"] += "".join(parts)
    part = workspaces.keep(workspace, "codings", workspaces.place(record["parts"]["codings"][0]), codings)
    record["measure"]["codings"] = workspaces.fingerprint([part])
    commit(workspace, {"codings": [part]}, record)
    return workspace


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ({}, UNEXPLAINED),
        ({"model": "x"}, "model"),
        ({"pipeline": "x"}, "pipeline"),
        ({"model": "x", "codebook": "x"}, "codebook or model"),
        ({"program": "x", "gazetteer": "x"}, "gazetteer or program"),
    ],
)
def test_the_cause_is_what_differs_and_nothing_is_guessed(run, capsys, monkeypatch, parts, cause):
    first, second = run("a"), tampered(run("b"), parts)
    found = diff(first, second)
    assert found.codings["cause"].tolist() == [cause]
    assert len(found.unexplained) == (cause == UNEXPLAINED)
    _, out = command(capsys, monkeypatch, first, second)
    assert ("ERROR: 1 codings" in out) == (cause == UNEXPLAINED)


def test_manifests_that_do_not_name_the_program_cannot_rule_it_out(run, book):
    first, second = run("a"), run("b", codebook=book(LOAF, ROLL, name="other"))
    record = workspaces.manifest(first)
    del record["tag"]["parts"]
    commit(first, {}, record)
    found = diff(first, second)
    assert set(found.codings["cause"]) == {"codebook or program"}
    assert found.about["causes_are_whole"] is False


def test_shares_are_those_of_measure(run):
    first, second = run("a"), run("b", replaced(0, "The soup is good.", "The bread is good."))
    found = diff(first, second, codes=["bread"], by="category").shares
    assert found[["measure", "code", "category"]].to_numpy().tolist() == [["share", "bread", ""], ["share", "bread", "Privacy"]]
    for workspace, side in ((first, "before"), (second, "after")):
        estimates = (
            workspaces.read(workspace, "estimates").query("code == 'bread' and period == '' and estimator == 'naive'").set_index("category")
        )
        assert (
            found[[f"n_{side}", f"denominator_{side}"]].to_numpy().tolist()
            == estimates.loc[found["category"], ["n", "denominator"]].to_numpy().tolist()
        )
    assert not found["shown"].any()  # too few posts


def test_the_mirror(run):
    first, second = run("a"), run("b", [*replaced(0, "The soup is good.", "The bread is good.")[:3], POSTS[1] | {"title": "New"}])
    there, back = diff(first, second), diff(second, first)
    turn = {"added": "removed", "removed": "added", "new": "gone", "gone": "new"}
    key = ["post_id", "code", "change", "cause"]
    assert sorted(there.codings[key].to_numpy().tolist()) == sorted(
        back.codings.assign(change=back.codings["change"].replace(turn))[key].to_numpy().tolist()
    )
    assert there.posts["change"].tolist() == back.posts["change"].replace(turn).tolist()
    assert there.posts[["n_new", "n_gone", "n_kept"]].to_numpy().tolist() == back.posts[["n_gone", "n_new", "n_kept"]].to_numpy().tolist()
    np.testing.assert_allclose(there.shares["difference"], -back.shares["difference"])
    assert there.entities[["n_before", "n_new"]].to_numpy().tolist() == back.entities[["n_after", "n_gone"]].to_numpy().tolist()


def test_the_tables_are_the_same_each_time(run):
    first, second = run("a"), run("b", POSTS[1:])
    for one, other in zip(diff(first, second).named().values(), diff(first, second).named().values(), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_corrected_shares_stand_beside_the_naive_and_other_gold_is_said(root, sample, tmp_path):
    gold, split = root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", "measure"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    part = tmp_path / "part.jsonl"
    part.write_text("".join(f"{json.dumps(row)}\n" for k, row in enumerate(rows) if row["split"] == split and k % 3), encoding="utf-8")
    first, second = (shutil.copytree(sample, tmp_path / name) for name in "ab")
    discourse.measure_corpus(first, gold=gold, split=split)
    assert "Only the first run was measured with gold" in diff(first, second).about["note"]
    discourse.measure_corpus(second, gold=part, split=split)
    found = diff(first, second, codes=["cyber_pessimist"])
    assert "The gold differs (framings.jsonl" in found.about["note"]
    row = found.shares.query("measure == 'share_author' and period == ''").iloc[0]
    estimates = workspaces.read(second, "estimates").query("estimator == 'corrected' and period == '' and category == ''")
    expected = estimates.query("code == 'cyber_pessimist' and measure == 'share_author'")["estimate"].item()
    assert row["corrected_after"] == expected
    assert row["corrected_difference"] == pytest.approx(row["corrected_after"] - row["corrected_before"])
    assert pd.isna(row["difference"])  # the naive share did not move


def test_what_cannot_be_compared_is_one_line(run, corpus, tmp_path):
    first = run("a")
    posts = corpus(POSTS)
    discourse.load_corpus(posts, tmp_path / "b")
    with pytest.raises(WorkspaceError, match="posts were never tagged; run: discourse tag"):
        diff(first, tmp_path / "b")
    discourse.tag_corpus(tmp_path / "b")
    with pytest.raises(WorkspaceError, match="codings were never measured; run: discourse measure"):
        diff(first, tmp_path / "b")
    discourse.load_corpus(posts, tmp_path / "c", source="other")
    discourse.tag_corpus(tmp_path / "c")
    discourse.measure_corpus(tmp_path / "c")
    with pytest.raises(WorkspaceError, match=r"of different blogs \(myblog, other\) with no post in common; compare"):
        diff(first, tmp_path / "c")
    with pytest.raises(InputError, match=r"no code 'soups'\. Did you mean 'soup'"):
        diff(first, first, codes=["soups"])
    with pytest.raises(InputError, match="no grouping 'month'"):
        diff(first, first, by="month")


def command(capsys, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["discourse", "diff", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code or 0, capsys.readouterr().out


def test_the_command(run, capsys, monkeypatch, tmp_path):
    first, second = run("a"), run("b", replaced(0, "The soup is good.", "The bread is good."))
    assert command(capsys, monkeypatch, first, first, "--check")[0] == 0
    assert "No difference." in command(capsys, monkeypatch, first, first)[1]
    status, out = command(capsys, monkeypatch, first, second, "--out", tmp_path / "out", "--by", "category", "--most", 1)
    assert status == 0
    assert "Posts: 0 added, 0 removed, 1 edited." in out
    assert "text (1 sentences new, 1 gone, 2 kept)" in out
    assert "Codings: 1 new, 1 gone, 0 changed" in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.csv" for name in diff(first, second).named())
    assert command(capsys, monkeypatch, first, second, "--check")[0] == 1


def test_a_folder_of_others_is_not_written_to(run, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    first = run("a")
    with pytest.raises(WorkspaceError, match="holds other files"):
        write_difference(diff(first, first), tmp_path / "full", leaving=Leaving(first))
