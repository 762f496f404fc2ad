"""Blind sheets: what is in them, who gets which sentence, and that nothing typed is written over."""

import io
import json
import zipfile

import openpyxl
import pytest
from coders import FRAMED, fill, rows_of, save
from hypothesis import given
from hypothesis import strategies as st

from discourse.code import Form, dealt, written
from discourse.code.cells import guarded, unguarded
from discourse.errors import InputError
from discourse.pipeline import write_sheets

COLUMNS = ["line", "id", "text", "cyber_optimist", "cyber_pessimist", "rights_norm", "holder", "modality", "remark"]


def sheet(folder, coder="ann"):
    return openpyxl.load_workbook(folder / f"sheet_{coder}.xlsx")


def test_both_forms_hold_the_sentences_of_the_plan_in_its_order_and_nothing_that_sways(study):
    folder = study(6)
    write_sheets(folder, ["ben", "ann"])
    plan = [json.loads(line) for line in (folder / "plan.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = [[k, row["id"], row["text"], *[None] * 6] for k, row in enumerate(plan, start=1)]
    for coder in ("ann", "ben"):
        first, second = sheet(folder, coder).worksheets
        cells = [[cell.value for cell in row] for row in first.iter_rows()]
        assert cells == [COLUMNS, *expected]
        assert [[row[name] for name in COLUMNS] for row in rows_of(folder / f"sheet_{coder}.csv")] == [
            ["" if cell is None else str(cell) for cell in row] for row in expected
        ]
        assert second.title == "instructions"
        assert (folder / f"sheet_{coder}.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert {path.name for path in folder.iterdir()} == {
        "plan.jsonl", "sheets.json", "instructions.md", "sheet_ann.csv", "sheet_ann.xlsx", "sheet_ben.csv", "sheet_ben.xlsx",
    }  # fmt: skip


def test_the_workbook_leads_the_hand(study):
    folder = study(3)
    write_sheets(folder, ["ann"])
    first = sheet(folder).worksheets[0]
    rules = {str(rule.sqref): rule.formula1 for rule in first.data_validations.dataValidation}
    assert rules == {
        "D2:D4": '"0,1"', "E2:E4": '"0,1"', "F2:F4": '"0,1"', "G2:G4": '"author,other"', "H2:H4": '"asserted,hedged,rejected"',
    }  # fmt: skip
    assert first.freeze_panes == "D2"
    assert (first.protection.sheet, first.protection.password) == (True, None)
    assert [first.cell(2, k).protection.locked for k in range(1, 10)] == [True] * 3 + [False] * 6
    assert first["C2"].alignment.wrap_text
    assert first.column_dimensions["C"].width >= 60


def test_the_same_plan_gives_the_same_bytes(study):
    folder = study(4, ["=1+1"])
    write_sheets(folder, ["ann", "ben"], shared=2, seed=3)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_sheets(folder, ["ann", "ben"], shared=2, seed=3)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    with zipfile.ZipFile(folder / "sheet_ann.xlsx") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_instructions_define_the_codes_and_say_how_to_fill(study):
    folder = study(2)
    write_sheets(folder, ["ann"])
    page = (folder / "instructions.md").read_text(encoding="utf-8")
    for said in (
        "Read it alone",
        "not coded yet",
        "Do not delete lines",
        "Do not talk",
        "## Holder and modality",
        "`rejected`",
        "(`rights_norm`)",
    ):
        assert said in page
    assert "(`surveillance_interception`)" not in page
    lines = [row[0].value for row in sheet(folder)["instructions"].iter_rows()]
    assert "Holder and modality" in lines
    assert "Cyber-optimist (cyber_optimist)" in lines


def test_other_codes_may_be_coded_and_themes_have_no_holder(study):
    folder = study(2)
    write_sheets(folder, ["ann"], codes=["surveillance_interception", "shutdowns"])
    assert list(rows_of(folder / "sheet_ann.csv")[0]) == ["line", "id", "text", "shutdowns", "surveillance_interception", "remark"]
    assert "Holder" not in (folder / "instructions.md").read_text(encoding="utf-8")
    write_sheets(folder, ["ann"], codes=["shutdowns", "rights_norm"])
    assert list(rows_of(folder / "sheet_ann.csv")[0])[3:] == ["rights_norm", "shutdowns", "holder", "modality", "remark"]


ODD = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "'=1",
    "''-",
    "'tis",
    "— Quoted.",
    "a\nb",
    'say "so", no',
    "x;y",
    "ç 통신 😀",
    "1/2",
    "sep=;",
    "0x1",
]


@pytest.mark.parametrize("text", ODD)
def test_text_is_never_run_and_comes_back(text):
    assert unguarded(guarded(text)) == text
    form = Form(("soup",), (), {})
    files = written(form, [{"line": 1, "id": "a", "text": text}], [text], name="sheet")
    cell = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")
    row = files["csv"].decode("utf-8-sig").split("\r\n", 1)[1]
    assert not row.split(",", 2)[2].lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_what_is_put_before_a_text_is_taken_off_again(text):
    assert unguarded(guarded(text)) == text


@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 99), st.data())
def test_shared_sentences_go_to_all_and_the_others_to_one(n, coders, seed, data):
    ids, names = [f"{k:06x}" for k in range(n)], [f"c{k}" for k in range(coders)]
    shared = data.draw(st.integers(1, n))
    own = dealt(ids, names, shared=shared, seed=seed)
    counts = [sum(id_ in some for some in own.values()) for id_ in ids]
    assert sorted(counts) == sorted([coders] * shared + [1] * (n - shared))
    assert max(map(len, own.values())) - min(map(len, own.values())) <= 1
    assert all(some == [id_ for id_ in ids if id_ in some] for some in own.values())


