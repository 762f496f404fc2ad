"""The pipeline: what is written is whole, what was stopped goes on, what is stale is refused."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import discourse
from discourse import paths
from discourse.errors import DiscourseError, WorkspaceError
from discourse.pipeline import loading, tagging

BODY = "The ministry blocks websites and watches every phone in the city. Phones let citizens organise."


def snapshot(folder):
    """Return every file by its name in the folder, but for the lock and what is kept so that a stopped run goes on."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in (".lock", tagging.CACHE, loading.CACHE))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_file_is_accounted_for(corpus, tmp_path):
    folder = corpus([{}, {}, "no front matter", "---\ntitle: [\n---\n"])
    (folder / "picture.png").write_bytes(b"\x89PNG\0")
    (folder / "corrections.csv").write_text("post,field,old,new,reason\n*,categories,Privacy,Private life,house style\n", encoding="utf-8")
    record = discourse.load_corpus(folder, tmp_path / "w")
    outcomes = {file["path"]: (file["outcome"], len(file["sha256"])) for file in record["files"]}
    assert outcomes == {
        "corrections.csv": ("left out", 64), "picture.png": ("left out", 64), "post-000.md": ("post", 64), "post-001.md": ("post", 64),
        "post-002.md": ("left out", 64), "post-003.md": ("problem", 64),
    }  # fmt: skip
    assert [problem["file"] for problem in record["problems"]] == ["post-003.md"]
    assert discourse.table(tmp_path / "w", "posts")["categories"].tolist() == [["Private life"]] * 2
    assert json.loads((tmp_path / "w" / "manifest.json").read_text(encoding="utf-8")) | {"read_anew": 6} == record


def test_originals_are_not_touched(corpus, tmp_path):
    folder = corpus([{}])
    before = snapshot(folder)
    discourse.load_corpus(folder, tmp_path / "w")
    assert snapshot(folder) == before


def test_loading_again_gives_the_same_tables(corpus, tmp_path):
    folder = corpus([{"body": BODY}] * 1 + [{"body": f"Nothing of it, {n}."} for n in range(5)])
    first = discourse.load_corpus(folder, tmp_path / "w")["tables"]
    assert discourse.load_corpus(folder, tmp_path / "w")["tables"] == first


def test_a_change_of_posts_is_seen_by_the_stages_after_it(corpus, tmp_path):
    folder, workspace = corpus([{"body": BODY}]), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    with pytest.raises(WorkspaceError, match="never tagged; run: discourse tag"):
        discourse.measure_corpus(workspace)
    discourse.tag_corpus(workspace)
    discourse.measure_corpus(workspace)
    corpus([{"body": BODY + " It changed."}])
    discourse.load_corpus(folder, workspace)
    for step in (discourse.measure_corpus, lambda w: discourse.draw(w, "overview")):
        with pytest.raises(WorkspaceError, match="tagged; run: discourse tag"):
            step(workspace)


def test_only_what_changed_is_tagged_again(corpus, tmp_path):
    bodies = [{"body": f"{BODY} This is number {n}, and no other says so."} for n in range(6)]
    folder, workspace = corpus(bodies), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    assert discourse.tag_corpus(workspace)["tagged_anew"] == 6
    assert discourse.tag_corpus(workspace)["tagged_anew"] == 0
    bodies[2] = {"body": BODY + " It changed."}
    corpus(bodies)
    discourse.load_corpus(folder, workspace)
    assert discourse.tag_corpus(workspace)["tagged_anew"] == 1
    unbroken = tmp_path / "unbroken"
    discourse.load_corpus(folder, unbroken)
    discourse.tag_corpus(unbroken)
    for name in ("sentences", "mentions", "codings"):
        pd.testing.assert_frame_equal(discourse.table(workspace, name), discourse.table(unbroken, name))


def kept(cache):
    """Return how many posts a cache holds, without disturbing whoever writes it."""
    if not cache.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM kept").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def test_a_run_killed_while_tagging_goes_on(corpus, tmp_path):
    folder, workspace = corpus([{"body": f"{BODY} This is number {n}. " * 6} for n in range(150)]), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    before = snapshot(workspace)
    program = f"import discourse; discourse.tag_corpus({str(workspace)!r})"
    run = subprocess.Popen([sys.executable, "-c", program])
    while kept(workspace / tagging.CACHE) < 50:
        assert run.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert {name: data for name, data in snapshot(workspace).items() if name in before} == before
    anew = discourse.tag_corpus(workspace)["tagged_anew"]
    assert 0 < anew < 150
    whole = tmp_path / "whole"
    discourse.load_corpus(folder, whole)
    discourse.tag_corpus(whole)
    for name in ("sentences", "mentions", "codings"):
        pd.testing.assert_frame_equal(discourse.table(workspace, name), discourse.table(whole, name))


