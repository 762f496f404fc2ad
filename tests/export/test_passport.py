"""Passports: they travel in every kind of file, fit what they say, and show when picture, numbers or passport were touched."""

import io
import json
import os
import re
import subprocess
import sys
import zlib

import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from discourse.chart.marks import BEHIND, marked, together
from discourse.chart.theme import About, Chart, framed, stamped, style
from discourse.errors import InputError
from discourse.export import IDENTIFIER, Figure, described_in, digest, figure_id, fits, from_json, issued, kind_of, numbers_in, to_json
from discourse.export.pictures import AWAITED, drawn_as, with_digest

ABOUT = About(corpus="Soups & <Breads>", n_posts=3, n_sentences=9, span="2019", left_out={"repeating an earlier post": 1})
NUMBERS = pd.DataFrame({"code": ["soup", "bread"], "estimate": [1 / 3, float("nan")], "n": [3, 0]})
PICTURES = ["png", "svg", "pdf"]
PROGRAM = """
import hashlib, sys
from tests_passport import figure
print(*(hashlib.sha256(data).hexdigest() for data in figure().as_files().values()))
"""


def figure(title="Soups — 관리소 & <b>"):
    with style():
        drawn, area = framed(title, "How to read it.", ABOUT, height=1.0)
        axes = drawn.add_axes(area)
        axes.plot([0, 1, 2], [0.2, 0.4, 0.1])
        axes.bar([0, 1], [0.1, 0.2])
        axes.imshow([[0.1, 0.2], [0.3, 0.4]], extent=(0, 1, 0, 1))
        axes.text(0.5, 0.5, "관리소 −1 “quoted”")
    chart = Chart(drawn, marked(NUMBERS, behind="sentences", keys=["code"]), title, "Bars of two soups: soup 33%.")
    corpus = {"name": "Soups", "identifier": "soups", "version": "ab" * 32}
    passport = issued(chart, corpus=corpus, program={"name": "discourse", "softwareVersion": "0"}, run={"chart": "soups", "asked": {}})
    stamped(drawn, f"Figure {passport['identifier']}")
    return Figure(chart, passport)


@pytest.fixture(scope="module")
def whole():
    return figure()


@pytest.fixture(scope="module")
def files(whole):
    return whole.as_files()


@pytest.mark.parametrize("kind", PICTURES)
def test_a_passport_travels_in_the_standard_field_and_holds_every_number(files, whole, kind):
    passport = from_json(described_in(files[kind], kind, "f"), "f")
    assert fits(passport)
    assert passport["identifier"] == whole.id
    assert IDENTIFIER.fullmatch(whole.id)
    assert passport["@type"] == "ImageObject"
    assert passport["description"] == "Bars of two soups: soup 33%."
    assert numbers_in(passport) == [
        {"mark": "soup", "behind": "sentences", "code": "soup", "estimate": 0.333333, "n": 3},
        {"mark": "bread", "behind": "sentences", "code": "bread", "estimate": None, "n": 0},
    ]
    assert passport["pictures"][kind] == digest(files[kind], kind, "f")
    assert json.loads(files["json"]) == passport


@pytest.mark.parametrize("title", ["Soups — 관리소 & <b>", "Soups (plain)"])
def test_a_pdf_is_the_one_that_is_drawn_with_its_whole_passport_from_the_start(title):
    whole = figure(title)
    made = whole.as_files()["pdf"]
    assert made == drawn_as(whole.figure, "pdf", title=title, description=to_json(whole.whole_passport))
    assert digest(made, "pdf", "f") == digest(drawn_as(whole.figure, "pdf", title=title), "pdf", "f")


@pytest.mark.parametrize("n", [0, 2])
def test_a_pdf_has_one_place_for_its_own_hash(n):
    with pytest.raises(InputError, match=rf"Soups: the PDF has {n} places for its own hash"):
        with_digest(b"%PDF-" + n * f'"pdf":"{AWAITED}"'.encode(), "a" * 64, "Soups")


def test_the_identifier_is_printed_at_the_foot(files, whole):
    assert f"Figure {whole.id}</text>" in files["svg"].decode()
    assert whole.id in PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()


def test_text_of_an_svg_is_text_and_its_title_is_told(files):
    svg = files["svg"].decode()
    assert "관리소" in svg
    assert "<title>Soups — 관리소 &amp; &lt;b&gt;</title>" in svg


def test_the_csv_names_the_figure_in_every_row(files, whole):
    rows = files["csv"].decode().splitlines()
    assert rows[0] == "mark,behind,code,estimate,n,figure"
    assert all(row.endswith(whole.id) for row in rows[1:])


def test_pictures_are_large_enough_for_print(files):
    image = Image.open(io.BytesIO(files["png"]))
    assert image.width == 3000
    assert round(image.info["dpi"][0]) == 300


def test_another_folder_time_zone_locale_and_hash_seed_give_the_same_bytes(files, tmp_path, root):
    (tmp_path / "tests_passport.py").write_text(__import__("pathlib").Path(__file__).read_text(encoding="utf-8"), encoding="utf-8")
    seen = set()
    for zone, seed, locale in (("Asia/Pyongyang", "1", "C"), ("America/Lima", "77", "C.UTF-8")):
        env = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
        }
        done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=env, cwd=tmp_path)
        seen.add(done.stdout)
    import hashlib

    assert seen == {" ".join(hashlib.sha256(data).hexdigest() for data in files.values()) + "\n"}


