"""Exported files: the same chart gives the same bytes; a spreadsheet runs nothing."""

import pandas as pd
import pytest

from discourse import chart_corpus
from discourse.errors import WorkspaceError
from discourse.export import SUFFIXES, to_csv

NAMES = ["entity_network", "keyness", "word_cloud"]


def test_the_same_workspace_gives_the_same_bytes(sample, tmp_path):
    first = {path.name: path.read_bytes() for path in chart_corpus(sample, NAMES, out=tmp_path / "a")}
    second = {path.name: path.read_bytes() for path in chart_corpus(sample, NAMES, out=tmp_path / "b")}
    assert first == second
    assert {name.rsplit(".", 1)[1] for name in first} == set(SUFFIXES)


def test_svg_keeps_text_as_text(sample, tmp_path):
    paths = chart_corpus(sample, ["framings_over_time"], out=tmp_path)
    svg = next(path for path in paths if path.suffix == ".svg").read_text(encoding="utf-8")
    assert "by who holds them</text>" in svg
    assert "/tmp" not in svg


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\tx"])
def test_formulas_are_neutralised(cell):
    assert to_csv(pd.DataFrame({"a": [cell]})).decode().splitlines()[1].lstrip('"').startswith("'")


def test_a_folder_that_cannot_be_written_is_one_line(sample, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError):
        chart_corpus(sample, ["overview"], out=tmp_path / "file" / "figures")
