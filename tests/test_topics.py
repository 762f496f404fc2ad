"""Topics of a workspace: tables, bytes, refusals, and what the command prints."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from discourse import pipeline
from discourse.cli import main
from discourse.errors import InputError, WorkspaceError

TABLES = [
    "topics_scan",
    "topics",
    "topics_words",
    "topics_prevalence",
    "topics_sentences",
    "topics_themes",
    "topics_foreseen",
    "topics_posts",
]


@pytest.fixture(scope="module")
def scanned(sample):
    said = []
    found = pipeline.topics(sample, scan=(4, 7), seeds=3, progress=lambda what, done, of: said.append((done, of)))
    return found, said


def test_the_choice_of_k_is_shown_and_one_is_proposed_and_used(scanned):
    found, said = scanned
    assert found.scan["k"].tolist() == [4, 5, 6, 7]
    assert found.scan["proposed"].sum() == found.scan["used"].sum() == 1
    assert found.scan["stability"].between(0, 1).all()
    assert found.scan["coherence"].between(-1, 1).all()
    assert len(found.topics) == found.about["k"] == found.scan.loc[found.scan["used"], "k"].item()
    assert said == [(done, 12) for done in range(13)]


def test_tables_hold_every_topic_and_posts_that_count(scanned, sample):
    found, _ = scanned
    for name in ("topics", "words", "prevalence", "sentences", "themes", "posts"):
        assert sorted(set(getattr(found, name)["topic"])) == list(range(1, found.about["k"] + 1))
    assert found.posts.groupby("post_id")["share"].sum().to_numpy() == pytest.approx(1)
    assert found.posts["post_id"].nunique() == found.about["n_posts"]
    posts = pipeline.table(sample, "posts")
    counted_out = sum(n for reason, n in found.about["left_out"].items() if reason.startswith("posts "))
    assert found.about["n_posts"] + counted_out == len(posts)
    korean = int((posts["language"] == "ko").sum())
    assert found.about["left_out"].get("posts in Korean, not coded yet", 0) == korean > 0
    assert not found.words["word"].str.contains("[가-힣]").any()


def test_a_k_that_is_given_is_used_and_gives_the_same_topics_as_one_that_is_found(scanned, sample):
    found, _ = scanned
    again = pipeline.topics(sample, k=found.about["k"], seeds=3)
    pd.testing.assert_frame_equal(again.topics, found.topics)
    beside = pipeline.topics(sample, k=4, scan=(4, 5), seeds=2)
    assert (beside.about["k"], beside.scan["k"].tolist()) == (4, [4, 5])


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_two_processes_write_the_same_bytes_whatever_the_threads(sample, tmp_path, method):
    for name, threads in {"first": "1", "second": "2"}.items():
        wanted = [
            sys.executable,
            "-m",
            "discourse",
            "topics",
            sample,
            "--k",
            "5",
            "--seeds",
            "2",
            "--method",
            method,
            "--out",
            tmp_path / name,
        ]
        many = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        subprocess.run(wanted, check=True, capture_output=True, env=os.environ | many | {"PYTHONHASHSEED": threads})
    for name in TABLES:
        first, second = ((tmp_path / run / f"{name}.csv").read_bytes() for run in ("first", "second"))
        assert first == second, name
        assert len(first.splitlines()) > 1


REFUSED = [
    ({"k": 1}, "k is 1: at least 2 topics"),
    ({"k": 100_000}, "k is 100000, and there are only"),
    ({"k": 5, "seeds": 1}, "1 seed: stability compares seeds"),
    ({"k": 5, "seeds": 0}, "0 seeds: stability compares seeds"),
    ({"k": 5, "method": "ldaa"}, "There is no method 'ldaa'. Did you mean 'lda'?"),
    ({"scan": (9, 5)}, "From 9 to 5 topics"),
    ({"scan": (1, 5)}, "k is 1"),
    ({"scan": (5, 100_000)}, "k is 100000"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_refusals_are_one_line(sample, options, message):
    with pytest.raises(InputError, match=message) as caught:
        pipeline.topics(sample, **options)
    assert "\n" not in str(caught.value)


PLAIN = "Bread is warm in the morning and the bus goes at nine o'clock. The garden behind the house lies under deep snow until the end of March."


def test_posts_that_were_not_tagged_or_are_few_are_refused(corpus, tmp_path):
    workspace = tmp_path / "w"
    pipeline.load_corpus(corpus([{"body": PLAIN}]), workspace)
    with pytest.raises(WorkspaceError, match="never tagged"):
        pipeline.topics(workspace)
    pipeline.tag_corpus(workspace)
    with pytest.raises(InputError, match="at least 20 posts that count, and here are 1"):
        pipeline.topics(workspace)


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code or 0


def test_the_command_prints_the_table_then_each_topic_and_writes_csv(sample, tmp_path, capsys, monkeypatch):
    assert run(monkeypatch, "topics", sample, "--k-from", 3, "--k-to", 4, "--seeds", 2, "--out", tmp_path / "t") == 0
    printed = capsys.readouterr().out
    assert "posts in Korean, not coded yet" in printed
    assert printed.index("k  stability") < printed.index("Proposed: the largest k") < printed.index("Topic 1: ") < printed.index("theme ")
    for expected in ("proposed, used", "most in ", "by year: 2015 ", "themes: ", "  - "):
        assert expected in printed
    assert {file.name for file in (tmp_path / "t").iterdir()} == {f"{name}.csv" for name in TABLES}


def test_half_a_range_is_refused(sample, capsys, monkeypatch):
    assert run(monkeypatch, "topics", sample, "--k-from", 3) == 1
    assert "--k-from and --k-to go together" in capsys.readouterr().err