def test_another_seed_draws_others():
    ids = [f"{k:06x}" for k in range(200)]
    drawn = [set(dealt(ids, ["a", "b"], shared=50, seed=seed)["a"]) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]


TYPED = [
    ("a code", {"rights_norm": "0"}),
    ("a remark", {"remark": "?"}),
    ("a holder", {"holder": "other"}),
    ("another text", {"text": "Soup."}),
    ("a column of their own", {"why": "unsure"}),
    ("a line without an id", {"id": "", "text": "", "remark": ""}),
]


@pytest.mark.parametrize(("cells"), [cells for _, cells in TYPED], ids=[name for name, _ in TYPED])
def test_a_sheet_with_anything_typed_is_never_written_over(study, cells):
    folder = study(4)
    write_sheets(folder, ["ann", "ben"])
    rows = [dict(row) for row in rows_of(folder / "sheet_ben.csv")]
    rows = [
        row | dict.fromkeys(cells, row.get(next(iter(cells)), "")) | (cells if k == 2 else {n: row.get(n, "") for n in cells})
        for k, row in enumerate(rows)
    ]
    save(folder / "sheet_ben.csv", rows)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError, match=r"sheet_ben.csv: 1 line is filled in, so it is not written over"):
        write_sheets(folder, ["ann", "ben"])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_comments_and_worksheets_of_their_own_count_as_typed(study):
    folder = study(3)
    write_sheets(folder, ["ann"])
    for change in (
        lambda book: setattr(book.worksheets[0]["D3"], "comment", openpyxl.comments.Comment("unsure", "ann")),
        lambda book: book.create_sheet("mine").append(["unsure"]),
    ):
        book = sheet(folder)
        change(book)
        book.save(folder / "sheet_ann.xlsx")
        with pytest.raises(InputError, match=r"sheet_ann.xlsx: 1 line is filled in"):
            write_sheets(folder, ["ann"])
        (folder / "sheet_ann.xlsx").unlink()
        write_sheets(folder, ["ann"])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0", b"what,is,this\r\n1,2,3\r\n"])
def test_a_file_that_cannot_be_read_is_not_written_over(study, data):
    folder = study(3)
    write_sheets(folder, ["ann"])
    (folder / "sheet_ann.csv").write_bytes(data)
    with pytest.raises(InputError, match="is not written over"):
        write_sheets(folder, ["ann"])
    assert (folder / "sheet_ann.csv").read_bytes() == data


def test_an_untouched_sheet_is_written_anew_for_another_plan(study):
    folder = study(3)
    write_sheets(folder, ["ann"])
    study(5)
    assert write_sheets(folder, ["ann"], codes=["rights_norm"]).sizes == {"ann": 5}
    assert len(rows_of(folder / "sheet_ann.csv")) == 5


def test_a_coder_may_come_later(study):
    folder = study(3)
    write_sheets(folder, ["ann"])
    fill(folder / "sheet_ann.csv", {1: FRAMED})
    write_sheets(folder, ["ben"])
    assert list(json.loads((folder / "sheets.json").read_text(encoding="utf-8"))["coders"]) == ["ann", "ben"]
    with pytest.raises(InputError, match="the coder 'ANN' is named twice"):
        write_sheets(folder, ["ANN"])
    with pytest.raises(InputError, match="ann has a sheet already, of another plan, other codes or --shared"):
        write_sheets(folder, ["cid"], shared=2)
    with pytest.raises(InputError, match="ann has a sheet already"):
        write_sheets(folder, ["cid"], codes=["rights_norm"])


def test_a_code_must_not_have_the_name_of_a_column(study, tmp_path, root):
    book = (root / "src/discourse/resources/codebook/digital_rights.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(book.replace("code: rights_norm", "code: remark"), encoding="utf-8")
    with pytest.raises(InputError, match="the code 'remark' has the name of a column"):
        write_sheets(study(2), ["ann"], codebook=tmp_path / "mine.yaml")
