"""The sample as a WordPress export, as WordPress' RSS, as Blogger's Atom and as Weebly's RSS: the same tables come out."""

import pandas as pd
import pytest
from render import feed, wordpress_export
from render.compare import differences
from render.sample import articles

from discourse import load_corpus, table

# An export has no field for these; a biography at the end of the text is known by its words, "… is a …" (see the test below).
NOT_IN_EXPORT = ("author_note", "reprinted_from")
# A feed holds no comments, no series and neither of the above. WordPress prints categories and tags in one element.
NOT_IN_RSS = (*NOT_IN_EXPORT, "comments", "series", "categories_raw", "tags")
# Blogger has labels alone, here the sample's categories.
NOT_IN_ATOM = (*NOT_IN_EXPORT, "comments", "series", "tags")
# Weebly's items carry no categories; its editor leaves footnotes as lines of the text, in which italics, and titles with them, do not show.
NOT_IN_WEEBLY = (*NOT_IN_EXPORT, "comments", "series", "categories_raw", "tags", "notes.author", "notes.title")


@pytest.fixture(scope="module")
def sample(root):
    return articles(root)


@pytest.fixture(scope="module")
def expected(root, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("expected") / "workspace"
    load_corpus(root / "data" / "raw" / "sample", workspace, source="sample", keep_names=True)
    return workspace


@pytest.fixture(scope="module")
def exported(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    wordpress_export.render(sample, folder / "raw")
    record = load_corpus(folder / "raw", folder / "workspace", source="sample", keep_names=True)
    return folder / "workspace", record


def load(folder):
    load_corpus(folder / "raw", folder / "workspace", source="sample", keep_names=True)
    return folder / "workspace"


def test_wordpress_export(expected, exported):
    assert differences(expected, exported[0], not_carried=NOT_IN_EXPORT) == []


def test_biographies_in_the_text_of_an_export_are_carried(exported, sample):
    found = table(exported[0], "posts").set_index("title")["author_note"]
    signed = {article.title: article.author_note for article in sample if wordpress_export.is_biography(article)}
    assert len(signed) == 6
    assert {title: found[title] for title in signed} == signed


def test_what_an_export_holds_beside_posts_is_skipped_with_the_reason(exported, sample):
    skipped = exported[1]["files"][0]["skipped"]
    others = 9 * len(range(0, len(sample), 9))
    assert sum(entry["reason"] == "a guest author; read for the name" for entry in skipped) + others == len(skipped)
    assert {entry["reason"] for entry in skipped} == {
        "a draft", "private", "waiting for review", "in the trash", "protected by a password", "a page, not a post",
        "a file of the media library", "an entry of a menu", "of the type 'feedback', not a post", "a guest author; read for the name",
    }  # fmt: skip


def test_no_address_of_anyone_reaches_a_table(exported):
    workspace, record = exported
    tables = " ".join(table(workspace, name).to_csv() for name in ("posts", "sources", "notes", "comments"))
    for secret in wordpress_export.PRIVATE:
        assert secret not in tables
        assert secret not in repr(record)
    assert "Nobody may read this" not in tables
    assert "Cheap pills" not in tables


def test_wordpress_feed(sample, expected, tmp_path):
    wordpress_export.render_feed(sample, tmp_path / "raw")
    workspace = load(tmp_path)
    assert differences(expected, workspace, not_carried=NOT_IN_RSS) == []
    found = table(workspace, "posts").set_index("title")["categories_raw"]
    for article in sample:
        assert found[article.title] == list(dict.fromkeys([*article.categories, *article.tags]))


def test_blogger_feed(sample, expected, tmp_path):
    feed.render(sample, tmp_path / "raw")
    workspace = load(tmp_path)
    assert differences(expected, workspace, not_carried=NOT_IN_ATOM) == []
    assert not table(workspace, "posts")["authors"].explode().eq(feed.ACCOUNT).any()
    assert table(workspace, "sources")["categories"][0] == list(dict.fromkeys(name for article in sample for name in article.categories))


def test_weebly_feed(sample, expected, tmp_path):
    feed.render_weebly(sample, tmp_path / "raw")
    workspace = load(tmp_path)
    last = {article.title for article in sample[-10:]}
    lines = differences(expected, workspace, not_carried=NOT_IN_WEEBLY)
    assert [line for line in lines if line.partition("missing: ")[2] not in {a.title for a in sample} - last] == []
    assert pd.isna(table(workspace, "posts")["categories_raw"]).all()