def test_metadata_may_be_stripped_and_the_picture_is_still_the_same(files):
    image = Image.open(io.BytesIO(files["png"]))
    bare = io.BytesIO()
    image.save(bare, "PNG", compress_level=1)
    assert bare.getvalue() != files["png"]
    assert described_in(bare.getvalue(), "png", "f") is None
    assert digest(bare.getvalue(), "png", "f") == digest(files["png"], "png", "f")
    writer = PdfWriter(clone_from=io.BytesIO(files["pdf"]))
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    assert described_in(written.getvalue(), "pdf", "f") is None
    assert digest(written.getvalue(), "pdf", "f") == digest(files["pdf"], "pdf", "f")
    svg = re.sub(rb"<metadata>.*?</metadata>", b"", files["svg"], flags=re.DOTALL)
    assert described_in(svg, "svg", "f") is None
    kept = re.sub(rb"<dc:description>.*?</dc:description>", b"", files["svg"], flags=re.DOTALL)
    assert digest(kept, "svg", "f") == digest(files["svg"], "svg", "f")


def one_pixel(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    info = __import__("PIL.PngImagePlugin", fromlist=["PngInfo"]).PngInfo()
    info.add_text("Description", image.info["Description"])
    x, y = image.width // 2, image.height // 2
    image.putpixel((x, y), (1, 2, 3, 255))
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def one_word(data):
    return data.replace(b"How to read it.", b"How to read this.")


def one_stroke(data):
    writer = PdfWriter(clone_from=io.BytesIO(data))
    stream = writer.pages[0]["/Contents"].get_object()
    stream.set_data(stream.get_data() + b"\n0 0 m 100 100 l S\n")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "edit"), [("png", one_pixel), ("svg", one_word), ("pdf", one_stroke)])
def test_an_edited_picture_is_another_and_keeps_its_passport(files, kind, edit):
    edited = edit(files[kind])
    passport = from_json(described_in(edited, kind, "f"), "f")
    assert fits(passport)
    assert digest(edited, kind, "f") != passport["pictures"][kind]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["discourse"]["marks"]["rows"][0].__setitem__(3, 0.9),
        lambda p: p["isBasedOn"].__setitem__("version", "cd" * 32),
        lambda p: p.__setitem__("name", "Soups rose"),
        lambda p: p.__setitem__("identifier", "0000-0000"),
    ],
)
def test_an_edited_passport_does_not_fit_its_identifier(files, change):
    passport = json.loads(files["json"])
    assert fits(passport)
    change(passport)
    assert not fits(passport)


def test_the_identifier_does_not_hang_on_the_order_of_keys():
    assert figure_id({"a": 1, "b": {"c": 2, "d": 3}}) == figure_id({"b": {"d": 3, "c": 2}, "a": 1})


HOSTILE = {
    "png cut off": (lambda f: f["png"][:5000], "no picture that can be read"),
    "png of too many pixels": (lambda f: bomb(), "pixels are too many|no picture that can be read"),
    "svg cut off": (lambda f: f["svg"][:5000], "no SVG that can be read"),
    "pdf cut off": (lambda f: f["pdf"][:900], "no PDF that can be read"),
}


def bomb():
    import struct

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", HOSTILE)
def test_damaged_and_hostile_files_are_one_line(files, name):
    make, why = HOSTILE[name]
    data = make(files)
    with pytest.raises(InputError, match=why):
        digest(data, kind_of(data), "f")


def test_an_svg_reads_no_other_file(tmp_path):
    (tmp_path / "secret").write_text("swordfish")
    svg = f"""<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>&x;</dc:description></svg>"""
    assert "swordfish" not in str(described_in(svg.encode(), "svg", "f"))


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"discourse": 1}', '"discourse"', "[" * 100_000 + '"discourse"', '{"discourse": {}, "x": 1e400}'[:18]]
)
def test_descriptions_of_other_programs_are_no_passports(text):
    assert from_json(text, "f") is None


@pytest.mark.parametrize(
    "marks",
    [None, {}, {"columns": ["mark"], "rows": [["a", "b"]]}, {"columns": ["n"], "rows": []}, {"columns": ["mark", 3], "rows": []}],
)
def test_a_damaged_passport_is_one_line(marks):
    text = to_json({"isBasedOn": {}, "discourse": {"passport": 1, "chart": "a", "asked": {}, "marks": marks}})
    with pytest.raises(InputError, match="damaged"):
        from_json(text, "f")


def test_a_passport_of_another_kind_is_not_guessed_at():
    text = to_json({"isBasedOn": {}, "discourse": {"passport": 9, "chart": "a", "asked": {}, "marks": {"columns": ["mark"], "rows": []}}})
    with pytest.raises(InputError, match="kind 9"):
        from_json(text, "f")


def test_marks_of_one_name_are_told_apart():
    rows = pd.DataFrame({"code": ["a", "a"]})
    one = marked(rows, behind="sentences", keys=["code"])
    assert one["mark"].tolist() == ["a", "a#2"]
    assert together(one, marked(rows, behind="posts", keys=["code"]))["mark"].is_unique
    assert {"sentences", "posts"} <= set(BEHIND)
