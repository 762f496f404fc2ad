"""Filters narrow tables and evidence to what they say, alone and together, and paging goes from the first to the last page and back."""

import pytest

from discourse.pipeline.figures import drawn
from discourse.pipeline.reporting.making import LINES
from discourse.pipeline.reporting.rows import records_of, rows_of
from discourse.pipeline.tracing import resolve

WIDE = "themes_over_time"
NOT_REDRAWN = "Figures are not redrawn by these filters."
CHOICES = [
    {"category": "Censorship"},
    {"first": "2018"},
    {"last": "2017"},
    {"first": "2018", "last": "2018"},
    {"first": "2019", "last": "2016"},
    {"holder": "author"},
    {"holder": "other"},
    {"category": "Censorship", "holder": "other", "first": "2017", "last": "2019"},
]
SAID = {"category": "category {}", "first": "from {}", "last": "to {}", "holder": "held by {}"}


@pytest.fixture
def reader(report, reading):
    with reading(report.page) as reader:
        yield reader
        assert reader.complaints == reader.fetched == []


@pytest.fixture(scope="module")
def widest(report):
    """Return the largest mark behind which are sentences of several years and holders: its row, and what is behind it."""
    numbers = drawn(report.measured, WIDE).numbers
    marks = numbers[(numbers["behind"] == "sentences") & (numbers["n"] > 100) & (numbers["measure"] != "smooth")].to_dict("records")
    told = {mark["mark"]: records_of(resolve(report.measured, mark)) for mark in marks}
    name = max(
        (name for name, things in told.items() if {"author", "other"} <= {thing["holder"] for thing in things}),
        key=lambda name: len(told[name]),
    )
    return numbers["mark"].tolist().index(name), told[name]


def turned(chosen):
    """Return what is chosen as the page takes it: years the wrong way round are turned."""
    years = sorted(chosen[key] for key in ("first", "last") if key in chosen)
    return chosen | dict(zip(("first", "last"), years, strict=True)) if len(years) == 2 else chosen


def said(chosen):
    chosen = turned(chosen)
    names = {"author": "the author", "other": "others"}
    return ", ".join(SAID[key].format(names.get(chosen[key], chosen[key])) for key in SAID if key in chosen)


def in_years(year, chosen):
    chosen = turned(chosen)
    return chosen.get("first", "0") <= year <= chosen.get("last", "9")


def fits(thing, chosen):
    """Return whether a piece of evidence is of what was chosen."""
    category, holder = chosen.get("category"), chosen.get("holder")
    of_years = not {"first", "last"} & set(chosen) or (thing["published"] is not None and in_years(f"{thing['published']:%Y}", chosen))
    return (category is None or category in thing["categories"]) and of_years and (holder is None or thing["holder"] in (None, "", holder))


def kept(rows, chosen):
    """Yield the labels of the rows of a table that are of what was chosen, or not restricted that way, which they then say."""
    for row in rows:
        of_category = not row.category or row.category == chosen.get("category", row.category)
        of_holder = not row.holder or row.holder == chosen.get("holder", row.holder)
        if of_category and of_holder and (not row.period or in_years(row.period[:4], chosen)):
            parts = [
                "all categories" if "category" in chosen and not row.category else "",
                "all years" if {"first", "last"} & set(chosen) and not row.period else "",
                "all holders" if "holder" in chosen and not row.holder else "",
            ]
            unasked = ", ".join(filter(None, parts))
            yield f"{row.label} ({unasked})" if unasked else row.label


@pytest.mark.parametrize("chosen", CHOICES, ids=said)
def test_evidence_is_narrowed_to_what_was_chosen(reader, report, widest, chosen):
    row, things = widest
    wanted = [thing for thing in things if fits(thing, chosen)]
    assert len(wanted) < len(things)
    reader.open_row(WIDE, row)
    reader.choose(**chosen)
    told, unfilter = reader.dialog(), reader.page.locator("#unfilter")
    assert f"Shown: {said(chosen)}; {len(wanted):,} of {len(things):,}." in told["about"]
    few = f"1 to {min(10, len(wanted))} of {len(wanted):,} pieces of evidence" if wanted else "No pieces of evidence"
    assert told["count"] == few
    assert unfilter.is_visible()
    unfilter.click()
    reader.page.wait_for_function("() => document.getElementById('unfilter').hidden")
    assert reader.dialog()["count"].endswith(f"of {len(things):,} pieces of evidence")
    assert reader.do("() => document.getElementById('evidence').contains(document.activeElement)")
    assert reader.do("() => document.getElementById('filters').elements.category.value") == ""
    reader.choose(**chosen)
    assert len(reader.things()) == len(wanted)


