"""Slides: what is on them is what was given, intervals too; the same bytes twice; nothing from a post becomes more than text."""

import io
import re
import sys
import zipfile

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Emu

from discourse.errors import ReportError
from discourse.report.slides import Front, Native, Series, Slide, slides
from discourse.report.slides.chart import Box, room_of
from discourse.report.slides.native import Ends, ends_of, shared

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
HOSTILE = [
    "=1+1",
    "+A1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example","y")',
    "<b>&amp;\x00\x0b\ud800</b>",
    "{=1}",
    "http://x.example",
    "12",
]
FRONT = Front("A report", "A corpus, 2015 to 2022", ["One thing rose.", "Nothing else is known."], "Made with discourse.")


def png(wide=300, high=200):
    out = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(out, format="png")
    return out.getvalue()


def bars(names=("a", "b", "c"), values=(0.1, None, 0.3), **more):
    known = [value is not None for value in values]
    low = [value * 0.5 if there else None for value, there in zip(values, known, strict=True)]
    high = [value * 1.4 if there else None for value, there in zip(values, known, strict=True)]
    return Native(more.pop("kind", "bar"), names, [Series("share", values, low, high)], more.pop("number", "percent"), **more)


def figure(**more):
    return Slide(**({"title": "A title", "alt": "What it shows. In words.", "identifier": "ABCD-1234"} | more))


def opened(*figures, front=FRONT):
    return Presentation(io.BytesIO(slides(front, figures)))


def charts(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def lengths(chart, series=0):
    """Return the lengths of error bars, by side and place."""
    bars_ = chart._chartSpace.findall(f".//{C}ser")[series].find(f"{C}errBars")
    if bars_ is None:
        return {}
    return {
        side: {int(point.get("idx")): float(point.find(f"{C}v").text) for point in bars_.find(f"{C}{side}").iter(f"{C}pt")}
        for side in ("plus", "minus")
    }


def books(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(".xlsx"):
                yield openpyxl.load_workbook(io.BytesIO(packed.read(name))).active


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_a_native_chart_has_the_values_and_the_intervals_as_error_bars(kind):
    (chart,) = charts(opened(figure(natives=[bars(kind=kind)])))
    assert list(chart.plots[0].categories) == ["a", "b", "c"]
    assert tuple(chart.plots[0].series[0].values) == (0.1, None, 0.3)
    found = lengths(chart)
    assert found["plus"] == pytest.approx({0: 0.04, 2: 0.12})
    assert found["minus"] == pytest.approx({0: 0.05, 2: 0.15})
    assert chart._chartSpace.find(f".//{C}errValType").get("val") == "cust"


def test_a_series_without_intervals_has_no_error_bars():
    (chart,) = charts(opened(figure(natives=[Native("column", ["x"], [Series("n", [3.0])])])))
    assert lengths(chart) == {}


def test_values_are_printed_of_every_bar_and_of_the_last_point_of_a_line():
    deck = opened(figure(natives=[bars()]), figure(natives=[bars(kind="line", values=(0.1, 0.2, None))]))
    places = [[int(one.get("val")) for one in chart._chartSpace.iterfind(f".//{C}dLbl/{C}idx")] for chart in charts(deck)]
    assert places == [[0, 2], [1]]
    assert {one.get("formatCode") for one in charts(deck)[0]._chartSpace.iterfind(f".//{C}dLbl/{C}numFmt")} == {"0.0%"}


@pytest.mark.parametrize(("kind", "n", "labelled"), [("bar", 4, 2), ("bar", 25, 1), ("column", 4, 2), ("column", 20, 1)])
def test_where_bars_are_too_close_only_the_first_series_is_printed(kind, n, labelled):
    series = [Series(name, [0.5] * n) for name in ("one", "two")]
    (chart,) = charts(opened(figure(natives=[Native(kind, [f"c{k}" for k in range(n)], series, "percent", beside=2)])))
    found = [len(element.findall(f"{C}dLbls/{C}dLbl")) for element in chart._chartSpace.iterfind(f".//{C}ser")]
    assert found == [n] * labelled + [0] * (2 - labelled)


def test_the_workbook_behind_a_chart_has_names_values_and_intervals():
    sheet = next(books(slides(FRONT, [figure(natives=[bars()])])))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "share", "share, low end of the interval", "share, high end of the interval"],
        ["a", 0.1, 0.05, pytest.approx(0.14)],
        ["b", None, None, None],
        ["c", 0.3, 0.15, pytest.approx(0.42)],
    ]


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_names_from_posts_are_text_in_the_chart_and_in_its_workbook(kind):
    natives = [
        Native(kind, HOSTILE, [Series(HOSTILE[0], [1.0] * len(HOSTILE)), Series(HOSTILE[5], [2.0] * len(HOSTILE))], title=HOSTILE[5])
    ]
    data = slides(FRONT, [figure(natives=natives, title=HOSTILE[4])])
    (chart,) = charts(Presentation(io.BytesIO(data)))
    clean = [name.replace("\x00", "").replace("\x0b", "").replace("\ud800", "") for name in HOSTILE]
    printed = list(chart.plots[0].categories)  # those of columns are cut to the width of one
    assert (
        printed == clean if kind == "bar" else all(name.startswith(own.removesuffix("…")) for own, name in zip(printed, clean, strict=True))
    )
    (sheet,) = books(data)
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [sheet.cell(k + 2, 1).value for k in range(len(HOSTILE))] == printed
    assert sheet["B1"].value == HOSTILE[0]
    assert not any(cell.hyperlink for cell in cells)


