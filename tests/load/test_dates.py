"""Dates as tables of examples, and every date that a language prints read back."""

from datetime import date, datetime, timedelta, timezone

import pytest
from babel import Locale, localedata
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from discourse.load.body.dates import LOCALES, _folded, day_in_url, find_date, month_names, number_order, read_date
from discourse.paths import resource_rows

DAY = (date(2021, 3, 2), "day")
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-02",
        "2021-03-02T23:30:00-08:00",
        "2021-03-02T00:30:00+09:00",
        "2021-03-02T10:00:00.123Z",
        "2021-03-02 10:00:00",
        "2021-03-02 10:00:00 +0100",
        "2021-03-02 – 10:00",
        "20210302",
        "20210302T100000Z",
        "2021/03/02",
        "2021/3/2 15:20",
        "Tue, 2 Mar 2021 23:30:00 -0800",
        "Tue, 02 Mar 2021 23:30:00 GMT",
        "Tue Mar 02 2021 23:30:00 GMT-0800 (Pacific Standard Time)",
        "Tue Mar 02 23:30:00 +0000 2021",
        "Tue Mar  2 23:30:00 2021",
        "2-Mar-2021",
        "2021-Mar-02",
        "March 2, 2021",
        "MARCH 2, 2021",
        "march 2 2021",
        "Mar. 2, 2021",
        "March 2nd, 2021",
        "March the 2nd, 2021",
        "2nd of March, 2021",
        "2 March, 2021",
        "Tuesday, March 2, 2021",
        "Tues. March 2, 2021",
        "March 2, 2021 (Tuesday)",
        "March 2, 2021 at 10:00 am",
        "March 2, 2021, 10:00 AM EST",
        "March 2, 2021 10:00\u202fAM",
        "March 2, 2021 | 10:00",
        "3:15 PM, March 2, 2021",
        "3 p.m. on March 2, 2021",
        "(March 2, 2021)",
        "Posted on March 2, 2021",
        "Published: March 2, 2021",
        "Date: Tuesday, 2 March 2021",
        "2. März 2021",
        "02. Mär. 2021",
        "2. Mrz 2021",
        "2. marz 2021",
        "Dienstag, den 2. März 2021",
        "Am 2. März 2021",
        "2. März 2021 um 14:30 Uhr",
        "2. März 2021, 14.30 Uhr",
        "2.3.2021",
        "02.03.2021",
        "2 mars 2021",
        "Le mardi 2 mars 2021 à 14h30",
        "mar. 2 mars 2021",
        "Publié le 2 mars 2021",
        "2 de marzo de 2021",
        "El martes, 2 de marzo del 2021",
        "2 de mar. de 2021",
        "2 marzo 2021, ore 10:30",
        "martedì 2 marzo 2021",
        "terça-feira, 2 de março de 2021",
        "2º de março de 2021",
        "dinsdag 2 maart 2021 om 10:30 uur",
        "2 mrt. 2021",
        "2021년 3월 2일",
        "2021년 3월 2일 화요일",
        "2021년 03월 02일(화) 오후 3:15",
        "2021. 3. 2.",
        "2021. 3. 2. (화) 오후 3:15:20",
        "2021.03.02",
        "입력 2021.03.02 10:30",
        "3월 2, 2021",
        "2021年3月2日",
        "2021年3月2日(火) 15時30分",
        "2021年3月2日 星期二 下午3:15",
        "２０２１年３月２日",
        "三月 2, 2021",
    ],
)
def test_a_day_however_it_is_printed(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 2021", (date(2021, 3, 1), "month")),
        ("Jänner 2021", (date(2021, 1, 1), "month")),
        ("Sept. 2021", (date(2021, 9, 1), "month")),
        ("marzo de 2021", (date(2021, 3, 1), "month")),
        ("1er août 2021", (date(2021, 8, 1), "day")),
        ("1er aout 2021", (date(2021, 8, 1), "day")),
        ("2021-03", (date(2021, 3, 1), "month")),
        ("03/2021", (date(2021, 3, 1), "month")),
        ("2021년 3월", (date(2021, 3, 1), "month")),
        ("2021年", (date(2021, 1, 1), "year")),
        ("2021", (date(2021, 1, 1), "year")),
    ],
)
def test_months_and_years_alone(text, expected):
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3/4/2021", "3-4-2021", "3/4/21", "22. Feb 21", "March 2", "31 February 2021", "2021-13-01", "20211301", "1.2.3.2021", "12 2021",
        "In March 2021 the wall fell", "Updated March 2, 2021", "0001-01-01", "2150-01-01", "soon", "", "10:30", "2021-W10", "May I, 2021",
        "2021" * 200, "Feb 2021 2022",
    ],
)  # fmt: skip
def test_what_is_not_read(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("3/4/2021", "dmy", date(2021, 4, 3)),
        ("3/4/2021", "mdy", date(2021, 3, 4)),
        ("3-4-2021", "dmy", date(2021, 4, 3)),
        ("3/4/2021 10:05:11 am", "mdy", date(2021, 3, 4)),
        ("Posted on 3/4/2021", "mdy", date(2021, 3, 4)),
        ("3.4.2021", "mdy", date(2021, 3, 4)),
        ("3.4.2021", None, date(2021, 4, 3)),
        ("2.22.2021", None, date(2021, 2, 22)),
        ("2/22/2021", None, date(2021, 2, 22)),
        ("22-2-2021", None, date(2021, 2, 22)),
        ("22/2/2021", "mdy", date(2021, 2, 22)),
    ],
)
def test_numbers_apart(text, order, expected):
    assert read_date(text, order=order) == (expected, "day")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2021, 3, 2), DAY),
        (datetime(2021, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-8))), DAY),
        (20210302, DAY),
        (2021, (date(2021, 1, 1), "year")),
        pytest.param(16**5000, None, id="an endless number"),
        (True, None),
        (None, None),
        (float("nan"), None),
        (["2021-03-02"], None),
        ({"created": "2021-03-02"}, None),
    ],
)
def test_values_that_parsers_made(value, expected):
    assert read_date(value) == expected


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Veröffentlicht am 23. Juni 2016 von Anna", "23. Juni 2016"),
        ("By Ann Lee | March 3rd, 2016 | 3 Comments", "March 3rd, 2016"),
        ("Ann Lee, Tuesday, 3 May 2016 at 10:00 am, in Privacy", "Tuesday, 3 May 2016 at 10:00 am"),
        ("기자 2016. 3. 2. (수) 오후 3:15 입력", "2016. 3. 2. (수) 오후 3:15"),
        ("On 31 Feb 2016, no: 2 Mar 2016!", "2 Mar 2016"),
        ("Posted 23/4/2016 by Ann", "23/4/2016"),
        ("İstanbul, 3 March 2016", "3 March 2016"),
        ("Ann Lee 2016-03-02T10:00:00Z", "2016-03-02T10:00:00Z"),
    ],
)
def test_a_date_inside_a_line(line, found):
    _, precision, start, end = find_date(line)
    assert (line[start:end], precision) == (found, "day")
    assert read_date(found)[0] == find_date(line)[0]


