"""A crawl of a whole blog, as the platforms show it, gives the sample's tables."""

import pytest
from render import weebly, wordpress
from render.compare import differences
from render.sample import articles
from render.server import serving

from discourse import load_corpus, table
from discourse.fetch import Job, fetch

NOT_CARRIED = {  # as in the round trips of tests/load, where the reasons stand
    "weebly": {"tags", "series", "reprinted_from", "author_note", "categories_raw"},
    "wordpress": {"reprinted_from"},
}


def site_of(platform, posts, base):
    pages = {path: page if isinstance(page, bytes) else page.encode() for path, page in platform.pages(posts, base=base).items()}
    return pages | ({"/1/feed": weebly.feed(posts, base=base).encode()} if platform is weebly else {})


@pytest.mark.parametrize("platform", [weebly, wordpress], ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_crawl_finds_every_post_and_every_posts_categories(root, tmp_path, platform):
    name = platform.__name__.rpartition(".")[2]
    posts = articles(root)
    with serving(lambda base: site_of(platform, posts, base)) as site:
        start = [f"{site.base}/blog", f"{site.base}/1/feed"] if platform is weebly else [f"{site.base}/", f"{site.base}/feed/"]
        outcome = fetch(Job(name, start, loopback=True, delay=0, pause=0.02), tmp_path / "raw", progress=lambda done, of: None)
    assert outcome["pending"] == 0
    load_corpus(root / "data" / "raw" / "sample", tmp_path / "expected", source="sample", keep_names=True)
    load_corpus(tmp_path / "raw", tmp_path / "found", source="sample", keep_names=True)
    assert differences(tmp_path / "expected", tmp_path / "found", not_carried=NOT_CARRIED[name]) == []
    expected, found = (table(tmp_path / place, "posts").set_index("title")["categories"].map(set) for place in ("expected", "found"))
    assert found.to_dict() == expected.to_dict()
