"""Workspaces: they change in one step, by one run at a time, and can be read meanwhile."""

import contextlib
import subprocess
import sys

import pandas as pd
import pytest

from discourse import tables, workspaces
from discourse.errors import WorkspaceError

ROW = {"post_id": "a", "n": 1, "parent": None, "author": "reader", "published": pd.Timestamp("2020-01-01"), "text": "Fine."}


def keep(workspace, place, *texts):
    return workspaces.keep(
        workspace, "comments", place, tables.build("comments", [{**ROW, "post_id": text, "text": text} for text in texts])
    )


def commit(workspace, *parts):
    return workspaces.commit(workspace, {"corpus": {}, "parts": {"comments": list(parts)}})


def texts(workspace):
    return workspaces.read(workspace, "comments")["text"].tolist()


def files(workspace):
    return sorted(path.relative_to(workspace).as_posix().partition("-")[0] for path in workspace.rglob("*.parquet"))


def test_parts_are_read_in_the_order_of_the_manifest_and_by_pandas_alone(tmp_path):
    parts = [keep(tmp_path, f"blog/{year}/0000", f"{year} a", f"{year} b") for year in ("2019", "2020", "undated")]
    commit(tmp_path, *parts)
    assert texts(tmp_path) == ["2019 a", "2019 b", "2020 a", "2020 b", "undated a", "undated b"]
    assert pd.read_parquet(tmp_path / "comments")["text"].tolist() == texts(tmp_path)
    assert [(workspaces.place(part), len(frame)) for part, frame in workspaces.read_parts(tmp_path, "comments")][1] == ("blog/2020/0000", 2)
    assert list(workspaces.read(tmp_path, "comments", columns=["text", "n"]).columns) == ["text", "n"]


def test_what_is_not_committed_is_not_read_and_swept_away_by_the_next_run(tmp_path):
    commit(tmp_path, keep(tmp_path, "blog/2019/0000", "old"))
    keep(tmp_path, "blog/2019/0000", "new")
    keep(tmp_path, "blog/2021/0000", "new")
    assert texts(tmp_path) == ["old"]
    assert files(tmp_path) == ["comments/blog/2019/0000", "comments/blog/2019/0000", "comments/blog/2021/0000"]
    with workspaces.locked(tmp_path):
        assert files(tmp_path) == ["comments/blog/2019/0000"]
    assert not (tmp_path / "comments" / "blog" / "2021").exists()
    assert texts(tmp_path) == ["old"]


def test_files_of_others_are_not_swept_away(tmp_path):
    commit(tmp_path, keep(tmp_path, "blog/2019/0000", "old"))
    for name in ("mine.parquet", "comments/mine.parquet"):
        (tmp_path / name).write_bytes(b"mine")
    with workspaces.locked(tmp_path):
        pass
    assert files(tmp_path) == ["comments/blog/2019/0000", "comments/mine.parquet", "mine.parquet"]


def test_a_reader_with_an_old_manifest_reads_what_has_come_meanwhile(tmp_path, monkeypatch):
    commit(tmp_path, keep(tmp_path, "blog/2019/0000", "old"))
    listed, read = workspaces.manifest(tmp_path), workspaces.manifest
    with workspaces.locked(tmp_path):
        commit(tmp_path, keep(tmp_path, "blog/2019/0000", "new"))
    answers = iter([listed])
    monkeypatch.setattr(workspaces, "manifest", lambda folder: next(answers, None) or read(folder))
    assert texts(tmp_path) == ["new"]


@pytest.mark.parametrize("content", [None, b"PAR1 nothing", b""])
def test_a_lost_or_damaged_part_is_one_line(tmp_path, content):
    part = keep(tmp_path, "blog/2019/0000", "old")
    commit(tmp_path, part)
    (tmp_path / part["file"]).unlink()
    if content is not None:
        (tmp_path / part["file"]).write_bytes(content)
    assert not workspaces.holds(tmp_path, workspaces.manifest(tmp_path), ["comments"])
    with pytest.raises(WorkspaceError, match=r"load the corpus with: discourse load PATH") as caught:
        texts(tmp_path)
    assert "\n" not in str(caught.value)


def test_two_runs_on_one_workspace_the_second_is_refused(tmp_path):
    program = (
        f"from discourse import workspaces; from pathlib import Path\nwith workspaces.locked(Path({str(tmp_path / 'w')!r})): print('in')"
    )
    with workspaces.locked(tmp_path / "w"):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.stdout == ""
        assert "another run is at work on this workspace; run this again when it has ended" in done.stderr
        with pytest.raises(WorkspaceError, match="another run"), workspaces.locked(tmp_path / "w"):
            pass
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "in\n"


def test_a_run_that_may_wait_goes_on_when_the_other_has_ended(tmp_path):
    program = f"from discourse import workspaces; from pathlib import Path\nwith workspaces.locked(Path({str(tmp_path)!r}), wait=True): print('in')"
    with workspaces.locked(tmp_path):
        run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(timeout=2)
    assert run.communicate(timeout=20)[0] == "in\n"


def test_a_killed_run_leaves_no_lock(tmp_path):
    program = f"import os; from discourse import workspaces; from pathlib import Path\nwith workspaces.locked(Path({str(tmp_path)!r})): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with workspaces.locked(tmp_path):
        pass


@pytest.mark.parametrize(
    ("left", "refused"), [([".lock", "salt", "loaded.sqlite"], False), ([".lock", "mine.txt"], True), ([".lock"], False), ([], False)]
)
def test_a_folder_that_a_killed_load_left_may_be_claimed_and_one_of_others_not(tmp_path, left, refused):
    (tmp_path / "posts.md").write_text("A post.")
    (tmp_path / "w" / "posts").mkdir(parents=True)
    for name in left:
        (tmp_path / "w" / name).touch()
    with pytest.raises(WorkspaceError, match="not discourse's") if refused else contextlib.nullcontext():
        workspaces.claim(tmp_path / "w", tmp_path / "posts.md")


def test_where_nothing_came_to_be_nothing_is_left(tmp_path):
    with workspaces.locked(tmp_path / "w"):
        keep(tmp_path / "w", "blog/2019/0000", "old")
    assert not (tmp_path / "w").exists()


def test_a_workspace_of_another_version_says_to_load_again_and_a_load_sweeps_it(tmp_path):
    (tmp_path / "manifest.json").write_text('{"corpus": {}, "tables": {"posts": "0"}}', encoding="utf-8")
    (tmp_path / "posts.parquet").write_bytes(b"old")
    with pytest.raises(WorkspaceError, match="another version; load the corpus again"):
        workspaces.manifest(tmp_path)
    with workspaces.locked(tmp_path):
        assert files(tmp_path) == []
