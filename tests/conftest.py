"""What the tests share: a writer of small corpora, and the sample tagged and measured once."""

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import settings

from discourse import pipeline

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"

POST = """---
title: {title}
date: {date}
author: Ann Lee
categories: [{categories}]
---
{body}
"""


def pytest_addoption(parser):
    parser.addoption("--hostile", type=int, default=50, help="how many mutated files hypothesis chooses")
    parser.addoption("--kills", type=int, default=5, help="how often a crawl, or a tagging, is killed before it may end")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture
def hostile(request):
    """Return how many mutated files hypothesis chooses."""
    return request.config.getoption("--hostile")


@pytest.fixture
def kills(request):
    """Return how often a crawl, or a tagging, is killed."""
    return request.config.getoption("--kills")


@pytest.fixture
def page_dump(tmp_path):
    folder = tmp_path / "openlines"
    folder.mkdir()
    shutil.copy(FIXTURES / "page_dump.txt", folder / "the-phone-and-the-wall.txt")
    return folder


@pytest.fixture
def corpus(tmp_path):
    """Return a function that writes Markdown posts and returns their folder."""
    folder = tmp_path / "myblog"

    def write(posts):
        folder.mkdir(exist_ok=True)
        for n, post in enumerate(posts):
            text = (
                post
                if isinstance(post, str)
                else POST.format(
                    **{"title": f"Post {n}", "date": "2020-01-01", "categories": "Privacy", "body": "The ministry blocks websites."} | post
                )
            )
            (folder / f"post-{n:03d}.md").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Return a workspace with the sample loaded, tagged and measured. Tests do not change it.

    Of several processes (pytest-xdist) the first that asks makes it, and each of the others takes a copy.
    """
    workspace = tmp_path_factory.mktemp("workspaces") / "sample"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make_sample(workspace)
    shared = tmp_path_factory.getbasetemp().parent / "sample"
    try:
        shared.mkdir()
    except FileExistsError:
        ended = wait_for(shared / "ended")
        return shutil.copytree(shared / "whole", workspace) if ended and (shared / "whole").is_dir() else make_sample(workspace)
    try:
        make_sample(workspace)
        shutil.copytree(workspace, shared / "part").rename(shared / "whole")
    finally:
        (shared / "ended").touch()
    return workspace


def make_sample(workspace):
    """Make the sample's workspace."""
    pipeline.load_corpus(ROOT / "data" / "raw" / "sample", workspace)
    pipeline.tag_corpus(workspace)
    pipeline.measure_corpus(workspace)
    return workspace


def wait_for(file, *, seconds=300):
    """Return whether a file is there before so many seconds are over."""
    until = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.1)
    return file.exists()
