"""The sample laid out as a Ghost export and as Drupal sites comes back as it is."""

import pytest
from render import drupal, ghost
from render.compare import differences
from render.sample import articles

from discourse import load_corpus, table

NOT_CARRIED = (
    "series",  # neither platform has series
    "reprinted_from",  # the sample's are no addresses and no sentences that a page would print
)
BY_GHOST = (
    "tags",  # Ghost's one list of tags is read as categories
    "comments",  # an export holds members' comments without their names, if at all
)


@pytest.fixture(scope="module")
def expected(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("expected")
    load_corpus(root / "data" / "raw" / "sample", folder, source="sample", keep_names=True)
    return folder


def test_ghost(root, tmp_path, expected):
    ghost.render(articles(root), tmp_path / "in")
    record = load_corpus(tmp_path / "in", tmp_path / "out", source="sample", keep_names=True)
    assert differences(expected, tmp_path / "out", not_carried=NOT_CARRIED + BY_GHOST) == []
    assert record["problems"] == []
    assert [item["item"] for item in record["files"][0]["skipped"]] == ["A draft", "Soon", "A letter", "About us"]


@pytest.mark.parametrize(("style", "silent"), [("olivero", ()), ("eff", ("comments",))])
def test_drupal(root, tmp_path, expected, style, silent):
    """EFF's pages have no comments."""
    drupal.render(articles(root), tmp_path / "in", style=style)
    record = load_corpus(tmp_path / "in", tmp_path / "out", source="sample", keep_names=True)
    assert differences(expected, tmp_path / "out", not_carried=NOT_CARRIED + silent) == []
    assert record["problems"] == []
    assert [file["path"] for file in record["files"] if file["outcome"] != "post"] == ["about.html"]
    assert table(tmp_path / "out", "sources")["title"].tolist() == ["Wire and Wall"]


def test_listings_alone_give_posts_that_are_said_to_be_cut(root, tmp_path):
    (tmp_path / "in").mkdir()
    for path, page in drupal.pages(articles(root), style="eff").items():
        if path.startswith("/blog?") or path == "/blog":
            (tmp_path / "in" / f"{path.replace('/', '').replace('?', '-')}.html").write_bytes(page)
    record = load_corpus(tmp_path / "in", tmp_path / "out", source="sample", keep_names=True)
    posts = table(tmp_path / "out", "posts")
    assert len(posts) == 104
    assert set(posts["title"]) == {article.title for article in articles(root)}
    assert len(record["problems"]) == 104
