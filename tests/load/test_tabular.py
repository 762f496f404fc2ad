"""Tables of posts: names of columns, cells in their shapes, formats, and files that are broken or hold no posts."""

import csv
import io
import json
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.load import load
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.table.reader import FIELDS, _columns, read
from discourse.paths import resource_rows


def table(data, columns=None):
    return read(Document("posts.csv", data.encode() if isinstance(data, str) else data), Hints(columns=columns or {}))


def outcome(data):
    """Return why nothing was read, or an empty text; any other error fails the test."""
    try:
        table(data)
    except (LeftOut, InputError) as reason:
        return str(reason)
    return ""


def one(row, columns=None):
    """Read one row given as an object, through JSON Lines."""
    found = table(json.dumps({"title": "A", "text": "Text."} | row, default=str), columns)
    assert len(found.posts) == 1
    return found.posts[0]


def csv_of(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("row", resource_rows("columns.csv"), ids=lambda row: row["name"])
def test_every_name_of_a_column_is_found_whatever_its_case(row):
    assert row["field"] in FIELDS
    assert row["example"]
    assert _columns(["x", row["name"].upper().replace("_", " "), "y"], {}) == {row["field"]: 1}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(delimiter, encoding):
    data = csv_of(
        [["Titel", "Inhalt", "Datum"], ["Die Mauer, ein Bericht; Teil 1 | 2", "Größe.\n\nZwei\tWorte.", "3. Mai 2021"]], delimiter
    ).encode(encoding)
    post = table(data).posts[0]
    assert (post.title, post.body, post.published) == ("Die Mauer, ein Bericht; Teil 1 | 2", "Größe.\n\nZwei Worte.", date(2021, 5, 3))


def test_excels_own_word_for_the_delimiter():
    assert [post.title for post in table("sep=;\ntitle;text\nA, b;T\n").posts] == ["A, b"]


def test_blank_lines_above_and_between_are_no_rows():
    assert [post.title for post in table("\n\ntitle,text\n,\nA,T\n\nB,T\n").posts] == ["A", "B"]


def test_a_cell_of_a_megabyte():
    limit = csv.field_size_limit()
    assert len(table(csv_of([["title", "text"], ["A", "word " * 250_000]])).posts[0].body) == 1_249_999
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("One.\nTwo.", "One.\n\nTwo."),
        ("One.\r\n\r\n\r\nTwo\r\nlines.", "One.\n\nTwo\nlines."),
        ("# Why\n\n> Said.\n\n- item", "# Why\n\n> Said.\n\n- item"),
        ("<h2>Why</h2><p>One<br>two</p>", "# Why\n\nOne\ntwo"),
        ("5 &lt; 6 &amp; 7 > 2", "5 < 6 & 7 > 2"),
        ('A.<sup><a href="#n1">1</a></sup><ol class="footnotes"><li id="n1">Note.</li></ol>', "A.\ue0001\ue001"),
        ("It is so.[1]\n\n[1] Ann Lee, “Wires,” 2015.", "It is so.\ue0001\ue001"),
        (7, "7"),
        (7.0, "7"),
        ("a\x00b\ud83d", "ab?"),
    ],
)
def test_texts(cell, expected):
    assert one({"text": cell}).body == expected


@pytest.mark.parametrize(
    ("cell", "expected", "printed"),
    [
        ("2021-05-03", date(2021, 5, 3), ""),
        ("2021-05-03 10:00:00", date(2021, 5, 3), ""),
        ("Mon, 03 May 2021 10:00:00 +0000", date(2021, 5, 3), ""),
        ("3 de mayo de 2021", date(2021, 5, 3), ""),
        ("13/5/2021", date(2021, 5, 13), ""),
        ("3/4/2021", None, "3/4/2021"),
        ("3/4/2021 10:22", None, "3/4/2021"),
        (1620036000, date(2021, 5, 3), ""),
        (1620036000000, date(2021, 5, 3), ""),
        ("1620036000000", date(2021, 5, 3), ""),
        (2019, date(2019, 1, 1), ""),
        (2019.0, date(2019, 1, 1), ""),
        ("soon", None, ""),
        (1e300, None, ""),
        (["2021"], None, ""),
        (None, None, ""),
    ],
)
def test_dates(cell, expected, printed):
    post = one({"date": cell})
    assert (post.published, post.printed) == (expected, printed)
    assert bool(post.problems) == (expected is None and not printed)


