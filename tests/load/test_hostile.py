"""Hostile files: nothing crashes, nothing hangs, nothing is written outside the workspace, and every file is accounted for.

`make test` runs a few hundred seeded mutations of pages and exports of every platform; `make soak` runs thousands by hypothesis.
"""

import random
import shutil
import signal
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from render.hostile import BOMB, MUTATIONS, OUTSIDE, mutated
from render.originals import originals

from discourse import load_corpus, workspaces
from discourse.errors import InputError
from discourse.load import load

SEEDED = 12
LONGEST = 20


@pytest.fixture(scope="module")
def kept(root, tmp_path_factory):
    """Return name -> bytes: some documents of every platform."""
    return originals(root, tmp_path_factory.mktemp("originals"))


def survives(folder, name, data):
    """Load one file and return the outcome of it; fail when it takes too long."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(data)

    def late(*_):
        pytest.fail(f"{name} took more than {LONGEST} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    refused = None
    try:
        loaded = load(folder)
    except InputError as error:
        refused = str(error)
    finally:
        signal.alarm(0)
    if refused is not None:
        assert "\n" not in refused
        assert len(refused) < 2000
        return "refused"
    assert [entry.path for entry in loaded.files if "#" not in entry.path] == [name]
    for entry in loaded.files:
        assert entry.outcome == "post" or entry.reason, entry
        assert all(item["reason"] for item in entry.skipped)
    for post in loaded.posts:
        assert "root:" not in post.body
        assert "haha" not in post.body
        assert "<script" not in post.title
        assert "\0" not in post.title + post.body
    return "loaded"


@pytest.mark.parametrize("n", range(SEEDED))
def test_mutated_documents_of_every_platform(kept, tmp_path, n):
    for k, (name, data) in enumerate(sorted(kept.items())):
        survives(tmp_path / f"{n}-{k}", name, mutated(data, random.Random(f"{n} {name}")))


def test_mutations_that_hypothesis_chooses(kept, tmp_path_factory, hostile):
    folder = tmp_path_factory.mktemp("chosen")

    @settings(max_examples=hostile, derandomize=hostile < 1000, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(kept)), st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=4), st.integers(0, 2**32))
    def check(name, mutations, seed):
        data, chance = kept[name], random.Random(seed)
        for mutation in mutations:
            data = mutation(data, chance)
        shutil.rmtree(folder / "one", ignore_errors=True)
        survives(folder / "one", name, data)

    check()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutation_alone_goes_through_the_whole_pipeline(kept, tmp_path, mutation):
    folder = tmp_path / "pages"
    folder.mkdir()
    before = sorted(path for path in tmp_path.iterdir())
    for name, data in kept.items():
        (folder / name).write_bytes(mutation(data, random.Random(name)))
    record = load_corpus(folder, tmp_path / "workspace", source="hostile")
    assert {file["path"] for file in record["files"] if "#" not in file["path"]} == set(kept)
    assert sorted(path for path in tmp_path.iterdir()) == sorted([*before, tmp_path / "workspace"])
    posts = workspaces.read(tmp_path / "workspace", "posts")
    assert not posts["text"].str.contains("root:x:0|hahaha|<script", regex=True).any()


@pytest.mark.parametrize("head", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("form", ["wordpress-export", "blogger-export", "feed"])
def test_entities_of_a_document_are_never_expanded(tmp_path, head, form):
    started = time.monotonic()
    (tmp_path / "export.xml").write_bytes(
        head + b"<rss><channel><item><title>&j;&a;</title><description>&j;&a;</description></item></channel></rss>"
    )
    with pytest.raises(InputError) as caught:
        load(tmp_path, form=form)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < LONGEST
