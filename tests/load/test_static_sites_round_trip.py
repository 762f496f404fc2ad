"""The sample laid out by generators of static sites comes back as the sample."""

import pytest
from render import static_sites
from render.compare import differences
from render.sample import articles

from discourse import load_corpus
from discourse.load import load

NOT_CARRIED = {
    "hugo": (),
    "jekyll": ("comments",),  # they stand with Disqus, giscus or Staticman, not in the post
    "mkdocs": ("comments", "author_note", "series", "reprinted_from"),  # Material has no place for them
}
LEFT_OUT = {
    "hugo": {
        "_index.md": "the page of a section, not a post",
        "about.md": "a page of the site, not a post",
        "post/_index.md": "the page of a section, not a post",
        "post/unready/index.md": "a draft",
    },
    "jekyll": {
        "_config.yml": ".yml: not a format of posts",
        "_data/authors.yml": ".yml: not a format of posts",
        "_drafts/unready.md": "a draft",
        "about.md": "a page of the site, not a post",
        "index.md": "a page of the site, not a post",
    },
    "mkdocs": {
        "blog/index.md": "the page of a section, not a post",
        "blog/posts/unready.md": "a draft",
        "index.md": "no front matter, so not a post",
    },
}


@pytest.fixture(scope="module")
def expected(root, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("sample") / "workspace"
    load_corpus(root / "data" / "raw" / "sample", workspace, source="sample", keep_names=True)
    return workspace


@pytest.mark.parametrize("generator", NOT_CARRIED)
def test_every_post_comes_back_field_by_field(generator, expected, root, tmp_path):
    folder = getattr(static_sites, generator)(articles(root), tmp_path / generator)
    load_corpus(folder, tmp_path / "workspace", source="sample", keep_names=True)
    assert differences(expected, tmp_path / "workspace", not_carried=NOT_CARRIED[generator]) == []


@pytest.mark.parametrize("generator", NOT_CARRIED)
def test_every_file_beside_the_posts_is_left_out_with_the_reason(generator, root, tmp_path):
    loaded = load(getattr(static_sites, generator)(articles(root), tmp_path))
    assert {file.path: file.reason for file in loaded.files if file.outcome != "post"} == LEFT_OUT[generator]
    assert loaded.problems() == []


@pytest.mark.parametrize(("generator", "posts"), [("hugo", "content/post"), ("jekyll", "_posts"), ("mkdocs", "docs/blog/posts")])
def test_authors_are_found_from_the_folder_of_posts_alone(generator, posts, root, tmp_path):
    sample = articles(root)
    getattr(static_sites, generator)(sample, tmp_path)
    loaded = load(tmp_path / posts)
    assert {post.title: list(zip(post.authors, post.author_roles, strict=True)) for post in loaded.posts} == {
        article.title: article.authors for article in sample
    }