def test_numbers_apart_are_settled_over_the_whole_table(tmp_path):
    (tmp_path / "posts.csv").write_text("title,text,date\nA,T,3/4/2021\nB,T,3/22/2021\n", encoding="utf-8")
    assert [post.published for post in load(tmp_path).posts] == [date(2021, 3, 4), date(2021, 3, 22)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Lee, Ann; Kim, Bo", ["Lee, Ann", "Kim, Bo"]),
        ("Ann Lee | Bo Kim", ["Ann Lee", "Bo Kim"]),
        ("Ann Lee\nBo Kim", ["Ann Lee", "Bo Kim"]),
        ("Ann Lee and Bo Kim", ["Ann Lee", "Bo Kim"]),
        ("Freedom and Justice", ["Freedom and Justice"]),
        ("By Ann Lee", ["Ann Lee"]),
        ('["Ann Lee", "Bo Kim"]', ["Ann Lee", "Bo Kim"]),
        ("['Ann Lee', 'Bo Kim']", ["Ann Lee", "Bo Kim"]),
        (["Ann Lee", None, "Bo Kim"], ["Ann Lee", "Bo Kim"]),
        ([{"name": "Ann Lee", "email": "ann@example.org"}], ["Ann Lee"]),
        ({"name": "Ann Lee"}, ["Ann Lee"]),
        ("Ann Lee <ann@example.org>; bo@example.org", ["Ann Lee"]),
        ("[" * 300, ["[" * 300]),
        (None, []),
    ],
)
def test_people(cell, expected):
    post = one({"author": cell})
    assert (post.authors, len(post.author_roles)) == (expected, len(expected))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Privacy", ["Privacy"]),
        ("Privacy; Law & Order", ["Privacy", "Law & Order"]),
        ("Law, Policy; Privacy", ["Law, Policy", "Privacy"]),
        ("Privacy, Law", ["Privacy", "Law"]),
        ("Privacy|Law|Privacy", ["Privacy", "Law"]),
        ("Law &amp; Order", ["Law & Order"]),
        ('["Privacy"]', ["Privacy"]),
        ([], []),
        ("", []),
        (None, []),
    ],
)
def test_categories(cell, expected):
    assert one({"category": cell}).categories == expected


def test_without_a_column_of_categories_they_are_unknown():
    assert one({}).categories is None


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ({"title": "The <b>wall</b> &amp; we"}, "title", "The wall & we"),
        ({"title": 2018}, "title", "2018"),
        ({"url": "https://example.org/wall"}, "address", "example.org/wall"),
        ({"url": "/wall"}, "url", None),
        ({"url": "http://[::1"}, "url", None),
        ({"lang": "en_GB"}, "language", "en"),
        ({"lang": "und"}, "language", None),
        ({"lang": "English"}, "language", None),
        ({"author": "Ann Lee; Bo Kim", "roles": 1, "author_roles": "Editor; Chair"}, "author_roles", ["Editor", "Chair"]),
        ({"author": "Ann Lee", "author_roles": "Editor; Chair"}, "author_roles", [""]),
        ({"editor": "Mina Ro", "translated by": "Min Arden"}, "translators", ["Min Arden"]),
        ({"keywords": "phones, walls"}, "tags", ["phones", "walls"]),
        ({"bio": "Ann Lee reads."}, "author_note", "Ann Lee reads."),
        ({"license": "CC BY 4.0", "series": ""}, "licence", "CC BY 4.0"),
        ({"categories": "A", "categories_raw": "B"}, "categories", ["B"]),
    ],
)
def test_fields(row, field, expected):
    assert getattr(one(row), field) == expected


def test_rows_without_title_and_text_are_skipped_and_those_with_one_of_them_kept():
    found = table("id,title,text\n1,A,\n2,,\n3,,T\n")
    assert [(post.title, post.body) for post in found.posts] == [("A", ""), ("", "T")]
    assert found.posts[0].problems[0] == "no text; kept, with nothing to code."
    assert found.skipped == [("row 3 (2)", "neither title nor text")]


def test_a_row_with_more_cells_than_columns_is_said():
    post = table("title,text\nA,One, two\n").posts[0]
    assert post.problems[0] == "row 2 has more cells than there are columns; quote cells that hold the delimiter."


def test_columns_as_asked():
    found = table("kop,stuk\nA,T\n", {"title": "kop", "text": "stuk"})
    assert [(post.title, post.body) for post in found.posts] == [("A", "T")]
    assert [post.body for post in table("stuk\nT\n", {"text": "stuk"}).posts] == ["T"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"title": "Headine"}, "there is no column 'Headine' for title. Did you mean 'Headline'? Columns: Headline, Body, E-mail."),
        ({"titel": "Headline"}, "There is no field 'titel' of a post. Did you mean 'title'?"),
        ({"authors": "E-mail"}, "the column 'E-mail' holds e-mail addresses, which are never read; name another for authors."),
    ],
)
def test_columns_that_cannot_be_had(columns, message):
    with pytest.raises(InputError) as caught:
        table("Headline,Body,E-mail\nA,T,a@example.org\n", columns)
    assert str(caught.value) == message


