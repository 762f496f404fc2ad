"""What leaves a workspace: commands mask names, keep a log that stays, and say how many; nothing is masked where one asks for that."""

import csv
import re
import shutil

import pytest
from conftest import POST
from test_cli import run

from discourse import pipeline
from discourse.errors import WorkspaceError
from discourse.pipeline.leaving import COLUMNS, LOG

BODY = """The engineer Ada Okafor told the court that her phone was watched by Edward Snowden's old agency in Geneva.

Later Okafor said in Geneva that the phone of Ada Okafor belongs to Ada Okafor, and wrote to ada.okafor@example.org about surveillance.[^1]

{long}

[^1]: Rosa Castellano, "Maps of the Net," Review 3 (2015).
"""
PHONES = "The ministry reads the messages on every phone, and so Ada Okafor bought a telephone that has neither camera nor clock. " * 2
WALLS = "Judges in the harbour town heard that a wall of cables stands there, and that Ada Okafor climbed over it with two friends. " * 2
LONG = "Surveillance " + " ".join(["of the phone by the ministry in the dark"] * 5) + " troubles Ada Okafor."


BODIES = {"Privacy": [BODY.format(long=LONG), PHONES], "Courts": [f"In Geneva Ada Okafor met Ada Okafor's lawyer.\n\n{LONG}", WALLS]}


@pytest.fixture(scope="module")
def tagged(tmp_path_factory):
    """Return a tagged workspace in which a private person is named, by a blog whose licence is not known."""
    folder = tmp_path_factory.mktemp("leaving") / "myblog"
    folder.mkdir()
    for category, bodies in BODIES.items():
        for k, body in enumerate(bodies):
            text = POST.format(title=category, date="2020-01-01", categories=category, body=body)
            (folder / f"{category}-{k}.md").write_text(text, encoding="utf-8")
    pipeline.load_corpus(folder, folder.parent / "w")
    pipeline.tag_corpus(folder.parent / "w")
    return folder.parent / "w"


@pytest.fixture
def workspace(tagged, tmp_path):
    return shutil.copytree(tagged, tmp_path / "w")


@pytest.fixture
def discourse(capsys, monkeypatch):
    return lambda *arguments: run(*arguments, capsys=capsys, monkeypatch=monkeypatch)


