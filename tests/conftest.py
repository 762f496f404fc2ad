"""What the tests share: a writer of small corpora, and the sample tagged and measured once."""

import shutil
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
    parser.addoption("--kills", type=int, default=5, help="how often a crawl is killed before it may end")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture
def hostile(request):
    """Return how many mutated files hypothesis chooses."""
    return request.config.getoption("--hostile")


@pytest.fixture
def kills(request):
    """Return how often a crawl is killed."""
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
    """Return a workspace with the sample loaded, tagged and measured. Tests do not change it."""
    workspace = tmp_path_factory.mktemp("workspaces") / "sample"
    pipeline.load_corpus(ROOT / "data" / "raw" / "sample", workspace)
    pipeline.tag_corpus(workspace)
    pipeline.measure_corpus(workspace)
    return workspace
