"""Notebooks run on a fresh kernel and become pages; a cell that fails is named, and parameters reach the notebooks that have them."""

import re

import nbformat
import pytest

from discourse.errors import InputError, WorkspaceError
from discourse.report import Pages, run_notebooks

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}


def write(folder, name, parameters, *sources, opening=None):
    """Write a notebook with a cell of parameters and some others."""
    cells = [nbformat.v4.new_markdown_cell(opening)] if opening else []
    cells.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    folder.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / f"{name}.ipynb")


def text_of(page):
    return re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8"))


def test_notebooks_run_on_the_sample_and_make_pages_that_need_no_network(sample, root, tmp_path):
    seen, some = [], ["01_corpus", "04_framings"]  # `make figures` runs them all on the sample
    pages = run_notebooks(root / "notebooks", workspace=sample, out=tmp_path, names=some, progress=lambda done, of: seen.append((done, of)))
    assert [page.stem for page in pages] == some
    assert seen[0] == (0, 2)
    assert seen[-1] == (2, 2)
    assert seen == sorted(seen)
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "data:image/png;base64," in html
        assert "what not to conclude" in html
        assert "Traceback" not in html
        assert str(sample) not in html
        assert "<script" not in html
        assert not re.search(r'(src|href)="(https?:)?//', html)
        assert not re.search(r'<img(?![^>]*\balt="[^"]{20})', html), page
        assert "No description has been provided" not in html


def test_parameters_reach_the_notebooks_that_have_them_and_stand_on_their_pages(tmp_path):
    write(tmp_path / "n", "01_a", "workspace = None\nyear: int | None = None  # from it on", "print('year', year, type(year))")
    write(tmp_path / "n", "02_b", "workspace = None", "print('nothing')")
    pages = run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out", parameters={"year": "2018"})
    first, second = map(text_of, pages)
    assert "year 2018 &lt;class 'int'&gt;" in first
    assert "# from it on" in first
    assert "Parametersyear = 2018" in first
    assert "Parametersas in the notebook" in second
    assert str(tmp_path) not in first + second


def test_a_page_says_what_it_was_made_with_and_one_without_workspace_only_the_program(tmp_path):
    write(tmp_path / "n", "01_a", "workspace = None", "1")
    write(tmp_path / "n", "02_b", "posts = None", "1")
    made = {"Corpus": '<b>"Mine"', "Program": "discourse 9"}
    pages = run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out", pages=Pages(made))
    first, second = (page.read_text(encoding="utf-8") for page in pages)
    assert '<dt>Corpus</dt><dd>&lt;b&gt;"Mine"</dd>' in first
    assert re.search(r'<meta content="discourse 9" name="discourse.program"/?>', first)
    assert "Corpus" not in second
    assert "discourse 9" in second


def test_pages_are_the_same_each_time(tmp_path):
    write(tmp_path / "n", "01_a", "workspace = None", "import pandas as pd\npd.DataFrame({'a': [1]})", opening="# 1 · A\n\n**Why?**")
    texts = [run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / name)[0].read_bytes() for name in ("one", "two")]
    assert texts[0] == texts[1]
    assert b"<title>1 \xc2\xb7 A</title>" in texts[0]


def test_every_page_passes_the_filter_before_any_is_written(tmp_path):
    for name in ("01_a", "02_b"):
        write(tmp_path / "n", name, "workspace = None", "print('secret')")
    out = tmp_path / "out"

    def refuse(pages):
        raise WorkspaceError("no")

    with pytest.raises(WorkspaceError, match="no"):
        run_notebooks(tmp_path / "n", workspace=tmp_path, out=out, pages=Pages(filtered=refuse))
    assert not out.exists()
    through = Pages(filtered=lambda pages: {file: page.replace("secret", "[...]") for file, page in pages.items()})
    for page in run_notebooks(tmp_path / "n", workspace=tmp_path, out=out, pages=through):
        assert "secret" not in page.read_text(encoding="utf-8")


def test_some_notebooks_may_be_named(tmp_path):
    for name in ("01_a", "02_b", "03_c"):
        write(tmp_path / "n", name, "workspace = None", "1")
    pages = run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out", names=["03_c", "01_a.ipynb"])
    assert [page.stem for page in pages] == ["01_a", "03_c"]
    with pytest.raises(InputError, match=r"There is no notebook '02_bb'\. Did you mean '02_b'"):
        run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path, names=["02_bb"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"yaer": 1}, "Did you mean 'year'"),
        ({"year": "soon"}, "must be a whole number or none"),
        ({"workspace": "x"}, "no parameter 'workspace'"),
    ],
)
def test_parameters_that_are_unknown_or_of_the_wrong_kind_are_refused_before_anything_runs(tmp_path, given, said):
    write(tmp_path / "n", "01_a", "workspace = None\nyear: int | None = None", "1 / 0")
    with pytest.raises(InputError, match=said):
        run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out", parameters=given)


def test_a_cell_that_fails_is_named_and_nothing_is_written(tmp_path):
    write(tmp_path / "n", "01_good", "workspace = ''", "1")
    write(tmp_path / "n", "02_bad", "workspace = ''", "1 / 0")
    with pytest.raises(WorkspaceError, match=r"02_bad.ipynb, cell \d+: ZeroDivisionError"):
        run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_kernel_that_dies_is_one_line(tmp_path):
    write(tmp_path / "n", "01_a", "workspace = ''", "import os\nos.kill(os.getpid(), 9)")
    with pytest.raises(WorkspaceError, match=r"01_a\.ipynb: its kernel died"):
        run_notebooks(tmp_path / "n", workspace=tmp_path, out=tmp_path / "out")


def test_a_folder_without_notebooks_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no notebooks here"):
        run_notebooks(tmp_path, workspace=tmp_path, out=tmp_path)
