"""What is downloaded is what the program writes and verify accepts; on paper every figure is there and nothing that can only be pressed."""

import io
import re
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from discourse import verify
from discourse.pipeline.figures import drawn
from discourse.report import browser, printed

NAMES = ["trends", "themes_by_category", "word_cloud", "accuracy"]
A4 = (595, 842)  # points
PRESSED = [
    "Previous",
    "Next",
    "Show all",
    "Picture (SVG)",
    "Numbers (CSV)",
    "Passport (JSON)",
    "Close",
    "To the summary",
    "Scripts are off",
    "Press a mark",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["svg", "csv", "json"])
def test_a_download_is_the_figures_file_and_verifies(report, reading, tmp_path, name, kind):
    file = tmp_path / f"{name}.{kind}"
    with reading(report.page) as reader:
        with reader.page.expect_download() as begun:
            reader.page.locator(f"#{name} .file[data-kind={kind}]").click()
        assert begun.value.suggested_filename == f"sample_{name}_{drawn(report.measured, name).id}.{kind}"
        begun.value.save_as(file)
    assert file.read_bytes() == drawn(report.measured, name).as_files()[kind]
    if name == NAMES[1]:
        assert verify(str(file), workspace=report.measured.workspace).verdict == "same"


@pytest.fixture(scope="module")
def paper(report):
    """Return the printed report, and the text of each of its pages."""
    printout = PdfReader(io.BytesIO(printed(report.page, browser())))
    return printout, [normalize("NFKC", page.extract_text()) for page in printout.pages]


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_every_figure_is_on_paper_with_its_title_and_its_table(paper, report, reading):
    pages = [squeezed(text) for text in paper[1]]
    with reading(report.page) as reader:
        figures = reader.figures()
        told = reader.do(
            "() => [...document.querySelectorAll('.plate')].map((one) => [one.id, one.querySelector('h3').textContent, one.querySelector('tbody th').textContent])"
        )
    assert len(told) == 19
    for slug, question, row in told:
        shown = [k for k, text in enumerate(pages) if f"discoursetrace{figures[slug]['id']}" in text]  # stands in the picture alone
        assert len(shown) == 1, slug
        assert squeezed(question) in pages[shown[0]], slug
        assert any(squeezed(row) in text for text in pages[shown[0] : shown[0] + 2]), slug


def test_the_paper_is_a4_and_its_pages_are_numbered(paper):
    printout, texts = paper
    for n, (page, text) in enumerate(zip(printout.pages, texts, strict=True), start=1):
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == pytest.approx(A4, abs=1)
        assert f"{n} / {len(texts)}" in text
    assert 10 < len(texts) < 60
    assert [one.title for one in printout.outline if not isinstance(one, list)]


def test_nothing_that_can_only_be_pressed_is_on_paper(paper):
    assert [(n, word) for n, text in enumerate(paper[1], start=1) for word in PRESSED if word in text] == []
