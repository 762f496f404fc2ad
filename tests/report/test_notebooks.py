"""Notebooks run on a fresh kernel and become pages; a cell that fails is named."""

import nbformat
import pytest

from discourse.errors import InputError, WorkspaceError
from discourse.report import run_notebooks


def test_every_notebook_runs_on_the_sample(sample, root, tmp_path):
    seen = []
    pages = run_notebooks(root / "notebooks", workspace=sample, out=tmp_path, progress=lambda done, of: seen.append((done, of)))
    assert [page.name for page in pages] == [
        "01_corpus.html",
        "02_entities.html",
        "03_themes.html",
        "04_framings.html",
        "05_accuracy.html",
        "06_coding.html",
    ]
    assert seen == [(n, 6) for n in range(7)]
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "data:image/png;base64," in html
        assert "what not to conclude" in html
        assert "Traceback" not in html
        assert str(sample) not in html


def test_every_notebook_runs_on_one_page_dump(page_dump, root, tmp_path):
    from discourse import load_corpus, prepared

    load_corpus(page_dump, tmp_path / "w")
    assert len(run_notebooks(root / "notebooks", workspace=prepared(tmp_path / "w"), out=tmp_path / "out")) == 6


def test_a_cell_that_fails_is_named(tmp_path):
    cells = [nbformat.v4.new_code_cell("workspace = ''", metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell("1 / 0")]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), tmp_path / "bad.ipynb")
    with pytest.raises(WorkspaceError, match=r"bad.ipynb, cell \d+: ZeroDivisionError"):
        run_notebooks(tmp_path, workspace=tmp_path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_notebooks_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no notebooks here"):
        run_notebooks(tmp_path, workspace=tmp_path, out=tmp_path)
