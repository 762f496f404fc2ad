"""Sources by name, and the commands that fetch and list them."""

import subprocess
import sys

import pytest
from render.server import serving

import discourse
from discourse.errors import FetchError, InputError
from discourse.fetch import clone
from discourse.load import declare, declared, find_source, known_sources

READY = {"hidden-gulag": "Weebly", "hrnk-insider": "Blogger", "digitalrightswatch": "Hugo repository", "iff-archive": "Hugo repository",
         "global-voices-advox": "WordPress", "eff-deeplinks": "Drupal"}  # fmt: skip
PAGE = """<html><head><meta name="generator" content="WordPress 6.4"></head><body class="single single-post postid-{n}"><article id="post-{n}"
class="post-{n} post type-post status-publish hentry category-privacy"><h1 class="entry-title">Post {n}</h1>
<time class="entry-date published" datetime="2020-01-0{n}T10:00:00+00:00">x</time><div class="entry-content"><p>The ministry blocks websites, and
number {n} says so.</p></div><footer><a href="/category/privacy/" rel="category tag">Privacy</a></footer></article><a href="/{m}">next</a></body></html>"""


def run(*arguments, cwd):
    return subprocess.run([sys.executable, "-m", "discourse", *arguments], capture_output=True, text=True, cwd=cwd, check=False)


def test_the_sources_that_are_ready():
    known = known_sources()
    assert {name: source["platform"] for name, source in known.items()} == READY
    assert all(source["licence"] and source["url"].startswith("https://") for source in known.values())
    assert all(bool(source.get("start")) != bool(source.get("repository")) for source in known.values())


def test_an_unknown_source_suggests_the_nearest(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'eff-deeplinks'"):
        find_source("eff-deeplink")
    done = run("fetch", "hidden-gulak", "--out", "x", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "Did you mean 'hidden-gulag'?" in done.stderr
    assert not (tmp_path / "x").exists()


def test_sources_of_ones_own_stand_beside_those_that_come_with_the_project(tmp_path, monkeypatch):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "sources.toml").write_text('[mine]\nstart = ["https://example.org/"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert set(known_sources()) == {*READY, "mine"}
    assert "mine" in run("sources", cwd=tmp_path).stdout


@pytest.mark.parametrize("text", ['[a]\nstart = "https://example.org"\n', "[a]\nfollow = [1]\n", "[a]\nstrat = []\n"])
def test_a_wrong_table_is_refused(tmp_path, text):
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"sources\.toml"):
        declared(tmp_path, "a")


def test_what_is_fetched_says_where_it_is_from(tmp_path):
    declare(tmp_path / "my blog", find_source("https://blog.example.org/start"))
    assert declared(tmp_path / "my blog", "my blog") == {"title": "blog.example.org", "url": "https://blog.example.org/start"}


def test_fetch_then_load_from_the_command_line(tmp_path):
    pages = {f"/{n}": PAGE.format(n=n, m=n + 1 if n < 3 else 1).encode() for n in (1, 2, 3)}
    with serving(lambda base: pages) as site:
        arguments = ("fetch", f"{site.base}/1", "--out", "raw", "--allow-loopback", "--delay", "0")
        first, second = run(*arguments, cwd=tmp_path), run(*arguments, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Run 1: 4 pages known; 3 new, 0 edited, 0 removed at the source." in first.stdout
    assert "/category/privacy/: answered with status 404" in first.stdout
    assert "Run 2: 4 pages known; 0 new, 0 edited, 0 removed at the source." in second.stdout
    loaded = run("load", "raw", "--out", "made", cwd=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    posts = discourse.table(tmp_path / "made", "posts")
    assert posts["title"].tolist() == ["Post 1", "Post 2", "Post 3"]
    assert posts["retrieved_at"].notna().all()
    assert discourse.table(tmp_path / "made", "sources")["url"].item() == f"{site.base}/1"


def test_a_fetch_that_gets_nothing_fails(tmp_path):
    with serving(lambda base: {"/": b"Home", "/robots.txt": b"User-agent: *\nDisallow: /"}) as site:
        done = run("fetch", f"{site.base}/", "--out", "raw", "--allow-loopback", "--delay", "0", cwd=tmp_path)
    assert done.returncode == 1
    assert "forbidden by robots.txt" in done.stdout
    assert f"Nothing was fetched from {site.base}/; see above." in done.stderr


def test_without_a_contact_nothing_is_written(tmp_path):
    done = run("fetch", "https://www.example.org/", "--out", "raw", cwd=tmp_path)
    assert (done.returncode, "--contact" in done.stderr, (tmp_path / "raw").exists()) == (1, True, False)


def test_a_blog_kept_in_a_repository_is_cloned_and_brought_up_to_date(tmp_path):
    def git(*arguments):
        subprocess.run(
            ["git", "-C", str(origin), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], check=True, capture_output=True
        )

    origin = tmp_path / "origin"
    origin.mkdir()
    git("init", "-q")
    for n in (1, 2):
        (origin / f"{n}.md").write_text(f"---\ntitle: Post {n}\ndate: 2020-01-0{n}\n---\nText.\n", encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", "x")
        made = clone(str(origin), tmp_path / "raw")
        assert len(list((tmp_path / "raw" / "repository").glob("*.md"))) == n
        assert len(made["commit"]) == 40
    with pytest.raises(FetchError, match="git clone failed"):
        clone(str(tmp_path / "nothing"), tmp_path / "other")
