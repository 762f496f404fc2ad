"""Sheets read back: every way in which people and spreadsheets leave them, and what is said of each."""

import io
import random

import openpyxl
import pandas as pd
import pytest
from coders import CODES, FRAMED, PLAIN, save
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.code import Form, blank_rows, read_both, written
from discourse.code.cells import code_typed, same_text
from discourse.code.reading import read_sheet
from discourse.paths import resource_rows

FORM = Form(tuple(CODES), tuple(CODES), {"holder": ("author", "other"), "modality": ("asserted", "hedged", "rejected")})
TEXTS = {
    "41cf34": "They block phones.",
    "012345": "Ministers watch, “they” say; we write.",
    "1234e5": "A naïve 통신 law\nmust go.",
    "e6fc43": "=1+1 is two.",
}
ANSWERS = {
    "41cf34": FRAMED,
    "012345": PLAIN,
    "1234e5": FRAMED | {"rights_norm": 1, "holder": "other", "modality": "hedged"},
    "e6fc43": PLAIN,
}


def filled(answers=ANSWERS):
    """Return the rows of a sheet in which everything is typed, as a spreadsheet has them."""
    blank = [dict.fromkeys(FORM.columns, "") | row for row in blank_rows(TEXTS)]
    return [{name: "" if cell is None else str(cell) for name, cell in (row | answers[row["id"]]).items()} for row in blank]


def read(path):
    return read_sheet(path, FORM, TEXTS)


def change(number, **cells):
    """Return a change of one line of a sheet, by its number."""
    return lambda rows: [row | cells if row["line"] == str(number) else row for row in rows]


