"""Tests on real data, given by path: `make test-real REAL=DIR`. Without the data they fail and say what they need."""

from pathlib import Path

import pytest

import discourse

NEEDED = {"seed": "seed", "iff-archive": "corpora/iff-archive", "digitalrightswatch": "corpora/digitalrightswatch"}


def pytest_addoption(parser):
    parser.addoption("--real", help="folder with seed/, corpora/iff-archive and corpora/digitalrightswatch")


@pytest.fixture(scope="session")
def real(request):
    given = request.config.getoption("--real")
    if not given:
        pytest.fail("these tests need real data: make test-real REAL=DIR")
    missing = [place for place in NEEDED.values() if not (Path(given) / place).is_dir()]
    if missing:
        pytest.fail(f"{given} lacks {', '.join(missing)}")
    return {name: Path(given) / place for name, place in NEEDED.items()}


@pytest.fixture(scope="session")
def workspaces(real, tmp_path_factory):
    """Return every real corpus loaded, tagged and measured."""
    folder = tmp_path_factory.mktemp("real")
    made = {}
    for name, path in real.items():
        discourse.load_corpus(path, folder / name)
        made[name] = discourse.prepared(folder / name)
    return made
