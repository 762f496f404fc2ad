"""The sample laid out as a Weebly blog comes back as the sample."""

import pytest
from render.compare import differences
from render.sample import articles
from render.weebly import biography, render

from discourse import load_corpus, table
from discourse.load import load

NOT_CARRIED = (
    "author_note",  # a biography is a paragraph like any other: those that read as one come back, as another test asserts
    "categories_raw",  # pages of categories hold sets of posts: what is in them is asserted, not their order within a post
    "tags", "series", "reprinted_from",  # Weebly has no place for them
)  # fmt: skip


@pytest.fixture(scope="module")
def workspaces(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("weebly")
    render(articles(root), folder / "www.example.org")
    load_corpus(folder, folder.parent / "weebly-workspace", source="sample", keep_names=True)
    load_corpus(root / "data" / "raw" / "sample", folder.parent / "markdown-workspace", source="sample", keep_names=True)
    return folder.parent / "markdown-workspace", folder.parent / "weebly-workspace"


def test_every_post_comes_back_field_by_field(workspaces):
    assert differences(*workspaces, not_carried=NOT_CARRIED) == []


def by_title(workspace, column):
    posts = table(workspace, "posts")
    return dict(zip(posts["title"], posts[column], strict=True))


def test_categories_come_back_from_the_pages_that_list_them(workspaces):
    expected, found = ({title: set(names) for title, names in by_title(w, "categories_raw").items()} for w in workspaces)
    assert found == expected


def test_biographies_come_back(workspaces, root):
    printed = {article.title: biography(article) for article in articles(root)}
    assert sum(map(bool, printed.values())) > 5
    found = by_title(workspaces[1], "author_note")
    assert {title: note for title, note in found.items() if isinstance(note, str)} == {t: note for t, note in printed.items() if note}


def test_every_page_is_accounted_for_and_nothing_is_missing(root, tmp_path):
    site = render(articles(root), tmp_path)
    loaded = load(tmp_path)
    assert loaded.problems() == []
    assert {file.path: file.reason for file in loaded.files if file.outcome != "post"} == dict.fromkeys(
        ("index.html", "contact.html"), "a page of the site, not of its blog"
    )
    assert len(loaded.files) == len(site) - 1
    assert (loaded.source["title"], loaded.source["url"]) == ("Wire and Wall", "https://www.example.org/blog")


def test_a_category_whose_pages_are_not_there_is_said(root, tmp_path):
    site = render(articles(root), tmp_path)
    for path in site:
        if path.startswith("/blog/category/spyware"):
            (tmp_path / f"{path[1:]}.html").unlink()
    loaded = load(tmp_path)
    assert loaded.missing_listings == ["Spyware"]
    assert all("Spyware" not in (post.categories or []) for post in loaded.posts)


def test_the_order_of_days_is_settled_without_a_day_above_12(root, tmp_path):
    """Only posts of the first days of a month: the share buttons tell the months."""
    early = [article for article in articles(root) if article.published.day <= 12 and article.published.day != article.published.month]
    for article in early:
        article.comments = []
    render(early, tmp_path)
    loaded = load(tmp_path)
    assert loaded.source["date_order_from"] == "dates known from elsewhere on the blog"
    assert {post.title: post.published for post in loaded.posts} == {article.title: article.published for article in early}
