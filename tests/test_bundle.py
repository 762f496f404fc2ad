"""What a bundle holds: every file listed with its hash, the same bytes again, and nothing that may not be passed on."""

import json
import re
import shutil
import zipfile
from datetime import date

import pytest
from conftest import POST
from rocrate.rocrate import ROCrate
from test_cli import run

from discourse import paths, pipeline, workspaces
from discourse.errors import InputError, WorkspaceError
from discourse.export.crate import METADATA
from discourse.pipeline.coded import coded_sentences, framings_coded

TALE = """The engineer Ada Okafor told the court that her phone was watched by Edward Snowden's old agency in Geneva. {more}

Surveillance of phones lets the ministry punish critics, said Ada Okafor. Write to ada.okafor@example.org about it.
"""
MORE = ("The phone let people organise a march.", "A new law lets the police read every message.", "Encryption protects whoever speaks up.")
CODES = ("cyber_optimist", "cyber_pessimist", "rights_norm")
CHARTS = ("overview", "framings_over_time")


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return a workspace measured with gold: a private person is named, and one post of three has an open licence; figures beside it."""
    folder = tmp_path_factory.mktemp("bundle") / "myblog"
    folder.mkdir()
    for k, more in enumerate(MORE):
        text = POST.format(title=f"Post {k}", date=f"2020-0{k + 1}-01", categories="Privacy", body=TALE.format(more=more))
        text = text.replace("---\n", "---\nlicence: CC BY 4.0\n", 1) if k == 0 else text
        (folder / f"post-{k}.md").write_text(text, encoding="utf-8")
    workspace = folder.parent / "w"
    pipeline.load_corpus(folder, workspace)
    pipeline.tag_corpus(workspace)
    rows = []
    for k, row in enumerate(pipeline.table(workspace, "sentences").to_dict("records")):
        codes = dict.fromkeys(CODES, 0) | {"cyber_pessimist": int("urveillance" in row["text"])}
        stance = {"holder": "other", "modality": "asserted"} if codes["cyber_pessimist"] else {"holder": None, "modality": None}
        place = {key: row[key] for key in ("post_id", "start", "end", "text")}
        rows.append(
            {"id": f"s{k}", **place, **codes, **stance, "p_inclusion": 0.5, "remark": "asked Ann Lee", "coder_a": {**codes, "says": "hm"}}
        )
    gold = folder.parent / "study" / "gold.jsonl"
    gold.parent.mkdir()
    elsewhere = {**rows[0], "id": "elsewhere", "post_id": "theirs/post", "text": "A sentence of another corpus."}
    gold.write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, elsewhere]), encoding="utf-8")
    pipeline.measure_corpus(workspace, gold=gold)
    pipeline.chart_corpus(workspace, CHARTS)
    return workspace


@pytest.fixture
def workspace(measured, tmp_path):
    return shutil.copytree(measured, tmp_path / "w")


def bundled(workspace, out, **options):
    made = pipeline.bundle_corpus(workspace, out, contents=pipeline.Contents(**options))
    return made, {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_every_file_is_listed_with_its_hash_and_reads_back(workspace, tmp_path):
    made, files = bundled(workspace, tmp_path / "out", gold=True, authors=("Ann Lee",), publisher="Openlines")
    assert sorted(made.paths) == sorted(files)
    assert {f"figures/{name}.{kind}" for name in CHARTS for kind in ("png", "svg", "pdf", "csv", "txt", "json")} <= set(files)
    assert {"README.md", "codebook.yaml", "manifest.json", "gold.jsonl", "corpus/posts.csv", "numbers/estimates.csv"} <= set(files)
    crate = ROCrate(tmp_path / "out", version="1.1")
    listed = {entity.id: entity for entity in crate.get_by_type("File")}
    assert set(listed) == set(files) - {METADATA}
    assert {part["@id"] for part in crate.root_dataset.properties()["hasPart"]} == set(listed)
    for name, entity in listed.items():
        assert entity["sha256"] == paths.sha256(files[name])
        assert entity["contentSize"] == str(len(files[name]))
        assert all(entity[key] for key in ("name", "description", "encodingFormat"))
    passport = json.loads(files["figures/overview.json"])
    assert listed["figures/overview.png"]["description"] == passport["description"] != ""
    assert listed["figures/overview.svg"]["encodingFormat"] == "image/svg+xml"
    root = crate.root_dataset
    assert crate.datePublished.isoformat()[:10] == "2020-03-01"
    assert (root["author"]["name"], root["author"]["affiliation"]["name"]) == ("Ann Lee", "Openlines")
    assert crate.dereference("#made")["instrument"]["softwareVersion"]
    assert root["license"]["name"].startswith("No licence is stated")


def test_a_zip_holds_the_same_files_and_the_same_bytes_again(workspace, tmp_path, monkeypatch):
    _, files = bundled(workspace, tmp_path / "out")
    elsewhere = shutil.copytree(workspace, tmp_path / "other place" / "v")
    monkeypatch.chdir(tmp_path / "other place")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    pipeline.bundle_corpus(workspace, tmp_path / "a.zip")
    pipeline.bundle_corpus("v", "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "other place" / "b.zip").read_bytes()
    assert elsewhere.is_dir()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist()[0] == METADATA
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert ROCrate(tmp_path / "a.zip", version="1.1").root_dataset["hasPart"]


def test_nothing_private_leaves(workspace, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    page = (
        f"<html><body><div class='jp-Cell-outputWrapper'><pre>Ada Okafor in {workspace.resolve()}/posts.parquet</pre></div></body></html>"
    )
    (reports / "01.html").write_text(page, encoding="utf-8")
    made, files = bundled(workspace, tmp_path / "out", gold=True, reports=reports)
    assert b"[name] in posts.parquet" in files["01.html"]
    assert re.search(r"^\d+ mentions of \d+ names? of private persons masked; never complete\.$", made.said)
    assert made.said.encode() in files["README.md"]
    salt = (workspace / "salt").read_bytes()
    for name, data in files.items():
        for private in (b"kafor", b"example.org", salt, str(tmp_path).encode(), b"/home/", b"masked.csv", b"asked Ann", b'"says"'):
            assert private not in data, (name, private)
    assert pipeline.table(workspace, "posts")["text"].str.contains("Okafor").all()


def test_texts_are_in_it_only_where_their_licence_is_open(workspace, tmp_path):
    _, files = bundled(workspace, tmp_path / "out")
    lines = [json.loads(line) for line in files["corpus/texts-cc-by-4-0.jsonl"].decode().splitlines()]
    assert [line["title"] for line in lines] == ["Post 0"]
    assert "organise a march" in lines[0]["text"]
    whole = b"".join(data for name, data in files.items() if not name.startswith("corpus/texts"))
    assert b"police read every message" not in whole
    assert b"organise a march" not in whole
    assert files["corpus/posts.csv"].decode().count("\r\n") == 4
    assert b"the texts of 1 of them, whose licence is open" in files["README.md"]


def test_hand_codes_leave_without_sentences_and_are_found_again(workspace, tmp_path):
    _, files = bundled(workspace, tmp_path / "out", gold=True)
    rows = coded_sentences(tmp_path / "out" / "gold.jsonl", framings_coded(CODES), texts=[workspace])
    assert b"theirs" not in files["gold.jsonl"]
    assert len(rows) == len(pipeline.table(workspace, "sentences"))
    assert {row["text"] for row in rows} == set(pipeline.table(workspace, "sentences")["text"])
    assert "gold.jsonl" not in bundled(workspace, tmp_path / "out")[1]
    assert json.loads(files["manifest.json"])["measure"]["gold"]["file"] == "gold.jsonl"


def test_a_figure_that_prints_a_name_is_left_out_and_said(workspace, tmp_path, capsys, monkeypatch):
    file = workspace / "figures" / "overview.csv"
    file.write_bytes(file.read_bytes() + b"x,Ada Okafor\r\n")
    status, out, _ = run("bundle", workspace, "--out", tmp_path / "b.zip", capsys=capsys, monkeypatch=monkeypatch)
    assert status == 0
    assert "Left out: the figure overview, which prints a private person's name" in out
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert "figures/overview.png" not in archive.namelist()
        assert "figures/framings_over_time.png" in archive.namelist()
    status, out, _ = run("bundle", workspace, "--out", tmp_path / "c.zip", "--keep-names", capsys=capsys, monkeypatch=monkeypatch)
    assert (status, "Left out" in out) == (0, False)
    with zipfile.ZipFile(tmp_path / "c.zip") as archive:
        assert b"Ada Okafor" in archive.read("corpus/texts-cc-by-4-0.jsonl")


def test_what_is_said_of_it(workspace, tmp_path, capsys, monkeypatch):
    arguments = (
        "bundle",
        workspace,
        "--out",
        tmp_path / "b.zip",
        "--licence",
        "CC BY-SA 3.0",
        "--date",
        "2021-05-17",
        "--author",
        "Bo Kim",
    )
    assert run(*arguments, capsys=capsys, monkeypatch=monkeypatch)[0] == 0
    root = ROCrate(tmp_path / "b.zip", version="1.1").root_dataset
    assert root["license"].id == "https://creativecommons.org/licenses/by-sa/3.0/"
    assert root["datePublished"] == "2021-05-17"
    assert root["author"]["name"] == "Bo Kim"


def changed(workspace, tmp_path, what):
    if what == "figure":
        file = workspace / "figures" / "overview.json"
        file.write_text(file.read_text().replace(json.loads(file.read_text())["isBasedOn"]["version"], "0" * 64))
    elif what == "no figures":
        shutil.rmtree(workspace / "figures")
        (workspace / "figures").mkdir()
    elif what == "folder":
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
    elif what == "file":
        (tmp_path / "out").write_text("mine")
    elif what == "gold":
        record = workspaces.manifest(workspace)
        record["measure"]["gold"]["file"] = str(tmp_path / "gold.jsonl")
        workspaces.commit(workspace, record)
    elif what == "codebook":
        record = workspaces.manifest(workspace)
        record["tag"]["codebook_sha256"] = "0" * 64
        workspaces.commit(workspace, record)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("figure", "overview.json: made from another corpus, or before"),
        ("no figures", "no figures here; make them with: discourse chart"),
        ("folder", r"holds other files \(mine.txt\)"),
        ("file", "is a file; name a folder"),
        ("gold", "not the hand codes that were measured with"),
        ("codebook", "not the codebook that the posts were tagged with"),
        ("reports", "no pages here"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(workspace, tmp_path, what, message):
    changed(workspace, tmp_path, what)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises((InputError, WorkspaceError), match=message):
        pipeline.bundle_corpus(
            workspace, tmp_path / "out", contents=pipeline.Contents(gold=True, reports=tmp_path / "none" if what == "reports" else None)
        )
    assert [name for name in sorted(path.name for path in tmp_path.rglob("*")) if name != "masked.csv"] == before


def test_a_bundle_is_replaced_by_the_next(workspace, tmp_path):
    bundled(workspace, tmp_path / "out", gold=True)
    _, files = bundled(workspace, tmp_path / "out")
    assert "gold.jsonl" not in files
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match=r"mine\.txt"):
        bundled(workspace, tmp_path / "out")


def test_without_dates_one_is_asked_for(corpus, tmp_path):
    posts = [POST.format(title=f"Post {k}", date="", categories="Privacy", body=TALE.format(more=more)) for k, more in enumerate(MORE)]
    pipeline.load_corpus(corpus(posts), tmp_path / "w")
    pipeline.tag_corpus(tmp_path / "w")
    pipeline.measure_corpus(tmp_path / "w")
    pipeline.chart_corpus(tmp_path / "w", ["overview"])
    with pytest.raises(InputError, match="say when this is published with --date"):
        bundled(tmp_path / "w", tmp_path / "out")
    assert bundled(tmp_path / "w", tmp_path / "out", published=date(2020, 1, 1))[1]
    with pytest.raises(InputError, match="measured without hand codes"):
        bundled(tmp_path / "w", tmp_path / "out", published=date(2020, 1, 1), gold=True)