@pytest.mark.parametrize("chosen", CHOICES, ids=said)
def test_tables_are_narrowed_to_what_was_chosen(reader, report, chosen):
    pictures = reader.do("() => [...document.querySelectorAll('.plate img')].map((one) => one.src.length)")
    for name, value in chosen.items():
        reader.page.locator(f"#filters select[name={name}]").select_option(value)
    assert reader.page.locator("#filtered").text_content() == f"Tables and evidence: {said(chosen)}. {NOT_REDRAWN}"
    narrowed = 0
    for name in ("framings_over_time", "framings_by_holder", "framing_balance", "themes_by_category", "categories_over_time", "keyness"):
        numbers = drawn(report.measured, name).numbers
        rows = rows_of(numbers[~numbers["measure"].isin(LINES)] if "measure" in numbers else numbers, report.measured.names)
        wanted = list(kept(rows, chosen))
        pager = reader.page.locator(f"#{name} .pager .count").text_content()
        assert pager == (f"1 to {min(12, len(wanted))} of {len(wanted):,} rows" if wanted else "No rows"), name
        assert reader.page.locator(f"#{name} tbody th").all_text_contents() == wanted[:12]
        narrowed += len(wanted) < len(rows)
    assert narrowed
    assert reader.do("() => [...document.querySelectorAll('.plate img')].map((one) => one.src.length)") == pictures
    reader.page.get_by_role("button", name="Show all", exact=True).click()
    reader.page.wait_for_function(f"() => document.getElementById('filtered').textContent === '{NOT_REDRAWN}'")
    rows = rows_of(drawn(report.measured, "framing_balance").numbers, report.measured.names)
    assert reader.page.locator("#framing_balance .pager .count").text_content() == f"1 to 12 of {len(rows)} rows"


def test_the_filters_offer_every_category_and_year(reader, report):
    posts = report.measured.posts
    offered = {
        name: [one.get_attribute("value") for one in reader.page.locator(f"#filters select[name={name}] option").all()]
        for name in ("category", "first", "last")
    }
    assert offered["category"] == ["", *sorted({name for some in posts["categories"].dropna() for name in some}, key=str.casefold)]
    assert offered["first"] == offered["last"] == ["", *sorted({f"{day:%Y}" for day in posts["published"].dropna()})]


def turned_through(pager, shown, per, count):
    """Turn from the first page to the last by keys and back, the focus on the pager all the time."""
    page, pages = pager.page, -(-count // per)
    back, on = pager.get_by_role("button", name="Previous"), pager.get_by_role("button", name="Next")
    focused = "() => document.activeElement.closest('.pager') !== null"
    assert pages > 1
    assert back.is_disabled()
    on.focus()
    firsts = [shown.first.text_content()]
    for at in range(1, pages):
        page.keyboard.press("Enter")
        assert pager.locator(".count").text_content().startswith(f"{at * per + 1} to {min(count, (at + 1) * per)} of {count:,} ")
        assert shown.count() == min(count, (at + 1) * per) - at * per
        assert page.evaluate(focused)
        firsts.append(shown.first.text_content())
    assert on.is_disabled()
    assert len(set(firsts)) > pages // 2
    assert page.evaluate("() => document.activeElement.textContent") == "Previous"
    for _ in range(1, pages):
        page.keyboard.press("Enter")
        assert page.evaluate(focused)
    assert back.is_disabled()
    assert shown.first.text_content() == firsts[0]


def test_tables_have_pages(reader):
    section = reader.page.locator("#framings_over_time")
    turned_through(section.locator(".pager"), section.locator("tbody tr"), 12, len(reader.figures()["framings_over_time"]["rows"]))


def test_evidence_has_pages(reader):
    rows = reader.figures()["framings_by_holder"]["rows"]
    row = next(k for k, row in enumerate(rows) if 40 < row[4] < 120)
    reader.open_row("framings_by_holder", row)
    turned_through(reader.page.locator("#evidence-pager"), reader.page.locator("#things > li"), 10, rows[row][4])
    assert reader.page.locator("#things").get_attribute("start") == "1"
