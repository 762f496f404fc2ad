"""The sample's slides as LibreOffice shows them: `pytest tests/office`. Without LibreOffice it fails and says what it needs."""

import io
import re
import shutil
import subprocess

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from discourse import draw, measure_corpus, workspaces
from discourse.export.numbers import marks_of
from discourse.pipeline.charts import CHARTS
from discourse.pipeline.charts.native import native_of
from discourse.report.slides import Front, Slide, slides

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONGEST = 300  # seconds of a conversion


@pytest.fixture(scope="module")
def soffice():
    """Return LibreOffice's program."""
    found = shutil.which("soffice")
    if found is None:
        pytest.fail("these tests need LibreOffice: install libreoffice-impress, so that soffice can be run")
    return found


@pytest.fixture(scope="module")
def figures(sample, root, tmp_path_factory):
    """Return the slides of every chart of the sample, measured with its hand codes."""
    workspace = tmp_path_factory.mktemp("office") / "sample"
    shutil.copytree(sample, workspace)
    measure_corpus(workspace, gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl", split="measure")
    tagged = workspaces.manifest(workspace)["tag"]
    names = {**tagged["framings"], **tagged["themes"]}
    made = []
    for name in CHARTS:
        drawn = draw(workspace, name)
        marks, png = marks_of(drawn.numbers), drawn.as_files()["png"]
        wide, high = Image.open(io.BytesIO(png)).size
        natives, table = native_of(name, drawn.numbers, names), (marks["columns"], marks["rows"])
        made.append(Slide(drawn.title, drawn.alt, drawn.id, picture=png, wide=wide, high=high, natives=natives, table=table))
    return made


@pytest.fixture(scope="module")
def shown(soffice, figures, tmp_path_factory):
    """Return the slides as python-pptx reads them, each with the text of its page as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("printed")
    deck = folder / "report.pptx"
    deck.write_bytes(slides(Front("The sample", "Wire and Wall", ["No change is established."], "Made with discourse."), figures))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, deck], check=True, capture_output=True, timeout=LONGEST
    )
    pages = [squeezed(page.extract_text()) for page in PdfReader(folder / "report.pdf").pages]
    return list(zip(Presentation(deck).slides, pages, strict=True))


def squeezed(text):
    return re.sub(r"\s", "", text)


def labels(chart):
    """Return what must be printed beside the marks of a chart: each label's value in its format, as the file has them."""
    for series, element in zip(chart.plots[0].series, chart._chartSpace.iterfind(f".//{C}ser"), strict=True):
        for label in element.iterfind(f"{C}dLbls/{C}dLbl"):
            value = series.values[int(label.find(f"{C}idx").get("val"))]
            form = label.find(f"{C}numFmt").get("formatCode")
            yield {"0.0%": f"{value:.1%}", "#,##0": f"{value:,.0f}", "0.00": f"{value:.2f}"}[form]


def test_every_figure_has_its_title_and_its_identifier_on_each_of_its_pages(shown, figures):
    for figure in figures:
        pages = [
            page for _, page in shown if f"discourseverify{figure.identifier}" in page and f"discoursetrace{figure.identifier}" in page
        ]
        assert pages, figure.title
        assert all(squeezed(figure.title) in page for page in pages), figure.title


def test_every_native_chart_prints_its_values_and_its_names(shown):
    n = 0
    for slide, page in shown:
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            told = list(labels(chart))
            n += len(told)
            assert told
            assert [text for text in told if text not in page] == [], slide.shapes.title.text_frame.text
            if chart._chartSpace.find(f".//{C}barDir") is not None and len(chart.plots[0].categories) <= 25:
                assert [name for name in chart.plots[0].categories if squeezed(name) not in page] == []
    assert n > 300


def test_every_kind_of_chart_is_there(figures):
    assert sum(bool(figure.natives) for figure in figures) == 14
    assert sum(not figure.natives for figure in figures) == 4