@pytest.mark.parametrize("failing", ["0000", "manifest.json"])
def test_a_full_disk_is_one_line_and_leaves_what_was(corpus, tmp_path, monkeypatch, failing):
    folder, workspace = corpus([{}]), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    before = snapshot(workspace)
    sync = os.fsync

    def full(handle):
        if failing in Path(f"/proc/self/fd/{handle}").readlink().name:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="No space left on device") as caught:
        discourse.load_corpus(corpus([{}, {}]), workspace)
    assert "\n" not in str(caught.value)
    assert snapshot(workspace) == before
    with pytest.raises(WorkspaceError):
        discourse.load_corpus(folder, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_workspace_keeps_its_own_codebook(corpus, tmp_path, monkeypatch):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {code: soup, kind: theme, name: Soup, definition: d, rules: [{id: s, cue: soup}],"
        " match: [Soup.], no_match: [Bread.]}\n",
        encoding="utf-8",
    )
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"body": "Soup is warm. " + BODY}]), workspace)
    discourse.tag_corpus(workspace, codebook=book)
    discourse.prepared(workspace)
    assert discourse.table(workspace, "codings")["code"].tolist() == ["soup"]
    assert discourse.evidence(workspace, "soup")["cue"].tolist() == ["Soup"]


def test_a_table_that_is_gone_or_damaged_is_made_again(corpus, tmp_path):
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"body": BODY}]), workspace)
    before = discourse.prepared(workspace) and snapshot(workspace)
    next(workspace.glob("sentences/*/*/*")).unlink()
    next(workspace.glob("estimates/*")).write_bytes(b"PAR1")
    discourse.prepared(workspace)
    after = snapshot(workspace)
    assert {n: d for n, d in after.items() if n != tagging.CACHE} == {n: d for n, d in before.items() if n != tagging.CACHE}


def test_loading_another_corpus_leaves_nothing_of_the_last(corpus, tmp_path):
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"body": BODY}]), workspace)
    discourse.prepared(workspace)
    corpus([{"body": BODY + " It changed."}])
    discourse.load_corpus(corpus([]), workspace)
    with pytest.raises(WorkspaceError, match="discourse tag"):
        discourse.table(workspace, "codings")
    assert {path.name for path in workspace.iterdir() if path.is_dir()} == {"posts", "sources", "notes", "comments"}


def test_a_code_that_changes_its_kind_is_measured_anew(corpus, tmp_path):
    workspace, book = tmp_path / "w", tmp_path / "book.yaml"
    text = (
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {{code: blocks, kind: {}, name: B, definition: d, rules: [{{id: s, cue: blocks}}],"
        " match: [It blocks.], no_match: [Bread.]}}\n"
    )
    discourse.load_corpus(corpus([{"body": BODY}]), workspace)
    measures = {}
    for kind in ("framing", "theme"):
        book.write_text(text.format(kind), encoding="utf-8")
        discourse.tag_corpus(workspace, codebook=book)
        discourse.measure_corpus(workspace)
        measures[kind] = set(discourse.table(workspace, "estimates")["measure"])
    assert "share_author" in measures["framing"] - measures["theme"]
    assert "share" in measures["theme"] - measures["framing"]


def test_the_codebook_of_a_workspace_outlives_a_new_load(corpus, tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {code: city, kind: theme, name: C, definition: d, rules: [{id: s, cue: city}],"
        " match: [A city.], no_match: [Bread.]}\n",
        encoding="utf-8",
    )
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"body": BODY}]), workspace)
    discourse.tag_corpus(workspace, codebook=book)
    discourse.load_corpus(corpus([{"body": BODY + " Again."}]), workspace)
    discourse.prepared(workspace)
    assert set(discourse.table(workspace, "codings")["code"]) == {"city"}


def test_a_category_of_nothing_but_space_is_none(corpus, tmp_path):
    discourse.load_corpus(corpus([{"categories": '"&nbsp;", Privacy', "body": BODY}]), tmp_path / "w")
    discourse.prepared(tmp_path / "w")
    assert discourse.table(tmp_path / "w", "posts")["categories"].item() == ["Privacy"]


