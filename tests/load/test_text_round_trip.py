"""The sample laid out as text comes back as the sample, as far as text carries it."""

import pytest
from render import text
from render.compare import differences
from render.sample import articles

from discourse import load_corpus, table
from discourse.load import load

TEXT_HAS_NO = (
    "categories_raw", "tags",  # the sidebar shows the blog's own
    "series", "reprinted_from",  # no place for them
    "comments.parent",  # an answer is indented, and text has no indent
    "notes.title", "notes.author",  # italics are lost, and with them where a title begins and ends: another test says how many come back
)  # fmt: skip
NOT_CARRIED = {
    "pages": TEXT_HAS_NO,
    "listings": (*TEXT_HAS_NO, "comments"),  # a listing counts comments and shows none
    "main_texts": (*TEXT_HAS_NO, "comments"),  # an extractor leaves comments out
}


@pytest.fixture(scope="module")
def sample_tables(root, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("workspaces") / "markdown"
    load_corpus(root / "data" / "raw" / "sample", workspace, source="sample", keep_names=True)
    return workspace


@pytest.fixture(scope="module", params=list(NOT_CARRIED))
def laid_out(request, root, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    getattr(text, request.param)(articles(root), folder / "blog")
    load_corpus(folder / "blog", folder / "workspace", source="sample", keep_names=True)
    return request.param, folder / "workspace"


def test_every_post_comes_back_field_by_field(sample_tables, laid_out):
    style, workspace = laid_out
    assert differences(sample_tables, workspace, not_carried=NOT_CARRIED[style]) == []


def test_most_works_cited_come_back_without_their_italics(sample_tables, laid_out):
    expected, found = (table(workspace, "notes").sort_values(["text"]) for workspace in (sample_tables, laid_out[1]))
    assert len(expected) == len(found)
    for column, floor in (("author", 0.95), ("title", 0.92)):
        same = sum(str(a) == str(b) for a, b in zip(expected[column], found[column], strict=True))
        assert same / len(expected) >= floor, (column, same, len(expected))


def test_posts_on_one_line_keep_every_word_and_note(sample_tables, root, tmp_path):
    text.single_lines(articles(root), tmp_path / "blog")
    load_corpus(tmp_path / "blog", tmp_path / "workspace", source="sample", keep_names=True)
    expected, found = (table(workspace, "posts").sort_values("published") for workspace in (sample_tables, tmp_path / "workspace"))
    for mine, theirs in zip(expected.itertuples(), found.itertuples(), strict=True):
        assert (mine.published, mine.authors, mine.author_roles, mine.editors, mine.translators) == (
            theirs.published, theirs.authors, theirs.author_roles, theirs.editors, theirs.translators,
        )  # fmt: skip
        assert theirs.title == ""
        assert mine.text.replace("# ", "").split() == theirs.text.split()
    assert len(table(tmp_path / "workspace", "notes")) == len(table(sample_tables, "notes"))


def test_what_a_style_lacks_is_said(root, tmp_path):
    shown = articles(root)
    text.pages(shown, tmp_path / "pages")
    loaded = load(tmp_path / "pages")
    assert loaded.problems() == []
    assert loaded.source["categories"] == sorted({name for article in shown for name in article.categories})
    text.single_lines(shown, tmp_path / "lines")
    assert {problem["reason"] for problem in load(tmp_path / "lines").problems()} == {"no title; kept without one."}