@pytest.mark.parametrize("line", ["Posted 3/4/2016 by Ann", "In March 2016", "1.2.3.2016", "Order 20160302", "", "No. 12 of 2016"])
def test_lines_without_a_full_date(line):
    assert find_date(line) is None


def test_numbers_inside_a_line_are_read_in_the_order_given():
    assert find_date("Posted 3/4/2016 by Ann", order="mdy")[0] == date(2016, 3, 4)


@pytest.mark.parametrize(
    ("url", "found", "expected"),
    [
        ("https://example.org/2020/03/02/a/", (date(2020, 3, 1), "day"), (date(2020, 3, 2), "day")),
        ("/2020/03/02", (date(2020, 3, 3), "day"), (date(2020, 3, 2), "day")),
        ("/2018/01/01/a/", (date(2020, 3, 1), "day"), (date(2020, 3, 1), "day")),
        ("/2020/03/02/a/", None, (date(2020, 3, 2), "day")),
        ("/2020/03/a.html", None, (date(2020, 3, 1), "month")),
        ("/2020/03/a.html", (date(2020, 2, 1), "day"), (date(2020, 2, 1), "day")),
        ("/2020/03/02/a/", (date(2020, 3, 1), "month"), (date(2020, 3, 2), "day")),
        ("/2020/03/02/a/", (date(2020, 1, 1), "year"), (date(2020, 3, 2), "day")),
        ("/2020/03/02/a/", (date(2020, 4, 1), "month"), (date(2020, 4, 1), "month")),
        ("/2020/13/02/a/", None, None),
        ("/a/", None, None),
        (None, (date(2020, 3, 1), "day"), (date(2020, 3, 1), "day")),
    ],
)
def test_the_day_in_the_address(url, found, expected):
    assert day_in_url(url, found) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1/2/2022", "Posted on 2/22/2022"], "mdy"),
        (["1/2/2022 10:30 am", "13-1-2022 10:30 am"], "dmy"),
        (["1/2/2022", "March 22, 2022", "soon"], None),
        ([], None),
    ],
)
def test_the_order_of_a_blogs_numbers(values, expected):
    assert number_order(values) == expected


