"""Killed while tagging, at any moment, in one process or several: after the restart the tables are those of an unbroken run."""

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time

import pandas as pd
import psutil
import pytest

import discourse
from discourse import workspaces
from discourse.pipeline import tagging

A_ROUND = 5
POSTS = 104


def kept(workspace):
    """Return how many posts are kept, without disturbing whoever writes there."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{workspace / tagging.CACHE}?mode=ro", uri=True)) as connection,
    ):
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]
    return 0


def started(workspace, n_workers):
    arguments = [sys.executable, "-m", "discourse", "tag", str(workspace), "--workers", str(n_workers)]
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(condition, run):
    while run.poll() is None and not condition():
        time.sleep(0.01)


def killed(workspace, chance, n_workers=1):
    """Begin to tag and kill the run once so many posts are kept as chance says, or a moment later; return whether it was killed."""
    wanted = chance.randint(kept(workspace) + 1, POSTS + 10)
    run = started(workspace, n_workers)
    wait_for(lambda: kept(workspace) >= min(wanted, POSTS), run)
    time.sleep(chance.choice([0, 0.05, 0.2]))
    children = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
    run.kill()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive  # no worker outlives the run that started it
    return run.wait() == -9


@pytest.fixture(scope="module")
def loaded(root, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("loaded") / "sample"
    discourse.load_corpus(root / "data" / "raw" / "sample", workspace)
    return workspace


def test_killed_at_random_moments_the_tables_are_those_of_an_unbroken_run(loaded, sample, tmp_path, kills):
    chance, stopped = random.Random(20), 0
    for n in range(0, kills, A_ROUND):
        workspace = tmp_path / str(n)
        shutil.copytree(loaded, workspace)
        for turn in range(A_ROUND):
            stopped += killed(workspace, chance, n_workers=2 if turn == 0 else 1)
            assert workspaces.holds(workspace, workspaces.manifest(workspace), ["posts", "notes", "comments", "sources"])
        discourse.tag_corpus(workspace)
        for name in tagging.TAGGED:
            pd.testing.assert_frame_equal(discourse.table(workspace, name), discourse.table(sample, name))
        assert workspaces.holds(workspace, workspaces.manifest(workspace), tagging.TAGGED)
    assert stopped >= 0.6 * kills


def test_workers_lost_again_and_again_change_nothing(loaded, root, sample, tmp_path, kills):
    """Kill a worker as soon as there is something to lose; in the long run, of twenty times the posts, every 20 seconds."""
    workspace, expected, chance, killed = tmp_path / "w", sample, random.Random(3), 0
    shutil.copytree(loaded, workspace)
    if kills > A_ROUND:
        workspace, expected = tmp_path / "many", tmp_path / "expected"
        frame = discourse.table(loaded, "posts")[["title", "text", "published"]]
        copies = [frame.assign(title=frame["title"] + f" {n}", text=f"Number {n}.\n\n" + frame["text"]) for n in range(20)]
        pd.concat(copies).to_csv(tmp_path / "posts.csv", index=False)
        for out in (workspace, expected):
            discourse.load_corpus(tmp_path / "posts.csv", out, source="many")
        discourse.tag_corpus(expected)
    run = started(workspace, 2)
    wait_for(lambda: kept(workspace) > 0, run)
    while run.poll() is None and (kills > A_ROUND or not killed):
        workers = [child for child in psutil.Process(run.pid).children(recursive=True) if "spawn_main" in " ".join(child.cmdline())]
        if workers:
            chance.choice(workers).kill()
            killed += 1
        wait_for((lambda until: lambda: time.monotonic() >= until)(time.monotonic() + 20), run)
    assert run.wait(timeout=300) == 0
    assert killed >= (3 if kills > A_ROUND else 1)
    for name in tagging.TAGGED:
        pd.testing.assert_frame_equal(discourse.table(workspace, name), discourse.table(expected, name))