def test_columns_of_e_mails_are_never_read():
    assert "example.org" not in repr(one({"Author e-mail": "ann@example.org", "author": "Ann Lee", "correo": "x@example.org"}))


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A", "text": "T"}, {"title": "B", "text": "T"}]',
        '{"count": 2, "rows": [{"title": "A", "text": "T"}, {"title": "B", "text": "T"}]}',
        '{"title": "A", "text": "T"}\n\n{"text": "T", "title": "B"}\n',
    ],
    ids=["list", "object", "lines"],
)
def test_shapes_of_json(text):
    assert [post.title for post in table(text).posts] == ["A", "B"]


def test_one_object_is_a_row_even_where_it_holds_a_list():
    post = table('{"title": "A", "text": "T",\n "comments": [{"name": "Bea", "text": "Fine."}]}').posts[0]
    assert (post.title, post.body) == ("A", "T")


def test_a_broken_line_of_json_lines_is_skipped_with_its_number():
    found = table('{"title": "A", "text": "T"}\n{"title": \n[1]\n')
    assert ([post.title for post in found.posts], found.skipped) == (
        ["A"],
        [("row 2", "neither title nor text"), ("row 3", "neither title nor text")],
    )


def workbook(*sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {n}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_excel():
    rows = [
        [],
        ["Headline", "Body", "Date", "Year"],
        ["A", "One.\nTwo.", datetime(2021, 5, 3, 10), 2019.0],
        [None, None, None, 1],
        ["B", "T", "3 May 2021", 2],
    ]
    found = table(workbook([["Read me"]], [["id", "note"], [1, 2]], rows))
    assert [(post.title, post.body, post.published) for post in found.posts] == [
        ("A", "One.\n\nTwo.", date(2021, 5, 3)),
        ("B", "T", date(2021, 5, 3)),
    ]
    assert found.skipped == [("row 4", "neither title nor text")]


def test_formulas_of_excel_without_a_value_are_blank():
    assert table(workbook([["title", "text"], ["A", "T"], ['="B"&"C"', "T"]])).posts[1].title == ""


def parquet(**columns):
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_parquet():
    data = parquet(
        title=["A", None],
        text=["T", None],
        published=[date(2021, 5, 3), None],
        authors=[["Ann Lee", "Bo Kim"], []],
        views=[1.5, float("nan")],
    )
    found = table(data)
    assert [(post.title, post.published, post.authors) for post in found.posts] == [("A", date(2021, 5, 3), ["Ann Lee", "Bo Kim"])]
    assert found.skipped == [("row 2", "neither title nor text")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            "post_id,sentence,text\na,0,T\n",
            r"a table without columns of a title and a text \(columns: post_id, sentence, text\); name them with --column text=NAME",
        ),
        ("a;b\n1;2\n", "without columns of a title and a text"),
        ("\n\n", "an empty table"),
        ('{"name": "package", "version": "1.0"}', "without columns of a title and a text"),
        ("[1, 2]", "JSON, but no list of objects, so no table"),
        ("[]", "JSON, but no list of objects, so no table"),
        ('{\n"a": {"b": 1}}', r"without columns of a title and a text \(columns: a\)"),
        ("{}", "JSON, but no list of objects, so no table"),
        (workbook([]), "an Excel file without a filled row"),
    ],
)
def test_files_that_are_no_tables_of_posts_are_left_out(data, reason):
    with pytest.raises(LeftOut, match=reason):
        table(data)


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


WHOLE = workbook([["title", "text"], ["A", "word " * 999]])
BOMB = zipped("xl/workbook.xml", b" " * 600_000_000)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title,text\nA,\xff\xfe\n", "not UTF-8"),
        (b"PAR1" + b"\x00" * 50, "a damaged Parquet file"),
        (parquet(title=["A"], text=["T"])[:-20] + b"\x00" * 20, "a damaged Parquet file"),
        (b"PK\x03\x04nonsense", "a damaged Excel file"),
        (workbook([["title", "text"], ["A", "T"]])[:2000], "a damaged Excel file"),
        (zipped("a.txt", b"x"), "a damaged Excel file"),
        (WHOLE[:60] + bytes(200) + WHOLE[260:], "a damaged Excel file"),
        (zipped("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'), "an Excel file that declares entities"),
        (BOMB, "an Excel file that unpacks to more than 500 MB"),
        (b"\xd0\xcf\x11\xe0old", "an old or an encrypted Excel file"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('[{"title": ', "cannot be read as JSON"),
    ],
    ids=range(12),
)
def test_broken_tables_are_one_line(data, message):
    with pytest.raises(InputError, match=message) as caught:
        table(data)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    for start in (b"", b"title,text\n", b"PAR1", b"PK\x03\x04", b"[", b"{"):
        assert "\n" not in outcome(start + data)
