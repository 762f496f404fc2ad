"""The report of a workspace: what it claims was tested, every mark has its evidence, no private name is in it, a large one is cut by its rule."""

import json
import re
import shutil

import pandas as pd
import pytest
from changing import changing
from typer.testing import CliRunner

from discourse import load_corpus, measure_corpus, tag_corpus
from discourse.cli import app
from discourse.export import with_letters
from discourse.pipeline import CHARTS, Leaving
from discourse.pipeline.category_trends import category_trends
from discourse.pipeline.charts import Measured
from discourse.pipeline.figures import drawn
from discourse.pipeline.reporting import CHAPTERS, write_report
from discourse.pipeline.reporting.best import best_posts
from discourse.pipeline.reporting.evidence import STEPS, Asking, gathered, spread
from discourse.pipeline.reporting.findings import findings
from discourse.pipeline.reporting.making import made
from discourse.pipeline.reporting.rows import records_of
from discourse.pipeline.tracing import resolve
from discourse.report import rendered


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return a blog whose optimist framing falls, opened."""
    return Measured(changing(tmp_path_factory.mktemp("reported")))


@pytest.fixture(scope="module")
def report(measured, tmp_path_factory):
    """Return what the report says, and the page."""
    page = tmp_path_factory.mktemp("report") / "report.html"
    found = made(measured, Leaving(measured.workspace), (page, page.with_name("report-evidence.csv")))
    return found, rendered(found.document, found.evidence)


def said(report, question):
    answer = next(one for one in report[0].document.summary if one.question == question)
    return answer.short, [text for text, _, _ in answer.said]


def test_every_chart_has_its_place():
    named = [slug for slugs in CHAPTERS.values() for slug in slugs]
    assert len(named) == len(set(named))
    assert {slug.partition("-")[0] for slug in named} == set(CHARTS)


def test_a_change_is_claimed_where_it_was_tested_and_nowhere_else(report):
    short, sentences = said(report, "Is it changing?")
    assert short == "Cyber-optimist fell. No change is established for the other 2."
    assert re.match(
        r"Cyber-optimist framings held by authors fell from 58% in 2016 to 19% in 2021 \(−7\.\d points a year, 95% interval", sentences[0]
    )
    assert all("no change established" in sentence for sentence in sentences[1:])
    short, sentences = said(report, "In which categories?")
    assert short == "A change is established in Harbour, Market."
    assert sum("fell from" in sentence for sentence in sentences) == 2
    assert sum("authors hold the Cyber-optimist framing in more sentences" in sentence for sentence in sentences) == 2


def test_without_hand_codes_nothing_is_claimed(measured, tmp_path):
    workspace = tmp_path / "w"
    shutil.copytree(measured.workspace, workspace)
    measure_corpus(workspace)
    plain = Measured(workspace)
    figures = {name: drawn(plain, name) for name in ("framings_by_holder", "themes_over_time", "framing_balance", "accuracy", "agreement")}
    told = " ".join(" ".join([one.short, *(text.text for text in one.said)]) for one in findings(plain, figures, category_trends(plain)))
    assert "No change is established." in told
    assert "Not checked: nothing was coded by hand." in told
    assert not re.search(r"\b(rose|fell|in more sentences than)\b", told)


def test_of_one_post_sentences_are_counted_and_nothing_is_claimed(page_dump, tmp_path):
    load_corpus(page_dump, tmp_path / "w")
    tag_corpus(tmp_path / "w")
    measure_corpus(tmp_path / "w")
    one = Measured(tmp_path / "w")
    figures = {name: drawn(one, name) for name in ("framings_by_holder", "themes_over_time", "framing_balance", "accuracy", "agreement")}
    answers = findings(one, figures, category_trends(one))
    held = one.table("codings").query("code == 'cyber_pessimist' and holder == 'author' and modality != 'rejected'")["sentence"].nunique()
    assert f"Cyber-pessimist: held by authors in {held} of {len(one.table('sentences'))} sentences" in answers[0].said[1].text
    assert answers[1].said[0].text.endswith("The one post with a date is of one day, 2021-03-04; a trend needs 3 years.")


def test_every_sentence_of_the_summary_with_evidence_leads_to_its_number(report):
    plates = {plate.slug: plate for chapter in report[0].document.chapters for plate in chapter.plates}
    linked = [(text, plates[slug].rows[row]) for one in report[0].document.summary for text, slug, row in one.said if slug]
    assert len(linked) > 8
    for text, row in linked:
        shares = [cell for cell in row.cells if cell.endswith("%")][:1] or [row.cells[0]]
        assert shares[0] in text or "F1" in text or "alpha" in text or "by" in text, (text, row)


def test_every_mark_has_as_much_evidence_as_it_counts_and_it_is_that_of_trace(measured, report):
    found, _ = report
    leaving = Leaving(measured.workspace)
    compared = 0
    for chapter in found.document.chapters:
        for plate in chapter.plates:
            behind = found.evidence.behind[plate.slug]
            assert [len(some) for some in behind] == [row.n for row in plate.rows]
            if plate.slug in ("framings_by_holder", "entities_mentioned", "word_cloud", "overview"):
                marks = records_of(found.figures[plate.slug].numbers)
                for row, places in list(zip(plate.rows, behind, strict=True))[:6]:
                    rows = leaving.frame(resolve(measured, next(mark for mark in marks if mark["mark"] == row.mark), marks))
                    texts = [found.evidence.texts[found.evidence.things[k][1]] if found.evidence.things[k][1] >= 0 else "" for k in places]
                    assert texts == ["" if pd.isna(text) else text for text in rows["text"]]
                    compared += len(texts)
    assert compared > 500


def test_every_span_is_within_its_text(report):
    evidence = report[0].evidence
    spans = [(evidence.texts[text], start, end) for _, text, start, end, *_ in evidence.things if start >= 0]
    assert len(spans) > 300
    assert all(0 <= start <= end <= len(text) for text, start, end in spans)
    assert sum(bool(text[start:end].strip()) for text, start, end in spans) > 0.9 * len(spans)


def test_every_place_is_on_the_figure_and_of_a_row(report):
    for chapter in report[0].document.chapters:
        for plate in chapter.plates:
            assert plate.places or not any(row.n for row in plate.rows), plate.slug
            for row, (left, top, width, height) in plate.places:
                assert 0 <= row < len(plate.rows)
                assert -0.01 <= left <= left + width <= 1.01
                assert -0.01 <= top <= top + height <= 1.01


def test_private_names_are_masked_and_the_log_says_whose(measured, report, tmp_path):
    assert "Okafor" not in report[1]
    assert "[name]" in report[1]
    kept = write_report(measured, tmp_path, keep_names=True)[0].read_text(encoding="utf-8")
    assert "Ada Okafor" in kept
    assert "Names of private persons were kept" in kept


def test_the_command_gives_the_same_bytes_in_another_folder(measured, report, tmp_path):
    again = tmp_path / "정책 folder"
    done = CliRunner().invoke(app, ["report", str(measured.workspace), "--out", str(again), "--pptx"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in again.iterdir()) == ["report.html", "report.pptx"]
    assert (again / "report.html").read_text(encoding="utf-8") == f"{report[1]}\n"
    assert str(measured.workspace.parent) not in report[1]
    assert str(tmp_path) not in report[1]


def test_the_picture_in_the_page_is_the_exported_one_with_letters(report):
    found, page = report
    for slug in ("trends", "overview"):
        svg = found.figures[slug].as_files()["svg"]
        whole = with_letters(svg)
        assert re.sub(rb"<style>/\* letters \*/.*?</style>\n", b"", whole, flags=re.DOTALL) == svg
        assert whole.count(b"@font-face") >= 1
    held = json.loads(re.search(r'id="figures">(.*?)</script>', page, re.DOTALL)[1])
    assert {one["slug"]: one["csv"] for one in held}["trends"].encode() == found.figures["trends"].as_files()["csv"]


@pytest.mark.parametrize("room", [6_000, 15_000, 30_000])
def test_what_a_page_has_no_room_for_is_spread_evenly_over_time(measured, room):
    numbers = drawn(measured, "framings_by_holder").numbers
    asking = [Asking(measured, "framings_by_holder", records_of(numbers), {})]
    whole, small = gathered(asking), gathered(asking, room=room)
    assert whole.most is None
    assert small.most in STEPS
    assert small.n == whole.n
    assert len(small.table) == len(whole.table)
    for some, n, every in zip(
        small.behind["framings_by_holder"], small.n["framings_by_holder"], whole.behind["framings_by_holder"], strict=True
    ):
        assert len(some) == min(n, small.most)
        kept = [small.kept[k] for k in some]
        assert kept == spread([whole.kept[k] for k in every], small.most)
        assert not some or (kept[0], kept[-1]) == (whole.kept[every[0]], whole.kept[every[-1]])


def test_the_rest_goes_into_a_file_and_an_old_one_goes(measured, tmp_path):
    page, rest = write_report(measured, tmp_path, room=60_000)
    rows = pd.read_csv(rest)
    assert rest.name == "report-evidence.csv"
    assert {"published", "title", "url", "text", "holder", "figures"} <= set(rows)
    store = json.loads(re.search(r'id="store">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)[1])
    assert len(rows) > len(store["things"])
    assert store["said"].endswith("all of it is in report-evidence.csv.")
    assert not rows["text"].fillna("").str.contains("Okafor").any()
    assert [path.name for path in write_report(measured, tmp_path)] == ["report.html"]
    assert not rest.exists()


def test_the_best_posts_are_those_with_most_of_a_framing(measured):
    best = best_posts(measured)
    counts = measured.table("codings").query("code == 'cyber_optimist' and holder == 'author'").groupby("post_id")["sentence"].nunique()
    own = best[best["code"] == "cyber_optimist"]
    assert len(own) == 3
    assert own["n"].min() >= counts.nlargest(12).min()
    assert all(row.text[row.start : row.end].strip() for row in own.itertuples())


@pytest.mark.parametrize(("option", "says"), [("--pdf", "A PDF is printed by Chromium")])
def test_what_is_missing_is_said_in_one_line_and_nothing_is_written(measured, tmp_path, monkeypatch, option, says):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(app, ["report", str(measured.workspace), "--out", str(tmp_path / "out"), option])
    assert done.exit_code != 0
    assert says in str(done.exception)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_workspace_that_is_none_is_refused(tmp_path):
    done = CliRunner().invoke(app, ["report", str(tmp_path / "nowhere"), "--out", str(tmp_path)])
    assert done.exit_code != 0
