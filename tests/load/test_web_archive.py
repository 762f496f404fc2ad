"""Web archives and gzip: what is packed is read as if it lay there alone, within limits."""

import gzip
import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from discourse.errors import InputError
from discourse.load import load, web_archive
from discourse.load.reading import Document

POST = "---\ntitle: {}\ndate: 2020-01-02\n---\nThe ministry blocks websites.\n"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>B</title><item><title>{title}</title><link>{url}</link>
<pubDate>Thu, 02 Jan 2020 10:00:00 +0000</pubDate><description>{body}</description></item></channel></rss>"""


def feed(url, title="A post", body="The ministry blocks websites."):
    return FEED.format(url=url, title=title, body=body).encode()


def warc(path, *responses, packed=True):
    """Write responses given as (url, body, content type, status, date, more headers)."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        for url, body, kind, status, when, *more in responses:
            headers = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": when}
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


WHEN = "2021-05-06T07:08:09Z"


@pytest.mark.parametrize("packed", [True, False])
def test_responses_are_read_with_url_and_time(tmp_path, packed):
    name = "crawl.warc.gz" if packed else "crawl.warc"
    warc(
        tmp_path / name,
        ("https://example.org/feed", feed("https://example.org/a"), "application/rss+xml", "200 OK", WHEN),
        ("https://example.org/logo.png", b"\x89PNG", "image/png", "200 OK", WHEN),
        ("https://example.org/gone", b"gone", "text/html", "404 Not Found", WHEN),
        packed=packed,
    )
    loaded = load(tmp_path)
    assert [(p.url, p.retrieved_at, p.file) for p in loaded.posts] == [("https://example.org/a", WHEN, f"{name}#https://example.org/feed")]
    archive = loaded.files[0]
    assert (archive.outcome, archive.form, archive.posts) == ("post", "warc", 1)
    assert archive.skipped == [
        {"item": "https://example.org/logo.png", "reason": "image/png: not a format of posts"},
        {"item": "https://example.org/gone", "reason": "answered with status 404"},
    ]


def test_the_charset_that_the_server_named_counts(tmp_path):
    body = "<html><head><title>관리소</title></head><body><p>x</p></body></html>".encode("euc-kr")
    warc(tmp_path / "a.warc", ("https://example.org/a", body, "text/html; charset=euc-kr", "200 OK", WHEN), packed=False)
    archive = Document("a.warc", (tmp_path / "a.warc").read_bytes())
    entry = web_archive.File("a.warc", "")
    assert ["관리소" in document.text for document in web_archive.responses(archive, entry)] == [True]


def test_packed_content_is_unpacked_and_a_bomb_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(web_archive, "LARGEST_RESPONSE", 1_000_000)
    bomb = gzip.compress(b" " * 5_000_000)
    good = gzip.compress(feed("https://example.org/a"))
    encoding = ("Content-Encoding", "gzip")
    warc(
        tmp_path / "a.warc.gz",
        ("https://example.org/bomb", bomb, "text/html", "200 OK", WHEN, encoding),
        ("https://example.org/feed", good, "text/xml", "200 OK", WHEN, encoding),
    )
    loaded = load(tmp_path)
    assert len(loaded.posts) == 1
    assert loaded.files[0].skipped == [{"item": "https://example.org/bomb", "reason": "unpacks to more than 1 MB"}]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_off_in_the_middle_is_read_up_to_there(tmp_path, packed):
    name = "a.warc.gz" if packed else "a.warc"
    urls = [f"https://example.org/{n}" for n in range(5)]
    path = warc(tmp_path / name, *((url, feed(url, url), "text/xml", "200 OK", WHEN) for url in urls), packed=packed)
    path.write_bytes(path.read_bytes()[: -path.stat().st_size // 10])
    loaded = load(tmp_path)
    assert [p.url for p in loaded.posts] == urls[:4]
    assert ["breaks off" in item["reason"] for item in loaded.files[0].skipped] == [True]


def test_an_archive_packed_as_a_whole_is_read(tmp_path):
    url = "https://example.org/a"
    path = warc(
        tmp_path / "a.warc",
        (url, feed(url), "text/xml", "200 OK", WHEN),
        (f"{url}/b", feed(f"{url}/b"), "text/xml", "200 OK", WHEN),
        packed=False,
    )
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "a.warc.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert [p.url for p in load(tmp_path / "whole").posts] == [url, f"{url}/b"]


def test_a_later_response_of_a_url_counts(tmp_path):
    url = "https://example.org/a"
    warc(
        tmp_path / "a.warc",
        (f"{url}/feed", feed(url, body="The old text, which was longer."), "text/xml", "200 OK", "2020-05-06T07:08:09Z"),
        (f"{url}/feed", feed(url, body="The new text."), "text/xml", "200 OK", WHEN),
    )
    assert [(p.body, p.retrieved_at) for p in load(tmp_path).posts] == [("The new text.", WHEN)]


def test_what_is_no_archive_is_named(tmp_path):
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nnonsense")
    with pytest.raises(InputError, match="not one post found"):
        load(tmp_path)


def test_a_packed_file_is_unpacked(tmp_path):
    (tmp_path / "a.md.gz").write_bytes(gzip.compress(POST.format("A").encode()))
    (tmp_path / "b.md.gz").write_bytes(gzip.compress(POST.format("B").encode())[:-12])
    loaded = load(tmp_path)
    assert [(p.title, p.file) for p in loaded.posts] == [("A", "a.md")]
    assert [f.reason[:21] for f in loaded.files if f.outcome == "problem"] == ["a damaged gzip file ("]


def test_a_gzip_bomb_ends_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(web_archive, "LARGEST_UNPACKED", 1_000_000)
    (tmp_path / "a.md.gz").write_bytes(gzip.compress(b" " * 5_000_000))
    with pytest.raises(InputError, match="unpacks to more than 1 MB"):
        load(tmp_path)
