"""Every notebook runs on a corpus of a single post; apart from the other tests of notebooks, as it takes longest."""

from discourse import load_corpus, prepared
from discourse.report import run_notebooks

NAMES = [
    "01_corpus", "02_entities", "03_themes", "04_framings", "05_vocabulary", "06_topics", "07_sources_cited", "08_coding_and_accuracy",
    "09_your_own_corpus",
]  # fmt: skip


def test_every_notebook_runs_on_one_page_dump(page_dump, root, tmp_path):
    load_corpus(page_dump, tmp_path / "w")
    pages = run_notebooks(root / "notebooks", workspace=prepared(tmp_path / "w"), out=tmp_path / "out")
    assert [page.stem for page in pages] == NAMES