# what was done to the sheet, and how it was saved; it must be read back as if nothing had been done
HARMLESS = {
    "saved with semicolons": (None, {"separator": ";"}),
    "saved with tabs": (None, {"separator": "\t"}),
    "saved without the mark of UTF-8": (None, {"encoding": "utf-8"}),
    "saved in UTF-16 with tabs, Excel's Unicode text": (None, {"separator": "\t", "encoding": "utf-16"}),
    "saved in Windows-1252, which lacks Hangul": (None, {"separator": ";", "encoding": "cp1252"}),
    "saved in Mac Roman": (None, {"separator": ";", "encoding": "mac_roman"}),
    "lines that end in LF": (None, {"end": "\n"}),
    "lines in another order": (lambda rows: rows[::-1], {}),
    "columns in another order": (lambda rows: [dict(reversed(row.items())) for row in rows], {}),
    "blank columns": (lambda rows: [{"": "", **row, " ": ""} for row in rows], {}),
    "blank lines": (lambda rows: [rows[0], dict.fromkeys(rows[0], ""), *rows[1:], dict.fromkeys(rows[0], " ")], {}),
    "other names of columns": (lambda rows: [{name.replace("_", " ").title(): cell for name, cell in row.items()} for row in rows], {}),
    "numbers with a fraction": (lambda rows: [row | {"line": row["line"] + ".0"} | {code: row[code] + ".0" for code in CODES} for row in rows], {}),
    "numbers with a comma": (lambda rows: [row | {code: row[code] + ",0" for code in CODES} for row in rows], {"separator": ";"}),
    "yes and no": (lambda rows: [row | {code: " Yes" if row[code] == "1" else "no " for code in CODES} for row in rows], {}),
    "crosses": (lambda rows: [row | {code: "X" if row[code] == "1" else "0 " for code in CODES} for row in rows], {}),
    "truth values": (lambda rows: [row | {code: "TRUE" if row[code] == "1" else "FALSE" for code in CODES} for row in rows], {}),
    "capitals": (lambda rows: [row | {name: row[name].upper() for name in ("id", "holder", "modality")} for row in rows], {}),
    "text not guarded": (change(4, text="=1+1 is two."), {}),
    "text guarded": (change(4, text="'=1+1 is two."), {}),
    "other white space": (lambda rows: [row | {"text": row["text"].replace("\n", "\r\n").replace(" ", "\u00a0")} for row in rows], {}),
    "ids made numbers": (lambda rows: [row | {"id": {"012345": "12345", "1234e5": "1.23E+08"}.get(row["id"], row["id"])} for row in rows], {}),
    "no column line": (lambda rows: [{name: cell for name, cell in row.items() if name != "line"} for row in rows], {}),
    "a title above the header": (None, {"above": "Coding,,,\r\n\r\n"}),
    "sep= above the header": (None, {"above": "sep=,\r\n", "encoding": "utf-8"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_spreadsheets_do_is_read_as_if_nothing_had_been_done(tmp_path, name):
    done, how = HARMLESS[name]
    above = how.get("above", "").encode()
    rows = filled() if done is None else done(filled())
    path = save(tmp_path / "sheet_ann.csv", rows, **{key: value for key, value in how.items() if key != "above"})
    path.write_bytes(above + path.read_bytes().removeprefix(b"\xef\xbb\xbf") if above else path.read_bytes())
    sheet = read(path)
    assert sheet.sound == ANSWERS, [str(problem) for problem in sheet.problems]
    assert not sheet.has_errors


def without(*names):
    return lambda rows: [{name: cell for name, cell in row.items() if name not in names} for row in rows]


def sorted_apart(rows):
    texts = sorted(row["text"] for row in rows)
    return [row | {"text": text} for row, text in zip(rows, texts, strict=True)]


# what was done to the sheet -> what is said, and which sentences are still sound
MANGLED = {
    "an id that is not there": (change(1, id="zzz"), ["line 2 (zzz): the id 'zzz' is not on this sheet; the text is that of 41cf34; type that", "line 1 is missing"], 3),
    "no id, no text": (change(1, id="", text=""), ["line 2: there is no id; delete the line, or put its id back", "(41cf34): line 1 is missing"], 3),
    "an id twice with the same codes": (lambda rows: [*rows, rows[0]], ["note: sheet_ann.csv, line 6 (41cf34): the id stands in line 2 too; here with the same codes, so nothing is lost"], 4),
    "an id twice, once without codes": (lambda rows: [*rows, rows[0] | dict.fromkeys(FORM.asked, "")], ["note: sheet_ann.csv, line 6 (41cf34): the id stands in line 2 too; here with no codes"], 4),
    "an id twice with other codes": (lambda rows: [*rows, rows[0] | {"rights_norm": "1"}], ["line 6 (41cf34): the id stands in line 2 too, with other codes; delete the line that is wrong"], 3),
    "text changed": (change(1, text="They block no phones."), ["line 2 (41cf34): the text was changed; put it back as in plan.jsonl, and look whether the codes belong to it"], 3),
    "text gone": (change(1, text=""), ["line 2 (41cf34): the text is gone"], 3),
    "a letter of the text gone": (change(2, text="Ministers watch, “they” say; we write"), ["line 3 (012345): the text was changed"], 3),
    "texts sorted apart": (sorted_apart, ["the text was changed"] * 4, 0),
    "numbers sorted apart": (change(1, line="3"), ["line 2 (41cf34): 'line' says 3, and this was line 1, as if columns had been sorted apart; look whether"], 3),
    "a 2": (change(1, cyber_optimist="2"), ["line 2 (41cf34): cyber_optimist: '2' is not understood; type 0 or 1"], 3),
    "a question mark": (change(2, rights_norm="?"), ["line 3 (012345): rights_norm: '?' is not understood"], 3),
    "a holder of their own": (change(1, holder="the court"), ["line 2 (41cf34): holder: 'the court' is not understood; type author or other"], 3),
    "no holder": (change(1, holder=""), ["line 2 (41cf34): a framing is coded, and holder is missing; type author or other"], 3),
    "no modality": (change(3, modality=""), ["line 4 (1234e5): a framing is coded, and modality is missing; type asserted or hedged or rejected"], 3),
    "a holder without a framing": (change(2, holder="author"), ["line 3 (012345): holder is author, and no framing is coded; clear it, or code the framing"], 3),
    "a line not coded": (change(1, **dict.fromkeys(FORM.asked, "")), ["line 2 (41cf34): not yet coded; type 0 or 1 for each code"], 3),
    "a code not coded": (change(1, rights_norm=""), ["line 2 (41cf34): not yet coded: rights_norm; type 0 or 1"], 3),
    "two things in one line": (change(1, rights_norm="", holder=""), ["not yet coded: rights_norm", "a framing is coded, and holder is missing"], 3),
    "a line deleted": (lambda rows: rows[1:], ["sheet_ann.csv (41cf34): line 1 is missing ('They block phones.'…); put it back"], 3),
    "a column of a code deleted": (without("rights_norm"), ["sheet_ann.csv: there is no column 'rights_norm'; put it back"], 0),
    "a column with another name": (lambda rows: [{{"modality": "modalities"}.get(name, name): cell for name, cell in row.items()} for row in rows], ["there is no column 'modality'; give 'modalities' this name", "note: sheet_ann.csv, line 2: the column 'modalities' is not read; 2 of its cells are filled"], 0),
    "the ids deleted": (without("id"), ["there is no column 'id'; put it back"], 0),
    "a column twice": (lambda rows: [{**row, "Rights norm": "1"} for row in rows], ["the column 'rights_norm' is there twice; delete one"], 4),
    "a column of their own": (lambda rows: [{**row, "why": "unsure"} for row in rows], ["note: sheet_ann.csv, line 2: the column 'why' is not read; 4 of its cells are filled; type what matters under remark"], 4),
    "notes right of the sheet": (lambda rows: [{**row, "": "unsure"} for row in rows], ["note: sheet_ann.csv, line 2: column 10, which has no name, is not read"], 4),
    "no remarks": (without("remark"), ["note: sheet_ann.csv: there is no column 'remark'"], 4),
}  # fmt: skip


@pytest.mark.parametrize("name", MANGLED)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_wrong_is_named_line_by_line(tmp_path, name, kind):
    done, messages, n_sound = MANGLED[name]
    rows = done(filled())
    path = tmp_path / f"sheet_ann.{kind}"
    if kind == "csv":
        save(path, rows, separator=";")
    else:
        book = openpyxl.Workbook()
        for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
            book.active.append([int(cell) if cell in ("0", "1") else cell or None for cell in row])
            for cell in book.active[book.active.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        book.save(path)
    sheet = read(path)
    said = [str(problem).replace("sheet_ann.xlsx", "sheet_ann.csv") for problem in sheet.problems]
    errors = [line for line in said if not line.startswith("note: ")]
    assert len(errors) >= sum(not message.startswith("note: ") for message in messages), said
    assert [message for message in messages if not any(message in line for line in said)] == [], said
    assert len(sheet.sound) == n_sound
    assert all(sheet.sound[id_] == ANSWERS[id_] for id_ in sheet.sound)


def test_everything_that_is_wrong_is_said_and_not_only_the_first(tmp_path):
    rows = filled()
    rows[0] |= {"holder": "", "cyber_optimist": "maybe"}
    rows[1] |= {"text": "Soup."}
    rows[2] |= {"id": "zzz"}
    said = [(problem.line, problem.id) for problem in read(save(tmp_path / "sheet_ann.csv", rows)).problems]
    assert said == [(2, "41cf34"), (2, "41cf34"), (3, "012345"), (4, "zzz"), (None, "1234e5")]


CANNOT = {
    b"": "no row names the columns",
    b"\xef\xbb\xbf": "no row names the columns",
    b"soup,salad\r\n1,2\r\n": "no row names the columns",
    b"PK\x03\x04 cut off": "a damaged Excel file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Excel file, or one with a password",
    b'"' + b"a" * 11_000_000: "cannot be read as CSV",
}


@pytest.mark.parametrize("data", CANNOT, ids=CANNOT.values())
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, data):
    (tmp_path / "sheet_ann.csv").write_bytes(data)
    (problem,) = read(tmp_path / "sheet_ann.csv").problems
    assert CANNOT[data] in problem.what
    assert problem.is_error


def book_of(rows):
    files = written(FORM, rows, ["# How"], name="sheet")
    return openpyxl.load_workbook(io.BytesIO(files["xlsx"]))


def test_formulas_comments_and_other_worksheets(tmp_path):
    book = book_of([row | ANSWERS[row["id"]] for row in blank_rows(TEXTS)])
    first = book.worksheets[0]
    first["D2"] = "=1-1"
    first["F3"].comment = openpyxl.comments.Comment("unsure", "ann")
    book.create_sheet("mine").append(["unsure"])
    book.save(tmp_path / "sheet_ann.xlsx")
    said = [str(problem) for problem in read(tmp_path / "sheet_ann.xlsx").problems]
    assert said == [
        "note: sheet_ann.xlsx, line 3: a comment on F3: 'unsure' is not read; type what matters under remark.",
        "note: sheet_ann.xlsx: the worksheet 'mine' is not read; type what matters under remark.",
        "sheet_ann.xlsx, line 2 (41cf34): cyber_optimist: '=1-1' is not understood; type 0 or 1.",
    ]


@pytest.mark.parametrize("row", resource_rows("coding", "typed_codes.csv"), ids=lambda row: row["typed"])
def test_words_for_a_code(row):
    assert {code_typed(form) for form in (row["typed"], f" {row['typed'].upper()} ")} == {int(row["code"])}
    assert row["example"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", 1),
        ("0", 0),
        ("1.0", 1),
        ("0,00", 0),
        ("１", 1),
        ("10", None),
        ("0.5", None),
        ("-1", None),
        ("", None),
        ("1 0", None),
        ("nan", None),
    ],
)
def test_numbers_for_a_code(typed, code):
    assert code_typed(typed) == code


@pytest.mark.parametrize(
    ("text", "found", "is_loose", "same"),
    [
        ("Łódź is free.", "?ód? is free.", True, True),
        ("Łódź is free.", "?ód? is free.", False, False),
        ("Łódź is free.", "?ód? is frei.", True, False),
        ("A 😀 law.", "A ?? law.", True, True),
        ("é", "e\u0301", False, True),
        ("a" * 40_000, "a" * 32_767, False, True),
        ("Free.", "", True, False),
    ],
)
def test_which_texts_are_the_same(text, found, is_loose, same):
    assert same_text(text, found, is_loose=is_loose) == same


def put(folder, kind, answers):
    """Write one form of a sheet with these answers, blank where there is none."""
    files = written(FORM, [row | answers.get(row["id"], {}) for row in blank_rows(TEXTS)], [], name="sheet")
    (folder / f"sheet_ann.{kind}").write_bytes(files[kind])


OTHER = ANSWERS | {"41cf34": FRAMED | {"modality": "hedged"}}
BOTH = [
    ("both filled and equal", ANSWERS, ANSWERS, ANSWERS, []),
    ("the table filled", {}, ANSWERS, ANSWERS, []),
    ("the workbook filled", ANSWERS, {}, ANSWERS, []),
    (
        "both filled and one line differs", ANSWERS, OTHER, {id_: ANSWERS[id_] for id_ in list(ANSWERS)[1:]},
        ["sheet_ann.csv, line 2 (41cf34): modality 'hedged' here, 'asserted' in sheet_ann.xlsx; make both the same, or move one of the two files"],
    ),
    (
        "one half in each", {"41cf34": FRAMED}, {"012345": PLAIN}, {},
        ["(41cf34): cyber_optimist blank here, 0 in", "(012345): cyber_optimist 0 here, blank in"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("book", "table", "expected", "messages"), [row[1:] for row in BOTH], ids=[row[0] for row in BOTH])
def test_two_forms_of_one_sheet(tmp_path, book, table, expected, messages):
    put(tmp_path, "xlsx", book)
    put(tmp_path, "csv", table)
    sheet = read_both(tmp_path, "sheet_ann", FORM, TEXTS)
    said = [str(problem) for problem in sheet.differ]
    assert sheet.sound == expected
    assert len(said) == len(messages)
    assert all(message in line for message, line in zip(messages, said, strict=True))
    assert sheet.has_errors == bool(messages)


def test_one_form_may_be_gone_and_both_may_not(tmp_path):
    put(tmp_path, "csv", ANSWERS)
    assert read_both(tmp_path, "sheet_ann", FORM, TEXTS).sound == ANSWERS
    (problem,) = read_both(tmp_path, "sheet_ben", FORM, TEXTS).problems
    assert str(problem).startswith("sheet_ben.xlsx: there is no such sheet, and no sheet_ben.csv; put one of them back")


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("=+-@'\"\n,;\t"), max_size=30)
remarks = words.map(str.strip).filter(lambda text: not text.startswith("'"))
code = st.sampled_from([0, 1, None])
answers = st.fixed_dictionaries(
    {
        **dict.fromkeys(CODES, code),
        "holder": st.sampled_from(["author", "other", None]),
        "modality": st.sampled_from(["hedged", "asserted", None]),
    }
)


@settings(max_examples=60)
@given(st.lists(words.filter(str.strip), min_size=1, max_size=8), st.data())
def test_whatever_is_typed_is_read_back_however_the_sheet_is_saved(tmp_path_factory, texts, data):
    """Written, filled at random, shuffled and saved again by pandas or openpyxl, a sheet gives back exactly what was typed."""
    texts = {f"{k:02x}{data.draw(st.text('0123456789abcdef', min_size=4, max_size=6))}": text for k, text in enumerate(texts)}
    typed = {id_: (data.draw(answers), data.draw(remarks)) for id_ in texts}
    files = written(FORM, blank_rows(texts), ["# How"], name="sheet")
    kind = data.draw(st.sampled_from([",", ";", "\t", "xlsx"]))
    folder = tmp_path_factory.mktemp("sheets")
    if kind == "xlsx":
        frame = pd.read_excel(io.BytesIO(files["xlsx"]), dtype=object, keep_default_na=False)
    else:
        frame = pd.read_csv(io.BytesIO(files["csv"]), dtype=str, keep_default_na=False)
    for name in (*FORM.asked, "remark"):
        frame[name] = pd.Series([typed[id_][0].get(name) if name != "remark" else typed[id_][1] for id_ in texts], dtype=object)
    frame = frame.iloc[random.Random(data.draw(st.integers(0, 99))).sample(range(len(frame)), len(frame))]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for number, row in enumerate([list(frame.columns), *frame.itertuples(index=False)], start=1):
            for place, value in enumerate(row, start=1):
                cell = book.active.cell(number, place, value if value == value and value != "" else None)
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        book.save(folder / "sheet_ann.xlsx")
    else:
        frame.to_csv(folder / "sheet_ann.csv", sep=kind, index=False, encoding=data.draw(st.sampled_from(["utf-8", "utf-8-sig"])))
    sheet = read_both(folder, "sheet_ann", FORM, texts)
    found = {id_: (entry.answers, " ".join(entry.remark.split())) for id_, entry in sheet.entries.items()}
    assert found == {id_: (given_, " ".join(remark.split())) for id_, (given_, remark) in typed.items()}
    assert not [problem for problem in sheet.problems if "text" in problem.what]
    sound = [
        id_
        for id_, (one, _) in typed.items()
        if all(one[c] is not None for c in CODES)
        and (one["holder"] is not None) == any(one[c] for c in CODES) == (one["modality"] is not None)
    ]
    assert sorted(sheet.sound) == sorted(sound)
    assert sheet.n_filled == sum(any(value is not None for value in one.values()) or bool(remark) for one, remark in typed.values())


@settings(max_examples=150)
@given(
    st.sampled_from(["csv", "xlsx"]), st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4)), min_size=1, max_size=6), st.data()
)
def test_a_file_that_is_broken_anywhere_is_said_or_read(tmp_path_factory, kind, cuts, data):
    files = written(FORM, [row | ANSWERS[row["id"]] for row in blank_rows(TEXTS)], ["# How"], name="sheet")
    broken = bytearray(files[kind])
    for place, what in cuts:
        broken[place % len(broken) : place % len(broken) + data.draw(st.integers(0, 9))] = what
    path = tmp_path_factory.mktemp("sheets") / f"sheet_ann.{kind}"
    path.write_bytes(bytes(broken))
    sheet = read(path)
    assert sheet.problems or sheet.sound.keys() == TEXTS.keys()
    assert sheet.sound.keys() <= TEXTS.keys()