def read(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_the_fixture_names_a_private_person(workspace):
    mentions = pipeline.table(workspace, "mentions")
    assert "Ada Okafor" in mentions.query("label == 'PERSON' and entity.str.startswith('unlinked/')")["text"].tolist()


COMMANDS = [
    ("kwic", "phone", "--out", "FILE"), ("keyness", "category=Privacy", "--out", "FILE", "--fewest", 1),
    ("collocations", "phone", "--out", "FILE", "--fewest", 1), ("named", "--unlinked", "--out", "FOLDER"),
    ("named", "--unlinked", "--together", "--out", "FOLDER"), ("cited", "--out", "FOLDER"), ("shares", "--by", "category", "--out", "FILE"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(map(str, command[:3])))
def test_no_command_lets_a_name_out(discourse, workspace, tmp_path, command):
    out = tmp_path / "out"
    name, *rest = [{"FILE": out / "table.csv", "FOLDER": out}.get(word, word) for word in command]
    status, printed, _ = discourse(name, workspace, *rest)
    assert status == 0
    assert re.search(r"^\d+ mentions? of \d+ names? of private persons masked; never complete\.$", printed, re.MULTILINE)
    files = [path for path in out.rglob("*") if path.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert files
    assert "okafor" not in text.lower()
    assert "@" not in text
    assert str(workspace) not in text


def test_public_figures_authors_and_cited_authors_stay(discourse, workspace, tmp_path):
    discourse("named", workspace, "--unlinked", "--out", tmp_path)
    discourse("cited", workspace, "--out", tmp_path)
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv"))
    assert "Edward Snowden" in text
    assert "Rosa Castellano" in text


def test_names_are_kept_where_one_asks_for_it(discourse, workspace, tmp_path):
    status, printed, _ = discourse("kwic", workspace, "told", "--out", tmp_path / "told.csv", "--keep-names")
    assert status == 0
    assert "Names of private persons were kept." in printed
    assert "Ada Okafor" in (tmp_path / "told.csv").read_text(encoding="utf-8")
    assert not (workspace / LOG).exists()


def test_the_log_stays_in_the_workspace_and_is_merged_over_runs(discourse, workspace, tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for file in (first, second, first):
        discourse("kwic", workspace, "phone", "--out", file)
    rows = read(workspace / LOG)
    assert rows[0] == COLUMNS
    assert sorted({row[2] for row in rows[1:]}) == sorted(map(str, (first, second)))
    assert len({(row[0], row[2]) for row in rows[1:]}) == len(rows) - 1
    assert {row[0] for row in rows[1:]} == {"Ada Okafor", "Okafor"}
    masked = sum(int(row[1]) for row in rows[1:] if row[2] == str(first))
    assert first.read_text(encoding="utf-8").count("[name]") == masked
    assert (workspace / LOG).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["name,n\nx,1\n", f"{','.join(COLUMNS)}\nx,many,file\n", "\udce9"])
def test_a_log_that_is_not_ours_is_not_written_over(workspace, tmp_path, content):
    (workspace / LOG).write_bytes(content.encode("utf-8", "surrogateescape"))
    leaving = pipeline.Leaving(workspace)
    with pytest.raises(WorkspaceError, match=r"masked\.csv: "):
        pipeline.write_table(pipeline.kwic(workspace, "phone"), tmp_path / "x.csv", leaving=leaving)
    assert not (tmp_path / "x.csv").exists()


def test_an_untagged_workspace_lets_no_text_out_unless_names_are_kept(discourse, corpus, tmp_path):
    pipeline.load_corpus(corpus([{"body": BODY.format(long=LONG)}]), tmp_path / "w")
    status, _, error = discourse("cited", tmp_path / "w", "--out", tmp_path / "out")
    assert (status, "never tagged" in error) == (1, True)
    assert not (tmp_path / "out").exists()
    assert discourse("cited", tmp_path / "w", "--out", tmp_path / "out", "--keep-names")[0] == 0


def test_quotations_are_cut_unless_the_licence_is_open(workspace, tagged, tmp_path):
    evidence = pipeline.evidence(workspace, "surveillance_interception", most=50)
    closed = pipeline.filter_of(workspace).frame(evidence)["sentence_text"]
    assert closed.str.split().str.len().max() <= 32
    assert closed.str.contains("…").any()
    folder = shutil.copytree(tagged.parent / "myblog", tmp_path / "myblog")
    (tmp_path / "sources.toml").write_text('[myblog]\ntitle = "My blog"\nlicence = "CC BY 4.0"\n', encoding="utf-8")
    pipeline.load_corpus(folder, workspace)
    pipeline.tag_corpus(workspace)
    opened = pipeline.filter_of(workspace).frame(evidence)["sentence_text"]
    assert opened.str.split().str.len().max() > 32
    assert not opened.str.contains("…").any()


COMMENTED = """---
title: Phones
date: 2020-01-01
comments:
  - author: Ben Castellano
    text: "As tariff_watcher says, no."
  - author: tariff_watcher
    text: "Ben Castellano is right, and so is Ben."
---
Phones are cheap here, and so Ben Castellano buys them.
"""


@pytest.mark.parametrize(("keep_names", "pseudonym"), [(True, False), (False, True)])
def test_commenters_names_are_masked_if_they_were_kept(corpus, tmp_path, keep_names, pseudonym):
    pipeline.load_corpus(corpus([COMMENTED]), tmp_path / "w", keep_names=keep_names)
    pipeline.tag_corpus(tmp_path / "w")
    made = pipeline.filter_of(tmp_path / "w").frame(pipeline.table(tmp_path / "w", "comments"))
    assert made["author"].str.startswith("reader-").all() == pseudonym
    if keep_names:
        assert made["author"].tolist() == ["[name]", "[name]"]
        assert made["text"].tolist() == ["As [name] says, no.", "[name] is right, and so is Ben."]


def test_a_notebook_says_how_much_was_masked(workspace, tmp_path):
    leaving = pipeline.Leaving(workspace)
    page = "<html><body><div class='jp-Cell-outputWrapper'><pre>Ada Okafor and Okafor</pre></div></body></html>"
    made = leaving.html(page, tmp_path / "page.html")
    assert "<pre>[name] and [name]</pre>" in made
    assert "2 mentions of 2 names of private persons masked; never complete." in made
    assert "okafor" not in made.lower()
    leaving.record()
    assert len(read(workspace / LOG)) == 3


def test_two_workspaces_are_both_filtered(discourse, workspace, corpus, tmp_path):
    pipeline.load_corpus(corpus([{"body": f"The painter Rosa Castellano met Rosa Castellano in Geneva. {LONG}"}]), tmp_path / "v")
    pipeline.tag_corpus(tmp_path / "v")
    leaving = pipeline.Leaving(workspace, tmp_path / "v")
    made = leaving.text("Ada Okafor and Rosa Castellano", tmp_path / "x")
    assert "Okafor" not in made
    assert "Castellano" not in made or "Rosa Castellano" not in pipeline.table(tmp_path / "v", "mentions")["text"].tolist()