def test_hostile_text_everywhere_is_only_text():
    nasty = "".join(HOSTILE)
    table = (["mark", nasty], [[nasty, 1.0], ["b", None]])
    deck = opened(figure(title=nasty, alt=nasty, caption=nasty, picture=png(), table=table), front=Front(nasty, nasty, [nasty], nasty))
    assert len(deck.slides) == 3
    assert "=1+1" in texts(deck.slides[1])[0]
    assert re.sub(r"[\x00\x0b\ud800]", "", nasty)[:10] in deck.core_properties.title


def test_every_slide_has_title_caption_identifier_alt_text_and_notes():
    two = [bars(title="One", beside=2), bars(title="Two", beside=2)]
    table = (["mark", "n"], [[f"m{k}", k] for k in range(40)])
    deck = opened(figure(natives=[bars()]), figure(natives=two), figure(picture=png(), table=table))
    for slide in list(deck.slides)[1:]:
        assert "A title" in slide.shapes.title.text_frame.text
        assert any("discourse verify ABCD-1234" in text and "discourse trace ABCD-1234" in text for text in texts(slide))
        assert "What it shows. In words." in slide.notes_slide.notes_text_frame.text
        seen = [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slide.shapes if not shape.has_text_frame]
        assert seen
        assert all(seen)
    assert [any("What it shows" in text for text in texts(slide)) for slide in deck.slides] == [False, True, True, True, False]


def test_a_table_says_what_it_leaves_out():
    rows = [[f"m{k}", "same", k / 7, None] for k in range(40)]
    deck = opened(figure(picture=png(), table=(["mark", "measure", "estimate", "why"], rows)))
    (table,) = (shape.table for shape in deck.slides[2].shapes if shape.has_table)
    assert [cell.text_frame.text for cell in table.rows[0].cells] == ["mark", "estimate"]
    assert [cell.text_frame.text for cell in table.rows[2].cells] == ["m1", "0.1429"]
    assert "The first 11 of 40 rows, and 2 of 4 columns. The figure's CSV file has them all." in texts(deck.slides[2])


@pytest.mark.parametrize(("beside", "n", "n_slides"), [(1, 3, 3), (2, 3, 2), (3, 3, 1), (6, 7, 2)])
def test_charts_share_slides_and_do_not_overlap(beside, n, n_slides):
    deck = opened(figure(natives=[bars(title=f"Chart {k}", beside=beside) for k in range(n)]))
    assert len(deck.slides) == 1 + n_slides
    for slide in list(deck.slides)[1:]:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes if s.has_chart or s.has_text_frame]
        for k, one in enumerate(boxes):
            assert one[2] <= deck.slide_width
            assert one[3] <= deck.slide_height
            for other in boxes[k + 1 :]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