def test_a_notice_is_not_lost_by_loading_a_part_or_under_another_name(root, tmp_path):
    posts = root / "data" / "raw" / "sample" / "posts"
    for name, source in (("a", None), ("b", "other")):
        discourse.load_corpus(posts, tmp_path / name, source=source)
        assert "not evidence" in discourse.table(tmp_path / name, "sources")["notice"].item()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('myblog = "x"', "must be a table"),
        ('[myblog]\nnotices = "x"', "Did you mean 'notice'"),
        ('[myblog]\ndate_order = "dym"', "is not dmy or mdy"),
        ("[myblog", "cannot be read"),
    ],
)
def test_a_wrong_sources_file_is_one_line(corpus, tmp_path, content, message):
    folder = corpus([{}])
    (folder / "sources.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DiscourseError, match=message):
        discourse.load_corpus(folder, tmp_path / "w")


def test_a_workspace_may_stand_beside_a_single_page_and_not_around_it(page_dump):
    page = next(page_dump.iterdir())
    assert discourse.load_corpus(page, page_dump / "w")["summary"]["posts"] == 1
    with pytest.raises(WorkspaceError, match="originals are never written to"):
        discourse.load_corpus(page, page_dump)


def test_a_damaged_manifest_says_how_to_go_on(corpus, tmp_path):
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{}]), workspace)
    (workspace / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="delete the folder, and load the corpus again"):
        discourse.load_corpus(corpus([{}]), workspace)


def test_one_file_of_a_corpus_is_loaded_without_the_others_corrections(corpus, tmp_path):
    folder = corpus([{}, {}])
    (folder / "corrections.csv").write_text("post,field,old,new,reason\npost-001.md,title,Post,Posts,typo\n", encoding="utf-8")
    assert discourse.load_corpus(folder / "post-000.md", tmp_path / "w")["summary"]["posts"] == 1


def test_the_salt_is_not_in_the_manifest_and_only_its_owner_reads_it(sample):
    salt = (sample / "salt").read_text(encoding="ascii")
    assert salt not in (sample / "manifest.json").read_text(encoding="utf-8")
    assert (sample / "salt").stat().st_mode & 0o077 == 0


def test_evidence_spans_time_and_holds_the_cue(sample):
    rows = discourse.evidence(sample, "cyber_pessimist", most=10)
    assert 3 <= len(rows) <= 10
    assert rows["published"].is_monotonic_increasing
    assert all(cue in sentence for cue, sentence in zip(rows["cue"], rows["sentence_text"], strict=True))
    assert set(discourse.evidence(sample, "cyber_pessimist", holder="other")["holder"]) == {"other"}


def test_errors_are_one_family():
    from discourse import errors

    assert all(issubclass(getattr(errors, name), DiscourseError) for name in errors.__all__ if name.endswith("Error"))


FRAMED = {"cyber_optimist": 0, "cyber_pessimist": 1, "rights_norm": 0, "holder": "author", "modality": "asserted"}
PLAIN = {"cyber_optimist": 0, "cyber_pessimist": 0, "rights_norm": 0, "holder": None, "modality": None}


def write_lines(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_framings_of_the_sample_are_scored_beside_baselines(root):
    done = discourse.evaluate_framings(split="measure", run=discourse.pipeline.Run(bootstrap=50))
    assert (done.about["n_sentences"], done.about["n_posts"]) == (592, 31)
    assert "not evidence" in done.about["notices"][0]
    macro = done.table.query("part == 'framing' and code == 'all' and not weighted").set_index("method")["f1"]
    assert list(macro.index) == ["tagger", "majority", "everything", "keyword", "n-gram"]
    assert macro["tagger"] > macro["keyword"] > macro["everything"] > macro["majority"] == 0
    assert macro["n-gram"] > macro["keyword"]
    assert not done.scores.duplicated(["method", "part", "measure", "code", "weighted"]).any()
    assert (done.confusion[done.confusion["by"] == "year"].groupby("code")["n"].sum() == 592).all()


def test_a_sentence_coded_by_reference_is_found_by_its_hash_and_weighs_the_inverse_of_its_chance(corpus, tmp_path):
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"body": BODY}]), workspace)
    discourse.tag_corpus(workspace)
    found, other = discourse.table(workspace, "sentences")["text"]
    rows = [
        {"id": 1, "sha256": paths.sha256(found.encode()), "post": "x", "p_inclusion": 0.25, "date": "2019-05-31", **FRAMED},
        {"id": 2, "text": "Soup is warm.", "post": "x", **FRAMED},
        {"id": 3, "text": other, **PLAIN},
    ]
    coded = write_lines(tmp_path / "c.jsonl", rows)
    done = discourse.evaluate_framings(coded, texts=[workspace], predictions=tmp_path / "p.jsonl")
    recall = done.scores.query("method == 'tagger' and measure == 'recall' and code == 'cyber_pessimist'").set_index("weighted")["estimate"]
    assert recall.to_dict() == {False: 1 / 2, True: 4 / 5}
    assert done.about["n_posts"] == 2
    assert set(done.confusion["group"]) == {"(unknown)", "2019"}
    written = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["cyber_pessimist"]) for row in written] == [(1, 1), (2, 0), (3, 0)]
    assert written[1]["holder"] == "author"


