"""The page of a report: whatever a post says stands in it as text, nothing is fetched, and only its own script runs."""

import base64
import hashlib
import json
import re

import pytest

from discourse.report import Chapter, Document, Evidence, Plate, Post, Row, Summary, rendered, web_address

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360"><text>9</text></svg>'
HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><script>alert(1)</script>", "<!-- <script>", "{{ 7 * 7 }}",
    "{% raw %}", "&lt;b&gt;", "' onload='alert(1)", "]]>", "a\u2028b", "\u202eevil", "=HYPERLINK('x')", "__proto__",
]  # fmt: skip


def page_of(text, address="https://example.org/a"):
    """Return a page in which every place that comes from a post holds one text."""
    row = Row(text, text, [text, "1.0%"], "sentences", 1, text, "2020", "author")
    plate = Plate(
        slug="trends", question=text, title=text, alt=text, identifier="ABCD-EFGH", picture=SVG, columns=["Evidence", "Estimate"],
        rows=[row] * 15, places=[(0, (0.1, 0.2, 0.0, 0.0))], left_out="", csv=text,
    )  # fmt: skip
    document = Document(
        title=text, source=text, span=text, notices=[text], words=[(text, text)], where=text, summary=[Summary(text, text, [(text, "trends", 0), (text, "", -1)], [("trends", text)])],
        posts=[Post(text, text, text, [text], address, text, (text, text, text))], posts_rule=text, categories=[(text, text)],
        chapters=[Chapter(text, [plate])], filters={"category": [text], "year": ["2020"]}, method=[(text, text)], masked=text,
        made_with={"Corpus": text},
    )  # fmt: skip
    evidence = Evidence(
        posts=[(text, "2020-01-01", text, [text], address)],
        texts=[text],
        things=[[0, 0, 0, 1, 0, 0, 0, 0]],
        behind={"trends": [[0]] * 15},
        said=text,
    )
    return rendered(document, evidence)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_post_says_stands_in_the_page_as_text(text):
    from lxml import html

    page, plain = page_of(text), page_of("plain")
    tags = re.compile(r"<(/?[a-zA-Z!][^\s>/]*)")
    assert tags.findall(page) == tags.findall(plain)
    tree = html.document_fromstring(page)
    assert tree.xpath("//h1")[0].text_content() == " ".join(text.split()) or tree.xpath("//h1")[0].text_content() == text
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    held = json.loads(re.search(r'id="store">(.*?)</script>', page, re.DOTALL)[1])
    assert held["texts"] == [text]
    assert json.loads(re.search(r'id="figures">(.*?)</script>', page, re.DOTALL)[1])[0]["rows"][0][1] == text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,<script>", "//example.org", "file:///etc/passwd", "JaVaScRiPt:x", " ", "http:", "ftp://a"],
)
def test_only_addresses_of_the_web_are_linked(address):
    from lxml import html

    assert web_address(address) == ""
    linked = html.document_fromstring(page_of("plain", address)).xpath("//a/@href")
    assert all(href.startswith("#") for href in linked)
    assert "https://example.org/a" in html.document_fromstring(page_of("plain")).xpath("//a/@href")


def test_the_policy_lets_nothing_be_fetched_and_only_this_script_and_style_hold():
    page = page_of("plain")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    for kind, text in (
        ("style", re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]),
        ("script", re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert not re.findall(r'\b(?:src|srcset|poster|action|formaction)="(?!data:)', page)
    assert not re.findall(r"<(?:link|iframe|object|embed|base|form [^>]*action)\b", page)


def test_its_script_makes_no_markup_of_text_and_asks_for_nothing(root):
    script = (root / "src" / "discourse" / "resources" / "report" / "report.js").read_text(encoding="utf-8")
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttpRequest|WebSocket|import\(|localStorage",
        script,
    )


def test_the_first_rows_stand_in_the_page_before_its_script_runs():
    from lxml import html

    tree = html.document_fromstring(page_of("plain"))
    assert len(tree.xpath("//table[@class='numbers']/tbody/tr")) == 12
    assert "The first 12 of 15 rows." in tree.text_content()
    assert tree.xpath("//img")[0].get("alt") == "plain"
    assert tree.xpath("//noscript")
