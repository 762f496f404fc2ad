"""The list of pages and figures: everything is there, everything is escaped, nothing needs a network."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import nbformat
import pytest
from PIL import Image

from discourse.report import write_index

NASTY = '"><script>alert(1)</script>&amp;'
MADE = {"Corpus": f"A corpus {NASTY}", "Snapshot": "0123456789ab"}
ALONE = {"meta", "link", "img", "br", "hr", "input"}


class Outline(HTMLParser):
    """Tags in order, headings, and whether what is opened is closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.attributes, self.text = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


def notebook(folder, name, title, question):
    cell = nbformat.v4.new_markdown_cell(f"# {title}\n\n**{question}** In: a workspace.")
    folder.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{name}.ipynb")


def figure(folder, name, passport=None, alt=None, size=(1500, 900)):
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "white").save(folder / f"{name}.png")
    (folder / f"{name}.csv").write_text("mark\n", encoding="utf-8")
    if passport is not None:
        (folder / f"{name}.json").write_text(passport if isinstance(passport, str) else json.dumps(passport), encoding="utf-8")
    if alt is not None:
        (folder / f"{name}.txt").write_text(alt, encoding="utf-8")


@pytest.fixture
def made(tmp_path):
    """Return a function that writes the index of a folder with two pages and some figures, and returns its text."""

    def make(questions=None, title="Corpus"):
        book, out = tmp_path / "notebooks", tmp_path / "out"
        notebook(book, "01_a", "1 · First", "Which posts?")
        notebook(book, "02_b", f"2 {NASTY}", f"Who {NASTY}?")
        notebook(book, "03_c", "3 · Not run", "What?")
        out.mkdir(exist_ok=True)
        for name in ("01_a", "02_b", "old_page"):
            (out / f"{name}.html").write_text("<p>", encoding="utf-8")
        path = write_index(out, notebooks=book, questions=questions or {}, made_with=MADE, title=title)
        return path.read_text(encoding="utf-8")

    return make


def test_pages_that_were_made_are_listed_in_order(made):
    page = made()
    assert re.findall(r'<li><h3><a href="(\w+\.html)">', page) == ["01_a.html", "02_b.html"]
    assert "Which posts?" in page
    assert "Not run" not in page


def test_figures_stand_in_the_order_of_the_charts_with_question_alt_text_identifier_and_files(made, tmp_path):
    folder = tmp_path / "out" / "figures"
    figure(
        folder, "zeta", {"name": "Zeta's title", "description": "Three bars.", "identifier": "AB12-CD34", "discourse": {"chart": "zeta"}}
    )
    figure(folder, "alpha", alt="Two dots.")
    figure(folder, "zeta-AB12-CD35", {"name": "Zeta again", "identifier": "AB12-CD35", "discourse": {"chart": "zeta"}})
    figure(folder, "stray", "{no json")
    page = made({"zeta": "When?", "alpha": "Where?"})
    titles = re.findall(r'<h3 id="figure-\d+">(.*?)</h3>', page)
    assert titles == ["Zeta&#39;s title", "Zeta again", "Alpha", "Stray"]
    assert [re.search(r'alt="(.*?)"', part)[1] for part in page.split("<article")[1:]] == [
        "Three bars.",
        "Zeta again",
        "Two dots.",
        "Stray",
    ]
    first = page.split("<article")[1]
    for part in (
        "When?",
        "AB12-CD34",
        'href="figures/zeta.png"',
        'href="figures/zeta.csv"',
        'href="figures/zeta.json"',
        'width="640" height="384"',
    ):
        assert part in first
    assert "zeta.svg" not in page


def test_everything_is_escaped(made, tmp_path):
    figure(tmp_path / "out" / "figures", "a&b", {"name": NASTY, "description": NASTY, "identifier": NASTY, "discourse": {"chart": "a"}})
    page = made({"a": NASTY}, title=NASTY)
    assert "<script" not in page
    assert 'href="figures/a%26b.png"' in page
    outline = Outline(page)
    assert outline.open == []
    assert not [name for _, some in outline.attributes for name in some if name.startswith("on")]


def test_nothing_is_fetched(made, tmp_path):
    figure(tmp_path / "out" / "figures", "a", {"name": "A"})
    outline = Outline(made())
    for tag, some in outline.attributes:
        for key in ("src", "href"):
            assert not some.get(key, "").startswith(("http", "//", "/", "file")), (tag, some)
    (policy,) = [some["content"] for tag, some in outline.attributes if some.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "style" not in [key for _, some in outline.attributes for key in some]


def test_the_policy_allows_the_style_that_is_there(made):
    import base64
    import hashlib

    page = made()
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in page


def test_landmarks_headings_and_a_small_screen(made, tmp_path):
    figure(tmp_path / "out" / "figures", "a", {"name": "A"})
    outline = Outline(made())
    assert outline.open == []
    for tag in ("header", "main", "footer", "h1"):
        assert outline.tags.count(tag) == 1
    levels = [int(tag[1]) for tag in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert ("html", {"lang": "en"}) in outline.attributes
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in outline.attributes
    names = [some["id"] for _, some in outline.attributes if "id" in some]
    assert len(names) == len(set(names))
    assert {some["aria-labelledby"] for _, some in outline.attributes if "aria-labelledby" in some} <= set(names)


def test_it_says_what_it_was_made_with(made):
    page = made()
    assert '<meta name="discourse.snapshot" content="0123456789ab">' in page
    assert "<dt>Snapshot</dt><dd>0123456789ab</dd>" in page


def test_the_same_folder_gives_the_same_bytes(made, tmp_path):
    figure(tmp_path / "out" / "figures", "a", {"name": "A"})
    assert made() == made()


def test_an_empty_folder_says_so(tmp_path):
    notebook(tmp_path / "n", "01_a", "A", "Why?")
    page = write_index(tmp_path / "out", notebooks=tmp_path / "n", questions={}, made_with={}, title="T").read_text(encoding="utf-8")
    assert "There is no page yet." in page
    assert "There is no figure yet." in page
