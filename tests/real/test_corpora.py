"""Two real corpora: every file accounted for, every sentence where it says, figures drawn."""

import hashlib
import json
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

import pytest

import discourse
from discourse.export import SUFFIXES
from discourse.pipeline import CHARTS

CORPORA = ["iff-archive", "digitalrightswatch"]


def manifest(workspace):
    return json.loads((workspace / "manifest.json").read_text(encoding="utf-8"))


def test_iff(workspaces):
    posts = discourse.table(workspaces["iff-archive"], "posts")
    assert len(posts) == 604
    assert sum(1 for names in posts["categories"] if names == []) == 66
    assert (posts["authors"].map(len) == 1).all()
    assert discourse.table(workspaces["iff-archive"], "notes").empty


def test_drw(workspaces):
    """464 files in `blog/`: 24 drafts, the section's own page `_index.md`, and 439 posts."""
    workspace = workspaces["digitalrightswatch"]
    posts = discourse.table(workspace, "posts")
    reasons = Counter(file["reason"] for file in manifest(workspace)["files"] if file["path"].startswith("blog/"))
    assert reasons == {"": 439, "a draft": 24, "the page of a section, not a post": 1}
    assert len(posts) == 439
    authors = Counter(name for names in posts["authors"] for name in names)
    assert {"Digital Rights Watch", "Lizzie O'Shea", "Samantha Floreani"} <= set(authors)
    assert not {"drw", "lizzie", "sam"} & set(authors)
    assert {"Articles"} == {name for names in posts["categories"] for name in names if name.lower().startswith("article")}


@pytest.mark.parametrize("name", CORPORA)
def test_every_file_is_accounted_for(workspaces, real, name):
    files = {file["path"] for file in manifest(workspaces[name])["files"]}
    assert files == {path.relative_to(real[name]).as_posix() for path in real[name].rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", CORPORA)
def test_nothing_of_the_markup_is_left(workspaces, name):
    for row in discourse.table(workspaces[name], "posts").itertuples():
        for stranger in ("{{<", "<script", "razorpay", "</", "&nbsp;", "&#8217;", "][1]", "\ue000", "Donate to help sustain our work"):
            assert stranger not in row.text, (row.post_id, stranger)


@pytest.mark.parametrize("name", ["seed", *CORPORA])
def test_offsets_reproduce_every_sentence_mention_and_cue(workspaces, name):
    text = discourse.table(workspaces[name], "posts").set_index("post_id")["text"].to_dict()
    for table in ("sentences", "mentions"):
        for row in discourse.table(workspaces[name], table).itertuples():
            assert text[row.post_id][row.start : row.end] == row.text
    sentences = discourse.table(workspaces[name], "sentences").set_index(["post_id", "sentence"])[["start", "end"]].to_dict("index")
    for row in discourse.table(workspaces[name], "codings").itertuples():
        home = sentences[row.post_id, row.sentence]
        assert home["start"] <= row.start < row.end <= home["end"]


@pytest.mark.parametrize("name", ["seed", *CORPORA])
def test_figures_are_drawn_without_a_warning(workspaces, tmp_path, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(discourse.chart_corpus(workspaces[name], out=tmp_path)) == len(SUFFIXES) * len(CHARTS)


LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""  # small, since a child's peak begins with the memory of the process that it was forked from


def test_both_load_in_fifteen_seconds_and_a_gigabyte(real, tmp_path):
    started = time.monotonic()
    peaks = []
    for name in CORPORA:
        load = [sys.executable, "-m", "discourse", "load", real[name], "--out", tmp_path / name]
        peaks.append(int(subprocess.run([sys.executable, "-c", LAUNCHER, *load], check=True, capture_output=True, text=True).stdout))
    assert time.monotonic() - started < 15
    assert 50_000 < max(peaks) < 1_000_000  # kilobytes


@pytest.mark.parametrize("name", ["by_reference", "entities_by_reference"])
def test_sentences_coded_by_reference_are_found_again(workspaces, name):
    """Every sentence of `data/raw/codes/*.jsonl` stands in its post; those to fit on are of early years."""
    lines = (Path(__file__).parents[2] / "data" / "raw" / "codes" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    text, published = {}, {}
    for name in CORPORA:
        posts = discourse.table(workspaces[name], "posts")
        text |= dict(zip(posts["post_id"], posts["text"], strict=True))
        published |= dict(zip(posts["post_id"], posts["published"].dt.year, strict=True))
    for row in map(json.loads, lines):
        sentence = text[row["post_id"]][row["start"] : row["end"]]
        assert hashlib.sha256(sentence.encode()).hexdigest() == row["sha256"], row["id"]
        assert row["split"] == "measure" or published[row["post_id"]] < (2020 if row["source"] == "iff-archive" else 2021)
