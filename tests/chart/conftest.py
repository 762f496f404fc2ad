"""What the tests of charts share: the sample, measured with its hand codes."""

import shutil

import pytest

from discourse import draw, measure_corpus


@pytest.fixture(scope="session")
def coded(sample, root, tmp_path_factory):
    """Return the sample measured with its hand codes. Tests do not change it."""
    workspace = tmp_path_factory.mktemp("coded") / "sample"
    shutil.copytree(sample, workspace)
    measure_corpus(workspace, gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", split="measure")
    return workspace


@pytest.fixture(scope="module")
def charts(coded):
    """Return a function that draws a chart of that workspace, given as its name and its options, once."""
    made = {}

    def one(case):
        if (key := str(case)) not in made:
            made[key] = draw(coded, case[0], **case[1])
        return made[key]

    return one
