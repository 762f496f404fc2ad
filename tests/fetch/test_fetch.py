"""The crawl against a server on this machine: what it finds, what it refuses, and what is left when it is killed."""

import gzip
import io
import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict

import pytest
from render import server
from render.server import serving
from warcio.archiveiterator import ArchiveIterator

from discourse.errors import FetchError
from discourse.fetch import Job, fetch
from discourse.fetch.links import in_scope, links, normal
from discourse.fetch.polite import refused

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"


def page(title, *targets):
    return PAGE.format(title, "".join(f'<a href="{target}">{target}</a> ' for target in targets)).encode()


def blog(_base):
    return {"/": page("Home", "/a", "/b", "/bad"), "/a": page("A", "/"), "/b": page("B", "/c"), "/c": page("C")}


def crawled(folder, site, **bounds):
    job = Job("blog", [f"{site.base}/"], loopback=True, **{"delay": 0, "pause": 0.02, "retries": 2, **bounds})
    return fetch(job, folder, progress=lambda done, of: None)


def kept(folder):
    """Return url -> bodies kept with status 200, oldest first; every record of every archive is read to its end."""
    found = {}
    for file in sorted(folder.glob("*.warc.gz")):
        for record in ArchiveIterator(io.BytesIO(file.read_bytes()), check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                found.setdefault(record.rec_headers.get_header("WARC-Target-URI"), []).append(body)
    return found


def reasons(outcome, site):
    return {failure["url"].removeprefix(site.base): failure["reason"].replace(site.base, "") for failure in outcome["failed"]}


def test_every_page_is_kept_once_with_its_bytes(tmp_path):
    with serving(blog) as site:
        site.pages["/bad"] = page("Bad")
        outcome = crawled(tmp_path, site)
        assert kept(tmp_path) == {site.base + path: [body] for path, body in site.pages.items()}
    assert (outcome["new"], outcome["pending"], outcome["failed"]) == (5, 0, [])
    assert sorted(site.asked) == ["/", "/a", "/b", "/bad", "/c", "/robots.txt"]
    assert all(agent.startswith("discourse/") for agent in site.agents)
    manifest = json.loads((tmp_path / "crawl.json").read_text(encoding="utf-8"))
    assert {version["url"] for version in manifest["versions"]} == {site.base + path for path in site.pages}


def test_the_contact_is_sent_and_must_be_given_for_other_machines(tmp_path):
    with serving(blog) as site:
        crawled(tmp_path, site, contact="ann@example.org")
    assert {agent.partition(" ")[2] for agent in site.agents} == {"(+ann@example.org)"}
    for contact in ("", " ", "x"):
        with pytest.raises(FetchError, match="--contact"):
            fetch(Job("blog", ["https://www.example.org/"], contact=contact), tmp_path, progress=lambda done, of: None)


def test_a_second_run_keeps_what_is_new_edited_and_removed_beside_what_stood_there(tmp_path):
    with serving(blog) as site:
        crawled(tmp_path, site)
        old = site.pages["/c"]
        site.pages |= {"/c": page("C, corrected", "/d"), "/d": page("D")}
        del site.pages["/a"]
        outcome = crawled(tmp_path, site)
        found = kept(tmp_path)
        assert found[f"{site.base}/c"] == [old, site.pages["/c"]]
        assert found[f"{site.base}/a"] == [page("A", "/")]
        assert (outcome["run"], outcome["new"]) == (2, 1)
        assert outcome["edited"] == [f"{site.base}/c"]
        assert outcome["removed"] == [f"{site.base}/a"]
        again = crawled(tmp_path, site)
        assert (again["new"], again["edited"], again["removed"]) == (0, [], [])
        assert kept(tmp_path) == found


def test_a_page_whose_markup_alone_changed_is_not_edited(tmp_path):
    with serving(lambda base: {"/": b"<html><body>Text<script>token=1</script></body></html>"}) as site:
        crawled(tmp_path, site)
        site.pages["/"] = b"<html><body>Text<script>token=2</script></body></html>"
        assert crawled(tmp_path, site)["edited"] == []


BAD = {
    "500s": ({"/bad": server.status(500)}, {"/bad": "answered with status 500"}),
    "500s that end": ({"/bad": server.failing(2, 503, page("Bad"))}, {}),
    "429 that ends": ({"/bad": server.failing(1, 429, page("Bad"), Retry_After="1")}, {}),
    "429 for an hour": ({"/bad": server.status(429, Retry_After="3600")}, {"/bad": "the site asks to wait 3600 s (status 429)"}),
    "slow drip": ({"/bad": server.drip}, {"/bad": "took more than 1.5 s"}),
    "redirect loop": (
        {"/bad": server.redirect("/worse"), "/worse": server.redirect("/bad")},
        {"/worse": "redirects in a circle"},
    ),
    "redirect to itself": ({"/bad": server.redirect("/bad")}, {"/bad": "redirects in a circle"}),
    "endless redirects": (
        {f"/bad{'x' * n}": server.redirect(f"/bad{'x' * (n + 1)}") for n in range(20)},
        {f"/bad{'x' * 10}": "the 11th redirect in a row; not followed"},
    ),
    "redirect to a private address": (
        {"/bad": server.redirect("http://10.0.0.1/admin")},
        {"/bad": "redirects to http://10.0.0.1/admin: 10.0.0.1 is not an address of the public internet"},
    ),
    "redirect to the metadata of a cloud": (
        {"/bad": server.redirect("http://169.254.169.254/latest")},
        {"/bad": "redirects to http://169.254.169.254/latest: 169.254.169.254 is not an address of the public internet"},
    ),
    "redirect to another site": (
        {"/bad": server.redirect("https://example.org/")},
        {"/bad": "redirects to https://example.org/, which is outside of what is fetched"},
    ),
    "redirect to a file": ({"/bad": server.redirect("file:///etc/passwd")}, {"/bad": "redirects to file:///etc/passwd, which is outside of what is fetched"}),
    "2 GB that are announced": ({"/bad": server.huge}, {"/bad": "larger than 1,000,000 bytes"}),
    "2 GB that are not": ({"/bad": lambda handler: server.huge(handler, told=False)}, {"/bad": "larger than 1,000,000 bytes"}),
    "gzip bomb": ({"/bad": server.bomb}, {"/bad": "unpacks to more than 1,000,000 bytes"}),
    "deleted": ({}, {"/bad": "answered with status 404"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_goes_wrong_ends_in_a_clear_line_and_the_rest_is_saved(tmp_path, name):
    rules, expected = BAD[name]
    with serving(blog) as site:
        site.rules = dict(rules)
        outcome = crawled(tmp_path, site, timeout=1.5, most_bytes=1_000_000, longest_wait=5)
        assert reasons(outcome, site) == expected
        good = {f"{site.base}{path}" for path in ("/", "/a", "/b", "/c")}
        assert good <= set(kept(tmp_path))
        assert outcome["pending"] == 0


def test_robots_are_obeyed(tmp_path):
    with serving(blog) as site:
        site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /b\n"
        outcome = crawled(tmp_path, site)
        assert reasons(outcome, site) == {"/b": "forbidden by robots.txt", "/bad": "forbidden by robots.txt"}
        assert set(kept(tmp_path)) == {f"{site.base}/", f"{site.base}/a"}
        assert "/b" not in site.asked


def test_a_robots_file_that_fails_forbids_everything(tmp_path):
    with serving(blog) as site:
        site.rules = {"/robots.txt": server.status(503)}
        outcome = crawled(tmp_path, site)
        assert reasons(outcome, site) == {"/": "robots.txt answered with status 503, so nothing may be fetched"}
        assert "/" not in site.asked


@pytest.mark.parametrize("rule", [server.status(503, Retry_After="3600"), server.huge, server.drip], ids=["wait", "huge", "slow"])
def test_a_robots_file_that_cannot_be_read_forbids_everything(tmp_path, rule):
    with serving(blog) as site:
        site.rules = {"/robots.txt": rule}
        outcome = crawled(tmp_path, site, timeout=1, most_bytes=1_000_000, longest_wait=5)
        assert "so nothing may be fetched" in reasons(outcome, site)["/"]
        assert (set(site.asked), outcome["kept"]) == ({"/robots.txt"}, 0)


def test_a_robots_file_that_has_moved_is_followed(tmp_path):
    with serving(blog) as site:
        site.pages["/rules.txt"] = b"User-agent: *\nDisallow: /b\n"
        site.rules = {"/robots.txt": server.redirect("/rules.txt", 301)}
        crawled(tmp_path, site)
        assert set(kept(tmp_path)) == {f"{site.base}/", f"{site.base}/a"}


def test_a_crawl_delay_is_kept(tmp_path):
    with serving(blog) as site:
        site.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.4\n"
        started = time.monotonic()
        crawled(tmp_path, site)
    assert time.monotonic() - started > 4 * 0.4


def test_a_site_that_asks_again_and_again_to_wait_is_left_until_then(tmp_path):
    names = [f"/{n}" for n in range(30)]
    with serving(lambda base: {"/": page("Home", *names)}) as site:
        site.rules = dict.fromkeys(names, server.status(429, Retry_After="3600"))
        outcome = crawled(tmp_path, site)
        assert (outcome["stopped"], outcome["pending"] > 20) == ("the site asks to wait 3600 s", True)
        asked = len(site.asked)
        assert asked < 10
        with pytest.raises(FetchError, match="asked to wait until"):
            crawled(tmp_path, site)
        assert len(site.asked) == asked


def test_a_site_that_goes_down_is_left_and_the_run_goes_on_later(tmp_path):
    names = [f"/{n}" for n in range(30)]
    with serving(lambda base: {"/": page("Home", *names), **{name: page(f"Post {name}") for name in names}}) as site:
        site.rules = dict.fromkeys(names[5:], server.status(503))
        outcome = crawled(tmp_path, site, retries=0)
        assert outcome["stopped"] == "the site failed 10 times in a row"
        assert (outcome["failed"], outcome["pending"] + outcome["kept"]) == ([], 31)
        site.rules = {}
        again = crawled(tmp_path, site)
        assert (again["run"], again["pending"], again["stopped"]) == (1, 0, "")
        assert all(len(bodies) == 1 for bodies in kept(tmp_path).values())


def test_a_page_whose_charset_is_none_is_kept_and_does_not_hold_up_the_run(tmp_path):
    with serving(lambda base: {"/": page("Home", "/a", "/b"), "/b": page("B")}) as site:
        site.rules = {"/a": lambda handler: server.send(handler, 200, page("A", "/c"), kind="text/html; charset=hex")}
        site.pages["/c"] = page("C")
        outcome = crawled(tmp_path, site)
        assert (outcome["pending"], outcome["failed"]) == (0, [])
        assert {url.removeprefix(site.base) for url in kept(tmp_path)} == {"/", "/a", "/b", "/c"}


def test_a_feed_leads_to_its_posts_and_is_not_edited_by_being_made_anew(tmp_path):
    feed = "<?xml version='1.0'?><rss><channel><link>{base}/</link><lastBuildDate>{when}</lastBuildDate><item><link>{base}/only-here</link></item></channel></rss>"
    with serving(
        lambda base: {"/": page("Home", "/feed"), "/feed": feed.format(base=base, when="Monday").encode(), "/only-here": page("Post")}
    ) as site:
        crawled(tmp_path, site)
        assert f"{site.base}/only-here" in kept(tmp_path)
        site.pages["/feed"] = feed.format(base=site.base, when="Tuesday").encode()
        assert crawled(tmp_path, site)["edited"] == []


def test_a_date_corrected_in_the_head_is_an_edit(tmp_path):
    head = '<html><head><meta property="article:published_time" content="{}"></head><body>Text</body></html>'
    with serving(lambda base: {"/": head.format("2020-01-02").encode()}) as site:
        crawled(tmp_path, site)
        site.pages["/"] = head.format("2019-01-02").encode()
        assert crawled(tmp_path, site)["edited"] == [f"{site.base}/"]


def test_a_folder_holds_one_site(tmp_path):
    with serving(blog) as site:
        crawled(tmp_path, site)
        with pytest.raises(FetchError, match="choose another folder"):
            fetch(Job("blog", [f"http://localhost:{site.port}/"], loopback=True), tmp_path, progress=lambda done, of: None)


def test_a_folder_with_odd_letters_that_is_renamed_goes_on(tmp_path):
    with serving(blog) as site:
        for name in ("blog [2020]", "other*"):
            folder = tmp_path / name
            if name == "other*":
                (tmp_path / "blog [2020]").rename(folder)
            job = Job(folder.name, [f"{site.base}/"], loopback=True, delay=0, pause=0.02, retries=0)
            fetch(job, folder, progress=lambda done, of: None)
            archive = next(folder.glob("*.warc.gz"))
            with archive.open("ab") as out:
                out.write(archive.read_bytes()[:200])  # as a kill leaves it
        fetch(job, folder, progress=lambda done, of: None)
        assert {url.removeprefix(site.base) for url in kept(folder)} == {"/", "/a", "/b", "/c"}
        assert len(list((folder / ".fetch" / "cut").iterdir())) == 1


def test_a_full_disk_leaves_no_torn_archive(tmp_path):
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); import discourse.fetch.spider as s; s.main()"
    chance = random.Random(3)
    big = {f"/{n}": page("Post", "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=120_000))) for n in range(4)}
    with serving(lambda base: {"/": page("Home", *big), **big}) as site:
        job = Job("blog", [f"{site.base}/"], loopback=True, delay=0, pause=0.02, retries=0)
        given = json.dumps({"job": asdict(job), "folder": str(tmp_path)})
        done = subprocess.run([sys.executable, "-c", limited, given], capture_output=True, text=True, check=False)
        outcome = json.loads(done.stdout.splitlines()[-1])["outcome"]
        assert "cannot be kept" in outcome["stopped"]
        assert outcome["pending"] > 0
        few = len(kept(tmp_path))
        after = fetch(job, tmp_path, progress=lambda done, of: None)
        assert (after["pending"], few < len(kept(tmp_path)) == 5) == (0, True)


def test_a_crawl_ends_when_nobody_listens_any_more(tmp_path):
    names = [f"/{n}" for n in range(200)]
    with serving(lambda base: {"/": page("Home", *names), **{name: page(f"Post {name}") for name in names}}) as site:
        job = Job("blog", [f"{site.base}/"], loopback=True, delay=0.05, pause=0.02)
        given = json.dumps({"job": asdict(job), "folder": str(tmp_path), "watched": True})
        with subprocess.Popen(
            [sys.executable, "-m", "discourse.fetch", given], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as process:
            while len(site.asked) < 5:
                time.sleep(0.05)
            process.stdin.close()
            assert process.wait(timeout=10) == 1
        asked = len(site.asked)
        time.sleep(0.5)
        assert len(site.asked) == asked < 150


def test_an_endless_calendar_is_left(tmp_path):
    with serving(blog) as site:
        site.pages["/"] = page("Home", "/a", "/b", "/calendar/1")
        site.rules = {"/calendar/*": server.calendar}
        outcome = crawled(tmp_path, site)
        assert outcome["pending"] == 0
        assert "endless calendar" in next(iter(reasons(outcome, site).values()))
        assert sum(path.startswith("/calendar/") for path in site.asked) < 40
        assert f"{site.base}/c" in kept(tmp_path)


def test_a_run_that_meets_its_bound_says_what_is_left_and_the_next_goes_on(tmp_path):
    chain = {f"/{n}": page(f"Post {n} " + "abcdefghij"[n], f"/{n + 1}") for n in range(10)}
    with serving(lambda base: {"/": page("Home", "/0"), **chain}) as site:
        outcome = crawled(tmp_path, site, most_pages=4)
        assert outcome["pending"] > 0
        after = crawled(tmp_path, site)
        assert (after["run"], after["pending"]) == (1, 0)
        assert all(len(bodies) == 1 for bodies in kept(tmp_path).values())
        assert len(kept(tmp_path)) == 11


def test_depth_is_bounded(tmp_path):
    chain = {f"/{n}": page(f"Post {n} " + "abcdefghij"[n], f"/{n + 1}") for n in range(10)}
    with serving(lambda base: {"/": page("Home", "/0"), **chain}) as site:
        outcome = crawled(tmp_path, site, most_depth=3)
        assert len(kept(tmp_path)) == 4
        assert reasons(outcome, site) == {"/2": "3 links away from the start; its own links were not followed"}


def test_a_name_that_leads_to_this_machine_is_refused_without_the_flag(tmp_path):
    with serving(blog) as site:
        for host in ("localhost", "127.0.0.1", "[::1]", "2130706433"):
            job = Job("blog", [f"http://{host}:{site.port}/"], contact="ann@example.org", delay=0, pause=0.02, retries=1)
            outcome = fetch(job, tmp_path / host.strip("[]").replace(":", ""), progress=lambda done, of: None)
            assert "not an address of the public internet" in outcome["failed"][0]["reason"], host
        assert site.asked == []


def killed(job, folder, seconds):
    """Crawl, and kill the crawl with signal 9 after some time; return whether it was still at work."""
    given = json.dumps({"job": asdict(job), "folder": str(folder)})
    with subprocess.Popen(
        [sys.executable, "-m", "discourse.fetch", given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def test_killed_at_random_moments_it_loses_and_doubles_nothing(tmp_path, kills):
    names = [f"/{n:03d}" for n in range(60)]
    pages = {name: page(f"Post {name} {chr(97 + n % 26) * (n + 1)}", *names[n + 1 : n + 3]) for n, name in enumerate(names)}
    chance = random.Random(7)
    with serving(lambda base: {"/": page("Home", *names[:2]), **pages}) as site:
        job = Job("blog", [f"{site.base}/"], loopback=True, delay=0.01, pause=0.02)
        stopped = sum(killed(job, tmp_path, chance.uniform(0.8, 1.6)) for _ in range(kills))
        outcome = fetch(job, tmp_path, progress=lambda done, of: None)
        assert (outcome["pending"], outcome["failed"]) == (0, [])
        assert kept(tmp_path) == {site.base + path: [body] for path, body in site.pages.items()}
    assert stopped > 0


def test_two_crawls_do_not_share_a_folder(tmp_path):
    from discourse.fetch.store import Store

    store = Store(tmp_path, "blog", ["127.0.0.1", "www.127.0.0.1"])
    store.add(["http://127.0.0.1/"], depth=0)
    with serving(blog) as site, pytest.raises(FetchError, match="another crawl is at work"):
        crawled(tmp_path, site)
    store.close()


def test_archives_without_their_state_are_not_touched(tmp_path):
    archive = gzip.compress(b"WARC/1.1")
    (tmp_path / "blog-0001-0001.warc.gz").write_bytes(archive)
    with serving(blog) as site, pytest.raises(FetchError, match="knows nothing"):
        crawled(tmp_path, site)
    assert (tmp_path / "blog-0001-0001.warc.gz").read_bytes() == archive


@pytest.mark.parametrize(
    ("start", "complaint"),
    [
        (["ftp://example.org/"], "no address of a web page"),
        (["example.org"], "no address"),
        (["https://a:b@example.org/"], "without name and password"),
        (["https://a.org/", "https://b.org/"], "several sites"),
    ],
)
def test_a_start_that_is_none_is_refused(tmp_path, start, complaint):
    with pytest.raises(FetchError, match=complaint):
        fetch(Job("blog", start, contact="ann@example.org"), tmp_path, progress=lambda done, of: None)


@pytest.mark.parametrize(
    ("url", "follow", "expected"),
    [
        ("https://www.example.org/blog/a", [], True),
        ("https://example.org/blog/a", [], True),
        ("https://other.org/blog/a", [], False),
        ("https://example.org.evil.org/", [], False),
        ("https://user:word@example.org/", [], False),
        ("https://example.org:8080/", [], False),
        ("https://example.org/a.pdf", [], False),
        ("https://example.org/about", ["/blog"], False),
        ("https://example.org/blog/feed/", ["/blog"], True),
        ("https://example.org/a-post/feed/", [], False),
        ("https://example.org/1/feed", [], True),
        ("https://example.org/a?replytocom=3", [], False),
        ("https://example.org/2020/register-to-vote/", [], True),
        ("https://example.org/blog/login-details-leaked", [], True),
        ("https://example.org/login/", [], False),
        ("https://example.org/tag/amp/", [], True),
        ("https://example.org/a/amp/", [], False),
        ("https://example.org/blog/node.js", [], True),
        ("https://example.org/search?updated-max=2020-01-01&max-results=7", [], True),
        ("https://[broken/", [], False),
        ("https://example.org:99999/", [], False),
        ("mailto:ann@example.org", [], False),
    ],
)
def test_what_is_followed(url, follow, expected):
    assert in_scope(url, Job("blog", ["https://www.example.org/"], follow)) is expected


def test_links_are_found_once_and_in_order():
    html = """<link rel="alternate" type="application/rss+xml" href="/feed"><link rel=stylesheet href=/a.css>
    <a href="b">1</a><a href="/b#x">2</a><a href="http://[::1">3</a><a href="javascript:x()">4</a><a href="c?utm_source=y">5</a>"""
    job = Job("blog", ["https://example.org/"])
    assert links(html, "https://example.org/", job) == ["https://example.org/feed", "https://example.org/b", "https://example.org/c"]
    assert normal("https://Example.org") == "https://example.org/"
    assert normal("https://b\u00fccher.example:443/caf\u00e9") == normal("https://xn--bcher-kva.example/caf%c3%a9")


@pytest.mark.parametrize(
    ("host", "fine"),
    [("8.8.8.8", True), ("10.1.2.3", False), ("172.16.0.1", False), ("169.254.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
     ("::1", False), ("fe80::1", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("100.64.0.1", False), ("2606:4700::1111", True)],
)  # fmt: skip
def test_which_addresses_are_refused(host, fine):
    assert (refused(host, loopback=False) == "") is fine