@pytest.mark.parametrize("row", resource_rows("date_words.csv"), ids=lambda row: row["word"])
def test_every_word_beside_a_date_is_read_in_its_example(row):
    assert row["word"].lower() in row["example"].lower()
    assert read_date(row["example"]) == DAY


@pytest.mark.parametrize("code", LOCALES)
def test_no_name_means_two_months(code):
    names = month_names()
    printed = [
        (_folded(name), month)
        for widths in Locale.parse(code).months.values()
        for width in ("wide", "abbreviated")
        for month, name in widths[width].items()
    ]
    assert [(name, names.get(name), month) for name, month in printed if not any(map(str.isdigit, name)) and names.get(name) != month] == []


def test_beginnings_that_two_months_share_are_no_names():
    assert {"jui", "ju", "ma"} & set(month_names()) == set()
    assert month_names()["juil"] == 7


def test_dotted_numbers_are_day_first_in_every_language_but_one():
    """The reason for reading 3.4.2021 without being told its order."""
    month_first = set()
    for code in localedata.locale_identifiers():
        locale = Locale.parse(code)
        formats = [locale.date_formats["short"], locale.date_formats["medium"], locale.datetime_skeletons.get("yMd", "")]
        patterns = {str(getattr(form, "pattern", form)).replace(" ", "") for form in formats}
        if any(p.startswith(("M.d.", "MM.dd.")) for p in patterns):
            month_first.add(code.partition("_")[0])
    assert month_first == {"jgo"}


@pytest.mark.parametrize("code", LOCALES)
@given(day=DAYS)
def test_every_date_of_every_language_is_read_back(code, day):
    formats = Locale.parse(code).date_formats
    for width in ("full", "long", "medium"):
        order = "".join(sign for sign in str(formats[width]) if sign in "dMy").replace("MM", "M").replace("dd", "d")
        numbers_apart = order in ("dMy", "Mdy") and not set(str(formats[width])) - set("dMy/-")
        told = ("dmy" if order == "dMy" else "mdy") if numbers_apart else None
        printed = format_date(day, format=width, locale=code)
        assert read_date(printed, order=told) == (day, "day"), printed
        assert read_date(printed.upper(), order=told) == (day, "day"), printed


@given(st.text(alphabet="0123456789 ./-:,年月日년월일apmTZ+()", max_size=60))
def test_no_line_breaks_the_reader(line):
    read_date(line)
    found = find_date(line)
    assert found is None or line[found[2] : found[3]].strip() == line[found[2] : found[3]] != ""
