"""What opens is what is behind the mark: the same things as `trace` gives, in their order, masked, with the right words marked."""

import csv
import io

import pandas as pd
import pytest

from discourse import trace
from discourse.pipeline.charts import CHARTS
from discourse.pipeline.figures import drawn
from discourse.pipeline.reporting.making import made
from discourse.pipeline.reporting.rows import columns_of, records_of, rows_of
from discourse.pipeline.tracing import resolve
from discourse.report import rendered

KINDS = {"sentences", "posts", "mentions", "word", "topic", "hand codes", "notes", "event", "points", "pair"}
OF_A_KIND, MOST = 4, 400
HOLDERS = {"author": "held by the author", "other": "held by others"}
PRECISE = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
FORMULA = '=HYPERLINK("http://example.org","a")'  # a category
AS_CSV = ["figure", "mark", "published", "title", "categories", "url", "text", "holder", "modality", "rule", "said", "post_id"]


@pytest.fixture(scope="module")
def reader(report, reading):
    with reading(report.page) as reader:
        yield reader
        assert reader.complaints == reader.fetched == []


def expected(report, rows):
    """Return what the page must list of evidence: title, text, what stands before the marked words, these, and the line below."""
    posts = report.measured.posts.set_index("post_id")
    for row in records_of(rows):
        post = posts.loc[row["post_id"]] if row["post_id"] else None
        date = f"{row['published']:%Y-%m-%d}" if row["published"] is not None else ""
        if post is not None and date:
            date = f"{row['published']:{PRECISE[post['published_precision']]}}"
        text = row["text"] or ""
        start, end = (int(row[name]) if row[name] is not None else 0 for name in ("start", "end"))
        categories = ", ".join(row["categories"]) if row["categories"] is not None else ""
        rule = f"by {row['rule']}" if row["rule"] else ""
        href = row["url"] if (row["url"] or "").lower().startswith(("http://", "https://")) else ""
        remark = "" if row["said"] == "found by the tagger" else row["said"]
        meta = [date, categories, HOLDERS.get(row["holder"] or "", ""), row["modality"], remark, rule, "" if href else row["post_id"]]
        yield {
            "title": row["title"] or href or row["post_id"], "href": href, "text": text, "before": text[:start] if end > start else "",
            "marked": text[start:end], "meta": " · ".join(filter(None, meta)),
        }  # fmt: skip


