"""The sample laid out as a WordPress blog, in two themes and as REST answers, comes back as the sample."""

import pytest
from render.compare import differences
from render.sample import articles
from render.wordpress import BASE, BLOCKS, CLASSIC, pages, render, render_rest, rest

from discourse import load_corpus, table
from discourse.load import load

NOT_CARRIED = ("reprinted_from",)  # WordPress has no field for it, and a line in the body would be text
NOT_CARRIED_BY_REST = ("reprinted_from", "author_note")  # nor do its answers hold the author's box


def compare(root, folder, not_carried):
    loaded, expected = folder.parent / "found", folder.parent / "expected"
    load_corpus(folder, loaded, source="sample", keep_names=True)
    load_corpus(root / "data" / "raw" / "sample", expected, source="sample", keep_names=True)
    return differences(expected, loaded, not_carried=not_carried)


@pytest.mark.parametrize("theme", [CLASSIC, BLOCKS])
def test_pages_come_back_field_by_field(root, tmp_path, theme):
    render(articles(root), tmp_path / "site", theme=theme)
    assert compare(root, tmp_path / "site", NOT_CARRIED) == []


def test_rest_answers_come_back_field_by_field(root, tmp_path):
    render_rest(articles(root), tmp_path / "site")
    assert compare(root, tmp_path / "site", NOT_CARRIED_BY_REST) == []


@pytest.mark.parametrize("theme", [CLASSIC, BLOCKS])
def test_every_page_is_accounted_for(root, tmp_path, theme):
    sample = articles(root)
    render(sample, tmp_path, theme=theme)
    loaded = load(tmp_path)
    assert len(loaded.posts) == len(sample)
    assert len(loaded.files) == len(pages(sample, theme=theme))
    assert {file.outcome for file in loaded.files} == {"post"}
    assert [post.problems for post in loaded.posts if post.problems] == []
    assert (loaded.source["title"], loaded.source["url"]) == ("Wire and Wall", f"{BASE}/")
    assert loaded.source["categories"] == sorted({name for article in sample for name in article.categories})


def test_lists_alone_give_cut_posts_with_their_categories(root, tmp_path):
    sample = articles(root)
    for path, data in pages(sample).items():
        if path == "/" or path.startswith("/page/"):
            (tmp_path / f"home-{path.strip('/').replace('/', '-')}.html").write_bytes(data)
    posts = load(tmp_path).posts
    assert {post.title: (post.published, post.categories, post.tags, post.cut) for post in posts} == {
        article.title: (article.published, article.categories, article.tags, True) for article in sample
    }


def test_pages_and_answers_of_one_blog_meet(root, tmp_path):
    sample = articles(root)
    render(sample, tmp_path / "pages", theme=BLOCKS)
    render_rest(sample, tmp_path / "rest")
    load_corpus(tmp_path, tmp_path.parent / "workspace", source="sample")
    assert len(table(tmp_path.parent / "workspace", "posts")) == len(sample)


def test_paths_are_those_of_wordpress(root):
    sample = articles(root)
    assert {"/", "/page/2/", "/category/accountability/", "/2015/07/13/invoice-to-khartoum/"} <= set(pages(sample))
    assert len(rest(sample)) == 11