def test_framings_are_those_of_the_codebook_and_baselines_that_do_not_know_them_are_left_out(tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {code: soup, kind: framing, name: Soup, definition: d, rules: [{id: s, cue: soup}],"
        " match: [Soup.], no_match: [Bread.]}\n",
        encoding="utf-8",
    )
    rows = [{"id": k, "text": text, "soup": code, "holder": "other", "modality": "hedged"} for k, (text, code) in enumerate(
        [("Soup is warm.", 1), ("Bread is good.", 0), ("A bowl of it.", 1)]
    )]  # fmt: skip
    done = discourse.evaluate_framings(write_lines(tmp_path / "c.jsonl", rows), codebook=book)
    assert done.names == {"soup": "Soup"}
    assert done.scores["method"].unique().tolist() == ["tagger", "majority", "everything"]
    assert done.table.query("method == 'tagger' and code == 'soup' and not weighted")["recall"].item() == 1 / 2
    assert discourse.draw_accuracy(done).figure.axes


def test_a_codebook_without_framings_cannot_be_evaluated(tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codebook: mine\nversion: 3\nlanguage: en\ncodes:\n- {code: soup, kind: theme, name: Soup, definition: d, rules: [{id: s, cue: soup}],"
        " match: [Soup.], no_match: [Bread.]}\n",
        encoding="utf-8",
    )
    with pytest.raises(DiscourseError, match="has no code of kind framing"):
        discourse.evaluate_framings(codebook=book)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "line 1: not an object"),
        ('{"text": "a"}', "line 1: 'id' is missing"),
        ('{"id": true, "text": "a"}', "id is true"),
        ('{"id": 1, "text": null}', "text is null"),
        ('{"id": 1, "text": "  "}', "text is empty"),
        ('{"id": 1}', "neither text nor sha256"),
        ('{"id": 1, "text": "\\ud800"}', "a character that is no text"),
        ('{"id": 1, "text": "a", "post": 3}', "post is 3, and must be text"),
        (json.dumps({"id": 1, "text": "a", **FRAMED, "cyber_optimist": True}), "cyber_optimist is true"),
        (json.dumps({"id": 1, "text": "a", **FRAMED, "cyber_optimist": 2}), "cyber_optimist is 2"),
        (json.dumps({"id": 1, "text": "a", **FRAMED, "modality": "may"}), "asserted or hedged or rejected"),
        (json.dumps({"id": 1, "text": "a", **PLAIN, "holder": "we"}), "author or other, or null"),
        (json.dumps({"id": 1, "text": "a", **PLAIN, "p_inclusion": float("nan")}), "p_inclusion is NaN"),
        ("[" * 100000, "line 1: not JSON"),
    ],
)
def test_a_malformed_line_of_framings_is_one_line(tmp_path, line, message):
    file = tmp_path / "c.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(DiscourseError, match=message) as caught:
        discourse.evaluate_framings(file)
    assert "\n" not in str(caught.value)


def test_tables_are_never_written_over_the_hand_codes(tmp_path):
    coded = write_lines(tmp_path / "framings_accuracy.csv", [{"id": 1, "text": "Soup.", **PLAIN}])
    before = coded.read_bytes()
    done = discourse.evaluate_framings(coded)
    with pytest.raises(DiscourseError, match="hand codes"):
        discourse.pipeline.write_accuracy(done, tmp_path)
    (tmp_path / "link.jsonl").symlink_to(coded)
    with pytest.raises(DiscourseError, match="hand codes"):
        discourse.evaluate_framings(coded, predictions=tmp_path / "link.jsonl")
    assert coded.read_bytes() == before