def marks_of(report):
    """Yield marks of every kind: the name of a chart, all of its numbers, and one with evidence."""
    left = dict.fromkeys(KINDS, OF_A_KIND)
    for name in CHARTS:
        numbers = drawn(report.measured, name).numbers
        for kind, rows in numbers.groupby("behind"):
            known = rows[(rows["n"].fillna(1) > 0) & (rows["n"].fillna(1) <= MOST)] if "n" in rows else rows
            known = known[~known["measure"].isin(("smooth", "placebo"))] if "measure" in known else known
            for mark in known.iloc[:: max(1, len(known) // 2)].head(2).to_dict("records"):
                if left.get(kind):
                    left[kind] -= 1
                    yield name, numbers, mark
    assert all(n < OF_A_KIND for n in left.values()), left


def test_the_things_listed_are_those_behind_the_mark(report, reader):
    figures = reader.figures()
    several = marked = 0
    for name, numbers, mark in marks_of(report):
        rows = resolve(report.measured, mark, records_of(numbers))
        if mark["behind"] == "points":
            heads = columns_of(numbers).values()
            called = {row.mark: row for row in rows_of(numbers, report.measured.names)}
            told = [called[name] for name in rows["title"]]
            said = [", ".join(f"{head} {cell}" for head, cell in zip(heads, row.cells, strict=True) if cell) for row in told]
            rows = rows.assign(title=[row.label for row in told], said=said)
        rows = report.leaving().frame(rows)
        index = [row[0] for row in figures[name]["rows"]].index(mark["mark"])
        reader.open_row(name, index)
        assert reader.dialog()["shown"] == min(10, len(rows))
        listed = reader.things()
        assert listed == list(expected(report, rows)), mark
        several += len(listed) > 10
        marked += sum(bool(one["marked"]) for one in listed)
    assert several > 8
    assert marked > 200


def test_trace_gives_the_same_from_the_identifier_at_the_foot(report, reader):
    figure = drawn(report.measured, "framings_by_holder")
    mark = figure.numbers.query("behind == 'sentences' and n > 10")["mark"].iloc[0]
    found = trace(figure.id, mark=mark, workspace=report.measured.workspace)
    rows = reader.figures()["framings_by_holder"]
    assert rows["id"] == figure.id
    reader.open_row("framings_by_holder", [row[0] for row in rows["rows"]].index(mark))
    assert reader.things() == list(expected(report, found.rows))


def test_words_behind_a_sign_of_two_units_are_marked_rightly(trap, reading):
    with reading(trap.page) as reader:
        row = next(
            k for k, row in enumerate(reader.figures()["framings_by_holder"]["rows"]) if row[1].startswith("Cyber-pessimist") and row[4] > 5
        )
        reader.open_row("framings_by_holder", row)
        listed = reader.things()
        mark = drawn(trap.measured, "framings_by_holder").numbers.iloc[row].to_dict()
        assert listed == list(expected(trap, trap.leaving().frame(resolve(trap.measured, mark))))
        behind = [one for one in listed if "🦊" in one["before"]]
        assert behind
        assert all(one["marked"].strip() == one["marked"] and one["before"].endswith(" ") for one in behind)
        assert any("🦊" in one["marked"] for one in behind)


def test_all_of_it_downloads_as_a_table_that_no_spreadsheet_runs(trap, reading):
    with reading(trap.page) as reader:
        row = next(k for k, row in enumerate(reader.figures()["overview"]["rows"]) if row[4] > 10)
        reader.open_row("overview", row)
        about = reader.dialog()
        assert about["shown"] == 10
        with reader.page.expect_download() as begun:
            reader.page.locator("#evidence-csv").click()
        data = begun.value.path().read_bytes()
        assert (
            begun.value.suggested_filename
            == f"{trap.measured.record['corpus']['source']}_overview_{reader.figures()['overview']['id']}_evidence.csv"
        )
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        mark = drawn(trap.measured, "overview").numbers.iloc[row].to_dict()
        rows = records_of(trap.leaving().frame(resolve(trap.measured, mark)))
        assert table[0] == AS_CSV
        assert [line[-1] for line in table[1:]] == [one["post_id"] for one in rows]
        assert [line[5].removeprefix("'") for line in table[1:]] == [one["url"] or "" for one in rows]
        assert not [cell for line in table for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        reader.choose(category=FORMULA)
        with reader.page.expect_download() as begun:
            reader.page.locator("#evidence-csv").click()
        few = list(csv.reader(io.StringIO(begun.value.path().read_bytes().decode("utf-8-sig"), newline="")))
        assert 1 < len(few) < len(table)
        assert all(FORMULA in line[4] for line in few[1:])


def test_a_page_that_holds_a_part_says_how_it_was_chosen_and_where_the_rest_is(trap, tmp_path, reading):
    page = tmp_path / "report.html"
    found = made(trap.measured, trap.leaving(), (page, tmp_path / "report-evidence.csv"), room=2_000)
    page.write_text(rendered(found.document, found.evidence), encoding="utf-8")
    assert isinstance(found.rest, pd.DataFrame)
    with reading(page) as reader:
        row = next(k for k, row in enumerate(reader.figures()["overview"]["rows"]) if row[4] > 10)
        n = reader.figures()["overview"]["rows"][row][4]
        reader.open_row("overview", row)
        about = reader.dialog()["about"]
        assert f"10 of {n} are in this file: evenly spread in the order of time" in about
        assert "report-evidence.csv" in about
        assert len(reader.things()) == 10
        assert reader.complaints == reader.fetched == []