@pytest.mark.parametrize(("wide", "high"), [(3000, 1000), (1000, 1000), (500, 3000)])
def test_a_picture_keeps_its_shape_and_stays_on_the_slide(wide, high):
    deck = opened(figure(picture=png(wide, high), wide=wide, high=high))
    (picture,) = (shape for shape in deck.slides[1].shapes if shape.shape_type == 13)
    assert picture.width / picture.height == pytest.approx(wide / high, rel=0.01)
    assert picture.top + picture.height <= Emu(deck.slide_height)
    assert picture.left + picture.width <= Emu(deck.slide_width)


def test_long_text_is_cut_and_stands_whole_in_the_notes():
    long = " ".join(f"Sentence number {k} says what was counted and how." for k in range(60))
    deck = opened(figure(natives=[bars()], title="word " * 60, alt=long))
    slide = deck.slides[1]
    assert long in slide.notes_slide.notes_text_frame.text
    caption = next(text for text in texts(slide) if "Sentence number 0" in text)
    assert caption.endswith("how. (More in the notes.)")
    assert len(slide.shapes.title.text_frame.text) < 150


def test_a_long_summary_is_made_smaller_and_then_counted():
    said = [f"Statement {k} of the summary, which is a sentence of some length that says one thing that was tested." for k in range(60)]
    shown = texts(opened(front=Front("A report", "A corpus", said)).slides[0])[2].split("\n")
    assert shown[0] == said[0]
    assert shown[-1] == f"… and {60 - len(shown) + 1} more in the report."


def test_the_same_input_gives_the_same_bytes_with_fixed_dates():
    figures = [figure(natives=[bars(), bars(kind="line")]), figure(picture=png(), table=(["mark"], [["a"]]))]
    data = slides(FRONT, figures)
    assert data == slides(FRONT, figures)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01" in packed.read("docProps/core.xml")
        for name in packed.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(packed.read(name))) as book:
                    assert {entry.date_time[0] for entry in book.infolist()} == {1980}


@pytest.mark.parametrize(
    ("values", "low", "high", "ends"),
    [
        ([0.1, 0.23], [0.05, 0.2], [0.2, 0.31], Ends(0.0, 0.4, 0.1)),
        ([0.5, 0.9], [-0.2, 0.8], [0.7, 1.0], Ends(-0.25, 1.0, 0.25)),
        ([3.0, 6.0], [], [], Ends(0.0, 6.0, 2.0)),
        ([0.0, 0.0], [], [], Ends(0.0, 1.0, 1.0)),
        ([-3.0, -1.0], [-4.0, -2.0], [-2.0, 0.4], Ends(-1.0, 4.0, 1.0)),
    ],
)
def test_an_axis_holds_every_value_and_interval(values, low, high, ends):
    assert ends_of([Native("bar", ["a", "b"], [Series("s", values, low, high)])]) == ends


def test_charts_of_one_kind_share_a_scale():
    small, large, columns = bars(values=(0.1, 0.1, 0.1)), bars(values=(0.7, 0.7, 0.7)), bars(kind="column")
    assert shared([small, large, columns]) == [ends_of([small, large]), ends_of([small, large]), ends_of([columns])]


def test_negative_bars_run_on_an_axis_that_is_turned_round():
    (chart,) = charts(opened(figure(natives=[Native("bar", ["a", "b"], [Series("s", [-3.0, -1.0], [-4.0, -2.0], [-2.0, 0.4])])])))
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (-4.0, 1.0)
    assert chart.value_axis.reverse_order


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
@pytest.mark.parametrize("beside", [1, 2, 3, 6])
def test_a_plot_always_has_room(kind, beside):
    names = ["a name that is far too long for any chart on any slide " * 3] * 3
    series = [Series(f"series {k}", [0.1, 0.2, 0.3]) for k in range(4)]
    room = room_of(Native(kind, names, series, title="T", beside=beside), Box(0, 0, 4.0, 2.27))
    assert room.plot.wide > 1
    assert room.plot.high > 0.25


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(ReportError, match=r"^Slides need the extra `slides`; install it with: pip install 'discourse\[slides\]'$"):
        slides(FRONT, [])
