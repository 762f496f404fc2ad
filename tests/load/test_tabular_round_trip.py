"""The sample as a table in every format comes back as it is."""

import pytest
from render import tabular
from render.compare import differences
from render.sample import articles

from discourse import load_corpus

NOT_CARRIED = ("comments",)  # a row is a post; a table of posts has no place for what readers said


@pytest.fixture(scope="module")
def expected(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("expected")
    load_corpus(root / "data" / "raw" / "sample", folder, source="sample", keep_names=True)
    return folder


@pytest.mark.parametrize("form", tabular.FORMATS)
def test_tables(root, tmp_path, expected, form):
    tabular.render(articles(root), tmp_path / "in", form)
    record = load_corpus(tmp_path / "in", tmp_path / "out", source="sample", keep_names=True)
    assert differences(expected, tmp_path / "out", not_carried=NOT_CARRIED) == []
    assert record["problems"] == []
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert len(files) > 4
    assert not any(b"somebody@example.org" in file.read_bytes() for file in files)
