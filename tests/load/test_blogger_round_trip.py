"""The sample as a Blogger blog, and as its backups: what comes back is what was laid out."""

import pytest
from render import blogger, compare, sample

from discourse import load_corpus, table

NOT_CARRIED = (
    "tags",  # labels are the blog's categories; Blogger has nothing beside them
    "series",  # Blogger knows no series
    "reprinted_from",  # the sample gives it as a field; a line in a body would be part of the text
    "author_note",  # only biographies that a body ends with; the test below compares those
)


@pytest.fixture(scope="module")
def expected(root, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("expected") / "sample"
    load_corpus(root / "data/raw/sample/posts", workspace, source="sample", keep_names=True)
    return workspace


@pytest.fixture(scope="module", params=["pages", "posts alone", "export", "takeout"])
def found(request, root, tmp_path_factory):
    """Return the workspace of the blog in one of its forms."""
    articles = sample.articles(root)
    folder = tmp_path_factory.mktemp("raw")
    workspace = tmp_path_factory.mktemp("found") / "sample"
    if request.param == "export":
        blogger.export(articles, folder / "blog-01-02-2023.xml")
    elif request.param == "takeout":
        blogger.takeout(articles, folder / "feed.atom")
    else:
        blogger.render(articles, folder)
        if request.param == "posts alone":
            for file in folder.rglob("*.html"):
                if "20" not in file.parts[len(folder.parts)] or file.name == "index.html":
                    file.unlink()
    load_corpus(folder, workspace, source="sample", keep_names=True)
    return workspace


def test_every_post_comes_back(expected, found):
    assert compare.differences(expected, found, not_carried=NOT_CARRIED) == []


def test_biographies_come_back(root, found):
    notes = dict(table(found, "posts")[["title", "author_note"]].itertuples(index=False))
    carried = {article.title: article.author_note for article in sample.articles(root) if blogger.carries_biography(article)}
    assert len(carried) >= 5
    assert {title: notes[title] for title in carried} == carried
